"""Question banks of other systems as our YAML. Nothing is asked; what is missing is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alongside.files.problems import At, Problem
from alongside.importers.aiken import drafts as from_aiken
from alongside.importers.bank import Bank, cleaned, collected
from alongside.importers.draft import Draft, Left, Refused
from alongside.importers.gift import drafts as from_gift
from alongside.importers.mkdocs_quiz import drafts as from_mkdocs_quiz
from alongside.importers.moodle_xml import drafts as from_moodle_xml
from alongside.importers.qti import drafts as from_qti

Found = Iterator[Draft | Refused | Left | Problem]


def _of_text(read: Callable[[str, str], Found]) -> Callable[[bytes, str], Found]:
    """A reader of bytes, which raises `UnicodeDecodeError` where they are no UTF-8."""

    def from_bytes(content: bytes, file: str) -> Found:
        return read(cleaned(content.decode()), file)

    return from_bytes


#: Readers of question banks by the name that the command has for them.
READERS: dict[str, Callable[[bytes, str], Found]] = {
    "gift": _of_text(from_gift),
    "moodle-xml": from_moodle_xml,
    "qti": from_qti,
    "aiken": _of_text(from_aiken),
    "mkdocs-quiz": _of_text(from_mkdocs_quiz),
}


def imported(form: str, content: str | bytes, file: str) -> Bank:
    """The questions of a bank, and what could not be imported as it was.

    Raises `UnicodeDecodeError` where the bank is to be text and its bytes are no UTF-8.
    """
    with At(file):
        read = READERS[form](content.encode() if isinstance(content, str) else content, file)
        return collected(read, file)


__all__ = ["READERS", "Bank", "imported"]
