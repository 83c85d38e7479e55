"""Finds what translators wrote. `catalogue.py` reads it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from alongside.files import door
from alongside.files.problems import Problem
from alongside.words.language import CODE, ENGLISH, Words

#: The folder of translations in a theme folder, and the one of ours.
FOLDER, OURS = "words", Path(__file__).parent


def read_words(language: str, folders: Sequence[Path] = ()) -> tuple[Words, tuple[Problem, ...]]:
    """The words of a language, and what is wrong with its files, by their whole paths; English words where there are none.

    `folders` are theme folders, the one that wins first: each message is taken from the first that has it. A language
    of a region, such as `pt-BR`, has its own files or those of the language.
    """
    for name in dict.fromkeys([language, language.partition("-")[0]]):
        files = [folder / f"{name}.po" for folder in (*(top / FOLDER for top in folders), OURS)]
        found = tuple((path, *_state(path)) for path in files if door.is_file(path, path.parents[1]))
        if found:
            return _read(language, found)
    return (ENGLISH, ()) if language == CODE else _read(language, ())


def _state(path: Path) -> tuple[int, int]:
    status = path.lstat()
    return status.st_ctime_ns, status.st_size


@lru_cache(maxsize=32)
def _read(language: str, files: tuple[tuple[Path, int, int], ...]) -> tuple[Words, tuple[Problem, ...]]:
    """The same once for files that did not change."""
    from alongside.words import catalogue  # noqa: PLC0415  # Babel, for which a check in English need not wait

    problems: list[Problem] = []
    words = Words(language, catalogue.direction(language))
    for path, _, _ in reversed(files):
        words = catalogue.added(words, path, problems)
    return words, tuple(problems)
