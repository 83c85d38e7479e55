"""Follows the folders of a site: the system says when something changes, so that waiting costs nothing.

Each folder is followed by itself where the system would otherwise be asked by a walk that goes through links: a link
that somebody sends could lead it over the whole disk.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from stat import S_ISDIR

from watchfiles import watch

from alongside.files import door

#: How long it has to be quiet after a change, and how long changes are gathered at most, in milliseconds.
QUIET, GATHERED = 50, 400
#: How often it is looked whether a folder at the top has come, gone or been replaced, in milliseconds.
LOOK_UP = 1000
#: How often files are looked at where the system says nothing, as on drives of other machines, in milliseconds.
POLLING = 1000
#: How long after a change files are looked at once more, in seconds: where the system says nothing, the library sees
#: only the second in which a file was written last, and misses another change in it.
LOOK_AGAIN = 2
#: Systems that follow what is below a folder themselves, and go through no link.
BELOW = sys.platform in {"darwin", "win32"}

#: Folders and files, with what tells them from others of the same name or from what they were.
Known = dict[Path, tuple[int, int]]


def followed(tops: Callable[[], Iterable[Path]], stop: threading.Event) -> Iterator[bool]:
    """Whether something may have changed in `tops`, again and again until `stop`; at least once a second.

    These are folders, or files of which changes may be heard a second later, and need not be there. True comes once more after it has begun to listen anew, for what happened meanwhile.
    Raises `KeyboardInterrupt` where somebody ends it.
    """
    polling: bool | None = None  # which is the system's own way, unless the environment or the library knows better
    while not stop.is_set():
        try:
            yield from _until_folders_change(tops, stop, polling=polling)
        except FileNotFoundError:  # a folder has gone since it was found
            stop.wait(QUIET / 1000)
        except (OSError, RuntimeError):  # the system follows no more folders, or none at all
            if polling:
                raise
            polling = True


def _until_folders_change(
    tops: Callable[[], Iterable[Path]], stop: threading.Event, *, polling: bool | None
) -> Iterator[bool]:
    above, known = _known(tops()), _known(_folders(tops()))
    told = watch(
        *known, watch_filter=None, debounce=GATHERED, step=QUIET, stop_event=stop, rust_timeout=LOOK_UP,
        yield_on_timeout=True, force_polling=polling, poll_delay_ms=POLLING, recursive=BELOW,
        ignore_permission_denied=True,
    )  # fmt: skip
    anew, until = True, 0.0
    seen: Known = {}
    for changes in told:
        now = time.monotonic()
        before, seen = seen, _known(_files(tops())) if changes or now < until else {}
        missed = bool(before and seen) and seen != before
        if changes or missed:
            until = now + LOOK_AGAIN
        yield bool(changes) or anew or missed
        anew = False
        if _known(tops()) != above or (changes and _known(_folders(tops())) != known):
            return


def _folders(tops: Iterable[Path]) -> Iterator[Path]:
    """The folders that the system is asked to follow: all of them, or those at the top where it goes further itself."""
    for top in tops:
        yield from [top] if BELOW else door.folders_below(top)


def _files(tops: Iterable[Path]) -> Iterator[Path]:
    for top in tops:
        yield from door.below(top).files if top.is_dir() else [top]


def _known(paths: Iterable[Path]) -> Known:
    found = {}
    for path in paths:
        try:
            status = path.stat(follow_symlinks=False)
        except OSError:  # it is not there, or no more
            continue
        found[path] = status.st_ino, 0 if S_ISDIR(status.st_mode) else status.st_ctime_ns
    return found
