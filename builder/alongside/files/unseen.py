"""Characters that nobody sees: which of them a text needs, and which hide something in it.

Writing from right to left, joined scripts and emoji need some of them. Others change what a text seems to say: they
turn its order around (“Trojan Source”, Boucher and Anderson 2021), or stand in the middle of a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

#: Control characters (but tab and line feed), zero-width and direction-changing characters, separators
#: that some programs take for the end of a line, tag characters and what is no character at all.
ANY = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
#: Marks of direction, which a line with writing from right to left can need, and brackets around a piece of the other direction.
MARKS, OPENING, CLOSING = "\u061c\u200e\u200f", "\u2066\u2067\u2068", "\u2069"
#: Marks that keep letters apart or join them, and the scripts and signs that need them.
JOINERS, JOIN = "\u200c\u200d", "\u200d"
JOINED = re.compile(
    "[\u0600-\u060f\u0610-\u061a\u0620-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u180d\u180f-\u18af"
    "\ua840-\ua87f\ua8e0-\ua8ff\uaa00-\uaa5f\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00010bff\U00011000-\U00011fff]"
)
#: An emoji as YAML may write it between quotation marks.
ESCAPED, ESCAPE_LENGTH = re.compile(r"\\U(000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4})"), 10
MONGOLIAN, VOWEL_SEPARATOR = re.compile("[\u1820-\u18aa]"), "\u180e"
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
#: The flag of a part of a country, such as Wales: a black flag with letters that nobody sees.
FLAG = re.compile("\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f")
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e"


@dataclass(frozen=True, slots=True)
class Hidden:
    """A character that nobody sees and that a text does not need: where it is, what it is, and what to do about it."""

    index: int
    what: str
    fix: str


def called(character: str) -> str:
    """A character by its number and its name: `U+200B (zero width space)`."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X} ({name})" if name else f"U+{ord(character):04X}"


def hidden_in(text: str) -> Iterator[Hidden]:
    """The characters in a text that nobody sees and that hide something, in order. The cost is linear."""
    if text.isascii() and not ANY.search(text):
        return
    start = 0
    for line in text.split("\n"):
        if ANY.search(line):
            yield from _hidden_in_line(line, start)
        start += len(line) + 1


def _hidden_in_line(line: str, start: int) -> Iterator[Hidden]:
    to_right = RIGHT_TO_LEFT.search(line) is not None
    alone = _unpaired(line)
    flags = {index for flag in FLAG.finditer(line) for index in range(*flag.span())}
    for match in ANY.finditer(line):
        index = match.start()
        trouble = None if index in flags else _trouble(line, index, to_right, index in alone)
        if trouble:
            yield Hidden(start + index, called(match.group()) + trouble[0], trouble[1])


def _unpaired(line: str) -> set[int]:
    """Where brackets of direction are opened and not closed on their line, or closed and not opened."""
    opened: list[int] = []
    alone = set()
    for match in re.finditer(f"[{OPENING}{CLOSING}]", line):
        if match.group() != CLOSING:
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            alone.add(match.start())
    return alone | set(opened)


PASTED = "delete it; it often comes along when text is pasted"


def _trouble(line: str, index: int, to_right: bool, alone: bool) -> tuple[str, str] | None:  # noqa: FBT001, PLR0911  # one answer each
    """Why a character is not wanted here, and what to do; `None` where the text needs it."""
    character = line[index]
    before, after = line[index - 1 : index], line[index + 1 : index + 2]
    if character in OVERRIDES:
        return ", which shows text in another order than it has", "delete it; nothing has to stand in its place"
    if character in MARKS or character in OPENING or character in CLOSING:
        if not to_right:
            return "", "delete it: nothing on this line is written from right to left"
        if alone:
            return ", which has no partner on its line", "delete it, or put its partner on the same line: U+2069 closes"
        if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
            return ", in the middle of a word", "delete it"
        return None
    if character in JOINERS:
        return (
            None if _joins(line, index) else ("", "delete it: nothing here is joined, or kept from being joined, by it")
        )
    if character == VOWEL_SEPARATOR and MONGOLIAN.match(before):
        return None
    return "", PASTED


def _joins(line: str, index: int) -> bool:
    """Whether the script before a joiner is one that joins, or whether it makes one emoji of two."""
    before, after = _sign_before(line, index), _sign_after(line, index + 1)
    if before and JOINED.match(before):
        return True
    return line[index] == JOIN and _is_emoji(before) and _is_emoji(after)


def _sign_before(line: str, index: int) -> str:
    escaped = ESCAPED.fullmatch(line, max(index - ESCAPE_LENGTH, 0), index)
    return chr(int(escaped[1], 16)) if escaped else line[index - 1 : index]


def _sign_after(line: str, index: int) -> str:
    escaped = ESCAPED.match(line, index)
    return chr(int(escaped[1], 16)) if escaped else line[index : index + 1]


def _is_emoji(sign: str) -> bool:
    return bool(sign) and (unicodedata.category(sign) in {"So", "Sk"} or sign == "\ufe0f")


def without_hidden(text: str) -> str:
    """The text without what hides something in it."""
    wrong = {hidden.index for hidden in hidden_in(text)}
    return "".join(letter for index, letter in enumerate(text) if index not in wrong) if wrong else text
