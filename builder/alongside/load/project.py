"""Finds things: the configuration, the layers and the theme folders.

The only file that knows where anything is. A checkout's own folders come before those packed into
an installed package, since an editable install leaves a stale copy behind.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from pathlib import Path

from alongside.files import door
from alongside.files.located import LocatedMapping, LocatedSequence, Place, scalars
from alongside.files.paths import real
from alongside.files.problems import ContentError, Problem, nearest, printable, quoted
from alongside.files.source import MAX_BYTES, Tags, read_bytes
from alongside.load.configuration import not_needed
from alongside.load.idle import without_effect
from alongside.load.layers import READ, Layer
from alongside.load.parse import parse
from alongside.load.taken import TAKEN
from alongside.model.settings import Settings

#: Where a site keeps earlier versions of the course, an archive for each cohort that stays with one.
COHORTS = "cohorts"


@cache
def bundled_root() -> Path:
    """The folder with the theme, modules and content that the builder brings along."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent.parent
    if (checkout / "theme" / "base.html").is_file() and (checkout / "pyproject.toml").is_file():
        return checkout
    return package / "_bundled"


def layer_folder(where: str, root: Path) -> Path:
    """The folder of a layer as the settings of the site at `root` name it. It need not exist."""
    return bundled_root() if where == "bundled" else Path(os.path.normpath(root / where))


def _is_layer(where: str, root: Path) -> bool:
    """Whether there is such a folder. None is reached through a link beside the site: a proposal could put one there."""
    folder = layer_folder(where, root)
    nearby = where != "bundled" and not Path(where).is_absolute()
    return folder.is_dir() and not (nearby and door.linked(folder, Path(os.path.commonpath([root, folder]))))


@dataclass(frozen=True)
class Project:
    """A site to build: its settings and where its parts are."""

    root: Path
    site_name: str
    settings: Settings
    layers: tuple[Layer, ...]
    #: Where the site will stand, with where the settings say so.
    address: tuple[str, Place] | None = None
    #: The folder into which it is written.
    site_dir: Path = Path("site")
    #: What it is in a sentence, who made it, and what the foot of every page says of rights.
    description: str = ""
    author: str = ""
    copyright: str = ""
    #: Every text of the configuration, with its place.
    written: tuple[tuple[str, Place], ...] = ()
    #: The name and title of the cohort for which this version of the course is made, where it is not the current one.
    cohort: tuple[str, str] | None = None

    @property
    def whole_address(self) -> str:
        """The address of the site, which is that of a folder; empty where nobody knows it."""
        return f"{self.address[0].rstrip('/')}/" if self.address else ""

    def path_of(self, file: str) -> Path:
        """Where the file stands that messages call by this name."""
        for layer in self.layers:
            if layer.prefix and file.startswith(layer.prefix):
                return layer.root / file.removeprefix(layer.prefix)
        return real(self.root / file)

    def label_of(self, path: Path) -> str:
        """What messages call a file of a layer or of ours."""
        layer = next((layer for layer in reversed(self.layers) if path.is_relative_to(layer.root)), None)
        return layer.label(path) if layer else "/".join(path.parts[-2:])

    @property
    def theme_folders(self) -> tuple[Path, ...]:
        """Folders with templates and assets, the one that wins first."""
        own = [layer.root / "theme" for layer in reversed(self.layers)]
        folders = [*own, bundled_root() / "theme"]
        return tuple(dict.fromkeys(folder for folder in folders if door.is_folder(folder, folder.parent)))

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """Theme folders, and Material's behind them for whatever ours do not have: icons, messages."""
        material = importlib.util.find_spec("material")
        upstream = (
            [Path(place) / "templates" for place in material.submodule_search_locations or ()] if material else []
        )
        return (*self.theme_folders, *upstream)

    @property
    def sources(self) -> tuple[Path, ...]:
        """Folders that the site is made of. Nothing is ever written in their place."""
        own = [bundled_root() / name for name in (*READ, "builder")]
        return (self.root / COHORTS, *(layer.root / name for layer in self.layers for name in READ), *own)

    def archive_of(self, cohort: str) -> Path:
        """Where the version of the course is kept that a cohort stays with."""
        return self.root / COHORTS / f"{cohort}.zip"

    def made_for(self, cohort: str) -> Project:
        """The same for one of the cohorts in its settings: a site in a folder below the current one, which knows of no other."""
        title = self.settings.cohorts[cohort].title
        address = (f"{self.whole_address}{cohort}/", self.address[1]) if self.address else None
        settings = self.settings.model_copy(update={"cohorts": {}})
        return replace(self, settings=settings, address=address, cohort=(cohort, title))

    @property
    def read(self) -> tuple[Path, ...]:
        """Every file and folder from which something is read, but for the configuration; nothing where there is no telling."""
        roots = [layer_folder(where, self.root) for where in self.settings.layers]
        if any(not any((root / name).is_dir() for name in READ) for root in roots):
            return ()  # it is asked what else is in such a folder
        own = (root / name for root in dict.fromkeys([self.root, *roots]) for name in (*READ, TAKEN))
        return (*own, self.root / COHORTS, bundled_root() / "theme")

    @property
    def content_folders(self) -> tuple[tuple[Layer, Path], ...]:
        """Folders with pages that are not modules, the one that wins last."""
        found = ((layer, layer.root / "content") for layer in self.layers)
        return tuple((layer, folder) for layer, folder in found if door.is_folder(folder, layer.root))


