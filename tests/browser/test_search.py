"""The search: by keyboard, grouped by module, leading to the place, from small files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BuiltSite


@pytest.mark.engines("firefox")
def test_a_search_leads_to_the_place_by_keyboard(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{gallery.address}search/")
    field = page.get_by_role("searchbox", name="Words to look for")
    field.focus()
    loaded: list[str] = []
    page.on("response", lambda response: loaded.append(response.url) if "assets/search" in response.url else None)
    page.keyboard.insert_text("hiraeth")
    expect(page.get_by_role("status")).to_have_text("1 place found.")
    results = page.locator(".results")
    expect(results.get_by_role("heading", level=2)).to_have_text("Gallery")
    assert len(loaded) == 2, "the list of files, and the words around it with what is shown of them"
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


def test_words_that_were_found_are_marked_in_an_excerpt(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{gallery.address}search/#q=HIRAETH")
    expect(page.locator(".result mark").first).to_have_text(re.compile("^hiraeth$", re.IGNORECASE))


def test_help_stands_above_the_results_where_somebody_may_be_in_danger(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{gallery.address}search/")
    status, pinned = page.get_by_role("status"), page.locator(".results__help")
    help_now = pinned.get_by_role("link", name="Get help now")
    page.get_by_role("searchbox").fill("rosa")
    expect(status).to_contain_text("found")
    expect(help_now).to_be_hidden()
    page.get_by_role("searchbox").fill("he wants to die")
    expect(status).to_contain_text("“Get help now” stands above the results. ")
    expect(help_now).to_be_visible()
    assert status.evaluate("node => node.childNodes.length") == 1, "said once"
    above = pinned.evaluate("node => !!(node.compareDocumentPosition(document.querySelector('.results')) & 4)")
    assert above
    help_now.click()
    expect(page).to_have_url(f"{gallery.address}support/")


def test_help_is_pinned_even_where_the_index_is_out_of_reach(gallery: BuiltSite, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/assets/search/**", lambda route: route.abort())
    page.goto(f"{gallery.address}search/")
    page.get_by_role("searchbox").fill("kill myself")
    expect(page.get_by_role("status")).to_contain_text("The index could not be loaded")
    expect(page.locator(".results__help")).to_be_visible()
    page.close()


def test_a_file_that_could_not_be_had_is_asked_for_again(gallery: BuiltSite, browser: Browser) -> None:
    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        page.route("**/assets/search/**", lambda route: route.abort())
        page.goto(f"{gallery.address}search/")
        page.get_by_role("searchbox").fill("hiraeth")
        expect(page.get_by_role("status")).to_contain_text("The index could not be loaded")
        page.unroute("**/assets/search/**")
        page.keyboard.press("Enter")
        expect(page.locator(".results").get_by_role("link")).to_have_count(1)


def test_every_place_that_is_found_can_be_seen(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    texts = [
        json.loads(path.read_text("utf-8")) for path in sorted((gallery.folder / "assets/search").glob("page-*.json"))
    ]
    for url in {entry[3] for entry in texts}:
        page = open_page(f"{gallery.address}{url}")
        anchors = [
            anchor.removeprefix("#") for entry in texts if entry[3] == url for _, anchor, _ in entry[4] if anchor
        ]
        hidden = page.evaluate("ids => ids.filter((id) => !document.getElementById(id)?.checkVisibility())", anchors)
        assert hidden == [], url
