"""A mapping from a file to a value of the model, or to problems that an author can act on.

The validator speaks of types and locations; this file says it in plain words, with the place of the
exact field, what was expected and how to mend it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from alongside.files.located import LocatedMapping, Place, place_of
from alongside.files.problems import Problem, nearest, quoted
from alongside.model.curriculum import STEP_KINDS, FileElement, InlineScenario
from alongside.model.element import IDENTIFIER_PATTERN, Element, models_in
from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.questions import QUESTION_KINDS

Model = TypeVar("Model", bound=Element)

ID_FORM = "lower-case letters, digits and hyphens, at most 61, for example open-question"


def parse(model: type[Model], mapping: LocatedMapping) -> tuple[Model | None, list[Problem]]:
    """The mapping as a value of `model`, or `None` and everything that does not fit."""
    try:
        return model.model_validate(mapping), []
    except ValidationError as error:
        errors: list[dict[str, Any]] = [dict(entry) for entry in error.errors(include_url=False)]
        return None, [_problem(model, mapping, entry) for entry in errors if not _follows(entry, errors)]


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


def found_in(value: Any) -> str:
    """What stands there instead, in words: `empty`, `the text "no"`, `a list`."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    return "a list" if isinstance(value, list) else "a group of keys"


def _name(path: tuple[str | int, ...]) -> str:
    """The last key of a path, for a sentence: `feedback`, or `entry 3 of options`."""
    keys = [part for part in path if isinstance(part, str)]
    if path and isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of {keys[-1]}" if keys else f"entry {path[-1] + 1}"
    return keys[-1] if keys else "the file"


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

#: What to say when one of these is missing; for other keys a general sentence will do.
MISSING: dict[str, tuple[str, str, str, str]] = {
    "feedback": (
        "Q103",
        "{owner} has no feedback",
        "one to three sentences that say what this choice does and why",
        "feedback: This moves to fixing before the person feels heard.",
    ),
    "id": (
        "M111",
        "{owner} has no id",
        "a short name that never changes: lower-case letters, digits and hyphens",
        "id: reflect-first",
    ),
}


def _problem(  # noqa: C901, PLR0911  # one answer for each kind of error, in order
    model: type[Element], mapping: LocatedMapping, error: dict[str, Any]
) -> Problem:
    """A validator's error as a problem that an author can act on."""
    kind: str = error["type"]
    location: tuple[str | int, ...] = tuple(error["loc"])
    named = location[-1:] if kind == "missing" else ()
    path = _real_path(mapping, location[: len(location) - len(named)]) + named
    context: dict[str, Any] = error.get("ctx") or {}
    place = place_of(mapping, path)
    name = _name(path)
    value = error.get("input")
    if location[-1:] == ("[key]",):
        return _key_problem(mapping, path, error)

    if kind == "missing":
        owner = _owner(model, mapping, path[:-1], _model_at(model, location))
        place = place_of(mapping, path[:-1])
        if name in MISSING:
            code, message, expected, fix = MISSING[name]
            return Problem(code, "error", message.format(owner=owner), place, expected, fix)
        about = _about(model, location)
        return Problem(
            "M102",
            "error",
            f"{owner} has no {quoted(name)}",
            place,
            about or f"a line {quoted(name + ': …')}",
            f"{name}: …",
        )
    if kind == "extra_forbidden":
        place = place_of(mapping, path, key=True)
        if value is None and _in_curly_brackets(mapping, path):
            return Problem(
                "M101",
                "error",
                f"a comma inside curly brackets splits a text: {quoted(name)} is taken for a key",
                place,
                "a text with commas in quotation marks",
                f'"… {name}"',
            )
        known = _known_keys(model, location)
        advice = f"one of: {', '.join(known)}" if known else ""
        return Problem(
            "M101",
            "error",
            f"the key {quoted(name)} is not known here{nearest(name, known)}",
            place,
            advice,
            "correct or delete the line",
        )
    if kind == "union_tag_not_found" and "step_kind" in context.get("discriminator", ""):
        return _step_problem(place, value)
    if kind in {"union_tag_not_found", "union_tag_invalid"}:
        return _kind_problem(mapping, path, context, value)
    if kind == "string_pattern_mismatch":
        return _pattern_problem(place, path, str(value), context)
    if kind in {"literal_error", "enum"}:
        allowed = _allowed(error)
        return Problem(
            "M104",
            "error",
            f"{quoted(name)} cannot be {quoted(str(value))}{nearest(str(value), allowed)}",
            place,
            "one of: " + ", ".join(allowed),
        )
    if kind in {
        "string_too_long",
        "string_too_short",
        "too_long",
        "too_short",
        "greater_than_equal",
        "less_than_equal",
    }:
        return _size_problem(kind, place, name, context)
    expected = WRONG_TYPES.get(kind, "another kind of value")
    found = found_in(value)
    field = _field(model, location)
    fix = (
        ""
        if value is not None
        else "write the value after the colon"
        if field and field.is_required()
        else "write the value after the colon, or delete the line"
    )
    if kind == "string_type" and isinstance(value, list | dict):
        fix = "write one text; put it in quotation marks if it starts with [ or {"
    if kind == "tuple_type" and isinstance(value, dict):
        fix = "start each entry with a dash and a space"
    return Problem("M103", "error", f"{quoted(name)} is {found}", place, expected, fix)


