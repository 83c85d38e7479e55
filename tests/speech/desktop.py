"""A desktop without a screen: windows, keys, and Orca, which reads the windows out and is written down."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tests import debian

#: Programs, and the packages of Debian that have them.
PROGRAMS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus-daemon",
    "gdbus": "libglib2.0-bin",
    "orca": "orca",
    "chromium": "chromium",
}
#: A screen reader says one thing after another. When it had nothing to do for so many quarters of a second, it is done.
IDLE = 10
#: Seconds after which nothing at all counts as silence: a busy browser tells late that something has changed.
SILENCE = 12
#: Seconds after which a program that has not started never will.
PATIENCE = 240
KEYS = {"Enter": "Return", "Space": "space", "ArrowDown": "Down", "ArrowUp": "Up", " ": "space"}


def install() -> None:
    """Installs what is missing. Exits with one line where that cannot be done."""
    if packages := [package for program, package in PROGRAMS.items() if not shutil.which(program)]:
        debian.install("at-spi2-core", *packages)
    if still := [program for program in PROGRAMS if not shutil.which(program)]:
        sys.exit(f"Orca cannot be heard: {', '.join(still)} could not be installed.")


class Desktop:
    """What is said, and the keys that are pressed. `environment` is what a program needs to be on it."""

    def __init__(self, spoken: Path, environment: dict[str, str]) -> None:
        self._spoken = spoken
        self._read = 0
        self.environment = environment

    def press(self, key: str) -> None:
        """Presses a key, as a hand would; letters come one after the other without a pause."""
        names = "+".join(KEYS.get(name, name) for name in ([key] if len(key) == 1 else key.split("+")))
        subprocess.run(["xdotool", "key", names], env=self.environment, check=True)  # noqa: S607
        if len(key) > 1:
            time.sleep(0.15)

    def come_to(self, title: str) -> None:
        """Goes to the window with a title, and into its page with a click beside the text."""
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", re.escape(title)]
        found = subprocess.run(search, env=self.environment, check=True, capture_output=True, text=True).stdout.split()
        there = ["windowfocus", "--sync", found[-1], "mousemove", "--window", found[-1], "1225", "640", "click", "1"]
        subprocess.run(["xdotool", *there], env=self.environment, check=True)  # noqa: S607

    def heard(self) -> list[str]:
        """What was said since this was last asked, once nothing more comes and Orca has nothing to do."""
        said, idle, start = self._spoken.stat().st_size, self._idle(), time.monotonic()
        silent = len(self._lines()) == self._read
        while time.monotonic() - start < PATIENCE:
            if self._idle() - idle >= IDLE and not (silent and time.monotonic() - start < SILENCE):
                break
            time.sleep(0.1)
            if (now := self._spoken.stat().st_size) != said:
                said, idle, silent = now, self._idle(), False
        lines = self._lines()
        new, self._read = lines[self._read :], len(lines)
        return [words for _, what, words in map(json.loads, new) if what == "say"]

    def _lines(self) -> list[str]:
        return self._spoken.read_text("utf-8").splitlines()

    def _idle(self) -> int:
        """How often Orca had nothing to do."""
        return int(Path(f"{self._spoken}.idle").read_text("utf-8") or 0)


@contextlib.contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """One with nothing on it but Orca, which is listening. What programs print goes into files in `folder`."""
    home, spoken = folder / "home", folder / "spoken.jsonl"
    customizations = home / ".local/share/orca/orca-customizations.py"
    customizations.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("customizations.py"), customizations)
    (runtime := folder / "run").mkdir(mode=0o700)
    spoken.touch()
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(runtime),
        "SPOKEN": str(spoken),
        "GNOME_ACCESSIBILITY": "1",
        "LANG": "C.UTF-8",
    }
    with contextlib.ExitStack() as running:
        display = _started(running, ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1000x24"], folder, environment)
        environment["DISPLAY"] = f":{display}"
        bus = _started(running, ["dbus-daemon", "--session", "--nofork", "--print-address"], folder, environment)
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus
        for name in ("IsEnabled", "ScreenReaderEnabled"):
            switch = f"org.freedesktop.DBus.Properties.Set org.a11y.Status {name} <true>".split()
            call = [
                "gdbus",
                "call",
                "--session",
                "--dest",
                "org.a11y.Bus",
                "--object-path",
                "/org/a11y/bus",
                "--method",
            ]
            subprocess.run([*call, *switch], env=environment, check=True, capture_output=True)
        _running(running, ["orca"], folder, environment)
        until = time.monotonic() + PATIENCE
        while not spoken.stat().st_size:
            if time.monotonic() > until:
                raise AssertionError(
                    f"Orca says nothing. Only one can run at a time. {(folder / 'orca.txt').read_text('utf-8')}"
                )
            time.sleep(0.1)
        yield Desktop(spoken, environment)


def _started(running: contextlib.ExitStack, command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Starts a program and waits for the one line in which it says where it is."""
    process = _running(running, command, folder, environment, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process.stdout.readline().decode().strip()


def _running(
    running: contextlib.ExitStack,
    command: list[str],
    folder: Path,
    environment: dict[str, str],
    stdout: int | IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a program that is ended with the rest. What it prints goes into a file."""
    out = running.enter_context((folder / f"{command[0]}.txt").open("wb"))
    process = subprocess.Popen(command, env=environment, stdout=stdout or out, stderr=out)
    running.callback(process.wait)
    running.callback(process.terminate)
    return process
