"""Length, terms and spelling: the finer points."""

from __future__ import annotations

import pytest

from alongside.texts.spelling import british

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("behavior", "behaviour"), ("Behaviors", "behaviours"), ("favorite", "favourite"), ("organization", "organisation"),
        ("recognize", "recognise"), ("center", "centre"), ("neighborhood", "neighbourhood"), ("mom’s", "mum"),
        ("laboratory", ""), ("honorary", ""), ("humorous", ""), ("size", ""), ("prize", ""), ("colour", ""), ("programme", ""),
    ],
)  # fmt: skip
def test_american_words_are_told_from_others(word: str, expected: str) -> None:
    assert british(word) == expected


def test_names_keep_their_spelling(found) -> None:
    assert found("T109", "Ask the World Health Organization.") == []


def test_a_very_long_sentence_is_an_error(found) -> None:
    assert [p.severity for p in found("T102", "word " * 26 + ".")] == ["warning"]
    assert [p.severity for p in found("T102", "word " * 36 + ".")] == ["error"]
    assert found("T102", "word " * 25 + ".") == []


def test_many_short_sentences_make_no_wall(found) -> None:
    assert found("T103", "She waits.\n" * 12) == []


@pytest.mark.parametrize(
    "text",
    [
        "Mental Health First Aid (MHFA) helps.",
        "MHFA (a course) helps.",
        "The four moves are open questions, affirmations, reflections and summaries: OARS.",
        "The UK and the BBC.",
        "Do it NOT now, but not never.",
    ],
)
def test_explained_abbreviations_are_fine(found, text: str) -> None:
    lesson = f"title: Give it back\nsummary: How to reflect.\nsteps:\n  - text: '{text}'\n"
    assert found("T107", lesson) == []


def test_exclamation_marks_in_speech_are_left_alone(found) -> None:
    assert found("T108", "“Oh no!” she says. ![Five steps](media/ladder.svg)") == []


def test_a_term_that_is_linked_first_is_fine(found) -> None:
    lesson = "modules/listening/hearing.yml: |\n  title: A\n  summary: B.\n  steps:\n    - text: Use an [[open-question]]. An open question helps.\n    - text: Two reflections help. A [[reflection]] is short.\n"
    [problem] = found("T106", lesson)
    assert problem.message == 'the term "reflection" is used here and not linked'
