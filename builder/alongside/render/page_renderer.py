"""Renders one page: what its template sees, and which scripts and styles it turns out to need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from alongside.files.cache import Cache
from alongside.files.located import Place
from alongside.load.layers import measured
from alongside.model.curriculum import Curriculum
from alongside.model.exercises import Exercise
from alongside.model.identity import earlier_ids, module_names
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.pages import Kind
from alongside.model.questions import Question
from alongside.model.scenarios import AnyScenario, InlineScenario
from alongside.model.settings import Settings
from alongside.model.steps import DialogueStep, QuestionStep, ScenarioStep, step_kind
from alongside.render import template_context
from alongside.render.assets import STYLE, kept_scripts, script_source, words_script
from alongside.render.brand import organisation_style
from alongside.render.environment import failing
from alongside.render.faces import portrait
from alongside.render.headings import anchored
from alongside.render.markdown import Prose
from alongside.render.page import Page
from alongside.render.scripts import IN_USE, PAGE_SCRIPTS, Scripts
from alongside.render.strips import strip
from alongside.render.styles import SHEET, sheets_of
from alongside.render.voice import Voice, voice
from alongside.texts.duration import Duration, durations
from alongside.words.language import Words

DESCRIPTION_LENGTH = 155
#: Kinds of page on which each heading has a link to itself.
LINKED: frozenset[Kind] = frozenset({"lesson", "quiz", "module", "text"})
SCREEN, PAPER = template_context.View(screen=True, answers="here"), template_context.View(screen=False)


@dataclass(frozen=True, slots=True)
class Owed:
    """An answer that is shown at the end: what asks for it, and the template that shows it."""

    number: int
    #: Id of what asks, by which links lead there and back.
    anchor: str
    asked: str
    template: str
    values: dict[str, Any]


@dataclass
class Scope:
    """What one page sees while it is rendered, and what it turns out to use."""

    voice: Voice
    module: Module | None = None
    lesson: Lesson | None = None
    view: template_context.View = SCREEN
    kinds: set[str] = field(default_factory=set)
    scripts: set[str] = field(default_factory=set)
    #: Answers that stand at the end, where the view wants them there.
    owed: list[Owed] = field(default_factory=list)


class PageRenderer:
    """Renders one page at a time, from a template and what the page sees."""

    def __init__(self, curriculum: Curriculum, settings: Settings, folders: Sequence[Path], cache: Cache) -> None:
        self.curriculum = curriculum
        self.settings = settings
        self._folders = tuple(folders)
        self._cache = cache
        self._times: dict[str, dict[str, Duration]] = {}
        self._paths: dict[str, Path | None] = {}
        self._sizes: dict[tuple[str, str], Markup] = {}

    @cached_property
    def _scripts(self) -> Scripts:
        return Scripts(kept_scripts(self._folders, self._cache, script_source(self._find)))

    @cached_property
    def _voice(self) -> Voice:
        """What says everything in the language of the curriculum, which is that of every page."""
        return voice(self.curriculum.language, self.curriculum, self.settings, self._folders)

    def _scope(self, module: Module | None = None, lesson: Lesson | None = None, **rest: Any) -> Scope:
        return Scope(self._voice, module, lesson, **rest)

    def _page(  # noqa: PLR0913, PLR0917  # what every page has, in the order of Page
        self,
        url: str,
        kind: Kind,
        title: str,
        description: str,
        place: Place,
        template: str,
        scope: Scope,
        /,
        **values: Any,
    ) -> Page:
        html = self._render(scope.voice.env, template, place, self._values(scope) | values)
        words = scope.voice.words
        linked = kind in LINKED and scope.view.screen
        body, headings = anchored(html, partial(_link_to, words) if linked else None)
        scripts, in_use = self._scripts_for(words, kind, scope) if scope.view.screen else ((), ())
        return Page(
            url=url, kind=kind, title=title, description=_short(scope.voice.prose, description), body=body, headings=headings,
            language=words.language, direction=words.direction, source=place, scripts=scripts, scripts_in_use=in_use,
            styles=self._styles(kind), sensitive=bool(scope.module and scope.module.sensitive),
        )  # fmt: skip

    @staticmethod
    def _render(env: Environment, template: str, place: Place, values: dict[str, Any]) -> str:
        with failing(template, f"{place.file}: "):
            return env.get_template(template).render(values)

    def _values(self, scope: Scope) -> dict[str, Any]:
        folder = f"{scope.module.id}/" if scope.module else ""
        return {
            "module": scope.module,
            "lesson": scope.lesson,
            "view": scope.view,
            "folder": folder,
            "block": partial(scope.voice.prose.block, folder=folder),
            "inline": partial(scope.voice.prose.inline, folder=folder),
            "question_view": partial(self._question_view, scope),
            "render_steps": partial(self._steps, scope),
            "measured": self._measured,
            "module_time": self.module_time,
            "lesson_time": self.lesson_time,
            "portrait": partial(portrait, self.curriculum, scope.module),
            "strip": partial(strip, self.curriculum, scope.module, words=scope.voice.words),
            "keep": partial(self._keep, scope),
            "keep_step": partial(self._keep_step, scope),
            "aloud": partial(self._aloud, scope),
            "earlier": self._earlier,
            "owe": partial(self._owe, scope),
            "answers": partial(self._answers, scope),
        }

    def _earlier(self, formerly: Iterable[str]) -> tuple[str, ...]:
        """Earlier ids of something in a module, as the learner's record may have them."""
        return earlier_ids(formerly, self._module_names)

    @cached_property
    def _module_names(self) -> dict[str, tuple[str, ...]]:
        return module_names(self.curriculum.modules)

    def count_times(self) -> None:
        """Has the times of all modules counted, which lists of them show."""
        makers = {name: partial(durations, module) for name, module in self.curriculum.modules.items()}
        self._cache.ahead("durations", dict[str, Duration], makers)

    def times(self, module: Module) -> dict[str, Duration]:
        """How long each part of a module takes, by its id."""
        if module.id not in self._times:
            self._times[module.id] = self._cache.of(
                module.id, "durations", dict[str, Duration], partial(durations, module)
            )
        return self._times[module.id]

    def module_time(self, *modules: Module) -> Duration:
        """How long modules take together."""
        return sum((time for module in modules for time in self.times(module).values()), Duration())

    def lesson_time(self, module: Module, lesson: Lesson) -> Duration:
        """How long a lesson of a module takes."""
        return self.times(module)[lesson.id]

    def _measured(self, module: Module, path: str) -> Markup:
        """How wide and high a picture of a module is, as attributes, so that what follows it does not move when it comes."""
        named = module.id, path
        if named not in self._sizes:  # each list of modules shows it
            found = measured(module, path)
            self._sizes[named] = Markup(' width="{}" height="{}"').format(*found) if found else Markup()
        return self._sizes[named]

    def _keep(self, scope: Scope, owner: Exercise | Question, part: str, plan: bool = False) -> Markup:  # noqa: FBT001, FBT002  # called from templates
        """Attributes of a field that can be kept in the journal, under the ids that its author gave."""
        return self._keeping(scope, (owner.id, *self._earlier(owner.formerly)), part, plan=plan)

    def _keep_step(self, scope: Scope, words: str, part: str, plan: bool = False) -> Markup:  # noqa: FBT001, FBT002  # as above
        """The same for steps, which have no id: what was written stays with the words that asked for it."""
        name = hashlib.sha256(words.encode()).hexdigest()[:8]
        lesson = scope.lesson.id if scope.lesson else ""
        formerly = self._earlier(scope.lesson.formerly) if scope.lesson else ()
        return self._keeping(scope, (lesson, *formerly), f"{part}-{name}", plan=plan)

    @staticmethod
    def _keeping(scope: Scope, owners: Sequence[str], part: str, *, plan: bool) -> Markup:
        """The key of a field, and those that it had: the module and what the field belongs to may have had other ids."""
        if not scope.view.screen or not scope.module:
            return Markup()
        scope.scripts.add("elements/journal-fields.js")
        modules = (scope.module.id, *scope.module.outline.formerly)
        names = [owner if "/" in owner else f"{module}/{owner}" for module in modules for owner in owners]
        key, *formerly = (f"{name}/{part}" for name in dict.fromkeys(names))
        attributes = Markup(' data-keep="{}"').format(key)
        if formerly:
            attributes += Markup(' data-formerly="{}"').format(" ".join(formerly))
        return attributes + Markup(" data-plan") if plan else attributes

    def _aloud(self, scope: Scope) -> Markup:
        """The attribute of a place at which one can practise aloud: whether one may record oneself there."""
        if not scope.view.screen:
            return Markup()
        scope.scripts.add("elements/aloud.js")
        return Markup(' data-aloud="{}"').format("record" if self.settings.recording else "say")

    @staticmethod
    def _owe(scope: Scope, anchor: str, asked: str, template: str, **values: Any) -> int:
        """Puts an answer at the end. Returns the number that it has there."""
        scope.owed.append(Owed(len(scope.owed) + 1, anchor, asked, template, values))
        return len(scope.owed)

    def _answers(self, scope: Scope, place: Place) -> Markup:
        """The answers that what was rendered so far has put at the end."""
        inside = replace(scope, view=replace(scope.view, answers="alone"))
        values, env = self._values(inside), scope.voice.env
        entries = [
            (one, Markup(self._render(env, one.template, place, values | one.values)))  # noqa: S704  # our own templates
            for one in scope.owed
        ]
        return Markup(self._render(env, "partials/answers.html", place, values | {"entries": entries}))  # noqa: S704

    def _credits(self, module: Module) -> dict[str, Any]:
        """What `partials/credits.html` shows of a module: what it rests on, who made it, and who has read it."""
        outline, people = module.outline, self.curriculum.people
        named = dict.fromkeys(name for names in outline.credits.values() for name in names)
        return {
            "references": [(name, self.curriculum.sources[name]) for name in outline.references],
            "credits": [
                self._voice.words.gettext(
                    template_context.ROLE_WORDS[role], names=", ".join(people[name].name for name in names)
                )
                for role, names in outline.credits.items()
            ],
            "reviewer": self._name(outline.reviewed.by) if outline.reviewed else None,
            "safety_reviewer": self._name(outline.reviewed.safety_by) if outline.reviewed else None,
            "host_review": self.settings.reviewed.get(module.id),
            "introduced": [person for name in named if (person := people[name]).about],
        }

    def _name(self, person: str | None) -> str | None:
        return self.curriculum.people[person].name if person else None

    def _question_view(
        self, scope: Scope, question: Question, *, counts: bool = True, asks_sure: bool = False
    ) -> template_context.QuestionView:
        module = scope.module.id if scope.module else ""
        on_screen = scope.view.screen
        view = template_context.QuestionView(
            question,
            module,
            self.curriculum,
            scope.voice.words,
            bool(module) and counts and on_screen,
            asks_sure and on_screen,
        )
        scope.kinds.add(view.kind)
        return view

    def _steps(self, scope: Scope, lesson: Lesson, whole: Lesson | None = None) -> Markup:
        """The steps of a lesson in order. Headings of checks are numbered where there are several.

        Where `lesson` is an extract, `whole` is the lesson that has the rules.
        """
        inside = replace(scope, lesson=lesson)
        words = scope.voice.words
        values = self._values(inside) | {
            "rules": template_context.rules_of(whole or lesson),
            "scenario_of": partial(self._scenario_of, inside),
        }
        checks = sum(isinstance(step, QuestionStep) for step in lesson.steps)
        asked = 0
        parts = []
        for index, step in enumerate(lesson.steps, 1):
            kind = step_kind(step)
            values |= {"step": step, "number": f"{lesson.id}-{index}"}
            if isinstance(step, QuestionStep):
                asked += 1
                values["heading"] = (
                    words.gettext("Check yourself %(number)s", number=asked)
                    if checks > 1
                    else words.gettext("Check yourself")
                )
            if isinstance(step, DialogueStep):
                values["speakers"] = {
                    name: "ab"[place % 2]
                    for place, name in enumerate(dict.fromkeys(t.speaker for t in step.dialogue.turns))
                }
            parts.append(self._render(scope.voice.env, self._step_template(scope.view, kind), step.place(), values))
        return Markup("\n".join(parts))  # noqa: S704  # rendered by our own templates

    def _step_template(self, view: template_context.View, kind: str | None) -> str:
        own = f"{view.steps}/{kind}.html"
        return own if self._find(own) else f"steps/{kind}.html"

    def _scenario_of(self, scope: Scope, step: ScenarioStep) -> AnyScenario:
        scope.scripts.add("elements/scenario.js")
        if isinstance(step.scenario, InlineScenario):
            return step.scenario
        assert scope.module is not None, "only a lesson of a module names a file"
        return scope.module.scenarios[step.scenario]

    def _scripts_for(self, words: Words, kind: Kind, scope: Scope) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The files that a page starts with, and those that it loads once it is used."""
        start = ["elements/page-frame.js", *PAGE_SCRIPTS.get(kind, ())]
        rest = [*IN_USE.get(kind, ()), *sorted(scope.scripts)]
        rest += [name for of in sorted(scope.kinds) if self._find(name := f"questions/{of}/{of}.js")]
        # What hands over the words comes first, since the others look them up when they start.
        first = (words_script(words),) if words.messages else ()
        if kind not in IN_USE:
            return (*first, *self._scripts.of_page(kind, start + rest)), ()
        scripts = self._scripts.of_page(kind, start)
        in_use = [file for file in self._scripts.of_page(kind, rest) if file not in scripts]
        return (*first, *scripts), tuple(in_use)

    def _styles(self, kind: Kind) -> tuple[str, ...]:
        return (*sheets_of(kind, self._find(SHEET)), *([STYLE] if self._style_of_organisation else []))

    @cached_property
    def _style_of_organisation(self) -> str:
        return organisation_style(self.settings.organisation)

    def _find(self, name: str) -> Path | None:
        """The file of the theme at an address."""
        if name not in self._paths:
            paths = (folder / name for folder in self._folders)
            self._paths[name] = next((path for path in paths if path.is_file()), None)
        return self._paths[name]


def _link_to(words: Words, heading: str) -> str:
    """What a link to a part of a page is called."""
    return words.gettext("Link to: %(heading)s", heading=heading)


def _short(prose: Prose, text: str) -> str:
    plain = " ".join(Markup(prose.inline(text)).striptags().split())  # noqa: S704
    if len(plain) <= DESCRIPTION_LENGTH:
        return plain
    return plain[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"
