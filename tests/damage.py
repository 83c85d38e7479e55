"""Ways to break a sound curriculum: in its values, as a slip of the pen does, and in the bytes of its files."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from alongside.files.source import written
from tests.owed import Draw, Values, mappings
from tests.strategies import Files, curricula, in_brackets

#: What stands where something else belongs.
OTHERS: tuple[Any, ...] = (
    None, "", " ", "x", "nowhere", "null", "true", "٣", "1e3", "2026-02-30", "../x", "print", "module", "x" * 700, "a b",
    0, -1, 7, 10**30, 1.5, True, [], ["x"], ["x", "x"], [None], [[["x"]]], {}, {"x": "y"}, {"kind": ["choice"]}, {"id": {}}, {"text": "x"},
)  # fmt: skip
#: Bytes that mean something to YAML, or nothing to anyone.
SIGNS = (b"&a ", b"*a", b"!!x ", b"\t", b": ", b" #", b"\xff", b"\x00", b"'", b'"', b"[", b"{", b"}", b"- ", b"\n", b"\r", b"<<: ", b"\n---\n", b"%", b"? ", b"|", "\u202e".encode())  # fmt: skip

#: Whole files that hold nothing of use.
NOTHING = (b"", b"\n", b"x", b"- a", b"[]", b"{}", b"null", b"--- \n---", "a: b".encode("utf-16"), b"[" * 9_000)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every value inside another, as what holds it and where."""
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _other(draw: Draw) -> Any:
    """A value of its own: the next slip may change it."""
    return copy.deepcopy(draw(st.sampled_from(OTHERS)))


def _drop(draw: Draw, file: Values) -> None:
    holder, key = draw(st.sampled_from(list(_places(file))))
    del holder[key]


def _add(draw: Draw, file: Values) -> None:
    mapping = draw(st.sampled_from(list(mappings(file))))
    mapping[draw(st.sampled_from(["txet", "id", "kind", "lint", "nodes", "steps", "rule", "to", ""]))] = draw(
        st.sampled_from(OTHERS)
    )


def _replace(draw: Draw, file: Values) -> None:
    holder, key = draw(st.sampled_from(list(_places(file))))
    holder[key] = _other(draw)


def _swap(draw: Draw, file: Values) -> None:
    """The same thing in two places: an id that stands twice, a reference to what is something else."""
    (holder, key), (other, elsewhere) = (draw(st.sampled_from(list(_places(file)))) for _ in range(2))
    holder[key] = copy.deepcopy(other[elsewhere])


def _twice(draw: Draw, file: Values) -> None:
    """Two ids that are the same, or a name that leads nowhere since its target now has another."""
    named = [mapping for mapping in mappings(file) if "id" in mapping]
    if named:
        one, other = (draw(st.sampled_from(named)) for _ in range(2))
        one["id"] = copy.deepcopy(other["id"])


SLIPS = (_drop, _drop, _add, _replace, _replace, _swap, _twice)


def _cut(draw: Draw, content: bytes) -> bytes:
    return content[: draw(st.integers(0, len(content)))]


def _flip(draw: Draw, content: bytes) -> bytes:
    changed = bytearray(content)
    for place in draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        changed[place] = draw(st.integers(0, 255))
    return bytes(changed)


def _insert(draw: Draw, content: bytes) -> bytes:
    place = draw(st.integers(0, len(content)))
    return content[:place] + draw(st.sampled_from(SIGNS)) + content[place:]


def _instead(draw: Draw, _: bytes) -> bytes:
    return draw(st.sampled_from(NOTHING))


SCRIBBLES = (_cut, _cut, _flip, _flip, _insert, _insert, _insert, _instead)


@st.composite
def damaged(draw: Draw) -> tuple[Files, list[Files]]:
    """A sound curriculum, and several times one of its files with a mistake or two."""
    files = draw(curricula())
    damages = []
    for _ in range(6):
        name = draw(st.sampled_from(sorted(files)))
        write = draw(st.sampled_from([written, in_brackets]))
        if draw(st.booleans()):
            file = copy.deepcopy(files[name])
            for slip in draw(st.lists(st.sampled_from(SLIPS), min_size=1, max_size=2)):
                slip(draw, file)
            damages.append(Files({name: write(file).encode()}))
        else:
            damages.append(Files({name: draw(st.sampled_from(SCRIBBLES))(draw, write(files[name]).encode())}))
    return files, damages
