"""Pages for authors, made from the models and the table of rules: fields, kinds of question, rules."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from inspect import cleandoc
from textwrap import dedent
from typing import Any, TypeVar

from alongside.files.source import read_bytes, written
from alongside.load.parse import parse
from alongside.model.curriculum import REGISTRIES
from alongside.model.element import Element
from alongside.model.exercises import EXERCISE_KINDS
from alongside.model.lessons import Lesson
from alongside.model.questions import QUESTION_KINDS, Question
from alongside.model.schema import FILES, schema
from alongside.model.steps import ExerciseStep, FigureStep, MediaStep, step_kind
from alongside.rules import RULES
from alongside.rules.rule import Rule

Parsed = TypeVar("Parsed", bound=Element)

#: Templates of pages that show nothing of any curriculum.
TEMPLATES = frozenset({"author_faces", "author_fields", "author_kinds", "author_steps"})

GROUPS: dict[str, str] = {
    "L": "Reading files",
    "M": "Keys and values",
    "R": "References and links",
    "Q": "Writing questions",
    "P": "Teaching",
    "S": "Scenarios",
    "A": "Accessibility",
    "T": "Text",
    "I": "Inclusive language",
    "Y": "Safety and privacy",
}


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A field as authors see it."""

    name: str
    required: bool
    default: str
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class PartEntry:
    """A part of a file: what it is and its fields."""

    name: str
    title: str
    description: str
    fields: tuple[FieldEntry, ...]


@dataclass(frozen=True, slots=True)
class KindEntry:
    """A kind of question with an example: what is written and what it becomes."""

    name: str
    description: str
    yaml: str
    question: Question


@dataclass(frozen=True, slots=True)
class StepEntry:
    """A kind of step, or of exercise, with an example: what is written and what it becomes."""

    name: str
    description: str
    yaml: str
    #: A lesson with this step alone, or `None` where it needs a file that an example cannot bring.
    shown: Lesson | None
    #: The lesson with every step, whose rules the step may point at.
    whole: Lesson


def rule_groups() -> list[tuple[str, str, list[Rule]]]:
    """The rules by group: its letter, what it is about, and its rules in order of their codes."""
    return [
        (letter, title, sorted((rule for rule in RULES if rule.code[0] == letter), key=lambda rule: rule.code))
        for letter, title in GROUPS.items()
    ]


@cache
def field_groups() -> tuple[tuple[str, tuple[PartEntry, ...]], ...]:
    """Every field of every kind of file: the file, and its parts. A part stands with the first file that has it."""
    seen: set[str] = set()
    return tuple((name, tuple(_parts(name, seen))) for name in (*FILES, *REGISTRIES))


@cache
def setting_groups() -> tuple[tuple[str, tuple[PartEntry, ...]], ...]:
    """Every setting of a site, as the same."""
    return (("settings", tuple(_parts("settings", set()))),)


def _parts(name: str, seen: set[str]) -> Iterator[PartEntry]:
    made = schema(name)
    if name in FILES:
        yield _part(f"{name}.yml" if name != "settings" else "mkdocs.yml, below alongside", made)
    else:
        yield _part(f"an entry of {name}.yml", made["additionalProperties"])
    for title, part in made.get("$defs", {}).items():
        if title not in seen and part.get("properties"):
            seen.add(title)
            yield _part(title, part)


def _part(title: str, part: dict[str, Any]) -> PartEntry:
    required = set(part.get("required", ()))
    fields = tuple(
        FieldEntry(
            field,
            field in required,
            "" if field in required or value.get("default") in (None, [], {}) else _inline(value["default"]),
            value.get("description", ""),
            _inline(value["examples"][0]) if value.get("examples") else "",
        )
        for field, value in part["properties"].items()
    )
    return PartEntry(
        title.lower().replace(" ", "-").replace(".", "-").replace(",", ""), title, part.get("description", ""), fields
    )


def _inline(value: Any) -> str:
    """A value as it can be written on one line of YAML."""
    return value if isinstance(value, str) and "\n" not in value else json.dumps(value, ensure_ascii=False)


@cache
def kind_entries() -> tuple[KindEntry, ...]:
    """Each kind of question with an example put together from the examples of its fields."""
    parts = schema("quiz")["$defs"]
    entries = []
    for name, model in QUESTION_KINDS.items():
        part = parts[model.__name__]
        example = {
            field: value["examples"][0]
            for field, value in part["properties"].items()
            if field in {*part["required"], "objectives", "rationale", "gaps"} and value.get("examples")
        }
        # The example of an id is the same for all; on one page they must differ.
        given = {"kind": name, "id": f"{name.replace('_', '-')}-example"}
        text = written(given | {field: value for field, value in example.items() if field not in given})
        entries.append(KindEntry(name, cleandoc(model.__doc__ or ""), text, _read(model, text, name)))
    return tuple(entries)


@cache
def step_entries() -> tuple[StepEntry, ...]:
    """Each kind of step, the kinds of exercise one by one."""
    text = resources.files("alongside.render").joinpath("step_examples.yml").read_text("utf-8")
    lesson = _read(Lesson, text, "step_examples.yml")
    lines = text.splitlines()
    starts = [step.place().line - 1 for step in lesson.steps]
    entries = []
    for step, start, end in zip(lesson.steps, starts, [*starts[1:], len(lines)], strict=True):
        name, doc = str(step_kind(step)), type(step).__doc__
        if isinstance(step, ExerciseStep):
            kind, model = next((k, m) for k, m in EXERCISE_KINDS.items() if isinstance(step.exercise, m))
            name, doc = f"{name}: {kind}", model.__doc__
        shown = None if isinstance(step, FigureStep | MediaStep) else lesson.model_copy(update={"steps": (step,)})
        entries.append(StepEntry(name, cleandoc(doc or ""), dedent("\n".join(lines[start:end])), shown, lesson))
    return tuple(entries)


def _read(model: type[Parsed], text: str, name: str) -> Parsed:
    """An example of ours as the value that it stands for."""
    mapping, problems = read_bytes(text.encode(), name)
    value, more = parse(model, mapping) if mapping is not None else (None, [])
    assert value is not None, [*problems, *more]
    return value
