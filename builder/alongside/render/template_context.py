"""What templates need beside the model: words, orders, verdicts. Computed here, so templates only show."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, Literal

from alongside.model.curriculum import Curriculum
from alongside.model.element import Level
from alongside.model.exercises import Rewrite
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import Module
from alongside.model.questions import QUESTION_KINDS, Question, kind_of
from alongside.model.questions.base import Grade
from alongside.model.questions.interaction import (
    CREDIT,
    Calculate,
    Choose,
    Interaction,
    Match,
    Order,
    Rate,
    Reflect,
    Span,
    Verdict,
    Write,
)
from alongside.model.scenarios import AnyScenario, ScenarioChoice, ScenarioNode
from alongside.model.steps import Dialogue, DialogueStep, ExerciseStep, PredictStep, QuestionStep, RulesStep, Step
from alongside.render.markdown import short_reference
from alongside.texts.duration import Duration
from alongside.words.language import ENGLISH, N_, Words

# Words in tables are English here, and looked up in the language of the page where they are shown.

GRADE_WORDS: dict[Grade, str] = {
    "best": N_("A strong choice"),
    "acceptable": N_("A workable choice"),
    "poor": N_("A choice to learn from"),
    "harmful": N_("A choice that does harm"),
}

#: What stands before the feedback of something that can be chosen.
VERDICT_WORDS: dict[Verdict, str] = {
    "right": N_("Correct"),
    "wrong": N_("Not this one"),
    "best": N_("Best"),
    "acceptable": N_("Acceptable"),
    "poor": N_("Poor"),
    "harmful": N_("Harmful"),
}

ENDING_WORDS = {
    "strong": N_("An end, a strong one:"),
    "workable": N_("An end, a workable one:"),
    "learn_from": N_("An end, one to learn from:"),
}

LEVEL_WORDS: dict[Level, str] = {
    "remember": N_("remember"),
    "understand": N_("understand"),
    "apply": N_("apply"),
    "analyse": N_("analyse"),
    "evaluate": N_("evaluate"),
    "create": N_("create"),
}

#: Who made a module.
ROLE_WORDS = {
    "author": N_("author: %(names)s."),
    "reviewer": N_("reviewer: %(names)s."),
    "illustrator": N_("illustrator: %(names)s."),
    "translator": N_("translator: %(names)s."),
    "adviser": N_("adviser: %(names)s."),
}

#: Where an option stands. No question has more.
# Translators: numbers follow, as in “the first 3, second 2, third 4 times”.
PLACE_WORDS = (N_("first"), N_("second"), N_("third"), N_("fourth"), N_("fifth"), N_("sixth"), N_("seventh"))

EXERCISE_NAMES = {
    "reflection": N_("Reflect"),
    "rewrite": N_("Rewrite"),
    "worksheet": N_("Worksheet"),
    "checklist": N_("Checklist"),
    "partner_practice": N_("Practise with a partner"),
}

CALLOUT_TITLES = {
    "tip": N_("Tip"),
    "caution": N_("Take care"),
    "support": N_("Local help"),
    "evidence": N_("What research says"),
}

CHECKED_WORDS = {
    "finding": N_("We have seen the publication say what we cite it for."),
    "record": N_("We have seen the publication’s details, but not the passage."),
    "no": N_("We have not yet checked this entry against the publication."),
}

#: What the disclosure with the answer is called, and where it is not an answer.
KEY_LABEL = N_("Show the answer")
KEY_LABELS: dict[type[Interaction], str] = {Reflect: N_("Show model answers"), Rate: N_("What could come next")}


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of something that can be chosen: for scripts and style sheets, and for readers."""

    verdict: Verdict
    word: str


#: Where answers stand: below each question to be opened, on another page, or at the end with links both ways; `alone` is
#: the view in which those at the end are rendered.
Answers = Literal["here", "apart", "linked", "alone"]


@dataclass(frozen=True, slots=True)
class View:
    """Where a page is read: `screen` has answers to open, paper has room to write."""

    screen: bool
    answers: Answers = "apart"
    #: A folder with templates for steps that are shown in another way here, such as scenarios in a book.
    steps: str = "steps"


