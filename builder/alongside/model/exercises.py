"""Things to do that nobody marks: the five kinds of exercise and their registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Union

from pydantic import Field

from alongside.model.element import Element, Flag, FormerIdentifier, Identifier, Line, Minutes, Prose, Title, Waivable


class Exercise(Waivable):
    """Something to do alone, offline, in twelve minutes or less. Its kinds differ in what is written."""

    noun: ClassVar[str] = "exercise"

    id: Identifier
    """Stable name, unique in the module. Saved work is found by it."""
    title: Title
    """What the exercise is called, in a few words."""
    objectives: tuple[Identifier, ...] = ()
    """Ids of the module's objectives that this exercise practises."""
    minutes: Minutes = 5
    """How long it takes."""
    instructions: Prose
    """What to do, in plain steps."""
    alternative: Line | None = None
    """Another way to do it: aloud, in thought, by drawing, with someone."""
    after: Line | None = None
    """What to do with the result."""
    formerly: tuple[FormerIdentifier, ...] = ()
    """Earlier ids of this exercise, so that saved work follows it. Where it stood in another module, with that: `stigma/rewrite-lines`."""


class Prompt(Element):
    """A question to write about."""

    id: Identifier
    """Stable name, unique in the exercise."""
    text: Line
    """Asks about practice, never about wounds, and never for names."""


class Reflection(Exercise):
    """Prompts for a private journal. They ask about practice, never about wounds."""

    kind: Literal["reflection"]
    """`reflection`"""
    prompts: tuple[Prompt, ...] = Field(min_length=1, max_length=5)
    """What to write about."""


class Original(Element):
    """A line to put into better words."""

    noun: ClassVar[str] = "line"
    exhibits: ClassVar[frozenset[str]] = frozenset({"text"})

    id: Identifier
    """Stable name, unique in the exercise."""
    text: Line
    """What was said."""
    context: Line | None = None
    """The situation in which it was said."""
    models: tuple[Line, ...] = Field(min_length=1, max_length=3)
    """Better ways to say it. They appear only after the learner has written."""
    why: Line
    """What the better ways change, by the rules of the lesson."""


class Rewrite(Exercise):
    """Lines to rewrite; then compare with a checklist and model answers."""

    kind: Literal["rewrite"]
    """`rewrite`"""
    originals: tuple[Original, ...] = Field(min_length=1, max_length=10)
    """The lines to rewrite."""
    checklist: tuple[Line, ...] = Field(min_length=2, max_length=6)
    """Yes-or-no questions to ask of every rewritten line."""


class Blank(Element):
    """A place to write in."""

    id: Identifier
    """Stable name, unique in the exercise."""
    label: Title
    """What to write here."""
    hint: Line | None = None
    """Help with it, shown beside the field."""
    example: Line | None = None
    """What someone might write."""
    size: Literal["line", "paragraph", "date"] = "paragraph"
    """How much room it needs."""


class Section(Element):
    """Blanks that belong together."""

    title: Title
    """What they are about."""
    text: Line | None = None
    """A sentence before them."""
    blanks: tuple[Blank, ...] = Field(min_length=1, max_length=12)
    """The places to write in."""


class Worksheet(Exercise):
    """A form to fill in, keep and print: an agreement, a plan, an audit."""

    kind: Literal["worksheet"]
    """`worksheet`"""
    sections: tuple[Section, ...] = Field(min_length=1, max_length=8)
    """The form, part by part."""
    plan: Flag = False
    """`true` for the if-then plan that ends a module."""


class ChecklistItem(Element):
    """Something to tick."""

    noun: ClassVar[str] = "item"

    id: Identifier
    """Stable name, unique in the exercise."""
    text: Line
    """A statement that is true or not yet."""
    note: Line | None = None
    """Why it matters, or what to do when it is not yet true."""


class Checklist(Exercise):
    """Things to tick off: readiness, access, steps before a meeting."""

    kind: Literal["checklist"]
    """`checklist`"""
    items: tuple[ChecklistItem, ...] = Field(min_length=2, max_length=15)
    """What to tick."""


class Role(Element):
    """A part in a practice with someone."""

    name: Title
    """What the part is called: Speaker, Listener, Observer."""
    brief: Prose
    """What this person knows and tries to do."""


class PartnerPractice(Exercise):
    """A card to practise with another person: roles, steps, and questions for talking it over."""

    kind: Literal["partner_practice"]
    """`partner_practice`"""
    roles: tuple[Role, ...] = Field(min_length=2, max_length=4)
    """Who plays what."""
    steps: tuple[Line, ...] = Field(min_length=2, max_length=10)
    """What happens, in order, with timings."""
    debrief: tuple[Line, ...] = Field(min_length=2, max_length=6)
    """Questions to talk over afterwards."""


EXERCISE_KINDS: dict[str, type[Exercise]] = {
    "reflection": Reflection,
    "rewrite": Rewrite,
    "worksheet": Worksheet,
    "checklist": Checklist,
    "partner_practice": PartnerPractice,
}

if TYPE_CHECKING:
    AnyExercise = Exercise
else:
    #: Any exercise, told apart by its `kind`.
    AnyExercise = Annotated[Union[tuple(EXERCISE_KINDS.values())], Field(discriminator="kind")]  # noqa: UP007  # built from the registry
