"""Aiken becomes choices, line by line; what is no Aiken is reported with its line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from alongside.importers import imported
from alongside.importers.bank import Bank

BANK = """\
What does silence give?
A. Room to think.
B. An end.
C. Nothing at all.
ANSWER: A

Who speaks first?
a) Rosa
b) Ade
answer: b
"""


def questions(bank: Bank) -> list[dict[str, Any]]:
    return [question for text in bank.files() for question in yaml.load(text, yaml.BaseLoader)["questions"]]


def said(text: str) -> list[tuple[str, int, str]]:
    found = imported("aiken", text, "b").problems
    return [(p.code, p.place.line, p.message) for p in found if "checks refuse" not in p.message]


def test_a_question_is_a_choice_with_the_answer_of_its_letter() -> None:
    first, second = questions(imported("aiken", BANK, "b"))
    assert (first["kind"], first["prompt"]) == ("choice", "What does silence give?")
    assert [(o["text"], o.get("correct")) for o in first["options"]] == [
        ("Room to think.", "true"),
        ("An end.", None),
        ("Nothing at all.", None),
    ]
    assert [(o["text"], o.get("correct")) for o in second["options"]][:2] == [("Rosa", None), ("Ade", "true")]
    assert said(BANK) == []


def test_questions_need_no_empty_line_between_them() -> None:
    assert len(questions(imported("aiken", BANK.replace("\n\n", "\n"), "b"))) == 2
    assert len(questions(imported("aiken", BANK.replace("\n", "\r\n"), "b"))) == 2
    assert len(questions(imported("aiken", BANK.replace("\n", "\n\n"), "b"))) == 2


def test_a_sentence_that_begins_with_a_letter_is_a_question_where_none_stands_yet() -> None:
    (question,) = questions(
        imported("aiken", "A. Smith or B. Jones?\nA. Smith\nB. Jones\nC. Neither\nANSWER: C\n", "b")
    )
    assert question["prompt"] == "A. Smith or B. Jones?"


def test_a_question_in_several_lines_is_one_text_and_that_is_said() -> None:
    text = "Rosa is late.\nWhat do you say?\nA. Hello.\nB. At last.\nC. Well.\nANSWER: A\n"
    assert said(text) == [
        ("L121", 1, "the question stands in several lines, where Aiken has one; here they are one text")
    ]
    assert questions(imported("aiken", text, "b"))[0]["prompt"] == "Rosa is late. What do you say?"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Who?\nA. Rosa\nB. Ade\n", 1, "this question does not say which answer is right"),
        ("Who?\nA. Rosa\nB. Ade\nANSWER: C\n", 4, '"C" is not the letter of one answer'),
        ("Who?\nA. Rosa\nB. Ade\nANSWER: A, B\n", 4, '"A, B" is not the letter of one answer'),
        ("Who?\nA. Rosa\nC. Ade\nANSWER: A\n", 3, 'this line is no answer B: "C. Ade"'),
        ("Who?\nA. Rosa\n  and more\nB. Ade\nANSWER: A\n", 3, 'this line is no answer B: "and more"'),
        ("Who?\nA. Rosa\nB.\nANSWER: A\n", 3, "the answer B is empty"),
        ("Who?\nA. Rosa\nANSWER: A\n", 1, "this question has fewer than two answers"),
        ("Who?\nANSWER: A\n", 1, "this question has fewer than two answers"),
        ("ANSWER: A\n", 1, "there is no question before the answers"),
    ],
)
def test_what_is_no_question_is_refused_with_its_line_and_kept(text: str, line: int, message: str) -> None:
    bank = imported("aiken", f"{text}\n{BANK}", "b")
    refused = [(p.place.line, p.message) for p in bank.problems if p.code == "L120"]
    assert refused == [(line, message)]
    assert text.split("\n", maxsplit=1)[0] in bank.questions[0]


def test_lines_before_a_question_are_part_of_it_and_behind_the_last_one_are_refused() -> None:
    bank = imported("aiken", f"Some notes.\n\n{BANK}\nMore notes.\n", "b")
    assert questions(bank)[0]["prompt"] == "Some notes. What does silence give?" or questions(bank)[0]["context"]
    assert (bank.refused, "More notes." in bank.remarks) == ((14,), True)


def test_a_question_without_a_key_does_not_take_the_next_one_along() -> None:
    bank = imported("aiken", f"Who?\nA. Rosa\nB. Ade\n\n{BANK}", "b")
    assert [question["prompt"] for question in questions(bank)] == ["What does silence give?", "Who speaks first?"]
