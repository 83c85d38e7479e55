"""Rules for what a module teaches and assesses, P1xx: alignment, size, lessons, questions as a set."""

from alongside.checks import pedagogy_alignment, pedagogy_lessons, pedagogy_modules, pedagogy_sets

RULES = (*pedagogy_alignment.RULES, *pedagogy_modules.RULES, *pedagogy_lessons.RULES, *pedagogy_sets.RULES)
