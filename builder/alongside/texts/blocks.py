"""The blocks of a Markdown text, as CommonMark and GitHub tell them apart: the one reader for rules and for pages.

One pass over the lines, after the strategy that the specification of CommonMark describes; with tables, and without HTML.
Lists and quotations stand at most `DEEPEST` deep in one another; what goes deeper is left as words, and noted.
Everything remembers where in the text it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

Kind = Literal["whole", "quote", "list", "item", "paragraph", "heading", "code", "rule", "table"]

#: How many lists and quotations may stand inside one another.
DEEPEST = 6
#: So many columns make code of a line, and so wide is a tab.
CODE_INDENT = 4
TAB = 4

LEADING = re.compile(r"[ \t]*")
HEADING = re.compile(r"(#{1,6})(?:[ \t]|$)")
FENCE = re.compile(r"(?P<ticks>`{3,})[^`]*$|(?P<tildes>~{3,})")
UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
RULE = re.compile(r"(?:\*[ \t]*){3,}$|(?:_[ \t]*){3,}$|(?:-[ \t]*){3,}$")
BULLET = re.compile(r"[-+*](?=[ \t]|$)")
NUMBER = re.compile(r"(?P<number>\d{1,9})(?P<sign>[.)])(?=[ \t]|$)")
#: The second line of a table, which says how its columns are aligned.
COLUMNS = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
#: The first character of a line that may begin something else than a paragraph.
BEGINNING = frozenset("#>`~-+*_=|:0123456789")

LABEL = re.compile(r"\[(?![\^@])((?:[^\\\[\]]|\\.){1,999})\]:", re.DOTALL)
BLANKS = re.compile(r"[ \t]*\n?[ \t]*")
ADDRESS = re.compile(r"<((?:[^<>\n\\]|\\.)*+)>|([^\s<]\S*+)")
TITLE = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)'|\(((?:[^()\\]|\\.)*+)\)", re.DOTALL)
LINE_END = re.compile(r"[ \t]*(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line, and its offset in the text."""

    start: int
    text: str


@dataclass(slots=True, eq=False)
class Block:
    """A part of a text, with the parts inside it."""

    kind: Kind
    #: Offset of its first sign.
    start: int
    #: Its first and last line, counted from 0.
    first: int
    last: int
    inside: list[Block] = field(default_factory=list)
    #: The lines of a paragraph, heading or piece of code, without the marks before them.
    spans: list[Span] = field(default_factory=list)
    #: Of a heading: 1 to 6.
    level: int = 0
    #: Of a list: the sign of its entries, the number of the first where they are numbered, and whether space stands between them.
    sign: str = ""
    number: int | None = None
    loose: bool = False
    #: Of an entry: how far its lines are indented. Of code between fences: how far its fence is.
    indent: int = 0
    fence: str = ""
    #: Of a table: how each column is aligned, and the cells of each row, the first of which names the columns.
    columns: tuple[str, ...] = ()
    rows: list[list[list[Span]]] = field(default_factory=list)

    def walk(self) -> Iterator[Block]:
        """The block itself and everything inside it, in order."""
        yield self
        for block in self.inside:
            yield from block.walk()


@dataclass(frozen=True, slots=True)
class Definition:
    """A line `[label]: address "title"`, by which other places in the text can link."""

    label: str
    address: str
    title: str | None
    start: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """A text, as a tree of blocks."""

    whole: Block
    #: By their labels, as `label_of` folds them. The first counts.
    definitions: dict[str, Definition]
    #: Where lists and quotations go deeper than they are read.
    too_deep: int | None


def label_of(words: str) -> str:
    """A label as it is compared: without regard to case and spaces."""
    return " ".join(words.split()).casefold()


def read_blocks(text: str) -> Blocks:
    """The blocks of a text."""
    reader = _Reader()
    start = 0
    for number, line in enumerate(text.removesuffix("\n").split("\n")):
        reader.take(_Line(line, start, number))
        start += len(line) + 1
    return reader.done()


