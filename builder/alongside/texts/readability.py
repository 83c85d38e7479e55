"""What the text rules measure: sentences, the teaching text of a lesson, and how hard it is to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from alongside.model.element import Element, Text, texts
from alongside.model.lessons import Lesson
from alongside.model.steps import CalloutStep, DialogueStep, HookStep, RulesStep, TextStep, Turn
from alongside.texts import markup
from alongside.texts.syllables import syllables

END = re.compile(r"[.!?…]{1,5}[”’\"')\]]{0,5}(?=\s|$)")
#: What stands before a full stop that ends no sentence.
ABBREVIATION = re.compile(r"(?<![\w’'])(?:(?:e\.g|i\.e|etc|vs|cf|[Dd]r|[Mm]rs?|[Mm]s|St|[Pp]rof|al|approx)|[A-HJ-Z])$")

#: Capitals that make no name.
SELF = re.compile(r"I(?:['’]|$)")

#: Steps that teach by telling. Questions, exercises and scenarios are done rather than read.
TEACHING = (HookStep, TextStep, RulesStep, CalloutStep)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a reader sees it, and its offset in the text that holds it."""

    words: str
    start: int


@lru_cache(maxsize=2048)
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a Markdown text, paragraph by paragraph. Headings, tables and code have none."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    shown = markup.visible(text)
    for block in markup.parts(text):
        if block.kind in {"paragraph", "item", "quote"}:
            yield from _sentences_between(shown, block.start, block.start + len(block.text))


def _sentences_between(shown: str, start: int, end: int) -> Iterator[Sentence]:
    for match in END.finditer(shown, start, end):
        if match.group().startswith(".") and ABBREVIATION.search(shown, max(start, match.start() - 8), match.start()):
            continue
        yield from _sentence(shown, start, match.end())
        start = match.end()
    yield from _sentence(shown, start, end)


def _sentence(shown: str, start: int, end: int) -> Iterator[Sentence]:
    words = shown[start:end]
    first = markup.WORD.search(words)
    if first:
        yield Sentence(words.strip(), start + first.start())


def teaching_texts(lesson: Lesson) -> Iterator[Text]:
    """The texts by which the lesson teaches, in order: case, text, rules, callouts, dialogues."""
    for step in lesson.steps:
        if isinstance(step, (*TEACHING, DialogueStep)):
            yield from texts(step)


def narrative_texts(lesson: Lesson) -> Iterator[Text]:
    """Teaching texts without what people in dialogues say."""
    return (text for text in teaching_texts(lesson) if text.markdown != "none" and not isinstance(text.element, Turn))


def word_count(found: Iterable[Text]) -> int:
    """How many words a reader sees in these texts."""
    return sum(len(markup.words(markup.visible(text.value))) for text in found)


def all_words(element: Element) -> int:
    """How many words stand anywhere inside an element."""
    return word_count(texts(element))


# ---------------------------------------------------------------- readability


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a passage is to read."""

    #: Years of schooling, by the formula of Kincaid and others (1975).
    grade: float
    words: int
    #: The sentence that adds most to it.
    hardest: str


def reading(found: Iterable[str]) -> Reading:
    """The grade of texts taken together, without names, quotations, code, citations and figures."""
    told = [(sentence, words) for text in found for sentence, words in _told_sentences(text)]
    names = {word for _, words in told for word in words[1:] if word[0].isupper() and not SELF.match(word)}
    counted = [
        (sentence, [word for word in words if word not in names and not word[0].isdigit()]) for sentence, words in told
    ]
    counted = [(sentence, words) for sentence, words in counted if words]
    total = sum(len(words) for _, words in counted)
    if not total:
        return Reading(0.0, 0, "")
    heard = sum(syllables(word) for _, words in counted for word in words)
    hardest = max(counted, key=lambda entry: len(entry[1]) + sum(syllables(word) for word in entry[1]))
    return Reading(0.39 * total / len(counted) + 11.8 * heard / total - 15.59, total, " ".join(hardest[0].split()))


def _told_sentences(text: str) -> Iterator[tuple[str, list[str]]]:
    """Sentences of which no more than half is quoted."""
    for sentence in sentences(text):
        words = [word.rstrip("’'-") for word in markup.words(markup.without_quotations(sentence.words))]
        if 2 * len(words) > len(markup.words(sentence.words)):
            yield sentence.words, words
