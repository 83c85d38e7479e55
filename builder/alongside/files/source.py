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

from alongside.files import door
from alongside.files.located import LocatedMapping, LocatedSequence, Place
from alongside.files.problems import At, Problem, quoted
from alongside.files.syntax import (
    KEY_LINES,
    MAX_DEPTH,
    MAX_NODES,
    OWN_FILE,
    Stumble,
    both_versions,
    cannot_start,
    conflict,
    diagnosis,
    directive,
    in_quotation_marks,
    looks_like_a_space,
    second_document,
    too_much,
)
from alongside.files.unseen import ANY, called, hidden_in

MAX_BYTES = 256 * 1024
MAX_SCALAR = 64 * 1024

#: Keys that mean something to a program that reads the values later, never to an author.
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype", "<<", ""})

#: A value that is an address as a whole.
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)

#: What follows a text on its line and was hardly meant as a remark, and what follows a key without a text.
LOST_TEXT = re.compile(r"(?: (?=#)|[ \t]+(?=#[^\s#]))(?P<text>#.*)")
LOST_WHOLE = re.compile(r"[ \t]+(?P<text>#[^\s#].*)")

#: A blank in a key that is no space: on the screen nobody can tell.
OTHER_BLANK = re.compile(r"[^\S ]")

#: What other systems take from the beginning of a page: keys and values between two lines of signs.
FRONT_MATTER = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*\n(?:.*\n)*?(?P=mark)[ \t]*(?:\n|\Z)")

#: How to mend the encoding of a file.
SAVE_AS = "in the editor, choose Save with encoding UTF-8"

#: How much of a file shows whether every second byte of it is zero.
SAMPLE = 200


class _RefusedError(Exception):
    """Reading stops here; carries the one problem that says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_file(path: Path, name: str) -> tuple[LocatedMapping | None, list[Problem]]:
    """The mapping that the YAML file at `path` holds; `name` stands for it in messages."""
    try:
        with At(name):
            return read_bytes(_content(path, name), name)
    except _RefusedError as refused:
        return None, [refused.problem]


def read_content(path: Path, name: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of the file at `path`, no more of them than can be read as YAML; or `None` and the problem."""
    try:
        return _content(path, name), []
    except _RefusedError as refused:
        return None, [refused.problem]


def read_page(path: Path, name: str) -> tuple[LocatedMapping | None, list[Problem]]:
    """The title and text of a Markdown page: its first line, `# Title`, and everything below."""
    try:
        text = _decode(_content(path, name), name, "another page")
    except _RefusedError as refused:
        return None, [refused.problem]
    above = FRONT_MATTER.match(text)
    draft, problems = _draft(above.group(), name) if above else (None, [])
    if problems:
        return None, problems
    start = _title_start(text, above.end() if above else 0)
    line = text.count("\n", 0, start) + 1
    first, _, rest = text[start:].partition("\n")
    place = Place(name, line)
    if not first.startswith("# "):
        return None, [
            Problem(
                "L113",
                "error",
                "the page has no title",
                place,
                "a first line of the form # Title",
                "# About this course",
            )
        ]
    mapping = LocatedMapping(Place(name))
    mapping.update({"title": first.removeprefix("# "), "text": rest})
    mapping.key_places = {"title": place, "text": Place(name, line + 1)}
    mapping.value_places = {"title": Place(name, line, 3), "text": Place(name, line + 1, 1, block=(line + 1, 1))}
    mapping.end_line = text.count("\n") + 1
    if draft is not None:
        mapping["draft"] = draft["draft"]
        mapping.key_places["draft"], mapping.value_places["draft"] = (
            draft.key_places["draft"],
            draft.value_places["draft"],
        )
    return mapping, []


def _title_start(text: str, above: int) -> int:
    """Where the title of a page stands: at its top, or below what says that it is a draft and empty lines."""
    return above + len(text[above:]) - len(text[above:].lstrip("\n")) if above else 0


def _draft(above: str, name: str) -> tuple[LocatedMapping | None, list[Problem]]:
    """What the lines between two marks above a page say: whether it is a draft, and nothing else."""
    mark = above.split("\n", 1)[0].strip()
    if mark == "---":
        said, _ = read_bytes(above.rstrip("\n").removesuffix(mark).encode(), name)
        if said is not None and list(said) == ["draft"]:
            return said, []
    return None, [
        Problem(
            "L119",
            "error",
            "the page starts with front matter, of which nothing but “draft: true” is used here",
            Place(name),
            "a first line of the form # Title, above which only “draft: true” can stand",
            f"delete the lines between {mark} and {mark}, and these two lines with them",
        )
    ]


