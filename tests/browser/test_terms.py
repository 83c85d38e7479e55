"""A word of the glossary opens where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import BuiltSite

LESSON = "gallery/steps/"


@pytest.fixture
def page(gallery: BuiltSite, open_page: Callable[..., Page]) -> Page:
    return open_page(gallery.address + LESSON)


def meaning(page: Page) -> Locator:
    return page.get_by_role("dialog")


def test_it_says_what_the_word_means_and_gives_the_focus_back(
    page: Page, barriers: Callable[[Page], list[str]]
) -> None:
    term = page.locator("main a.term").first
    term.focus()
    page.keyboard.press("Enter")
    expect(meaning(page)).to_be_focused()
    said = page.context.new_page()
    said.goto(str(term.evaluate("(link) => link.href")))
    entry = said.locator(":target")
    expect(meaning(page)).to_have_accessible_name(entry.locator("dt").inner_text())
    expect(meaning(page)).to_have_accessible_description(entry.locator("dd").inner_text())
    assert barriers(page) == []
    here = page.url
    page.keyboard.press("Escape")
    expect(meaning(page)).to_have_count(0)
    expect(term).to_be_focused()
    page.keyboard.press("Enter")
    meaning(page).get_by_role("button", name="Close").click()
    expect(term).to_be_focused()
    assert page.url == here


def test_a_press_elsewhere_closes_it_and_stays_there(page: Page) -> None:
    page.locator("main a.term").first.click()
    expect(meaning(page)).to_be_visible()
    page.locator("main h1").click()
    expect(meaning(page)).to_have_count(0)


def test_one_is_open_at_a_time_and_nothing_is_left_behind(page: Page) -> None:
    for _ in range(2):
        page.locator("main a.term").first.evaluate("(link) => link.click()")
        expect(meaning(page)).to_have_count(1)
        expect(meaning(page)).to_be_focused()


def test_its_links_lead_where_those_of_the_glossary_lead(page: Page, gallery: BuiltSite) -> None:
    page.locator("main a.term").first.click()
    meaning(page).get_by_role("link", name="All words").click()
    expect(page).to_have_url(f"{gallery.address}glossary/" + page.url.partition("glossary/")[2])
    assert "#term-" in page.url


@pytest.mark.parametrize("what", ["**/glossary/", "**/term.js"])
def test_where_it_cannot_be_had_the_link_leads_to_the_glossary(browser: Browser, gallery: BuiltSite, what: str) -> None:
    failed: list[str] = []

    def once(route: Route) -> None:
        if failed:
            route.continue_()
        else:
            route.abort()
        failed.append(route.request.url)

    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.goto(gallery.address + LESSON)
        page.route(what, once)
        page.locator("main a.term").first.click()
        page.wait_for_url("**/glossary/#term-*")


def test_it_fits_a_narrow_window(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 560})
    page.locator("main a.term").first.click()
    expect(meaning(page)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
