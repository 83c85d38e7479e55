"""The course in the formats of other systems. A format is a file and a line in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from alongside.exporters import aiken, gift, moodle_xml, qti
from alongside.exporters.bank import Bank, bank_of, unready
from alongside.exporters.left_out import LeftOut
from alongside.load.drafts import without_drafts
from alongside.load.project import Project
from alongside.model.curriculum import Curriculum
from alongside.render.voice import voice


@dataclass(frozen=True)
class Format:
    """A form of question bank: how it is written, and how a file is told to be one of ours."""

    write: Callable[[Bank], tuple[bytes, int, list[LeftOut]]]
    is_ours: Callable[[bytes], bool]
    #: What stands behind the name of a file.
    ending: str
    #: What it is, in a line of help.
    summary: str


def _qti(version: qti.Version, number: str) -> Format:
    summary = f"Questions as a package of QTI {number}."
    return Format(partial(qti.write, version), partial(qti.is_ours, version), f"{version.name}.zip", summary)


#: Forms of question bank by the name that the command has for them.
FORMATS: dict[str, Format] = {
    "moodle-xml": Format(
        moodle_xml.write, moodle_xml.is_ours, "moodle.xml", "Questions for Moodle, with feedback and hints."
    ),
    "gift": Format(gift.write, gift.is_ours, "gift", "Questions as GIFT, which many systems read."),
    "aiken": Format(aiken.write, aiken.is_ours, "aiken.txt", "Questions with one answer, as plain text."),
    "qti3": _qti(qti.V3, "3.0"),
    "qti21": _qti(qti.V21, "2.1"),
}


@dataclass(frozen=True)
class Exported:
    """A question bank on its way to a file."""

    content: bytes
    #: How many questions it holds.
    count: int
    left_out: tuple[LeftOut, ...]


def exported(form: str, project: Project, curriculum: Curriculum, modules: Sequence[str]) -> Exported:
    """The questions of modules in a format, without those of drafts. The same course gives the same bytes."""
    ready = without_drafts(curriculum)
    said = voice(ready.language, ready, project.settings, project.template_folders)
    address = f"{project.address[0].rstrip('/')}/" if project.address else ""
    bank = bank_of(project.site_name, ready, [name for name in modules if name in ready.modules], said, address)
    content, count, left_out = FORMATS[form].write(bank)
    return Exported(content, count, tuple(sorted([*unready(modules, curriculum, ready), *left_out])))


__all__ = ["FORMATS", "Exported", "Format", "LeftOut", "exported"]
