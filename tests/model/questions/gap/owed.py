"""Every gap stands in the text once, and what is right can be picked."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.owed import Draw, Values, distinct


def owed(draw: Draw, question: Values) -> None:
    around = question["text"].replace("{", "")[:400]
    question["text"] = draw(st.sampled_from(["", " ", "\n"])).join(
        [around, *(f"{{{name}}}" for name in question["gaps"])]
    )
    for gap in question["gaps"].values():
        options = gap.get("options", [])
        distinct("text", *options)
        gap["accept"] = [draw(st.sampled_from(options))["text"]] if options else gap["accept"]
