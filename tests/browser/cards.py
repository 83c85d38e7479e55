"""Cards for Anki, as a learner saves them on the page for review."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.learner import put

DAY = "2026-11-02"


def saved_cards(browser: Browser, address: str) -> tuple[str, int]:
    """The file with the cards of everything in a site that comes back in review, and how many there are to be."""
    with browser.new_context(accept_downloads=True) as context:
        page = context.new_page()
        page.goto(f"{address.rstrip('/')}/review/")
        ids = page.evaluate(
            "fetch('../assets/index.json').then(async (answer) => Object.keys((await answer.json()).modules))"
        )
        known = {one: page.evaluate(f"fetch('../{one}/index.json').then((answer) => answer.json())") for one in ids}
        cards = {
            f"{module}/{name}": {"fingerprint": question["fingerprint"], "box": 1, "due": DAY, "seen": DAY, "rights": 0}
            for module, one in known.items()
            for name, question in one["questions"].items()
            if question.get("review")
        }
        put(page, "record", {"schema": 1, "modules": {}, "review": cards, "log": []})
        page.reload()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the questions as cards for Anki").click()
        text = Path(download.value.path()).read_text("utf-8")
        page.locator("main").get_by_text(f"{len(cards)} cards are in the file.").wait_for()
    return text, len(cards)
