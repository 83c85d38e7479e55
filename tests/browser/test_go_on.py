"""The main button of a page leads to what comes next, never to what is finished."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.keeping import use
from tests.browser.learner import ENTRY, JOURNAL, RECORD, put

PARTS = ["hearing", "asking", "waiting", "quiz"]
PAGES = {"home": "", "path": "paths/all/", "module": "listening/", "progress": "progress/"}
#: What is finished, where someone was last, and what the button says and leads to: where lessons are listed, elsewhere.
STATES: dict[str, tuple[list[str], str, dict[str, str], str]] = {
    "a lesson finished": (
        ["hearing"], "listening/hearing/",
        {"module": "Go on with Ask so that they can answer", "elsewhere": "Go on with Listening first"}, "listening/asking/",
    ),
    "one left out": (
        ["asking", "waiting", "quiz"], "listening/quiz/",
        {"module": "Go on with Give back what you heard", "elsewhere": "Go on with Listening first"}, "listening/hearing/",
    ),
    "one looked at": ([], "listening/asking/", {"module": "Go on with Asking", "elsewhere": "Go on with Asking"}, "listening/asking/"),
    "all finished": (PARTS, "listening/quiz/", {"module": "See what you have done", "elsewhere": "See what you have done"}, "progress/"),
    "all finished, and a question due": (
        PARTS, "listening/quiz/",
        {"module": "Go on with what is due for review", "elsewhere": "Go on with what is due for review"}, "review/",
    ),
}  # fmt: skip


def with_finished(parts: list[str], url: str, *, due: bool = True) -> dict[str, Any]:
    """The record of someone who has finished these parts."""
    record = copy.deepcopy(RECORD)
    record["modules"]["listening"]["lessons"] = dict.fromkeys(parts, "2026-11-02")
    record["place"] |= {"url": url, "title": "Asking"}
    record["review"]["listening/quiz-affirm"]["due"] = "2026-11-05" if due else "2199-11-05"
    return record


@pytest.fixture
def learner(browser: Browser) -> Iterator[BrowserContext]:
    """Someone with a browser of their own."""
    with browser.new_context(service_workers="block") as context:
        yield context


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("state", STATES)
def test_the_button_leads_to_what_comes_next(learner: BrowserContext, address: str, state: str) -> None:
    parts, last, words, url = STATES[state]
    put(opened(learner, f"{address}assets/index.json"), "record", with_finished(parts, last, due="due" in state))
    for name, where in PAGES.items():
        button = opened(learner, address + where).locator("a[data-go-on]")
        if name == "progress" and state.startswith("all finished"):  # it is there already
            expect(button).to_have_text("Go on with Review")
            expect(button).to_have_attribute("href", "../review/")
            continue
        expect(button).to_have_text(words["module" if name == "progress" else name if name in words else "elsewhere"])
        expect(button).to_have_attribute("href", address + url)


@pytest.mark.parametrize("where", PAGES.values(), ids=PAGES)
def test_whoever_comes_for_the_first_time_starts_at_the_start(
    learner: BrowserContext, address: str, where: str
) -> None:
    button = opened(learner, address + where).locator("a[data-go-on]")
    expect(button).to_have_text("Start the first lesson" if where == "listening/" else "Start with Listening first")


def test_the_home_page_of_whoever_comes_back_begins_with_where_they_are(
    learner: BrowserContext, address: str, barriers: Callable[[Page], list[str]]
) -> None:
    first = opened(learner, address)
    use(first)
    expect(first.get_by_role("region", name="Where you are")).to_have_count(0)
    put(first, "record", with_finished(["hearing", "asking"], "listening/asking/"))
    page = opened(learner, address)
    page.set_viewport_size({"width": 390, "height": 844})
    here = page.get_by_role("region", name="Where you are")
    expect(here).to_contain_text("2 of 4 parts finished")
    expect(here).to_contain_text("Next: Listening first, part 3 of 4")
    expect(here.locator(".share")).to_have_count(1)
    expect(here.get_by_role("link", name="Go on with Listening first")).to_be_in_viewport()
    expect(here.get_by_role("link", name="1 question is due for review")).to_be_in_viewport()
    expect(here.get_by_role("link", name="See what you have done")).to_be_in_viewport()
    card = page.locator("main [data-parts]")
    expect(card.locator(".share")).to_have_count(4)
    expect(card.locator(".share[data-share=all]")).to_have_count(2)
    assert barriers(page) == []
    # Another tab finishes the rest, and then everything is deleted.
    other = opened(learner, f"{address}assets/index.json")
    put(other, "record", with_finished(PARTS, "listening/quiz/", due=False))
    expect(here).to_contain_text("All parts finished")
    expect(here.get_by_text("Next:")).to_have_count(0)
    expect(here.get_by_role("link", name="due for review")).to_have_count(0)
    other.evaluate("localStorage.clear()")
    expect(here).to_have_count(0)
    expect(page.locator(".hero").get_by_role("link")).to_have_text("Start with Listening first")


def test_what_is_finished_in_another_tab_counts_at_once(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}listening/")
    put(opened(learner, f"{address}assets/index.json"), "record", with_finished(["hearing"], "listening/hearing/"))
    expect(page.locator("a[data-go-on]")).to_have_text("Go on with Ask so that they can answer")


def planned(day: str) -> dict[str, Any]:
    """A journal with one plan, to be looked at again on a day."""
    return {**JOURNAL, "entries": {"listening/elsewhere/words": {**ENTRY, "revisit": day}}}


@pytest.mark.engines("firefox")
@pytest.mark.parametrize("where", PAGES.values(), ids=PAGES)
def test_a_plan_that_is_due_comes_first_and_what_was_begun_stays_in_reach(
    learner: BrowserContext, address: str, where: str, barriers: Callable[[Page], list[str]]
) -> None:
    page = opened(learner, f"{address}assets/index.json")
    put(page, "record", with_finished(["hearing"], "listening/hearing/"))
    put(page, "journal", planned("2026-11-05"))
    page = opened(learner, address + where)
    button = page.locator("a[data-go-on]")
    expect(button).to_have_text("A plan is due: what happened when you tried?")
    expect(page.locator(".go-also a")).to_have_attribute("href", f"{address}listening/asking/")
    assert barriers(page) == []
    button.click()
    expect(page.locator("#due")).to_be_focused()
    assert barriers(page) == []
    expect(page.locator("#due")).to_have_accessible_name("A plan that is due")
    page.get_by_label("What happened when you tried?").fill("I waited, and they went on.")
    page.locator("#due").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("group", name="Kept.")).to_be_focused()
    expect(page.get_by_text("I waited, and they went on.", exact=True)).to_be_visible()
    expect(page.locator("#due")).to_have_count(0)
    expect(opened(learner, address + where).locator("a[data-go-on]")).to_contain_text("Go on with")


def test_a_plan_that_was_not_tried_comes_back_in_a_week(learner: BrowserContext, address: str) -> None:
    put(opened(learner, f"{address}assets/index.json"), "journal", planned("2026-11-05"))
    page = opened(learner, f"{address}journal/#due")
    page.get_by_label("What happened when you tried?").fill("Half of it")
    page.get_by_role("button", name="Not tried yet: ask me in a week").click()
    expect(page.get_by_text("The day is noted.")).to_be_focused()
    expect(page.locator("#due")).to_have_count(0)
    expect(opened(learner, address).locator("a[data-go-on]")).to_have_text("Start with Listening first")
    expect(page.get_by_label("Look at this again on")).not_to_have_value("2026-11-05")


def test_a_plan_for_another_day_and_a_locked_journal_change_nothing(learner: BrowserContext, address: str) -> None:
    put(opened(learner, f"{address}assets/index.json"), "journal", planned("2199-11-05"))
    expect(opened(learner, address).locator("a[data-go-on]")).to_have_text("Start with Listening first")
