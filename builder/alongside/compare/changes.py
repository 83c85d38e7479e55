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
from alongside.model.identity import ALIKE, ANSWERED, Noun, Part, alike, fingerprint, parts
from alongside.model.lessons import Quiz
from alongside.model.modules import Module
from alongside.model.questions.keys import assessments
from alongside.texts.duration import module_duration
from alongside.texts.readability import all_words, narrative_texts, reading

Kind = Literal["added", "changed", "renamed", "removed"]

#: From this number of questions on, an objective counts as assessed (rule P101).
ENOUGH = 2


@dataclass(frozen=True)
class Seen:
    """Something that learners have saved work for, as far as two editions of it can be compared."""

    noun: Noun
    module: str
    id: str
    #: What it is called, or what it asks.
    title: str
    #: Changes exactly when what learners see of it does.
    fingerprint: str
    #: Its earlier ids.
    formerly: tuple[str, ...] = ()
    #: The thing itself, where there is more of it than a record.
    part: Part | None = None

    @property
    def saved(self) -> bool:
        """Whether it is answered or done, so that something of it is saved."""
        return self.noun in ANSWERED


@dataclass(frozen=True)
class SeenModule:
    """A module in an edition: first itself, then everything in it that learners have saved work for."""

    id: str
    parts: tuple[Seen, ...]
    measures: Measures

    @property
    def formerly(self) -> tuple[str, ...]:
        """Its earlier ids."""
        return self.parts[0].formerly


#: What learners can have worked on, by module.
Edition = Mapping[str, SeenModule]


@dataclass(frozen=True)
class Change:
    """Something that is not as it was for learners."""

    kind: Kind
    part: Seen
    #: What it was before, unless it is new.
    before: Seen | None = None
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
    #: Layers of which nothing is known as it was, so that they were compared with themselves.
    without_past: tuple[str, ...] = ()
    #: Layers that have another version: name, version before, version now; empty where there was or is none.
    versions: tuple[tuple[str, str, str], ...] = ()
    #: What whoever made the layers says of the versions since, with the layers.
    news: tuple[tuple[str, str], ...] = ()
    #: Modules that came since and that the site does not show until its order names them, with their layers.
    waiting: tuple[tuple[str, str], ...] = ()

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def changed_since(self) -> tuple[Change, ...]:
        """What has saved answers that were given to other words."""
        return tuple(c for c in self.changes if c.part.saved and (c.kind == "changed" or c.reworded))

    @property
    def set_aside(self) -> tuple[Change, ...]:
        """What has saved answers that have no place any more."""
        return tuple(c for c in self.changes if c.part.saved and c.kind == "removed")

    @property
    def followed(self) -> tuple[Change, ...]:
        """What has another id now, with its saved answers, since `formerly` says so."""
        return tuple(c for c in self.changes if c.part.saved and c.kind == "renamed")


def edition(curriculum: Curriculum) -> dict[str, SeenModule]:
    """What learners can work on in a curriculum."""
    return {module.id: _seen_module(module) for module in curriculum.modules.values()}


def _seen_module(module: Module) -> SeenModule:
    seen = tuple(
        Seen(part.noun, part.module, part.id, part.title, fingerprint(part, module), part.formerly, part)
        for part in parts(module)
    )
    return SeenModule(module.id, seen, measure(module))


def compare(before: Curriculum, after: Curriculum, unread: Iterable[str] = ()) -> Changes:
    """What changed from one curriculum to the other. Modules whose files could not all be read are left out."""
    return compared(edition(before), edition(after), unread)


def compared(before: Edition, after: Edition, unread: Iterable[str] = ()) -> Changes:
    """What changed from one edition to the other. Modules whose files could not all be read are left out."""
    doubtful = set(unread)
    pairs = [(old, new) for old, new in _pairs(before, after) if not {*_names(old), *_names(new)} & doubtful]
    left = _Left(pairs)
    found: dict[str, list[Change]] = {}
    kept = 0
    for old, new in pairs:
        if new:
            found[new.id], same = _in_module(old, new, left)
            kept += same
    changes: list[Change] = []
    measures: dict[str, tuple[Measures | None, Measures | None]] = {}
    # What is gone is only known when everything that is there has been looked for.
    for old, new in pairs:
        name = new.id if new else old.id if old else ""
        changes += [*found.get(name, ()), *(Change("removed", part, part) for part in left.of(old))]
        measures[name] = (old.measures if old else None, new.measures if new else None)
    return Changes(tuple(changes), kept, measures, tuple(sorted(doubtful)))


def _names(module: SeenModule | None) -> tuple[str, ...]:
    return (module.id,) if module else ()


def _pairs(before: Edition, after: Edition) -> Iterator[tuple[SeenModule | None, SeenModule | None]]:
    """Modules with what they were before, in the order of today; then those that are gone."""
    left = dict(before)
    for module in after.values():
        names = (module.id, *(name for name in module.formerly if name not in after))
        known = next((name for name in names if name in left), None)
        yield left.pop(known) if known else None, module
    for module in left.values():
        yield module, None


