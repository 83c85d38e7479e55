"""What tells files, and the builder itself, from what they were."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from alongside.files import door

PACKAGE = Path(__file__).parents[1]
#: What shapes pages and findings and is no file of ours. A test compares it with `pyproject.toml`.
PACKAGES = (
    "babel", "imagesize", "jinja2", "markdown", "markupsafe", "mkdocs-material", "nh3", "pydantic", "pydantic-core", "pyyaml",
    "rcssmin", "resvg-py", "rjsmin",
)  # fmt: skip
#: After so many nanoseconds another change of a file shows in its time, whatever the disk.
SETTLED = 3_000_000_000
#: How much of a file is looked at. Nothing reads more of what stands beside a module; of a longer film the length counts.
MOST = 16 * 1024 * 1024

#: Names of files with what they hold.
Digests = list[tuple[str, str]]

#: Digests of files by what tells the state in which they were read.
_KNOWN: dict[tuple[Path, int, int, int, int], str] = {}


def digest_of(path: Path) -> str:
    """What tells an ordinary file from any other: its length and the SHA-256 of what it holds. Raises `OSError`."""
    status = os.lstat(path)
    state = path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    known = _KNOWN.get(state)
    if known is None:
        began = time.time_ns()
        content = door.read(path, MOST)
        size = len(content) if len(content) < MOST else path.stat().st_size
        known = f"{size} {hashlib.sha256(content).hexdigest()}"
        # The clock of a disk is coarse: another change right after this one could show the same time.
        if began - max(status.st_mtime_ns, status.st_ctime_ns) > SETTLED:
            _KNOWN[state] = known
    return known


def passed_over(theme: Path) -> Digests:
    """The files of a theme that nothing lists, since they are hidden or were left behind. Templates can name them all the same.

    Raises `OSError` for a link among them, which would be followed. What Git keeps is no template.
    """
    found: Digests = []
    aside = {str(theme): False}
    for here, folders, files in os.walk(theme):
        folders[:] = sorted(name for name in folders if name != ".git")
        inner = {name: aside[here] or name.startswith(".") or door.is_dropped(name) for name in [*folders, *files]}
        aside |= {os.path.join(here, name): inner[name] for name in folders}  # noqa: PTH118  # as text
        for name in sorted(inner):
            path = Path(here, name)
            if inner[name] and name != ".git" and (path.is_symlink() or name not in folders):
                found.append((path.relative_to(theme).as_posix(), digest_of(path)))
    return found


@cache
def own_files() -> Digests:
    """The files of the builder, which stay what they were when it was started."""
    found = [(path.relative_to(PACKAGE).as_posix(), path.read_bytes()) for path in sorted(_of_the_builder())]
    return [(name, hashlib.sha256(content).hexdigest()) for name, content in found]


def _of_the_builder() -> Iterator[Path]:
    apart = {"__pycache__", "_bundled"}  # the theme among what is bundled counts as a theme
    return (path for path in PACKAGE.rglob("*") if path.is_file() and apart.isdisjoint(path.relative_to(PACKAGE).parts))


def versions() -> Digests:
    """Python and what the builder is built on, with their versions."""
    return [("python", sys.version), *((name, _version(name)) for name in PACKAGES)]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
