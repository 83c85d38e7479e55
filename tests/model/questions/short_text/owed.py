"""What is near is not what is right."""

from __future__ import annotations

from tests.owed import Draw, Values


def owed(_: Draw, question: Values) -> None:
    for near in question.get("near", []):
        near["accept"] = [f"near {near['id']}"]
