"""Rules."""

from alongside.checks.rule import Rule

RULES: tuple[Rule, ...] = ()
