"""The page on progress: the whole at a glance, what stands behind it on request."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.learner import JOURNAL, RECORD, put


def progress(context: BrowserContext, address: str, lessons: dict[str, str] | None = None) -> Page:
    """The page, of someone who has finished these parts."""
    page = context.new_page()
    page.goto(f"{address}assets/index.json")
    if lessons is not None:
        record = copy.deepcopy(RECORD)
        record["modules"]["listening"]["lessons"] = lessons
        put(page, "record", record)
        put(page, "journal", JOURNAL)
    page.goto(f"{address}progress/")
    expect(page.locator(".fact")).to_have_count(4)
    return page


DAYS = dict.fromkeys(["hearing", "asking", "waiting", "quiz"], "2026-11-02")
SHARES = {
    "nothing": (None, "none", "not started", "0 modules finished, 0 started, 1 not started."),
    "an answer": ({}, "some", "started", "0 modules finished, 1 started, 0 not started."),
    "one lesson": (
        {"hearing": "2026-11-02"},
        "some",
        "1 of 4 parts finished",
        "0 modules finished, 1 started, 0 not started.",
    ),
    "all of it": (DAYS, "all", "All parts finished", "1 module finished, 0 started, 0 not started."),
}


@pytest.mark.parametrize("state", SHARES)
def test_the_whole_is_a_picture_and_the_same_in_words(learner: BrowserContext, address: str, state: str) -> None:
    lessons, share, words, whole = SHARES[state]
    page = progress(learner, address, lessons)
    expect(page.locator(".whole > .share")).to_have_attribute("data-share", share)
    expect(page.locator(".whole + p")).to_have_text(whole)
    expect(page.locator(".progress[data-module=listening] > summary")).to_have_text(f"Listening first {words}")


def test_each_share_has_a_form_of_its_own(learner: BrowserContext, address: str) -> None:
    page = progress(learner, address, {})
    looks = page.evaluate(
        """() => ["all", "some", "none"].map((share) => {
          const sign = document.querySelector(".whole > .share");
          sign.dataset.share = share;
          return getComputedStyle(sign).backgroundImage + getComputedStyle(sign, "::before").content;
        })"""
    )
    assert len(set(looks)) == 3, looks


def test_one_screen_of_a_phone_has_the_whole_and_what_was_found_out(learner: BrowserContext, address: str) -> None:
    page = progress(learner, address, {"hearing": "2026-11-02"})
    for name in ("objectives shown", "mistaken belief", "due now", "plan to look at again"):
        expect(page.locator(".fact > summary", has_text=name)).to_be_in_viewport(ratio=1)
    expect(page.locator(".whole")).to_be_in_viewport(ratio=1)


def test_what_stands_behind_a_line_opens_and_stays_open(learner: BrowserContext, address: str) -> None:
    page = progress(learner, address, {"hearing": "2026-11-02"})
    page.locator(".fact > summary", has_text="objectives shown").click()
    expect(page.locator("#aims h2")).to_have_text("Listening first")
    expect(page.locator("#aims li").first).to_contain_text("Not yet:")
    page.evaluate("dispatchEvent(new CustomEvent('record:changed'))")
    expect(page.locator("#aims h2")).to_be_visible()
    page.locator(".fact > summary", has_text="plan to look at again").click()
    expect(page.locator("#plans li")).to_have_text("24 December 2026: I will count to three.")


def test_it_has_no_barrier_with_all_of_it_open(
    learner: BrowserContext, address: str, barriers: Callable[[Page], list[str]]
) -> None:
    page = progress(learner, address, {"hearing": "2026-11-02"})
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert barriers(page) == []
    page.set_viewport_size({"width": 320, "height": 560})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
