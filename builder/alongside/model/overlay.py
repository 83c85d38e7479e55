"""What a site changes in a module that comes from another layer, part by part."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from alongside.model.element import Element, FileElement, Identifier
from alongside.model.questions import AnyQuestion
from alongside.model.steps import Step

#: The file of a module’s folder, without its ending, in which a layer says what it changes of the module below it.
OVERLAY = "overlay"
#: `FILE`, `FILE#PART`, and either with the way to a field behind it: `four-moves#say-it-back.prompt`.
ADDRESS_PATTERN = r"^[a-z0-9][a-z0-9-]{0,60}(#[a-z0-9][a-z0-9-]{0,60})?(\.[A-Za-z0-9_-]{1,61})*$"
Address = Annotated[str, StringConstraints(pattern=ADDRESS_PATTERN, max_length=300)]


class Addition(Element):
    """Something new, with the part before or after which it stands. It says `after` or `before`, and one thing to add."""

    after: Address | None = Field(default=None, examples=["four-moves#text-2"])
    """Address of the part or of the lesson behind which it stands."""
    before: Address | None = Field(default=None, examples=["four-moves#hook-1"])
    """Address of the part or of the lesson before which it stands."""
    step: Step | None = None
    """A step, beside another step of a lesson."""
    question: AnyQuestion | None = None
    """A question, beside another question of the quiz."""
    lesson: Identifier | None = Field(default=None, examples=["our-first-meeting"])
    """Name of a lesson in this folder, beside another lesson."""
    module: Identifier | None = Field(default=None, examples=["our-programme"])
    """Name of a module, beside another module of the order. Only in `modules/overlay.yml`."""


class Overlay(FileElement):
    """What is changed of a module that comes from another layer. It stands as `overlay.yml` in the folder of the module’s name.

    A part has an address: the name of its file, `#` and its id, as in `quiz#first-words`. A step without an id is called by its
    kind and its number among those of its kind: `four-moves#text-2`. Fields follow with a point: `four-moves.title`,
    `quiz#first-words.prompt`, `module.summary`. `alongside where MODULE` lists the addresses.
    """

    replace: dict[Address, Any] = Field(default_factory=dict, examples=[{"four-moves.title": "Four things to say"}])
    """What stands in place of a part or of a field, by its address. A part is replaced by one of its kind with its id."""
    leave_out: tuple[Address, ...] = Field(default=(), examples=[["four-moves#text-3", "quiz#first-words"]])
    """Addresses of lessons, of the quiz and of parts that are not shown."""
    add: tuple[Addition, ...] = Field(default=(), examples=[[{"after": "four-moves", "lesson": "our-first-meeting"}]])
    """What is new, each with the part beside which it stands."""
