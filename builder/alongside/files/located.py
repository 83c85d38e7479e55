"""Values that remember where in which file they were written.

Everything that is read from YAML arrives in these containers, so that any later stage can say
`file:line:column` about any field. Knows nothing of YAML itself.
"""

from __future__ import annotations

from collections.abc import Iterator
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

    __slots__ = ("end_line", "flow", "key_places", "place", "value_places")

    def __init__(self, place: Place, *, flow: bool = False) -> None:
        super().__init__()
        self.place = place
        #: Whether it is written in curly brackets.
        self.flow = flow
        self.end_line = place.line
        self.key_places: dict[str, Place] = {}
        self.value_places: dict[str, Place] = {}


class LocatedSequence(list[Any]):
    """A list that knows its own place and those of its entries."""

    __slots__ = ("end_line", "item_places", "place")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.end_line = place.line
        self.item_places: list[Place] = []


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
