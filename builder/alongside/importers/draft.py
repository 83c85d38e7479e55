"""A question on its way from a bank to our YAML, and what is said of one that does not arrive."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from alongside.files.located import Place
from alongside.files.problems import Problem

#: Longest text of a single line, and of one that stands in a list or heading.
LINE, TITLE = 600, 120
#: Characters that stand in no text of a bank once it is cleaned, so that importers can use them as marks.
PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
#: Stands for the question's id in marks, so that no two marks read the same.
ITSELF = "\U000f2000"
#: Stands for the first of the gaps in a text, the next character for the second.
GAP = 0xF4000
GAPS = re.compile("[\U000f4000-\U000f4fff]")


class Unusable(Exception):  # noqa: N818  # it is no error of ours
    """A question cannot be imported. Carries what to tell the author."""

    def __init__(self, message: str, expected: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.expected = expected
        #: Lines below the start of the question.
        self.line = line


@dataclass
class Draft:
    """A question on its way: plain values in the order in which they are written."""

    line: int
    kind: str
    #: What it is called in the bank; without a name its prompt gives one.
    name: str = ""
    #: What is asked, with the case that it is about, in Markdown.
    prompt: str = ""
    #: What becomes of the question itself, without its case: `%prompt` stands for it.
    frame: str = "%prompt"
    #: A description that stands before the question in the bank, and what else comes before its prompt.
    described: str = ""
    context: str = ""
    rationale: str = ""
    #: What the kind has besides: options, pairs, items and so on.
    rest: dict[str, Any] = field(default_factory=dict)
    #: Remarks for the author, written above the question.
    remarks: list[str] = field(default_factory=list)
    #: What was changed or left out, reported as well.
    losses: list[str] = field(default_factory=list)
    #: The question as it stands in the bank, kept above it where something was changed or left out.
    source: str = ""
    #: The file in a package that holds it; without one it stands in the bank itself.
    file: str = ""


@dataclass
class Refused:
    """A question that is not imported: why, and what it was."""

    problem: Problem
    source: str = ""
    remarks: list[str] = field(default_factory=list)


@dataclass
class Left:
    """Remarks of a bank that belong to no question."""

    remarks: list[str]
    source: str = ""


def missing(what: str) -> str:
    """A mark for something that the author is to write; `%question` in it becomes the question's id. Rule T199 reports it."""
    return f"(write here: {what.replace('%question', ITSELF)})"


def refused(file: str, line: int, unusable: Unusable, source: str, remarks: list[str] | None = None) -> Refused:
    """What cannot be imported, with its place and its words."""
    place = Place(file, line + unusable.line)
    fix = "mend it in the bank, or write it anew"
    problem = Problem("L120", "error", unusable.message, place, unusable.expected, fix)
    return Refused(problem, source, remarks or [])


def noted(file: str, line: int, message: str, expected: str = "") -> Problem:
    """Something that was imported in another way than it stands in the bank."""
    expected = expected or "a question that says the same without it"
    return Problem("L121", "warning", message, Place(file, line), expected, "read the question again")
