"""How texts read: grade, length, terms, spelling. Most rules hold for English only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import ceil

from alongside.files.problems import quoted
from alongside.model.element import Text, texts
from alongside.model.exercises import Original
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.scenarios import ScenarioNode
from alongside.model.steps import Turn
from alongside.rules.rule import Context, Finding, Rule, enter, rule
from alongside.texts import markdown_cost, markup, readability, spelling
from alongside.texts.blocks import DEEPEST
from alongside.texts.duration import READING_SPEED, words_read
from alongside.texts.passages import read

GRADE, HARD_GRADE, FEWEST_WORDS = 9, 11, 100
#: Below this grade sentences are mostly so short that a text of some length has no rhythm.
STACCATO, LONG_ENOUGH = 5, 250
LONG_SENTENCE, TOO_LONG_SENTENCE = 25, 35
LONG_PARAGRAPH, MANY_SENTENCES = 80, 5
#: Below this a paragraph of many short sentences is still short.
SHORT_PARAGRAPH = 70
LONG_LESSON, LONG_READING = 1_200, 20


@rule("T101", "grade", "warning", "lesson", escalates=True)
def grade(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons that need more years of school than they should."""
    read = readability.reading(text.value for text in readability.narrative_texts(lesson))
    if read.words >= FEWEST_WORDS and read.grade > GRADE:
        yield Finding(
            f"the teaching text needs about {read.grade:.1f} years of schooling", lesson.place("steps"),
            f"at most {GRADE}, better 8", f"shorten sentences and choose shorter words, beginning with {quoted(read.hardest)}",
            "error" if read.grade > HARD_GRADE else None,
        )  # fmt: skip


