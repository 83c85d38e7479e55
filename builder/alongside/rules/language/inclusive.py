"""Words about people: suggestions, never silent changes. English word lists.

Left alone are words in quotation marks, what people say in poor dialogues, lines to be rewritten or
sorted, and options and choices that are not the best, since these show what to avoid.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from functools import lru_cache

from alongside.files.problems import Severity, printable, quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import Text, descendants, texts
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.questions.base import Option
from alongside.model.scenarios import Scenario, ScenarioChoice
from alongside.model.steps import Dialogue, Turn
from alongside.rules.rule import Context, Finding, Rule, enter, kept_of_modules, rule
from alongside.texts import markup
from alongside.texts.lists import word_list

# --------------------------------------------------------------- what is left alone


def shows_what_to_avoid(text: Text, context: Context) -> bool:
    """Whether the text stands in a place where a mistake is shown on purpose."""
    element = text.element
    if text.field == "misconception" or text.is_answer:
        return True
    if isinstance(element, Option):
        return text.field == "text" and element.verdict not in {"right", "best", "acceptable"}
    if isinstance(element, ScenarioChoice):
        return text.field == "text" and element.grade in {"poor", "harmful"}
    if isinstance(element, Turn):
        return text.field == "says" and _in_poor_dialogue(element, context.lesson)
    return text.field in element.exhibits


def _in_poor_dialogue(turn: Turn, lesson: Lesson | None) -> bool:
    found = descendants(lesson) if lesson else ()
    return any(isinstance(d, Dialogue) and d.model == "poor" and any(turn is t for t in d.turns) for d in found)


# --------------------------------------------------------------- the word rules


@lru_cache(maxsize=64)
def _visible_words(text: str) -> str:
    return markup.without_quotations(markup.visible(text)).replace("’", "'")


def _is_name(shown: str, match: re.Match[str]) -> bool:
    """Whether all words have capitals, as in the name of an authority."""
    return all(word[0].isupper() for word in markup.words(match.group())) and markup.starts_a_name(shown, match.start())


def patterns_in(subject: str) -> list[tuple[re.Pattern[str], str]]:
    """What a list of words to avoid looks for, with what to write instead."""
    entries = word_list(subject)["words"]
    return [(re.compile(rf"\b(?:{entry['avoid']})\b", re.IGNORECASE), entry["rather"]) for entry in entries]


def words_to_avoid(code: str, name: str, subject: str, severity: Severity = "warning") -> None:
    """Enters a rule that suggests other words for those in a list."""
    advice = patterns_in(subject)

    def checked(text: Text, context: Context) -> Iterator[Finding]:
        shown = _visible_words(text.value)
        for pattern, instead in advice:
            for match in pattern.finditer(shown):
                if not _is_name(shown, match) and not shows_what_to_avoid(text, context):
                    place = text.place.within(text.value, match.start())
                    yield Finding(f"{quoted(' '.join(match.group().split()))} can hurt or mislead", place, instead)

    enter(Rule(code, name, severity, "text", checked, needs=tuple(word_list(subject)["needs"])))


words_to_avoid("I101", "suicide-words", "suicide")
words_to_avoid("I102", "addiction-words", "addiction")
words_to_avoid("I103", "condition-words", "conditions")
words_to_avoid("I104", "illness-as-slang", "slang")
words_to_avoid("I105", "guys", "groups")
words_to_avoid("I106", "gender-words", "gender")
words_to_avoid("I107", "blaming-words", "blame")
words_to_avoid("I109", "youth-words", "youth", "info")

# ---------------------------------------------------------------------- empowering

MOST_EMPOWERING = 3
EMPOWER = re.compile(r"\bempower\w*", re.IGNORECASE)


@rule("I108", "empower-often", "info", "module")
def empower_often(module: Module, context: Context) -> Iterator[Finding]:
    """Modules that say “empower” again and again."""
    found = [
        text.place.within(text.value, match.start())
        for file in module.files
        for text in texts(file)
        if EMPOWER.search(text.value)
        for match in EMPOWER.finditer(markup.without_quotations(markup.visible(text.value, text.markdown)))
    ]
    if len(found) > MOST_EMPOWERING:
        yield Finding(
            f"this module says “empower” {len(found)} times",
            found[MOST_EMPOWERING],
            "what the other person can do or decide",
        )


# ------------------------------------------------------------------ who is who

PRONOUNS: dict[str, str] = {
    **dict.fromkeys(("he", "him", "his", "himself", "he’s", "he'd", "he’d", "he's"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself", "she’s", "she's", "she’d", "she'd"), "she"),
}
FEWEST_STORIES = 6
LARGEST_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class _Story:
    """What is asked of a dialogue or scenario."""

    #: Who speaks, or for a scenario its title: a poor and a better dialogue of the same people count once.
    cast: list[str]
    pronoun: str
    #: Who breaks a rule, each time, and who speaks, once each.
    erring: list[str]
    speaking: list[str]


@kept_of_modules
def stories_in(module: Module) -> Iterator[str]:
    """What is asked of each dialogue and scenario of a module, with its number."""
    elements = (element for file in module.files for element in descendants(file))
    for number, story in enumerate(one for one in elements if isinstance(one, Dialogue | Scenario)):
        turns = story.turns if isinstance(story, Dialogue) else ()
        speaking = sorted({turn.speaker for turn in turns})
        erring = [turn.speaker for turn in turns if turn.keeps is False]
        cast = speaking if isinstance(story, Dialogue) else [story.title]
        yield f"{number:06} {json.dumps(astuple(_Story(cast, _pronoun(story), erring, speaking)))}"


def _stories(curriculum: Curriculum, context: Context) -> list[_Story]:
    found = (line for module in curriculum.modules.values() for line in context.in_module(stories_in, module))
    return [_Story(*json.loads(line.partition(" ")[2])) for line in found]


def _pronoun(story: Dialogue | Scenario) -> str:
    """The pronoun that a story uses most, `they` where it uses neither he nor she."""
    found = Counter(
        PRONOUNS[word]
        for text in texts(story)
        for word in (word.lower() for word in markup.words(markup.without_quotations(text.value)))
        if word in PRONOUNS
    )
    return found.most_common(1)[0][0] if found else "they"


def _pronouns(stories: Iterable[_Story]) -> Counter[str]:
    """How many casts are mostly spoken of by each pronoun, in the first story of each."""
    casts: dict[tuple[str, ...], str] = {}
    for story in stories:
        casts.setdefault(tuple(story.cast), story.pronoun)
    return Counter(casts.values())


@rule("I110", "pronouns-uneven", "warning", "curriculum")
def pronouns_uneven(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Curricula whose stories are nearly all about people of one gender."""
    found = _pronouns(_stories(curriculum, context))
    total = sum(found.values())
    if total >= FEWEST_STORIES:
        pronoun, times = found.most_common(1)[0]
        if times / total > LARGEST_SHARE:
            yield Finding(
                f"{times} of {total} dialogues and scenarios are mostly about “{pronoun}”",
                curriculum.outline.place(),
                "people of all genders in all roles",
            )


@rule("I111", "who-is-who", "info", "curriculum")
def who_is_who(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Who appears in dialogues and scenarios, for a reviewer to read."""
    stories = _stories(curriculum, context)
    if len(stories) >= FEWEST_STORIES:
        erring = Counter(name for story in stories for name in story.erring)
        speaking = Counter(name for story in stories for name in story.speaking)
        shown = "; ".join(
            (f"pronouns: {_list(_pronouns(stories))}", f"people: {_list(speaking)}", f"break a rule: {_list(erring)}")
        )
        yield Finding(
            f"{len(stories)} dialogues and scenarios. {shown}",
            curriculum.outline.place(),
            "mentors and mentees of all kinds, who err as often as each other",
        )


def _list(found: Counter[str]) -> str:
    most_first = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    return ", ".join(f"{printable(name)} {times}" for name, times in most_first) or "none"
