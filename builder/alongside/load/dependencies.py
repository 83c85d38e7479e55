"""What pages and findings depend on: the one place that names it.

Those of a **module** depend on

- the names and bytes of the files in its folder and in those of later layers that change it, and what messages call them;
- the builder: its own files, the files of every theme folder, hidden ones too, which templates can name; the versions of what it
  is built on;
- the settings: `mkdocs.yml`, byte for byte;
- what modules share: `curriculum.yml` and what changes it, sources, glossary, people and the cast, byte for byte; what layers
  have taken over; pages of `content/` by name and title, and its files by name;
- the modules around it: of each, in order, all that `module.yml` says; the names and titles of its lessons and of its
  quiz, and the names of its scenarios.

What stands **beside** modules, which is what they share and the pages of `content/`, is judged by what a module depends on and
the files of `content/`. Pages and findings of the **site** depend on all that, and on every file of every module. The **guide**
for authors depends on what a module does but for modules. What was **read** of a file depends on its bytes and the builder.

What is not named here, no page of a module may show and no rule may use in judging it: another day, the words of another
module's lessons, another machine. `tests/load/test_dependencies.py` watches what rules and pages ask for.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from alongside.files import door
from alongside.files.cache import BESIDE, GUIDE, SITE, Cache, cache_folder, digest
from alongside.files.fingerprints import Digests, digest_of, own_files, passed_over, versions
from alongside.load.layers import IDENTIFIER, Layer
from alongside.load.project import Project, bundled_root
from alongside.load.taken import TAKEN
from alongside.model.curriculum import REGISTRIES, Curriculum
from alongside.model.modules import Module
from alongside.model.overlay import OVERLAY

#: Files below a folder, and what is none.
Below = tuple[Digests, Digests]


class Dependencies:
    """What modules depend on, as it was before their files were read. Raises `OSError` where something cannot be read."""

    def __init__(self, project: Project, configuration: Path) -> None:
        self._project, self._configuration = project, configuration
        #: When each file, or the last of those below a folder, had changed when it was first looked at.
        self._changed: dict[Path, int] = {}
        self._builder = [own_files(), self._below(bundled_root() / "theme"), versions()]
        self._shared, self._own, self._content = self._files_now()

    def cache(self, curriculum: Curriculum) -> Cache:
        """The cache for the modules of a curriculum, without entries of modules that are gone."""
        folder, keys = cache_folder(self._project.root), self.keys(curriculum)
        cache = Cache(folder, keys, partial(self.hold, curriculum))
        cache.sweep()
        return cache

    def readings(self) -> Cache:
        """The cache for what stands in files of modules and beside them, which depends on their bytes and on the builder alone."""
        builder = digest([own_files(), versions()])
        own: dict[str, list[Path]] = {}
        for folder in self._own:
            if IDENTIFIER.fullmatch(folder.name):
                own.setdefault(folder.name, []).append(folder)
        keys = {name: digest([builder, [self._own[folder] for folder in folders]]) for name, folders in own.items()}

        def still(owner: str) -> bool:
            with contextlib.suppress(OSError):
                if owner == SITE:
                    return self._shared_now() == self._shared
                return all(self._below(folder) == self._own[folder] for folder in own[owner])
            return False

        return Cache(cache_folder(self._project.root), keys | {SITE: digest([builder, self._shared])}, still)

    def keys(self, curriculum: Curriculum) -> dict[str, str]:
        """For each owner what tells it, and all that it depends on, from any other."""
        builder = [self._builder, self._shared, _texts(curriculum)]
        around = digest([builder, [_seen(module) for module in curriculum.modules.values()]])
        keys = {
            name: digest([around, name, [[label, self._own[folder]] for folder, label in module.folders.items()]])
            for name, module in curriculum.modules.items()
            # One that has been put there since is made anew.
            if IDENTIFIER.fullmatch(name) and module.folders.keys() <= self._own.keys()
        }
        besides = {BESIDE: digest([around, self._content]), GUIDE: digest(builder)}
        return keys | besides | {SITE: digest([around, self._everything()])}

    def _everything(self) -> list[Any]:
        """Every file that is read, and the folders beside those of modules."""
        modules = [[folder.parts[-1], below] for folder, below in self._own.items()]
        shelves = [[folder.name for folder in door.folders_in(layer.modules)] for layer in self._project.layers]
        return [modules, shelves, self._content]

    def hold(self, curriculum: Curriculum, owner: str) -> bool:
        """Whether the files are still what they were: somebody may have saved one since, before it was read."""
        module = curriculum.modules.get(owner)
        with contextlib.suppress(OSError):
            if owner == SITE:
                return self._files_now() == (self._shared, self._own, self._content)
            if owner == BESIDE:
                return (self._shared_now(), self._content_now()) == (self._shared, self._content)
            return self._shared_now() == self._shared and (
                not module or all(self._below(folder) == self._own[folder] for folder in module.folders)
            )
        return False

    def _files_now(self) -> tuple[list[Below], dict[Path, Below], list[Below]]:
        """The files that all modules depend on, those of each module, and those of `content/`."""
        folders = (folder for layer in self._project.layers for folder in layer.module_folders())
        return self._shared_now(), {folder: self._below(folder) for folder in folders}, self._content_now()

    def _content_now(self) -> list[Below]:
        return [self._below(folder) for _, folder in self._project.content_folders]

    def _shared_now(self) -> list[Below]:
        """The settings, the themes of the site and what stands beside its modules, in this order of layers."""
        return [
            ([(self._configuration.name, self._digest_of(self._configuration))], []),
            *(self._theme(folder) for folder in self._project.theme_folders if folder != bundled_root() / "theme"),
            *(
                ([(layer.label(path), self._digest_of(path)) for path in _beside_modules(layer)], [])
                for layer in self._project.layers
            ),
        ]

    def _below(self, folder: Path) -> Below:
        found = door.below(folder)
        self._as_at_first(folder, found.files)
        return _digests(found, folder)

    def _theme(self, folder: Path) -> Below:
        """The files below a folder of a theme, those as well that templates alone can name."""
        files, others = self._below(folder)
        return [*files, *passed_over(folder)], others

    def _digest_of(self, path: Path) -> str:
        self._as_at_first(path, [path])
        return digest_of(path)

    def _as_at_first(self, name: Path, files: Iterable[Path]) -> None:
        """Raises `OSError` where files were changed since they were first looked at: they may be what they were, and have been read as another."""
        changed = max((os.lstat(path).st_ctime_ns for path in files), default=0)
        if self._changed.setdefault(name, changed) != changed:
            raise OSError(errno.EAGAIN, "it was changed while it was read", str(name))


def _beside_modules(layer: Layer) -> Iterator[Path]:
    """The files of `modules/` that are of no module."""
    for path in (layer.modules / "curriculum.yml", layer.modules / f"{OVERLAY}.yml", layer.root / TAKEN):
        if layer.holds(path):
            yield path
    for name in REGISTRIES:
        yield from layer.registry_files(name)


def _seen(module: Module) -> list[Any]:
    """What pages and rules of other modules may know of a module."""
    return [
        module.id,
        module.outline.place().file,
        module.outline.model_dump_json(),
        [(lesson.id, lesson.title, lesson.formerly) for lesson in module.lessons],
        module.quiz and (module.quiz.id, module.quiz.title, len(module.quiz.questions)),
        [*module.scenarios],
    ]


def _texts(curriculum: Curriculum) -> list[Any]:
    """What stands in `content/`, as modules may know it, and what the curriculum is beside its files."""
    pages = [(name, page.title) for name, page in curriculum.pages.items()]
    return [
        pages,
        [*curriculum.files],
        sorted(curriculum.left_out),
        sorted(curriculum.withheld),
        [*curriculum.waiting],
        sorted(curriculum.left_out_parts),
        curriculum.language,
    ]


def _digests(found: door.Found, folder: Path) -> Below:
    """What stands below a folder, by its path in it."""
    top = len(str(folder)) + 1  # `relative_to` takes longer than the sums
    files = [(str(path)[top:], digest_of(path)) for path in found.files]
    return files, [(str(path)[top:], trouble) for path, trouble in found.refused]
