"""The registry of question kinds: one line each. Every other list is made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from alongside.model.questions.base import Question
from alongside.model.questions.choice import Choice
from alongside.model.questions.choices import Choices
from alongside.model.questions.confidence import Confidence
from alongside.model.questions.gap import GapText
from alongside.model.questions.judgement import Judgement
from alongside.model.questions.matching import Matching
from alongside.model.questions.number import Number
from alongside.model.questions.open_response import OpenResponse
from alongside.model.questions.ordering import Ordering
from alongside.model.questions.scale import Scale
from alongside.model.questions.short_text import ShortText
from alongside.model.questions.sorting import Sorting

QUESTION_KINDS: dict[str, type[Question]] = {
    "choice": Choice,
    "choices": Choices,
    "judgement": Judgement,
    "scale": Scale,
    "ordering": Ordering,
    "matching": Matching,
    "sorting": Sorting,
    "gap": GapText,
    "short_text": ShortText,
    "number": Number,
    "open_response": OpenResponse,
    "confidence": Confidence,
}

if TYPE_CHECKING:
    AnyQuestion = Question
else:
    #: Any question, told apart by its `kind`.
    AnyQuestion = Annotated[Union[tuple(QUESTION_KINDS.values())], Field(discriminator="kind")]  # noqa: UP007  # built from the registry

_NAMES: dict[type[Question], str] = {model: name for name, model in QUESTION_KINDS.items()}

__all__ = ["QUESTION_KINDS", "AnyQuestion", "Question", "kind_of"]


def kind_of(question: Question) -> str:
    """The name of the question's kind."""
    return _NAMES[type(question)]
