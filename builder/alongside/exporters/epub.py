"""EPUB 3: modules as a book for telephones and readers of books, its answers at the end of each chapter.

Chapters are Page values made for paper; here they become XHTML, with their pictures beside them and everything that a
reading system asks for around them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from alongside.exporters.binding import Binder, authors, licences, recordings
from alongside.exporters.pictures import type_of
from alongside.exporters.selection import Selection, Written
from alongside.files.archive import member, packed
from alongside.load.narrowed import narrowed
from alongside.model.curriculum import Curriculum
from alongside.render.book import TITLE, BookRenderer, Chapter
from alongside.render.page import Page
from alongside.words.language import N_

MIMETYPE = "application/epub+zip"
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
#: By which a file is told to be one of ours.
MADE_BY = b'<meta name="generator" content="Alongside"/>'
#: What chapters with a part of their own in every book are called in EPUB and in ARIA, by their address.
PARTS = {
    TITLE: ("titlepage", ""),
    "glossary/": ("glossary", "doc-glossary"),
    "sources/": ("bibliography", "doc-bibliography"),
}
CHAPTER = ("chapter", "doc-chapter")
#: A day that is no day: what nobody has reviewed has no other, and the same content gives the same book.
NO_DAY = "2000-01-01"

ACCESSIBLE = N_(
    "The whole text can be read aloud and its look can be changed. Each chapter has headings, each question has a link to its "
    "answer and back, and each drawing that says something has a description. Nothing moves, flashes or makes a sound."
)


@dataclass(frozen=True)
class Book:
    """What the package document says of the book."""

    title: str
    identifier: str
    summary: str
    creators: tuple[str, ...]
    publisher: str
    licences: tuple[str, ...]
    modified: str


@dataclass(frozen=True)
class Item:
    """A file in the manifest."""

    id: str
    address: str
    type: str
    properties: str = ""


@dataclass
class Entry:
    """A line of the contents, with those below it."""

    address: str
    title: str
    below: list[Entry] = field(default_factory=list)


def write(selection: Selection) -> Written:
    """The book."""
    project = selection.project
    curriculum = narrowed(selection.curriculum, selection.modules, selection.paths)
    renderer = BookRenderer(curriculum, project.settings, project.template_folders)
    summary = selection.summary
    chapters = []
    for chapter in renderer.chapters(selection.title, summary):
        chapters.append(chapter)
        selection.progress("Rendering chapters", len(chapters), len(chapters))
    names = {chapter.page.url: _name(chapter.page) for chapter in chapters}
    binder = Binder(curriculum, chapters, names, selection.project.whole_address)
    files = {f"EPUB/text/{names[c.page.url]}": _document(renderer, binder, c.page).encode() for c in chapters}
    files |= {f"EPUB/{name}": content for name, content in binder.pictures.items()}
    files["EPUB/book.css"] = renderer.style()
    files["EPUB/nav.xhtml"] = _contents(renderer, chapters).encode()
    book = _about(curriculum, selection, summary)
    files["EPUB/package.opf"] = _package(renderer, book, chapters, binder).encode()
    files["META-INF/container.xml"] = CONTAINER.encode()
    files["mimetype"] = MIMETYPE.encode()
    return Written(packed(files, "mimetype"), len(chapters), (*binder.left_out, *recordings(curriculum)))


def is_ours(content: bytes) -> bool:
    """Whether it is a book that was written here."""
    return member(content, "mimetype") == MIMETYPE.encode() and MADE_BY in (member(content, "EPUB/package.opf") or b"")


def _name(page: Page) -> str:
    """The file of a chapter. No id has a full stop, so no two chapters have one file."""
    return f"{page.url.strip('/').replace('/', '.')}.xhtml"


def _document(renderer: BookRenderer, binder: Binder, page: Page) -> str:
    """The file of a chapter."""
    kind, role = PARTS.get(page.url, CHAPTER)
    return renderer.file("document", title=page.title, body=binder.body(page), kind=kind, role=role, top="../")


# ------------------------------------------------------------ around the chapters


def _contents(renderer: BookRenderer, chapters: Iterable[Chapter]) -> str:
    """The page of contents."""
    top = Entry("", "")
    open_entries = [top]
    for chapter in chapters:
        entry = Entry(f"text/{_name(chapter.page)}", chapter.page.title)
        del open_entries[chapter.depth + 1 :]
        open_entries[-1].below.append(entry)
        open_entries.append(entry)
    say = renderer.words.gettext
    first = next(entry for entry in top.below if entry.below)
    landmarks = [("toc", "nav.xhtml", say("Contents")), ("bodymatter", first.address, first.title)]
    named = {f"text/{url.strip('/')}.xhtml": kind for url, (kind, _) in PARTS.items() if url != TITLE}
    landmarks += [(named[entry.address], entry.address, entry.title) for entry in top.below if entry.address in named]
    return renderer.file("nav", entries=top.below, landmarks=landmarks)


def _about(curriculum: Curriculum, selection: Selection, summary: str) -> Book:
    site_name = selection.project.site_name
    outlines = [module.outline for module in curriculum.modules.values()]
    named = "|".join([selection.project.whole_address or site_name, curriculum.language, *curriculum.modules])
    reviewed = [outline.reviewed.on.isoformat() for outline in outlines if outline.reviewed]
    return Book(
        title=selection.title,
        identifier=uuid.uuid5(uuid.NAMESPACE_URL, named).urn,
        summary=summary,
        creators=authors(curriculum),
        publisher=site_name,
        licences=licences(curriculum),
        modified=max(reviewed, default=NO_DAY),
    )


def _package(renderer: BookRenderer, book: Book, chapters: Sequence[Chapter], binder: Binder) -> str:
    """The package document."""
    nav = Item("nav", "nav.xhtml", "application/xhtml+xml", "nav")
    texts = [
        Item(f"text-{number}", f"text/{_name(chapter.page)}", "application/xhtml+xml")
        for number, chapter in enumerate(chapters, 1)
    ]
    pictures = [Item(f"picture-{number}", path, type_of(path)) for number, path in enumerate(binder.pictures, 1)]
    described = any('class="twin"' in chapter.page.body for chapter in chapters)
    return renderer.file(
        "package",
        book=book,
        files=[nav, Item("style", "book.css", "text/css"), *texts, *pictures],
        reading=[texts[0].id, nav.id, *(text.id for text in texts[1:])],
        modes=["textual", *(["visual"] if pictures else [])],
        features=[
            "tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability",
            *(["alternativeText"] if pictures else []), *(["longDescription"] if described else []),
        ],
        summary=renderer.words.gettext(ACCESSIBLE),
    )  # fmt: skip
