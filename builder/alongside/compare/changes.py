"""What changed for learners between two curricula, and what that does to their saved work.

Works on values only: where the earlier curriculum comes from is said in `history.py`, how changes
are shown in `report.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from alongside.files.located import Place
from alongside.files.problems import Problem, quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import Element, descendants
from alongside.model.exercises import Exercise
from alongside.model.identity import ALIKE, Answered, Noun, Part, alike, fingerprint, parts
from alongside.model.lessons import Quiz
from alongside.model.modules import Module
from alongside.model.questions.keys import assessments
from alongside.texts.duration import module_duration
from alongside.texts.readability import all_words, narrative_texts, reading

Kind = Literal["added", "changed", "renamed", "removed"]

#: From this number of questions on, an objective counts as assessed (rule P101).
ENOUGH = 2


@dataclass(frozen=True)
class Change:
    """Something that is not as it was for learners."""

    kind: Kind
    part: Part
    #: What it was before, unless it is new.
    before: Part | None = None
    #: Whether its words changed too, where it has a new id.
    reworded: bool = False


@dataclass(frozen=True)
class Measures:
    """A module in numbers."""

    #: Minutes of reading and of practice together.
    minutes: int
    words: int
    #: Years of schooling that its teaching texts need.
    grade: float
    #: How many questions assess each objective.
    coverage: Mapping[str, int]

    @property
    def assessed(self) -> int:
        """How many objectives are assessed often enough."""
        return sum(count >= ENOUGH for count in self.coverage.values())


@dataclass(frozen=True)
class Changes:
    """Everything that is different for learners."""

    changes: tuple[Change, ...]
    #: Parts that learners answer or do, and that are as they were.
    kept: int
    #: Measures of each module before and after; `None` where there was or is none.
    measures: Mapping[str, tuple[Measures | None, Measures | None]]
    #: Modules with files that cannot be read, of which nothing can be said.
    unread: tuple[str, ...] = ()
    #: Other files that cannot be read, so that what rests on them is not known.
    unread_files: tuple[str, ...] = ()

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def changed_since(self) -> tuple[Change, ...]:
        """What has saved answers that were given to other words."""
        return tuple(c for c in self.changes if _is_saved(c) and (c.kind == "changed" or c.reworded))

    @property
    def set_aside(self) -> tuple[Change, ...]:
        """What has saved answers that have no place any more."""
        return tuple(c for c in self.changes if _is_saved(c) and c.kind == "removed")

    @property
    def followed(self) -> tuple[Change, ...]:
        """What has another id now, with its saved answers, since `formerly` says so."""
        return tuple(c for c in self.changes if _is_saved(c) and c.kind == "renamed")


def _is_saved(change: Change) -> bool:
    return isinstance(change.part.element, Answered)


def compare(before: Curriculum, after: Curriculum, unread: Iterable[str] = ()) -> Changes:
    """What changed from one curriculum to the other. Modules whose files could not all be read are left out."""
    doubtful = set(unread)
    found: list[Change] = []
    kept = 0
    measures: dict[str, tuple[Measures | None, Measures | None]] = {}
    for old, new in _pairs(before, after):
        name = new.id if new else old.id if old else ""
        if {old.id if old else "", name} & doubtful:
            continue
        changes, same = _in_module(old, new)
        found += changes
        kept += same
        measures[name] = (measure(old) if old else None, measure(new) if new else None)
    return Changes(tuple(found), kept, measures, tuple(sorted(doubtful)))


def _pairs(before: Curriculum, after: Curriculum) -> Iterator[tuple[Module | None, Module | None]]:
    """Modules with what they were before, in the order of today; then those that are gone."""
    left = dict(before.modules)
    for module in after.modules.values():
        names = (module.id, *(name for name in module.outline.formerly if name not in after.modules))
        known = next((name for name in names if name in left), None)
        yield left.pop(known) if known else None, module
    for module in left.values():
        yield module, None


def _in_module(old: Module | None, new: Module | None) -> tuple[list[Change], int]:
    """The changes in a module, and how many things to answer or do are as they were."""
    left = {(part.noun, part.id): part for part in parts(old)} if old else {}
    present = {(part.noun, part.id) for part in parts(new)} if new else set()
    found: list[Change] = []
    kept = 0
    for part in parts(new) if new else ():
        before = _taken(part, left, present)
        if before is None or old is None or new is None:
            found.append(Change("added", part))
            continue
        reworded = fingerprint(before, old) != fingerprint(part, new)
        if before.id != part.id:
            found.append(Change("renamed", part, before, reworded))
        elif reworded:
            found.append(Change("changed", part, before))
        kept += isinstance(part.element, Answered) and not reworded
    found += [Change("removed", part, part) for part in left.values()]
    return found, kept


def _taken(part: Part, left: dict[tuple[Noun, str], Part], present: set[tuple[Noun, str]]) -> Part | None:
    """What a part was before, taken out of what is left to be found."""
    if part.noun == "module":
        return next((left.pop(key) for key in list(left) if key[0] == "module"), None)
    earlier = [(part.noun, name) for name in part.formerly if (part.noun, name) not in present]
    return next((left.pop(key) for key in [(part.noun, part.id), *earlier] if key in left), None)


def measure(module: Module) -> Measures:
    """A module in numbers. Notes for facilitators and credits do not count as words for learners."""
    asked = [name for question in assessments(module) for name in dict.fromkeys(question.objectives)]
    files = [file for file in module.files if file is not module.outline]
    told = [text.value for lesson in module.lessons for text in narrative_texts(lesson)]
    coverage = {name: asked.count(name) for name in module.outline.objectives}
    return Measures(
        module_duration(module).minutes, sum(map(all_words, files)), round(reading(told).grade, 1), coverage
    )


# ------------------------------------------------------------------------ ids


def lost_ids(changes: Changes, after: Curriculum) -> list[Problem]:
    """Ids by which saved work was found and is found no more, each where the thing stands or stood."""
    names = {c.before.module: c.part.module for c in changes.of("renamed") if c.before and c.part.noun == "module"}
    new: dict[tuple[str, Noun], list[Change]] = {}
    for change in changes.of("added"):
        new.setdefault(_scope(change.part, names), []).append(change)
    gone = {change.part.module for change in changes.of("removed") if change.part.noun == "module"}
    problems = []
    for change in changes.of("removed"):
        if change.part.noun != "module" and change.part.module in gone:
            continue  # the module says it
        successor = _successor(change.part, new.get(_scope(change.part, names), []))
        place = _parent(change.part, after.modules.get(names.get(change.part.module, change.part.module)), after)
        problems.append(_changed(change.part, successor) if successor else _removed(change.part, place))
    for change in changes.changes:
        if change.kind != "removed" and change.before and isinstance(change.part.element, Exercise):
            problems += _lost_inside(change.before.element, change.part.element)
    return problems


def _scope(part: Part, names: Mapping[str, str]) -> tuple[str, Noun]:
    """Where the successor of a part is looked for; `names` are those of today of modules that were renamed."""
    return ("" if part.noun == "module" else names.get(part.module, part.module), part.noun)


def _successor(part: Part, added: list[Change]) -> Part | None:
    """The new part that reads like the one that is gone, each for one only."""
    best = max(added, key=lambda change: alike(part.element, change.part.element), default=None)
    if best is None or alike(part.element, best.part.element) < ALIKE:
        return None
    added.remove(best)
    return best.part


def _changed(old: Part, new: Part) -> Problem:
    return Problem(
        "M130",
        "error",
        f"the id of this {new.noun} was {quoted(old.id)}, and saved work is found by it",
        new.place,
        "the id that it had, or the earlier id beside the new one",
        f"formerly: [{old.id}]",
    )


def _removed(old: Part, place: Place) -> Problem:
    return Problem(
        "M131",
        "info",
        f"the {old.noun} {quoted(old.id)} is gone; what learners saved for it is set aside",
        place,
        "nothing, or what took its place",
        f"formerly: [{old.id}]",
    )


def _parent(old: Part, module: Module | None, after: Curriculum) -> Place:
    """Where that stands today which held the part."""
    if old.noun == "module" or module is None:
        return after.outline.place("order")
    file = next((file for file in module.files if file.id == old.file.id and type(file) is type(old.file)), None)
    if old.noun == "lesson" or file is None or file is module.outline:
        return module.outline.place("lessons")
    return file.place("questions" if isinstance(file, Quiz) else "steps")


def _lost_inside(old: Element, new: Element) -> Iterator[Problem]:
    """Places to write in of an exercise whose id changed."""
    before, after = _inner(old), _inner(new)
    added = {name: element for name, element in after.items() if name not in before}
    for name, element in before.items():
        if name in after:
            continue
        best = max(added, key=lambda known: alike(element, added[known]), default=None)
        if best is not None and alike(element, added[best]) >= ALIKE:
            yield Problem(
                "M130",
                "error",
                f"the id of this was {quoted(name)}, and what learners wrote there is found by it",
                added.pop(best).place("id", key=True),
                "the id that it had",
                f"id: {name}",
            )


def _inner(exercise: Element) -> dict[str, Element]:
    return {
        getattr(element, "id", ""): element
        for element in descendants(exercise)
        if element is not exercise and "id" in type(element).model_fields
    }
