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
from alongside.rules.rule import Context, Finding, Rule
from alongside.texts.wordforms import CLOSING, OPENING, length, plain, same, stem, telling, words

#: Longest option at most this many times the shortest, where the longest has more than so many characters.
SPREAD, SPREAD_FROM = 2.0, 40

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
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")

SHORT_JOKE, LONG_OTHERS = 3, 6
LEAD = 3


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
            "options of similar length",
            "shorten this one, or say more in the other",
        )


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


def true_false(question: Question, context: Context) -> Iterator[Finding]:
    """Questions that can be answered by tossing a coin."""
    if is_two_way(question):
        yield Finding(
            "this question can be answered by tossing a coin",
            question.place("options"),
            "three or four options",
            "ask what follows from it, or why it is so",
        )


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


_FEEDBACK = "feedback: It gives back what you heard and leaves the next word to them."


def _choice(prompt: str, *options: str, more: str = "") -> str:
    """A question for an example; the first option is right."""
    lines = [
        f"  - {{id: {chr(97 + i)}, text: {o}, {'correct: true, ' if not i else ''}{_FEEDBACK}}}"
        for i, o in enumerate(options)
    ]
    return "\n".join(
        ["kind: choice", "id: an-example", f"prompt: {prompt}", *([more] if more else []), "options:", *lines, ""]
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "Q108",
        "length-spread",
        "warning",
        "question",
        "options differ much in length",
        "The odd one out draws the eye, whether it is right or wrong, and long options take long to read. "
        "Keep the longest option below twice the shortest.",
        bad=_choice(
            "What helps in a pause?",
            "Waiting",
            "Asking the same question again in slightly other words",
            "Finishing it",
        ),
        good=_choice(
            "What helps in a pause?", "Waiting for a while", "Asking the question again", "Finishing the sentence"
        ),
        check=length_spread,
    ),
    Rule(
        "Q109",
        "all-of-above",
        "error",
        "question",
        "an option stands for several others",
        "Whoever knows two right options has the third for free, and “A and B” means nothing once the options are mixed. "
        "Delete the option, or make the question one of kind choices.",
        bad=_choice("Which of these shows that you follow?", "All of the above", "A short summary", "A calm pause"),
        good=_choice("Which of these shows that you follow?", "A short summary", "A quick story", "A new subject"),
        check=all_of_above,
    ),
    Rule(
        "Q110",
        "none-of-above",
        "error",
        "question",
        "an option only rules out the others",
        "Someone who finds that nothing fits has not yet learned what would. "
        "Write the right answer out, and let feedback say why the others miss. Among choices, where several may be right, it is a warning.",
        bad=_choice("Which reply is a reflection?", "None of these", "“Did you call?”", "“Try a planner.”"),
        good=_choice("Which reply is a reflection?", "“You waited long.”", "“Did you call?”", "“Try a planner.”"),
        check=none_of_above,
    ),
    Rule(
        "Q111",
        "hedge-only-in-key",
        "warning",
        "question",
        "words such as usually stand only in the right option",
        "True statements about people need words such as often and may, and learners know it. English only. "
        "Let wrong options be as careful, or take the word out of the key.",
        bad=_choice(
            "What does a pause do?", "It often helps people think", "It makes people leave", "It ends the talk early"
        ),
        good=_choice(
            "What does a pause do?",
            "It often helps people think",
            "It often makes people leave",
            "It ends the talk early",
        ),
        check=hedge_only_in_key,
    ),
    Rule(
        "Q112",
        "clang",
        "warning",
        "question",
        "a word of the prompt comes back only in the right option",
        "An echo of the prompt leads to the key without any knowledge, and makes questions easier than they should be (Pham and others 2018). English only; words of the glossary do not count. "
        "Use another word on one side, or the same word in a wrong option too.",
        bad=_choice(
            "How do you respond to sadness?",
            "Say that you see the sadness",
            "Tell a cheerful story",
            "Change the subject soon",
        ),
        good=_choice(
            "How do you respond to sadness?", "Say what you can see", "Tell a cheerful story", "Change the subject"
        ),
        check=clang,
    ),
    Rule(
        "Q113",
        "grammar-cue",
        "warning",
        "question",
        "an option does not fit the others in form",
        "Writers polish the right option: it fits the grammar of the prompt, and it alone ends in a full stop or starts with a verb. "
        "Give all options the same form. English only.",
        bad=_choice("What helps most in a pause?", "Waiting a little", "a new question", "a short story"),
        good=_choice("What helps most in a pause?", "Waiting a little", "Asking again", "Telling a story"),
        check=grammar_cue,
    ),
    Rule(
        "Q114",
        "repeated-lead",
        "warning",
        "question",
        "every option starts with the same words",
        "Words that stand in every option are read three or four times and tell nothing apart. Move them into the prompt.",
        bad=_choice("What comes first?", "You should first listen", "You should first advise", "You should first plan"),
        good=_choice("What should you do first?", "Listen to them", "Advise them", "Plan with them"),
        check=repeated_lead,
    ),
    Rule(
        "Q115",
        "joke-distractor",
        "info",
        "question",
        "nobody would choose this option",
        "Wrong options that nobody believes only make guessing easier (Pham and others 2018). "
        "Take them from mistakes that kind beginners make.",
        bad=_choice("Owen comes in late. What do you say?", "“Good to see you.”", "“Unbelievable!”", "“We said ten.”"),
        good=_choice(
            "Owen comes in late. What do you say?", "“Good to see you.”", "“Was it the bus?”", "“We said ten.”"
        ),
        check=joke_distractor,
    ),
    Rule(
        "Q116",
        "true-false",
        "info",
        "question",
        "the question has two options, such as true and false",
        "Half of all guesses are right. Ask instead what follows from the statement, or which reason holds.",
        bad=_choice("Is a reflection a question?", "“No”", "“Yes”"),
        good=_choice("What is a reflection?", "A statement", "A question", "A promise"),
        check=true_false,
    ),
    Rule(
        "Q117",
        "fixed-order",
        "warning",
        "question",
        "the order of the options is fixed without need",
        "Writers put the right option in the middle too often; only a mixed order is fair (Attali and Bar-Hillel 2003). "
        "Keep shuffle: false for scales and amounts, where another order would confuse.",
        bad=_choice("What comes first?", "Listening", "Advising", "Planning", more="shuffle: false"),
        good=_choice("How long is a good pause?", "3 seconds", "30 seconds", "300 seconds", more="shuffle: false"),
        check=fixed_order,
    ),
)
