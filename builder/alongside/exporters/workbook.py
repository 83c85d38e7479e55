"""What is printed of modules: workbooks, and packs for facilitators, each as a PDF and as HTML that a browser prints."""

from __future__ import annotations

import uuid
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from alongside.exporters.left_out import QUESTION, LeftOut
from alongside.exporters.pdf import MAGIC, pdf
from alongside.exporters.pictures import Pictures, type_of
from alongside.exporters.selection import Selection, Written
from alongside.exporters.xhtml import NO_ADDRESS, Ways, out_of, xhtml
from alongside.load.narrowed import narrowed
from alongside.model.modules import Module
from alongside.model.questions.interaction import Choose, Write
from alongside.model.steps import DialogueStep, PredictStep
from alongside.render.page import SITE, Page
from alongside.render.sheets import Room, SheetRenderer, worked_on

#: By which a file is told to be one of ours: in HTML as it stands, in a PDF among what it says of itself.
MADE_BY = "Alongside"
#: What a workbook of a module is not to exceed, so that it can be copied, folded and handed out.
MOST_PAGES = 24
#: How many lines there are for a field where there is less room.
FEWER_LINES = 2


def write_workbook(selection: Selection) -> Written:
    """Workbooks of the modules as a PDF. A module that would take too many pages gets less room."""
    press = _Press(selection)
    fitted = [_fitted(press, module) for module in press.modules]
    html = press.document(parts := [part for part, _ in fitted])
    content, pages = fitted[0][1] if len(fitted) == 1 else pdf(html, "workbook", press.identifier("workbook"))
    return Written(content, pages, _lost(parts))


def _fitted(press: _Press, module: Module) -> tuple[Part, tuple[bytes, int]]:
    """A module with as much room as it can have, and its PDF with the number of pages."""
    for room in get_args(Room):
        part = press.workbook(module, room)
        laid_out = pdf(press.document([part]), "workbook", press.identifier("workbook"))
        if laid_out[1] <= MOST_PAGES:
            break
    return part, laid_out


def write_workbook_html(selection: Selection) -> Written:
    """Workbooks of the modules as one file of HTML."""
    press = _Press(selection)
    return _as_html(press, [press.workbook(module, "ample") for module in press.modules])


def write_facilitator(selection: Selection) -> Written:
    """Packs for facilitators as a PDF."""
    press = _Press(selection)
    parts = [press.facilitator(module) for module in press.modules]
    content, pages = pdf(press.document(parts), "facilitator", press.identifier("facilitator"))
    return Written(content, pages, _lost(parts))


def write_facilitator_html(selection: Selection) -> Written:
    """Packs for facilitators as one file of HTML."""
    press = _Press(selection)
    return _as_html(press, [press.facilitator(module) for module in press.modules])


def _as_html(press: _Press, parts: Sequence[Part]) -> Written:
    return Written(press.document(parts).encode(), len(parts), _lost(parts))


def _lost(parts: Iterable[Part]) -> tuple[LeftOut, ...]:
    return tuple(lost for part in parts for lost in part.left_out)


def is_our_pdf(content: bytes) -> bool:
    """Whether it is a PDF that was written here."""
    return content.startswith(MAGIC) and f"/ID [({MADE_BY} ".encode() in content


def is_our_html(content: bytes) -> bool:
    """Whether it is HTML that was written here."""
    return f'<meta name="generator" content="{MADE_BY}"/>'.encode() in content[:4096]


@dataclass(frozen=True)
class Part:
    """What is printed of a module, as XHTML, and what had no room in it."""

    body: Markup
    left_out: tuple[LeftOut, ...]


