"""The service worker among servers that fail, versions that follow each other, and other sites at the same address."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from alongside.render.offline import LISTS, fingerprint
from tests.browser.conftest import served
from tests.browser.keeping import NOT_KEPT, ask, complaints, help_works, opened, styled, until, use, version
from tests.browser.small import build_small

VERSION = re.compile(r'VERSION="(\w+)"')


@pytest.fixture(scope="module")
def address(small: Path) -> Iterator[str]:
    """Where a small site is served, in a folder of a server."""
    with served(small.parent) as host:
        yield f"{host}{small.name}/"


def test_a_file_that_is_not_there_is_an_error_and_never_a_page(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    context.set_offline(True)
    for url in ("listening/media/other.svg", "nothing.js", "assets/search/files.json", "sources/", "nothing/"):
        assert page.evaluate("(url) => fetch(url).then((answer) => answer.text(), () => 'failed')", address + url) == (
            "failed"
        ), url
    kept = page.evaluate("(url) => fetch(url).then((answer) => answer.json())", f"{address}assets/offline.json")
    assert "titles" in kept


#: What a page of another origin, another site or another version of this one could say.
STRANGE_MESSAGES: tuple[Any, ...] = (
    None, "words", 7, [], {}, {"keep": "support/"}, {"keep": [None, "http://["]}, {"keep": [{}, "https://["]},
    {"keep": ["//elsewhere.invalid/"]}, {"keep": ["support/", "../outside"]}, {"keep": ["https://a.invalid"]},
)  # fmt: skip


def test_a_message_that_cannot_be_followed_is_answered(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    for message in STRANGE_MESSAGES:
        assert ask(page, message) == [{"failed": True}], message
    assert ask(page, {"ask": True}) == [{"version": version(page)}]
    assert ask(page, {"keep": ["support/"]}) == [{"done": 1, "of": 1}, {"finished": True}]


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
        assert ask(page, {"keep": [f"{address}sources/"]}) == [{"failed": True}]
        context.set_offline(True)
        page.goto(f"{address}listening/hearing/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Give back what you heard")


def test_a_worker_that_cannot_keep_its_shell_does_not_start(context: BrowserContext, small: Path) -> None:
    failing = {"/offline/"}
    with served(small, failing) as address:
        page = context.new_page()
        page.goto(f"{address}listening/")
        use(page)
        button = page.get_by_role("button", name="Keep this module for when I have no connection")
        button.click()
        expect(page.get_by_role("main").get_by_text("It could not be kept.")).to_be_visible()
        assert page.evaluate("navigator.serviceWorker.controller") is None
        failing.clear()
        page.reload()
        use(page)
        button.click()
        expect(page.get_by_role("main").get_by_text("Kept. It opens without a connection now.")).to_be_visible()


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
    context: BrowserContext, sources: Path, renewed: tuple[str, Callable[[], None], Callable[[], None]]
) -> None:
    address, new_pages, new_worker = renewed
    page = opened(context, address, "listening/hearing/")
    before = version(page)
    new_pages()
    page.goto(address)
    expect(page.get_by_text("A course that was made anew.")).to_be_visible()
    assert ask(page, {"keep": [page.url]}) == [{"failed": True}]
    said = complaints(page)

    def seen(now: str) -> None:
        context.set_offline(True)
        for url in ("", "sources/", "listening/print/key/", "a/b/c/"):
            page.goto(address + url)
            expect(page.get_by_role("heading", level=1)).to_have_text(NOT_KEPT)
            assert styled(page), url
            help_works(page, address)
        page.goto(f"{address}listening/hearing/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Give back what you heard")
        assert version(page) == now
        context.set_offline(False)

    seen(before)
    new_worker()
    after = VERSION.findall((sources / "site/sw.js").read_text("utf-8"))[0]
    assert after != before
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
        now = version(page)
        names = {f"alongside:/{place}:{now}" for place in places}
        assert set(page.evaluate("caches.keys()")) == names
        page.goto(addresses[0])
        page.evaluate(
            "(address) => import(`${address}elements/offline-caches.js`).then((file) => file.forget())", addresses[0]
        )
        assert set(page.evaluate("caches.keys()")) == names - {f"alongside:/one/:{now}"}
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
        before = version(page)
        whole = sources / "top" / LISTS
        whole.write_bytes(whole.read_bytes() + b" ")
        after = fingerprint(whole.read_bytes())
        worker = sources / "top/sw.js"
        worker.write_text(worker.read_text("utf-8").replace(before, after), "utf-8")
        page.goto(host)
        page.evaluate("navigator.serviceWorker.getRegistration(location.href).then((found) => found.update())")
        expected = {f"alongside:/:{after}", f"alongside:/two/:{before}", f"alongside:/:/:{before}"}
        until(page, f"async () => (await caches.keys()).sort().join() === {sorted(expected)!r}.sort().join()")


def test_without_it_no_page_offers_to_keep_anything(context: BrowserContext, sources: Path) -> None:
    configuration = sources / "mkdocs.yml"
    configuration.write_text(configuration.read_text("utf-8") + "      offline: false\n", encoding="utf-8")
    with served(build_small(sources)) as address:
        page = context.new_page()
        said = complaints(page)
        for url in ("", "listening/", "progress/"):
            page.goto(address + url)
            use(page)
            page.wait_for_load_state("networkidle")
            expect(page.get_by_role("button", name="for when I have no connection")).to_have_count(0)
            assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        assert said == []


def test_a_page_of_a_module_keeps_what_progress_and_review_ask_of_it(context: BrowserContext, address: str) -> None:
    page = opened(context, address, "listening/hearing/")
    until(page, f"async () => Boolean(await caches.match('{address}listening/index.json'))")
    context.set_offline(True)
    known = page.evaluate("(url) => fetch(url).then((answer) => answer.json())", f"{address}listening/index.json")
    assert "quiz-affirm" in known["questions"]


def test_on_a_shared_device_nothing_is_kept(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    # No page of the site is open yet, and so no worker has been asked for.
    page.goto(f"{address}assets/index.json")
    page.evaluate("localStorage.setItem(`alongside:${new URL('../', location.href).pathname}:device`, 'shared')")
    for url in ("listening/hearing/", "progress/", "offline/"):
        page.goto(address + url)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
        assert page.evaluate("caches.keys()") == []
