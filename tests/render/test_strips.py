"""Strips of key moments: drawn by the same hands as faces, the same each time, small, and said in words."""

from __future__ import annotations

import gzip
from functools import cache
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.model.curriculum import Curriculum
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.steps import Dialogue, DialogueStep, Gesture
from alongside.render.strips import LEANS, SAYS, Drawing, strip, strip_files
from alongside.words.language import ENGLISH
from tests.render.test_site import ROOT

pytestmark = pytest.mark.slow

GESTURES = get_args(Gesture)
#: The most bytes of a panel, compressed.
MOST = 1200


@cache
def course() -> Curriculum:
    curriculum, _ = load_curriculum([Layer("", ROOT)])
    assert curriculum
    return curriculum


def module_of(name: str) -> Module:
    return course().modules[name]


def example() -> tuple[Lesson, Dialogue]:
    """A lesson with a strip, whose second panel is a silence."""
    lesson = next(lesson for lesson in module_of("active-listening").lessons if lesson.id == "attention-and-silence")
    return lesson, next(s.dialogue for s in lesson.steps if isinstance(s, DialogueStep) and s.dialogue.strip)


def drawn_with(gesture: str, of: str) -> Drawing:
    lesson, talk = example()
    panel = talk.strip[0].model_copy(update={"speaker": (), "listener": ()} | ({of: (gesture,)} if gesture else {}))
    changed = talk.model_copy(update={"strip": (panel,)})
    steps = tuple(
        step.model_copy(update={"dialogue": changed})
        if isinstance(step, DialogueStep) and step.dialogue is talk
        else step
        for step in lesson.steps
    )
    return strip(course(), module_of("active-listening"), lesson.model_copy(update={"steps": steps}), changed, ENGLISH)[
        0
    ]


def test_every_gesture_is_called_something() -> None:
    assert set(SAYS) == set(GESTURES)
    assert set(LEANS) <= set(GESTURES)


@pytest.mark.parametrize("of", ["speaker", "listener"])
def test_every_gesture_draws_something_of_its_own(of: str) -> None:
    pictures = [drawn_with(gesture, of).svg for gesture in ("", *GESTURES)]
    assert len(set(pictures)) == len(pictures)


def drawn_files() -> list[tuple[str, Dialogue, str]]:
    """The address of each panel of the course, its conversation, and the picture."""
    modules = course().modules.values()
    panels = (found for module in modules for found in strip_files(course(), module, ENGLISH))
    return [(panel.picture, talk, panel.svg) for panel, talk in panels]


def test_the_course_has_strips_that_are_small_and_well_formed() -> None:
    files = drawn_files()
    assert len({talk.title for _, talk, _ in files}) >= 20
    for name, _, svg in files:
        assert ET.fromstring(svg).tag.endswith("svg")  # noqa: S314  # drawn by us
        assert len(gzip.compress(svg.encode(), mtime=0)) <= MOST, name
    assert files == drawn_files()


def test_a_turn_without_words_is_a_silence() -> None:
    lesson, talk = example()
    silent = strip(course(), module_of("active-listening"), lesson, talk, ENGLISH)[1]
    assert silent.says.startswith("Ngozi says nothing")
    assert ">…</tspan>" in silent.svg
