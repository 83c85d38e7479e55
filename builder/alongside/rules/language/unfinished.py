"""What is still to be written, wherever it would be published: in texts, in names, in captions and drawings, in the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from alongside.files import door
from alongside.files.located import Place
from alongside.files.problems import Problem, printable
from alongside.load.layers import published_of
from alongside.model.curriculum import Curriculum
from alongside.model.element import Element
from alongside.model.modules import Module
from alongside.rules.rule import Context, Finding, in_each_module, rule
from alongside.texts.unfinished import unfinished_places

UNFINISHED = "T199"
MESSAGE, EXPECTED = "this is still to be written", "your own words in place of the brackets"
#: Published files that hold words, by their endings, and how much of one is looked at.
WORDED, MOST = frozenset({".svg", ".vtt", ".html", ".po", ".txt", ".md", ".js", ".css", ".json", ""}), 1024 * 1024


@rule(UNFINISHED, "unfinished", "warning", "curriculum", at_release=True)
@in_each_module
def unfinished(module: Module, context: Context) -> Iterator[Finding]:
    """Places that were left to be filled in, whatever field or file they stand in."""
    yield from _unfinished_in(module.files, published_of(module))


@unfinished.besides
def unfinished_besides(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """The same in what modules share, and in pages and files that are of none."""
    files = ((file.path, file.label) for file in curriculum.files.values())
    yield from _unfinished_in(curriculum.of_no_module(), files)


def _unfinished_in(roots: Iterable[Element], files: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    for root in roots:
        for text, place in root.written():
            for start in unfinished_places(text):
                yield Finding(MESSAGE, place.within(text, start), EXPECTED)
    for place in _in_files(files):
        yield Finding(MESSAGE, place, EXPECTED)


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
