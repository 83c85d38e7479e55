"""Options must not give the key away by their form: Q108 to Q117."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from alongside.files.problems import Severity, quoted
from alongside.model.curriculum import Curriculum
from alongside.model.questions import Question
from alongside.model.questions.interaction import Pick
from alongside.model.questions.keys import answers, chosen, is_two_way, options, single_key
from alongside.rules.rule import Context, Finding, rule
from alongside.texts import markup
from alongside.texts.wordforms import CLOSING, OPENING, length, plain, same, stem, telling, words

#: Longest option at most this many times the shortest, where the longest has more than so many characters.
SPREAD, SPREAD_FROM = 3.0, 40

ALL_ABOVE = re.compile(r"\b(?:all|both|any|each|two) of the (?:above|options|answers)\b|\ball the above\b")
ALL = frozenset({"all of these", "all of them", "both of these", "both of them", "all three", "both", "any of these"})
NONE_ABOVE = re.compile(r"\b(?:none|neither) of the (?:above|options|answers)\b")
NONE = frozenset(
    {"none of these", "none of them", "neither", "neither of these", "neither of them", "no answer is right"}
)
LETTERS = re.compile(r"(both |neither )?(?:option |answer )?[a-h1-5],? (?:and|or|nor) (?:option |answer )?[a-h1-5]")

HEDGES = frozenset("usually often may can sometimes generally".split())
#: After these, or before those, `can` and `may` say what someone is able or allowed to do.
ABLE_AFTER = frozenset("i you we they he she it not".split())
ABLE_BEFORE = frozenset("i you we they he she who what that so mentee mentor person".split())

#: -ing words that are no verbs.
NO_VERBS = frozenset(
    "nothing something anything everything bring during king thing things string sing spring morning evening".split()
)
#: Options that may stand in a fixed order: amounts, times, and words of a scale.
SCALE = re.compile(
    r"\s*[“\"]?(?:\d+|about \d|under \d|over \d|less than|more than|never|rarely|sometimes|often|always|strongly|"
    r"very|not at all|a little|somewhat|one|two|three|four|five|once|twice)\b",
    re.IGNORECASE,
)
EMOJI = re.compile(markup.EMOJI)

SHORT_JOKE, LONG_OTHERS = 3, 6
LEAD = 3


@rule("Q108", "length-spread", "warning", "question")
def length_spread(question: Question, context: Context) -> Iterator[Finding]:
    """Options of very different length."""
    found = answers(question)
    picks = (*found.key, *found.others)
    if not picks:
        return
    longest, shortest = (most(picks, key=lambda o: length(o.text)) for most in (max, min))
    most, least = length(longest.text), length(shortest.text)
    if most > SPREAD_FROM and most > SPREAD * least:
        yield Finding(
            f"one option has {most} characters, another {least}",
            longest.place("text"),
            "none more than three times as long as another",
            "shorten this one, or say more in the other",
        )


@rule("Q109", "all-of-above", "error", "question")
def all_of_above(question: Question, context: Context) -> Iterator[Finding]:
    """Options that stand for several others."""
    for option in options(question):
        text = same(option.text)
        letters = LETTERS.fullmatch(text)
        if ALL_ABOVE.search(text) or text in ALL or (letters and letters[1] != "neither "):
            yield Finding(
                f"the option {quoted(option.text)} stands for others",
                option.place("text"),
                "options that each say one thing",
                "delete it, or use kind: choices",
            )


@rule("Q110", "none-of-above", "error", "question")
def none_of_above(question: Question, context: Context) -> Iterator[Finding]:
    """Options that only say that the others are wrong."""
    severity: Severity = "warning" if _several(question) else "error"
    for option in options(question):
        text = same(option.text)
        if NONE_ABOVE.search(text) or text in NONE or (LETTERS.fullmatch(text) and text.startswith("neither")):
            yield Finding(
                f"the option {quoted(option.text)} only rules out the others",
                option.place("text"),
                "an answer that teaches what is right",
                "write the right answer instead",
                severity,
            )


def _several(question: Question) -> bool:
    shape = chosen(question)
    return shape is not None and shape.several


# --------------------------------------------------------------- words as cues


@rule("Q111", "hedge-only-in-key", "warning", "question")
def hedge_only_in_key(question: Question, context: Context) -> Iterator[Finding]:
    """Usually, often, may and their like in the right option only."""
    found = answers(question)
    if not found.comparable or any(_hedges(option.text) for option in found.others):
        return
    for option in found.key:
        for word in _hedges(option.text)[:1]:
            yield Finding(
                f"{quoted(word)} stands only in a right option",
                option.place("text"),
                "careful words on both sides, or on neither",
                "make a wrong option as careful as this one",
            )


def _hedges(text: str) -> list[str]:
    sequence = ("", *words(text), "")
    return [
        word
        for before, word, after in zip(sequence, sequence[1:], sequence[2:], strict=False)
        if word in HEDGES and not (word in {"can", "may"} and (after in ABLE_AFTER or before in ABLE_BEFORE))
    ]


@rule("Q112", "clang", "warning", "question")
def clang(question: Question, context: Context) -> Iterator[Finding]:
    """A telling word of the prompt that comes back in the right option only."""
    found = single_key(question)
    if not found:
        return
    key, others = found
    shared = telling(question.prompt) & telling(key.text)
    shared -= {word for option in others for word in telling(option.text)}
    if shared:
        shared -= _terms(context.curriculum)
    for word in words(key.text):
        if stem(word) in shared:
            message = f"{quoted(word)} stands in the prompt and in the right option only"
            yield Finding(
                message,
                key.place("text"),
                "a word that is in all options, or in none",
                "use another word in the prompt or in this option",
            )
            return


def _terms(curriculum: Curriculum) -> set[str]:
    """Stems of the words of the trade: they may come back anywhere."""
    names = (name for term in curriculum.glossary.values() for name in (term.term, *term.also))
    return {stem(word) for name in names for word in words(name)}


# ---------------------------------------------------------------- form as a cue


@rule("Q113", "grammar-cue", "warning", "question")
def grammar_cue(question: Question, context: Context) -> Iterator[Finding]:
    """Options that do not fit the prompt or each other in grammar, punctuation or capitals."""
    picks = options(question)
    if picks and words(question.prompt)[-1:] in (("a",), ("an",)):
        yield Finding(
            f"the prompt ends in {quoted(words(question.prompt)[-1])}, which fits only some options",
            question.place("prompt"),
            "a prompt that fits every option",
            "move the article into the options",
        )
    for what, form in (
        ("ends with a full stop or a question mark", _ends_sentence),
        ("starts with a capital", _starts_high),
    ):
        yield from _odd_ones(picks, [form(plain(option.text)) for option in picks], what)
    found = single_key(question)
    if found:
        yield from _first_words(*found)


def _ends_sentence(text: str) -> bool:
    return text.rstrip(CLOSING)[-1:] in tuple(".?!…")


def _starts_high(text: str) -> bool | None:
    first = text.lstrip(OPENING)[:1]
    return first.isupper() if first.isalpha() else None


def _odd_ones(options: Sequence[Pick], forms: Sequence[bool | None], what: str) -> Iterator[Finding]:
    counts = Counter(form for form in forms if form is not None)
    if len(counts) < 2:
        return
    rare = min(counts, key=lambda form: (counts[form], form))
    option = options[list(forms).index(rare)]
    negated = (
        what if rare else what.replace("ends with", "does not end with").replace("starts with", "does not start with")
    )
    yield Finding(
        f"this option {negated}, others do{' not' if rare else ''}",
        option.place("text"),
        "options that are punctuated and written alike",
    )


def _first_words(key: Pick, others: tuple[Pick, ...]) -> Iterator[Finding]:
    own, forms = _word_class(key.text), {_word_class(option.text) for option in others}
    if own not in forms and (own or len(forms) == 1):
        described = own or "in another form"
        rest = "none of the others do" if own else f"all others start {next(iter(forms))}"
        yield Finding(
            f"the right option starts {described}, {rest}", key.place("text"), "options that start in the same form"
        )


def _word_class(text: str) -> str:
    """How an option starts, where that is easy to tell: in words that follow `starts`."""
    first = next(iter(words(text)), "")
    if plain(text)[:1] in {"“", '"'}:
        return "with a quotation mark"
    if first == "to":
        return "with “to”"
    return "with an -ing form" if first.endswith("ing") and first not in NO_VERBS else ""


@rule("Q114", "repeated-lead", "warning", "question")
def repeated_lead(question: Question, context: Context) -> Iterator[Finding]:
    """The same words at the start of every option."""
    picks = options(question)
    if not picks:
        return
    leads = {words(option.text)[:LEAD] for option in picks}
    lead = next(iter(leads))
    if len(leads) == 1 and len(lead) == LEAD:
        yield Finding(
            f"every option starts with {quoted(' '.join(lead))}",
            picks[0].place("text"),
            "options that hold only what differs",
            "move these words to the end of the prompt",
        )


@rule("Q115", "joke-distractor", "info", "question")
def joke_distractor(question: Question, context: Context) -> Iterator[Finding]:
    """Wrong options that nobody would choose: exclamations, emoji, a word among sentences."""
    found = answers(question)
    for option in found.others:
        others = [o for o in (*found.key, *found.others) if o is not option]
        if "!" in option.text or EMOJI.search(option.text):
            yield Finding(
                "this option shouts or has an emoji",
                option.place("text"),
                "a wrong option that a kind beginner might choose",
                "say it in a calm voice",
            )
        elif len(words(option.text)) < SHORT_JOKE and all(len(words(o.text)) > LONG_OTHERS for o in others):
            yield Finding(
                "this option is a word among sentences",
                option.place("text"),
                "a wrong option that a kind beginner might choose",
                "say it as fully as the others",
            )


@rule("Q116", "true-false", "info", "question")
def true_false(question: Question, context: Context) -> Iterator[Finding]:
    """Questions that can be answered by tossing a coin."""
    if is_two_way(question):
        yield Finding(
            "this question can be answered by tossing a coin",
            question.place("options"),
            "three or four options",
            "ask what follows from it, or why it is so",
        )


@rule("Q117", "fixed-order", "warning", "question")
def fixed_order(question: Question, context: Context) -> Iterator[Finding]:
    """Options in a fixed order that are no scale."""
    shape = chosen(question)
    if shape is None or question.shuffle or shape.ordered or is_two_way(question):
        return
    if not all(SCALE.match(pick.text) for pick in shape.picks):
        yield Finding(
            "these options keep the order in which they were written",
            question.place("shuffle"),
            "a fixed order only for scales and amounts",
            "delete the line shuffle: false",
        )
