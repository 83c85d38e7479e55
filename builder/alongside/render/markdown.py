"""Authored prose to clean HTML: the one path from content into a page.

What was read (`texts/passages.py`) becomes HTML by a small, closed list, which nh3 then cleans with lists of our own. Raw HTML
in prose is not HTML here: `<b>` is shown as the characters `<b>`. What comes out is `Markup`, the only type that templates
insert without escaping.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from typing import ClassVar
from urllib.parse import unquote

import nh3
from markupsafe import Markup, escape

from alongside.files.paths import address, unsafe_part
from alongside.files.problems import BuildError, quoted
from alongside.model.curriculum import Source, Term
from alongside.render.page import SITE
from alongside.texts import markup
from alongside.texts.blocks import Block, code_of
from alongside.texts.inlines import Inline
from alongside.texts.markdown_cost import excess
from alongside.texts.passages import Form, Lines, Passage, read
from alongside.words.language import ENGLISH, Words

ALLOWED_TAGS = set(
    "p h2 h3 h4 ul ol li strong em code pre blockquote a img table caption thead tbody tr th td br hr span".split()
)
ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "title"},  # plain words; nh3 lets them stand where nothing else is said
    "a": {"href", "rel"},
    "img": {"src", "alt", "loading"},
    "ol": {"start"},
    "span": {"lang"},
    "th": {"scope"},
}
ALLOWED_CLASSES: dict[str, set[str]] = {
    "a": {"term", "citation"},
    "span": {"local"},
    "td": {"end", "centre"},
    "th": {"end", "centre"},
}
MARKS = {"emphasis": "em", "strong": "strong"}
SCHEMES = {"https", "http", "mailto", "site"}

#: A longer first cell is part of what its row says, not its name.
MOST_WORDS_IN_ROW_NAME = 8


@dataclass(frozen=True)
class References:
    """What prose can refer to."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    #: Whether there is what a link `module:…` leads to.
    leads_to: Callable[[str], bool] = lambda _: True
    #: Addresses that the site does not show. A link to one falls back to its words.
    withheld: frozenset[str] = frozenset()


def site_address(href: str) -> str:
    """A link as authors write it, `module:x`, `module:x/lesson` or `page:about`, as an address in the site."""
    if href.startswith(SITE):
        return "#"
    for scheme in ("module:", "page:"):
        if href.startswith(scheme):
            # An address that was copied from a browser has letters of other scripts as numbers.
            path, hash_sign, anchor = address(unquote(href.removeprefix(scheme))).partition("#")
            return f"{SITE}{path.strip('/')}/{hash_sign}{anchor}"
    return href


def short_reference(source: Source, words: Words = ENGLISH) -> str:
    """Authors and year for a sentence: `Weger et al., 2014`."""
    return f"{short_authors(source.authors, words)}, {source.year}"


def short_authors(authors: str, words: Words = ENGLISH) -> str:
    """`Weger et al.` for three or more authors, `Rogers & Farson` for two, the whole for an organisation."""
    surnames = re.findall(r"([^,&]+?),\s+(?:[A-Z]\w?\.[\s-]?)+", authors)
    surnames = [surname.strip(" .") for surname in surnames]
    if not surnames:
        return authors.rstrip(".")
    if "et al" in authors or len(surnames) > 2:  # noqa: PLR2004  # as in a list of references
        return words.gettext("%(name)s et al.", name=surnames[0])
    return " & ".join(surnames)


class Prose:
    """Renders authored text. One for each language of a whole run: it remembers what it has rendered."""

    def __init__(self, known: References, words: Words = ENGLISH) -> None:
        self._known = known
        self._words = words
        self._cache: dict[tuple[str, Form, str], Markup] = {}

    def block(self, text: str, folder: str = "") -> Markup:
        """Paragraphs, lists, headings and tables as clean HTML. Images are looked for below `folder`."""
        return self._render(text, folder, "block")

    def inline(self, text: str, folder: str = "") -> Markup:
        """A sentence or two as clean HTML without a paragraph around it."""
        return self._render(text, folder, "inline")

    def _render(self, text: str, folder: str, form: Form) -> Markup:
        key = (folder, form, text)
        if key not in self._cache:
            self._cache[key] = self._fresh(text, folder, form)
        return self._cache[key]

    def _fresh(self, text: str, folder: str, form: Form) -> Markup:
        if form == "block":
            _refuse_costly(text)
        passage = read(text, form)
        if passage.too_deep is not None:
            raise _nested_too_deeply(text)
        written = _Writer(text, passage, self._known, self._words, folder).html(form)
        if "<" in written:
            return clean(written, self._words)
        return Markup(written.replace("\n", " "))  # noqa: S704  # everything in it is escaped


