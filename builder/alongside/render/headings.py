"""Ids for headings, given after cleaning, so that no author's text can choose one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from markupsafe import Markup

from alongside.files.names import Names
from alongside.render.page import Heading

HEADING = re.compile(r"<h([2-4])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
ID = re.compile(r'\sid="([^"]*)"')


#: The level down to which headings have a link.
DEEPEST = 3
#: What leads to the heading before it; a style shows it to whoever points at the heading or comes by with the keyboard.
LINK = Markup('<a class="anchor" href="#{}"><span class="vh">{}</span></a>')
#: A heading of the second or third level has a link, unless a script moves the focus to it or shows it later.
NOT_LINKED = re.compile(r"\s(?:tabindex=|data-later\b)")


def anchored(html: str, link_to: Callable[[str], str] | None = None) -> tuple[str, tuple[Heading, ...]]:
    """The HTML with an id on every heading, and the headings in order.

    With `link_to`, which puts the words of a heading into what its link is called, each heading is followed by a link to
    itself. It stands beside the heading and not in it, so that the heading is called by its own words alone.
    """
    taken = Names(ID.findall(html))
    headings: list[Heading] = []

    def give_id(match: re.Match[str]) -> str:
        level, attributes, inner = int(match.group(1)), match.group(2), match.group(3)
        text = Markup(inner).striptags()  # noqa: S704  # only its text is used
        own = ID.search(attributes)
        name = own.group(1) if own else taken.free(slug(text))
        taken.take(name)
        headings.append(Heading(level, name, text))
        heading = match.group(0) if own else f'<h{level}{attributes} id="{name}">{inner}</h{level}>'
        if link_to is None or level > DEEPEST or NOT_LINKED.search(attributes):
            return heading
        link = LINK.format(name, link_to(" ".join(text.split())))
        return f"{heading}{link}"

    return HEADING.sub(give_id, html), tuple(headings)


def slug(text: str) -> str:
    """A heading as the end of an address. It starts with `h-`, so it can't be the name of anything else.

    Letters of the Latin script lose their accents, or are left out where they have none to lose. Those of other scripts
    stay as they are.
    """
    kept = ""
    for letter in unicodedata.normalize(
        "NFKD", text.replace("µ", "")
    ):  # the sign of Western keyboards is no Greek letter
        if letter.isascii() or (letter.isalnum() and not _is_latin(letter)):
            kept += letter
        elif unicodedata.category(letter)[0] == "M" and kept and not kept[-1].isascii():
            kept += letter  # a vowel sign or an accent of a letter that has stayed
    plain = unicodedata.normalize("NFC", kept.lower())
    return "h-" + (ELSE.sub("-", plain).strip("-")[:60] or "section")


#: Everything in ASCII that is neither letter nor digit.
ELSE = re.compile(r"[^a-z0-9\u0080-\U0010ffff]+")


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")
