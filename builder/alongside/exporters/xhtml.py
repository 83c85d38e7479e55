"""Pages for paper as XHTML that stands alone: what scripts and forms need goes, and where one would write there is room.

No kind of question or exercise is known here. What a template has for paper is fields and labels, and each field becomes
a line, lines or a box of its size.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from alongside.exporters.standalone import NOT_XML
from alongside.render.page import SITE

VOID = frozenset({"br", "hr", "img", "input"})
KEPT = frozenset(
    "alt aria-hidden aria-label aria-labelledby class colspan data-initial data-state datetime dir height href id lang role "
    "rowspan scope src start title width".split()
)
#: What stands for elements of forms, of scripts and for disclosures, which paper does not have.
INSTEAD = {"fieldset": "div", "legend": "p", "label": "span", "details": "div", "summary": "p", "form": "div"}
#: Classes of what only a screen has, or only a reader with scripts.
LEFT_OUT = frozenset({"on-screen", "with-script", "without-script", "not-kept", "anchor"})
#: What names ids of the same page.
NAMES_IDS = frozenset({"id", "aria-labelledby"})
#: Why a link into the site is left out, which reads on after `because`.
NO_ADDRESS = "mkdocs.yml does not say with site_url where the site is; their words stay"
#: A table scrolls in a named region on a screen.
SCROLLS = frozenset({"role", "aria-label"})


@dataclass(frozen=True)
class Ways:
    """How what stands around a page is reached from its XHTML."""

    #: The address of a link, or an empty one where only its words can stay.
    link: Callable[[str], str]
    #: The address of a picture, or an empty one where only its description can.
    picture: Callable[[str], str]
    #: How many lines there are for a field of so many rows.
    lines: Callable[[int], int] = lambda rows: rows
    #: What stands before each id, where several pages become one.
    prefix: str = ""


def out_of(href: str, address: str) -> str:
    """A link into the site as a whole address; empty where nobody says where the site stands."""
    return address and address + href.removeprefix(SITE)


def xhtml(html: str, ways: Ways) -> str:
    """The body of a page for paper as well-formed XHTML."""
    writer = _Writer(ways)
    writer.feed(html)
    writer.close()
    return "".join(writer.made)


class _Writer(HTMLParser):
    """Writes HTML of our templates anew. All its elements are closed."""

    def __init__(self, ways: Ways) -> None:
        super().__init__(convert_charrefs=True)
        self._ways = ways
        self.made: list[str] = []
        #: What ends each open element.
        self._ends: list[str] = []
        #: How many elements are open inside of one that is left out, with it.
        self._left_out = 0
        #: Ids of the legends of open groups.
        self._legends: list[str] = []
        self._groups = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if self._left_out or LEFT_OUT.intersection(given.get("class", "").split()):
            self._left_out += tag not in VOID
        elif tag in {"input", "textarea"}:
            self._field(tag, given)
        elif tag == "img":
            self._picture(given)
        elif tag in VOID:
            self.made.append(f"<{tag}/>")
        else:
            self._open(tag, given)

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._left_out -= tag not in VOID
        elif tag not in VOID and tag != "textarea":
            if tag == "fieldset":
                self._legends.pop()
            self.made.append(self._ends.pop())

    def handle_data(self, data: str) -> None:
        if not self._left_out:
            self.made.append(escape(NOT_XML.sub("", data), quote=False))

    # ---------------------------------------------------------------- elements

    def _open(self, tag: str, given: dict[str, str]) -> None:
        if tag == "a":
            given = given | {"href": self._ways.link(given.get("href", ""))}
        if tag == "a" and not given["href"]:
            self._ends.append("")
            return
        if tag == "fieldset":
            self._groups += 1
            self._legends.append(f"{given.get('id') or f'group-{self._groups}'}__legend")
            given = given | {"role": "group", "aria-labelledby": self._legends[-1]}
        if tag == "legend":
            given = given | {"id": self._legends[-1], "class": "legend"}
        if tag == "summary":
            given = given | {"class": "summary"}
        if "table" in given.get("class", "").split():
            given = {name: value for name, value in given.items() if name not in SCROLLS}
        written = "div" if "-" in tag else INSTEAD.get(tag, tag)
        self.made.append(f"<{written}{_attributes(given, self._ways.prefix)}>")
        self._ends.append(f"</{written}>")

    def _picture(self, given: dict[str, str]) -> None:
        source = self._ways.picture(given.get("src", ""))
        if source:
            self.made.append(
                f"<img{_attributes(given | {'src': source, 'alt': given.get('alt', '')}, self._ways.prefix)}/>"
            )
        elif given.get("alt"):
            self.made.append(f'<span class="unseen">{escape(given["alt"], quote=False)}</span>')

    def _field(self, tag: str, given: dict[str, str]) -> None:
        if tag == "textarea":
            lines = '<span class="room__line"></span>' * self._ways.lines(int(given.get("rows", "2")))
            self.made.append(f'<span class="room">{lines}</span>')
        elif given.get("type") in {"radio", "checkbox"}:
            self.made.append(f'<span class="tick tick--{given["type"]}"></span>')
        else:
            short = re.sub(r"[^\w-]+", " ", given.get("class", "")).strip()
            self.made.append(f'<span class="{f"blank {short}".strip()}"></span>')


def _attributes(given: dict[str, str], prefix: str) -> str:
    kept = {name: NOT_XML.sub("", value) for name, value in given.items() if name in KEPT}
    for name in NAMES_IDS & kept.keys():
        kept[name] = " ".join(prefix + one for one in kept[name].split())
    if kept.get("href", "").startswith("#"):
        kept["href"] = f"#{prefix}{kept['href'][1:]}"
    if "lang" in kept:
        kept["xml:lang"] = kept["lang"]
    return "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
