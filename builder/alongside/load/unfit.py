"""What does not fit the model, in plain words: what is wrong, what was expected and how to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from alongside.files.located import LocatedMapping, Place, place_of
from alongside.files.problems import Problem, nearest, printable, quoted
from alongside.model.element import IDENTIFIER_PATTERN, Element, FileElement
from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.field_docs import field_doc
from alongside.model.overlay import ADDRESS_PATTERN
from alongside.model.questions import QUESTION_KINDS
from alongside.model.schema import example
from alongside.model.steps import STEP_KINDS

ID_FORM = "lower-case letters, digits and hyphens, at most 61, for example open-question"

ADDRESS_FORM = (
    "the name of a file, with # and an id for a part of it, and a point before each field: quiz#first-words.prompt"
)


@dataclass(frozen=True, slots=True)
class Unfit:
    """One thing that the validator found, with what is known of its place."""

    #: The validator's name for what is wrong, and what more it says.
    kind: str
    context: dict[str, Any]
    #: What the file holds, the model that it should fit, and the model in which the field stands.
    mapping: LocatedMapping
    model: type[Element]
    owner: type[Element] | None
    field: FieldInfo | None
    #: The way through the file to the field.
    path: tuple[str | int, ...]
    value: Any

    @property
    def place(self) -> Place:
        """Where it stands."""
        return place_of(self.mapping, self.path)

    @property
    def name(self) -> str:
        """The last key of the path, for a sentence."""
        return name_of(self.path)


def told(unfit: Unfit) -> Problem:
    """It as a problem that an author can act on."""
    return TELLERS.get(unfit.kind, _wrong_type)(unfit)


def _missing(unfit: Unfit) -> Problem:
    owner = _owner(unfit.model, unfit.mapping, unfit.path[:-1], unfit.owner)
    place = place_of(unfit.mapping, unfit.path[:-1])
    name = unfit.name
    if name in MISSING:
        code, message, expected, fix = MISSING[name]
        return Problem(code, "error", message.format(owner=owner), place, expected, fix)
    about = field_doc(unfit.owner, name).split("\n")[0] if unfit.owner else ""
    expected = about or f"a line {quoted(name + ': …')}"
    return Problem("M102", "error", f"{owner} has no {quoted(name)}", place, expected, _to_write(unfit.owner, name))


def _to_write(owner: type[Element] | None, name: str) -> str:
    """What can stand where a field is missing. A text is the author's own; of other things there is an example."""
    shown = example(owner, name) if owner else ""
    if isinstance(shown, list):
        return f"write {name}: and each entry below it, after a dash"
    if isinstance(shown, dict):
        return f"write {name}: and what belongs to it below, further in"
    text = not owner or "str" in str(owner.model_fields[name].annotation)
    return f"{name}: …" if text and " " in str(shown) else f"for example: {name}: {shown}"


def _unknown_key(unfit: Unfit) -> Problem:
    place, name = place_of(unfit.mapping, unfit.path, key=True), unfit.name
    if unfit.value is None and _in_curly_brackets(unfit.mapping, unfit.path):
        return Problem(
            "M101",
            "error",
            f"a comma inside curly brackets splits a text: {quoted(name)} is taken for a key",
            place,
            "a text with commas in quotation marks",
            f'"… {name}"',
        )
    known = [key for key in unfit.owner.model_fields if key != "lint"] if unfit.owner else []
    advice = f"one of: {', '.join(known)}" if known else ""
    message = f"the key {quoted(name)} is not known here{nearest(name, known)}"
    return Problem("M101", "error", message, place, advice, "correct or delete the line")


def _no_kind(unfit: Unfit) -> Problem:
    if "step_kind" in unfit.context.get("discriminator", ""):
        return _step_problem(unfit.place, unfit.value)
    return _unknown_kind(unfit)


def _unknown_kind(unfit: Unfit) -> Problem:
    return _kind_problem(unfit.mapping, unfit.path, unfit.context, unfit.value)


