"""Pages of a Common Cartridge, which stand alone in a frame of any width and have no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alongside.exporters import FORMATS, Selection
from alongside.files.archive import unpacked_bytes
from alongside.load.project import open_project
from tests.browser.conftest import html_problems, served
from tests.browser.gallery import CONFIGURATION
from tests.examples import gallery_curriculum


def write_cartridge(sources: Path, folder: Path) -> Path:
    """The files of a cartridge with every example of every kind, in `folder`."""
    (sources / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    curriculum = gallery_curriculum(sources)
    selection = Selection(open_project(sources / "mkdocs.yml")[0], curriculum, ("gallery",))
    for name, content in unpacked_bytes(FORMATS["common-cartridge"].write(selection).file).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_cartridge(tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("cartridge"))


def test_pages_are_valid_html(folder: Path) -> None:
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 10
    assert html_problems(pages) == []


def test_nothing_stands_in_anyones_way(
    open_page: Callable[..., Page], folder: Path, violations: Callable[[Page], list[str]]
) -> None:
    with served(folder) as address:
        for file in sorted(folder.rglob("*.html")):
            page = open_page(f"{address}{file.relative_to(folder).as_posix()}", width="narrow")
            assert violations(page) == [], file.name
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, file.name


@pytest.mark.engines("firefox")
def test_a_question_leads_to_its_answer_and_back(open_page: Callable[..., Page], folder: Path) -> None:
    with served(folder) as address:
        page = open_page(f"{address}pages/gallery.choice.html")
        question = page.locator("#q-choice-plain")
        question.get_by_role("link", name="answer").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#q-choice-plain__answer")).to_be_in_viewport()
        page.locator("#q-choice-plain__answer").get_by_role("link").first.click()
        expect(question).to_be_in_viewport()
