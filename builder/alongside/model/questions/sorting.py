"""Sort things into categories."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.element import Element, Identifier, Line, Title
from alongside.model.questions.base import Question, shuffled
from alongside.model.questions.interaction import Match, Pick
from alongside.words.language import N_


class Category(Element):
    """A group to sort into."""

    id: Identifier
    """Stable name, unique in the question."""
    title: Title
    """The name of the group, in a few plain words."""


class SortedItem(Element):
    """A thing to sort."""

    noun: ClassVar[str] = "item"
    exhibits: ClassVar[frozenset[str]] = frozenset({"text"})

    id: Identifier
    """Stable name, unique in the question."""
    text: Line
    """What is to be sorted: a request, a sentence, a situation."""
    category: Identifier
    """Id of the group it belongs to."""
    feedback: Line
    """Why it belongs there, and what would move it elsewhere."""


class Sorting(Question):
    """Sort three to twelve things into two to five groups. Every group gets at least one."""

    in_words: ClassVar[str] = N_("sorting")

    kind: Literal["sorting"]
    """`sorting`"""
    categories: tuple[Category, ...] = Field(min_length=2, max_length=5)
    """The groups, in the order in which they are shown."""
    items: tuple[SortedItem, ...] = Field(min_length=3, max_length=12)
    """The things to sort, in any order: the site mixes them."""

    def arranged(self, seed: str) -> tuple[SortedItem, ...]:
        return shuffled(seed, self.items)

    def to_interaction(self) -> Match:
        return Match(
            prompts=tuple(Pick(i.id, i.text, i.feedback, i) for i in self.items),
            targets=tuple(Pick(c.id, c.title, "", c, "title") for c in self.categories),
            key=tuple((i.id, i.category) for i in self.items),
            target_noun="group",
            key_field="category",
        )
