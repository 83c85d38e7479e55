"""What is the same for every test and takes a while: made once in a run, by whichever of its processes is the first."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """A folder of the run, the same in each of its processes."""
    own = factory.getbasetemp()
    # Each process of pytest-xdist has a folder of its own in the one of the run.
    folder = (own.parent if own.name.startswith("popen-") else own) / "once"
    folder.mkdir(exist_ok=True)
    return folder


def made_once(folder: Path, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` in a shared one, once `make` has filled it. Whoever comes meanwhile waits."""
    made = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            begun = folder / f"{name}.begun"
            begun.mkdir()
            make(begun)
            begun.rename(made)
    return made
