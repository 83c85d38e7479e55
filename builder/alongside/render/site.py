"""Model to a whole site: plans the pages and renders each to a Page value.

A page's cost does not depend on how many modules there are; only the home page, the list of all
pages and the alignment page grow with the curriculum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError
from markupsafe import Markup

from alongside.files.located import Place
from alongside.files.problems import At, BuildError
from alongside.model.curriculum import Curriculum, LearningPath, TextPage
from alongside.model.exercises import Exercise
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import Module
from alongside.model.pages import MADE_PAGES, Kind, Row
from alongside.model.questions import Question
from alongside.model.scenarios import AnyScenario, InlineScenario
from alongside.model.settings import Settings
from alongside.model.steps import DialogueStep, QuestionStep, ScenarioStep, step_kind
from alongside.render import template_context
from alongside.render.assets import organisation_style, site_assets, words_script
from alongside.render.headings import anchored
from alongside.render.markdown import Prose
from alongside.render.page import Asset, Link, Outline, Page
from alongside.render.site_lists import PAGE_SCRIPTS, listed
from alongside.render.styles import SHEET
from alongside.render.voice import Voice, voice
from alongside.words.language import N_, Words

DESCRIPTION_LENGTH = 155
SCREEN, PAPER = template_context.View(screen=True), template_context.View(screen=False)

#: Makes one page.
Make = Callable[[], Page]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that an engine writes."""

    name: str
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    #: A fingerprint of everything that is published; empty in a preview.
    version: str = ""


@dataclass
class _Scope:
    """What one page sees while it is rendered, and what it turns out to use."""

    voice: Voice
    module: Module | None = None
    lesson: Lesson | None = None
    view: template_context.View = SCREEN
    kinds: set[str] = field(default_factory=set)
    scripts: set[str] = field(default_factory=set)


