"""A form for a part of the settings, made from its JSON Schema: what fields are called and what they are for is said there.

Knows nothing of files or HTML. Names of fields are ways from the top of the form, joined by points: `contacts.0.name`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from alongside.files.revision import Value, Way, value_at
from alongside.words.language import N_, Words

#: Texts that may be longer than this, or as long as they like, have several lines; colours, days and addresses have not.
ONE_LINE = 300
#: No field may hold more, whatever its schema says.
LONGEST = 8_000
#: Numbers of entries of a list, which no form has a hundred of.
TWO_DIGITS = re.compile(r"[0-9]{1,2}")

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Named:
    """A name that a table of the settings can have: what it is called, and what holds where it has no value."""

    label: str
    default: str = ""


#: The names of tables, by the way to each. Of any other table nobody knows the names, and it is left to the file.
Names = Mapping[Way, Mapping[str, Named]]


@dataclass
class Field:
    """One text that can be typed, or one value that can be chosen."""

    way: Way
    label: str
    help: str
    value: str
    example: str = ""
    #: What holds where nothing is typed.
    default: str = ""
    long: bool = False
    longest: int = LONGEST
    required: bool = False
    #: What it can be, each with what that is called: empty where it is typed.
    choices: tuple[tuple[str, str], ...] = ()
    errors: list[str] = field(default_factory=list)
    #: Titles of modules that say it.
    used_by: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the form calls it."""
        return ".".join(map(str, self.way))

    @property
    def id(self) -> str:
        """What links to it call it."""
        return f"field-{self.name.replace('.', '-')}"


@dataclass
class Group:
    """Fields that belong together, and groups of them."""

    way: Way
    label: str
    help: str
    parts: list[Field | Group] = field(default_factory=list)
    #: Whether it is an entry of a list, which goes when it is emptied.
    entry: bool = False

    @property
    def id(self) -> str:
        """What links to it call it."""
        return f"group-{'-'.join(map(str, self.way))}"

    def fields(self) -> Iterator[Field]:
        """Every field, those of inner groups included."""
        for part in self.parts:
            yield from part.fields() if isinstance(part, Group) else [part]

    def called(self) -> Iterator[tuple[Field, str]]:
        """Every field with what it is called where its group is not seen."""
        for group in self.groups():
            before = f"{group.label}, " if group.label else ""
            yield from ((part, f"{before}{part.label}") for part in group.parts if isinstance(part, Field))

    def groups(self) -> Iterator[Group]:
        """The group itself and every one inside it."""
        yield self
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.groups()


def form(  # noqa: PLR0913  # what a form is made of
    schema: Schema,
    of: tuple[str, Sequence[str]],
    written: Any,
    words: Words,
    typed: Mapping[str, str] | None = None,
    *,
    names: Names | None = None,
) -> Group:
    """The form for a model, by its name, and some of its keys, with what is `written` in the file, or with what was `typed`.

    `names` has those of tables. A list has one empty entry more than are there. What is written in another shape than the schema has, or has names
    of its own for keys, is left to whoever edits the file.
    """
    name, keys = of
    made = _Maker(schema["$defs"], typed, words, names or {})
    body = schema if name == schema.get("title") else schema["$defs"][name]
    top = Group((), "", str(body.get("description", "")))
    top.parts += made.parts(body, (), written, keys)
    return top


