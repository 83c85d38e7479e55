"""Without a connection every address shows its own page, or one that says that it was not kept. Never another page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.browser.conftest import WIDTHS, served
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
    ask(page, {"version": page.evaluate(VERSION), "keep": []})
    return page


ASK = """(message) => new Promise(async (resolve) => {
  const { active } = await navigator.serviceWorker.ready;
  const channel = new MessageChannel(), heard = [];
  channel.port1.onmessage = ({ data }) => { heard.push(data); if (!("done" in data)) resolve(heard); };
  setTimeout(() => resolve([...heard, "silence"]), 15000);
  active.postMessage(message, [channel.port2]);
})"""
VERSION = "document.documentElement.dataset.version"


def ask(page: Page, message: Any) -> list[Any]:
    """What the worker answers to a message until it has no more to say."""
    answers: list[Any] = page.evaluate(ASK, message)
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
    """Whether the style sheet was found, and the first script where there is one."""
    return bool(
        page.evaluate(
            """getComputedStyle(document.body).margin === "0px"
              && (!document.scripts.length || document.documentElement.classList.contains("scripted"))"""
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


def own_list(page: Page) -> list[str]:
    """Addresses in the list of what opens, from the top of the site."""
    expect(page.locator("p-offline [role=status]")).to_be_attached()
    page.wait_for_load_state("networkidle")
    links: list[str] = page.eval_on_selector_all("[data-kept] a", "(links) => links.map((link) => link.href)")
    return links


def test_what_was_kept_is_listed_and_opens_whole_with_working_help(context: BrowserContext, anywhere: str) -> None:
    address = anywhere
    page = opened(context, address, "listening/")
    page.get_by_role("button", name="Keep this module for when I have no connection").click()
    expect(page.get_by_text("Kept. It opens without a connection now.")).to_be_visible()
    lists = page.evaluate("async (url) => (await fetch(url)).json()", f"{address}assets/offline.json")
    context.set_offline(True)
    said = complaints(page)
    page.goto(f"{address}a/b/c/")
    listed = own_list(page)
    shell = [address + url for url in SHELL if url != "offline/"]
    module = [address + url for url in lists["modules"]["listening"] if url.endswith("/")]
    others = [address + url for url in lists["common"] if url in lists["titles"] and address + url not in shell]
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


def test_a_file_that_is_not_there_is_an_error_and_never_a_page(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    context.set_offline(True)
    for url in ("listening/media/ladder.svg", "nothing.js", "assets/search/files.json", "sources/", "nothing/"):
        assert page.evaluate("(url) => fetch(url).then((answer) => answer.text(), () => 'failed')", address + url) == (
            "failed"
        ), url
    kept = page.evaluate("(url) => fetch(url).then((answer) => answer.json())", f"{address}assets/offline.json")
    assert "titles" in kept


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
    page.get_by_role("main").get_by_role("link", name="Home page").click()
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
    context.set_offline(True)
    page.goto(f"{address}listening/hearing#rules")
    assert page.url == f"{address}listening/hearing/#rules"
    expect(page.get_by_role("heading", level=1)).to_have_text("Give back what you heard")
    assert styled(page)


#: What a page of another origin, another site or another version of this one could say.
STRANGE_MESSAGES: tuple[Any, ...] = (
    None, "words", 7, [], {}, {"keep": "support/"}, {"keep": [None, "http://["]}, {"keep": [{}, "https://["]},
    {"keep": ["//elsewhere.invalid/"]}, {"keep": ["support/", "../outside"]}, {"keep": ["https://a.invalid"]},
    {"keep": ["support/"], "version": "0123456789abcdef"}, {"keep": ["support/"], "version": None},
)  # fmt: skip


def test_a_message_that_cannot_be_followed_is_answered(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    version = page.evaluate(VERSION)
    for message in STRANGE_MESSAGES:
        given = {"version": version, **message} if isinstance(message, dict) else message
        assert ask(page, given) == [{"failed": True}], message
    assert ask(page, {"ask": True}) == [{"version": version}]
    assert ask(page, {"keep": ["support/"], "version": version}) == [{"done": 1, "of": 1}, {"finished": True}]


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


# ------------------------------------------------------- servers that fail, versions, other sites


def test_what_a_server_says_goes_through_and_does_not_take_the_place_of_what_was_kept(
    context: BrowserContext, small: Path
) -> None:
    failing: set[str] = set()
    with served(small, failing) as address:
        page = opened(context, address, "listening/hearing/")
        failing |= {"/listening/hearing/", "/sources/", "/nothing/"}
        for url, status in (("listening/hearing/", 500), ("sources/", 500), ("nothing/", 500), ("nothing/more/", 404)):
            answer = page.goto(address + url)
            assert answer is not None
            assert answer.status == status
        page.goto(address)
        urls = [f"{address}listening/hearing/"]
        assert ask(page, {"version": page.evaluate(VERSION), "keep": urls}) == [{"failed": True}]
        context.set_offline(True)
        page.goto(urls[0])
        expect(page.get_by_role("heading", level=1)).to_have_text("Give back what you heard")


def test_a_worker_that_cannot_keep_its_shell_does_not_start(context: BrowserContext, small: Path) -> None:
    failing = {"/offline/"}
    with served(small, failing) as address:
        page = context.new_page()
        page.goto(f"{address}listening/")
        button = page.get_by_role("button", name="Keep this module for when I have no connection")
        button.click()
        expect(page.get_by_text("It could not be kept.")).to_be_visible()
        assert page.evaluate("navigator.serviceWorker.controller") is None
        failing.clear()
        page.reload()
        button.click()
        expect(page.get_by_text("Kept. It opens without a connection now.")).to_be_visible()


@pytest.fixture
def renewed(sources: Path) -> Iterator[tuple[str, Callable[[], None], Callable[[], None]]]:
    """An address, what puts a new version there for all but the worker, and what puts the worker there too."""
    site = build_small(sources)

    def pages() -> None:
        worker = (site / "sw.js").read_bytes()
        content = sources / "content/index.md"
        content.write_text("# Small\n\nA course that was made anew.\n", encoding="utf-8")
        build_small(sources)
        (site / "sw.new.js").write_bytes((site / "sw.js").read_bytes())
        (site / "sw.js").write_bytes(worker)

    def worker() -> None:
        (site / "sw.new.js").replace(site / "sw.js")

    with served(site) as address:
        yield address, pages, worker


def test_a_worker_of_the_version_before_keeps_to_its_own_pages_until_the_next_is_there(
    context: BrowserContext, renewed: tuple[str, Callable[[], None], Callable[[], None]]
) -> None:
    address, new_pages, new_worker = renewed
    page = opened(context, address, "listening/hearing/")
    before = page.evaluate(VERSION)
    new_pages()
    page.goto(f"{address}glossary/")
    after = page.evaluate(VERSION)
    assert after != before
    assert ask(page, {"version": after, "keep": [page.url]}) == [{"failed": True}]
    said = complaints(page)

    def seen(version: str) -> None:
        context.set_offline(True)
        for url in ("glossary/", "sources/", "listening/print/key/", "a/b/c/"):
            page.goto(address + url)
            expect(page.get_by_role("heading", level=1)).to_have_text(NOT_KEPT)
            assert page.evaluate(VERSION) == version
            assert styled(page), url
            help_works(page, address)
            assert page.evaluate(VERSION) == version
        page.goto(f"{address}listening/hearing/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Give back what you heard")
        assert page.evaluate(VERSION) == version
        context.set_offline(False)

    seen(before)
    new_worker()
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    until(page, f"async () => (await caches.keys()).join() === `alongside:/:{after}`")
    seen(after)
    assert said == []


def test_sites_at_one_address_do_not_take_each_others_files(context: BrowserContext, sources: Path) -> None:
    """One in a folder of the other, and one whose folder reads like the end of the other's name."""
    site = build_small(sources)
    places = ("one/", "one/two/", "one/:/", "onetwo/")
    for place in places:
        shutil.copytree(site, sources / "top" / place)
    with served(sources / "top") as host:
        addresses = [host + place for place in places]
        page = context.new_page()
        for address in addresses:
            page.close()
            page = opened(context, address)
        names = {f"alongside:/{place}:{page.evaluate(VERSION)}" for place in places}
        assert set(page.evaluate("caches.keys()")) == names
        page.goto(addresses[0])
        page.evaluate(
            "(address) => import(`${address}elements/offline.js`).then((file) => file.forget())", addresses[0]
        )
        assert set(page.evaluate("caches.keys()")) == names - {f"alongside:/one/:{page.evaluate(VERSION)}"}
        scopes = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.map((one) => one.scope))")
        assert set(scopes) == set(addresses[1:])


