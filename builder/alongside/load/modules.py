"""The files of modules and what they share, read one after the other; what is wrong with each is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from alongside.files import door
from alongside.files.cache import NO_CACHE, Cache
from alongside.files.located import LocatedMapping, Place, packed, unpacked
from alongside.files.problems import Problem, has_errors, nearest, printable, quoted
from alongside.files.source import read_file
from alongside.load.layers import IDENTIFIER, RESERVED_IDS, RESERVED_IN_MODULES, Layer, meant_for, yaml_files
from alongside.load.overlays import Changes, LaidOver, Stack, useless, without, without_scenarios
from alongside.load.parse import parse
from alongside.load.registries import advised, entries, joined
from alongside.load.taken import Taken, taken_of
from alongside.model.curriculum import REGISTRIES, CurriculumOutline
from alongside.model.element import Element, FileElement
from alongside.model.lessons import Lesson, Quiz, model_by_keys
from alongside.model.modules import Module, ModuleOutline
from alongside.model.overlay import OVERLAY, Overlay
from alongside.model.scenarios import AnyScenario, InlineScenario, Scenario
from alongside.model.steps import ScenarioStep

Model = TypeVar("Model", bound=Element)
FileModel = TypeVar("FileModel", bound=FileElement)
Content = TypeVar("Content")
#: What is made of a file, and what is wrong with it.
Made = tuple[Content | None, list[Problem]]

#: What was made of files before, with when they changed and how large they were. A preview keeps it,
#: so that only what has changed is read again; elements never change, so they can be used again.
Memory = dict[tuple[Path, type[Element]], tuple[Any, Any, list[Problem]]]


@dataclass(frozen=True)
class Change:
    """What is done to what a file holds before it becomes a model."""

    #: Gives a changed copy, and what could not be done.
    make: Callable[[LocatedMapping], tuple[LocatedMapping, list[Problem]]]
    #: The files that say what is done, and where the last of them says it.
    files: Sequence[Path]
    place: Place | None


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
        self._taken: dict[Layer, Taken] = {}
        #: Lessons and quizzes that overlays leave out, as `MODULE/LESSON`.
        self.left_out: set[str] = set()

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

    def file(  # what it is, and what is laid over it
        self,
        layer: Layer,
        path: Path,
        model: type[FileModel],
        name: str,
        change: Change | None = None,
    ) -> FileModel | None:
        """What a file holds, or `None` where it cannot be understood. A `change` is applied to it first."""

        def made_of(model: type[FileModel], mapping: LocatedMapping) -> Made[FileModel]:
            assert change is not None, "it is called only where there is one"
            changed, problems = change.make(mapping)
            if problems:
                return None, problems
            made, found = parse(model, changed)
            alone = parse(model, mapping)[1] if found else []
            return made, [problem if problem in alone else _moved(problem, mapping, change.place) for problem in found]

        made, problems = self._made(
            layer, path, model, parse if change is None else made_of, change.files if change else ()
        )
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

    def taken(self, layer: Layer) -> Taken:
        """What a layer has taken over from others."""
        if layer not in self._taken:
            self._taken[layer], problems = taken_of(layer)
            self.problems += problems
        return self._taken[layer]

    def _made(
        self,
        layer: Layer,
        path: Path,
        model: type[Model],
        make: Callable[[type[Model], LocatedMapping], Made[Content]],
        over: Sequence[Path] = (),
    ) -> tuple[Content | None, list[Problem]]:
        """What `make` makes of a file by what the files `over` it say, `None` where it cannot be understood, and what is wrong with it."""
        stamp = [_stamp(one) for one in (path, *over)]
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

    def module(self, stack: Stack) -> Module | None:
        """The module in a stack of folders, or `None` where its `module.yml` cannot be understood."""
        with self.of(stack.name):
            return self._module(stack)

    def _module(self, stack: Stack) -> Module | None:
        layer, folder = stack.folders[0]
        label = layer.label(folder / "module.yml")
        if not layer.holds(folder / "module.yml"):
            if door.is_strange(folder / "module.yml") or meant_for(folder / "module.yml"):
                return None  # `strange_files` or `misnamed_files` says what it is
            self.problems.append(
                Problem(
                    "L101",
                    "error",
                    f"the folder {quoted(folder.name)} has no module.yml{nearest(folder.name.lower(), REGISTRIES)}"
                    + (", and no layer below has this module" if layer.holds(folder / f"{OVERLAY}.yml") else ""),
                    Place(label),
                    "a file module.yml in each folder of modules/",
                    f"create {printable(label)}, or delete the folder",
                )
            )
            return None
        self.problems += useless(layer, folder, folder / "module.yml")
        changes = self._changes(stack, [name for name in stack.names() if name != OVERLAY])
        if changes is None:
            return None
        parts = _Parts(self, stack, changes)
        self.left_out |= {f"{stack.name}/{name}" for name in parts.left_out}
        outline = parts.outline()
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
            parts.named(name, Lesson, outline.place("lessons", index)) for index, name in enumerate(outline.lessons)
        ]
        lessons = tuple(lesson for lesson in named if lesson)
        quiz = parts.named(outline.quiz, Quiz, outline.place("quiz")) if outline.quiz else None
        scenarios = parts.scenarios(lessons)
        if not has_errors(self.problems[before:]):  # a name that leads nowhere may be meant for one of them
            self.problems += _unused_files(stack, outline, lessons, parts.left_out)
        return Module(
            folder.name,
            folder,
            outline,
            lessons,
            quiz,
            scenarios,
            {path: above.label(path) for above, path in stack.above},
        )

    def outline(self, stack: Stack) -> CurriculumOutline | None:
        """What `curriculum.yml` says, with what overlays beside it change; `None` where it cannot be understood."""
        changes = self._changes(stack, ["curriculum"])
        return _Parts(self, stack, changes).file("curriculum", CurriculumOutline) if changes is not None else None

    def _changes(self, stack: Stack, files: Sequence[str]) -> Changes | None:
        """What later layers change of these files, or `None` where that cannot be understood."""
        overlays = []
        before = len(self.problems)
        for layer, folder in stack.above:
            path = folder / f"{OVERLAY}.yml"
            if layer.holds(path):
                overlay = self.file(layer, path, Overlay, stack.name)
                if overlay:
                    overlays.append(LaidOver(layer, path, overlay, self.taken(layer)))
        changes = Changes(overlays)
        if not has_errors(self.problems[before:]):
            self.problems += changes.mistakes(files, stack)
            return changes
        return None

    def _guessed(self, layer: Layer, path: Path) -> None:
        """Reports what is wrong with a file whose part in the module is not known."""
        mapping, found = read_file(path, layer.label(path))
        self.problems += found
        model = model_by_keys(mapping or ())
        if mapping is not None and model:
            self.problems += parse(model, mapping)[1]


class _Parts:
    """Reads the files of one module, each from the last layer that has it, with what later layers change of it."""

    def __init__(self, reader: FileReader, stack: Stack, changes: Changes) -> None:
        self._reader, self._stack, self._changes = reader, stack, changes
        #: Names of the lessons, the quiz and the scenarios that are left out.
        self.left_out = changes.left_out_files()

    def outline(self) -> ModuleOutline | None:
        """What the module is, without the lessons and the quiz that are left out."""
        return self.file("module", ModuleOutline, partial(without, names=self.left_out))

    def named(self, name: str, model: type[FileModel], place: Place) -> FileModel | None:
        """The file that something names, or `None` with the problem reported where it is named."""
        if self._stack.holder(name):
            return self.file(name, model, self._without_scenarios if model is Lesson else None)
        if any(
            door.is_strange(folder / f"{name}.yml") or meant_for(folder / f"{name}.yml")
            for _, folder in self._stack.folders
        ):
            return None  # as above
        layer, folder = self._stack.folders[-1]
        path = folder / f"{name}.yml"
        known = [known for known in self._stack.names() if known not in {"module", OVERLAY}]
        other = next((one for one in known if one.casefold() == name.casefold()), None)
        fix = (
            f"rename {printable(other)}.yml to {path.name}"
            if other
            else f"create {printable(layer.label(path))}, or correct the name"
        )
        self._reader.problems.append(
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

    def scenarios(self, lessons: Sequence[Lesson]) -> dict[str, AnyScenario]:
        """Scenarios by id, those inside lessons and those in files that lessons name."""
        scenarios: dict[str, AnyScenario] = {}
        for step in (step for lesson in lessons for step in lesson.steps if isinstance(step, ScenarioStep)):
            if isinstance(step.scenario, InlineScenario):
                scenarios[step.scenario.id] = step.scenario
            elif step.scenario not in scenarios:
                scenario = self.named(step.scenario, Scenario, step.place("scenario"))
                if scenario:
                    scenarios[step.scenario] = scenario
        return scenarios

    def _without_scenarios(self, mapping: LocatedMapping) -> list[Problem]:
        without_scenarios(mapping, self.left_out)
        return []

    def file(
        self, name: str, model: type[FileModel], more: Callable[[LocatedMapping], list[Problem]] | None = None
    ) -> FileModel | None:
        """A file of the module with what is changed of it; `more` is done to it besides."""
        holder = self._stack.holder(name)
        assert holder is not None, "whoever asks has looked"
        layer, folder = holder
        changes = self._changes.of_layers_after(layer, self._stack)
        label = self._stack.name if name == "module" else name
        path = folder / f"{name}.yml"
        if not self._changes:
            return self._reader.file(layer, path, model, label)

        def make(mapping: LocatedMapping) -> tuple[LocatedMapping, list[Problem]]:
            changed, problems = changes.made(name, mapping)
            return changed, [*problems, *(more(changed) if more else [])]

        change = Change(make, self._changes.files, self._changes.place)
        return self._reader.file(layer, path, model, label, change)


def _moved(problem: Problem, mapping: LocatedMapping, place: Place | None) -> Problem:
    """A problem that only a change has caused, told where the change is written."""
    if place is None or problem.place.file != mapping.place.file:
        return problem
    return replace(problem, place=place, message=f"with the changes of this file, {problem.message}")


def _stamp(path: Path) -> tuple[int, int]:
    """When a file was changed and how large it is. Programs set the time of what it holds (mtime), nobody that of a change (ctime)."""
    try:
        status = path.stat()
    except OSError:  # it has gone since it was found; reading it says so
        return 0, 0
    return status.st_ctime_ns, status.st_size


def _unused_files(
    stack: Stack, outline: ModuleOutline, lessons: Sequence[Lesson], left_out: Collection[str]
) -> list[Problem]:
    used = {"module", *outline.lessons, outline.quiz, *left_out}
    used |= {
        s.scenario
        for lesson in lessons
        for s in lesson.steps
        if isinstance(s, ScenarioStep) and isinstance(s.scenario, str)
    }
    layer, folder = stack.folders[0]
    return [
        *(problem for above in stack.above for problem in _not_laid_over(above, stack, used)),
        *(
            Problem(
                "R210",
                "warning",
                f"no lesson or module uses the file {quoted(path.name)}",
                Place(layer.label(path)),
                "each file named in module.yml or in a lesson",
                f"add {printable(path.stem)} to lessons: in module.yml, or delete the file",
            )
            for path in yaml_files(folder)
            # What nothing uses since a lesson is left out or replaced is no mistake of whoever wrote the file.
            if path.stem not in {*used, OVERLAY} and not stack.above
        ),
    ]


def _not_laid_over(above: tuple[Layer, Path], stack: Stack, used: Collection[str | None]) -> Iterator[Problem]:
    """Files in a folder that changes a module, which neither replace a file of it nor are added to it."""
    layer, folder = above
    known = [name for name in stack.names() if name in used]
    for path in yaml_files(folder):
        if path.stem not in {*known, OVERLAY}:
            yield Problem(
                "L127",
                "error",
                f"the module has nothing that the file {quoted(path.name)} could replace{nearest(path.stem, known)}",
                Place(layer.label(path)),
                f"the name of a file of the module: {', '.join(sorted(map(printable, known)))}",
                f"rename the file, name it as a lesson below add: in {OVERLAY}.yml, or delete it",
            )


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
