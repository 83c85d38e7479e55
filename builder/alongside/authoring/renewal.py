"""Recipes and workflows of a site, brought to the state of the installed version without losing what was changed in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from alongside.authoring.scaffold import RECIPES, ScaffoldError, noted_recipe, recipe_files, write_all
from alongside.compare.drift import joined
from alongside.files import door
from alongside.load.project import not_there
from alongside.load.taken import MEMORY, Noted, read_noted, written

#: What is put behind the name of a file that this version brings and that could not be joined with the site’s own.
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


def renew(site: Path) -> Renewal:
    """Compares the recipes of the site in a folder with those of this version, and renews those that can be.

    Raises `ScaffoldError` where there is no site, or what was written at first cannot be read.
    """
    missing = not_there(site / "mkdocs.yml")
    if missing:
        raise ScaffoldError(missing.message, missing.fix)
    noted: dict[str, Noted] = {}
    if door.is_file(site / RECIPES, site):
        noted, problems = read_noted(site / RECIPES, RECIPES)
        if problems:
            raise ScaffoldError(f"{RECIPES} cannot be read", problems[0].fix)
    new: dict[Path, bytes] = {}
    changed: dict[Path, bytes] = {}
    outcome = Renewal()
    for name, content in recipe_files().items():
        for path, made in _renewed(site, name, content, noted.get(name), outcome):
            (changed if path.exists() else new)[path] = made
        if not name.startswith(f"{MEMORY}/"):
            noted[name] = noted_recipe(content.decode())
    record = site / RECIPES
    (changed if record.exists() else new)[record] = written(noted)
    write_all(new, changed, "move it away yourself")
    return outcome


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
        beside = path.with_name(path.name + NEW)
        outcome.beside.append(beside)
        yield beside, content
    else:
        outcome.joined.append(path)
        yield path, ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")
