"""What Chromium's accessibility tree says in each state of `states.yml`: the words of what has the focus, and of what speaks.

`pytest tests/browser/test_states.py --update-golden` writes down what is said now; read every line of the difference
aloud. `make test-speech` lets a screen reader go through the same states.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import BuiltSite, served
from tests.browser.states import State, do, opened, states
from tests.browser.test_spaces import LEAST, TOUCHING

GOLDEN = Path(__file__).parents[1] / "golden/states"
TODAY = datetime(2026, 11, 10, 18, 0)  # noqa: DTZ001  # the learner's own clock
#: Seconds within which a page says what it has to say.
PATIENCE = 20

#: Keeps what regions that speak have said, in turn. Their words may go again.
LISTEN = """() => {
  globalThis.said = [];
  const speaking = "[role=status], [role=alert], [aria-live]:not([aria-live=off])";
  const last = new WeakMap();
  const listen = (region) => {
    const words = region.textContent.replace(/\\s+/g, " ").trim();
    if (words && words !== last.get(region)) said.push([region.getAttribute("role") ?? region.ariaLive, words]);
    last.set(region, words);
  };
  new MutationObserver((changes) => {
    const regions = new Set();
    for (const {target, addedNodes} of changes) {
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      regions.add(element?.closest(speaking));
      for (const added of addedNodes)
        if (added.nodeType === Node.ELEMENT_NODE)
          for (const inside of [added, ...added.querySelectorAll("*")]) if (inside.matches(speaking)) regions.add(inside);
    }
    for (const region of regions) if (region) listen(region);
  }).observe(document, {childList: true, characterData: true, subtree: true});
}"""


@pytest.fixture(scope="session")
def places(gallery: BuiltSite, small: Path) -> Any:
    """The addresses of the sites on which the states are."""
    with served(small) as address:
        yield {"gallery": gallery.address, "small": address}


def focused(page: Page) -> list[str]:
    """What has the focus: its role and name, its description, and what is noted about it."""
    session = page.context.new_cdp_session(page)
    found = session.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    tree = session.send("Accessibility.getPartialAXTree", {"objectId": found, "fetchRelatives": False})
    session.detach()
    node = tree["nodes"][0]
    said = {name: node.get(name, {}).get("value", "") for name in ("role", "name", "description")}
    noted = [
        f"{entry['name']}: {entry['value']['value']}"
        for entry in node.get("properties", [])
        if entry["name"] in {"invalid", "checked", "disabled", "expanded"} and entry["value"]["value"] != "false"
    ]
    lines = [f"focus: {said['role']}", f"name: {said['name']}", f"description: {said['description']}", *sorted(noted)]
    return [line for line in lines if not line.endswith(": ")]


def said_on(page: Page, state: State) -> str:
    """What has the focus on a page, and all that has been said since it was opened, line by line."""
    lines = focused(page)
    said = [entry for entry in page.evaluate("said") if entry[1] not in state.perhaps]
    # Whether two messages come together or one after the other is a matter of moments.
    for role, spoken in groupby(said, lambda entry: entry[0]):
        lines.append(f"{role}: {' '.join(words for _, words in spoken)}")
    return "".join(f"{line}\n" for line in lines)


def settled(page: Page, state: State) -> str:
    """All that is said on a page, a while after the words that it has to say are there, or after nothing came."""
    until = time.monotonic() + PATIENCE / 4
    while any(words not in said_on(page, state) for words in state.once) and time.monotonic() < until:
        page.wait_for_timeout(50)
    page.wait_for_timeout(1000)
    return said_on(page, state)


@pytest.mark.parametrize("state", states(), ids=str)
def test_each_state_says_its_words(
    browser: Browser, places: dict[str, str], state: State, request: pytest.FixtureRequest
) -> None:
    address, golden = places[state.site], GOLDEN / f"{state}.txt"
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        context.clock.set_fixed_time(TODAY)
        context.add_init_script(f"({LISTEN})()")
        page = opened(context, address, state)
        for action in [*state.before, *state.then]:
            do(page, action, address, page.keyboard.press)
        if request.config.getoption("--update-golden"):
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(settled(page, state), "utf-8")
        wanted, until = golden.read_text("utf-8"), time.monotonic() + PATIENCE
        while (said := said_on(page, state)) != wanted and time.monotonic() < until:
            page.wait_for_timeout(50)
        assert said == wanted
    wrong = [words for words in state.once if not 1 <= said.count(words) <= 2] + [
        words for words in state.never if words in said
    ]
    assert bool(wrong) == ("tree" in state.owed), wrong or "nothing is owed any more"


@pytest.mark.parametrize("state", states(), ids=str)
def test_no_state_has_a_barrier_or_things_that_touch(
    browser: Browser, places: dict[str, str], state: State, barriers: Callable[[Page], list[str]]
) -> None:
    address = places[state.site]
    with browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce") as context:
        context.clock.set_fixed_time(TODAY)
        page = opened(context, address, state)
        for action in [*state.before, *state.then]:
            do(page, action, address, page.keyboard.press)
        page.wait_for_load_state("networkidle")
        assert barriers(page) == []
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert (width, page.evaluate(TOUCHING, LEAST)) == (width, [])


def test_no_words_are_kept_of_a_state_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {state.state for state in states()}
