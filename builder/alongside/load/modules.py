"""The files of modules and what they share, read one after the other; what is wrong with each is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from alongside.files import door
from alongside.files.cache import NO_CACHE, Cache
from alongside.files.located import LocatedMapping, Place, packed, unpacked
from alongside.files.problems import Problem, has_errors, nearest, printable, quoted
from alongside.files.source import read_file
from alongside.load.layers import IDENTIFIER, RESERVED_IDS, RESERVED_IN_MODULES, Layer, meant_for, yaml_files
from alongside.load.parse import parse
from alongside.load.registries import advised, entries, joined
from alongside.model.curriculum import REGISTRIES
from alongside.model.element import Element, FileElement
from alongside.model.lessons import Lesson, Quiz, model_by_keys
from alongside.model.modules import Module, ModuleOutline
from alongside.model.scenarios import AnyScenario, InlineScenario, Scenario
from alongside.model.steps import ScenarioStep

Model = TypeVar("Model", bound=Element)
FileModel = TypeVar("FileModel", bound=FileElement)
Content = TypeVar("Content")
#: What is made of a file, and what is wrong with it.
Made = tuple[Content | None, list[Problem]]

#: What was made of files before, with when they changed and how large they were. A preview keeps it,
#: so that only what has changed is read again; elements never change, so they can be used again.
Memory = dict[tuple[Path, type[Element]], tuple[tuple[int, int], Any, list[Problem]]]


#: What an earlier run read of the files of an owner, by what messages call them, and what was wrong with each.
Readings = dict[str, tuple[Any, tuple[Problem, ...]]]


class FileReader:
    """Reads files one after the other and keeps what is wrong with them."""

    def __init__(self, memory: Memory, cache: Cache = NO_CACHE) -> None:
        """The `cache` has what an earlier run read of files that are as they were."""
        self.problems: list[Problem] = []
        self._memory = memory
        self._cache = cache
        self._kept: Readings = {}
        self._read: Readings = {}

    @contextmanager
    def of(self, owner: str) -> Iterator[None]:
        """Meanwhile the files of an owner are read, which are kept together."""
        self._kept, self._read = self._cache.kept(owner, "read", Readings) or {}, {}
        yield
        if self._read:
            self._cache.keep(owner, "read", Readings, self._kept | self._read)
        self._kept, self._read = {}, {}

    def _mapping(self, path: Path, label: str) -> tuple[LocatedMapping | None, Sequence[Problem]]:
        if label in self._kept:
            node, found = self._kept[label]
            return unpacked(label, node), found
        mapping, problems = read_file(path, label)
        if self._cache is not NO_CACHE:
            self._read[label] = packed(mapping), tuple(problems)
        return mapping, problems

    def file(self, layer: Layer, path: Path, model: type[FileModel], name: str) -> FileModel | None:
        """What a file holds, or `None` where it cannot be understood."""
        made, problems = self._made(layer, path, model, parse)
        self.problems += problems
        return made.named(name) if made is not None else None

    def registry(self, layer: Layer, name: str, model: type[Model]) -> dict[str, Model]:
        """The entries of a registry by id; none where the layer has no such file or folder."""
        files = []
        for path in layer.registry_files(name):
            made, problems = self._made(layer, path, model, entries)
            files.append(made or {})
            self.problems += [advised(problem, name) for problem in problems]
        found, problems = joined(files)
        self.problems += problems
        return found

    def _made(
        self, layer: Layer, path: Path, model: type[Model], make: Callable[[type[Model], LocatedMapping], Made[Content]]
    ) -> tuple[Content | None, list[Problem]]:
        """What `make` makes of a file, `None` where it cannot be understood, and what is wrong with it."""
        try:
            status = path.stat()
        except OSError:  # it has gone since it was found; reading it says so
            stamp = 0, 0
        else:
            stamp = status.st_mtime_ns, status.st_size
        known = self._memory.get((path, model))
        if known is None or known[0] != stamp:
            mapping, read = self._mapping(path, layer.label(path))
            made, problems = None, [*read]
            if mapping is not None:
                made, found = make(model, mapping)
                problems += found
            known = stamp, made, problems
            self._memory[path, model] = known
        return known[1], known[2]

    def module(self, layer: Layer, folder: Path) -> Module | None:
        """The module in `folder`, or `None` where its `module.yml` cannot be understood."""
        with self.of(folder.name):
            return self._module(layer, folder)

    def _module(self, layer: Layer, folder: Path) -> Module | None:
        label = layer.label(folder / "module.yml")
        if not layer.holds(folder / "module.yml"):
            if door.is_strange(folder / "module.yml") or meant_for(folder / "module.yml"):
                return None  # `strange_files` or `misnamed_files` says what it is
            self.problems.append(
                Problem(
                    "L101",
                    "error",
                    f"the folder {quoted(folder.name)} has no module.yml{nearest(folder.name.lower(), REGISTRIES)}",
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
            for path in yaml_files(folder):
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
        if door.is_strange(path) or meant_for(path):
            return None  # as above
        known = [p.stem for p in yaml_files(folder) if p.stem != "module"]
        other = next((one for one in known if one.casefold() == name.casefold()), None)
        fix = (
            f"rename {printable(other)}.yml to {path.name}"
            if other
            else f"create {printable(layer.label(path))}, or correct the name"
        )
        self.problems.append(
            Problem(
                "R202",
                "error",
                f"there is no {model.__name__.lower()} {quoted(name)}{nearest(name, known)}",
                place,
                f"the name of a file in {printable(layer.label(folder))}/",
                fix,
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
        for path in yaml_files(folder)
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
