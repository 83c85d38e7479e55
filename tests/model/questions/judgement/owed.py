"""One option is best and another one is not."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.owed import Draw, Values, distinct


def owed(draw: Draw, question: Values) -> None:
    best, other, *_ = draw(st.permutations(question["options"]))
    best["grade"], other["grade"] = "best", "poor"
    distinct("text", *question["options"])
