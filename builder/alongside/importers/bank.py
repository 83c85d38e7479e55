"""Imported questions as our YAML: ids, marks for what is missing, and the text of the file.

A question is written as plain values and then read by our own reader and model, so what does not fit
is reported and left out, and what is written can always be read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from alongside.authoring.ids import slug
from alongside.files.located import Place
from alongside.files.names import Names
from alongside.files.problems import ORDER, Problem, printable
from alongside.files.source import INVISIBLE, read_bytes
from alongside.load.parse import parse
from alongside.model.lessons import Quiz
from alongside.model.questions import QUESTION_KINDS

#: Most questions in one quiz.
MOST = 20
#: Longest text of a single line, and of one that stands in a list or heading.
LINE, TITLE = 600, 120
#: A block of code, which cannot stand in a single line.
FENCED = re.compile(r"^```.*?^```[ ]*$", re.MULTILINE | re.DOTALL)


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
    prompt: str = ""
    rationale: str = ""
    #: What the kind has besides: options, pairs, items and so on.
    rest: dict[str, Any] = field(default_factory=dict)
    #: Remarks for the author, written above the question.
    remarks: list[str] = field(default_factory=list)
    #: What was changed or left out, reported as well.
    losses: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Bank:
    """What became of a question bank."""

    #: Each question as YAML.
    questions: tuple[str, ...]
    problems: tuple[Problem, ...]

    def files(self) -> list[str]:
        """The quizzes that hold the questions, since one holds twenty at most."""
        chunks = [self.questions[start : start + MOST] for start in range(0, len(self.questions), MOST)]
        return ["questions:\n" + "".join(chunk) for chunk in chunks]


def missing(what: str) -> str:
    """A mark for something that the author is to write. Rule T199 reports it."""
    return f"(write here: {what})"


def cleaned(text: str) -> str:
    """The text of a bank without characters that nobody sees."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return INVISIBLE.sub("", re.sub("[\U000f0000-\U0010ffff]", "", text))


def reported(file: str, line: int, unusable: Unusable) -> Problem:
    """What cannot be imported, as a problem with its place."""
    place = Place(file, line + unusable.line)
    return Problem("L120", "error", unusable.message, place, unusable.expected, "mend it in the bank, or write it anew")


def collected(drafts: Iterable[Draft | Problem], file: str) -> Bank:
    """The drafts as YAML with ids, those left out that do not fit our model."""
    taken = Names()
    written: list[str] = []
    problems: list[Problem] = []
    for draft in drafts:
        if isinstance(draft, Problem):
            problems.append(draft)
            continue
        values = _values(draft, taken)
        text = "".join(_entry(draft, values))
        wrong = _misfit(text)
        if wrong:
            message = f"this question does not fit: {wrong.message}"
            problems.append(
                Problem(
                    "L120",
                    "error",
                    message,
                    Place(file, draft.line),
                    wrong.expected,
                    "shorten or split it in the bank, or write it anew",
                )
            )
            continue
        taken.take(values["id"])
        written.append(text)
        problems += [
            Problem(
                "L121",
                "warning",
                loss,
                Place(file, draft.line),
                "a question that says the same without it",
                "read the question again",
            )
            for loss in dict.fromkeys(draft.losses)
        ]
    return Bank(tuple(written), tuple(problems))


def _misfit(text: str) -> Problem | None:
    """The first thing that keeps a question from being read."""
    mapping, problems = read_bytes(f"questions:\n{text}".encode(), "question")
    if mapping is not None and not problems:
        _, problems = parse(Quiz, mapping)
    return problems[0] if problems else None


def unique(wanted: str, taken: Names, otherwise: str) -> str:
    """A short name made of a text, that nothing else has. It is then taken."""
    name = taken.free(slug(wanted) or otherwise)
    taken.take(name)
    return name


