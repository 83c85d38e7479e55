"""What changed in originals since a site took them over, and a proposal that joins both sides.

Three texts are compared line by line: the original as it was, the original of now, and the site's own. What only one side
changed is taken from it; where both changed the same lines, both stand in the proposal between marks, which therefore is
never the file that the site is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from textwrap import wrap

from alongside.files.problems import printable
from alongside.load.layers import Layer
from alongside.load.originals import changed_at, hidden_by, moved_to, original, own_text
from alongside.load.taken import taken_of
from alongside.model.schema import SCHEMA_LINE

#: How many letters each side has, beside each other.
WIDTH = 58
#: How many lines around a change are shown.
AROUND = 2
OURS, WAS, THEIRS, END = (
    "<<<<<<< yours",
    "||||||| the original as you took it over",
    "=======",
    ">>>>>>> the original of now",
)


@dataclass(frozen=True)
class Drift:
    """Something that was taken over and whose original has changed since."""

    address: str
    #: The layer that it came from, with the versions then and now.
    layer: str
    versions: tuple[str, str]
    was: str
    #: The original of now; `None` where it has gone.
    now: str | None
    own: str
    #: The address of the original now, where it has moved to another module.
    moved: str = ""

    @property
    def proposal(self) -> tuple[str, int]:
        """Both sides joined, and in how many places they contradict each other."""
        if self.now is None:
            return self.own, 0
        lines, conflicts = joined(_lines(self.was), _lines(self.own), _lines(self.now))
        head = self.own.split("\n", 1)[0] + "\n" if self.own.startswith(SCHEMA_LINE) else ""
        return head + "\n".join(lines) + "\n", conflicts


def drifts(layers: Sequence[Layer], own: Layer) -> Iterator[Drift]:
    """Everything that the layer `own` has taken over and whose original is not as it was.

    May raise `OSError`, and `ContentError` where the site’s own version cannot be read as text.
    """
    lower = layers[: [*layers].index(own)]
    hidden = dict(hidden_by(own, lower))
    for address, noted in taken_of(own)[0].originals.items():
        if changed_at(own, hidden, address) is None:
            continue
        found, moved = original(lower, address, noted.digest), None
        if found is None:
            moved = moved_to(lower, address, noted.digest)
            found = original(lower, moved, noted.digest) if moved else None
        if found is None or moved or found.digest != noted.digest:
            version = found.layer.version if found else ""
            text = own_text(own, address, of_text=bool(noted.text))
            now = found.text if found else None
            yield Drift(address, noted.layer, (noted.version, version), noted.text, now, text, moved or "")


def _lines(text: str) -> list[str]:
    """The lines of a text, without the first one where it only tells an editor the schema: each layer has its own way to that."""
    return (text.partition("\n")[2] if text.startswith(SCHEMA_LINE) else text).rstrip("\n").split("\n")


def joined(was: Sequence[str], own: Sequence[str], now: Sequence[str]) -> tuple[list[str], int]:
    """Three texts made one, and the number of places at which two sides changed the same lines differently."""
    lines: list[str] = []
    conflicts = 0
    regions = (piece for region in _regions(was, own, now) for piece in _line_by_line(*region))
    for old, ours, theirs in regions:
        if theirs in (ours, old):
            lines += ours
        elif ours == old:
            lines += theirs
        else:
            conflicts += 1
            lines += [OURS, *ours, WAS, *old, THEIRS, *theirs, END]
    return lines, conflicts


def _regions(
    was: Sequence[str], own: Sequence[str], now: Sequence[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The texts in pieces: what is the same in all three, and what stands between two such pieces."""
    at, ours, theirs = 0, 0, 0
    for start, in_own, in_now, size in [*_common(was, own, now), (len(was), len(own), len(now), 0)]:
        yield list(was[at:start]), list(own[ours:in_own]), list(now[theirs:in_now])
        same = list(was[start : start + size])
        yield same, same, same
        at, ours, theirs = start + size, in_own + size, in_now + size


def _line_by_line(
    old: list[str], ours: list[str], theirs: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """A piece in its lines, where no side has more of them and none was changed by both; otherwise as it is."""
    rows = list(zip(old, ours, theirs, strict=False))
    single = len(old) == len(ours) == len(theirs) and all(one in (b, c) or b == c for one, b, c in rows)
    yield from (([a], [b], [c]) for a, b, c in rows) if single else [(old, ours, theirs)]


def _common(was: Sequence[str], own: Sequence[str], now: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that are the same in all three: where each begins, and how long it is."""
    first = SequenceMatcher(None, was, own, autojunk=False).get_matching_blocks()
    second = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    for one in first:
        for other in second:
            start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
            if start < end:
                yield start, one.b + start - one.a, other.b + start - other.a, end - start


# ------------------------------------------------------------------------- words


def as_text(drift: Drift) -> str:
    """For a terminal: what changed in the original, side by side, then the proposal in a sentence."""
    version = " → ".join(filter(None, drift.versions)) if drift.versions[0] != drift.versions[1] else drift.versions[0]
    head = f"{printable(drift.address)}, taken over from {printable(drift.layer)} {version}".rstrip()
    if drift.now is None:
        return f"{head}\n  The original has gone. Your version is shown as long as its place is there."
    moved = [f"  The original is {printable(drift.moved)} now. Move your change there."] if drift.moved else []
    rows = [f"  {'as you took it over':{WIDTH}} | as it is now", *_side_by_side(_lines(drift.was), _lines(drift.now))]
    _, conflicts = drift.proposal
    count = "1 place" if conflicts == 1 else f"{conflicts} places"
    outcome = (
        f"Both sides changed the same lines in {count}."
        if conflicts
        else "Your changes and those of the original can be joined."
    )
    return "\n".join([head, *moved, *rows, f"  {outcome}"])


def _side_by_side(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    for group in SequenceMatcher(None, left, right, autojunk=False).get_grouped_opcodes(AROUND):
        yield f"  {'-' * WIDTH}-+-{'-' * WIDTH}"
        for tag, i, j, k, m in group:
            sign = " " if tag == "equal" else "*"
            for one, other in zip_longest(left[i:j], right[k:m], fillvalue=""):
                pairs = zip_longest(
                    wrap(printable(one), WIDTH) or [""], wrap(printable(other), WIDTH) or [""], fillvalue=""
                )
                yield from (f"{sign} {first:{WIDTH}} | {second}".rstrip() for first, second in pairs)
