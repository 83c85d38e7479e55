"""How long things take, as pages and reports say it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from alongside.model.lessons import Lesson
from alongside.render.template_context import time_in_words
from alongside.texts.duration import Duration, durations, lesson_duration, module_duration
from alongside.words.language import ENGLISH
from tests.conftest import World


def lesson(*steps: dict) -> Lesson:
    return Lesson.model_validate({"title": "A", "summary": "B.", "steps": steps})


WORDS = " ".join(["so"] * 200)
DIALOGUE = {
    "title": "A talk",
    "model": "better",
    "turns": [{"speaker": "A", "says": WORDS}, {"speaker": "B", "says": "Hm."}],
}
EXERCISE = {
    "kind": "reflection",
    "id": "a",
    "title": "A",
    "minutes": 12,
    "instructions": "Do it.",
    "prompts": [{"id": "b", "text": "How?"}],
}
GUESS = {"kind": "choice", "id": "q", "prompt": WORDS, "options": [{"id": "a", "text": "A", "correct": True, "feedback": "Yes."}, {"id": "b", "text": "B", "feedback": "No."}]}  # fmt: skip
CHOICE = {
    "id": "c",
    "text": "Wait.",
    "to": "end",
    "consequence": "Hm.",
    "why": "It is so.",
    "rule": "Wait",
    "grade": "best",
}
SCENARIO = {"id": "s", "title": "S", "intro": "They meet.", "minutes": 7, "start": "n", "nodes": {"n": {"title": "N", "choices": [CHOICE, CHOICE | {"id": "d"}]}}, "endings": {"end": {"title": "E", "kind": "strong", "text": "Good."}}}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"text": WORDS}, Duration(1, 0)),
        ({"text": f"{WORDS} more"}, Duration(2, 0)),
        ({"hook": WORDS}, Duration(1, 0)),
        ({"dialogue": DIALOGUE}, Duration(2, 0)),
        ({"media": {"src": "media/a.mp3", "title": "A", "transcript": WORDS}}, Duration(2, 0)),
        ({"exercise": EXERCISE}, Duration(0, 12)),
        ({"scenario": SCENARIO}, Duration(0, 7)),
        ({"predict": GUESS}, Duration(0, 2)),
        ({"question": GUESS}, Duration(0, 2)),
        ({"make": "Write down a line."}, Duration(0, 3)),
        ({"plan": {"text": "Plan it.", "example": "If …, then I will …"}}, Duration(0, 3)),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_kind_of_step_is_read_or_done(step: dict, expected: Duration) -> None:
    assert lesson_duration(lesson(step), {}) == expected


def test_a_module_takes_as_long_as_its_parts_as_they_are_shown(a_curriculum: Callable[..., World]) -> None:
    module = a_curriculum().module
    parts = durations(module)
    assert list(parts) == list(module.parts)
    assert module_duration(module) == Duration(
        sum(time.reading for time in parts.values()), sum(time.practice for time in parts.values())
    )


def test_a_scenario_in_a_file_of_its_own_counts_where_it_is_played(a_curriculum: Callable[..., World]) -> None:
    module = a_curriculum().module
    played = next(one for one in module.lessons if any(getattr(step, "scenario", None) for step in one.steps))
    assert lesson_duration(played, module.scenarios).practice - lesson_duration(played, {}).practice == 5


@pytest.mark.parametrize(
    ("time", "said"),
    [
        (Duration(9, 25), "9 min reading, 25 min practice"),
        (Duration(4, 0), "4 min reading"),
        (Duration(0, 12), "12 min practice"),
        (Duration(60, 200), "60 min reading, about 3.5 hours practice"),
    ],
)
def test_reading_and_practice_are_said_apart(time: Duration, said: str) -> None:
    assert time_in_words(time, ENGLISH) == said
