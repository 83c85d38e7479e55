"""JSON Schema for every kind of YAML file, made from the models.

An editor completes and explains every field by it. A schema accepts at least what the reader
accepts: an editor sees `year: 2014` as a number, and our reader takes every value as text.
Knows the models and their examples, nothing of where files are written.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import MinLen
from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic.json_schema import GenerateJsonSchema

from alongside.files.source import read_bytes
from alongside.model.curriculum import REGISTRIES, CurriculumOutline
from alongside.model.element import IDENTIFIER_PATTERN, Element, models_in
from alongside.model.field_docs import field_doc
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import ModuleOutline
from alongside.model.overlay import Overlay
from alongside.model.scenarios import Scenario
from alongside.model.settings import Settings
from alongside.model.steps import STEP_KINDS

#: How the line begins by which an editor finds the schema of a file.
SCHEMA_LINE = "# yaml-language-server:"
DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: What one file holds.
FILES: dict[str, type[Element]] = {
    "module": ModuleOutline,
    "lesson": Lesson,
    "quiz": Quiz,
    "scenario": Scenario,
    "overlay": Overlay,
    "curriculum": CurriculumOutline,
    "settings": Settings,
}

#: What files hold that have entries by id.
ENTRIES: dict[str, str] = {
    "sources": "Publications that claims rest on, by id.",
    "glossary": "Words of the trade in plain words, by id.",
    "people": "People who worked on the curriculum, by id.",
    "cast": "Those who speak in conversations and scenarios, by id.",
    "safety": "What holds about safety in every module, by id.",
}

NAMES: tuple[str, ...] = (*FILES, *REGISTRIES, "mkdocs")


def file_name(name: str) -> str:
    """What the file with the schema called `name` is called."""
    return f"{name}.schema.json"


@cache
def schemas() -> dict[str, str]:
    """The text of every schema by the name of its file."""
    return {file_name(name): written(schema(name)) for name in NAMES}


def written(made: dict[str, Any]) -> str:
    """A schema as it stands in its file."""
    return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema of one kind of file, complete in itself."""
    if name == "mkdocs":
        return _of_configuration()
    if name in REGISTRIES:
        made = _of_model(REGISTRIES[name])
        definitions = made.pop("$defs", {})
        head = {
            "title": name.capitalize(),
            "description": ENTRIES[name],
            "type": "object",
            "propertyNames": _IDENTIFIER_KEY,
        }
        return _document({**head, "additionalProperties": made, "$defs": definitions})
    return _document(_of_model(FILES[name]))


def _document(body: dict[str, Any]) -> dict[str, Any]:
    definitions = body.pop("$defs", {})
    kept = {"$defs": dict(sorted(definitions.items()))} if definitions else {}
    return {"$schema": DIALECT, **body, **kept}


def _of_configuration() -> dict[str, Any]:
    """`mkdocs.yml` as a whole: our settings, and whatever MkDocs itself knows."""
    settings = _of_model(Settings)
    definitions = settings.pop("$defs", {})
    plugin = {"type": ["string", "object"], "properties": {"alongside": {"$ref": "#/$defs/Settings"}}}
    body = {
        "title": "Site",
        "description": "The configuration of a site. What Alongside reads of it stands below `plugins: - alongside:`.",
        "type": "object",
        "properties": {
            "site_name": {
                "type": ["string", "number"],
                "description": "What the site is called.",
                "examples": ["Riverside Mentors"],
            },
            "plugins": {
                "type": ["array", "object"],
                "items": plugin,
                "description": "What extends MkDocs; `- alongside:` has the settings of this site.",
                "examples": [[{"alongside": {"layers": ["bundled", "."]}}]],
            },
        },
        "required": ["site_name"],
        "$defs": {**definitions, "Settings": settings},
    }
    return _document(body)


# ------------------------------------------------------------ what pydantic says


