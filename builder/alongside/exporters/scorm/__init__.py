"""A course as a package of SCORM 1.2 or SCORM 2004 4th edition, with one part that platforms start: the frame around the course.

What a platform is told and when stands in `theme/scorm/`; the reasons are in ADR 34.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from types import MappingProxyType
from typing import Any

from alongside.exporters.left_out import LeftOut
from alongside.exporters.pages import Pages, pages_of
from alongside.exporters.scorm.manifest import MANIFEST, V12, V2004, Described, Version, identifier, manifest
from alongside.exporters.selection import Selection, Written
from alongside.files import door
from alongside.files.archive import member
from alongside.files.problems import BuildError
from alongside.load.drafts import without_pages
from alongside.model.questions.keys import assessments
from alongside.render.platform import COURSE, frame_files
from alongside.render.styles import OTHER_SHEET
from alongside.render.template_context import quiz_title

#: Letters that SCORM 1.2 promises to keep are 4,096. The rest is for what a later form may want.
MOST_STATE = 3500
#: Bits of a letter, letters of a day, and days that a letter can stand for.
BITS, DAY, DAYS = 6, 2, 64
#: The largest manifest that is looked at, to tell whether it is ours.
MOST_MANIFEST = 4_000_000
#: A page that says what a site keeps. A platform keeps something else, and says so itself.
PRIVACY = "privacy"
NO_CHANGE: Mapping[str, str] = MappingProxyType({})
SCHEMAS = Path(__file__).with_name("schemas")


@dataclass(frozen=True)
class Framed:
    """A course in its frame, without what a standard wants beside it."""

    files: dict[str, bytes]
    described: Described
    #: How many pages there are, and what has no place among them.
    count: int
    left_out: tuple[LeftOut, ...]


def framed(
    selection: Selection, apis: Sequence[str], policy: Mapping[str, str] = NO_CHANGE, *, confined: bool = False
) -> Framed:
    """A course in its frame. `policy` is what the frame may do besides.

    `confined` is for a platform that shuts packages in (as in `pages.Pages`), and takes a score for how far a learner is.

    Raises `BuildError` where its state would not fit, or where nobody could reach the pass mark.
    """
    pages, left_out = _pages(selection, confined=confined)
    course = _course(apis, selection, pages) | ({"progress": True} if confined else {})
    _check(course)
    inside = {f"{COURSE}{name}": content for name, content in pages.files().items()}
    styles = [style for style in pages.pages[0].styles if style != OTHER_SHEET]  # the frame has buttons and words alone
    folders = selection.project.template_folders
    frame = frame_files(selection.title, course, selection.voice, folders, styles, policy=policy)
    described = Described(selection.name, selection.title, _version(pages), selection.pass_mark)
    return Framed({**frame, **inside}, described, len(pages.pages), tuple(left_out))


def write(version: Version, selection: Selection) -> Written:
    """The package. Raises `BuildError` as `framed`."""
    course = framed(selection, version.apis)
    listed = manifest(version, course.described, course.files)
    return Written({**course.files, MANIFEST: listed, **_schemas(version)}, course.count, course.left_out)


def is_ours(version: Version, content: bytes) -> bool:
    """Whether such a package was written by us."""
    listed = member(content, MANIFEST, MOST_MANIFEST) or b""
    return f'identifier="{identifier(version, "")}'.encode() in listed


def _pages(selection: Selection, *, confined: bool) -> tuple[Pages, list[LeftOut]]:
    """The pages of the package, and what of the site has no place there."""
    curriculum = selection.curriculum
    gone = [page for page in curriculum.pages.values() if page.id == PRIVACY]
    kept = without_pages(curriculum, {PRIVACY})
    pages = pages_of(
        selection.project,
        kept,
        selection.modules,
        selection.paths,
        selection.progress,
        in_platform=True,
        confined=confined,
    )
    reason = "it says what a site keeps in the browser, and a learning platform keeps something else"
    return pages, [LeftOut("page", reason, page.place(), page.id) for page in gone]


def _course(apis: Sequence[str], selection: Selection, pages: Pages) -> dict[str, Any]:
    """What the frame knows of the course: `Course` in `theme/scorm/state.js`."""
    words = selection.voice.words
    # By their ids, so that a course in another order finds what an earlier one has kept.
    modules = sorted(pages.curriculum.modules.values(), key=lambda module: module.id)
    parts = [
        {"module": module.id, "id": part, "title": title, "version": module.outline.version}
        for module in modules
        for part, title in sorted(
            [
                *((lesson.id, lesson.title) for lesson in module.lessons),
                *([(module.quiz.id, quiz_title(module.quiz, words))] if module.quiz else []),
            ]
        )
    ]
    questions = [
        {
            "module": module.id,
            "id": question.id,
            "fingerprint": question.fingerprint(),
            "graded": question.scored,
        }
        for module in modules
        for question in sorted(assessments(module), key=lambda question: question.id)
    ]
    return {
        "hash": _hash(parts, questions),
        "passMark": selection.pass_mark,
        "apis": list(apis),
        "parts": parts,
        "questions": questions,
    }


def _hash(*lists: list[dict[str, Any]]) -> str:
    """What tells the order of parts and questions from another one. A question that was only mended keeps its place."""
    named = "\n\n".join("\n".join(f"{one['module']}/{one['id']}" for one in some) for some in lists)
    return hashlib.sha256(named.encode()).hexdigest()[:8]


def _check(course: dict[str, Any]) -> None:
    parts, questions = len(course["parts"]), len(course["questions"])
    dated = parts + questions
    length = len("2|||||") + len(course["hash"]) + ceil(parts / BITS) + questions + dated + DAY * (1 + min(dated, DAYS))
    if length > MOST_STATE:
        raise BuildError(
            f"what learners have done in {parts} lessons and quizzes with {questions} questions takes {length:,} letters, "
            f"and learning platforms keep {MOST_STATE:,} for sure: export fewer modules at once with --module or --path"
        )
    if course["passMark"] is not None and not any(question["graded"] for question in course["questions"]):
        raise BuildError(
            "no question in these modules is right or wrong, so nobody could reach a pass mark: leave out --pass-mark"
        )


def _version(pages: Pages) -> str:
    """The version of a module; several have none in common."""
    modules = [*pages.curriculum.modules.values()]
    return modules[0].outline.version if len(modules) == 1 else ""


def _schemas(version: Version) -> dict[str, bytes]:
    """The schemas of the standard, which its checkers want beside the manifest."""
    return {path.name: door.read(path) for path in sorted((SCHEMAS / version.name).iterdir())}


__all__ = ["V12", "V2004", "Described", "Framed", "Version", "framed", "is_ours", "write"]
