"""Without a connection every address shows its own page, or one that says that it was not kept. Never another page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from alongside.render.offline import SHELL
from tests.browser.conftest import WIDTHS, served
from tests.browser.keeping import ALL_KEPT, NOT_KEPT, complaints, help_works, opened, styled, until
from tests.browser.pages import elements, one_of_each_type, text_of

#: What the worker keeps from the first visit on, whatever was opened.
#: Addresses of nothing, at each depth, and other ways to write the address of a page.
STRANGE = ("nothing", "nothing.html", "nothing/", "a/b/", "a/b/c/", "a/b/c/d", "a/b/?c=d&e=/f/", "glossary/?x=../y#z")
#: Folders of a server; the signs mean something in HTML and in a replacement.
FOLDERS = {"at the top": "", "in folders with signs": "a&amp;b/c$&d e/"}


@pytest.fixture(scope="module", params=FOLDERS.values(), ids=FOLDERS.keys())
def anywhere(small: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where it is served: at the top of a server, and in a folder of it."""
    yield from hosted(small, tmp_path_factory.mktemp("top"), request.param)


@pytest.fixture(scope="module")
def address(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where it is served, for what does not depend on it."""
    yield from hosted(small, tmp_path_factory.mktemp("top"), "course/")


def hosted(site: Path, top: Path, folder: str) -> Iterator[str]:
    place = top / (folder.rstrip("/") or "site")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(site, target_is_directory=True)
    with served(top if folder else place) as host:
        yield host + folder.replace(" ", "%20")


def titles(site: Path) -> dict[str, str]:
    """The heading of every page of a built site by its address."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): text_of(
            next(element for element in elements(path) if element.tag == "h1")
        )
        for path in sorted(site.rglob("index.html"))
    }


def test_every_address_shows_its_own_page_or_that_it_was_not_kept(
    context: BrowserContext, anywhere: str, small: Path
) -> None:
    address = anywhere
    page = opened(context, address)
    context.set_offline(True)
    said = complaints(page)
    pages = titles(small)
    classes = [url for url in one_of_each_type(small) if url != "404.html"]
    by_depth = {url.count("/"): url for url in classes}
    assert by_depth.keys() == {0, 1, 2, 3}
    for url in [*classes, *(f"{url}index.html" for url in by_depth.values()), *STRANGE]:
        page.goto(address + url)
        assert page.url == address + url
        kept = url.removesuffix("index.html") in {"", *SHELL}  # the first page was opened
        title = pages[url.removesuffix("index.html")] if kept else NOT_KEPT
        assert page.get_by_role("heading", level=1).all_inner_texts() == [title], url
        if not kept:
            assert page.title() == f"{NOT_KEPT} – Small", url
        assert styled(page), url
        help_link = page.get_by_role("navigation", name="Site").get_by_role("link", name="Get help now")
        assert help_link.evaluate("(link) => link.href") == f"{address}support/", url
        links = page.evaluate("[...document.querySelectorAll('[href], [src]')].map((e) => e.href || e.src)")
        assert [link for link in links if not link.startswith(address)] == [], url
        if url in STRANGE or url in by_depth.values():
            help_works(page, address)
    assert said == []


def own_list(page: Page) -> list[str]:
    """Addresses in the list of what opens, from the top of the site."""
    expect(page.get_by_role("status")).to_be_attached()
    page.wait_for_load_state("networkidle")
    links: list[str] = page.eval_on_selector_all("[data-kept] a", "(links) => links.map((link) => link.href)")
    return links


def test_what_was_kept_is_listed_and_opens_whole_with_working_help(context: BrowserContext, anywhere: str) -> None:
    address = anywhere
    page = opened(context, address, "listening/")
    page.get_by_role("button", name="Keep this module for when I have no connection").click()
    expect(page.get_by_role("main").get_by_text("Kept. It opens without a connection now.")).to_be_visible()
    load = "async (url) => Object.keys((await (await fetch(url)).json()).titles)"
    of_module, of_none = (
        page.evaluate(load, f"{address}assets/{name}.json") for name in ("offline/listening", "offline")
    )
    context.set_offline(True)
    said = complaints(page)
    page.goto(f"{address}a/b/c/")
    listed = own_list(page)
    shell = [address + url for url in SHELL if url != "offline/"]
    module = [address + url for url in of_module]
    others = [address + url for url in of_none if address + url not in shell]
    assert listed == [*shell, *module, *others]
    assert others
    for url in listed:
        page.goto(url)
        page.wait_for_load_state()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(NOT_KEPT)
        assert styled(page), url
        help_works(page, address)
    assert said == []


@pytest.mark.parametrize("again", ["reload", "link"])
def test_the_address_is_the_one_asked_for_so_that_back_and_trying_again_work(
    context: BrowserContext, address: str, again: str
) -> None:
    page = opened(context, address)
    url = f"{address}listening/hearing/?from=here"
    context.set_offline(True)
    page.goto(url)
    page.go_back()
    expect(page).to_have_url(address)
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text(NOT_KEPT)
    page.get_by_role("button", name="Go back").click()
    expect(page).to_have_url(address)
    page.goto(url)
    context.set_offline(False)
    expect(page.get_by_role("status")).to_have_text("The connection is back. You can try again.")
    if again == "reload":
        page.reload()
    else:
        page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Give back what you heard")
    assert page.url == url


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_the_page_says_where_help_is_though_the_page_on_help_is_gone(
    context: BrowserContext, address: str, *, script: bool
) -> None:
    page = opened(context, address)
    page.evaluate(
        "async (url) => { for (const n of await caches.keys()) await (await caches.open(n)).delete(url) }",
        f"{address}support/",
    )
    context.set_offline(True)
    if not script:
        context.new_cdp_session(page).send("Emulation.setScriptExecutionDisabled", {"value": True})
    page.goto(f"{address}listening/print/key/")
    for _ in "12":
        assert page.title() == f"{NOT_KEPT} – Small"
        expect(page.get_by_role("main")).to_contain_text("emergency number")
        page.get_by_role("navigation", name="Site").get_by_role("link", name="Get help now").click()
        expect(page).to_have_url(f"{address}support/")
    page.get_by_role("banner").get_by_role("link", name="Small").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Small")


def test_without_the_page_the_browser_says_it_and_no_other_page_does(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    page.evaluate(
        "async (url) => { for (const n of await caches.keys()) await (await caches.open(n)).delete(url) }",
        f"{address}offline/",
    )
    context.set_offline(True)
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto(f"{address}sources/")


def test_an_address_without_its_last_slash_leads_to_what_was_kept(context: BrowserContext, address: str) -> None:
    page = opened(context, address, "listening/hearing/")
    until(page, ALL_KEPT)
    context.set_offline(True)
    page.goto(f"{address}listening/hearing#rules")
    assert page.url == f"{address}listening/hearing/#rules"
    expect(page.get_by_role("heading", level=1)).to_have_text("Give back what you heard")
    assert styled(page)


def test_the_page_has_no_fault_that_axe_finds_and_fits_each_width(
    context: BrowserContext, address: str, violations: Callable[[Page], list[str]]
) -> None:
    page = opened(context, address, "listening/hearing/")
    context.set_offline(True)
    page.goto(f"{address}a/b/c/")
    own_list(page)
    for width in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == []
