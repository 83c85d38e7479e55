"""Question banks of other systems as our YAML. Nothing is asked; what is missing is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alongside.files.problems import At, Problem
from alongside.importers.bank import Bank, cleaned, collected
from alongside.importers.draft import Draft, Left, Refused
from alongside.importers.gift import drafts as from_gift
from alongside.importers.mkdocs_quiz import drafts as from_mkdocs_quiz

#: Readers of question banks by the name that the command has for them.
READERS: dict[str, Callable[[str, str], Iterator[Draft | Refused | Left | Problem]]] = {
    "gift": from_gift,
    "mkdocs-quiz": from_mkdocs_quiz,
}


def imported(form: str, text: str, file: str) -> Bank:
    """The questions of a bank, and what could not be imported as it was."""
    with At(file):
        return collected(READERS[form](cleaned(text), file), file)


__all__ = ["READERS", "Bank", "imported"]
