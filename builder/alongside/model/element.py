"""What every part of the model has in common: types of text, and a memory of where it stands.

Knows nothing of files or of what the parts mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from alongside.files.located import LocatedMapping, Place, place_of, scalars
from alongside.files.paths import address

#: Longest prose field, in characters. What reads prose and what judges it takes as long as the
#: text is, so the bound on a field is what bounds the time that a hostile one can cost.
MAX_PROSE = 20_000
MAX_LINE = 600

#: The file of an element that was made by a program.
NOWHERE = "(no file)"


@dataclass(frozen=True)
class Translatable:
    """Marks a field whose text a learner reads, so that it can be found for checks and translation."""

    markdown: Literal["block", "inline", "none"]


def _flag(value: Any) -> Any:
    """Only `true` and `false` are yes and no; YAML 1.1's other spellings are ordinary words."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in {"true", "false"}:
        return value == "true"
    raise PydanticCustomError("flag", "not true or false")


def _number(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{1,6}", value):
        raise PydanticCustomError("number", "not a whole number")
    return value


def _seconds(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", value):
        raise PydanticCustomError("seconds", "not a moment in seconds")
    return value


def _date(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        raise PydanticCustomError("date", "not a date")
    return value


_TRANSLATABLE = {"translatable": True}

#: One or more paragraphs of Markdown.
Prose = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_PROSE, strip_whitespace=False),
    Translatable("block"),
    Field(json_schema_extra=_TRANSLATABLE),
]
#: A sentence or two, with emphasis, links, glossary terms and citations.
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_LINE, strip_whitespace=False),
    Translatable("inline"),
    Field(json_schema_extra=_TRANSLATABLE),
]
#: Plain words: titles and labels that also appear where no markup can (page titles, menus).
Title = Annotated[
    str,
    StringConstraints(min_length=1, max_length=120, strip_whitespace=True),
    Translatable("none"),
    Field(json_schema_extra=_TRANSLATABLE),
]
#: Lower-case letters, digits and hyphens; stable, since saved work is found by it.
IDENTIFIER_PATTERN = r"^[a-z0-9][a-z0-9-]{0,60}$"
#: A path of a file, each letter of which stands in one way.
FilePath = Annotated[str, AfterValidator(address)]
Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER_PATTERN)]
#: An earlier id in the same module, or that in another: `module/id`.
FormerIdentifier = Annotated[str, StringConstraints(pattern=r"^(?:[a-z0-9][a-z0-9-]{0,60}/)?[a-z0-9][a-z0-9-]{0,60}$")]
#: A safety rule and one of its stances: `rule/stance`.
StanceName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,60}/[a-z0-9][a-z0-9-]{0,60}$")]
Flag = Annotated[bool, BeforeValidator(_flag)]
Number = Annotated[int, BeforeValidator(_number)]
#: A moment of a recording: seconds from its start, with a part of one after a full stop.
Seconds = Annotated[float, BeforeValidator(_seconds)]
Minutes = Annotated[int, BeforeValidator(_number), Field(ge=1, le=600)]
Day = Annotated[date, BeforeValidator(_date)]

#: Bloom's levels in the revision of Anderson and Krathwohl (2001), lowest first.
Level = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
LEVELS: tuple[Level, ...] = ("remember", "understand", "apply", "analyse", "evaluate", "create")


class Element(BaseModel):
    """A part of the curriculum that came from a mapping in a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: What messages call one of these. Where it says nothing, the last word of the class.
    noun: ClassVar[str] = ""
    #: Fields that show words as somebody might say or think them, mistakes among them: not the voice of the course.
    exhibits: ClassVar[frozenset[str]] = frozenset()
    #: Keys that files of this kind once had, with what became of them. They are passed over, with a warning.
    retired: ClassVar[Mapping[str, str]] = {}

    _source: LocatedMapping | None = PrivateAttr(default=None)
    #: Everything inside, once it has been asked for: an element never changes, and many rules walk it.
    _inside: tuple[Element, ...] | None = PrivateAttr(default=None)
    _own_texts: tuple[Text, ...] | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _remember_source(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        element = handler(value)
        if isinstance(value, LocatedMapping):
            private_of(element)["_source"] = value
        return element

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, wherever they are written."""
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.model_dump_json()))

    def but(self, fields: Mapping[str, Any]) -> Self:
        """The same element with other values in some fields, in the same place, which remembers nothing of its inside."""
        other = self.model_copy(update=fields)
        other._inside = other._own_texts = None  # noqa: SLF001  # its own
        return other

    @classmethod
    def called(cls) -> str:
        """What messages call one of these."""
        return cls.noun or re.findall("[A-Z][a-z]+", cls.__name__)[-1].lower()

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where this element stands, or the part of it that `path` leads to."""
        source: LocatedMapping | None = private_of(self)["_source"]
        return Place(NOWHERE) if source is None else place_of(source, path, key=key)

    def written(self) -> Iterator[tuple[str, Place]]:
        """Every text that stands in this element in its file, whatever field holds it, with its place."""
        return scalars(self._source) if self._source is not None else iter(())

    def span(self) -> tuple[str, int, int]:
        """The file, first and last line that this element takes up."""
        if self._source is None:
            return NOWHERE, 0, 0
        return self._source.place.file, self._source.place.line, self._source.end_line


class Waiver(Element):
    """Lets named rules pass here, with the reason that a reviewer will read."""

    allow: tuple[str, ...] = Field(min_length=1)
    """Codes of the rules that do not apply here, for example `[Q107]`."""
    why: str | None = None
    """Why the rules do not apply. Required: a waiver without a reason is a problem itself."""


class Waivable(Element):
    """An element on which rules can be waived."""

    lint: Waiver | None = None
    """Rules that do not apply here and why: `{allow: [Q107], why: …}`."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text that learners read, with the element and field that hold it."""

    value: str
    markdown: Literal["block", "inline", "none"]
    element: Element
    field: str
    #: Place in the list, where the field is one.
    index: int | None = None

    @property
    def place(self) -> Place:
        """Where the text stands. Looked up when it is asked for: most texts are fine."""
        return self.element.place(self.field) if self.index is None else self.element.place(self.field, self.index)

    @property
    def is_answer(self) -> bool:
        """Whether it is listed to be compared with what learners write."""
        return self.field == "accept"