class _Press:
    """Makes parts of modules, and of parts one file that names no other."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._curriculum = narrowed(selection.curriculum, selection.modules, selection.paths)
        project = selection.project
        self._renderer = SheetRenderer(self._curriculum, project.settings, project.template_folders)
        self._pictures = Pictures(self._curriculum)
        self._made = 0

    @property
    def modules(self) -> tuple[Module, ...]:
        """The modules that are printed."""
        return tuple(self._curriculum.modules.values())

    def identifier(self, form: str) -> str:
        """What tells a file from others, and that it is one of ours."""
        project = self._selection.project
        named = "|".join([form, project.whole_address or project.site_name, *self._selection.modules])
        return f"{MADE_BY} {uuid.uuid5(uuid.NAMESPACE_URL, named).hex}"

    def workbook(self, module: Module, room: Room) -> Part:
        """The workbook of a module."""
        self._made += room == "ample"
        self._selection.progress("Laying out modules", self._made, len(self.modules))
        lines = (lambda rows: rows) if room == "ample" else (lambda rows: min(rows, FEWER_LINES))
        return self._part(
            module, self._renderer.workbook(module, room), room, lines, _not_in_workbooks(module, room)
        )  # fmt: skip

    def facilitator(self, module: Module) -> Part:
        """The pack of a module."""
        self._made += 1
        self._selection.progress("Laying out modules", self._made, len(self.modules))
        return self._part(module, self._renderer.facilitator(module), "ample", lambda rows: rows, _not_in_packs(module))

    def _part(
        self, module: Module, page: Page, room: Room, lines: Callable[[int], int], left_out: Iterable[LeftOut]
    ) -> Part:
        sheet = _Sheet(page, self._pictures, self._selection.project.whole_address)
        prefix = f"{module.id}--" if len(self.modules) > 1 else ""
        body = Markup(xhtml(page.body, Ways(sheet.link, sheet.picture, lines, prefix)))  # noqa: S704  # our own templates, written anew
        return Part(
            Markup('<section class="module module--{}">\n{}</section>').format(room, body),
            (*sheet.left_out, *left_out),
        )

    def document(self, parts: Sequence[Part]) -> str:
        """The whole file."""
        return self._renderer.file(
            title=self._selection.title, body=Markup("\n").join(part.body for part in parts),
            author=self._selection.project.site_name, description=self._selection.summary,
        )  # fmt: skip


class _Sheet:
    """What is reached from the sheets of a module, and what is not."""

    def __init__(self, page: Page, pictures: Pictures, address: str) -> None:
        self._page, self._pictures, self._address = page, pictures, address
        self.left_out: list[LeftOut] = []

    def link(self, href: str) -> str:
        """The address of a link: of a place in the same sheets, or a whole one."""
        if not href.startswith(SITE):
            return href
        return out_of(href, self._address) or self._lose("links to the site", NO_ADDRESS)

    def picture(self, source: str) -> str:
        """A picture as it stands in the document."""
        path = source.removeprefix(SITE)
        found = self._pictures.at(path)
        if isinstance(found, str):
            return self._lose("pictures", found)
        return f"data:{type_of(path)};base64,{b64encode(found).decode()}"

    def _lose(self, what: str, reason: str) -> str:
        lost = LeftOut(what, reason, self._page.source, self._page.url.strip("/"), "page")
        if lost not in self.left_out:
            self.left_out.append(lost)
        return ""


def _not_in_workbooks(module: Module, room: Room) -> Iterator[LeftOut]:
    """What is left out so that a workbook stays within a few sheets."""
    for lesson in module.lessons:
        yield LeftOut("texts to read", WITH_LESSONS, lesson.place(), lesson.id, "lesson")
        kept = worked_on(lesson, room)
        for step in lesson.steps:
            if isinstance(step, PredictStep):
                yield LeftOut(QUESTION, "it is asked before a text that is not here", step.place(), step.predict.id)
            elif isinstance(step, DialogueStep) and step.dialogue.strip and step in kept:
                yield LeftOut("drawn strips", ROOM, step.place(), lesson.id, "lesson")
            elif isinstance(step, DialogueStep) and step not in kept:
                yield LeftOut("conversations", ROOM, step.place(), lesson.id, "lesson")
    before = {step.predict.id for lesson in module.lessons for step in lesson.steps if isinstance(step, PredictStep)}
    for question in module.questions:
        if question.id in before:
            continue
        if question.hints:
            yield LeftOut("hints", ROOM, question.place(), question.id)
        if isinstance(question.shape, Choose | Write):
            yield LeftOut("what is said of other answers", ROOM, question.place(), question.id)


def _not_in_packs(module: Module) -> Iterator[LeftOut]:
    """What is left out of packs, which are for a session and not for working alone."""
    if not module.outline.facilitator:
        yield LeftOut(
            "a session plan",
            "there are no facilitator notes in module.yml",
            module.outline.place(),
            module.id,
            "module",
        )
    if module.outline.confidence:
        question = module.outline.confidence
        yield LeftOut(QUESTION, "it is between a learner and the workbook", question.place(), question.id)


#: Why something stands on the site and in the book alone.
WITH_LESSONS = "a workbook goes with the lessons on the site or in the book"
ROOM = "a workbook has room for what is right and why; the rest is on the site and in the book"
