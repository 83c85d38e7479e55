"""Layers of folders to one curriculum, with everything that is wrong on the way.

Reads only. A file that cannot be understood is reported and left out; the rest is read all the
same, so that one run shows every problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from alongside.files import door
from alongside.files.cache import NO_CACHE, Cache
from alongside.files.located import Place
from alongside.files.problems import Problem
from alongside.load.dependencies import SITE
from alongside.load.layers import Layer, meant_for
from alongside.load.modules import FileReader, Memory
from alongside.load.strays import misnamed_files, strange_files
from alongside.model.curriculum import CastMember, Curriculum, CurriculumOutline, Person, SafetyRule, Source, Term


def load_curriculum(
    layers: Sequence[Layer],
    leave_out: Sequence[str] = (),
    memory: Memory | None = None,
    cache: Cache = NO_CACHE,
) -> tuple[Curriculum | None, list[Problem]]:
    """The curriculum of all layers, and everything that is wrong with its files.

    A later layer replaces a module by id, `curriculum.yml` as a whole, and entries of the other
    registries by id. Returns `None` only where there is no usable `curriculum.yml`.
    `memory` and the `cache` spare files that are as they were, in this process and since an earlier one.
    """
    reader = FileReader({} if memory is None else memory, cache)
    reader.problems += strange_files(layers)
    reader.problems += [problem for layer in layers for problem in misnamed_files(layer)]
    outline: CurriculumOutline | None = None
    sources: dict[str, Source] = {}
    glossary: dict[str, Term] = {}
    people: dict[str, Person] = {}
    cast: dict[str, CastMember] = {}
    safety: dict[str, SafetyRule] = {}
    outlines = [(layer, layer.modules / "curriculum.yml") for layer in layers]
    with reader.of(SITE):
        for layer, path in outlines:
            if layer.holds(path):
                outline = reader.file(layer, path, CurriculumOutline, "curriculum") or outline
            sources |= reader.registry(layer, "sources", Source)
            glossary |= reader.registry(layer, "glossary", Term)
            people |= reader.registry(layer, "people", Person)
            cast |= reader.registry(layer, "cast", CastMember)
            safety |= reader.registry(layer, "safety", SafetyRule)
    if not any(layer.holds(path) or door.is_strange(path) or meant_for(path) for layer, path in outlines):
        reader.problems.append(_no_curriculum(layers))
    modules = {}
    folders = _in_order(layers, outline.order if outline else ())
    for name, (layer, folder) in folders.items():
        module = None if name in leave_out else reader.module(layer, folder)
        if module:
            modules[name] = module
    if outline is None:
        return None, reader.problems
    left_out = frozenset(leave_out) & folders.keys()
    paths = dict(outline.paths)
    curriculum = Curriculum(outline, modules, paths, sources, glossary, people, cast, safety, left_out=left_out)
    return curriculum, reader.problems


def _no_curriculum(layers: Sequence[Layer]) -> Problem:
    modules = sorted({folder.name for layer in layers for folder in layer.module_folders()})
    return Problem(
        "L101",
        "error",
        "there is no modules/curriculum.yml",
        Place("modules/curriculum.yml"),
        "a file that names the modules in order",
        f"title: Our training\nsummary: What it is for.\norder: [{', '.join(modules)}]",
    )


def _in_order(layers: Sequence[Layer], order: Sequence[str]) -> dict[str, tuple[Layer, Path]]:
    """The folder of each module, the one that wins: first those that the curriculum names, then the others."""
    folders = {folder.name: (layer, folder) for layer in layers for folder in layer.module_folders()}
    named = {name: folders[name] for name in order if name in folders}
    return named | folders
