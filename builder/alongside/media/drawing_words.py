"""The words that stand in a drawing: how large they are on a telephone, and how well they stand out.

Told from attributes alone, in a drawing that is sound. What a style sheet inside it or a turned group decides is left
out, so that nothing is said that may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.parsers import expat

from alongside.media.colours import WHITE, Colour, contrast, rgb

#: How wide the narrowest telephone shows a drawing, in points.
SHOWN = 320
#: Letters that are smaller there are hard to read.
LEAST_SIZE = 12
#: What WCAG 2.2 (1.4.3) asks between letters and what is behind them; less is enough for large ones.
LEAST_CONTRAST, LEAST_CONTRAST_LARGE = 4.5, 3
LARGE = 24
#: What browsers take where nothing is said.
USUAL_SIZE = 16.0

NUMBER = re.compile(r"\s*(-?\d*\.?\d+)(?:px)?\s*")
SHAPES = frozenset({"rect", "circle", "ellipse"})
#: Shapes whose outline is not looked at.
OUTLINES = frozenset({"path", "polygon", "polyline"})


@dataclass(frozen=True, slots=True)
class DrawnWords:
    """A text of a drawing: its place, its size on a telephone in points, and its contrast, where they are known."""

    line: int
    column: int
    size: float | None
    contrast: float | None
    #: Whether the letters are so large that less contrast is enough.
    large: bool
    #: The size in the drawing's own units at which they would be large enough.
    least: float

    @property
    def small(self) -> bool:
        """Whether the letters are hard to read on a telephone."""
        return self.size is not None and self.size < LEAST_SIZE - 0.05

    @property
    def faint(self) -> bool:
        """Whether the letters hardly stand out."""
        least = LEAST_CONTRAST_LARGE if self.large else LEAST_CONTRAST
        return self.contrast is not None and self.contrast < least


def words_in(content: bytes) -> list[DrawnWords]:
    """Every text of a drawing. Empty for bytes that are no sound drawing, and for one with a style sheet of its own."""
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)  # noqa: FBT003  # the end of the file; it takes no name
    except (expat.ExpatError, ValueError):
        return []
    return [] if reader.styled else reader.found


def has_words(content: bytes) -> bool:
    """Whether a sound drawing has any text, which some font would have to show."""
    found: list[str] = []
    parser = expat.ParserCreate("utf-8", " ")

    def start(name: str, attributes: Mapping[str, str]) -> None:
        del attributes
        if name.endswith(" text"):
            found.append(name)

    parser.StartElementHandler = start
    parser.Parse(content, True)  # noqa: FBT003  # the end of the file; it takes no name
    return bool(found)


@dataclass(frozen=True, slots=True)
class _State:
    """What an element hands down to those inside it."""

    size: float | None = USUAL_SIZE
    fill: Colour | None = (0, 0, 0)
    x: float = 0
    y: float = 0
    #: Whether a group is turned or scaled, so that places and sizes are not told.
    turned: bool = False
    opaque: bool = True
    painted: bool = True


class _Reader:
    """Goes through a drawing and remembers what lies below each text."""

    def __init__(self) -> None:
        self.found: list[DrawnWords] = []
        self.styled = False
        self._states = [_State()]
        self._width: float | None = None
        self._below: list[tuple[tuple[float, float, float, float], Colour | None]] = []
        self._outlines: list[Colour | None] = []
        self._undrawn = 0
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        said = {**attributes, **_declared(attributes.get("style", ""))}
        if tag == "svg" and len(self._states) == 1:
            self._width = _width(said)
        self.styled |= tag == "style"
        self._undrawn += tag in {"defs", "symbol", "clipPath", "mask", "pattern", "marker"}
        state = _inherited(self._states[-1], said)
        self._states.append(state)
        if self._undrawn:
            return
        if tag in SHAPES and state.painted:
            self._below.append((_box(tag, said, state), state.fill if state.opaque and not state.turned else None))
        elif tag in OUTLINES and state.painted:
            self._outlines.append(state.fill)
        elif tag in {"text", "tspan"}:
            self._note(tag, said, state)

    def _end(self, name: str) -> None:
        self._states.pop()
        self._undrawn -= name.rpartition(" ")[2] in {"defs", "symbol", "clipPath", "mask", "pattern", "marker"}

    def _note(self, tag: str, said: Mapping[str, str], state: _State) -> None:
        if tag == "tspan" and not {"font-size", "fill", "x", "y"} & set(said):
            return
        shown = None
        if state.size is not None and self._width and not state.turned:
            shown = state.size * SHOWN / self._width
        self.found.append(
            DrawnWords(
                self.parser.CurrentLineNumber,
                self.parser.CurrentColumnNumber + 1,
                shown,
                self._contrast(said, state),
                shown is not None and shown >= LARGE,
                LEAST_SIZE * (self._width or SHOWN) / SHOWN,
            )
        )

    def _contrast(self, said: Mapping[str, str], state: _State) -> float | None:
        x, y = _number(said.get("x", "")), _number(said.get("y", ""))
        if state.fill is None or state.turned or not state.opaque or x is None or y is None:
            return None
        x, y = x + state.x, y + state.y - (state.size or 0) / 3
        behind = next(
            (
                fill
                for (left, top, right, bottom), fill in reversed(self._below)
                if left <= x <= right and top <= y <= bottom
            ),
            WHITE,
        )
        if behind is None or None in self._outlines:
            return None
        others = [contrast(state.fill, fill) for fill in self._outlines if fill is not None]
        return max([contrast(state.fill, behind), *others])


def _declared(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if value}


def _number(text: str) -> float | None:
    match = NUMBER.fullmatch(text)
    return float(match[1]) if match else None


def _width(said: Mapping[str, str]) -> float | None:
    box = said.get("viewBox", "").replace(",", " ").split()
    return _number(box[2]) if len(box) == 4 else _number(said.get("width", ""))  # x, y, width, height


def _inherited(before: _State, said: Mapping[str, str]) -> _State:
    state = before
    if "font-size" in said:
        state = replace(state, size=_number(said["font-size"]))
    if "fill" in said:
        state = replace(state, fill=rgb(said["fill"]), painted=said["fill"].strip() != "none")
    if any(said.get(name, "1").strip() not in {"1", "1.0", "100%"} for name in ("opacity", "fill-opacity")):
        state = replace(state, opaque=False)
    if "transform" in said:
        state = _moved(state, said["transform"])
    return state


MOVED = re.compile(r"\s*translate\(\s*(-?[\d.]+)(?:[\s,]+(-?[\d.]+))?\s*\)\s*")


def _moved(state: _State, transform: str) -> _State:
    match = MOVED.fullmatch(transform)
    if not match:
        return replace(state, turned=True)
    return replace(state, x=state.x + float(match[1]), y=state.y + float(match[2] or 0))


def _box(tag: str, said: Mapping[str, str], state: _State) -> tuple[float, float, float, float]:
    """What a shape covers; everything where that is not told, so that nothing is said of what lies on it."""
    names = {
        "rect": ("x", "y", "width", "height"),
        "circle": ("cx", "cy", "r", "r"),
        "ellipse": ("cx", "cy", "rx", "ry"),
    }
    numbers = [_number(said.get(name, "0")) for name in names[tag]]
    if state.turned or None in numbers:
        return float("-inf"), float("-inf"), float("inf"), float("inf")
    x, y, across, down = (number or 0 for number in numbers)
    if tag == "rect":
        return state.x + x, state.y + y, state.x + x + across, state.y + y + down
    return state.x + x - across, state.y + y - down, state.x + x + across, state.y + y + down
