"""What is still to be written, wherever it would be published: in texts, in names, in captions and drawings, in the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from alongside.files import door
from alongside.files.located import Place
from alongside.files.problems import Problem, printable
from alongside.load.layers import published_files
from alongside.model.curriculum import Curriculum
from alongside.model.element import Element
from alongside.rules.rule import Context, Finding, rule
from alongside.texts.unfinished import unfinished_places

UNFINISHED = "T199"
MESSAGE, EXPECTED = "this is still to be written", "your own words in place of the brackets"
#: Published files that hold words, by their endings, and how much of one is looked at.
WORDED, MOST = frozenset({".svg", ".vtt", ".html", ".po", ".txt", ".md", ".js", ".css", ".json", ""}), 1024 * 1024


@rule(UNFINISHED, "unfinished", "warning", "curriculum", at_release=True)
def unfinished(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Places that were left to be filled in, whatever field or file they stand in."""
    for root in roots(curriculum):
        for text, place in root.written():
            for start in unfinished_places(text):
                yield Finding(MESSAGE, place.within(text, start), EXPECTED)
    for place in _in_files(published_files(curriculum)):
        yield Finding(MESSAGE, place, EXPECTED)


def roots(curriculum: Curriculum) -> Iterator[Element]:
    """What each file or registry entry holds."""
    yield curriculum.outline
    for registry in (curriculum.sources, curriculum.glossary, curriculum.people, curriculum.safety, curriculum.pages):
        yield from registry.values()
    for module in curriculum.modules.values():
        yield from module.files


def unfinished_settings(written: Iterable[tuple[str, Place]]) -> list[Problem]:
    """The same for the settings, of which all texts are given with their places."""
    return [_problem(place.within(text, start)) for text, place in written for start in unfinished_places(text)]


def unfinished_files(files: Iterable[tuple[Path, str]]) -> list[Problem]:
    """The same for files of an organisation's own theme, each with what messages call it."""
    return [_problem(place) for place in _in_files(files)]


def _problem(place: Place) -> Problem:
    return Problem(UNFINISHED, "warning", MESSAGE, place, EXPECTED)


def _in_files(files: Iterable[tuple[Path, str]]) -> Iterator[Place]:
    for path, label in files:
        if path.suffix.lower() not in WORDED:
            continue
        try:
            text = door.read(path, MOST).decode("utf-8", "replace")
        except OSError:  # it has gone since it was found, or other rules say what it is
            continue
        whole = Place(printable(label), 1, 1, block=(1, 1))
        for start in unfinished_places(text):
            yield whole.within(text, start)
