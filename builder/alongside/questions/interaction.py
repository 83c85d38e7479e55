"""The neutral shapes that outputs read instead of question kinds.

A new kind that fits one of these shapes needs no change in any output: the answer key on paper
reads them today, exporters to learning-management systems read them tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pick:
    """Something that can be chosen. `credit` runs from 0 to 1: 1 belongs to the key."""

    id: str
    text: str
    credit: float
    feedback: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Choose one or several of a list."""

    picks: tuple[Pick, ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """Put a list into order. `picks` stand in the right order."""

    picks: tuple[Pick, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Give each prompt the target it belongs to. `key` pairs ids of prompts with ids of targets."""

    prompts: tuple[Pick, ...]
    targets: tuple[Pick, ...]
    key: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Write:
    """Write words that are compared with a list. One entry for each place to write in."""

    blanks: tuple[tuple[str, tuple[str, ...]], ...]
    feedback: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reflect:
    """Write freely, then compare with models and criteria. Never scored by a machine."""

    models: tuple[str, ...]
    criteria: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Place oneself on a scale. There is no key."""

    steps: tuple[str, ...]


Interaction = Choose | Order | Match | Write | Reflect | Rate
