"""One option is right."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.owed import Draw, Values, distinct


def owed(draw: Draw, question: Values) -> None:
    right = draw(st.sampled_from(question["options"]))
    for option in question["options"]:
        option["correct"] = option is right
    distinct("text", *question["options"])
