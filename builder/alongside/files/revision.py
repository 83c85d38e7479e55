"""Changes of values in a YAML file that somebody wrote by hand: comments, order and quotation marks stay.

A change is made as text at the place that the reader gives. What comes of it is read again: where it says anything but
what was meant, or a comment would be lost, the change is refused and the file is for a person to change.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from alongside.files.located import LocatedMapping, LocatedSequence, Place
from alongside.files.source import Ends, ends, read_bytes

#: What is written without quotation marks: words, and days. Everything else could mean something to some reader.
PLAIN = re.compile(r"[A-Za-z][A-Za-z ,.'’()/_–-]*[A-Za-z.)]|[a-z][a-z0-9]*(?:-[a-z0-9]+)*|\d{4}-\d\d-\d\d")
#: Words that other readers of YAML take for something else.
NO_WORDS = frozenset("y n yes no on off true false null none".split())
COMMENT = re.compile(r"(?:^|[ \t])(#.*)$")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")

#: Keys and numbers of entries that lead from the top of a file to a value.
Way = tuple[str | int, ...]
#: A position: line and column, counted from 1.
Spot = tuple[int, int]
#: What is written at the end of a way: a text, yes or no, values by key, a list. `None` takes it away.
Value = str | bool | Mapping[str, Any] | Sequence[Any] | None


class NotRevisedError(Exception):
    """The file is written in a way that a program does not change. Nothing was written; `place` says where."""

    def __init__(self, place: Place) -> None:
        super().__init__(str(place))
        self.place = place


@dataclass(frozen=True)
class Written:
    """A file as it is written: its lines, what it says, and where everything ends."""

    content: bytes
    name: str

    @cached_property
    def mapping(self) -> LocatedMapping:
        """What it says. Raises `NotRevisedError` where it cannot be read."""
        mapping, problems = read_bytes(self.content, self.name)
        if mapping is None:
            raise NotRevisedError(problems[0].place)
        return mapping

    @cached_property
    def ends(self) -> Ends:
        """Where each text ends."""
        return ends(self.content)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines, each with its line break."""
        return [line for line in _LINE.findall(self.content.decode("utf-8").removeprefix("\ufeff")) if line]

    def line(self, number: int) -> str:
        """A line without its line break."""
        return self.lines[number - 1].rstrip("\r\n") if number <= len(self.lines) else ""

    def replaced(self, start: Spot, end: Spot, text: str) -> Written:
        """The file with `text` in place of what stands from `start` to `end`. Line breaks are written as the file has them."""
        whole = self.content.decode("utf-8")
        mark = "\ufeff" if whole.startswith("\ufeff") else ""
        breaks = "\r\n" if "\r\n" in whole else "\n"
        first, last = self._index(start), self._index(end)
        body = whole.removeprefix(mark)
        return Written((mark + body[:first] + text.replace("\n", breaks) + body[last:]).encode(), self.name)

    def _index(self, spot: Spot) -> int:
        line, column = spot
        before = sum(len(one) for one in self.lines[: line - 1])
        return before + min(column - 1, len(self.line(line)))

    def without_lines(self, first: int, last: int, kept: Sequence[str] = ()) -> Written:
        """The file without some lines, `kept` in their place."""
        whole = self.content.decode("utf-8")
        mark = "\ufeff" if whole.startswith("\ufeff") else ""
        breaks = "\r\n" if "\r\n" in whole else "\n"
        lines = [*self.lines[: first - 1], *(line + breaks for line in kept), *self.lines[last:]]
        return Written((mark + "".join(lines)).encode(), self.name)

    def end_of(self, value: Any, place: Place) -> Spot:
        """Where a value ends whose text, or whose first key or entry, stands at a place."""
        spot = place.line, place.column
        if isinstance(value, LocatedMapping) and not value.flow and value:
            return max(self.end_of(value[key], value.value_places[key]) for key in value)
        if (
            isinstance(value, LocatedSequence)
            and value
            and not self.line(place.line)[place.column - 1 :].startswith("[")
        ):
            return max(self.end_of(inner, at) for inner, at in zip(value, value.item_places, strict=True))
        line, column = self.ends.get(spot, spot)
        while line > spot[0] and not self.line(line)[: column - 1].strip():
            line -= 1  # a block of text ends where the next thing begins
            column = len(self.line(line)) + 1
        return line, column

    def end_of_key(self, mapping: LocatedMapping, key: str) -> Spot:
        """Where a key with its value ends."""
        at = mapping.key_places[key]
        behind = self.ends.get((at.line, at.column), (at.line, at.column + len(key)))
        colon = behind[0], self.line(behind[0]).index(":", behind[1] - 1) + 2
        value, place = mapping[key], mapping.value_places[key]
        if value is None:  # `~` is written, nothing is not
            return max(colon, self.ends.get((place.line, place.column), colon))
        return max(colon, self.end_of(value, place))

    def comments(self, first: int = 1, last: int | None = None) -> Iterator[str]:
        """The comments in some lines, all of them without numbers."""
        covered: dict[int, list[tuple[int, int]]] = {}
        for (line, column), (end_line, end_column) in self.ends.items():
            if self.line(line)[column - 1 : column] in {"[", "{"}:
                continue
            for number in range(line, end_line + 1):
                start = column if number == line else 1
                stop = end_column if number == end_line else len(self.line(number)) + 1
                covered.setdefault(number, []).append((start, stop))
        for number in range(first, (last or len(self.lines)) + 1):
            text = self.line(number)
            for start, stop in covered.get(number, ()):
                text = text[: start - 1] + "x" * (stop - start) + text[stop - 1 :]
            found = COMMENT.search(text)
            if found:
                yield found[1].rstrip()


