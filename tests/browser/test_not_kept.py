"""Without a connection every address shows its own page, or one that says that it was not kept. Never another page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.pages import elements, one_of_each_type, text_of
from tests.browser.small import build_small, write_small
from tests.browser.test_offline import until

NOT_KEPT = "No connection, and this page was not kept"
#: What the worker keeps from the first visit on, whatever was opened.
SHELL = ("", "support/", "progress/", "review/", "journal/", "offline/")
#: Addresses of nothing, at each depth, and other ways to write the address of a page.
STRANGE = ("nothing", "nothing.html", "nothing/", "a/b/", "a/b/c/", "a/b/c/d", "a/b/?c=d&e=/f/", "glossary/?x=../y#z")
#: Folders of a server; the signs mean something in HTML and in a replacement.
FOLDERS = {"at the top": "", "in folders with signs": "a&amp;b/c$&d e/"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with pages for authors, built."""
    sources = tmp_path_factory.mktemp("small")
    write_small(sources)
    with (sources / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("      author_pages: true\n")
    return build_small(sources)


@pytest.fixture(scope="module", params=FOLDERS.values(), ids=FOLDERS.keys())
def address(small: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where it is served."""
    top = tmp_path_factory.mktemp("top")
    place = top / request.param.rstrip("/") if request.param else top / "site"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(small, target_is_directory=True)
    with served(top if request.param else place) as host:
        yield host + request.param.replace(" ", "%20")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own."""
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


def complaints(page: Page) -> list[str]:
    """Everything that a page complains of from now on."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.on("console", lambda line: said.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    # What is on its way when the page is left has not failed.
    page.on(
        "requestfailed", lambda r: said.append(f"{page.url}: {r.url}") if "ABORTED" not in (r.failure or "") else None
    )
    return said


def opened(context: BrowserContext, address: str, first: str = "") -> Page:
    """The first page that someone ever opens here, when the worker has kept it."""
    page = context.new_page()
    page.goto(address + first)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "async () => (await caches.match(location.href)) !== undefined")
    # Messages are answered in turn, so what the page asked for is kept when this one is answered.
    ask(page, {"version": page.evaluate("document.documentElement.dataset.version"), "keep": []})
    return page


def ask(page: Page, message: Any) -> list[Any]:
    """What the worker answers to a message until it has no more to say."""
    answers: list[Any] = page.evaluate(
        """(message) => new Promise(async (resolve) => {
          const { active } = await navigator.serviceWorker.ready;
          const channel = new MessageChannel(), heard = [];
          channel.port1.onmessage = ({ data }) => { heard.push(data); if (!("done" in data)) resolve(heard); };
          setTimeout(() => resolve([...heard, "silence"]), 5000);
          active.postMessage(message, [channel.port2]);
        })""",
        message,
    )
    return answers


def titles(site: Path) -> dict[str, str]:
    """The heading of every page of a built site by its address."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): text_of(
            next(element for element in elements(path) if element.tag == "h1")
        )
        for path in sorted(site.rglob("index.html"))
    }


def styled(page: Page) -> bool:
    """Whether the style sheet and the first script were found."""
    return bool(
        page.evaluate(
            "getComputedStyle(document.body).margin === '0px' && document.documentElement.classList.contains('scripted')"
        )
    )


def help_works(page: Page, address: str) -> None:
    """Follows the link at the top, and comes back."""
    before = page.url
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Get help now").click()
    expect(page).to_have_url(f"{address}support/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Get help now")
    page.wait_for_load_state()
    assert styled(page), before
    if before != page.url:
        page.go_back()
    assert page.url == before


def test_every_address_shows_its_own_page_or_that_it_was_not_kept(
    context: BrowserContext, address: str, small: Path
) -> None:
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
        kept = url.removesuffix("index.html") in SHELL
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
