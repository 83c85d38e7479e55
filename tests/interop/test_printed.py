"""Workbooks and packs as PDF, judged by pdfua and qpdf, and looked at for what a PDF must say of itself."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from alongside.build import gather_sound
from alongside.exporters import FORMATS
from alongside.exporters.selection import Selection
from alongside.exporters.workbook import MOST_PAGES
from alongside.load.drafts import without_drafts
from alongside.load.project import open_project
from tests.examples import gallery_curriculum
from tests.interop import clients
from tests.printing import PDF_FORMS

ROOT = Path(__file__).parents[2]
MODULES = sorted(path.parent.name for path in (ROOT / "modules").glob("*/module.yml"))
#: Those whose packs are made, each of which takes its time: the largest two, and one of the smallest.
PACKS = ("active-listening", "safeguarding", "stigma")
STRUCTURE = """
import json, sys, pikepdf
pdf = pikepdf.open(sys.argv[1])
root, found = pdf.Root, {}
def outline(item):
    while item is not None:
        yield str(item.Title)
        yield from outline(item.get("/First"))
        item = item.get("/Next")
print(json.dumps({
    "language": str(root.Lang), "marked": bool(root.MarkInfo.Marked), "title": str(pdf.docinfo.Title),
    "shows title": bool(root.ViewerPreferences.DisplayDocTitle), "bookmarks": [*outline(root.Outlines.First)],
    "dates": [key for key in ("/CreationDate", "/ModDate") if key in pdf.docinfo], "pages": len(pdf.pages),
    "metadata": root.Metadata.read_bytes().decode(),
}))
"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Selection:
    """A course with every example of every kind."""
    folder = tmp_path_factory.mktemp("gallery")
    curriculum = gallery_curriculum(folder)
    (folder / "mkdocs.yml").write_text("site_name: Gallery\nplugins: [alongside]\n", "utf-8")
    return Selection(open_project(folder / "mkdocs.yml")[0], curriculum, ("gallery",))


@pytest.fixture(scope="module")
def course() -> Selection:
    """Our own course."""
    project, whole = gather_sound(ROOT / "mkdocs.yml", learners=True)
    ready = without_drafts(whole)
    return Selection(project, ready, tuple(ready.modules))