class _Line:
    """A line and how far it has been read. Columns are counted with tabs."""

    __slots__ = ("at", "blank", "column", "indent", "number", "sign", "start", "text", "within_tab")

    def __init__(self, text: str, start: int, number: int) -> None:
        self.text, self.start, self.number = text, start, number
        self.at = self.column = 0
        self.within_tab = False
        self.look()

    def look(self) -> None:
        """Finds the next sign, and how far away it is."""
        match = LEADING.match(self.text, self.at)
        assert match is not None, "it matches nothing at all too"
        column = self.column
        for blank in match.group():
            column += TAB - column % TAB if blank == "\t" else 1
        self.sign, self.indent, self.blank = match.end(), column - self.column, match.end() == len(self.text)

    def to_sign(self) -> None:
        """Goes on to the next sign."""
        self.column += self.indent
        self.at, self.within_tab = self.sign, False
        self.indent = 0

    def skip(self, characters: int) -> None:
        """Goes past so many characters that are no blanks."""
        self.at += characters
        self.column += characters
        self.look()

    def skip_blanks(self, columns: int) -> None:
        """Goes past blanks that are so many columns wide, or as many as there are."""
        while columns and self.at < len(self.text) and self.text[self.at] in " \t":
            width = TAB - self.column % TAB if self.text[self.at] == "\t" else 1
            self.within_tab = width > columns
            self.at += not self.within_tab
            self.column += min(width, columns)
            columns -= min(width, columns)
        self.look()

    def rest(self) -> Span:
        """What has not been read, with spaces for what is left of a tab."""
        if not self.within_tab:
            return Span(self.start + self.at, self.text[self.at :])
        return Span(self.start + self.at, " " * (TAB - self.column % TAB) + self.text[self.at + 1 :])


