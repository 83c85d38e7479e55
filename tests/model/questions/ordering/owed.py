"""No two lines read the same."""

from __future__ import annotations

from tests.owed import Draw, Values, distinct


def owed(_: Draw, question: Values) -> None:
    distinct("text", *question["items"])
