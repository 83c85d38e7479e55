"""What can be changed without a text editor: local facts and brand in the settings, the order of modules, drafts.

Each says which files it reads, what a form about them shows, and what they would hold with what was typed. Every file
belongs to the site itself, and no name of one ever comes from a form.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from alongside.engines.editing.form import Group, Named, Names, changes, form, unfilled
from alongside.files import door
from alongside.files.located import LocatedMapping, LocatedSequence, place_of
from alongside.files.problems import Problem
from alongside.files.revision import NotRevisedError, Way, reordered, revised, value_at
from alongside.files.source import MAX_BYTES, read_bytes
from alongside.load.layers import Layer, yaml_files
from alongside.load.palette import Use, grounds, theme_tokens, uses
from alongside.load.parse import parse
from alongside.media.colours import WHITE, Colour, contrast, of_hex
from alongside.model.curriculum import Curriculum
from alongside.model.overlay import OVERLAY
from alongside.model.schema import schema
from alongside.model.settings import Organisation, Settings
from alongside.render.search import AUTHORS
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
    #: The names of its tables, on a site.
    names: Callable[[Site], Names] | None = None

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
        made = form(
            schema("settings"),
            (self.model, self.keys),
            written,
            site.words,
            said,
            names=self.names(site) if self.names else {},
        )
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


# -------------------------------------------------------------------- left out


@dataclass(frozen=True)
class LeftOut:
    """Modules and pages that come along and that the site does not show: lists of names in the settings."""

    name: str = "left-out"
    title: str = N_("Left out")
    about: str = N_("Modules and pages that come along, and that the site does not show.")
    #: The settings, each with what its list is called.
    lists: tuple[tuple[str, str], ...] = (("leave_out", N_("Modules")), ("leave_out_pages", N_("Pages")))

    def files(self, site: Site) -> dict[str, bytes]:
        """The configuration."""
        return site.read([site.configuration])

    def shown(self, site: Site, files: Files, typed: Typed | None) -> Shown:
        """As in `Subject`."""
        groups = []
        for key, called in self.lists:
            written = self._written(site, files, key)
            there = self._there(site, key, written)
            wanted = written if typed is None else typed.get(key, ())
            rows = [{"id": name, "title": title, "out": name in wanted} for name, title in there.items()]
            groups.append({"key": key, "title": site.words.gettext(called), "rows": rows})
        return Shown("left_out.html", {"groups": groups})

    def after(self, site: Site, files: Files, typed: Typed) -> tuple[dict[str, bytes], Shown]:
        """As in `Subject`. What the site has not got is passed over."""
        label = site.configuration
        content, top = files[label], alongside_in(_mapping(files[label], label))
        for key, _ in self.lists:
            written, wanted = self._written(site, files, key), typed.get(key, ())
            new = [name for name in self._there(site, key, written) if name in wanted and name not in written]
            gone = [at for at, name in enumerate(written) if name not in wanted]
            # New ones first: a list that is empty for a moment would be gone.
            added = [((*top, key, len(written) + at), name) for at, name in enumerate(new)]
            content = revised(content, label, [*added, *(((*top, key, at), None) for at in reversed(gone))])
        return ({label: content} if content != files[label] else {}), self.shown(site, files, typed)

    def differences(self, site: Site, files: Files, typed: Typed) -> list[tuple[str, str, str]]:
        """As in `Subject`."""
        found = []
        for key, called in self.lists:
            written = self._written(site, files, key)
            there = self._there(site, key, written)
            now = [name for name in there if name in written]
            mine = [name for name in there if name in typed.get(key, ())]
            if now != mine:
                found.append((site.words.gettext(called), ", ".join(now), ", ".join(mine)))
        return found

    def _written(self, site: Site, files: Files, key: str) -> list[str]:
        mapping = _mapping(files[site.configuration], site.configuration)
        written = value_at(mapping, (*alongside_in(mapping), key)) or []
        if not isinstance(written, list) or not all(isinstance(name, str) for name in written):
            raise NotRevisedError(place_of(mapping, alongside_in(mapping)))
        return list(written)

    def _there(self, site: Site, key: str, written: list[str]) -> dict[str, str]:
        """What can be left out, by name: what is shown, and what is left out now. Pages for authors have a switch of their own."""
        shown: dict[str, str] = {}
        if site.curriculum and key == "leave_out":
            shown = {name: module.outline.title for name, module in site.curriculum.modules.items()}
        elif site.curriculum:
            pages = site.curriculum.pages.items()
            shown = {name: page.title for name, page in pages if name != "index" and not name.startswith(AUTHORS)}
        return shown | {name: name for name in written if name not in shown}


# ------------------------------------------------------------------------ drafts

CONTENT = "content"
#: The name of the pages among groups of modules.
PAGES = "pages of content"
#: What a file of UTF-8 may start with, the lines that say that a page is a draft, and the title of one without any.
MARK = b"\xef\xbb\xbf"
PAGE_DRAFT = re.compile(
    rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n[ \t]*draft:[ \t]*(?P<said>true|false)[ \t]*\r?\n---[ \t]*(?:\r?\n|\Z)(?:[ \t]*\r?\n)*"
)
PAGE = re.compile(rb"(?:\xef\xbb\xbf)?# (?P<title>[^\n]+)")


@dataclass(frozen=True)
class Drafts:
    """Which modules and lessons of the site's own are not ready for learners."""

    name: str = "drafts"
    title: str = N_("Drafts")
    about: str = N_("Which modules, lessons and pages of your own are not ready for learners.")

    def files(self, site: Site) -> dict[str, bytes]:
        """The modules and lessons of the site's own folder, and its pages, but the home page, without which there is no site."""
        layer = Layer(".", site.root)
        labels = [
            path.relative_to(site.root).as_posix()
            for folder in layer.module_folders()
            for path in yaml_files(folder)
            if path.name not in {"quiz.yml", f"{OVERLAY}.yml"}
        ]
        files = site.read(labels)
        read = {label: read_bytes(content, label)[0] for label, content in files.items()}
        found = {
            label: files[label] for label, mapping in read.items() if mapping is not None and _is_part(label, mapping)
        }
        return found | self._pages(site)

    def _pages(self, site: Site) -> dict[str, bytes]:
        """The pages. What says something else above its title than that it is a draft is left to whoever edits the file."""
        paths = [path for path in door.below(site.root / CONTENT).files if path.suffix == ".md"]
        files = site.read(path.relative_to(site.root).as_posix() for path in paths)
        return {
            label: content
            for label, content in files.items()
            if label != f"{CONTENT}/index.md" and (PAGE_DRAFT.match(content) or PAGE.match(content))
        }

    def shown(self, site: Site, files: Files, typed: Typed | None) -> Shown:
        """As in `Subject`."""
        del site
        wanted = None if typed is None else set(typed.get("draft", ()))
        groups: dict[str, list[dict[str, Any]]] = {}
        for label, content in files.items():
            draft = _is_draft(label, content) if wanted is None else label in wanted
            row = {"label": label, "title": _title_in(label, content), "draft": draft, "module": _of_module(label)}
            # No module has a name with a blank.
            groups.setdefault(PAGES if _of_page(label) else label.split("/")[1], []).append(row)
        for rows in groups.values():
            rows.sort(key=lambda row: (not row["module"], row["label"]))
        return Shown("drafts.html", {"groups": groups, "pages": PAGES})

    def after(self, site: Site, files: Files, typed: Typed) -> tuple[dict[str, bytes], Shown]:
        """As in `Subject`."""
        wanted = set(typed.get("draft", ()))
        changed = {}
        for label, content in files.items():
            draft = _is_draft(label, content)
            if draft != (label in wanted) and _of_page(label):
                changed[label] = _page_as(content, draft=label in wanted)
            elif draft != (label in wanted):
                way: Way = ("draft",)
                changed[label] = revised(content, label, [(way, True if label in wanted else None)], first=True)
        return changed, self.shown(site, files, typed)

    def differences(self, site: Site, files: Files, typed: Typed) -> list[tuple[str, str, str]]:
        """As in `Subject`."""
        wanted = set(typed.get("draft", ()))
        said = {True: site.words.gettext(N_("draft")), False: site.words.gettext(N_("ready"))}
        now = {label: _is_draft(label, content) for label, content in files.items()}
        return [
            (label, said[is_draft], said[label in wanted])
            for label, is_draft in now.items()
            if is_draft != (label in wanted)
        ]


