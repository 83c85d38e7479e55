"""Addresses that pages of modules had before something was renamed, as `formerly` says, with where each leads now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from alongside.files.located import Place
from alongside.load.layers import RESERVED_IDS, RESERVED_IN_MODULES
from alongside.model.modules import Module


@dataclass(frozen=True, slots=True)
class Former:
    """An address of before, the one of now, and where its author says so."""

    url: str
    leads_to: str
    place: Place


def former_addresses(modules: Mapping[str, Module], papers: Mapping[str, Iterable[str]]) -> Iterator[Former]:
    """Every address of before. `papers` are the addresses of each module's copies for paper.

    Names that are in use, by the site itself or as M132 and M133 say, lead nowhere else.
    """
    times = Counter(name for module in modules.values() for name in module.outline.formerly)
    for module in modules.values():
        names = [
            (name, module.outline.place("formerly", index))
            for index, name in enumerate(module.outline.formerly)
            if name not in modules and name not in RESERVED_IDS and times[name] == 1
        ]
        parts = [*_parts(module), *((url.removeprefix(f"{module.id}/"), url, None) for url in papers[module.id])]
        for part, now, said in parts:
            if said:  # a lesson with another name, in a module with the same
                yield Former(f"{module.id}/{part}", now, said)
            for name, place in names:
                yield Former(f"{name}/{part}", now, said or place)


def _parts(module: Module) -> Iterator[tuple[str, str, Place | None]]:
    """The pages of a module below its address, as they are and as they were called, with their address of now."""
    yield "", f"{module.id}/", None
    if module.quiz:
        yield f"{module.quiz.id}/", f"{module.id}/{module.quiz.id}/", None
    in_use = {*module.parts, *RESERVED_IN_MODULES}
    times = Counter(name for lesson in module.lessons for name in lesson.formerly)
    for lesson in module.lessons:
        now = f"{module.id}/{lesson.id}/"
        yield f"{lesson.id}/", now, None
        for index, name in enumerate(lesson.formerly):
            if name not in in_use and times[name] == 1:
                yield f"{name}/", now, lesson.place("formerly", index)