class _Reader:
    def __init__(self) -> None:
        self._whole = Block("whole", 0, 0, 0)
        #: The blocks that may go on, from the outside in.
        self._open = [self._whole]
        self._definitions: dict[str, Definition] = {}
        self._too_deep: int | None = None

    def done(self) -> Blocks:
        self._close(0)
        return Blocks(self._whole, self._definitions, self._too_deep)

    # ------------------------------------------------------------- one line

    def take(self, line: _Line) -> None:
        """Reads a line: which blocks go on in it, which begin, and what words it adds."""
        kept = self._kept(line)
        if kept is None:
            return
        while self._open[kept - 1].kind not in {"code", "table"}:
            begun = self._begin(line, kept)
            if begun == "line":
                return
            if begun == "nothing":
                line.to_sign()
                break
            kept = len(self._open)
        if kept == len(self._open) or line.blank or self._open[-1].kind != "paragraph":
            self._close(kept)
        # Otherwise a paragraph goes on though the marks before it are left out.
        self._words(self._open[-1], line)

    def _words(self, block: Block, line: _Line) -> None:
        if block.kind == "table":
            _row(block, line)
        elif block.kind in {"paragraph", "code"}:
            self._add(block, line)
        elif not line.blank:
            self._add(self._enter("paragraph", line), line)

    def _add(self, block: Block, line: _Line) -> None:
        block.spans.append(line.rest())
        block.last = line.number

    def _kept(self, line: _Line) -> int | None:
        """How many of the open blocks go on in this line; or nothing, where all of it closes one."""
        for index, block in enumerate(self._open):
            if block.fence and line.indent < CODE_INDENT and _closes(block, line):
                block.last = line.number
                self._close(index)
                return None
            if not self._goes_on(block, line):
                return index
        return len(self._open)

    def _goes_on(self, block: Block, line: _Line) -> bool:
        if block.kind == "quote" and _quote_mark(line):
            block.last = line.number
            return True
        if block.kind == "item":
            return _item_goes_on(block, line)
        if block.kind == "code":
            return _code_goes_on(block, line)
        if block.kind == "paragraph":
            return not line.blank
        if block.kind == "table":
            return not line.blank and line.indent < CODE_INDENT and not _interrupts(line)
        return block.kind in {"whole", "list"}

    # ---------------------------------------------------------- what begins

    def _begin(self, line: _Line, kept: int) -> Literal["nothing", "line", "container"]:
        """Opens the block that begins here: one that takes the whole line, or one in which the line goes on."""
        block = self._open[kept - 1]
        if line.blank:
            return "nothing"
        if line.indent >= CODE_INDENT:
            return "line" if self._open[-1].kind != "paragraph" and self._indented(line, kept) else "nothing"
        if line.text[line.sign] not in BEGINNING:
            return "nothing"
        if self._heading(line, kept) or self._fenced(line, kept) or self._table(line, block, kept):
            return "line"
        if self._underlined(line, block, kept) or self._rule(line, kept):
            return "line"
        return "container" if self._quote(line, kept) or self._item(line, block, kept) else "nothing"

    def _indented(self, line: _Line, kept: int) -> bool:
        self._close(kept)
        code = self._enter("code", line)
        line.skip_blanks(CODE_INDENT)
        self._add(code, line)
        return True

    def _quote(self, line: _Line, kept: int) -> bool:
        if line.text[line.sign] != ">" or self._as_deep_as_may_be(line, kept):
            return False
        self._close(kept)
        self._enter("quote", line)
        return _quote_mark(line)

    def _heading(self, line: _Line, kept: int) -> bool:
        match = HEADING.match(line.text, line.sign)
        if match is None:
            return False
        self._close(kept)
        block = self._enter("heading", line)
        block.level = len(match[1])
        words = line.text[match.end() :]
        start = line.start + match.end() + len(words) - len(words.lstrip(" \t"))
        block.spans = [Span(start, _without_closing_signs(words.strip(" \t")))]
        self._open.pop()
        return True

    def _fenced(self, line: _Line, kept: int) -> bool:
        match = FENCE.match(line.text, line.sign)
        if match is None:
            return False
        self._close(kept)
        block = self._enter("code", line)
        block.fence, block.indent = match["ticks"] or match["tildes"], line.indent
        return True

    def _underlined(self, line: _Line, block: Block, kept: int) -> bool:
        """A line of `=` or `-` that makes a heading of the paragraph above it."""
        match = UNDERLINE.match(line.text, line.sign) if block.kind == "paragraph" else None
        if match is None:
            return False
        self._define(block)
        if not block.spans:
            return False
        self._close(kept)
        block.kind, block.level, block.last = "heading", 1 if match[1][0] == "=" else 2, line.number
        self._open.pop()
        return True

    def _rule(self, line: _Line, kept: int) -> bool:
        if not RULE.match(line.text, line.sign):
            return False
        self._close(kept)
        self._enter("rule", line)
        self._open.pop()
        return True

    def _table(self, line: _Line, block: Block, kept: int) -> bool:
        """The second line of a table, below one that names as many columns."""
        if block.kind != "paragraph" or not block.spans or "|" not in block.spans[-1].text:
            return False
        marks = line.text[line.sign :].rstrip(" \t")
        if "|" not in marks or marks[1:2] not in {"|", ":", "-", " ", "\t"} or marks[:2] in {"- ", "-\t"}:
            return False
        if not COLUMNS.match(marks):
            return False
        header = _cells(block.spans[-1])
        marked = [cell[0].text if cell else "" for cell in _cells(Span(0, marks))]
        if len(header) != len(marked) or not all(marked):
            return False
        self._close(kept)
        block.spans.pop()
        first = block.last
        block.last -= 1
        self._open.pop()
        self._leave(block)
        table = self._enter("table", line)
        table.first, table.start = first, header_start(header, line)
        table.columns, table.rows = tuple(map(_alignment, marked)), [header]
        return True

    def _item(self, line: _Line, block: Block, kept: int) -> bool:
        """An entry of a list, in the list before it where it has the same sign."""
        match = BULLET.match(line.text, line.sign) or NUMBER.match(line.text, line.sign)
        if match is None:
            return False
        number = int(match["number"]) if match.re is NUMBER else None
        if block.kind == "paragraph" and (number not in {None, 1} or not line.text[match.end() :].strip(" \t")):
            return False
        sign = match["sign"] if number is not None else match.group()
        joins = block.kind == "list" and block.sign == sign
        if self._as_deep_as_may_be(line, kept):
            return False
        self._close(kept)
        if block.kind == "list" and not joins:
            self._close(kept - 1)
        if not joins:
            entered = self._enter("list", line)
            entered.sign, entered.number = sign, number
        item = self._enter("item", line)
        item.indent = _past_marker(line, match.end() - match.start())
        return True

    def _as_deep_as_may_be(self, line: _Line, kept: int) -> bool:
        depth = sum(block.kind in {"quote", "item"} for block in self._open[:kept])
        if depth >= DEEPEST and self._too_deep is None:
            self._too_deep = line.start + line.sign
        return depth >= DEEPEST

    # ------------------------------------------------------- open and close

    def _enter(self, kind: Kind, line: _Line) -> Block:
        while self._open[-1].kind not in {"whole", "quote", "item"} and not (
            kind == "item" and self._open[-1].kind == "list"
        ):
            self._close(len(self._open) - 1)
        block = Block(kind, line.start + line.sign, line.number, line.number)
        self._open[-1].inside.append(block)
        self._open.append(block)
        return block

    def _close(self, kept: int) -> None:
        """Closes all but so many of the open blocks."""
        while len(self._open) > max(kept, 0):
            block = self._open.pop()
            if block.kind == "paragraph":
                self._define(block)
                self._leave(block)
            elif block.kind in {"list", "item"}:
                block.last = block.inside[-1].last if block.inside else block.first
            elif block.kind == "quote" and block.inside:
                block.last = max(block.last, block.inside[-1].last)
            elif block.kind == "code" and not block.fence:
                while not block.spans[-1].text.strip(" \t"):
                    block.spans.pop()
                    block.last -= 1
            if block.kind == "list":
                block.loose = _stand_apart(block.inside) or any(_stand_apart(item.inside) for item in block.inside)

    def _leave(self, block: Block) -> None:
        """Takes a paragraph out again of which nothing is left."""
        if not block.spans:
            self._open[-1].inside.pop()

    def _define(self, block: Block) -> None:
        """Takes definitions of links from the beginning of a paragraph."""
        if not block.spans or not block.spans[0].text.startswith("["):
            return
        content = "\n".join(span.text for span in block.spans)
        at = taken = 0
        while taken < len(block.spans) and (found := _definition(content, at, block.spans[taken].start)):
            definition, end = found
            self._definitions.setdefault(label_of(definition.label), definition)
            taken += content.count("\n", at, end) + (end == len(content))
            at = end
        del block.spans[:taken]


