"""Every group has something in it."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.owed import Draw, Values, distinct


def owed(draw: Draw, question: Values) -> None:
    del question["categories"][len(question["items"]) :]
    groups = [category["id"] for category in question["categories"]]
    for number, item in enumerate(question["items"]):
        item["category"] = groups[number] if number < len(groups) else draw(st.sampled_from(groups))
    distinct("text", *question["items"])
    distinct("title", *question["categories"])
