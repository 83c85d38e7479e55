"""What can be changed without a text editor: local facts and brand in the settings, the order of modules, drafts.

Each says which files it reads, what a form about them shows, and what they would hold with what was typed. Every file
belongs to the site itself, and no name of one ever comes from a form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from alongside.engines.editing.form import Group, changes, form, unfilled
from alongside.files import door
from alongside.files.located import LocatedMapping, LocatedSequence, place_of
from alongside.files.problems import Problem
from alongside.files.revision import NotRevisedError, Way, reordered, revised, value_at
from alongside.files.source import MAX_BYTES, read_bytes
from alongside.load.layers import Layer, yaml_files
from alongside.load.palette import Use, grounds, uses
from alongside.load.parse import parse
from alongside.media.colours import WHITE, Colour, contrast, of_hex
from alongside.model.curriculum import Curriculum
from alongside.model.overlay import OVERLAY
from alongside.model.schema import schema
from alongside.model.settings import Organisation, Settings
from alongside.words.language import N_, Words

#: What was typed, by the name of its field; fields that can stand several times have several.
Typed = Mapping[str, Sequence[str]]
#: Files by how messages call them.
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Site:
    """The site that is edited: its folder, the name of its configuration, and its curriculum as far as it could be read."""

    root: Path
    configuration: str
    curriculum: Curriculum | None
    words: Words

    def path(self, label: str) -> Path:
        """Where a file of the site stands."""
        return self.root / label

    def read(self, labels: Iterable[str]) -> dict[str, bytes]:
        """Those of the files that are ordinary ones, reached through no link."""
        there = (label for label in labels if door.is_file(self.path(label), self.root))
        return {label: door.read(self.path(label), MAX_BYTES + 1) for label in there}


def fingerprint(files: Files) -> str:
    """What a form carries of the files that it was made from."""
    sums = (f"{label}\0{hashlib.sha256(content).hexdigest()}\n" for label, content in sorted(files.items()))
    return hashlib.sha256("".join(sums).encode()).hexdigest()[:32]


@dataclass
class Shown:
    """What the page of a form shows, in the terms of its template."""

    template: str
    given: dict[str, Any] = field(default_factory=dict)
    #: What keeps it from being saved: where in the page it is, and why.
    errors: list[tuple[str, str]] = field(default_factory=list)


class Subject(Protocol):
    """Something that can be changed."""

    @property
    def name(self) -> str:
        """The end of its address."""
        ...

    @property
    def title(self) -> str:
        """What it is called, in English."""
        ...

    @property
    def about(self) -> str:
        """What can be changed, in English."""
        ...

    def files(self, site: Site) -> dict[str, bytes]:
        """What it is read from and written to; nothing where the site has no such file."""
        ...

    def shown(self, site: Site, files: Files, typed: Typed | None) -> Shown:
        """The form, with what was typed if something was."""
        ...

    def after(self, site: Site, files: Files, typed: Typed) -> tuple[dict[str, bytes], Shown]:
        """The files that would change, and the form with what keeps them from it. Raises `NotRevisedError`."""
        ...

    def differences(self, site: Site, files: Files, typed: Typed) -> list[tuple[str, str, str]]:
        """Where the files say something else than what was typed: what it is called, what they say, what was typed."""
        ...


# ------------------------------------------------------------- of the settings


@dataclass(frozen=True)
class OfSettings:
    """Some keys of a model of the settings, in a form made from its schema."""

    name: str
    title: str
    about: str
    model: str
    keys: tuple[str, ...]
    #: Where the model stands below `alongside`.
    way: Way

    def files(self, site: Site) -> dict[str, bytes]:
        """The configuration."""
        return site.read([site.configuration])

    def shown(self, site: Site, files: Files, typed: Typed | None) -> Shown:
        """As in `Subject`."""
        made = self._form(site, files, typed)
        mapping = read_bytes(files[site.configuration], site.configuration)[0]
        settings = _settings(mapping)[0] if mapping is not None else None
        shades = _shades(settings.organisation) if settings and "colours" in self.keys else []
        return Shown("form.html", {"form": made, "shades": shades})

    def after(self, site: Site, files: Files, typed: Typed) -> tuple[dict[str, bytes], Shown]:
        """As in `Subject`."""
        made, content = self._form(site, files, typed), files[site.configuration]
        shown = Shown("form.html", {"form": made, "shades": []})
        for one in unfilled(made):
            one.errors.append(site.words.gettext(N_("Fill this in too, or empty the fields beside it.")))
        for one in made.fields():
            if len(one.value) > one.longest:
                longest = site.words.number(one.longest)
                one.errors.append(site.words.gettext(N_("Write at most %(number)s letters."), number=longest))
        before = _mapping(content, site.configuration)
        wanted = changes(made, value_at(before, self._whole(before)))
        if not any(one.errors for one in made.fields()) and wanted:
            top = self._whole(before)
            content = revised(content, site.configuration, [((*top, *way), value) for way, value in wanted])
            self._judge(made, before, _mapping(content, site.configuration), shown)
        shown.given["shades"] = (
            _shades(_settings(_mapping(content, site.configuration))[0]) if "colours" in self.keys else []
        )
        shown.errors += [(one.id, f"{called}: {why}") for one, called in made.called() for why in one.errors]
        changed = content != files[site.configuration]
        return ({site.configuration: content} if changed and not shown.errors else {}), shown

    def differences(self, site: Site, files: Files, typed: Typed) -> list[tuple[str, str, str]]:
        """As in `Subject`."""
        now = {one.name: one.value for one in self._form(site, files, None).fields()}
        mine = self._form(site, files, typed).called()
        return [
            (called, now.get(one.name, ""), one.value) for one, called in mine if now.get(one.name, "") != one.value
        ]

    def _form(self, site: Site, files: Files, typed: Typed | None) -> Group:
        before = _mapping(files[site.configuration], site.configuration)
        written = value_at(before, self._whole(before))
        said = None if typed is None else {name: _clean(values[-1]) for name, values in typed.items()}
        made = form(schema("settings"), (self.model, self.keys), written, site.words, said)
        used = _used(site.curriculum) if site.curriculum else {}
        for one in made.fields():
            one.used_by += used.get((*self.way, *one.way), ())
        return made

    def _whole(self, mapping: LocatedMapping) -> Way:
        return (*alongside_in(mapping), *self.way)

    def _judge(self, made: Group, before: LocatedMapping, after: LocatedMapping, shown: Shown) -> None:
        """Notes at its field what the settings cannot hold; what was wrong before is not asked about."""
        known = {(one.code, one.message) for one in _settings(before)[1]}
        source = value_at(after, alongside_in(after))
        places = {place_of(source, (*self.way, *one.way)): one for one in made.fields() if one.value}
        for problem in _settings(after)[1]:
            if (problem.code, problem.message) not in known:
                said = ". ".join(part for part in (problem.message, _hoped_for(problem)) if part)
                if problem.place in places:
                    places[problem.place].errors.append(said)
                else:
                    shown.errors.append(("main", said))


def _used(curriculum: Curriculum) -> dict[Way, list[str]]:
    """Titles of the modules that say each local fact, by where it stands in the settings."""
    found: dict[Way, list[str]] = {}
    for module in curriculum.modules.values():
        for slot in module.outline.requires_local:
            _, *inner = slot.split(".")
            below = [LEAD if part == "safeguarding" else part for part in inner]
            way = ("organisation", *([] if inner == ["name"] else [HELP]), *below)
            found.setdefault(way, []).append(module.outline.title)
    return found


def _hoped_for(problem: Problem) -> str:
    return f"Expected: {problem.expected}" if problem.expected else ""


def _clean(text: str) -> str:
    """What was typed, with line breaks as files have them and no blanks at the end of a line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _mapping(content: bytes, name: str) -> LocatedMapping:
    mapping, problems = read_bytes(content, name)
    if mapping is None:
        raise NotRevisedError(problems[0].place)
    return mapping