@pytest.fixture(scope="module")
def print_of(gallery: Selection, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The gallery in a format, as a file."""
    folder = tmp_path_factory.mktemp("printed")

    def made(form: str) -> Path:
        path = folder / f"{form}.pdf"
        if not path.exists():
            path.write_bytes(FORMATS[form].write(gallery).content)
        return path

    return made


def by_pdfua(path: Path) -> list[str]:
    """What pdfua finds, warnings too, by its rules."""
    command = [str(clients.PYTHON.with_name("pdfua")), "check", "--format", "json", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode in {0, 1, 2, 3}, ran.stderr
    return [one["rule_id"] for one in json.loads(ran.stdout)["findings"]]


def by_qpdf(path: Path) -> int:
    return subprocess.run([clients.program("qpdf"), "--check", str(path)], capture_output=True, check=False).returncode


def pages_of(path: Path) -> list[str]:
    """The words of each page."""
    command = [clients.program("pdftotext"), "-layout", str(path), "-"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return ran.stdout.split("\f")[:-1]


@pytest.mark.parametrize("form", sorted(PDF_FORMS))
def test_pdfua_finds_nothing_and_qpdf_no_damage(print_of: Callable[[str], Path], form: str) -> None:
    assert by_pdfua(print_of(form)) == []
    assert by_qpdf(print_of(form)) == 0


@pytest.mark.parametrize("form", sorted(PDF_FORMS))
def test_a_pdf_says_what_it_is_and_its_headings_are_its_bookmarks(print_of: Callable[[str], Path], form: str) -> None:
    told = json.loads(clients.said_by(STRUCTURE, str(print_of(form))))
    assert [told[name] for name in ("language", "marked", "title", "shows title")] == ["en", True, "Gallery", True]
    assert 'pdfuaid:part="1"' in told["metadata"]
    # Nobody sees from the file when it was made, so the same course gives the same bytes.
    assert told["dates"] == []
    wanted = {
        "workbook": ["Gallery", "Check yourself", "Answers"],
        "facilitator": ["Session plan", "Cards to cut out", "Handouts to copy", "Answer key"],
    }
    assert set(wanted[form]) <= set(told["bookmarks"])


@pytest.mark.parametrize("form", sorted(PDF_FORMS))
def test_pages_have_numbers_and_running_heads(print_of: Callable[[str], Path], form: str) -> None:
    pages = pages_of(print_of(form))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert re.search(rf"^ +{number} ?/ ?{len(pages)}$", page, re.MULTILINE)
        assert number == 1 or page.lstrip().startswith("Gallery")
    assert "Answer" in pages[-1].lstrip().splitlines()[0] or form == "facilitator"


@pytest.mark.parametrize("form", sorted(PDF_FORMS))
def test_the_same_course_gives_the_same_bytes(gallery: Selection, form: str) -> None:
    first, again = (FORMATS[form].write(gallery).content for _ in range(2))
    assert first == again
    assert FORMATS[form].is_ours(first)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_of_ours_has_at_most_the_pages_that_one_folds_and_pdfua_finds_nothing(
    course: Selection, module: str, tmp_path: Path
) -> None:
    if module not in course.modules:
        pytest.skip("learners do not get it")
    written = FORMATS["workbook"].write(replace(course, modules=(module,)))
    (tmp_path / "workbook.pdf").write_bytes(written.content)
    assert 5 < written.count <= MOST_PAGES
    assert len(pages_of(tmp_path / "workbook.pdf")) == written.count
    assert by_pdfua(tmp_path / "workbook.pdf") == []


@pytest.mark.parametrize("module", PACKS)
def test_pdfua_finds_nothing_in_the_pack_for_a_facilitator(course: Selection, module: str, tmp_path: Path) -> None:
    written = FORMATS["facilitator"].write(replace(course, modules=(module,)))
    (tmp_path / "pack.pdf").write_bytes(written.content)
    assert by_pdfua(tmp_path / "pack.pdf") == []
    assert by_qpdf(tmp_path / "pack.pdf") == 0
    assert len(pages_of(tmp_path / "pack.pdf")) == written.count > 5


def test_several_modules_begin_on_pages_of_their_own(course: Selection, tmp_path: Path) -> None:
    modules = course.modules[-2:]
    content = FORMATS["workbook"].write(replace(course, modules=modules)).content
    (tmp_path / "workbook.pdf").write_bytes(content)
    second = course.curriculum.modules[modules[1]].title
    heads = [page.lstrip().splitlines()[0].startswith(second) for page in pages_of(tmp_path / "workbook.pdf")]
    assert heads == sorted(heads)
    assert 5 < sum(heads) < len(heads)


# ------------------------------------------------------------ each check can fail

SPOILT = """
import sys, pikepdf
pdf = pikepdf.open(sys.argv[1])
{change}
pdf.save(sys.argv[2])
"""


@pytest.mark.parametrize(
    "change",
    [
        "del pdf.Root.Lang",
        "del pdf.Root.MarkInfo",
        "del pdf.Root.StructTreeRoot",
        "pdf.Root.ViewerPreferences.DisplayDocTitle = False",
    ],
)
def test_pdfua_sees_what_is_missing(print_of: Callable[[str], Path], tmp_path: Path, change: str) -> None:
    clients.said_by(SPOILT.format(change=change), str(print_of("workbook")), str(tmp_path / "spoilt.pdf"))
    assert by_pdfua(tmp_path / "spoilt.pdf") != []


def test_qpdf_sees_a_file_that_is_cut_off(print_of: Callable[[str], Path], tmp_path: Path) -> None:
    content = print_of("workbook").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(content[: len(content) // 2])
    assert by_qpdf(tmp_path / "cut.pdf") != 0
