"""PNG made smaller in plain Python, whatever way of writing it has, and whatever a stranger brings."""

from __future__ import annotations

import random
import struct
import zlib

import pytest

from alongside.media import png


def written(  # noqa: PLR0913  # what a file of this kind says
    wide: int,
    high: int,
    colour: int,
    rows: list[bytes],
    *extra: tuple[bytes, bytes],
    bits: int = 8,
    interlaced: int = 0,
) -> bytes:
    head = struct.pack(">IIBBBBB", wide, high, bits, colour, 0, 0, interlaced)
    parts = [(b"IHDR", head), *extra, (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")]
    return png.BEGINNING + b"".join(
        struct.pack(">I", len(p)) + kind + p + struct.pack(">I", zlib.crc32(kind + p)) for kind, p in parts
    )


def filtered(rows: list[bytes], step: int) -> list[bytes]:
    """The rows, each filtered in another of the five ways of the format."""
    before, out = bytes(len(rows[0])), []
    for number, row in enumerate(rows):
        way, done = number % 5, bytearray()
        for at, value in enumerate(row):
            left = row[at - step] if at >= step else 0
            corner = before[at - step] if at >= step else 0
            guess = [0, left, before[at], (left + before[at]) // 2, png._nearest(left, before[at], corner)][way]
            done.append((value - guess) & 255)
        out.append(bytes([way]) + done)
        before = row
    return out


@pytest.mark.parametrize("colour", png.CHANNELS)
def test_every_kind_of_colour_and_every_filter_is_read(colour: int) -> None:
    chance, step = random.Random(colour), png.CHANNELS[colour]  # noqa: S311  # not for secrets
    most = 4 if colour == 3 else 256
    rows = [bytes(chance.randrange(most) for _ in range(7 * step)) for _ in range(7)]
    palette = bytes(range(12))
    picture = png.read(written(7, 7, colour, filtered(rows, step), (b"PLTE", palette), (b"tRNS", b"\x07")))
    assert (picture.wide, picture.high, len(picture.points)) == (7, 7, 7 * 7 * 4)
    first, last = rows[0][:step], rows[-1][-step:]
    points = {
        0: lambda p: bytes((p[0], p[0], p[0], 255)),
        2: lambda p: p + b"\xff",
        3: lambda p: palette[p[0] * 3 : p[0] * 3 + 3] + (b"\x07" if p[0] == 0 else b"\xff"),
        4: lambda p: p[:1] * 3 + p[1:],
        6: bytes,
    }[colour]
    assert (picture.points[:4], picture.points[-4:]) == (points(first), points(last))


def test_a_smaller_one_has_the_mean_of_what_can_be_seen() -> None:
    black, white, gone = b"\x00\x00\x00\xff", b"\xff\xff\xff\xff", b"\xff\x00\x00\x00"
    rows = [b"\x00" + black + white + gone + white, b"\x00" + white + black + gone + white] * 2
    small = png.read(png.smaller(png.read(written(4, 4, 6, rows)), 2))
    assert small.points[:4] == bytes((127, 127, 127, 255))
    assert small.points[4:8] == bytes((255, 255, 255, 127))


def test_the_same_picture_gives_the_same_bytes() -> None:
    picture = png.Picture(4, 4, bytes(range(64)))
    assert png.smaller(picture, 3) == png.smaller(picture, 3)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is no PNG"),
        (b"GIF89a", "is no PNG"),
        (png.BEGINNING, "is damaged"),
        (written(4, 4, 6, [b"\x00" * 17] * 2), "ends too early"),
        (written(4, 4, 6, [b"\x09" + b"\x00" * 16] * 4), "is damaged"),
        (written(4, 4, 5, [b"\x00" * 17] * 4), "is damaged"),
        (written(4, 4, 6, [b"\x00" * 17] * 4, bits=16), "eight bits"),
        (written(4, 4, 6, [b"\x00" * 17] * 4, interlaced=1), "interlaced"),
        (written(30_000, 30_000, 6, [b"\x00"]), "30,000 by 30,000"),
        (written(0, 4, 6, [b"\x00"]), "0 by 4"),
        (written(2, 2, 3, [b"\x00\x05\x05"] * 2, (b"PLTE", b"\x00" * 6)), "is damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(content: bytes, why: str) -> None:
    with pytest.raises(png.UnreadablePngError, match=why):
        png.read(content)


@pytest.mark.slow
def test_damage_anywhere_never_breaks_the_reader() -> None:
    whole = written(8, 8, 2, [b"\x04" + bytes(24)] * 8)
    for seed in range(2000):
        chance = random.Random(seed)  # noqa: S311  # as above
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            png.read(bytes(broken[: chance.randrange(len(broken) + 1)] if seed % 2 else broken))
        except png.UnreadablePngError:
            continue