def alongside_in(mapping: LocatedMapping) -> Way:
    """Where the settings of Alongside stand in the configuration. Raises `NotRevisedError` where they stand nowhere."""
    plugins = mapping.get("plugins")
    if isinstance(plugins, LocatedMapping) and "alongside" in plugins:
        return "plugins", "alongside"
    if isinstance(plugins, LocatedSequence):
        for index, entry in enumerate(plugins):
            if isinstance(entry, LocatedMapping) and "alongside" in entry:
                return "plugins", index, "alongside"
    raise NotRevisedError(mapping.value_places.get("plugins", mapping.place))


def _settings(mapping: LocatedMapping) -> tuple[Settings, list[Problem]]:
    below = value_at(mapping, alongside_in(mapping))
    if not isinstance(below, LocatedMapping):
        return Settings(), []
    settings, problems = parse(Settings, below)
    return settings or Settings(), problems


#: Colours that are seen on each other.
BESIDE = {"primary": "ink", "ink": "primary", "bar": "bar-ink", "bar-ink": "bar", "bar-ring": "bar"}


@dataclass(frozen=True)
class Shade:
    """How a colour is shown in one use."""

    purpose: str
    wanted: str
    shown: str
    contrast: str


def _shades(of: Settings | Organisation) -> list[Shade]:
    organisation = of.organisation if isinstance(of, Settings) else of
    found = list(uses(organisation))
    shown = {use.token: of_hex(use.shown) for use in found}
    light, dark = grounds(organisation)
    on: dict[str, list[Colour]] = {name: [shown[other]] for name, other in BESIDE.items() if other in shown}
    on["bar-dark"] = [WHITE]

    def least(use: Use) -> float:
        """The contrast with what it is seen on, or with the words on it; of several the least."""
        others = on.get(use.token) or (dark if use.token.endswith("-dark") else light)
        return min(contrast(of_hex(use.shown), other) for other in others)

    return [Shade(use.purpose, use.wanted, use.shown, f"{least(use):.1f}") for use in found]


