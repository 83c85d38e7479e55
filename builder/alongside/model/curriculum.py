"""The curriculum as frozen, typed values.

What stands in each YAML file is one model here; `Module` and `Curriculum` put the files together.
Every field's docstring is written for authors: it reaches the editor and the author guide.
No input or output happens here.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Discriminator, Field, PrivateAttr, Tag

from alongside.model.element import (
    Day,
    Element,
    Flag,
    Identifier,
    Level,
    Line,
    Minutes,
    Prose,
    Title,
    Waivable,
    descendants,
)
from alongside.model.exercises import AnyExercise, Exercise
from alongside.model.questions import AnyQuestion, Question
from alongside.model.questions.base import Grade
from alongside.words.language import CODE, N_

#: Subjects that call for a content note and the support panel.
SENSITIVE_TAGS = frozenset({"abuse", "suicide", "self-harm", "violence", "addiction", "grief"})


class FileElement(Waivable):
    """What one file holds. Its id is the name of the file or folder."""

    _id: str = PrivateAttr(default="")

    @property
    def id(self) -> str:
        """The name of the file without its ending, or of the module's folder."""
        return self._id

    def named(self, name: str) -> Self:
        """The element itself, once it is told the name of its file."""
        self._id = name
        return self


# ------------------------------------------------------------------ scenarios


class ScenarioChoice(Element):
    """Something the learner can do at this point of a scenario."""

    id: Identifier
    """Stable name, unique in the node."""
    text: Line
    """What is done or said. Choices of one node are of similar length and all plausible."""
    to: Identifier
    """Id of the node or ending that follows."""
    consequence: Prose
    """What the other person then does, says or feels. It is shown first, before any judgement."""
    why: Line
    """Why that happened, in one to three sentences."""
    rule: Line
    """The rule of the lesson behind it, in a few words."""
    grade: Grade
    """How good this choice is: `best`, `acceptable`, `poor` or `harmful`. Shown in words in the debrief."""


class ScenarioNode(Element):
    """One moment of a scenario, with one decision."""

    title: Title
    """A heading, unique in the scenario: what is happening now."""
    scene: Prose | None = None
    """What the learner sees and knows, in at most 60 words."""
    speaker: Title | None = None
    """Who speaks."""
    says: Line | None = None
    """What that person says, without quotation marks."""
    choices: tuple[ScenarioChoice, ...] = Field(min_length=2, max_length=4)
    """What the learner can do: two to four choices."""


class Ending(Element):
    """A way for the scenario to end."""

    title: Title
    """A heading, unique in the scenario."""
    kind: Literal["strong", "workable", "learn_from"]
    """`strong`, `workable`, or `learn_from` for an ending that teaches by what went wrong."""
    text: Prose
    """What happened in the end, and what there is to learn from it."""
    support: Flag = False
    """Whether the organisation's support panel is shown here. Required at each ending of a scenario about abuse or self-harm."""


class ScenarioFields(Waivable):
    """What every scenario has, wherever it is written."""

    noun: ClassVar[str] = "scenario"

    title: Title
    """What the scenario is called."""
    intro: Prose
    """Who the people are and where it starts. At most 60 words."""
    minutes: Minutes = 5
    """How long it takes to go through once."""
    objectives: tuple[Identifier, ...] = ()
    """Ids of the module's objectives that this scenario practises."""
    tags: tuple[Identifier, ...] = ()
    """Subjects, for example `abuse`, that call for the support panel at the end."""
    start: Identifier
    """Id of the first node."""
    nodes: dict[Identifier, ScenarioNode] = Field(min_length=1)
    """The moments of the scenario by id."""
    endings: dict[Identifier, Ending] = Field(min_length=1)
    """The endings by id."""
    debrief: tuple[Line, ...] = Field(default=(), max_length=6)
    """Questions to think over after the scenario."""
    formerly: tuple[Identifier, ...] = ()
    """Earlier ids of this scenario."""


class Scenario(ScenarioFields, FileElement):
    """A conversation to rehearse, in a file of its own: nodes with choices, consequences and endings."""


class InlineScenario(ScenarioFields):
    """A scenario written inside a lesson instead of in a file of its own."""

    id: Identifier
    """Stable name, unique in the module."""


AnyScenario = Scenario | InlineScenario


# ---------------------------------------------------------------------- steps


class Rule(Element):
    """A learning point: what to do, and why."""

    id: Identifier
    """Short name by which dialogues and feedback point at this rule, unique in the lesson."""
    rule: Line
    """The rule, as something to do."""
    why: Line
    """The reason for it."""


class Turn(Element):
    """One turn of a dialogue."""

    speaker: Title
    """Who speaks."""
    says: Line
    """What is said, without quotation marks. A silence or an act is written in *emphasis*."""
    note: Line | None = None
    """What this line does, seen from the other person."""
    rule: Identifier | None = None
    """Id of the rule of this lesson that the line keeps or breaks."""
    keeps: Flag | None = None
    """`true` if the line keeps the rule, `false` if it breaks it."""


