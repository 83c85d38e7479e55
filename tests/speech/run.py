"""Lets Orca go through `tests/browser/states.yml` and writes down what it says: `python -m tests.speech.run`, or `make test-speech`.

Firefox and Chromium in turn, with real key presses. What was said goes, word for word, into `.cache/speech/<browser>.txt`.
It ends with 1 where something was not heard, or not as often as it should be.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

from tests.browser import chromium, firefox
from tests.browser.conftest import served
from tests.browser.gallery import build_gallery
from tests.browser.small import build_small, write_small
from tests.browser.states import State, do, opened, states
from tests.speech.desktop import Desktop, desktop, install

FOLDER = Path(__file__).parents[2] / ".cache/speech"


def main(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.speech.run")
    parser.add_argument("--browser", choices=LAUNCH, action="append", help="this browser alone")
    parser.add_argument("--state", action="append", help="this state alone")
    parser.add_argument("--install", action="store_true", help="install what is missing")
    given = parser.parse_args(arguments)
    if given.install:
        install()
        firefox.install()
    FOLDER.mkdir(parents=True, exist_ok=True)
    chosen = [state for state in states() if not given.state or state.state in given.state]
    with tempfile.TemporaryDirectory() as folder, both_sites(Path(folder)) as addresses:
        wrong = [fault for name in given.browser or LAUNCH for fault in listen(name, chosen, addresses, Path(folder))]
    print(*wrong, f"{len(wrong)} faults. What was said is in {FOLDER}.", sep="\n")
    return 1 if wrong else 0


@contextlib.contextmanager
def both_sites(folder: Path) -> Iterator[dict[str, str]]:
    """The addresses of the gallery and of the small site."""
    for name in ("gallery", "small"):
        (folder / name).mkdir()
    write_small(folder / "small")
    with served(build_gallery(folder / "gallery")) as gallery, served(build_small(folder / "small")) as small:
        yield {"gallery": gallery, "small": small}


def listen(name: str, chosen: Sequence[State], addresses: dict[str, str], folder: Path) -> list[str]:
    """Goes through the states in a browser. Says what is wrong, each a line."""
    (place := folder / name).mkdir()
    wrong: list[str] = []
    told = (FOLDER / f"{name}.txt").open("w", encoding="utf-8")
    with told, desktop(place) as room, sync_playwright() as playwright:
        browser = LAUNCH[name](playwright, place, room)
        for state in chosen:
            try:
                # A busy machine can lose a key, so silence is listened to once more.
                heard = hear(browser, room, state, addresses[state.site]) or hear(
                    browser, room, state, addresses[state.site]
                )
            except Error as error:
                heard = [f"(The state could not be reached: {error.message})"]
            told.write(f"# {state}\n" + "".join(f"{words}\n" for words in heard) + "\n")
            told.flush()
            faults = state.faults(heard)
            print("." if not faults else "o" if name in state.owed else "F", end="", flush=True)
            if name in state.owed and not faults:
                faults = [f"is as it should be, and no longer owed: {state.owed[name]}"]
            elif name in state.owed:
                faults = []
            wrong += [f"{name}: {state}: {fault}" for fault in faults]
        browser.close()
    print()
    return wrong


def hear(browser: Browser, room: Desktop, state: State, address: str) -> list[str]:
    """What is said in a state."""
    with browser.new_context(viewport=None) as context:
        page = opened(context, address, state)
        room.come_to(page.title())
        page.wait_for_function("document.hasFocus()")
        for action in state.before:
            do(page, action, address, room.press)
        room.heard()
        for action in state.then:
            do(page, action, address, room.press)
        return room.heard()


def _firefox(playwright: Playwright, folder: Path, room: Desktop) -> Browser:
    preferences = {**firefox.PREFERENCES, "accessibility.force_disabled": -1}
    found = firefox.launch(playwright, folder, headless=False, preferences=preferences, environment=room.environment)
    assert found is not None, "there is no Firefox; --install installs it"
    return found


def _chromium(playwright: Playwright, _: Path, room: Desktop) -> Browser:
    arguments = [*chromium.ARGUMENTS, "--force-renderer-accessibility"]
    return playwright.chromium.launch(
        executable_path="/usr/bin/chromium", headless=False, args=arguments, env={**os.environ, **room.environment}
    )


LAUNCH = {"firefox": _firefox, "chromium": _chromium}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
