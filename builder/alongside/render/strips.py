"""Draws the key moment of a conversation: two of the cast from the waist up, and what is said in a bubble. ADR 35 says why.

Each panel is a picture of its own, so that panels stand one below the other where there is little room. What is said stays in
the turns of the page; the words of a strip say how the two hold themselves.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from alongside.model.curriculum import Curriculum
from alongside.model.element import Element
from alongside.model.faces import Face
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.steps import Dialogue, DialogueStep, Panel
from alongside.render.faces import COLOURS, SIZE, TONES, person
from alongside.render.template_context import spoken
from alongside.words.language import N_, Words

WIDTH = 240
#: How many people a strip has room for.
PAIR = 2
#: Signs in a line of a bubble, so that it fits in whatever font a device has; and how high a line is.
SIGNS, LINE = 29, 17
#: How much larger people are than their faces, and how much of a picture they take.
LARGER, PEOPLE = 1.5, 104
#: How far the face is turned, aside (towards the other, or from them) and down.
TOWARDS, AWAY, DOWN = (1.5, 0.0), (-3.0, 0.5), (0.5, 3.0)
#: How far somebody leans, in degrees.
LEANS = {"leaning-in": 9, "leaning-back": -8}
#: Arms, and the hands at their ends, of whoever sits on the left.
ARMS = {
    "arms-folded": ("M8 58q1 9 12 7l21-5M56 58q-1 9-12 7l-19-3", "M43 59h0M23 61h0"),
    "hand-raised": ("M53 60q10-2 6-16", "M59 41h0"),
    "open-hand": ("M53 58q6 6 13 1", "M68 57h0"),
    "hand-at-chin": ("M52 64q-2-9-12-16", "M38 44h0"),
    "phone-in-hand": ("M54 58q-3 9-13 5", "M39 61h0"),
}
PHONE = '<path d="M33 50h9v14h-9z" fill="#20262b"/><path d="M35 52h5v9h-5z" fill="#cfe9f5"/>'

#: What each gesture is called in the words of a strip.
SAYS = {
    "leaning-in": N_("%(name)s leans in"),
    "leaning-back": N_("%(name)s sits back"),
    "looking-away": N_("%(name)s looks away"),
    "looking-down": N_("%(name)s looks down"),
    "arms-folded": N_("%(name)s has folded arms"),
    "hand-raised": N_("%(name)s raises a hand"),
    "open-hand": N_("%(name)s holds out a hand"),
    "hand-at-chin": N_("%(name)s has a hand at the chin"),
    "phone-in-hand": N_("%(name)s holds a phone"),
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A panel as it is shown: the address of its picture, its size, and what is to be seen in it, in words."""

    picture: str
    height: int
    says: str
    #: Draws the picture, for whoever writes it: pages and the table of addresses need the rest alone.
    draw: Callable[[], str]

    @property
    def width(self) -> int:
        """How wide the picture is; all are the same."""
        return WIDTH

    @property
    def svg(self) -> str:
        """The picture."""
        return self.draw()


def strip(
    curriculum: Curriculum, module: Module | None, lesson: Element | None, talk: Dialogue, words: Words
) -> list[Drawing]:
    """The panels of a conversation; none where it has no strip, or where somebody has no face, which R269 says."""
    names = list(dict.fromkeys(turn.speaker for turn in talk.turns))
    faces = [found[1].face for name in names if module and (found := curriculum.cast_member(module.id, name))]
    if not module or not isinstance(lesson, Lesson) or len(names) != PAIR or len(faces) != PAIR:
        return []
    at = next(
        (n for n, step in enumerate(lesson.steps, 1) if isinstance(step, DialogueStep) and step.dialogue is talk), 0
    )
    return [
        _drawing(f"{module.id}/strips/{lesson.id}-{at}-{number}.svg", panel, talk, names, faces, words)
        for number, panel in enumerate(talk.strip, 1)
        if panel.turn <= len(talk.turns)
    ]