def open_project(configuration: Path, *, by_mkdocs: bool = False) -> tuple[Project, list[Problem]]:
    """The project that `mkdocs.yml` describes. What `alongside` does not need in it is a problem, unless MkDocs obeys it already.

    Raises `ContentError` where the file cannot be read or is no mapping; everything else that is
    wrong with it is returned.
    """
    root = real(configuration.parent)
    tags: Tags = []
    mapping, problems = read_bytes(_content(configuration), configuration.name, tags=tags)
    if mapping is None:
        raise ContentError(problems)
    if not by_mkdocs:
        problems += not_needed(mapping, tags)
    problems += without_effect(mapping, by_mkdocs=by_mkdocs)
    settings, found = _settings(mapping)
    layers, missing = _layers(settings, root)
    problems += [*found, *missing]
    settings = _with_name(settings, _said(mapping, "site_name"))
    site_url = _said(mapping, "site_url")
    return Project(
        root,
        _said(mapping, "site_name") or "Alongside",
        settings,
        layers,
        (site_url, mapping.value_places["site_url"]) if site_url else None,
        root / (_said(mapping, "site_dir") or "site"),
        description=_said(mapping, "site_description"),
        author=_said(mapping, "site_author"),
        # People write &copy; since MkDocs takes HTML there.
        copyright=unescape(_said(mapping, "copyright")),
        written=tuple(scalars(mapping)),
    ), problems


def _with_name(settings: Settings, site_name: str) -> Settings:
    """The settings with the name of the site as that of the organisation, where a host says no other."""
    if settings.organisation.name or not site_name or "bundled" not in settings.layers:
        return settings
    return settings.but({"organisation": settings.organisation.but({"name": site_name})})


def _said(mapping: LocatedMapping, key: str) -> str:
    """The text of a setting; nothing where there is none, or no text."""
    value = mapping.get(key)
    return value if isinstance(value, str) else ""


def _content(configuration: Path) -> bytes:
    try:
        return door.read(configuration, MAX_BYTES + 1)
    except OSError as error:
        raise ContentError([not_there(configuration) or _not_readable(configuration, error)]) from None


def _not_readable(configuration: Path, error: OSError) -> Problem:
    return Problem(
        "L101",
        "error",
        f"{quoted(str(configuration))} cannot be read: {error.strerror}",
        Place(configuration.name),
        "the configuration of a site, as an ordinary file that may be read",
        "put the file itself there, or let yourself read it",
    )


