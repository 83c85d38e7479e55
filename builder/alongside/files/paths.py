"""Which names of files are safe to follow, to write and to publish."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Container
from pathlib import Path, PurePath
from urllib.parse import unquote

SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
#: One folder or file name in a path: letters and digits of any script, and - _ . inside. One folder of every site has a dot.
PART = re.compile(r"[\w-]([\w.-]*[\w-])?|\.well-known")
#: What a name cannot have in it, whatever else it has.
OTHER = re.compile(r"[^\w.-]+")
#: Letters and marks that nobody sees: fillers, joiners of marks and selectors of forms.
UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
#: Names that Windows keeps for devices, whatever ending they have.
DEVICE = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\.|$)", re.IGNORECASE)


def real(path: Path) -> Path:
    """Where a path leads, with every link followed. A link that leads to itself leads nowhere and stays as it is.

    `Path.resolve` raises an error of its own for such a link under Python 3.11 and 3.12.
    """
    return Path(os.path.realpath(path))


def address(path: str | PurePath) -> str:
    """A path as it stands in addresses: with strokes, and each letter in one way, however a disk or an editor keeps its accents."""
    return unicodedata.normalize("NFC", path if isinstance(path, str) else path.as_posix())


def same_to_some(path: str) -> str:
    """What two paths have in common that are one to some computers: those that see no capitals, or keep accents in one way."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


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
    if not all(PART.fullmatch(_without_marks(part)) and not UNSEEN.search(part) for part in parts):
        return "has other characters than letters, digits, - _ and ."
    if any(DEVICE.match(part) for part in parts):
        return "has a name that Windows keeps for a device"
    return ""


def _without_marks(part: str) -> str:
    """A name without the accents and vowel signs above and below its letters, which belong to them."""
    if part.isascii():
        return part
    return part[:1] + "".join(letter for letter in part[1:] if unicodedata.category(letter)[0] != "M")


def usable(name: str, taken: Container[str] = ()) -> str:
    """The nearest name of a file that is safe, works on every computer and is not among those `taken`.

    `two chairs.png` and `two%20chairs.png` become `two-chairs.png`.
    """
    stem, dot, ending = address(unquote(name)).rpartition(".")
    if not stem.strip(". "):  # no ending, or nothing but one
        stem, dot, ending = (ending, "", "") if not dot else ("", dot, ending)
    stem, ending = _tidied(stem), _tidied(ending)
    if not stem or DEVICE.match(stem):
        stem = f"file-{stem}".rstrip("-")
    tail = f".{ending}" if ending else ""
    found, number = stem + tail, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}{tail}"
    return found


def _tidied(text: str) -> str:
    """A piece of a name with one hyphen for all that a name cannot have."""
    kept = "".join(letter if unicodedata.category(letter)[0] == "M" else OTHER.sub(" ", letter) for letter in text)
    words = (word.strip("-.") for word in UNSEEN.sub("", kept).split())
    return re.sub(r"^[^\w-]+", "", "-".join(word for word in words if word)).strip("-.")
