"""A layer: a folder with modules, pages and a theme, of which later ones win. What stands in it is data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alongside import __version__
from alongside.files import door
from alongside.files.paths import address
from alongside.media.pictures import size
from alongside.model.curriculum import REGISTRIES
from alongside.model.element import IDENTIFIER_PATTERN
from alongside.model.modules import Module
from alongside.model.pages import first_names

#: The layer that comes with the builder, and has its version.
BUNDLED = "bundled"
#: Folders of a layer from which files are read.
READ = ("modules", "content", "theme")

#: Names that the site itself uses at its top level: a module of that name would mix with it. Of pages, and of files,
#: folders and languages; a test compares them with the site.
RESERVED_IDS = first_names() | frozenset(
    "assets catalogue changes content elements en manifest paths questions schemas sitemap sw theme".split()
)

#: The name below each module at which its copies for paper stand.
RESERVED_IN_MODULES = frozenset({"print"})

IDENTIFIER = re.compile(IDENTIFIER_PATTERN)

#: What is written in YAML, whatever editors and systems have made of the ending.
YAML_NAME = re.compile(r"(?P<stem>[^.].*?)(\.(?:yml|yaml))+(?:\.txt)?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Layer:
    """A folder with modules, in a stack of which later ones win."""

    name: str
    #: The folder that holds `modules/`.
    root: Path
    #: How the folder is written in messages; empty for the project's own.
    prefix: str = ""

    @property
    def version(self) -> str:
        """The version of what the layer is part of; nothing where it has none."""
        return __version__ if self.name == BUNDLED else ""

    @property
    def modules(self) -> Path:
        """Where the layer keeps its modules."""
        return self.root / "modules"

    def label(self, path: Path) -> str:
        """How a file of this layer is called in messages."""
        return self.prefix + path.relative_to(self.root).as_posix()

    def holds(self, path: Path) -> bool:
        """Whether a file of this layer is there, and reached through no link."""
        return door.is_file(path, self.root)

    def module_folders(self) -> list[Path]:
        """The folders of `modules/` that are modules, or were meant to be."""
        return [folder for folder in door.folders_in(self.modules) if not self.is_registry(folder)]

    def is_registry(self, folder: Path) -> bool:
        """Whether a folder of `modules/` holds entries that modules share: by its name, and since it has no module.yml.

        A module may be called `people`, as it could before such folders were read.
        """
        module = folder / "module.yml"
        if folder.name not in REGISTRIES or not door.is_folder(folder, self.root):
            return False
        return not (door.is_file(module, self.root) or door.is_strange(module) or meant_for(module))

    def registry_files(self, name: str) -> list[Path]:
        """Where the entries of a registry stand: in the file of its name, then in the files of the folder of its name."""
        alone, folder = self.modules / f"{name}.yml", self.modules / name
        inside = yaml_files(folder) if self.is_registry(folder) else []
        return [alone, *inside] if self.holds(alone) else inside


def yaml_files(folder: Path) -> list[Path]:
    """The files of YAML that stand in a folder itself, rightly named, in order."""
    return [path for path in door.files_in(folder) if path.suffix == ".yml"]


def named_rightly(name: str) -> str | None:
    """The name that a file of YAML has to have, or `None` where it holds none by its name: `a.yaml` is to be `a.yml`."""
    match = YAML_NAME.fullmatch(name)
    return f"{match['stem']}.yml" if match else None


def meant_for(path: Path) -> Path | None:
    """The file that was meant to be the one at `path`, but for the ending of its name."""
    return next((one for one in door.files_in(path.parent) if one.name != path.name == named_rightly(one.name)), None)


def media_files(module: Module) -> list[tuple[str, Path]]:
    """The files in the media folder of a module that are published, each with its address below that of the module.

    No link is followed. A file of a later folder hides that of an earlier one; two of one folder are both given, and
    reported for their address. What only drafts show is not published with what learners get.
    """
    found: dict[str, list[Path]] = {}
    for folder in module.folders:
        here: dict[str, list[Path]] = {}
        for path in door.below(folder / "media").files:
            here.setdefault(address(path.relative_to(folder)), []).append(path)
        found |= here
    return [(name, path) for name, paths in found.items() if name not in module.withheld for path in paths]


def measured(module: Module, path: str) -> tuple[int, int] | None:
    """Width and height of a picture in the folder of a module, by its path there; `None` where it cannot be read or does not say."""
    file = module.beside.get(address(path))
    try:
        return size(door.read(file)) if file else None
    except OSError:  # it has gone since it was found
        return None


def published_of(module: Module) -> Iterator[tuple[Path, str]]:
    """The files in media/ of a module, and how messages call them."""
    for _, path in media_files(module):
        yield path, module.label_of(path)
