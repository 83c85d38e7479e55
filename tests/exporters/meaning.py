"""What a question means, told by the course itself and by those who read what was exported."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from alongside.model.questions import Question
from alongside.model.questions.interaction import (
    GRADED,
    Calculate,
    Choose,
    Match,
    Order,
    Pick,
    Rate,
    Reflect,
    Span,
    Write,
)
from alongside.render.markdown import Prose, References
from alongside.render.template_context import VERDICT_WORDS

PROSE = Prose(References())
#: Shares of what is right, as near as banks write them.
NEAR = 0.001


@dataclass
class Meaning:
    """A question without the form of any file: plain words, shares from -1 to 1, and feedback."""

    asked: str
    #: What can be chosen or written: its share, and what is said of it.
    answers: dict[str, tuple[float, str]] = field(default_factory=dict)
    several: bool = False
    #: Lines with their partners, and partners of no line behind an empty one.
    pairs: set[tuple[str, str]] = field(default_factory=set)
    #: Lines in the right order.
    order: list[str] = field(default_factory=list)
    after: str = ""
    hints: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    id: str = ""


def words(markup: str) -> str:
    """The words of HTML."""
    return tidy(html.unescape(re.sub(r"<[^<>]*>", " ", markup)))


def tidy(text: str) -> str:
    """Words without the difference between one blank and several, nor blanks before signs."""
    return re.sub(r" (?=[.,;:?!”’)])", "", " ".join(text.split()))


def shown(text: str) -> str:
    """The words of a text as the site shows them."""
    return words(str(PROSE.block(text)))


def said(pick: Pick) -> str:
    """The feedback of a choice as the site shows it."""
    word = f"{VERDICT_WORDS[pick.verdict]}. " if pick.verdict in GRADED else ""
    return word + shown(pick.feedback)


def answers_of(question: Question, feedback: Callable[[Pick], str] = said) -> dict[str, tuple[float, str]]:
    """What can be chosen or written, by the shape."""
    shape = question.shape
    if isinstance(shape, Choose):
        right = sum(pick.credit == 1 for pick in shape.picks)
        return {
            shown(p.text): ((p.credit if not shape.several else (1 if p.credit else -1) / right), feedback(p))
            for p in shape.picks
        }
    if isinstance(shape, Write):
        found: dict[str, tuple[float, str]] = {}
        for blank in shape.blanks:
            typed = {} if blank.picks else {text: (1.0, shown(blank.feedback)) for text in blank.accept}
            found |= typed | {pick.text: (pick.credit, shown(pick.feedback)) for pick in blank.picks}
            found |= {text: (0.0, shown(near.feedback)) for near in blank.near for text in near.accept}
            found |= {"*": (0.0, shown(blank.otherwise))} if blank.otherwise else {}
        return found
    if isinstance(shape, Calculate):
        numbers = {span_of(span): (1.0, shown(shape.feedback)) for span in shape.spans}
        numbers |= {span_of(span): (0.0, shown(slip.feedback)) for slip in shape.slips for span in slip.spans}
        return numbers | {"*": (0.0, shown(shape.otherwise))}
    if isinstance(shape, Rate):
        return {text: (0.0, shown(advice)) for text, advice in zip(shape.steps, shape.advice, strict=True)}
    return {}


def span_of(span: Span) -> str:
    """A span by its ends: `40..50`."""
    return between(span.low, span.high)


def between(low: Decimal, high: Decimal) -> str:
    """Ends of a span, whichever way they are written in a file."""
    return "..".join(f"{end.normalize() + 0:f}" for end in (low, high))


def pairs_of(question: Question) -> set[tuple[str, str]]:
    """Lines with their partners, by the shape."""
    shape = question.shape
    if not isinstance(shape, Match):
        return set()
    targets, key = {pick.id: pick.text for pick in shape.targets}, dict(shape.key)
    used = {(shown(pick.text), targets[key[pick.id]]) for pick in shape.prompts}
    return used | {("", pick.text) for pick in shape.targets if pick.id not in key.values()}


def order_of(question: Question) -> list[str]:
    """Lines in the right order, by the shape."""
    shape = question.shape
    return [shown(pick.text) for pick in shape.picks] if isinstance(shape, Order) else []


def owed_after(question: Question) -> list[str]:
    """Everything that is to be said after an answer, and has no place beside a part of it."""
    shape = question.shape
    owed = [question.rationale] if question.rationale else []
    if isinstance(shape, Order):
        owed += [pick.feedback for pick in shape.picks]
    elif isinstance(shape, Match):
        owed += [pick.feedback for pick in (*shape.prompts, *shape.targets) if pick.feedback]
    elif isinstance(shape, Write) and shape.text is not None:
        owed += [blank.feedback for blank in shape.blanks]
    elif isinstance(shape, Reflect):
        owed += [*shape.models, *shape.reasons, *shape.criteria, *shape.advice]
    return [shown(text) for text in owed]


def owed_before(question: Question) -> list[str]:
    """Everything that is asked: the case, the question, and the text around gaps."""
    shape = question.shape
    texts = [question.context or "", question.prompt]
    if isinstance(shape, Write) and shape.text:
        texts += re.split(r"\{[a-z0-9-]+\}", shape.text)
    texts += [shape.unit] if isinstance(shape, Calculate) else []
    return [piece for piece in map(shown, texts) if re.search(r"\w", piece)]


def differences(question: Question, read: Meaning, *, hints: bool, beside: bool = True) -> list[str]:
    """What a question means in the course and not in a file. Without `beside` the format has no feedback beside answers."""
    found = [f"asked: {piece}" for piece in owed_before(question) if piece not in read.asked]
    found += [f"after: {piece}" for piece in owed_after(question) if piece not in read.after]
    wanted = answers_of(question)
    if wanted.keys() != read.answers.keys():
        found.append(f"answers: {sorted(wanted)} and {sorted(read.answers)}")
    for text in wanted.keys() & read.answers.keys():
        worth, feedback = read.answers[text]
        if abs(worth - wanted[text][0]) > NEAR:
            found.append(f"worth: {text}: {wanted[text][0]} and {worth}")
        together = not feedback and wanted[text][1] in read.after
        if beside and feedback != wanted[text][1] and not together:
            found.append(f"feedback: {text}: {wanted[text][1]!r} and {feedback!r}")
    shape = question.shape
    if isinstance(shape, Choose) and shape.several != read.several:
        found.append("one or several")
    if pairs_of(question) != read.pairs:
        found.append(f"pairs: {sorted(pairs_of(question) ^ read.pairs)}")
    if order_of(question) != read.order:
        found.append(f"order: {order_of(question)} and {read.order}")
    if hints and [shown(hint) for hint in question.hints] != read.hints:
        found.append("hints")
    return found
