"""The search: by keyboard, grouped by module, leading to the place, from small files."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import BuiltSite


def test_a_search_leads_to_the_place_by_keyboard(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{gallery.address}search/")
    field = page.get_by_role("searchbox", name="Words to look for")
    field.focus()
    loaded: list[str] = []
    page.on("response", lambda response: loaded.append(response.url) if "assets/search" in response.url else None)
    page.keyboard.type("hiraeth")
    expect(page.get_by_role("status")).to_have_text("1 place found.")
    results = page.locator(".results")
    expect(results.get_by_role("heading", level=2)).to_have_text("Gallery")
    assert len(loaded) == 3, "the list of files, the words that start with hi, the sections of one module"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(results.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{gallery.address}gallery/steps/#h-a-heading")
    page.go_back()
    expect(page.get_by_role("status")).to_have_text("1 place found.")


def test_a_search_that_finds_nothing_says_so(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{gallery.address}search/")
    page.get_by_role("searchbox").fill("rosa zebra")
    expect(page.get_by_role("status")).to_contain_text("found.")
    page.get_by_role("searchbox").fill("rosaxyz")
    expect(page.get_by_role("status")).to_have_text("Nothing found. Try another word, or the start of one.")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("status")).to_have_text("")


def test_the_address_of_a_search_can_be_shared(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{gallery.address}search/#q=hiraeth")
    expect(page.get_by_role("searchbox")).to_have_value("hiraeth")
    expect(page.locator(".results").get_by_role("link")).to_have_count(1)
