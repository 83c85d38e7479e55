"""Rules see only texts that hold a piece they need. What their patterns match must hold such a piece."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies

from alongside.rules import RULES_BY_CODE
from alongside.rules.accessibility import reading_aloud
from alongside.rules.language import inclusive
from alongside.rules.pedagogy import lessons
from alongside.rules.questions import feedback
from alongside.rules.safety import content

pytestmark = pytest.mark.slow

PATTERNS: dict[str, list[re.Pattern[str]]] = {
    "A143": [reading_aloud.POINTING],
    "A144": [reading_aloud.DEVICE],
    "P124": [lessons.PRESSURE],
    "Y102": [content.HELPLINES],
    "Y105": [content.IDENTIFYING],
    "Y106": [content.THERAPY],
    "Y107": [content.CERTIFIED],
    **{
        code: [pattern for pattern, _ in inclusive.patterns_in(subject)]
        for code, subject in {
            "I101": "suicide",
            "I102": "addiction",
            "I103": "conditions",
            "I104": "slang",
            "I105": "groups",
            "I106": "gender",
            "I107": "blame",
            "I109": "youth",
        }.items()
    },
}
NEEDED = [
    *((RULES_BY_CODE[code].needs, pattern) for code, patterns in PATTERNS.items() for pattern in patterns),
    (feedback.CLAIM_NEEDS, feedback.CLAIM),
]


@pytest.mark.parametrize(("needs", "pattern"), NEEDED)
def test_whatever_a_pattern_matches_holds_a_piece_that_its_rule_needs(needs, pattern) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(strategies.from_regex(pattern, alphabet=strategies.characters(codec="ascii")))
    def holds(text: str) -> None:
        match = pattern.search(text)
        assume(match is not None)
        assert any(piece in text.lower().replace("’", "'") for piece in needs), match

    holds()
