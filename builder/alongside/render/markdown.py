"""Authored prose to clean HTML: the one path from content into a page.

Python-Markdown with a small, closed set of extensions, then nh3 with lists of our own. Raw HTML in
prose is not HTML here: `<b>` is shown as the characters `<b>`. What comes out is `Markup`, the only
type that templates insert without escaping.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from xml.etree import ElementTree as ET

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from alongside.files.problems import BuildError, quoted
from alongside.model.curriculum import Source, Term
from alongside.render.inline_patterns import bound
from alongside.render.page import SITE
from alongside.texts.markdown_cost import excess, too_deep
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
SCHEMES = {"https", "http", "mailto", "site"}

#: Text without any of these is its own HTML.
SPECIAL = re.compile(r"[\\`*_\[\]<>&{}!|\x02\x03]|https?:|\n[ ]*\n|[ ]{2}\n")
#: A first character of a line that could start something other than a paragraph.
BLOCK_START = re.compile(r"^\s*(?:[#>+~=:-]|\d+[.)])|^(?:\t| {4})|^\s*Table:", re.MULTILINE)

TERM = re.compile(r"\[\[([a-z0-9-]+)(?:\|([^\[\]|]+))?\]\]")
CITATION = re.compile(r"\[@([a-z0-9-]+)\]")
SLOT = re.compile(r"\{\{\s*([a-z_.]+)\s*\}\}")
#: Pictures come from the media folder of the module and from nowhere else.
MEDIA = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._/-]*")
SPOKEN = re.compile(r"\[([^\[\]]+)\]\{lang=([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\}")


@dataclass(frozen=True)
class References:
    """What prose can refer to."""

    sources: Mapping[str, Source] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)


class _Reference(InlineProcessor):
    """A bracketed reference that becomes an element, or stays as it is where it leads nowhere."""

    def __init__(self, pattern: re.Pattern[str], md: Markdown, make: Callable[[re.Match[str]], Any]) -> None:
        super().__init__(pattern.pattern, md)
        self._make = make

    def handleMatch(  # type: ignore[override]  # noqa: N802  # Python-Markdown's name, and its own subclass differs likewise
        self, m: re.Match[str], data: str
    ) -> tuple[Any, int | None, int | None]:
        del data
        made = self._make(m)
        return (made, m.start(0), m.end(0)) if made is not None else (None, None, None)


class _Addresses(Treeprocessor):
    """Makes links and images say where they lead, in the site's own form."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.folder = ""

    def run(self, root: ET.Element) -> None:
        for link in root.iter("a"):
            if link.get("class"):
                continue  # one of our own references
            href = link.get("href", "")
            link.set("href", site_address(href))
            if href.startswith(("https:", "http:")):
                link.set("rel", "noopener noreferrer external")
        for image in root.iter("img"):
            source = image.get("src", "")
            if MEDIA.fullmatch(source) and ".." not in source:
                image.set("src", f"{SITE}{self.folder}{source}")
                image.set("loading", "lazy")
            else:  # the checks report it; until it is mended its words stand for it
                image.tag, image.text = "span", image.get("alt", "")


class _Tables(Treeprocessor):
    """Alignment as a class instead of an inline style; `Table: …` before a table as its caption."""

    def run(self, root: ET.Element) -> None:
        for cell in [*root.iter("th"), *root.iter("td")]:
            style = cell.attrib.pop("style", "")
            if "right" in style:
                cell.set("class", "end")
            elif "center" in style:
                cell.set("class", "centre")
            if cell.tag == "th":
                cell.set("scope", "col")
        for parent in list(root.iter()):
            for before, table in zip(list(parent), list(parent)[1:], strict=False):
                if table.tag == "table" and before.tag == "p" and (before.text or "").startswith("Table:"):
                    before.text = (before.text or "").removeprefix("Table:").lstrip()
                    before.tag = "caption"
                    before.tail = None
                    parent.remove(before)
                    table.insert(0, before)


