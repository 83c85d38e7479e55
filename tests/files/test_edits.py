"""What is written goes to its place as a whole, and through no link below a folder that is trusted."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from alongside.files.edits import put


@pytest.mark.parametrize(
    ("leads", "name"),
    [
        ("outside", "link/new.json"),
        ("outside", "link/there.json"),
        ("outside", "link/folder/new.json"),
        ("outside/there.json", "link"),
        ("outside/nothing.json", "link"),
        ("top/inside", "link/new.json"),
        ("nothing", "../outside/new.json"),
    ],
)
@pytest.mark.parametrize("relative", [False, True], ids=["absolute", "relative"])
def test_nothing_is_written_through_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, leads: str, name: str, relative: bool
) -> None:
    top = tmp_path / "top"
    for folder in ("top/inside", "outside"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "outside/there.json").write_bytes(b"theirs")
    (top / "link").symlink_to(tmp_path / leads)
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(top / "inside")
    trusted = Path("..") if relative else top
    path = trusted / name
    new, changed = ({}, {path: b"ours"}) if path.exists() else ({path: b"ours"}, {})
    with pytest.raises(OSError, match="a symbolic link stands on the way") as raised:
        put({trusted / "first": b"ours", **new}, changed, trusted)
    assert raised.value.errno == errno.ELOOP
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "outside/there.json").read_bytes() == b"theirs"


def test_where_somebody_has_named_the_place_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "named").symlink_to("disk")
    put({tmp_path / "named/a": b"ours"}, {})
    put({}, {tmp_path / "named/a": b"again"}, tmp_path / "named")
    assert (tmp_path / "disk/a").read_bytes() == b"again"
