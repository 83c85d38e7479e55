"""Every file is judged by its bytes, by the ending of its name and by what it costs, whether anything names it or not."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.build import gather
from alongside.files.archive import ArchiveError, unpacked_bytes
from alongside.media import captions, drawings, pictures
from alongside.media.published import PUBLISHED, wrong_in, wrong_with
from tests.conftest import BASE

SEEDS = Path(__file__).parents[1] / "fuzz" / "corpus" / "media"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
VTT = b"WEBVTT\n\n00:00.000 --> 00:04.000\na\n"


def seed(name: str) -> bytes:
    return (SEEDS / name).read_bytes()[1:]


#: The beginning of a file of each kind.
SOUND: dict[str, bytes] = {
    ".svg": SVG, ".vtt": VTT, ".png": seed("moving.png"), ".gif": seed("still.gif"), ".jpg": seed("still.jpg"), ".jpeg": seed("still.jpg"),
    ".webp": seed("moving.webp"), ".avif": seed("still.avif"), ".mp3": seed("start.mp3"), ".mp4": seed("start.mp4"),
    ".m4a": seed("start.mp4"), ".ogg": seed("start.ogg"), ".webm": seed("start.webm"),
    ".woff2": b"wOF2\x00\x01\x00\x00", ".woff": b"wOFF\x00\x01\x00\x00",
}  # fmt: skip
SAME = [{".jpg", ".jpeg"}, {".mp4", ".m4a"}]


#: A file that each of the rules refuses.
JUDGED = {
    "Y111": ("unused.html", b"<p>A page.</p>"),
    "Y112": ("unused.svg", SVG.replace(b"/>", b"><script/></svg>")),
    "Y113": ("unused.png", b"no picture"),
    "Y114": ("unused.jpg", seed("still.jpg").replace(struct.pack(">HH", 2, 2), struct.pack(">HH", 60_000, 60_000), 1)),
    "A107": ("unused.vtt", b"no captions"),
}


def codes(name: str, content: bytes, size: int | None = None) -> list[str]:
    return [wrong.code for wrong in wrong_in(name, content, size)]


def test_every_kind_that_is_published_has_an_example() -> None:
    assert set(SOUND) == PUBLISHED


@pytest.mark.parametrize("ending", SOUND)
def test_a_file_that_is_what_it_says_is_let_through(ending: str) -> None:
    assert codes(f"a{ending}", SOUND[ending]) == []
    assert codes(f"A{ending.upper()}", SOUND[ending]) == []


@pytest.mark.slow
@pytest.mark.parametrize("ending", SOUND)
@pytest.mark.parametrize("kind", [*SOUND, "html", "exe", "nothing", "zip"])
def test_a_file_that_is_something_else_is_refused(ending: str, kind: str) -> None:
    others = {"html": b"<!DOCTYPE html><script>1</script>", "exe": b"MZ\x90\0", "nothing": b"", "zip": b"PK\x03\x04"}
    if kind != ending and {kind, ending} not in SAME:
        assert len(codes(f"a{ending}", (SOUND | others)[kind])) >= 1


def png(wide: int, high: int) -> bytes:
    return SOUND[".png"].replace(struct.pack(">II", 2, 2), struct.pack(">II", wide, high), 1)


def gif(wide: int, high: int, count: int = 1, frame: tuple[int, int] = (1, 1)) -> bytes:
    one = b"\x21\xf9\x04\0\0\0\0\0\x2c" + struct.pack("<HHHHB", 0, 0, *frame, 0) + b"\x02\x02\x44\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", wide, high, 0, 0, 0) + one * count + b";"


def moving_png(count: int, wide: int, high: int) -> bytes:
    frame = struct.pack(">I4s", 26, b"fcTL") + struct.pack(">5IHHBB", 0, wide, high, 0, 0, 1, 1, 0, 0) + bytes(4)
    return png(wide, high)[:33] + frame * count


def webp(wide: int, high: int, count: int = 1) -> bytes:
    size = (wide - 1).to_bytes(3, "little") + (high - 1).to_bytes(3, "little")
    frame = b"ANMF" + struct.pack("<I", 16) + bytes(6) + size + bytes(4)
    return b"RIFF\xff\0\0\0WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size + frame * count


def jpeg(wide: int, high: int) -> bytes:
    return SOUND[".jpg"].replace(struct.pack(">HH", 2, 2), struct.pack(">HH", high, wide), 1)


def avif(wide: int, high: int) -> bytes:
    return SOUND[".avif"].replace(struct.pack(">II", 2, 2), struct.pack(">II", wide, high), 1)


MAKERS: dict[str, Callable[[int, int], bytes]] = {".png": png, ".gif": gif, ".jpg": jpeg, ".webp": webp, ".avif": avif}


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("size", [(60_000, 60_000), (16_001, 1), (1, 16_001), (10_000, 10_000)])
def test_a_picture_larger_than_a_phone_can_hold_is_refused(ending: str, size: tuple[int, int]) -> None:
    assert codes(f"a{ending}", MAKERS[ending](*size)) == ["Y114"]


@pytest.mark.parametrize("ending", MAKERS)
def test_a_photograph_is_let_through(ending: str) -> None:
    assert codes(f"a{ending}", MAKERS[ending](8_000, 6_000)) == []


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".gif", gif(1, 1, 1_000)),
        (".gif", gif(2_000, 2_000, 200)),
        (".gif", gif(1, 1, 1, (60_000, 60_000))),
        (".png", moving_png(1_000, 2, 2)),
        (".png", moving_png(200, 2_000, 2_000)),
        (".webp", webp(2, 2, 1_000)),
        (".webp", webp(2_000, 2_000, 200)),
        (".avif", SOUND[".avif"].replace(b"avif", b"avis", 1)),
    ],
)
def test_a_picture_that_moves_too_much_is_refused(ending: str, content: bytes) -> None:
    assert codes(f"a{ending}", content) == ["Y114"]


@pytest.mark.parametrize(
    ("ending", "content"),
    [(".gif", gif(400, 300, 40)), (".webp", webp(400, 300, 40)), (".png", moving_png(40, 400, 300))],
)
def test_a_picture_that_moves_a_little_is_let_through(ending: str, content: bytes) -> None:
    assert codes(f"a{ending}", content) == []


@pytest.mark.slow
@pytest.mark.parametrize("ending", SOUND)
def test_a_large_file_is_refused_and_not_read_as_a_whole(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(SOUND[ending])
    os.truncate(path, 200 * 1024 * 1024)  # it takes no room on the disk
    assert len(list(wrong_with(path))) == 1


def test_a_file_that_has_gone_is_said() -> None:
    assert [wrong.code for wrong in wrong_with(Path("nowhere.svg"))] == ["Y113"]


@pytest.mark.slow
@pytest.mark.parametrize("code", JUDGED)
@pytest.mark.parametrize("folder", ["modules/listening/media", "content", "content/pictures"])
def test_each_rule_for_files_judges_every_folder_that_is_published(code: str, folder: str, tmp_path: Path) -> None:
    name, content = JUDGED[code]
    files = {**BASE, "mkdocs.yml": "plugins:\n  - alongside: {layers: [.]}\n", f"{folder}/{name}": content}
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_bytes(text if isinstance(text, bytes) else text.encode())
    found = [problem for problem in gather(tmp_path / "mkdocs.yml").problems if name in problem.place.file]
    assert [(problem.code, problem.place.file) for problem in found] == [(code, f"{folder}/{name}")]


@pytest.mark.slow
@given(st.binary(max_size=400), st.sampled_from(sorted(PUBLISHED)), st.booleans())
def test_no_bytes_raise_anything(content: bytes, ending: str, begun: bool) -> None:
    whole = SOUND[ending] + content if begun else content
    for wrong in wrong_in(f"a{ending}", whole):
        assert wrong.message.isprintable()
    assert all(what.isprintable() for what, _, _ in drawings.troubles_in(whole))
    assert captions.trouble_in(whole).isprintable()
    for kind in pictures.PICTURES:
        list(pictures.frames(kind, whole))
    try:
        unpacked_bytes(whole)
    except ArchiveError as refused:
        assert refused.reasons  # noqa: PT017  # any bytes may be refused, and none raise anything else


@pytest.mark.slow
@given(st.text(), st.sampled_from(["utf-8", "utf-16", "latin-1", "utf-7", "gb18030"]))
def test_no_declared_encoding_raises_anything(name: str, real: str) -> None:
    list(drawings.troubles_in(f'<?xml version="1.0" encoding="{name}"?>{SVG.decode()}'.encode(real, "replace")))
