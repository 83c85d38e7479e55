"""The neutral shapes: what everything outside a kind asks instead of asking for its class.

Rules, pages, importers, the record's index and every output read shapes. A new kind that fits one of them needs no change
anywhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from alongside.files.located import Place
from alongside.model.element import Element

#: What is said of something that was chosen: right or not, or how good it is where options are weighed.
Verdict = Literal["right", "wrong", "best", "acceptable", "poor", "harmful"]

#: What a choice is worth inside the site. Harmful and poor differ in words, not in score.
CREDIT: dict[Verdict, float] = {
    "right": 1.0, "wrong": 0.0, "best": 1.0, "acceptable": 0.5, "poor": 0.0, "harmful": 0.0,
}  # fmt: skip
GRADED: frozenset[Verdict] = frozenset({"best", "acceptable", "poor", "harmful"})

#: Where a word belongs in a text: the name of the gap in curly brackets.
GAP = re.compile(r"\{([a-z0-9][a-z0-9-]*)\}")


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that is chosen, put in its place or given a partner."""

    id: str
    text: str
    feedback: str
    #: The element of the curriculum, and the field that holds the text.
    part: Element = field(compare=False, repr=False)
    text_field: str = field(default="text", compare=False, repr=False)
    verdict: Verdict = "right"
    misconception: str | None = None

    @property
    def credit(self) -> float:
        """From 0 to 1: 1 belongs to the key."""
        return CREDIT[self.verdict]

    def place(self, name: str = "") -> Place:
        """Where it is written, or one of its fields; `text` is the text, whatever its field is called."""
        return self.part.place(*([self.text_field if name == "text" else name] if name else []))


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose one or several of a list."""

    picks: tuple[Pick, ...]
    several: bool = False
    #: Whether the order of the list means something, as on a scale, so that it is never mixed.
    ordered: bool = False
    noun: str = "option"
    #: The field of the question that holds the list.
    field: str = "options"

    @property
    def graded(self) -> bool:
        """Whether picks are better and worse, and not right or wrong."""
        return any(pick.verdict in GRADED for pick in self.picks)


@dataclass(frozen=True, slots=True)
class Order:
    """Put a list into order. `picks` stand in the right order."""

    picks: tuple[Pick, ...]
    noun: str = "line"


@dataclass(frozen=True, slots=True)
class Match:
    """Give each prompt the target it belongs to.

    `key` pairs ids of prompts with ids of targets. Targets that are `wrong` belong to no prompt.
    """

    prompts: tuple[Pick, ...]
    targets: tuple[Pick, ...]
    key: tuple[tuple[str, str], ...]
    noun: str = "line"
    target_noun: str = "partner"
    #: The field in which a prompt says its target, where authors write it down.
    key_field: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Something that people often write instead."""

    id: str
    accept: tuple[str, ...]
    feedback: str
    misconception: str | None
    part: Element = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Blank:
    """One place to write in, or with `picks` to pick a word for."""

    name: str
    #: Ours, in English, where the shape has no text.
    label: str
    accept: tuple[str, ...]
    feedback: str
    #: The element that says what is accepted.
    part: Element = field(compare=False, repr=False)
    picks: tuple[Pick, ...] = ()
    near: tuple[Near, ...] = ()
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Write:
    """Write words that are compared with a list.

    With `text` the blanks are gaps in it, `{name}` each, and `gaps` are the names in the order of the text.
    """

    blanks: tuple[Blank, ...]
    text: str | None = None
    gaps: tuple[str, ...] = ()
    noun: str = "word"


@dataclass(frozen=True, slots=True)
class Span:
    """Numbers from `low` to `high`, both of them included. `middle` is the number itself where it may be off by so much."""

    low: Decimal
    high: Decimal
    middle: Decimal | None = None

    def holds(self, number: Decimal) -> bool:
        """Whether a number is one of them."""
        return self.low <= number <= self.high

    def within(self, other: Span) -> bool:
        """Whether another span has all of them."""
        return other.low <= self.low and self.high <= other.high


@dataclass(frozen=True, slots=True)
class Slip:
    """Numbers that a known mistake leads to."""

    id: str
    spans: tuple[Span, ...]
    feedback: str
    misconception: str | None
    part: Element = field(compare=False, repr=False)
    #: The field that lists them.
    field: str = "numbers"


@dataclass(frozen=True, slots=True)
class Calculate:
    """Write a number, which is right anywhere in one of the spans.

    What is not right belongs to the first slip that has it, and otherwise to `otherwise`.
    """

    spans: tuple[Span, ...]
    feedback: str
    otherwise: str
    part: Element = field(compare=False, repr=False)
    slips: tuple[Slip, ...] = ()
    #: What is counted or measured; whoever answers may write it or not.
    unit: str = ""
    #: The field of the part that lists what is right.
    field: str = "accept"

    @property
    def signed(self) -> bool:
        """Whether a number below zero is among those that are listed."""
        return any(span.low < 0 for spans in (self.spans, *(slip.spans for slip in self.slips)) for span in spans)


@dataclass(frozen=True, slots=True)
class Reflect:
    """Write freely, then compare with models and criteria. Never scored by a machine."""

    models: tuple[str, ...]
    criteria: tuple[str, ...]
    #: What makes each model good, and what to change where a criterion is not met.
    reasons: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """Place oneself on a scale. There is no key."""

    steps: tuple[str, ...]
    #: What could come next at each step.
    advice: tuple[str, ...] = ()


Interaction = Choose | Order | Match | Write | Calculate | Reflect | Rate


def misconceptions(shape: Interaction) -> dict[str, str]:
    """The mistaken beliefs behind what can be chosen or written, by id."""
    found: tuple[Pick | Near | Slip, ...] = ()
    if isinstance(shape, Choose):
        found = shape.picks
    elif isinstance(shape, Write):
        found = tuple(near for blank in shape.blanks for near in blank.near)
    elif isinstance(shape, Calculate):
        found = shape.slips
    return {one.id: one.misconception for one in found if one.misconception}
