"""What is wrong with an author's files, as values.

A mistake of an author is never an exception: functions return problems, and all of them are
reported together. How they are printed is said in `reports/problems.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from types import TracebackType
from typing import Any, Literal

from alongside.files.located import Place

Severity = Literal["error", "warning", "info"]

#: Longest piece of an author's text that is repeated in a message.
QUOTED_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, and how."""

    code: str
    severity: Severity
    message: str
    place: Place
    expected: str = ""
    fix: str = ""


class ContentError(Exception):
    """The content has errors, so there is nothing to build. Carries all of them, and what else was found."""

    def __init__(self, problems: Sequence[Problem], others: Sequence[Problem] = ()) -> None:
        super().__init__(f"{count(problems)} in the content")
        self.problems = tuple(problems)
        self.others = tuple(others)


class BuildError(Exception):
    """The content is sound but the site could not be written. The message says why, in one line."""


#: What the logs of build servers take for an order, wherever it stands in a line.
ORDER = re.compile(r"(##\w*)\[")


def printable(text: str) -> str:
    """An author's text made safe to print: control characters shown by name, not obeyed, and no orders to a build server.

    A message with raw escape sequences could move the cursor of a terminal or give orders to the
    log reader of a build server.
    """
    if text.isprintable():
        return ORDER.sub(r"\1\\u005b", text) if "#" in text else text
    shown = []
    last_short = 0xFFFF
    for character in text:
        if not character.isprintable():  # what steers, what nobody sees, and every blank but the usual one
            number = ord(character)
            shown.append(
                " " if character in "\n\t" else f"\\u{number:04x}" if number <= last_short else f"\\U{number:08x}"
            )
        else:
            shown.append(character)
    return ORDER.sub(r"\1\\u005b", "".join(shown))


def plain(text: str) -> str:
    """Lines made safe to print one below the other: each as `printable` has it, and none that begins with `::`.

    Blanks before it make no difference to a build server.
    """
    return "\n".join(_no_order(printable(line)) for line in text.split("\n"))


def _no_order(line: str) -> str:
    words = line.lstrip()
    return f"{line[: len(line) - len(words)]}\\u003a{words[1:]}" if words.startswith("::") else line


def in_json(value: Any) -> str:
    """JSON in ASCII in which nothing is an order to a terminal or a build server. It means the same to whatever reads it."""
    return ORDER.sub(r"\1\\u005b", json.dumps(value, indent=2))


def cut(text: str, longest: int = QUOTED_LENGTH) -> str:
    """An author's text, safe to print and cut to a readable length."""
    safe = printable(text[:longest])  # what follows is not looked at: it may be megabytes
    return safe[: longest - 1].rstrip() + "…" if len(text) > longest or len(safe) > longest else safe


def quoted(text: str) -> str:
    """An author's text in quotation marks, safe to print and cut to a readable length."""
    return f'"{cut(text)}"'


def nearest(name: str, known: Iterable[str]) -> str:
    """`, did you mean "x"?` for the closest known name, or nothing where none is close."""
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f', did you mean "{close[0]}"?' if close else ""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything in `problems` must stop a build."""
    return any(problem.severity == "error" for problem in problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted by place and code, each problem once."""
    return sorted(set(problems), key=lambda p: (p.place, p.code, p.message))


def count(problems: Iterable[Problem]) -> str:
    """`2 errors and 1 warning`, in words for a reader."""
    tally = {"error": 0, "warning": 0, "info": 0}
    for problem in problems:
        tally[problem.severity] += 1
    named = {"error": "error", "warning": "warning", "info": "note"}
    parts = [f"{number} {named[severity]}{'' if number == 1 else 's'}" for severity, number in tally.items() if number]
    if not parts:
        return "no problems"
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


class At:
    """While this lasts, whatever happens happens at something: `with At(name):`. An exception from inside notes it.

    The innermost name comes first. It is for what nobody foresaw: a mistake of an author is a `Problem`, with its place.
    """

    __slots__ = ("_what",)

    def __init__(self, what: str) -> None:
        self._what = what

    def __enter__(self) -> None:
        """Does nothing, since most often nothing happens."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Notes the name at an exception."""
        if error is not None:
            error.add_note(self._what)


def fault_of_ours(error: BaseException) -> str:
    """An exception that nobody foresaw, in a sentence or two that name what was being read."""
    notes = [cut(note) for note in dict.fromkeys(getattr(error, "__notes__", ()))]
    where = f" at {', in '.join(notes[:3])}" if notes else ""
    return (
        f"Alongside stopped{where}. This is a fault of ours, not of yours: {type(error).__name__}: {cut(str(error), 200)}\n"
        "    fix:      please report it, with the file that is named if you can share it"
    )