def _refuse_costly(text: str) -> None:
    """The checks have said where; this is for texts that no check has seen, or whose author waived it."""
    for found in excess(text):
        raise BuildError(
            f"a text is too large to be shown: {found.message}, {found.expected} are possible: {quoted(text)}"
        )


def _nested_too_deeply(text: str) -> BuildError:
    return BuildError(f"a text is nested too deeply to be shown: {quoted(text)}. Put fewer things inside one another.")


class _Writer:
    """Writes one passage as HTML. Words are escaped here; what tags and addresses may stand is decided after it, by nh3."""

    def __init__(self, text: str, passage: Passage, known: References, words: Words, folder: str) -> None:
        self._text = text
        self._passage = passage
        self._lines: Iterator[Lines] = iter(passage.lines)
        self._known = known
        self._words = words
        self._folder = folder

    def html(self, form: Form) -> str:
        """The whole of it; of a sentence only what stands in its one paragraph."""
        if form == "inline":
            return "".join(self._pieces(line.pieces) for line in self._lines)
        return self._blocks(self._passage.whole)

    # ------------------------------------------------------------------ blocks

    def _blocks(self, outer: Block) -> str:
        return "\n".join(self._each(outer))

    def _each(self, outer: Block) -> Iterator[str]:
        caption = ""
        for block, following in zip(outer.inside, [*outer.inside[1:], None], strict=False):
            if markup.is_caption(block) and following and following.kind == "table":
                caption = self._line().removeprefix(markup.CAPTION).lstrip()
            else:
                yield self._block(block, caption)
                caption = ""

    def _block(self, block: Block, caption: str = "") -> str:
        if block.kind == "paragraph":
            return f"<p>{self._line()}</p>"
        if block.kind == "heading":
            return f"<h{block.level}>{self._line()}</h{block.level}>"
        if block.kind == "quote":
            return f"<blockquote>\n{self._blocks(block)}\n</blockquote>"
        if block.kind == "list":
            return self._list(block)
        if block.kind == "table":
            return self._table(block, caption)
        return "<hr>" if block.kind == "rule" else f"<pre><code>{_words(code_of(block))}</code></pre>"

    def _line(self) -> str:
        return self._pieces(next(self._lines).pieces)

    def _list(self, block: Block) -> str:
        tag = "ul" if block.number is None else "ol"
        start = f' start="{block.number}"' if block.number not in {None, 1} else ""
        items = "\n".join(self._item(item, loose=block.loose) for item in block.inside)
        return f"<{tag}{start}>\n{items}\n</{tag}>"

    def _item(self, item: Block, *, loose: bool) -> str:
        if loose:
            return f"<li>\n{self._blocks(item)}\n</li>"
        inside, after = "", ""
        for block in item.inside:
            words = block.kind == "paragraph"
            inside += ("\n" if after and inside else "") + (self._line() if words else self._block(block))
            after = "" if words else "\n"
        return f"<li>{inside}{after}</li>"

    def _table(self, table: Block, caption: str) -> str:
        head, *body = [[next(self._lines).pieces for _ in row] for row in table.rows]
        first = "row" if _are_names([markup.shown(row[0]) for row in body if len(row) > 1]) else ""
        rows = [self._row(table, row, [first]) for row in body]
        named = f"<caption>{caption}</caption>" if caption else "\n"
        top = self._row(table, head, ["col"] * len(head))
        return f"<table>{named}<thead>\n{top}\n</thead>\n" + "\n".join(["<tbody>", *rows, "</tbody>"]) + "\n</table>"

    def _row(self, table: Block, row: list[list[Inline]], scopes: list[str]) -> str:
        """A row of cells, of which each with a scope is a heading."""
        cells = []
        for side, pieces, scope in zip_longest(table.columns, row, scopes[: len(row)]):
            tag, said = ("th", f' scope="{scope}"') if scope else ("td", "")
            cells.append(f"<{tag}{_class(side)}{said}>{self._pieces(pieces)}</{tag}>")
        return "\n".join(["<tr>", *cells, "</tr>"])

    # ------------------------------------------------------------------- lines

    def _pieces(self, pieces: list[Inline]) -> str:
        return "".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Inline) -> str:
        if piece.kind == "words":
            return _words(piece.text)
        if piece.kind == "break":
            return "<br>\n"
        if piece.kind in MARKS:
            return f"<{MARKS[piece.kind]}>{self._pieces(piece.inside)}</{MARKS[piece.kind]}>"
        return self.WRITERS[piece.kind](self, piece)

    def _code(self, piece: Inline) -> str:
        return f"<code>{_words(piece.text)}</code>"

    def _link(self, piece: Inline) -> str:
        if piece.target.startswith("module:") and not self._known.leads_to(piece.target.removeprefix("module:")):
            return self._pieces(piece.inside)  # the checks report it; what is left out leaves its words behind
        rel = ' rel="noopener noreferrer external"' if piece.target.startswith(("https:", "http:")) else ""
        target = site_address(piece.target)
        if target.removeprefix(SITE).partition("#")[0].rstrip("/") in self._known.withheld:
            return self._pieces(piece.inside)
        return f'<a href="{escape(target)}"{rel}{_title(piece)}>{self._pieces(piece.inside)}</a>'

    def _picture(self, piece: Inline) -> str:
        alt = escape(markup.shown(piece.inside))
        path = address(piece.target)
        if unsafe_part(path):  # the checks report it; until it is mended its words stand for it
            return f"<span>{alt}</span>"
        source = escape(f"{SITE}{self._folder}{path}")
        return f'<img alt="{alt}" loading="lazy" src="{source}"{_title(piece)}>'

    def _term(self, piece: Inline) -> str:
        term = self._known.glossary.get(piece.text)
        if term is None:
            return self._as_written(piece)
        words = self._pieces(piece.inside) if piece.inside else escape(term.term)
        return f'<a class="term" href="{SITE}glossary/#term-{escape(piece.text)}">{words}</a>'

    def _citation(self, piece: Inline) -> str:
        source = self._known.sources.get(piece.text)
        if source is None:
            return self._as_written(piece)
        words = escape(f"({short_reference(source, self._words)})")
        return f'<a class="citation" href="{SITE}sources/#source-{escape(piece.text)}">{words}</a>'

    def _slot(self, piece: Inline) -> str:
        value = self._known.slots.get(piece.text)
        return self._as_written(piece) if value is None else f'<span class="local">{escape(value)}</span>'

    def _spoken(self, piece: Inline) -> str:
        return f'<span lang="{escape(piece.target)}">{self._pieces(piece.inside)}</span>'

    def _as_written(self, piece: Inline) -> str:
        """A sign that leads nowhere. The checks report it; until it is mended it stays as it is."""
        return _words(self._text[piece.start : piece.end])

    WRITERS: ClassVar[dict[str, Callable[[_Writer, Inline], str]]] = {
        "code": _code,
        "link": _link,
        "picture": _picture,
        "term": _term,
        "citation": _citation,
        "slot": _slot,
        "spoken": _spoken,
    }


