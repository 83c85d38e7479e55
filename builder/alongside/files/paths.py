"""Which names of files are safe to follow, to write and to publish."""

from __future__ import annotations

import os
import re
from pathlib import Path

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
#: One folder or file name in a path: letters and digits of any script, and - _ . inside. One folder of every site has a dot.
PART = re.compile(r"[\w-]([\w.-]*[\w-])?|\.well-known")
#: Names that Windows keeps for devices, whatever ending they have.
DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)


def real(path: Path) -> Path:
    """Where a path leads, with every link followed. A link that leads to itself leads nowhere and stays as it is.

    `Path.resolve` raises an error of its own for such a link under Python 3.11 and 3.12.
    """
    return Path(os.path.realpath(path))


def unsafe_part(path: str) -> str:  # noqa: PLR0911  # one answer for each way out
    """What keeps a path from being one inside its folder, in words; empty if nothing."""
    if not path:
        return "is empty"
    if SCHEME.match(path):
        return "starts with a drive or a scheme"
    if path.startswith(("/", "~")):
        return "starts at the top of the disk"
    if "\\" in path:
        return "has backslashes"
    if "%" in path:
        return "is encoded with % signs"
    parts = path.split("/")
    if ".." in parts:
        return "climbs with .. to other folders"
    if not all(PART.fullmatch(part) for part in parts):
        return "has other characters than letters, digits, - _ and ."
    if any(DEVICE.match(part) for part in parts):
        return "has a name that Windows keeps for a device"
    return ""
