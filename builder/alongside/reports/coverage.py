"""What a curriculum holds, in numbers: each module, and where the right options stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial

from alongside.files.cache import NO_CACHE, Cache
from alongside.files.problems import in_json, printable
from alongside.model.curriculum import Curriculum
from alongside.model.element import LEVELS
from alongside.model.modules import Module
from alongside.model.questions import kind_of
from alongside.model.questions.keys import answers, assessments, place_on_page, single_key
from alongside.texts.duration import module_duration
from alongside.texts.readability import narrative_texts, reading, teaching_texts, word_count
from alongside.texts.wordforms import length

#: Levels from which a question asks for more than to remember and understand.
APPLYING = frozenset(LEVELS[LEVELS.index("apply") :])


@dataclass(frozen=True)
class Coverage:
    """A module in numbers."""

    module: str
    title: str
    objectives: int
    #: Objectives that two or more questions assess.
    assessed_twice: int
    lessons: int
    #: Words of teaching: without questions, exercises and scenarios.
    words: int
    #: Minutes of reading and of practice, counted.
    reading: int
    practice: int
    exercises: int
    scenarios: int
    #: Nodes of all its scenarios.
    nodes: int
    #: Those at which several ways are good.
    several_ways: int
    #: Questions that count towards an objective, by kind and by level.
    kinds: Mapping[str, int]
    levels: Mapping[str, int]
    #: Options that are not the right one, and how many of them name a misconception.
    distractors: int
    misconceptions: int
    references: int
    #: Years of schooling that its teaching texts need (Kincaid and others 1975).
    grade: float

    @property
    def questions(self) -> int:
        """How many questions count towards an objective."""
        return sum(self.kinds.values())

    @property
    def not_plain(self) -> float:
        """Share of the questions that are not plain single choice."""
        return 1 - self.kinds.get("choice", 0) / self.questions if self.questions else 0.0

    @property
    def applying(self) -> float:
        """Share of the questions at level apply or above."""
        return sum(self.levels.get(level, 0) for level in APPLYING) / self.questions if self.questions else 0.0


@dataclass(frozen=True)
class Keys:
    """Where the right options stand, over questions with one right option, as pages show them."""

    questions: int
    #: Questions whose right option is longer than every other.
    longest: int
    #: What chance would give.
    expected: float
    #: By number of options: how often the right one stands in each place, the first place first.
    places: Mapping[int, tuple[int, ...]]


def module_coverage(module: Module) -> Coverage:
    """One module in numbers."""
    asked, time = assessments(module), module_duration(module)
    nodes = [node for scenario in module.scenarios.values() for node in scenario.nodes.values()]
    wrong = [option for question in asked for option in answers(question).others]
    assessed = Counter(name for question in asked for name in set(question.objectives))
    return Coverage(
        module=module.id,
        title=module.outline.title,
        objectives=len(module.outline.objectives),
        assessed_twice=sum(assessed[name] > 1 for name in module.outline.objectives),
        lessons=len(module.lessons),
        words=sum(word_count(teaching_texts(lesson)) for lesson in module.lessons),
        reading=time.reading,
        practice=time.practice,
        exercises=len(module.exercises),
        scenarios=len(module.scenarios),
        nodes=len(nodes),
        several_ways=sum(sum(choice.grade == "best" for choice in node.choices) > 1 for node in nodes),
        kinds=dict(sorted(Counter(kind_of(question) for question in asked).items())),
        levels={level: n for level in LEVELS if (n := sum(module.level_of(question) == level for question in asked))},
        distractors=len(wrong),
        misconceptions=sum(bool(option.misconception) for option in wrong),
        references=len(module.outline.references),
        grade=round(reading(text.value for lesson in module.lessons for text in narrative_texts(lesson)).grade, 1),
    )


def coverage(curriculum: Curriculum, cache: Cache = NO_CACHE) -> tuple[Coverage, ...]:
    """Every module in numbers, in the order of the curriculum. They are kept in the `cache`."""
    return tuple(
        cache.of(module.id, "coverage", Coverage, partial(module_coverage, module))
        for module in curriculum.modules.values()
    )


def keys(curriculum: Curriculum) -> Keys:
    """Where the right options of the whole curriculum stand."""
    longest, expected, count = 0, 0.0, 0
    places: dict[int, Counter[int]] = {}
    for module in curriculum.modules.values():
        for question in assessments(module):
            found = single_key(question)
            if not found:
                continue
            size = 1 + len(found[1])
            count += 1
            expected += 1 / size
            longest += all(length(found[0].text) > length(option.text) for option in found[1])
            places.setdefault(size, Counter())[place_on_page(module, question, found[0])] += 1
    return Keys(
        count,
        longest,
        round(expected, 1),
        {size: tuple(at[place] for place in range(size)) for size, at in sorted(places.items())},
    )


def as_json(curriculum: Curriculum) -> str:
    """Everything here, for programs."""
    found = {"modules": [asdict(one) for one in coverage(curriculum)], "keys": asdict(keys(curriculum))}
    return in_json(found)


HEADS = ("module", "objectives", "lessons", "words", "reading", "practice", "exercises", "scenarios", "several ways", "questions", "not choice", "applying", "references", "grade")  # fmt: skip


def as_text(curriculum: Curriculum) -> str:
    """The modules as a table for a terminal, then where the right options stand."""
    rows = [HEADS, *(_row(one) for one in coverage(curriculum))]
    widths = [max(len(row[index]) for row in rows) for index in range(len(HEADS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, "", *_said(keys(curriculum))])


def _row(one: Coverage) -> tuple[str, ...]:
    numbers = (one.objectives, one.lessons, one.words, one.reading, one.practice, one.exercises, one.scenarios)
    return (
        printable(one.module),
        *map(str, numbers),
        f"{one.several_ways} of {one.nodes}",
        str(one.questions),
        f"{one.not_plain:.0%}",
        f"{one.applying:.0%}",
        str(one.references),
        str(one.grade),
    )


def _said(found: Keys) -> Iterator[str]:
    yield f"The right option is the longest in {found.longest} of {found.questions} questions; chance would give {found.expected}."
    for size, places in found.places.items():
        yield f"Of {size} options, the right one stands in each place: {', '.join(map(str, places))} times."


#: Every form in which the numbers can be shown, by the name that `--format` has for it.
FORMS: dict[str, Callable[[Curriculum], str]] = {"text": as_text, "json": as_json}
