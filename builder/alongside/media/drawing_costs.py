"""What a browser has to draw for an SVG file, counted while the file is read.

A small file can ask for millions of shapes: what is used twice is drawn twice, what is used in that is drawn four
times, and so on. Patterns, markers, masks and clips repeat what stands in them in the same way. So the things are
counted as often as they are drawn, and always rather too high than too low.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf

#: Things that one drawing may draw, with every repetition.
MOST_DRAWN = 50_000
#: How deep elements may stand in one another, and things that are used in things that are used.
DEEPEST, DEEPEST_USE = 100, 10
#: Longest style sheet, in characters: each of its lines is compared with each element.
LONGEST_STYLE = 50_000
#: Largest number in a drawing. Programs that count in hundredths of a millimetre stay well below.
LARGEST_NUMBER = 10_000_000
#: Largest width and height that a drawing may ask for, in any unit.
LARGEST_SIDE = 20_000
#: What costs more the larger it is, and how large it may be.
LARGEST_VALUES = {
    "numOctaves": 10,
    "order": 9,
    "radius": 100,
    "stdDeviation": 500,
    "surfaceScale": 1_000,
    "scale": 1_000,
}
#: What costs more the smaller it is, and how small it may be.
SMALLEST_VALUES = {("pattern", "width"): 0.01, ("pattern", "height"): 0.01}
#: Shortest dash, in units of the drawing.
SHORTEST_DASH = 0.01

NUMBERS = frozenset(
    {
        "baseFrequency", "cx", "cy", "d", "dx", "dy", "font-size", "gradientTransform", "height", "markerHeight", "markerWidth",
        "order", "patternTransform", "points", "r", "radius", "rx", "ry", "scale", "stdDeviation", "stroke-dasharray",
        "stroke-width", "style", "textLength", "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2",
    }
)  # fmt: skip
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
#: Colours and names of parts, in which digits are no numbers.
NO_NUMBER = re.compile(r"#[\w-]+")
NAMED = re.compile(r"url\(\s*['\"]?\s*#([^'\")\s]+)")
DECLARED = re.compile(r"([\w-]+)\s*:([^;{}]*)")
#: What the things inside an element take over from it.
INHERITED = frozenset({"fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end"})
#: What needs a picture of its own before it can be drawn, and what that weighs.
EFFECTS = {"filter": 50, "mask": 50, "clip-path": 1}
#: What a primitive of a filter weighs: it goes over every point.
PRIMITIVE = 20
#: As many characters of a path as weigh as much as another element.
PER_THING = 20


@dataclass
class _Totals:
    """What is drawn for an element with an id, but for what it names elsewhere."""

    weight: float = 0
    #: How often each id is named.
    named: Counter[str] = field(default_factory=Counter)
    #: Pairs of ids of which the second is painted onto everything in the first.
    painted: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: How many elements a style sheet can find by each sign: `*`, `tag`, `.class` and `#id`.
    signs: Counter[str] = field(default_factory=Counter)

    def add(self, other: _Totals) -> None:
        """Adds what stands in an element to what stands around it."""
        self.weight += other.weight
        self.named.update(other.named)
        self.painted.update(other.painted)
        self.signs.update(other.signs)


@dataclass
class _Open:
    """An element that has not ended yet."""

    #: Of the element, if it has an id, or else of the nearest one around it that has.
    totals: _Totals
    own: bool
    weight: float
    count: int = 1
    #: Ids that each thing inside is painted with, and those that each point of a line is marked with.
    paints: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)


class Costs:
    """Counts what is drawn while the elements of a drawing go by."""

    def __init__(self) -> None:
        self._whole = _Totals()
        self._by_id: dict[str, _Totals] = {}
        self._open: list[_Open] = []
        self._known: dict[str, float] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
        """Takes note of an element. Gives what is too much in itself, in words."""
        weight = (PRIMITIVE if tag.startswith("fe") else 1) + sum(
            len(attributes.get(long, "")) / PER_THING for long in ("d", "points")
        )
        opened = self._opened(attributes.get("id", ""), weight)
        opened.totals.weight += weight
        opened.totals.signs.update(_signs(tag, attributes))
        self._named(opened, attributes)
        if len(self._open) == DEEPEST + 1:
            yield f"elements in elements more than {DEEPEST} deep"
        yield from _excessive(tag, attributes, outermost=len(self._open) == 1)

    def _opened(self, name: str, weight: float) -> _Open:
        # Of two with one id, the first is used. Deeper ones are refused, and adding them up would be dear.
        own = bool(name) and name not in self._by_id and len(self._open) <= DEEPEST
        totals = _Totals() if own else self._open[-1].totals if self._open else self._whole
        if own:
            self._by_id[name] = totals
        opened = _Open(totals, own, weight)
        self._open.append(opened)
        return opened

    def _named(self, opened: _Open, attributes: Mapping[str, str]) -> None:
        target = attributes.get("href", "").strip()
        used = target[1:] if target.startswith("#") else ""
        if used:
            opened.totals.named[used] += 1
        for what, name in _told(attributes):
            opened.totals.weight += EFFECTS.get(what, 0)
            if what not in INHERITED:
                opened.totals.named[name] += 1
            elif used:
                opened.totals.painted[used, name] += 1
            elif what.startswith("marker"):
                opened.marks.append(name)
            else:
                opened.paints.append(name)

    def end(self) -> None:
        """Takes note that the last element that started has ended."""
        ended = self._open.pop()
        for name in ended.paints:
            ended.totals.named[name] += ended.count
        for name in ended.marks:
            ended.totals.named[name] += round(ended.weight * PER_THING)
        if self._open:
            self._open[-1].count += ended.count
            self._open[-1].weight += ended.weight
        if ended.own:
            (self._open[-1].totals if self._open else self._whole).add(ended.totals)

    def drawn(self, style: str) -> float:
        """How many things are drawn in all; infinite where things are used in things without an end."""
        self._styled(style)
        self._known.clear()
        return self._drawn(self._whole, 0)

    def _styled(self, style: str) -> None:
        """Adds what a style sheet names, to everything that it may be meant for."""
        for rule in _without_remarks(style).split("}"):
            before, brace, body = rule.rpartition("{")
            selectors = before.rpartition("{")[2]  # what stands before that is @media, most of all
            told = list(_declared(body)) if brace else []
            if not told:
                continue
            found = {_sign(selector) for selector in selectors.split(",")}
            for each in (self._whole, *self._by_id.values()):
                times = sum(each.signs[sign] for sign in found)
                for what, name in told:
                    each.named[name] += times
                    each.weight += times * EFFECTS.get(what, 0)

    def _drawn(self, totals: _Totals, depth: int) -> float:
        if depth > DEEPEST_USE:
            return inf
        drawn = totals.weight
        for name, times in totals.named.items():
            drawn += times * self._of(name, depth) if times else 0
        for (first, second), times in totals.painted.items():
            drawn += times * self._of(first, depth) * self._of(second, depth)
        return drawn

    def _of(self, name: str, depth: int) -> float:
        if name not in self._by_id:
            return 0
        if name not in self._known:
            self._known[name] = self._drawn(self._by_id[name], depth + 1)
        return self._known[name]


def _without_remarks(style: str) -> str:
    kept, at = [], 0
    while (start := style.find("/*", at)) >= 0 and (end := style.find("*/", start + 2)) >= 0:
        kept.append(style[at:start])
        at = end + 2
    return "".join([*kept, style[at:]])


def _signs(tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
    """By what a style sheet can find an element."""
    yield from ("*", tag)
    if "id" in attributes:
        yield f"#{attributes['id']}"
    yield from (f".{name}" for name in attributes.get("class", "").split())


def _sign(selector: str) -> str:
    """The sign that everything has which a selector may find."""
    last = re.split(r"[\s>+~]+", selector.strip())[-1]
    found = re.findall(r"[.#][\w-]+|^[\w-]+", last.partition(":")[0].partition("[")[0])
    return next((sign for sign in found if sign[0] in ".#"), found[0] if found else "*")


def _told(attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Properties that name something in the drawing, with its id."""
    for name, value in attributes.items():
        if name == "style":
            yield from _declared(value)
        else:
            yield from ((name, found) for found in NAMED.findall(value))


