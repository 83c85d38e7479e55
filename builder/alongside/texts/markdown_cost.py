"""What of Markdown costs more the more there is of it, and how much of it a text may hold.

The reader takes each line once, but a wide table has a cell in each column of each row, and rules look at every line. Rules
say where a text goes too far, and rendering relies on the same bounds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

#: A long lesson has some 120 lines in all its texts; a text for readers has no use for as many as this.
MOST_LINES = 1_000
#: More columns than a page has room for. Rows of code have bars too, so there is some space.
MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Excess:
    """Where a text goes too far, and how it should be instead."""

    start: int
    message: str
    expected: str
    fix: str


def excess(text: str) -> Iterator[Excess]:
    """More lines, and more columns of a table, than can be shown at a reasonable cost."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        if number == MOST_LINES:
            yield Excess(
                start,
                f"this text has {text.count(chr(10)) + 1:,} lines",
                f"at most {MOST_LINES:,}",
                "make several steps or lessons of it",
            )
            return
        if line.count("|") > MOST_BARS:
            yield Excess(
                start,
                f"this line has {line.count('|')} bars, as for a table that no page has room for",
                f"at most {MOST_BARS}",
                "make several tables of it",
            )
            return
        start += len(line) + 1
