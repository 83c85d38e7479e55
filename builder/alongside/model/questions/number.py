"""Write a number."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from alongside.model.element import Element, Identifier, Line, Title
from alongside.model.questions.base import Question
from alongside.model.questions.interaction import Calculate, Slip, Span
from alongside.model.questions.numerals import NUMBERS, digits, span
from alongside.words.language import N_

#: One number, one that may be off, or a range.
Numbers = Annotated[str, StringConstraints(pattern=NUMBERS)]


def _bounds(numbers: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(digits(one.low), digits(one.high)) for one in map(span, numbers)]


class Mistake(Element):
    """Numbers that a known mistake leads to, with an answer made for it."""

    noun: ClassVar[str] = "mistake"

    id: Identifier
    """Stable name, unique in the question."""
    numbers: tuple[Numbers, ...] = Field(min_length=1, max_length=8, examples=[["20", "100 to 120"]])
    """The numbers, written as in `accept`."""
    feedback: Line
    """How one comes to this number, and what to do instead."""
    misconception: Line | None = None
    """The mistaken belief behind it, if there is one."""

    @property
    def bounds(self) -> list[tuple[str, str]]:
        """The lowest and the highest of the numbers of each entry, in digits."""
        return _bounds(self.numbers)

    @property
    def spans(self) -> tuple[Span, ...]:
        """The numbers."""
        return tuple(map(span, self.numbers))


class Number(Question):
    """Write a number; it is compared with numbers and ranges, and known mistakes get an answer of their own.

    Use it where the size of something is what should be learned, or where a number has to be worked out. Accept a range
    where an estimate is enough. Learners may write `1.5` or `1,5`, blanks between thousands, and the unit. What can't be
    read as one number, such as `1,000`, which means two things, is asked about and not counted as an answer.
    """

    in_words: ClassVar[str] = N_("number")

    kind: Literal["number"]
    """`number`"""
    accept: tuple[Numbers, ...] = Field(min_length=1, max_length=8, examples=[["45 ± 5"], ["2 to 4"]])
    """What is right: a number, `3`; one that may be off by so much, `1.5 ± 0.1` or `1.5 +/- 0.1`; or a range, `2 to 4`."""
    unit: Title | None = Field(default=None, examples=["hours"])
    """What is counted or measured, shown behind the field. Learners may write it too."""
    feedback: Line
    """Said when it is right: how one comes to it, or what follows from it."""
    mistakes: tuple[Mistake, ...] = Field(default=(), max_length=8)
    """Numbers that people often come to by a mistake, each with its own answer. The first that has the number counts."""
    otherwise: Line
    """Said to any other number: a way to think on, not only "no"."""

    @property
    def bounds(self) -> list[tuple[str, str]]:
        """The lowest and the highest of the numbers of each entry that is right, in digits."""
        return _bounds(self.accept)

    def to_interaction(self) -> Calculate:
        slips = tuple(Slip(one.id, one.spans, one.feedback, one.misconception, one) for one in self.mistakes)
        return Calculate(tuple(map(span, self.accept)), self.feedback, self.otherwise, self, slips, self.unit or "")
