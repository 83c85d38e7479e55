"""Chapters of a book as bodies of XHTML, with the ways between them and the pictures that they show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup

from alongside.exporters.left_out import LeftOut
from alongside.exporters.pictures import Pictures
from alongside.exporters.xhtml import NO_ADDRESS, Ways, out_of, xhtml
from alongside.model.curriculum import Curriculum
from alongside.model.steps import DialogueStep, MediaStep
from alongside.render.book import Chapter
from alongside.render.link_check import ids_of
from alongside.render.page import SITE, Page

#: Where pictures stand, in a folder beside that of the chapters.
MEDIA = "media/"
#: How many lines stand for a field: on a small screen they only show that there is something to think about.
MOST_LINES = 3
NONE: Mapping[str, str] = MappingProxyType({})


class Binder:
    """Makes bodies of chapters, and gathers the pictures in them.

    `names` are the files of the chapters by their addresses, as they are called from each other; `address` is where the
    site stands, or empty; `words_only` are pages to which no link can be made, by their addresses, with the reason.
    """

    def __init__(
        self,
        curriculum: Curriculum,
        chapters: Sequence[Chapter],
        names: Mapping[str, str],
        address: str,
        words_only: Mapping[str, str] = NONE,
    ) -> None:
        self._ids = {chapter.page.url: frozenset(ids_of(chapter.page.body)) for chapter in chapters}
        self._names = names
        self._address = address
        self._words_only = words_only
        self._known = Pictures(curriculum)
        self.pictures: dict[str, bytes] = {}
        #: The files of pictures that each chapter shows, by its address.
        self.shown: dict[str, list[str]] = {}
        self.left_out: list[LeftOut] = []

    def body(self, page: Page) -> Markup:
        """What stands in the file of a chapter."""
        ways = Ways(
            lambda href: self._link(page, href),
            lambda src: self._picture(page, src),
            lambda rows: min(rows, MOST_LINES),
        )
        return Markup(xhtml(page.body, ways))  # noqa: S704  # our own templates, written anew

    def _link(self, page: Page, href: str) -> str:
        url, _, anchor = href.removeprefix(SITE).partition("#")
        if href.startswith("#"):
            url = page.url
        elif not href.startswith(SITE):
            return href
        if url in self._words_only and url != page.url:
            return self._lose("links", self._words_only[url], page)
        if url not in self._names:
            return out_of(href, self._address) or self._lose("links to the site", NO_ADDRESS, page)
        name = "" if url == page.url else self._names[url]
        return f"{name}#{anchor}" if anchor in self._ids[url] else self._names[url]

    def _picture(self, page: Page, source: str) -> str:
        path = source.removeprefix(SITE)
        if f"{MEDIA}{path}" not in self.pictures:
            found = self._known.at(path)
            if isinstance(found, str):
                return self._lose("pictures", found, page)
            self.pictures[f"{MEDIA}{path}"] = found
        self.shown.setdefault(page.url, []).append(f"{MEDIA}{path}")
        return f"../{MEDIA}{path}"

    def _lose(self, what: str, reason: str, page: Page) -> str:
        lost = LeftOut(what, reason, page.source, page.url.strip("/"), "page")
        if lost not in self.left_out:
            self.left_out.append(lost)
        return ""


def authors(curriculum: Curriculum) -> tuple[str, ...]:
    """The names of those who wrote the modules, each once."""
    ids = (name for module in curriculum.modules.values() for name in module.outline.credits.get("author", ()))
    return tuple(curriculum.people[name].name for name in dict.fromkeys(ids))


def licences(curriculum: Curriculum) -> tuple[str, ...]:
    """The terms on which the modules may be used, each once."""
    return tuple(dict.fromkeys(module.outline.licence for module in curriculum.modules.values()))


def recordings(
    curriculum: Curriculum, reason: str = "not every reader of books plays them; their words stay"
) -> Iterator[LeftOut]:
    """Recordings, of which only the words are bound."""
    for module in curriculum.modules.values():
        for lesson in module.lessons:
            for step in lesson.steps:
                if isinstance(step, MediaStep) or (isinstance(step, DialogueStep) and step.dialogue.audio):
                    yield LeftOut("recordings", reason, step.place(), lesson.id, "lesson")
