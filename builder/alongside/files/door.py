"""The one way to files that others wrote: ordinary files, reached through ordinary folders.

A link that somebody sends leads to other files of this machine, such as what its environment holds, and a pipe or a
device keeps a reader waiting for ever. None of them is followed, wherever it stands; `below` names them for messages.
What is hidden (its name starts with a dot) is neither read nor published, and what systems and editors leave behind
beside other files counts as hidden.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO

#: How many files one folder of a site may hold, and how many folders deep. Of `modules/` and `content/` it holds for what
#: stands in them alone and for each folder in them, since there is no bound on how many modules a site has.
MOST_FILES = 20_000
DEEPEST = 12

#: How much of a file is held at once where it is only passed on.
PIECE = 1024 * 1024

#: No link, no waiting, no change of line ends. Not every system has all of these.
_OPENING = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
    _OPENING |= getattr(os, _flag, 0)
#: What Windows, macOS and editors leave beside the files that somebody works on: nobody's content.
DROPPED = re.compile(
    r"thumbs\.db|ehthumbs(_vista)?\.db|desktop\.ini|icon\r|__macosx|~\$.*|#.*#|.*~|.*\.(sw[a-p]|orig|rej|bak|tmp|part|crdownload)"
    r"|.*:zone\.identifier",
    re.IGNORECASE,
)
DROPPING = "was left behind"
_KINDS = {stat.S_IFLNK: "is a symbolic link", stat.S_IFIFO: "is a pipe", stat.S_IFSOCK: "is a socket"}


@dataclass(frozen=True)
class Found:
    """What stands below a folder: the files in order, and what is no file or folder, with what it is instead."""

    files: tuple[Path, ...]
    refused: tuple[tuple[Path, str], ...] = ()
    #: What systems and editors left behind.
    dropped: tuple[Path, ...] = ()


def below(folder: Path) -> Found:
    """Everything below a folder that is not hidden; nothing where there is no such folder."""
    files: list[Path] = []
    refused: list[tuple[Path, str]] = []
    dropped: list[Path] = []
    for path, trouble in _walked(folder, 0):
        if trouble == DROPPING:
            dropped.append(path)
        elif trouble:
            refused.append((path, trouble))
        else:
            files.append(path)
    return Found(tuple(sorted(files)), tuple(sorted(refused)), tuple(dropped))


def _walked(folder: Path, depth: int) -> Iterator[tuple[Path, str]]:
    """The files below a folder, and what is none with what it is."""
    if not os.path.lexists(folder):
        return
    trouble = _trouble(_kind(folder), stat.S_IFDIR)
    if trouble or depth > DEEPEST:
        yield folder, trouble or f"is more than {DEEPEST} folders deep"
        return
    try:
        with os.scandir(folder) as entries:  # which knows what most entries are without asking for each
            kinds = {entry.name: _kind_of(entry) for entry in entries}
    except OSError as error:
        yield folder, f"cannot be read: {error.strerror}"
        return
    alone = 0
    for name in sorted(kinds):
        if name.startswith("."):
            continue
        path = folder / name
        if is_dropped(name):
            trouble = DROPPING
        elif not _writable(name):
            trouble = _unreadable(name)
        elif (kind := kinds[name]) == stat.S_IFDIR:
            inner = _walked(path, depth + 1)
            yield from inner if depth else _bounded(inner, path)
            continue
        else:
            trouble = _trouble(kind, stat.S_IFREG)
        alone += 1
        if alone > MOST_FILES and not depth:
            yield _too_full(folder)
            return
        yield path, trouble


def _bounded(found: Iterator[tuple[Path, str]], folder: Path) -> Iterator[tuple[Path, str]]:
    yield from islice(found, MOST_FILES)
    if next(found, None) is not None:
        yield _too_full(folder)


def _too_full(folder: Path) -> tuple[Path, str]:
    return folder, f"holds more than {MOST_FILES} files"


def is_dropped(name: str) -> bool:
    """Whether a file or folder of this name is what a system or an editor leaves behind, hidden or not."""
    return name == ".DS_Store" or name.startswith("._") or DROPPED.fullmatch(name) is not None


def _unreadable(name: str) -> str:
    """What nobody sees in a name, in words; a part of a letter is what a name in another encoding leaves."""
    hidden = next(letter for letter in name if not letter.isprintable())
    if "\ud800" <= hidden <= "\udfff":
        return "has a name that is not UTF-8 text"
    called = unicodedata.name(hidden, "a control character").lower()
    return f"has a name with a character that nobody sees, U+{ord(hidden):04X} ({called})"


def _writable(name: str) -> bool:
    """Whether a name has no bytes that are not UTF-8, and nothing that a reader cannot see."""
    return name.isprintable()  # halves of characters, as which Python reads such bytes, are not


def _kind(path: Path | str) -> int:
    """What stands at a path, links not followed; 0 for nothing."""
    try:
        return stat.S_IFMT(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return 0


def _kind_of(entry: os.DirEntry[str]) -> int:
    """The same for an entry of a folder."""
    if entry.is_file(follow_symlinks=False):
        return stat.S_IFREG
    if entry.is_dir(follow_symlinks=False):
        return stat.S_IFDIR
    try:
        return stat.S_IFMT(entry.stat(follow_symlinks=False).st_mode)
    except OSError:
        return 0


def _trouble(kind: int, wanted: int) -> str:
    return "" if kind == wanted else _KINDS.get(kind, "is no ordinary file")


def is_strange(path: Path) -> bool:
    """Whether something stands at a path that is neither file nor folder, and that `below` therefore names."""
    return _kind(path) not in {0, stat.S_IFREG, stat.S_IFDIR}


def is_file(path: Path, top: Path) -> bool:
    """Whether a path leads from the folder `top` to an ordinary file, through no link on the way."""
    return _kind(path) == stat.S_IFREG and not linked(path.parent, top)


def is_folder(path: Path, top: Path) -> bool:
    """Whether a path leads from the folder `top` to a folder, through no link on the way."""
    return _kind(path) == stat.S_IFDIR and not linked(path, top)


def linked(path: Path, top: Path) -> bool:
    """Whether a link stands on the way from the folder `top`, which is trusted, to a path; true for what is not below it."""
    if ".." in path.parts[len(top.parts) :]:
        return True
    here, end = str(path), str(top)  # paths would take longer than asking the disk
    while here != end:
        above = os.path.dirname(here) or "."  # noqa: PTH120  # as text
        if here == above or _kind(here) == stat.S_IFLNK:
            return True
        here = above
    return False


def files_in(folder: Path) -> list[Path]:
    """The ordinary files that stand in a folder itself and are not hidden, in order."""
    return [path for path in _entries(folder) if _kind(path) == stat.S_IFREG]


def folders_in(folder: Path) -> list[Path]:
    """The ordinary folders that stand in a folder itself and are not hidden, in order."""
    return [path for path in _entries(folder) if _kind(path) == stat.S_IFDIR]


def _entries(folder: Path) -> Iterator[Path]:
    if _kind(folder) == stat.S_IFDIR:
        try:
            names = sorted(path.name for path in folder.iterdir())
        except OSError:  # `below` names it
            return
        yield from (
            folder / name for name in names if not name.startswith(".") and _writable(name) and not is_dropped(name)
        )


def folders_below(folder: Path) -> Iterator[Path]:
    """A folder and the ordinary folders below it that are not hidden, however deep `below` goes; none where there is none."""
    waiting = [(folder, 0)] if _kind(folder) == stat.S_IFDIR else []
    while waiting:
        found, depth = waiting.pop()
        yield found
        if depth < DEEPEST:
            waiting += [(inner, depth + 1) for inner in folders_in(found)]


def read(path: Path, most: int = -1) -> bytes:
    """What an ordinary file holds, or its first `most` bytes. Raises `OSError` for everything else, and waits for nothing."""
    with _opened(path) as stream:
        return stream.read(most)


def pieces(path: Path) -> Iterator[bytes]:
    """What an ordinary file holds, in pieces, however large it is. Raises as `read` does."""
    with _opened(path) as stream:
        while piece := stream.read(PIECE):
            yield piece


#: What files are read as, for whoever asks what would come of a change.
_PROPOSED: ContextVar[Mapping[Path, bytes] | None] = ContextVar("proposed", default=None)


@contextmanager
def proposed(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Meanwhile some files, by their whole paths, hold something else for whoever reads them in this thread. Nothing is written."""
    token = _PROPOSED.set(contents)
    try:
        yield
    finally:
        _PROPOSED.reset(token)


def _opened(path: Path) -> BinaryIO:
    content = (_PROPOSED.get() or {}).get(path)
    if content is not None:
        return BytesIO(content)
    try:
        descriptor = os.open(path, _OPENING)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OSError(errno.ELOOP, "it is a symbolic link", str(path)) from None
        raise
    except ValueError:  # a NUL in the name
        raise OSError(errno.EINVAL, "it has a name that no file can have") from None
    stream = os.fdopen(descriptor, "rb")
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        stream.close()
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
    return stream
