"""Fill the gaps in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import Field

from alongside.model.element import Element, Identifier, Line, Title
from alongside.model.questions.base import Question, shuffled
from alongside.model.questions.interaction import GAP, Blank, Pick, Verdict, Write
from alongside.model.questions.written import closely
from alongside.words.language import N_


class GapOption(Element):
    """A word to pick for a gap."""

    exhibits: ClassVar[frozenset[str]] = frozenset({"text"})

    id: Identifier
    """Stable name, unique in the gap."""
    text: Title
    """The word or words."""
    feedback: Line
    """What the sentence would then say, and whether that is so."""


class Gap(Element):
    """One gap: words that are accepted if it is typed, options if it is picked from a list."""

    label: Title
    """What kind of word belongs here, without giving it away: "a number", "a kind of question"."""
    accept: tuple[Title, ...] = Field(min_length=1, max_length=12)
    """The words that are right. Capitals, accents, hyphens between words, needless spaces and a last full stop make no
    difference; other signs and digits do."""
    options: tuple[GapOption, ...] = Field(default=(), max_length=6)
    """With options the gap is a list to pick from, which is easier on a phone. One of them is in `accept`."""
    feedback: Line
    """Why this word belongs here."""

    @property
    def right(self) -> tuple[str, ...]:
        """Ids of the options that are right, where one picks from a list."""
        accepted = {closely(text) for text in self.accept}
        return tuple(option.id for option in self.options if closely(option.text) in accepted)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, or a gap in it."""

    text: str
    gap: str | None = None
    number: int = 0


class GapText(Question):
    """Complete a text by typing or picking one to five missing words.

    Write the text with the name of each gap in curly brackets: `Leave a {seconds} silence.`
    """

    in_words: ClassVar[str] = N_("gap")

    kind: Literal["gap"]
    """`gap`"""
    text: Line
    """The text, with `{name}` where a gap is."""
    gaps: dict[Identifier, Gap] = Field(min_length=1, max_length=5)
    """The gaps by name."""

    def names_in_text(self) -> list[str]:
        """Names of the gaps, in the order in which the text has them."""
        return GAP.findall(self.text)

    def pieces(self) -> list[Piece]:
        """The text cut at its gaps, with the gaps numbered, in order."""
        cut: list[Piece] = []
        for index, part in enumerate(GAP.split(self.text.strip())):
            if index % 2:
                cut.append(Piece(part, part, index // 2 + 1))
            elif part:
                cut.append(Piece(part))
        return cut

    def arranged(self, seed: str) -> dict[str, tuple[GapOption, ...]]:
        return {name: shuffled(f"{seed}/{name}", gap.options) for name, gap in self.gaps.items()}

    def to_interaction(self) -> Write:
        in_text = tuple(self.names_in_text())
        names = dict.fromkeys([*(name for name in in_text if name in self.gaps), *self.gaps])
        return Write(tuple(_blank(name, self.gaps[name]) for name in names), self.text, in_text)


def _blank(name: str, gap: Gap) -> Blank:
    right = gap.right

    def verdict(option: GapOption) -> Verdict:
        return "right" if option.id in right else "wrong"

    picks = tuple(Pick(o.id, o.text, o.feedback, o, verdict=verdict(o)) for o in gap.options)
    return Blank(name, gap.label, gap.accept, gap.feedback, gap, picks)