def test_a_new_version_leaves_sites_in_folders_below_alone(context: BrowserContext, sources: Path) -> None:
    site = build_small(sources)
    places = ("", "two/", ":/")
    for place in places:
        shutil.copytree(site, sources / "top" / place, dirs_exist_ok=True)
    with served(sources / "top") as host:
        page = context.new_page()
        for place in places:
            page.close()
            page = opened(context, host + place)
        worker = sources / "top/sw.js"
        version = page.evaluate(VERSION)
        worker.write_text(worker.read_text("utf-8").replace(version, "new"), "utf-8")
        page.goto(host)
        page.evaluate("navigator.serviceWorker.getRegistration(location.href).then((found) => found.update())")
        expected = {"alongside:/:new", f"alongside:/two/:{version}", f"alongside:/:/:{version}"}
        until(page, f"async () => (await caches.keys()).sort().join() === {sorted(expected)!r}.sort().join()")


def test_without_it_no_page_offers_to_keep_anything(context: BrowserContext, sources: Path) -> None:
    configuration = sources / "mkdocs.yml"
    configuration.write_text(configuration.read_text("utf-8") + "      offline: false\n", encoding="utf-8")
    with served(build_small(sources)) as address:
        page = context.new_page()
        said = complaints(page)
        for url in ("", "listening/", "progress/"):
            page.goto(address + url)
            page.wait_for_load_state("networkidle")
            expect(page.get_by_role("button", name="for when I have no connection")).to_have_count(0)
            assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        assert said == []


def test_on_a_shared_device_nothing_is_kept(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.evaluate("localStorage.setItem(`alongside:${new URL('.', location.href).pathname}:device`, 'shared')")
    page.evaluate(
        "navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister())))"
    )
    page.evaluate("caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")
    for url in ("listening/hearing/", "progress/", "offline/"):
        page.goto(address + url)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        assert page.evaluate("caches.keys()") == []
