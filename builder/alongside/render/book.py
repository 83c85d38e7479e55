"""Plans the chapters of a book and renders each to a Page value, with its answers at the end.

A module is a chapter that opens it, one for each lesson, one for each scenario, and its quiz. Behind them stands what they
lead to: terms, sources and safety rules, as far as they are named, and help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.files import door
from alongside.files.cache import NO_CACHE
from alongside.files.located import Place
from alongside.model.curriculum import Curriculum
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import Module
from alongside.model.pages import MADE_PAGES
from alongside.model.scenarios import AnyScenario
from alongside.model.settings import Settings
from alongside.model.steps import ScenarioStep
from alongside.render import template_context
from alongside.render.link_check import addresses_of
from alongside.render.page import SITE, Page
from alongside.render.page_renderer import PageRenderer, Scope
from alongside.words.language import Words

BOOK = template_context.View(screen=False, answers="linked", steps="epub")
PLAIN = template_context.View(screen=False)
#: The address of the first page, which no module can have.
TITLE = "_title"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of a book, and how deep it stands in the contents, from 0."""

    page: Page
    depth: int = 0


class BookRenderer(PageRenderer):
    """Renders the chapters of a curriculum that has nothing but the modules of the book."""

    #: Where chapters are read, and the folder with templates of its files.
    view = BOOK
    folder = "epub"

    def __init__(self, curriculum: Curriculum, settings: Settings, folders: Sequence[Path]) -> None:
        super().__init__(curriculum, settings, folders, NO_CACHE)

    @property
    def words(self) -> Words:
        """What the book says besides what authors wrote."""
        return self._voice.words

    def file(self, template: str, **values: Any) -> str:
        """A file of the book from its template in the folder of such books."""
        words = self.words
        common = {"language": words.language, "direction": words.direction}
        return self._render(
            self._voice.env, f"{self.folder}/{template}.html", self.curriculum.outline.place(), common | values
        )

    def style(self) -> bytes:
        """The style sheet of the book."""
        path = self._find("epub/book.css")
        assert path, "our theme has it"
        return door.read(path)

    def chapters(self, title: str, summary: str) -> Iterator[Chapter]:
        """The whole book in reading order."""
        body = [chapter for module in self.curriculum.modules.values() for chapter in self._module(module)]
        modules = list(self.curriculum.modules.values())
        first = self._chapter(
            TITLE, "text", title, summary, self.curriculum.outline.place(), f"{self.folder}/title.html",
            self._scope(view=PLAIN),
            title=title, summary=summary, modules=modules,
        )  # fmt: skip
        yield first
        yield from body
        yield from self._back([one.page for one in (first, *body)])

    def _chapter(self, *given: Any, depth: int = 0, **values: Any) -> Chapter:
        return Chapter(self._page(*given, **values), depth)

    # ---------------------------------------------------------------- modules

    def _module(self, module: Module) -> Iterator[Chapter]:
        outline = module.outline
        yield self._chapter(
            f"{module.id}/", "module", module.title, outline.summary, outline.place(), "epub/module.html",
            self._in(module), **self._credits(module),
        )  # fmt: skip
        for number, lesson in enumerate(module.lessons, 1):
            yield self._lesson(module, lesson, number)
            for scenario in self._scenarios(module, lesson):
                yield self._rehearsal(module, lesson, scenario)
        yield from self._quizzes(module)

    def _in(self, module: Module, lesson: Lesson | None = None) -> Scope:
        return self._scope(module, lesson, view=self.view)

    def _lesson(self, module: Module, lesson: Lesson, number: int) -> Chapter:
        return self._chapter(
            f"{module.id}/{lesson.id}/", "lesson", lesson.title, lesson.summary, lesson.place(), "epub/lesson.html",
            self._in(module, lesson), depth=1,
            place=(number, len(module.lessons)),
            objectives=[module.outline.objectives[name] for name in lesson.objectives],
        )  # fmt: skip

    @staticmethod
    def _scenarios(module: Module, lesson: Lesson) -> list[AnyScenario]:
        """The scenarios of a lesson, each once."""
        named = (step.scenario for step in lesson.steps if isinstance(step, ScenarioStep))
        found = (module.scenarios[one] if isinstance(one, str) else one for one in named)
        return list({scenario.id: scenario for scenario in found}.values())

    def _rehearsal(self, module: Module, lesson: Lesson, scenario: AnyScenario) -> Chapter:
        return self._chapter(
            f"{module.id}/{lesson.id}/{scenario.id}/", "lesson", self.words.gettext("Rehearse: %(title)s", title=scenario.title),
            scenario.intro, scenario.place(),
            "epub/rehearsal.html", self._in(module, lesson), depth=2,
            scenario=scenario, numbers=template_context.part_numbers(scenario),
        )  # fmt: skip

    def _quizzes(self, module: Module) -> Iterator[Chapter]:
        """The quiz of a module, if it has one."""
        if module.quiz:
            title = template_context.quiz_title(module.quiz, self.words)
            yield self._quiz(module, module.quiz, f"{title}: {module.title}")

    def _quiz(self, module: Module, quiz: Quiz, title: str) -> Chapter:
        return self._chapter(
            f"{module.id}/{quiz.id}/", "quiz", title, quiz.intro or title, quiz.place(),
            f"{self.folder}/quiz.html", self._in(module), depth=1, quiz=quiz, title=title,
        )  # fmt: skip

    # ------------------------------------------------------- behind the modules

    def _back(self, body: Sequence[Page]) -> Iterator[Chapter]:
        """Terms, sources and safety rules that are named, also by one another, and help."""
        pages: dict[str, Page] = {}
        named: set[str] = set()
        while (found := set(_named([*body, *pages.values()]))) != named:
            named = found
            pages = {name: self._list(name, values) for name, values in self._lists(named) if values}
        for page in (*pages.values(), self._list("support", {"rehearsal": None})):
            yield Chapter(page)

    def _lists(self, named: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """What each list has of what is `named`, by the name of its page."""
        known = self.curriculum
        terms = {name: term for name, term in known.glossary.items() if f"glossary/#term-{name}" in named}
        terms |= {name: known.glossary[name] for term in terms.values() for name in term.see if name in known.glossary}
        by_word = sorted(terms.items(), key=lambda entry: entry[1].term.lower())
        yield "glossary", {"terms": by_word, "glossary": known.glossary} if terms else {}
        sources = [(name, source) for name, source in known.sources.items() if f"sources/#source-{name}" in named]
        by_name = sorted(sources, key=lambda entry: (entry[1].authors.lower(), entry[1].year))
        yield "sources", {"sources": by_name} if sources else {}
        rules = [(name, rule) for name, rule in known.safety.items() if f"safety/#safety-{name}" in named]
        yield "safety", {"rules": rules} if rules else {}

    def _list(self, name: str, values: dict[str, Any]) -> Page:
        row = MADE_PAGES[f"{name}/"]
        assert row.kind, row
        place: Place = self.curriculum.outline.place()
        words = self.words
        return self._page(
            row.url, row.kind, words.gettext(row.title), words.gettext(row.description), place,
            f"pages/{row.template}.html", self._scope(view=PLAIN), **values,
        )  # fmt: skip


def _named(pages: Iterable[Page]) -> Iterator[str]:
    """What pages lead to on the site, and within the list that they are themselves."""
    for page in pages:
        for address in addresses_of(page.body):
            if address.startswith("#"):
                yield f"{page.url}{address}"
            elif address.startswith(SITE):
                yield address.removeprefix(SITE)
