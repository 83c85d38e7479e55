"""Without a connection: what was opened opens again, in one version; a new version is told of; everything can be taken away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.render.offline import fingerprint
from tests.browser.conftest import served
from tests.browser.keeping import until, use
from tests.browser.small import build_small


@pytest.fixture(params=["", "course/"], ids=["at the top", "in a folder"])
def address(sources: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where it is served: at the top of a server, or in a folder of it."""
    site = build_small(sources)
    if not request.param:
        with served(site) as address:
            yield address
        return
    top = sources / "top"
    top.mkdir()
    (top / "course").symlink_to(site, target_is_directory=True)
    with served(top) as address:
        yield f"{address}course/"


CACHED = "async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((r) => r.url)))).flat()"


def visited(context: BrowserContext, address: str) -> Page:
    """A page that was opened and kept."""
    page = context.new_page()
    page.goto(f"{address}listening/hearing/")
    use(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(
        page,
        f"""async () => {{
          const kept = await ({CACHED})();
          const used = performance.getEntriesByType("resource").map((entry) => entry.name).filter((name) => !name.endsWith("sw.js"));
          return [location.href, ...used].every((url) => kept.includes(url));
        }}""",
    )
    return page


def test_a_page_that_was_opened_opens_and_works_without_a_connection(context: BrowserContext, address: str) -> None:
    page = visited(context, address)
    context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="Give back what you heard", level=1)).to_be_visible()
    question = page.locator(".question:has([data-credit])").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Check").click()
    expect(question.locator(".question__verdict")).not_to_have_text("")
    page.goto(f"{address}support/")
    expect(page.get_by_role("heading", name="Get help now", level=1)).to_be_visible()


def test_a_whole_module_can_be_kept(context: BrowserContext, address: str) -> None:
    page = visited(context, address)
    page.goto(f"{address}listening/")
    page.get_by_role("button", name="Keep this module for when I have no connection").click()
    expect(page.get_by_role("main").get_by_text("Kept. It opens without a connection now.")).to_be_visible()
    context.set_offline(True)
    page.goto(f"{address}listening/quiz/")
    expect(page.get_by_role("button", name="Check my answer").first).to_be_visible()


def test_an_update_takes_the_place_of_everything_that_was_kept_and_is_told_of(
    context: BrowserContext, address: str, sources: Path
) -> None:
    page = visited(context, address)
    lesson = sources / "modules/listening/hearing.yml"
    lesson.write_text(
        lesson.read_text("utf-8").replace("title: Give back what you heard", "title: Hand back what you heard"),
        encoding="utf-8",
    )
    build_small(sources)
    page.reload()
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    expect(page.get_by_role("main").get_by_text("A new version of this course is here.")).to_be_visible()
    until(page, "async () => (await caches.keys()).length === 1")
    context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="Hand back what you heard", level=1)).to_be_visible()
    kept = page.evaluate(
        """async () => {
          const cache = await caches.open((await caches.keys())[0]);
          const labels = async (request) =>
            [request.url, (await cache.match(request)).headers.get("alongside-fingerprint")];
          return Object.fromEntries(await Promise.all((await cache.keys()).map(labels)));
        }"""
    )
    site = sources / "site"
    for url, label in kept.items():
        path = site / urlsplit(url).path.removeprefix(urlsplit(address).path)
        file = path / "index.html" if url.endswith("/") else path
        assert label == fingerprint(file.read_bytes()), "no file of another version was kept"


def test_deleting_everything_takes_the_worker_and_its_files_away(context: BrowserContext, address: str) -> None:
    page = visited(context, address)
    page.goto(f"{address}progress/")
    page.get_by_role("button", name="Delete everything that this site has kept").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_text("Everything that this site had kept is deleted.")).to_be_visible()
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_an_organisation_that_does_not_want_it_takes_it_away_from_those_who_have_it(
    context: BrowserContext, address: str, sources: Path
) -> None:
    page = visited(context, address)
    configuration = sources / "mkdocs.yml"
    configuration.write_text(configuration.read_text("utf-8") + "      offline: false\n", encoding="utf-8")
    build_small(sources)
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")
    until(
        page,
        "async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0",
    )


def test_the_site_can_be_installed(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    href = page.locator("link[rel=manifest]").get_attribute("href")
    manifest = page.evaluate("async (href) => (await fetch(href)).json()", href)
    assert manifest["name"] == "Small"
    assert (manifest["start_url"], manifest["scope"]) == ("./", "./")
    icon = page.evaluate(
        "async (src) => (await fetch(new URL(src, document.querySelector('link[rel=manifest]').href))).status",
        manifest["icons"][0]["src"],
    )
    assert icon == 200