def _declared(style: str) -> Iterator[tuple[str, str]]:
    for name, value in DECLARED.findall(style):
        yield from ((name, found) for found in NAMED.findall(value))


def _excessive(tag: str, attributes: Mapping[str, str], *, outermost: bool) -> Iterator[str]:
    """Numbers that would make a browser work too hard, in words."""
    for name, value in attributes.items():
        if name not in NUMBERS and name not in LARGEST_VALUES:
            continue
        numbers = [abs(float(number)) for number in NUMBER.findall(NO_NUMBER.sub("", value))]
        largest = max(numbers, default=0)
        side = outermost and name in {"width", "height"}
        most = (
            LARGEST_SIDE
            if side
            else LARGEST_VALUES.get(name, LARGEST_NUMBER)
            if tag.startswith("fe")
            else LARGEST_NUMBER
        )
        if largest > most:
            yield f"a number in {name} that is larger than {most:,}"
        if numbers and min(numbers) < SMALLEST_VALUES.get((tag, name), 0):
            yield f"a {tag} whose {name} is smaller than {SMALLEST_VALUES[tag, name]}"
        if name == "stroke-dasharray" and numbers and sum(numbers) and max(numbers) < SHORTEST_DASH:
            yield f"dashes that are shorter than {SHORTEST_DASH}"
