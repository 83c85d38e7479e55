"""What templates need beside the model: words, orders, verdicts. Computed here, so templates only show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from alongside.model.curriculum import (
    AnyScenario,
    Curriculum,
    ExerciseStep,
    Lesson,
    Module,
    PredictStep,
    QuestionStep,
    RulesStep,
    Step,
)
from alongside.model.exercises import Rewrite
from alongside.model.questions import Question, kind_of
from alongside.model.questions.base import Grade
from alongside.model.questions.interaction import Choose, Interaction, Match, Order, Rate, Reflect, Verdict, Write
from alongside.render.markdown import short_reference

GRADE_WORDS: dict[Grade, str] = {
    "best": "A strong choice",
    "acceptable": "A workable choice",
    "poor": "A choice to learn from",
    "harmful": "A choice that does harm",
}

#: What stands before the feedback of something that can be chosen.
VERDICT_WORDS: dict[Verdict, str] = {
    "right": "Correct",
    "wrong": "Not this one",
    "best": "Best",
    "acceptable": "Acceptable",
    "poor": "Poor",
    "harmful": "Harmful",
}

#: How it looks: right and wrong as the best and a poor one.
VERDICT_STYLES: dict[Verdict, Grade] = {
    "right": "best", "wrong": "poor", "best": "best", "acceptable": "acceptable", "poor": "poor", "harmful": "harmful",
}  # fmt: skip

ENDING_WORDS = {"strong": "a strong one", "workable": "a workable one", "learn_from": "one to learn from"}

EXERCISE_NAMES = {
    "reflection": "Reflect",
    "rewrite": "Rewrite",
    "worksheet": "Worksheet",
    "checklist": "Checklist",
    "partner_practice": "Practise with a partner",
}

CALLOUT_TITLES = {"tip": "Tip", "caution": "Take care", "support": "Local help", "evidence": "What research says"}

CHECKED_WORDS = {
    "finding": "We have seen the publication say what we cite it for.",
    "record": "We have seen the publication’s details, but not the passage.",
    "no": "We have not yet checked this entry against the publication.",
}

#: What the disclosure with the answer is called, where it is not an answer.
KEY_LABELS: dict[type[Interaction], str] = {Reflect: "Show model answers", Rate: "What could come next"}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of something that can be chosen: for scripts, for style sheets and for readers."""

    verdict: Verdict
    style: Grade
    word: str


@dataclass(frozen=True, slots=True)
class View:
    """Where a page is read: `screen` has answers to open, paper has room to write."""

    screen: bool


@dataclass(frozen=True)
class QuestionView:
    """A question with what its template shows."""

    question: Question
    #: Id of the module around it; empty on pages that show examples.
    module: str
    curriculum: Curriculum
    #: Whether the answer is kept in the learner's record.
    counts: bool = True
    #: Whether learners may say how sure they are.
    asks_sure: bool = False

    @property
    def kind(self) -> str:
        """The question's kind, which names its template, script and style."""
        return kind_of(self.question)

    @property
    def name(self) -> str:
        """Start of every id that the question has on a page."""
        return f"q-{self.question.id}"

    @property
    def template(self) -> str:
        """The template of the kind."""
        return f"questions/{self.kind}/template.html"

    @cached_property
    def arranged(self) -> Any:
        """Options in the order in which they are shown."""
        return self.question.arranged(f"{self.module}/{self.question.id}")

    @property
    def key_label(self) -> str:
        """What the disclosure with the answer is called."""
        return KEY_LABELS.get(type(self.question.shape), "Show the answer")

    @property
    def credit(self) -> dict[str, float]:
        """What each option is worth, by its id."""
        shape = self.question.shape
        return {pick.id: pick.credit for pick in shape.picks} if isinstance(shape, Choose) else {}

    @property
    def verdicts(self) -> dict[str, Said]:
        """What is said of each option, by its id."""
        shape = self.question.shape
        if not isinstance(shape, Choose):
            return {}
        return {p.id: Said(p.verdict, VERDICT_STYLES[p.verdict], VERDICT_WORDS[p.verdict]) for p in shape.picks}

    @property
    def comes_back(self) -> bool:
        """Whether the question comes back in review once it was answered."""
        return self.counts and self.question.scored and self.question.review

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Sources that the question rests on: id and short reference."""
        return [(name, short_reference(self.curriculum.sources[name])) for name in self.question.cites]


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What was asked, as it stands on the answer key: what is right, and why."""

    prompt: str
    key: list[tuple[str, str]]
    why: str | None


def key_entry(question: Question) -> KeyEntry:
    """The entry of a question."""
    return KeyEntry(question.prompt, answer_key(question), question.rationale)


def key_entries(step: Step) -> list[KeyEntry]:
    """The entries of a step: of its question, or of the lines that it has rewritten."""
    if isinstance(step, PredictStep):
        return [key_entry(step.predict)]
    if isinstance(step, QuestionStep):
        return [key_entry(step.question)]
    if isinstance(step, ExerciseStep) and isinstance(step.exercise, Rewrite):
        return [
            KeyEntry(line.text, [(model, "") for model in line.models], line.why) for line in step.exercise.originals
        ]
    return []


def answer_key(question: Question) -> list[tuple[str, str]]:
    """What counts as right, from the neutral form: pairs of Markdown text and feedback."""
    shape = question.shape
    if isinstance(shape, Choose):
        return [(pick.text, pick.feedback) for pick in shape.picks if pick.credit == 1.0]
    if isinstance(shape, Order):
        return [(f"{place}. {pick.text}", pick.feedback) for place, pick in enumerate(shape.picks, 1)]
    if isinstance(shape, Match):
        targets = {pick.id: pick.text for pick in shape.targets}
        partner = dict(shape.key)
        return [(f"{pick.text} → {targets[partner[pick.id]]}", pick.feedback) for pick in shape.prompts]
    if isinstance(shape, Write):
        return [(f"{blank.label}: {', '.join(blank.accept)}", blank.feedback) for blank in shape.blanks]
    if isinstance(shape, Reflect):
        return [(model, "") for model in shape.models]
    assert isinstance(shape, Rate)
    return []


def rules_of(lesson: Lesson) -> dict[str, Any]:
    """The rules that a lesson states, by id."""
    return {rule.id: rule for step in lesson.steps if isinstance(step, RulesStep) for rule in step.rules}


def titles(scenario: AnyScenario) -> dict[str, str]:
    """Titles of nodes and endings by id."""
    nodes = {name: node.title for name, node in scenario.nodes.items()}
    return nodes | {name: ending.title for name, ending in scenario.endings.items()}


def duration(minutes: int) -> str:
    """Minutes as a reader would say them: `50 minutes`, `about 4 hours`."""
    if minutes < 90:  # noqa: PLR2004  # up to an hour and a half people think in minutes
        return f"{minutes} minutes"
    hours = round(minutes / 30) / 2
    return f"about {hours:g} hours"


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """Where one objective is taught, practised and assessed."""

    objective: Any
    lessons: list[str]
    practice: list[str]
    questions: int


def alignment(module: Module) -> list[AlignmentRow]:
    """One row for each objective of the module."""
    return [
        AlignmentRow(
            objective,
            [lesson.title for lesson in module.lessons if name in lesson.objectives],
            [
                *(exercise.title for exercise in module.exercises if name in exercise.objectives),
                *(scenario.title for scenario in module.scenarios.values() if name in scenario.objectives),
            ],
            sum(name in question.objectives for question in module.questions),
        )
        for name, objective in module.outline.objectives.items()
    ]
