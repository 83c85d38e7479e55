"""What whoever makes a layer says of its versions: `modules/CHANGELOG.md`, with a heading for each version, perhaps with its day, and a point a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from alongside.files import door
from alongside.load.layers import Layer

CHANGELOG = "CHANGELOG.md"
#: How much of it is read, and how many points are shown.
MOST_BYTES, MOST_POINTS = 64 * 1024, 40
HEADING = re.compile(r"##\s+\[?v?(?P<version>\d[\w.]*)\]?(?:\W+(?P<day>\d{4}-\d\d-\d\d)\b)?")


@dataclass(frozen=True)
class Release:
    """A version of a layer."""

    version: str
    #: The day on which it came out; `None` where that is not said.
    day: date | None
    points: tuple[str, ...]


def releases(layer: Layer) -> tuple[Release, ...]:
    """What is said of each version, with the latest first."""
    path = layer.modules / CHANGELOG
    if not layer.holds(path):
        return ()
    try:
        text = door.read(path, MOST_BYTES).decode("utf-8", "replace")
    except OSError:  # it has gone since it was found
        return ()
    found: list[tuple[str, date | None, list[str]]] = [("", None, [])]  # before the first heading: not out yet
    for line in text.splitlines():
        if heading := HEADING.match(line):
            found.append((heading["version"], _day(heading["day"]), []))
        elif line.startswith("- "):
            found[-1][2].append(line.removeprefix("- ").strip())
    return tuple(Release(version, day, tuple(points)) for version, day, points in found)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:  # 2026-02-30
        return None


def news(layer: Layer, since: str) -> tuple[str, ...]:
    """What is said of the versions that came after the one called `since`; nothing where that is not among them."""
    every = releases(layer)
    at = next((at for at, release in enumerate(every) if release.version and release.version == since), 0)
    return tuple(point for release in every[:at] for point in release.points)[:MOST_POINTS]