@cache
def _fields(kind: type[Element]) -> tuple[tuple[str, Translatable | None], ...]:
    """Field names of a kind of element, with the mark of those that hold text."""
    found = []
    for name, info in kind.model_fields.items():
        mark = next((m for m in info.metadata if isinstance(m, Translatable)), None)
        found.append((name, mark or _inner_mark(info.annotation)))
    return tuple(found)


def _inner_mark(annotation: Any) -> Translatable | None:
    """The mark inside `tuple[Line, ...]`, `Line | None` and the like."""
    for argument in getattr(annotation, "__args__", ()):
        for mark in getattr(argument, "__metadata__", ()):
            if isinstance(mark, Translatable):
                return mark
        if not (isinstance(argument, type) and issubclass(argument, BaseModel)):
            inner = _inner_mark(argument)
            if inner:
                return inner
    return None


def models_in(annotation: Any) -> Iterator[type[Element]]:
    """The kinds of element that a field of this type may hold, directly or in lists, unions and the like."""
    if isinstance(annotation, type) and issubclass(annotation, Element):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


def children(element: Element) -> Iterator[Element]:
    """The elements directly inside `element`, in the order of its fields."""
    for name in _holding_elements(type(element)):
        yield from _elements_in(getattr(element, name))


@cache
def _holding_elements(kind: type[Element]) -> tuple[str, ...]:
    """The fields of a kind of element that may hold others: few of them, and all are walked again and again."""
    return tuple(name for name, info in kind.model_fields.items() if next(models_in(info.annotation), None))


def _elements_in(value: Any) -> Iterator[Element]:
    if isinstance(value, Element):
        yield value
    elif isinstance(value, tuple):
        for entry in value:
            yield from _elements_in(entry)
    elif isinstance(value, dict):
        for entry in value.values():
            yield from _elements_in(entry)


def private_of(element: Element) -> dict[str, Any]:
    """The private attributes of an element, without pydantic's slow way to them: rules ask for these most."""
    private = element.__pydantic_private__
    assert private is not None
    return private


def descendants(element: Element) -> tuple[Element, ...]:
    """`element` and everything inside it, from the outside in."""
    kept = private_of(element)
    inside: tuple[Element, ...] | None = kept["_inside"]
    if inside is None:
        inside = kept["_inside"] = (element, *(inner for child in children(element) for inner in descendants(child)))
    return inside


def own_texts(element: Element) -> tuple[Text, ...]:
    """The texts in the fields of `element` itself, without those of elements inside it."""
    kept = private_of(element)
    found: tuple[Text, ...] | None = kept["_own_texts"]
    if found is None:
        found = kept["_own_texts"] = tuple(_find_texts(element))
    return found


def _find_texts(element: Element) -> Iterator[Text]:
    for name, mark in _fields(type(element)):
        if mark is None:
            continue
        value = getattr(element, name)
        if isinstance(value, str):
            yield Text(value, mark.markdown, element, name)
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, str):
                    yield Text(entry, mark.markdown, element, name, index)


def texts(element: Element) -> Iterator[Text]:
    """Every text inside `element`, in reading order of its fields."""
    for inner in descendants(element):
        yield from own_texts(inner)


class FileElement(Waivable):
    """What one file holds. Its id is the name of the file or folder."""

    _id: str = PrivateAttr(default="")

    @property
    def id(self) -> str:
        """The name of the file without its ending, or of the module's folder."""
        return self._id

    def named(self, name: str) -> Self:
        """The element itself, once it is told the name of its file."""
        self._id = name
        return self