WRONG_TYPES: dict[str, str] = {
    "string_type": "a text",
    "tuple_type": "a list: lines that start with - below the key, or [first, second]",
    "list_type": "a list: lines that start with - below the key, or [first, second]",
    "dict_type": "keys with values, indented below the key",
    "model_type": "keys with values, indented below the key",
    "model_attributes_type": "keys with values, indented below the key",
    "dataclass_type": "keys with values, indented below the key",
    "flag": "true or false",
    "number": "a whole number, for example 8",
    "int_type": "a whole number, for example 8",
    "int_parsing": "a whole number, for example 8",
    "date": "a day, written as 2026-11-20",
    "date_type": "a day, written as 2026-11-20",
    "date_parsing": "a day, written as 2026-11-20",
    "date_from_datetime_parsing": "a day that exists, written as 2026-11-20",
}


def _in_curly_brackets(mapping: LocatedMapping, path: tuple[str | int, ...]) -> bool:
    """Whether the key that `path` ends in stands in a group in curly brackets, and not first in it."""
    node: Any = mapping
    for part in path[:-1]:
        node = node[part]
    return isinstance(node, LocatedMapping) and node.flow and next(iter(node)) != path[-1]


def _key_problem(mapping: LocatedMapping, path: tuple[str | int, ...], error: dict[str, Any]) -> Problem:
    """Something is wrong with a key that the author chose, not with its value."""
    place = place_of(mapping, path, key=True)
    name = str(path[-1])
    if error["type"] == "string_pattern_mismatch":
        return Problem("M109", "error", f"{quoted(name)} cannot be an id", place, ID_FORM, f"{_slug(name)}: …")
    known = _allowed(error)
    return Problem(
        "M101",
        "error",
        f"the key {quoted(name)} is not known here{nearest(name, known)}",
        place,
        f"one of: {', '.join(known)}",
        "correct or delete the line",
    )


def _allowed(error: dict[str, Any]) -> list[str]:
    """The words that a field takes."""
    words: str = error["ctx"]["expected"]
    return [word.strip("'") for word in words.replace(" or ", ", ").split(", ")]


def _owner(
    model: type[Element], mapping: LocatedMapping, path: tuple[str | int, ...], owner: type[Element] | None
) -> str:
    """What something is missing from, in words: `option "b"`, `contact 3`, `this file`."""
    node: Any = mapping
    for part in path:
        node = node[part]
    noun = owner.called() if owner else "entry"
    if isinstance(node, Mapping) and isinstance(node.get("id"), str) and path:
        return f"{noun} {quoted(node['id'])}"
    if path and isinstance(path[-1], int):
        return f"{noun} {path[-1] + 1}"
    if path:
        return quoted(str(path[-1]))
    return "this file" if issubclass(model, FileElement) else "this entry"


def _step_problem(place: Place, value: Any) -> Problem:
    expected = "one of: " + ", ".join(STEP_KINDS)
    if not isinstance(value, Mapping):
        return Problem(
            "M106", "error", f"this step is {found_in(value)}", place, expected, "- text: |\n    What you want to say."
        )
    kinds = [key for key in value if key in STEP_KINDS]
    if len(kinds) > 1:
        return Problem(
            "M106",
            "error",
            f"this step has {len(kinds)} kinds: {', '.join(kinds)}",
            place,
            "one kind in each step",
            'start a new step with "- " for each',
        )
    first = next(iter(value), "")
    return Problem(
        "M106",
        "error",
        f"there is no kind of step called {quoted(str(first))}{nearest(str(first), STEP_KINDS)}",
        place,
        expected,
    )