def header_start(header: list[list[Span]], line: _Line) -> int:
    """Where the first line of a table starts."""
    return min((cell[0].start for cell in header if cell), default=line.start)


def _stand_apart(blocks: list[Block]) -> bool:
    """Whether an empty line stands between two of them."""
    return any(one.last + 1 < other.first for one, other in pairwise(blocks))


def _closes(block: Block, line: _Line) -> bool:
    rest = line.text[line.sign :].rstrip(" \t")
    return len(rest) >= len(block.fence) and not rest.strip(block.fence[0])


def _quote_mark(line: _Line) -> bool:
    if line.indent >= CODE_INDENT or line.blank or line.text[line.sign] != ">":
        return False
    line.to_sign()
    line.skip(1)
    line.skip_blanks(1)
    return True


def _item_goes_on(block: Block, line: _Line) -> bool:
    if line.blank:
        line.to_sign()
        return bool(block.inside)
    if line.indent < block.indent:
        return False
    line.skip_blanks(block.indent)
    return True


def _code_goes_on(block: Block, line: _Line) -> bool:
    if block.fence:
        line.skip_blanks(min(block.indent, line.indent))
        return True
    if line.indent >= CODE_INDENT:
        line.skip_blanks(CODE_INDENT)
        return True
    if line.blank:
        line.to_sign()
    return line.blank


