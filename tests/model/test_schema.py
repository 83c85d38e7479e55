"""The schemas are sound, complete and fresh, and agree with the reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from alongside.model import schema
from alongside.model.lessons import model_by_keys
from alongside.rules import RULES
from alongside.rules.rule import Rule
from tests.conftest import BASE, placed
from tests.examples import invalid_examples, valid_examples

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "builder/alongside/schemas"
MADE = {name: schema.schema(name) for name in schema.NAMES}
FILES = sorted(
    [
        *(ROOT / "modules").rglob("*.yml"),
        *(ROOT / "tests/world").rglob("*.yml"),
        *(ROOT / "tests/gallery").rglob("*.yml"),
        ROOT / "mkdocs.yml",
    ]
)


class EditorLoader(yaml.CSafeLoader):
    """Values as an editor sees them: by YAML 1.2, so that dates and `no` are texts, `8` is a number and `true` a boolean."""


EditorLoader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789."),
):
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))


def seen(text: str) -> Any:
    """The file as an editor sees it."""
    return yaml.load(text, EditorLoader)  # a safe loader with other words for values


def schema_of(path: Path, mapping: dict[str, Any]) -> str | None:
    """Which schema the file is written by, from its name and its keys."""
    if path.name in {
        "module.yml",
        "curriculum.yml",
        "sources.yml",
        "glossary.yml",
        "people.yml",
        "cast.yml",
        "safety.yml",
        "mkdocs.yml",
    }:
        return path.stem
    model = model_by_keys(mapping)
    return model.__name__.lower() if model else None


def errors(name: str, text: str) -> list[str]:
    """What an editor would underline."""
    validator = jsonschema.Draft202012Validator(MADE[name])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(seen(text))]


def errors_in(files: dict[str, str]) -> list[str]:
    return [
        error
        for file, text in files.items()
        for name in [schema_of(Path(file), seen(text) or {})]
        if name
        for error in errors(name, text)
    ]


@pytest.mark.slow
def test_the_schemas_are_valid_by_the_metaschema() -> None:
    """Each part once: most files hold the same parts."""
    parts = {name: body for made in MADE.values() for name, body in made.get("$defs", {}).items()}
    for made in MADE.values():
        assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        jsonschema.Draft202012Validator.check_schema({key: value for key, value in made.items() if key != "$defs"})
    jsonschema.Draft202012Validator.check_schema({"$defs": parts})


def test_the_shipped_schemas_are_fresh() -> None:
    """Refresh them with: alongside schema."""
    shipped = {path.name: path.read_text("utf-8") for path in SHIPPED.iterdir()}
    assert shipped == {schema.file_name(name): schema.written(made) for name, made in MADE.items()}


def fields(node: Any, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema."""
    if isinstance(node, dict):
        for name, field in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
            if "if" not in path.split("/"):
                yield f"{path}/{name}", field
        for key, value in node.items():
            if key not in {"examples", "default"}:
                yield from fields(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from fields(value, f"{path}/{index}")


@pytest.mark.parametrize("name", schema.NAMES)
def test_every_field_has_a_description_and_an_example(name: str) -> None:
    for path, field in fields(MADE[name]):
        if path.endswith("/plugins/items/alongside"):
            continue
        assert field.get("description"), path
        assert field.get("examples"), path


def test_every_field_that_may_be_left_out_has_its_default() -> None:
    for name, model in schema.all_models().items():
        body = next((m["$defs"][name] for m in MADE.values() if name in m.get("$defs", {})), None)
        if body:
            for field, info in model.model_fields.items():
                assert ("default" in body["properties"][field]) is not info.is_required(), f"{name}.{field}"


def test_every_example_is_valid_by_its_own_field() -> None:
    for name, made in MADE.items():
        for path, field in fields(made):
            for example in field.get("examples", ()):
                found = list(
                    jsonschema.Draft202012Validator({**field, "$defs": made.get("$defs", {})}).iter_errors(example)
                )
                assert found == [], (name, path, found)


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_shipped_file_is_accepted(path: Path) -> None:
    text = path.read_text("utf-8")
    name = schema_of(path, seen(text))
    assert name
    assert errors(name, text) == []


#: What no schema can say: names of files and folders, and waivers that cover nothing.
BEYOND = {"M110", "M113", "M116", "M120", "M121", "M122"}


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.code.startswith("M") and rule.scope == "reading" and rule.code not in BEYOND],
    ids=lambda rule: rule.code,
)
def test_what_the_model_refuses_is_underlined_in_the_editor(rule: Rule) -> None:
    assert errors_in({k: v for k, v in placed(rule.scope, rule.document.bad).items() if v})
    assert errors_in({k: v for k, v in placed(rule.scope, rule.document.good).items() if v}) == []


LESSON = BASE["modules/listening/hearing.yml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Give back what you heard", "titel: Give back what you heard"),
        ("title: Give back what you heard\n", ""),
        ("title: Give back what you heard", "minutes: 8\ntitle: Give back what you heard"),
        ("title: Give back what you heard", "skill: six\ntitle: Give back what you heard"),
        ("kind: choice", "kind: coice"),
        ("id: hearing-guess", "id: Hearing Guess"),
        ("- hook:", "- hok:"),
    ],
)
def test_common_mistakes_are_underlined(old: str, new: str) -> None:
    assert old in LESSON
    assert errors("lesson", LESSON.replace(old, new, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Give back what you heard", "title: 2014"),
        ("id: give-back", "id: 5"),
        ("keeps: false", 'keeps: "false"'),
        ("correct: true", "correct: true # yes"),
    ],
)
def test_what_the_reader_accepts_is_not_underlined(old: str, new: str) -> None:
    assert old in LESSON
    assert errors("lesson", LESSON.replace(old, new, 1)) == []


def test_years_and_versions_may_stand_without_quotation_marks() -> None:
    assert errors("sources", "weger-2014: {authors: Weger, year: 2014, title: Listening, checked: record}") == []
    assert errors("module", BASE["modules/listening/module.yml"].replace('version: "1.0"', "version: 1.0")) == []


def test_a_mistake_in_a_question_is_said_of_its_kind_only() -> None:
    text = LESSON.replace("kind: choice", "kind: choice\n      promt: x", 1)
    assert len(errors("lesson", text)) == 1


@pytest.mark.parametrize("example", valid_examples(), ids=str)
def test_valid_examples_of_questions_are_accepted(example) -> None:
    step = {"title": "x", "summary": "x", "steps": [{"question": example.source}]}
    assert list(jsonschema.Draft202012Validator(MADE["lesson"]).iter_errors(json.loads(json.dumps(step)))) == []


@pytest.mark.parametrize(
    "example", [e for e, said in invalid_examples() if any(" M1" in line for line in said)], ids=str
)
def test_what_does_not_fit_the_model_of_a_question_is_refused(example) -> None:
    step = {"title": "x", "summary": "x", "steps": [{"question": example.source}]}
    assert list(jsonschema.Draft202012Validator(MADE["lesson"]).iter_errors(json.loads(json.dumps(step))))


def test_steps_are_objects_with_one_key() -> None:
    step = MADE["lesson"]["$defs"]["Step"]
    assert (step["minProperties"], step["maxProperties"], step["additionalProperties"]) == (1, 1, False)
