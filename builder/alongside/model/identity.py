"""What saved work is found by: modules, lessons, questions, exercises and scenarios with their ids.

Knows of one curriculum only; what changed between two is found in `changes.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from alongside.files.located import Place
from alongside.model.element import Element, FileElement, descendants, texts
from alongside.model.exercises import Exercise
from alongside.model.lessons import Lesson
from alongside.model.modules import Module, ModuleOutline
from alongside.model.questions import Question
from alongside.model.scenarios import InlineScenario, Scenario
from alongside.model.steps import ScenarioStep

Noun = Literal["module", "lesson", "question", "exercise", "scenario"]

#: What is answered or done, so that something of it is saved.
Answered = Question | Exercise | Scenario | InlineScenario
#: What that is called.
ANSWERED: frozenset[Noun] = frozenset({"question", "exercise", "scenario"})

#: Fields that learners never see, or that stand for something else that is looked at by itself.
QUIET = frozenset({"id", "lint", "formerly", "cites", "level", "review", "safety", "stances"})
#: Fields of `module.yml` that are for those who run the programme, and names of files.
QUIET_IN_OUTLINE = QUIET | {
    "credits", "reviewed", "version", "licence", "facilitator", "requires_local", "lessons", "quiz",
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Something that learners have saved work for."""

    noun: Noun
    module: str
    id: str
    element: Element
    #: The file that it stands in.
    file: FileElement

    @property
    def formerly(self) -> tuple[str, ...]:
        """Its earlier ids."""
        names: tuple[str, ...] = getattr(self.element, "formerly", ())
        return names

    @property
    def place(self) -> Place:
        """Where it says its id, or where its file starts."""
        return self.element.place("id", key=True) if isinstance(self.element, Answered) else self.element.place()

    @property
    def title(self) -> str:
        """What it is called, or what it asks."""
        return str(getattr(self.element, "title", None) or getattr(self.element, "prompt", ""))


def module_names(modules: Mapping[str, Module]) -> dict[str, tuple[str, ...]]:
    """By each id that a module has or had: the id of today, and all earlier ones."""
    names: dict[str, tuple[str, ...]] = {}
    for name, module in modules.items():
        every = (name, *(old for old in module.outline.formerly if old not in modules))
        names |= dict.fromkeys(every, every)
    return names


def earlier_ids(formerly: Iterable[str], names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Earlier ids as saved work may have them: another module that they name may be called otherwise today, or have been."""
    found: list[str] = []
    for old in formerly:
        module, slash, name = old.rpartition("/")
        found += [f"{known}/{name}" for known in names.get(module, (module,))] if slash else [name]
    return tuple(dict.fromkeys(found))


def parts(module: Module) -> Iterator[Part]:
    """Everything in a module that learners have saved work for, the module itself first."""
    yield Part("module", module.id, module.id, module.outline, module.outline)
    for file in module.files:
        if isinstance(file, Lesson):
            yield Part("lesson", module.id, file.id, file, file)
        for element in descendants(file):
            noun = noun_of(element)
            if noun and isinstance(element, Answered):
                yield Part(noun, module.id, element.id, element, file)


def noun_of(element: Element) -> Noun | None:
    """What something that is answered or done is called; nothing for any other element."""
    if isinstance(element, Question):
        return "question"
    if isinstance(element, Exercise):
        return "exercise"
    return "scenario" if isinstance(element, Scenario | InlineScenario) else None


def fingerprint(part: Part, module: Module) -> str:
    """Changes exactly when what a learner sees of the part itself changes, and not with the parts inside it.

    For a question it is the fingerprint that saved answers carry. Of a module it covers `module.yml`
    and the words around its quiz.
    """
    if isinstance(part.element, Question):
        return part.element.fingerprint()
    shown = _seen_by_learners(part.element)
    if part.noun == "module" and module.quiz:
        shown["quiz"] = {"title": module.quiz.title, "intro": module.quiz.intro}
    return hashlib.sha256(json.dumps(shown).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _seen_by_learners(element: Element) -> dict[str, Any]:
    """An element as plain values, with only the kind of each part inside it that is looked at by itself."""
    quiet = QUIET_IN_OUTLINE if isinstance(element, ModuleOutline) else QUIET
    if isinstance(element, ScenarioStep):
        return {"scenario": "scenario"}
    if isinstance(element, Answered | Lesson):
        quiet |= {"objectives"}  # they decide what counts towards what, and nothing that is seen
    names = [name for name in type(element).model_fields if name not in quiet]
    # What is written into an exercise is found by the ids inside it.
    ids = [getattr(entry, "id", "") for entry in descendants(element)[1:]] if isinstance(element, Exercise) else []
    return {name: _plain(getattr(element, name)) for name in names} | {"ids": ids}


def _plain(value: Any) -> Any:
    if isinstance(value, Element):
        return noun_of(value) or _seen_by_learners(value)
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value.isoformat() if isinstance(value, date) else value


#: From this likeness on, two things with different ids are taken for the same one.
ALIKE = 0.6


def alike(one: Element, other: Element) -> float:
    """How much of the words of two elements is the same, from 0 to 1."""
    first, second = _words(one), _words(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _words(element: Element) -> Counter[str]:
    return Counter(word for text in texts(element) for word in text.value.lower().split())
