"""Every link leads somewhere, and every page can be found in more than one way."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, expect

from tests.browser.conftest import BuiltSite
from tests.browser.pages import TOP, address_of, all_pages, elements, file_of, ids, kind_of, lasting_pages, links, tree

MISSING = "404.html"
#: Pages that are shown at addresses of others, so that nothing leads to them.
STAND_IN = {MISSING, "offline/"}


def test_every_link_and_everything_that_is_loaded_is_there(built: BuiltSite) -> None:
    dead = [
        (address_of(built.folder, path), target)
        for path in all_pages(built.folder)
        for _, target, _ in links(built.folder, path)
        if not file_of(built.folder, target).is_file()
    ]
    assert dead == []


def test_every_anchor_is_there(built: BuiltSite) -> None:
    dead = []
    for path in all_pages(built.folder):
        for _, target, anchor in links(built.folder, path):
            file = file_of(built.folder, target)
            if anchor and file.suffix == ".html" and anchor not in ids(file):
                dead.append((address_of(built.folder, path), target, anchor))
    assert dead == []


def test_no_link_has_to_be_sent_on(built: BuiltSite) -> None:
    """An address without its last slash costs every reader a second request, and breaks offline."""
    asked = {target for path in all_pages(built.folder) for _, target, _ in links(built.folder, path)}
    assert [
        target for target in asked if (built.folder / target).is_dir() and target and not target.endswith("/")
    ] == []
    assert [target for target in asked if target.endswith("index.html")] == []


def test_every_page_can_be_reached_from_the_home_page(built: BuiltSite) -> None:
    seen: set[Path] = set()
    waiting = [built.folder / "index.html"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        waiting += [
            file_of(built.folder, target) for element, target, _ in links(built.folder, path) if element.tag == "a"
        ]
    assert {address_of(built.folder, path) for path in lasting_pages(built.folder) if path not in seen} == STAND_IN


def place_of(path: Path, element: Any) -> str:
    """The kind of place in which a link stands: a named navigation, the foot, or the main part of a kind of page."""
    parents = {child: parent for parent in elements(path) for child in parent}
    while element is not None and element.tag not in {"nav", "header", "footer", "main", "body"}:
        element = parents.get(element)
    assert element is not None
    return f"main of {kind_of(path)}" if element.tag == "main" else element.get("class") or element.tag


def test_every_page_is_linked_from_two_kinds_of_place(built: BuiltSite) -> None:
    """WCAG 2.4.5. The page's own links to itself do not count."""
    places: dict[Path, set[str]] = defaultdict(set)
    for path in all_pages(built.folder):
        for element, target, _ in links(built.folder, path):
            file = file_of(built.folder, target)
            if element.tag == "a" and file != path:
                places[file].add(place_of(path, element))
    single = {
        address_of(built.folder, path): places[path] for path in lasting_pages(built.folder) if len(places[path]) < 2
    }
    assert single == {name: set() for name in STAND_IN}


def test_the_page_for_missing_addresses_links_from_the_top(built: BuiltSite) -> None:
    page = built.folder / MISSING
    for depth in ("", "nothing/", "nothing/at/all/"):
        for element in elements(page):
            address = element.get("href") or element.get("src")
            if address and not address.startswith("#"):
                target = urljoin(f"{TOP}{depth}here", address)
                assert file_of(built.folder, target.removeprefix(TOP)).is_file(), address


def test_a_missing_address_shows_a_page_that_works(built: BuiltSite, browser: Browser) -> None:
    with browser.new_page() as page:
        failed: list[str] = []
        page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
        for address in ("nothing", "nothing/at/all/", "modules/nothing.html"):
            page.goto(built.address + address)
            expect(page.get_by_role("heading", level=1, name="This page is not here")).to_be_visible()
            assert page.evaluate("getComputedStyle(document.body).margin") == "0px", "the style sheet was not found"
            page.get_by_role("link", name="Go to the home page").click()
            expect(page).to_have_url(built.address)
        assert failed == [built.address + address for address in ("nothing", "nothing/at/all/", "modules/nothing.html")]


def test_pages_that_stand_in_for_others_are_not_offered_to_search_engines(built: BuiltSite) -> None:
    for name in STAND_IN:
        for path in built.folder.glob("sitemap*"):
            assert name not in path.read_text("utf-8")
        page = file_of(built.folder, name)
        assert not any(element.get("rel") == "canonical" for element in elements(page))
        assert any(
            element.get("name") == "robots" and element.get("content") == "noindex" for element in elements(page)
        )
        assert tree(page).get("lang")
