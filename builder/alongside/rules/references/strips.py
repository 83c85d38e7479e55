"""Drawn strips of conversations: the turns they show, and who is drawn. R268 and R269."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import descendants
from alongside.model.lessons import Lesson
from alongside.model.steps import Dialogue
from alongside.rules.rule import Context, Finding, rule


@rule("R268", "strip-turns", "error", "lesson")
def strip_turns(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Panels of a strip that are not two to four turns of its conversation, one after the other."""
    for talk in descendants(lesson):
        if isinstance(talk, Dialogue) and talk.strip:
            yield from _wrong_turns(talk)


def _wrong_turns(talk: Dialogue) -> Iterator[Finding]:
    expected = f"two to four turns, one after the other, of the {len(talk.turns)} that there are"
    if len(talk.strip) < 2:
        yield Finding("a strip of one panel shows no moment", talk.place("strip"), expected, "add the turn after it")
    for panel in talk.strip:
        if panel.turn > len(talk.turns):
            yield Finding(
                f"there is no turn {panel.turn}",
                panel.place("turn"),
                expected,
                "count the turns from 1, and write the number",
            )
    for before, panel in pairwise(talk.strip):
        if panel.turn != before.turn + 1:
            yield Finding(
                f"turn {panel.turn} does not follow turn {before.turn}", panel.place("turn"), expected,
                f"write turn: {before.turn + 1}, or begin the strip elsewhere",
            )  # fmt: skip


@rule("R269", "strip-without-faces", "error", "curriculum")
def strip_without_faces(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Strips of conversations that are not between two people with faces."""
    for module in curriculum.modules.values():
        for lesson in module.lessons:
            for talk in descendants(lesson):
                if isinstance(talk, Dialogue) and talk.strip:
                    yield from _not_drawn(curriculum, module.id, talk)


def _not_drawn(curriculum: Curriculum, module: str, talk: Dialogue) -> Iterator[Finding]:
    names = list(dict.fromkeys(turn.speaker for turn in talk.turns))
    if len(names) != 2:
        yield Finding(
            f"{len(names)} people speak, and a strip has room for two", talk.place("strip"), "a conversation of two",
            "delete strip:, or choose another conversation",
        )  # fmt: skip
    for name in names:
        if not curriculum.cast_member(module, name):
            yield Finding(
                f"{quoted(name)} has no face to draw", talk.place("strip"), "two people who are in modules/cast.yml",
                "add a face for them there, or delete strip:",
            )  # fmt: skip
