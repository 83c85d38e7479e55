"""Ids for whatever has none: short slugs of its text, put into the file that lacks them.

Knows the models, so a new kind of question needs nothing here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_origin

from alongside.files import door
from alongside.files.edits import Insertion, inserted, new_key, put
from alongside.files.located import LocatedMapping, Place
from alongside.files.names import Names
from alongside.files.paths import real
from alongside.files.problems import Problem
from alongside.files.source import read_bytes, read_content
from alongside.model.element import Element, models_in
from alongside.model.exercises import EXERCISE_KINDS, Blank, Exercise
from alongside.model.lessons import model_by_keys
from alongside.model.modules import ModuleOutline
from alongside.model.questions import QUESTION_KINDS, Question
from alongside.model.scenarios import InlineScenario
from alongside.model.steps import STEP_KINDS, Rule

#: Fields whose text says best what a thing is, the first one that is there.
TELLING = ("title", "prompt", "label", "text", "rule", "accept", "name", "match")

#: Words that say little in a short name.
LITTLE = frozenset(
    "a an the and or but of to in on at for from with by as is are was were be been it its this that these those i you he she "
    "we they me my your their our his her them us do does did will would can could should have has had not so if then than what "
    "very before after which who how when where why s t m re ve ll d".split()
)
MOST_WORDS, LONGEST = 4, 32


@dataclass(frozen=True, slots=True)
class Proposal:
    """An id for something that has none."""

    noun: str
    id: str
    mapping: LocatedMapping

    @property
    def place(self) -> Place:
        """Where the thing without an id stands."""
        return self.mapping.place

    @property
    def insertion(self) -> Insertion:
        """How the id is put into the file."""
        return new_key(self.mapping, "id", self.id)


@dataclass(frozen=True)
class Filling:
    """A file with ids that are missing, and what it holds with them."""

    path: Path
    proposals: tuple[Proposal, ...]
    content: bytes


def fillings(paths: Sequence[Path], root: Path) -> tuple[list[Filling], list[Problem]]:
    """The files below `paths` that lack ids, each with ids for them, and what cannot be read.

    Other files of the same modules are read too, since ids are unique in a module.
    """
    wanted = sorted({file for path in paths for file in _yaml_files(path)})
    made: list[Filling] = []
    problems: list[Problem] = []
    for folder in sorted({file.parent for file in wanted}):
        contents, mappings, found = _read(folder, root)
        problems += found
        proposed = proposals([(file.name, mapping) for file, mapping in mappings.items()])
        for file, mapping in mappings.items():
            if file in wanted and proposed[file.name]:
                filling = _filling(file, contents[file], mapping, proposed[file.name])
                if filling:
                    made.append(filling)
                else:
                    place = mapping.place
                    problems.append(
                        Problem(
                            "M111",
                            "error",
                            "ids cannot be put into this file by a program",
                            place,
                            fix="write them yourself",
                        )
                    )
    return made, problems


def _read(folder: Path, root: Path) -> tuple[dict[Path, bytes], dict[Path, LocatedMapping], list[Problem]]:
    """The files of a folder that can be read, what those hold that can be understood, and what is wrong with the others."""
    contents: dict[Path, bytes] = {}
    mappings: dict[Path, LocatedMapping] = {}
    problems: list[Problem] = []
    for file in (file for file in door.files_in(folder) if file.suffix == ".yml"):
        content, found = read_content(file, _label(file, root))
        problems += found
        if content is None:
            continue
        contents[file] = content
        mapping, found = read_bytes(content, _label(file, root))
        problems += found
        if mapping is not None and not found:
            mappings[file] = mapping
    return contents, mappings, problems


def write(found: Sequence[Filling]) -> None:
    """Puts the ids into the files: into all of them or, where the disk refuses (`OSError`), into none."""
    put({}, {filling.path: filling.content for filling in found})


def _filling(file: Path, content: bytes, mapping: LocatedMapping, proposed: list[Proposal]) -> Filling | None:
    """The file with its ids, or `None` where more than ids would change, as after `id: ~`."""
    after = inserted(content, [proposal.insertion for proposal in proposed])
    for proposal in proposed:
        proposal.mapping["id"] = proposal.id
    if read_bytes(after, file.name)[0] != mapping:
        return None
    return Filling(file, tuple(proposed), after)


def _yaml_files(path: Path) -> list[Path]:
    """The YAML files below a folder. What somebody else may have put there is not followed, what a person names is."""
    place = real(path)
    return [file for file in door.below(place).files if file.suffix == ".yml"] if place.is_dir() else [place]


def _label(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file)


@dataclass
class Scopes:
    """Ids that are taken, by what they have to be unique in."""

    module: Names = field(default_factory=Names)
    inner: dict[int, Names] = field(default_factory=dict)

    def of(self, model: type[Element], path: Sequence[tuple[type[Element], LocatedMapping]]) -> Names:
        """Where an id of this model has to be unique; `path` leads to it from the file."""
        if issubclass(model, Question | Exercise | InlineScenario):
            return self.module
        owner = path[-1][1]
        if issubclass(model, Rule):
            owner = path[0][1]
        elif issubclass(model, Blank):
            owner = next(mapping for kind, mapping in reversed(path) if issubclass(kind, Exercise))
        return self.inner.setdefault(id(owner), Names())


#: What stands inside a file: its model, itself, and what leads to it.
Found = tuple[type[Element], LocatedMapping, tuple[tuple[type[Element], LocatedMapping], ...]]


def slug(text: str) -> str:
    """A short readable name made of the words of a text that say most; empty where it has no Latin letters."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("'", ""))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    telling = [word for word in words if word not in LITTLE] or words
    name = ""
    for word in telling[:MOST_WORDS]:
        longer = f"{name}-{word}" if name else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        name = longer
    return "" if name.isdigit() or name in {"null", "true", "false"} else name


