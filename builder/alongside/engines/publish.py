"""Puts a finished site in the place of the one that was there, in one step.

The site is written into a folder beside its place and swapped in when it is whole. Whatever happens
in between, a killed process or a full disk, readers see the old site or the new one, never a mixture.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import glob
import hashlib
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from alongside.files import door
from alongside.files.problems import BuildError, printable, quoted

#: Marks a folder as a site of ours, so that no other folder is ever replaced. Anybody can write such a file, so it
#: lists what the folder holds: whoever plants one does not know what stands in files that are not theirs.
MARKER = ".alongside-site"
MARKER_TEXT = "This folder is written by Alongside. The next build replaces it as a whole, if it holds nothing else.\n"

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Workshop:
    """A folder in which a site is written, beside the place that it will take."""

    def __init__(self, folder: Path, target: Path, before: Mapping[str, str]) -> None:
        self.folder = folder
        #: What was written, by the path in the folder, with its SHA-256.
        self.sums: dict[str, str] = {}
        self._target, self._before = target, before
        self._folders = {""}
        #: What a new file gets here: what the new folder got, but for what only folders have.
        self._mode = stat.S_IFREG | (folder.stat().st_mode & 0o666)

    def put(self, name: str, content: bytes) -> None:
        """Writes a file, unless the site that is there has just that."""
        total = hashlib.sha256(content).hexdigest()
        if not self.keep(name, total):
            self._make_folder(name)
            with (self.folder / name).open("xb") as stream:
                stream.write(content)
            self.sums[name] = total

    def keep(self, name: str, total: str) -> bool:
        """Takes a file with this sum from the site that is there, without a copy, and says whether that was possible.

        Both have it until the old site is taken away; nothing here writes into a file that exists. One with other
        permissions than a new file gets is written anew, or a single build under a strict umask would shut readers out for ever.
        """
        if self._before.get(name) != total:
            return False
        self._make_folder(name)
        try:
            before = f"{self._target}/{name}"  # paths would take longer than the rest
            if os.lstat(before).st_mode != self._mode:
                return False
            os.link(before, f"{self.folder}/{name}", follow_symlinks=False)
        except OSError:  # it has gone, or the file system has no such links
            return False
        self.sums[name] = total
        return True

    def copy(self, name: str, source: Path) -> None:
        """Copies an ordinary file. Raises `BuildError` where it cannot be read."""
        self._make_folder(name)
        digest = hashlib.sha256()
        with (self.folder / name).open("xb") as stream:
            for piece in _pieces(source):
                digest.update(piece)
                stream.write(piece)
        self.sums[name] = digest.hexdigest()

    def _make_folder(self, name: str) -> None:
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)


def _pieces(source: Path) -> Iterator[bytes]:
    try:
        yield from door.pieces(source)
    except OSError as error:  # it has gone since it was found
        raise BuildError(f"{quoted(str(source))} cannot be read: {error.strerror or error}") from error


@contextlib.contextmanager
def publication(target: Path, sources: Sequence[Path] = ()) -> Iterator[Path]:
    """A new folder to write a site into, in any way; the rest as in `workshop`."""
    with workshop(target, sources) as place:
        yield place.folder
        place.sums = sums_of(place.folder)


@contextlib.contextmanager
def workshop(target: Path, sources: Sequence[Path] = ()) -> Iterator[Workshop]:
    """A place to write a new site; it takes the place of `target` when the block ends well.

    `sources` are folders that the site is made of. Raises `BuildError` where `target` is one of them, holds one or lies
    in one, where it is not ours to replace, where another build is at work on it, or where the file system refuses.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100  # a link is refused below, not followed
    refuse_sources(target, sources)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target):
            _recover(target)
            before = _refuse_foreign(target)
            # Made like any other folder, so that whoever may read new files here may read the site.
            folder = target.with_name(f".{target.name}.new-{secrets.token_hex(4)}")
            folder.mkdir()
            try:
                place = Workshop(folder, target, before)
                yield place
                (folder / MARKER).write_text(_mark(place.sums), encoding="utf-8")
                _swap(folder, target)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
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


