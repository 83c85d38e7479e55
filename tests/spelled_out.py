"""What readers on paper must find of a course: the words of each question, of its answer and of all that is said about it."""

from __future__ import annotations

from typing import Any

from alongside.model.curriculum import Curriculum
from alongside.model.exercises import Rewrite
from alongside.model.questions import Question
from alongside.model.questions.interaction import Choose, Match, Order, Reflect, Write
from alongside.model.steps import ExerciseStep, PredictStep, QuestionStep


def questions(curriculum: Curriculum) -> list[Question]:
    """Every question of the gallery but the one about confidence, which has no answer."""
    module = curriculum.modules["gallery"]
    assert module.quiz
    steps = [step for lesson in module.lessons for step in lesson.steps]
    asked = [step.question for step in steps if isinstance(step, QuestionStep)]
    return [*asked, *(step.predict for step in steps if isinstance(step, PredictStep)), *module.quiz.questions]


def originals(curriculum: Curriculum) -> list[Any]:
    steps = [step for lesson in curriculum.modules["gallery"].lessons for step in lesson.steps]
    exercises = [step.exercise for step in steps if isinstance(step, ExerciseStep)]
    return [original for exercise in exercises if isinstance(exercise, Rewrite) for original in exercise.originals]


def plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def key_of(question: Question) -> list[str]:
    """The words that are right, from the neutral form."""
    shape = question.to_interaction()
    match shape:
        case Choose() | Order():
            return [pick.text for pick in shape.picks if pick.credit == 1 or isinstance(shape, Order)]
        case Match():
            return [
                pick.text for pick in (*shape.prompts, *(t for t in shape.targets if t.id in dict(shape.key).values()))
            ]
        case Write():
            return [blank.accept[0] for blank in shape.blanks]
        case Reflect():
            return list(shape.models)
    return []


def feedback_of(question: Question) -> list[str]:
    """What is said about answers: every note, the reasons, the hints."""
    shape: Any = question.to_interaction()
    notes = [
        pick.feedback
        for pick in (*getattr(shape, "picks", ()), *getattr(shape, "prompts", ()), *getattr(shape, "targets", ()))
    ]
    for blank in getattr(shape, "blanks", ()):
        notes += [
            blank.feedback,
            *(near.feedback for near in blank.near),
            *([blank.otherwise] if blank.otherwise else []),
        ]
    return [text for text in [*notes, *question.hints, *(question.rationale or "").split("\n\n")] if text.strip()]
