"""How likely a pattern is by chance alone: exact tests for cues that a whole set of questions gives."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, sqrt

#: From so many questions on, the normal curve is as good as the exact sum and costs less.
EXACT_UP_TO = 300


def at_least(hits: int, chances: Sequence[float]) -> float:
    """The probability of `hits` or more, where each of `chances` is that of one independent hit.

    With equal chances this is the binomial test.
    """
    if hits <= 0:
        return 1.0
    if len(chances) > EXACT_UP_TO:
        return _by_normal_curve(hits, chances)
    tally = [1.0, *([0.0] * len(chances))]
    for seen, chance in enumerate(chances, 1):
        for count in range(seen, 0, -1):
            tally[count] = tally[count] * (1 - chance) + tally[count - 1] * chance
        tally[0] *= 1 - chance
    return sum(tally[hits:])


def _by_normal_curve(hits: int, chances: Sequence[float]) -> float:
    mean = sum(chances)
    spread = sqrt(sum(chance * (1 - chance) for chance in chances))
    return 0.5 * erfc((hits - 0.5 - mean) / (spread * sqrt(2)))


def longest_run(values: Sequence[int]) -> tuple[int, int]:
    """The length of the longest run of equal values, and where it starts."""
    best = start = 0
    first = 0
    for index, value in enumerate(values):
        if index and value != values[index - 1]:
            start = index
        if index - start + 1 > best:
            best, first = index - start + 1, start
    return best, first
