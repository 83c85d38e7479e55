"""Orca runs this when it starts: what it would say is written down, one JSON array a line, and not spoken.

A line is the time in seconds, what happened ("say", or "stop" where what is being said is cut off) and the words.
Beside it a number grows four times a second, as long as Orca has nothing to do.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from gi.repository import GLib  # type: ignore[import-untyped]
from orca import speech  # type: ignore[import-not-found]

_file = Path(os.environ["SPOKEN"]).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115  # open as long as Orca runs


def _note(what: str, words: str = "") -> None:
    _file.write(json.dumps([time.time(), what, words], ensure_ascii=False) + "\n")


def _say(text: str, *_: Any, **__: Any) -> None:
    _note("say", text)


def _stop() -> None:
    _note("stop")


def _nothing(*_: Any, **__: Any) -> None:
    """Starts no voice, and names no key."""


def _idle(count: list[int] = [0]) -> bool:  # noqa: B006  # it is the count
    count[0] += 1
    Path(os.environ["SPOKEN"] + ".idle").write_text(str(count[0]), "utf-8")
    return True


GLib.timeout_add(250, _idle, priority=GLib.PRIORITY_LOW)
speech._speak = _say
speech.speakCharacter = _say
speech.speakKeyEvent = _nothing
speech.stop = _stop
speech.init = _nothing
