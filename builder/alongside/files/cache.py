"""What was worked out in an earlier run, kept in a folder and used again where everything that it depends on is as it was.

It holds nothing that could not be worked out again, so an entry that is damaged, or that cannot be read or written, is passed
over without a word. An entry is two lines of JSON: what it belongs to with the checksum of the second, and the value.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from alongside.files import door
from alongside.files.paths import real

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Value = TypeVar("Value")

#: What has pages and findings and is no module: the site as a whole, what stands beside modules, and the guide for authors.
#: No module can have such a name.
SITE, BESIDE, GUIDE = "_site", "_beside", "_guide"
#: Where entries are kept, if not where the system keeps such things; empty for nowhere. It is for whoever runs builds, never
#: for a site.
VARIABLE = "ALONGSIDE_CACHE"
#: No file of anybody else ends so: a sweep takes away what does.
ENDING = ".alongside.json"
#: After so many seconds what is half written belongs to no run any longer, and an entry is old.
HALF_WRITTEN, FORGOTTEN = 60 * 60, 60 * 24 * 60 * 60
#: From so many on it pays to start other processes, of which each needs memory.
MANY, MOST_PROCESSES = 12, 8
#: The rights of others than the owner in a folder, and those to change what is in it.
OTHERS, OTHERS_WRITE = stat.S_IRWXG | stat.S_IRWXO, stat.S_IWGRP | stat.S_IWOTH
#: The bytes of a number in a queue, and the most numbers, for which any pipe has room.
NUMBER, MOST_WAITING = 2, 2048
#: The most bytes of the first line of an entry.
LONGEST_HEAD = 1000


def cache_folder(site: Path) -> Path | None:
    """Where entries of the site in a folder are kept; `None` where nobody has a place for them.

    Never in the site itself: whoever proposes a change to it could send entries along, with pages that nobody has looked at.
    """
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named).absolute() if named else None
    system = _system_folder()
    if system is None or _lies_in(system, site):
        return None
    return system / digest(str(site.absolute()))[:16]


def code_folder() -> Path | None:
    """Where code is kept, which is run as it stands there: a folder of the system for nobody else; `None` without one.

    What `VARIABLE` names may come from another machine, as the caches of build servers do, and what lies below the folder
    in which a command was given may be part of a proposal.
    """
    system = None if VARIABLE in os.environ or _anew else _system_folder()
    if system is None:
        return None
    folder = system / "code"
    try:
        _make_folder(folder)
        return folder if _is_ours_alone(folder) and not _lies_in(folder, Path.cwd()) else None
    except OSError:
        return None


#: Whether code that was kept is passed over, by all threads.
_anew = False


@contextmanager
def no_code() -> Iterator[None]:
    """Meanwhile no code is kept, and none that was kept is run."""
    global _anew  # noqa: PLW0603  # a command holds for its whole process
    before, _anew = _anew, True
    try:
        yield
    finally:
        _anew = before


def _is_ours_alone(folder: Path) -> bool:
    """Whether nobody else but the system can come into a folder, or put another one in its place."""
    status, ours = folder.lstat(), os.getuid()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != ours or status.st_mode & OTHERS:
        return False
    above = [place.stat() for place in {*folder.parents, *real(folder).parents}]
    return all(
        place.st_uid in {0, ours} and (not place.st_mode & OTHERS_WRITE or place.st_mode & stat.S_ISVTX)
        for place in above
    )


def _lies_in(folder: Path, other: Path) -> bool:
    """Whether a folder is another one or lies in it, be it through links."""
    return any(place.is_relative_to(top) for place in (folder, real(folder)) for top in (other.absolute(), real(other)))


def _make_folder(folder: Path) -> None:
    """Makes a folder, and those above it that are not there, for nobody else: `parents=True` gives those what new folders get."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(exist_ok=True, mode=0o700)


def _system_folder() -> Path | None:
    try:
        system = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:  # somebody without a home
        return None
    return system / "alongside" if system.is_absolute() else None


