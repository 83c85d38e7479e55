"""Questions as rules look at them: the options that belong to the key, and the others."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.model import Module, PredictStep
from alongside.questions import Question
from alongside.questions.base import Option
from alongside.questions.choice import Choice
from alongside.questions.choices import Choices
from alongside.questions.confidence import Confidence
from alongside.questions.judgement import GradedOption, Judgement

#: The kinds in which one chooses among options.
Chosen = Choice | Choices | Judgement

#: Options that together say no more than yes or no.
TWO_WAY = (
    frozenset({"true", "false"}),
    frozenset({"yes", "no"}),
    frozenset({"right", "wrong"}),
    frozenset({"agree", "disagree"}),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """The options of a question. The key of a judgement is what is graded best."""

    key: tuple[Option, ...]
    others: tuple[Option, ...]

    @property
    def comparable(self) -> bool:
        """Whether there is something right and something else beside it."""
        return bool(self.key and self.others)


def answers(question: Question) -> Answers:
    """The options of a question; none for kinds without options."""
    options: tuple[Option, ...] = question.options if isinstance(question, Chosen) else ()
    return Answers(tuple(o for o in options if in_key(o)), tuple(o for o in options if not in_key(o)))


def in_key(option: Option) -> bool:
    """Whether choosing the option is right."""
    if isinstance(option, GradedOption):
        return option.grade == "best"
    return bool(getattr(option, "correct", False))


def single_key(question: Question) -> tuple[Option, tuple[Option, ...]] | None:
    """The one right option and the others, where exactly one is right and one is to be chosen."""
    found = answers(question)
    if isinstance(question, Choices) or len(found.key) != 1 or not found.others:
        return None
    return found.key[0], found.others


def is_two_way(question: Question) -> bool:
    """Whether the options say no more than yes or no."""
    if not isinstance(question, Choice) or len(question.options) != 2:
        return False
    return frozenset(o.text.strip(' .“”"*').casefold() for o in question.options) in TWO_WAY


def assessments(module: Module) -> tuple[Question, ...]:
    """The questions that show whether an objective was reached: no guesses before the teaching, no scales."""
    guesses = {id(step.predict) for lesson in module.lessons for step in lesson.steps if isinstance(step, PredictStep)}
    return tuple(q for q in module.questions if id(q) not in guesses and not isinstance(q, Confidence))


def is_whole(module: Module) -> bool:
    """Whether every file of the module could be read. What is missing is reported as such, and nothing else because of it."""
    return len(module.lessons) == len(module.outline.lessons) and bool(module.quiz) == bool(module.outline.quiz)


def rendered(module: Module, question: Chosen) -> tuple[Option, ...]:
    """The options in the order in which the page shows them."""
    return tuple(question.arranged(f"{module.id}/{question.id}"))
