"""The parts of a question must fit together: Q120 to Q128, Q146 and Q147."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from alongside.files.located import Place
from alongside.files.problems import nearest, quoted
from alongside.model.element import children, descendants
from alongside.model.questions import Question
from alongside.model.questions.interaction import Blank, Calculate, Match, Near, Order, Pick, Slip, Span, Write
from alongside.model.questions.numerals import digits
from alongside.model.questions.written import closely, loosely
from alongside.rules.rule import Context, Finding, repeats, rule
from alongside.texts.shown import heard
from alongside.texts.wordforms import named, plain

#: Markdown and our own signs in an answer, which stands on the page as it is written.
MARKED = re.compile(
    r"\*\*[^*\s][^*]*\*\*|(?<![\w*])\*[^*\s][^*]*\*(?![\w*])|`[^`]+`|"
    r"\[\[[^\[\]]+\]\]|\[@[^\[\]]+\]|\[[^\[\]]+\]\([^()\s]+\)"
)
DRAWN_GAP = re.compile(r"_{3,}|\.{4,}|…{2,}")


@rule("Q120", "repeated-id", "error", "question")
def repeated_id(question: Question, context: Context) -> Iterator[Finding]:
    """Ids that stand twice in a question, so that an answer could mean either."""
    for element in descendants(question):
        parts = [(name, part.place("id")) for part in children(element) if (name := getattr(part, "id", None))]
        for (name, place), _ in repeats((name, (name, place)) for name, place in parts):
            yield Finding(
                f"the id {quoted(name)} stands twice in this question",
                place,
                "each id once",
                "give one of the two another id; saved answers are found by it",
            )


@rule("Q121", "repeated-entry", "error", "question")
def repeated_entry(question: Question, context: Context) -> Iterator[Finding]:
    """Lines, partners or groups that read the same, so that nobody can tell which is meant."""
    for noun, entries in _entries(question):
        for (_, place), (first, _) in repeats((heard(p.text), (p.id, p.place("text"))) for p in entries):
            yield Finding(
                f"this {noun} reads the same as {quoted(first)}",
                place,
                f"each {noun} once",
                "say what tells the two apart",
            )


def _entries(question: Question) -> Iterator[tuple[str, Sequence[Pick]]]:
    match question.shape:
        case Order(picks, noun):
            yield noun, picks
        case Match() as shape:
            yield shape.noun, shape.prompts
            yield shape.target_noun, shape.targets
        case Write() as shape:
            for blank in shape.blanks:
                yield shape.noun, blank.picks


@rule("Q122", "unknown-category", "error", "question")
def unknown_category(question: Question, context: Context) -> Iterator[Finding]:
    """Things that belong to a group that is not there."""
    if isinstance(shape := question.shape, Match):
        known, belongs = [target.id for target in shape.targets], dict(shape.key)
        for prompt in shape.prompts:
            name = belongs[prompt.id]
            if name not in known:
                yield Finding(
                    f"there is no {shape.target_noun} {quoted(name)}{nearest(name, known)}",
                    prompt.place(shape.key_field),
                    f"one of: {', '.join(known)}",
                )


@rule("Q123", "empty-category", "error", "question")
def empty_category(question: Question, context: Context) -> Iterator[Finding]:
    """Groups to which nothing belongs."""
    if isinstance(shape := question.shape, Match):
        used = {target for _, target in shape.key}
        for target in shape.targets:
            if target.verdict == "right" and target.id not in used:
                yield Finding(
                    f"nothing belongs to the {shape.target_noun} {quoted(target.text)}",
                    target.place(),
                    f"at least one thing for each {shape.target_noun}",
                    f"add a thing that belongs there, or delete the {shape.target_noun}",
                )


@rule("Q124", "gap-unmatched", "error", "question")
def gap_unmatched(question: Question, context: Context) -> Iterator[Finding]:
    """Gaps in the text that are not described, and described ones that the text does not have."""
    shape = question.shape
    if not isinstance(shape, Write) or shape.text is None:
        return
    described, in_text = [blank.name for blank in shape.blanks], Counter(shape.gaps)
    for name, times in in_text.items():
        place = question.place("text").within(shape.text, shape.text.index(f"{{{name}}}"))
        if name not in described:
            yield Finding(
                f"the text has a gap {quoted(name)} that gaps does not have{nearest(name, described)}",
                place,
                f"one of: {', '.join(described)}",
            )
        elif times > 1:
            yield Finding(
                f"the gap {quoted(name)} stands {times} times in the text",
                place,
                "each gap once",
                "give each gap a name of its own",
            )
    for name in described:
        if name not in in_text:
            yield Finding(
                f"the text has no gap {quoted(name)}",
                question.place("gaps", name, key=True),
                f"{{{name}}} where the word belongs",
            )


@rule("Q125", "gap-key", "error", "question")
def gap_key(question: Question, context: Context) -> Iterator[Finding]:
    """Lists to pick from in which not exactly one word is right."""
    shape = question.shape
    for blank in shape.blanks if isinstance(shape, Write) else ():
        right = sum(pick.verdict == "right" for pick in blank.picks)
        if blank.picks and right != 1:
            yield Finding(
                f"{named(right, 'option')} of this gap {'is' if right == 1 else 'are'} in accept",
                blank.part.place("options"),
                "exactly one option that is also in accept",
                f"accept: [{blank.picks[0].text}]",
            )


@rule("Q126", "drawn-gap", "error", "question")
def drawn_gap(question: Question, context: Context) -> Iterator[Finding]:
    """Lines of underscores, which a screen reader reads one by one or not at all."""
    for field in ("prompt", "context", "text"):
        text = getattr(question, field, None) or ""
        found = DRAWN_GAP.search(text)
        if found:
            yield Finding(
                "a gap is drawn with a row of marks",
                question.place(field).within(text, found.start()),
                "a gap that is read out as one",
                "use kind: gap and write {word}",
            )


@rule("Q127", "near-accepted", "error", "question")
def near_accepted(question: Question, context: Context) -> Iterator[Finding]:
    """Near misses and mistakes that count as right already, or stand in two lists."""
    if isinstance(shape := question.shape, Calculate):
        yield from _reached(shape)
    for blank in question.shape.blanks if isinstance(question.shape, Write) else ():
        yield from _listed_twice(blank)


def _reached(shape: Calculate) -> Iterator[Finding]:
    """Numbers of a mistake that lie in what is right, or in an earlier mistake, which both go first."""
    before: list[tuple[Span, str]] = [(span, "right") for span in shape.spans]
    for slip in shape.slips:
        for span, place in _numbers(slip):
            owner = next((owner for other, owner in before if span.within(other)), None)
            if owner is not None:
                yield Finding(
                    "these numbers count as right already"
                    if owner == "right"
                    else f"{quoted(owner)} has these already",
                    place,
                    "each number in one list",
                    "delete them from one of the two, or make the other range narrower",
                )
        before += [(span, slip.id) for span in slip.spans]


def _numbers(part: Calculate | Slip) -> Iterator[tuple[Span, Place]]:
    """What is listed to be right, or to be a mistake, with its places."""
    for index, span in enumerate(part.spans):
        yield span, part.part.place(part.field, index)


@rule("Q128", "empty-range", "error", "question")
def empty_range(question: Question, context: Context) -> Iterator[Finding]:
    """Ranges that end before they begin, so that no number lies in them."""
    shape = question.shape
    if not isinstance(shape, Calculate):
        return
    parts: tuple[Calculate | Slip, ...] = (shape, *shape.slips)
    for part in parts:
        for span, place in _numbers(part):
            if span.high < span.low:
                low, high = digits(span.high), digits(span.low)
                yield Finding("no number lies in this range", place, "the lower number first", f"{low} to {high}")


def _listed_twice(blank: Blank) -> Iterator[Finding]:
    owner = dict.fromkeys((closely(text) for text in blank.accept), "accept")
    for near in blank.near:
        for text, place in _written(near):
            where = owner.setdefault(closely(text), near.id)
            if where != near.id:
                listed = "among the right answers" if where == "accept" else f"in {quoted(where)}"
                yield Finding(
                    f"{quoted(text)} stands {listed} as well",
                    place,
                    "each answer in one list",
                    "delete it from one of the two",
                )


def _written(part: Blank | Near) -> Iterator[tuple[str, Place]]:
    """What is listed to be written, with its places."""
    for index, text in enumerate(part.accept):
        yield text, part.part.place("accept", index)


def _lists(question: Question) -> Iterator[Sequence[Blank | Near]]:
    """For each place to write in its right answers and its near misses. Where one picks from a list nothing is written."""
    for blank in question.shape.blanks if isinstance(question.shape, Write) else ():
        if not blank.picks:
            yield (blank, *blank.near)


@rule("Q146", "unwritable-answer", "error", "question")
def unwritable_answer(question: Question, context: Context) -> Iterator[Finding]:
    """Answers that nobody can write: nothing to be seen, several lines, or marks of Markdown that would have to be typed."""
    for part in (part for lists in _lists(question) for part in lists):
        for text, place in _written(part):
            if not closely(text):
                yield Finding("this answer has nothing that can be written", place, "letters, digits or signs")
            elif "\n" in text:
                yield Finding("this answer has several lines, and only one can be written", place, "one line")
            elif MARKED.search(text):
                yield Finding(
                    f"the marks in {quoted(text)} would have to be written too",
                    place,
                    "the answer as learners write it, without Markdown",
                    plain(text),
                    "warning",
                )


@rule("Q147", "repeated-answer", "warning", "question")
def repeated_answer(question: Question, context: Context) -> Iterator[Finding]:
    """Answers listed twice: capitals, accents, hyphens between words and a last full stop do not count, and ranges hold numbers."""
    if isinstance(shape := question.shape, Calculate):
        yield from _held(shape)
    for lists in _lists(question):
        for part in lists:
            others = {loosely(text) for other in lists if other is not part for text in other.accept}
            for (text, place), (first, _) in repeats((loosely(text), (text, place)) for text, place in _written(part)):
                if loosely(text) not in others:
                    yield Finding(
                        f"{quoted(text)} is the same answer as {quoted(first)}",
                        place,
                        "each answer once",
                        "delete one of the two",
                    )


def _held(shape: Calculate) -> Iterator[Finding]:
    """Numbers of a list that lie in another entry of it."""
    parts: tuple[Calculate | Slip, ...] = (shape, *shape.slips)
    for part in parts:
        entries = list(_numbers(part))
        for index, (span, place) in enumerate(entries):
            others = (other for at, (other, _) in enumerate(entries) if at != index and (at < index or other != span))
            if any(span.within(other) for other in others):
                yield Finding(
                    "another entry of this list has these numbers already",
                    place,
                    "each number once",
                    "delete one of the two",
                )
