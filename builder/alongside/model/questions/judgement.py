"""Weigh options that are better and worse rather than right and wrong."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.questions.base import GradedOption, Question, picks, shuffled
from alongside.model.questions.interaction import Choose
from alongside.words.language import N_


class Judgement(Question):
    """Choose what you would do; each option is best, acceptable, poor or harmful, and says why.

    Use it for conversations, where there is rarely one right answer. Give one best option, at
    least one that is acceptable, and make the poor ones what a kind beginner would really do.
    """

    in_words: ClassVar[str] = N_("judgement")

    kind: Literal["judgement"]
    """`judgement`"""
    options: tuple[GradedOption, ...] = Field(min_length=3, max_length=6)
    """The options, in any order: the site mixes them."""

    def arranged(self, seed: str) -> tuple[GradedOption, ...]:
        return shuffled(seed, self.options) if self.shuffle else self.options

    def to_interaction(self) -> Choose:
        return Choose(picks(self.options))
