"""Archives that would write elsewhere, fill the disk or put one file over another: each is refused as a whole, with every reason."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.commands import main
from alongside.files import archive, paths
from alongside.files.archive import MOST_FILES, ArchiveError, packed, unpacked
from alongside.files.edits import put_over

SOUND = {"modules/a/module.yml": b"title: A\n", "modules/a/media/x.svg": b"<svg/>"}


def zipped(files: dict[str, bytes], change: Callable[[zipfile.ZipInfo], object] = lambda entry: None) -> bytes:
    """An archive made without any care."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, body in files.items():
            entry = zipfile.ZipInfo("x" * len(name))
            entry.filename = name
            entry.compress_type = zipfile.ZIP_DEFLATED
            change(entry)
            made.writestr(entry, body)
    return content.getvalue()


def with_mode(mode: int) -> Callable[[zipfile.ZipInfo], object]:
    return lambda entry: setattr(entry, "external_attr", mode << 16)


def tarred() -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as made:
        made.addfile(tarfile.TarInfo("../x"))
    return content.getvalue()


def encrypted() -> bytes:
    content = bytearray(zipped(SOUND))
    for at in range(len(content) - 4):
        if content[at : at + 4] == b"PK\x01\x02":
            content[at + 8] |= 1
    return bytes(content)


def lying() -> bytes:
    """An archive whose directory says that a large file is small."""
    content = bytearray(zipped({"modules/a/module.yml": b"0" * 5_000_000}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(content)


#: Names that lead out of the folder, or are two things on two systems.
NAMES = [
    "../x.yml", "../../../../tmp/x", "modules/../../x", "modules/a/../../../x", "..", "/etc/passwd", "//host/share/x",
    "C:/x.yml", "C:x.yml", "\\\\host\\share\\x", "..\\x.yml", "modules\\a\\module.yml", "modules/%2e%2e/x",
    "~/x", "modules/./x.yml", "modules//x.yml", "modules/a/module.yml\x00.txt", "modules/con/module.yml",
    "modules/a/nul.yml", "modules/a/COM1", "modules/a/media/aux.svg", "modules/a/media/lpt9.x.svg",
    "modules/a/x.yml.", "modules/a/x.yml ", " modules/a/x.yml", "modules/a/.git/config", ".git/hooks/post-checkout",
    "modules/a/\u202egpj.exe", "modules/a/\u2025/x", "modules/a/x\ny.yml", "modules/a/\x1b[2Jx", "modules/a/a:b",
    "modules/a/*", "modules/a/|x", "modules/a/<x>", "javascript:alert(1)",
]  # fmt: skip
#: What makes each archive. The large ones take as long as all the others, so each is made for its own test.
HOSTILE: dict[str, Callable[[], bytes]] = {
    **{f"name {name!r}": partial(zipped, {name: b"x"}) for name in NAMES},
    "a link": lambda: zipped({"modules/a/media/x.svg": b"/etc/passwd"}, with_mode(stat.S_IFLNK | 0o777)),
    "a device": lambda: zipped({"modules/a/media/x.svg": b""}, with_mode(stat.S_IFCHR | 0o666)),
    "a pipe": lambda: zipped({"modules/a/media/x.svg": b""}, with_mode(stat.S_IFIFO | 0o666)),
    "capital letters": lambda: zipped({"modules/a/x.yml": b"1", "modules/A/x.yml": b"2"}),
    "letters in two ways": lambda: zipped({"modules/a/media/\u00e9.svg": b"1", "modules/a/media/e\u0301.svg": b"2"}),
    "a file that is a folder": lambda: zipped({"modules/a": b"1", "modules/a/module.yml": b"2"}),
    "a bomb": lambda: zipped({"modules/a/module.yml": b"0" * 50_000_000}),
    "many bombs": lambda: zipped({f"modules/a/x{n}.yml": b"0" * 12_000_000 for n in range(10)}),
    "very many files": lambda: zipped({f"modules/a/x{n}.yml": b"" for n in range(MOST_FILES + 1)}),
    "an unusual method": lambda: zipped({"modules/a/module.yml": b"x" * 100}, lambda e: setattr(e, "compress_type", zipfile.ZIP_LZMA)),
    "encrypted": encrypted,
    "a lie about the size": lying,
    "cut off": lambda: zipped(SOUND)[:-30],
    "cut in the middle": lambda: zipped(SOUND)[:40] + zipped(SOUND)[60:],
    "a tar": tarred,
    "text": lambda: b"modules/a/module.yml",
    "nothing": lambda: b"",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "in/pack.zip"


@pytest.mark.slow
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_is_refused_and_nothing_is_written(
    file: Path, tmp_path: Path, make: Callable[[], bytes]
) -> None:
    file.parent.mkdir()
    file.write_bytes(make())
    result = CliRunner().invoke(
        main.main,
        ["import", "pack", str(file), "--out", str(tmp_path / "out"), "--config", str(tmp_path / "mkdocs.yml")],
    )
    assert result.exit_code == 1, result.output
    assert "was not imported:\n    " in result.stderr
    assert all(line.isprintable() for line in result.stderr.splitlines()), "it could drive a terminal"
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == ["in", "in/pack.zip"]


@pytest.mark.parametrize("name", NAMES)
def test_no_archive_is_written_that_we_would_not_read(name: str) -> None:
    with pytest.raises(ArchiveError):
        packed({name: b"x"})


def test_every_reason_is_given_at_once(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(zipped({"../x": b"1", "/y": b"2", "modules/con/z": b"3"}))
    with pytest.raises(ArchiveError) as refused:
        unpacked(file)
    assert len(refused.value.reasons) == 3


def test_the_corpus_would_notice_a_check_that_lets_every_name_pass(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "unsafe_part", lambda name: "")
    file.parent.mkdir()
    file.write_bytes(zipped({"../x.yml": b"x"}))
    assert list(unpacked(file)) == ["../x.yml"]
    assert paths.unsafe_part("../x.yml")


def test_what_was_packed_is_unpacked(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(packed(SOUND))
    assert unpacked(file) == dict(sorted(SOUND.items()))


def test_the_same_files_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = packed(SOUND)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr("time.time", lambda: 4_000_000_000)
    before = os.umask(0o077)
    try:
        assert packed(dict(reversed(SOUND.items()))) == first
    finally:
        os.umask(before)


def test_an_archive_that_cannot_be_written_leaves_the_one_that_was_there(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.parent.mkdir()
    put_over({file: packed(SOUND)})
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        put_over({file: packed({"other.yml": b"x"})})
    assert [path.name for path in file.parent.iterdir()] == ["pack.zip"]
    assert file.read_bytes() == before


def test_an_entry_without_a_name_is_named() -> None:
    with pytest.raises(ArchiveError, match='the name "" is empty'):
        archive.unpacked_bytes((Path(__file__).parents[1] / "fuzz/corpus/archives/no-name.zip").read_bytes())
