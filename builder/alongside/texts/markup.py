"""What rules see in Markdown without rendering it: links, terms, citations, slots, headings.

Every function is linear in the length of the text, and gives offsets into the text as it was
written, so that a finding can point at the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

CODE = re.compile(r"`[^`]*`")
TERM = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")
CITATION = re.compile(r"\[@([^\[\]]*)\]")
SLOT = re.compile(r"\{\{([^{}]*)\}\}")
#: Only what comes before the first space or bracket: enough to know the target by.
TARGET = re.compile(r"\]\(\s*<?([^\s)>]*)")
DEFINITION = re.compile(r"^ {0,3}\[[^\[\]\n@]+\]:[ \t]*<?([^\s>]*)", re.MULTILINE)
AUTOLINK = re.compile(r"<((?:https?|ftp)://[^<>\s]*)>", re.IGNORECASE)

#: Furthest that the opening bracket of a link is looked for.
LONGEST_LINK_TEXT = 400
DEPTH = {"]": 1, "[": -1}


@dataclass(frozen=True, slots=True)
class MarkupLink:
    """A link or picture: its words, where it leads, and where in the text it starts."""

    words: str
    target: str
    start: int
    image: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A name that a text uses for something that stands elsewhere."""

    name: str
    start: int
    #: What a reader sees instead of the name, where the author chose it.
    shown: str = ""


@lru_cache(maxsize=2048)
def without_code(text: str) -> str:
    """The text with code replaced by as many spaces, so that offsets stay right."""
    return CODE.sub(blank, text) if "`" in text else text


@lru_cache(maxsize=2048)
def links(text: str) -> tuple[MarkupLink, ...]:
    """Every link and picture, whichever of Markdown's ways of writing it was used."""
    if "](" not in text and "]:" not in text and "://" not in text:
        return ()
    plain = without_code(text)
    found = [_inline_link(plain, match) for match in TARGET.finditer(plain)]
    found += [MarkupLink("", match[1], match.start()) for match in DEFINITION.finditer(plain)]
    found += [MarkupLink(match[1], match[1], match.start()) for match in AUTOLINK.finditer(plain)]
    return tuple(sorted(found, key=lambda link: link.start))


def _inline_link(text: str, match: re.Match[str]) -> MarkupLink:
    start = _opening_bracket(text, match.start())
    image = start > 0 and text[start - 1] == "!"
    return MarkupLink(text[start + 1 : match.start()], match[1], start - image, image)


def _opening_bracket(text: str, closing: int) -> int:
    depth = 1
    for index in range(closing - 1, max(-1, closing - LONGEST_LINK_TEXT), -1):
        depth += DEPTH.get(text[index], 0)
        if depth == 0:
            return index
    return closing


def terms(text: str) -> Iterator[Mention]:
    """The glossary terms that a text links to: `[[term]]` and `[[term|other words]]`."""
    if "[[" in text:
        for match in TERM.finditer(without_code(text)):
            yield Mention(match[1].strip(), match.start(), (match[2] or "").strip())


def citations(text: str) -> Iterator[Mention]:
    """The sources that a text cites: `[@source]`."""
    if "[@" in text:
        for match in CITATION.finditer(without_code(text)):
            yield Mention(match[1].strip(), match.start())


def slots(text: str) -> Iterator[Mention]:
    """The local facts that a text uses: `{{ name }}`."""
    if "{{" in text:
        for match in SLOT.finditer(without_code(text)):
            yield Mention(match[1].strip(), match.start())


def unclosed(text: str) -> Iterator[int]:
    """Where `[[` or `{{` is opened and not closed as it should be."""
    if "[[" not in text and "{{" not in text:
        return
    rest = SLOT.sub(blank, TERM.sub(blank, without_code(text)))
    yield from (match.start() for match in re.finditer(r"\[\[|\{\{", rest))


def blank(match: re.Match[str]) -> str:
    """As many spaces as the match is long, so that offsets stay right."""
    return " " * len(match.group())


# --------------------------------------------------------------------- blocks

Kind = Literal["heading", "paragraph", "item", "quote", "table", "code"]

ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
WORD = re.compile(r"[^\W_][\w’'-]*")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list entry, quotation, table or piece of code."""

    kind: Kind
    #: As written, without the marks of a heading.
    text: str
    #: Offset of `text` in the whole.
    start: int
    #: Of a heading: 1 to 6.
    level: int = 0


@dataclass(slots=True)
class _Open:
    """A block that is still being read."""

    kind: Kind
    start: int
    lines: list[str]

    def closed(self) -> Block:
        return Block(self.kind, "\n".join(self.lines), self.start)


@lru_cache(maxsize=2048)
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text in order, as Python-Markdown tells them apart, near enough."""
    return tuple(_Blocks(text).read())


