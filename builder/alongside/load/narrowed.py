"""A part of the course: some of its modules, without all that leads to the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from alongside.load.drafts import COPIES
from alongside.model.curriculum import Curriculum, LearningPath
from alongside.model.modules import Module


def narrowed(
    curriculum: Curriculum, names: Collection[str], paths: Mapping[str, LearningPath] | None = None
) -> Curriculum:
    """The curriculum with those modules alone, in its own order. A link to any other falls back to its words.

    `paths` are those of the site, with those that its settings name. One of which no module is left is gone.
    """
    modules = {name: module for name, module in curriculum.modules.items() if name in names}
    gone = [module for name, module in curriculum.modules.items() if name not in modules]
    empty = [
        f"paths/{name}"
        for name, path in (curriculum.paths if paths is None else paths).items()
        if not modules.keys() & {*path.modules}
    ]
    withheld = curriculum.withheld | {address for module in gone for address in _addresses(module)} | {*empty}
    return replace(curriculum, modules=modules, withheld=withheld)


def _addresses(module: Module) -> Iterable[str]:
    """The addresses of the pages of a module."""
    return (module.id, *(f"{module.id}/{part}" for part in (*module.parts, *COPIES)))
