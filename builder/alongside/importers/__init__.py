"""Question banks of other systems as our YAML. Nothing is asked; what is missing is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alongside.importers import gift, mkdocs_quiz
from alongside.importers.bank import Bank, Draft, cleaned, collected
from alongside.problems import Problem

#: Readers of question banks by the name that the command has for them.
READERS: dict[str, Callable[[str, str], Iterator[Draft | Problem]]] = {
    "gift": gift.drafts,
    "mkdocs-quiz": mkdocs_quiz.drafts,
}


def imported(form: str, text: str, file: str) -> Bank:
    """The questions of a bank, and what could not be imported as it was."""
    return collected(READERS[form](cleaned(text), file), file)


__all__ = ["READERS", "Bank", "imported"]
