"""Prompts must ask one clear thing: Q130 to Q136."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import Severity, quoted
from alongside.model.questions import Question
from alongside.model.questions.interaction import Calculate, Write
from alongside.model.questions.keys import answers, chosen
from alongside.model.questions.numerals import list_with, readings
from alongside.model.questions.written import loosely
from alongside.rules.rule import Context, Finding, rule
from alongside.texts.wordforms import CLOSING, named, plain, same, sentences, without_spoken, words

FEWEST_WORDS = 5
#: A prompt shorter than this with options longer than that leaves the idea to the options.
BARE_PROMPT, LONG_OPTION = 8, 15
LONGEST_PROMPT, LONGEST_CASE = 60, 110

SHOUTED = re.compile(r"\b(?:NOT|EXCEPT|LEAST|NEVER|CANNOT|FALSE|INCORRECT)\b")
ASKING = frozenset("which what who whom".split())
#: A clause that starts here is about the case, not about what to choose.
CLAUSE = frozenset(
    "who whose when if while because since after before although though as where that to until unless and but".split()
)
HELPING = frozenset("is are was were do does did should would could can will must may might has have".split())
NEGATIVE_OPENING = frozenset(
    "not never no don't doesn't isn't aren't can't cannot won't shouldn't nothing nobody".split()
)

IMPERATIVES = frozenset(
    "adapt add allow answer arrange ask assign balance build change check choose classify close combine compare "
    "complete compose consider convert correct create critique decide demonstrate describe design distinguish "
    "draft drag edit end explain fill find finish give group help identify imagine improve invent join judge "
    "justify keep label let link list look make map mark match move name note number offer open order pair "
    "paraphrase pick picture place plan point practise predict prepare prioritise produce put rank rate read "
    "recall recast recognise reflect remember repair rephrase replace reply respond reword rewrite say select "
    "separate share shorten show sketch sort spot start state suggest sum summarise suppose swap take tell test "
    "think tick trace translate try turn type underline use weigh work write".split()
)
BLANK = re.compile(r"_{3,}|…|\.{3}|\{[a-z0-9-]+\}")

NUMERAL = re.compile(r"[-−]?\d+(?:[.,]\d+)*")
BARE_NUMBER = re.compile(r"(?:about |around |roughly |in )?\d[\d,. ]*(?: ?%| per ?cent| percent)?")
#: One name and no sentence: two to four words with capitals.
BARE_NAME = re.compile(r"(?:[A-Z][\w’'.-]* ){1,3}[A-Z][\w’'.-]*")


@rule("Q130", "negative-stem", "warning", "question", escalates=True)
def negative_stem(question: Question, context: Context) -> Iterator[Finding]:
    """Prompts that ask what does not hold."""
    word = _negation(question.prompt)
    if not word:
        return
    negative = [
        o for o in (*answers(question).key, *answers(question).others) if set(words(o.text)[:3]) & NEGATIVE_OPENING
    ]
    message = f"the prompt asks what does not hold: {quoted(word)}"
    if negative:
        yield Finding(
            f"{message}, and an option is negative as well",
            negative[0].place("text"),
            "a prompt that asks what holds",
            "turn the question round",
            "error",
        )
    else:
        place = question.place("prompt")
        yield Finding(message, place, "a prompt that asks what holds", "for example: Which of these helps?")


def _negation(prompt: str) -> str:
    shouted = SHOUTED.search(prompt)
    if shouted:
        return shouted.group()
    return next(
        (found for sentence in sentences(without_spoken(prompt)) if (found := _negation_in(words(sentence)))), ""
    )


def _negation_in(sequence: tuple[str, ...]) -> str:
    """The word that turns round what `which …` or `what …` asks for."""
    start = next((i for i, word in enumerate(sequence) if word in ASKING), None)
    if start is None:
        return ""
    for index in range(start + 1, len(sequence)):
        word, before = sequence[index], sequence[index - 2 : index]
        if word in CLAUSE:
            return ""
        if (
            word == "except"
            or (word == "least" and before[-1:] != ("at",))
            or (word in {"false", "untrue", "incorrect"} and before[-1:] == ("is",))
        ):
            return word
        if (word == "not" and HELPING.intersection(before)) or (word.endswith("n't") and index - start <= 4):
            return word
    return ""


@rule("Q131", "stem-not-question", "warning", "question", escalates=True)
def stem_not_question(question: Question, context: Context) -> Iterator[Finding]:
    """Prompts that neither ask nor say what to do."""
    shown = plain(question.prompt)
    place = question.place("prompt")
    if chosen(question) and not question.context and len(words(shown)) < FEWEST_WORDS:
        severity: Severity = "warning" if "?" in shown else "error"
        yield Finding(
            f"the prompt has only {named(len(words(shown)), 'word')}",
            place,
            f"at least {FEWEST_WORDS} words that say what the question is about",
            "say who speaks and what happens",
            severity,
        )
    elif not _asks(shown):
        yield Finding(
            "the prompt neither asks nor says what to do",
            place,
            "a question mark, an instruction, or a sentence to complete",
            "for example: What would you say first?",
        )


def _asks(prompt: str) -> bool:
    if "?" in without_spoken(prompt) or prompt.rstrip(CLOSING)[-1:] in tuple("?:…") or BLANK.search(prompt):
        return True
    return any(next(iter(words(sentence)), "") in IMPERATIVES for sentence in sentences(prompt))


@rule("Q132", "options-carry-idea", "warning", "question")
def options_carry_idea(question: Question, context: Context) -> Iterator[Finding]:
    """A few words of prompt before long options."""
    found = answers(question)
    options = (*found.key, *found.others)
    if not options:
        return
    asked = len(words(question.prompt)) + len(words(question.context or ""))
    mean = sum(len(words(option.text)) for option in options) / len(options)
    if asked < BARE_PROMPT and mean > LONG_OPTION:
        yield Finding(
            f"the prompt has {named(asked, 'word')}, the options have {round(mean)} on average",
            question.place("prompt"),
            "the case in the prompt and short options",
            "move what the options share into the prompt or into context",
        )


@rule("Q133", "stem-length", "warning", "question")
def stem_length(question: Question, context: Context) -> Iterator[Finding]:
    """Prompts and cases that are long to read before one knows what is asked."""
    asked, case = len(words(question.prompt)), len(words(question.context or ""))
    if asked > LONGEST_PROMPT:
        yield Finding(
            f"the prompt has {asked} words",
            question.place("prompt"),
            f"at most {LONGEST_PROMPT} words",
            "move the case into context, and cut what the answer does not need",
        )
    elif asked + case > LONGEST_CASE:
        yield Finding(
            f"the case and the prompt have {asked + case} words",
            question.place("context"),
            f"at most {LONGEST_CASE} words together",
            "cut what the answer does not need",
        )


@rule("Q134", "trivia", "warning", "question")
def trivia(question: Question, context: Context) -> Iterator[Finding]:
    """Keys that are a bare year, number or name."""
    if isinstance(shape := question.shape, Write) and shape.text is None:
        for blank in shape.blanks:
            if all(BARE_NUMBER.fullmatch(text) for text in blank.accept):
                yield Finding(
                    f"the answer is the bare number {quoted(blank.accept[0])}",
                    blank.part.place("accept", 0),
                    "a question about what it means",
                )
    found = answers(question)
    for option in found.key:
        text = plain(option.text).strip(' .“”"')
        names = all(BARE_NAME.fullmatch(plain(o.text).strip(" .")) for o in (*found.key, *found.others))
        if BARE_NUMBER.fullmatch(text) or names:
            yield Finding(
                f"the answer is the bare {'name' if names else 'number'} {quoted(text)}",
                option.place("text"),
                "a question about what it means",
                "ask what was found, or what follows from it",
            )


@rule("Q135", "given-away", "warning", "question")
def given_away(question: Question, context: Context) -> Iterator[Finding]:
    """Hints and labels that hold the word or number to be written."""
    shape = question.shape
    if isinstance(shape, Calculate):
        yield from _number_given_away(question, shape)
    if not isinstance(shape, Write):
        return
    wanted = {loosely(text) for blank in shape.blanks for text in blank.accept}
    shown = [(hint, question.place("hints", index)) for index, hint in enumerate(question.hints)]
    if shape.text is None:
        shown.insert(0, (question.prompt, question.place("prompt")))
    else:
        shown = [*((b.label, b.part.place("label")) for b in shape.blanks if not b.picks), *shown]
    for text, place in shown:
        for answer in sorted(wanted, key=len, reverse=True):
            if len(answer) > 3 and re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", loosely(plain(text))):
                yield Finding(
                    f"this gives the answer {quoted(answer)} away",
                    place,
                    "a step towards the answer",
                    "say what kind of word it is, or when one needs it",
                )
                break


def _number_given_away(question: Question, shape: Calculate) -> Iterator[Finding]:
    """A prompt may name numbers to begin with; a hint that names the right one ends the work."""
    for index, hint in enumerate(question.hints):
        for found in NUMERAL.finditer(plain(hint)):
            if any(list_with(number, [shape.spans]) == 0 for number in readings(found.group())):
                yield Finding(
                    f"this gives the answer {quoted(found.group())} away",
                    question.place("hints", index),
                    "a step towards the answer",
                    "say what to begin with, or what to think of",
                )
                break


@rule("Q136", "several-unsaid", "error", "question")
def several_unsaid(question: Question, context: Context) -> Iterator[Finding]:
    """Questions with several right options that do not say so."""
    shape = chosen(question)
    if (
        shape
        and shape.several
        and "all that apply" not in same(question.prompt)
        and "all that fit" not in same(question.prompt)
    ):
        yield Finding(
            "the prompt does not say that several options may be right",
            question.place("prompt"),
            "the words “Choose all that apply.”",
            f"prompt: {plain(question.prompt)} Choose all that apply.",
        )
