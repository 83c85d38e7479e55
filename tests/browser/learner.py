"""One learner on the small site: what is kept for them, and a browser that can be ended by force."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, BrowserType, Locator, Page, expect

from tests.browser import chromium

#: What someone has who has been here for a while.
RECORD: dict[str, Any] = {
    "schema": 1,
    "modules": {
        "listening": {
            "lessons": {"hearing": "2026-11-02"},
            "questions": {
                "quiz-affirm": {
                    "fingerprint": "x", "response": ["a"], "score": 1, "attempts": 1, "first": 1, "sure": None,
                    "at": "2026-11-02", "met": [],
                },
            },
            "scenarios": {},
            "confidence": {"before": {"step": "a", "place": 1, "of": 5, "at": "2026-11-02"}},
            "version": "1.0",
        },
    },
    "review": {"listening/quiz-affirm": {"box": 2, "due": "2026-11-05", "fingerprint": "x", "rights": 1, "seen": "2026-11-02"}},
    "log": [],
    "place": {"url": "listening/hearing/", "title": "Hearing", "at": "2026-11-02"},
}  # fmt: skip
ENTRY = {"text": "I will count to three.", "at": "2026-11-02", "label": "Your words", "title": "Plan", "module": "Listening",
         "url": "listening/hearing/", "plan": True, "revisit": "2026-12-24"}  # fmt: skip
JOURNAL: dict[str, Any] = {"schema": 2, "on": True, "entries": {"listening/elsewhere/words": ENTRY}}
STORE = "alongside:/:"

#: Fills in whatever a form asks for, so that every kind can be checked: words, a number, the last option, the second choice.
FILL = """(form) => {
  for (const field of form.querySelectorAll("input, select, textarea")) {
    if (field.type === "radio" || field.type === "checkbox") field.click();
    else if (field.localName === "select") field.selectedIndex = 1;
    else field.value = "bounds" in field.dataset ? "12" : "a word";
  }
}"""
#: What the form of a question says after a check: what is missing, or what the answer is worth.
SAID = """(form) => (form.querySelector(".message") ?? form.querySelector(".question__verdict:not(:empty)"))?.textContent"""

#: The storage of a browser that has no room.
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def stored(page: Page, name: str) -> Any:
    """What is kept under a name, as it is kept."""
    found = page.evaluate("(name) => localStorage.getItem(name)", STORE + name)
    return None if found is None else json.loads(found)


def put(page: Page, name: str, value: Any) -> None:
    """Keeps something as an earlier visit would have."""
    text = value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [STORE + name, text])


def seed(context: BrowserContext, address: str) -> None:
    """Someone who has been here for a while comes back."""
    page = context.new_page()
    page.goto(f"{address}assets/index.json")
    put(page, "record", RECORD)
    put(page, "journal", JOURNAL)
    page.close()


def answer(page: Page) -> Locator:
    """Answers the first question of the quiz rightly."""
    question = page.locator("[data-question='quiz-affirm']")
    question.get_by_label("“You kept at it until it worked.”").check()
    question.get_by_role("button", name="Check").click()
    expect(question.locator(".question__verdict")).to_contain_text("Correct.")
    return question


class MortalBrowser:
    """A browser with a profile on the disk, which can be ended as a power cut would end it."""

    def __init__(self, browser_type: BrowserType, profile: Path) -> None:
        self._browser_type = browser_type
        self._profile = profile
        self._process: subprocess.Popen[bytes] | None = None
        self._browser: Browser | None = None

    def start(self) -> BrowserContext:
        """Starts it on what the profile has."""
        found = chromium.find()
        assert found is not None
        path, environment = found
        with contextlib.closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [path, *chromium.ARGUMENTS, "--headless", f"--remote-debugging-port={port}",
                   f"--user-data-dir={self._profile}", "about:blank"]  # fmt: skip
        self._process = subprocess.Popen(
            command, env={**os.environ, **environment}, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        self._browser = self._browser_type.connect_over_cdp(f"http://127.0.0.1:{port}")
        return self._browser.contexts[0]

    def kill(self) -> None:
        """Ends every process of it at once."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        # It left its mark on the profile, which the next one would ask about.
        for mark in self._profile.glob("Singleton*"):
            mark.unlink()


@contextlib.contextmanager
def mortal_browser(browser_type: BrowserType, profile: Path) -> Iterator[MortalBrowser]:
    """One that is gone in the end."""
    browser = MortalBrowser(browser_type, profile)
    try:
        yield browser
    finally:
        with contextlib.suppress(ProcessLookupError):
            browser.kill()
