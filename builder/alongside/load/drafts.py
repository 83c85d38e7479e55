"""What is not ready for learners: shown in a preview, and absent from a site for learners, with all that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from alongside.model.curriculum import Curriculum, TextPage
from alongside.model.element import FileElement, descendants
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import Module
from alongside.model.scenarios import AnyScenario
from alongside.model.steps import ScenarioStep

#: Copies for paper, below the address of their module.
COPIES = ("print", "print/key", "print/facilitator")


def drafts(curriculum: Curriculum) -> Iterator[FileElement]:
    """What says of itself that it is a draft. What stands in a module that is one goes with it."""
    for module in curriculum.modules.values():
        if module.outline.draft:
            yield module.outline
        else:
            yield from (lesson for lesson in module.lessons if lesson.draft)
    yield from (page for page in curriculum.pages.values() if page.draft)


def without_drafts(curriculum: Curriculum) -> Curriculum:
    """The curriculum that learners get. A module of which every lesson is a draft is one itself."""
    modules, withheld = {}, set[str]()
    for name, module in curriculum.modules.items():
        ready = tuple(lesson for lesson in module.lessons if not lesson.draft)
        if module.outline.draft or (module.lessons and not ready):
            withheld |= {name, *(f"{name}/{part}" for part in (*module.parts, *COPIES))}
        else:
            modules[name] = _with(module, ready)
            withheld |= {f"{name}/{lesson.id}" for lesson in module.lessons if lesson.draft}
    kept = replace(curriculum, modules=modules, withheld=curriculum.withheld | withheld)
    return without_pages(kept, {name for name, page in curriculum.pages.items() if page.draft})


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
    return replace(module, outline=outline, lessons=lessons, quiz=quiz, scenarios=scenarios)


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
