"""What a layer has taken over from layers below it, as `.alongside/taken.json` remembers it.

Each entry keeps the text of the original as it was on that day. By it a change of the original is noticed, a part without an
id is found again after others were put before it, and a proposal can say what comes from which side. Programs write the
file, nobody else; a site commits it.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alongside.files import door
from alongside.files.located import Place
from alongside.files.problems import Problem
from alongside.load.layers import Layer

#: Where a site keeps what programs remember for it.
MEMORY = ".alongside"
TAKEN = f"{MEMORY}/taken.json"
#: More of such a file is neither read nor written. A module has about 4 kB in what was published.
MOST_BYTES = 32 * 1024 * 1024
TOO_LARGE = f"larger than {MOST_BYTES // 1024 // 1024} MB"
#: What lies so deep in such a file stands on one line: a part of a module, in what was published.
ON_ONE_LINE = 5
#: Which form the file has.
FORM = 1


@dataclass(frozen=True)
class Noted:
    """Something as it was when it was taken over."""

    #: The name of the layer that it came from, and the version of what that layer is part of, where there is one.
    layer: str
    version: str
    #: Of what it says, however it is laid out.
    digest: str
    #: As its author wrote it.
    text: str


@dataclass(frozen=True)
class Taken:
    """What was taken over, by address."""

    originals: Mapping[str, Noted] = field(default_factory=dict)

    def digest(self, address: str) -> str | None:
        """What tells the original of that day from any other."""
        found = self.originals.get(address)
        return found.digest if found else None


def taken_of(layer: Layer) -> tuple[Taken, list[Problem]]:
    """What a layer has taken over, and a problem where that cannot be read."""
    path = layer.root / TAKEN
    if not layer.holds(path):
        return Taken(), []
    originals, problems = read_noted(path, layer.label(path))
    return Taken(originals), problems


def read_noted(path: Path, name: str) -> tuple[dict[str, Noted], list[Problem]]:
    """What a file of such notes holds, and a problem where it cannot be read; `name` stands for it in messages."""
    content, problems = read_record(path, name, "taken")
    originals = {name: made for name, entry in content.items() if (made := _noted(entry)) is not None}
    if not problems and len(originals) < len(content):
        problems = [not_understood(name)]
    return originals, problems


def _noted(entry: Any) -> Noted | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("lines"), list):
        return None
    words = [entry.get("layer"), entry.get("version"), entry.get("digest"), *entry["lines"]]
    if not all(isinstance(word, str) for word in words):
        return None
    return Noted(entry["layer"], entry["version"], entry["digest"], "\n".join(entry["lines"]))


def written(originals: Mapping[str, Noted]) -> bytes:
    """The file of what was taken over, a line of text a line, so that a difference of two can be read."""
    entries = {
        address: {
            "layer": one.layer, "version": one.version, "digest": one.digest, "lines": one.text.split("\n"),
        }
        for address, one in sorted(originals.items())
    }  # fmt: skip
    return record({"taken": entries})


def record(content: Mapping[str, Any]) -> bytes:
    """What a program remembers for a site, as its file holds it. Raises `OSError` where that is more than would be read."""
    made = (_laid_out({"form": FORM, **content}) + "\n").encode()
    if len(made) > MOST_BYTES:
        raise OSError(errno.EFBIG, f"what is to be remembered is {TOO_LARGE}")
    return made


def _laid_out(value: Any, depth: int = 0) -> str:
    """JSON with a line for each entry, but for what lies deep."""
    if depth == ON_ONE_LINE or not value or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    start, end = "\n" + " " * (depth + 1), "\n" + " " * depth
    if isinstance(value, list):
        return f"[{start}{f',{start}'.join(_laid_out(one, depth + 1) for one in value)}{end}]"
    entries = (f"{json.dumps(key, ensure_ascii=False)}: {_laid_out(one, depth + 1)}" for key, one in value.items())
    return f"{{{start}{f',{start}'.join(entries)}{end}}}"


def read_record(path: Path, name: str, key: str) -> tuple[dict[str, Any], list[Problem]]:
    """What stands below a key of such a file, and a problem where it cannot be read."""
    try:
        held = door.read(path, MOST_BYTES + 1)
        if len(held) > MOST_BYTES:
            return {}, [_too_large(name)]
        content = json.loads(held)
    except (OSError, ValueError, RecursionError):
        return {}, [not_understood(name)]
    found = content.get(key) if isinstance(content, dict) and content.get("form") == FORM else None
    return (found, []) if isinstance(found, dict) else ({}, [not_understood(name)])


def not_understood(name: str) -> Problem:
    """The problem that a file of the site’s memory says nothing that can be used."""
    return _unreadable(name, "cannot be read", "the file as alongside wrote it: JSON of a form that this version knows")


def _too_large(name: str) -> Problem:
    what = f"is {TOO_LARGE}, and no more is read"
    return _unreadable(name, what, "the file as alongside wrote it, which is smaller")


def _unreadable(name: str, what: str, expected: str) -> Problem:
    return Problem(
        "L130",
        "error",
        f"what is remembered here {what}",
        Place(name),
        expected,
        "take an earlier state of it from the history of your site, or delete it; then nothing is known of what was before",
    )
