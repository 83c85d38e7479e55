"""Lists of words, as data that people who know no Python can read and mend: `words/en/<subject>.yml`.

Each list names the source that it rests on.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from alongside.files.source import read_bytes


@cache
def word_list(subject: str) -> dict[str, Any]:
    """The list of a subject: mappings and sequences of texts. Raises `ValueError` where it cannot be read."""
    file = resources.files("alongside.texts").joinpath("words", "en", f"{subject}.yml")
    mapping, problems = read_bytes(file.read_bytes(), file.name)
    if mapping is None or problems:
        raise ValueError(f"{file.name}: {problems[0].message}")
    return dict(mapping)
