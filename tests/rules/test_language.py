"""Words about people: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from alongside.rules import RULES_BY_CODE

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("I101", "She tells you that he commits suicide in the film."), ("I101", "It was a failed suicide attempt."),
        ("I102", "He got clean, and stayed so."), ("I102", "A junkie sat there."),
        ("I103", "The mentally ill need homes."), ("I103", "He is confined to a wheelchair."), ("I103", "As a schizophrenic, he hears voices."),
        ("I104", "That is insane."), ("I105", "Hey guys."), ("I106", "What is their real name?"), ("I107", "He is attention-seeking."),
    ],
)  # fmt: skip
def test_such_words_are_found(found, code: str, text: str) -> None:
    assert len(found(code, text)) == 1


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("I101", "Say “died by suicide”, not “committed suicide”."), ("I102", "Her desk is clean and tidy."),
        ("I102", "The Drug Abuse Council wrote to her."), ("I102", "Ask the Substance Abuse Council."),
        ("I103", "It was a normal day."), ("I106", "He gave a real name and a false address."), ("I105", "Guy came in."),
    ],
)  # fmt: skip
def test_such_words_are_left_alone(found, code: str, text: str) -> None:
    assert found(code, text) == []


DIALOGUE = """\
modules/listening/hearing.yml: |
  title: Give it back
  summary: How to reflect.
  steps:
    - dialogue:
        title: After work
        model: {model}
        turns:
          - {{speaker: Ines, says: I nearly did not come.}}
          - {{speaker: Tom, says: That is crazy.}}
"""


def test_a_poor_dialogue_may_use_poor_words(found) -> None:
    assert found("I104", DIALOGUE.format(model="poor")) == []
    assert len(found("I104", DIALOGUE.format(model="better"))) == 1


QUESTION = """\
modules/listening/quiz.yml: |
  questions:
    - kind: choice
      id: reply
      prompt: What do you say?
      options:
        - {{id: a, text: That is {right}., correct: true, feedback: It fits.}}
        - {{id: b, text: That is {wrong}., feedback: It hurts., misconception: A {wrong} word is only a word.}}
"""


def test_a_wrong_option_may_use_poor_words(found) -> None:
    assert found("I104", QUESTION.format(right="hard", wrong="insane")) == []
    assert len(found("I104", QUESTION.format(right="insane", wrong="hard"))) == 1


def test_a_poor_choice_in_a_scenario_may_use_poor_words(found) -> None:
    example = """\
modules/listening/late-again.yml: |
  title: Late
  intro: Rosa is late.
  start: one
  nodes:
    one:
      title: She comes
      choices:
        - {{id: a, text: That is {poor}., to: end, consequence: She nods., why: It hurts., rule: Wait., grade: poor}}
        - {{id: b, text: That is {best}., to: end, consequence: She sits., why: It helps., rule: Wait., grade: best}}
  endings:
    end: {{title: Done, kind: strong, text: She stays.}}
"""
    assert found("I104", example.format(poor="insane", best="a lot")) == []
    assert len(found("I104", example.format(poor="a lot", best="insane"))) == 1


def test_only_the_poor_options_of_a_judgement_are_left_alone(found) -> None:
    example = """\
modules/listening/quiz.yml: |
  questions:
    - kind: judgement
      id: reply
      prompt: What do you say?
      options:
        - {id: a, text: That is insane., grade: best, feedback: It fits.}
        - {id: b, text: That is crazy., grade: poor, feedback: It hurts.}
        - {id: c, text: Go on., grade: acceptable, feedback: It waits.}
"""
    [problem] = found("I104", example)
    assert "insane" in problem.message


def test_a_speaker_whose_name_holds_a_sign_that_is_not_seen_is_named_by_its_number(found) -> None:
    """The report of who speaks repeated names as they stand."""
    example = RULES_BY_CODE["I111"].document.bad.replace("Guest 0", "Gu\u00adest")
    [problem] = found("I111", example)
    assert "Gu\\u00adest 1" in problem.message
    assert problem.message.isprintable()
