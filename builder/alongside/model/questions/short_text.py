"""Write a word or a short phrase."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.element import Element, Identifier, Line, Title
from alongside.model.questions.base import Question
from alongside.model.questions.interaction import Blank, Near, Write
from alongside.words.language import N_


class NearMiss(Element):
    """Something that people often write instead, with an answer made for it."""

    noun: ClassVar[str] = "near miss"

    id: Identifier
    """Stable name, unique in the question."""
    accept: tuple[Title, ...] = Field(min_length=1, max_length=12)
    """Spellings of it."""
    feedback: Line
    """What it gets right and what is still missing."""
    misconception: Line | None = None
    """The mistaken belief behind it, if there is one."""


class ShortText(Question):
    """Write one word or a short phrase from memory. It is compared with the ways of saying it.

    Use it for a term or a rule that should be recalled, not recognised. List every fair way of
    writing it. Capitals, accents, hyphens between words, needless spaces and a last full stop make no
    difference, unless two lists differ by nothing else. Other signs and digits do: `C++` is not `C`.
    """

    in_words: ClassVar[str] = N_("short text")

    kind: Literal["short_text"]
    """`short_text`"""
    accept: tuple[Title, ...] = Field(min_length=1, max_length=20)
    """Everything that counts as right."""
    feedback: Line
    """Said when it is right: why this is the word."""
    near: tuple[NearMiss, ...] = Field(default=(), max_length=8)
    """What people often write instead, each with its own answer."""
    otherwise: Line
    """Said to any other response: a way to think on, not only "no"."""

    def to_interaction(self) -> Write:
        near = tuple(Near(n.id, n.accept, n.feedback, n.misconception, n) for n in self.near)
        return Write((Blank("text", N_("your answer"), self.accept, self.feedback, self, (), near, self.otherwise),))