@dataclass(frozen=True)
class QuestionView:
    """A question with what its template shows."""

    question: Question
    #: Id of the module around it; empty on pages that show examples.
    module: str
    curriculum: Curriculum
    words: Words
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
        return self.words.gettext(KEY_LABELS.get(type(self.question.shape), KEY_LABEL))

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
        return {p.id: Said(p.verdict, self.words.gettext(VERDICT_WORDS[p.verdict])) for p in shape.picks}

    def amounts(self, spans: Sequence[Span]) -> str:
        """Numbers in words, with the unit of the question."""
        shape = self.question.shape
        return amounts(spans, shape.unit if isinstance(shape, Calculate) else "", self.words)

    @property
    def comes_back(self) -> bool:
        """Whether the question comes back in review once it was answered."""
        return self.counts and self.question.scored and self.question.review

    @property
    def safety(self) -> list[tuple[str, str]]:
        """The safety rules that the question names, with their words."""
        known = self.curriculum.safety
        return [(name, known[name].rule) for name in self.question.safety if name in known]

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Sources that the question rests on: id and short reference."""
        return [(name, short_reference(self.curriculum.sources[name], self.words)) for name in self.question.cites]


#: What somebody does before speaking, in emphasis: it begins small, or is a sentence. Anything else is stressed.
DOES = re.compile(r"\*(?P<does>[^*]*(?<![\s*]))\*(?=\s|$)\s*(?P<says>.*)", re.DOTALL)


def spoken(says: str) -> tuple[str, str]:
    """What somebody does, in Markdown without its emphasis, and what they then say; either may be empty."""
    match = DOES.fullmatch(says.strip())
    if match and (match["does"][:1].islower() or match["does"].endswith((".", "!", "?", "…"))):
        return match["does"], match["says"]
    return "", says


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What was asked, as it stands on the answer key: what is right, and why."""

    prompt: str
    key: list[tuple[str, str]]
    why: str | None
    #: The case that it was asked about; without it “What do you say?” could be anything.
    case: str | None = None
    #: Answers to compare one's own with, which may have paragraphs and lists.
    models: tuple[str, ...] = ()


def key_entry(question: Question, words: Words) -> KeyEntry:
    """The entry of a question."""
    models = question.shape.models if isinstance(question.shape, Reflect) else ()
    return KeyEntry(question.prompt, answer_key(question, words), question.rationale, question.context, models)


def key_entries(step: Step, words: Words) -> list[KeyEntry]:
    """The entries of a step: of its question, or of the lines that it has rewritten."""
    if isinstance(step, PredictStep):
        return [key_entry(step.predict, words)]
    if isinstance(step, QuestionStep):
        return [key_entry(step.question, words)]
    if isinstance(step, ExerciseStep) and isinstance(step.exercise, Rewrite):
        return [
            KeyEntry(line.text, [(model, "") for model in line.models], line.why, line.context)
            for line in step.exercise.originals
        ]
    return []


def keys_of(module: Module, words: Words) -> list[tuple[str, list[KeyEntry]]]:
    """The answer key of a module: the entries of each lesson and of the quiz, with its title."""
    groups = [
        (lesson.title, [entry for step in lesson.steps for entry in key_entries(step, words)])
        for lesson in module.lessons
    ]
    if module.quiz:
        groups.append((quiz_title(module.quiz, words), [key_entry(one, words) for one in module.quiz.questions]))
    return [(title, entries) for title, entries in groups if entries]


def answer_key(question: Question, words: Words = ENGLISH) -> list[tuple[str, str]]:
    """What counts as right, from the neutral form: pairs of Markdown text and feedback."""
    shape = question.shape
    if isinstance(shape, Choose):
        return [(pick.text, pick.feedback) for pick in shape.picks if pick.credit == 1.0]
    if isinstance(shape, Order):
        return [(f"{place}. {pick.text}", pick.feedback) for place, pick in enumerate(shape.picks, 1)]
    if isinstance(shape, Match):
        targets = {pick.id: pick.text for pick in shape.targets}
        partner = dict(shape.key)
        return [(f"{pick.text} {words.arrow} {targets[partner[pick.id]]}", pick.feedback) for pick in shape.prompts]
    if isinstance(shape, Write):
        ours = shape.text is None
        return [
            (f"{words.gettext(b.label) if ours else b.label}: {', '.join(b.accept)}", b.feedback) for b in shape.blanks
        ]
    if isinstance(shape, Calculate):
        return [(amounts(shape.spans, shape.unit, words), shape.feedback)]
    assert isinstance(shape, Reflect | Rate)
    return [(model, "") for model in shape.models] if isinstance(shape, Reflect) else []


