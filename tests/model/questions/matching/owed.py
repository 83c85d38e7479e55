"""No two lines read the same, and what is left over fits nowhere."""

from __future__ import annotations

from tests.owed import Draw, Values, distinct


def owed(_: Draw, question: Values) -> None:
    distinct("prompt", *question["pairs"])
    distinct("match", *question["pairs"])
    for extra in question.get("extra", []):
        extra["text"] = f"extra {extra['id']}"
