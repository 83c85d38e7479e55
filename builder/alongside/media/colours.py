"""Colours as numbers, and how well one stands out from another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)
BLACK: Colour = (0, 0, 0)
#: The luminance at which black and white stand out alike.
MIDDLE = 0.18

NUMBERS = re.compile(r"rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)")
HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
#: Names of colours that people type. Others are not told.
NAMED: dict[str, Colour] = {
    "black": (0, 0, 0), "white": WHITE, "gray": (128, 128, 128), "grey": (128, 128, 128), "silver": (192, 192, 192),
    "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211), "darkgray": (169, 169, 169), "darkgrey": (169, 169, 169),
    "yellow": (255, 255, 0), "red": (255, 0, 0), "blue": (0, 0, 255), "green": (0, 128, 0), "orange": (255, 165, 0),
}  # fmt: skip


def of_hex(colour: str) -> Colour:
    """The parts of `#rrggbb`, from 0 to 255. Raises `ValueError` for anything else."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def rgb(colour: str) -> Colour | None:
    """The parts of `#rgb`, `#rrggbb`, `rgb(…)` or a name, from 0 to 255. `None` for what is not told."""
    written = colour.strip().lower()
    if HEX.fullmatch(written):
        return of_hex(written if len(written) > 4 else "#" + "".join(digit * 2 for digit in written[1:]))  # #rgb
    match = NUMBERS.fullmatch(written)
    if match:
        return min(255, int(match[1])), min(255, int(match[2])), min(255, int(match[3]))
    return NAMED.get(written)


def luminance(colour: Colour) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (n / 255 for n in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: Colour, second: Colour) -> float:
    """How well two colours stand out from each other: 1 to 21."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def as_hex(colour: Colour) -> str:
    """The colour as `#rrggbb`."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def least_contrast(colour: Colour, backgrounds: Iterable[Colour]) -> float:
    """The contrast with the background on which it stands out least."""
    return min(contrast(colour, ground) for ground in backgrounds)


def shade(colour: Colour, backgrounds: Sequence[Colour], least: float) -> Colour:
    """The colour itself, or the nearest of the same hue that stands out from every background.

    It is darker where they are light and lighter where they are dark. `least` is a contrast of at most 7.
    """
    light = luminance(max(backgrounds, key=luminance)) > MIDDLE
    for step in range(101):
        found = _mixed(colour, BLACK if light else WHITE, step)
        if least_contrast(found, backgrounds) >= least:
            return found
    return BLACK if light else WHITE


def _mixed(colour: Colour, other: Colour, percent: int) -> Colour:
    red, green, blue = (
        round(part + (target - part) * percent / 100) for part, target in zip(colour, other, strict=True)
    )
    return red, green, blue


def ink_on(ground: Colour) -> Colour:
    """White or black, whichever is read better. On any ground one of them has a contrast of 4.58 at least."""
    return max((WHITE, BLACK), key=lambda ink: contrast(ink, ground))
