"""Write freely, then compare."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.element import Element, Identifier, Line, Prose
from alongside.model.questions.base import Question
from alongside.model.questions.interaction import Reflect
from alongside.words.language import N_


class ModelAnswer(Element):
    """One good way to answer."""

    noun: ClassVar[str] = "model answer"

    id: Identifier
    """Stable name, unique in the question."""
    text: Prose
    """The answer, as a person might really say it."""
    why: Line
    """What makes it good, by the rules of the lesson."""


class Criterion(Element):
    """A yes-or-no question that learners ask of their own answer."""

    id: Identifier
    """Stable name, unique in the question."""
    text: Line
    """A question that can be answered yes or no: "Does it name a feeling?"."""
    feedback: Line
    """What to change where the answer is no."""


class OpenResponse(Question):
    """Write an answer in your own words, then compare it with model answers and rate yourself.

    Use it for anything that has to be said to a person. Two model answers that differ show that
    there is more than one good way.
    """

    scored: ClassVar[bool] = False
    in_words: ClassVar[str] = N_("open response")

    kind: Literal["open_response"]
    """`open_response`"""
    models: tuple[ModelAnswer, ...] = Field(min_length=1, max_length=4)
    """Good answers that differ from each other."""
    rubric: tuple[Criterion, ...] = Field(min_length=2, max_length=6)
    """What to look for in one's own answer."""

    def to_interaction(self) -> Reflect:
        return Reflect(
            models=tuple(model.text for model in self.models),
            criteria=tuple(criterion.text for criterion in self.rubric),
            reasons=tuple(model.why for model in self.models),
            advice=tuple(criterion.feedback for criterion in self.rubric),
        )