def _words(text: str) -> str:
    """Words between tags, where quotation marks mean nothing."""
    return html.escape(text, quote=False)


def _are_names(cells: Sequence[str]) -> bool:
    """Whether the first cells of rows are their headings: each is a name, short, and no other row's."""
    names = [tuple(cell.split()) for cell in cells]
    return len(set(names)) == len(names) and all(0 < len(name) <= MOST_WORDS_IN_ROW_NAME for name in names)


def _class(side: str) -> str:
    return f' class="{side}"' if side else ""


def _title(piece: Inline) -> str:
    return "" if piece.title is None else f' title="{escape(piece.title)}"'


def clean(written: str, words: Words = ENGLISH) -> Markup:
    """HTML reduced to what content may hold. The end of the one path into a page."""
    cleaned = nh3.clean(
        written,
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        allowed_classes=ALLOWED_CLASSES,
        url_schemes=SCHEMES,
        link_rel=None,
        attribute_filter=_local_images,
    )
    return Markup(TABLE.sub(partial(_table, words.gettext("Table")), cleaned))  # noqa: S704  # nh3 has cleaned it


def _local_images(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and not value.startswith(SITE):
        return None
    return value


TABLE = re.compile(r"<table>\s*(<caption>(.*?)</caption>)?(.*?)</table>", re.DOTALL)


def _table(unnamed: str, match: re.Match[str]) -> str:
    """A table in a named region that can be scrolled by keyboard on a narrow screen."""
    name = re.sub(r"<[^>]*>", "", match.group(2) or "") or escape(unnamed)
    return (
        f'<div class="table" role="region" tabindex="0" aria-label="{escape(Markup(name).unescape())}">'  # noqa: S704
        f"<table>{match.group(1) or ''}{match.group(3)}</table></div>"
    )