def not_there(configuration: Path) -> Problem | None:
    """The problem that there is no site where a command looks for one, with where it may be; `None` where there is one."""
    if os.path.lexists(configuration):
        return None
    return Problem(
        "L101",
        "error",
        f"there is no {printable(configuration.name)} in {_called(configuration.parent)}, so there is no site to work on",
        Place(configuration.name),
        "the configuration of a site",
        _way_to_a_site(configuration),
    )


def _called(folder: Path) -> str:
    return "this folder" if folder == Path() else quoted(str(folder))


def _way_to_a_site(configuration: Path) -> str:
    """What to do where there is no configuration: rename the one that is meant, go where the site is, or start one."""
    for path in door.files_in(configuration.parent):
        if path.name.casefold() in {"mkdocs.yaml", "mkdocs.yml", "mkdocs.yml.txt", "mkdocs.yaml.txt"}:
            return f"rename {printable(path.name)} to {configuration.name}"
    here = real(configuration.parent)
    above = next((folder for folder in here.parents if (folder / configuration.name).is_file()), None)
    if above is not None:
        return f"run the command in {printable(os.path.relpath(above, here))}, where the site is"
    return "run the command in the folder of your site, name its mkdocs.yml with --config, or start a site with: alongside new site DIR"


def _layers(settings: Settings, root: Path) -> tuple[tuple[Layer, ...], list[Problem]]:
    """The layers that are there, and what is to be said of the others."""
    layers = []
    problems = []
    for index, where in enumerate(settings.layers):
        folder = layer_folder(where, root)
        if not _is_layer(where, root):
            problems.append(
                Problem(
                    "L101",
                    "error",
                    f"there is no folder {quoted(where)}{nearest(where, ['bundled'])}",
                    settings.place("layers", index),
                    "bundled, . or the path of a folder with modules/",
                    "correct the path",
                )
            )
            continue
        layers.append(Layer(where, folder, "" if folder == root else f"{where}:"))
        if folder != root and not any((folder / name).is_dir() for name in READ) and any(folder.iterdir()):
            what = f"the layer {quoted(where)} has none of the folders that are read"
            problems.append(_nothing_read(what, settings.place("layers", index), "delete it, or correct the path"))
    if (root / "modules").is_dir() and root not in (layer.root for layer in layers):
        what = "nothing in this folder is read, since the layers do not name it"
        shown = ", ".join([*settings.layers, "."])
        problems.append(_nothing_read(what, settings.place("layers"), f"layers: [{shown}]"))
    return tuple(layers), problems


def _nothing_read(what: str, place: Place, fix: str) -> Problem:
    return Problem("L125", "warning", what, place, f"folders with {', '.join(f'{name}/' for name in READ)}", fix)


def _settings(mapping: LocatedMapping) -> tuple[Settings, list[Problem]]:
    """What stands below `alongside`, whether plugins are a list or, as MkDocs also allows, keys."""
    plugins = mapping.get("plugins")
    for entry in plugins if isinstance(plugins, LocatedSequence) else [plugins]:
        if not isinstance(entry, LocatedMapping) or entry.get("alongside") is None:
            continue
        if not isinstance(entry["alongside"], LocatedMapping):
            place = entry.value_places["alongside"]
            return Settings(), [
                Problem(
                    "M103",
                    "error",
                    '"alongside" holds no settings',
                    place,
                    "keys with values, indented below it",
                    "- alongside:\n    layers: [bundled, .]",
                )
            ]
        settings, problems = parse(Settings, entry["alongside"])
        return settings or _rescued(entry["alongside"]), problems
    return Settings(), []


def _rescued(mapping: LocatedMapping) -> Settings:
    """The layers and what to leave out where other settings have mistakes, so that the right modules are read."""
    kept = mapping.without(mapping.keys() - {"layers", "leave_out"})
    return parse(Settings, kept)[0] or Settings()