# --------------------------------------------------------------------- the order


@dataclass(frozen=True)
class Order:
    """The modules that the site shows, in their order: the list in the site's own `curriculum.yml`."""

    name: str = "order"
    title: str = N_("Order of modules")
    about: str = N_("Which modules the site shows, and in which order.")
    file: str = "modules/curriculum.yml"

    def files(self, site: Site) -> dict[str, bytes]:
        """The file with the order, where the site has one."""
        return site.read([self.file])

    def shown(self, site: Site, files: Files, typed: Typed | None) -> Shown:
        """As in `Subject`. A button that moves a module is obeyed here: nothing is saved by it."""
        listed = self._typed(site, files, typed) if typed is not None else self._listed(files)
        rows = [{"id": name, "title": self._title(site, name)} for name in listed]
        others = [
            {"id": name, "title": self._title(site, name)} for name in self._known(site, files) if name not in listed
        ]
        return Shown("order.html", {"rows": rows, "others": others, "moved": _moved(typed)})

    def after(self, site: Site, files: Files, typed: Typed) -> tuple[dict[str, bytes], Shown]:
        """As in `Subject`."""
        shown, listed = self.shown(site, files, typed), self._typed(site, files, typed)
        if not listed:
            shown.errors.append(("main", site.words.gettext(N_("A site shows at least one module."))))
            return {}, shown
        content = files[self.file]
        after = content if listed == self._listed(files) else reordered(content, self.file, "order", listed)
        return ({self.file: after} if after != content else {}), shown

    def differences(self, site: Site, files: Files, typed: Typed) -> list[tuple[str, str, str]]:
        """As in `Subject`."""
        now, mine = self._listed(files), self._typed(site, files, typed)
        return [(site.words.gettext(self.title), ", ".join(now), ", ".join(mine))] if now != mine else []

    def _listed(self, files: Files) -> list[str]:
        mapping = _mapping(files[self.file], self.file)
        listed = mapping.get("order")
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            raise NotRevisedError(mapping.value_places.get("order", mapping.place))
        return list(listed)

    def _known(self, site: Site, files: Files) -> list[str]:
        there = [*site.curriculum.modules, *site.curriculum.waiting] if site.curriculum else []
        return list(dict.fromkeys([*self._listed(files), *there]))

    def _typed(self, site: Site, files: Files, typed: Typed) -> list[str]:
        """The order that a form sent, after the button that was pressed. What the site has not got is passed over."""
        known = self._known(site, files)
        listed = list(dict.fromkeys(name for name in " ".join(typed.get("order", ())).split() if name in known))
        what, _, name = (typed.get("do") or [""])[-1].partition(" ")
        if what == "show" and name in known and name not in listed:
            listed.append(name)
        elif name in listed:
            index = listed.index(name)
            del listed[index]
            if what in {"up", "down"}:
                listed.insert(max(0, index + (1 if what == "down" else -1)), name)
        return listed

    def _title(self, site: Site, name: str) -> str:
        module = site.curriculum.modules.get(name) if site.curriculum else None
        return module.outline.title if module else name


