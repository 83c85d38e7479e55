"""Aiken, the plainest format of learning platforms: a question, lettered answers, and the letter of the right one.

The format is described at https://docs.moodle.org/en/Aiken_format. Moodle wants a question in one line; where the lines of
one are plain to tell, they are read as one, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_uppercase

from alongside.files.problems import Problem, quoted
from alongside.importers import to_markdown
from alongside.importers.draft import Draft, Refused, Unusable, refused
from alongside.importers.drafts import RIGHT, Answer, chosen

ANSWER = re.compile(r"\s*([A-Za-z])[.)](?:\s+(.*))?$")
KEY = re.compile(r"\s*ANSWER\s*:\s*(.*?)\s*$", re.IGNORECASE)
FORM = "a question, then answers such as A. and B., then ANSWER: A"


@dataclass
class _Block:
    """The lines of a question, up to its key."""

    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    key: str | None = None
    key_line: int = 0

    @property
    def source(self) -> str:
        behind = [] if self.key is None else [f"ANSWER: {self.key}"]
        return "\n".join([*(line for _, line in self.lines), *behind])


def drafts(text: str, file: str) -> Iterator[Draft | Refused | Problem]:
    """The questions of a bank, and what is wrong with those that cannot be read."""
    for block in _blocks(text.split("\n")):
        try:
            yield _draft(block)
        except Unusable as unusable:
            yield refused(file, block.line, unusable, block.source)


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """The lines up to each key. What has no key ends where an empty line stands before lines without a letter."""
    block: _Block | None = None
    empty = False
    for number, line in enumerate([*lines, ""], 1):
        key = KEY.match(line)
        if not line.strip():
            empty = block is not None
            continue
        answered = block is not None and any(ANSWER.match(one) for _, one in block.lines)
        if block and empty and answered and not key and not ANSWER.match(line):
            yield block
            block = None
        empty = False
        block = block or _Block(number)
        if key:
            block.key, block.key_line = key[1], number
            yield block
            block = None
        else:
            block.lines.append((number, line))
    if block:
        yield block


def _draft(block: _Block) -> Draft:
    """A question as a draft. Raises `Unusable` where it is none."""
    asked, answers = _asked_and_answers(block)
    draft = Draft(block.line, "choice", source=block.source)
    draft.prompt = _words(" ".join(asked), draft)
    draft.name = to_markdown.words_only(draft.prompt)
    if len(asked) > 1:
        draft.losses.append("the question stands in several lines, where Aiken has one; here they are one text")
    if len(answers) < 2:  # noqa: PLR2004  # one is no choice
        raise Unusable("this question has fewer than two answers", FORM)
    right = _right(block, list(answers))
    chosen(
        draft,
        [Answer(_words(text, draft), RIGHT * (letter == right)) for letter, text in answers.items()],
        several=False,
    )
    return draft


def _asked_and_answers(block: _Block) -> tuple[list[str], dict[str, str]]:
    """The lines of the question, and the answers by their letters, which follow each other from A."""
    asked, answers = list[str](), dict[str, str]()
    for number, line in block.lines:
        found = ANSWER.match(line)
        following = ascii_uppercase[len(answers) : len(answers) + 1]
        if found and found[1].upper() == following and (asked or answers):
            answers[following] = (found[2] or "").strip()
            if not answers[following]:
                raise Unusable(f"the answer {following} is empty", f"{following}. the answer", number - block.line)
        elif not answers:
            asked.append(line.strip())
        else:
            raise Unusable(
                f"this line is no answer {following}: {quoted(line.strip())}"
                if following
                else "there are too many answers",
                "each answer in one line, with the letters in their order",
                number - block.line,
            )
    if not asked:
        raise Unusable("there is no question before the answers", FORM)
    return asked, answers


def _right(block: _Block, letters: list[str]) -> str:
    if block.key is None:
        raise Unusable("this question does not say which answer is right", "ANSWER: A in a line of its own")
    right = block.key.upper().rstrip(".)")
    if right not in letters:
        raise Unusable(
            f"{quoted(block.key)} is not the letter of one answer",
            f"one of: {', '.join(letters)}",
            block.key_line - block.line,
        )
    return right


def _words(text: str, draft: Draft) -> str:
    made = to_markdown.guessed(text)
    draft.losses += made.losses
    line = to_markdown.as_line(made.text)
    draft.losses += line.losses
    return line.text
