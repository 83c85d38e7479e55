"""Ranges go up, and what is a mistake is not right."""

from __future__ import annotations

from tests.owed import Draw, Values


def owed(_: Draw, question: Values) -> None:
    question["accept"] = [f"{number} to {number}.5" for number, _ in enumerate(question["accept"])]
    for number, mistake in enumerate(question.get("mistakes", []), 1):
        mistake["numbers"] = [f"{100 * number + place}" for place, _ in enumerate(mistake["numbers"])]