class _Left:
    """What there was, until it is found again."""

    def __init__(self, pairs: Iterable[tuple[SeenModule | None, SeenModule | None]]) -> None:
        self._parts: dict[str, dict[tuple[Noun, str], Seen]] = {}
        #: What has an id today, by the module as it was called before.
        self._present: dict[str, set[tuple[Noun, str]]] = {}
        #: Modules as they were called before, by each id of theirs.
        self._was: dict[str, str] = {}
        for old, new in pairs:
            if old:
                self._parts[old.id] = {(part.noun, part.id): part for part in old.parts}
                self._present[old.id] = {(part.noun, part.id) for part in new.parts} if new else set()
                self._was |= dict.fromkeys(
                    (old.id, *old.formerly, *_names(new), *(new.formerly if new else ())), old.id
                )

    def take(self, part: Seen, old: SeenModule | None) -> Seen | None:
        """What a part of a module was before. It is taken out, each for one only."""
        here = self._parts.get(old.id, {}) if old else {}
        if part.noun == "module":
            return next((here.pop(key) for key in list(here) if key[0] == "module"), None)
        key = part.noun, part.id
        if key in here:
            return here.pop(key)
        for name in part.formerly:
            module, slash, own = name.rpartition("/")
            was = self._was.get(module, "") if slash else old.id if old else ""
            key = part.noun, own
            if key not in self._present.get(was, ()) and key in self._parts.get(was, {}):
                return self._parts[was].pop(key)
        return None

    def of(self, old: SeenModule | None) -> Iterable[Seen]:
        """What was not found again of a module."""
        return self._parts[old.id].values() if old else ()


def _in_module(old: SeenModule | None, new: SeenModule, left: _Left) -> tuple[list[Change], int]:
    """The changes in what a module has, and how many things to answer or do are as they were."""
    found: list[Change] = []
    kept = 0
    for part in new.parts:
        before = left.take(part, old)
        if before is None:
            found.append(Change("added", part))
            continue
        reworded = before.fingerprint != part.fingerprint
        moved = before.module != (old.id if old else "")
        if before.id != part.id or moved:
            found.append(Change("renamed", part, before, reworded))
        elif reworded:
            found.append(Change("changed", part, before))
        kept += part.saved and not reworded
    return found, kept


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
    """Ids by which saved work was found and is found no more, each where the thing stands or stood.

    Of what was before, more has to be known than a record: both editions are read from files.
    """
    names = {c.before.module: c.part.module for c in changes.of("renamed") if c.before and c.part.noun == "module"}
    new: dict[tuple[str, Noun], list[Part]] = {}
    for part in _parts_of(changes, "added"):
        new.setdefault(_scope(part, names), []).append(part)
    gone = {change.part.module for change in changes.of("removed") if change.part.noun == "module"}
    removed = list(_parts_of(changes, "removed"))
    # What is in its own module comes first: words that are alike there are the same thing more likely than elsewhere.
    successors = {id(part): _successor(part, new.get(_scope(part, names), [])) for part in removed}
    renamed = {part.module for part in removed if part.noun == "module" and successors[id(part)]}
    problems = []
    for part in removed:
        if part.noun != "module" and part.module in renamed:
            continue  # it follows its module, which says it
        successor = successors[id(part)] or _elsewhere(part, new)
        if successor:
            problems.append(_changed(part, successor, names))
        elif part.noun == "module" or part.module not in gone:  # else the module says it
            problems.append(
                _removed(part, _parent(part, after.modules.get(names.get(part.module, part.module)), after))
            )
    for change in changes.changes:
        old, new_part = change.before.part if change.before else None, change.part.part
        if change.kind != "removed" and old and new_part and isinstance(new_part.element, Exercise):
            problems += _lost_inside(old.element, new_part.element)
    return problems


def _parts_of(changes: Changes, kind: Kind) -> Iterator[Part]:
    """The parts that have changed in this way."""
    return (change.part.part for change in changes.of(kind) if change.part.part)


def _scope(part: Part, names: Mapping[str, str]) -> tuple[str, Noun]:
    """Where the successor of a part is looked for; `names` are those of today of modules that were renamed."""
    return ("" if part.noun == "module" else names.get(part.module, part.module), part.noun)


def _successor(part: Part, added: list[Part]) -> Part | None:
    """The new part that reads like the one that is gone, each for one only."""
    best = max(added, key=lambda new: alike(part.element, new.element), default=None)
    if best is None or alike(part.element, best.element) < ALIKE:
        return None
    added[:] = [one for one in added if one is not best]
    return best


def _elsewhere(part: Part, added: Mapping[tuple[str, Noun], list[Part]]) -> Part | None:
    """The new part of another module that reads like the one that is gone."""
    if part.noun == "module":
        return None
    others = [one for (_, noun), news in added.items() if noun == part.noun for one in news]
    best = _successor(part, others)
    for news in added.values():
        news[:] = [one for one in news if one is not best]
    return best


def _changed(old: Part, new: Part, names: Mapping[str, str]) -> Problem:
    """Where the id of something changed; `names` are those of today of modules that were renamed."""
    moved = new.noun != "module" and names.get(old.module, old.module) != new.module
    was = f"{old.module}/{old.id}" if moved else old.id
    return Problem(
        "M130",
        "error",
        f"the id of this {new.noun} was {quoted(was)}, and saved work is found by it",
        new.place,
        "its earlier id beside the one of now" if moved else "the id that it had, or the earlier id beside the new one",
        f"formerly: [{was}]",
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