class Dialogue(Element):
    """A conversation to study, annotated line by line against the rules."""

    title: Title
    """A heading: what the conversation shows."""
    model: Literal["poor", "better"]
    """Whether it shows how not to do it or how to do it better."""
    setting: Line | None = None
    """Who the two are and what has just happened."""
    turns: tuple[Turn, ...] = Field(min_length=2, max_length=20)
    """The turns in order."""


class Figure(Element):
    """A picture that teaches."""

    src: str = Field(max_length=200)
    """Path of the file inside the module's folder, for example `media/ladder.svg`."""
    alt: Line
    """What the picture says, for someone who cannot see it."""
    caption: Line | None = None
    """A sentence under the picture."""
    text_twin: Prose | None = None
    """The whole content of a diagram in words, shown below it on request."""


class Media(Element):
    """A recording with everything needed to follow it by eye or ear."""

    src: str = Field(max_length=200)
    """Path of the audio or video file inside the module's folder."""
    title: Title
    """What the recording is."""
    captions: str | None = Field(default=None, max_length=200)
    """Path of the captions (WebVTT). Required for video."""
    transcript: Prose
    """Everything that is said and all that matters to see, in words."""


class Callout(Element):
    """A short remark that stands out."""

    kind: Literal["tip", "caution", "support", "evidence"]
    """`tip`, `caution`, `evidence` for what research says, or `support` to show the organisation's support panel."""
    title: Title | None = None
    """A heading, if the usual one for the kind does not fit."""
    text: Prose
    """One or two short paragraphs."""


class Plan(Element):
    """The if-then plan that ends a lesson or module: a cue and what to do when it comes."""

    text: Line
    """What to plan for."""
    example: Line
    """A complete plan: "If …, then I will …"."""


class HookStep(Element):
    """A case that shows why the lesson matters."""

    hook: Prose
    """A case of 60 to 120 words that shows why the lesson matters."""


class PredictStep(Element):
    """A guess before the teaching."""

    predict: AnyQuestion
    """A question to answer before the teaching. Never scored."""


class TextStep(Element):
    """Teaching text."""

    text: Prose
    """Teaching text in Markdown. Headings start at `##`."""


class RulesStep(Element):
    """The learning points of the lesson."""

    rules: tuple[Rule, ...] = Field(min_length=1, max_length=7)
    """Three to five learning points, each a rule and its reason."""


class DialogueStep(Element):
    """A conversation to study."""

    dialogue: Dialogue
    """A conversation to study."""


class QuestionStep(Element):
    """A check."""

    question: AnyQuestion
    """A check inside the lesson."""


class ExerciseStep(Element):
    """Something to do."""

    exercise: AnyExercise
    """Something to do."""


def _scenario_form(value: Any) -> str:
    return "name" if isinstance(value, str) else "inline"


class ScenarioStep(Element):
    """A conversation to rehearse."""

    scenario: Annotated[
        Annotated[Identifier, Tag("name")] | Annotated[InlineScenario, Tag("inline")], Discriminator(_scenario_form)
    ]
    """Name of a scenario file in this folder, or the scenario itself."""


class FigureStep(Element):
    """A picture that teaches."""

    figure: Figure
    """A picture that teaches."""


class MediaStep(Element):
    """A recording."""

    media: Media
    """A recording."""


class CalloutStep(Element):
    """A remark that stands out."""

    callout: Callout
    """A short remark that stands out."""


class MakeStep(Element):
    """A case of the learner’s own."""

    make: Prose
    """Asks the learner to write a case of their own from their own setting."""


class PlanStep(Element):
    """An if-then plan."""

    plan: Plan
    """Asks for an if-then plan."""


STEP_KINDS: dict[str, type[Element]] = {
    "hook": HookStep,
    "predict": PredictStep,
    "text": TextStep,
    "rules": RulesStep,
    "dialogue": DialogueStep,
    "question": QuestionStep,
    "exercise": ExerciseStep,
    "scenario": ScenarioStep,
    "figure": FigureStep,
    "media": MediaStep,
    "callout": CalloutStep,
    "make": MakeStep,
    "plan": PlanStep,
}


def step_kind(value: Any) -> str | None:
    """The one key of a step that names its kind, or `None` where it is not clear which that is."""
    if isinstance(value, Element):
        return next((kind for kind, model in STEP_KINDS.items() if isinstance(value, model)), None)
    if not isinstance(value, Mapping):
        return None
    kinds = [key for key in value if key in STEP_KINDS]
    return kinds[0] if len(kinds) == 1 else None


Step = Annotated[
    Annotated[HookStep, Tag("hook")]
    | Annotated[PredictStep, Tag("predict")]
    | Annotated[TextStep, Tag("text")]
    | Annotated[RulesStep, Tag("rules")]
    | Annotated[DialogueStep, Tag("dialogue")]
    | Annotated[QuestionStep, Tag("question")]
    | Annotated[ExerciseStep, Tag("exercise")]
    | Annotated[ScenarioStep, Tag("scenario")]
    | Annotated[FigureStep, Tag("figure")]
    | Annotated[MediaStep, Tag("media")]
    | Annotated[CalloutStep, Tag("callout")]
    | Annotated[MakeStep, Tag("make")]
    | Annotated[PlanStep, Tag("plan")],
    Discriminator(step_kind),
]


