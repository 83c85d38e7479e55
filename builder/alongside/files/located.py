"""Values that remember where in which file they were written.

Everything that is read from YAML arrives in these containers, so that any later stage can say
`file:line:column` about any field. Knows nothing of YAML itself. `packed` and `unpacked` take values to JSON and back.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a source file. Lines and columns count from 1, columns in characters."""

    file: str
    line: int = 1
    column: int = 1
    #: For a literal block (`|`): the first line and the column of its text. Lines of such a block
    #: stand one to one in the file, so a word inside it can be pointed at.
    block: tuple[int, int] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def within(self, text: str, offset: int) -> Place:
        """Where the character at `offset` of `text` stands, if `text` is the value written here.

        Only a literal block keeps its line breaks; for any other way of writing, the place of the
        whole value is the most that can be said.
        """
        if self.block is None:
            return self
        first_line, indent = self.block
        before = text[:offset]
        line_start = before.rfind("\n") + 1
        return Place(self.file, first_line + before.count("\n"), indent + offset - line_start)


class LocatedMapping(dict[str, Any]):
    """A mapping that knows its own place and those of its keys and values."""

    #: File, line, column, and the numbers of the places of keys and values.
    _packed: tuple[str, int, int, list[int], list[int]]
    __slots__ = ("_packed", "end_line", "flow", "key_places", "place", "value_places")

    def __init__(self, place: Place, *, flow: bool = False) -> None:
        super().__init__()
        self.place = place
        #: Whether it is written in curly brackets.
        self.flow = flow
        self.end_line = place.line
        self.key_places: dict[str, Place] = {}
        self.value_places: dict[str, Place] = {}

    def __getattr__(self, name: str) -> Any:
        """Makes the places of what was packed when the first one is asked for. Most never are."""
        if name not in {"place", "key_places", "value_places"}:
            raise AttributeError(name)
        file, line, column, keys, values = self._packed
        self.place = Place(file, line, column)
        self.key_places = dict(zip(self, _places(file, keys), strict=True))
        self.value_places = dict(zip(self, _places(file, values), strict=True))
        return getattr(self, name)

    def without(self, keys: Container[str]) -> LocatedMapping:
        """The same without some keys."""
        kept = LocatedMapping(self.place, flow=self.flow)
        kept.end_line, kept.key_places, kept.value_places = self.end_line, self.key_places, self.value_places
        kept.update({key: value for key, value in self.items() if key not in keys})
        return kept


class LocatedSequence(list[Any]):
    """A list that knows its own place and those of its entries."""

    #: File, line, column, and the numbers of the places of entries.
    _packed: tuple[str, int, int, list[int]]
    __slots__ = ("_packed", "end_line", "item_places", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.end_line = place.line
        self.item_places: list[Place] = []

    def __getattr__(self, name: str) -> Any:
        """As for a mapping."""
        if name not in {"place", "item_places"}:
            raise AttributeError(name)
        file, line, column, entries = self._packed
        self.place = Place(file, line, column)
        self.item_places = [*_places(file, entries)]
        return getattr(self, name)


#: A value as JSON holds it: a text or nothing; a list as [line, column, end line, entries, places]; a mapping as
#: [line, column, end line, in brackets, values by key, places of keys, places of values]. A place is four numbers: line,
#: column, and where the text of a block starts or 0, 0; those of a list or mapping stand one after the other.
Packed = Any
#: Numbers of a place.
WHOLE = 4


def packed(value: Any) -> Packed:
    """A value that was read from one file, with its places, as JSON can hold it."""
    if isinstance(value, LocatedMapping):
        head = [value.place.line, value.place.column, value.end_line, value.flow]
        inner = {key: packed(entry) for key, entry in value.items()}
        return [*head, inner, _numbers(value.key_places.values()), _numbers(value.value_places.values())]
    if isinstance(value, LocatedSequence):
        head = [value.place.line, value.place.column, value.end_line]
        return [*head, [packed(entry) for entry in value], _numbers(value.item_places)]
    return value


def unpacked(file: str, node: Packed) -> Any:
    """The value that was packed; `file` is how messages call its file."""
    if not isinstance(node, list):
        return node
    line, column, end_line, *rest = node
    found: LocatedMapping | LocatedSequence
    if isinstance(rest[0], list):
        entries, places = rest
        found = LocatedSequence.__new__(LocatedSequence)
        found.extend([unpacked(file, entry) for entry in entries])
        found._packed = file, line, column, places  # noqa: SLF001  # of a class of this file
    else:
        flow, values, *of_both = rest
        found = LocatedMapping.__new__(LocatedMapping)
        found.update({key: unpacked(file, value) for key, value in values.items()})
        found.flow = flow
        found._packed = file, line, column, *of_both  # noqa: SLF001  # as above
    found.end_line = end_line
    return found


def _numbers(places: Iterable[Place]) -> list[int]:
    return [number for place in places for number in (place.line, place.column, *(place.block or (0, 0)))]


def _places(file: str, numbers: list[int]) -> Iterator[Place]:
    for start in range(0, len(numbers), WHOLE):
        line, column, *block = numbers[start : start + WHOLE]
        yield Place(file, line, column, (block[0], block[1]) if block[0] else None)


def scalars(value: LocatedMapping | LocatedSequence) -> Iterator[tuple[str, Place]]:
    """Every text inside, in the order in which it is written, with its place. Keys are no texts."""
    places = [value.value_places[key] for key in value] if isinstance(value, LocatedMapping) else value.item_places
    for inner, place in zip(value.values() if isinstance(value, LocatedMapping) else value, places, strict=True):
        if isinstance(inner, str):
            yield inner, place
        elif isinstance(inner, LocatedMapping | LocatedSequence):
            yield from scalars(inner)


def place_of(source: LocatedMapping, path: tuple[str | int, ...], *, key: bool = False) -> Place:
    """The place of the value that `path` leads to, or of the deepest part of it that exists.

    Parts of the path that lead nowhere are passed over: the validator puts the names of union
    members between the keys. With `key`, the place of the last key is given instead of its value's.
    """
    node: Any = source
    place = source.place
    for depth, part in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(node, LocatedMapping) and part in node:
            name = str(part)
            place = node.key_places[name] if key and last else node.value_places[name]
            node = node[name]
        elif isinstance(node, LocatedSequence) and isinstance(part, int) and part < len(node):
            place = node.item_places[part]
            node = node[part]
    return place


def copied(value: Any) -> Any:
    """A copy of what was read, with every place, that can be changed while the original stays as it is."""
    if isinstance(value, LocatedMapping):
        mapping = LocatedMapping(value.place, flow=value.flow)
        mapping.update((key, copied(inner)) for key, inner in value.items())
        mapping.end_line = value.end_line
        mapping.key_places, mapping.value_places = dict(value.key_places), dict(value.value_places)
        return mapping
    if isinstance(value, LocatedSequence):
        sequence = LocatedSequence(value.place)
        sequence.extend(copied(inner) for inner in value)
        sequence.end_line, sequence.item_places = value.end_line, list(value.item_places)
        return sequence
    return value