def _not_allowed(unfit: Unfit) -> Problem:
    allowed, value = _allowed(unfit.context), str(unfit.value)
    message = f"{quoted(unfit.name)} cannot be {quoted(value)}{nearest(value, allowed)}"
    return Problem("M104", "error", message, unfit.place, "one of: " + ", ".join(allowed), _straight(value))


def _wrong_form(unfit: Unfit) -> Problem:
    return _pattern_problem(unfit.place, unfit.path, str(unfit.value), unfit.context)


def _wrong_size(unfit: Unfit) -> Problem:
    return _size_problem(unfit.kind, unfit.place, unfit.name, unfit.context)


def _wrong_type(unfit: Unfit) -> Problem:
    value, kind = unfit.value, unfit.kind
    expected = WRONG_TYPES.get(kind, "another kind of value")
    fix = ""
    if value is None:
        fix = "write the value after the colon"
        if not (unfit.field and unfit.field.is_required()):
            fix += ", or delete the line"
    if kind == "string_type" and isinstance(value, list | dict):
        fix = "write one text; put it in quotation marks if it starts with [ or {"
    if kind == "tuple_type" and isinstance(value, dict):
        fix = "start each entry with a dash and a space"
    return Problem("M103", "error", f"{quoted(unfit.name)} is {found_in(value)}", unfit.place, expected, fix)


#: Who tells of what; everything else is a value of the wrong type.
TELLERS: dict[str, Callable[[Unfit], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _unknown_kind,
    "string_pattern_mismatch": _wrong_form,
    **dict.fromkeys(("literal_error", "enum"), _not_allowed),
    **dict.fromkeys(
        ("string_too_long", "string_too_short", "too_long", "too_short", "greater_than_equal", "less_than_equal"),
        _wrong_size,
    ),
}

#: What to say when one of these is missing; for other keys a general sentence will do.
MISSING: dict[str, tuple[str, str, str, str]] = {
    "feedback": (
        "Q103",
        "{owner} has no feedback",
        "one to three sentences that say what this choice does and why",
        "for example: feedback: This moves to fixing before the person feels heard.",
    ),
    "id": (
        "M111",
        "{owner} has no id",
        "a short name that never changes: lower-case letters, digits and hyphens",
        "write one, or let alongside ids --write do it",
    ),
}


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
    "seconds": "seconds, for example 8 or 3.5",
    "float_type": "seconds, for example 8 or 3.5",
    "float_parsing": "seconds, for example 8 or 3.5",
    "date": "a day, written as 2026-11-20",
    "date_type": "a day, written as 2026-11-20",
    "date_parsing": "a day, written as 2026-11-20",
    "date_from_datetime_parsing": "a day that exists, written as 2026-11-20",
}


