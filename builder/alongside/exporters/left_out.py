"""What a format cannot take: a whole question, or a part of one. Nothing is left out in silence."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.files.located import Place


class Unfit(Exception):  # noqa: N818  # it is no error of ours
    """A question that a format cannot take. Carries the reason, which reads on after `because`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, order=True)
class LeftOut:
    """Something that was left out, where it stands, and the reason, which reads on after `because`."""

    #: `question`, `lesson`, `module` or `page` for a whole one, otherwise the part of it: `hints`.
    what: str
    reason: str
    place: Place
    #: What it is or is part of, by its id.
    question: str
    #: What it is part of, in a word.
    of: str = "question"

    @property
    def whole(self) -> bool:
        """Whether it is missing itself, and not a part of it."""
        return self.what in WHOLE


#: What is left out where it is the whole question.
QUESTION = "question"
#: A part of one in a language that is written from right to left.
DIRECTION = "the direction of writing"
WHOLE = (QUESTION, "lesson", "module", "page")