class _House(Extension):
    """Our own syntax, and none of Markdown's doors to raw HTML."""

    def __init__(self, known: References, words: Words) -> None:
        super().__init__()
        self._known = known
        self._words = words

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("automail")
        bound(md)
        md.inlinePatterns.register(_Reference(TERM, md, self._term), "term", 185)
        md.inlinePatterns.register(_Reference(CITATION, md, self._citation), "citation", 184)
        md.inlinePatterns.register(_Reference(SLOT, md, self._slot), "slot", 183)
        md.inlinePatterns.register(_Reference(SPOKEN, md, _spoken), "spoken", 182)
        md.treeprocessors.register(_Addresses(md), "addresses", 5)
        md.treeprocessors.register(_Tables(md), "tables", 4)

    def _term(self, match: re.Match[str]) -> ET.Element | None:
        term = self._known.glossary.get(match.group(1))
        if term is None:
            return None
        link = ET.Element("a", {"class": "term", "href": f"{SITE}glossary/#term-{match.group(1)}"})
        link.text = match.group(2) or term.term
        return link

    def _citation(self, match: re.Match[str]) -> ET.Element | None:
        source = self._known.sources.get(match.group(1))
        if source is None:
            return None
        link = ET.Element("a", {"class": "citation", "href": f"{SITE}sources/#source-{match.group(1)}"})
        link.text = f"({short_reference(source, self._words)})"
        return link

    def _slot(self, match: re.Match[str]) -> ET.Element | None:
        value = self._known.slots.get(match.group(1))
        if value is None:
            return None
        span = ET.Element("span", {"class": "local"})
        span.text = value
        return span


def _spoken(match: re.Match[str]) -> ET.Element:
    span = ET.Element("span", {"lang": match.group(2)})
    span.text = match.group(1)
    return span


def site_address(href: str) -> str:
    """A link as authors write it, `module:x`, `module:x/lesson` or `page:about`, as an address in the site."""
    if href.startswith(SITE):
        return "#"
    for scheme in ("module:", "page:"):
        if href.startswith(scheme):
            path, hash_sign, anchor = href.removeprefix(scheme).partition("#")
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
        #: For blocks and for sentences, each made when the first text asks for it.
        self._engines: dict[bool, Markdown] = {}
        self._cache: dict[tuple[str, bool, str], Markup] = {}

    def block(self, text: str, folder: str = "") -> Markup:
        """Paragraphs, lists, headings and tables as clean HTML. Images are looked for below `folder`."""
        return self._render(text, folder, block=True)

    def inline(self, text: str, folder: str = "") -> Markup:
        """A sentence or two as clean HTML without a paragraph around it."""
        return self._render(text, folder, block=False)

    def _render(self, text: str, folder: str, *, block: bool) -> Markup:
        key = (folder, block, text)
        if key not in self._cache:
            self._cache[key] = self._fresh(text.strip(), folder, block=block)
        return self._cache[key]

    def _fresh(self, text: str, folder: str, *, block: bool) -> Markup:
        if not SPECIAL.search(text) and not (block and BLOCK_START.search(text)):
            return Markup(f"<p>{text}</p>" if block else text.replace("\n", " "))  # noqa: S704  # holds no markup
        if block:
            _refuse_costly(text)
        if block not in self._engines:
            self._engines[block] = _engine(self._known, self._words, block=block)
        engine = self._engines[block]
        engine.reset()
        addresses = engine.treeprocessors["addresses"]
        assert isinstance(addresses, _Addresses)
        addresses.folder = folder
        try:
            html = engine.convert(text)
        except RecursionError:
            del self._engines[block]  # it has stopped half-way
            raise _nested_too_deeply(text) from None
        if not block:
            html = html.replace("</p>\n<p>", " ").removeprefix("<p>").removesuffix("</p>")
        return clean(html, self._words)


def _engine(known: References, words: Words, *, block: bool) -> Markdown:
    if block:
        return Markdown(extensions=["tables", "sane_lists", "fenced_code", _House(known, words)], output_format="html")
    engine = Markdown(extensions=[_House(known, words)], output_format="html")
    for name in ("code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "indent", "reference"):
        engine.parser.blockprocessors.deregister(name)
    return engine


def _refuse_costly(text: str) -> None:
    """The checks have said where; this is for texts that no check has seen, or whose author waived it."""
    if too_deep(text) is not None:
        raise _nested_too_deeply(text)
    for found in excess(text):
        raise BuildError(
            f"a text is too large to be shown: {found.message}, {found.expected} are possible: {quoted(text)}"
        )


def _nested_too_deeply(text: str) -> BuildError:
    return BuildError(f"a text is nested too deeply to be shown: {quoted(text)}. Put fewer things inside one another.")


def clean(html: str, words: Words = ENGLISH) -> Markup:
    """HTML reduced to what content may hold. The end of the one path into a page."""
    cleaned = nh3.clean(
        html,
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