def strip_files(curriculum: Curriculum, module: Module, words: Words) -> Iterator[tuple[Drawing, Dialogue]]:
    """Each panel of a module, with its conversation."""
    for lesson in module.lessons:
        for step in lesson.steps:
            if isinstance(step, DialogueStep):
                for drawing in strip(curriculum, module, lesson, step.dialogue, words):
                    yield drawing, step.dialogue


def _drawing(  # noqa: PLR0913, PLR0917  # what a picture is made of
    picture: str, panel: Panel, talk: Dialogue, names: list[str], faces: list[Face], words: Words
) -> Drawing:
    turn = talk.turns[panel.turn - 1]
    _, says = spoken(turn.says)
    who = names.index(turn.speaker)
    gestures = [panel.speaker, panel.listener] if who == 0 else [panel.listener, panel.speaker]
    seen = [words.gettext(SAYS[gesture], name=name) for name, of in zip(names, gestures, strict=True) for gesture in of]
    if not says:
        seen.insert(0, words.gettext("%(name)s says nothing", name=turn.speaker))
    elif not seen:
        seen = [words.gettext("%(name)s speaks", name=turn.speaker)]
    lines = textwrap.wrap(says.replace("*", ""), SIGNS) or ["…"]
    top = len(lines) * LINE + 24
    height = top + PEOPLE
    people = tuple(zip(faces, gestures, strict=True))
    return Drawing(picture, height, "; ".join(seen), partial(_svg, lines, people, who, top, height))


def _svg(lines: Sequence[str], people: Sequence[tuple[Face, tuple[str, ...]]], who: int, top: int, height: int) -> str:
    """A panel: its people, and the lines of a bubble above the one who speaks."""
    tail = 64 if who == 0 else WIDTH - 64
    sign = 1 if who == 0 else -1
    bubble = (
        f'<path fill="#fff" stroke="#6b6b6b" d="M16 6h{WIDTH - 32}q10 0 10 10v{top - 30}q0 10-10 10'
        f'H{tail + 8}l{-8 - sign * 4} 9-4-9H16q-10 0-10-10v-{top - 30}q0-10 10-10z"/>'
    )
    text = "".join(f'<tspan x="120" y="{23 + n * LINE}">{escape(line)}</tspan>' for n, line in enumerate(lines))
    sitting = "".join(_sitting(face, of, top, right=n == 1) for n, (face, of) in enumerate(people))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" fill="none" '
        f'stroke-width="1.3" stroke-linecap="round"><path fill="#c3d0d4" d="M0 0h{WIDTH}v{height}H0z"/>{sitting}{bubble}'
        f'<text fill="#1d1d1d" font-family="system-ui,sans-serif" font-size="13.5" text-anchor="middle">{text}</text></svg>\n'
    )


def _sitting(face: Face, gestures: tuple[str, ...], top: int, *, right: bool) -> str:
    """Somebody on one of the two sides. Turns and leans are told from the left, and mirrored on the right."""
    side = -1 if right else 1
    aside, down = AWAY if "looking-away" in gestures else DOWN if "looking-down" in gestures else TOWARDS
    cloth, skin = COLOURS[face.colour][0], TONES[face.skin].skin
    arms = ""
    for gesture in gestures:
        if gesture in ARMS:
            arm, hand = ARMS[gesture]
            phone = PHONE if gesture == "phone-in-hand" else ""
            arms += (
                f'<path stroke="#0005" stroke-width="8.5" d="{arm}"/><path stroke="{cloth}" stroke-width="7" d="{arm}"/>'
                f'{phone}<path stroke="{skin}" stroke-width="7" d="{hand}"/>'
            )
    if arms and right:
        arms = f'<g transform="matrix(-1 0 0 1 {SIZE} 0)">{arms}</g>'
    lean = side * sum(LEANS.get(gesture, 0) for gesture in gestures)
    turn = f"rotate({lean} 32 70)" if lean else ""
    body = f'<path fill="{cloth}" d="M5 64h54v16H5z"/>'
    left = 128 if right else 16
    return f'<g transform="translate({left} {top})scale({LARGER:g}){turn}">{body}{person(face, (side * aside, down), arms)}</g>'
