"""Layers of folders to one curriculum, with everything that is wrong on the way.

Reads only. A file that cannot be understood is reported and left out; the rest is read all the
same, so that one run shows every problem.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

from alongside.files import door
from alongside.files.cache import NO_CACHE, SITE, Cache
from alongside.files.located import Place
from alongside.files.problems import Problem, printable, quoted
from alongside.load.layers import Layer, meant_for
from alongside.load.modules import FileReader, Memory
from alongside.load.overlays import Stack, stacks, useless
from alongside.load.strays import misnamed_files, strange_files
from alongside.model.curriculum import REGISTRIES, Curriculum, CurriculumOutline
from alongside.model.overlay import OVERLAY


def load_curriculum(
    layers: Sequence[Layer],
    leave_out: Sequence[str] = (),
    memory: Memory | None = None,
    cache: Cache = NO_CACHE,
) -> tuple[Curriculum | None, list[Problem]]:
    """The curriculum of all layers, and everything that is wrong with its files.

    A later layer replaces a module or parts of it by id, `curriculum.yml` as a whole or by what its overlay says, and entries
    of the other registries by id. Where a layer has a `curriculum.yml`, modules of layers below that it does not name wait.
    Returns `None` only where there is no usable `curriculum.yml`.
    `memory` and the `cache` spare files that are as they were, in this process and since an earlier one.
    """
    reader = FileReader({} if memory is None else memory, cache)
    reader.problems += strange_files(layers)
    reader.problems += [problem for layer in layers for problem in misnamed_files(layer)]
    registries: dict[str, Any] = {name: {} for name in REGISTRIES}
    with reader.of(SITE):
        outline, below = _outline(reader, layers)
        for layer in layers:
            for name, model in REGISTRIES.items():
                registries[name] |= reader.registry(layer, name, model)
    modules = {}
    folders = _in_order(layers, outline.order if outline else ())
    waiting: dict[str, str] = {}
    if outline:
        waiting = _waiting(folders, below, {*outline.order, *leave_out})
        reader.problems += [_waits(name, layer, outline) for name, layer in waiting.items()]
    for name, stack in folders.items():
        module = None if name in leave_out or name in waiting else reader.module(stack)
        if module:
            modules[name] = module
    if outline is None:
        return None, reader.problems
    left_out = frozenset(leave_out) & folders.keys()
    paths = dict(outline.paths)
    foreign = tuple(layer.prefix for layer in layers if layer.prefix)
    curriculum = Curriculum(
        outline, modules, paths, **registries,
        left_out=left_out, waiting=waiting, left_out_parts=frozenset(reader.left_out), foreign=foreign,
    )  # fmt: skip
    return curriculum, reader.problems


def _outline(reader: FileReader, layers: Sequence[Layer]) -> tuple[CurriculumOutline | None, Sequence[Layer]]:
    """What the last `curriculum.yml` that can be read says, with overlays over it, and the layers below its own."""
    files = [(layer, layer.modules / "curriculum.yml") for layer in layers]
    found: list[Stack] = []
    for layer, path in files:
        if layer.holds(path):
            found.append(Stack("curriculum", ((layer, layer.modules),)))
            reader.problems += useless(layer, layer.modules, path)
        elif found and layer.holds(layer.modules / f"{OVERLAY}.yml"):
            found[-1] = replace(found[-1], folders=(*found[-1].folders, (layer, layer.modules)))
    if not any(layer.holds(path) or door.is_strange(path) or meant_for(path) for layer, path in files):
        reader.problems.append(_no_curriculum(layers))
    outline: CurriculumOutline | None = None
    below: Sequence[Layer] = ()
    for stack in found:
        made = reader.outline(stack)
        if made:
            outline, below = made, layers[: layers.index(stack.folders[0][0])]
    return outline, below


def _waits(name: str, layer: str, outline: CurriculumOutline) -> Problem:
    return Problem(
        "R258",
        "warning",
        f"the module {quoted(name)} of {printable(layer)} waits: this site does not show it until the order names it",
        outline.place("order"),
        "each module in the order, or below leave_out: in mkdocs.yml",
        f"read it, then add {name} to order: here; or write it below leave_out:",
    )


def _waiting(folders: Mapping[str, Stack], below: Sequence[Layer], shown: Container[str]) -> dict[str, str]:
    """Modules that wait until the curriculum names them, with their layers: those `below` the layer of `curriculum.yml`.

    What is new there after an upgrade is shown to nobody before somebody has read it.
    """
    of_layer = {name: stack.folders[0][0] for name, stack in folders.items()}
    return {name: layer.name for name, layer in of_layer.items() if layer in below and name not in shown}


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


def _in_order(layers: Sequence[Layer], order: Sequence[str]) -> dict[str, Stack]:
    """The folders of each module: first of those that the curriculum names, then of the others."""
    found = stacks(layers)
    named = {name: found[name] for name in order if name in found}
    return named | found
