"""Puts a finished site in the place of the one that was there, in one step.

The site is written into a folder beside its place and swapped in when it is whole. Whatever happens
in between, a killed process or a full disk, readers see the old site or the new one, never a mixture.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from alongside.problems import BuildError

#: Marks a folder as a site of ours, so that no other folder is ever replaced.
MARKER = ".alongside-site"
MARKER_TEXT = "This folder is written by Alongside. The next build replaces it as a whole.\n"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


@contextlib.contextmanager
def publication(target: Path) -> Iterator[Path]:
    """A new folder to write a site into; it takes the place of `target` when the block ends well.

    Raises `BuildError` where `target` is not ours to replace, where another build is at work on
    it, or where the file system refuses.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100  # a link is refused below, not followed
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target):
            _recover(target)
            _refuse_foreign(target)
            workshop = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
            try:
                workshop.chmod(0o755)
                (workshop / MARKER).write_text(MARKER_TEXT, encoding="utf-8")
                yield workshop
                _swap(workshop, target)
            finally:
                shutil.rmtree(workshop, ignore_errors=True)
    except OSError as error:
        raise BuildError(
            f"{target} cannot be written: {error.strerror or error}. The site that was there is unchanged."
        ) from error


@contextlib.contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Keeps a second build of the same site out. The lock goes away with the process that holds it.

    It stands beside the site: in a folder for everyone's temporary files somebody else could put a link in its place.
    """
    path = target.with_name(f".{target.name}.lock")
    while True:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            raise BuildError(
                f"another build is writing {target} at this moment. Try again when it has ended."
            ) from None
        # The build before may have removed the file between our opening and locking it.
        with contextlib.suppress(FileNotFoundError):
            if path.stat().st_ino == os.fstat(lock).st_ino:
                break
        os.close(lock)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _refuse_foreign(target: Path) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise BuildError(f"{target} is not a folder. Name another place with --site-dir.")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        raise BuildError(
            f"{target} holds files that Alongside did not write, so it is left alone. "
            "Name another place with --site-dir, or empty the folder yourself."
        )


def _recover(target: Path) -> None:
    """Cleans up after a build that was killed. A site that was only moved aside is moved back."""
    for old in sorted(target.parent.glob(f".{target.name}.old-*")):
        if not target.exists() and (old / MARKER).is_file():
            old.rename(target)
        else:
            shutil.rmtree(old, ignore_errors=True)
    for stale in target.parent.glob(f".{target.name}.new-*"):
        shutil.rmtree(stale, ignore_errors=True)


def _swap(workshop: Path, target: Path) -> None:
    if not target.exists():
        workshop.rename(target)
    elif not _exchanged(workshop, target):
        aside = target.with_name(f".{target.name}.old-{os.getpid()}")
        target.rename(aside)
        workshop.rename(target)
        shutil.rmtree(aside, ignore_errors=True)
    descriptor = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchanged(workshop: Path, target: Path) -> bool:
    """Swaps two folders in one step where the kernel can (Linux, `renameat2`), and says whether it did."""
    if sys.platform != "linux":
        return False
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(workshop), _AT_FDCWD, os.fsencode(target), _RENAME_EXCHANGE) == 0:
        return True
    reason = ctypes.get_errno()
    if reason in {errno.EINVAL, errno.ENOSYS}:
        return False
    raise OSError(reason, os.strerror(reason), str(target))
