"""Values change in a file that somebody wrote, and nothing else in it does."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.files.revision import NotRevisedError, Written, reordered, revised
from alongside.files.source import read_bytes

pytestmark = pytest.mark.slow

SITE = """\
# The configuration.
site_name: Riverside  # as on the sign
plugins:
  - search
  - alongside:
      layers: [bundled, .]
      # Who we are.
      organisation:
        name: 'Riverside ''Mentors'''
        colours: {primary: "#0b5d5e", accent: "#8a3a0e"}  # from the flag
        # Local help.
        support:
          emergency: {label: Immediate danger, how: "call: the number"}
          contacts:
            # the first one
            - name: The listening room
              how: ask at the desk  # until five

            - name: "The doctor"
              how: |
                Walk in.
                Or write.
          confidentiality_limits: >-
            What cannot stay
            private.
          jurisdiction:
          out_of_hours: ~
      release: false
# The end.
"""
TOP = ("plugins", 1, "alongside")
HELP = (*TOP, "organisation", "support")

CHANGES: dict[str, tuple[tuple[str | int, ...], Any]] = {
    "a text in single quotation marks": ((*TOP, "organisation", "name"), "Rosa’s 'own'"),
    "a plain text": (("site_name",), "Harbour: a # sign"),
    "a text in brackets": ((*TOP, "organisation", "colours", "accent"), "#112233"),
    "a text in a group": ((*HELP, "emergency", "how"), "go, now"),
    "a block of text": ((*HELP, "contacts", 1, "how"), "Come in."),
    "several lines in its place": ((*HELP, "contacts", 1, "how"), "Come in.\n\nOr write."),
    "a folded text": ((*HELP, "confidentiality_limits"), "Harm to a child.\nHarm to you."),
    "a key without a value": ((*HELP, "jurisdiction"), "Wales"),
    "a key that says nothing": ((*HELP, "out_of_hours"), "Wait until nine."),
    "a new key": ((*HELP, "complaints"), "Write to the board."),
    "a new group": ((*HELP, "coordinator"), {"name": "Sam", "how": "at the desk"}),
    "a new key in brackets": ((*TOP, "organisation", "colours", "bar"), "#ffffff"),
    "a new group below a new one": ((*TOP, "organisation", "fonts", "text", "regular"), "a.woff2"),
    "a new entry": ((*HELP, "contacts", 2), {"name": "The library", "how": "by phone"}),
    "a key that goes": ((*HELP, "jurisdiction"), None),
    "a block that goes": ((*HELP, "confidentiality_limits"), None),
    "a group that goes": ((*HELP, "emergency"), None),
    "a first key in brackets that goes": ((*TOP, "organisation", "colours", "primary"), None),
    "a last key in brackets that goes": ((*TOP, "organisation", "colours", "accent"), None),
    "an entry with comments that goes": ((*HELP, "contacts", 0), None),
    "a last entry that goes": ((*HELP, "contacts", 1), None),
    "a key with a comment that goes": ((*HELP, "contacts", 0, "how"), None),
    "a first key of an entry that goes": ((*HELP, "contacts", 0, "name"), None),
    "what is not there and goes": ((*HELP, "quick_exit"), None),
}


def plain(content: bytes) -> Any:
    mapping, problems = read_bytes(content, "mkdocs.yml")
    assert problems == []
    return _plain(mapping)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def meant(value: Any, way: tuple[str | int, ...], new: Any) -> Any:
    """The plain value with the change."""
    node = value
    for index, part in enumerate(way[:-1]):
        if isinstance(node, dict) and node.get(part) is None:
            node[part] = [] if isinstance(way[index + 1], int) else {}
        node = node[part]
    if new is None:
        if not isinstance(node, dict) or way[-1] in node:
            del node[way[-1]]
    elif isinstance(node, list) and way[-1] == len(node):
        node.append(new)
    else:
        node[way[-1]] = new
    return value


def comments(content: bytes) -> Counter[str]:
    return Counter(Written(content, "mkdocs.yml").comments())


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("said", CHANGES)
def test_the_value_changes_and_every_comment_stays(said: str, ending: str) -> None:
    way, new = CHANGES[said]
    before = SITE.replace("\n", ending).encode()
    after = revised(before, "mkdocs.yml", [(way, new)])
    assert plain(after) == meant(plain(before), way, new)
    assert comments(after) == comments(before)
    assert sum(comments(before).values()) == 8
    assert b"\n" not in after.replace(b"\r\n", b"") or ending == "\n"


def test_lines_that_do_not_hold_the_value_are_the_same_bytes() -> None:
    before = SITE.encode().splitlines()
    after = revised(SITE.encode(), "mkdocs.yml", [((*HELP, "emergency", "how"), "stay")]).splitlines()
    assert [one for one, other in zip(before, after, strict=True) if one != other] == [
        b'          emergency: {label: Immediate danger, how: "call: the number"}'
    ]


def test_a_text_keeps_the_quotation_marks_that_it_had() -> None:
    after = revised(SITE.encode(), "mkdocs.yml", [((*TOP, "organisation", "name"), "Harbour")])
    assert b"name: 'Harbour'\n" in after


def test_what_held_nothing_else_goes_too() -> None:
    before = b"a: 1\nb:\n  c:\n    d: 1\n"
    assert revised(before, "x.yml", [(("b", "c", "d"), None)]) == b"a: 1\n"


def test_a_key_can_come_behind_the_first_one() -> None:
    before = b"# Ours.\ntitle: One  # a\nlessons: [a]\n"
    after = revised(before, "x.yml", [(("draft",), True)], first=True)
    assert after == b"# Ours.\ntitle: One  # a\ndraft: true\nlessons: [a]\n"


@pytest.mark.parametrize("text", ["a: &x 1\n", "a: [1\n", "a: 1\n---\nb: 2\n"])
def test_a_file_that_cannot_be_read_is_left_alone(text: str) -> None:
    with pytest.raises(NotRevisedError):
        revised(text.encode(), "x.yml", [(("a",), "2")])


def test_a_file_that_would_lose_a_comment_is_left_alone() -> None:
    with pytest.raises(NotRevisedError):
        revised(b"a: {b: 1, # why\n  c: 2}\n", "x.yml", [(("a", "b"), None)])


SETTABLE = [way for way, new in CHANGES.values() if isinstance(new, str)]
TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u2028\u2029\ufeff"),
    min_size=1,
).filter(lambda text: text == text.strip() and text.isprintable())


@given(st.lists(st.tuples(st.sampled_from(SETTABLE), TEXTS), min_size=1, max_size=5))
def test_any_texts_can_be_put_there(changes: list[tuple[tuple[str | int, ...], str]]) -> None:
    before = SITE.encode()
    try:
        after = revised(before, "mkdocs.yml", changes)
    except NotRevisedError:  # what nobody can see in a text is refused by the reader
        return
    wanted = plain(before)
    for way, new in changes:
        wanted = meant(wanted, way, new)
    assert plain(after) == wanted
    assert comments(after) == comments(before)


BLOCK = (
    "title: Ours\norder:  # as taught\n  # top\n  - one  # 1\n  # about two\n  - two\n  - three\n\n# below\npaths: {}\n"
)
FLOW = "title: Ours\norder: [one, two,\n  three]  # as taught\npaths: {}\n"


@pytest.mark.parametrize("text", [BLOCK, BLOCK.replace("\n", "\r\n"), FLOW, "order:\n- one\n- two\n- three"])
@given(entries=st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), min_size=1, unique=True))
def test_a_list_has_another_order_and_its_comments(text: str, entries: list[str]) -> None:
    after = reordered(text.encode(), "curriculum.yml", "order", entries)
    assert plain(after) == plain(text.encode()) | {"order": entries}
    assert comments(after) == comments(text.encode())


def test_a_comment_goes_with_its_entry() -> None:
    after = reordered(BLOCK.encode(), "curriculum.yml", "order", ["two", "three", "one"]).decode()
    assert after.split("# top\n")[1].startswith("  # about two\n  - two\n  - three\n  - one  # 1\n\n# below\n")


def test_the_same_order_changes_nothing() -> None:
    for text in (BLOCK, FLOW):
        assert reordered(text.encode(), "curriculum.yml", "order", ["one", "two", "three"]) == text.encode()
