"""Recipes and workflows of a site, brought to the state of the installed version without losing what was changed in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from alongside.authoring.scaffold import RECIPES, ScaffoldError, noted_recipe, recipe_files, write_all
from alongside.compare.drift import joined
from alongside.files import door
from alongside.files.installation import requirement
from alongside.files.problems import ContentError, printable
from alongside.load.project import not_there, open_project
from alongside.load.taken import MEMORY, Noted, read_noted, written
from alongside.model.settings import Settings

#: What is put behind the name of a file that this version brings and that could not be joined with the site’s own; a number
#: follows where somebody has such a file already.
NEW = ".new"


@dataclass
class Renewal:
    """What became of each file."""

    #: Written for the first time, or in place of one that nobody had changed.
    written: list[Path] = field(default_factory=list)
    #: Joined with what was changed in the site.
    joined: list[Path] = field(default_factory=list)
    #: Left as they are; what this version brings stands beside each.
    beside: list[Path] = field(default_factory=list)
    #: Not written, since the site has deleted them.
    deleted: list[Path] = field(default_factory=list)


def _settings(site: Path) -> Settings:
    """The settings of the site, which its recipes for servers follow; those of a new one where they cannot be read."""
    try:
        return open_project(site / "mkdocs.yml")[0].settings
    except ContentError:
        return Settings()


def renew(site: Path) -> Renewal:
    """Compares the recipes of the site in a folder with those of this version, and renews those that can be.

    Raises `ScaffoldError` where there is no site, where what was written at first cannot be read, or where something else than
    a file or folder, such as a link, stands in the place of one.
    """
    missing = not_there(site / "mkdocs.yml")
    if missing:
        raise ScaffoldError(missing.message, missing.fix)
    recipes = recipe_files(_settings(site))
    strange = sorted({found for name in (*recipes, RECIPES) if (found := _in_the_way(site, name))})
    if strange:
        raise ScaffoldError(
            f"what stands there is no ordinary file or folder, and no link is followed: {', '.join(map(printable, strange))}",
            "put the file or folder itself in its place, or move it away",
        )
    noted: dict[str, Noted] = {}
    if door.is_file(site / RECIPES, site):
        noted, problems = read_noted(site / RECIPES, RECIPES)
        if problems:
            raise ScaffoldError(f"{RECIPES} cannot be read", problems[0].fix)
    new: dict[Path, bytes] = {}
    changed: dict[Path, bytes] = {}
    outcome = Renewal()
    for name, content in recipes.items():
        for path, made in _renewed(site, name, content, noted.get(name), outcome):
            (changed if path.exists() else new)[path] = made
        if not name.startswith(f"{MEMORY}/"):
            noted[name] = noted_recipe(content.decode())
    for name, content in requirement().items():
        # requirements.txt names it, and whoever builds the site elsewhere has it from here.
        if name.endswith(".whl") and not os.path.lexists(site / name) and _names(new, changed, site, name):
            outcome.written.append(site / name)
            new[site / name] = content
    record = site / RECIPES
    (changed if record.exists() else new)[record] = written(noted)
    write_all(new, changed, "move it away yourself", top=site)
    return outcome


def _names(new: Mapping[Path, bytes], changed: Mapping[Path, bytes], site: Path, package: str) -> bool:
    """Whether the requirements of the site, as they will be, name a package that stands beside them."""
    path = site / "requirements.txt"
    content = new.get(path) or changed.get(path) or (door.read(path) if door.is_file(path, site) else b"")
    return f"./{package}".encode() in content.split()


def _in_the_way(site: Path, name: str) -> str:
    """The first on the way to a file of the site that is there and neither a folder nor, at its end, the file; empty if nothing is."""
    path = site / name
    for folder in [site / way for way in reversed(Path(name).parents)]:
        if os.path.lexists(folder) and folder != site and not door.is_folder(folder, site):
            return folder.relative_to(site).as_posix()
    return name if os.path.lexists(path) and not door.is_file(path, site) else ""


def _beside(path: Path, content: bytes) -> Path:
    """Where a file goes that could not be joined: to a name that is free, or where it stands already."""
    names = (path.with_name(f"{path.name}{NEW}{f'-{number}' if number > 1 else ''}") for number in count(1))
    return next(one for one in names if not os.path.lexists(one) or _holds(one, content))


def _holds(path: Path, content: bytes) -> bool:
    """Whether an ordinary file holds just this."""
    try:
        return door.read(path, len(content) + 1) == content
    except OSError:
        return False


def _renewed(
    site: Path, name: str, content: bytes, noted: Noted | None, outcome: Renewal
) -> Iterator[tuple[Path, bytes]]:
    """What is written of one file, and where."""
    path = site / name
    if not door.is_file(path, site):
        if noted is not None:
            outcome.deleted.append(path)
            return
        outcome.written.append(path)
        yield path, content
        return
    own, now = door.read(path).decode("utf-8", "surrogateescape"), content.decode()
    was = noted.text + "\n" if noted else None
    if now in (own, was):
        return
    if own == was or name.startswith(f"{MEMORY}/"):
        outcome.written.append(path)
        yield path, content
        return
    lines, conflicts = joined(was.splitlines(), own.splitlines(), now.splitlines()) if was is not None else ([], 1)
    if conflicts:
        beside = _beside(path, content)
        outcome.beside.append(beside)
        if not os.path.lexists(beside):
            yield beside, content
    else:
        outcome.joined.append(path)
        yield path, ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")
