"""Quizzes in Markdown pages: what becomes which question, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from alongside.importers import imported


def questions(text: str) -> list[dict[str, Any]]:
    return [
        question
        for quiz in imported("mkdocs-quiz", text, "page.md").files()
        for question in yaml.load(quiz, yaml.BaseLoader)["questions"]
    ]


def one(text: str) -> dict[str, Any]:
    (question,) = questions(f"# A page\n\n<quiz>\n{text}\n</quiz>\n\nMore words.\n")
    return question


def test_one_tick_is_a_choice_with_feedback_and_what_follows() -> None:
    question = one(
        "Who speaks first?\n- [ ] The mentor\n> Not before she has sat down.\n> She needs time.\n- [x] **Rosa**\n- [] Nobody\n\n## Why\n\nShe *chose* to come."
    )
    assert (question["kind"], question["id"], question["prompt"]) == ("choice", "speaks-first", "Who speaks first?")
    assert [(o["text"], o.get("correct")) for o in question["options"]] == [
        ("The mentor", None),
        ("**Rosa**", "true"),
        ("Nobody", None),
    ]
    assert question["options"][0]["feedback"] == "Not before she has sat down. She needs time."
    assert question["options"][1]["feedback"].startswith("(write here: ")
    assert question["rationale"] == "**Why**\n\nShe *chose* to come.\n"


def test_several_ticks_are_choices_and_say_so() -> None:
    question = one("Which are even?\n* [x] 2\n* [X] 4\n* [ ] 5")
    assert (question["kind"], question["prompt"]) == ("choices", "Which are even? Choose all that apply.")


def test_words_in_brackets_are_gaps() -> None:
    question = one("Leave a [[pause]] after an [[open]] question.\n\n---\nIt gives room.")
    assert (question["kind"], question["text"]) == ("gap", "Leave a {gap-1} after an {gap-2} question.")
    assert [gap["accept"] for gap in question["gaps"].values()] == [["pause"], ["open"]]
    assert question["rationale"] == "It gives room."
    assert one("What is 2 + 2? [[4]]")["kind"] == "short_text"


def test_code_stays_code_and_becomes_the_case() -> None:
    question = one("What does it say?\n```\n[[x]] {{y}} <b>\n```\n- [x] `<b>`\n- [ ] other\n- [ ] no")
    assert (question["context"], question["prompt"]) == ("```\n[[x]] {{y}} <b>\n```\n", "What does it say?")
    assert question["options"][0]["text"] == "`<b>`"


def test_quizzes_in_code_blocks_are_none_and_indented_ones_are() -> None:
    text = "```md\n<quiz>\nWho?\n- [x] a\n</quiz>\n```\n\n    <quiz>\n    Who else?\n    - [x] a\n    - [ ] b\n    - [ ] c\n    </quiz>\n"
    assert [question["prompt"] for question in questions(text)] == ["Who else?"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("<quiz>\nNothing to do.\n</quiz>", 1, "this quiz has neither answers to tick nor gaps"),
        ("\n<quiz>\nWho?\n- [y] a\n- [ ] b\n</quiz>", 4, '"[y]" says neither right nor wrong'),
        ("<quiz>\nWho?\n- [ ] a\n- [ ] b\n</quiz>", 1, "no answer of this question is right"),
        ("<quiz>\nWho?\n- [x] a\n", 1, "this quiz has no end, or is written in the old way"),
        ("<?quiz?>\nquestion: Who?\n<?/quiz?>", 1, "this quiz has no end, or is written in the old way"),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_line(text: str, line: int, message: str) -> None:
    (problem,) = imported("mkdocs-quiz", text, "page.md").problems
    assert (problem.code, problem.place.line, problem.message) == ("L120", line, message)
