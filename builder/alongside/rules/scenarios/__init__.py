"""Rules for branching scenarios, S1xx: every way through leads somewhere, and back to something good."""

from alongside.rules.scenarios import craft, graph

RULES = (*graph.RULES, *craft.RULES)
