"""A module must be of a size to finish, and whole: P110 to P114."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files.located import Place
from alongside.files.problems import quoted
from alongside.model.element import Element, descendants
from alongside.model.exercises import Checklist, Exercise, Reflection, Rewrite, Worksheet
from alongside.model.modules import Module
from alongside.model.questions import Question
from alongside.model.questions.keys import is_whole
from alongside.model.scenarios import InlineScenario
from alongside.model.steps import PlanStep, RulesStep
from alongside.rules.pedagogy.alignment import in_whole
from alongside.rules.rule import Context, Finding, repeats, rule
from alongside.texts.wordforms import named

OBJECTIVES, LESSONS, QUESTIONS = (3, 5), (3, 6), (6, 10)
LEAST_EXERCISES = 2
LEAST_REFERENCES = 3


@rule("P110", "module-size", "warning", "module")
def module_size(module: Module, context: Context) -> Iterator[Finding]:
    """Modules that are too small to be one, or too large to be finished."""
    outline = module.outline
    yield from _size("objective", len(outline.objectives), OBJECTIVES, outline.place("objectives", key=True))
    yield from _size("lesson", len(outline.lessons), LESSONS, outline.place("lessons", key=True))
    if is_whole(module) and len(module.exercises) < LEAST_EXERCISES:
        yield Finding(
            f"this module has {named(len(module.exercises), 'exercise')}",
            outline.place("lessons", key=True),
            f"{LEAST_EXERCISES} or more in its lessons",
            "add steps that have learners do something: - exercise:",
        )
    if not outline.quiz:
        yield Finding("this module has no quiz", outline.place(), "a quiz of six to ten questions", "quiz: quiz")
    elif module.quiz:
        yield from _size("question", len(module.quiz.questions), QUESTIONS, module.quiz.place("questions", key=True))


def _size(noun: str, count: int, limits: tuple[int, int], place: Place) -> Iterator[Finding]:
    least, most = limits
    if not least <= count <= most:
        yield Finding(
            f"there {'is' if count == 1 else 'are'} {named(count, noun)} here",
            place,
            f"{least} to {most}",
            "split the module" if count > most else "",
        )


@rule("P111", "reference-minimum", "warning", "module")
def reference_minimum(module: Module, context: Context) -> Iterator[Finding]:
    """Modules that rest on few publications."""
    count = len(set(module.outline.references))
    if count < LEAST_REFERENCES:
        yield Finding(
            f"this module has {named(count, 'reference')}",
            module.outline.place("references", key=True),
            f"{LEAST_REFERENCES} or more ids from sources.yml",
            "add what the module rests on to sources.yml, and the ids to references:",
        )


@rule("P112", "facilitator-minutes", "warning", "module")
def facilitator_minutes(module: Module, context: Context) -> Iterator[Finding]:
    """Session plans whose parts do not add up."""
    notes = module.outline.facilitator
    total = sum(part.minutes for part in notes.session) if notes else 0
    if notes and total != notes.minutes:
        yield Finding(
            f"the parts of the session take {total} minutes, the session {notes.minutes}",
            notes.place("minutes"),
            "parts that add up to the whole",
            f"minutes: {total}",
        )


@rule("P114", "module-without-plan", "warning", "module")
@in_whole
def module_without_plan(module: Module, context: Context) -> Iterator[Finding]:
    """Modules that end without an if-then plan."""
    last = module.lessons[-1] if module.lessons else None
    if last and not any(isinstance(e, PlanStep) or (isinstance(e, Worksheet) and e.plan) for e in descendants(last)):
        yield Finding(
            "the module ends without a plan",
            last.place("steps", key=True),
            "an if-then plan in the last lesson",
            "add a last step - plan:, with an example such as If …, then I will …",
        )


# ------------------------------------------------------------------------- ids


@rule("P113", "repeated-name", "error", "module")
def repeated_name(module: Module, context: Context) -> Iterator[Finding]:
    """Ids that stand twice where they have to be told apart."""
    yield from _same_id(
        "lesson",
        ((name, module.outline.place("lessons", i)) for i, name in enumerate(module.outline.lessons)),
        "in this list",
    )
    yield from _same_id("", ((e.id, e.place("id")) for e in _addressed(module)), "in this module")  # type: ignore[attr-defined]
    for lesson in module.lessons:
        rules = (rule for step in lesson.steps if isinstance(step, RulesStep) for rule in step.rules)
        yield from _same_id("rule", ((rule.id, rule.place("id")) for rule in rules), "in this lesson")
    for exercise in module.exercises:
        yield from _same_id("", ((part.id, part.place("id")) for part in _saved_parts(exercise)), "in this exercise")  # type: ignore[attr-defined]


def _addressed(module: Module) -> Iterator[Element]:
    """Whatever a learner's saved work is found by: questions, exercises, scenarios inside lessons."""
    if module.outline.confidence:
        yield module.outline.confidence
    lessons = {lesson.id: lesson for lesson in module.lessons}
    for file in (*lessons.values(), *([module.quiz] if module.quiz else [])):
        yield from (e for e in descendants(file) if isinstance(e, Question | Exercise | InlineScenario))


def _saved_parts(exercise: Exercise) -> tuple[Element, ...]:
    """The parts of an exercise that hold what a learner wrote or ticked."""
    if isinstance(exercise, Reflection):
        return exercise.prompts
    if isinstance(exercise, Rewrite):
        return exercise.originals
    if isinstance(exercise, Worksheet):
        return tuple(blank for section in exercise.sections for blank in section.blanks)
    return exercise.items if isinstance(exercise, Checklist) else ()


def _same_id(noun: str, entries: Iterator[tuple[str, Place]], where: str) -> Iterator[Finding]:
    for (name, place), (_, earlier) in repeats((name, (name, place)) for name, place in entries):
        also = f"line {earlier.line}" if earlier.file == place.file else f"{earlier.file}:{earlier.line}"
        yield Finding(
            f"the {noun or 'id'} {quoted(name)} stands twice {where}, first in {also}",
            place,
            "each id once",
            "give one of the two another id",
        )