class _Blocks:
    """One pass over the lines of a text."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._open: _Open | None = None
        self._found: list[Block] = []

    def read(self) -> list[Block]:
        start = 0
        for index, line in enumerate(self._lines):
            self._line(line, start, self._lines[index + 1] if index + 1 < len(self._lines) else "")
            start += len(line) + 1
        self._close()
        return self._found

    def _close(self) -> None:
        if self._open:
            self._found.append(self._open.closed())
        self._open = None

    def _begin(self, kind: Kind, start: int, line: str) -> None:
        self._close()
        self._open = _Open(kind, start, [line])

    def _line(self, line: str, start: int, following: str) -> None:
        if self._open and self._open.kind == "code":
            self._open.lines.append(line)
            if line.strip().startswith("```"):
                self._close()
        elif line.strip().startswith("```"):
            self._begin("code", start, line)
        elif not line.strip():
            self._close()
        elif line.startswith("#"):
            self._heading(line, start)
        elif self._underlines(line):
            self._turn_into_heading(1 if "=" in line else 2)
        else:
            self._ordinary(line, start, following)

    def _heading(self, line: str, start: int) -> None:
        self._close()
        level = min(6, len(line) - len(line.lstrip("#")))
        self._found.append(Block("heading", line[level:].strip().rstrip("#").strip(), start, level))

    def _underlines(self, line: str) -> bool:
        one_line = self._open is not None and self._open.kind == "paragraph" and len(self._open.lines) == 1
        return one_line and set(line.rstrip()) in ({"="}, {"-"})

    def _turn_into_heading(self, level: int) -> None:
        assert self._open is not None
        self._found.append(Block("heading", self._open.lines[0].strip(), self._open.start, level))
        self._open = None

    def _ordinary(self, line: str, start: int, following: str) -> None:
        kind = self._open.kind if self._open else ""
        if kind == "table":
            self._open.lines.append(line)  # type: ignore[union-attr]
        elif "|" in line and _is_table_rule(following):
            self._begin("table", start, line)
        elif ITEM.match(line):
            self._begin("item", start, line)
        elif line.lstrip().startswith(">") and kind != "quote":
            self._begin("quote", start, line)
        elif self._open:
            self._open.lines.append(line)
        else:
            self._begin("paragraph", start, line)


def _is_table_rule(line: str) -> bool:
    return "-" in line and "|" in line and set(line.strip()) <= set("|:- ")


def captions(found: tuple[Block, ...]) -> Iterator[tuple[Block, str]]:
    """Each table with the words of the line `Table: …` before it, or nothing."""
    for index, block in enumerate(found):
        if block.kind == "table":
            before = found[index - 1] if index else None
            last = before.text.rsplit("\n", 1)[-1].strip() if before and before.kind == "paragraph" else ""
            yield block, last.removeprefix("Table:").strip() if last.startswith("Table:") else ""


# -------------------------------------------------------------- visible words

LINK_END = re.compile(r"\]\([^()]*\)")
LANGUAGE = re.compile(r"\]\{lang=([^{}\s]*)\}")
TERM_START = re.compile(r"\[\[[^\[\]|]*\|")
QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’\n]*’(?![^\W_])")


@lru_cache(maxsize=4096)
def visible(text: str) -> str:
    """The words that a reader sees, at their offsets; everything else is spaces.

    Ids of glossary terms stand for their terms, and slots are replaced by one short word.
    """
    plain = without_code(text)
    if "[" in plain:
        for hidden in (CITATION, LINK_END, LANGUAGE, TERM_START):
            plain = hidden.sub(blank, plain)
    if "{{" in plain:
        plain = SLOT.sub(lambda match: "them".ljust(len(match.group())), plain)
    return MARKS.sub(" ", plain)


MARKS = re.compile(r"[\[\]*_#>|]")


def starts_a_name(text: str, start: int) -> bool:
    """Whether the word here has a capital letter though no sentence starts with it."""
    before = text[max(0, start - 4) : start].rstrip(" ")
    return text[start].isupper() and bool(before) and before[-1] not in '.!?:“”"\n*#->|['


def without_quotations(words: str) -> str:
    """The text with what stands in quotation marks replaced by spaces."""
    return QUOTATION.sub(blank, words)


def words(text: str) -> list[str]:
    """The words of a text, with figures and without punctuation."""
    return WORD.findall(text)


def folded(text: str) -> str:
    """The words of a text, to tell whether two texts say the same but for capitals and punctuation."""
    return " ".join(words(text.casefold()))