def _moved(typed: Typed | None) -> dict[str, str]:
    what, _, name = ((typed or {}).get("do") or [""])[-1].partition(" ")
    return {"what": what, "id": name}


# ------------------------------------------------------------------------ drafts


@dataclass(frozen=True)
class Drafts:
    """Which modules and lessons of the site's own are not ready for learners."""

    name: str = "drafts"
    title: str = N_("Drafts")
    about: str = N_("Which modules and lessons of your own are not ready for learners.")

    def files(self, site: Site) -> dict[str, bytes]:
        """The modules and lessons of the site's own folder."""
        layer = Layer(".", site.root)
        labels = [
            path.relative_to(site.root).as_posix()
            for folder in layer.module_folders()
            for path in yaml_files(folder)
            if path.name not in {"quiz.yml", f"{OVERLAY}.yml"}
        ]
        files = site.read(labels)
        read = {label: read_bytes(content, label)[0] for label, content in files.items()}
        return {
            label: files[label] for label, mapping in read.items() if mapping is not None and _is_part(label, mapping)
        }

    def shown(self, site: Site, files: Files, typed: Typed | None) -> Shown:
        """As in `Subject`."""
        del site
        wanted = None if typed is None else set(typed.get("draft", ()))
        groups: dict[str, list[dict[str, Any]]] = {}
        for label, content in files.items():
            mapping = _mapping(content, label)
            draft = _is_draft(mapping) if wanted is None else label in wanted
            row = {"label": label, "title": mapping.get("title") or label, "draft": draft, "module": _of_module(label)}
            groups.setdefault(label.split("/")[1], []).append(row)
        for rows in groups.values():
            rows.sort(key=lambda row: (not row["module"], row["label"]))
        return Shown("drafts.html", {"groups": groups})

    def after(self, site: Site, files: Files, typed: Typed) -> tuple[dict[str, bytes], Shown]:
        """As in `Subject`."""
        wanted = set(typed.get("draft", ()))
        changed = {}
        for label, content in files.items():
            draft = _is_draft(_mapping(content, label))
            if draft != (label in wanted):
                way: Way = ("draft",)
                changed[label] = revised(content, label, [(way, True if label in wanted else None)], first=True)
        return changed, self.shown(site, files, typed)

    def differences(self, site: Site, files: Files, typed: Typed) -> list[tuple[str, str, str]]:
        """As in `Subject`."""
        wanted = set(typed.get("draft", ()))
        said = {True: site.words.gettext(N_("draft")), False: site.words.gettext(N_("ready"))}
        now = {label: _is_draft(_mapping(content, label)) for label, content in files.items()}
        return [
            (label, said[is_draft], said[label in wanted])
            for label, is_draft in now.items()
            if is_draft != (label in wanted)
        ]


def _is_part(label: str, mapping: LocatedMapping) -> bool:
    return _of_module(label) or "steps" in mapping


def _of_module(label: str) -> bool:
    return label.endswith("/module.yml")


def _is_draft(mapping: LocatedMapping) -> bool:
    return mapping.get("draft") == "true"


#: What of `Organisation` is local help rather than brand, who in it is called otherwise in lessons, and what only a file says well.
HELP, LEAD, IN_THE_FILE = "support", "safeguarding_lead", "style"
SUBJECTS: dict[str, Subject] = {
    subject.name: subject
    for subject in (
        OfSettings(
            "facts", N_("Local help"), N_("Whom learners can turn to, and what holds where you are."),
            "Support", tuple(type(Organisation().support).model_fields), ("organisation", HELP),
        ),
        OfSettings(
            "brand", N_("Name and look"), N_("Your name, logos, colours and fonts."),
            "Organisation", tuple(key for key in Organisation.model_fields if key not in {HELP, IN_THE_FILE}), ("organisation",),
        ),
        Order(),
        Drafts(),
    )
}  # fmt: skip