@rule("T113", "staccato", "info", "lesson")
def staccato(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons in which nearly every sentence is short."""
    read = readability.reading(text.value for text in readability.narrative_texts(lesson))
    if read.words >= LONG_ENOUGH and read.grade < STACCATO:
        yield Finding(
            f"the teaching text needs about {max(0.0, read.grade):.1f} years of schooling, and may sound clipped",
            lesson.place("steps"),
            f"{STACCATO} to 8",
            "read it aloud, and join sentences that a speaker would join",
        )


@rule("T102", "sentence-long", "warning", "text", escalates=True)
def sentence_long(text: Text, context: Context) -> Iterator[Finding]:
    """Sentences that are too long to keep in mind."""
    if text.markdown == "none" or not context.module:
        return
    if text.value.count(" ") < LONG_SENTENCE:
        return
    for sentence in readability.sentences(text.value):
        count = len(markup.words(sentence.words))
        if count > LONG_SENTENCE:
            yield Finding(
                f"this sentence has {count} words: {quoted(' '.join(sentence.words.split()))}",
                text.place.within(text.value, sentence.start), f"at most {LONG_SENTENCE} words", "make two sentences of it",
                "error" if count > TOO_LONG_SENTENCE else None,
            )  # fmt: skip


@rule("T103", "paragraph-long", "warning", "text")
def paragraph_long(text: Text, context: Context) -> Iterator[Finding]:
    """Paragraphs that look like a wall."""
    if text.markdown != "block" or not context.module or len(text.value.split()) < SHORT_PARAGRAPH:
        return
    for block in markup.parts(text.value):
        if block.kind == "paragraph":
            count = len(markup.words(markup.visible(block.text)))
            parts = sum(1 for _ in readability.sentences(block.text))
            if count > LONG_PARAGRAPH or (parts > MANY_SENTENCES and count > SHORT_PARAGRAPH):
                yield Finding(
                    f"this paragraph has {count} words in {parts} sentences", text.place.within(text.value, block.start),
                    f"at most {LONG_PARAGRAPH} words in {MANY_SENTENCES} sentences", "leave an empty line where a new thought begins",
                )  # fmt: skip


@rule("T117", "lesson-long", "warning", "lesson")
def lesson_long(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Lessons with more to read than one sitting holds."""
    words, minutes = (
        readability.word_count(readability.teaching_texts(lesson)),
        ceil(words_read(lesson) / READING_SPEED),
    )
    over = [f"{words:,} words of teaching"] if words > LONG_LESSON else []
    over += [f"{minutes} minutes of reading"] if minutes > LONG_READING else []
    if over:
        yield Finding(
            f"this lesson has {' and '.join(over)}",
            lesson.place("steps"),
            f"at most {LONG_LESSON:,} words, and {LONG_READING} minutes with all that recordings and pictures say",
            "make two lessons of it, or leave out what does not serve its objective",
        )


enter(Rule("T118", "key-retired", "warning", "reading"))


# -------------------------------------------------------------- terms, acronyms


@rule("T106", "undefined-term", "info", "module")
def undefined_term(module: Module, context: Context) -> Iterator[Finding]:
    """Terms of the glossary that a lesson uses before it links to them, or without."""
    forms = _forms(tuple((name, (term.term, *term.also)) for name, term in context.curriculum.glossary.items()))
    for lesson in module.lessons:
        yield from _undefined_in(lesson, forms)


@lru_cache(maxsize=1)
def _forms(terms: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, list[tuple[list[str], str]]]:
    """Every way of writing a term, by its first word, the longest first. They are the same for all modules."""
    forms: dict[str, list[tuple[list[str], str]]] = {}
    for name, written in terms:
        for form in written:
            spoken = markup.words(form.casefold())
            if spoken:
                forms.setdefault(spoken[0], []).append((spoken, name))
    for entries in forms.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return forms


def _undefined_in(lesson: Lesson, forms: dict[str, list[tuple[list[str], str]]]) -> Iterator[Finding]:
    known: set[str] = set()
    for text in readability.narrative_texts(lesson):
        for offset, name in _uses(text, forms):
            if name not in known and not any(
                term.name == name and term.start <= offset for term in markup.terms(text.value, text.markdown)
            ):
                yield Finding(
                    f"the term {quoted(name)} is used here and not linked",
                    text.place.within(text.value, offset),
                    "a link where a term is first used in a lesson",
                    f"write [[{name}]] or [[{name}|other words]]",
                )
            known.add(name)


def _uses(text: Text, forms: dict[str, list[tuple[list[str], str]]]) -> Iterator[tuple[int, str]]:
    """Where terms are used or linked, in order."""
    found = [(term.start, term.name) for term in markup.terms(text.value, text.markdown)]
    matches = list(markup.WORD.finditer(markup.visible(text.value, text.markdown)))
    spoken = [match.group().casefold() for match in matches]
    for index, word in enumerate(spoken):
        name = next((name for form, name in forms.get(word, ()) if spoken[index : index + len(form)] == form), None)
        if name:
            found.append((matches[index].start(), name))
    return iter(sorted(found))


ACRONYM = re.compile(r"(?<![\w-])[A-Z]{2,6}(?![\w-])")
#: References to everyone who reads English.
EVERYDAY = frozenset(
    "AM BBC CD CV DIY DVD EU FAQ GP HR HTML ID IOU IT MP OK PC PDF PE PIN PM PS QR SMS TV UK UN UNESCO UNICEF US USA USB VIP WC".split()
)


@rule("T107", "acronym-undefined", "warning", "lesson")
def acronym_undefined(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Abbreviations that a lesson does not spell out."""
    found = list(texts(lesson))
    whole = "\n".join(markup.visible(text.value, text.markdown) for text in found)
    terms = {form for term in context.curriculum.glossary.values() for form in (term.term, *term.also)}
    seen = set(EVERYDAY) | terms
    for text in found:
        for match in ACRONYM.finditer(markup.visible(text.value, text.markdown)):
            name = match.group()
            if name not in seen and not _spelt_out(name, whole):
                yield Finding(
                    f"this lesson does not say what {quoted(name)} stands for",
                    text.place.within(text.value, match.start()),
                    "the full words at its first use",
                    f"write the full words, then ({name})",
                )
            seen.add(name)


def _spelt_out(name: str, whole: str) -> bool:
    """Whether brackets, a sentence or the first letters nearby explain it, or it is a word said loudly."""
    if f"({name})" in whole or re.search(rf"\b{name}\b\W{{0,3}}(?:\(|stands for|is short for|means)", whole):
        return True
    initials = [word[0].upper() for word in markup.words(whole)]
    return re.search(rf"\b{name.lower()}\b", whole) is not None or _within(name, initials)


def _within(name: str, initials: list[str]) -> bool:
    """Whether words in a row, with little words between, begin with these letters."""
    reach = 3 * len(name)
    for start, letter in enumerate(initials):
        if letter == name[0]:
            window = iter(initials[start : start + reach])
            if all(wanted in window for wanted in name):
                return True
    return False


# ------------------------------------------------------------------ small marks

MARKUP_IN_TITLE = re.compile(r"\*\S|\[\[|\[@|\]\(|`")


@rule("T108", "exclamation", "warning", "text", needs=("!",), of_answers=False)
def exclamation(text: Text, context: Context) -> Iterator[Finding]:
    """Exclamation marks outside what people say."""
    if (
        "!" not in text.value
        or isinstance(text.element, Turn | Original)
        or (isinstance(text.element, ScenarioNode) and text.field == "says")
    ):
        return
    told = markup.without_quotations(markup.visible(text.value, text.markdown).replace("![", "  "))
    for match in re.finditer(r"(?<=\w)!", told):
        yield Finding("an exclamation mark", text.place.within(text.value, match.start()), "a full stop")


@rule("T109", "american-spelling", "warning", "text", needs=(*spelling.STEMS, *spelling.WORDS))
def american_spelling(text: Text, context: Context) -> Iterator[Finding]:
    """Words in American spelling. The first of several answers is the one that is shown; others are ways to write it."""
    if text.is_answer and text.index:
        return
    shown = markup.visible(text.value, text.markdown)
    for match in markup.WORD.finditer(shown):
        british = spelling.british(match.group())
        if british and not markup.starts_a_name(shown, match.start()):
            yield Finding(
                f"{quoted(match.group())} is American spelling", text.place.within(text.value, match.start()), british
            )


@rule("T110", "markup-in-title", "warning", "text", needs=("*", "[", "]", "`"))
def markup_in_title(text: Text, context: Context) -> Iterator[Finding]:
    """Markdown in titles and labels, which show it as it is written."""
    match = MARKUP_IN_TITLE.search(text.value) if text.markdown == "none" else None
    if match:
        yield Finding(
            f"{quoted(match.group())} will be shown as it is written",
            text.place.within(text.value, match.start()),
            "plain words: titles and labels also stand where no markup can",
        )


@rule("T111", "nested-deep", "error", "text", needs=("-", "*", "+", ">", ".", ")", "_", "["))
def nested_deep(text: Text, context: Context) -> Iterator[Finding]:
    """Lists, quotations or marks inside one another, deeper than anyone can follow."""
    start = read(text.value, text.markdown).too_deep
    if start is not None:
        yield Finding(
            "lists, quotations or marks stand too deep inside one another",
            text.place.within(text.value, start),
            f"at most {DEEPEST} levels, better two",
            "headings, or several short lists",
        )


@rule("T112", "overgrown", "error", "text", needs=("\n", "|"))
def overgrown(text: Text, context: Context) -> Iterator[Finding]:
    """Texts and tables that nobody reads, and that take the builder too long."""
    for found in markdown_cost.excess(text.value) if text.markdown == "block" else ():
        yield Finding(found.message, text.place.within(text.value, found.start), found.expected, found.fix)
