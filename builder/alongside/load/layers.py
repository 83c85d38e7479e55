"""Layers of folders to one curriculum, with everything that is wrong on the way.

Reads only. A file that cannot be understood is reported and left out; the rest is read all the
same, so that one run shows every problem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from alongside.files import door
from alongside.files.located import LocatedMapping, Place
from alongside.files.problems import Problem, has_errors, nearest, printable, quoted
from alongside.files.source import read_file
from alongside.load.parse import parse
from alongside.load.unfit import ID_FORM, found_in
from alongside.model.curriculum import Curriculum, CurriculumOutline, Person, Source, Term
from alongside.model.element import IDENTIFIER_PATTERN, Element, FileElement
from alongside.model.lessons import Lesson, Quiz, model_by_keys
from alongside.model.modules import Module, ModuleOutline
from alongside.model.pages import first_names
from alongside.model.scenarios import AnyScenario, InlineScenario, Scenario
from alongside.model.steps import ScenarioStep

#: Names that the site itself uses at its top level: a module of that name would mix with it. Of pages, and of files,
#: folders and languages; a test compares them with the site.
RESERVED_IDS = first_names() | frozenset(
    "assets content elements en manifest paths questions schemas sitemap sw theme".split()
)

#: The name below each module at which its copies for paper stand.
RESERVED_IN_MODULES = frozenset({"print"})

IDENTIFIER = re.compile(IDENTIFIER_PATTERN)

Model = TypeVar("Model", bound=Element)
FileModel = TypeVar("FileModel", bound=FileElement)

#: What was made of files before, with when they changed and how large they were. A preview keeps it,
#: so that only what has changed is read again; elements never change, so they can be used again.
Memory = dict[tuple[Path, type[Element]], tuple[tuple[int, int], Any, list[Problem]]]


@dataclass(frozen=True)
class Layer:
    """A folder with modules, in a stack of which later ones win."""

    name: str
    #: The folder that holds `modules/`.
    root: Path
    #: How the folder is written in messages; empty for the project's own.
    prefix: str = ""

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


def load_curriculum(
    layers: Sequence[Layer], leave_out: Sequence[str] = (), memory: Memory | None = None
) -> tuple[Curriculum | None, list[Problem]]:
    """The curriculum of all layers, and everything that is wrong with its files.

    A later layer replaces a module by id, `curriculum.yml` as a whole, and entries of the other
    registries by id. Returns `None` only where there is no usable `curriculum.yml`.
    """
    reader = _FileReader({} if memory is None else memory)
    reader.problems += strange_files(layers)
    outline: CurriculumOutline | None = None
    sources: dict[str, Source] = {}
    glossary: dict[str, Term] = {}
    people: dict[str, Person] = {}
    outlines = [(layer, layer.modules / "curriculum.yml") for layer in layers]
    for layer, path in outlines:
        if layer.holds(path):
            outline = reader.file(layer, path, CurriculumOutline, "curriculum") or outline
        sources |= reader.registry(layer, "sources.yml", Source)
        glossary |= reader.registry(layer, "glossary.yml", Term)
        people |= reader.registry(layer, "people.yml", Person)
    if not any(layer.holds(path) or door.is_strange(path) for layer, path in outlines):
        reader.problems.append(NO_CURRICULUM)
    modules = {}
    for name, (layer, folder) in _in_order(layers, outline.order if outline else ()).items():
        module = None if name in leave_out else reader.module(layer, folder)
        if module:
            modules[name] = module
    if outline is None:
        return None, reader.problems
    return Curriculum(outline, modules, dict(outline.paths), sources, glossary, people), reader.problems


def media_files(module: Module) -> list[Path]:
    """The files in the media folder of a module, all of which are published. No link is followed."""
    return list(door.below(module.folder / "media").files)


#: Folders of a layer from which files are read.
READ = ("modules", "content", "theme")


def strange_files(layers: Sequence[Layer]) -> list[Problem]:
    """Links, pipes and whatever else is no ordinary file in the folders of layers. Nothing reads them."""
    return [
        Problem(
            "L114",
            "error",
            f"{quoted(path.name)} {trouble}, and is not read",
            Place(printable(layer.label(path))),
            "ordinary files and folders with names that can be read",
            "put the file itself there, or delete the entry",
        )
        for layer in layers
        for name in READ
        for path, trouble in door.below(layer.root / name).refused
    ]


NO_CURRICULUM = Problem(
    "L101",
    "error",
    "there is no modules/curriculum.yml",
    Place("modules/curriculum.yml"),
    "a file that names the modules in order",
    "title: Our training\nsummary: What it is for.\norder: [first-module]",
)


def _in_order(layers: Sequence[Layer], order: Sequence[str]) -> dict[str, tuple[Layer, Path]]:
    """The folder of each module, the one that wins: first those that the curriculum names, then the others."""
    folders = {folder.name: (layer, folder) for layer in layers for folder in door.folders_in(layer.modules)}
    named = {name: folders[name] for name in order if name in folders}
    return named | folders


class _FileReader:
    """Reads files one after the other and keeps what is wrong with them."""

    def __init__(self, memory: Memory) -> None:
        self.problems: list[Problem] = []
        self._memory = memory

    def file(self, layer: Layer, path: Path, model: type[FileModel], name: str) -> FileModel | None:
        """What a file holds, or `None` where it cannot be understood."""
        try:
            status = path.stat()
        except OSError:  # it has gone since it was found; reading it says so
            stamp = 0, 0
        else:
            stamp = status.st_mtime_ns, status.st_size
        known = self._memory.get((path, model))
        if known is None or known[0] != stamp:
            mapping, problems = read_file(path, layer.label(path))
            element = None
            if mapping is not None:
                element, found = parse(model, mapping)
                problems = [*problems, *found]
            known = stamp, element, problems
            self._memory[path, model] = known
        self.problems += known[2]
        made: FileModel | None = known[1]
        return made.named(name) if made is not None else None

    def registry(self, layer: Layer, name: str, model: type[Model]) -> dict[str, Model]:
        """The entries of a registry file by id; none where the layer has no such file."""
        path = layer.modules / name
        if not layer.holds(path):
            return {}
        mapping, found = read_file(path, layer.label(path))
        self.problems += found
        entries = {key: self._entry(mapping, key, model) for key in mapping} if mapping is not None else {}
        return {key: entry for key, entry in entries.items() if entry is not None}

    def _entry(self, mapping: LocatedMapping, key: str, model: type[Model]) -> Model | None:
        value, place = mapping[key], mapping.key_places[key]
        if not IDENTIFIER.fullmatch(key):
            self.problems.append(
                Problem(
                    "M109",
                    "error",
                    f"{quoted(key)} cannot be an id",
                    place,
                    ID_FORM,
                    "change the id, and everywhere it is used",
                )
            )
            return None
        if not isinstance(value, LocatedMapping):
            self.problems.append(
                Problem(
                    "M103",
                    "error",
                    f"{quoted(key)} is {found_in(value)}",
                    place,
                    "keys with values, indented below the id",
                )
            )
            return None
        element, found = parse(model, value)
        self.problems += found
        return element

    def module(self, layer: Layer, folder: Path) -> Module | None:
        """The module in `folder`, or `None` where its `module.yml` cannot be understood."""
        label = layer.label(folder / "module.yml")
        if not layer.holds(folder / "module.yml"):
            if door.is_strange(folder / "module.yml"):
                return None  # `strange_files` says what it is
            self.problems.append(
                Problem(
                    "L101",
                    "error",
                    f"the folder {quoted(folder.name)} has no module.yml",
                    Place(label),
                    "a file module.yml in each folder of modules/",
                    f"create {printable(label)}, or delete the folder",
                )
            )
            return None
        outline = self.file(layer, folder / "module.yml", ModuleOutline, folder.name)
        self.problems += _bad_names(folder, layer)
        if outline is None:
            # Its other files are still read, so that what is wrong there shows in the same run.
            for path in _yaml_files(folder):
                if path.name != "module.yml":
                    self._guessed(layer, path)
            return None
        self.problems += _overwritten(outline)
        before = len(self.problems)
        named = [
            self._named(layer, folder, name, Lesson, outline.place("lessons", index))
            for index, name in enumerate(outline.lessons)
        ]
        lessons = tuple(lesson for lesson in named if lesson)
        quiz = self._named(layer, folder, outline.quiz, Quiz, outline.place("quiz")) if outline.quiz else None
        scenarios = self._scenarios(layer, folder, lessons)
        if not has_errors(self.problems[before:]):  # a name that leads nowhere may be meant for one of them
            self.problems += _unused_files(layer, folder, outline, lessons)
        return Module(folder.name, folder, outline, lessons, quiz, scenarios)

    def _scenarios(self, layer: Layer, folder: Path, lessons: Sequence[Lesson]) -> dict[str, AnyScenario]:
        """Scenarios by id, those inside lessons and those in files that lessons name."""
        scenarios: dict[str, AnyScenario] = {}
        for step in (step for lesson in lessons for step in lesson.steps if isinstance(step, ScenarioStep)):
            if isinstance(step.scenario, InlineScenario):
                scenarios[step.scenario.id] = step.scenario
            elif step.scenario not in scenarios:
                scenario = self._named(layer, folder, step.scenario, Scenario, step.place("scenario"))
                if scenario:
                    scenarios[step.scenario] = scenario
        return scenarios

    def _named(self, layer: Layer, folder: Path, name: str, model: type[FileModel], place: Place) -> FileModel | None:
        """The file that something names, or `None` with the problem reported where it is named."""
        path = folder / f"{name}.yml"
        if layer.holds(path):
            return self.file(layer, path, model, name)
        if door.is_strange(path):
            return None  # as above
        known = [p.stem for p in _yaml_files(folder) if p.stem != "module"]
        self.problems.append(
            Problem(
                "R202",
                "error",
                f"there is no {model.__name__.lower()} {quoted(name)}{nearest(name, known)}",
                place,
                f"the name of a file in {printable(layer.label(folder))}/",
                f"create {printable(layer.label(path))}, or correct the name",
            )
        )
        return None

    def _guessed(self, layer: Layer, path: Path) -> None:
        """Reports what is wrong with a file whose part in the module is not known."""
        mapping, found = read_file(path, layer.label(path))
        self.problems += found
        model = model_by_keys(mapping or ())
        if mapping is not None and model:
            self.problems += parse(model, mapping)[1]


def _yaml_files(folder: Path) -> list[Path]:
    return [path for path in door.files_in(folder) if path.suffix == ".yml"]


def _unused_files(layer: Layer, folder: Path, outline: ModuleOutline, lessons: Sequence[Lesson]) -> list[Problem]:
    used = {"module", *outline.lessons, outline.quiz}
    used |= {
        s.scenario
        for lesson in lessons
        for s in lesson.steps
        if isinstance(s, ScenarioStep) and isinstance(s.scenario, str)
    }
    return [
        Problem(
            "R210",
            "warning",
            f"no lesson or module uses the file {quoted(path.name)}",
            Place(layer.label(path)),
            "each file named in module.yml or in a lesson",
            f"add {printable(path.stem)} to lessons: in module.yml, or delete the file",
        )
        for path in _yaml_files(folder)
        if path.stem not in used
    ]


def _overwritten(outline: ModuleOutline) -> list[Problem]:
    """Lessons and a quiz whose page another one would take the place of."""
    named = [("lesson", name, outline.place("lessons", index)) for index, name in enumerate(outline.lessons)]
    if outline.quiz:
        named.append(("quiz", outline.quiz, outline.place("quiz")))
    return [
        Problem(
            "M110",
            "error",
            f"a {noun} cannot be called {quoted(name)}: the site uses that name itself",
            place,
            "another name",
            "rename the file, and its name here",
        )
        for noun, name, place in named
        if name in RESERVED_IN_MODULES
    ]


def _bad_names(folder: Path, layer: Layer) -> list[Problem]:
    place = Place(layer.label(folder / "module.yml"))
    if folder.name in RESERVED_IDS:
        return [
            Problem(
                "M110",
                "error",
                f"a module cannot be called {quoted(folder.name)}: the site uses that name itself",
                place,
                "another name",
                "rename the folder",
            )
        ]
    if not IDENTIFIER.fullmatch(folder.name):
        return [
            Problem(
                "M109",
                "error",
                f"{quoted(folder.name)} cannot be the name of a module",
                place,
                "lower-case letters, digits and hyphens",
                "rename the folder",
            )
        ]
    return []
