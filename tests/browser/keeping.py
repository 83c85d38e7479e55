"""Pages that a service worker keeps, as someone comes to them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

#: The heading of the page that stands in for what was not kept.
NOT_KEPT = "No connection, and this page was not kept"


def until(page: Page, holds: str) -> None:
    """Waits until an expression that may be a promise holds. Playwright's own waiting takes a promise for a yes."""
    for _ in range(200):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {holds}")


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


#: Whether what a page has loaded is kept, itself included: the worker takes one file after the other.
ALL_KEPT = """async () => {
  const used = [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)];
  const kept = await Promise.all(used.filter((name) => !name.endsWith("sw.js")).map((name) => caches.match(name)));
  return !kept.includes(undefined);
}"""


def use(page: Page) -> None:
    """Tells a page that somebody is there, and waits for what it gets for them besides its words."""
    for _ in range(200):
        # Each time anew: an address changes before the page at it listens.
        page.keyboard.press("Control")
        if page.evaluate("document.readyState === 'complete' && !document.body.dataset.inUse"):
            return
        page.wait_for_timeout(50)
    pytest.fail("the page gets nothing for whoever uses it")


def opened(context: BrowserContext, address: str, first: str = "") -> Page:
    """The first page that someone ever opens here, when the worker has kept it and all that it loads."""
    page = context.new_page()
    page.goto(address + first)
    use(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, ALL_KEPT)
    return page


ASK = """(message) => new Promise(async (resolve) => {
  const { active } = await navigator.serviceWorker.ready;
  const channel = new MessageChannel(), heard = [];
  channel.port1.onmessage = ({ data }) => { heard.push(data); if (!("done" in data)) resolve(heard); };
  setTimeout(() => resolve([...heard, "silence"]), 15000);
  active.postMessage(message, [channel.port2]);
})"""


def ask(page: Page, message: Any) -> list[Any]:
    """What the worker answers to a message until it has no more to say."""
    answers: list[Any] = page.evaluate(ASK, message)
    return answers


def version(page: Page) -> str:
    """The version of the worker that is at work."""
    return str(ask(page, {"ask": True})[0]["version"])


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