def _values(draft: Draft, taken: Names) -> dict[str, Any]:
    prompt, context = _prompt_of(draft)
    name = taken.free(slug(draft.name or prompt) or f"question-{len(taken) + 1}")
    values: dict[str, Any] = {"kind": draft.kind, "id": name}
    if context:
        values["context"] = context
    values["prompt"] = prompt
    values["objectives"] = []
    values |= draft.rest
    if draft.rationale:
        values["rationale"] = draft.rationale
    model = QUESTION_KINDS[draft.kind]
    kept = {key: value for key, value in values.items() if key in model.model_fields}
    return {key: _marked(value, values["id"]) for key, value in kept.items()}


def _prompt_of(draft: Draft) -> tuple[str, str]:
    """The question itself, and the case before it where there is more than a sentence or two."""
    context = [block.strip() for block in FENCED.findall(draft.prompt)]
    blocks = [block for block in re.split(r"\n\s*\n", FENCED.sub("\n", draft.prompt).strip()) if block]
    if len(blocks) > 1 and not re.match(r"(- |\d+\. |```)", blocks[-1]):
        return " ".join(blocks[-1].split()), "\n\n".join([*blocks[:-1], *context])
    if blocks and (len(blocks) > 1 or len(blocks[0]) > LINE):
        return missing("the question itself, in a sentence"), "\n\n".join([*blocks, *context])
    return " ".join(" ".join(blocks).split()) or missing("the question"), "\n\n".join(context)


def _marked(values: Any, name: str) -> Any:
    """The values with the question's id in their marks, so that no two marks read the same."""
    if isinstance(values, dict):
        return {key: _marked(value, name) for key, value in values.items()}
    if isinstance(values, list):
        return [_marked(value, name) for value in values]
    return values.replace("%question", name) if isinstance(values, str) else values


# ----------------------------------------------------------------------- YAML


def _entry(draft: Draft, values: dict[str, Any]) -> Iterator[str]:
    for remark in draft.remarks:
        yield f"  # {printable(remark)}\n"
    yield "  - " + "".join(_mapping(values, 4)).removeprefix("    ")


def _mapping(values: dict[str, Any], indent: int) -> Iterator[str]:
    for key, value in values.items():
        yield f"{' ' * indent}{key}:{_value(key, value, indent)}\n"


def _value(key: str, value: Any, indent: int) -> str:
    if key == "objectives":
        return f" []  # {missing('ids of the objectives in module.yml that this assesses')}"
    if isinstance(value, bool):
        return f" {str(value).lower()}"
    if isinstance(value, dict):
        return "\n" + "".join(_mapping(value, indent + 2)).rstrip("\n")
    if isinstance(value, list):
        return _sequence(value, indent)
    return _block(value, indent) if "\n" in value else f" {_scalar(value)}"


def _sequence(values: Sequence[Any], indent: int) -> str:
    if all(isinstance(value, str) for value in values):
        return f" [{', '.join(map(_in_marks, values))}]"
    margin = " " * (indent + 2)
    entries = ["".join(_mapping(value, indent + 4)).rstrip("\n") for value in values]
    return "".join(f"\n{margin}- {entry.removeprefix(margin + '  ')}" for entry in entries)


def _block(text: str, indent: int) -> str:
    """Several lines as they are. Text that a literal block would change is quoted."""
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    # A line of its own that begins so would be an order to a build server that prints it.
    order = any(line.lstrip().startswith("::") or ORDER.search(line) for line in lines)
    if order or lines[0].startswith((" ", "\t")) or any("\t" in line for line in lines):
        return " " + _in_marks("\n".join(lines))
    margin = " " * (indent + 2)
    return " |\n" + "\n".join(margin + line if line else "" for line in lines)


def _scalar(text: str) -> str:
    if re.fullmatch(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*", text) or re.fullmatch(
        r"[^\W\d_][\w ’.,()/“”-]*[\w’.)?”]", text
    ):
        return text if text.casefold() not in {"true", "false", "null", "yes", "no", "on", "off"} else f'"{text}"'
    return _in_marks(text)


def _in_marks(text: str) -> str:
    """The text in quotation marks, written so that no part of it is an order to a build server. It reads the same."""
    return ORDER.sub(r"\1\\u005b", json.dumps(text, ensure_ascii=False))