# ------------------------------------------------------------ lessons, quizzes


class Lesson(FileElement):
    """One sitting of six to nine minutes: an ordered list of steps."""

    title: Title
    """What the lesson is called."""
    minutes: Minutes
    """How long it takes to read and do."""
    objectives: tuple[Identifier, ...] = ()
    """Ids of the module's objectives that this lesson teaches."""
    summary: Prose
    """What the lesson says, in easier words. It is offered to whoever would rather skip the lesson."""
    content_note: Line | None = None
    """What a reader may want to know before: short, neutral and specific."""
    skill: Flag = True
    """Whether the lesson teaches a skill, so that it needs rules, a poor and a better dialogue, and practice."""
    steps: tuple[Step, ...] = Field(min_length=1)
    """What happens in the lesson, in order. Each step has exactly one kind."""
    formerly: tuple[Identifier, ...] = ()
    """Earlier ids of this lesson."""

    @property
    def checks(self) -> tuple[AnyQuestion, ...]:
        """The questions after the teaching, in order. Guesses before it are not among them."""
        return tuple(step.question for step in self.steps if isinstance(step, QuestionStep))


class Quiz(FileElement):
    """The self-check at the end of a module."""

    title: Title = N_("Check yourself")
    """What the quiz is called."""
    intro: Prose | None = None
    """A sentence or two before the first question."""
    questions: tuple[AnyQuestion, ...] = Field(min_length=1, max_length=20)
    """Six to ten questions."""


#: What a file of a module holds, by a key that only files of its kind have. `module.yml` is known by its name.
KEYS: dict[str, type[FileElement]] = {"steps": Lesson, "questions": Quiz, "nodes": Scenario}


def model_by_keys(keys: Container[str]) -> type[FileElement] | None:
    """What a file of a module holds, to judge by its keys; `None` where they do not tell."""
    return next((model for key, model in KEYS.items() if key in keys), None)


# -------------------------------------------------------------------- modules


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

    @property
    def title(self) -> str:
        """The title of the module."""
        return self.outline.title

    @cached_property
    def minutes(self) -> int:
        """Minutes for all lessons, with two for each question of the quiz."""
        return sum(lesson.minutes for lesson in self.lessons) + 2 * len(self.quiz.questions if self.quiz else ())

    @property
    def parts(self) -> tuple[str, ...]:
        """Ids of what learners finish in the module: its lessons, then its quiz."""
        return (*(lesson.id for lesson in self.lessons), *((self.quiz.id,) if self.quiz else ()))

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
    def questions(self) -> tuple[Question, ...]:
        """Every question of the module in reading order: lessons, then the quiz."""
        found = [e for lesson in self.lessons for e in descendants(lesson) if isinstance(e, Question)]
        return (*found, *(self.quiz.questions if self.quiz else ()))

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Every exercise of the module in reading order."""
        return tuple(e for lesson in self.lessons for e in descendants(lesson) if isinstance(e, Exercise))

    def level_of(self, question: Question) -> Level | None:
        """The level of a question: its own, else that of its first objective."""
        if question.level:
            return question.level
        first = next((self.outline.objectives.get(name) for name in question.objectives), None)
        return first.level if first else None


# ----------------------------------------------------------------- registries


class Source(Waivable):
    """A publication that a claim rests on."""

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
    checked: Literal["finding", "record", "no"]
    """`finding` if the publication was seen to say what we cite it for, `record` if only its details were seen, `no` if neither."""
    note: Line | None = None
    """What it found, in a sentence, with its limits."""


class Term(Waivable):
    """A word of the trade in plain words."""

    term: Title
    """The word as it is written in a sentence."""
    definition: Line
    """What it means, in one or two plain sentences."""
    also: tuple[Title, ...] = ()
    """Other forms of the word that mean the same: plurals, abbreviations."""
    see: tuple[Identifier, ...] = ()
    """Ids of related terms."""


class Person(Waivable):
    """Someone who worked on the curriculum."""

    name: Title
    """The name as it is to be shown."""
    about: Line | None = None
    """A sentence on who they are."""


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

    @property
    def url(self) -> str:
        """Where the page stands on the site."""
        return "" if self.id == "index" else f"{self.id.removesuffix('/index')}/"


@dataclass(frozen=True)
class ContentFile:
    """A file of `content/` that is no page, and how messages call it."""

    path: Path
    label: str


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
    #: Pages that are not modules, by path.
    pages: dict[str, TextPage] = field(default_factory=dict)
    #: What else stands in `content/`, by path.
    files: dict[str, ContentFile] = field(default_factory=dict)
    #: The language in which all of it is written, and in which the site speaks around it.
    language: str = CODE
