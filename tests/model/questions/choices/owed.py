"""More than one option is right, and not all."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.owed import Draw, Values, distinct


def owed(draw: Draw, question: Values) -> None:
    wrong, *_ = options = draw(st.permutations(question["options"]))
    for option in options:
        option["correct"] = option is not wrong
    distinct("text", *question["options"])
