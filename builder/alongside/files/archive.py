"""Folders in one file, to hand on: ZIP archives that are the same bytes for the same files, and read as if they were hostile.

A name in an archive can lead anywhere on the disk that it is unpacked to, a few bytes can unpack to more
than a disk holds, and two names can be one on another system. So everything is judged before anything is unpacked.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from alongside.files.paths import same_to_some, unsafe_part
from alongside.files.problems import At, quoted

MOST_FILES = 5_000
MOST_BYTES = 100 * 1024 * 1024
#: How much smaller than its content a file in an archive may be. Prose and drawings stay below 20.
MOST_RATIO = 100
#: Small files are not worth a suspicion.
SMALL = 64 * 1024

#: The first moment that a ZIP archive can name. What a file was called and holds is all that counts.
MOMENT = (1980, 1, 1, 0, 0, 0)
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

#: What `zipfile` and what it reads with raise for bytes that nobody packed.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, OverflowError, MemoryError,
    NotImplementedError, RuntimeError,
)  # fmt: skip


class ArchiveError(Exception):
    """An archive that is not unpacked. Carries every reason, each a sentence without its full stop."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


def packed(files: Mapping[str, bytes], first: str = "", most: int | None = None) -> bytes:
    """Files by name as a ZIP archive. The same files give the same bytes, on every day and machine.

    `first` names a file that stands at the beginning as it is, by which a book (EPUB) is told from other archives.
    Raises `ArchiveError` for names that `unpacked` would refuse, and for as many files unless `most` says how many there may be.
    """
    reasons = [*_bad_names(list(files), most or MOST_FILES)]
    if reasons:
        raise ArchiveError(reasons)
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in sorted(files, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = 3  # Unix, which the rights below belong to
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[name], zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED, 9)
    return content.getvalue()


def unpacked(path: Path) -> dict[str, bytes]:
    """The files in a ZIP archive by name, in the order of their names.

    Raises `ArchiveError` with everything that is wrong with it, and `OSError` where it cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise ArchiveError([f"it is larger than {MOST_BYTES // 1024 // 1024} MB"])
    with At(path.name):
        return unpacked_bytes(path.read_bytes())


def unpacked_bytes(content: bytes) -> dict[str, bytes]:
    """The files in the bytes of a ZIP archive by name, in the order of their names.

    Raises `ArchiveError` with everything that is wrong with them, and nothing else.
    """
    with _from_outside():
        archive = zipfile.ZipFile(BytesIO(content))
        entries = archive.infolist()
    # An entry without a name is a file here; `is_dir` looks at the last letter of the name, which it does not have.
    files = sorted((entry for entry in entries if not entry.filename.endswith("/")), key=lambda entry: entry.filename)
    reasons = [*_bad_names([_name(entry) for entry in files], MOST_FILES), *_bad_entries(files)]
    if reasons:
        raise ArchiveError(reasons)
    with _from_outside():
        return {entry.filename: archive.read(entry) for entry in files}


def member(content: bytes, name: str, most: int = SMALL) -> bytes | None:
    """One file in the bytes of a ZIP archive by its name; nothing where there is none that has at `most` so many bytes."""
    try:
        with _from_outside():
            archive = zipfile.ZipFile(BytesIO(content))
            entry = archive.getinfo(name) if name in archive.namelist() else None
            return archive.read(entry) if entry and entry.file_size <= most else None
    except ArchiveError:
        return None


@contextmanager
def _from_outside() -> Iterator[None]:
    """Raises `ArchiveError` for whatever the reader of archives stumbles over."""
    try:
        yield
    except DAMAGED:
        raise ArchiveError(["it is no ZIP archive, or it is damaged"]) from None


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it stands in the archive: Python's own cuts it at a NUL and turns the strokes of Windows around."""
    return entry.orig_filename


def _bad_names(names: list[str], most: int) -> Iterator[str]:
    if len(names) > most:
        yield f"it holds more than {most} files"
        return
    for name in names:
        unsafe = unsafe_part(name)
        if unsafe:
            yield f"the name {quoted(name)} {unsafe}"
    as_one = Counter(map(same_to_some, names))
    for name, count in as_one.items():
        if count > 1:
            yield f"{count} files are called {quoted(name)}, if capital letters do not count"
        if any(folder in as_one for folder in _folders(name)):
            yield f"{quoted(name)} stands in a folder that is a file at the same time"


def _folders(name: str) -> Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _bad_entries(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        yield f"it unpacks to more than {MOST_BYTES // 1024 // 1024} MB"
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in {0, stat.S_IFREG}:
            yield f"{quoted(entry.filename)} is a link or a device"
        if entry.flag_bits & 1:
            yield f"{quoted(entry.filename)} is encrypted"
        if entry.compress_type not in METHODS:
            yield f"{quoted(entry.filename)} is packed in an unusual way"
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * entry.compress_size:
            yield f"{quoted(entry.filename)} unpacks to more than {MOST_RATIO} times its size"
