"""Written answers mean what they say, in Python as in the script."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.model.questions.written import closely, list_with, loosely
from tests.node import NODE

ROOT = Path(__file__).parents[3]
TABLE: list[dict[str, Any]] = json.loads(Path(__file__).with_name("written.json").read_text("utf-8"))
#: What strings are made of: letters and signs that folding touches or must not touch, and anything else.
TELLING = "aAéß ſŁøİıÆœñﬁＡ-‐−–.。।'’“\"+!=≠²5５٥+कि ก็ืعِلاשָ̈́ΣσςΌάйё\u00ad\u200d\ufe0f\u00a0\u3000\n🙂か゚ﾊﾟ"


def cases() -> list[tuple[str, str, list[list[str]], int | None]]:
    """What each case is about, what is typed, the lists, and which of them has it."""
    wanted = {"right": 0, "near_misses": 1, "other": None}
    return [
        (case["what"], typed, [case["accept"], *([case["near"]] if "near" in case else [])], number)
        for case in TABLE
        for key, number in wanted.items()
        for typed in case.get(key, [])
    ]


@pytest.mark.parametrize("what", [case["what"] for case in TABLE])
def test_what_is_typed_belongs_to_its_list(what: str) -> None:
    mine = [case for case in cases() if case[0] == what]
    assert [(typed, list_with(typed, lists)) for _, typed, lists, _ in mine] == [
        (typed, number) for _, typed, _, number in mine
    ]


def test_every_key_of_the_table_is_right_as_it_is_written() -> None:
    keys = [(key, [case["accept"], case.get("near", [])]) for case in TABLE for key in case["accept"]]
    assert [key for key, lists in keys if list_with(key, lists) != 0] == []


characters = st.sampled_from(TELLING) | st.characters(exclude_categories=("Cs", "Cn", "Co"))
texts = st.text(characters, max_size=12)


@pytest.mark.slow
@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert closely(closely(text)) == closely(text)
    assert closely(loosely(text)) == loosely(text)


@pytest.mark.slow
@given(texts.filter(closely), st.lists(texts, max_size=3))
def test_a_key_is_never_wrong_as_it_is_written(key: str, others: list[str]) -> None:
    assert list_with(key, [[*others, key]]) == 0


SCRIPT = """
import { readFileSync } from "node:fs";
import { closely, loosely } from "./theme/elements/written.js";
const texts = JSON.parse(readFileSync(0, "utf-8"));
console.log(JSON.stringify(texts.map((text) => [closely(text), loosely(text)])));
"""


@pytest.mark.slow
def test_the_script_folds_as_python_does() -> None:
    made: list[str] = [
        chr(code) + end for code in range(0xD800) if category(chr(code)) != "Cn" for end in ("", "\u0301")
    ]

    @settings(
        max_examples=1500,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(texts)
    def collect(text: str) -> None:
        made.append(text)

    collect()
    made += [text for case in TABLE for key, value in case.items() if key != "what" for text in value]
    command = [NODE, "--input-type=module", "--eval", SCRIPT]
    told = subprocess.run(command, cwd=ROOT, input=json.dumps(made), capture_output=True, text=True, check=True)
    differing = [
        (text, python, script)
        for text, script in zip(made, json.loads(told.stdout), strict=True)
        if (python := [closely(text), loosely(text)]) != script
    ]
    assert differing[:10] == []
