"""What a lesson is made of: the kinds of step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from alongside.model.element import Element, FilePath, Flag, Identifier, Line, Prose, Seconds, Title
from alongside.model.exercises import AnyExercise
from alongside.model.questions import AnyQuestion
from alongside.model.scenarios import InlineScenario


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
    """What is said, without quotation marks. A silence or an act is written in *emphasis*; at the start, and begun small (`*nods*`) or a whole sentence (`*He nods.*`), it is shown apart from what is said."""
    note: Line | None = None
    """What this line does, seen from the other person."""
    rule: Identifier | None = None
    """Id of the rule of this lesson that the line keeps or breaks."""
    keeps: Flag | None = None
    """`true` if the line keeps the rule, `false` if it breaks it."""


Gesture = Literal[
    "leaning-in", "leaning-back", "looking-away", "looking-down", "arms-folded", "hand-raised", "open-hand", "hand-at-chin",
    "phone-in-hand",
]  # fmt: skip


class Panel(Element):
    """One picture of a strip: a turn, and how the two sit while it is said. Whoever only does something is drawn silent."""

    turn: int = Field(ge=1, le=20)
    """The number of the turn, counted from 1. What it says stands in the bubble."""
    speaker: tuple[Gesture, ...] = Field(default=(), max_length=2)
    """How whoever speaks holds themselves, looks or moves."""
    listener: tuple[Gesture, ...] = Field(default=(), max_length=2)
    """The same of the other."""


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
    audio: FilePath | None = Field(default=None, max_length=200)
    """Path of a recording of the conversation inside the module's folder, for example `media/owen.mp3`. It is heard in place of the voices of the reader's device; the turns are its transcript, so it says their words."""
    times: tuple[Seconds, ...] = Field(default=(), max_length=20)
    """When each turn begins in the recording, in seconds from its start: as many as there are turns, each later than the one before."""
    strip: tuple[Panel, ...] = Field(default=(), max_length=4)
    """The key moment, drawn: two to four turns, one after the other. For a conversation of two who have faces in `cast.yml`."""


class Figure(Element):
    """A picture that teaches."""

    src: FilePath = Field(max_length=200)
    """Path of the file inside the module's folder, for example `media/ladder.svg`."""
    alt: Line
    """What the picture says, for someone who cannot see it."""
    caption: Line | None = None
    """A sentence under the picture."""
    text_twin: Prose | None = None
    """The whole content of a diagram in words, shown below it on request."""


class Media(Element):
    """A recording with everything needed to follow it by eye or ear."""

    src: FilePath = Field(max_length=200)
    """Path of the audio or video file inside the module's folder."""
    title: Title
    """What the recording is."""
    captions: FilePath | None = Field(default=None, max_length=200)
    """Path of the captions (WebVTT). Required for video."""
    captions_language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)
    """Language of the captions where it is not that of the lesson: `cy`, `pt-BR`."""
    described: str | None = Field(default=None, max_length=200)
    """Path of the same recording with audio description: a voice that says what is to be seen. For a video that shows something nobody in it says."""
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
