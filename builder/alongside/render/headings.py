"""Ids for headings, given after cleaning, so that no author's text can choose one."""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup

from alongside.files.names import Names
from alongside.render.page import Heading

HEADING = re.compile(r"<h([2-4])((?:\s[^>]*)?)>(.*?)</h\1>", re.DOTALL)
ID = re.compile(r'\sid="([^"]*)"')


def anchored(html: str) -> tuple[str, tuple[Heading, ...]]:
    """The HTML with an id on every heading, and the headings in order."""
    taken = Names(ID.findall(html))
    headings: list[Heading] = []

    def give_id(match: re.Match[str]) -> str:
        level, attributes, inner = int(match.group(1)), match.group(2), match.group(3)
        text = Markup(inner).striptags()  # noqa: S704  # only its text is used
        own = ID.search(attributes)
        name = own.group(1) if own else taken.free(slug(text))
        taken.take(name)
        headings.append(Heading(level, name, text))
        return match.group(0) if own else f'<h{level}{attributes} id="{name}">{inner}</h{level}>'

    return HEADING.sub(give_id, html), tuple(headings)


def slug(text: str) -> str:
    """A heading as the end of an address. It starts with `h-`, so it can't be the name of anything else."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "h-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "section")
