"""HTML of question banks as our Markdown.

What Markdown can say is kept: emphasis, code with its lines, links, lists, quotations, tables. What it cannot say is
left out or written otherwise, and the author is told in a sentence.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from alongside.files.problems import quoted
from alongside.files.unseen import without_hidden
from alongside.importers.draft import PRIVATE, Unusable, missing
from alongside.importers.markdown_writing import (
    BREAK,
    RAISED,
    Run,
    Style,
    code_block,
    lines_escaped,
    link_target,
    linked,
    lost_mark,
    paragraphs,
    picture_lost,
    table_row,
)

#: A tag. Nothing in it can be read in two ways, and none goes beyond the next `<`.
TAG = re.compile(r"""<(/?)([a-zA-Z][\w:.-]*+)((?:[^<>"']|"[^"<]*+"|'[^'<]*+')*+)>""")
ATTRIBUTE = re.compile(r"""\s++([a-zA-Z_:@][\w:.-]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?""")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")

STRONG, EMPHASIS = frozenset({"b", "strong"}), frozenset({"i", "em", "cite", "dfn", "var"})
CODE = frozenset({"code", "kbd", "samp", "tt"})
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 dt summary legend".split())
BLOCKS = frozenset(
    "p div section article header footer main nav aside address center figure figcaption details form fieldset dl dd "
    "body html head hr optgroup".split()
)
#: What says nothing about the meaning of what stands in it.
PLAIN = frozenset(
    "span font small big label bdi bdo nobr wbr thead tbody tfoot colgroup col abbr acronym time data ruby rp rt meta link "
    "title base basefont".split()
)
#: Marks that Markdown has no sign for; their words stay.
UNMARKED = {
    "u": "underlining was left out", "ins": "the mark for added words was left out",
    "del": "the mark for deleted words was left out", "s": "the line through words was left out",
    "strike": "the line through words was left out", "mark": "highlighting was left out",
    "blink": "<blink> was left out", "marquee": "<marquee> was left out",
}  # fmt: skip
#: What is left out with everything in it, and what is to be written where it stood.
SILENCED = {
    "script": "", "style": "", "template": "", "noscript": "", "xml": "",
    "math": "the formula", "svg": "the drawing", "canvas": "the drawing", "video": "the film",
    "audio": "the recording", "iframe": "what is shown in a frame", "object": "what is embedded",
    "select": "the list to choose from", "textarea": "the field", "button": "the button", "map": "the map",
}  # fmt: skip
#: What has no words of its own and cannot be kept.
EMPTY = {
    "img": "picture",
    "embed": "what is embedded",
    "input": "field",
    "source": "",
    "track": "",
    "area": "",
    "param": "",
}
KNOWN = (
    STRONG | EMPHASIS | CODE | HEADINGS | BLOCKS | PLAIN | UNMARKED.keys() | SILENCED.keys() | EMPTY.keys() | RAISED.keys()
    | frozenset("br a img q pre ul ol menu li blockquote table tr td th caption".split())
)  # fmt: skip

TABLE_PARTS, CONTAINERS = frozenset("table tr td th caption".split()), frozenset("ul ol menu li blockquote".split())

#: How tags begin that a word processor leaves behind.
OFFICE = ("o:", "w:", "st1:", "v:", "m:")
#: Deepest lists and quotations, as our own texts may have them.
DEEPEST = 6


@dataclass(frozen=True)
class Converted:
    """A text in Markdown, and what could not be kept, in a sentence each."""

    text: str
    losses: tuple[str, ...] = ()


def decoded(text: str) -> str:
    """The characters that entities stand for, without those that nobody sees."""
    if "&" not in text:
        return text
    made = ENTITY.sub(lambda found: html.unescape(found.group()), text)
    return without_hidden(PRIVATE.sub("", made.replace("\u00a0", " ").replace("\u00ad", ""))) if made != text else text


@dataclass
class _Table:
    caption: list[Run] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    has_header: bool = False
    #: Words of the cell that is open.
    cell: list[Run] | None = None
    in_caption: bool = False


class _Block(NamedTuple):
    """A paragraph, table or piece of code, set in as deep as it stands."""

    text: str
    #: How deep the entry of a list stands that it begins, and the mark of the entry.
    depth: int = 0
    mark: str = ""


@dataclass
class _Container:
    """A list, an entry of one or a quotation that is open."""

    tag: str
    number: int = 0
    #: Whether something of the entry has been written, so that what follows is only set in.
    begun: bool = False


class HtmlConverter:
    """Collects Markdown while HTML goes by. With `escaping`, words outside of tags are words; without, they are Markdown."""

    def __init__(self, *, escaping: bool) -> None:
        self._escaping = escaping
        self._losses: dict[str, None] = {}
        self._written: list[_Block] = []
        self._runs: list[Run] = []
        self._open: dict[str, int] = {}
        #: How many blocks are open, whatever they are called.
        self._blocks = 0
        self._containers: list[_Container] = []
        self._links: list[str] = []
        self._in_link: list[int] = []
        self._silenced = ""
        self._code: list[str] | None = None
        self._table: _Table | None = None

    def convert(self, text: str) -> Converted:
        """The whole text. Raises `Unusable` where it holds what would become something else."""
        text = self._without_comments(text)
        at = 0
        for tag in TAG.finditer(text):
            self._words(text[at : tag.start()])
            self._tag(tag)
            at = tag.end()
        self._words(text[at:])
        if self._table:
            self._end_table()
        self._end_code()
        self._flush()
        return Converted(self._joined(), tuple(self._losses))

    def _without_comments(self, text: str) -> str:
        kept, at = [], 0
        while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
            kept.append(text[at:start])
            if re.search(r"\w", text[start + 4 : end]):
                self._lose(f"a comment in HTML was left out: {quoted(' '.join(text[start + 4 : end].split()))}")
            at = end + 3
        return "".join([*kept, text[at:]])

    def _lose(self, what: str) -> None:
        self._losses[what] = None

    # ------------------------------------------------------------------ tags

    def _tag(self, found: re.Match[str]) -> None:
        closing, name, rest = bool(found[1]), found[2].lower(), found[3]
        if self._silenced:
            if closing and name == self._silenced:
                self._silenced = ""
            return
        attributes = _attributes(rest)
        if attributes is None or not (name in KNOWN or name.startswith(OFFICE)):
            if re.search(r"\w", found.group()):
                self._lose(f"{quoted(found.group())} is no mark of HTML, and is shown as it is written")
            self._words(html.escape(found.group(), quote=False) if self._in_html else found.group())
        elif closing:
            self._end(name)
        else:
            self._start(name, attributes)
            if rest.rstrip().endswith("/") and name in SILENCED:
                self._silenced = ""

    @property
    def _in_html(self) -> bool:
        """Whether words are words, and not Markdown."""
        return self._escaping or bool(self._containers) or self._table is not None or bool(self._blocks)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in SILENCED:
            self._silence(name, attributes)
        elif name in EMPTY:
            self._empty(name, attributes)
        elif name == "pre":
            self._flush_words()
            self._code = [] if self._code is None else self._code
        elif name in TABLE_PARTS:
            self._start_in_table(name, attributes)
        elif name in CONTAINERS:
            self._start_container(name, attributes)
        elif name in HEADINGS or name in BLOCKS:
            self._start_block(name)
        else:
            self._start_words(name, attributes)

    def _start_words(self, name: str, attributes: dict[str, str]) -> None:
        """The start of something within a sentence."""
        if name == "br":
            self._break()
        elif name == "q":
            self._add("“")
        elif name == "a":
            self._start_link(attributes)
        elif name in UNMARKED:
            self._lose(UNMARKED[name])
        elif name in {"abbr", "acronym"} and attributes.get("title"):
            self._lose(f"the long form of a short word was left out: {quoted(attributes['title'])}")
        elif "line-through" in attributes.get("style", "") or "underline" in attributes.get("style", ""):
            self._lose("lines under or through words were left out")
        else:
            self._open[name] = self._open.get(name, 0) + 1

    def _end(self, name: str) -> None:
        if name == "pre":
            self._end_code()
        elif name in TABLE_PARTS:
            self._end_in_table(name)
        elif name in CONTAINERS:
            self._end_container(name)
        elif name in HEADINGS or name in BLOCKS:
            self._end_block(name)
        elif name == "q":
            self._add("”")
        elif name == "br":
            self._break()
        elif name == "a":
            self._in_link = self._in_link[:-1]
        elif self._open.get(name):
            self._open[name] -= 1

    def _start_block(self, name: str) -> None:
        self._flush_words()
        if self._table or self._code is not None:
            return
        if name == "hr" or (name == "p" and self._open.get("p")):
            return
        self._blocks += 1
        self._open[name] = self._open.get(name, 0) + 1

    def _end_block(self, name: str) -> None:
        self._flush_words()
        if self._table or self._code is not None:
            return
        if self._open.get(name):
            self._open[name] -= 1
            self._blocks -= 1

    def _flush_words(self) -> None:
        """Ends a paragraph; in a cell or in code it ends a line."""
        if self._code is not None:
            if self._code and not self._code[-1].endswith("\n"):
                self._code.append("\n")
        elif self._table:
            self._add_raw(BREAK)
        else:
            self._flush()

    def _break(self) -> None:
        if self._code is not None:
            self._code.append("\n")
        elif not self._in_html:
            self._runs.append(Run("  \n"))
        else:
            self._add_raw(BREAK)

    def _silence(self, name: str, attributes: dict[str, str]) -> None:
        self._silenced = name
        source = attributes.get("src") or attributes.get("data") or ""
        self._lose(f"<{name}> was left out{': ' + quoted(source) if source else ''}")
        if SILENCED[name]:
            self._add_raw(f" {lost_mark(SILENCED[name], source)} ")

    def _empty(self, name: str, attributes: dict[str, str]) -> None:
        noun, source, words = EMPTY[name], attributes.get("src", ""), attributes.get("alt", "").strip()
        if not noun or (name == "input" and attributes.get("type") == "hidden"):
            return
        self._lose(picture_lost(source, words) if name == "img" else f"<{name}> was left out")
        if self._code is None:
            self._add_raw(f" {lost_mark(f'the {noun}', source, words)} ")

    def _start_link(self, attributes: dict[str, str]) -> None:
        target = attributes.get("href", "").strip()
        if not target:
            self._in_link.append(0)
            return
        address = link_target(target)
        if address:
            self._links.append(address)
            self._in_link.append(len(self._links))
        else:
            self._lose(f"a link was left out, and its words stayed: {quoted(target)}")
            self._in_link.append(0)

    # ------------------------------------------------------- lists and quotes

    def _start_container(self, name: str, attributes: dict[str, str]) -> None:
        if self._code is not None:
            return
        if self._table:
            if name != "li":
                self._lose("a list or quotation in a table stands in one line")
            self._add_raw(BREAK)
            return
        self._flush()
        if name == "li":
            self._end_container("li", within=("ul", "ol"))
            holder = self._containers[-1] if self._containers else None
            number = 0
            if holder and holder.tag == "ol":
                number = holder.number
                holder.number += 1
            self._enter(_Container("li", number))
            return
        kind = attributes.get("type", "1")
        if name == "ol" and kind != "1":
            self._lose(f"a list that counts {quoted(kind)} counts in numbers here")
        start = attributes.get("start", "1")
        self._enter(_Container("ul" if name == "menu" else name, int(start) if re.fullmatch(r"\d{1,6}", start) else 1))

    def _enter(self, container: _Container) -> None:
        self._containers.append(container)
        if sum(one.tag in {"li", "blockquote"} for one in self._containers) > DEEPEST:
            raise Unusable(
                "lists or quotations stand deeper inside one another than a page can show", f"at most {DEEPEST} levels"
            )
        if len(self._containers) > 4 * DEEPEST:
            raise Unusable("lists without entries stand inside one another", "<ul><li>…</li></ul>")

    def _end_container(self, name: str, within: tuple[str, ...] = ()) -> None:
        """Closes the innermost of this name, and what is open in it; `within` names what it must not be looked for beyond."""
        if self._code is not None or self._table:
            return
        self._flush()
        for index in range(len(self._containers) - 1, -1, -1):
            if self._containers[index].tag == name:
                del self._containers[index:]
                return
            if self._containers[index].tag in within:
                return

    # ----------------------------------------------------------------- tables

    def _start_in_table(self, name: str, attributes: dict[str, str]) -> None:
        if self._code is not None:
            return
        table = self._table
        if name == "table":
            if table:
                raise Unusable("a table stands inside a table", "one table, or text in place of the inner one")
            self._flush()
            self._table = _Table()
            return
        if table is None:  # a row or cell of no table
            self._flush()
            return
        if name == "caption":
            table.in_caption = True
            return
        self._end_cell(table)
        if name == "tr":
            table.rows.append([])
            return
        if not table.rows:
            table.rows.append([])
        table.has_header |= name == "th" and len(table.rows) == 1
        if attributes.get("colspan", "1") not in {"0", "1"} or attributes.get("rowspan", "1") not in {"0", "1"}:
            self._lose("a cell of a table that reached over several is one cell here")
        table.cell = []

    def _end_in_table(self, name: str) -> None:
        table = self._table
        if table is None or self._code is not None:
            return
        if name == "caption":
            table.in_caption = False
            return
        self._end_cell(table)
        if name == "table":
            self._end_table()

    def _end_cell(self, table: _Table) -> None:
        if table.cell is not None:
            words = self._inline(table.cell, in_cell=True)
            table.rows[-1].append(words)
            table.cell = None

    def _end_table(self) -> None:
        table, self._table = self._table, None
        assert table is not None, "one is open"
        self._end_cell(table)
        rows = [row for row in table.rows if any(row)]
        self._flush()
        if not rows:
            return
        width = max(map(len, rows))
        if width == 1 and not table.has_header:  # a frame around a text
            for row in rows:
                self._written.append(self._placed(lines_escaped(row[0])))
            return
        header = (
            rows[0]
            if table.has_header
            else [missing(f"what column {n} holds, for %question") for n in range(1, width + 1)]
        )
        body = rows[1:] if table.has_header else rows
        if not table.has_header:
            self._lose("a table has no row of headings; they are to be written")
        caption = self._inline(table.caption, in_cell=True) or missing("what the table shows, for %question")
        lines = [table_row(header, width), "|" + " --- |" * width, *(table_row(row, width) for row in body)]
        self._written.append(self._placed(f"Table: {caption}\n\n" + "\n".join(lines)))

    # ------------------------------------------------------------------ words

    def _words(self, text: str) -> None:
        if not text or self._silenced:
            return
        if self._code is not None:
            self._code.append(decoded(text))
        elif self._in_html:
            self._add(re.sub(r"[ \t\n\r\f]+", " ", decoded(text).replace("\u00a0", " ")))
        else:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._code is not None:
            self._code.append(text)
            return
        code = any(self._open.get(name) for name in CODE)
        style = Style(
            strong=not code and any(self._open.get(name) for name in STRONG | HEADINGS),
            emphasis=not code and any(self._open.get(name) for name in EMPHASIS),
            code=code,
            raised=next((name for name in RAISED if self._open.get(name)), ""),
            link=self._in_link[-1] if self._in_link else 0,
        )
        self._target().append(Run(decoded(text) if code else text, style, self._in_html))

    def _add_raw(self, text: str) -> None:
        """Adds what is Markdown already."""
        self._target().append(Run(text))

    def _target(self) -> list[Run]:
        table = self._table
        if table is None:
            return self._runs
        if table.in_caption:
            return table.caption
        return self._runs if table.cell is None else table.cell

    def _flush(self) -> None:
        """Writes the paragraph that has been collected."""
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run in runs):
            return
        if not self._in_html:
            self._written.append(_Block(self._joined_runs(runs).strip("\n")))
            return
        for part in paragraphs(runs):
            lines = self._inline(part)
            if lines:
                self._written.append(self._placed(lines))

    def _end_code(self) -> None:
        if self._code is None:
            return
        text = "".join(self._code).removeprefix("\n").rstrip()
        self._code = None
        if not text.strip():
            return
        text = "\n".join(line.rstrip() for line in text.split("\n"))
        if self._table and self._table.cell is not None:
            if "\n" in text:
                raise Unusable("a table holds several lines of code", "the code before or after the table")
            self._table.cell.append(Run(text.strip(), Style(code=True), literal=True))
            return
        # Code in an entry of a list stands between the entries: Markdown's code blocks begin at the margin.
        self._written.append(_Block(code_block(text)))

    def _placed(self, text: str) -> _Block:
        """A block set in as deep as it stands, behind the mark of its entry or quotation."""
        first, rest, depth, mark = "", "", 0, ""
        for container in self._containers:
            if container.tag == "blockquote":
                first, rest, mark = f"{first}> ", f"{rest}> ", ""
            elif container.tag == "li":
                mark = "" if container.begun else "1." if container.number else "-"
                sign = f"{container.number}." if container.number else "-"
                first, rest, depth = f"{first}{'    ' if container.begun else f'{sign} '}", f"{rest}    ", depth + 1
                container.begun = True
        lines = text.split("\n")
        placed = "\n".join((rest if index else first) + line if line else "" for index, line in enumerate(lines))
        return _Block(placed, depth, mark)

    def _inline(self, runs: list[Run], *, in_cell: bool = False) -> str:
        text = re.sub(rf"[ \t\n]*{BREAK}[ \t\n]*", BREAK, self._joined_runs(runs, in_cell=in_cell))
        text = re.sub(r" {2,}", " ", text).strip(f" \n{BREAK}")
        if in_cell:
            return text.replace(BREAK, " ")
        return lines_escaped(text.replace(BREAK, "\n")).replace("\n", "  \n")

    def _joined_runs(self, runs: list[Run], *, in_cell: bool = False) -> str:
        return "".join(
            linked(self._links[link - 1] if link else "", list(group), in_cell=in_cell)
            for link, group in groupby(runs, key=lambda run: run.style.link)
        )

    def _joined(self) -> str:
        """The blocks with an empty line between them, and none between entries of a list."""
        made: list[str] = []
        before = _Block("")
        for block in self._written:
            tight = block.mark and before.depth and (block.depth != before.depth or block.mark == before.mark)
            made += ["\n" if tight else "\n\n", block.text]
            before = block
        return "".join(made).strip("\n")


def _attributes(text: str) -> dict[str, str] | None:
    """The attributes of a tag; `None` where these are none, as in `a <b && c> d`."""
    found: dict[str, str] = {}
    at = 0
    while match := ATTRIBUTE.match(text, at):
        found[match[1].lower()] = decoded((match[2] or "").strip("\"'"))
        at = match.end()
    return None if text[at:].strip(" \t\n\r\f/") else found
