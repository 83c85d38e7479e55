"""Ids that saved work is found by: what changed since another revision, and `formerly`.

M130 and M131 need two revisions, so they are found in `changes.py`; the others show in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum
from alongside.model.identity import Part, parts
from alongside.rules.rule import Context, Finding, Rule, enter, repeats, rule


def _scopes(curriculum: Curriculum) -> Iterator[list[Part]]:
    """Parts whose ids must differ: all modules, the lessons of one, what is answered or done in one."""
    everything = [list(parts(module)) for module in curriculum.modules.values()]
    yield [own[0] for own in everything]
    for own in everything:
        inner = sorted(own[1:], key=lambda part: part.noun == "lesson")
        for _, group in groupby(inner, key=lambda part: part.noun == "lesson"):
            yield list(group)


def _earlier(scope: Iterable[Part]) -> Iterator[tuple[Part, int, str]]:
    return ((part, index, name) for part in scope for index, name in enumerate(part.formerly))


@rule("M132", "formerly-in-use", "error", "curriculum")
def formerly_in_use(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Earlier ids that something still has."""
    for scope in _scopes(curriculum):
        users = {part.id: part for part in scope}
        for part, index, name in _earlier(scope):
            if name in users:
                user = users[name]
                whose = "this has it itself" if user is part else f"the {user.noun} at {user.place} has it"
                yield Finding(
                    f"{quoted(name)} is no earlier id: {whose}",
                    part.element.place("formerly", index),
                    "an id that nothing has any more",
                    "delete it from formerly",
                )


@rule("M133", "formerly-twice", "error", "curriculum")
def formerly_twice(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Earlier ids that two things claim."""
    for scope in _scopes(curriculum):
        for (part, index, name), (first, _, _) in repeats((entry[2], entry) for entry in _earlier(scope)):
            yield Finding(
                f"{quoted(name)} stands in another formerly too, at {first.element.place('formerly')}",
                part.element.place("formerly", index),
                "each earlier id in one place",
                "leave it where the saved work belongs",
            )


enter(Rule("M130", "id-changed", "error", "history"))
enter(Rule("M131", "id-removed", "info", "history"))