def amounts(spans: Sequence[Span], unit: str, words: Words) -> str:
    """Numbers in words, as they stand on a key: `2 to 4 hours; 8, or anything from 7 to 9 hours`."""
    behind = unit if unit in {"", "%"} else f" {unit}"
    return "; ".join(_amount(span, words) + behind for span in spans)


def _amount(span: Span, words: Words) -> str:
    if span.low == span.high:
        return words.digits(span.low)
    low, high = words.digits(span.low), words.digits(span.high)
    if span.middle is None:
        # Translators: a range of numbers, such as “2 to 4”.
        return words.gettext("%(low)s to %(high)s", low=low, high=high)
    number = words.digits(span.middle)
    return words.gettext("%(number)s, or anything from %(low)s to %(high)s", number=number, low=low, high=high)


def part_numbers(scenario: AnyScenario) -> dict[str, int]:
    """The number of each part of a scenario on paper, in the order in which they stand: moments, what comes of each choice, ends."""
    parts: list[str] = []
    for name, node in scenario.nodes.items():
        parts += [name, *(f"{name}_{choice.id}" for choice in node.choices)]
    return {name: number for number, name in enumerate([*parts, *scenario.endings], 1)}


def main_line(scenario: AnyScenario) -> list[ScenarioNode]:
    """The moments of a scenario on the way that the best choices take, each once."""
    line: dict[str, ScenarioNode] = {}
    name = scenario.start
    while name in scenario.nodes and name not in line:
        line[name] = scenario.nodes[name]
        name = best_choice(line[name]).to
    return list(line.values())


def best_choice(node: ScenarioNode) -> ScenarioChoice:
    """The first of the best choices of a moment."""
    return max(node.choices, key=lambda choice: CREDIT[choice.grade])


def rules_of(lesson: Lesson) -> dict[str, Any]:
    """The rules that a lesson states, by id."""
    return {rule.id: rule for step in lesson.steps if isinstance(step, RulesStep) for rule in step.rules}


def talks_of(lesson: Lesson) -> list[Dialogue]:
    """The conversations that a lesson shows, in their order."""
    return [step.dialogue for step in lesson.steps if isinstance(step, DialogueStep)]


def titles(scenario: AnyScenario) -> dict[str, str]:
    """Titles of nodes and endings by id."""
    nodes = {name: node.title for name, node in scenario.nodes.items()}
    return nodes | {name: ending.title for name, ending in scenario.endings.items()}


def kind_words(words: Words) -> dict[str, str]:
    """What readers call each kind of question."""
    return {name: words.gettext(model.in_words) for name, model in QUESTION_KINDS.items()}


def quiz_title(quiz: Quiz, words: Words) -> str:
    """The title that the author gave a quiz, or ours."""
    return quiz.title if "title" in quiz.model_fields_set else words.gettext(quiz.title)


def time_in_words(time: Duration, words: Words) -> str:
    """Reading and practice apart: `9 min reading, 25 min practice`, `about 1 hour reading, about 3 hours practice`."""
    reading, practice = _in_words(time.reading, words), _in_words(time.practice, words)
    if not time.reading or not time.practice:
        # Translators: a length of time, such as “25 min”.
        return (
            words.gettext("%(time)s practice", time=practice)
            if time.practice
            else words.gettext("%(time)s reading", time=reading)
        )
    return words.gettext("%(reading)s reading, %(practice)s practice", reading=reading, practice=practice)


def _in_words(minutes: int, words: Words) -> str:
    """Minutes as a reader would say them: `50 min`, `about 4 hours`."""
    if minutes < 90:  # noqa: PLR2004  # up to an hour and a half people think in minutes
        return words.gettext("%(num)s min", num=minutes)
    hours = round(minutes / 30) / 2
    # Half an hour more counts as one: no language has a form for it alone.
    return words.ngettext("about %(num)s hour", "about %(num)s hours", ceil(hours), num=words.number(hours))


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