def _content(path: Path, name: str) -> bytes:
    try:
        return door.read(path, MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise _refuse(
            "L101", f"the file cannot be read: {reason}", Place(name), fix="check that it exists and may be read"
        ) from None


#: Tags with the places of the values that have them.
Tags = list[tuple[str, Place]]


def read_bytes(content: bytes, name: str, *, tags: Tags | None = None) -> tuple[LocatedMapping | None, list[Problem]]:
    """The mapping that YAML bytes hold.

    Returns `None` and the problem when the bytes are no acceptable YAML mapping. Where `tags` is given,
    tagged values are noted in it and taken as if they had no tag, instead of refused.
    """
    try:
        with At(name):
            text = _decode(content, name)
            reader = _Composer(text, name, tags=tags)
            value = reader.document()
    except _RefusedError as refused:
        return None, [refused.problem]
    return value, reader.problems


#: From the line and column at which something is written to those behind its last character, all counted from 1.
Ends = dict[tuple[int, int], tuple[int, int]]


def ends(content: bytes) -> Ends:
    """Where each text, and each list or group in brackets, of a file ends that `read_bytes` could read."""
    found: Ends = {}
    open_brackets: list[tuple[int, int] | None] = []
    for event in yaml.parse(_decode(content, ""), Loader=yaml.CBaseLoader):
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None, "libyaml gives every event its marks"
        at, behind = (start.line + 1, start.column + 1), (end.line + 1, end.column + 1)
        if isinstance(event, yaml.CollectionStartEvent):
            open_brackets.append(at if event.flow_style else None)
        elif isinstance(event, yaml.CollectionEndEvent):
            opened = open_brackets.pop()
            if opened:
                found[opened] = behind
        elif isinstance(event, yaml.ScalarEvent) and start.index < end.index:
            found[at] = behind
    return found


def _refuse(code: str, message: str, place: Place, expected: str = "", fix: str = "") -> _RefusedError:
    return _RefusedError(Problem(code, "error", message, place, expected, fix))


def _decode(content: bytes, name: str, parts: str = "a lesson, a scenario or a quiz") -> str:
    if len(content) > MAX_BYTES:
        raise _refuse(
            "L109",
            f"the file is larger than {MAX_BYTES // 1024} kB",
            Place(name),
            "a smaller file",
            f"{OWN_FILE}: {parts}",
        )
    sample = content[:SAMPLE]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or sample.count(0) > len(sample) // 3:
        raise _refuse("L102", "the file is saved as UTF-16", Place(name), "text saved as UTF-8", SAVE_AS)
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        lines = re.split(r"\r\n|\r|\n", content[: error.start].decode("utf-8").removeprefix("\ufeff"))
        place = Place(name, len(lines), len(lines[-1]) + 1)
        raise _refuse(
            "L102", "the file is not UTF-8 text: it cannot be read from here on", place, "text saved as UTF-8", SAVE_AS
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    two_versions = conflict(text.split("\n")) if "\n>>>>>>> " in text else 0
    if two_versions:
        raise _RefusedError(both_versions(Place(name, two_versions)))
    hidden = next(hidden_in(text), None)
    if hidden:
        line_start = text.rfind("\n", 0, hidden.index) + 1
        place = Place(name, text.count("\n", 0, hidden.index) + 1, hidden.index - line_start + 1)
        raise _refuse(
            "L110",
            f"the file holds an invisible character, {hidden.what}",
            place,
            "characters that a reviewer can see",
            hidden.fix,
        )
    return text


def _kind(value: Any) -> str:
    return "a list" if isinstance(value, LocatedSequence) else "a single text"


class _Composer:
    """One pass over the events of one document."""

    def __init__(self, text: str, name: str, *, tags: Tags | None) -> None:
        self._text = text
        self._lines = text.split("\n")
        self._name = name
        self._tags = tags
        self._nodes = 0
        #: How many lists and groups in brackets stand around what is read.
        self._brackets = 0
        #: The last line that holds something of what was read so far.
        self._end_line = 1
        #: What is wrong but does not keep the rest of the file from being read.
        self.problems: list[Problem] = []
        self._events = self._guarded_events()

    def document(self) -> LocatedMapping:
        next(self._events)  # the start of the stream
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            raise self._empty()
        if event.version or event.tags:
            raise _RefusedError(directive(self._place(event.start_mark)))
        first = next(self._events)
        value = self._value(first, 1)
        next(self._events)  # the end of the document
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _RefusedError(second_document(self._place(event.start_mark)))
        if value is None:
            raise self._empty()
        if not isinstance(value, LocatedMapping):
            raise _refuse(
                "L112",
                f"the file holds {_kind(value)} where keys with values are expected",
                self._place(first.start_mark),
                KEY_LINES,
                "write a key, a colon and a space before each value",
            )
        return value

    def _empty(self) -> _RefusedError:
        return _refuse(
            "L111", "the file is empty", Place(self._name), KEY_LINES, "write what it is to hold, or delete the file"
        )

    def _guarded_events(self) -> Iterator[Any]:
        try:
            yield from yaml.parse(self._text, Loader=yaml.CBaseLoader)
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except yaml.YAMLError:  # a character that the parser itself refuses
            raise _refuse("L104", "this is not valid YAML", Place(self._name), KEY_LINES) from None

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> _RefusedError:
        place = self._place(error.problem_mark) if error.problem_mark else Place(self._name)
        began = self._place(error.context_mark) if error.context_mark else None
        return _RefusedError(diagnosis(Stumble(error.problem or "", error.context or "", place, began, self._lines)))

    def _place(self, mark: Any, block: tuple[int, int] | None = None) -> Place:
        return Place(self._name, mark.line + 1, mark.column + 1, block)

    def _value(self, event: Any, depth: int) -> Any:
        self._nodes += 1
        place = self._place(event.start_mark)
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise _RefusedError(too_much("values" if self._nodes > MAX_NODES else "levels of nesting", place))
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise _RefusedError(cannot_start("*" if isinstance(event, yaml.AliasEvent) else "&", place, self._lines))
        if event.tag:
            if self._tags is None:
                raise _RefusedError(cannot_start("!", place, self._lines))
            self._tags.append((event.tag.replace("tag:yaml.org,2002:", "!!"), place))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place)
        self._brackets += bool(event.flow_style)
        value = (
            self._sequence(place, depth)
            if isinstance(event, yaml.SequenceStartEvent)
            else self._mapping(place, depth, flow=bool(event.flow_style))
        )
        self._brackets -= bool(event.flow_style)
        return value

    def _scalar(self, event: Any, place: Place) -> str | None:
        text: str = event.value
        if len(text) > MAX_SCALAR:
            raise _refuse(
                "L109",
                "this text is too long",
                place,
                f"at most {MAX_SCALAR // 1024} kB",
                "split it into several steps",
            )
        hidden = next(hidden_in(text), None)
        if hidden:
            raise _refuse(
                "L110",
                f"the text holds an invisible character, {hidden.what}",
                place,
                "characters that a reviewer can see",
                "delete the escape that stands for it",
            )
        unseen = ANY.search(text) if ADDRESS.fullmatch(text) else None
        if unseen:
            raise _refuse(
                "L110",
                f"the address holds an invisible character, {called(unseen.group())}",
                place,
                "characters that a reviewer can see",
                f"write it without: {ANY.sub('', text)}",
            )
        self._note_end(event)
        if event.style:  # quotation marks, or a block
            return text
        self._look_for_question_mark(event)
        if self._tags is None:
            self._look_for_lost_text(event)
        # Nothing written is nothing given. `~` and `null` are how YAML's own tools write that.
        return None if text in {"", "~", "null"} else text

    def _look_for_lost_text(self, event: Any) -> None:
        """A remark after a value has two spaces before its # and one after it; anything else is text that would be lost."""
        mark = event.end_mark
        line = self._lines[mark.line] if mark.line < len(self._lines) else ""
        lost = (LOST_TEXT if event.value else LOST_WHOLE).match(line, mark.column)
        if lost:
            place = Place(self._name, mark.line + 1, lost.start("text") + 1)
            self.problems.append(
                Problem(
                    "L104",
                    "error",
                    f"everything after # is left out: {quoted(lost['text'].strip())}",
                    place,
                    "quotation marks around a text that holds #",
                    in_quotation_marks(line)
                    + "\nor, for a remark that is not shown, two spaces before # and one after it",
                )
            )

    def _look_for_question_mark(self, event: Any) -> None:
        """Older readers of YAML, such as PyYAML's own, take a question mark within brackets for the sign of a key."""
        if self._brackets and "?" in event.value:
            mark = event.start_mark
            line = self._lines[mark.line]
            place = Place(self._name, mark.line + 1, max(line.find("?", mark.column), mark.column) + 1)
            quotation = "'" if '"' in event.value else '"'
            self.problems.append(
                Problem(
                    "L122",
                    "warning",
                    "some programs that read YAML refuse this file: a ? stands in a text within brackets, without quotation marks",
                    place,
                    "quotation marks around a text with ? in [ ] or { }",
                    f"{quotation}{event.value}{quotation}",
                )
            )

    def _note_end(self, event: Any) -> None:
        """The end of a group without brackets is noticed where the next one starts, so it says nothing."""
        if event.start_mark.index < event.end_mark.index:
            self._end_line = event.end_mark.line + (1 if event.end_mark.column else 0)

    def _sequence(self, place: Place, depth: int) -> LocatedSequence:
        sequence = LocatedSequence(place)
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            sequence.append(self._value(event, depth + 1))
            sequence.item_places.append(self._value_place(event))
        self._note_end(event)
        sequence.end_line = self._end_line
        return sequence

    def _mapping(self, place: Place, depth: int, *, flow: bool) -> LocatedMapping:
        mapping = LocatedMapping(place, flow=flow)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key_place = self._place(event.start_mark)
            key = self._key(event, key_place, place)
            value_event = next(self._events)
            value = self._value(value_event, depth + 1)
            if key in mapping:
                self._key_twice(key, key_place, mapping.key_places[key])
                continue
            mapping[key] = value
            mapping.key_places[key] = key_place
            mapping.value_places[key] = self._value_place(value_event)
        self._note_end(event)
        mapping.end_line = self._end_line
        return mapping

    def _key_twice(self, key: str, place: Place, first: Place) -> None:
        refused = _refuse(
            "L105",
            f"the key {quoted(key)} stands twice, first on line {first.line}",
            place,
            "each key once",
            "delete one of the two, or join their values",
        )
        self.problems.append(refused.problem)

    def _key(self, event: Any, place: Place, around: Place) -> str:
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&" if event.anchor else "!"
            raise _RefusedError(cannot_start(sign, place, self._lines))
        if not isinstance(event, yaml.ScalarEvent):  # a text such as {{ slot }}, most of all
            sign = self._lines[around.line - 1][around.column - 1]
            raise _RefusedError(cannot_start(sign, around, self._lines))
        key = unicodedata.normalize("NFC", event.value)
        if key in FORBIDDEN_KEYS:
            raise _refuse(
                "L112",
                f"{quoted(key)} cannot be used as a key",
                place,
                "a key that the guide names",
                "delete the line, or write out what it stands for",
            )
        unseen = ANY.search(key)
        if unseen:
            raise _refuse(
                "L110",
                f"the key holds an invisible character, {called(unseen.group())}",
                place,
                "letters, digits, - and _",
                "write the key again",
            )
        blank = OTHER_BLANK.search(key)
        if blank:
            raise _RefusedError(
                looks_like_a_space(blank.group(), Place(place.file, place.line, place.column + blank.start()))
            )
        if not event.style:
            self._look_for_question_mark(event)
        return key

    def _value_place(self, event: Any) -> Place:
        """Of a literal block the place also says where its text starts."""
        if not (isinstance(event, yaml.ScalarEvent) and event.style == "|"):
            return self._place(event.start_mark)
        start, end = event.start_mark, event.end_mark
        assert start is not None and end is not None, "libyaml gives every event its marks"
        first = start.line + 1
        last = end.line + 1  # the last line may have no line break
        for line in self._lines[first:last]:
            if line.strip():
                return self._place(event.start_mark, (first + 1, len(line) - len(line.lstrip()) + 1))
        return self._place(event.start_mark)


def written(value: Any) -> str:
    """Plain values as YAML, for examples. Author files are never written this way: it would lose their comments."""
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)
