"""What a file of pictures, sound or film is, told from its bytes, and what it costs whoever looks at it.

The name of a file decides how a browser takes it, so a file has to be what its name says. How large a picture is drawn
stands in its first bytes, and has little to do with how large its file is.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from io import BytesIO

#: Largest file that a learner should have to load, in bytes.
LARGEST_PICTURE, LARGEST_RECORDING = 10 * 1024 * 1024, 100 * 1024 * 1024
#: Every page loads a font.
LARGEST_FONT = 1024 * 1024
#: Largest picture in points: as much as the best telephones make, four bytes for each point in memory.
LARGEST_SIDE, MOST_POINTS = 16_000, 50_000_000
#: Most pictures in one that moves, and most points of all of them together.
MOST_FRAMES, MOST_POINTS_MOVING = 500, 250_000_000

#: What pictures call themselves that are packed as films are.
STILL = {b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1"}
#: How a file of each kind begins.
BEGINNINGS: dict[str, Callable[[bytes], bool]] = {
    ".png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    ".jpg": lambda head: head.startswith(b"\xff\xd8\xff"),
    ".jpeg": lambda head: head.startswith(b"\xff\xd8\xff"),
    ".gif": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
    ".webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
    ".avif": lambda head: head[4:8] == b"ftyp" and b"avi" in head[8:64],
    ".mp3": lambda head: head.startswith(b"ID3") or (head[:1] == b"\xff" and head[1:2] >= b"\xe0"),
    ".m4a": lambda head: head[4:8] == b"ftyp" and head[8:12] not in STILL,
    ".mp4": lambda head: head[4:8] == b"ftyp" and head[8:12] not in STILL,
    ".ogg": lambda head: head.startswith(b"OggS"),
    ".webm": lambda head: head.startswith(b"\x1a\x45\xdf\xa3"),
    ".woff2": lambda head: head.startswith(b"wOF2"),
    ".woff": lambda head: head.startswith(b"wOFF"),
}
FONTS = frozenset({".woff2", ".woff"})
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})


def of_its_kind(ending: str, head: bytes) -> bool:
    """Whether bytes begin as those of a file that ends so do."""
    return BEGINNINGS[ending](head)


def largest(ending: str) -> int:
    """How many bytes a file that ends so may have."""
    if ending in FONTS:
        return LARGEST_FONT
    return LARGEST_PICTURE if ending in PICTURES else LARGEST_RECORDING


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture in points; `None` where its bytes do not say."""
    import imagesize  # noqa: PLC0415  # it loads what asks the network, for which a site without pictures need not wait

    wide, high = imagesize.get(BytesIO(content), exif_rotation=False)
    return (int(wide), int(high)) if wide > 0 and high > 0 else None


def frames(ending: str, content: bytes) -> Iterator[tuple[int, int]]:
    """Width and height of each picture in one that moves, as far as its bytes can be understood; of one that does not, nothing or one."""
    walk = {".gif": _gif, ".png": _png, ".webp": _webp}.get(ending)
    if walk:
        try:
            yield from walk(content)
        except (struct.error, IndexError):  # it ends in the middle: a browser shows what there is
            return


def too_dear(ending: str, content: bytes) -> Iterator[str]:
    """What a picture asks too much of, in words."""
    whole = size(content)
    if whole is None:
        yield "does not say how large it is, so it is damaged"
        return
    if ending == ".avif" and content[8:12] == b"avis":
        yield "is a film"
        return
    points = count = 0
    for wide, high in ((0, 0), *frames(ending, content)):
        wide, high = max(wide, whole[0]), max(high, whole[1])  # noqa: PLW2901  # each is drawn on the whole
        points, count = points + wide * high, count + 1
        if max(wide, high) > LARGEST_SIDE or wide * high > MOST_POINTS:
            yield f"is {wide:,} by {high:,} points large"
            return
        if count > MOST_FRAMES + 1 or (count > 2 and points > MOST_POINTS_MOVING):  # the whole, and one picture in it
            yield f"moves through more than {count - 2} pictures"
            return


def _gif(content: bytes) -> Iterator[tuple[int, int]]:
    def palette(flags: int) -> int:
        return 3 << ((flags & 7) + 1) if flags & 0x80 else 0

    at = 13 + palette(content[10])
    while content[at] in {0x21, 0x2C}:
        if content[at] == 0x2C:  # a picture; the other is an extension
            left, top, wide, high, flags = struct.unpack_from("<HHHHB", content, at + 1)
            yield left + wide, top + high
            at += 11 + palette(flags)
        else:
            at += 2
        while content[at]:
            at += content[at] + 1
        at += 1


def _png(content: bytes) -> Iterator[tuple[int, int]]:
    at = 8
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind == b"fcTL":
            wide, high, left, top = struct.unpack_from(">4I", content, at + 12)
            yield left + wide, top + high
        at += 12 + length


def _webp(content: bytes) -> Iterator[tuple[int, int]]:
    at = 12
    while at < len(content):
        kind, length = struct.unpack_from("<4sI", content, at)
        if kind == b"ANMF":
            left, top, wide, high = (int.from_bytes(content[at + 8 + n : at + 11 + n], "little") for n in (0, 3, 6, 9))
            yield 2 * left + wide + 1, 2 * top + high + 1
        elif kind == b"VP8 ":
            wide, high = struct.unpack_from("<HH", content, at + 14)
            yield wide & 0x3FFF, high & 0x3FFF
        at += 8 + length + length % 2
