"""Packs: modules to hand on as a layer for other sites, or a whole layer with what it changes in layers below.

Modules bring the sources, terms, people and safety rules that they name. A pack holds what authors write and nothing else: no templates and no scripts, and pages only with a whole layer. What it
says is judged by the checks, as if it stood in the site itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from alongside.files import door
from alongside.files.archive import ArchiveError, unpacked
from alongside.files.problems import quoted
from alongside.files.source import MAX_BYTES, read_file
from alongside.load.layers import Layer, media_files, yaml_files
from alongside.load.news import CHANGELOG
from alongside.load.project import Project
from alongside.load.taken import TAKEN
from alongside.media.published import PUBLISHED
from alongside.model.curriculum import REGISTRIES, Curriculum
from alongside.model.element import texts
from alongside.model.modules import Module
from alongside.model.overlay import OVERLAY
from alongside.rules.references.citations import listed_sources
from alongside.rules.references.safety_rules import named_rules
from alongside.texts import markup

#: How many entries and bytes one file of a pack gets. More of them could be refused where the pack is read (L109).
MOST_ENTRIES, MOST_BYTES = 500, MAX_BYTES // 2
#: What says that a pack is a whole layer, and all that it says.
MARK, MARKED = "layer.json", b'{"layer": 1}\n'
#: What the notes of a layer are called in a pack: no archive may hold hidden files.
NOTES = "taken.json"
#: What can stand in a pack of modules.
INSIDE = re.compile(rf"modules/(?:(?:{'|'.join(REGISTRIES)})\.yml|[a-z0-9-]+/(?:[a-z0-9-]+\.yml|media/.+))")

#: What can stand in a pack that is a layer: that, what a layer says of all modules, notes of what it took over, and pages.
ABOVE = re.compile(
    rf"modules/(?:curriculum\.yml|{OVERLAY}\.yml|{re.escape(CHANGELOG)})|{re.escape(NOTES)}"
    rf"|content/.+(?:\.md|{'|'.join(map(re.escape, sorted(PUBLISHED)))})"
)


def pack(project: Project, curriculum: Curriculum, names: Sequence[str]) -> dict[str, bytes]:
    """The files of a pack with these modules, which have to be there.

    Raises `ArchiveError` for modules that an overlay changes, since a pack holds files as they are written; may raise `OSError`.
    """
    modules = [curriculum.modules[name] for name in names]
    changed = [module for module in modules if any((folder / f"{OVERLAY}.yml").is_file() for folder in module.overlays)]
    if changed:
        reasons = (
            f"{OVERLAY}.yml changes parts of {quoted(module.id)}, and a pack holds whole files" for module in changed
        )
        raise ArchiveError(
            [*reasons, "alongside export pack --layer hands on this whole folder, with all that it changes"]
        )
    files: dict[str, bytes] = {}
    for module in modules:
        written = [(name, path) for name, path in module.beside.items() if "/" not in name and name.endswith(".yml")]
        for name, path in [*written, *media_files(module)]:
            files[f"modules/{module.id}/{name}"] = door.read(path)
    wanted = _named(modules, curriculum)
    for registry in REGISTRIES:
        parts = _parts(_entries(project, registry, wanted[registry]))
        if len(parts) > 1 and registry not in names:  # a module can have the name
            files |= {f"modules/{registry}/{number}.yml": part for number, part in enumerate(parts, 1)}
        elif parts:
            files[f"modules/{registry}.yml"] = b"".join(parts)
    return files


def pack_layer(layer: Layer) -> dict[str, bytes]:
    """The files of a pack that is a whole layer: its modules, what it changes in those of other layers, and its pages.

    Settings and the theme are no part of it. Raises `ArchiveError` where there is nothing to hand on; may raise `OSError`.
    """
    paths = [layer.modules / name for name in ("curriculum.yml", f"{OVERLAY}.yml", CHANGELOG)]
    for registry in REGISTRIES:
        paths += layer.registry_files(registry)
    for folder in layer.module_folders():
        paths += [*yaml_files(folder), *door.below(folder / "media").files]
    content = door.below(layer.root / "content").files
    paths += [path for path in content if path.suffix.lower() in {".md", *PUBLISHED}]
    files = {path.relative_to(layer.root).as_posix(): door.read(path) for path in paths if layer.holds(path)}
    if files and layer.holds(layer.root / TAKEN):
        files[NOTES] = door.read(layer.root / TAKEN)
    if not files:
        raise ArchiveError(["there is nothing in modules/ or content/ to hand on"])
    return pack_in({MARK: MARKED, **files})


def laid_out(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a pack by the names that they have in a layer."""
    return {TAKEN if name == NOTES and MARK in files else name: file for name, file in files.items() if name != MARK}


