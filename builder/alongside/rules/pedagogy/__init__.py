"""Rules for what a module teaches and assesses, P1xx: alignment, size, lessons, questions as a set."""

from alongside.rules.pedagogy import alignment, lessons, modules, sets

RULES = (*alignment.RULES, *modules.RULES, *lessons.RULES, *sets.RULES)
