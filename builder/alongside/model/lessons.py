"""Lessons and quizzes, as files hold them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import ClassVar

from pydantic import Field

from alongside.model.element import FileElement, Flag, FormerIdentifier, Identifier, Line, Prose, Title
from alongside.model.questions import AnyQuestion
from alongside.model.scenarios import Scenario
from alongside.model.steps import QuestionStep, Step
from alongside.words.language import N_


class Lesson(FileElement):
    """One sitting: an ordered list of steps. How long it takes is counted from what is in it."""

    retired: ClassVar[Mapping[str, str]] = {"minutes": "how long a lesson takes is counted from what is in it"}

    title: Title
    """What the lesson is called."""
    objectives: tuple[Identifier, ...] = ()
    """Ids of the module's objectives that this lesson teaches."""
    summary: Prose
    """What the lesson says, in easier words. It is offered to whoever would rather skip the lesson."""
    content_note: Line | None = None
    """What a reader may want to know before: short, neutral and specific."""
    skill: Flag = True
    """Whether the lesson teaches a skill, so that it needs rules, a poor and a better dialogue, and practice."""
    steps: tuple[Step, ...] = Field(min_length=1)
    """What happens in the lesson, in order. Each step has exactly one kind."""
    draft: Flag = False
    """Whether the lesson is not ready for learners. A preview shows it with a mark; a site for learners has not got it."""
    formerly: tuple[FormerIdentifier, ...] = ()
    """Earlier ids of this lesson. Where it stood in another module, with that: `stigma/asking-about-it`."""

    @property
    def checks(self) -> tuple[AnyQuestion, ...]:
        """The questions after the teaching, in order. Guesses before it are not among them."""
        return tuple(step.question for step in self.steps if isinstance(step, QuestionStep))


class Quiz(FileElement):
    """The self-check at the end of a module."""

    title: Title = N_("Check yourself")
    """What the quiz is called."""
    intro: Prose | None = None
    """A sentence or two before the first question."""
    questions: tuple[AnyQuestion, ...] = Field(min_length=1, max_length=20)
    """Six to ten questions."""


#: What a file of a module holds, by a key that only files of its kind have. `module.yml` is known by its name.
KEYS: dict[str, type[FileElement]] = {"steps": Lesson, "questions": Quiz, "nodes": Scenario}


def model_by_keys(keys: Container[str]) -> type[FileElement] | None:
    """What a file of a module holds, to judge by its keys; `None` where they do not tell."""
    return next((model for key, model in KEYS.items() if key in keys), None)
