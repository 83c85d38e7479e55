"""Changes to a file that leave every other character of it as it was.

Text is put in at places that the reader gives, so comments, quotation marks, line breaks and the
order of keys cannot change. Knows nothing of what the text means.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from alongside.files import door
from alongside.files.located import LocatedMapping, LocatedSequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_SCALAR = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,\]\s]+""")


@dataclass(frozen=True, slots=True, order=True)
class Insertion:
    """Text to put in before the character at a line and column, both counted from 1."""

    line: int
    column: int
    text: str


def inserted(content: bytes, insertions: Iterable[Insertion]) -> bytes:
    """The file with the texts put in. A line break in them is written as the file writes its own."""
    text = content.decode("utf-8")
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = _LINE.findall(text.removeprefix(mark))
    ending = "\r\n" if "\r\n" in text else "\n"
    for insertion in sorted(insertions, reverse=True):
        line = lines[insertion.line - 1]
        cut = min(insertion.column - 1, len(line.rstrip("\r\n")))
        lines[insertion.line - 1] = line[:cut] + insertion.text.replace("\n", ending) + line[cut:]
    return (mark + "".join(lines)).encode("utf-8")


#: A column behind the end of any line.
END = 1_000_000


def new_key(mapping: LocatedMapping, key: str, value: str) -> Insertion:
    """How to add a key with a plain value to a mapping: first, or second behind `kind`."""
    first, place = next(iter(mapping.key_places.items()))
    if key in mapping:  # the key stands there and nothing behind it
        place = mapping.key_places[key]
        return Insertion(place.line, place.column + len(key) + 1, f" {value}")
    if mapping.flow:
        return Insertion(place.line, place.column, f"{key}: {value}, ")
    indent = " " * (place.column - 1)
    if first == "kind" and mapping.value_places["kind"].line == place.line:
        return Insertion(place.line, END, f"\n{indent}{key}: {value}")
    return Insertion(place.line, place.column, f"{key}: {value}\n{indent}")


def new_entry(content: bytes, entries: LocatedSequence, entry: str) -> Insertion | None:
    """How to add a word to the end of a list of words, or `None` where the list is written in an unusual way."""
    lines = _LINE.findall(content.decode("utf-8").removeprefix("\ufeff"))
    start = lines[entries.place.line - 1][entries.place.column - 1 :]
    if start.startswith("["):
        if not entries:
            return Insertion(entries.place.line, entries.place.column + 1, entry)
        last = entries.item_places[-1]
        scalar = _SCALAR.match(lines[last.line - 1], last.column - 1)
        return Insertion(last.line, scalar.end() + 1, f", {entry}") if scalar else None
    if not entries:
        return None
    last = entries.item_places[-1]
    before = lines[last.line - 1][: last.column - 1]
    if before.rstrip()[-1:] != "-":
        return None
    return Insertion(last.line, END, "\n" + before[: before.rindex("-")] + f"- {entry}")


# -------------------------------------------------------------------- to disk


def put(
    new: Mapping[Path, bytes | Mapping[str, bytes]], changed: Mapping[Path, bytes], top: Path | None = None
) -> None:
    """Writes new files and folders, then files that change: all of them or none.

    Everything is written beside its place first and then moved. A folder is given by the contents
    of its files. Where everything stands below a folder `top`, that one is trusted and no link below it is followed:
    whoever proposes a change to a site can send links along. Without it, somebody has named each place.
    Raises `FileExistsError` where something new is there already, and `OSError` where a link stands on the way or
    the disk refuses; both leave everything as it was.
    """
    if top is not None:
        _refuse_links([*new, *changed], top)
    for path in new:
        if os.path.lexists(path) and not (path.is_dir() and isinstance(new[path], Mapping) and not any(path.iterdir())):
            raise FileExistsError(str(path))
    before = {path: path.read_bytes() for path in changed}
    staged: dict[Path, Path] = {}
    moved: list[Path] = []
    folders = {folder for path in new for folder in path.parents if not folder.exists()}
    try:
        for path, content in {**new, **changed}.items():
            staged[path] = _staged(path, content)
        for path, beside in staged.items():
            if path.is_dir():  # empty, and perhaps the folder in which somebody stands: it stays what it is
                _filled(path, beside, moved)
                continue
            beside.replace(path)
            moved.append(path)
    except BaseException:
        for path in moved:
            _undo(path, before.get(path))
        _undo_folders(folders, staged.values())
        raise
    finally:
        for beside in staged.values():
            _undo(beside, None)


def _refuse_links(paths: Iterable[Path], top: Path) -> None:
    for path in paths:
        if door.linked(path, top):
            way = os.path.relpath(path, top)
            raise OSError(errno.ELOOP, f"a symbolic link stands on the way to {way}", str(path))


def _filled(folder: Path, beside: Path, moved: list[Path]) -> None:
    """Moves what stands in the folder `beside` into an empty one, the files at its top last."""
    for inner in sorted(beside.iterdir(), key=lambda entry: entry.is_file()):
        inner.replace(folder / inner.name)
        moved.append(folder / inner.name)


def put_over(contents: Mapping[Path, bytes], top: Path | None = None) -> None:
    """Writes files in the place of what may be there, all or none. `top` and what is raised as for `put`."""
    there = {path for path in contents if path.exists()}
    new = {path: content for path, content in contents.items() if path not in there}
    put(new, {path: contents[path] for path in there}, top)


def _staged(path: Path, content: bytes | Mapping[str, bytes]) -> Path:
    """The content in a file or folder beside its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    beside = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        if isinstance(content, bytes):
            _on_disk(beside, content)
            if path.exists():
                shutil.copymode(path, beside)
        else:
            for name, inner in content.items():
                (beside / name).parent.mkdir(parents=True, exist_ok=True)
                _on_disk(beside / name, inner)
    except BaseException:
        _undo(beside, None)
        raise
    return beside


def _on_disk(path: Path, content: bytes) -> None:
    """Writes a file and waits for the disk, so that a power cut after the move does not leave an empty one."""
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _sweep(path: Path) -> None:
    """Takes away what a command that was killed has left beside a place."""
    for left in path.parent.glob(f".{glob.escape(path.name)}.new-*"):
        number = left.name.rpartition("-")[2]
        if number.isdecimal() and not _runs(int(number)):
            _undo(left, None)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass  # it is somebody else's
    return True


def _undo_folders(folders: Iterable[Path], staged: Iterable[Path]) -> None:
    """Takes away folders that were made on the way, with what was staged in them; the inner ones first."""
    for beside in staged:
        _undo(beside, None)
    for folder in sorted(folders, reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def _undo(path: Path, content: bytes | None) -> None:
    with contextlib.suppress(OSError):
        if content is not None:
            path.write_bytes(content)
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
