"""Runs the command in children that are killed, or under whose hands files vanish.

Run as a program, since forking is safe only in a process without threads: `python -m tests.engines.killing`
with what to do, a folder, a number of times and a number for chance to start from. Prints one line of JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from alongside.build import prepare
from alongside.commands import main
from alongside.engines.writing import write
from alongside.load.project import Project
from alongside.render.site import Site
from tests.browser.small import write_small


def state(place: Path) -> str:
    """A name for all that stands in a file or folder."""
    found = sorted(place.rglob("*")) if place.is_dir() else [place]
    digest = hashlib.sha256()
    for path in found:
        if path.is_file():
            digest.update(f"{path.relative_to(place.parent)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest() if place.exists() else "nothing"


def command(*arguments: str) -> int:
    """Runs the command here. Returns how it ends."""
    result = CliRunner().invoke(main.main, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code


def child(work: Callable[[], object]) -> int:
    """Does something in a child. Returns its number."""
    process = os.fork()
    if process == 0:
        code = 99
        try:
            code = int(work() or 0)  # type: ignore[call-overload]
        finally:
            os._exit(code)
    return process


def two_versions(folder: Path) -> Callable[[int], None]:
    """A small site, and a function that makes one of two versions of its sources."""
    write_small(folder)
    texts = {path: path.read_text("utf-8") for path in (folder / "modules").rglob("*.yml")}

    def make(version: int) -> None:
        for path, text in texts.items():
            path.write_text(text.replace("Listening first", "Listening, then") if version else text, "utf-8")

    return make


def writing(folder: Path) -> int:
    """Writes a site that is ready, which is the part of a build that touches the disk. The version stands in the sources."""
    project, site = READY[state(folder / "modules")]
    write(project, site, None)
    return 0


#: Sites that are ready to be written, by what stands in their sources.
READY: dict[str, tuple[Project, Site]] = {}


def killed(folder: Path, times: int, work: Callable[[], int], place: Path, seed: int) -> dict[str, object]:
    """Kills what writes `place` at random moments, and looks at what stands there."""
    make = two_versions(folder)
    os.chdir(folder)
    whole = []
    longest = 0.0
    for version in (0, 1):
        make(version)
        READY[state(folder / "modules")] = prepare(folder / "mkdocs.yml")[:2]
        began = time.monotonic()
        assert work() == 0
        longest = time.monotonic() - began
        whole.append(state(place))
    assert whole[0] != whole[1]
    chance = random.Random(seed)  # noqa: S311  # chance, not secrecy
    seen = {"old": 0, "new": 0}
    current = whole[1]
    before = {path.name for path in folder.iterdir()}
    for number in range(times):
        make(number % 2)
        process = child(work)
        time.sleep(chance.uniform(0, 1.1 * longest))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        now = state(place)
        assert now in {current, whole[number % 2]}, f"kill {number}: neither the old one nor the new one"
        # The machine may be slower or faster than a moment ago: the window follows, so that both ends are met.
        longest *= 1.15 if now == current else 0.8
        seen["old" if now == current else "new"] += 1
        current = now
    make(0)
    assert work() == 0
    assert state(place) == whole[0]
    litter = {path.name for path in folder.iterdir()} - before
    return {**seen, "litter": sorted(litter)}


def vanished(folder: Path) -> dict[str, object]:
    """Takes away each source in turn at the moment at which it is opened, and looks at how the build ends."""
    two_versions(folder)(0)
    os.chdir(folder)
    assert command("build", "--quiet") == 0
    before = state(folder / "site")
    sources = [path for path in sorted(folder.rglob("*")) if path.is_file() and "site" not in path.parts]
    endings: dict[str, int] = {}
    for source in sources:
        content = source.read_bytes()

        def work(source: Path = source) -> int:
            def take_away(event: str, given: tuple[object, ...]) -> None:
                if event == "open" and isinstance(given[0], str | Path) and Path(given[0]) == source:
                    source.unlink(missing_ok=True)

            sys.addaudithook(take_away)
            return command("build", "--quiet")

        code = os.waitstatus_to_exitcode(os.waitpid(child(work), 0)[1])
        source.write_bytes(content)
        endings[source.relative_to(folder).as_posix()] = code
        if code:
            assert state(folder / "site") == before, f"{source}: the old site has changed"
        else:
            assert command("build", "--quiet") == 0
    return endings


if __name__ == "__main__":
    what, where = sys.argv[1], Path(sys.argv[2])
    if what == "vanish":
        print(json.dumps(vanished(where)))
    else:
        output = where / ("out.zip" if what == "export" else "site")
        works: dict[str, Callable[[], int]] = {
            "write": lambda: writing(where),
            "build": lambda: command("build", "--quiet"),
            "export": lambda: command("export", "site", "--out", str(output)),
        }
        print(json.dumps(killed(where, int(sys.argv[3]), works[what], output, int(sys.argv[4]))))
