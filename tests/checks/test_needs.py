"""Rules see only texts that hold a piece they need. What their patterns match must hold such a piece."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies

from alongside.checks import RULES_BY_CODE, language, pedagogy_lessons, questions_feedback, safety, signs

PATTERNS: dict[str, list[re.Pattern[str]]] = {
    "A143": [signs.POINTING],
    "A144": [signs.DEVICE],
    "P124": [pedagogy_lessons.PRESSURE],
    "Y102": [safety.HELPLINES],
    "Y105": [safety.IDENTIFYING],
    "Y106": [safety.THERAPY],
    "Y107": [safety.CERTIFIED],
    **{
        code: [pattern for pattern, _ in advice]
        for code, advice in {
            "I101": language.SUICIDE,
            "I102": language.ADDICTION,
            "I103": language.CONDITIONS,
            "I104": language.SLANG,
            "I105": language.GROUPS,
            "I106": language.GENDER,
            "I107": language.BLAME,
            "I109": language.YOUTH,
        }.items()
    },
}
NEEDED = [
    *((RULES_BY_CODE[code].needs, pattern) for code, patterns in PATTERNS.items() for pattern in patterns),
    (questions_feedback.CLAIM_NEEDS, questions_feedback.CLAIM),
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
