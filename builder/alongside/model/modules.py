"""Modules: their outline, and everything in their folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import Field

from alongside.files import door
from alongside.files.paths import address
from alongside.model.element import (
    Day,
    Element,
    FileElement,
    FilePath,
    Flag,
    Identifier,
    Level,
    Line,
    Minutes,
    Prose,
    Title,
    descendants,
)
from alongside.model.exercises import Exercise
from alongside.model.lessons import Lesson, Quiz
from alongside.model.questions import AnyQuestion, Question
from alongside.model.scenarios import SENSITIVE_TAGS, AnyScenario, Scenario, ScenarioNode
from alongside.model.steps import Turn


class Objective(Element):
    """What a learner can do after the module."""

    text: Line
    """Starts with a verb that can be observed: write, sort, decide."""
    level: Level
    """`remember`, `understand`, `apply`, `analyse`, `evaluate` or `create`."""


class Review(Element):
    """Who last read the module as a whole, and when it is due again."""

    on: Day
    """The day it was reviewed, as 2026-11-20."""
    by: Identifier
    """Id of the reviewer from people.yml."""
    safety_by: Identifier | None = None
    """Id of the safeguarding lead from people.yml who read it for safety. Until there is one, the module says that there is none."""
    next: Day
    """The day by which it is to be reviewed again, at most a year later."""


class SessionPart(Element):
    """A part of a session with a group."""

    noun: ClassVar[str] = "session part"

    minutes: Minutes
    """How long it takes."""
    title: Title
    """What happens, in a few words."""
    text: Prose
    """What the facilitator does and says."""


class RolePlay(Element):
    """How to set up a role-play with a group."""

    setup: Prose
    """Who plays what, what each knows, and how to stop."""
    observe: tuple[Line, ...] = Field(min_length=1, max_length=6)
    """What observers look for."""


class Facilitator(Element):
    """Notes for whoever runs the module with a group."""

    minutes: Minutes
    """How long the session takes."""
    prepare: Prose | None = None
    """What to have ready."""
    session: tuple[SessionPart, ...] = Field(min_length=2, max_length=12)
    """The session plan; its parts add up to the whole."""
    discussion: tuple[Line, ...] = Field(min_length=2, max_length=8)
    """Questions for the group."""
    role_play: RolePlay | None = None
    """A role-play for the group."""


class ModuleOutline(FileElement):
    """What `module.yml` says of a module."""

    title: Title
    """What the module is called."""
    summary: Line
    """What it is good for, in one or two sentences."""
    picture: FilePath | None = Field(default=None, max_length=200)
    """Path of a picture for the cards that lead to the module, for example `media/card.svg`, 320 wide and 132 high or of that shape. It says nothing that the words beside it don’t say, so screen readers pass it over."""
    tags: tuple[Identifier, ...] = ()
    """`core` for core modules; sensitive subjects such as `suicide`."""
    requires: tuple[Identifier, ...] = ()
    """Ids of modules to take first."""
    helpful_before: tuple[Identifier, ...] = ()
    """Ids of modules that help but are not needed."""
    objectives: dict[Identifier, Objective] = Field(min_length=1, max_length=7)
    """Objectives by id. Each is taught in a lesson and assessed by questions."""
    lessons: tuple[Identifier, ...] = Field(min_length=1, max_length=20)
    """Lessons in order; each is a file of this name in the folder."""
    quiz: Identifier | None = None
    """Name of the quiz file, usually `quiz`."""
    confidence: AnyQuestion | None = None
    """A question of kind `confidence`, asked before and after the module."""
    key_points: tuple[Line, ...] = Field(min_length=3, max_length=8)
    """What to remember, in short sentences."""
    references: tuple[Identifier, ...] = Field(default=(), max_length=20)
    """Ids from sources.yml, the most useful first."""
    credits: dict[Literal["author", "reviewer", "illustrator", "translator", "adviser"], tuple[Identifier, ...]] = (
        Field(default_factory=dict)
    )
    """Who made it: ids from people.yml by role."""
    licence: str = Field(default="CC-BY-4.0", max_length=40)
    """Licence as an SPDX identifier."""
    version: str = Field(default="1.0", pattern=r"^\d+\.\d+(\.\d+)?$")
    """Version of the module's content, raised when it changes for learners."""
    reviewed: Review | None = None
    """Who last reviewed the module, and when."""
    content_note: Line | None = None
    """What a reader may want to know before. Required when the tags name a sensitive subject."""
    before_first_meeting: Flag = False
    """Whether the module should be finished before the first meeting with a mentee."""
    requires_local: tuple[str, ...] = ()
    """Local facts that the module uses, for example `organisation.safeguarding.name`."""
    facilitator: Facilitator | None = None
    """Notes for whoever runs the module with a group."""
    draft: Flag = False
    """Whether the module is not ready for learners. A preview shows it with a mark; a site for learners has not got it."""
    formerly: tuple[Identifier, ...] = ()
    """Earlier ids of this module, that is, earlier names of its folder, so that saved work follows it."""