def digest(value: Any) -> str:
    """What tells a value, made of texts, numbers and lists, from any other."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


class Cache:
    """Values by what they belong to, as an earlier run left them. Without a folder every value is made."""

    def __init__(
        self,
        folder: Path | None = None,
        keys: Mapping[str, str] | None = None,
        still: Callable[[str], bool] | None = None,
    ) -> None:
        """`keys` says of each owner what its values depend on; `still`, after one was made, whether that holds."""
        self._folder = folder
        self._keys = keys or {}
        self._still = still
        #: Whether all processors are at work already: what is made there asks for other parts.
        self._shared_out = False

    def of(self, owner: str, part: str, kind: Any, make: Callable[[], Value], besides: Any = None) -> Value:
        """A value of type `kind`: a part of its owner, as it was kept, or else made.

        `besides` is what else it depends on, made of texts, numbers and lists.
        """
        key = self.key(owner)
        key = digest([key, besides]) if key and besides is not None else key
        value: Value | None = self.kept(owner, part, kind, key)
        if value is None:
            value = make()
            self.keep(owner, part, kind, value, key)
        return value

    def ahead(self, part: str, kind: Any, makers: Mapping[str, Callable[[], Any]]) -> None:
        """Has a part of many owners made by all processors at once, and kept for whoever asks for it with `of`.

        What another process fails to make is made, or fails, where it is asked for. Fewer than `MANY` are left to that too.
        """
        processes = min(_processors(), MOST_PROCESSES)
        if self._folder is None or self._shared_out or processes == 1:
            return
        owners = [owner for owner in makers if owner in self._keys and not self.has(owner, part)][:MOST_WAITING]
        if len(owners) < MANY:
            return
        waiting = _queue(len(owners))

        def work() -> None:
            for at in _taken(waiting):
                self.keep(owners[at], part, kind, makers[owners[at]]())

        self._shared_out = True
        others = [_apart(work) for _ in range(1, processes)]
        try:
            work()
        finally:
            os.close(waiting)
            for process in others:
                os.waitpid(process, 0)
            self._shared_out = False

    def key(self, owner: str) -> str | None:
        """What an owner's values depend on; `None` where they are not kept."""
        return None if self._folder is None else self._keys.get(owner)

    def has(self, owner: str, part: str) -> bool:
        """Whether there is an entry that says that it is the one."""
        key = self.key(owner)
        if key is None:
            return False
        try:
            head = json.loads(door.read(self._path(owner, part), LONGEST_HEAD).partition(b"\n")[0])
        except (OSError, ValueError, RecursionError):
            return False
        return isinstance(head, dict) and head.get("key") == key

    def kept(self, owner: str, part: str, kind: Any, key: str | None = None) -> Any:
        """A value as it was kept; `None` where it was not, or what it depends on has changed.

        With a `key` the value that has this one, such as an earlier one, where no other has taken its place.
        """
        key = key or self.key(owner)
        return None if self._folder is None or key is None else _read(self._path(owner, part), key, kind)

    def keep(self, owner: str, part: str, kind: Any, value: Any, key: str | None = None) -> None:
        """Keeps a value, if what it depends on is still as it was. `key` as for `kept`."""
        key = key or self._keys.get(owner)
        if self._folder is not None and key is not None and (self._still is None or self._still(owner)):
            _write(self._path(owner, part), key, kind, value)

    def _path(self, owner: str, part: str) -> Path:
        assert self._folder is not None, "whoever asks has looked"
        return self._folder / f"{owner}.{part}{ENDING}"

    def sweep(self) -> None:
        """Takes away what no owner has any longer, what was never finished, and what is old, of other sites too."""
        if self._folder is None:
            return
        now = time.time()
        for path in self._folder.glob(f"*{ENDING}"):
            if path.name.startswith("."):
                _remove(path, before=now - HALF_WRITTEN)
            else:
                _remove(path, before=now - FORGOTTEN if path.name.partition(".")[0] in self._keys else None)
        if VARIABLE not in os.environ:
            for other in door.folders_in(self._folder.parent):
                if (
                    other != self._folder and _changed(other) < now - FORGOTTEN
                ):  # whoever keeps something there changes it
                    for path in other.glob(f"*{ENDING}"):
                        _remove(path, before=now - FORGOTTEN)
                    with contextlib.suppress(OSError):  # it is not empty
                        other.rmdir()


def _processors() -> int:
    """How many processors there are for this process, where it can be doubled as it stands: a thread would be left behind."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return len(os.sched_getaffinity(0)) if alone else 1


def _queue(count: int) -> int:
    """The numbers from zero on, in a pipe from which several processes can take one after the other."""
    out, into = os.pipe()
    os.write(into, b"".join(number.to_bytes(NUMBER, "big") for number in range(count)))
    os.close(into)
    return out


def _taken(queue: int) -> Iterator[int]:
    while number := os.read(queue, NUMBER):
        yield int.from_bytes(number, "big")


def _apart(work: Callable[[], None]) -> int:
    """Does something in a double of this process, which says nothing and ends with it. Returns its number."""
    process = os.fork()
    if process:
        return process
    try:
        work()
    finally:
        os._exit(0)


#: Nothing is kept: every value is made.
NO_CACHE = Cache()


@lru_cache
def _form(kind: Any) -> TypeAdapter[Any]:
    """What reads and writes values of a type."""
    from pydantic import TypeAdapter  # noqa: PLC0415  # a run that asks for no value starts sooner without it

    return TypeAdapter(kind)


def _read(path: Path, key: str, kind: Any) -> Any:
    """The value of an entry; `None` where it is not there, depends on something else or is damaged."""
    entry = read_entry(path)
    if entry and entry[0] == key:
        with contextlib.suppress(ValueError, RecursionError):
            return _form(kind).validate_json(entry[1], strict=True)
    return None


def read_entry(path: Path) -> tuple[str, bytes] | None:
    """The key of an entry, and the value as JSON; `None` where there is none, or it is damaged."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        first, _, body = door.read(path).partition(b"\n")
        head = json.loads(first)
        if isinstance(head, dict) and isinstance(key := head.get("key"), str) and head == _head(key, body):
            return key, body
    return None


def _write(path: Path, key: str, kind: Any, value: Any) -> None:
    with contextlib.suppress(ValueError):  # a text that is none
        write_entry(path, key, _form(kind).dump_json(value))


def write_entry(path: Path, key: str, body: bytes) -> None:
    """Writes an entry beside its place and puts it there as a whole, so that two runs can do so at once."""
    beside = path.with_name(f".{secrets.token_hex(8)}{ENDING}")
    try:
        _make_folder(path.parent)
        beside.write_bytes(json.dumps(_head(key, body)).encode() + b"\n" + body)
        beside.replace(path)
    except OSError:  # a full disk, a folder of somebody else
        _remove(beside)


def _head(key: str, body: bytes) -> dict[str, str]:
    return {"key": key, "sha256": hashlib.sha256(body).hexdigest()}


def _changed(folder: Path) -> float:
    """When something was last put into a folder or taken away, in seconds."""
    with contextlib.suppress(OSError):
        return folder.lstat().st_mtime
    return time.time()


def _remove(path: Path, before: float | None = None) -> None:
    """Removes a file, if it is older than `before`."""
    with contextlib.suppress(OSError):
        if before is None or path.lstat().st_mtime < before:
            path.unlink()