def _is_part(label: str, mapping: LocatedMapping) -> bool:
    return _of_module(label) or "steps" in mapping


def _of_module(label: str) -> bool:
    return label.endswith("/module.yml")


def _of_page(label: str) -> bool:
    return label.startswith(f"{CONTENT}/")


def _is_draft(label: str, content: bytes) -> bool:
    if _of_page(label):
        match = PAGE_DRAFT.match(content)
        return bool(match and match["said"] == b"true")
    return bool(_mapping(content, label).get("draft") == "true")


def _title_in(label: str, content: bytes) -> str:
    if not _of_page(label):
        return _mapping(content, label).get("title") or label
    above = PAGE_DRAFT.match(content)
    title = PAGE.match(content[above.end() :] if above else content)
    return title["title"].decode("utf-8", "replace").strip() if title else label


def _page_as(content: bytes, *, draft: bool) -> bytes:
    """A page with or without the lines above its title that say that it is a draft; nothing else of it changes."""
    start = content[: len(MARK)] if content.startswith(MARK) else b""
    above = PAGE_DRAFT.match(content)
    below = content[above.end() if above else len(start) :]
    if not draft:
        return start + below
    end = b"\r\n" if below.split(b"\n", 1)[0].endswith(b"\r") else b"\n"
    return start + end.join((b"---", b"draft: true", b"---", b"", b"")) + below


