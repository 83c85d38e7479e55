"""Finds a stock Firefox for the tests, installs one where there is none, and lets Playwright drive it by WebDriver BiDi.

In turn: `$FIREFOX`; one on the path; Debian's package, when run as root. `python -m tests.browser.firefox --install`
installs. Playwright drives the Firefox that people have, over a protocol that is a standard, but at the start of each
context it sends a command that Firefox 153 does not know yet, and it wants files that a page hands over to have an id. So what Playwright starts is this module, which starts
Firefox and stands between the two.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Playwright
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

from tests import debian

ROOT = Path(__file__).parents[2]
NAMES = ("firefox-esr", "firefox")
Preference = str | float | bool

#: Commands that this Firefox refuses, and without which it does all the same. Preferences say what they would say.
UNKNOWN = {"emulation.setMediaFeaturesOverride"}

#: As `chromium.ARGUMENTS`: nothing is looked up, and nobody is asked. The tests look for what the site itself asks for.
PREFERENCES: Mapping[str, Preference] = {
    "app.update.disabledForTesting": True,
    "browser.download.alwaysOpenPanel": False,
    "browser.safebrowsing.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    # As people have it: whoever drives Firefox is given one that lets pages on a disk read each other.
    "security.fileuri.strict_origin_policy": True,
    "ui.prefersReducedMotion": 1,
    # A mouse, which a computer without one would not have: fine (2) and able to hover (4).
    "ui.allPointerCapabilities": 6,
    "ui.primaryPointerCapabilities": 6,
}

ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


def find() -> str | None:
    """The browser's path, or `None` where there is none."""
    named = os.environ.get("FIREFOX")
    if named:
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    """Installs a browser where there is none. Exits with one line where that cannot be done."""
    if not find():
        debian.install("firefox-esr")
    if not find():
        sys.exit("There is no Firefox, and none could be installed. Install one, or name it in the variable FIREFOX.")


def launch(
    playwright: Playwright,
    folder: Path,
    *,
    headless: bool = True,
    preferences: Mapping[str, Preference] = PREFERENCES,
    environment: Mapping[str, str] = os.environ,
) -> Browser | None:
    """A Firefox, or `None` where there is none. `folder` keeps the command that starts it."""
    if not find():
        return None
    command = folder / "firefox"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tests.browser.firefox "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=command,
        headless=headless,
        firefox_user_prefs=dict(preferences),
        env={**environment, "PYTHONPATH": str(ROOT)},
    )


async def _up(client: ServerConnection, browser: ClientConnection) -> None:
    """Hands on what Playwright asks for, and answers itself what Firefox does not know."""
    async for message in client:
        command = json.loads(message)
        if command["method"] in UNKNOWN:
            await client.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
        else:
            await browser.send(message)


async def _down(client: ServerConnection, browser: ClientConnection) -> None:
    """Hands on what Firefox answers and tells."""
    async for message in browser:
        assert isinstance(message, str)
        await client.send(_with_download(message) if '"browsingContext.download' in message else message)


def _with_download(message: str) -> str:
    """An event of a file that a page hands over, with a name for it: Firefox 153 gives it none, and Playwright asks for one."""
    event = json.loads(message)
    event["params"].setdefault("download", event["params"]["url"])
    return json.dumps(event)


async def _between(arguments: list[str]) -> None:
    """Runs Firefox until it ends, and says at which address its stand-in listens."""
    program = find() or NAMES[0]
    firefox = await asyncio.create_subprocess_exec(program, *arguments, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr is not None

    async def talk(client: ServerConnection) -> None:
        async with connect(f"{address}/session", max_size=None, ping_interval=None, compression=None) as browser:
            both = [asyncio.create_task(way(client, browser)) for way in (_up, _down)]
            _, pending = await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            for way in pending:
                way.cancel()

    async with serve(talk, "127.0.0.1", 0, max_size=None, ping_interval=None, compression=None) as server:
        ours = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        async for line in firefox.stderr:
            said = line.decode(errors="replace")
            if found := ADDRESS.search(said):
                address = found[1]
                said = said.replace(address, ours)
            print(said, end="", file=sys.stderr, flush=True)
        await firefox.wait()


if __name__ == "__main__":
    if "--install" in sys.argv[1:]:
        install()
        print(find())
    else:
        asyncio.run(_between(sys.argv[1:]))
