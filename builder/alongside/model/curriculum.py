"""The curriculum as a whole, with what all modules share: sources, terms, people, the cast, safety rules, pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from alongside.files.located import Place
from alongside.model.element import Day, Element, FileElement, Flag, Identifier, Line, Prose, Title, Waivable
from alongside.model.faces import Face
from alongside.model.modules import Module
from alongside.words.language import CODE

#: What a source is, as far as it says how soon a claim that rests on it can grow old.
SourceKind = Literal["publication", "study", "preprint", "page"]
#: Some words, looked for in what learners read.
SignWords = Annotated[str, StringConstraints(min_length=4, max_length=80)]


class Source(Waivable):
    """A publication that a claim rests on. It stands in `modules/sources.yml`, or in any file of a folder `modules/sources/`."""

    authors: str = Field(max_length=300)
    """Authors as they are to be printed: `Weger, H., Castle Bell, G., & Robinson, M. C.`"""
    year: Annotated[str, Field(pattern=r"^\d{4}(/\d{2,4})?[a-z]?$")]
    """Year of publication."""
    title: str = Field(max_length=300)
    """Title of the article, chapter or book."""
    container: str | None = Field(default=None, max_length=300)
    """Journal with volume and pages, or the book or series it stands in."""
    publisher: str | None = Field(default=None, max_length=200)
    """Publisher of a book or report."""
    doi: str | None = Field(default=None, pattern=r"^10\.\d{4,9}/\S+$")
    """Digital object identifier, without https. Only when it has been checked."""
    isbn: str | None = Field(default=None, pattern=r"^[\d-]{10,17}$")
    """ISBN of a book."""
    url: str | None = Field(default=None, pattern=r"^https?://\S+$", max_length=300)
    """Address of a page on the web. Only when it has been opened; a DOI is better where there is one."""
    kind: SourceKind = "publication"
    """`page` for what stands only on the web, `preprint` for what no reviewers have read yet, `study` for a single study that a later one can overturn. These need `checked_on` and `recheck_by`."""
    checked: Literal["finding", "record", "no"]
    """`finding` if the publication was seen to say what we cite it for, `record` if only its details were seen, `no` if neither."""
    checked_on: Day | None = None
    """The day on which somebody last saw it, as 2026-11-30."""
    recheck_by: Day | None = None
    """The day by which somebody looks again whether it still stands and still says so, at most two years later."""
    note: Line | None = None
    """What it found, in a sentence, with its limits."""


class Term(Waivable):
    """A word of the trade in plain words. It stands in `modules/glossary.yml`, or in any file of a folder `modules/glossary/`."""

    term: Title
    """The word as it is written in a sentence."""
    definition: Line
    """What it means, in one or two plain sentences."""
    also: tuple[Title, ...] = ()
    """Other forms of the word that mean the same: plurals, abbreviations."""
    see: tuple[Identifier, ...] = ()
    """Ids of related terms."""


class Person(Waivable):
    """Someone who worked on the curriculum. They stand in `modules/people.yml`, or in any file of a folder `modules/people/`."""

    name: Title
    """The name as it is to be shown."""
    about: Line | None = None
    """A sentence on who they are."""


class CastMember(Waivable):
    """Someone who speaks in conversations or scenarios. They stand in `modules/cast.yml`, or in any file of a folder `modules/cast/`.

    Whoever has a face is drawn wherever they speak; of everyone else the first letter of the name is shown.
    """

    name: Title
    """The name as `speaker` has it in conversations and scenarios."""
    modules: tuple[Identifier, ...] = ()
    """Ids of the modules in which this is the one of that name. Only where another module has someone else called the same."""
    face: Face
    """What they look like."""


class Stance(Element):
    """A way to act where a safety rule holds, which options of questions and scenarios take."""

    text: Line
    """What someone does or says, in a few words."""
    keeps: Flag
    """`true` if it keeps the rule. Then no option that takes it may be wrong, poor or harmful; with `false` none may be right, best or acceptable."""


class SafetyRule(Waivable):
    """What holds about safety wherever it comes up. It stands in `modules/safety.yml`, or in any file of a folder `modules/safety/`.

    Questions and scenarios point at it, so that what one module calls best is never called poor in another.
    """

    rule: Line
    """What to do, in plain words. Learners read it with the key of each question that names the rule."""
    holds_for: Line
    """For whom and when it holds."""
    stances: dict[Identifier, Stance] = Field(min_length=2)
    """Ways to act, by id: those that keep the rule, and those that people choose by mistake."""
    signs: tuple[SignWords, ...] = ()
    """Words of a question or a scene which show that it is about this. Where one stands and the rule is not named, there is a warning."""
    source: Line
    """What the rule rests on, with citations, and what the organisation has to add."""


class LearningPath(Element):
    """A track: modules in the order that suits one kind of learner."""

    title: Title
    """What the track is called."""
    summary: Line
    """Whom it is for and what it leads to."""
    modules: tuple[Identifier, ...] = Field(min_length=1)
    """Ids of the modules in order."""


class CurriculumOutline(FileElement):
    """What `curriculum.yml` says: the order of modules, and the paths."""

    title: Title
    """What the curriculum is called."""
    summary: Line
    """What it is, in a sentence or two."""
    order: tuple[Identifier, ...] = Field(min_length=1)
    """Ids of all modules, in the order in which they are shown."""
    paths: dict[Identifier, LearningPath] = Field(default_factory=dict)
    """Tracks by id; the first one is the default."""


class TextPage(FileElement):
    """A page of prose from `content/`. Its id is its path there, without the ending."""

    title: Title
    """What the page is called: its first line, `# Title`."""
    text: Prose
    """Everything below."""
    draft: Flag = False
    """Whether the page is not ready for learners: `draft: true` between two lines of --- above the title. A preview shows it with a mark; a site for learners has not got it."""

    @property
    def url(self) -> str:
        """Where the page stands on the site."""
        return "" if self.id == "index" else f"{self.id.removesuffix('/index')}/"


@dataclass(frozen=True)
class ContentFile:
    """A file of `content/` that is no page, and how messages call it."""

    path: Path
    label: str


#: What all modules share, by the name of its file and its folder in `modules/`, and of its field in `Curriculum`.
REGISTRIES: dict[str, type[Element]] = {
    "sources": Source,
    "glossary": Term,
    "people": Person,
    "cast": CastMember,
    "safety": SafetyRule,
}


@dataclass(frozen=True)
class Curriculum:
    """Everything that was read, put together."""

    outline: CurriculumOutline
    #: Modules by id, in the order in which they are shown.
    modules: dict[str, Module]
    paths: dict[str, LearningPath] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    glossary: dict[str, Term] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    cast: dict[str, CastMember] = field(default_factory=dict)
    safety: dict[str, SafetyRule] = field(default_factory=dict)
    #: Pages that are not modules, by path.
    pages: dict[str, TextPage] = field(default_factory=dict)
    #: What else stands in `content/`, by path.
    files: dict[str, ContentFile] = field(default_factory=dict)
    #: Ids of modules that are there and that the site leaves out.
    left_out: frozenset[str] = frozenset()
    #: Modules of layers below that of `curriculum.yml` which it does not name, with the layers: they wait until it does.
    waiting: Mapping[str, str] = field(default_factory=dict)
    #: Lessons and quizzes that an overlay leaves out, as `MODULE/LESSON`.
    left_out_parts: frozenset[str] = frozenset()
    #: How messages begin the names of files that are not the site’s own.
    foreign: tuple[str, ...] = ()
    #: Addresses of what is there and that this site does not show: drafts, on a site for learners, and pages that its
    #: host leaves out. A link to one falls back to its words.
    withheld: frozenset[str] = frozenset()
    #: The language in which all of it is written, and in which the site speaks around it.
    language: str = CODE

    @property
    def registries(self) -> list[Mapping[str, Element]]:
        """The entries of each registry by id, in the order of `REGISTRIES`."""
        return [getattr(self, name) for name in REGISTRIES]

    def of_no_module(self) -> Iterator[Element]:
        """What each file and registry entry holds that is of no module: the outline, what modules share, the pages."""
        yield self.outline
        for entries in (*self.registries, self.pages):
            yield from entries.values()

    @cached_property
    def _cast_by_name(self) -> dict[str, list[tuple[str, CastMember]]]:
        found: dict[str, list[tuple[str, CastMember]]] = {}
        for name, member in self.cast.items():
            found.setdefault(member.name, []).append((name, member))
        return found

    def cast_member(self, module: str, name: str) -> tuple[str, CastMember] | None:
        """Who somebody of that name is in a module: the id and what is known; `None` where nothing is.

        Whoever is there for this module alone goes before somebody of the same name who is there for all.
        """
        found = self._cast_by_name.get(name, [])
        here = next((entry for entry in found if module in entry[1].modules), None)
        return here or next((entry for entry in found if not entry[1].modules), None)

    def cast_in(self, module: Module) -> Iterator[tuple[str, CastMember]]:
        """Those of the cast who speak in a module: the id of each and who it is."""
        found = (self.cast_member(module.id, name) for name in module.speakers)
        yield from (entry for entry in found if entry)

    def is_foreign(self, place: Place) -> bool:
        """Whether something stands in a file that is not the site’s own, so that whoever reads of it cannot mend it."""
        return bool(self.foreign) and place.file.startswith(self.foreign)

    def leads_to(self, target: str) -> bool:
        """Whether there is what a link `module:…` leads to: a module, or a lesson of one. An anchor is passed over."""
        name, slash, lesson = target.partition("#")[0].rstrip("/").partition("/")
        return name in self.modules and not (slash and lesson not in self.modules[name].outline.lessons)
