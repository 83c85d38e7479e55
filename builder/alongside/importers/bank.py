"""Imported questions as our YAML: ids, marks for what is missing, and the text of the file.

A question is written as plain values and then read by our own reader and model, so what does not fit
is reported and left out, and what is written can always be read again.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from alongside.authoring.ids import slug
from alongside.files.names import Names
from alongside.files.problems import ORDER, Problem, printable
from alongside.files.source import read_bytes
from alongside.files.unseen import without_hidden
from alongside.importers.draft import ITSELF, LINE, PRIVATE, Draft, Left, Refused, Unusable, missing, noted, refused
from alongside.importers.to_markdown import blocks, is_sentence, one_line, words_only
from alongside.load.parse import parse
from alongside.model.lessons import Quiz
from alongside.model.questions import QUESTION_KINDS, Question
from alongside.rules.engine import errors_of_question

#: Most questions in one quiz, and most bytes of a file, with room for its first line: the reader takes 256 kB.
MOST, MOST_BYTES = 20, 240_000
#: How much of a question is kept as a remark.
MOST_KEPT_LINES, MOST_KEPT = 200, 10_000
#: Characters that end a line for some programs.
LINE_ENDS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Bank:
    """What became of a question bank."""

    #: Each question as YAML, with the remarks above it.
    questions: tuple[str, ...]
    problems: tuple[Problem, ...]
    #: The lines where questions stand that were not imported.
    refused: tuple[int, ...] = ()
    #: Remarks below the last question.
    remarks: str = ""

    def files(self) -> list[str]:
        """The quizzes that hold the questions, since one holds twenty at most."""
        chunks: list[list[str]] = []
        size = 0
        for question in self.questions:
            size += len(question.encode())
            if not chunks or len(chunks[-1]) == MOST or size > MOST_BYTES:
                chunks.append([])
                size = len(question.encode())
            chunks[-1].append(question)
        if chunks:
            chunks[-1].append(self.remarks)
        return ["questions:\n" + "".join(chunk) for chunk in chunks]


def cleaned(text: str) -> str:
    """The text of a bank without characters that nobody sees."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return without_hidden(PRIVATE.sub("", LINE_ENDS.sub(" ", text)))


def collected(entries: Iterable[Draft | Refused | Left | Problem], file: str) -> Bank:
    """The drafts as YAML with ids. Those that do not fit our model are left out, and their words kept as a remark."""
    return _Collector(file).bank(entries)


