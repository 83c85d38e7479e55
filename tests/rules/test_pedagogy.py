"""Finer cases of the rules for modules, lessons and questions as a set."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from alongside.files.problems import Problem
from alongside.rules import RULES_BY_CODE
from alongside.rules.engine import check_curriculum
from alongside.rules.pedagogy import sets
from alongside.rules.pedagogy.probability import at_least, longest_run
from alongside.texts.verbs import VERBS, levels_of

pytestmark = pytest.mark.slow

FEEDBACK = "It gives back what you heard and leaves the next word to them."


def a_choice(name: str, *texts: str, key: int = 0, prompt: str = "", **more: object) -> dict:
    """A question whose prompt is unlike that of any other."""
    options = [
        {"id": f"{name}-{i}", "text": text, "feedback": FEEDBACK} | ({"correct": True} if i == key else {})
        for i, text in enumerate(texts)
    ]
    return {
        "kind": "choice",
        "id": name,
        "prompt": prompt or f"What about {name} {name}s and {name}ing now?",
        "objectives": ["wait"],
        "options": options,
        **more,
    }


@pytest.fixture
def found_in_quiz(a_curriculum) -> Callable[..., list[Problem]]:
    """The problems with a code, where the quiz holds these questions and no lesson has any that count."""

    def find(code: str, *questions: dict) -> list[Problem]:
        files = {"modules/listening/quiz.yml": json.dumps({"questions": list(questions)}, ensure_ascii=False)}
        for name in ("hearing", "asking", "waiting"):
            files[f"modules/listening/{name}.yml"] = "title: A lesson\nsummary: In short.\nsteps: [{text: Words.}]\n"
        world = a_curriculum(files)
        assert all(p.severity != "error" for p in world.problems), world.problems
        return [p for p in check_curriculum(world.curriculum, [RULES_BY_CODE[code]]) if p.code == code]

    return find


# ------------------------------------------------------------------- alignment


def test_an_objective_with_one_question_is_a_warning_with_its_line(found_in_quiz) -> None:
    problems = found_in_quiz("P101", a_choice("one", "A", "B", "C"))
    assert [(p.severity, p.place.line, p.place.column) for p in problems] == [
        ("error", 5, 3),
        ("error", 8, 3),
        ("warning", 11, 3),
    ]


def test_a_prediction_assesses_nothing(a_curriculum) -> None:
    world = a_curriculum()
    ids = {question.id for question in sets.assessments(world.module)}
    assert "hearing-guess" not in ids
    assert "hearing-reply" in ids
    assert "confidence" not in ids


def test_a_lesson_that_cannot_be_read_is_no_reason_to_call_an_objective_untaught(a_curriculum) -> None:
    world = a_curriculum({"modules/listening/asking.yml": "title: [\n"})
    codes = {p.code for p in check_curriculum(world.curriculum)}
    assert not codes & {"P101", "P103", "P106", "P109"}


@pytest.mark.parametrize(
    ("text", "level", "weak", "misplaced"),
    [
        ("Understand what a reflection is.", "understand", True, False),
        ("Be aware of your own urge to fix.", "understand", True, False),
        ("Explain what a reflection is.", "understand", False, False),
        ("Rewrite a closed question.", "apply", False, False),
        ("Explain what a reflection is.", "apply", False, True),
        ("Summarize what a speaker says.", "understand", False, False),
        ("Wiggle a little.", "apply", False, True),
        ("Write a reflection.", "create", False, False),
    ],
)
def test_verbs_of_objectives(text: str, level: str, weak: bool, misplaced: bool, a_module) -> None:
    objectives = {name: {"text": text, "level": level} for name in ("reflect", "ask", "wait")}
    module = a_module(objectives=objectives)
    assert len(list(RULES_BY_CODE["P107"].check(module, None))) == 3 * weak
    assert len(list(RULES_BY_CODE["P108"].check(module, None))) == 3 * misplaced


def test_every_level_has_verbs_and_a_verb_may_be_at_home_twice() -> None:
    assert all(VERBS.values())
    assert levels_of("choose") == ["apply", "evaluate"]
    assert levels_of("write") == ["apply", "create"]


# --------------------------------------------------------------------- modules


def test_each_size_is_reported_where_it_is_written(a_module) -> None:
    module = a_module(objectives={"reflect": {"text": "Write it.", "level": "apply"}}, lessons=["hearing"], quiz=None)
    messages = [finding.message for finding in RULES_BY_CODE["P110"].check(module, None)]
    assert messages == [
        "there is 1 objective here",
        "there is 1 lesson here",
        "this module has 1 exercise",
        "this module has no quiz",
    ]


def test_an_id_used_in_two_files_is_reported_at_the_second(a_curriculum) -> None:
    quiz = {"questions": [a_choice("hearing-rewrite", "A", "B", "C")]}
    world = a_curriculum({"modules/listening/quiz.yml": json.dumps(quiz)})
    (problem,) = (p for p in check_curriculum(world.curriculum, [RULES_BY_CODE["P113"]]) if p.code == "P113")
    assert problem.place.file == "modules/listening/quiz.yml"
    assert "first in modules/listening/hearing.yml:" in problem.message


def test_a_lesson_listed_twice_is_one_problem(a_module) -> None:
    module = a_module(lessons=["hearing", "asking", "asking", "waiting"])
    assert [f.message for f in RULES_BY_CODE["P113"].check(module, None)] == [
        'the lesson "asking" stands twice in this list, first in line 1'
    ]


# --------------------------------------------------------------------- lessons


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("Keep your daily streak alive.", True),
        ("You need a passing score.", True),
        ("There are no streaks and no pass marks.", False),
        ("“You failed,” he said.", False),
        ("Set a timer for three minutes.", False),
    ],
)
def test_pressure(text: str, flagged: bool, found) -> None:
    assert bool(found("P124", text)) is flagged


def test_pressure_is_pointed_at(found, place_of) -> None:
    example = "First line.\nYou will earn badges."
    assert [str(p.place) for p in found("P124", example)] == [place_of("P124", example, "earn badges")]


def test_a_background_lesson_needs_no_models(a_curriculum) -> None:
    lesson = "title: A lesson\nskill: false\nsummary: In short.\nsteps: [{text: Words.}]\n"
    world = a_curriculum({"modules/listening/hearing.yml": lesson})
    codes = {p.code for p in check_curriculum(world.curriculum) if p.place.file.endswith("hearing.yml")}
    assert not codes & {"P122", "P123"}
    assert {"P120", "P121"} <= codes


# ------------------------------------------------------------------------ sets


@pytest.mark.parametrize(
    ("count", "options", "warn", "error"),
    [
        (6, 4, 4, None),
        (8, 4, 5, 6),
        (10, 4, 6, 7),
        (100, 4, 33, 36),
        (6, 3, 5, None),
        (10, 3, 7, None),
        (100, 3, 42, 46),
    ],
)
def test_chance_agrees_with_the_published_thresholds(count: int, options: int, warn: int, error: int | None) -> None:
    """The table of curriculum.md §3.2."""
    chances = [1 / options] * count
    assert at_least(warn, chances) < 0.05 <= at_least(warn - 1, chances)
    if error:
        assert at_least(error, chances) < 0.01 <= at_least(error - 1, chances)


def test_the_normal_curve_takes_over_smoothly() -> None:
    exact, curved = at_least(120, [1 / 3] * 300), at_least(120, [1 / 3] * 301)
    assert exact == pytest.approx(curved, rel=0.1)


def test_runs() -> None:
    assert longest_run([0, 1, 1, 1, 2, 2]) == (3, 1)
    assert longest_run([]) == (0, 0)


def test_longest_keys_are_counted_over_the_module(found_in_quiz) -> None:
    long = [a_choice(f"long{n}", "Quite a long one here", "Short", "Brief") for n in range(5)]
    short = [a_choice(f"short{n}", "Short", "Quite a long one here", "Brief") for n in range(5)]
    (problem,) = found_in_quiz("P130", *long, short[0])
    assert problem.severity == "warning"
    assert problem.message == "in this module the right option is the longest in 5 of 6 questions"
    assert found_in_quiz("P130", *long, *short) == []
    assert [p.severity for p in found_in_quiz("P130", *long)] == ["error"]


def test_a_fixed_order_with_one_place_for_the_key_is_reported(found_in_quiz) -> None:
    fixed = [a_choice(f"fixed{n}", "1 minute", "2 minutes", "3 minutes", key=1, shuffle=False) for n in range(8)]
    messages = [p.message for p in found_in_quiz("P131", *fixed)]
    assert messages == [
        "the right option stands in place 2 in 8 of 8 questions",
        "the right option stands in the same place 8 times in a row",
        "the right option never stands in place 1 of 3",
    ]


def test_a_mixed_order_is_what_the_page_shows(found_in_quiz) -> None:
    mixed = [a_choice(f"mixed{n}", "1 minute", "2 minutes", "3 minutes", key=1) for n in range(8)]
    assert found_in_quiz("P131", *mixed) == []


def test_parallel_questions_with_one_prompt_and_other_options_pass(found_in_quiz) -> None:
    prompt = "Which reply is a complex reflection?"
    one = a_choice("one", "“It wears you out.”", "“Did you call her?”", "“Try a planner.”", prompt=prompt)
    other = a_choice("other", "“Nobody saw how hard it was.”", "“When was that?”", "“My week was bad.”", prompt=prompt)
    assert found_in_quiz("P132", one, other) == []
    (problem,) = found_in_quiz("P132", one, {**one, "id": "again"})
    assert problem.message == 'this asks nearly the same as "one" in "Listening first"'


def test_a_thousand_questions_with_one_common_prompt_are_compared_in_proportion(found_in_quiz, monkeypatch) -> None:
    """However many questions share a word, each is compared with few of them."""
    compared = []
    monkeypatch.setattr(sets, "_alike", lambda one, other: compared.append(1) or False)
    items = tuple(
        (a_choice(f"item{n}", f"alpha{n}", f"beta{n}", f"gamma{n}", prompt="What do you say to Rosa about it?"),)
        for n in range(20)
    )
    found_in_quiz("P132", *(question for (question,) in items))
    assert len(compared) <= 20 * 8 * sets.BUCKET
