"""What Firefox does in its own way: what it asks people for, and how it lays pages out. The rest is in the tests with `engines`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import WIDTHS, BuiltSite, served
from tests.browser.keeping import use
from tests.browser.learner import FILL, SAID
from tests.browser.pages import one_of_each_type, spread
from tests.browser.test_accessibility import OPEN_ALL, OVERFLOWING, TEXT_SPACING

pytestmark = pytest.mark.engines("firefox", alone=True)

#: Every permission for which Firefox would ask: it is noted, and refused.
ASKED = """
globalThis.asked = [];
const refuse = (where, name, answer) => {
  if (where && name in where) where[name] = () => { globalThis.asked.push(name); return answer(); };
};
refuse(navigator.storage, "persist", async () => false);
refuse(globalThis.Notification, "requestPermission", async () => "denied");
refuse(navigator.geolocation, "getCurrentPosition", () => undefined);
refuse(navigator.mediaDevices, "getUserMedia", async () => { throw new DOMException("no", "NotAllowedError"); });
"""
#: Firefox tells the debugger nothing of the policy.
VIOLATED = """
addEventListener("securitypolicyviolation", (event) => console.error(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody with a narrow window. A script error, a breach of the policy or a foreign request fails the test."""
    complaints: list[str] = []
    with browser.new_context(viewport={"width": WIDTHS["narrow"], "height": 900}) as context:
        context.add_init_script(ASKED + VIOLATED)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        context.on(
            "request",
            lambda request: (
                complaints.append(request.url)
                if not request.url.startswith(("http://127.0.0.1:", "blob:", "data:"))
                else None
            ),
        )
        yield context
    assert complaints == []


def faults(page: Page) -> list[str]:
    """What is wrong with an opened page: its layout, as it is and with more room in the text, and what it asked for."""
    page.evaluate(OPEN_ALL)
    found = [f"asks for {name}" for name in page.evaluate("asked")] + page.evaluate(OVERFLOWING)
    page.evaluate(TEXT_SPACING)
    return found + [f"with text spacing {fault}" for fault in page.evaluate(OVERFLOWING)]


def walked(context: BrowserContext, address: str, pages: list[str]) -> dict[str, list[str]]:
    """The faults of pages, by their address."""
    page, found = context.new_page(), {}
    for path in pages:
        page.goto(address + path)
        if wrong := faults(page):
            found[path] = wrong
    return found


def test_no_page_scrolls_sideways_or_asks_for_anything_on_opening(
    visitor: BrowserContext, gallery: BuiltSite, small: Path
) -> None:
    assert walked(visitor, gallery.address, spread(gallery.folder)) == {}
    with served(small) as address:
        assert walked(visitor, address, BuiltSite(small, address).pages) == {}


def test_no_page_of_the_course_scrolls_sideways_or_asks_for_anything_on_opening(
    visitor: BrowserContext, site: BuiltSite, request: pytest.FixtureRequest
) -> None:
    every = request.config.getoption("engine")
    assert walked(visitor, site.address, (spread if every else one_of_each_type)(site.folder)) == {}


def test_to_keep_what_is_here_is_asked_only_after_a_button(visitor: BrowserContext, small: Path) -> None:
    page = visitor.new_page()
    with served(small) as address:
        page.goto(f"{address}listening/quiz/")
        question = page.locator("[data-question='quiz-affirm']")
        question.get_by_label("“You kept at it until it worked.”").check()
        question.get_by_role("button", name="Check").click()
        question.get_by_text("Correct.").first.wait_for()
        assert page.evaluate("asked") == []
        page.goto(f"{address}progress/")
        page.get_by_role("button", name="Save my progress as a file").click()
        assert page.evaluate("asked") == ["persist"]


def test_every_kind_says_what_is_missing_and_then_what_an_answer_is_worth(
    visitor: BrowserContext, gallery: BuiltSite
) -> None:
    page, wrong = visitor.new_page(), []
    for path in (
        page for page in gallery.pages if page.startswith("gallery/") and page.count("/") == 2 and "print" not in page
    ):
        page.goto(gallery.address + path)
        use(page)
        for number, form in enumerate(page.locator(".question__form").element_handles()):
            button = form.wait_for_selector("button[type=submit]")
            assert button is not None
            button.click()
            page.wait_for_function(SAID, arg=form)
            form.evaluate(FILL)
            button.click()
            verdict = page.wait_for_function(SAID, arg=form).json_value()
            wrong += [f"{path} {number}: {verdict}"] if verdict.startswith("Error") else []
    assert wrong == []