#: What of `Organisation` is local help rather than brand, who in it is called otherwise in lessons, and what has a form of its own.
HELP, LEAD, STYLE = "support", "safeguarding_lead", "style"
#: What the theme works out by itself, and what no value of a host would be seen of.
WORKED_OUT = re.compile(r"brand-.*|bar-ring|ring-gap|on-light|on-dark|way|picture")


def _tokens(site: Site) -> Names:
    """The measures and colours of the theme, with what each is."""
    del site
    theirs = theme_tokens()
    light = {name: Named(name, value) for name, value in theirs.light.items() if not WORKED_OUT.fullmatch(name)}
    dark = {name: Named(name, theirs.dark[name]) for name in light if theirs.dark[name] != theirs.light[name]}
    return {(STYLE, "light"): light, (STYLE, "dark"): dark}


def _modules(site: Site) -> Names:
    """The modules of the site, by their titles."""
    modules = site.curriculum.modules if site.curriculum else {}
    return {("reviewed",): {name: Named(module.outline.title) for name, module in modules.items()}}


SUBJECTS: dict[str, Subject] = {
    subject.name: subject
    for subject in (
        OfSettings(
            "facts", N_("Local help"), N_("Whom learners can turn to, and what holds where you are."),
            "Support", tuple(type(Organisation().support).model_fields), ("organisation", HELP),
        ),
        OfSettings(
            "brand", N_("Name and look"), N_("Your name, logos, colours and fonts."),
            "Organisation", tuple(key for key in Organisation.model_fields if key not in {HELP, STYLE}), ("organisation",),
        ),
        OfSettings(
            "style", N_("Measures and colours of the theme"), N_("How wide, large and round things are, and the colours of paper, words and marks."),
            "Organisation", (STYLE,), ("organisation",), _tokens,
        ),
        OfSettings(
            "links", N_("Menu and foot"), N_("What the menu and the foot of every page have besides."), "Settings", ("menu", "foot"), (),
        ),
        Order(),
        LeftOut(),
        OfSettings(
            "reviewed", N_("Read for safety"), N_("Which modules your safeguarding lead has read, and when."),
            "Settings", ("reviewed",), (), _modules,
        ),
        OfSettings(
            "switches", N_("Switches"), N_("Whether learners use the site, and what it offers them."),
            "Settings", ("release", "offline", "recording", "author_pages"), (),
        ),
        Drafts(),
    )
}  # fmt: skip

#: Settings without a form, and why.
ONLY_IN_FILE = {
    "layers": N_("Where modules come from. A folder that is not there stops the whole site, these pages included."),
    "paths": N_("Tracks have names of their own, and each lists modules in an order with words beside it."),
    "xapi": N_("Who hears of learners needs a plan before a form: the guide says what has to be settled first."),
    "organisation: statements": N_(
        "The command alongside statements new-key says the line that belongs into the file."
    ),
    "redirects": N_("Addresses of before are often many, and come from a list of the site that was there."),
    "cohorts": N_(
        "The command alongside export cohort writes the archive and says the line that belongs into the file."
    ),
    "lint": N_("Which rules are let pass, and why: whoever decides that reads the finding, which says what to write."),
}
