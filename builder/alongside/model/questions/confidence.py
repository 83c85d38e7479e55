"""Say how sure you are."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.element import Element, Identifier, Line, Title
from alongside.model.questions.base import Question
from alongside.model.questions.interaction import Rate
from alongside.words.language import N_


class ScaleStep(Element):
    """One step of the scale."""

    id: Identifier
    """Stable name, unique in the question."""
    text: Title
    """The step in words: "I could do this with a little help"."""
    feedback: Line
    """What could be a good next thing to do for someone at this step."""


class Confidence(Question):
    """Rate how sure you are of something, before and after. Never scored, never right or wrong."""

    scored: ClassVar[bool] = False
    in_words: ClassVar[str] = N_("confidence")

    kind: Literal["confidence"]
    """`confidence`"""
    scale: tuple[ScaleStep, ...] = Field(min_length=3, max_length=7)
    """The steps from least to most sure."""

    def to_interaction(self) -> Rate:
        return Rate(tuple(step.text for step in self.scale), tuple(step.feedback for step in self.scale))