@dataclass(frozen=True)
class Module:
    """A module put together from the files of its folder."""

    id: str
    #: Folder on disk; media files are found below it.
    folder: Path
    outline: ModuleOutline
    lessons: tuple[Lesson, ...]
    quiz: Quiz | None
    #: Scenarios by id, those in files of their own and those inside lessons.
    scenarios: dict[str, AnyScenario]
    #: Folders of later layers that change parts of it, with what messages call them. A file in one of them wins over that
    #: of the same path before.
    overlays: Mapping[Path, str] = field(default_factory=dict)
    #: Files beside it that are not published, by path as addresses have it: only lessons name them that learners do not get.
    withheld: frozenset[str] = frozenset()

    @property
    def folders(self) -> dict[Path, str]:
        """The folders in which its files stand, of which later ones win, with what messages call them."""
        return {self.folder: self.outline.place().file.rpartition("/")[0], **self.overlays}

    def label_of(self, path: Path) -> str:
        """What messages call a file in one of its folders."""
        folder, label = next((one, name) for one, name in self.folders.items() if path.is_relative_to(one))
        return f"{label}/{path.relative_to(folder).as_posix()}"

    @property
    def title(self) -> str:
        """The title of the module."""
        return self.outline.title

    @property
    def parts(self) -> tuple[str, ...]:
        """Ids of what learners finish in the module: its lessons, then its quiz."""
        return (*(lesson.id for lesson in self.lessons), *((self.quiz.id,) if self.quiz else ()))

    @property
    def safety_reviewed(self) -> bool:
        """Whether a safeguarding lead has read it."""
        return self.outline.reviewed is not None and self.outline.reviewed.safety_by is not None

    @property
    def owed_safety_review(self) -> bool:
        """Whether a safeguarding lead should have read it before learners do, and none who worked on it has."""
        return not self.safety_reviewed and (self.sensitive or self.outline.before_first_meeting)

    @property
    def sensitive(self) -> bool:
        """Whether the module deals with a subject that calls for the support panel."""
        return bool(SENSITIVE_TAGS.intersection(self.outline.tags))

    @property
    def files(self) -> Iterator[FileElement]:
        """What each file of the module holds: outline, lessons, quiz, scenarios."""
        yield self.outline
        yield from self.lessons
        if self.quiz:
            yield self.quiz
        yield from (s for s in self.scenarios.values() if isinstance(s, Scenario))

    @cached_property
    def beside(self) -> dict[str, Path]:
        """The ordinary files in its folders, by path as addresses have it. They are looked for once."""
        return {address(path.relative_to(folder)): path for folder in self.folders for path in door.below(folder).files}

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Every question of the module in reading order: lessons, then the quiz."""
        found = [e for lesson in self.lessons for e in descendants(lesson) if isinstance(e, Question)]
        return (*found, *(self.quiz.questions if self.quiz else ()))

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise of the module in reading order."""
        return tuple(e for lesson in self.lessons for e in descendants(lesson) if isinstance(e, Exercise))

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """The names of all who speak in conversations and scenarios, once each, in the order of the module."""
        parts = [part for file in self.files for part in descendants(file)]
        return tuple(dict.fromkeys(p.speaker for p in parts if isinstance(p, Turn | ScenarioNode) and p.speaker))

    def level_of(self, question: Question) -> Level | None:
        """The level of a question: its own, else that of its first objective."""
        if question.level:
            return question.level
        first = next((self.outline.objectives.get(name) for name in question.objectives), None)
        return first.level if first else None
