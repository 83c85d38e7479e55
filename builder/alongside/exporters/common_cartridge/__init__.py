"""A course as a Common Cartridge 1.1, whose parts learning platforms take apart: pages, quizzes and a bank of questions.

The standard is that of 1EdTech (https://www.imsglobal.org/cc/ccv1p1/imscc_profilev1p1-Implementation.html). Version 1.1 is
what every platform reads. What was decided about it is in ADR 40.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, indent, tostring

from alongside.exporters.bank import Item
from alongside.exporters.binding import Binder, authors, licences, recordings
from alongside.exporters.common_cartridge.manifest import (
    IDENTIFIER,
    MANIFEST,
    Described,
    Folder,
    Kind,
    Line,
    Resource,
    manifest,
)
from alongside.exporters.common_cartridge.questions import (
    Question,
    assessment,
    bank,
    beside_pictures,
    document,
    questions_of,
)
from alongside.exporters.left_out import LeftOut
from alongside.exporters.pages import OUTSIDE, in_a_window
from alongside.exporters.selection import Selection, Written
from alongside.exporters.standalone import Standalone, plain
from alongside.exporters.xhtml import NO_ADDRESS
from alongside.files.archive import member, packed
from alongside.load.narrowed import narrowed
from alongside.model.curriculum import Curriculum
from alongside.model.modules import Module
from alongside.render.book import TITLE, Chapter
from alongside.render.cartridge import CartridgeRenderer
from alongside.render.page import Page
from alongside.render.template_context import quiz_title
from alongside.words.language import N_

STYLE = "course.css"
BANK = "bank/questions.xml"
#: Why a link to a quiz is left out, and recordings, which reads on after `because`.
QUIZ = "a quiz has no address in a cartridge; their words stay"
RECORDINGS = "a cartridge has no type for them; their words stay"
#: The largest manifest that is looked at, to tell whether it is ours.
MOST_MANIFEST = 4_000_000

BEFORE = N_(
    "Take your time. You can try as often as your platform lets you. It keeps your answers, and whoever runs it can see them."
)


def write(selection: Selection) -> Written:
    """The cartridge, with the number of its pages and quizzes."""
    cartridge = _Cartridge(selection)
    folders = list(cartridge.folders())
    resources = cartridge.resources()
    files = {**cartridge.files, MANIFEST: _xml(manifest(_described(selection, cartridge), folders, resources))}
    count = sum(resource.kind in {"page", "quiz"} for resource in resources)
    return Written(packed(files), count, tuple(cartridge.left_out))


def is_ours(content: bytes) -> bool:
    """Whether such a cartridge was written by us."""
    return f'identifier="{IDENTIFIER}'.encode() in (member(content, MANIFEST, MOST_MANIFEST) or b"")


def _file(page: Page) -> str:
    """The file of a page. No id has a full stop, so no two have one; all stand in a folder, so ways to pictures are the same."""
    return "start/index.html" if page.url == TITLE else f"pages/{page.url.strip('/').replace('/', '.')}.html"


def _xml(element: Element) -> bytes:
    indent(element)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(element, "unicode")}\n'.encode()


class _Cartridge:
    """A cartridge on its way: first its questions, then the pages with what it cannot ask."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self.curriculum: Curriculum = narrowed(selection.curriculum, selection.modules, selection.paths)
        self._resources: dict[str, Resource] = {}
        self.files: dict[str, bytes] = {}
        self.left_out: list[LeftOut] = []
        #: The questions that platforms ask, by their names in the course.
        self._asked: set[str] = set()
        #: The quizzes in the contents, by module.
        self._quizzes = self._ask()
        self._chapters = self._render()

    @property
    def _modules(self) -> list[Module]:
        return [*self.curriculum.modules.values()]

    def _add(self, file: str, kind: Kind, content: bytes, shows: Sequence[str] = ()) -> None:
        self.files[file] = content
        self._resources[file] = Resource(file, kind, shows)

    # --------------------------------------------------------------- questions

    def _ask(self) -> dict[str, Line]:
        """Quizzes of modules. What is asked elsewhere goes into the bank."""
        lines: dict[str, Line] = {}
        others: list[Item] = []
        for module, items in self._selection.bank.by_module():
            asked = {question.id for question in module.quiz.questions} if module.quiz else set()
            others += [item for item in items if item.question.id not in asked]
            made, left = questions_of([item for item in items if item.question.id in asked])
            self.left_out += left
            if made:
                lines[module.id] = self._quiz(module, made)
        made, left = questions_of(others)
        self.left_out += left
        if made:
            self._add_questions(BANK, "bank", bank(f"bank-{self._selection.name}", made), made)
        return lines

    def _quiz(self, module: Module, made: Sequence[Question]) -> Line:
        assert module.quiz
        words = self._selection.voice.words
        title = quiz_title(module.quiz, words)
        before = plain(words.gettext(BEFORE)).within("p")
        if more := len(module.quiz.questions) - len(made):
            text = words.ngettext(
                "One more question of this quiz stands on a page behind it.",
                "%(num)s more questions of this quiz stand on a page behind it.",
                more,
                num=words.number(more),
            )
            before += plain(text).within("p")
        if module.quiz.intro:
            prose = Standalone(self._selection.voice.prose, module, self._selection.project.whole_address)
            before = prose.block(module.quiz.intro) + before
            if prose.dropped:
                quiz = module.quiz
                self.left_out.append(LeftOut("links to the site", NO_ADDRESS, quiz.place(), module.id, "module"))
        html, pictures = beside_pictures(before, module, words)
        name, file = f"quiz-{module.id}", f"quizzes/{module.id}.xml"
        # Platforms list quizzes and their marks without the folder that they stand in.
        inside = assessment(name, f"{title}: {module.title}", words.language, html, made)
        self._add_questions(file, "quiz", inside, made, pictures.items())
        return Line(title, file)

    def _add_questions(
        self,
        file: str,
        kind: Kind,
        inside: Element,
        made: Sequence[Question],
        pictures: Iterable[tuple[str, bytes]] = (),
    ) -> None:
        """A file with questions. `pictures` are those that it shows besides theirs."""
        shown = dict(pictures)
        for question in made:
            shown |= question.pictures
        for name, content in shown.items():
            self._add(name, "file", content)
        self._add(file, kind, _xml(document(inside)), [*shown])
        self._asked |= {question.item.id for question in made}

    # ------------------------------------------------------------------- pages

    def _render(self) -> list[Chapter]:
        selection, project = self._selection, self._selection.project
        unasked = {item.id for item in selection.bank.items} - self._asked
        renderer = CartridgeRenderer(self.curriculum, project.settings, project.template_folders, unasked)
        chapters = []
        for chapter in renderer.chapters(selection.title, selection.summary):
            chapters.append(chapter)
            selection.progress("Rendering pages", len(chapters), len(chapters))
        names = {chapter.page.url: f"../{_file(chapter.page)}" for chapter in chapters}
        asked = [module for module in self._modules if module.id in self._quizzes]
        quizzes = {f"{module.id}/{module.quiz.id}/": QUIZ for module in asked if module.quiz}
        binder = Binder(self.curriculum, chapters, names, project.whole_address, quizzes)
        for page in (chapter.page for chapter in chapters):
            html = renderer.file("document", title=page.title, body=binder.body(page), style=f"../{STYLE}")
            shows = [STYLE, *binder.shown.get(page.url, ())]
            self._add(_file(page), "page", OUTSIDE.sub(in_a_window, html).encode(), shows)
        self._add(STYLE, "file", renderer.style())
        for file, content in binder.pictures.items():
            self._add(file, "file", content)
        self.left_out += [*binder.left_out, *recordings(self.curriculum, RECORDINGS)]
        return chapters

    # ---------------------------------------------------------------- contents

    def folders(self) -> Iterator[Folder]:
        """The contents: the first page, a folder for each module, and what is looked up in all of them."""
        say = self._selection.voice.words.gettext
        lines: dict[str, list[Line]] = {module.id: [] for module in self._modules}
        behind: list[Line] = []
        for page in (chapter.page for chapter in self._chapters):
            top, _, inside = page.url.partition("/")
            if page.url == TITLE:
                yield Folder("start", self._selection.title, (Line(say("How to use this course"), _file(page)),))
            elif page.kind == "quiz":
                lines[top] += [*self._quiz_line(top), Line(page.title, _file(page))]
            elif top in lines:
                lines[top].append(Line(page.title if inside else say("About this module"), _file(page)))
            else:
                behind.append(Line(page.title, _file(page)))
        for module in self._modules:
            quiz = [line for line in self._quiz_line(module.id) if line not in lines[module.id]]
            yield Folder(f"folder-{module.id}", module.title, (*lines[module.id], *quiz))
        yield Folder("behind", say("Look things up, and find help"), tuple(behind))

    def _quiz_line(self, module: str) -> list[Line]:
        return [self._quizzes[module]] if module in self._quizzes else []

    def resources(self) -> list[Resource]:
        """All that the cartridge holds."""
        return [self._resources[file] for file in sorted(self._resources)]


def _described(selection: Selection, cartridge: _Cartridge) -> Described:
    curriculum = cartridge.curriculum
    return Described(
        name=selection.name,
        title=selection.title,
        language=curriculum.language,
        summary=selection.summary,
        authors=authors(curriculum),
        publisher=selection.project.site_name,
        rights="; ".join(licences(curriculum)),
    )
