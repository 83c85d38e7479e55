"""Quizzes in Markdown pages: what becomes which question, and what is said of the rest."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from alongside.importers import imported

pytestmark = pytest.mark.slow


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
        ("<quiz>\nWho?\n- [x] a\n", 1, "this quiz has no end"),
        ("<?quiz?>\nquestion: Who?\n<?/quiz?>", 1, "this quiz is written in the old way of mkdocs-quiz"),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_line(text: str, line: int, message: str) -> None:
    (problem,) = imported("mkdocs-quiz", text, "page.md").problems
    assert (problem.code, problem.place.line, problem.message) == ("L120", line, message)


# ------------------------------------------------------------ what pages have in the wild


def problems(text: str) -> list[tuple[str, int, str]]:
    return [(p.code, p.place.line, p.message) for p in imported("mkdocs-quiz", text, "page.md").problems]


def quiz(text: str) -> str:
    return f"<quiz>\n{text}\n</quiz>\n"


def test_code_before_a_sentence_with_a_gap_stays_a_block() -> None:
    question = one("```python\nfor x in a:\n    print(x)\n```\nThe loop prints [[every]] item.")
    assert question["context"] == "```python\nfor x in a:\n    print(x)\n```\n"
    assert question["text"] == "The loop prints {gap-1} item."


@pytest.mark.parametrize("fence", ["```", "````", "~~~", "    ```"])
def test_code_with_gaps_around_it_is_shown_first_and_that_is_said(fence: str) -> None:
    text = f"Use [[print]] so:\n\n{fence}\nprint(1)\n{fence}\n\nIt is a [[function]].\n\n---\nSo it is."
    question = one(text)
    assert question["context"].strip() == "```\nprint(1)\n```"
    assert (question["text"], question["rationale"]) == ("Use {gap-1} so: It is a {gap-2}.", "So it is.")
    assert "what stands between or below the lines with gaps stands before them here" in {
        what for *_, what in problems(quiz(text))
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("## Checks\n\n- # What?\n\n    ---\n\n    - [ ] a\n    - [x] b\n\n    ---\n\n    - [x] c", 8, "the answers do not start at the margin; this may be the quiz of another plugin"),
        ("- What?\n  - [ ] a\n  - [x] b", 3, "the answers stand inside another list; this may be the quiz of another plugin"),
        ("What?\n\n---\n\n- [ ] a\n- [x] b", 6, "a line stands between the question and its answers; this may be the quiz of another plugin"),
        ("What?\n<question><answer correct>a</answer><answer>b</answer></question>", 1, "this quiz has neither answers to tick nor gaps"),
        ('{"question": "What?", "answers": ["a", "b"]}', 1, "this quiz has neither answers to tick nor gaps"),
        ("What?\n1. [ ] a\n2. [x] b", 3, "the answers do not start at the margin; this may be the quiz of another plugin"),
        ("What?\n- [x] a\n  and more\n- [ ] b", 4, "this line stands between answers and is neither one nor the feedback of one"),
        ("What?\n- [x] a\n\n> late\n\n- [ ] b", 5, "this line stands between answers and is neither one nor the feedback of one"),
        ("What?\n- [ x] a\n- [ ] b", 3, '"- [ x] a" says neither right nor wrong'),
        ("What [[x]]?\n- [x] a\n- [ ] b", 2, "this quiz has both answers to tick and gaps"),
        ("What?\n- [x] a\n- [ ]", 4, "an answer of this quiz is empty"),
        ("It is [[ ]].", 1, "a gap of this quiz is empty"),
        ("| a | b |\n|---|---|\n| c | [[d]] |", 1, "a gap stands in code or in a table"),
        ("What?\n- [x] a\n> ```\n> b\n> c\n> ```\n- [ ] b", 1, "several lines of code stand in an answer or its feedback, which have one line here"),
    ],
)  # fmt: skip
def test_what_is_no_quiz_of_this_plugin_is_refused_and_kept_as_a_remark(text: str, line: int, message: str) -> None:
    page = quiz(text) + quiz("Who comes?\n- [x] a\n- [ ] b")
    assert problems(page) == [("L120", line, message)]
    (made,) = imported("mkdocs-quiz", page, "page.md").files()
    kept = [line.removeprefix("  #     ") for line in made.splitlines() if line.startswith("  #     ")]
    assert kept == [line for line in text.split("\n") if line.strip()]


def test_quizzes_are_found_wherever_they_stand_in_a_line() -> None:
    text = "See <quiz>Who comes?\n- [x] a\n- [ ] b</quiz> and <quiz>It is [[so]].</quiz>, not `<quiz>`.\n"
    assert [question["kind"] for question in questions(text)] == ["choice", "gap"]
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<!-- <quiz>\nWho?\n- [x] a\n</quiz> -->", [("L121", 1, "a quiz in a comment was left out")]),
        ("</quiz>", [("L120", 1, "this </quiz> ends nothing")]),
        ('<quiz show-correct="false">\nWho comes?\n- [x] a\n- [ ] b\n</quiz>', [("L121", 1, 'settings of the quiz were left out: "show-correct="false""')]),
        ("<quiz>\nWho?\n<quiz>\nWho comes?\n- [x] a\n- [ ] b\n</quiz>", [("L120", 1, "this quiz has no end")]),
        ("<?quiz?>\nquestion: Who?\nanswer-correct: a\n<?/quiz?>\n<?quiz?>\n<?/quiz?>", [("L120", line, "this quiz is written in the old way of mkdocs-quiz") for line in (1, 5)]),
        ("~~~md\n<quiz>\n~~~\n\n    ```\n    <quiz>\n    ```\n", []),
    ],
)  # fmt: skip
def test_what_stands_around_quizzes_is_named(text: str, found: list[tuple[str, int, str]]) -> None:
    assert problems(text) == found


def test_code_that_never_ends_hides_no_quiz() -> None:
    text = f"```\n{quiz('Who comes?' + chr(10) + '- [x] a' + chr(10) + '- [ ] b')}"
    assert len(questions(text)) == 1
    unclosed = quiz("Who?\n```\nx\n- [x] a\n- [ ] b") + quiz("Who?\n```\ny\n```\n- [x] a\n- [ ] b")
    assert len(questions(unclosed)) == 2


def test_boxes_pictures_links_and_signs_of_other_kinds_of_markdown_are_named() -> None:
    text = quiz(
        '!!! tip "Look"\n    ![A plan](plan.png){ width=3 } and [more](more.md) ~~not~~ `#!py x`\n\nWho comes?\n- [x] a\n- [ ] b'
    )
    (question,) = questions(text)
    assert (
        question["context"].strip()
        == "**Look**\n\n(write here: the picture “plan.png” (A plan) of the bank) and more ~~not~~ `x`"
    )
    assert {what.partition(":")[0] for *_, what in problems(text)} == {
        "attributes were left out", "a picture was left out", "a link was left out, and its words stayed",
        "a line through words has no sign here, and is shown as it is written",
    }  # fmt: skip


@pytest.mark.slow
def test_html_in_markdown_is_turned_into_markdown() -> None:
    question = one(
        "What is **2<sup>3</sup>** <kbd>a_b</kbd>?<br>Say it.\n- [x] <b>8</b>\n- [ ] 9\n\n<ul><li>a_b</li></ul>\n\nAnd *so*."
    )
    assert (question["prompt"], question["context"]) == ("What is **2³** `a_b`?", "Say it.")
    assert (question["options"][0]["text"], question["rationale"]) == ("**8**", "- a\\_b\n\nAnd *so*.\n")


def test_line_ends_and_marks_of_other_systems_make_no_difference() -> None:
    text = quiz("Who comes?\n\n```\na\n```\n\t\n- [x] a\n> b\n- [ ] c\n\nd")
    want = imported("mkdocs-quiz", text, "b").files()
    for other in (
        "\ufeff" + text,
        text.replace("\n", "\r\n"),
        text.replace("<quiz>", "<quiz >"),
        text.replace("quiz>", "Quiz>"),
    ):
        assert imported("mkdocs-quiz", other, "b").files() == want
