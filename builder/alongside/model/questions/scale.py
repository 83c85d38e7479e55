"""Put a marker on a line of points."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.questions.base import GradedOption, Question, picks
from alongside.model.questions.interaction import Choose
from alongside.words.language import N_


class Point(GradedOption):
    """A point on the line."""

    noun: ClassVar[str] = "point"


class Scale(Question):
    """Put a marker on a line of three to seven points; each is best, acceptable, poor or harmful, and says why.

    Use it where the answer is a matter of degree: how soon, how much, how often. The line keeps its order, so name
    its points in words that a learner can tell apart.
    """

    in_words: ClassVar[str] = N_("scale")

    kind: Literal["scale"]
    """`scale`"""
    points: tuple[Point, ...] = Field(min_length=3, max_length=7)
    """The points, from one end of the line to the other."""

    def arranged(self, seed: str) -> tuple[Point, ...]:
        del seed
        return self.points

    def to_interaction(self) -> Choose:
        return Choose(picks(self.points), ordered=True, noun="point", field="points")
