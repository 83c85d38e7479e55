"""Answers as question banks have them, turned into the kinds of question that we have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from alongside.authoring.ids import slug
from alongside.files.names import Names
from alongside.files.problems import cut, quoted
from alongside.importers.draft import GAP, GAPS, TITLE, Draft, Unusable, missing
from alongside.importers.to_markdown import (
    SPAN,
    as_line,
    blocks,
    is_code,
    is_list,
    is_table,
    one_line,
    words_only,
)
from alongside.model.questions.interaction import GAP as IN_BRACES
from alongside.model.questions.keys import TWO_WAY
from alongside.model.questions.numerals import NUMBERS as WRITTEN
from alongside.model.questions.numerals import digits, span
from alongside.render.template_context import VERDICT_WORDS

NUMBERS = re.compile(WRITTEN)
#: A thousand to some, and one to others.
COMMA = re.compile(r"\s*([+-]?[1-9][0-9]{0,2}),([0-9]{3})\s*")
#: How many places a number has before it is worked with.
FARTHEST = 30
#: A word for a grade before feedback, and which grade it is; what each is worth where two are worth nothing.
GRADED = re.compile(r"\*\*([^*]+)\.\*\* ")
BY_WORD = {VERDICT_WORDS[grade]: grade for grade in ("best", "acceptable", "poor", "harmful")}
WORTH = {"best": "best", "acceptable": "acceptable", "poor": "poor", "harmful": "poor"}
#: Fewest options of a question that is not about yes and no.
FEWEST = 3
SEVERAL = "Choose all that apply."
#: What stands for any other answer.
ANYTHING = "*"
#: What an answer is worth that is right, in per cent, and how far weights may be off by rounding.
RIGHT, ROUNDING = 100, 0.5


@dataclass(frozen=True)
class Answer:
    """Something to choose or to write, and what it is worth, in per cent."""

    text: str
    worth: float
    feedback: str = ""


def unique(wanted: str, taken: Names, otherwise: str) -> str:
    """A short name made of a text, that nothing else has. It is then taken."""
    name = taken.free(slug(wanted) or otherwise)
    taken.take(name)
    return name


def chosen(draft: Draft, answers: Sequence[Answer], *, several: bool | None = None) -> None:
    """Makes the draft a choice among answers: of one, of several, or of better and worse ones."""
    right = [answer for answer in answers if answer.worth >= RIGHT]
    partly = [answer for answer in answers if 0 < answer.worth < RIGHT]
    if not right and not partly:
        raise Unusable("no answer of this question is right", "one answer or more that is right")
    if several or (several is None and len(right) != 1 and len(right) + len(partly) > 1):
        _several(draft, answers)
    elif right and (partly or len(right) > 1) and len(answers) >= FEWEST:
        draft.kind = "judgement"
        draft.rest["options"] = _judged(answers)
        draft.losses += _fine_grades(partly)
    else:
        draft.kind = "choice"
        best = max(answers, key=lambda answer: answer.worth)
        if best.worth < RIGHT:
            draft.losses.append(f"the right answer is worth {best.worth:g} per cent in the bank, and the whole here")
        if any(answer.worth > 0 and answer is not best for answer in answers):
            draft.losses.append("an answer that is partly right in the bank is wrong here")
        draft.rest["options"] = _options(_padded(answers), {id(best): {"correct": True}})


def _fine_grades(partly: Sequence[Answer]) -> list[str]:
    worth = sorted({answer.worth for answer in partly})
    if len(worth) < 2:  # noqa: PLR2004  # one is no difference
        return []
    return [f"answers worth {', '.join(f'{one:g}' for one in worth)} per cent are all acceptable here"]


def _several(draft: Draft, answers: Sequence[Answer]) -> None:
    right = [answer for answer in answers if answer.worth > 0]
    draft.kind = "choices"
    wanted = _padded(answers, wrong=len(right) == len(answers))
    draft.rest["options"] = _options(wanted, {id(answer): {"correct": True} for answer in right})
    draft.losses += _odd_weights(right)
    if "all that" not in draft.prompt.casefold():
        draft.frame = f"{draft.frame} {SEVERAL}"


def _odd_weights(right: Sequence[Answer]) -> list[str]:
    """What is lost where right answers are not worth the same, or not the whole together."""
    worth = [answer.worth for answer in right]
    if min(worth) >= RIGHT:
        return []
    if max(worth) - min(worth) > ROUNDING:
        shares = ", ".join(f"{one:g}" for one in worth)
        return [f"right answers are worth {shares} per cent in the bank, and only all of them together are right here"]
    if abs(sum(worth) - RIGHT) > ROUNDING:
        return [f"the right answers are worth {sum(worth):g} per cent together in the bank, and the whole here"]
    return []


def _judged(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Options with their grades. Where each feedback begins with a word for a grade, as ours do in a bank, it is the grade."""
    found = [GRADED.match(answer.feedback) for answer in answers]
    marks = _grades(answers)
    said = [BY_WORD.get(one[1], "") if one else "" for one in found]
    if not all(WORTH.get(grade) == marks[id(answer)]["grade"] for grade, answer in zip(said, answers, strict=True)):
        return _options(answers, marks)
    plain = [replace(a, feedback=a.feedback[one.end() :]) for a, one in zip(answers, found, strict=True) if one]
    return _options(plain, {id(answer): {"grade": grade} for answer, grade in zip(plain, said, strict=True)})


