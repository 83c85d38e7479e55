"""A drawing as PNGs, for what shows no SVG: start screens of telephones, and messengers.

resvg draws them, which is written in Rust and reads nothing but what it is given: no file, no address, no font. So the
same drawing gives the same picture on every machine, and words in it, which need a font, would be missing.
"""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from alongside.media import drawings, png, resvg_apart
from alongside.media.drawing_words import has_words

#: The side of the picture by which it is told whether a drawing shows anything.
LOOKED_AT = 64
#: Seconds after which a drawing is given up. A logo takes a tenth of one.
LONGEST = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture: its size in points, what is behind the drawing, such as `#ffffff`, and how much of both sides it may take."""

    wide: int
    high: int
    ground: str
    share: float


class UndrawableError(ValueError):
    """No picture can be made of a drawing; says why, in words that go on from its name."""


def drawn(content: bytes, wanted: tuple[Wanted, ...]) -> list[bytes]:
    """A PNG for each that is wanted, with the drawing whole in its middle. The same bytes for the same drawing.

    Raises `UndrawableError`, whatever the bytes are.
    """
    made = _drawn(content, wanted)
    if isinstance(made, str):
        raise UndrawableError(made)
    return made


@lru_cache(maxsize=8)
def _drawn(content: bytes, wanted: tuple[Wanted, ...]) -> list[bytes] | str:
    """The pictures, or why there are none: a preview asks again and again."""
    if next(drawings.troubles_in(content), None):
        return "is no drawing that can be published"
    if has_words(content):
        return "has words, and letters need a font that is on every machine"
    asked = [_framed(content, one) for one in (Wanted(LOOKED_AT, LOOKED_AT, "", 1), *wanted)]
    spec = find_spec("resvg_py")
    if spec is None or spec.origin is None:  # somebody has installed without what belongs to it
        return "cannot be drawn here, since the package resvg-py is not installed"
    # Without the settings of the surroundings, and without what other packages do when Python starts.
    command = [sys.executable, "-I", "-S", resvg_apart.__file__]
    said = json.dumps({"resvg": str(Path(spec.origin).parent.parent), "svgs": asked})
    try:
        answer = subprocess.run(  # noqa: S603  # Python with a program of ours; no shell reads the arguments
            command, input=said, capture_output=True, timeout=LONGEST, check=True, encoding="utf-8"
        )
        first, *others = (base64.b64decode(made) for made in json.loads(answer.stdout))
        seen = any(png.read(first).points[3::4])
    except subprocess.TimeoutExpired:
        return f"takes longer than {LONGEST} seconds to draw"
    except (subprocess.CalledProcessError, ValueError):
        return "cannot be drawn"
    return others if seen else "shows nothing"


def _framed(content: bytes, wanted: Wanted) -> str:
    """A drawing with another in its middle, which keeps its shape."""
    wide, high = wanted.wide, wanted.high
    x, y = wide * (1 - wanted.share) / 2, high * (1 - wanted.share) / 2
    below = f'<rect width="{wide}" height="{high}" fill="{wanted.ground}"/>' if wanted.ground else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">{below}'
        f'<image x="{x:g}" y="{y:g}" width="{wide * wanted.share:g}" height="{high * wanted.share:g}" '
        f'href="data:image/svg+xml;base64,{base64.b64encode(content).decode()}"/></svg>'
    )
