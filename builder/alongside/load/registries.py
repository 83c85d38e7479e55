"""Entries that all modules share: sources, terms, people and the cast, by id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from alongside.files.located import LocatedMapping, Place
from alongside.files.problems import Problem, quoted
from alongside.files.syntax import OWN_FILE
from alongside.load.layers import IDENTIFIER
from alongside.load.parse import parse
from alongside.load.unfit import ID_FORM, found_in
from alongside.model.element import Element

Model = TypeVar("Model", bound=Element)

#: Entries by id, each with the place of its id; `None` for what cannot be understood.
Entries = dict[str, tuple[Place, Model | None]]


def entries(model: type[Model], mapping: LocatedMapping) -> tuple[Entries[Model], list[Problem]]:
    """The entries of one file, and what is wrong with them."""
    made: Entries[Model] = {}
    problems: list[Problem] = []
    for key, place in mapping.key_places.items():
        entry, found = _entry(model, key, mapping[key], place)
        made[key] = place, entry
        problems += found
    return made, problems


def _entry(model: type[Model], key: str, value: object, place: Place) -> tuple[Model | None, list[Problem]]:
    if not IDENTIFIER.fullmatch(key):
        return None, [
            Problem(
                "M109",
                "error",
                f"{quoted(key)} cannot be an id",
                place,
                ID_FORM,
                "change the id, and everywhere it is used",
            )
        ]
    if not isinstance(value, LocatedMapping):
        return None, [
            Problem(
                "M103",
                "error",
                f"{quoted(key)} is {found_in(value)}",
                place,
                "keys with values, indented below the id",
            )
        ]
    return parse(model, value)


def joined(files: Iterable[Entries[Model]]) -> tuple[dict[str, Model], list[Problem]]:
    """The entries of all files of a registry in one layer, and a problem for each id that stands in two of them."""
    first: Entries[Model] = {}
    problems = []
    for found in files:
        problems += [_twice(key, place, first[key][0]) for key, (place, _) in found.items() if key in first]
        first |= {key: entry for key, entry in found.items() if key not in first}
    return {key: entry for key, (_, entry) in first.items() if entry is not None}, problems


def _twice(key: str, place: Place, first: Place) -> Problem:
    return Problem(
        "L105",
        "error",
        f"the key {quoted(key)} stands twice, first in {first}",
        place,
        "each key once, in whichever of the files",
        "delete one of the two, or join their values",
    )


def advised(problem: Problem, name: str) -> Problem:
    """The problem, with the folder as the place to which a part of a file that holds too much can go."""
    if not problem.fix.startswith(OWN_FILE):
        return problem
    return replace(problem, fix=f"{OWN_FILE} in the folder modules/{name}/, such as modules/{name}/more.yml")