def _grades(answers: Sequence[Answer]) -> dict[int, dict[str, Any]]:
    def grade(worth: float) -> str:
        return "best" if worth >= RIGHT else "acceptable" if worth > 0 else "poor"

    return {id(answer): {"grade": grade(answer.worth)} for answer in answers}


def _padded(answers: Sequence[Answer], *, wrong: bool = False) -> list[Answer]:
    """The answers, with marks for as many as a good question still needs."""
    texts = {answer.text.casefold() for answer in answers}
    two_way = texts in TWO_WAY
    count = 0 if two_way else max(FEWEST - len(answers), int(wrong))
    names = ("another mistake that beginners really make", "one more mistake that beginners really make")
    return [*answers, *(Answer(missing(f"{name}, for %question"), 0) for name in names[:count])]


def _options(answers: Iterable[Answer], marks: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    taken = Names()
    options = []
    for number, answer in enumerate(answers, 1):
        name = unique("" if answer.text.startswith("(write") else answer.text, taken, f"option-{number}")
        mark = marks.get(id(answer), {})
        said = f"what choosing {name} in %question does to the other person, and why"
        option = {
            "id": name,
            "text": one_line(answer.text),
            **mark,
            "feedback": one_line(answer.feedback) or missing(said),
        }
        if not mark.get("correct") and mark.get("grade") != "best":
            option["misconception"] = missing(f"the mistaken belief that makes {name} in %question tempting")
        options.append(option)
    return options


def true_or_false(draft: Draft, *, true: bool, if_right: str, if_wrong: str) -> None:
    """Makes the draft a statement to judge."""
    if "?" not in draft.prompt:
        draft.frame = "Does this hold? %prompt"
    answers = [
        Answer(word, RIGHT * (value is true), if_right if value is true else if_wrong)
        for word, value in (("True", True), ("False", False))
    ]
    chosen(draft, answers, several=False)


def written(draft: Draft, answers: Sequence[Answer]) -> None:
    """Makes the draft a word or phrase to write."""
    draft.kind = "short_text"
    right = [answer for answer in answers if answer.worth >= RIGHT and answer.text != ANYTHING]
    others = [answer for answer in answers if answer.worth < RIGHT and answer.text != ANYTHING]
    if not right:
        raise Unusable("no answer of this question is right", "=the answer")
    anything = next((answer.feedback for answer in answers if answer.text == ANYTHING), "")
    if any("*" in answer.text.replace(r"\*", "") for answer in right):
        raise Unusable(
            "an answer has * for any letters, and answers are compared with those that are listed here",
            "each way of writing it as an answer of its own",
        )
    draft.rest |= {
        "accept": _accepted(answer.text for answer in right),
        "feedback": _first_feedback(draft, right) or missing("why this is the word, for %question"),
    }
    spelled_out = [answer for answer in others if "*" not in answer.text.replace(r"\*", "")]
    if len(spelled_out) < len(others):
        draft.losses.append("an answer with * for any letters, which is not the right one, was left out")
    draft.losses += [*_partly(spelled_out), *_partly_anything(answers)]
    if spelled_out:
        draft.rest["near"] = _near_misses(spelled_out)
    draft.rest["otherwise"] = one_line(anything) or missing("a way to think on, for %question")


def as_numbers(first: Decimal, last: Decimal | None = None, off: Decimal = Decimal(0)) -> str:
    """A number, a range or a number that may be off, as the kind writes it. Raises `Unusable` where it has no room."""
    behind = f" ± {digits(off)}" if off else "" if last in {None, first} else f" to {digits(last or Decimal(0))}"
    text = digits(first) + behind
    if not NUMBERS.fullmatch(text):
        raise Unusable(f"{quoted(text)} has more digits than can be compared here", "12 digits, and 9 decimals")
    return text


def decimal(text: str, line: int = 0) -> Decimal:
    """A number with a point or a comma. Raises `Unusable` where it is none, far from what can be compared, or uncertain."""
    unsure = COMMA.fullmatch(text)
    if unsure:
        raise Unusable(
            f"{quoted(text)} can mean two numbers", f"{unsure[1]}{unsure[2]} or {unsure[1]}.{unsure[2]}", line
        )
    return comparable(text.replace(",", "."), cut(text), line)


def comparable(text: str, shown: str, line: int = 0) -> Decimal:
    """A number with a point. Raises `Unusable`, in which it is `shown`, where it is none or far from what can be compared."""
    try:
        number = Decimal(text.replace("_", "?"))  # which Python takes between digits
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > FARTHEST or len(number.as_tuple().digits) > FARTHEST:
        raise Unusable(f"{quoted(shown)} is no number that can be compared here", "a number such as 3.5", line)
    return number


def numbered(draft: Draft, answers: Sequence[Answer]) -> None:
    """Makes the draft a number to write. The words of each answer are numbers as the kind has them: `45 ± 5`."""
    draft.kind = "number"
    right = [answer for answer in answers if answer.worth >= RIGHT and answer.text != ANYTHING]
    others = [answer for answer in answers if answer.worth < RIGHT and answer.text != ANYTHING]
    if not right:
        raise Unusable("no number of this question is right", "a number that is right")
    draft.losses += [*_before(answers), *_partly(others), *_partly_anything(answers)]
    draft.rest |= {
        "accept": list(dict.fromkeys(answer.text for answer in right)),
        "feedback": _first_feedback(draft, right) or missing("why this is the number, for %question"),
    }
    if others:
        draft.rest["mistakes"] = _mistakes(others)
    anything = next((answer.feedback for answer in answers if answer.text == ANYTHING), "")
    draft.rest["otherwise"] = one_line(anything) or missing("a way to think on, for %question")


def _partly(others: Iterable[Answer]) -> list[str]:
    """What is lost of answers that are not right, and are worth something."""
    shares = ", ".join(f"{answer.text} is worth {answer.worth:g} per cent" for answer in others if answer.worth > 0)
    return [f"{shares} in the bank, and not right here; its feedback stays"] if shares else []


def _partly_anything(answers: Iterable[Answer]) -> list[str]:
    """The same of an answer that stands for any other."""
    worth = next((answer.worth for answer in answers if answer.text == ANYTHING), 0)
    said = f"any other answer is worth {worth:g} per cent in the bank, and not right here; its feedback stays"
    return [said] if worth > 0 else []


def _before(answers: Sequence[Answer]) -> Iterator[str]:
    """What a bank looks at before a right answer that has some of the same numbers. Here what is right goes first."""
    others: list[str] = []
    for answer in (answer for answer in answers if answer.text != ANYTHING):
        if answer.worth < RIGHT:
            others.append(answer.text)
            continue
        own = span(answer.text)
        for text in others:
            other = span(text)
            if other.low <= own.high and own.low <= other.high:
                yield f"{text} is looked at before {answer.text} in the bank; here numbers that lie in both are right"


def _mistakes(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """The numbers of each feedback together."""
    taken, by_feedback = Names(), dict[str, list[str]]()
    for answer in answers:
        by_feedback.setdefault(one_line(answer.feedback) or f" {answer.text}", []).append(answer.text)
    made = []
    for said, numbers in by_feedback.items():
        name = unique(numbers[0], taken, f"mistake-{len(taken) + 1}")
        feedback = missing(f"how one comes to {numbers[0]} in %question") if said.startswith(" ") else said
        made.append({"id": name, "numbers": numbers, "feedback": feedback})
    return made


def _first_feedback(draft: Draft, right: Sequence[Answer]) -> str:
    """What is said where the answer is right: one thing, whichever of the right answers it is."""
    said = list(dict.fromkeys(one_line(answer.feedback) for answer in right if answer.feedback))
    if len(said) > 1:
        draft.losses.append("right answers have feedback of their own in the bank; here all have that of the first")
    return said[0] if said else ""


def _accepted(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(one_line(text.replace(r"\*", "*")) for text in texts))


def _near_misses(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    taken = Names()
    made = []
    for number, answer in enumerate(answers, 1):
        name = unique(answer.text, taken, f"near-{number}")
        said = one_line(answer.feedback) or missing(f"what {name} gets right in %question, and what is still missing")
        made.append({"id": name, "accept": _accepted([answer.text]), "feedback": said})
    return made


@dataclass(frozen=True)
class Pairing:
    """A line, the plain words of its partner, and what is said of the two."""

    line: str
    partner: str
    feedback: str = ""


def matched(draft: Draft, pairs: Sequence[Pairing]) -> None:
    """Makes the draft lines to match, or things to sort where several lines have the same partner."""
    if max((len(pair.partner) for pair in pairs), default=0) > TITLE:
        raise Unusable("a partner is too long to stand in a list", f"at most {TITLE} characters")
    lines = [pair for pair in pairs if pair.line]
    used = {pair.partner for pair in lines}
    spare = list(dict.fromkeys(pair.partner for pair in pairs if not pair.line and pair.partner not in used))
    if any(not pair.partner for pair in pairs):
        raise Unusable("a line of this question has no partner", "=line -> partner")
    if len({pair.partner for pair in lines}) < len(lines):
        _sorted(draft, lines, spare)
        return
    taken = Names()
    draft.kind = "matching"
    draft.rest["pairs"] = [_pair(pair, taken, number) for number, pair in enumerate(lines, 1)]
    if spare:
        draft.rest["extra"] = [_spare(text, taken, number) for number, text in enumerate(spare, 1)]


def _pair(pair: Pairing, taken: Names, number: int) -> dict[str, Any]:
    name = unique(pair.line, taken, f"pair-{number}")
    said = pair.feedback or missing(f"why {name} in %question belongs there")
    return {"id": name, "prompt": pair.line, "match": pair.partner, "feedback": said}


def _spare(text: str, taken: Names, number: int) -> dict[str, Any]:
    name = unique(text, taken, f"partner-{number}")
    return {"id": name, "text": text, "feedback": missing(f"why {name} in %question fits none of the lines")}


def _sorted(draft: Draft, lines: Sequence[Pairing], spare: Sequence[str]) -> None:
    draft.kind = "sorting"
    draft.losses.append("several lines have the same partner, so they are to be sorted into groups")
    if spare:
        draft.losses.append(f"groups that nothing belongs to were left out: {', '.join(spare)}")
    taken = Names()
    groups: dict[str, tuple[str, str]] = {}
    for pair in lines:
        if pair.partner not in groups:
            groups[pair.partner] = unique(pair.partner, taken, f"group-{len(groups) + 1}"), pair.partner
    draft.rest["categories"] = [{"id": name, "title": title} for name, title in groups.values()]
    items = []
    for number, pair in enumerate(lines, 1):
        name = unique(pair.line, taken, f"item-{number}")
        said = pair.feedback or missing(f"why {name} in %question belongs there")
        items.append({"id": name, "text": pair.line, "category": groups[pair.partner][0], "feedback": said})
    draft.rest["items"] = items


def open_ended(draft: Draft) -> None:
    """Makes the draft something to write freely, with marks for model answers and a rubric."""
    draft.kind = "open_response"
    draft.rest["models"] = [
        {
            "id": name,
            "text": missing(f"{which} good answer to %question, as a person might say it"),
            "why": missing(f"what makes the {name} answer to %question good"),
        }
        for name, which in (("first", "a"), ("second", "another, quite different"))
    ]
    draft.rest["rubric"] = [
        {
            "id": name,
            "text": missing(f"{which} question about an answer to %question, to be answered with yes or no") + "?",
            "feedback": missing(f"what to change where {name} is no in %question"),
        }
        for name, which in (("one", "a"), ("other", "another"))
    ]


def in_order(draft: Draft, lines: Sequence[tuple[str, str]]) -> None:
    """Makes the draft lines to put into order, each with what is said of it. They stand in the right order."""
    draft.kind = "ordering"
    taken = Names()
    draft.rest["items"] = [
        {
            "id": (name := unique(text, taken, f"line-{number}")),
            "text": text,
            "feedback": feedback or missing(f"why {name} comes just there in %question"),
        }
        for number, (text, feedback) in enumerate(lines, 1)
    ]


@dataclass(frozen=True)
class Slot:
    """A gap: its name, the words that fit, what is said of them, and what it is picked from."""

    name: str
    accept: tuple[str, ...]
    feedback: str = ""
    options: tuple[Answer, ...] = ()

    @staticmethod
    def typed(name: str, answers: Sequence[Answer], draft: Draft) -> Slot:
        """A gap to write in. Raises `Unusable` where nothing is right, or a star stands for any letters."""
        right = [answer for answer in answers if answer.worth >= RIGHT]
        if not right or any(answer.text == ANYTHING for answer in right):
            raise Unusable("no answer of a gap is right", "=the word")
        if any("*" in answer.text.replace(r"\*", "") for answer in right):
            raise Unusable(
                "a gap has * for any letters, and words are compared with those that are listed here",
                "each way of writing it",
            )
        if len(right) < len(answers):
            draft.losses.append(
                "what is said to answers that are not right was left out, since a gap has no room for it"
            )
        return Slot(name, tuple(answer.text for answer in right), _first_feedback(draft, right))

    @staticmethod
    def picked(name: str, answers: Sequence[Answer]) -> Slot:
        """A gap to pick a word for. Raises `Unusable` where not exactly one is right."""
        right = [answer for answer in answers if answer.worth >= RIGHT]
        if len(right) != 1 or any(0 < answer.worth < RIGHT for answer in answers):
            raise Unusable(
                "not exactly one word is right that can be picked for a gap",
                "one right word, and others that are wrong",
            )
        return Slot(name, (right[0].text,), right[0].feedback, tuple(answers))

    def values(self) -> dict[str, Any]:
        """The gap as it is written."""
        made: dict[str, Any] = {
            "label": missing(f"what kind of word belongs in the gap {self.name} of %question"),
            "accept": _accepted(self.accept),
        }
        if self.options:
            taken = Names()
            made["options"] = [
                self._option(answer, unique(answer.text, taken, f"word-{n}"))
                for n, answer in enumerate(self.options, 1)
            ]
        return {**made, "feedback": self.feedback or missing(f"why {self.name} in %question is the word")}

    def _option(self, answer: Answer, name: str) -> dict[str, Any]:
        said = missing(f"what the text would say with {name} in the gap {self.name} of %question")
        return {"id": name, "text": answer.text, "feedback": one_line(answer.feedback) or said}


def completed(draft: Draft, gaps: Sequence[Slot], task: str = "Complete the sentence.") -> None:
    """Makes the draft a text with gaps; marks stand for them in the text."""
    draft.kind = "gap"
    sentences, case = list[str](), list[str]()
    for block in blocks(draft.prompt):
        (sentences if GAPS.search(block) else case).append(block)
    if any(is_code(block) or is_table(block) for block in sentences):
        raise Unusable("a gap stands in code or in a table", "gaps in sentences")
    if any(is_list(block) or len(sentences) > 1 for block in sentences):
        draft.losses.append("lines with gaps are one text here")
    if case and GAPS.search(draft.prompt.partition(case[-1])[0]):
        draft.losses.append("what stands between or below the lines with gaps stands before them here")
    text = " ".join(as_line(block).text for block in sentences)
    text = _without_braces(text)
    names = [gap.name for gap in gaps]
    draft.rest["text"] = GAPS.sub(lambda mark: f"{{{names[ord(mark.group()) - GAP]}}}", text)
    draft.rest["gaps"] = {gap.name: gap.values() for gap in gaps}
    draft.name = draft.name or words_only(GAPS.sub(" ", text))
    draft.context = "\n\n".join(block for block in (draft.context, *case) if block)
    draft.prompt = ""
    draft.frame = task


def _without_braces(text: str) -> str:
    """The text with brackets that cannot be taken for those of a gap."""
    made, at = [], 0
    for code in SPAN.finditer(text):
        if IN_BRACES.search(code.group()):
            raise Unusable(f"{code.group()} holds what would be a gap here", "code without { and }")
        made += [text[at : code.start()].replace(r"\{", "{").replace("{", "&#123;"), code.group()]
        at = code.end()
    return "".join([*made, text[at:].replace(r"\{", "{").replace("{", "&#123;")])
