"""What the pages on progress and review need to know of the curriculum: JSON files, one for each module.

Saved work is found in it by authored ids; earlier ids and fingerprints say what became of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from alongside.files.cache import NO_CACHE, Cache
from alongside.model.curriculum import Curriculum
from alongside.model.identity import earlier_ids, module_names, parts
from alongside.model.modules import Module
from alongside.model.questions import Question, kind_of
from alongside.model.questions.interaction import misconceptions
from alongside.model.questions.keys import assessments
from alongside.model.scenarios import AnyScenario, InlineScenario
from alongside.model.steps import ScenarioStep
from alongside.render.page import Asset
from alongside.render.template_context import quiz_title
from alongside.words.language import ENGLISH, Words

#: By each id that a module has or had, all of them.
Names = Mapping[str, tuple[str, ...]]

#: From which others something came to a module, and its file.
Kept = tuple[list[str], str]

#: Where the file stands that says which modules there are, and that of a module in its folder.
INDEX, OF_MODULE = "assets/index.json", "index.json"


def index_assets(curriculum: Curriculum, words: Words = ENGLISH, cache: Cache = NO_CACHE) -> Iterator[Asset]:
    """The earlier ids of all modules by their ids, from which others something came to them, and what there is to know of each in a file of its own."""
    modules = curriculum.modules.values()
    names = module_names(curriculum.modules)
    listing: dict[str, Any] = {"modules": {module.id: module.outline.formerly for module in modules}}
    kept = {module.id: cache.of(module.id, "index", Kept, partial(_kept, module, names, words)) for module in modules}
    came = {name: others for name, (others, _) in kept.items()}
    if any(came.values()):
        listing["from"] = {name: others for name, others in came.items() if others}
    yield Asset(INDEX, content=_json(listing))
    for name, (_, text) in kept.items():
        yield Asset(f"{name}/{OF_MODULE}", content=text.encode())


def _kept(module: Module, names: Names, words: Words) -> Kept:
    return _others(module, names), _json(_module(module, names, words)).decode()


def known_modules(curriculum: Curriculum, words: Words = ENGLISH) -> dict[str, dict[str, Any]]:
    """What there is to know of each module, by its id, in the order of the curriculum."""
    names = module_names(curriculum.modules)
    return {module.id: _module(module, names, words) for module in curriculum.modules.values()}


def _others(module: Module, names: Names) -> list[str]:
    """Other modules, under every name, in which something of this one was before."""
    earlier = [name for part in parts(module) if part.noun != "module" for name in earlier_ids(part.formerly, names)]
    return list(dict.fromkeys(name.split("/")[0] for name in earlier if "/" in name))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _module(module: Module, names: Names, words: Words) -> dict[str, Any]:
    outline = module.outline
    return {
        "title": module.title,
        "version": outline.version,
        "formerly": list(outline.formerly),
        "parts": dict(_parts(module, names, words)),
        "objectives": {name: objective.text for name, objective in outline.objectives.items()},
        "questions": {question.id: entry for question, entry in _questions(module, names)},
        "scenarios": {scenario.id: list(earlier_ids(scenario.formerly, names)) for scenario in _scenarios(module)},
        "confidence": [step.text for step in getattr(outline.confidence, "scale", ())],
    }


def _parts(module: Module, names: Names, words: Words) -> Iterator[tuple[str, dict[str, Any]]]:
    for lesson in module.lessons:
        yield lesson.id, {"title": lesson.title, "formerly": list(earlier_ids(lesson.formerly, names))}
    if module.quiz:
        title = quiz_title(module.quiz, words)
        yield module.quiz.id, {"title": title, "formerly": []}


def _scenarios(module: Module) -> Iterator[AnyScenario]:
    """Those in files of their own, and those that stand in a lesson."""
    yield from module.scenarios.values()
    for lesson in module.lessons:
        for step in lesson.steps:
            if isinstance(step, ScenarioStep) and isinstance(step.scenario, InlineScenario):
                yield step.scenario


def _questions(module: Module, names: Names) -> Iterator[tuple[Question, dict[str, Any]]]:
    """Questions that count, with the page that each stands on."""
    owners = {id(question): lesson.id for lesson in module.lessons for question in lesson.checks}
    for question in assessments(module):
        part = owners.get(id(question), module.quiz.id if module.quiz else "")
        entry: dict[str, Any] = {
            "part": part,
            "kind": kind_of(question),
            "fingerprint": question.fingerprint(),
            "objectives": list(question.objectives),
        }
        if question.formerly:
            entry["formerly"] = list(earlier_ids(question.formerly, names))
        if question.review and question.scored:
            entry["review"] = True
        beliefs = misconceptions(question.shape)
        if beliefs:
            entry["misconceptions"] = beliefs
        yield question, entry
