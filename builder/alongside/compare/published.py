"""What a site last published, as `.alongside/published.json` remembers it: versions of layers, ids and fingerprints.

Layers from a package have no past in the site’s repository, so this is what an upgrade is compared with. Programs write the
file, and a site commits it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from alongside.compare.changes import Measures, Seen, SeenModule, edition
from alongside.files import door
from alongside.files.problems import ContentError
from alongside.load.layers import Layer
from alongside.load.taken import MEMORY, not_understood, read_record, record
from alongside.model.curriculum import Curriculum
from alongside.model.identity import Noun

PUBLISHED = f"{MEMORY}/published.json"


@dataclass(frozen=True)
class _Module:
    measures: Measures
    #: Noun, id, title, fingerprint and earlier ids of each.
    parts: list[tuple[Noun, str, str, str, list[str]]]


@dataclass(frozen=True)
class _Form:
    on: date
    layers: dict[str, str]
    waiting: list[str]
    modules: dict[str, _Module]


_FORM: TypeAdapter[_Form] = TypeAdapter(_Form)


@dataclass(frozen=True)
class Published:
    """What learners had on a day."""

    on: date
    #: Versions of the layers by name; empty where one has none.
    layers: Mapping[str, str]
    modules: Mapping[str, SeenModule]
    #: Modules that were there and waited to be named.
    waiting: tuple[str, ...] = ()


def published(root: Path) -> Published | None:
    """What the site at `root` last published; `None` where nothing is known of it. Raises `ContentError` where it cannot be read."""
    path = root / PUBLISHED
    if not door.is_file(path, root):
        return None
    content, problems = read_record(path, PUBLISHED, "published")
    made = None if problems else _made(content)
    if made is None:
        raise ContentError(problems or [not_understood(PUBLISHED)])
    return made


def _made(content: Mapping[str, Any]) -> Published | None:
    try:
        read = _FORM.validate_python(dict(content))
    except ValidationError:
        return None
    modules = {}
    for name, one in read.modules.items():
        parts = tuple(_seen(name, entry) for entry in one.parts)
        if not parts or parts[0].noun != "module":
            return None
        modules[name] = SeenModule(name, parts, one.measures)
    return Published(read.on, read.layers, modules, tuple(read.waiting))


def _seen(module: str, entry: tuple[Noun, str, str, str, list[str]]) -> Seen:
    noun, name, title, fingerprint, formerly = entry
    return Seen(noun, module, name, title, fingerprint, tuple(formerly))


def remembered(curriculum: Curriculum, layers: Sequence[Layer], today: date) -> bytes:
    """The file that says what is published now. Raises `OSError` where it would be too large."""
    modules = {
        name: {
            "measures": asdict(module.measures),
            "parts": [[p.noun, p.id, p.title, p.fingerprint, [*p.formerly]] for p in module.parts],
        }
        for name, module in edition(curriculum).items()
    }
    content = {
        "on": today.isoformat(),
        "layers": {layer.name: layer.version for layer in layers},
        "waiting": [*curriculum.waiting],
        "modules": modules,
    }
    return record({"published": content})
