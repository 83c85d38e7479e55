"""A lesson must let people guess, see, try and check: P120 to P124."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.element import Element, Text, descendants
from alongside.model.exercises import Worksheet
from alongside.model.lessons import Lesson
from alongside.model.steps import (
    DialogueStep,
    ExerciseStep,
    HookStep,
    MakeStep,
    PlanStep,
    PredictStep,
    QuestionStep,
    RulesStep,
    ScenarioStep,
    TextStep,
    Turn,
)
from alongside.rules.rule import Context, Finding, rule
from alongside.texts.wordforms import without_spoken

TEACHING = TextStep | RulesStep | DialogueStep

#: What a lesson that teaches a skill has: what it is for, in words that fit into a message.
SLOTS: tuple[tuple[str, tuple[type[Element], ...]], ...] = (
    ("a hook", (HookStep,)),
    ("rules", (RulesStep,)),
    ("an exercise or a scenario", (ExerciseStep, ScenarioStep)),
    ("make", (MakeStep,)),
    ("a plan", (PlanStep,)),
)

PRESSURE = re.compile(
    r"\b(?:leader ?boards?|high ?scores?|(?:daily |learning )?streaks?|pass(?:ing)? (?:mark|score|grade)s?|against the clock|"
    r"bonus points?|earn(?:ed)? (?:points|badges?|a badge|stars)|lose points|level up|you(?: have|['’]ve)? failed|"
    r"score (?:at least|above|over)|beat (?:your|the) (?:score|time|record))\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:no|not|without|never|nor|neither)\b[^.?!]*$", re.IGNORECASE)


@rule("P120", "lesson-without-check", "error", "lesson")
def lesson_without_check(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons that never ask what was learned."""
    if not any(isinstance(step, QuestionStep) for step in lesson.steps):
        yield Finding(
            "this lesson has no question after the teaching",
            lesson.place("steps", key=True),
            "at least one question step",
            "add a step that asks: - question:",
        )


@rule("P121", "lesson-without-predict", "warning", "lesson")
def lesson_without_predict(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons that teach before they let people guess."""
    predict = next((i for i, step in enumerate(lesson.steps) if isinstance(step, PredictStep)), None)
    teaching = next((i for i, step in enumerate(lesson.steps) if isinstance(step, TEACHING)), len(lesson.steps))
    if predict is None:
        yield Finding(
            "this lesson asks for no prediction",
            lesson.place("steps", key=True),
            "a predict step before the teaching",
            "add a step that lets learners guess: - predict:",
        )
    elif predict > teaching:
        yield Finding(
            "this prediction comes after the teaching has begun",
            lesson.steps[predict].place(),
            "a predict step before the first text, rules or dialogue",
            "move it up",
        )


@rule("P122", "skill-lesson-without-model", "warning", "lesson")
def skill_lesson_without_model(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons about a skill that do not show it, badly and well."""
    if not lesson.skill:
        return
    shown = {step.dialogue.model for step in lesson.steps if isinstance(step, DialogueStep)}
    missing = [model for model in ("poor", "better") if model not in shown]
    if missing:
        named_models = " and ".join(f"a {model}" for model in missing)
        yield Finding(
            f"this lesson lacks {named_models} dialogue",
            lesson.place("steps", key=True),
            "a poor dialogue, then a better one of the same situation",
            f"add a step - dialogue: with model: {missing[0]}",
        )


@rule("P123", "skills-lesson-missing-slot", "warning", "lesson")
def skills_lesson_missing_slot(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons about a skill that leave out a part of the way from seeing to doing."""
    if not lesson.skill:
        return
    missing = [name for name, kinds in SLOTS if not any(isinstance(step, kinds) for step in lesson.steps)]
    if "a plan" in missing and any(isinstance(e, Worksheet) and e.plan for e in descendants(lesson)):
        missing.remove("a plan")
    if missing:
        yield Finding(
            f"this lesson about a skill lacks: {', '.join(missing)}",
            lesson.place("steps", key=True),
            "hook, predict, rules, dialogues, something to try, make, plan, question",
            "add what is missing, or write skill: false if the lesson teaches background only",
        )


@rule(
    "P124",
    "gamified-pressure",
    "info",
    "text",
    needs=(
        "board",
        "high",
        "streak",
        "pass",
        "against the clock",
        "bonus",
        "earn",
        "lose points",
        "level up",
        "failed",
        "score",
        "beat",
    ),
)
def gamified_pressure(text: Text, context: Context) -> Iterator[Finding]:
    """Streaks, pass marks and other ways to press people on."""
    if isinstance(text.element, Turn):
        return
    plain = without_spoken(text.value)
    for found in PRESSURE.finditer(plain):
        if not DENIED.search(plain[max(0, found.start() - 60) : found.start()]):
            yield Finding(
                f"{quoted(found.group())} puts learners under pressure",
                text.place.within(text.value, found.start()),
                "words without rank, time or failure",
                "for example: not yet",
            )