def value_at(mapping: Any, way: Way) -> Any:
    """What stands at the end of a way, `None` where it leads nowhere."""
    for part in way:
        if isinstance(mapping, dict):
            mapping = mapping.get(str(part))
        elif isinstance(mapping, list) and isinstance(part, int) and part < len(mapping):
            mapping = mapping[part]
        else:
            return None
    return mapping


def revised(content: bytes, name: str, changes: Sequence[tuple[Way, Value]], *, first: bool = False) -> bytes:
    """The file with other values. New keys come last in their mapping, or with `first` behind its first key.

    Raises `NotRevisedError` where that cannot be done without touching anything else.
    """
    written = before = Written(content, name)
    meant = _plain(written.mapping)
    for way, value in changes:
        written = _with(written, way, value, first=first)
        _note(meant, way, value)
    _same(before, written, meant)
    return written.content


def reordered(content: bytes, name: str, key: str, entries: Sequence[str]) -> bytes:
    """The file with the words of a list at its top in another order, some of them new, some gone.

    A comment behind an entry or above it goes with it. Raises as `revised` does.
    """
    written = Written(content, name)
    meant = _plain(written.mapping) | {key: list(entries)}
    listed = written.mapping.get(key)
    if not isinstance(listed, LocatedSequence) or not listed or not entries or len(set(listed)) < len(listed):
        raise NotRevisedError(written.mapping.place)
    flow = written.line(listed.place.line)[listed.place.column - 1 :].startswith("[")
    after = _flow_order(written, listed, entries) if flow else _block_order(written, listed, entries)
    _same(written, after, meant)
    return after.content


def _flow_order(written: Written, listed: LocatedSequence, entries: Sequence[str]) -> Written:
    """New words in the places of the old ones, from the last on; what is left over comes behind, or goes."""
    places = listed.item_places
    last = written.end_of(listed[-1], places[-1])
    if len(entries) > len(places):
        written = written.replaced(last, last, "".join(f", {entry}" for entry in entries[len(places) :]))
    elif len(entries) < len(places):
        kept = written.end_of(listed[len(entries) - 1], places[len(entries) - 1])
        written = written.replaced(kept, last, "")
    for index, entry in reversed([*enumerate(entries[: len(places)])]):
        if entry != listed[index]:
            place = places[index]
            written = written.replaced((place.line, place.column), written.end_of(listed[index], place), entry)
    return written


def _block_order(written: Written, listed: LocatedSequence, entries: Sequence[str]) -> Written:
    numbers = [place.line for place in listed.item_places]
    dashes = [
        written.line(number)[: place.column - 1] for number, place in zip(numbers, listed.item_places, strict=True)
    ]
    if any(dash.strip() != "-" for dash in dashes) or len(set(numbers)) < len(numbers):
        raise NotRevisedError(listed.place)
    # What stands above the first entry belongs to the key, so only comments between entries go with them.
    starts = [
        numbers[0],
        *(_above(written, number, before) for before, number in pairwise(numbers)),
    ]
    stops = [*(start - 1 for start in starts[1:]), numbers[-1]]
    chunks = {
        entry: [written.line(number) for number in range(start, stop + 1)]
        for entry, start, stop in zip(listed, starts, stops, strict=True)
    }
    gone = [entry for entry in listed if entry not in entries]
    left = [
        f"{' ' * dashes[0].index('-')}{comment}"
        for entry in gone
        for start, stop in [(starts[listed.index(entry)], stops[listed.index(entry)])]
        for comment in written.comments(start, stop)
    ]
    lines = [line for entry in entries for line in chunks.get(entry, [f"{dashes[0]}{entry}"])]
    after = written.without_lines(numbers[0], numbers[-1], [*lines, *left])
    return after if written.lines[-1].endswith(("\n", "\r")) else Written(after.content.rstrip(b"\r\n"), written.name)


