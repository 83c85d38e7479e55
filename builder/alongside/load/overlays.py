"""Overlays: what a layer changes in a module of a layer below, put into what the files hold before they become a model.

Everything keeps the place at which it is written, be it in the file of the module or in the overlay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alongside.files import door
from alongside.files.cache import digest
from alongside.files.located import LocatedMapping, LocatedSequence, Place, copied
from alongside.files.problems import Problem, nearest, printable, quoted
from alongside.load.layers import Layer, meant_for, yaml_files
from alongside.load.taken import TAKEN, Taken
from alongside.model.lessons import Quiz, model_by_keys
from alongside.model.overlay import OVERLAY, Addition, Overlay
from alongside.model.steps import step_kind

#: Steps whose content has an id of its own.
WITH_ID = frozenset({"question", "predict", "exercise", "scenario"})
#: The lists whose entries are parts, by the key of the file that holds them.
LISTS = {"steps": "step", "questions": "question", "order": "module"}


@dataclass(frozen=True)
class Stack:
    """The folders of one module: the one that holds it whole, and those of later layers that change it."""

    name: str
    folders: tuple[tuple[Layer, Path], ...]

    @property
    def above(self) -> tuple[tuple[Layer, Path], ...]:
        """The folders that change the module."""
        return self.folders[1:]

    def holder(self, name: str) -> tuple[Layer, Path] | None:
        """The last layer that has a file of the module, with the folder; `None` where none has it."""
        return next(((la, fo) for la, fo in reversed(self.folders) if la.holds(fo / f"{name}.yml")), None)

    def folder_of(self, layer: Layer) -> Path | None:
        """The folder of a layer; `None` where the layer has none of this module."""
        return next((folder for other, folder in self.folders if other == layer), None)

    def names(self) -> list[str]:
        """The names of all files of YAML but overlays, of whichever layer."""
        return list(dict.fromkeys(path.stem for _, folder in self.folders for path in yaml_files(folder)))


def stacks(layers: Sequence[Layer]) -> dict[str, Stack]:
    """The folders of each module by its name: from the last layer that holds it whole, with those that change it."""
    found: dict[str, list[tuple[Layer, Path]]] = {}
    for layer in layers:
        for folder in layer.module_folders():
            whole = layer.holds(folder / "module.yml")
            strange = door.is_strange(folder / "module.yml") or meant_for(folder / "module.yml")
            known = found.get(folder.name, [])
            found[folder.name] = [(layer, folder)] if whole or strange or not known else [*known, (layer, folder)]
    return {name: Stack(name, tuple(folders)) for name, folders in found.items()}


def useless(layer: Layer, folder: Path, whole: Path) -> list[Problem]:
    """The problem of an overlay beside the very file that replaces what it would change; none where there is no such overlay."""
    path = folder / f"{OVERLAY}.yml"
    if not layer.holds(path):
        return []
    return [
        Problem(
            "L128",
            "error",
            f"{path.name} changes nothing, since {whole.name} beside it stands in place of what is below",
            Place(layer.label(path)),
            f"one of the two: {path.name} to change parts, {whole.name} to replace the whole",
            f"write the changes into the files beside it and delete {path.name}, or delete {whole.name}",
        )
    ]


# --------------------------------------------------------------------- addresses


def address_parts(address: str) -> tuple[str, str, list[str]]:
    """File, part and fields of an address: `quiz#first.prompt` is `quiz`, `first`, [`prompt`]."""
    whole, *fields = address.split(".")
    file, _, part = whole.partition("#")
    return file, part, fields


def entries_of(mapping: LocatedMapping) -> LocatedSequence | None:
    """The list of parts of a file: the steps of a lesson, the questions of a quiz, the modules of an order."""
    found = next((mapping[key] for key in LISTS if key in mapping), None)
    return found if isinstance(found, LocatedSequence) else None


def part_names(entries: Sequence[Any]) -> list[str]:
    """The name of each part of a list: its id, or its kind and its number among those of its kind."""
    counts: Counter[str] = Counter()
    return [_part_name(entry, counts) for entry in entries]


def kind_of(entry: Any) -> str | None:
    """The kind of a step; nothing for a question of a quiz, which has keys of the same names."""
    return step_kind(entry) if isinstance(entry, Mapping) and len(entry) == 1 else None


def _part_name(entry: Any, counts: Counter[str]) -> str:
    if isinstance(entry, str):
        return entry
    kind = kind_of(entry)
    if kind is None:
        return _text(entry.get("id")) if isinstance(entry, Mapping) else ""
    counts[kind] += 1
    inner = entry[kind]
    if kind in WITH_ID:
        return _text(inner.get("id") if isinstance(inner, Mapping) else inner)
    return f"{kind}-{counts[kind]}"


def _text(value: Any) -> str:
    """A name, or nothing where something else is written in its place: whoever reads the file as a model says so."""
    return value if isinstance(value, str) else ""


def _texts(values: Any) -> list[str]:
    """The names of a list, without what is none."""
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def former_names(entry: Any) -> list[str]:
    """The earlier ids of a part or of a file, some of them with a module in front."""
    kind = kind_of(entry)
    inner = entry[kind] if kind else entry
    return _texts(inner.get("formerly")) if isinstance(inner, Mapping) else []


def found_at(entries: Sequence[Any], part: str, was: str | None = None) -> int | None:
    """Where the part of this name stands; `was` is the digest of what it was, by which a numbered one is found again."""
    names = part_names(entries)
    numbered = part in names and kind_of(entries[names.index(part)]) not in {None, *WITH_ID}
    if was and (numbered or part not in names):
        same = next((at for at, entry in enumerate(entries) if digest(entry)[:12] == was), None)
        if same is not None:
            return same
    if part in names:
        return names.index(part)
    return next((at for at, entry in enumerate(entries) if part in former_names(entry)), None)


def value_at(mapping: LocatedMapping, address: str, was: str | None = None) -> Any:
    """What stands at an address of a file, whose name is passed over. Raises `LookupError` where there is nothing."""
    _, part, fields = address_parts(address)
    value: Any = mapping
    if part:
        entries = entries_of(mapping)
        at = found_at(entries, part, was) if entries is not None else None
        if entries is None or at is None:
            raise LookupError(part)
        value = entries[at]
        kind = kind_of(value)
        if fields and kind in WITH_ID:
            value = value[kind]
    for name in fields:
        if isinstance(value, Mapping) and name in value:
            value = value[name]
        elif isinstance(value, list) and (at := _by_id(value, name)) is not None:
            value = value[at]
        else:
            raise LookupError(name)
    return value


def _by_id(entries: list[Any], name: str) -> int | None:
    return next((at for at, one in enumerate(entries) if isinstance(one, Mapping) and one.get("id") == name), None)


# ----------------------------------------------------------------------- changes


@dataclass
class _Plan:
    """What one overlay does to the list of parts of a file, by the number of the part."""

    replaced: dict[int, tuple[Any, Place]] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    before: dict[int, list[tuple[Any, Place]]] = field(default_factory=lambda: defaultdict(list))
    after: dict[int, list[tuple[Any, Place]]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class LaidOver:
    """One overlay, with the layer and the file in which it stands, and what that layer has taken over."""

    layer: Layer
    path: Path
    overlay: Overlay
    taken: Taken


class Changes:
    """What the overlays of one module do to its files.

    Values of an overlay are copied into a file, since a later change of the file would change them: a preview keeps overlays.
    """

    def __init__(self, overlays: Sequence[LaidOver]) -> None:
        self._overlays = overlays

    def __bool__(self) -> bool:
        return bool(self._overlays)

    @property
    def files(self) -> list[Path]:
        """The files on which the outcome depends."""
        return [path for one in self._overlays for path in (one.path, one.layer.root / TAKEN)]

    @property
    def place(self) -> Place | None:
        """Where the last of them is written."""
        return self._overlays[-1].overlay.place() if self._overlays else None

    def of_layers_after(self, layer: Layer, stack: Stack) -> Changes:
        """Those of layers that come later than the one in which a file stands."""
        order = [other for other, _ in stack.folders]
        return Changes([one for one in self._overlays if order.index(one.layer) > order.index(layer)])

    def left_out_files(self) -> dict[str, Place]:
        """Names of files that are left out as a whole, with where it is said."""
        return {
            address: one.overlay.place("leave_out", index)
            for one in self._overlays
            for index, address in enumerate(one.overlay.leave_out)
            if address_parts(address)[1:] == ("", [])
        }

    def mistakes(self, known: Sequence[str], stack: Stack) -> list[Problem]:
        """Addresses of files that the module does not have, or that stand beside the overlay, and what is said of one part twice."""
        problems = []
        for layer, overlay in ((one.layer, one.overlay) for one in self._overlays):
            seen: dict[str, Place] = {}
            for address, place in addressed(overlay):
                file = address_parts(address)[0]
                if stack.holder(file) == (layer, stack.folder_of(layer)) and address != file:
                    problems.append(_beside(address, place, file))
                elif file not in known:
                    problems.append(_unknown(address, place, file, known, "the name of a file of the module"))
            for address, place in _settled(overlay):
                earlier = next((one for one in seen if _covers(one, address) or _covers(address, one)), None)
                if earlier is not None:
                    problems.append(_twice(address, place, earlier, seen[earlier]))
                seen.setdefault(address, place)
            problems += [problem for one in overlay.add for problem in _unclear(one)]
        return problems

    def made(self, file: str, mapping: LocatedMapping) -> tuple[LocatedMapping, list[Problem]]:
        """What a file holds with all changes, and what is wrong with those."""
        problems: list[Problem] = []
        mapping = copied(mapping)
        for one in self._overlays:
            problems += _File(file, mapping, one.overlay, one.taken).changed()
        return mapping, problems


def _covers(one: str, other: str) -> bool:
    """Whether an address is another one or stands around it."""
    return other == one or other.startswith((f"{one}#", f"{one}."))


def addressed(overlay: Overlay) -> Iterator[tuple[str, Place]]:
    """Every address that an overlay names, with where it does so."""
    yield from _settled(overlay)
    for one in overlay.add:
        for name in ("after", "before"):
            address = getattr(one, name)
            if address:
                yield address, one.place(name)


def _settled(overlay: Overlay) -> Iterator[tuple[str, Place]]:
    """The addresses of what is replaced or left out."""
    for address in overlay.replace:
        yield address, overlay.place("replace", address, key=True)
    for index, address in enumerate(overlay.leave_out):
        yield address, overlay.place("leave_out", index)


def _unclear(one: Addition) -> Iterator[Problem]:
    """An addition that does not say one place and one thing."""
    if (one.after is None) == (one.before is None):
        what = "says both after and before" if one.after else "does not say where it stands"
        yield Problem("L128", "error", f"this addition {what}", one.place(), "after or before, with an address", "keep one of the two, with the address of a part")  # fmt: skip
    things = [name for name in ("step", "question", "lesson", "module") if getattr(one, name) is not None]
    if len(things) != 1:
        what = f"adds {' and '.join(things)}" if things else "adds nothing"
        yield Problem("L128", "error", f"this addition {what}", one.place(), "one of step, question, lesson and module", "write one entry below add: for each thing")  # fmt: skip


@dataclass
class _File:
    """One file while one overlay is laid over it."""

    name: str
    mapping: LocatedMapping
    overlay: Overlay
    taken: Taken

    def changed(self) -> list[Problem]:
        """Changes the mapping in place. Returns what could not be done."""
        self._problems: list[Problem] = []
        self._plan = _Plan()
        for address, value in self.overlay.replace.items():
            if address_parts(address)[0] == self.name:
                self._replace(address, value)
        for index, address in enumerate(self.overlay.leave_out):
            if address_parts(address)[0] == self.name:
                self._leave_out(address, self.overlay.place("leave_out", index))
        for one in self.overlay.add:
            self._add(one)
        self._carry_out()
        return self._problems

    @property
    def _entries(self) -> LocatedSequence:
        found = entries_of(self.mapping)
        return found if found is not None else LocatedSequence(self.mapping.place)

    def _at(self, part: str, address: str, place: Place) -> int | None:
        """Where a part stands in the list; a problem where there is none."""
        at = found_at(self._entries, part, self.taken.digest(self._full(address)))
        if at is None:
            names = [name for name in part_names(self._entries) if name]
            known = [f"{self.name}#{name}" for name in names]
            self._problems.append(_unknown(address, place, address, known, "the address of a part of that file"))
        return at

    def _full(self, address: str) -> str:
        """An address with the module in front, as what was taken over is noted."""
        return f"{self.overlay.id}/{address}"

    def _replace(self, address: str, value: Any) -> None:
        _, part, fields = address_parts(address)
        key = self.overlay.place("replace", address, key=True)
        place = self.overlay.place("replace", address)
        if not part and not fields:
            self._say(f"{quoted(address)} is a file as a whole", key, "the address of a part or of a field", f"put a file {address}.yml into this folder")  # fmt: skip
            return
        if part:
            at = self._at(part, address, key)
            if at is None:
                return
            if not fields:
                if self._fits(self._entries[at], value, part, place):
                    self._plan.replaced[at] = copied(value), place
                return
        self._set(address, value, key, place)

    def _fits(self, old: Any, new: Any, part: str, place: Place) -> bool:
        """Whether a part can stand in place of another one: it is of its kind and has its id."""
        kind = kind_of(old)
        if not isinstance(new, LocatedMapping) or kind_of(new) != kind:
            form = f"{kind}: …" if kind else "a question, with its kind"
            self._say(f"{quoted(part)} is {_a(kind or 'question')}, and what replaces it is not", place, form, "leave the part out, and write what is new below add:")  # fmt: skip
            return False
        name = part_names([new])[0]
        if (kind is None or kind in WITH_ID) and name != part_names([old])[0]:
            said = f"has the id {quoted(name)}" if name else "has no id"
            self._say(f"what replaces {quoted(part)} {said}, and saved answers are found by it", place, "the id of the part that is replaced", f"id: {part_names([old])[0]}")  # fmt: skip
            return False
        return True

    def _set(self, address: str, value: Any, key: Place, place: Place) -> None:
        """Puts a value into a field."""
        *way, last = address_parts(address)[2]
        around = address.removesuffix(f".{last}")
        try:
            owner = value_at(self.mapping, around, self.taken.digest(self._full(around)))
            kind = kind_of(owner)
            if not way and kind in WITH_ID and isinstance(owner[kind], LocatedMapping):
                owner = owner[kind]
        except LookupError as error:
            self._problems.append(_unknown(address, key, str(error.args[0]), (), "the way to a field of that file"))
            return
        if isinstance(owner, LocatedMapping):
            if last == "id":
                self._say("the id of a part cannot be replaced: saved answers are found by it", key, "another field", "leave the part out, and write what is new below add:")  # fmt: skip
                return
            owner[last] = copied(value)
            owner.key_places[last], owner.value_places[last] = key, place
            return
        at = _by_id(owner, last) if isinstance(owner, LocatedSequence) else None
        if at is None:
            inner = owner if isinstance(owner, list) else []
            known = _texts([one.get("id") for one in inner if isinstance(one, Mapping)])
            self._problems.append(_unknown(address, key, last, known, "the id of an entry of that list"))
            return
        if not isinstance(value, LocatedMapping) or value.get("id") != last:
            self._say(f"what replaces {quoted(last)} has another id", place, "an entry with the id of the one that is replaced", f"id: {last}")  # fmt: skip
            return
        owner[at], owner.item_places[at] = copied(value), place

    def _leave_out(self, address: str, place: Place) -> None:
        _, part, fields = address_parts(address)
        if fields or self.name in {"module", "curriculum"}:
            what = "a field" if fields else "not a part of a lesson or of the quiz"
            self._say(f"{quoted(address)} is {what}, and cannot be left out", place, "the address of a lesson, of the quiz or of a part", "delete it here; write another value for a field below replace:")  # fmt: skip
            return
        at = self._at(part, address, place) if part else None
        if at is not None:
            self._plan.left_out.add(at)
            if len(self._plan.left_out) == len(self._entries):
                self._say(f"nothing would be left of {quoted(self.name)}", place, "at least one part", f"leave_out: [{self.name}]")  # fmt: skip
                self._plan.left_out.clear()

    def _add(self, one: Addition) -> None:
        address = one.after or one.before
        thing = next(
            (name for name in ("step", "question", "lesson", "module") if getattr(one, name) is not None), None
        )
        if address is None or thing is None or address_parts(address)[2]:
            return
        file, part, _ = address_parts(address)
        if thing == "lesson":
            self._name_lesson(one, address)
            return
        if file != self.name:
            return
        place = one.place("after" if one.after else "before")
        wanted = next((LISTS[key] for key in LISTS if key in self.mapping), None)
        if wanted != thing or not part:
            article = (
                "an address with the id of a part, such as quiz#first"
                if not part
                else f"{wanted or 'nothing'}: beside {quoted(address)}"
            )
            self._say(f"a {thing} cannot stand beside {quoted(address)}", place, article, "correct the address, or what is added")  # fmt: skip
            return
        at = self._at(part, address, place)
        if at is not None:
            source = one._source  # noqa: SLF001  # what is merged is what was written
            assert source is not None
            (self._plan.after if one.after else self._plan.before)[at].append(
                (copied(source[thing]), source.value_places[thing])
            )

    def _name_lesson(self, one: Addition, address: str) -> None:
        """Puts the name of a lesson into those of the module."""
        if self.name != "module":
            return
        lessons = self.mapping.get("lessons")
        place = one.place("after" if one.after else "before")
        if not isinstance(lessons, LocatedSequence):
            return  # whoever reads module.yml says it
        if address not in lessons:
            known = _texts(lessons)
            self._problems.append(_unknown(address, place, address, known, "the name of a lesson of the module"))
            return
        if one.lesson in lessons:
            self._say(f"the module has a lesson {quoted(str(one.lesson))} already", one.place("lesson"), "the name of a new lesson", "delete this entry: a file of that name replaces the lesson")  # fmt: skip
            return
        at = lessons.index(address) + (1 if one.after else 0)
        lessons.insert(at, one.lesson)
        lessons.item_places.insert(at, one.place("lesson"))

    def _carry_out(self) -> None:
        entries, plan = self._entries, self._plan
        if not (plan.replaced or plan.left_out or plan.before or plan.after):
            return
        items: list[Any] = []
        places: list[Place] = []
        for at, old in enumerate(zip(entries, entries.item_places, strict=True)):
            kept = [] if at in plan.left_out else [plan.replaced.get(at, old)]
            for item, place in [*plan.before[at], *kept, *plan.after[at]]:
                items.append(item)
                places.append(place)
        entries[:], entries.item_places = items, places

    def _say(self, message: str, place: Place, expected: str, fix: str) -> None:
        self._problems.append(Problem("L128", "error", message, place, expected, fix))


def without(mapping: LocatedMapping, names: Mapping[str, Place]) -> list[Problem]:
    """Takes lessons and a quiz that are left out from what `module.yml` says, in place. Returns what could not be done."""
    problems = []
    lessons = mapping.get("lessons")
    if isinstance(lessons, LocatedSequence):
        both = zip(lessons, lessons.item_places, strict=True)
        kept = [(name, place) for name, place in both if not (isinstance(name, str) and name in names)]
        if not kept and lessons:
            first = next(place for name, place in names.items() if name in lessons)
            message = "nothing would be left of the module"
            problems.append(Problem("L128", "error", message, first, "at least one lesson", "leave the module out with leave_out: in mkdocs.yml"))  # fmt: skip
            return problems
        lessons[:], lessons.item_places = [name for name, _ in kept], [place for _, place in kept]
    if _text(mapping.get("quiz")) in names:
        del mapping["quiz"]
    return problems


def without_scenarios(mapping: LocatedMapping, names: Container[str]) -> None:
    """Takes the steps that show scenarios which are left out from a lesson, in place."""
    entries = entries_of(mapping)
    if entries is None or model_by_keys(mapping) is Quiz:
        return
    both = list(zip(entries, entries.item_places, strict=True))
    kept = [
        (entry, place)
        for entry, place in both
        if not (isinstance(entry, Mapping) and isinstance(entry.get("scenario"), str) and entry["scenario"] in names)
    ]
    if kept and len(kept) < len(both):
        entries[:], entries.item_places = [entry for entry, _ in kept], [place for _, place in kept]


def _unknown(address: str, place: Place, name: str, known: Sequence[str], expected: str) -> Problem:
    among = f": {', '.join(map(printable, known[:12]))}" if known else ""
    return Problem(
        "L127",
        "error",
        f"there is no {quoted(address)} to change{nearest(name, known)}",
        place,
        f"{expected}{among}",
        "correct the address, or delete it if the part is gone; alongside where MODULE lists the addresses"
        if not known
        else "correct the address, or delete it if the part is gone",
    )


def _beside(address: str, place: Place, file: str) -> Problem:
    return Problem(
        "L128",
        "error",
        f"{file}.yml stands beside this file and replaces the whole, so {quoted(address)} changes nothing",
        place,
        f"the change in {file}.yml itself",
        f"write it there and delete it here, or delete {file}.yml",
    )


def _twice(address: str, place: Place, earlier: str, first: Place) -> Problem:
    return Problem(
        "L128",
        "error",
        f"{quoted(address)} is changed twice: {quoted(earlier)} is named at {first}",
        place,
        "each part once, replaced or left out",
        "delete one of the two",
    )


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
