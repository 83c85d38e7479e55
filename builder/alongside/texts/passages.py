"""Authored prose as rules and pages both read it: blocks, with what stands in their lines.

There is no other reader of prose. What a rule says about a link is said of the link that stands on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from alongside.texts.blocks import Block, Definition, Span, read_blocks
from alongside.texts.inlines import Content, Inline, read_inlines

#: A text of several blocks, a sentence or two, or plain words without any mark.
Form = Literal["block", "inline", "none"]

#: Text without any of these is plain words.
SPECIAL = re.compile(r"[\\`*_\[\]<>&{}!|]|\n[ \t]*\n|[ ]{2}\n")
#: The beginning of a line that could start something other than a paragraph.
BLOCK_START = re.compile(r"^[ \t]*(?:[#>+~=:-]|\d+[.)])|^[^\S\n]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Lines:
    """The words of a paragraph, heading or cell."""

    block: Block
    pieces: list[Inline]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that was read."""

    whole: Block
    #: The lines that hold words, in order; those of a table cell by cell.
    lines: list[Lines]
    definitions: dict[str, Definition]
    #: Where something looks like a sign of our own and is none.
    malformed: tuple[int, ...]
    #: Where lists, quotations or marks go deeper than they are read.
    too_deep: int | None

    def pieces(self) -> Iterator[Inline]:
        """Everything that stands in lines, from the outside in."""
        for line in self.lines:
            for piece in line.pieces:
                yield from piece.walk()


@lru_cache(maxsize=4096)
def read(text: str, form: Form = "block") -> Passage:
    """What a text holds. In a sentence nothing begins a block; in plain words nothing is a mark."""
    if form == "none" or not (SPECIAL.search(text) or (form == "block" and BLOCK_START.search(text))):
        return _plain(text)
    if form == "inline":
        return _read_lines(_one_paragraph(text), {}, None)
    found = read_blocks(text)
    return _read_lines(found.whole, found.definitions, found.too_deep)


def _plain(text: str) -> Passage:
    words = text.strip(" \t\n")
    start = len(text) - len(text.lstrip(" \t\n"))
    block = Block("paragraph", start, 0, words.count("\n"), spans=[Span(start, words)])
    whole = Block("whole", 0, 0, block.last, inside=[block] if words else [])
    lines = [Lines(block, [Inline("words", start, start + len(words), words)])] if words else []
    return Passage(whole, lines, {}, (), None)


def _one_paragraph(text: str) -> Block:
    paragraph = Block("paragraph", len(text) - len(text.lstrip()), 0, text.count("\n"))
    start = 0
    for line in text.split("\n"):
        words = line.lstrip(" \t")
        if words:
            paragraph.spans.append(Span(start + len(line) - len(words), words))
        start += len(line) + 1
    return Block("whole", 0, 0, paragraph.last, inside=[paragraph] if paragraph.spans else [])


def _read_lines(whole: Block, definitions: dict[str, Definition], too_deep: int | None) -> Passage:
    lines: list[Lines] = []
    malformed: list[int] = []
    for block, content in _contents(whole):
        found = read_inlines(content, definitions)
        lines.append(Lines(block, found.pieces))
        malformed += found.malformed
        too_deep = found.too_deep if too_deep is None else too_deep
    return Passage(whole, lines, definitions, tuple(malformed), too_deep)


def _contents(whole: Block) -> Iterator[tuple[Block, Content]]:
    for block in whole.walk():
        if block.kind in {"paragraph", "heading"}:
            last = block.spans[-1]
            yield block, Content([*block.spans[:-1], Span(last.start, last.text.rstrip(" \t"))])
        elif block.kind == "table":
            for row in block.rows:
                for cell in row:
                    yield block, Content(cell, "")
