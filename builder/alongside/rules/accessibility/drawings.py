"""Words in drawings that cannot be read: part of group A."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from alongside.files import door
from alongside.files.located import Place
from alongside.files.problems import quoted
from alongside.load.layers import published_of
from alongside.media.drawing_words import LEAST_CONTRAST, LEAST_CONTRAST_LARGE, LEAST_SIZE, DrawnWords, words_in
from alongside.media.drawings import LARGEST
from alongside.model.modules import Module
from alongside.rules.rule import Context, Finding, in_each_module, rule


@lru_cache(maxsize=4096)
def _words(path: Path, changed: int, size: int) -> tuple[DrawnWords, ...]:
    """The words of a drawing. It is read once, and once more after it has changed."""
    del changed, size
    try:
        return tuple(words_in(door.read(path, LARGEST)))
    except OSError:  # the judge of what is published says so
        return ()


def _drawings(module: Module, unread: Callable[[DrawnWords], bool]) -> Iterator[tuple[str, list[DrawnWords]]]:
    """Each drawing in a module that has such words, as messages call it, with them."""
    for path, label in published_of(module):
        if path.suffix.lower() != ".svg":
            continue
        try:
            status = path.stat()
        except OSError:  # it has gone since it was found
            continue
        found = [words for words in _words(path, status.st_ctime_ns, status.st_size) if unread(words)]
        if found:
            yield label, found


def _also(found: list[DrawnWords]) -> str:
    return f", and so are {len(found) - 1} more" if len(found) > 1 else ""


@rule("A152", "drawing-words-small", "warning", "curriculum")
@in_each_module
def drawing_words_small(module: Module, context: Context) -> Iterator[Finding]:
    """Words of a drawing that are too small on a telephone."""
    for label, found in _drawings(module, lambda words: words.small):
        least = math.ceil(found[0].least)
        smallest = min(words.size or 0 for words in found)
        yield Finding(
            f"words in the picture {quoted(Path(label).name)} are {smallest:.0f} points high on a telephone{_also(found)}",
            Place(label, found[0].line, found[0].column),
            f"at least {LEAST_SIZE} points, which is {least} in this drawing",
            f'font-size="{least}", with fewer words or the boxes below one another',
        )


@rule("A153", "drawing-words-faint", "warning", "curriculum")
@in_each_module
def drawing_words_faint(module: Module, context: Context) -> Iterator[Finding]:
    """Words of a drawing that hardly stand out from what is behind them."""
    for label, found in _drawings(module, lambda words: words.faint):
        first = found[0]
        least = LEAST_CONTRAST_LARGE if first.large else LEAST_CONTRAST
        yield Finding(
            f"words in the picture {quoted(Path(label).name)} have a contrast of {first.contrast:.1f} to 1{_also(found)}",
            Place(label, first.line, first.column),
            f"at least {least} to 1",
            'a darker colour for the words, such as fill="#1f2a30"',
        )