class _Generator(GenerateJsonSchema):
    """Leaves out titles made from names of fields, which say nothing."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


def _of_model(model: type[Element]) -> dict[str, Any]:
    made = model.model_json_schema(schema_generator=_Generator)
    definitions: dict[str, Any] = made.pop("$defs", {})
    for name, inner in _models(model).items():
        _complete(made if inner is model else definitions[name], inner)
    steps = {_reference(step.__name__) for step in STEP_KINDS.values()}
    one_step = {
        kind: definitions.pop(step.__name__) for kind, step in STEP_KINDS.items() if step.__name__ in definitions
    }
    reshaped: dict[str, Any] = _reshaped(made, steps)
    kept = {name: _reshaped(body, steps) for name, body in definitions.items()}
    if one_step:
        kept["Step"] = _step({kind: _reshaped(body, steps) for kind, body in one_step.items()})
    return {**reshaped, "$defs": kept} if kept else reshaped


def _models(model: type[Element]) -> dict[str, type[Element]]:
    """Every model that can stand in `model`, itself included, by name."""
    found = {model.__name__: model}
    waiting = [model]
    while waiting:
        for info in waiting.pop().model_fields.values():
            for inner in models_in(info.annotation):
                if inner.__name__ not in found:
                    found[inner.__name__] = inner
                    waiting.append(inner)
    return found


def _complete(body: dict[str, Any], model: type[Element]) -> None:
    """Gives every field of a model its description, an example and, where it has one, its default."""
    for name, info in model.model_fields.items():
        field = {**body["properties"][name], "description": field_doc(model, name)}
        if info.default_factory is not None:
            field["default"] = info.get_default(call_default_factory=True)
        body["properties"][name] = {**dict(sorted(field.items())), "examples": [example(model, name)]}


# ----------------------------------------------------------- what an editor reads

_IDENTIFIER_KEY = {"pattern": IDENTIFIER_PATTERN}


def _reference(name: str) -> str:
    return f"#/$defs/{name}"


def _step(bodies: dict[str, Any]) -> dict[str, Any]:
    """A step: an object with one key of many."""
    properties = {kind: body["properties"][kind] for kind, body in bodies.items()}
    return {
        "title": "Step",
        "description": "One thing in a lesson. It has one key, which says what it is.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }


def _reshaped(node: Any, steps: set[str]) -> Any:
    """The schema as pydantic makes it, in the words that editors and our reader share."""
    if isinstance(node, list):
        return [_reshaped(entry, steps) for entry in node]
    if not isinstance(node, dict):
        return node
    members = [entry.get("$ref") for entry in node.get("oneOf", ()) if isinstance(entry, dict)]
    if members and steps.issuperset(members):
        return {"$ref": _reference("Step")}
    if "discriminator" in node:
        return {
            **{key: _reshaped(value, steps) for key, value in node.items() if key not in {"oneOf", "discriminator"}},
            **_by_kind(node),
        }
    shaped = {key: value if key in {"examples", "default"} else _reshaped(value, steps) for key, value in node.items()}
    if "patternProperties" in shaped:
        [(pattern, values)] = shaped.pop("patternProperties").items()
        shaped |= {"propertyNames": {"pattern": pattern}, "additionalProperties": values}
    return _scalar(shaped)


def _by_kind(node: dict[str, Any]) -> dict[str, Any]:
    """A choice that `kind` decides, so that an editor speaks of that kind only."""
    mapping: dict[str, str] = node["discriminator"]["mapping"]
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {
                "enum": list(mapping),
                "description": "What kind it is, which decides what else it needs.",
                "examples": [next(iter(mapping))],
            }
        },
        "allOf": [
            {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": {"$ref": reference}}
            for kind, reference in mapping.items()
        ],
    }


def _scalar(node: dict[str, Any]) -> dict[str, Any]:
    """A single value as an editor may see it: `2014` as a number, `"8"` as a text."""
    if "enum" in node or "const" in node or node.get("format") == "date":
        return node
    if node.get("type") == "string":
        named = node.get("pattern") == IDENTIFIER_PATTERN
        return {**node, "type": ["string", "integer" if named else "number", "boolean"]}
    if node.get("type") == "integer":
        bounds = {new: node.pop(old) for old, new in (("ge", "minimum"), ("le", "maximum")) if old in node}
        return {**node, "type": ["integer", "string"], "pattern": r"^\d{1,6}$", "minimum": 0, **bounds}
    if node.get("type") == "number":
        return {**node, "type": ["number", "string"], "pattern": r"^\d{1,6}(\.\d{1,3})?$", "minimum": 0}
    if node.get("type") == "boolean":
        return {**node, "type": ["boolean", "string"], "pattern": "^(true|false)$"}
    return node


# ---------------------------------------------------------------------- examples


@cache
def example(model: type[Element], name: str) -> Any:
    """An example of a field, typed and valid: its own, the one in `examples.yml`, or one put together from its parts."""
    info = model.model_fields[name]
    adapter: TypeAdapter[Any] = TypeAdapter(Annotated[info.annotation, info])  # type: ignore[arg-type]  # an annotation made here
    value = adapter.validate_python(_written(model, name))
    return adapter.dump_python(value, mode="json", exclude_unset=True)


def _written(model: type[Element], name: str) -> Any:
    """The example as an author would write it."""
    for owner in model.__mro__:
        entries = _examples().get(owner.__name__, {})
        if name in entries:
            return entries[name]
    info = model.model_fields[name]
    if info.examples:
        return info.examples[0]
    if get_origin(info.annotation) is Literal:
        return get_args(info.annotation)[0]
    inner = next(models_in(info.annotation), None)
    if inner is None:
        raise LookupError(
            f"{model.__name__}.{name} has no example: write one into builder/alongside/model/examples.yml, or Field(examples=[…])"
        )
    return _around(info, _smallest(inner))


def _smallest(model: type[Element]) -> dict[str, Any]:
    """A model with what it must have and no more."""
    return {name: _written(model, name) for name, info in model.model_fields.items() if info.is_required()}


def _around(info: FieldInfo, value: Any) -> Any:
    """The value as the field holds it: by itself, in a list, or by an id."""
    shape = str(info.annotation)
    if shape.startswith("dict["):
        return {"an-id": value}
    if "tuple[" not in shape:
        return value
    least = next((bound.min_length for bound in info.metadata if isinstance(bound, MinLen)), 1)
    return [value, *({**value, "id": f"{value['id']}-{number}"} for number in range(2, least + 1))]


@cache
def _examples() -> dict[str, Any]:
    path = Path(__file__).with_name("examples.yml")
    mapping, problems = read_bytes(path.read_bytes(), path.name)
    assert mapping is not None, problems
    assert not problems, problems
    return mapping


def all_models() -> dict[str, type[BaseModel]]:
    """Every model that stands in some schema, by name."""
    roots = [*FILES.values(), *REGISTRIES.values()]
    return {name: model for root in roots for name, model in _models(root).items()}
