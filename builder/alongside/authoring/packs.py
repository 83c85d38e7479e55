"""Packs: modules to hand on, with the sources, terms and people that they name, as a layer for other sites.

A pack holds what authors write and nothing else: no templates, no scripts, no pages. What it says
is judged by the checks, as if it stood in the site itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from alongside.files import door
from alongside.files.archive import ArchiveError, unpacked
from alongside.files.problems import quoted
from alongside.files.source import read_file
from alongside.load.layers import media_files
from alongside.load.project import Project
from alongside.model.curriculum import Curriculum
from alongside.model.element import texts
from alongside.model.modules import Module
from alongside.rules.references.citations import listed_sources
from alongside.texts import markup

REGISTRIES = ("sources.yml", "glossary.yml", "people.yml")
#: What can stand in a pack.
INSIDE = re.compile(rf"modules/(?:{'|'.join(map(re.escape, REGISTRIES))}|[a-z0-9-]+/(?:[a-z0-9-]+\.yml|media/.+))")


def pack(project: Project, curriculum: Curriculum, names: Iterable[str]) -> dict[str, bytes]:
    """The files of a pack with these modules, which have to be there. May raise `OSError`."""
    modules = [curriculum.modules[name] for name in names]
    files: dict[str, bytes] = {}
    for module in modules:
        texts_of = [path for path in door.files_in(module.folder) if path.suffix == ".yml"]
        for path in [*texts_of, *media_files(module)]:
            files[f"modules/{module.id}/{path.relative_to(module.folder).as_posix()}"] = door.read(path)
    wanted = _named(modules, curriculum)
    for registry in REGISTRIES:
        text = "".join(_entries(project, registry, wanted[registry]))
        if text:
            files[f"modules/{registry}"] = text.encode()
    return files


def _named(modules: list[Module], curriculum: Curriculum) -> dict[str, set[str]]:
    """What modules name in each registry, and what that names in turn."""
    sources = {name for module in modules for name, _ in listed_sources(module)}
    terms: set[str] = set()
    people: set[str] = set()
    written = [text.value for module in modules for file in module.files for text in texts(file)]
    for module in modules:
        outline = module.outline
        people.update(name for names in outline.credits.values() for name in names)
        if outline.reviewed:
            people.add(outline.reviewed.by)
    while written:
        text = written.pop()
        sources.update(mention.name for mention in markup.citations(text))
        for name in {mention.name for mention in markup.terms(text)} - terms:
            terms.add(name)
            term = curriculum.glossary.get(name)
            if term:
                written += [*(inner.value for inner in texts(term)), *(f"[[{other}]]" for other in term.see)]
    return {"sources.yml": sources, "glossary.yml": terms, "people.yml": people}


def _entries(project: Project, registry: str, wanted: set[str]) -> Iterator[str]:
    """The entries of a registry as their authors wrote them, each from the last layer that has it."""
    left = set(wanted)
    for layer in reversed(project.layers):
        path = layer.modules / registry
        mapping = read_file(path, layer.label(path))[0] if layer.holds(path) else None
        if mapping is None:
            continue
        lines = door.read(path).decode("utf-8-sig").splitlines()
        for name in [name for name in mapping if name in left]:
            left.remove(name)
            last = max(mapping.value_places[name].line, getattr(mapping[name], "end_line", 0))
            yield "\n".join(lines[mapping.key_places[name].line - 1 : last]) + "\n"


def read_pack(path: Path) -> dict[str, bytes]:
    """The files of a pack.

    Raises `ArchiveError` where it is no archive that can be trusted or holds anything but modules,
    and `OSError` where it cannot be read.
    """
    return pack_in(unpacked(path))


def pack_in(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a pack, if they are one. Raises `ArchiveError` where there is anything but modules among them."""
    reasons = [f"{quoted(name)} is no part of a module" for name in files if not INSIDE.fullmatch(name)]
    folders = {PurePosixPath(name).parts[1] for name in files if name.count("/") > 1}
    reasons += [
        f"the folder {quoted(folder)} has no module.yml"
        for folder in sorted(folders)
        if f"modules/{folder}/module.yml" not in files
    ]
    if not folders:
        reasons.append("it holds no module")
    if reasons:
        raise ArchiveError(reasons)
    return files
