"""What questions and scenarios name in safety.yml: R246 and R247."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files.located import Place
from alongside.files.problems import nearest, quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import descendants
from alongside.model.modules import Module
from alongside.rules.references.citations import unknown
from alongside.rules.rule import Context, Finding, in_each_module, kept_of_modules, rule


@kept_of_modules
def named_rules(module: Module) -> Iterator[str]:
    """The safety rules that a module names."""
    for name, _ in _names(module):
        yield name.partition("/")[0]


def _names(module: Module) -> Iterator[tuple[str, Place]]:
    for file in module.files:
        for element in descendants(file):
            for field in ("safety", "stances"):
                for index, name in enumerate(getattr(element, field, ())):
                    yield name, element.place(field, index)


@rule("R246", "unknown-safety-rule", "error", "curriculum")
@in_each_module
def unknown_safety_rule(module: Module, context: Context) -> Iterator[Finding]:
    """Safety rules and stances that are not in safety.yml."""
    known = context.curriculum.safety
    for written, place in _names(module):
        name, slash, stance = written.partition("/")
        if name not in known:
            yield unknown(
                "safety rule",
                name,
                known,
                place,
                "an id from safety.yml",
                "add the rule to safety.yml, or correct the id",
            )
        elif slash and stance not in known[name].stances:
            stances = known[name].stances
            yield Finding(
                f"the safety rule {quoted(name)} has no stance {quoted(stance)}{nearest(stance, stances)}",
                place,
                "one of: " + ", ".join(f"{name}/{one}" for one in stances),
                "add the stance to the rule, or correct the id",
            )


@rule("R247", "unused-safety-rule", "info", "curriculum")
def unused_safety_rule(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Safety rules that no question and no scenario names."""
    used = context.in_any_module(named_rules)
    for name, entry in curriculum.safety.items():
        if name not in used:
            yield Finding(
                f"nothing names the safety rule {quoted(name)}",
                entry.place(),
                "rules that a question or a scenario practises",
                "write a question about it, or delete it",
            )
