"""Answers as question banks have them, turned into the kinds of question that we have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.files.names import Names
from alongside.importers.bank import TITLE, Draft, Unusable, missing, unique
from alongside.importers.to_markdown import one_line, words_only
from alongside.model.questions.keys import TWO_WAY

#: Fewest options of a question that is not about yes and no.
FEWEST = 3
SEVERAL = "Choose all that apply."
#: What stands for any other answer.
ANYTHING = "*"
#: What an answer is worth that is right, in per cent.
RIGHT = 100


@dataclass(frozen=True)
class Answer:
    """Something to choose or to write, and what it is worth, in per cent."""

    text: str
    worth: float
    feedback: str = ""


def chosen(draft: Draft, answers: Sequence[Answer], *, several: bool | None = None) -> None:
    """Makes the draft a choice among answers: of one, of several, or of better and worse ones."""
    right = [answer for answer in answers if answer.worth >= RIGHT]
    partly = [answer for answer in answers if 0 < answer.worth < RIGHT]
    if not right and not partly:
        raise Unusable("no answer of this question is right", "one answer or more that is right")
    if several or (several is None and len(right) != 1 and len(right) + len(partly) > 1):
        _several(draft, answers)
    elif right and partly and len(answers) >= FEWEST:
        draft.kind = "judgement"
        draft.rest["options"] = _options(answers, _grades(answers))
    else:
        draft.kind = "choice"
        best = max(answers, key=lambda answer: answer.worth)
        draft.rest["options"] = _options(_padded(answers), {id(best): {"correct": True}})


def _several(draft: Draft, answers: Sequence[Answer]) -> None:
    right = [answer for answer in answers if answer.worth > 0]
    draft.kind = "choices"
    wanted = _padded(answers, wrong=len(right) == len(answers))
    draft.rest["options"] = _options(wanted, {id(answer): {"correct": True} for answer in right})
    if "all that" not in draft.prompt.casefold():
        draft.prompt = f"{draft.prompt.rstrip()} {SEVERAL}"


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
        draft.prompt = f"Does this hold? {draft.prompt}"
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
    said = next((answer.feedback for answer in right if answer.feedback), "")
    draft.rest |= {
        "accept": _accepted(answer.text for answer in right),
        "feedback": one_line(said) or missing("why this is the word, for %question"),
    }
    if others:
        draft.rest["near"] = _near_misses(others)
    draft.rest["otherwise"] = one_line(anything) or missing("a way to think on, for %question")
    if any("*" in words_only(answer.text) for answer in [*right, *others]):
        draft.losses.append("an answer has * for any letters; here each way of writing is listed")


def _accepted(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words_only(text) for text in texts))


def _near_misses(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    taken = Names()
    made = []
    for number, answer in enumerate(answers, 1):
        name = unique(answer.text, taken, f"near-{number}")
        said = one_line(answer.feedback) or missing(f"what {name} gets right in %question, and what is still missing")
        made.append({"id": name, "accept": _accepted([answer.text]), "feedback": said})
    return made


def matched(draft: Draft, pairs: Sequence[tuple[str, str]]) -> None:
    """Makes the draft lines to match, or things to sort where several lines have the same partner."""
    partners = [words_only(partner) for _, partner in pairs]
    if max(map(len, partners), default=0) > TITLE:
        raise Unusable("a partner is too long to stand in a list", f"at most {TITLE} characters")
    given = [(one_line(line), partner) for (line, _), partner in zip(pairs, partners, strict=True)]
    lines = [(line, partner) for line, partner in given if line]
    spare = list(dict.fromkeys(p for line, p in given if not line and p not in {partner for _, partner in lines}))
    if len({partner.casefold() for _, partner in lines}) < len(lines):
        _sorted(draft, lines, spare)
        return
    taken = Names()
    draft.kind = "matching"
    draft.rest["pairs"] = [_pair(line, partner, taken, number) for number, (line, partner) in enumerate(lines, 1)]
    if spare:
        draft.rest["extra"] = [_spare(text, taken, number) for number, text in enumerate(spare, 1)]


def _pair(line: str, partner: str, taken: Names, number: int) -> dict[str, Any]:
    name = unique(line, taken, f"pair-{number}")
    return {"id": name, "prompt": line, "match": partner, "feedback": missing(f"why {name} in %question belongs there")}


def _spare(text: str, taken: Names, number: int) -> dict[str, Any]:
    name = unique(text, taken, f"partner-{number}")
    return {"id": name, "text": text, "feedback": missing(f"why {name} in %question fits none of the lines")}


def _sorted(draft: Draft, lines: Sequence[tuple[str, str]], spare: Sequence[str]) -> None:
    draft.kind = "sorting"
    draft.losses.append("several lines have the same partner, so they are to be sorted into groups")
    if spare:
        draft.losses.append(f"groups that nothing belongs to were left out: {', '.join(spare)}")
    taken = Names()
    groups: dict[str, tuple[str, str]] = {}
    for _, partner in lines:
        if partner.casefold() not in groups:
            groups[partner.casefold()] = unique(partner, taken, f"group-{len(groups) + 1}"), partner
    draft.rest["categories"] = [{"id": name, "title": title} for name, title in groups.values()]
    items = []
    for number, (line, partner) in enumerate(lines, 1):
        name = unique(line, taken, f"item-{number}")
        said = missing(f"why {name} in %question belongs there")
        items.append({"id": name, "text": line, "category": groups[partner.casefold()][0], "feedback": said})
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


def completed(draft: Draft, text: str, gaps: Sequence[tuple[str, Sequence[str], str]]) -> None:
    """Makes the draft a text with gaps. Each gap has a name, the words that fit, and feedback."""
    draft.kind = "gap"
    draft.rest["text"] = one_line(text)
    draft.rest["gaps"] = {
        name: {
            "label": missing(f"what kind of word belongs in the gap {name}"),
            "accept": _accepted(words),
            "feedback": one_line(feedback) or missing(f"why {name} in %question is the word"),
        }
        for name, words, feedback in gaps
    }
