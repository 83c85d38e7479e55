"""The whole site runs under its policy and asks nothing of anyone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from alongside.render.policy import header_policy
from tests.browser.conftest import BuiltSite
from tests.browser.pages import all_pages, elements, spread

LISTEN = """
globalThis.refused = [];
addEventListener("securitypolicyviolation", (event) => globalThis.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));
"""


class Watched:
    """A page that notes everything that the policy or the reader's privacy would mind."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.noted: list[Any] = []
        page.add_init_script(LISTEN)
        page.on(
            "console", lambda message: self.noted.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: self.noted.append(str(error)))
        page.on(
            "request", lambda request: self.noted.append(request.url) if "//127.0.0.1:" not in request.url else None
        )
        # A request that the next page cuts short is no failure.
        page.on(
            "requestfailed",
            lambda request: self.noted.append(request.url) if request.failure != "net::ERR_ABORTED" else None,
        )

    def refused(self) -> list[str]:
        return list(self.page.evaluate("refused"))


def test_the_policy_is_sent_and_stands_in_every_page(built: BuiltSite, browser: Browser) -> None:
    with browser.new_page() as page:
        response = page.goto(built.address)
        assert response
        assert response.header_value("content-security-policy") == header_policy()
    assert header_policy().startswith("default-src 'none'; script-src 'self'")
    for path in all_pages(built.folder):
        policies = [e.get("content") for e in elements(path) if e.get("http-equiv") == "Content-Security-Policy"]
        assert len(policies) == 1, path
        assert header_policy().startswith(policies[0])


def test_no_page_breaks_the_policy_or_asks_another_host(built: BuiltSite, browser: Browser) -> None:
    with browser.new_page() as page:
        watched = Watched(page)
        for address in spread(built.folder):
            page.goto(built.address + address)
            assert (address, watched.refused(), watched.noted) == (address, [], [])


@pytest.mark.parametrize(
    "kind", ["choice", "choices", "judgement", "short-text", "number", "gap", "open-response", "steps"]
)
def test_answering_breaks_no_policy(gallery: BuiltSite, browser: Browser, kind: str) -> None:
    with browser.new_page() as page:
        watched = Watched(page)
        address = f"{gallery.address}gallery/{kind}/"
        page.goto(address)
        main = page.get_by_role("main")
        for button in main.get_by_role("button").all():
            button.click()
        for field in main.locator("input:visible").all():
            field.press("Enter")
        for summary in main.locator("summary:visible").all():
            summary.click()
        for link in main.locator("s-scenario a:visible").all()[:1]:
            link.click()
        assert page.url.split("#")[0] == address
        assert watched.refused() == []
        assert watched.noted == []


def test_nothing_but_what_the_privacy_page_names_is_kept_on_the_readers_machine(
    built: BuiltSite, browser: Browser
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        for address in built.pages[:12]:
            page.goto(built.address + address)
        assert context.cookies() == []
        names = {entry["name"] for origin in context.storage_state()["origins"] for entry in origin["localStorage"]}
        assert names <= {"alongside:/:record", "alongside:/:sequence"}
        databases = page.evaluate("indexedDB.databases().then((found) => found.map(({ name }) => name))")
        assert set(databases) <= {"alongside:/:durable"}
        rows = page.evaluate("import('/elements/durable.js').then(({ rows }) => rows())")
        assert {row["name"] for row in rows} <= {"record"}


def test_the_watch_would_see_a_breach(gallery: BuiltSite, browser: Browser) -> None:
    with browser.new_page() as page:
        watched = Watched(page)
        page.goto(gallery.address)
        page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/dot.png'}))")
        page.wait_for_function("refused.length > 0")
        assert "img-src https://example.org/dot.png" in watched.refused()[0]