def _above(written: Written, number: int, before: int) -> int:
    """The first of the lines of comments that stand right above a line."""
    while number - 1 > before and written.line(number - 1).lstrip().startswith("#"):
        number -= 1
    return number


def _same(before: Written, after: Written, meant: Any) -> None:
    """Makes sure that a changed file says what was meant, has all its comments, and no new mistake."""
    mapping, problems = read_bytes(after.content, after.name)
    known = {(one.code, one.message) for one in read_bytes(before.content, before.name)[1]}
    fresh = [one for one in problems if (one.code, one.message) not in known]
    if mapping is None or fresh or _plain(mapping) != meant:
        raise NotRevisedError(fresh[0].place if fresh else before.mapping.place)
    if Counter(before.comments()) - Counter(after.comments()):
        raise NotRevisedError(before.mapping.place)


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list | tuple) else value


# --------------------------------------------------------------- what is meant


def _note(meant: Any, way: Way, value: Value) -> None:
    """Changes plain values as the file is changed: what is emptied goes, with whatever held nothing else."""
    *above, last = way
    node, trail = meant, []
    for index, part in enumerate(above):
        trail.append((node, part))
        inner = value_at(node, (part,))
        if inner is None:
            if value is None:
                return
            inner = [] if isinstance(way[index + 1], int) else {}
            _put(node, part, inner)
        node = inner
    if value is not None:
        _put(node, last, _plain(value))
        return
    if value_at(node, (last,)) is None and not (isinstance(node, dict) and last in node):
        return
    del node[last]
    while trail and not node:
        node, part = trail.pop()
        del node[part]


def _put(node: Any, part: str | int, value: Any) -> None:
    if isinstance(node, list) and part == len(node):
        node.append(value)
    else:
        node[part] = value


# ------------------------------------------------------------------ one change


def _with(written: Written, way: Way, value: Value, *, first: bool) -> Written:
    """The file with one value put at the end of a way, or taken away."""
    node: Any = written.mapping
    for index, part in enumerate(way):
        there = part in node if isinstance(node, LocatedMapping) else isinstance(part, int) and part < len(node)
        rest = way[index + 1 :]
        if not there:
            return written if value is None else _added(written, node, part, _nested(rest, value), first=first)
        inner = node[part]
        if not rest:
            return _removed(written, way) if value is None else _set(written, node, part, value)
        if inner is None:
            return written if value is None else _set(written, node, part, _nested(rest, value))
        if not isinstance(inner, LocatedMapping | LocatedSequence):
            raise NotRevisedError(_place(node, part))
        node = inner
    raise NotRevisedError(written.mapping.place)


def _place(node: Any, part: Any) -> Place:
    place: Place = node.value_places[part] if isinstance(node, LocatedMapping) else node.item_places[part]
    return place


def _nested(rest: Way, value: Value) -> Value:
    for part in reversed(rest):
        value = [value] if isinstance(part, int) else {part: value}
    return value


def _set(written: Written, node: Any, part: Any, value: Value) -> Written:
    """Another value for a key or an entry that is there."""
    old, place = node[part], _place(node, part)
    start = place.line, place.column
    if isinstance(old, LocatedMapping | LocatedSequence):
        raise NotRevisedError(place)
    if start in written.ends:
        if not isinstance(value, str | bool):
            raise NotRevisedError(place)
        block = isinstance(node, LocatedMapping) and not _in_brackets(written, start)
        indent = (node.key_places[part].column - 1 if isinstance(node, LocatedMapping) else 0) + 2
        sign = written.line(place.line)[place.column - 1]
        return written.replaced(start, written.end_of(old, place), scalar(value, sign, indent if block else None))
    if not isinstance(node, LocatedMapping):
        raise NotRevisedError(place)
    at = node.key_places[part]
    behind = written.end_of_key(node, part)
    if isinstance(value, str | bool) or node.flow:
        return written.replaced(behind, behind, " " + (_flow(value)))
    lines = "".join(f"\n{line}" for line in _block(value, at.column + 1))
    stop = behind[0], len(written.line(behind[0])) + 1
    return written.replaced(stop, stop, lines)


def _in_brackets(written: Written, spot: Spot) -> bool:
    return any(
        start < spot < end and written.line(start[0])[start[1] - 1] in "[{" for start, end in written.ends.items()
    )


