"""Rules for branching scenarios, S1xx: every way through leads somewhere, and back to something good."""

from alongside.checks import scenarios_craft, scenarios_graph

RULES = (*scenarios_graph.RULES, *scenarios_craft.RULES)
