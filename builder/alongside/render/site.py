"""Model to a whole site: plans the pages and renders each to a Page value.

A page's cost does not depend on how many modules there are; only the home page, the list of all
pages and the alignment page grow with the curriculum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from markupsafe import Markup

from alongside.files import door
from alongside.files.cache import BESIDE, GUIDE, NO_CACHE, SITE, Cache
from alongside.files.located import Place
from alongside.files.problems import At, Problem
from alongside.load.project import Project
from alongside.media.pictures import size
from alongside.model.curriculum import Curriculum, LearningPath, TextPage
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import Module, Objective
from alongside.model.pages import MADE_PAGES, Kind, Row
from alongside.model.settings import Settings
from alongside.render import reference, template_context
from alongside.render.assets import shared_picture, site_assets
from alongside.render.feed import feed_assets
from alongside.render.link_check import addresses_of, ids_of
from alongside.render.machine_readable import machine_readable_assets
from alongside.render.moved import Former, former_addresses, redirects, wrong_redirects
from alongside.render.page import Asset, Facts, Link, Outline, Page, digest_of, is_beside
from alongside.render.page_renderer import PAPER, PageRenderer, Scope
from alongside.render.site_lists import listed
from alongside.render.text_check import faults_of
from alongside.render.voice import Voice, voice
from alongside.rules.engine import calibration
from alongside.words.language import N_, Words

#: What help can say, by its setting, as the preview says it to whoever has left it out.
REHEARSED = {
    "emergency": N_("what to do in immediate danger, and which number to call"),
    "safeguarding_lead": N_("who takes concerns about safety"),
    "coordinator": N_("who runs the programme"),
    "contacts": N_("which local services there are"),
    "out_of_hours": N_("what to do when nobody can be reached"),
    "complaints": N_("how to complain"),
    "confidentiality_limits": N_("what cannot stay private"),
    "last_verified": N_("when all of this was last checked"),
}

#: The page that tells all rules, with how often each found something.
RULES_PAGE = "authors/rules/"

#: Makes one page.
Make = Callable[[], Page]


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that an engine writes."""

    name: str
    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    #: Whether pages are kept for when there is no connection.
    offline: bool = False
    #: Files of earlier versions of the course, each in a folder of its own: sites by themselves, with lists of their own.
    versions: tuple[Asset, ...] = ()
    #: From where all of it was read; nothing where there is no telling.
    read: tuple[Path, ...] = ()


def _made(plan: Mapping[str, Make], urls: Iterable[str]) -> tuple[Page, ...]:
    """The pages at some addresses of a plan."""
    pages = []
    for url in urls:
        with At(f"the page {url}"):
            page = plan[url]()
            found = Facts(ids_of(page.body), addresses_of(page.body), tuple(faults_of(page.body)), digest_of(page))
            pages.append(replace(page, facts=found))
    return tuple(pages)


