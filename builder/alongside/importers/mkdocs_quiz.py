"""Quizzes in Markdown pages as the plugin mkdocs-quiz has them.

Between `<quiz>` and `</quiz>` stand a question and a list of tasks, those that are ticked being right,
or a text with `[[answers]]`. A quotation right below an answer is its feedback; what follows the
answers, or `---` where there are gaps, is shown afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import Problem, quoted
from alongside.importers import to_markdown
from alongside.importers.bank import Draft, Unusable, missing, reported
from alongside.importers.drafts import RIGHT, Answer, chosen, completed, written

START, END = re.compile(r"^\s*<quiz\b[^>]*>\s*$"), re.compile(r"^\s*</quiz>\s*$")
OLD = re.compile(r"^\s*<\?quiz\?>|^\s*quiz-start\s*$")
FENCE = re.compile(r"^\s*(```+|~~~+)")
TASK = re.compile(r"^\s*[-*+]\s*\[(.?)\]\s+(.*)$")
QUOTATION = re.compile(r"^\s*>\s?(.*)$")
GAP = re.compile(r"\[\[([^\[\]]+)\]\]")
RULE = re.compile(r"^\s*---+\s*$")


def drafts(text: str, file: str) -> Iterator[Draft | Problem]:
    """The quizzes of a page, and what is wrong with those that cannot be read."""
    for line, block in _blocks(text):
        try:
            yield _draft(line, block)
        except Unusable as unusable:
            yield reported(file, line, unusable)


def _blocks(text: str) -> Iterator[tuple[int, list[str] | None]]:
    """The lines of each quiz with the number of its first one; `None` for a quiz without an end."""
    lines = text.split("\n")
    fence = ""
    start: int | None = None
    for number, line in enumerate(lines):
        if start is None:
            mark = FENCE.match(line)
            if mark and (not fence or mark.group(1).startswith(fence)):
                fence = "" if fence else mark.group(1)
            if fence:
                continue
            if OLD.match(line):
                yield number + 1, None
            if START.match(line):
                start = number
        elif END.match(line):
            yield start + 1, lines[start + 1 : number]
            start = None
        elif START.match(line):
            yield start + 1, None
            start = number
    if start is not None:
        yield start + 1, None


def _draft(line: int, block: list[str] | None) -> Draft:
    if block is None:
        raise Unusable(
            "this quiz has no end, or is written in the old way", "<quiz> … </quiz>, each on a line of its own"
        )
    margin = min((len(row) - len(row.lstrip()) for row in block if row.strip()), default=0)
    rows = [row[margin:] for row in block]
    draft = Draft(line, "choice")
    first = next((index for index, row in enumerate(rows) if TASK.match(row)), None)
    if first is not None:
        _tasks(draft, rows, first)
    elif GAP.search("\n".join(rows)):
        _gaps(draft, rows)
    else:
        raise Unusable(
            "this quiz has neither answers to tick nor gaps",
            "- [x] for right answers and - [ ] for others, or [[the word]]",
        )
    return draft


def _markdown(text: str, draft: Draft) -> str:
    converted = to_markdown.markdown(text)
    draft.losses += [f"<{name}> was left out" for name in converted.dropped]
    return converted.text


def _tasks(draft: Draft, rows: list[str], first: int) -> None:
    draft.prompt = _markdown("\n".join(rows[:first]), draft)
    draft.name = to_markdown.words_only(draft.prompt)
    answers, end = [], first
    while end < len(rows):
        task = TASK.match(rows[end])
        if task is None and rows[end].strip():
            break
        end += 1
        if task:
            if task.group(1) not in {"x", "X", " ", ""}:
                raise Unusable(f"{quoted('[' + task.group(1) + ']')} says neither right nor wrong", "[x] or [ ]", end)
            said, end = _quotation(rows, end)
            worth = RIGHT if task.group(1) in {"x", "X"} else 0
            answers.append(Answer(_markdown(task.group(2), draft), worth, _markdown(said, draft)))
    draft.rationale = _markdown("\n".join(rows[end:]), draft)
    chosen(draft, answers)


def _quotation(rows: list[str], start: int) -> tuple[str, int]:
    end = start
    while end < len(rows) and QUOTATION.match(rows[end]):
        end += 1
    return "\n".join(QUOTATION.sub(r"\1", row) for row in rows[start:end]), end


def _gaps(draft: Draft, rows: list[str]) -> None:
    cut = next((index for index, row in enumerate(rows) if RULE.match(row)), len(rows))
    draft.rationale = _markdown("\n".join(rows[cut + 1 :]), draft)
    text = "\n".join(rows[:cut]).strip()
    words = GAP.findall(text)
    outside = GAP.split(text)[::2]
    if len(words) == 1 and outside[-1].strip() in {"", "."} and outside[0].rstrip()[-1:] in {"?", ":", "="}:
        draft.prompt = _markdown(outside[0], draft)
        written(draft, [Answer(words[0], RIGHT)])
        return
    pieces = [_markdown(piece.replace("{", "(").replace("}", ")"), draft) if piece.strip() else "" for piece in outside]
    names = [f"gap-{number}" for number in range(1, len(words) + 1)]
    joined = "".join(f"{piece} {{{name}}} " for piece, name in zip(pieces, names, strict=False)) + pieces[-1]
    draft.prompt = missing("what to do, such as: Complete the sentence about …")
    draft.name = to_markdown.words_only(" ".join(pieces))
    completed(
        draft,
        re.sub(r" +(?=[.,;:!?])", "", joined),
        [(name, [word], "") for name, word in zip(names, words, strict=True)],
    )
