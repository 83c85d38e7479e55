"""The course in the formats of other systems. A format is a file and a line in a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

from alongside.exporters import (
    aiken,
    cmi5,
    common_cartridge,
    epub,
    gift,
    kolibri,
    moodle_xml,
    offline,
    qti,
    scorm,
    workbook,
)
from alongside.exporters.bank import Bank, unready
from alongside.exporters.left_out import LeftOut
from alongside.exporters.selection import Progress, Selection, Written, silent
from alongside.load.drafts import drafts, without_drafts
from alongside.load.project import Project
from alongside.model.curriculum import Curriculum
from alongside.model.modules import ModuleOutline


@dataclass(frozen=True)
class Format:
    """A format: how it is written, and how a file is told to be one of ours."""

    write: Callable[[Selection], Written]
    is_ours: Callable[[bytes], bool]
    #: What stands behind the name of a file.
    ending: str
    #: What it is, in a line of help.
    summary: str
    #: What is made of a course, one by one. Pages can only be made of one in which no rule finds an error.
    of: Literal["question", "page"] = "page"
    #: How a folder is told to be one of ours, where it can be a folder as well as a file.
    is_our_folder: Callable[[Path], bool] | None = None
    #: Whether it goes to a platform that may judge learners by a pass mark.
    judges: bool = False
    #: Whether it goes to a platform that takes over nothing but a later edition.
    numbered: bool = False

    @property
    def usual_name(self) -> str:
        """What a file is called that has the whole course in it, without its ending."""
        return "questions" if self.of == "question" else "course"


@dataclass(frozen=True)
class BankFormat:
    """A form of question bank: a format that reads nothing but questions."""

    #: Gives the file, how many questions it holds, and what was left out.
    write: Callable[[Bank], tuple[bytes, int, list[LeftOut]]]
    is_ours: Callable[[bytes], bool]
    ending: str
    summary: str

    def as_format(self) -> Format:
        """The same among formats of all sorts."""

        def write(selection: Selection) -> Written:
            content, count, left_out = self.write(selection.bank)
            return Written(content, count, tuple(left_out))

        return Format(write, self.is_ours, self.ending, self.summary, of="question")


def _qti(version: qti.Version, number: str) -> BankFormat:
    summary = f"Questions as a package of QTI {number}."
    return BankFormat(partial(qti.write, version), partial(qti.is_ours, version), f"{version.name}.zip", summary)


#: Forms of question bank by the name that the command has for them.
BANKS: dict[str, BankFormat] = {
    "moodle-xml": BankFormat(
        moodle_xml.write, moodle_xml.is_ours, "moodle.xml", "Questions for Moodle, with feedback and hints."
    ),
    "gift": BankFormat(gift.write, gift.is_ours, "gift", "Questions as GIFT, which many systems read."),
    "aiken": BankFormat(aiken.write, aiken.is_ours, "aiken.txt", "Questions with one answer, as plain text."),
    "qti3": _qti(qti.V3, "3.0"),
    "qti21": _qti(qti.V21, "2.1"),
}


def _scorm(version: scorm.Version, called: str) -> Format:
    summary = f"A package of {called}."
    ending = f"{version.name}.zip"
    return Format(partial(scorm.write, version), partial(scorm.is_ours, version), ending, summary, judges=True)


#: Every format by the name that the command has for it.
FORMATS: dict[str, Format] = {
    "offline": Format(offline.write, offline.OURS.is_ours, "offline.zip", "Pages that open from a disk or stick, without a server.", is_our_folder=offline.OURS.is_our_folder),
    "scorm12": _scorm(scorm.V12, "SCORM 1.2, for most learning platforms"),
    "scorm2004": _scorm(scorm.V2004, "SCORM 2004 4th edition"),
    "cmi5": Format(cmi5.write, cmi5.is_ours, "cmi5.zip", "A package of cmi5, for platforms with a store of xAPI.", judges=True),
    "common-cartridge": Format(common_cartridge.write, common_cartridge.is_ours, "imscc", "Pages and quizzes for platforms (Common Cartridge 1.1)."),
    "kolibri": Format(kolibri.write, kolibri.OURS.is_ours, "kolibri.zip", "A channel for Kolibri, to import from a stick.", is_our_folder=kolibri.OURS.is_our_folder, numbered=True),
    "epub": Format(epub.write, epub.is_ours, "epub", "An accessible book (EPUB 3)."),
    "workbook": Format(workbook.write_workbook, workbook.is_our_pdf, "workbook.pdf", "A workbook to print, with room to write (PDF)."),
    "workbook-html": Format(workbook.write_workbook_html, workbook.is_our_html, "workbook.html", "Workbooks as HTML, which a browser prints."),
    "facilitator": Format(workbook.write_facilitator, workbook.is_our_pdf, "facilitator.pdf", "A pack for facilitators: plan, cards, handouts (PDF)."),
    "facilitator-html": Format(workbook.write_facilitator_html, workbook.is_our_html, "facilitator.html", "Packs as HTML, which a browser prints."),
    **{name: bank.as_format() for name, bank in BANKS.items()},
}  # fmt: skip


def exported(  # noqa: PLR0913  # what can be chosen
    form: str,
    project: Project,
    curriculum: Curriculum,
    modules: Sequence[str],
    *,
    track: str = "",
    progress: Progress = silent,
    pass_mark: int | None = None,
    edition: int | None = None,
) -> Written:
    """Modules of a course in a format, without drafts. The same course gives the same bytes. The last two as in `Selection`.

    Raises `ContentError` for what is wrong with the course, and `BuildError` where something else keeps it from being made.
    """
    ready = without_drafts(curriculum, project.settings.organisation)
    chosen = tuple(name for name in modules if name in ready.modules)
    selection = Selection(project, ready, chosen, track, progress, pass_mark, edition)
    written = FORMATS[form].write(selection) if chosen else Written(b"", 0)
    missing = unready(modules, curriculum, ready) if FORMATS[form].of == "question" else _drafts(modules, curriculum)
    return Written(written.content, written.count, tuple(sorted([*missing, *written.left_out])))


def _drafts(modules: Sequence[str], curriculum: Curriculum) -> Iterator[LeftOut]:
    """What has pages that learners do not get."""
    named = {name: module for name, module in curriculum.modules.items() if name in modules}
    for draft in drafts(replace(curriculum, modules=named)):
        reason = "it is a draft, which learners do not get"
        what = "module" if isinstance(draft, ModuleOutline) else draft.called()
        yield LeftOut(what, reason, draft.place("draft", key=True), draft.id)


__all__ = ["BANKS", "FORMATS", "BankFormat", "Format", "LeftOut", "Selection", "Written", "exported"]
