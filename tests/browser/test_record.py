"""The completion record: a sheet that one would hang up, and that claims no more than is so."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.learner import RECORD, put
from tests.browser.small import build_small, write_small


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site of an organisation with a name and a mark."""
    sources = tmp_path_factory.mktemp("named")
    write_small(sources)
    (sources / "content/media").mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>'
    (sources / "content/media/mark.svg").write_text(drawing, encoding="utf-8")
    with (sources / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("      organisation: {name: Riverside Mentors, logo: media/mark.svg}\n")
    return build_small(sources)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where it is served."""
    with served(folder) as address:
        yield address


def record(context: BrowserContext, address: str, folder: Path, parts: list[str]) -> Page:
    """The page of someone who has finished these parts, and answered every question rightly."""
    known = json.loads((folder / "listening/index.json").read_text("utf-8"))
    answers: dict[str, Any] = {
        name: {"fingerprint": question["fingerprint"], "response": [], "score": 1, "attempts": 1, "first": 1,
               "sure": None, "at": "2026-11-04", "met": []}
        for name, question in known["questions"].items()
    }  # fmt: skip
    lessons = {part: f"2026-11-0{day}" for day, part in enumerate(parts, 2)}
    module = {**RECORD["modules"]["listening"], "lessons": lessons, "questions": answers}
    page = context.new_page()
    page.goto(f"{address}assets/index.json")
    put(page, "record", {**RECORD, "modules": {"listening": module}})
    page.goto(f"{address}record/")
    expect(page.locator(".record__sum")).to_be_visible()
    return page


ALL = ["hearing", "asking", "waiting", "quiz"]


def test_it_names_the_organisation_the_path_what_was_shown_and_the_days(
    learner: BrowserContext, address: str, folder: Path
) -> None:
    page = record(learner, address, folder, ALL)
    sheet = page.locator(".record")
    expect(sheet.locator(".record__by")).to_have_text("Riverside Mentors")
    assert sheet.locator(".record__by img").evaluate("(img) => img.naturalWidth > 0")
    expect(sheet.locator(".record__path")).to_have_text("Path: The whole course, all modules finished")
    expect(sheet).to_contain_text("Worked on 4 days, from 2 November 2026 to 5 November 2026.")
    assert sheet.locator(".record__shown li").count() >= 1
    expect(sheet.locator(".record__honest")).to_contain_text("it is not a certificate")
    page.get_by_label("Name on the record").fill("Jo")
    page.emulate_media(media="print")
    expect(sheet.locator(".record__name")).to_have_text("Jo")
    for thing in (page.get_by_label("Name on the record"), page.get_by_label("Show as"), page.get_by_role("button")):
        expect(thing.and_(page.locator(":visible"))).to_have_count(0)


def test_a_path_that_is_not_finished_is_not_claimed(learner: BrowserContext, address: str, folder: Path) -> None:
    page = record(learner, address, folder, ALL[:2])
    expect(page.get_by_label("Show as")).to_have_value("")
    expect(page.locator(".record__path")).to_have_text("")
    page.get_by_label("Show as").select_option("The whole course")
    expect(page.locator(".record__path")).to_have_text("Path: The whole course, 0 of 1 module finished")
    expect(page.get_by_role("row", name="Listening first")).to_contain_text("in part (2/4)")


def compared(page: Page, sum_: str, file: Path) -> str:
    """What the page says of a sum and a file."""
    page.get_by_text("Compare with a file").click()
    page.get_by_label("Checksum on the printed record").fill(sum_)
    page.get_by_label("Open a file that you saved").set_input_files(file)
    state = page.locator("details.on-screen > p:last-child")
    expect(state).not_to_be_empty()
    return state.inner_text()


def saved(page: Page, folder: Path) -> Path:
    """The file to hand in, of someone with a name."""
    page.get_by_label("Name on the record").fill("Jo")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file to hand in").click()
    path = folder / "record.json"
    download.value.save_as(path)
    return path


def test_the_record_of_a_site_that_was_renamed_still_belongs_to_its_file(
    learner: BrowserContext, address: str, folder: Path, tmp_path: Path
) -> None:
    page = record(learner, address, folder, ALL)
    file = saved(page, tmp_path)
    sum_ = page.locator(".record__sum").inner_text()
    page.evaluate("document.querySelector('.bar__name').textContent = 'Renamed'")
    said = compared(page, sum_, file)
    assert "The checksum belongs to this file" in said
    assert f"The file comes from another site, or from before this one was renamed or moved: Small, {address}." in said
    page.reload()
    assert compared(page, sum_, file) == "The checksum belongs to this file: the record was printed from it."


def test_where_no_checksum_can_be_made_none_fits(
    learner: BrowserContext, address: str, folder: Path, tmp_path: Path
) -> None:
    page = record(learner, address, folder, ALL)
    file = saved(page, tmp_path)
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    page.reload()
    expect(page.locator(".record__sum")).to_have_count(0)
    none = "No checksum can be made here: that needs an address that starts with https."
    expect(page.locator("p.fine", has_text=none)).to_be_visible()
    assert compared(page, "–", file) == none
    assert "checksum" not in json.loads(saved(page, tmp_path).read_text("utf-8"))


def test_it_has_no_barrier(
    learner: BrowserContext, address: str, folder: Path, violations: Callable[[Page], list[str]]
) -> None:
    page = record(learner, address, folder, ALL)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 560})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
