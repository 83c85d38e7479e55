"""Addresses of before: of what was renamed, as `formerly` says, and those that the settings name, with where each leads now."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from alongside.files.located import Place
from alongside.files.paths import SCHEME, address, unsafe_part
from alongside.files.problems import Problem, nearest, quoted
from alongside.load.layers import RESERVED_IDS, RESERVED_IN_MODULES
from alongside.model.curriculum import Curriculum
from alongside.model.identity import earlier_ids, module_names
from alongside.model.modules import Module
from alongside.model.settings import Settings


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
    yield from _from_elsewhere(modules)


def _from_elsewhere(modules: Mapping[str, Module]) -> Iterator[Former]:
    """Addresses of lessons that stood in another module, under each name that it has and had."""
    names = module_names(modules)
    claims = [
        (old, f"{module.id}/{lesson.id}/", lesson.place("formerly", at))
        for module in modules.values()
        for lesson in module.lessons
        for at, name in enumerate(lesson.formerly)
        if "/" in name
        for old in earlier_ids([name], names)
    ]
    times = Counter(old for old, _, _ in claims)
    for old, now, place in claims:
        module, name = old.split("/")
        here = modules.get(names.get(module, (module,))[0])
        in_use = {*RESERVED_IN_MODULES, *(here.parts if here else ())}
        if times[old] == 1 and name not in in_use and module not in RESERVED_IDS:
            yield Former(f"{old}/", now, place)


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
            if "/" not in name and name not in in_use and times[name] == 1:
                yield f"{name}/", now, lesson.place("formerly", index)


# ------------------------------------------------- addresses that settings name


def redirects(settings: Settings, pages: Container[str], curriculum: Curriculum) -> Iterator[Former]:
    """Each that leads from an address of this site to one of its `pages`. What is wrong with the others, `wrong_redirects` says."""
    for old, target in settings.redirects.items():
        url, leads_to = _page_address(old), _page_address(target.partition("#")[0])
        if _usable(old) and leads_to in pages and leads_to.rstrip("/") not in curriculum.withheld and url != leads_to:
            yield Former(url, leads_to, settings.place("redirects", old, key=True))


def wrong_redirects(
    settings: Settings, pages: Collection[str], formers: Mapping[str, str], curriculum: Curriculum
) -> Iterator[Problem]:
    """A problem for each that leads out of the site, in a circle, nowhere, or on to another address of before."""
    all_ours = {
        _page_address(old): _page_address(target.partition("#")[0]) for old, target in settings.redirects.items()
    }
    # Where a page stands already, `addresses.py` says so.
    ours = {old: leads_to for old, leads_to in all_ours.items() if old not in pages}
    for old, target in settings.redirects.items():
        leads_to = _page_address(target.partition("#")[0])
        at_old, at_target = settings.place("redirects", old, key=True), settings.place("redirects", old)
        if not _usable(old):
            what = f"{quoted(old)} is no address on this site"
            yield _wrong(
                what,
                at_old,
                "a path from the top of the site, such as welcome/start.html",
                "write the path alone, without a host, ? or #",
            )
        elif SCHEME.match(target) or target.startswith(("//", "\\")):
            what = f"{quoted(target)} leads to another site"
            yield _wrong(
                what,
                at_target,
                PAGE,
                "write the page of this site to which it leads; for another site write a page that links there",
            )
        elif leads_to in ours or leads_to in formers:
            end = _end(leads_to, {**formers, **ours})
            what = f"{quoted(target)} leads {'on to another address of before' if end else 'in a circle'}"
            yield _wrong(
                what,
                at_target,
                PAGE,
                f"write {end.rstrip('/') or 'index'}" if end is not None else "write the page that it is to lead to",
            )
        elif leads_to not in pages and leads_to.rstrip("/") not in curriculum.withheld:
            known = [page.rstrip("/") for page in pages]
            what = f"there is no page {quoted(target)}{nearest(leads_to.rstrip('/'), known)}"
            close = get_close_matches(leads_to.rstrip("/"), known, n=1)
            yield _wrong(
                what, at_target, PAGE, f"write {close[0]}" if close else "correct the address, or delete this entry"
            )


PAGE = "a page of this site, such as foundations/six-roles or support"


def _wrong(what: str, place: Place, expected: str, fix: str) -> Problem:
    return Problem("R267", "error", what, place, expected, fix)


def _page_address(path: str) -> str:
    """A path as settings have it, as the address of a page: `/welcome/start` is `welcome/start/`, and `index` the top."""
    plain = address(path).strip("/")
    plain = plain.removesuffix("/index.html")
    if plain in {"", "index", "index.html"}:
        return ""
    return plain if plain.endswith(".html") else f"{plain}/"


def _usable(path: str) -> bool:
    """Whether a path can be an address on this site: another one than that of the home page, that every host can keep."""
    return bool(_page_address(path)) and not unsafe_part(path.strip("/")) and not re.search(r"[?#%]", path)


def _end(url: str, ways: Mapping[str, str]) -> str | None:
    """Where one comes out who follows addresses of before; `None` in a circle."""
    seen = set()
    while url in ways:
        if url in seen:
            return None
        seen.add(url)
        url = ways[url]
    return url
