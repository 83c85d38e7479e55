"""What a run of a command came to, for the next one that would come to the same: nothing that it depends on has changed.

To find that out takes no more than reading every file once. No value of the model is made, and what makes them is not loaded.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from alongside.files.cache import ENDING, SITE, cache_folder, digest, read_entry, write_entry
from alongside.files.fingerprints import MOST, digest_of, own_files, passed_over, versions
from alongside.files.paths import real

#: How the path of a folder ends whose templates can name what is hidden.
THEME = f"{os.sep}theme"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to."""

    #: What it said, and whether that goes to another program as it is.
    said: tuple[tuple[str, bool], ...]
    #: The number with which it ended.
    code: int
    #: Every file and folder from which something was read, with all that is in it.
    sources: tuple[str, ...]
    #: The folder that it wrote, and what tells that from any other.
    written: tuple[str, str] = ("", "")


class Earlier:
    """The run before of a command. Its `outcome` is that of the next one too, if that is asked for the same; otherwise `None`."""

    def __init__(self, command: str, configuration: Path, *asked: Any) -> None:
        folder = cache_folder(real(configuration.parent))
        self._path = folder / f"{SITE}.{command}{ENDING}" if folder else None
        self._configuration, self._asked = configuration, asked
        self._before = ("", 0)
        self.outcome: Outcome | None = None
        entry = read_entry(self._path) if self._path else None
        kept = _outcome(entry[1]) if entry else None
        if entry and kept:
            self._before = self._state(kept.sources)
            self.outcome = kept if entry[0] == self._before[0] else None

    def keep(self, outcome: Outcome) -> None:
        """Keeps what this run came to, where all that it depends on was the same before and after it, and nobody changed it meanwhile.

        Before the first run nobody knows what that is, so of it only this is kept.
        """
        if self._path:
            state = self._state(outcome.sources)
            body = json.dumps(asdict(outcome)).encode()
            write_entry(self._path, state[0] if state == self._before else "", body)

    def _state(self, sources: Iterable[str]) -> tuple[str, int]:
        """What tells everything on which a run depends from what it was, a new one for what cannot be read; and when it last changed."""
        latest = 0
        files = []
        try:
            for source in sources:
                below = []
                for found, changed in _below(source):
                    below.append(found)
                    latest = max(latest, changed)
                aside = passed_over(Path(source)) if source.endswith(THEME) else []
                files.append([source, os.path.realpath(source), below, aside])
            here = os.getcwd(), os.path.realpath(self._configuration)  # noqa: PTH109  # as text
            configuration = [str(self._configuration), here, digest_of(self._configuration)]
        except OSError:
            return digest(os.urandom(8).hex()), 0
        return digest([own_files(), versions(), configuration, files, self._asked]), latest


def _outcome(body: bytes) -> Outcome | None:
    """What was kept; `None` for what another version kept in another form."""
    try:
        kept = json.loads(body)
        said = tuple((str(text), bool(as_it_is)) for text, as_it_is in kept["said"])
        folder, total = kept["written"]
        return Outcome(said, kept["code"], tuple(kept["sources"]), (folder, total))
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def _below(path: str) -> Iterator[tuple[list[Any], int]]:
    """Everything at a path and below it: each name with what stands there, and when that changed, in nanoseconds.

    No link is followed, but for whether it leads to a file or folder; of what is hidden only the name counts.
    """
    waiting = [path]
    while waiting:
        here = waiting.pop()
        try:
            status = os.lstat(here)
        except FileNotFoundError:
            continue
        # Nobody can set this time, as programs do with that of a change of what a file holds.
        changed = status.st_ctime_ns
        if stat.S_ISDIR(status.st_mode):
            with os.scandir(here) as entries:
                names = sorted(entry.name for entry in entries)
            yield [here, names], changed
            waiting += [f"{here}/{name}" for name in names if not name.startswith(".")]
        elif stat.S_ISREG(status.st_mode):
            longer = status.st_size > MOST and changed  # of which the end is not looked at
            yield [here, digest_of(Path(here)), longer], changed
        else:
            leads_to = os.path.isdir(here), os.path.isfile(here)  # noqa: PTH112, PTH113  # as text
            yield [here, stat.S_IFMT(status.st_mode), leads_to], changed
