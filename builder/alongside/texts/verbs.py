"""Verbs for objectives by level, after the revision of Bloom's taxonomy by Anderson and Krathwohl (2001).

Some verbs serve two levels: to choose a form of words is to apply, to choose between courses of action is to evaluate.
"""

from __future__ import annotations

from alongside.model.element import LEVELS, Level
from alongside.texts.lists import word_list

_LIST = word_list("objective_verbs")
VERBS: dict[Level, frozenset[str]] = {level: frozenset(_LIST["levels"][level]) for level in LEVELS}

#: Nobody can see whether these were reached.
WEAK_VERBS = frozenset(_LIST["weak"])
WEAK_OPENINGS = tuple(_LIST["weak_openings"])
SPELLINGS: dict[str, str] = dict(_LIST["spellings"])


def levels_of(verb: str) -> list[Level]:
    """The levels at which a verb is at home, lowest first."""
    return [level for level, verbs in VERBS.items() if verb in verbs]
