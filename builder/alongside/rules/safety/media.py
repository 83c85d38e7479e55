"""What stands in the folder media/ of a module or in content/, and would be published whether a lesson names it or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from alongside.files.located import Place
from alongside.load.layers import published_of
from alongside.media.published import Wrong, wrong_with
from alongside.model.curriculum import Curriculum
from alongside.model.modules import Module
from alongside.rules.rule import Check, Context, Finding, Rule, enter, in_each_module


@lru_cache(maxsize=4096)
def _judged(path: Path, changed: int, size: int) -> tuple[Wrong, ...]:
    """What is wrong with a file. Each rule asks; the file is read once, and once more after it has changed."""
    del changed, size
    return tuple(wrong_with(path))


def broken(code: str) -> Check:
    """The check of every published file, whether anything names it or not, by one of the rules for files."""

    def wrong_in(files: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
        for path, label in files:
            try:
                status = path.stat()
            except OSError:  # it has gone since it was found
                continue
            for wrong in _judged(path, status.st_ctime_ns, status.st_size):
                if wrong.code == code:
                    yield Finding(wrong.message, Place(label, wrong.line, wrong.column), wrong.expected, wrong.fix)

    @in_each_module
    def in_files(module: Module, context: Context) -> Iterator[Finding]:
        yield from wrong_in(published_of(module))

    def besides(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
        yield from wrong_in((file.path, file.label) for file in curriculum.files.values())

    in_files.besides(besides)
    return in_files


enter(Rule("Y111", "media-kind", "error", "curriculum", broken("Y111")))
enter(Rule("Y112", "drawing-active", "error", "curriculum", broken("Y112")))
enter(Rule("Y113", "file-not-its-kind", "error", "curriculum", broken("Y113")))
enter(Rule("Y114", "file-too-dear", "error", "curriculum", broken("Y114")))
