"""Put steps into order."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.element import Element, Identifier, Line
from alongside.model.questions.base import Question, not_solved
from alongside.model.questions.interaction import Order, Pick
from alongside.words.language import N_


class OrderedItem(Element):
    """One of the steps to put into order."""

    noun: ClassVar[str] = "item"

    id: Identifier
    """Stable name, unique in the question."""
    text: Line
    """The step, in a few words."""
    feedback: Line
    """Why it comes just here."""


class Ordering(Question):
    """Put three to seven steps into order. Write them in the right order; the site mixes them.

    Use it for procedures in which the order matters, and say in each feedback why it does.
    """

    in_words: ClassVar[str] = N_("ordering")

    kind: Literal["ordering"]
    """`ordering`"""
    items: tuple[OrderedItem, ...] = Field(min_length=3, max_length=7)
    """The steps in the right order."""

    def arranged(self, seed: str) -> tuple[OrderedItem, ...]:
        return not_solved(seed, self.items)

    def to_interaction(self) -> Order:
        return Order(tuple(Pick(i.id, i.text, i.feedback, i) for i in self.items))