def proposals(files: Sequence[tuple[str, LocatedMapping]]) -> dict[str, list[Proposal]]:
    """Ids for what has none in the files of one module, by file, unique where they have to be."""
    scopes = Scopes()
    found = {name: list(_inside(_model_of(name, mapping), mapping, ())) for name, mapping in files}
    for entries in found.values():
        for model, mapping, path in entries:
            taken = scopes.of(model, path)
            taken.take(*(str(name) for name in (mapping.get("id"), *(mapping.get("formerly") or ())) if name))
    made: dict[str, list[Proposal]] = {}
    for name, entries in found.items():
        made[name] = [
            _proposal(model, mapping, scopes.of(model, path))
            for model, mapping, path in entries
            if mapping.get("id") is None and mapping
        ]
    return made


def _proposal(model: type[Element], mapping: LocatedMapping, taken: Names) -> Proposal:
    noun = model.called()
    wanted = next((name for name in map(slug, _texts(mapping)) if name), "")
    chosen = taken.free(wanted or noun.replace(" ", "-"), numbered=not wanted)
    taken.take(chosen)
    return Proposal(noun, chosen, mapping)


def _texts(mapping: LocatedMapping) -> Iterator[str]:
    for name in TELLING:
        value = mapping.get(name)
        if isinstance(value, list):
            value = next((entry for entry in value if isinstance(entry, str)), None)
        if isinstance(value, str):
            yield value


def _model_of(name: str, mapping: LocatedMapping) -> type[Element] | None:
    """What a file of a module holds."""
    if name.rpartition("/")[2] == "module.yml":
        return ModuleOutline
    return model_by_keys(mapping)


def _inside(
    model: type[Element] | None, mapping: LocatedMapping, path: tuple[tuple[type[Element], LocatedMapping], ...]
) -> Iterator[Found]:
    """Everything in `mapping` that has an id or should have one, in the order of the file."""
    if model is None:
        return
    if path and "id" in model.model_fields:
        yield model, mapping, path
    for name, value in mapping.items():
        info = model.model_fields.get(name)
        if info is not None:
            for inner in _mappings(info.annotation, value):
                yield from _inside(_member(info.annotation, inner), inner, (*path, (model, mapping)))


def _mappings(annotation: Any, value: Any) -> Iterator[LocatedMapping]:
    """The mappings that a field holds: one, a list of them, or some by id."""
    if get_origin(annotation) is dict and isinstance(value, LocatedMapping):
        value = list(value.values())
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, LocatedMapping):
            yield entry


def _member(annotation: Any, mapping: LocatedMapping) -> type[Element] | None:
    """Which model of those that a field may hold this mapping is."""
    models = list(models_in(annotation))
    if len(models) <= 1:
        return models[0] if models else None
    registry: dict[str, type[Element]] = {**QUESTION_KINDS} if issubclass(models[0], Question) else {**EXERCISE_KINDS}
    if set(models) == set(STEP_KINDS.values()):
        return next((step for kind, step in STEP_KINDS.items() if kind in mapping), None)
    return registry.get(str(mapping.get("kind")))
