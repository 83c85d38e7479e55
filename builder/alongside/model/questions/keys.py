"""Questions as rules look at them: what belongs to the key, and what does not."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.model.modules import Module
from alongside.model.questions import Question
from alongside.model.questions.interaction import Choose, Pick, Rate
from alongside.model.steps import PredictStep

#: Options that together say no more than yes or no.
TWO_WAY = (
    frozenset({"true", "false"}),
    frozenset({"yes", "no"}),
    frozenset({"right", "wrong"}),
    frozenset({"agree", "disagree"}),
)


@dataclass(frozen=True, slots=True)
class Answers:
    """What can be chosen in a question. The key is what is right, or graded best."""

    key: tuple[Pick, ...]
    others: tuple[Pick, ...]

    @property
    def comparable(self) -> bool:
        """Whether there is something right and something else beside it."""
        return bool(self.key and self.others)


def chosen(question: Question) -> Choose | None:
    """What is chosen from, where the question is one of choosing."""
    shape = question.shape
    return shape if isinstance(shape, Choose) else None


def options(question: Question) -> tuple[Pick, ...]:
    """What can be chosen, in the order in which it is written; nothing where there is nothing to choose."""
    shape = chosen(question)
    return shape.picks if shape else ()


def answers(question: Question) -> Answers:
    """What can be chosen, apart."""
    picks = options(question)
    return Answers(tuple(p for p in picks if p.credit == 1), tuple(p for p in picks if p.credit < 1))


def single_key(question: Question) -> tuple[Pick, tuple[Pick, ...]] | None:
    """The one right option and the others, where exactly one is right and one is to be chosen."""
    shape, found = chosen(question), answers(question)
    if shape is None or shape.several or len(found.key) != 1 or not found.others:
        return None
    return found.key[0], found.others


def is_two_way(question: Question) -> bool:
    """Whether the options say no more than yes or no."""
    shape = chosen(question)
    if shape is None or shape.several or len(shape.picks) != 2:  # noqa: PLR2004  # yes and no
        return False
    return frozenset(pick.text.strip(' .“”"*').casefold() for pick in shape.picks) in TWO_WAY


def assessments(module: Module) -> tuple[Question, ...]:
    """The questions that show whether an objective was reached: no guesses before the teaching, no scales."""
    guesses = {id(step.predict) for lesson in module.lessons for step in lesson.steps if isinstance(step, PredictStep)}
    return tuple(q for q in module.questions if id(q) not in guesses and assesses(q))


def assesses(question: Question) -> bool:
    """Whether the question can show that an objective was reached: placing oneself on a scale cannot."""
    return not isinstance(question.shape, Rate)


def is_whole(module: Module) -> bool:
    """Whether every file of the module could be read. What is missing is reported as such, and nothing else because of it."""
    return len(module.lessons) == len(module.outline.lessons) and bool(module.quiz) == bool(module.outline.quiz)


def place_on_page(module: Module, question: Question, pick: Pick) -> int:
    """Where among the options of a question the page shows one of them, from 0."""
    return [option.id for option in question.arranged(f"{module.id}/{question.id}")].index(pick.id)