def _refuse_foreign(target: Path) -> dict[str, str]:
    """What the site that is there holds, if a build of ours has put all of it there."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise BuildError(f"{target} is not a folder. Name another place with --site-dir.")
    sums = sums_of(target)
    foreign = _foreign(target, sums)
    if foreign:
        raise BuildError(
            f"{target} holds files that Alongside did not write, such as {quoted(foreign)}, so it is left alone. "
            "Name another place with --site-dir, or empty the folder yourself."
        )
    return sums


def reader_of(target: Path) -> Callable[[str, str], bytes | None]:
    """Gives what a file of the site that is there holds, if that has a SHA-256; anybody may have put it there, and another has another."""

    def read(name: str, total: str) -> bytes | None:
        try:
            content = door.read(target / name)
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == total else None

    return read


def is_ours(folder: Path) -> bool:
    """Whether a folder holds what a build of ours has put there, and nothing else."""
    return door.is_file(folder / MARKER, folder.parent) and not _foreign(folder, sums_of(folder))


def _foreign(folder: Path, sums: Mapping[str, str]) -> str:
    """A file in the folder, of which these are the sums, that a build of ours has not put there as it is now; empty if there is none."""
    if not sums:
        return ""
    try:
        said = set(door.read(folder / MARKER).decode("utf-8", "replace").splitlines(keepends=True))
    except OSError:
        said = set()
    return next((line.rstrip("\n").partition("  ")[2] for line in _lines(sums) if line not in said), "")


def sums_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder by its path there; links and the like have none that a file could have."""
    found: dict[str, str] = {}
    waiting = [""] if folder.is_dir() else []
    while waiting:
        inside = waiting.pop()
        with os.scandir(folder / inside) as entries:  # paths would take longer than all sums
            for entry in entries:
                name = inside + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                elif not entry.is_file(follow_symlinks=False):
                    found[name] = "no file"
                elif name != MARKER:
                    found[name] = _sum(entry.path)
    return found


def _mark(sums: Mapping[str, str]) -> str:
    return MARKER_TEXT + "".join(_lines(sums))


def state_now(target: Path) -> str:
    """What tells a site from any other, where in its place all is as a build of ours would leave it now; empty where not."""
    umask = os.umask(0)
    os.umask(umask)
    try:
        if target.is_symlink() or any(target.parent.glob(f".{glob.escape(target.name)}.*-*")):  # a build was killed
            return ""
        for folder, inner, files in os.walk(target):
            if not inner and not files:  # no build leaves an empty folder
                return ""
            modes = {folder: 0o777} | {os.path.join(folder, name): 0o666 for name in files}  # noqa: PTH118  # as in `sums_of`
            if any(stat.S_IMODE(os.lstat(path).st_mode) & 0o777 != mode & ~umask for path, mode in modes.items()):
                return ""
        return state_of(target) if door.read(target / MARKER) == _mark(sums_of(target)).encode() else ""
    except OSError:
        return ""


def state_of(target: Path) -> str:
    """What tells a site that a build of ours has just written from any other; empty where it has gone since."""
    try:
        return hashlib.sha256(door.read(target / MARKER)).hexdigest()
    except OSError:
        return ""


def _lines(sums: Mapping[str, str]) -> list[str]:
    """A line for each file, as sha256sum writes them."""
    return [f"{sums[name]}  {printable(name)}\n" for name in sorted(sums, key=lambda name: name.split("/"))]


def _sum(path: str) -> str:
    with open(path, "rb") as stream:  # noqa: PTH123  # as above
        return hashlib.file_digest(stream, "sha256").hexdigest()


def refuse_sources(target: Path, sources: Sequence[Path]) -> None:
    """Raises `BuildError` where something new at `target` could take the place of what a site is made of.

    Folders are compared by name and as the disk knows them, so that neither links nor capitals nor `..` lead around this.
    """
    home, top = Path(os.path.expanduser("~")), Path("/")  # noqa: PTH111  # the other one raises where there is no home
    for source in (*sources, home, top):
        inside = source not in {home, top} and _lies_in(target, source)
        if inside or _lies_in(source, target):
            raise BuildError(
                f"{target} is, holds or lies in {source}, which is not to be replaced. Name another place."
            )


def _lies_in(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies in it, on a disk with or without capitals. Neither has to be there."""
    here, there = (Path(os.path.realpath(place)) for place in (path, folder))
    if Path(str(here).casefold()).is_relative_to(str(there).casefold()):
        return True
    known = _identity(there)
    return known is not None and any(_identity(step) == known for step in (here, *here.parents))


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _recover(target: Path) -> None:
    """Cleans up after a build that was killed. A site that was only moved aside is moved back."""
    name = glob.escape(target.name)
    for old in sorted(target.parent.glob(f".{name}.old-*")):
        if not target.exists() and is_ours(old):
            old.rename(target)
        else:
            shutil.rmtree(old, ignore_errors=True)
    for stale in target.parent.glob(f".{name}.new-*"):
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