def _kind_problem(mapping: LocatedMapping, path: tuple[str | int, ...], context: dict[str, Any], value: Any) -> Problem:
    place = place_of(mapping, path)
    if not isinstance(value, Mapping):
        return Problem(
            "M103",
            "error",
            f"{quoted(_name(path))} is {found_in(value)}",
            place,
            "keys with values, indented below the key",
        )
    exercise = "exercise" in path
    kinds = list(EXERCISE_KINDS if exercise else QUESTION_KINDS)
    noun = "exercise" if exercise else "question"
    expected = "one of: " + ", ".join(kinds)
    if isinstance(value.get("kind"), list | dict):
        return Problem(
            "M103", "error", f'"kind" is {found_in(value["kind"])}', place_of(mapping, (*path, "kind")), expected
        )
    if value.get("kind") is None:
        return Problem("M105", "error", f"this {noun} has no kind", place, expected, f"kind: {kinds[0]}")
    place = place_of(mapping, (*path, "kind"))
    tag = str(context["tag"])
    return Problem(
        "M105", "error", f"there is no kind of {noun} called {quoted(tag)}{nearest(tag, kinds)}", place, expected
    )


#: What a key takes that has to have a certain form.
FORMS: dict[str, str] = {
    "year": "a year such as 2014",
    "doi": "a DOI without https, such as 10.1080/10904018.2013.813234",
    "isbn": "an ISBN such as 978-92-4-154820-5",
    "version": "a version such as 1.0",
    "url": "an address that starts with https://",
    "primary": 'a colour such as "#0b5d5e", in quotation marks',
    "accent": 'a colour such as "#b3541e", in quotation marks',
    "languages": "the code of a language, such as en or cy",
}


def _pattern_problem(place: Place, path: tuple[str | int, ...], value: str, context: dict[str, Any]) -> Problem:
    if context["pattern"] == IDENTIFIER_PATTERN:
        slug = _slug(value)
        return Problem(
            "M109",
            "error",
            f"{quoted(value)} cannot be an id",
            place,
            ID_FORM,
            f"{path[-1]}: {slug}" if isinstance(path[-1], str) else slug,
        )
    key = next(part for part in reversed(path) if isinstance(part, str))
    return Problem(
        "M104", "error", f"{quoted(_name(path))} cannot be {quoted(value)}", place, FORMS.get(key, "another form")
    )


def _size_problem(kind: str, place: Place, name: str, context: dict[str, Any]) -> Problem:
    if kind == "string_too_short":
        return Problem(
            "M103", "error", f"{quoted(name)} is empty", place, "a text", "write the text, or delete the line"
        )
    if kind == "string_too_long":
        return Problem(
            "M107",
            "error",
            f"{quoted(name)} is longer than {context['max_length']:,} characters",
            place,
            "a shorter text",
            "cut it, or split it",
        )
    if kind == "too_short":
        wanted, found = context["min_length"], context["actual_length"]
        return Problem(
            "M108",
            "error",
            f"{quoted(name)} has {found or 'no'} {'entry' if found == 1 else 'entries'}",
            place,
            f"at least {wanted}",
        )
    if kind == "too_long":
        return Problem(
            "M108",
            "error",
            f"{quoted(name)} has more than {context['max_length']} entries",
            place,
            f"at most {context['max_length']}",
        )
    bound = f"at least {context['ge']}" if "ge" in context else f"at most {context['le']}"
    return Problem("M104", "error", f"{quoted(name)} is out of range", place, f"a number of {bound}")


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.removesuffix(".yml")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60] or "a-short-name"


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


def _known_keys(model: type[Element], location: tuple[str | int, ...]) -> list[str]:
    owner = _model_at(model, location)
    return [name for name in owner.model_fields if name != "lint"] if owner else []


def _about(model: type[Element], location: tuple[str | int, ...]) -> str:
    """The first sentence of a field's docstring."""
    field = _field(model, location)
    return (field.description or "").split("\n")[0] if field else ""


def _field(model: type[Element], location: tuple[str | int, ...]) -> FieldInfo | None:
    owner = _model_at(model, location)
    return owner.model_fields.get(str(location[-1])) if owner else None
