"""Feedback must explain, kindly and for this option alone, and claims must rest on something: Q140 to Q144."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from alongside.files.located import Place
from alongside.files.problems import quoted
from alongside.model.element import Element, Text, children, descendants, own_texts
from alongside.model.modules import Module, ModuleOutline
from alongside.model.questions import Question
from alongside.model.questions.interaction import Rate, Reflect
from alongside.model.questions.keys import answers
from alongside.model.scenarios import ScenarioChoice, ScenarioNode
from alongside.model.steps import Turn
from alongside.rules.rule import Context, Finding, rule
from alongside.texts.wordforms import named, overlap, without_spoken, words

FEWEST_WORDS, MOST_WORDS = 8, 60
ALIKE = 0.9

#: Feedback of nothing but these words says only whether it was right.
VERDICTS = frozenset(
    "correct incorrect right wrong true false yes no try again well done good great job excellent perfect sorry not quite "
    "that's that is this it answer the a almost nearly never mind okay ok".split()
)
#: Judges the person, or makes light of a mistake. Only outside quotation marks.
PERSON = re.compile(
    r"\b(?:you(?:['’]re| are) (?:wrong|right|clever|smart|brilliant)|good job|great job|nice try|well done|good work|bad choice|"
    r"obviously|as everyone knows|clever|silly|stupid|foolish|you should have known|you failed)\b|^(?:wrong|incorrect)\b",
    re.IGNORECASE,
)
#: Speaks of research, or gives a share.
CLAIM = re.compile(
    r"\bresearch (?:has |have )?(?:show|shows|shown|find|finds|found|suggest|suggests|prove|proves|proved|say|says|tell|tells)\b|"
    r"\b(?:stud(?:y|ies)|trials?|experiments?|meta-analys[ie]s|evidence) (?:has |have )?(?:show|find|found|suggest|prove|report|confirm)\w*|"
    r"\b(?:one|a|another|this|that|several|many|most|two|three|some|recent|early|large|small) (?:stud(?:y|ies)|trials?|experiments?|meta-analys[ie]s|surveys?)\b(?! (?:group|partner|room|plan|skills?|leave|guide))|"
    r"\bscientists\b|\bproven\b|\d ?%|\d per ?cent\b",
    re.IGNORECASE,
)
#: A text without any of these makes no claim.
CLAIM_NEEDS = (
    "research",
    "stud",
    "trial",
    "experiment",
    "meta-analys",
    "evidence",
    "survey",
    "scientists",
    "proven",
    "%",
    "per",
)
#: Fields that say again what the text says; its citation is enough.
SUMMING_UP = frozenset({"summary", "key_points", "rule", "example"})
PARAGRAPHS = re.compile(r"\n[ \t]*\n")


def _feedback(question: Question) -> Iterator[tuple[str, Place]]:
    """Every text that answers a response."""
    for element in descendants(question):
        for field in ("feedback", "otherwise"):
            text = getattr(element, field, None)
            if isinstance(text, str):
                yield text, element.place(field)


@rule("Q140", "thin-feedback", "warning", "question", escalates=True)
def thin_feedback(question: Question, context: Context) -> Iterator[Finding]:
    """Feedback that says no more than right or wrong, or too much."""
    for text, place in _feedback(question):
        said = words(text)
        count = len(said)
        # Where nothing is judged, a short answer is no verdict: “Try it.” on a scale.
        judged = not isinstance(question.shape, Rate | Reflect)
        if judged and all(word in VERDICTS for word in said):
            yield Finding(
                "this feedback says only whether it was right",
                place,
                "what it does to the other person, and why",
                "for example: This moves to fixing before the person feels heard.",
                "error",
            )
        elif judged and count < FEWEST_WORDS:
            yield Finding(
                f"this feedback has {named(count, 'word')}",
                place,
                f"at least {FEWEST_WORDS} words: what it does to the other person, and why",
            )
        elif count > MOST_WORDS:
            yield Finding(
                f"this feedback has {count} words",
                place,
                f"at most {MOST_WORDS} words",
                "move the teaching into the lesson or the rationale",
            )


@rule("Q141", "feedback-duplicate", "warning", "question")
def feedback_duplicate(question: Question, context: Context) -> Iterator[Finding]:
    """Feedback that was copied from another option."""
    copied: set[Place] = set()
    for (first, _), (second, place) in combinations(list(_feedback(question)), 2):
        if place not in copied and len(words(second)) >= 3 and overlap(first, second) >= ALIKE:
            copied.add(place)
            yield Finding(
                "this feedback is nearly the same as another one of this question",
                place,
                "feedback for this response alone",
                "say what this one does",
            )


@rule("Q142", "feedback-person", "warning", "question")
def feedback_person(question: Question, context: Context) -> Iterator[Finding]:
    """Feedback that judges the person instead of the reply."""
    for text, place in _feedback(question):
        found = PERSON.search(without_spoken(text))
        if found:
            yield Finding(
                f"{quoted(found.group())} speaks about the person",
                place.within(text, found.start()),
                "what the reply does, in a calm voice",
                "for example: This reply leaves little room to answer.",
            )


@rule("Q143", "distractor-misconception", "warning", "question")
def distractor_misconception(question: Question, context: Context) -> Iterator[Finding]:
    """Wrong options that do not name the belief that makes them tempting."""
    for option in answers(question).others:
        if not option.misconception and option.verdict != "acceptable":
            yield Finding(
                f"the option {quoted(option.id)} names no misconception",
                option.place(),
                "the mistaken belief behind it",
                "for example: misconception: Advice is what people come for.",
            )


# --------------------------------------------------------------------- claims


@rule("Q144", "untested-claim", "warning", "module")
def untested_claim(module: Module, context: Context) -> Iterator[Finding]:
    """Sentences that speak of research and cite nothing near."""
    for file in module.files:
        written = list(_written(file))
        backed = isinstance(file, ModuleOutline) or any("[@" in text.value for text in written)
        for text in written:
            if not (backed and text.field in SUMMING_UP):
                yield from _claims(text)


def _written(element: Element) -> Iterator[Text]:
    """What the curriculum itself says: without what people say, and without questions that cite something."""
    if isinstance(element, Turn) or (isinstance(element, Question) and element.cites):
        return
    for text in own_texts(element):
        if not (isinstance(element, ScenarioNode | ScenarioChoice) and text.field in {"says", "text"}):
            yield text
    for child in children(element):
        yield from _written(child)


def _claims(text: Text) -> Iterator[Finding]:
    lower = text.value.lower()
    if not any(piece in lower for piece in CLAIM_NEEDS):
        return
    parts = PARAGRAPHS.split(text.value)
    start = 0
    for index, part in enumerate(parts):
        found = CLAIM.search(without_spoken(part))
        if found and "[@" not in "".join(parts[max(0, index - 1) : index + 2]):
            offset = text.value.index(part, start) + found.start()
            yield Finding(
                f"{quoted(found.group())} speaks of research, and no source is cited",
                text.place.within(text.value, offset),
                "a citation such as [@weger-2014], or cites: in a question",
                "name the source, or say it as your own experience",
            )
        start = text.value.index(part, start) + len(part)