def changed_below(files: Iterable[str]) -> list[str]:
    """Modules of other layers that a pack changes, by the names of its files."""
    return sorted(
        folder for folder in _folders(files) - set(REGISTRIES) if f"modules/{folder}/module.yml" not in set(files)
    )


def _folders(files: Iterable[str]) -> set[str]:
    """The folders in modules/ that files stand in."""
    found = (name.split("/", 2) for name in files if name.startswith("modules/"))
    return {inside[0] for _, *inside in found if inside[1:]}


def _named(modules: list[Module], curriculum: Curriculum) -> dict[str, set[str]]:
    """What modules name in each registry, and what that names in turn."""
    sources = {name for module in modules for name, _ in listed_sources(module)}
    terms: set[str] = set()
    people: set[str] = set()
    safety = {name for module in modules for name in named_rules(module)}
    cast = {name for module in modules for name, _ in curriculum.cast_in(module)}
    written = [(text.value, text.markdown) for module in modules for file in module.files for text in texts(file)]
    entries = (entry for name, entry in curriculum.safety.items() if name in safety)
    written += [(text.value, text.markdown) for entry in entries for text in texts(entry)]
    for module in modules:
        outline = module.outline
        people.update(name for names in outline.credits.values() for name in names)
        if outline.reviewed:
            people.update(filter(None, (outline.reviewed.by, outline.reviewed.safety_by)))
    while written:
        text, form = written.pop()
        sources.update(mention.name for mention in markup.citations(text, form))
        for name in {mention.name for mention in markup.terms(text, form)} - terms:
            terms.add(name)
            term = curriculum.glossary.get(name)
            if term:
                written += [
                    *((inner.value, inner.markdown) for inner in texts(term)),
                    *((f"[[{other}]]", "block") for other in term.see),
                ]
    return {"sources": sources, "glossary": terms, "people": people, "cast": cast, "safety": safety}


def _entries(project: Project, registry: str, wanted: set[str]) -> Iterator[bytes]:
    """The entries of a registry as their authors wrote them, each from the last layer that has it."""
    left = set(wanted)
    for layer in reversed(project.layers):
        for path in layer.registry_files(registry):
            mapping = read_file(path, layer.label(path))[0]
            if mapping is None:
                continue
            lines = door.read(path).decode("utf-8-sig").splitlines()
            for name in [name for name in mapping if name in left]:
                left.remove(name)
                last = max(mapping.value_places[name].line, getattr(mapping[name], "end_line", 0))
                yield ("\n".join(lines[mapping.key_places[name].line - 1 : last]) + "\n").encode()


def _parts(entries: Iterable[bytes]) -> list[bytes]:
    """Entries put together to files, none of which holds more than can be read."""
    parts: list[list[bytes]] = []
    for entry in entries:
        if not parts or len(parts[-1]) == MOST_ENTRIES or sum(map(len, parts[-1])) + len(entry) > MOST_BYTES:
            parts.append([])
        parts[-1].append(entry)
    return [b"".join(part) for part in parts]


def read_pack(path: Path) -> dict[str, bytes]:
    """The files of a pack.

    Raises `ArchiveError` where it is no archive that can be trusted or holds anything but modules,
    and `OSError` where it cannot be read.
    """
    return pack_in(unpacked(path))


def pack_in(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a pack, if they are one. Raises `ArchiveError` where there is anything among them that is no part of it."""
    if MARK in files:
        return _layer_in(files)
    reasons = [f"{quoted(name)} is no part of a module" for name in files if not INSIDE.fullmatch(name)]
    folders = _folders(files)
    folders -= {name for name in REGISTRIES if f"modules/{name}/module.yml" not in files}
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


def _layer_in(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of a pack that is a whole layer."""
    if files[MARK] != MARKED:
        raise ArchiveError(["a version of Alongside has written it that this one does not know"])
    inside = [name for name in files if name != MARK]
    reasons = [
        f"{quoted(name)} is no part of a layer"
        for name in inside
        if not (INSIDE.fullmatch(name) or ABOVE.fullmatch(name))
    ]
    if not inside:
        reasons.append("it holds nothing")
    if reasons:
        raise ArchiveError(reasons)
    return files
