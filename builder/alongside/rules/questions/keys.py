"""What counts as right must be beyond doubt, and the options must be told apart: Q101 to Q107."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from alongside.files.problems import Severity, quoted
from alongside.model.questions import Question
from alongside.model.questions.interaction import Choose, Pick
from alongside.model.questions.keys import answers, chosen, is_two_way, options, single_key
from alongside.rules.rule import Context, Finding, Rule, enter, rule
from alongside.texts.shown import overlap_of_tokens, shown
from alongside.texts.wordforms import length, named, words

#: More options than this cost reading and gain nothing. Signs to look for may be more.
MOST_OPTIONS, MOST_SIGNS = 5, 7
#: Share of words in common from which two options are too much alike.
ALIKE = 0.80

#: A key this many times as long as the longest other option, and this many characters longer.
#: Single keys may be long: people need words for a good reply. That keys are longest more often than by chance is P130.
LONGER: tuple[tuple[float, int, Severity], ...] = ((2.0, 40, "warning"), (1.6, 25, "info"))
SHORTER = 0.6

ABSOLUTE = frozenset("always never all none only every must completely entirely impossible".split())
#: `all` leaves no exception before these; before other words it mostly paints a picture: “all eyes on you”.
ALL_OF = frozenset(
    "of the those these people mentees mentors others cases times questions feelings advice your their".split()
)
#: Words that make an absolute one harmless, after it and before it.
HARMLESS_AFTER = {
    "every": frozenset("day week month year morning evening time now other few hour tuesday friday".split()),
    "only": frozenset("child if when then just".split()),
    "must": frozenset("be have feel seem find mean hurt miss".split()),
}
HARMLESS_BEFORE = {
    "all": frozenset("at after of".split()),
    "only": frozenset("not the if".split()),
    "always": frozenset({"not"}),
    "every": frozenset({"not"}),
}


@rule("Q101", "key-count", "error", "question")
def key_count(question: Question, context: Context) -> Iterator[Finding]:
    """One right option to choose one; two right and one wrong to choose several; a best one to judge."""
    shape, found = chosen(question), answers(question)
    right, wrong = len(found.key), len(found.others)
    if shape is None:
        return
    if shape.graded:
        yield from _grades(question, shape, right)
    elif not shape.several and right != 1:
        place = found.key[1].place("correct") if right else question.place(shape.field)
        yield Finding(
            f"this question has {named(right, 'right option')}",
            place,
            "exactly one option with correct: true",
            _fix(right, "choices"),
        )
    elif shape.several and (right < 2 or wrong < 1):
        message = (
            f"this question has {named(right, 'right option')} and {wrong} that {'is' if wrong == 1 else 'are'} not"
        )
        yield Finding(
            message,
            question.place(shape.field),
            "two or more right options and at least one that is not",
            _fix(right, "choice"),
        )


def _fix(right: int, other_kind: str) -> str:
    return f"leave correct: true with one of them, or use kind: {other_kind}" if right else "correct: true"


def _grades(question: Question, shape: Choose, best: int) -> Iterator[Finding]:
    noun, place = shape.noun, question.place(shape.field)
    if len({pick.verdict for pick in shape.picks}) == 1:
        yield Finding(
            f"every {noun} is graded {quoted(shape.picks[0].verdict)}",
            place,
            f"a best {noun} and others that are not as good",
            "grade: acceptable",
        )
    elif not best:
        yield Finding(f"no {noun} is graded best", place, f"at least one {noun} with grade: best", "grade: best")


@rule("Q102", "option-count", "warning", "question", escalates=True)
def option_count(question: Question, context: Context) -> Iterator[Finding]:
    """Three or four options, two only for yes and no."""
    shape = chosen(question)
    if shape is None:
        return
    count = len(shape.picks)
    most = MOST_SIGNS if shape.several or shape.ordered else MOST_OPTIONS
    if count < 3 and not is_two_way(question):
        yield Finding(
            f"there are only {count} {shape.noun}s",
            question.place(shape.field),
            f"three or four {shape.noun}s",
            "add a mistake that beginners really make",
            "error",
        )
    elif count > most:
        yield Finding(
            f"there are {count} {shape.noun}s",
            question.place(shape.field),
            f"three or four {shape.noun}s",
            "delete the least tempting ones",
        )


@rule("Q104", "option-duplicate", "warning", "question", escalates=True)
def option_duplicate(question: Question, context: Context) -> Iterator[Finding]:
    """Options that look the same, or say nearly the same."""
    for first, second in combinations(options(question), 2):
        if shown(first.text) == shown(second.text):
            yield Finding(
                f"this option looks the same as option {quoted(first.id)}",
                second.place("text"),
                "options that differ",
                "",
                "error",
            )
        elif overlap_of_tokens(first.text, second.text) >= ALIKE:
            yield Finding(
                f"this option has nearly the same words as option {quoted(first.id)}",
                second.place("text"),
                "options that differ in more than a word",
                "make each a mistake of its own",
            )


# -------------------------------------------------------------------- lengths


@rule("Q105", "key-longest", "warning", "question")
def key_longest(question: Question, context: Context) -> Iterator[Finding]:
    """A right option that is very much longer than the others."""
    found = single_key(question)
    if found:
        yield from longer_than_others(found[0], found[1], "right option")


def longer_than_others(key: Pick, others: tuple[Pick, ...], noun: str) -> Iterator[Finding]:
    """What is to be said of an option that stands out by its length."""
    own, longest = length(key.text), max(length(option.text) for option in others)
    severity = standing_out(own, longest)
    if severity:
        yield Finding(
            f"the {noun} has {own} characters, the next longest {longest}",
            key.place("text"),
            "others that say as much",
            "say more in the others, or move a reason into the feedback",
            severity,
        )


def standing_out(own: int, longest: int) -> Severity | None:
    """How much a text of `own` characters stands out, of which the longest other has `longest`; `None` for not at all."""
    return next((severity for times, more, severity in LONGER if own > times * longest and own >= longest + more), None)


@rule("Q106", "key-shortest", "info", "question")
def key_shortest(question: Question, context: Context) -> Iterator[Finding]:
    """A right option that is much shorter than the others."""
    found = single_key(question)
    if not found:
        return
    key, others = found
    own, shortest = length(key.text), min(length(option.text) for option in others)
    if own < SHORTER * shortest:
        yield Finding(
            f"the right option has {own} characters, the next shortest {shortest}",
            key.place("text"),
            "options of similar length",
            "shorten the others",
        )


# ------------------------------------------------------------- absolute words


@rule("Q107", "absolute-terms", "warning", "question")
def absolute_terms(question: Question, context: Context) -> Iterator[Finding]:
    """Always, never, all and their like in the wrong options but not the right ones, or only in the right ones."""
    found = answers(question)
    if not found.comparable:
        return
    in_right = [(option, word) for option in found.key for word in absolute_words(option.text)]
    in_wrong = [(option, word) for option in found.others for word in absolute_words(option.text)]
    if bool(in_right) == bool(in_wrong):
        return
    side = "right" if in_right else "wrong"
    for option, word in in_right or in_wrong:
        message = f"{quoted(word)} stands in a {side} option and in no {'wrong' if in_right else 'right'} one"
        yield Finding(
            message,
            option.place("text"),
            "words such as always and never on both sides, or on neither",
            "say it as carefully as the other options",
        )


def absolute_words(text: str) -> list[str]:
    """Words that leave no exception, without those that only sound so."""
    sequence = ("", *words(text), "")
    return [
        word
        for before, word, after in zip(sequence, sequence[1:], sequence[2:], strict=False)
        if word in ABSOLUTE
        and (word != "all" or after in ALL_OF)
        and after not in HARMLESS_AFTER.get(word, ())
        and before not in HARMLESS_BEFORE.get(word, ())
    ]


enter(Rule("Q103", "missing-feedback", "error", "question"))