def _added(written: Written, node: Any, part: str | int, value: Value, *, first: bool) -> Written:
    """The file with a new key or a new entry at the end of what holds it."""
    mapping = isinstance(node, LocatedMapping)
    if not mapping and part != len(node):
        raise NotRevisedError(node.place)
    opened = node.place.line, node.place.column
    said = f"{part}: {_flow(value)}" if mapping else _flow(value)
    if not node:
        inside = opened[0], opened[1] + 1
        return written.replaced(inside, inside, said)
    if written.line(opened[0])[opened[1] - 1 :].startswith(("[", "{")):
        last = written.end_of_key(node, [*node][-1]) if mapping else written.end_of(node[-1], node.item_places[-1])
        return written.replaced(last, last, f", {said}")
    if mapping:
        keys = [*node]
        behind = written.end_of_key(node, keys[0] if first else keys[-1])
        lines = _block({part: value}, node.key_places[keys[0]].column - 1)
    else:
        behind = written.end_of(node[-1], node.item_places[-1])
        lines = _block([value], _dash(written, node, len(node) - 1))
    stop = behind[0], len(written.line(behind[0])) + 1
    return written.replaced(stop, stop, "".join(f"\n{line}" for line in lines))


def _dash(written: Written, listed: LocatedSequence, index: int) -> int:
    """How many blanks stand before the dash of an entry."""
    place = listed.item_places[index]
    before = written.line(place.line)[: place.column - 1]
    if before.strip() != "-":
        raise NotRevisedError(place)
    return before.index("-")


def _removed(written: Written, way: Way) -> Written:
    """The file without what stands at the end of a way; where that was all, without what held it."""
    *above, part = way
    node = value_at(written.mapping, tuple(above))
    if len(node) == 1:
        if not above:
            raise NotRevisedError(node.place)
        return _removed(written, tuple(above))
    parts = [*node] if isinstance(node, LocatedMapping) else [*range(len(node))]
    index = parts.index(part)
    start = _start(node, part)
    end = _end(written, node, part)
    opened = written.line(node.place.line)[node.place.column - 1 :]
    if opened.startswith(("{", "[")):
        if index + 1 < len(parts):
            return written.replaced(start, _start(node, parts[index + 1]), "")
        return written.replaced(_end(written, node, parts[index - 1]), end, "")
    before = written.line(start[0])[: start[1] - 1]
    if isinstance(node, LocatedMapping) and before.strip():  # the first key, on the line of its dash
        if before.strip() != "-" or index or len(parts) == 1:
            raise NotRevisedError(node.place)
        return written.replaced(start, _start(node, parts[1]), "")
    if not isinstance(node, LocatedMapping):
        _dash(written, node, index)
    blanks = written.line(start[0])[: len(before) - len(before.lstrip())]
    kept = [f"{blanks}{comment}" for comment in written.comments(start[0], end[0])]
    return written.without_lines(start[0], end[0], kept)


def _start(node: Any, part: Any) -> Spot:
    place = node.key_places[part] if isinstance(node, LocatedMapping) else node.item_places[part]
    return place.line, place.column


def _end(written: Written, node: Any, part: Any) -> Spot:
    if isinstance(node, LocatedMapping):
        return written.end_of_key(node, part)
    return written.end_of(node[part], node.item_places[part])


# ------------------------------------------------------------------ how it is written


def scalar(
    text: str | bool,  # noqa: FBT001  # a value like any other
    sign: str = "",
    indent: int | None = None,
) -> str:
    """A text as YAML writes it, in quotation marks as `sign`, how it was written before, has them.

    Several lines stand below each other where there is room for that, `indent` blanks from the margin.
    """
    if isinstance(text, bool):
        return str(text).lower()
    if "\n" in text:
        if indent is not None and not text.startswith((" ", "\n")) and not text.endswith("\n"):
            return "|-\n" + "\n".join(f"{' ' * indent}{line}".rstrip() for line in text.split("\n"))
    elif sign == "'":
        return "'" + text.replace("'", "''") + "'"
    elif sign != '"' and PLAIN.fullmatch(text) and text.lower() not in NO_WORDS:
        return text
    return json.dumps(text, ensure_ascii=False)


def _flow(value: Value) -> str:
    if isinstance(value, bool):
        return scalar(value)
    if isinstance(value, str):
        return scalar(value, '"' if "," in value else "")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(_flow(inner) for inner in value or ()) + "]"


def _block(value: Any, indent: int) -> list[str]:
    """Values by key, or a list, in lines that stand `indent` blanks from the margin."""
    blanks = " " * indent
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, str | bool):
                lines += f"{blanks}{key}: {scalar(inner, '', indent + 2)}".split("\n")
            else:
                lines += [f"{blanks}{key}:", *_block(inner, indent + 2)]
        return lines
    for inner in value:
        if isinstance(inner, str | bool):
            lines.append(f"{blanks}- {_flow(inner)}")
        else:
            first, *others = _block(inner, indent + 2)
            lines += [f"{blanks}- {first.lstrip()}", *others]
    return lines
