"""A lesson must let people guess, see, try and check: P120 to P124."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import (
    DialogueStep,
    ExerciseStep,
    HookStep,
    Lesson,
    MakeStep,
    PlanStep,
    PredictStep,
    QuestionStep,
    RulesStep,
    ScenarioStep,
    TextStep,
    Turn,
)
from alongside.model.element import Element, Text, descendants
from alongside.model.exercises import Worksheet
from alongside.rules.rule import Context, Finding, Rule
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


def lesson_without_check(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons that never ask what was learned."""
    if not any(isinstance(step, QuestionStep) for step in lesson.steps):
        yield Finding(
            "this lesson has no question after the teaching",
            lesson.place("steps", key=True),
            "at least one question step",
            "- question: {kind: judgement, …}",
        )


def lesson_without_predict(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons that teach before they let people guess."""
    predict = next((i for i, step in enumerate(lesson.steps) if isinstance(step, PredictStep)), None)
    teaching = next((i for i, step in enumerate(lesson.steps) if isinstance(step, TEACHING)), len(lesson.steps))
    if predict is None:
        yield Finding(
            "this lesson asks for no prediction",
            lesson.place("steps", key=True),
            "a predict step before the teaching",
            "- predict: {kind: choice, …}",
        )
    elif predict > teaching:
        yield Finding(
            "this prediction comes after the teaching has begun",
            lesson.steps[predict].place(),
            "a predict step before the first text, rules or dialogue",
            "move it up",
        )


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
            f"- dialogue: {{title: …, model: {missing[0]}, turns: …}}",
        )


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
            "skill: false, if it teaches background only",
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
                "not yet",
            )


_PREDICT = """\
  - predict:
      kind: confidence
      id: waiting-guess
      prompt: How long would you wait?
      scale:
        - {id: none, text: Not at all, feedback: See what a pause can do.}
        - {id: short, text: A breath, feedback: See what two more would do.}
        - {id: long, text: Three breaths, feedback: See how the other person takes it.}
"""
_TEXT = """\
  - text: |
      ## Count to three

      Three seconds feel long, and they give people time to think.
"""
_CHECK = """\
  - question:
      kind: short_text
      id: waiting-recall
      prompt: What do you leave after a question?
      objectives: [wait]
      accept: [a pause, pause]
      feedback: Yes, a pause gives them time to find words.
      otherwise: Think of what comes between two words.
"""
_DIALOGUE = """\
  - dialogue:
      title: {model}
      model: {model}
      turns:
        - {{speaker: Owen, says: I can’t do this week.}}
        - {{speaker: Nadia, says: This week is too much.}}
"""
_BOTH = _DIALOGUE.format(model="poor") + _DIALOGUE.format(model="better")
_SLOTS = """\
  - hook: Owen throws his gloves on the bench and says that he can’t do this week.
  - rules:
      - {id: wait, rule: Count to three., why: People need time.}
  - exercise:
      kind: checklist
      id: waiting-list
      title: Before you speak
      instructions: Tick what you did.
      items: [{id: count, text: I counted.}, {id: look, text: I looked up.}]
  - make: Write down a pause from your own week.
"""
_LAST = "  - plan: {text: Plan one pause., example: 'If they stop, then I will count to three.'}\n"


def _lesson(*steps: str, skill: str = "false") -> str:
    return (
        f"title: Leave room\nminutes: 6\nskill: {skill}\nobjectives: [wait]\nsummary: Silence helps.\nsteps:\n"
        + "".join(steps)
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "P120",
        "lesson-without-check",
        "error",
        "lesson",
        "a lesson asks no question after the teaching",
        "Bringing something back to mind makes it stay, better than reading it again (Adesope and others 2017). "
        "End each lesson with at least one question step.",
        bad=_lesson(_PREDICT, _TEXT),
        good=_lesson(_PREDICT, _TEXT, _CHECK),
        check=lesson_without_check,
    ),
    Rule(
        "P121",
        "lesson-without-predict",
        "warning",
        "lesson",
        "a lesson does not ask before it teaches",
        "A guess, even a wrong one, wakes what people know already and makes them curious about the answer. "
        "Put a predict step before the first text, rules or dialogue. It is never scored.",
        bad=_lesson(_TEXT, _PREDICT, _CHECK),
        good=_lesson(_PREDICT, _TEXT, _CHECK),
        check=lesson_without_predict,
    ),
    Rule(
        "P122",
        "skill-lesson-without-model",
        "warning",
        "lesson",
        "a lesson about a skill does not show it",
        "People learn to act by watching models, and most from a poor and a good one side by side (Taylor, Russ-Eft and Chan 2005). "
        "Show the same situation twice. A lesson that teaches background only has skill: false.",
        bad=_lesson(_PREDICT, _TEXT, _DIALOGUE.format(model="better"), _CHECK, skill="true"),
        good=_lesson(_PREDICT, _TEXT, _BOTH, _CHECK, skill="true"),
        check=skill_lesson_without_model,
    ),
    Rule(
        "P123",
        "skills-lesson-missing-slot",
        "warning",
        "lesson",
        "a lesson about a skill leaves out a step",
        "Skill training works best with rules, models, a case of one’s own and a plan for using it (Taylor, Russ-Eft and Chan 2005). "
        "Add the steps that the message names. A lesson that teaches background only has skill: false.",
        bad=_lesson(_PREDICT, _TEXT, _BOTH, _CHECK, skill="true"),
        good=_lesson(_PREDICT, _SLOTS, _BOTH, _CHECK, _LAST, skill="true"),
        check=skills_lesson_missing_slot,
    ),
    Rule(
        "P124",
        "gamified-pressure",
        "info",
        "text",
        "learners are put under pressure",
        "Scores, streaks and pass marks turn a self-check into an exam, and can drive away people who are unsure. English only. "
        "Say “not yet” instead of “failed”, and leave ranks and clocks out.",
        bad="You need a pass mark of eight to go on.",
        good="There is no pass mark. Go on when you like.",
        check=gamified_pressure,
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
    ),
)
