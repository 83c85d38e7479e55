"""The journal is written in and corrected where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.learner import ENTRY, FULL, put, stored

WRITTEN = {**ENTRY, "plan": False, "revisit": "", "label": "Your words", "title": "Say it back"}
TICKED = {**WRITTEN, "text": "yes", "title": "Before you meet"}


@pytest.fixture(scope="module")
def address(small: Path) -> Iterator[str]:
    """Where a small site is served."""
    with served(small) as address:
        yield address


@pytest.fixture
def learner(browser: Browser) -> Iterator[BrowserContext]:
    """Someone with a browser of their own."""
    with browser.new_context(service_workers="block", viewport={"width": 390, "height": 844}) as context:
        yield context


def journal(context: BrowserContext, address: str, **entries: Any) -> Page:
    """The page of a journal with these entries."""
    page = context.new_page()
    page.goto(f"{address}assets/index.json")
    put(
        page, "journal", {"schema": 2, "on": True, "entries": {f"listening/a/{name}": e for name, e in entries.items()}}
    )
    page.goto(f"{address}journal/")
    return page


def texts(page: Page) -> list[str]:
    return [entry["text"] for entry in stored(page, "journal")["entries"].values()]


def test_an_entry_is_corrected_where_it_stands(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    field = page.get_by_label("Your words")
    expect(field).to_be_focused()
    field.fill("I will count to five.")
    page.locator(".journal__entry").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("group", name="Kept.")).to_be_focused()
    expect(page.locator(".journal__text")).to_have_text("I will count to five.")
    assert texts(page) == ["I will count to five."]


def test_a_correction_can_be_left_and_an_empty_one_is_not_kept(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill(" ")
    page.locator(".journal__entry").get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Error: Write something first.")).to_be_visible()
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.get_by_role("button").filter(has_text="Change: Your words")).to_be_focused()
    assert texts(page) == ["I will count to three."]


def test_a_note_of_ones_own_is_kept_and_a_second_one_beside_it(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    for text in ("First thing.", "Second thing."):
        page.get_by_label("Write something of your own").fill(text)
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("group", name="Kept.")).to_be_focused()
        expect(page.get_by_label("Write something of your own")).to_have_value("")
    expect(page.get_by_role("heading", name="Notes of your own")).to_have_count(1)
    assert texts(page) == ["I will count to three.", "First thing.", "Second thing."]


def test_what_is_being_written_stays_whatever_else_happens(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN, more={**WRITTEN, "text": "More.", "label": "More words"})
    page.get_by_label("Write something of your own").fill("Half a note")
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill("Half a correction")
    page.get_by_role("button").filter(has_text="Delete: More words").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("Deleted.")).to_be_focused()
    expect(page.get_by_label("Write something of your own")).to_have_value("Half a note")
    expect(page.get_by_label("Your words")).to_have_value("Half a correction")
    page.goto(f"{address}support/")
    assert set(texts(page)) == {"Half a correction", "Half a note"}, "leaving keeps it"


def test_what_is_being_written_is_not_kept_by_a_journal_that_was_deleted(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_label("Write something of your own").fill("Half a note")
    page.get_by_role("button", name="Delete the whole journal").click()
    page.get_by_role("button", name="Yes, delete it").click()
    page.goto(f"{address}support/")
    assert stored(page, "journal") is None


def test_a_browser_without_room_says_so_and_the_words_stay(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.evaluate("() => {" + FULL + "}")
    page.get_by_label("Write something of your own").fill("No room for this")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Not saved: there is no room left")).to_be_focused()
    expect(page.get_by_label("Write something of your own")).to_have_value("No room for this")


def test_ticks_are_one_thing_and_can_be_brought_back(learner: BrowserContext, address: str) -> None:
    page = journal(
        learner, address, words=WRITTEN, one={**TICKED, "label": "I know who"}, two={**TICKED, "label": "I know where", "tick": True}
    )  # fmt: skip
    expect(page.locator(".journal__text")).to_have_count(1)
    expect(page.locator(".journal__ticks li")).to_have_text(["I know who", "I know where"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text (Markdown)").click()
    assert "### Before you meet\n\n- [x] I know who\n- [x] I know where\n" in download.value.path().read_text("utf-8")
    page.get_by_role("button").filter(has_text="Delete these ticks: Before you meet").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.locator(".journal__ticks")).to_have_count(0)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".journal__ticks li")).to_have_count(2)


def test_it_has_no_barrier_while_something_is_written(
    learner: BrowserContext, address: str, violations: Callable[[Page], list[str]]
) -> None:
    page = journal(
        learner, address, words=WRITTEN, plan={**ENTRY, "label": "Then", "revisit": "2026-11-02"}, one=TICKED
    )
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 560})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
