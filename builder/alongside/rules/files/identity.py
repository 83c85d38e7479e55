"""Ids that saved work is found by: what changed since another revision, and `formerly`.

M130 and M131 need two revisions, so they are found in `changes.py`; the others show in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum
from alongside.model.identity import Part, module_names, parts
from alongside.model.modules import Module
from alongside.rules.rule import Context, Finding, Rule, enter, kept_of_modules, repeats, rule

#: What something is found by: whether it is a module, a lesson or something to answer or do, its module, and its id.
Key = tuple[str, str, str]


def _key(part: Part, name: str, names: Mapping[str, tuple[str, ...]]) -> Key:
    """What a part is found by under a name, that of another module with it perhaps. Each module counts by its id of today."""
    sort = part.noun if part.noun in {"module", "lesson"} else "answered"
    if sort == "module":
        return sort, "", name
    module, slash, own = name.rpartition("/")
    return sort, names.get(module, (module,))[0] if slash else part.module, own


def _earlier(
    every: Iterable[Part], names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[Key, tuple[Part, int, str]]]:
    for part in every:
        seen = set()
        for index, name in enumerate(part.formerly):
            key = _key(part, name, names)
            # Another module that has had several names may be named by each.
            if "/" not in name or key not in seen:
                yield key, (part, index, name)
            seen.add(key)


@kept_of_modules
def earlier_ids_in(module: Module) -> Iterator[str]:
    """The earlier ids that something in a module names."""
    return (name for part in parts(module) for name in part.formerly)


@rule("M132", "formerly-in-use", "error", "curriculum")
def formerly_in_use(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Earlier ids that something still has."""
    if not context.in_any_module(earlier_ids_in):
        return
    names = module_names(curriculum.modules)
    every = [part for module in curriculum.modules.values() for part in parts(module)]
    users = {_key(part, part.id, names): part for part in every}
    for key, (part, index, name) in _earlier(every, names):
        if key in users:
            user = users[key]
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
    if not context.in_any_module(earlier_ids_in):
        return
    names = module_names(curriculum.modules)
    every = [part for module in curriculum.modules.values() for part in parts(module)]
    for (part, index, name), (first, _, _) in repeats(_earlier(every, names)):
        yield Finding(
            f"{quoted(name)} stands in another formerly too, at {first.element.place('formerly')}",
            part.element.place("formerly", index),
            "each earlier id in one place",
            "leave it where the saved work belongs",
        )


enter(Rule("M130", "id-changed", "error", "history"))
enter(Rule("M131", "id-removed", "info", "history"))
