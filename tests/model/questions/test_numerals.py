"""Typed numbers mean what they say, in Python as in the script."""

from __future__ import annotations

import json
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.model.questions.interaction import Span
from alongside.model.questions.numerals import digits, list_with, readings, span
from tests.node import NODE

ROOT = Path(__file__).parents[3]
TABLE: list[dict[str, Any]] = json.loads(Path(__file__).with_name("numerals.json").read_text("utf-8"))
#: What numbers are made of as people write them, and what is none of it.
TELLING = "0123459 .,'’+-−–٣٫٬٪१１．，%£he\u00a0\u202f½²e/"


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["what"])
def test_a_typed_number_is_read(case: dict[str, Any]) -> None:
    found = {text: [digits(one) for one in readings(text, case.get("unit", ""))] for text in case["reads"]}
    assert found == case["reads"]


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("3", "3", "3"),
        ("-3", "-3", "-3"),
        ("−0.5", "-0.5", "-0.5"),
        ("2 to 4", "2", "4"),
        ("-2 to −1", "-2", "-1"),
        ("1.5 ± 0.1", "1.4", "1.6"),
        ("1.5±0.1", "1.4", "1.6"),
        ("45 +/- 5", "40", "50"),
    ],
)
def test_what_authors_write_is_a_span(written: str, low: str, high: str) -> None:
    found = span(written)
    assert (digits(found.low), digits(found.high)) == (low, high)


def test_a_number_is_compared_exactly() -> None:
    third = (Span(Decimal("0.1"), Decimal("0.3")),)
    assert list_with(Decimal("0.1") + Decimal("0.2"), [third]) == 0
    assert list_with(Decimal("0.30000000000000001"), [third]) is None
    assert list_with(Decimal(2), [third, (span("2 to 4"),), (span("1 to 9"),)]) == 1


@pytest.mark.slow
@given(st.decimals(-(10**12), 10**12, places=4))
def test_a_number_in_digits_means_itself(number: Decimal) -> None:
    written = digits(number)
    assert number in readings(written)
    assert number in readings(written.replace(".", ","))


SCRIPT = """
import { readFileSync } from "node:fs";
import { listWith, readings } from "./theme/elements/numerals.js";
const [texts, judged] = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify([
  texts.map(([text, unit]) => readings(text, unit)),
  judged.map(([number, lists]) => listWith(number, lists)),
]));
"""
numbers = st.decimals(-100, 100, places=3).map(digits)
bounds = st.tuples(numbers, numbers).map(lambda pair: tuple(sorted(pair, key=Decimal)))


@pytest.mark.slow
def test_the_script_reads_and_compares_as_python_does() -> None:
    texts = [(text, case.get("unit", "")) for case in TABLE for text in case["reads"]]
    texts += [(chr(code), "") for code in range(0x20000) if chr(code).isdecimal()]
    judged: list[tuple[str, list[list[tuple[str, str]]]]] = []

    @settings(
        max_examples=1500,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.text(TELLING, max_size=10),
        st.sampled_from(["", "%", "£", "he"]),
        numbers,
        st.lists(st.lists(bounds, max_size=3), max_size=3),
    )
    def collect(text: str, unit: str, number: str, lists: list[list[tuple[str, str]]]) -> None:
        texts.append((text, unit))
        judged.append((number, lists))
        judged.extend((end, lists) for spans in lists for pair in spans for end in pair)

    collect()
    command = [NODE, "--input-type=module", "--eval", SCRIPT]
    told = subprocess.run(
        command, cwd=ROOT, input=json.dumps([texts, judged]), capture_output=True, text=True, check=True
    )
    read, placed = json.loads(told.stdout)
    mine = [[digits(one) for one in readings(text, unit)] for text, unit in texts]
    assert [case for case in zip(texts, mine, read, strict=True) if case[1] != case[2]][:10] == []
    own = [
        list_with(Decimal(number), [[Span(Decimal(low), Decimal(high)) for low, high in spans] for spans in lists])
        for number, lists in judged
    ]
    wrong = [case for case in zip(judged, own, placed, strict=True) if (-1 if case[1] is None else case[1]) != case[2]]
    assert wrong[:10] == []