def _interrupts(line: _Line) -> bool:
    """Whether something begins here that ends a table."""
    found = (form.match(line.text, line.sign) for form in (HEADING, FENCE, RULE, BULLET, NUMBER))
    return line.text[line.sign] == ">" or any(found)


def _past_marker(line: _Line, width: int) -> int:
    """Goes past the sign of an entry and the blanks after it, and says how far the lines of the entry are indented."""
    indent = line.indent
    line.to_sign()
    line.skip(width)
    blanks = 1 if line.blank or line.indent > CODE_INDENT else line.indent
    line.skip_blanks(blanks)
    return indent + width + blanks


def _without_closing_signs(words: str) -> str:
    """The words of a heading without the signs that close it."""
    rest = words.rstrip("#")
    return rest.rstrip(" \t") if not rest or rest[-1] in " \t" else words


# ------------------------------------------------------------------------ tables


def _cells(span: Span) -> list[list[Span]]:
    """The cells of a row, each as the pieces between bars that are escaped."""
    cells: list[list[Span]] = [[]]
    at = 0
    for match in re.finditer(r"\\?\|", span.text):
        if match.group() == "|":
            cells[-1].append(Span(span.start + at, span.text[at : match.start()]))
            cells.append([])
            at = match.end()
        else:
            cells[-1].append(Span(span.start + at, span.text[at : match.start()]))
            at = match.end() - 1
    cells[-1].append(Span(span.start + at, span.text[at:]))
    if not "".join(piece.text for piece in cells[0]).strip() and len(cells) > 1:
        del cells[0]
    if not "".join(piece.text for piece in cells[-1]).strip() and len(cells) > 1:
        del cells[-1]
    return [_stripped(cell) for cell in cells]


def _stripped(cell: list[Span]) -> list[Span]:
    first = cell[0]
    cell[0] = Span(first.start + len(first.text) - len(first.text.lstrip()), first.text.lstrip())
    cell[-1] = Span(cell[-1].start, cell[-1].text.rstrip())
    return [piece for piece in cell if piece.text]


def _alignment(mark: str) -> str:
    return {(True, True): "centre", (False, True): "end"}.get((mark[0] == ":", mark[-1] == ":"), "")


def _row(table: Block, line: _Line) -> None:
    cells = _cells(Span(line.start + line.sign, line.text[line.sign :]))
    wanted = len(table.columns)
    table.rows.append((cells + [[]] * (wanted - len(cells)))[:wanted])
    table.last = line.number


# ------------------------------------------------------------------- definitions


def _definition(content: str, at: int, start: int) -> tuple[Definition, int] | None:
    """The definition here, and where the next line begins."""
    label = LABEL.match(content, at)
    if label is None or not label[1].strip():
        return None
    blanks = BLANKS.match(content, label.end())
    assert blanks is not None, "it matches nothing at all too"
    address = ADDRESS.match(content, blanks.end())
    if address is None:
        return None
    target = address[1] if address[1] is not None else address[2]
    gap = BLANKS.match(content, address.end())
    title = TITLE.match(content, gap.end()) if gap and gap.end() > address.end() else None
    after = LINE_END.match(content, title.end()) if title else None
    if title and after:
        words = next(words for words in title.groups() if words is not None)
        return Definition(label[1], target, words, start), after.end()
    end = LINE_END.match(content, address.end())
    return (Definition(label[1], target, None, start), end.end()) if end else None


def code_of(block: Block) -> str:
    """The code in a piece of code, each line with its end."""
    return "".join(f"{span.text}\n" for span in block.spans)
