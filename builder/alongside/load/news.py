"""What whoever makes a layer says of its versions: `modules/CHANGELOG.md`, with a heading for each version and a point a line."""

from __future__ import annotations

import re

from alongside.files import door
from alongside.load.layers import Layer

CHANGELOG = "CHANGELOG.md"
#: How much of it is read, and how many points are shown.
MOST_BYTES, MOST_POINTS = 64 * 1024, 40
HEADING = re.compile(r"##\s+\[?v?(?P<version>\d[\w.]*)")


def news(layer: Layer, since: str) -> tuple[str, ...]:
    """What is said of the versions that came after the one called `since`; nothing where that is not among them."""
    path = layer.modules / CHANGELOG
    if not layer.holds(path):
        return ()
    try:
        text = door.read(path, MOST_BYTES).decode("utf-8", "replace")
    except OSError:  # it has gone since it was found
        return ()
    points: list[str] = []
    for line in text.splitlines():
        heading = HEADING.match(line)
        if heading and heading["version"] == since:
            return tuple(points[:MOST_POINTS])
        if line.startswith("- "):
            points.append(line.removeprefix("- ").strip())
    return ()