class SiteRenderer(PageRenderer):
    """Renders the pages of one curriculum. Keeps what it has rendered of prose."""

    def __init__(  # noqa: PLR0913  # what there is to show, and what there was
        self,
        curriculum: Curriculum,
        settings: Settings,
        folders: Sequence[Path],
        found: Sequence[Problem] | None = None,
        cache: Cache = NO_CACHE,
        *,
        preview: bool = False,
        in_platform: bool = False,
    ) -> None:
        """`found` is what all rules found, for the page that counts it; without it that page asks them.

        The `cache` has the pages of an earlier run. A `preview` has words for whoever hosts the site.
        `in_platform` as in `Frame`.
        """
        super().__init__(curriculum, settings, folders, cache)
        self._found = found
        self._preview = preview
        self._in_platform = in_platform
        self._sequences: dict[str, list[tuple[Link, Make]]] = {}
        self._texts = [
            page for page in curriculum.pages.values() if settings.author_pages or not page.id.startswith("authors/")
        ]
        self.texts = {page.url: page for page in self._texts}
        #: Paths of which at least one module is on the site.
        self.paths: dict[str, LearningPath] = {
            name: path for name, path in {**curriculum.paths, **settings.paths}.items() if self._modules(path.modules)
        }

    @cached_property
    def _voice(self) -> Voice:
        """What says everything in the language of the curriculum, which is that of every page."""
        return voice(
            self.curriculum.language, self.curriculum, self.settings, self._folders, in_platform=self._in_platform
        )

    @property
    def _home_link(self) -> Link:
        return Link(self._voice.words.gettext("Home"), "")

    # -------------------------------------------------------------- the plan

    def pages(self) -> Iterator[Page]:
        """Every page of the site. Those of an owner are kept together in the cache."""
        plan, owners = self.plan(), self._owners()
        own: dict[str, list[str]] = defaultdict(list)
        for url in plan:
            if url != RULES_PAGE:
                own[owners.get(url, SITE)].append(url)
        self.count_times()
        makers = {owner: partial(_made, plan, urls) for owner, urls in own.items()}
        self._cache.ahead("pages", tuple[Page, ...], makers)
        made: dict[str, Page] = {}
        for url in plan:
            if url == RULES_PAGE:
                made |= {page.url: page for page in self._rules_page(plan)}
            elif url not in made:
                owner = owners.get(url, SITE)
                pages = self._cache.of(owner, "pages", tuple[Page, ...], makers[owner])
                made |= {page.url: page for page in pages}
            yield made.pop(url)

    def _rules_page(self, plan: Mapping[str, Make]) -> tuple[Page, ...]:
        """The page that tells all rules, which depends on how often each found something, and on nothing else of modules."""
        make = partial(_made, plan, [RULES_PAGE])
        if self._cache.key(GUIDE) is None:
            return make()
        counts = [*calibration(self.curriculum, self._found).items()]
        return self._cache.of(GUIDE, "rules", tuple[Page, ...], make, counts)

    def pages_of(self, module: Module) -> tuple[Page, ...]:
        """The pages of a module. What they may show of the site around it, `load/dependencies.py` says."""
        plan = {url: make for url, make, _ in self._module_makers(module)}
        return _made(plan, plan)

    def _owners(self) -> dict[str, str]:
        """Whose each page is by its address, if not the site's."""
        of_modules = {url: name for name, makers in self._of_modules.items() for url, _, _ in makers}
        beside: list[tuple[str, Kind]] = [(text.url, "text") for text in self._texts if text.url]
        beside += [(url, row.kind) for url, row in MADE_PAGES.items() if row.kind]
        return (
            of_modules
            | {url: BESIDE for url, kind in beside if is_beside(url, kind)}
            | {url: GUIDE for url, row in MADE_PAGES.items() if row.template in reference.TEMPLATES}
        )

    def plan(self) -> dict[str, Make]:
        """What makes each page, by its address. A preview makes only the page that is looked at.

        Before there is a plan, `addresses.py` has made sure that no address has two makers.
        """
        moved = {former.url: partial(self._moved, former) for former in self.former()}
        return {url: make for url, make, _ in self.makers()} | moved

    def makers(self) -> Iterator[tuple[str, Make, Place | None]]:
        """The address of each page, what makes it and where its author wrote it; `None` for the site's own."""
        yield "", self._home, None
        for text in self._texts:
            if text.url:
                yield text.url, partial(self._text, text), text.place()
        for name, path in self.paths.items():
            yield f"paths/{name}/", partial(self._path, name, path), path.place()
        for makers in self._of_modules.values():
            yield from makers
        for url, make in self._common_plan().items():
            yield url, make, None

    def former(self) -> Iterator[Former]:
        """Addresses of before, at each of which a page leads on."""
        papers = {name: list(self._print_plan(module)) for name, module in self.curriculum.modules.items()}
        yield from former_addresses(self.curriculum.modules, papers)
        yield from redirects(self.settings, self._addresses, self.curriculum)

    @cached_property
    def _addresses(self) -> frozenset[str]:
        """The addresses of all pages but those of before."""
        return frozenset(url for url, _, _ in self.makers())

    def wrong_redirects(self) -> Iterator[Problem]:
        """What is wrong with addresses of before that the settings name."""
        papers = {name: list(self._print_plan(module)) for name, module in self.curriculum.modules.items()}
        formers = {one.url: one.leads_to for one in former_addresses(self.curriculum.modules, papers)}
        return wrong_redirects(self.settings, self._addresses, formers, self.curriculum)

    def _moved(self, former: Former) -> Page:
        """The page at an address of before, which leads on by itself and has a link for whoever it does not."""
        scope = self._scope()
        title = self._title(former.leads_to)
        page = self._page(
            former.url, "moved", scope.voice.words.gettext("This page has moved"), "", former.place,
            "pages/moved.html", scope, target=Link(title, former.leads_to),
        )  # fmt: skip
        return replace(page, breadcrumbs=(self._home_link,), scripts=(), leads_to=former.leads_to)

    @cached_property
    def _of_modules(self) -> dict[str, list[tuple[str, Make, Place]]]:
        """What makes the pages of each module."""
        return {name: [*self._module_makers(module)] for name, module in self.curriculum.modules.items()}

    def _title(self, url: str) -> str:
        """What the page at an address is called."""
        name, _, rest = url.partition("/")
        module, words = self.curriculum.modules.get(name), self._voice.words
        if url in self.texts:
            return self.texts[url].title
        if module:
            return {link.url: link.title for link, _ in self._sequence(module)}.get(url, module.title)
        if url in MADE_PAGES:
            return words.gettext(MADE_PAGES[url].title)
        path = self.paths.get(rest.rstrip("/")) if name == "paths" else None
        return path.title if path else words.gettext("Home")

    def _module_makers(self, module: Module) -> Iterator[tuple[str, Make, Place]]:
        files = [module.outline, *module.lessons, *([module.quiz] if module.quiz else [])]
        urls = [f"{module.id}/", *(f"{module.id}/{part}/" for part in module.parts)]
        for index, (url, file) in enumerate(zip(urls, files, strict=True)):
            yield url, partial(self._in_sequence, module, index), file.place()
        for url, make in self._print_plan(module).items():
            yield url, make, module.outline.place()

    def _in_sequence(self, module: Module, index: int) -> Page:
        sequence = self._sequence(module)
        link, make = sequence[index]
        lesson = module.lessons[index - 1] if 0 < index <= len(module.lessons) else None
        return replace(
            make(),
            draft=module.outline.draft or bool(lesson and lesson.draft),
            outline=self._outline(module, sequence, link.url),
            breadcrumbs=self._crumbs(module, link.url),
            previous=sequence[index - 1][0] if index else None,
            next=sequence[index + 1][0] if index + 1 < len(sequence) else self._onwards(module),
        )

    def _onwards(self, module: Module) -> Link | None:
        """The way from the end of a module to the next one."""
        following = self._following(module)
        if not following:
            return None
        return Link(self._voice.words.gettext("Module: %(title)s", title=following.title), f"{following.id}/")

    def _following(self, module: Module) -> Module | None:
        """The module after this one, in the order of the curriculum."""
        return self._after.get(module.id)

    @cached_property
    def _after(self) -> dict[str, Module]:
        modules = list(self.curriculum.modules.values())
        return {before.id: after for before, after in pairwise(modules)}

    def _sequence(self, module: Module) -> list[tuple[Link, Make]]:
        """The pages of a module in the order in which they are read, with what makes each.

        How long each takes is counted word by word, so this is for whoever makes a page, and not for who lists addresses.
        """
        if module.id not in self._sequences:
            self._sequences[module.id] = self._in_order(module)
        return self._sequences[module.id]

    def _in_order(self, module: Module) -> list[tuple[Link, Make]]:
        words = self._voice.words
        pages: list[tuple[Link, Make]] = [(Link(module.title, f"{module.id}/"), partial(self._overview, module))]
        for number, lesson in enumerate(module.lessons, 1):
            note = words.gettext("%(num)s min", num=self.lesson_time(module, lesson).minutes)
            note += f" · {words.gettext('draft')}" if lesson.draft else ""
            link = Link(lesson.title, f"{module.id}/{lesson.id}/", note=note)
            pages.append((link, partial(self._lesson, module, lesson, number)))
        if module.quiz:
            title = template_context.quiz_title(module.quiz, words)
            pages.append((Link(title, f"{module.id}/{module.quiz.id}/"), partial(self._quiz, module, module.quiz)))
        return pages

    def _outline(self, module: Module, sequence: Sequence[tuple[Link, Make]], url: str) -> Outline:
        links = tuple(replace(link, current=link.url == url) for link, _ in sequence[1:])
        return Outline(module.title, f"{module.id}/", links, module.outline.formerly, module.outline.version)

    def _crumbs(self, module: Module, url: str) -> tuple[Link, ...]:
        home = self._home_link
        return (home,) if url == f"{module.id}/" else (home, Link(module.title, f"{module.id}/"))

    # ------------------------------------------------------- pages of modules

    def _overview(self, module: Module) -> Page:
        outline = module.outline
        scope = self._scope(module)
        return self._page(
            f"{module.id}/",
            "module",
            module.title,
            outline.summary,
            outline.place(),
            "pages/module.html",
            scope,
            following=self._following(module),
            requires=self._modules(outline.requires),
            helpful=self._modules(outline.helpful_before),
            **self._credits(module),
        )

    def _lesson(self, module: Module, lesson: Lesson, number: int) -> Page:
        return self._page(
            f"{module.id}/{lesson.id}/",
            "lesson",
            lesson.title,
            lesson.summary,
            lesson.place(),
            "pages/lesson.html",
            self._sharing(self._scope(module, lesson)),
            place=(number, len(module.lessons)),
            objectives=[module.outline.objectives[name] for name in lesson.objectives],
            checks=[question.id for question in lesson.checks],
        )

    def _quiz(self, module: Module, quiz: Quiz) -> Page:
        scope = self._sharing(self._scope(module))
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
            aims=self._aims(module, quiz),
        )

    def _sharing(self, scope: Scope) -> Scope:
        """What a page has, with the script that tells what was finished on it where the organisation has a store of records."""
        if self.settings.xapi is not None:
            scope.scripts.add("elements/sharing.js")
        return scope

    @staticmethod
    def _aims(module: Module, quiz: Quiz) -> list[tuple[str, Objective, Markup]]:
        """Objectives that a quiz assesses, with links to the lessons that teach each."""
        asked = {name for question in quiz.questions for name in question.objectives}
        link = Markup('<a href="site:{}/{}/">{}</a>').format
        return [
            (name, objective, Markup(", ").join(link(module.id, lesson.id, lesson.title) for lesson in taught))
            for name, objective in module.outline.objectives.items()
            if name in asked and (taught := [lesson for lesson in module.lessons if name in lesson.objectives])
        ]

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
        extra = (
            {"keys": template_context.keys_of(module, words)} if "key" in template else {"notes": outline.facilitator}
        )
        called = words.gettext(title, title=module.title)
        page = self._page(url, "print", called, outline.summary, outline.place(), template, scope, **extra)
        return replace(page, breadcrumbs=self._crumbs(module, url), scripts=(), draft=outline.draft)

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
            picture=self._home_picture(),
            text=scope.voice.prose.block(text.text) if text else "",
            start=start,
            paths=[(name, path, self._modules(path.modules), self._duration(path)) for name, path in self.paths.items()],
            modules=modules,
        )  # fmt: skip

    def _home_picture(self) -> dict[str, Any]:
        """The address of the picture on the home page, and its width and height as far as they are known."""
        own = self.settings.organisation.home_picture
        if own is None:
            return {"url": "assets/bench.svg", "size": (480, 400)}
        file = self.curriculum.files.get(own)
        try:
            return {"url": own, "size": size(door.read(file.path)) if file else None}
        except OSError:  # it has gone since it was found
            return {"url": own, "size": None}

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
        return replace(page, breadcrumbs=(self._home_link,), draft=text.draft)

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
        return replace(page, breadcrumbs=(self._home_link,))

    def _common_plan(self) -> dict[str, Make]:
        wanted = {
            "always": True,
            "author_pages": self.settings.author_pages,
            "cohorts": bool(self.settings.cohorts),
            "offline": self.settings.offline,
            "preview": self._preview,
            "xapi": self.settings.xapi is not None,
        }
        return {url: partial(self._common, row) for url, row in MADE_PAGES.items() if wanted[row.when]}

    def _common(self, row: Row) -> Page:
        assert row.kind, row
        scripts = {f"elements/{row.template}-page.js"} if row.kind in {"own", "offline"} else set()
        scope = self._scope(scripts=scripts)
        page = self._page(
            row.url,
            row.kind,
            scope.voice.words.gettext(row.title),
            scope.voice.words.gettext(row.description),
            self.curriculum.outline.place(),
            f"pages/{row.template}.html",
            scope,
            **self._listed(row.template, scope.voice.words),
            **(
                {"store": self.settings.xapi, "organisation": self.settings.organisation.name}
                if row.template == "sharing"
                else {}
            ),
            **({"rehearsal": self._rehearsal(scope.voice.words)} if row.kind == "support" else {}),
        )
        return page if page.stands_in else replace(page, breadcrumbs=(self._home_link,))

    def _rehearsal(self, words: Words) -> list[str] | None:
        """What help lacks, in a preview, for whoever rehearses it; `None` on a site."""
        support = self.settings.organisation.support
        return (
            [words.gettext(gap) for field, gap in REHEARSED.items() if not getattr(support, field)]
            if self._preview
            else None
        )

    def _listed(self, template: str, words: Words) -> dict[str, Any]:
        return listed(
            template, self.curriculum, self.texts, self.paths, words,
            author_pages=self.settings.author_pages, cohorts=self.settings.cohorts,
            shares=self.settings.xapi is not None, found=self._found, cache=self._cache,
        )  # fmt: skip

    def _modules(self, names: Iterable[str]) -> list[Module]:
        return [self.curriculum.modules[name] for name in names if name in self.curriculum.modules]

    def _duration(self, path: LearningPath) -> str:
        return template_context.time_in_words(self.module_time(*self._modules(path.modules)), self._voice.words)

    def assets(self, folders: Sequence[Path]) -> Iterator[Asset]:
        """Files that are no pages, but those in `addressed`. `folders` are those of the theme, the one that wins first."""
        yield from site_assets(self.curriculum, self.settings, folders, self._voice.words, self._cache)
        yield from machine_readable_assets(
            self.curriculum,
            self.paths,
            self.settings.organisation,
            self._voice.prose,
            self.times,
            self._voice.words,
            self._cache,
        )

    def addressed(self, project: Project) -> Iterator[Asset]:
        """Files for whoever has the site’s whole address, where it is known: the feed of what changed, and a picture to share."""
        if project.whole_address:
            yield from feed_assets(project, self._voice.prose, self._voice.words)
            yield from shared_picture(self.curriculum, self.settings.organisation)