class SiteRenderer:
    """Renders the pages of one curriculum. Keeps what it has rendered of prose."""

    def __init__(self, curriculum: Curriculum, settings: Settings, folders: Sequence[Path]) -> None:
        self.curriculum = curriculum
        self.settings = settings
        self._texts = [
            page for page in curriculum.pages.values() if settings.author_pages or not page.id.startswith("authors/")
        ]
        self.texts = {page.url: page for page in self._texts}
        self._folders = tuple(folders)
        self._voices: dict[str, Voice] = {}
        #: Paths of which at least one module is on the site.
        self.paths: dict[str, LearningPath] = {
            name: path for name, path in {**curriculum.paths, **settings.paths}.items() if self._modules(path.modules)
        }
        self._has: dict[str, bool] = {}

    def _voice_of(self, module: Module | None = None) -> Voice:
        """The language of a module, and of the pages that belong to none: one for all, until modules say their own."""
        del module
        language = self.curriculum.language
        if language not in self._voices:
            self._voices[language] = voice(language, self.curriculum, self.settings, self._folders)
        return self._voices[language]

    def _scope(self, module: Module | None = None, lesson: Lesson | None = None, **rest: Any) -> _Scope:
        return _Scope(self._voice_of(module), module, lesson, **rest)

    # -------------------------------------------------------------- the plan

    def pages(self) -> Iterator[Page]:
        """Every page of the site."""
        for url, make in self.plan().items():
            with At(f"the page {url}"):
                page = make()
            yield page

    def plan(self) -> dict[str, Make]:
        """What makes each page, by its address. A preview makes only the page that is looked at.

        Before there is a plan, `addresses.py` has made sure that no address has two makers.
        """
        return {url: make for url, make, _ in self.makers()}

    def makers(self) -> Iterator[tuple[str, Make, Place | None]]:
        """The address of each page, what makes it and where its author wrote it; `None` for the site's own."""
        yield "", self._home, None
        for text in self._texts:
            if text.url:
                yield text.url, partial(self._text, text), text.place()
        for name, path in self.paths.items():
            yield f"paths/{name}/", partial(self._path, name, path), path.place()
        for module in self.curriculum.modules.values():
            yield from self._module_makers(module)
        for url, make in self._common_plan().items():
            yield url, make, None

    def _module_makers(self, module: Module) -> Iterator[tuple[str, Make, Place]]:
        sequence = self._sequence(module)
        files = [module.outline, *module.lessons, *([module.quiz] if module.quiz else [])]
        for index, ((link, _), file) in enumerate(zip(sequence, files, strict=True)):
            yield link.url, partial(self._in_sequence, module, sequence, index), file.place()
        for url, make in self._print_plan(module).items():
            yield url, make, module.outline.place()

    def _in_sequence(self, module: Module, sequence: Sequence[tuple[Link, Make]], index: int) -> Page:
        link, make = sequence[index]
        return replace(
            make(),
            outline=self._outline(module, sequence, link.url),
            breadcrumbs=self._crumbs(module, link.url),
            previous=sequence[index - 1][0] if index else None,
            next=sequence[index + 1][0] if index + 1 < len(sequence) else None,
        )

    def _sequence(self, module: Module) -> list[tuple[Link, Make]]:
        """The pages of a module in the order in which they are read, with what makes each."""
        words = self._voice_of(module).words
        pages: list[tuple[Link, Make]] = [(Link(module.title, f"{module.id}/"), partial(self._overview, module))]
        for number, lesson in enumerate(module.lessons, 1):
            link = Link(
                lesson.title, f"{module.id}/{lesson.id}/", note=words.gettext("%(num)s min", num=lesson.minutes)
            )
            pages.append((link, partial(self._lesson, module, lesson, number)))
        if module.quiz:
            title = template_context.quiz_title(module.quiz, words)
            pages.append((Link(title, f"{module.id}/{module.quiz.id}/"), partial(self._quiz, module, module.quiz)))
        return pages

    def _outline(self, module: Module, sequence: Sequence[tuple[Link, Make]], url: str) -> Outline:
        links = tuple(replace(link, current=link.url == url) for link, _ in sequence[1:])
        return Outline(module.title, f"{module.id}/", links, module.outline.formerly)

    def _crumbs(self, module: Module, url: str) -> tuple[Link, ...]:
        home = self._home_link(module)
        return (home,) if url == f"{module.id}/" else (home, Link(module.title, f"{module.id}/"))

    def _home_link(self, module: Module | None = None) -> Link:
        return Link(self._voice_of(module).words.gettext("Home"), "")

    # ------------------------------------------------------- pages of modules

    def _overview(self, module: Module) -> Page:
        outline = module.outline
        scope = self._scope(module)
        named = dict.fromkeys(name for names in outline.credits.values() for name in names)
        return self._page(
            f"{module.id}/",
            "module",
            module.title,
            outline.summary,
            outline.place(),
            "pages/module.html",
            scope,
            requires=self._modules(outline.requires),
            helpful=self._modules(outline.helpful_before),
            references=[(name, self.curriculum.sources[name]) for name in outline.references],
            credits=[
                scope.voice.words.gettext(
                    template_context.ROLE_WORDS[role], names=", ".join(self.curriculum.people[n].name for n in names)
                )
                for role, names in outline.credits.items()
            ],
            reviewer=self.curriculum.people[outline.reviewed.by].name if outline.reviewed else None,
            introduced=[person for name in named if (person := self.curriculum.people[name]).about],
        )

    def _lesson(self, module: Module, lesson: Lesson, number: int) -> Page:
        return self._page(
            f"{module.id}/{lesson.id}/",
            "lesson",
            lesson.title,
            lesson.summary,
            lesson.place(),
            "pages/lesson.html",
            self._scope(module, lesson),
            place=(number, len(module.lessons)),
            objectives=[module.outline.objectives[name] for name in lesson.objectives],
            checks=[question.id for question in lesson.checks],
        )

    def _quiz(self, module: Module, quiz: Quiz) -> Page:
        scope = self._scope(module)
        words = scope.voice.words
        return self._page(
            f"{module.id}/{quiz.id}/",
            "quiz",
            f"{template_context.quiz_title(quiz, words)}: {module.title}",
            words.gettext("Questions on %(title)s, with feedback on every answer.", title=module.title),
            quiz.place(),
            "pages/quiz.html",
            scope,
            quiz=quiz,
        )

    def _print_plan(self, module: Module) -> dict[str, Make]:
        copies = {
            "print/": (N_("Learner’s copy: %(title)s"), "print"),
            "print/key/": (N_("Answer key: %(title)s"), "print_key"),
        }
        if module.outline.facilitator:
            copies["print/facilitator/"] = N_("Facilitator’s notes: %(title)s"), "print_facilitator"
        return {
            f"{module.id}/{path}": partial(self._print, module, f"{module.id}/{path}", title, f"pages/{template}.html")
            for path, (title, template) in copies.items()
        }

    def _print(self, module: Module, url: str, title: str, template: str) -> Page:
        outline, scope = module.outline, self._scope(module, view=PAPER)
        words = scope.voice.words
        extra = {"keys": self._keys(module, words)} if "key" in template else {"notes": outline.facilitator}
        called = words.gettext(title, title=module.title)
        page = self._page(url, "print", called, outline.summary, outline.place(), template, scope, **extra)
        return replace(page, breadcrumbs=self._crumbs(module, url), scripts=())

    @staticmethod
    def _keys(module: Module, words: Words) -> list[tuple[str, list[template_context.KeyEntry]]]:
        groups = [
            (lesson.title, [entry for step in lesson.steps for entry in template_context.key_entries(step, words)])
            for lesson in module.lessons
        ]
        if module.quiz:
            title = template_context.quiz_title(module.quiz, words)
            groups.append((title, [template_context.key_entry(question, words) for question in module.quiz.questions]))
        return [(title, entries) for title, entries in groups if entries]

    # -------------------------------------------------------- pages of the site

    def _home(self) -> Page:
        text = self.texts.get("")
        title = text.title if text else self.curriculum.outline.title
        modules = list(self.curriculum.modules.values())
        first_path = next(iter(self.paths.values()), None)
        start = self._modules(first_path.modules)[0] if first_path else modules[0]
        scope = self._scope()
        return self._page(
            "", "home", title, self.curriculum.outline.summary, text.place() if text else self.curriculum.outline.place(),
            "pages/home.html", scope,
            title=title,
            text=scope.voice.prose.block(text.text) if text else "",
            start=start,
            paths=[(name, path, self._duration(path)) for name, path in self.paths.items()],
            modules=modules,
        )  # fmt: skip

    def _text(self, text: TextPage) -> Page:
        scope = self._scope()
        body = scope.voice.prose.block(text.text)
        first = body.split("</p>")[0]
        page = self._page(
            text.url,
            "text",
            text.title,
            Markup(first).striptags(),  # noqa: S704  # nh3 has cleaned it
            text.place(),
            "pages/text.html",
            scope,
            title=text.title,
            text=body,
        )
        return replace(page, breadcrumbs=(self._home_link(),))

    def _path(self, name: str, path: LearningPath) -> Page:
        page = self._page(
            f"paths/{name}/",
            "path",
            path.title,
            path.summary,
            path.place(),
            "pages/path.html",
            self._scope(),
            path=path,
            modules=self._modules(path.modules),
            total=self._duration(path),
        )
        return replace(page, breadcrumbs=(self._home_link(),))

    def _common_plan(self) -> dict[str, Make]:
        wanted = {"always": True, "author_pages": self.settings.author_pages, "offline": self.settings.offline}
        return {url: partial(self._common, row) for url, row in MADE_PAGES.items() if wanted[row.when]}

    def _common(self, row: Row) -> Page:
        assert row.kind, row
        scripts = {f"elements/{row.template}-page.js"} if row.kind in {"own", "offline"} else set()
        scope = self._scope(scripts=scripts | ({"elements/keep.js"} if row.template == "progress" else set()))
        page = self._page(
            row.url,
            row.kind,
            scope.voice.words.gettext(row.title),
            scope.voice.words.gettext(row.description),
            self.curriculum.outline.place(),
            f"pages/{row.template}.html",
            scope,
            **self._listed(row.template, scope.voice.words),
        )
        return page if page.stands_in else replace(page, breadcrumbs=(self._home_link(),))

    def _listed(self, template: str, words: Words) -> dict[str, Any]:
        return listed(template, self.curriculum, self.texts, self.paths, words, author_pages=self.settings.author_pages)

    def _modules(self, names: Iterable[str]) -> list[Module]:
        return [self.curriculum.modules[name] for name in names if name in self.curriculum.modules]

    def _duration(self, path: LearningPath) -> str:
        minutes = sum(module.minutes for module in self._modules(path.modules))
        return template_context.duration(minutes, self._voice_of().words)

    # ---------------------------------------------------------------- rendering

    def _page(  # noqa: PLR0913, PLR0917  # what every page has, in the order of Page
        self,
        url: str,
        kind: Kind,
        title: str,
        description: str,
        place: Place,
        template: str,
        scope: _Scope,
        /,
        **values: Any,
    ) -> Page:
        html = self._render(scope.voice.env, template, place, self._values(scope) | values)
        body, headings = anchored(html)
        words = scope.voice.words
        scripts, styles = self._files_for(
            words, sorted(scope.kinds), [*PAGE_SCRIPTS.get(kind, ()), *sorted(scope.scripts)]
        )
        return Page(
            url=url, kind=kind, title=title, description=_short(scope.voice.prose, description), body=body, headings=headings,
            language=words.language, direction=words.direction, source=place, scripts=scripts, styles=styles,
            sensitive=bool(scope.module and scope.module.sensitive),
        )  # fmt: skip

    @staticmethod
    def _render(env: Environment, template: str, place: Place, values: dict[str, Any]) -> str:
        try:
            return env.get_template(template).render(values)
        except TemplateError as error:
            where = getattr(error, "name", None) or template
            line = getattr(error, "lineno", None)
            raise BuildError(
                f"{place.file}: the template {where}{f':{line}' if line else ''} failed: {error}"
            ) from error

    def _values(self, scope: _Scope) -> dict[str, Any]:
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
            "keep": partial(self._keep, scope),
            "keep_step": partial(self._keep_step, scope),
        }

    def _keep(self, scope: _Scope, owner: Exercise | Question, part: str, plan: bool = False) -> Markup:  # noqa: FBT001, FBT002  # called from templates
        """Attributes of a field that can be kept in the journal, under the ids that its author gave."""
        return self._keeping(scope, (owner.id, *owner.formerly), part, plan=plan)

    def _keep_step(self, scope: _Scope, words: str, part: str, plan: bool = False) -> Markup:  # noqa: FBT001, FBT002  # as above
        """The same for steps, which have no id: what was written stays with the words that asked for it."""
        name = hashlib.sha256(words.encode()).hexdigest()[:8]
        lesson = scope.lesson.id if scope.lesson else ""
        formerly = scope.lesson.formerly if scope.lesson else ()
        return self._keeping(scope, (lesson, *formerly), f"{part}-{name}", plan=plan)

    @staticmethod
    def _keeping(scope: _Scope, owners: Sequence[str], part: str, *, plan: bool) -> Markup:
        """The key of a field, and those that it had: the module and what the field belongs to may have had other ids."""
        if not scope.view.screen or not scope.module:
            return Markup()
        scope.scripts.add("elements/journal-fields.js")
        modules = (scope.module.id, *scope.module.outline.formerly)
        key, *formerly = (f"{module}/{owner}/{part}" for module in modules for owner in owners)
        attributes = Markup(' data-keep="{}"').format(key)
        if formerly:
            attributes += Markup(' data-formerly="{}"').format(" ".join(formerly))
        return attributes + Markup(" data-plan") if plan else attributes

    def _question_view(
        self, scope: _Scope, question: Question, *, counts: bool = True, asks_sure: bool = False
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

    def _steps(self, scope: _Scope, lesson: Lesson, whole: Lesson | None = None) -> Markup:
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
            parts.append(self._render(scope.voice.env, f"steps/{kind}.html", step.place(), values))
        return Markup("\n".join(parts))  # noqa: S704  # rendered by our own templates

    def _scenario_of(self, scope: _Scope, step: ScenarioStep) -> AnyScenario:
        scope.scripts.add("elements/scenario.js")
        if isinstance(step.scenario, InlineScenario):
            return step.scenario
        assert scope.module is not None, "only a lesson of a module names a file"
        return scope.module.scenarios[step.scenario]

    def _files_for(
        self, words: Words, kinds: Sequence[str], elements: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        # What hands over the words comes first, since the others look them up when they start.
        first = [words_script(words)] if words.messages else []
        scripts, styles = [*first, "elements/page.js", *elements], [SHEET]
        if self.settings.offline:
            scripts.append("elements/offline.js")
        for kind in kinds:
            name = f"questions/{kind}/{kind}.js"
            if self._has.setdefault(name, self._exists(name)):
                scripts.append(name)
        if organisation_style(self.settings.organisation):
            styles.append("assets/organisation.css")
        return tuple(scripts), tuple(styles)

    def _exists(self, name: str) -> bool:
        return any((folder / name).is_file() for folder in self._folders)

    def assets(self, folders: Sequence[Path]) -> Iterator[Asset]:
        """Files that are no pages. `folders` are those of the theme, the one that wins first."""
        return site_assets(self.curriculum, self.settings, folders, self._voice_of().words)


def _short(prose: Prose, text: str) -> str:
    plain = " ".join(Markup(prose.inline(text)).striptags().split())  # noqa: S704
    if len(plain) <= DESCRIPTION_LENGTH:
        return plain
    return plain[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"
