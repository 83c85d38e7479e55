"""Choose every option that fits."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.questions.base import KeyedOption, Question, picks, shuffled
from alongside.model.questions.interaction import Choose
from alongside.words.language import N_


class Choices(Question):
    """Choose all options that fit; two or more are right and at least one is not.

    The prompt says "Choose all that apply". Good for signs to look for, or parts of a good answer.
    """

    in_words: ClassVar[str] = N_("choices")

    kind: Literal["choices"]
    """`choices`"""
    options: tuple[KeyedOption, ...] = Field(min_length=3, max_length=8)
    """The options, in any order: the site mixes them."""

    def arranged(self, seed: str) -> tuple[KeyedOption, ...]:
        return shuffled(seed, self.options) if self.shuffle else self.options

    def to_interaction(self) -> Choose:
        return Choose(picks(self.options), several=True)
