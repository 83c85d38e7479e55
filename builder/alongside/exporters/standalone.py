"""Prose as HTML that stands alone, wherever it is taken: well-formed, without classes of ours, with its pictures beside it.

What leads into the site becomes a whole address where the site says what its own is; otherwise its words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

from alongside.exporters.left_out import Unfit
from alongside.files import door
from alongside.files.problems import quoted
from alongside.model.modules import Module
from alongside.render.markdown import Prose
from alongside.render.page import SITE

VOID = {"br", "hr", "img"}
ATTRIBUTES = {"href", "src", "alt", "title", "lang", "scope", "start"}
#: How a picture is named in a text, before a format says where it stands.
PICTURE = "picture:"
#: What XML cannot hold, however it is written.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
#: Tags that a text of one line has not.
BLOCKS = re.compile(r"</?(?:p|h[1-6]|[uo]l|li|pre|blockquote|table|caption|thead|tbody|t[rhd]|hr|br)\b[^<>]*>")


@dataclass(frozen=True)
class Text:
    """A piece of HTML, and the pictures in it by their path in the module."""

    html: str = ""
    pictures: tuple[tuple[str, bytes], ...] = ()

    def __add__(self, other: Text) -> Text:
        return Text(self.html + other.html, tuple(dict.fromkeys((*self.pictures, *other.pictures))))

    def __bool__(self) -> bool:
        return bool(self.html)

    def within(self, tag: str) -> Text:
        """The text inside an element."""
        return Text(f"<{tag}>{self.html}</{tag}>", self.pictures)

    def towards(self, direction: str) -> Text:
        """It, saying where it is written from right to left: the page around it is somebody else's."""
        return (
            self if direction == "ltr" or not self else Text(f'<div dir="{direction}">{self.html}</div>', self.pictures)
        )

    @property
    def plain(self) -> str:
        """The words, in one line."""
        return " ".join(unescape(re.sub(r"<[^<>]*>", "", BLOCKS.sub(" ", self.html))).split())

    def placed(self, start: str) -> str:
        """The HTML, with pictures at addresses that begin so."""
        return self.html.replace(f'src="{PICTURE}', f'src="{start}')


def plain(text: str) -> Text:
    """Words that are no Markdown."""
    return Text(escape(NOT_XML.sub("", " ".join(text.split())), quote=False))


def joined(texts: Iterable[Text]) -> Text:
    """Texts one after the other."""
    whole = Text()
    for text in texts:
        whole += text
    return whole


@dataclass
class Standalone:
    """Renders the prose of one question."""

    prose: Prose
    module: Module
    #: Where the site stands, with a last slash; empty where it does not say.
    address: str
    #: Addresses in the site to which no link could be made.
    dropped: list[str] = field(default_factory=list)

    def block(self, text: str) -> Text:
        """Paragraphs, lists and tables."""
        return self._text(str(self.prose.block(text, f"{self.module.id}/")))

    def line(self, text: str) -> Text:
        """A sentence or two."""
        return self._text(str(self.prose.inline(text, f"{self.module.id}/")))

    def _text(self, html: str) -> Text:
        writer = _Writer(self)
        writer.feed(html)
        writer.close()
        return Text("".join(writer.made).strip(), tuple(writer.pictures.items()))

    def link(self, href: str) -> str:
        """The whole address of a link, or nothing where there is none."""
        if not href.startswith(SITE):
            return href
        if not self.address:
            self.dropped.append(href.removeprefix(SITE))
        return self.address and self.address + href.removeprefix(SITE)

    def picture(self, src: str) -> tuple[str, bytes]:
        """The path of a picture in the module, and the picture. Raises `Unfit` where there is none."""
        path = src.removeprefix(f"{SITE}{self.module.id}/")
        if path not in self.module.beside:
            raise Unfit(f"its picture {quoted(path)} is missing")
        return path, door.read(self.module.beside[path])


class _Writer(HTMLParser):
    """Writes HTML of ours anew. It is clean already: tags are closed, and only those stand there that prose can have."""

    def __init__(self, to: Standalone) -> None:
        super().__init__(convert_charrefs=True)
        self._to = to
        self.made: list[str] = []
        self.pictures: dict[str, bytes] = {}
        #: What ends each open element.
        self._ends: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = {name: NOT_XML.sub("", value or "") for name, value in attrs if name in ATTRIBUTES}
        if "href" in kept:
            kept["href"] = self._to.link(kept["href"])
        if "src" in kept:
            path, content = self._to.picture(kept["src"])
            self.pictures[path] = content
            kept["src"] = PICTURE + path
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        if tag in VOID:
            self.made.append(f"<{tag}{written}/>")
            return
        needless = tag == "div" or (tag == "span" and not kept) or (tag == "a" and not kept.get("href"))
        self.made.append("" if needless else f"<{tag}{written}>")
        self._ends.append("" if needless else f"</{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.made.append(self._ends.pop())

    def handle_data(self, data: str) -> None:
        words = NOT_XML.sub("", data)
        self.made.append(escape(words if "</pre>" in self._ends else re.sub(r"[ \t\r\n]+", " ", words), quote=False))
