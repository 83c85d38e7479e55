"""Renders what is printed of a module as Page values: a workbook with short answers at its end, and a pack for facilitators.

A workbook has what is worked on and not what is read, so that it stays within a few sheets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup

from alongside.files import door
from alongside.files.cache import NO_CACHE
from alongside.files.located import Place
from alongside.model.curriculum import Curriculum
from alongside.model.exercises import Checklist, Exercise, PartnerPractice, Rewrite, Worksheet
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.questions.interaction import Rate
from alongside.model.scenarios import ScenarioNode
from alongside.model.settings import Settings
from alongside.model.steps import Dialogue, DialogueStep, Turn, step_kind
from alongside.render import template_context
from alongside.render.page import Page
from alongside.render.page_renderer import Owed, PageRenderer, Scope
from alongside.render.template_context import KeyEntry
from alongside.words.language import Words

WORKBOOK = template_context.View(screen=False, answers="linked", steps="workbook")
PAPER = template_context.View(screen=False)
#: Steps that one works on. Texts to read are on the site and in the book.
WORKED_ON = frozenset({"rules", "dialogue", "question", "exercise", "scenario", "make", "plan"})
#: How much room there is for a module: all that it can use, less of everything, or so little that some has to go.
Room = Literal["ample", "less", "little"]


@dataclass(frozen=True, slots=True)
class Card:
    """A card to cut out: what it belongs to, whom or what it is for, its Markdown, and what it asks."""

    title: str
    who: str
    text: str
    ask: str = ""


class SheetRenderer(PageRenderer):
    """Renders what is printed of the modules of a curriculum."""

    def __init__(self, curriculum: Curriculum, settings: Settings, folders: Sequence[Path]) -> None:
        super().__init__(curriculum, settings, folders, NO_CACHE)

    @property
    def words(self) -> Words:
        """What it says besides what authors wrote."""
        return self._voice.words

    def file(self, **values: Any) -> str:
        """The whole file, with the style in it."""
        words, place = self.words, self.curriculum.outline.place()
        path = self._find("workbook/workbook.css")
        assert path, "our theme has it"
        style = Markup(door.read(path).decode("utf-8"))  # noqa: S704  # a style of the theme, in which nothing is escaped
        common = {"language": words.language, "direction": words.direction, "style": style}
        return self._render(self._voice.env, "workbook/document.html", place, common | values)

    def workbook(self, module: Module, room: Room = "ample") -> Page:
        """A module to work through on paper."""
        lessons = [(lesson, lesson.but({"steps": tuple(worked_on(lesson, room))})) for lesson in module.lessons]
        scope = self._scope(module, view=WORKBOOK)
        return self._sheet(module, "workbook", scope, lessons=lessons)

    def facilitator(self, module: Module) -> Page:
        """What somebody needs who runs a session: plan, cards to cut, handouts, key, evaluation."""
        exercises = [one for one in module.exercises if isinstance(one, Checklist | PartnerPractice | Worksheet)]
        talks = [(lesson, found) for lesson in module.lessons if (found := template_context.talks_of(lesson))]
        return self._sheet(
            module, "facilitator", self._scope(module, view=PAPER),
            notes=module.outline.facilitator,
            cards=list(self._cards(module)),
            lessons=[(lesson, template_context.rules_of(lesson)) for lesson in module.lessons],
            exercises=exercises,
            talks=talks,
            keys=template_context.keys_of(module, self.words) + [self._said(*one) for one in talks],
        )  # fmt: skip

    def _cards(self, module: Module) -> Iterator[Card]:
        """Cards of a module: parts in a practice, lines to put into better words, and moments to decide in."""
        say = self.words.gettext
        for exercise in module.exercises:
            if isinstance(exercise, PartnerPractice):
                yield from (Card(exercise.title, role.name, role.brief) for role in exercise.roles)
            elif isinstance(exercise, Rewrite):
                for line in exercise.originals:
                    yield Card(exercise.title, line.context or "", f"> {line.text}", say("Say it in better words."))
        for scenario in module.scenarios.values():
            for node in template_context.main_line(scenario):
                said = f"**{node.speaker}:** {node.says}" if node.says and node.speaker else node.says or ""
                told = "\n\n".join(part.strip() for part in (node.scene or "", said) if part.strip())
                yield Card(scenario.title, node.title, told, say("What would you say or do, and why?"))

    def _sheet(self, module: Module, template: str, scope: Scope, **values: Any) -> Page:
        outline = module.outline
        return self._page(
            f"{module.id}/{template}/", "print", module.title, outline.summary, outline.place(),
            f"workbook/{template}.html", scope, **values,
        )  # fmt: skip

    # ------------------------------------------------------------ short answers

    def _values(self, scope: Scope) -> dict[str, Any]:
        return super()._values(scope) | {"main_line": template_context.main_line}

    def _answers(self, scope: Scope, place: Place) -> Markup:
        """The answers at the end: what is right and why, and not what is said of everything else."""
        entries = [(one, self._short(one)) for one in scope.owed]
        values = self._values(scope) | {"entries": entries}
        return Markup(self._render(scope.voice.env, "workbook/answers.html", place, values))  # noqa: S704  # our own templates

    def _short(self, owed: Owed) -> list[KeyEntry]:
        """What the key says of something that was asked."""
        asked = next(iter(owed.values.values()))
        if isinstance(asked, template_context.QuestionView):
            shape = asked.question.shape
            if isinstance(shape, Rate):
                return [KeyEntry("", list(zip(shape.steps, shape.advice, strict=True)), None)]
            return [template_context.key_entry(asked.question, self.words)]
        if isinstance(asked, Exercise):
            assert isinstance(asked, Rewrite), "no other kind has answers"
            return [KeyEntry(line.text, [(model, "") for model in line.models], line.why) for line in asked.originals]
        if isinstance(asked, Dialogue):
            return [KeyEntry("", self._marks(asked, owed.values["rules"]), None)]
        return [_case(node) for node in asked]

    def _said(self, lesson: Lesson, talks: list[Dialogue]) -> tuple[str, list[KeyEntry]]:
        """What the lines of a lesson's conversations do, under a title of their own."""
        rules = template_context.rules_of(lesson)
        title = self.words.gettext("What the lines do: %(title)s", title=lesson.title)
        return title, [KeyEntry(talk.title, self._marks(talk, rules), None) for talk in talks]

    def _marks(self, talk: Dialogue, rules: dict[str, Any]) -> list[tuple[str, str]]:
        """What the lines of a conversation do, each with its number and the rule that it keeps or breaks."""
        numbers = {name: number for number, name in enumerate(rules, 1)}
        noted = [(number, turn) for number, turn in enumerate(talk.turns, 1) if turn.note or turn.rule in numbers]
        return [(self._mark(number, turn, numbers.get(turn.rule or "")), turn.note or "") for number, turn in noted]

    def _mark(self, line: int, turn: Turn, rule: int | None) -> str:
        """What stands before the note on a line."""
        say = self.words.gettext
        if rule is None:
            return say("Line %(line)s.", line=line)
        # Translators: a line of a conversation, and the number of the rule that it keeps or breaks.
        if turn.keeps is False:
            return say("Line %(line)s breaks rule %(rule)s.", line=line, rule=rule)
        return say("Line %(line)s keeps rule %(rule)s.", line=line, rule=rule)


def worked_on(lesson: Lesson, room: Room) -> list[Any]:
    """The steps of a lesson that one works on; where there is little room, of its conversations those that go wrong."""
    steps = [step for step in lesson.steps if step_kind(step) in WORKED_ON]
    return [step for step in steps if room != "little" or not _goes_well(step)]


def _goes_well(step: Any) -> bool:
    return isinstance(step, DialogueStep) and step.dialogue.model == "better"


def _case(node: ScenarioNode) -> KeyEntry:
    best = template_context.best_choice(node)
    return KeyEntry(node.title, [(best.text, best.why)], None)
