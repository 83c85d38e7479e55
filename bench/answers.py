"""Prints how long pages take to answer on a slow telephone: what somebody does, and the milliseconds until it is seen.

A real Chromium opens a built site (`python bench/answers.py FOLDER`; the shipped course is built where none is named), as
somebody who has done all of the course and has the longest record that it can make. Two figures for each thing that is
done: `waited`, from the press to the paint with the processor slowed four times, which a busy machine makes longer; and
`worked`, four times the processor time of the page in all that was set off, which it does not. Nothing here is a test: figures are to be read. What takes more than 100 ms is felt, and has a mark.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from bench.weight import PHONE, served
from tests.browser import chromium
from tests.browser.keeping import use

ROOT = Path(__file__).parents[1]
#: How many times slower than this machine.
SLOWED = 4
#: Milliseconds after which an answer is no longer at once.
FELT = 100
#: How often each thing is done; the worst counts.
TIMES = 3
#: Milliseconds in which whatever a press has set off is over.
SETTLED = 600

WATCH = """() => {
  globalThis.waits = [];
  new PerformanceObserver((list) => waits.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: "event", durationThreshold: 16, buffered: true });
}"""


def everything(root: Path) -> dict[str, Any]:
    """The record of somebody who has finished every part and answered every question, with a card for each."""
    modules, review = {}, {}
    for file in sorted(set(root.glob("*/index.json")) - {root / "assets/index.json"}):
        known, module = json.loads(file.read_text("utf-8")), file.parent.name
        questions = {
            name: {"fingerprint": question["fingerprint"], "response": ["a"], "score": 1, "attempts": 2, "first": 0,
                   "sure": True, "at": "2026-11-02", "met": ["b"]}
            for name, question in known["questions"].items()
        }  # fmt: skip
        lessons = dict.fromkeys(known["parts"], "2026-11-02")
        modules[module] = {
            "lessons": lessons,
            "questions": questions,
            "scenarios": {},
            "confidence": {},
            "version": "1.0",
        }
        review |= {
            f"{module}/{name}": {"box": 2, "due": "2026-11-05", "fingerprint": question["fingerprint"], "rights": 1,
                                 "seen": "2026-11-02"}
            for name, question in questions.items()
        }  # fmt: skip
    log = [
        {"id": card, "at": "2026-11-02", "elapsed": 1, "correct": True, "sure": None, "from": 1, "to": 2}
        for card in list(review) * 2
    ][:1000]
    place = {"url": "glossary/", "title": "Glossary", "at": "2026-11-02"}
    return {"schema": 1, "modules": modules, "review": review, "log": log, "place": place}


@dataclass(frozen=True)
class Act:
    """Something that somebody does on a page: in words, where, and how; `first` is what comes before and is not measured."""

    words: str
    page: str
    does: Callable[[Page], object]
    first: Callable[[Page], object] = lambda _page: None


def _choose(page: Page) -> None:
    question = page.locator(".question").filter(has=page.get_by_role("radio")).first
    question.locator("label").nth(1).click()
    question.locator("button[type=submit]").focus()
    page.wait_for_timeout(SETTLED)


def _check(page: Page) -> None:
    """Without looking for the button, which would take the page as long as the answer."""
    page.keyboard.press("Enter")


ACTS = (
    Act("open the menu", "", lambda page: page.locator(".menu > summary").click()),
    Act("check an answer of a quiz", "active-listening/quiz/", _check, _choose),
    Act("check an answer of a lesson", "active-listening/the-fixing-reflex/", _check, _choose),
    Act("choose in a scenario", "active-listening/the-fixing-reflex/", lambda page: page.locator(".scene .choices a:visible").first.click()),
    Act("tick that a lesson is finished", "active-listening/four-moves/", lambda page: page.locator("#finished").click()),
    Act("open what is explained in place", "active-listening/every-channel/", lambda page: page.locator("a.term").first.click()),
    Act("look for a word", "search/", lambda page: page.get_by_role("searchbox").press_sequentially("listen", delay=20)),
    Act("open the objectives shown", "progress/", lambda page: page.locator("#aims > summary").click()),
    Act("start the review", "review/", lambda page: page.locator("p-review button").first.click()),
    Act("choose larger letters", "comfort/", lambda page: page.get_by_text("Largest").click()),
)  # fmt: skip
#: Pages that show what somebody has done as they open.
OPENED = ("", "paths/all/", "active-listening/", "active-listening/quiz/", "progress/", "review/", "record/", "search/")


def work(session: CDPSession) -> float:
    """Milliseconds of processor time that the page has had."""
    found = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(metric["value"] for metric in found if metric["name"] == "TaskDuration")


def _line(words: str, page: str, waited: float | None, worked: float) -> None:
    mark = "  <- felt" if (worked if waited is None else waited) > FELT else ""
    print(
        f"{words:34}{page or 'home':38}{'' if waited is None else round(waited):>8}{round(worked):>8}{mark}", flush=True
    )


def measured(
    browser: Browser, address: str, record: dict[str, Any], page: str, *, slowed: bool = False
) -> Iterator[tuple[Page, CDPSession]]:
    """The page, opened anew each time by somebody who has this record."""
    for _ in range(TIMES):
        with browser.new_context(viewport=PHONE, service_workers="block", reduced_motion="reduce") as context:
            opened = context.new_page()
            opened.goto(f"{address}assets/index.json")
            opened.evaluate("(text) => localStorage.setItem('alongside:/:record', text)", json.dumps(record))
            session = context.new_cdp_session(opened)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            opened.add_init_script(f"({WATCH})()")
            before = work(session)
            if slowed:
                session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            opened.goto(address + page)
            use(opened)
            opened.wait_for_timeout(SETTLED)
            opened.evaluate(f"globalThis.opened = {work(session) - before}")
            yield opened, session


def measure(root: Path) -> None:
    """Prints a line for each page that is opened and each thing that is done."""
    record = everything(root)
    print(f"{'':72}{'waited':>8}{'worked':>8}")
    with served(root) as (address, _), sync_playwright() as playwright:
        browser = chromium.launch(playwright, root)
        assert browser is not None, "there is no Chromium; make test installs one"
        for page in OPENED:
            worked = [opened.evaluate("globalThis.opened") for opened, _ in measured(browser, address, record, page)]
            _line("open it", page, None, SLOWED * max(worked))
        for act in ACTS:
            works, waits = [], [0.0]
            for opened, session in measured(browser, address, record, act.page):
                act.first(opened)
                before = work(session)
                act.does(opened)
                opened.wait_for_timeout(SETTLED)
                works.append(work(session) - before)
            for opened, _ in measured(browser, address, record, act.page, slowed=True):
                act.first(opened)
                opened.evaluate("waits.length = 0")
                act.does(opened)
                opened.wait_for_timeout(SETTLED)
                waits += opened.evaluate("waits")
            _line(act.words, act.page, max(waits), SLOWED * max(works))
        browser.close()


def main() -> None:
    """Measures a built site."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="a built site")
    given = parser.parse_args().folder
    if given:
        measure(given)
        return
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "alongside", "build", "--quiet", "--site-dir", str(site)]
        subprocess.run(command, cwd=ROOT, check=True)
        measure(site)


if __name__ == "__main__":
    main()
