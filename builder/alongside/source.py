"""YAML text to plain values with positions.

Reads libyaml *events* with limits, never a loader that builds objects: 30 kB of `[` crash the
object-building C loader, and anchors, tags and merge keys can run code or explode in memory.
Every scalar stays text; the model gives it its type, so `no`, `12:30` and `3.10` keep their meaning.
The only file that imports yaml.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from alongside.located import LocatedMapping, LocatedSequence, Place
from alongside.problems import Problem, quoted

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_SCALAR = 64 * 1024

#: Keys that mean something to a program that reads the values later, never to an author.
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype", "<<", ""})

#: Control characters (but tab and line feed), zero-width and direction-changing characters:
#: invisible to a reviewer, so a text that holds them may not say what it seems to say.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

#: libyaml's words → what to tell someone who does not know YAML: message, expected, fix.
SYNTAX_ADVICE: tuple[tuple[str, tuple[str, str, str]], ...] = (
    (
        "mapping values are not allowed",
        (
            'a colon followed by a space inside a text makes it look like a new "key: value"',
            "one value after the colon",
            "put the whole text in quotation marks, or write it as a block after |",
        ),
    ),
    (
        "did not find expected key",
        (
            "this line does not fit the indentation of the lines above it",
            "lines of one block that start in the same column",
            "move the line to the column of its neighbours; after a quoted text nothing may follow",
        ),
    ),
    (
        "did not find expected '-' indicator",
        (
            "this line does not fit the list above it",
            'each entry of a list starting with "- " in the same column',
            "give the line the same indentation as the other entries, or start it with - ",
        ),
    ),
    (
        "could not find expected ':'",
        (
            "this line is neither a key with a value nor part of the text above it",
            'lines of the form "key: value"',
            "add a colon and a space after the key, or indent the line so that it joins the text above",
        ),
    ),
    (
        "found unexpected end of stream",
        (
            "a quotation mark is opened and never closed",
            "a closing quotation mark of the same kind",
            "close the text, or write it as a block after |",
        ),
    ),
    (
        "did not find expected ',' or ']'",
        (
            "a list in square brackets is not closed, or a comma is missing",
            "[first, second]",
            "add the missing comma or bracket; put texts that hold commas in quotation marks",
        ),
    ),
    (
        "did not find expected ',' or '}'",
        (
            "curly brackets are not closed, or a comma is missing",
            "{key: value, key: value}",
            "add the missing comma or bracket; put texts that hold commas in quotation marks",
        ),
    ),
    (
        "block sequence entries are not allowed",
        (
            "a list starts on the same line as something else",
            "a list that starts on a line of its own",
            'put the "- " on the next line, indented by two spaces',
        ),
    ),
    (
        "found unknown escape character",
        (
            "a backslash in double quotation marks starts an escape that YAML does not know",
            "plain text, or one of \\n \\t \\\" \\\\",
            "use single quotation marks, or double the backslash",
        ),
    ),
    (
        "found character that cannot start any token",
        (
            "this character cannot start a value",
            "text that starts with a letter, a digit or a quotation mark",
            "put the text in quotation marks",
        ),
    ),
    (
        "did not find expected node content",
        (
            "a value is missing here",
            "a text, a list or a mapping",
            "write the value, or remove the comma or bracket that announces it",
        ),
    ),
    (
        "did not find expected <document start>",
        (
            "this line does not belong to the document above it",
            'lines of the form "key: value" in one document',
            "check the indentation of this line and of the one before it",
        ),
    ),
)


class _Refused(Exception):
    """Reading stops here; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_file(path: Path, name: str) -> tuple[LocatedMapping | None, list[Problem]]:
    """The mapping that the YAML file at `path` holds; `name` stands for it in messages."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return None, [
            Problem("L101", "error", f"the file cannot be read: {reason}", Place(name), fix="check that it exists and may be read")
        ]
    return read_bytes(content, name)


def read_bytes(content: bytes, name: str, *, tags: bool = False) -> tuple[LocatedMapping | None, list[Problem]]:
    """The mapping that YAML bytes hold.

    Returns `None` and the problem when the bytes are no acceptable YAML mapping. With `tags`,
    tagged scalars are taken as text instead of refused (MkDocs' own configuration uses them).
    """
    try:
        text = _decode(content, name)
        reader = _Reader(text, name, tags=tags)
        value = reader.document()
    except _Refused as refused:
        return None, [refused.problem]
    return value, reader.problems


def _refuse(code: str, message: str, place: Place, expected: str = "", fix: str = "") -> _Refused:
    return _Refused(Problem(code, "error", message, place, expected, fix))


def _decode(content: bytes, name: str) -> str:
    if len(content) > MAX_BYTES:
        raise _refuse(
            "L109", f"the file is larger than {MAX_BYTES // 1024} kB", Place(name), "a smaller file",
            "move part of it to a file of its own: a lesson, a scenario or a quiz",
        )
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = error.start - (before.rfind(b"\n") + 1) + 1
        raise _refuse(
            "L102", "the file is not UTF-8 text", Place(name, line, column), "text saved as UTF-8",
            "in the editor, choose Save with encoding UTF-8",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    hidden = INVISIBLE.search(text)
    if hidden:
        line_start = text.rfind("\n", 0, hidden.start()) + 1
        place = Place(name, text.count("\n", 0, hidden.start()) + 1, hidden.start() - line_start + 1)
        raise _refuse(
            "L110", f"the file holds an invisible character, U+{ord(hidden.group()):04X}", place,
            "characters that a reviewer can see", "delete it; it often comes along when text is pasted",
        )
    return text


class _Reader:
    """One pass over the events of one document."""

    def __init__(self, text: str, name: str, *, tags: bool) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._name = name
        self._tags = tags
        self._nodes = 0
        #: What is wrong but does not keep the rest of the file from being read.
        self.problems: list[Problem] = []
        self._events = self._guarded_events()

    def document(self) -> LocatedMapping:
        next(self._events)  # the start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise _refuse("L111", "the file is empty", Place(self._name), 'lines of the form "key: value"')
        if event.version or event.tags:
            raise _refuse(
                "L107", "lines that start with % are not used here", self._place(event.start_mark),
                'lines of the form "key: value"', "delete the line",
            )
        value = self._value(next(self._events), 1)
        next(self._events)  # the end of the document
        if not isinstance(next(self._events), yaml.StreamEndEvent):
            raise _refuse(
                "L108", "the file holds a second document", Place(self._name), "one document in a file",
                'delete the line "---" between them, or move the second one to its own file',
            )
        if not isinstance(value, LocatedMapping):
            found = "a list" if isinstance(value, LocatedSequence) else "a single text"
            raise _refuse(
                "L112", f"the file holds {found} where keys with values are expected", Place(self._name),
                'lines of the form "key: value"',
            )
        return value

    def _guarded_events(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self._text, Loader=yaml.CBaseLoader)
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except yaml.YAMLError:  # a character that the parser itself refuses
            raise _refuse("L104", "this is not valid YAML", Place(self._name)) from None

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> _Refused:
        said = error.problem or ""
        mark = error.problem_mark
        # An unclosed quotation mark is noticed at the end of the file; point at where it opens.
        if error.context_mark and ("quoted scalar" in (error.context or "") or "flow" in (error.context or "")):
            mark = error.context_mark
        place = self._place(mark) if mark else Place(self._name)
        line = self._lines[place.line - 1] if place.line <= len(self._lines) else ""
        if "\t" in line[: place.column] and not line[: place.column].strip(" \t"):
            return _refuse(
                "L103", "a tab is used for indentation", place, "spaces, two for each step",
                "replace the tab with spaces; most editors can do it for the whole file",
            )
        for words, (message, expected, fix) in SYNTAX_ADVICE:
            if words in said:
                return _refuse("L104", message, place, expected, fix)
        return _refuse("L104", f"this is not valid YAML: {said}", place, 'lines of the form "key: value"')

    def _place(self, mark: Any, block: tuple[int, int] | None = None) -> Place:
        return Place(self._name, mark.line + 1, mark.column + 1, block)

    def _value(self, event: Any, depth: int) -> Any:
        self._nodes += 1
        place = self._place(event.start_mark)
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            what = "values" if self._nodes > MAX_NODES else "levels of nesting"
            raise _refuse(
                "L109", f"the file has too many {what}", place, f"at most {MAX_NODES:,} values, {MAX_DEPTH} levels deep",
                "move part of it to a file of its own",
            )
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _refuse(
                "L106", "names with & and * (anchors and aliases) are not used here", place,
                "the text itself in each place", "write the text out; in a text that starts with & or *, use quotation marks",
            )
        if event.tag and not (self._tags and isinstance(event, yaml.ScalarEvent)):
            raise _refuse(
                "L107", f"tags such as {quoted(event.tag)} are not used here", place, "plain text",
                "delete the tag; in a text that starts with !, use quotation marks",
            )
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth)
        return self._mapping(place, depth)

    def _scalar(self, event: Any, place: Place) -> str | None:
        text: str = event.value
        if len(text) > MAX_SCALAR:
            raise _refuse("L109", "this text is too long", place, f"at most {MAX_SCALAR // 1024} kB", "split it into several steps")
        hidden = INVISIBLE.search(text)
        if hidden:
            raise _refuse(
                "L110", f"the text holds an invisible character, U+{ord(hidden.group()):04X}", place,
                "characters that a reviewer can see", "delete the escape that stands for it",
            )
        # Nothing written is nothing given. `~` and `null` are how YAML's own tools write that.
        return None if event.style is None and text in {"", "~", "null"} else text

    def _sequence(self, place: Place, depth: int) -> LocatedSequence:
        sequence = LocatedSequence(place)
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            sequence.append(self._value(event, depth + 1))
            sequence.item_places.append(self._value_place(event))
        sequence.end_line = event.end_mark.line + 1
        return sequence

    def _mapping(self, place: Place, depth: int) -> LocatedMapping:
        mapping = LocatedMapping(place)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key_place = self._place(event.start_mark)
            key = self._key(event, key_place)
            value_event = next(self._events)
            value = self._value(value_event, depth + 1)
            if key in mapping:
                self._twice(key, key_place, mapping.key_places[key])
                continue
            mapping[key] = value
            mapping.key_places[key] = key_place
            mapping.value_places[key] = self._value_place(value_event)
        mapping.end_line = event.end_mark.line + 1
        return mapping

    def _twice(self, key: str, place: Place, first: Place) -> None:
        refused = _refuse(
            "L105", f"the key {quoted(key)} stands twice, first on line {first.line}", place, "each key once",
            "delete one of the two, or join their values",
        )
        self.problems.append(refused.problem)

    def _key(self, event: Any, place: Place) -> str:
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            raise _refuse("L112", "a key must be a single word", place, 'lines of the form "key: value"')
        key = unicodedata.normalize("NFC", event.value)
        if key in FORBIDDEN_KEYS:
            raise _refuse("L112", f"{quoted(key)} cannot be used as a key", place, "a key that the guide names", "delete the line")
        if INVISIBLE.search(key):
            raise _refuse("L110", "the key holds an invisible character", place, "letters, digits, - and _")
        return key

    def _value_place(self, event: Any) -> Place:
        """Of a literal block the place also says where its text starts."""
        if not (isinstance(event, yaml.ScalarEvent) and event.style == "|"):
            return self._place(event.start_mark)
        first = event.start_mark.line + 1
        last = event.end_mark.line + 1  # the last line may have no line break
        for line in self._lines[first:last]:
            if line.strip():
                return self._place(event.start_mark, (first + 1, len(line) - len(line.lstrip()) + 1))
        return self._place(event.start_mark)
