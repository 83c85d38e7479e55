"""Makes a PNG smaller: plain pictures of eight bits a channel, in plain Python, so that no decoder in C sees strangers' bytes.

PNG (Portable Network Graphics) Specification, third edition, W3C.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

BEGINNING = b"\x89PNG\r\n\x1a\n"
#: Channels by kind of colour: grey, colour, palette, grey with opacity, colour with opacity.
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
#: Largest side that is read.
LARGEST = 2048


class UnreadablePngError(ValueError):
    """The file is no PNG that can be made smaller here; says why, in words for whoever brought it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with four channels a point, row by row: red, green, blue, opacity."""

    wide: int
    high: int
    points: bytes


@lru_cache(maxsize=1)
def read(content: bytes) -> Picture:
    """The picture in the bytes of a PNG, of which the last is kept: it takes a second, and a check and a build both ask. Raises `UnreadablePngError`, whatever they hold."""
    try:
        return _read(content)
    except (struct.error, zlib.error, IndexError, KeyError):
        raise UnreadablePngError("is damaged") from None


def _read(content: bytes) -> Picture:
    if not content.startswith(BEGINNING):
        raise UnreadablePngError("is no PNG")
    palette, opacities, packed, head = b"", b"", [], b""
    for kind, part in _chunks(content):
        if kind == b"IHDR":
            head = part
        elif kind == b"PLTE":
            palette = part
        elif kind == b"tRNS":
            opacities = part
        elif kind == b"IDAT":
            packed.append(part)
    wide, high, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if not 0 < max(wide, high) <= LARGEST or not wide or not high:
        raise UnreadablePngError(f"is {wide:,} by {high:,} points large; at most {LARGEST:,} a side are possible")
    if bits != 8 or interlaced:
        raise UnreadablePngError("is interlaced or has more or fewer than eight bits a channel")
    width = wide * CHANNELS[colour]
    unpacked = zlib.decompressobj().decompress(b"".join(packed), (width + 1) * high)
    if len(unpacked) < (width + 1) * high:
        raise UnreadablePngError("ends too early")
    rows = _unfiltered(unpacked, width, high, CHANNELS[colour])
    return Picture(wide, high, b"".join(_four(row, colour, palette, opacities) for row in rows))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(BEGINNING)
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, content[at + 8 : at + 8 + length]
        at += 12 + length


def _unfiltered(unpacked: bytes, width: int, high: int, step: int) -> Iterator[bytes]:
    before = bytearray(width)
    for number in range(high):
        start = number * (width + 1)
        way, row = unpacked[start], bytearray(unpacked[start + 1 : start + 1 + width])
        if way == 1:
            for at in range(step, width):
                row[at] = (row[at] + row[at - step]) & 255
        elif way == 2:
            row = bytearray((a + b) & 255 for a, b in zip(row, before, strict=True))
        elif way == 3:
            for at in range(width):
                left = row[at - step] if at >= step else 0
                row[at] = (row[at] + (left + before[at]) // 2) & 255
        elif way == 4:
            for at in range(width):
                left, corner = (row[at - step], before[at - step]) if at >= step else (0, 0)
                row[at] = (row[at] + _nearest(left, before[at], corner)) & 255
        elif way:
            raise UnreadablePngError("is damaged")
        yield bytes(row)
        before = row


def _nearest(left: int, above: int, corner: int) -> int:
    """The neighbour that a point is likest to (Paeth)."""
    likely = left + above - corner
    to_left, to_above, to_corner = abs(likely - left), abs(likely - above), abs(likely - corner)
    if to_left <= to_above and to_left <= to_corner:
        return left
    return above if to_above <= to_corner else corner


def _four(row: bytes, colour: int, palette: bytes, opacities: bytes) -> bytes:
    """A row with four channels a point."""
    if colour == 6:
        return row
    if colour == 2:
        return b"".join(row[at : at + 3] + b"\xff" for at in range(0, len(row), 3))
    if colour == 0:
        return b"".join(bytes((grey, grey, grey, 255)) for grey in row)
    if colour == 4:
        return b"".join(row[at : at + 1] * 3 + row[at + 1 : at + 2] for at in range(0, len(row), 2))
    if row and max(row) * 3 >= len(palette):
        raise UnreadablePngError("is damaged")
    colours = [palette[at * 3 : at * 3 + 3] + (opacities[at : at + 1] or b"\xff") for at in range(len(palette) // 3)]
    return b"".join(colours[index] for index in row)


@lru_cache(maxsize=3)
def smaller(picture: Picture, side: int) -> bytes:
    """A square PNG with `side` points a side, each the mean of the points that it stands for. `picture` is a square and no smaller."""
    edges = [at * picture.wide // side for at in range(side + 1)]
    rows = bytearray()
    for top, bottom in pairwise(edges):
        rows.append(0)  # no filter
        for left, right in pairwise(edges):
            rows += _mean(picture, left, right, top, bottom)
    head = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return BEGINNING + b"".join(
        struct.pack(">I", len(part)) + kind + part + struct.pack(">I", zlib.crc32(kind + part)) for kind, part in parts
    )


def _mean(picture: Picture, left: int, right: int, top: int, bottom: int) -> bytes:
    """The mean of the points of a rectangle, in which what cannot be seen counts nothing."""
    red = green = blue = opacity = 0
    for row in range(top, bottom):
        start = (row * picture.wide + left) * 4
        part = picture.points[start : start + (right - left) * 4]
        seen = part[3::4]
        if min(seen) == 255:
            red, green, blue = (sum_ + 255 * sum(part[at::4]) for at, sum_ in enumerate((red, green, blue)))
            opacity += 255 * len(seen)
        else:
            for at, weight in enumerate(seen):
                red += part[at * 4] * weight
                green += part[at * 4 + 1] * weight
                blue += part[at * 4 + 2] * weight
                opacity += weight
    if not opacity:
        return bytes(4)
    count = (right - left) * (bottom - top)
    return bytes((red // opacity, green // opacity, blue // opacity, opacity // count))