class _Collector:
    """Takes in what a reader finds, in the order of the bank."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._taken = Names()
        self._written: list[str] = []
        self._problems: list[Problem] = []
        self._refused: list[int] = []
        #: Remarks that stand above the next question.
        self._remarks: list[str] = []

    def bank(self, entries: Iterable[Draft | Refused | Left | Problem]) -> Bank:
        for entry in entries:
            if isinstance(entry, Problem):
                self._problems.append(entry)
            elif isinstance(entry, Left):
                self._remarks += [*_remarked(entry.remarks), *_kept(entry.source)]
            elif isinstance(entry, Refused):
                self._refuse(entry)
            else:
                self._draft(entry)
        return Bank(tuple(self._written), tuple(self._problems), tuple(self._refused), "".join(self._remarks))

    def _refuse(self, entry: Refused) -> None:
        problem = entry.problem
        self._problems.append(problem)
        self._refused.append(problem.place.line)
        inner = problem.place.file.removeprefix(f"{self._file}/") if problem.place.file != self._file else "the bank"
        head = f"Not imported: {problem.message} (line {problem.place.line} of {inner})."
        self._remarks += [*_remarked([*entry.remarks, head]), *_kept(entry.source)]

    def _draft(self, draft: Draft) -> None:
        file = draft.file or self._file
        try:
            values = _values(draft, self._taken)
        except Unusable as unusable:
            self._refuse(refused(file, draft.line, unusable, draft.source, _remarks_of(draft)))
            return
        entry = f"  - {''.join(_mapping(values, 4)).removeprefix('    ')}"
        wrong, question = _misfit(entry)
        if wrong:
            self._refuse(_misfitting(draft, wrong, file))
            return
        self._taken.take(values["id"])
        remarks = [*self._remarks, *_remarked(draft.remarks)]
        losses = list(dict.fromkeys(draft.losses))
        if losses:
            remarks += [*_remarked(["In the bank it reads:"]), *_kept(draft.source)]
        self._written.append("".join([*remarks, entry]))
        self._remarks = []
        self._problems += [noted(file, draft.line, loss) for loss in losses]
        if question:
            self._problems += _to_mend(draft.line, errors_of_question(question), file)


def _remarks_of(draft: Draft) -> list[str]:
    """What is kept with a question that is not imported: a description that stood before it has its words nowhere else."""
    return [*draft.remarks, *([f"Description: {draft.described}"] if draft.described else [])]


def _misfitting(draft: Draft, wrong: Problem, file: str) -> Refused:
    unusable = Unusable(f"this question does not fit: {wrong.message}", wrong.expected)
    entry = refused(file, draft.line, unusable, draft.source, _remarks_of(draft))
    entry.problem = replace(entry.problem, fix="shorten or split it in the bank, or write it anew")
    return entry


def _to_mend(line: int, found: Sequence[Problem], file: str) -> Iterator[Problem]:
    """What the checks will refuse of a question that was sound in its bank: the first of each rule, with how many more."""
    count = Counter(problem.code for problem in found)
    for problem in {problem.code: problem for problem in reversed(found)}.values():
        more = f", {count[problem.code]} times" if count[problem.code] > 1 else ""
        message = f"the checks refuse this until it is mended: {problem.message} ({problem.code}{more})"
        note = noted(file, line, message, problem.expected)
        yield replace(note, fix=problem.fix or note.fix)


def _misfit(entry: str) -> tuple[Problem | None, Question | None]:
    """The first thing that keeps a question from being read, or the question."""
    mapping, problems = read_bytes(f"questions:\n{entry}".encode(), "question")
    quiz = None
    if mapping is not None and not problems:
        quiz, problems = parse(Quiz, mapping)
    return (problems[0], None) if problems else (None, quiz.questions[0] if quiz else None)


def _values(draft: Draft, taken: Names) -> dict[str, Any]:
    prompt, context = _prompt_of(draft)
    name = taken.free(slug(draft.name or prompt) or f"question-{len(taken) + 1}")
    values: dict[str, Any] = {"kind": draft.kind, "id": name}
    if context:
        values["context"] = context
    values["prompt"] = draft.frame.replace("%prompt", prompt, 1)
    values["objectives"] = []
    values |= draft.rest
    if draft.rationale:
        values["rationale"] = draft.rationale
    model = QUESTION_KINDS[draft.kind]
    kept = {key: value for key, value in values.items() if key in model.model_fields}
    return {key: _marked(value, values["id"]) for key, value in kept.items()}


def _prompt_of(draft: Draft) -> tuple[str, str]:
    """The question itself, in a sentence or two, and the case before it: the rest of its text, code and tables."""
    found = [piece for block in blocks(draft.prompt) for piece in _lines(block)]
    sentences = [index for index, block in enumerate(found) if is_sentence(block) and len(block) <= LINE]
    if not found:
        return missing("the question"), _joined([draft.described, draft.context])
    if not re.search(r"\w", draft.prompt):
        raise Unusable("there are only signs where the question should be", "the question in words")
    asking = [index for index in sentences if words_only(found[index]).rstrip("*_ ").endswith(("?", "？", "؟"))]
    chosen = (asking or sentences or [-1])[-1]
    prompt = one_line(found.pop(chosen)) if chosen >= 0 else missing("the question itself, in a sentence")
    return prompt, _joined([draft.described, draft.context, *found])


def _lines(block: str) -> list[str]:
    """The lines of a paragraph of which one asks, otherwise the block as it is."""
    lines = block.split("  \n") if is_sentence(block) else []
    return lines if any(line.endswith("?") for line in lines) else [block]


def _joined(pieces: Sequence[str]) -> str:
    return "\n\n".join(filter(None, pieces))


def _marked(values: Any, name: str) -> Any:
    """The values with the question's id in their marks."""
    if isinstance(values, dict):
        return {key: _marked(value, name) for key, value in values.items()}
    if isinstance(values, list):
        return [_marked(value, name) for value in values]
    return values.replace(ITSELF, name) if isinstance(values, str) else values


# -------------------------------------------------------------------- remarks


def _remarked(remarks: Iterable[str]) -> list[str]:
    return [f"  # {printable(line.strip())}\n" for remark in remarks for line in remark.split("\n") if line.strip()]


def _kept(source: str) -> list[str]:
    """A piece of the bank as a remark, set in; of one that is very long only its beginning."""
    lines = source[:MOST_KEPT].split("\n")[:MOST_KEPT_LINES]
    kept = [f"  #     {printable(line)}".rstrip() + "\n" for line in lines if line.strip()]
    if len(lines) < source.count("\n") + 1 or len(source) > MOST_KEPT:
        kept.append("  #     … It goes on in the bank.\n")
    return kept


# ----------------------------------------------------------------------- YAML


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
    lines = text.strip("\n").split("\n")
    if any(line.endswith("  ") for line in lines[:-1]):  # a break that an editor would take away
        return " " + _in_marks("\n".join(lines))
    lines = [line.rstrip() for line in lines]
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