@dataclass(frozen=True)
class _Maker:
    definitions: Mapping[str, Schema]
    typed: Mapping[str, str] | None
    words: Words
    names: Names

    def parts(self, body: Schema, way: Way, written: Any, keys: Sequence[str] = ()) -> Iterator[Field | Group]:
        for key, node in body["properties"].items():
            if not keys or key in keys:
                inner = value_at(written, (key,))
                yield from self._part(node, (*way, key), inner, required=key in body.get("required", ()))

    def _part(self, node: Schema, way: Way, written: Any, *, required: bool) -> Iterator[Field | Group]:
        body, help_ = self._resolved(node), str(node.get("description", ""))
        label = str(way[-1]).replace("_", " ").capitalize()
        if body.get("type") == "object" and "properties" in body:
            if written is None or isinstance(written, dict):
                yield Group(way, label, help_, [*self.parts(body, way, written)])
        elif body.get("type") == "array" and "properties" in (entry := self._resolved(body["items"])):
            if written is None or isinstance(written, list):
                yield self._list(entry, way, label, help_, written or [])
        elif body.get("type") == "object" and way in self.names:
            if written is None or isinstance(written, dict):
                yield Group(way, label, help_, [*self._table(body["additionalProperties"], way, written)])
        elif body.get("type") not in ("object", "array") and not isinstance(written, dict | list):
            typed = (self.typed or {}).get(".".join(map(str, way)), "")
            yield self._field(
                node, body, way, label, typed if self.typed is not None else written or "", required=required
            )

    def _field(self, node: Schema, body: Schema, way: Way, label: str, value: str, *, required: bool) -> Field:  # noqa: PLR0913  # what a field is made of
        if isinstance(node.get("default"), bool):
            return self._choice(node, way, label, value)
        longest = min(body.get("maxLength", LONGEST), LONGEST)
        default, examples = node.get("default"), node.get("examples", ())
        return Field(
            way, label, str(node.get("description", "")), value, str(examples[0]) if examples else "",
            default if isinstance(default, str) else "", longest > ONE_LINE and not {"pattern", "format"} & body.keys(), longest, required=required,
        )  # fmt: skip

    def _table(self, node: Schema, way: Way, written: Any) -> Iterator[Field | Group]:
        """A field or group for each name that is known."""
        for name, named in self.names[way].items():
            for part in self._part(node, (*way, name), value_at(written, (name,)), required=False):
                part.label = named.label
                if isinstance(part, Field):
                    part.default = named.default
                yield part

    def _choice(self, node: Schema, way: Way, label: str, value: str) -> Field:
        """Yes, no, or what is usual."""
        said = {"true": self.words.gettext(N_("Yes")), "false": self.words.gettext(N_("No"))}
        usual = said[str(node.get("default", False)).lower()]
        choices = [("", self.words.gettext(N_("As usual: %(choice)s"), choice=usual)), *said.items()]
        if value and value not in said:
            choices.append((value, value))
        return Field(way, label, str(node.get("description", "")), value, choices=tuple(choices))

    def _list(self, entry: Schema, way: Way, label: str, help_: str, written: list[Any]) -> Group:
        there = len(written)
        if self.typed is not None:
            start = f"{'.'.join(map(str, way))}."
            numbers = [name.removeprefix(start).split(".")[0] for name in self.typed if name.startswith(start)]
            there = max([there, *(int(number) for number in numbers if TWO_DIGITS.fullmatch(number))])
        entries = [
            Group(
                (*way, index),
                self.words.gettext("%(list)s: number %(number)s", list=label, number=index + 1)
                if index < there
                else self.words.gettext("%(list)s: one more", list=label),
                "",
                [*self.parts(entry, (*way, index), value_at(written, (index,)))],
                entry=True,
            )
            for index in range(there + 1)
        ]
        return Group(way, label, help_, [*entries])

    def _resolved(self, node: Schema) -> Schema:
        """What a reference, or a choice of something or nothing, stands for."""
        for one in node.get("anyOf", ()):
            if one.get("type") != "null":
                return self._resolved(one)
        return self.definitions[node["$ref"].rpartition("/")[2]] if "$ref" in node else node


def changes(made: Group, written: Any) -> list[tuple[Way, Value]]:
    """What has to change in the file for it to say what the form says: texts first, then what goes, then new entries."""
    texts: list[tuple[Way, Value]] = []
    gone: list[tuple[Way, Value]] = []
    new: list[tuple[Way, Value]] = []
    for group in made.groups():
        for part in group.parts:
            if isinstance(part, Field) and _entry_of(made, part.way) is None:
                _note(part, written, texts, gone)
        lists = [part for part in group.parts if isinstance(part, Group) and part.entry]
        kept = len(value_at(written, group.way) or ()) if lists else 0
        for entry in lists:
            there, filled = value_at(written, entry.way) is not None, any(one.value for one in entry.fields())
            if there and not filled:
                gone.append((entry.way, None))
                kept -= 1
            elif there:
                for one in entry.fields():
                    _note(one, written, texts, gone)
        for entry in lists:
            if value_at(written, entry.way) is None and any(one.value for one in entry.fields()):
                said = {str(one.way[-1]): one.value for one in entry.fields() if one.value}
                new.append(((*group.way, kept), said))
                kept += 1
    return [*texts, *sorted(gone, key=lambda change: [str(part).zfill(9) for part in change[0]], reverse=True), *new]


def _entry_of(made: Group, way: Way) -> Group | None:
    return next((one for one in made.groups() if one.entry and way[: len(one.way)] == one.way), None)


def _note(one: Field, written: Any, texts: list[tuple[Way, Value]], gone: list[tuple[Way, Value]]) -> None:
    before = value_at(written, one.way)
    if one.value and one.value != (before or "").strip():
        texts.append((one.way, one.value == "true" if one.choices and one.value in {"true", "false"} else one.value))
    elif not one.value and before:
        gone.append((one.way, None))


def unfilled(made: Group) -> Iterator[Field]:
    """Fields that have to be filled in, since others of their group are."""
    for group in made.groups():
        own = [part for part in group.parts if isinstance(part, Field)]
        if any(part.value for part in own):
            yield from (part for part in own if part.required and not part.value)
