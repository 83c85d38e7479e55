"""GIFT, the text format of Moodle: questions with an empty line between them.

The format is described at https://docs.moodle.org/en/GIFT_format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alongside.files.problems import Problem, quoted
from alongside.importers import to_markdown
from alongside.importers.bank import Draft, Unusable, reported
from alongside.importers.drafts import (
    ANYTHING,
    RIGHT,
    Answer,
    chosen,
    completed,
    matched,
    open_ended,
    true_or_false,
    written,
)

#: Signs after a backslash are moved to where no text of an author can stand until the rest is understood.
HIDDEN = 0xF0000
ESCAPE = re.compile(r"\\([~=#{}:\\n])")
COMMENT = re.compile(r"^\s*//")
CATEGORY = re.compile(r"^\s*\$CATEGORY:\s*(.*?)\s*$")
NAME = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORM = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
WORTH = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(?:#([^#]*))?(?:#([^#]*))?", re.IGNORECASE)
ANSWER = re.compile(r"([=~])([^=~]*)")
NUMBER = r"\s*(-?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?)\s*"
RANGE, AROUND = re.compile(rf"{NUMBER}\.\.{NUMBER}"), re.compile(rf"{NUMBER}(?::{NUMBER})?")

FORMS = {
    "html": to_markdown.html,
    "moodle": to_markdown.guessed,
    "plain": to_markdown.plain,
    "markdown": to_markdown.markdown,
}

#: Most whole numbers that are listed as right where a range is.
MOST_LISTED = 12


def drafts(text: str, file: str) -> Iterator[Draft | Problem]:
    """The questions of a bank, and what is wrong with those that cannot be read."""
    for line, category, chunk in _chunks(text):
        try:
            draft = _Question(line, chunk).draft()
        except Unusable as unusable:
            yield reported(file, line, unusable)
            continue
        if category:
            draft.remarks.insert(0, f"Category: {category}")
        yield draft


def _chunks(text: str) -> Iterator[tuple[int, str, str]]:
    """Each question with the number of its first line and its category. Comments are left out."""
    category, start, collected = "", 0, list[str]()
    for number, line in enumerate([*text.split("\n"), ""], 1):
        named = CATEGORY.match(line)
        if collected and (named or not line.strip()):
            yield start, category, "\n".join(collected)
            collected = []
        if named:
            category = named.group(1)
        elif line.strip() and not COMMENT.match(line):
            start = start if collected else number
            collected.append(line)


def _hidden(text: str) -> str:
    return ESCAPE.sub(lambda sign: chr(HIDDEN + ord("\n" if sign.group(1) == "n" else sign.group(1))), text)


def _as_printed(text: str) -> str:
    return re.sub("[\U000f0000-\U000f007f]", lambda sign: chr(ord(sign.group()) - HIDDEN), text)


@dataclass
class _Parts:
    """A question cut at its braces."""

    before: str
    #: What stands in the braces, without the general feedback.
    block: str
    after: str
    general: str


class _Question:
    """One question of a bank on its way to a draft."""

    def __init__(self, line: int, chunk: str) -> None:
        text = _hidden(chunk)
        name = NAME.match(text)
        self._draft = Draft(line, "choice", name=_as_printed(name.group(1)).strip() if name else "")
        text = text[name.end() :] if name else text
        form = FORM.match(text)
        self._form = form.group(1).lower() if form else "moodle"
        self._parts = _cut(text[form.end() :] if form else text)

    def draft(self) -> Draft:
        """The question as a draft. Raises `Unusable` where it is none of those that we can have."""
        parts, draft = self._parts, self._draft
        before, after = self._words(parts.before), self._words(parts.after)
        draft.prompt = f"{before} {after}".strip() if after else before
        draft.name = draft.name or to_markdown.words_only(draft.prompt)
        draft.rationale = self._words(parts.general)
        truth = TRUTH.fullmatch(parts.block)
        if not parts.block:
            open_ended(draft)
        elif parts.block.startswith("#"):
            self._number(parts.block[1:])
        elif truth:
            wrong, right = (self._words(truth.group(index) or "") for index in (2, 3))
            true_or_false(draft, true=truth.group(1).upper().startswith("T"), if_right=right, if_wrong=wrong)
        else:
            self._answers(before, after)
        return draft

    def _words(self, text: str) -> str:
        """A text of the bank in Markdown, by the form that it names or the whole question does."""
        form = FORM.match(text)
        convert = FORMS[form.group(1).lower() if form else self._form]
        converted = convert(_as_printed(text[form.end() :] if form else text))
        self._draft.losses += [f"<{name}> was left out" for name in converted.dropped]
        return converted.text

    def _answers(self, before: str, after: str) -> None:
        entries = ANSWER.findall(self._parts.block)
        if not re.match(r"\s*[=~]", self._parts.block):
            raise Unusable("the answers start with neither = nor ~", "{=the right one ~another}")
        if all(mark == "=" and "->" in text for mark, text in entries):
            self._pairs([text for _, text in entries])
            return
        answers = [self._answer(mark, text) for mark, text in entries]
        if all(mark == "=" for mark, _ in entries):
            self._written(answers, before, after)
            return
        if after:
            self._draft.prompt = f"Which words complete the sentence? “{before} … {after}”".replace(" .”", ".”")
        marked = sum(mark == "=" for mark, _ in entries)
        if marked > 1:
            self._draft.losses.append(
                "each of several answers is right by itself in GIFT; here all of them are to be chosen"
            )
        chosen(self._draft, answers, several={0: None, 1: False}.get(marked, True))

    def _answer(self, mark: str, text: str) -> Answer:
        words, value, feedback = _weighed(mark, text)
        if not words.strip():
            raise Unusable("an answer of this question is empty", f"{mark}the answer")
        text = ANYTHING if words.strip() == ANYTHING else self._words(words)
        return Answer(text, value, self._words(feedback))

    def _written(self, answers: list[Answer], before: str, after: str) -> None:
        right = [answer for answer in answers if answer.worth >= RIGHT]
        if not after or not right:
            written(self._draft, answers)
            return
        if len(right) < len(answers):
            self._draft.losses.append("answers that are partly right were left out, since a gap has none")
        sides = [side.replace("{", "(").replace("}", ")") for side in (before, after)]
        self._draft.prompt = "Complete the sentence."
        text = f"{sides[0]} {{word}} {sides[1]}"
        said = next((answer.feedback for answer in right if answer.feedback), "")
        completed(self._draft, re.sub(r" (?=[.,;:!?])", "", text), [("word", [answer.text for answer in right], said)])

    def _pairs(self, entries: list[str]) -> None:
        halves = [entry.partition("->") for entry in entries]
        matched(
            self._draft, [(self._words(line), self._words(partner.partition("#")[0])) for line, _, partner in halves]
        )
        if any("#" in partner for _, _, partner in halves):
            self._draft.losses.append("feedback on pairs was left out")

    def _number(self, block: str) -> None:
        """A number to write: it is compared as text here, so ways of writing it are listed."""
        entries = ANSWER.findall(block) or [("=", block)]
        answers = []
        for mark, text in entries:
            number, value, feedback = _weighed(mark, text)
            answers += [Answer(way, value, self._words(feedback)) for way in self._ways(_as_printed(number))]
        written(self._draft, answers)

    def _ways(self, number: str) -> list[str]:
        if not number.strip() or number.strip() == ANYTHING:
            return [ANYTHING]
        span, around = RANGE.fullmatch(number), AROUND.fullmatch(number)
        if not span and not around:
            raise Unusable(f"{quoted(number.strip())} is no number", "{#3}, {#3:0.5} or {#2.5..3.5}")
        if around and not (around.group(2) and _float(around.group(2))):
            return [around.group(1)]
        low, high = _bounds(span, around)
        self._draft.losses.append(
            f"any number from {low:g} to {high:g} is right in GIFT; here each way of writing is listed"
        )
        self._draft.remarks.append(
            f"The bank takes any number from {low:g} to {high:g}. List every way of writing that is right."
        )
        whole = [str(n) for n in range(-int(-low // 1), int(high // 1) + 1)] if high - low < MOST_LISTED else []
        return list(dict.fromkeys(whole)) or [f"{(low + high) / 2:g}"]


def _weighed(mark: str, text: str) -> tuple[str, float, str]:
    """The words of an answer, what it is worth, and its feedback."""
    worth = WORTH.match(text)
    words, _, feedback = (text[worth.end() :] if worth else text).partition("#")
    return words, float(worth.group(1)) if worth else float(RIGHT * (mark == "=")), feedback


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def _bounds(span: re.Match[str] | None, around: re.Match[str] | None) -> tuple[float, float]:
    if span:
        return _float(span.group(1)), _float(span.group(2))
    assert around is not None, "one of the two was found"
    middle, margin = _float(around.group(1)), _float(around.group(2))
    return middle - margin, middle + margin


def _cut(text: str) -> _Parts:
    before, brace, rest = text.partition("{")
    if not brace:
        raise Unusable("there is nothing to answer", "answers in curly brackets behind the question: {=right ~wrong}")
    block, brace, after = rest.partition("}")
    if not brace:
        raise Unusable("the answers have no end", "} after the last answer, and no empty line between them")
    if "{" in after or "{" in block:
        raise Unusable(
            "there are two blocks of answers, or a bracket that belongs to the text",
            r"\{ and \} for brackets in the text",
        )
    answers, _, general = block.partition("####")
    if not before.strip() and not after.strip():
        raise Unusable("there is no question before the answers", "the question, then {=right ~wrong}")
    return _Parts(before, answers.strip(), after.strip(), general.strip())
