"""How long things take: the one count that pages, reports and rules use.

Reading goes by words, questions by what they hold and a moment to think. What is done away from the page can't be counted,
so exercises and scenarios say it themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from alongside.model.element import Element, descendants
from alongside.model.exercises import Exercise
from alongside.model.lessons import Lesson, Quiz
from alongside.model.modules import Module
from alongside.model.questions import Question
from alongside.model.scenarios import AnyScenario, ScenarioFields
from alongside.model.steps import FigureStep, MakeStep, MediaStep, PlanStep, ScenarioStep
from alongside.texts.readability import all_words, teaching_texts, word_count

#: Words a minute, in English, of adults who read to understand: 238 on average (Brysbaert 2019), less for whoever thinks it over.
READING_SPEED = 200
#: Minutes to think before an answer, and to think up a case or a plan of one's own.
THOUGHT, OWN_CASE = 0.5, 3


@dataclass(frozen=True, slots=True)
class Duration:
    """Whole minutes of reading and of practice."""

    reading: int = 0
    practice: int = 0

    def __add__(self, other: Duration) -> Duration:
        return Duration(self.reading + other.reading, self.practice + other.practice)

    @property
    def minutes(self) -> int:
        """Both together."""
        return self.reading + self.practice


def lesson_duration(lesson: Lesson, scenarios: Mapping[str, AnyScenario]) -> Duration:
    """Reading the case, the text, the rules, the dialogues and what recordings and pictures say; and everything to do.

    `scenarios` are those of the module, in files of their own.
    """
    return Duration(ceil(words_read(lesson) / READING_SPEED), ceil(sum(_doing(lesson, scenarios))))


def quiz_duration(quiz: Quiz) -> Duration:
    """All its questions."""
    return Duration(0, ceil(sum(_answering(question) for question in quiz.questions)))


def durations(module: Module) -> dict[str, Duration]:
    """How long each part of a module takes, by its id: the lessons, then the quiz."""
    lessons = {lesson.id: lesson_duration(lesson, module.scenarios) for lesson in module.lessons}
    return lessons | ({module.quiz.id: quiz_duration(module.quiz)} if module.quiz else {})


def module_duration(module: Module) -> Duration:
    """All parts of a module."""
    return sum(durations(module).values(), Duration())


def words_read(lesson: Lesson) -> int:
    """The words of a lesson that are read or heard rather than answered or done."""
    seen = sum(all_words(step) for step in lesson.steps if isinstance(step, FigureStep | MediaStep))
    return word_count(teaching_texts(lesson)) + seen


def _doing(lesson: Lesson, scenarios: Mapping[str, AnyScenario]) -> Iterator[float]:
    for step in lesson.steps:
        if isinstance(step, MakeStep | PlanStep):
            yield OWN_CASE
        if isinstance(step, ScenarioStep) and isinstance(step.scenario, str) and step.scenario in scenarios:
            yield scenarios[step.scenario].minutes
    yield from (_said(element) for element in descendants(lesson))


def _said(element: Element) -> float:
    if isinstance(element, Exercise | ScenarioFields):
        return element.minutes
    return _answering(element) if isinstance(element, Question) else 0


def _answering(question: Question) -> float:
    return all_words(question) / READING_SPEED + THOUGHT
