"""What is not ready for learners: shown in a preview, and absent from a site for learners, with all that leads there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from alongside.files.paths import address
from alongside.model.curriculum import REGISTRIES, Curriculum, TextPage
from alongside.model.element import Element, FileElement, descendants
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import Module
from alongside.model.scenarios import AnyScenario
from alongside.model.settings import Organisation, below_content
from alongside.model.steps import ScenarioStep

#: Copies for paper, below the address of their module.
COPIES = ("print", "print/key", "print/facilitator")
#: What can stand around the path of a file in prose.
AROUND = re.compile(r"[\s()\[\]{}<>\"'`*|,;!?#]+")


def drafts(curriculum: Curriculum) -> Iterator[FileElement]:
    """What says of itself that it is a draft. What stands in a module that is one goes with it."""
    for module in curriculum.modules.values():
        if module.outline.draft:
            yield module.outline
        else:
            yield from (lesson for lesson in module.lessons if lesson.draft)
    yield from (page for page in curriculum.pages.values() if page.draft)


def without_drafts(curriculum: Curriculum, organisation: Organisation | None = None) -> Curriculum:
    """The curriculum that learners get. A module of which every lesson is a draft is one itself.

    Files that only drafts name go with them, but for those that the `organisation` names in the settings.
    """
    modules, withheld = {}, set[str]()
    for name, module in curriculum.modules.items():
        ready = tuple(lesson for lesson in module.lessons if not lesson.draft)
        if module.outline.draft or (module.lessons and not ready):
            withheld |= {name, *(f"{name}/{part}" for part in (*module.parts, *COPIES))}
        else:
            modules[name] = _with(module, ready)
            withheld |= {f"{name}/{lesson.id}" for lesson in module.lessons if lesson.draft}
    unready = {name: page for name, page in curriculum.pages.items() if page.draft}
    kept = replace(curriculum, modules=modules, withheld=curriculum.withheld | withheld)
    kept = without_pages(kept, set(unready))
    shared = (entry for registry in REGISTRIES for entry in getattr(kept, registry).values())
    others = [kept.outline, *kept.pages.values(), *shared, *([organisation] if organisation else [])]
    secret = _named(unready.values()) - _named(others)
    return replace(kept, files={name: file for name, file in kept.files.items() if address(name) not in secret})


def without_pages(curriculum: Curriculum, names: set[str]) -> Curriculum:
    """The curriculum without some of its pages of prose."""
    gone = {name: page for name, page in curriculum.pages.items() if name in names}
    pages = {name: page for name, page in curriculum.pages.items() if name not in gone}
    return replace(curriculum, pages=pages, withheld=curriculum.withheld | set(map(_address, gone.values())))


def _address(page: TextPage) -> str:
    return page.url.rstrip("/")


def _with(module: Module, lessons: tuple[Lesson, ...]) -> Module:
    """The module with some of its lessons only, and with what these teach: objectives, questions on them, scenarios."""
    if len(lessons) == len(module.lessons):
        return module
    names = {lesson.id for lesson in lessons}
    taught = {name for lesson in lessons for name in lesson.objectives}
    later = {name for lesson in module.lessons for name in lesson.objectives} - taught
    quiz = module.quiz and _without(module.quiz, later)
    kept = {
        "lessons": tuple(name for name in module.outline.lessons if name in names),
        "objectives": {name: one for name, one in module.outline.objectives.items() if name not in later},
        "quiz": quiz and quiz.id,
    }
    outline = module.outline.but(kept)
    used = {scenario for lesson in lessons for scenario in _scenarios(lesson)}
    scenarios: dict[str, AnyScenario] = {name: one for name, one in module.scenarios.items() if name in used}
    ready = replace(module, outline=outline, lessons=lessons, quiz=quiz, scenarios=scenarios)
    # An element that lost a part still says all that stands in its file, so of a quiz its questions are asked.
    withheld = _named(_told_in(module)) - _named([outline, *_told_in(ready)])
    return replace(ready, withheld=withheld & module.beside.keys())


def _told_in(module: Module) -> Iterator[Element]:
    """What a module tells and asks, each part with all that is in it."""
    yield from module.lessons
    yield from module.quiz.questions if module.quiz else ()
    yield from module.scenarios.values()


def _named(elements: Iterable[Element]) -> frozenset[str]:
    """Whatever could be the path of a file in what is written there."""
    written = (text for element in elements for text, _ in element.written())
    pieces = (piece.removeprefix("./").rstrip(".:") for text in written for piece in AROUND.split(text))
    return frozenset(address(below_content(piece)) for piece in pieces)


def _without(quiz: Quiz, objectives: set[str]) -> Quiz | None:
    """The quiz without questions on what is not taught yet; `None` where it has no others."""
    questions = []
    for question in quiz.questions:
        kept = tuple(name for name in question.objectives if name not in objectives)
        if kept or not question.objectives:
            same = kept == question.objectives
            questions.append(question if same else question.but({"objectives": kept}))
    return quiz.but({"questions": tuple(questions)}) if questions else None


def _scenarios(lesson: Lesson) -> Iterator[str]:
    """Ids of the scenarios of a lesson."""
    for element in descendants(lesson):
        if isinstance(element, ScenarioStep):
            yield element.scenario if isinstance(element.scenario, str) else element.scenario.id
