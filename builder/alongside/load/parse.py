"""A mapping from a file to a value of the model, or to problems that an author can act on.

The validator speaks of types and locations; here they become places in the file, and `unfit.py` says in plain words
what is wrong there.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from alongside.files.located import LocatedMapping
from alongside.files.problems import Problem
from alongside.load.unfit import Unfit, told, told_of_key, told_of_retired
from alongside.model.element import Element, models_in
from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.questions import QUESTION_KINDS
from alongside.model.scenarios import InlineScenario
from alongside.model.steps import STEP_KINDS

Model = TypeVar("Model", bound=Element)


def parse(model: type[Model], mapping: LocatedMapping) -> tuple[Model | None, list[Problem]]:
    """The mapping as a value of `model`, or `None` and everything that does not fit. A retired key is passed over."""
    retired = [told_of_retired(mapping, key, why) for key, why in model.retired.items() if key in mapping]
    if retired:
        mapping = mapping.without(model.retired)
    try:
        return model.model_validate(mapping), retired
    except ValidationError as error:
        errors: list[dict[str, Any]] = [dict(entry) for entry in error.errors(include_url=False)]
        found = [_problem(model, mapping, entry) for entry in errors if not _follows(entry, errors)]
        return None, [*retired, *found]


def _follows(error: dict[str, Any], errors: list[dict[str, Any]]) -> bool:
    """Whether an error only follows from another one.

    A list with one bad entry also counts as too short, and a key with a spelling mistake is missing too.
    """
    location: tuple[str | int, ...] = tuple(error["loc"])
    if error["type"] == "too_short":
        return any(len(other["loc"]) > len(location) and other["loc"][: len(location)] == location for other in errors)
    if error["type"] == "missing":
        beside = [
            str(other["loc"][-1])
            for other in errors
            if other["type"] == "extra_forbidden" and other["loc"][:-1] == location[:-1]
        ]
        return bool(get_close_matches(str(location[-1]), beside, n=1, cutoff=0.6))
    return False


def _problem(model: type[Element], mapping: LocatedMapping, error: dict[str, Any]) -> Problem:
    """A validator's error as a problem that an author can act on."""
    kind: str = error["type"]
    context: dict[str, Any] = error.get("ctx") or {}
    location: tuple[str | int, ...] = tuple(error["loc"])
    named = location[-1:] if kind == "missing" else ()
    path = _real_path(mapping, location[: len(location) - len(named)]) + named
    if location[-1:] == ("[key]",):
        return told_of_key(mapping, path, kind, context)
    owner, field = _model_at(model, location), _field(model, location)
    return told(Unfit(kind, context, mapping, model, owner, field, path, error.get("input")))


def _real_path(mapping: LocatedMapping, location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The validator's path without the names of union members that it puts between the keys."""
    node: Any = mapping
    path: list[str | int] = []
    for depth, part in enumerate(location):
        if _leads_on(node, part):
            node = node[part]
        elif depth < len(location) - 1 or part in UNION_NAMES:
            continue
        path.append(part)
    return tuple(path)


def _leads_on(node: Any, part: str | int) -> bool:
    if isinstance(node, Mapping):
        return part in node
    return isinstance(node, list) and isinstance(part, int) and part < len(node)


#: Names that the validator puts into paths for members of unions.
UNION_NAMES = {*STEP_KINDS, *QUESTION_KINDS, *EXERCISE_KINDS, "name", "inline", "[key]"}


def _model_at(model: type[Element], location: tuple[str | int, ...]) -> type[Element] | None:
    """The model in which the last part of a validator's path is a field."""
    current: Any = model
    for part in location[:-1]:
        if isinstance(part, int):
            continue
        found = _member(current, str(part))
        if found is not None:
            current = found
    return current if isinstance(current, type) and issubclass(current, Element) else None


def _member(model: Any, name: str) -> type[Element] | None:
    for kinds in (STEP_KINDS, QUESTION_KINDS, EXERCISE_KINDS):
        if name in kinds and name not in getattr(model, "model_fields", ()):
            return kinds[name]
    if name == "inline":
        return InlineScenario
    if not (isinstance(model, type) and issubclass(model, BaseModel)) or name not in model.model_fields:
        return None
    return next(models_in(model.model_fields[name].annotation), None)


def _field(model: type[Element], location: tuple[str | int, ...]) -> FieldInfo | None:
    owner = _model_at(model, location)
    return owner.model_fields.get(str(location[-1])) if owner else None
