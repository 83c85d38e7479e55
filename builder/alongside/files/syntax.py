"""What the YAML parser stumbles over, in words for someone who does not know YAML.

Knows the parser's messages and the lines of the file, not the parser itself. Where the parser
notices a mistake later than it was made, the place is moved to where the author has to mend it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alongside.files.located import Place
from alongside.files.problems import Problem, quoted

KEY_LINES = 'lines of the form "key: value"'
QUOTE_IT = "put the whole text in quotation marks, or write it as a block after |"
SAME_COLUMN = "lines of one group that start in the same column"

#: A line with a key and a value: what stands before the value, and the value.
KEY_AND_VALUE = re.compile(r"(\s*(?:- )*)([\w-]+):\s+(\S.*)")
#: What may stand before a key or an entry of a list.
LEAD = re.compile(r"\s*(?:- +)*")
#: A quotation mark that opens a text which the line does not close.
OPENED = re.compile(r"""(?:^|[:\-\[{,])\s+(?P<mark>["'])(?:(?!(?P=mark)).)*$""")
#: A line whose text is to follow as a block.
BLOCK_HEADER = re.compile(r"(?:^|[:\-])\s+[|>][-+0-9]*\s*$")
#: Blanks that are no spaces, where a line begins, after its dashes or after its key.
OTHER_BLANK = re.compile(r"[ \t]*(?:- *)*(?:[\w-]+:)?[ \t]*(?P<blank>[^\S \t\n])")
#: What Git writes into a file of which two people changed the same lines.
CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7}) \S.*|={7}")
#: How much a file may hold. No lesson comes near it.
MAX_DEPTH = 20
MAX_NODES = 20_000
#: What to do about a file that holds too much.
OWN_FILE = "move part of it to a file of its own"
#: The longest line that is worth repeating with quotation marks in it.
LONGEST_FIX = 100


@dataclass(frozen=True, slots=True)
class Stumble:
    """What the parser said, where it noticed, and where the thing that it was reading began."""

    said: str
    context: str
    place: Place
    began: Place | None
    lines: Sequence[str]

    @property
    def line(self) -> str:
        """The line on which the parser noticed."""
        return self.line_at(self.place)

    @property
    def before(self) -> str:
        """What stands on that line before the place."""
        return self.line[: self.place.column - 1]

    @property
    def sign(self) -> str:
        """The character at the place, empty at the end of a line."""
        return self.line[self.place.column - 1 : self.place.column]

    @property
    def start(self) -> Place:
        """Where the thing began that the parser was reading."""
        return self.began or self.place

    @property
    def starts_line(self) -> bool:
        """Whether nothing but the dashes of a list stands before the place."""
        return LEAD.fullmatch(self.before) is not None

    def line_at(self, place: Place) -> str:
        """The line of a place, empty where the file has ended."""
        return self.lines[place.line - 1] if place.line <= len(self.lines) else ""

    def above(self) -> int:
        """Number of the last line before this one that is not blank, 0 where there is none."""
        return next((n for n in range(self.place.line - 1, 0, -1) if self.lines[n - 1].strip()), 0)

    def at(self, line: int, column: int) -> Place:
        """Another place in the same file."""
        return Place(self.place.file, line, column)


def diagnosis(stumble: Stumble) -> Problem:
    """What is wrong and how to mend it."""
    made_earlier = _conflict(stumble) or _other_blank(stumble) or _left_open(stumble)
    if made_earlier:
        return made_earlier
    for words, examine in EXAMINERS:
        if words in stumble.said or words in stumble.context:
            problem = examine(stumble)
            if problem:
                return problem
    return _wrong("this is not valid YAML: " + stumble.said, stumble.place, KEY_LINES)


def _wrong(message: str, place: Place, expected: str, fix: str = "", code: str = "L104") -> Problem:
    return Problem(code, "error", message, place, expected, fix)


def in_quotation_marks(line: str) -> str:
    """The line as it should be, with its value in quotation marks, or that advice in words."""
    match = KEY_AND_VALUE.fullmatch(line.rstrip())
    if not match or len(line) > LONGEST_FIX:
        return QUOTE_IT
    value = match[3]
    for mark in ('"', "'"):
        if mark not in value and "\\" not in value:
            return f"{match[2]}: {mark}{value}{mark}"
    return QUOTE_IT


def _conflict(stumble: Stumble) -> Problem | None:
    number = conflict(stumble.lines)
    return both_versions(stumble.at(number, 1)) if number else None


def conflict(lines: Sequence[str]) -> int:
    """The line on which Git begins to show two versions of the same lines, or 0."""
    marked = [number for number, line in enumerate(lines, 1) if CONFLICT.fullmatch(line)]
    return marked[0] if len(marked) > 1 else 0


def both_versions(place: Place) -> Problem:
    """A file in which Git has left two versions of the same lines."""
    return _wrong(
        "two versions of the same lines stand here, between <<<<<<< and >>>>>>>: a merge was not finished",
        place,
        "one of the two versions, without the lines that Git has put around them",
        "choose what stays, and delete the lines that start with <<<<<<<, |||||||, ======= and >>>>>>>",
    )


def _other_blank(stumble: Stumble) -> Problem | None:
    """A blank that looks like a space and is none, on the line or right above it, where the parser needs spaces."""
    for number in (stumble.above(), stumble.start.line, stumble.place.line):
        match = OTHER_BLANK.match(stumble.lines[number - 1]) if 0 < number <= len(stumble.lines) else None
        if match:
            return looks_like_a_space(match["blank"], stumble.at(number, match.start("blank") + 1))
    return None


def looks_like_a_space(blank: str, place: Place) -> Problem:
    """A blank that is no space where only spaces count."""
    name = unicodedata.name(blank, "a blank").lower()
    return _wrong(
        f"a blank that is no space, U+{ord(blank):04X} ({name}), stands where only spaces count",
        place,
        "spaces, as the space bar makes them",
        "put spaces in its place; most editors can replace it in the whole file",
        "L110",
    )


def _left_open(stumble: Stumble) -> Problem | None:
    """A quotation mark far above that nothing closes before the next key."""
    number = _first_left_open(stumble.lines[: stumble.place.line])
    if not number:
        return None
    opened = OPENED.search(stumble.lines[number - 1])
    assert opened is not None, "it was found there"
    return _never_closed(stumble.at(number, opened.start("mark") + 1))


def _first_left_open(lines: Sequence[str]) -> int:
    """The line whose quotation mark is still open where a key further to the left follows, or 0."""
    block = -1
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        if not line.strip() or (0 <= block < indent):
            continue
        block = indent if BLOCK_HEADER.search(line) else -1
        if OPENED.search(line) and left_behind(lines[number:], len(line) - len(LEAD.sub("", line, count=1))):
            return number
    return 0


def left_behind(following: Sequence[str], column: int) -> bool:
    """Whether the next line with words in it is a key or an entry that is no further to the right than the column."""
    line = next((line for line in following if line.strip()), "")
    lead = LEAD.match(line)
    begins = re.match(r"\s*(?:- |[\w-]+:(?:\s|$))", line)
    return bool(lead and begins and len(line) - len(line.lstrip()) <= column)


def _tab(stumble: Stumble) -> Problem | None:
    if "tab character" in stumble.said or (stumble.sign == "\t" and not stumble.before.strip(" -")):
        return _wrong(
            "a tab is used for indentation", stumble.place, "spaces, two for each step",
            "replace the tab with spaces; most editors can do it for the whole file", "L103",
        )  # fmt: skip
    return None


def _colon(stumble: Stumble) -> Problem:
    """A colon with a space after it, where a text goes on."""
    key = re.fullmatch(r"(\s*)(?:- +)*[^\s:][^:]*", stumble.before)
    above = stumble.above()
    if key and above:
        no_space = re.fullmatch(r"(\s*(?:- +)*)([a-z_]+):\S.*", stumble.lines[above - 1])
        if no_space:
            return _wrong(
                f"a space is missing after {quoted(no_space[2] + ':')}", stumble.at(above, len(no_space[1]) + len(no_space[2]) + 1),
                KEY_LINES, "write a space after the colon",
            )  # fmt: skip
        return _wrong(
            "this line is indented further than the one above it, so it is read as part of that text",
            stumble.at(stumble.place.line, len(key[1]) + 1), SAME_COLUMN,
            "move the line to the left; if the text above does go on here, write it as a block after |",
        )  # fmt: skip
    return _wrong(
        'a colon followed by a space inside a text makes it look like a new "key: value"', stumble.place,
        "one value after the colon", in_quotation_marks(stumble.line),
    )  # fmt: skip


def _does_not_fit(stumble: Stumble) -> Problem:
    """Something that is no key where a key should be, or no entry where an entry should be."""
    if not stumble.starts_line:
        return _after_value(stumble)
    if re.match(r"-[^\s-]", stumble.line[stumble.place.column - 1 :]):
        return _wrong(
            "there is no space after the dash",
            stumble.place,
            'entries of a list that start with "- "',
            "write a space after the dash",
        )
    if _ends_block(stumble, stumble.place):
        return _too_far_left(stumble.place)
    if "'-' indicator" in stumble.said:
        return _wrong(
            "this line does not fit the list above it", stumble.place, 'each entry of a list starting with "- " in the same column',
            "give the line the same indentation as the other entries, or start it with a dash and a space",
        )  # fmt: skip
    return _out_of_line(stumble)


def _out_of_line(stumble: Stumble) -> Problem:
    """A line between the columns of the groups above it, with the nearest of them."""
    here = stumble.place.column
    begins = [
        (len(line) - len(line.lstrip()) + 1, number)
        for number, line in enumerate(stumble.lines[: stumble.place.line - 1], start=1)
        if re.match(r" *[\w-]+:(?:\s|$)", line)
    ]
    if not begins:
        return _wrong(
            "this line does not fit the indentation of the lines above it", stumble.place, SAME_COLUMN,
            "move the line to the column of the lines that it belongs to",
        )  # fmt: skip
    column, line = min(reversed(begins), key=lambda begin: abs(begin[0] - here))
    shown = any(re.match(r" +#", other) for other in stumble.lines)
    remark = (
        '; where you took away a "#", take away the blank after it too' if shown and abs(column - here) == 1 else ""
    )
    return _wrong(
        f"this line begins in column {here}, which does not fit the indentation of the lines above it", stumble.place,
        SAME_COLUMN, f"let it begin in column {column}, as line {line} does{remark}",
    )  # fmt: skip


def _too_far_left(place: Place) -> Problem:
    return _wrong(
        "this line is indented less than the text above it, so that text ends before it", place,
        "a text after | whose lines are all indented at least as far as its first one", "indent the line like the text above it",
    )  # fmt: skip


def _ends_block(stumble: Stumble, place: Place) -> bool:
    """Whether the lines above the place are a block of text that is indented further."""
    column = place.column - 1
    for line in reversed(stumble.lines[: place.line - 1]):
        if line.strip() and len(line) - len(line.lstrip()) <= column:
            return BLOCK_HEADER.search(line) is not None
    return False


def _after_value(stumble: Stumble) -> Problem:
    """Something that follows a closed quotation mark or bracket on the same line."""
    last = stumble.before.rstrip()[-1:]
    value = re.sub(r"^\s*(?:- +)*(?:[\w-]+:\s+)?", "", stumble.line)
    if value[:1] in {"{", "["}:
        return cannot_start(value[0], stumble.at(stumble.place.line, len(stumble.line) - len(value) + 1), stumble.lines)
    if last in {"}", "]"}:
        return _wrong(
            "something follows the closing bracket",
            stumble.place,
            f"nothing after {last}",
            "delete it, or start a new line",
        )
    opened = _opened_above(stumble, last) if stumble.before.count(last) % 2 else None
    if opened:
        return _never_closed(opened)
    return _wrong(
        "the text ends at the quotation mark, and something follows it", stumble.place, "one pair of quotation marks around the whole text",
        "for a quotation mark or an apostrophe inside a text, put the other kind around it, or write the text as a block after |",
    )  # fmt: skip


def _opened_above(stumble: Stumble, mark: str) -> Place | None:
    for number in range(stumble.place.line - 1, 0, -1):
        found = OPENED.search(stumble.lines[number - 1])
        if found and found["mark"] == mark:
            return stumble.at(number, found.start("mark") + 1)
    return None


def _never_closed(place: Place) -> Problem:
    return _wrong(
        "a quotation mark is opened and never closed", place, "a closing quotation mark of the same kind",
        "close the text, or write it as a block after |",
    )  # fmt: skip


def _no_colon(stumble: Stumble) -> Problem:
    above = next((n for n in range(stumble.start.line - 1, 0, -1) if stumble.lines[n - 1].strip()), 0)
    if above and BLOCK_HEADER.search(stumble.lines[above - 1]):
        return _wrong(
            "the text after | is not indented", stumble.start, "lines that start two spaces to the right of the key", "indent each line of the text",
        )  # fmt: skip
    if _ends_block(stumble, stumble.start):
        return _too_far_left(stumble.start)
    return _wrong(
        "this line is neither a key with a value nor part of the text above it", stumble.start, KEY_LINES,
        "add a colon and a space after the key, or indent the line so that it joins the text above",
    )  # fmt: skip


#: A line in which brackets are open where a value begins with `#`.
HASH_IN_BRACKETS = re.compile(
    r"""(?:[^#"'\[{]|"[^"]*"|'[^']*')*[\[{](?:[^#"']|"[^"]*"|'[^']*')*?[\[{,:] +(#[^\s,}\]]+)"""
)


def _taken_for_a_remark(stumble: Stumble, first: int) -> Problem | None:
    """A colour without quotation marks, in the last line that has one: the rest of it is not read, the bracket included."""
    for number in range(min(stumble.place.line, len(stumble.lines)), first - 1, -1):
        cut = HASH_IN_BRACKETS.match(stumble.lines[number - 1])
        if cut:
            return _wrong(
                f"a # after a blank begins a remark, so nothing of this line is read from {cut[1]} on",
                stumble.at(number, cut.start(1) + 1), "a text with # at its start in quotation marks",
                f'put it in quotation marks: "{cut[1]}"',
            )  # fmt: skip
    return None


def _in_brackets(stumble: Stumble) -> Problem:
    """A list or group in brackets that does not go on with a comma or the closing bracket."""
    square = "']'" in stumble.said
    expected = "[first, second]" if square else "{key: value, key: value}"
    if stumble.start.line != stumble.place.line:
        remark = _taken_for_a_remark(stumble, stumble.start.line)
        if remark:
            return remark
        return _wrong(
            f"{'square' if square else 'curly'} brackets are opened and not closed, or a comma is missing", stumble.start, expected,
            "add the missing bracket or comma",
        )  # fmt: skip
    if stumble.sign == ":":
        return _wrong(
            'a colon followed by a space inside a text makes it look like a new "key: value"', stumble.place,
            expected, "put the text that holds the colon in quotation marks",
        )  # fmt: skip
    if stumble.before.rstrip()[-1:] in {'"', "'"}:
        return _wrong(
            "the text ends at the quotation mark, and something follows it", stumble.place, expected,
            "add the missing comma; for an apostrophe inside a text, put double quotation marks around it",
        )  # fmt: skip
    return _wrong(
        "a comma is missing between two values in brackets",
        stumble.place,
        expected,
        "add the comma; put texts that hold brackets or commas in quotation marks",
    )


def _reference(stumble: Stumble) -> Problem:
    sign = stumble.line_at(stumble.start)[stumble.start.column - 1 :][:1]
    return cannot_start(sign, stumble.start, stumble.lines)


def cannot_start(sign: str, place: Place, lines: Sequence[str]) -> Problem:
    """A text starts with a sign that means something in YAML."""
    code = {"*": "L106", "&": "L106", "!": "L107"}.get(sign, "L104")
    return _wrong(
        f"a text cannot start with {sign}", place, "a text that starts with a letter or a digit, or stands in quotation marks",
        in_quotation_marks(lines[place.line - 1]), code,
    )  # fmt: skip


def _bad_start(stumble: Stumble) -> Problem:
    return cannot_start(stumble.sign, stumble.place, stumble.lines)


def _after_header(stumble: Stumble) -> Problem:
    sign = stumble.line_at(stumble.start)[stumble.start.column - 1 :][:1]
    return _wrong(
        f"text follows {sign} on the same line", stumble.start, f"nothing after {sign}, and the text indented on the lines below it",
        f"start the text on the next line; if it is to start with {sign}, put it in quotation marks",
    )  # fmt: skip


def _dash(stumble: Stumble) -> Problem:
    if re.fullmatch(r"\s*(?:- +)*[\w-]+:\s+", stumble.before):
        return _wrong(
            "a list starts on the same line as its key", stumble.place, "a list that starts on a line of its own",
            'put the "- " on the next line, indented by two spaces; in a text that starts with a dash, use quotation marks',
        )  # fmt: skip
    return _after_value(stumble)


def _no_value(stumble: Stumble) -> Problem:
    if not stumble.line.strip() and stumble.above():
        last = stumble.above()
        remark = _taken_for_a_remark(stumble, 1)
        if remark:
            return remark
        return _wrong(
            "the file ends before all brackets are closed", stumble.at(last, len(stumble.lines[last - 1].rstrip()) + 1), "as many closing as opening brackets",
            "add the missing brackets",
        )  # fmt: skip
    if stumble.context == "while parsing a block node":
        return _bad_start(stumble)
    return _wrong(
        "a value is missing here",
        stumble.place,
        "a text, a list or keys with values",
        "write the value, or remove the comma or bracket that announces it",
    )


def _escape(stumble: Stumble) -> Problem:
    return _wrong(
        "a backslash in double quotation marks starts an escape that YAML does not know", stumble.place, r"plain text, or one of \n \t \" \\",
        "use single quotation marks, or double the backslash",
    )  # fmt: skip


def _outside(stumble: Stumble) -> Problem:
    """A line after the end of what the file holds."""
    if any(line.startswith("...") for line in stumble.lines[: stumble.place.line]):
        return second_document(stumble.place)
    return _wrong(
        "this line starts further to the left than the first line of the file", stumble.place, SAME_COLUMN,
        "start the first line, and every other key of the file itself, at the very left",
    )  # fmt: skip


def second_document(place: Place) -> Problem:
    """A file that goes on after what it holds."""
    return _wrong(
        "a second document starts here", place, "one document in a file", "delete the line, or move what follows to a file of its own", "L108",
    )  # fmt: skip


def too_much(what: str, place: Place) -> Problem:
    """More of something than a file may hold."""
    return _wrong(
        f"the file has too many {what}", place, f"at most {MAX_NODES:,} values, {MAX_DEPTH} levels deep", OWN_FILE, "L109",
    )  # fmt: skip


def directive(place: Place) -> Problem:
    """A line for programs that read YAML."""
    return _wrong("lines that start with % are not used here", place, KEY_LINES, "delete the line", "L107")


#: The parser's words → who looks closer. The first that has something to say is heard.
EXAMINERS: tuple[tuple[str, Callable[[Stumble], Problem | None]], ...] = (
    ("", _tab),
    ("mapping values are not allowed", _colon),
    ("did not find expected key", _does_not_fit),
    ("did not find expected '-' indicator", _does_not_fit),
    ("could not find expected ':'", _no_colon),
    ("found unexpected end of stream", lambda stumble: _never_closed(stumble.start)),
    ("did not find expected ',' or ", _in_brackets),
    ("while scanning an alias", _reference),
    ("while scanning an anchor", _reference),
    ("found undefined tag handle", _reference),
    ("while scanning a tag", _reference),
    ("while parsing a tag", _reference),
    ("while scanning a directive", lambda stumble: directive(stumble.start)),
    ("found incompatible YAML document", lambda stumble: directive(stumble.place)),
    ("found duplicate %", lambda stumble: directive(stumble.place)),
    ("while scanning a block scalar", _after_header),
    ("mapping keys are not allowed", _bad_start),
    ("block sequence entries are not allowed", _dash),
    ("found character that cannot start any token", _bad_start),
    ("while parsing a quoted scalar", _escape),
    ("did not find expected node content", _no_value),
    ("did not find expected <document start>", _outside),
    ("exceeded maximum nesting depth", lambda stumble: too_much("levels of nesting", stumble.place)),
)