def found_in(value: Any) -> str:
    """What stands there instead, in words: `empty`, `the text "no"`, `a list`."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text {quoted(value)}"
    return "a list" if isinstance(value, list) else "a group of keys"


def name_of(path: tuple[str | int, ...]) -> str:
    """The last key of a path, for a sentence: `feedback`, or `entry 3 of options`."""
    keys = [part for part in path if isinstance(part, str)]
    if path and isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of {keys[-1]}" if keys else f"entry {path[-1] + 1}"
    return keys[-1] if keys else "the file"


def _in_curly_brackets(mapping: LocatedMapping, path: tuple[str | int, ...]) -> bool:
    """Whether the key that `path` ends in stands in a group in curly brackets, and not first in it."""
    node: Any = mapping
    for part in path[:-1]:
        node = node[part]
    return isinstance(node, LocatedMapping) and node.flow and next(iter(node)) != path[-1]


def told_of_key(mapping: LocatedMapping, path: tuple[str | int, ...], kind: str, context: dict[str, Any]) -> Problem:
    """Something is wrong with a key that the author chose, not with its value."""
    place = place_of(mapping, path, key=True)
    name = str(path[-1])
    if kind == "string_pattern_mismatch":
        if context["pattern"] == ADDRESS_PATTERN:
            return Problem(
                "M104", "error", f"{quoted(name)} cannot be an address", place, ADDRESS_FORM, f"{_address(name)}:"
            )
        return Problem("M109", "error", f"{quoted(name)} cannot be an id", place, ID_FORM, f"{_slug(name)}:")
    known = _allowed(context)
    return Problem(
        "M101",
        "error",
        f"the key {quoted(name)} is not known here{nearest(name, known)}",
        place,
        f"one of: {', '.join(known)}",
        "correct or delete the line",
    )


def told_of_retired(mapping: LocatedMapping, key: str, why: str) -> Problem:
    """A key that files of this kind once had."""
    return Problem(
        "T118",
        "warning",
        f"the key {quoted(key)} is not read any more: {why}",
        place_of(mapping, (key,), key=True),
        f"no {quoted(key)}",
        "delete the line",
    )


def _allowed(context: dict[str, Any]) -> list[str]:
    """The words that a field takes."""
    words: str = context["expected"]
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
            "M106",
            "error",
            f"this step is {found_in(value)}",
            place,
            expected,
            "for example: - text: |\n    What you want to say.",
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
            f"{quoted(name_of(path))} is {found_in(value)}",
            place,
            "keys with values, indented below the key",
        )
    exercise = "exercise" in path
    models: Mapping[str, type[Element]] = EXERCISE_KINDS if exercise else QUESTION_KINDS
    kinds = list(models)
    noun = "exercise" if exercise else "question"
    expected = "one of: " + ", ".join(kinds)
    if isinstance(value.get("kind"), list | dict):
        return Problem(
            "M103", "error", f'"kind" is {found_in(value["kind"])}', place_of(mapping, (*path, "kind")), expected
        )
    if value.get("kind") is None:
        likely = max(kinds, key=lambda kind: len(models[kind].model_fields.keys() & value.keys()))
        return Problem("M105", "error", f"this {noun} has no kind", place, expected, f"kind: {likely}")
    place = place_of(mapping, (*path, "kind"))
    tag = str(context["tag"])
    return Problem(
        "M105", "error", f"there is no kind of {noun} called {quoted(tag)}{nearest(tag, kinds)}", place, expected
    )


NUMBERS_FORM = "a number such as 3, one that may be off such as 1.5 ± 0.1, or a range such as 2 to 4"
#: What a key takes that has to have a certain form.
COLOUR_FORM = 'a colour of # and six digits or letters to f, such as "#0b5d5e", in quotation marks'
FORMS: dict[str, str] = {
    "year": "a year such as 2014",
    "doi": "a DOI without https, such as 10.1080/10904018.2013.813234",
    "isbn": "an ISBN such as 978-92-4-154820-5",
    "version": "a version such as 1.0",
    "accept": NUMBERS_FORM,
    "numbers": NUMBERS_FORM,
    "url": "an address that starts with https://",
    "primary": COLOUR_FORM,
    "accent": COLOUR_FORM,
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
    if context["pattern"] == ADDRESS_PATTERN:
        return Problem("M104", "error", f"{quoted(value)} cannot be an address", place, ADDRESS_FORM, _address(value))
    key = next(part for part in reversed(path) if isinstance(part, str))
    return Problem(
        "M104", "error", f"{quoted(name_of(path))} cannot be {quoted(value)}", place, FORMS.get(key, "another form"),
        _straight(value),
    )  # fmt: skip


def _straight(value: str) -> str:
    """What to do about round quotation marks, which editors for letters make and YAML takes for a part of the text."""
    inner = value.strip("“”„‟‘’«»")
    return f'write straight quotation marks: "{printable(inner)}"' if inner != value else ""


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


def _address(value: str) -> str:
    """What was hardly meant otherwise, as an address: of `Four moves.yml#Q 1` it is `four-moves#q-1`."""
    file, sign, part = (value if "#" in value else value.replace("/", "#", 1)).rpartition("/")[2].partition("#")
    fields = part.split(".") if sign else file.removesuffix(".yml").split(".")
    slugs = [_slug(fields[0]), *(re.sub(r"[^A-Za-z0-9_-]+", "-", one).strip("-") for one in fields[1:])]
    return (f"{_slug(file.removesuffix('.yml'))}#" if sign else "") + ".".join(filter(None, slugs))
