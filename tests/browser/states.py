"""The states of `states.yml`: what a learner does to get into each, and what a screen reader has to say there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

import yaml
from playwright.sync_api import BrowserContext, FilePayload, Page

from tests.browser.keeping import use
from tests.browser.learner import JOURNAL, RECORD, put

#: What is done: one of the keys below, with what it is done to.
Action = dict[str, str]
Press = Callable[[str], None]

#: Files that a learner opens, and what an earlier visit has kept.
FILES = {"sound": json.dumps({**RECORD, "journal": JOURNAL}), "broken": "{{{"}
KEPT = {"record": {"record": RECORD}, "journal": {"journal": JOURNAL}}


@dataclass(frozen=True)
class State:
    """One state. `owed` says, by reader, why it cannot be as it should be yet.

    `perhaps` is heard only where a machine is slow enough.
    """

    state: str
    page: str
    then: list[Action]
    once: list[str]
    site: str = "gallery"
    kept: str = ""
    before: list[Action] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    perhaps: list[str] = field(default_factory=list)
    owed: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.state

    def faults(self, heard: list[str]) -> list[str]:
        """What is wrong with what was heard: each a sentence."""
        said = " ".join(" ".join(heard).split())
        times = {words: said.count(words) for words in self.once}
        wrong = [f"heard {count} times: {words}" for words, count in times.items() if count != 1]
        return wrong + [f"must not be heard: {words}" for words in self.never if words in said]


@cache
def states() -> list[State]:
    """All of them, in the order of the file."""
    return [State(**entry) for entry in yaml.safe_load(Path(__file__).with_name("states.yml").read_text("utf-8"))]


def opened(context: BrowserContext, address: str, state: State) -> Page:
    """The page of a state, before anything is done on it."""
    page = context.new_page()
    if state.kept:
        page.goto(f"{address}assets/index.json")
        for name, value in KEPT[state.kept].items():
            put(page, name, value)
    page.goto(address + state.page)
    page.wait_for_load_state()
    use(page)
    return page


def do(page: Page, action: Action, address: str, press: Press) -> None:
    """Does one thing as a learner does it; keys are pressed with `press`."""
    (what, where), *more = action.items()
    doing = {
        "focus": lambda: page.locator(where).focus(),
        "press": partial(press, where),
        "type": lambda: [press(letter) for letter in where],
        "click": lambda: page.locator(where).click(),
        "check": lambda: page.locator(where).check(),
        "fill": lambda: page.locator(where).fill(dict(more)["with"]),
        "choose": lambda: [select.select_option(index=1) for select in page.locator(where).all()],
        "open": lambda: page.locator("input[type=file]").first.set_input_files(_file(where)),
        "wait for": page.get_by_text(where).first.wait_for,
        "go to": lambda: page.goto(address + where),
    }
    doing[what]()


def _file(name: str) -> FilePayload:
    """A file that a learner opens."""
    return {"name": "progress.json", "mimeType": "application/json", "buffer": FILES[name].encode()}
