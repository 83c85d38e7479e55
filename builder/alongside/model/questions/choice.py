"""Choose one of several options."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.questions.base import KeyedOption, Question, picks, shuffled
from alongside.model.questions.interaction import Choose
from alongside.words.language import N_


class Choice(Question):
    """Choose one of three or four options; exactly one is right.

    Use it where one answer is clearly better than the others. Where good people could disagree,
    use `judgement`. Wrong options come from real misconceptions, and each says so.
    """

    in_words: ClassVar[str] = N_("choice")

    kind: Literal["choice"]
    """`choice`"""
    options: tuple[KeyedOption, ...] = Field(min_length=2, max_length=7)
    """The options, in any order: the site mixes them."""

    def arranged(self, seed: str) -> tuple[KeyedOption, ...]:
        return shuffled(seed, self.options) if self.shuffle else self.options

    def to_interaction(self) -> Choose:
        return Choose(picks(self.options))
