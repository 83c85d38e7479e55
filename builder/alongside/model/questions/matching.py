"""Give each line its partner."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.element import Element, Identifier, Line, Title
from alongside.model.questions.base import Question, shuffled
from alongside.model.questions.interaction import Match, Pick
from alongside.words.language import N_


class Pair(Element):
    """A line and the partner that belongs to it."""

    exhibits: ClassVar[frozenset[str]] = frozenset({"prompt", "match"})

    id: Identifier
    """Stable name, unique in the question."""
    prompt: Line
    """The line that is given."""
    match: Title
    """Its partner: a few plain words, since it stands in a list to pick from."""
    feedback: Line
    """Why the two belong together, and what else they are easily taken for."""


class Distractor(Element):
    """A partner that belongs to no line."""

    noun: ClassVar[str] = "partner"
    exhibits: ClassVar[frozenset[str]] = frozenset({"text"})

    id: Identifier
    """Stable name, unique in the question."""
    text: Title
    """A few plain words."""
    feedback: Line
    """Why it fits none of the lines."""


class Matching(Question):
    """Match two to seven lines with their partners from a list.

    Every partner is different. One or two `extra` partners keep the last line from being
    answered by elimination.
    """

    in_words: ClassVar[str] = N_("matching")

    kind: Literal["matching"]
    """`matching`"""
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=7)
    """The lines with their partners."""
    extra: tuple[Distractor, ...] = Field(default=(), max_length=3)
    """Partners that belong to no line."""

    def arranged(self, seed: str) -> tuple[Pick, ...]:
        return shuffled(seed, self.to_interaction().targets)

    def to_interaction(self) -> Match:
        return Match(
            prompts=tuple(Pick(p.id, p.prompt, p.feedback, p, "prompt") for p in self.pairs),
            targets=(
                *(Pick(p.id, p.match, p.feedback, p, "match") for p in self.pairs),
                *(Pick(d.id, d.text, d.feedback, d, verdict="wrong") for d in self.extra),
            ),
            key=tuple((p.id, p.id) for p in self.pairs),
        )
