"""Layers of folders to one curriculum, with everything that is wrong on the way.

Reads only. A file that cannot be understood is reported and left out; the rest is read all the
same, so that one run shows every problem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from alongside.element import IDENTIFIER_PATTERN, Element
from alongside.located import LocatedMapping, Place
from alongside.model import (
    AnyScenario,
    Curriculum,
    CurriculumOutline,
    FileElement,
    InlineScenario,
    Lesson,
    Module,
    ModuleOutline,
    Person,
    Quiz,
    Scenario,
    ScenarioStep,
    Source,
    Term,
    TextPage,
)
from alongside.parse import ID_FORM, found_in, parse
from alongside.problems import Problem, has_errors, nearest, quoted
from alongside.source import read_file, read_page

#: Names that the site itself uses at its top level; a module of that name would overwrite it.
RESERVED_IDS = frozenset(
    "404 about alignment assets content elements en exercises glossary index journal media modules page pages "
    "partials paths print privacy progress questions record review search sitemap sources support theme".split()
)

IDENTIFIER = re.compile(IDENTIFIER_PATTERN)

Model = TypeVar("Model", bound=Element)
FileModel = TypeVar("FileModel", bound=FileElement)


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


def load_curriculum(layers: Sequence[Layer], leave_out: Sequence[str] = ()) -> tuple[Curriculum | None, list[Problem]]:
    """The curriculum of all layers, and everything that is wrong with its files.

    A later layer replaces a module by id, `curriculum.yml` as a whole, and entries of the other
    registries by id. Returns `None` only where there is no usable `curriculum.yml`.
    """
    problems: list[Problem] = []
    outline: CurriculumOutline | None = None
    sources: dict[str, Source] = {}
    glossary: dict[str, Term] = {}
    people: dict[str, Person] = {}
    folders: dict[str, tuple[Layer, Path]] = {}
    named = False
    for layer in layers:
        named = named or (layer.modules / "curriculum.yml").is_file()
        outline = _read_optional(layer, "curriculum.yml", CurriculumOutline, problems) or outline
        sources |= _read_registry(layer, "sources.yml", Source, problems)
        glossary |= _read_registry(layer, "glossary.yml", Term, problems)
        people |= _read_registry(layer, "people.yml", Person, problems)
        if layer.modules.is_dir():
            for folder in sorted(layer.modules.iterdir()):
                if folder.is_dir() and not folder.name.startswith("."):
                    folders[folder.name] = (layer, folder)
    if not named:
        problems.append(
            Problem(
                "L101", "error", "there is no modules/curriculum.yml", Place("modules/curriculum.yml"),
                "a file that names the modules in order", "title: Our training\nsummary: What it is for.\norder: [first-module]",
            )
        )

    modules: dict[str, Module] = {}
    order = outline.order if outline else ()
    for name in [n for n in order if n in folders] + [n for n in folders if n not in order]:
        if name in leave_out:
            continue
        layer, folder = folders[name]
        module = load_module(layer, folder, problems)
        if module:
            modules[name] = module
    if outline is None:
        return None, problems
    return Curriculum(outline, modules, dict(outline.paths), sources, glossary, people), problems


def load_texts(folders: Sequence[tuple[Layer, Path]]) -> tuple[dict[str, TextPage], list[Problem]]:
    """The pages of prose in `content/` folders. A page in a later folder replaces one of the same path."""
    pages: dict[str, TextPage] = {}
    problems: list[Problem] = []
    for layer, folder in folders:
        for path in sorted(folder.rglob("*.md")):
            mapping, found = read_page(path, layer.label(path))
            problems += found
            page = None
            if mapping is not None:
                page, found = parse(TextPage, mapping)
                problems += found
            if page is not None:
                page._id = path.relative_to(folder).with_suffix("").as_posix()
                pages[page.id] = page
    return pages, problems


def load_module(layer: Layer, folder: Path, problems: list[Problem]) -> Module | None:
    """The module in `folder`, or `None` where its `module.yml` cannot be understood."""
    label = layer.label(folder / "module.yml")
    if not (folder / "module.yml").is_file():
        problems.append(
            Problem("L101", "error", f"the folder {quoted(folder.name)} has no module.yml", Place(label), "a file module.yml in each folder of modules/", f"create {label}, or delete the folder")
        )
        return None
    outline = _read(layer, folder / "module.yml", ModuleOutline, folder.name, problems)
    problems += _bad_names(folder, layer)
    if outline is None:
        # Its other files are still read, so that what is wrong there shows in the same run.
        for path in sorted(folder.glob("*.yml")):
            if path.name != "module.yml":
                _read_guessing(layer, path, problems)
        return None
    before = len(problems)
    lessons = []
    for index, name in enumerate(outline.lessons):
        lesson = _referenced(layer, folder, name, Lesson, outline.place("lessons", index), "lesson", problems)
        if lesson:
            lessons.append(lesson)
    quiz = None
    if outline.quiz:
        quiz = _referenced(layer, folder, outline.quiz, Quiz, outline.place("quiz"), "quiz", problems)
    scenarios: dict[str, AnyScenario] = {}
    for lesson in lessons:
        for step in lesson.steps:
            if not isinstance(step, ScenarioStep):
                continue
            if isinstance(step.scenario, InlineScenario):
                scenarios[step.scenario.id] = step.scenario
            elif step.scenario not in scenarios:
                scenario = _referenced(layer, folder, step.scenario, Scenario, step.place("scenario"), "scenario", problems)
                if scenario:
                    scenarios[step.scenario] = scenario
    if not has_errors(problems[before:]):  # a name that leads nowhere may be meant for one of them
        problems += _unused_files(layer, folder, outline, lessons)
    return Module(folder.name, folder, outline, tuple(lessons), quiz, scenarios)


def _unused_files(layer: Layer, folder: Path, outline: ModuleOutline, lessons: Sequence[Lesson]) -> list[Problem]:
    used = {"module", *outline.lessons, outline.quiz}
    used |= {s.scenario for lesson in lessons for s in lesson.steps if isinstance(s, ScenarioStep) and isinstance(s.scenario, str)}
    return [
        Problem(
            "R210", "warning", f"no lesson or module uses the file {quoted(path.name)}", Place(layer.label(path)),
            "each file named in module.yml or in a lesson", f"add {path.stem} to lessons: in module.yml, or delete the file",
        )
        for path in sorted(folder.glob("*.yml"))
        if path.stem not in used
    ]


def _bad_names(folder: Path, layer: Layer) -> list[Problem]:
    place = Place(layer.label(folder / "module.yml"))
    if folder.name in RESERVED_IDS:
        return [
            Problem("M110", "error", f"a module cannot be called {quoted(folder.name)}: the site uses that name itself", place, "another name", "rename the folder")
        ]
    if not IDENTIFIER.fullmatch(folder.name):
        return [
            Problem("M109", "error", f"{quoted(folder.name)} cannot be the name of a module", place, "lower-case letters, digits and hyphens", "rename the folder")
        ]
    return []


def _referenced(
    layer: Layer, folder: Path, name: str, model: type[FileModel], place: Place, noun: str, problems: list[Problem]
) -> FileModel | None:
    """The file that something names, or `None` with the problem reported where it is named."""
    path = folder / f"{name}.yml"
    if not path.is_file():
        known = [p.stem for p in folder.glob("*.yml") if p.stem != "module"]
        problems.append(
            Problem(
                "R202", "error", f"there is no {noun} {quoted(name)}{nearest(name, known)}", place,
                f"the name of a file in {layer.label(folder)}/", f"create {layer.label(path)}, or correct the name",
            )
        )
        return None
    return _read(layer, path, model, name, problems)


def _read_optional(layer: Layer, name: str, model: type[FileModel], problems: list[Problem]) -> FileModel | None:
    path = layer.modules / name
    return _read(layer, path, model, path.stem, problems) if path.is_file() else None


def _read(layer: Layer, path: Path, model: type[FileModel], name: str, problems: list[Problem]) -> FileModel | None:
    mapping, found = read_file(path, layer.label(path))
    problems += found
    if mapping is None:
        return None
    element, found = parse(model, mapping)
    problems += found
    if element is not None:
        element._id = name
    return element


def _read_guessing(layer: Layer, path: Path, problems: list[Problem]) -> None:
    """Reports what is wrong with a file whose part in the module is not known."""
    mapping, found = read_file(path, layer.label(path))
    problems += found
    if mapping is None:
        return
    for key, model in (("steps", Lesson), ("questions", Quiz), ("nodes", Scenario)):
        if key in mapping:
            problems += parse(model, mapping)[1]
            return


def _read_registry(layer: Layer, name: str, model: type[Model], problems: list[Problem]) -> dict[str, Model]:
    path = layer.modules / name
    if not path.is_file():
        return {}
    mapping, found = read_file(path, layer.label(path))
    problems += found
    entries: dict[str, Model] = {}
    for key, value in (mapping or {}).items():
        assert mapping is not None
        place = mapping.key_places[key]
        if not IDENTIFIER.fullmatch(key):
            problems.append(Problem("M109", "error", f"{quoted(key)} cannot be an id", place, ID_FORM, "change the id, and everywhere it is used"))
            continue
        if not isinstance(value, LocatedMapping):
            problems.append(Problem("M103", "error", f"{quoted(key)} is {found_in(value)}", place, "keys with values, indented below the id"))
            continue
        element, found = parse(model, value)
        problems += found
        if element is not None:
            entries[key] = element
    return entries
