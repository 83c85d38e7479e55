"""Draws people of the cast from a kit of parts: what someone looks like as words, to an SVG of about a kilobyte.

The same words always make the same bytes. What each part may look like is said by `model/faces.py`; ADR 28 says why
people are drawn so. A drawing has no text and no script, and names nothing outside of itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import get_args

from alongside.model.curriculum import CastMember, Curriculum
from alongside.model.faces import Face
from alongside.model.modules import Module

#: How wide and high a drawing is, in units of its own.
SIZE = 64
#: Eyes, and lines on skin that is not dark.
INK = "#221a17"
BODY = "M5 66q0-19 27-19t27 19z"
NECK_AND_EARS = "M27 40h10v8q-5 7-10 0zM21 27a3 3.5 0 1 0 0 7zM43 27a3 3.5 0 1 1 0 7z"
UNDER_CHIN = "M27 42q5 5 10 0v4q-5 4-10 0z"
HEAD = "M20 27q0-13 12-13t12 13v5q0 13-12 13T20 32z"
EYES = "M26 29.5h2M36 29.5h2"
PUPILS = "M27 29.5h0M37 29.5h0"
#: Calm, so that it fits whatever is said: a mouth that curves up smiles at somebody who speaks of suicide.
BROWS_NOSE_MOUTH = "M24 26q2.5-1.8 5.5-.2M40 26q-2.5-1.8-5.5-.2M32 30.5q1.5 3.5-1 3.8M28.5 39.4q3.5 .7 7 0"


@dataclass(frozen=True, slots=True)
class Tone:
    """A colour of skin, its shade below the chin, and what lines of the face are drawn in, so that they can be seen."""

    skin: str
    shade: str
    line: str


TONES: dict[str, Tone] = {
    "pale": Tone("#f7dcc6", "#e3bd9f", "#7d4a3a"),
    "light": Tone("#efc5a0", "#d6a379", "#74402e"),
    "olive": Tone("#d9ac7b", "#bc8b5b", "#5f3522"),
    "tan": Tone("#bd8453", "#9c6639", "#3f2013"),
    "brown": Tone("#7f4f30", "#623a20", "#e6b79c"),
    "dark": Tone("#5d3a25", "#442716", "#d99f87"),
}

HAIR_COLOURS: dict[str, str] = {
    "black": "#1b1718", "dark": "#3a241a", "brown": "#6a4327", "red": "#9c4a1f", "fair": "#d3a75e", "grey": "#9a9a98", "white": "#e9e6df",
}  # fmt: skip

#: The colour of clothes, and the pale one behind.
COLOURS: dict[str, tuple[str, str]] = {
    "teal": ("#0b6b6b", "#cfe7e1"),
    "green": ("#2f6b3f", "#d5e9d3"),
    "olive": ("#66701f", "#e8ecc9"),
    "yellow": ("#c58a14", "#fbebc4"),
    "rust": ("#b3511f", "#fbdfc8"),
    "plum": ("#7a2f58", "#f1d9e6"),
    "pink": ("#c2607f", "#fbe0e4"),
    "blue": ("#3a6ea8", "#d8e6f4"),
    "navy": ("#2c3f66", "#dbe0ee"),
    "grey": ("#59626a", "#e4e6e6"),
}

#: Hair behind the head and on it, for each cut.
HAIR: dict[str, tuple[str, str]] = {
    "short": ("", "M19 29c-2-11 4-18 13-18s15 7 13 18c-1-5-3-8-5-10-5 3-12 3-16 0-2 2-4 5-5 10z"),
    "cropped": ("", "M19.5 27c-1-9 4-14 12.5-14s13.5 5 12.5 14c-1-4-2-6-4-8-5-2-12-2-17 0-2 2-3 4-4 8z"),
    "parted": ("", "M19 30c-3-12 4-20 14-20 9 0 14 7 12 20-1-5-3-9-6-11-5 1-11 1-14-2-1 5-4 7-6 13z"),
    "swept": ("", "M19 29c-3-10 0-16 6-18 7-5 20-3 21 7l-1 11c-1-5-2-8-4-10-7 1-14-1-17-3-2 4-4 7-5 13z"),
    "receding": (
        "",
        "M19.5 31c-2-9 2-18.5 12.5-18.5s14.5 9.5 12.5 18.5L43 26c-.5-3-1-5-3-7-2-1-4-2-5-1.5-2 3-4 3-6 0-1-.5-3 .5-5 1.5-2 2-2.5 4-3 7z",
    ),
    "bald": ("", "M19.5 33c-1.5-3-1-6 0-9l1.5 5zM44.5 33c1.5-3 1-6 0-9L43 29z"),
    "curly": (
        "",
        "M19 29c-4-2-4-7-1-9-1-4 2-7 5-7 1-4 6-5 9-3 3-2 8-1 9 3 3 0 6 3 5 7 3 2 3 7-1 9 0-4-2-7-4-9-3 1-5-1-7-2-3 2-7 3-10 2-3 2-5 5-5 9z",
    ),
    "afro": (
        "M32 4c13 0 19 9 18 19-1 8-4 12-7 13H21c-3-1-6-5-7-13C13 13 19 4 32 4z",
        "M19.5 28c-1-10 4-15 12.5-15s13.5 5 12.5 15c-2-4-3-6-5-8-5 2-10 2-15 0-2 2-3 4-5 8z",
    ),
    "locs": (
        "M18 24c0-9 6-15 14-15s14 6 14 15v24c-1 2-4 2-5 0H23c-1 2-4 2-5 0z",
        "M19 46V25c0-9 5-14 13-14s13 5 13 14v21h-3V27l-3-8-4 3-3-3-4 3-4-3-2 8v19z",
    ),
    "wavy": (
        "M17 42c-3-6 2-8 0-13-1-12 6-19 15-19s16 7 15 19c-2 5 3 7 0 13-2 4-5 4-7 2H24c-2 2-5 2-7-2z",
        "M19.5 29c-1-10 4-16 12.5-16s13.5 6 12.5 16c-2-2-4-5-5-9-5 4-10 4-14 3-2 1-4 3-5 6z",
    ),
    "bob": (
        "M18 40c-3-17 0-30 14-30s17 13 14 30c-3 2-6 2-7 1H25c-1 1-4 1-7-1z",
        "M20 30c-1-10 4-16 12-16s13 6 12 16c-2-3-3-6-4-9-6 1-11-1-14-4-1 5-3 9-6 13z",
    ),
    "fringe": (
        "M18 42c-2-20 0-32 14-32s16 12 14 32c-2 1-5 1-6 0H24c-1 1-4 1-6 0z",
        "M19.5 32c-1-14 4-19 12.5-19s13.5 5 12.5 19c-1-4-1-6-2-8-7 1-14 1-21 0-1 2-1 4-2 8z",
    ),
    "long": (
        "M16 58c0-10 1-14 1-26 0-14 5-22 15-22s15 8 15 22c0 12 1 16 1 26z",
        "M20 31c-1-11 4-17 12-17s13 6 12 17c-2-5-7-9-12-14-3 6-9 9-12 14z",
    ),
    "plait": (
        "M42 18c5 4 5 12 4 17 3 3 1 6 0 8 3 3 1 6 0 8 2 3 0 6-3 7-3-1-4-4-3-7-2-2-2-5 0-8z",
        "M19 30c-2-12 4-19 13-19s15 7 13 19c-2-6-7-10-12-13-5 3-12 7-14 13z",
    ),
    "ponytail": (
        "M40 14c9-4 13 4 11 13-1 6-2 9-5 13-2-5-1-9-1-13z",
        "M19.5 28c-2-11 4-16 12.5-16s14.5 5 12.5 16c-1-4-4-7-6-9-4 1-9 1-13 0-2 2-5 5-6 9z",
    ),
    "bun": (
        "M32 2c5 0 7 3 7 6s-2 6-7 6-7-3-7-6 2-6 7-6z",
        "M19.5 30c-2-12 4-18 12.5-18s14.5 6 12.5 18c-1-5-6-9-12.5-13-6.5 4-11.5 8-12.5 13z",
    ),
    "braids": (
        "M19 24c-3 6-3 14-3 22 0 4 6 4 6 0V30zM45 24c3 6 3 14 3 22 0 4-6 4-6 0V30z",
        "M19 30c-2-12 4-19 13-19s15 7 13 19c-2-6-7-9-13-15-6 6-11 9-13 15z",
    ),
}

#: What covers the head, drawn on the hair, in the colour of the clothes: behind the head, on it, and folds.
HEADWEAR: dict[str, tuple[str, str, str]] = {
    "headscarf": (
        "M14 58c-1-6 1-12 1-24 0-16 7-25 17-25s17 9 17 25c0 12 2 18 1 24z",
        "M15 34C15 18 22 9 32 9s17 9 17 25c0 6 0 13-1 18-9 5-23 5-32 0-1-5-1-12-1-18zm6-3c0 10 3 15 11 15s11-5 11-15c0-9-4-14-11-14s-11 5-11 14z",
        "M19 43c4 6 9 8 15 8s9-2 12-6",
    ),
    "turban": (
        "",
        "M17 26c-4-12 4-20 15-20s19 8 15 20c-4-5-9-8-15-10-6 2-11 5-15 10z",
        "M22 9c4 1 8 4 10 7M41 9c-4 1-7 4-9 7M18 17c4-3 9-3 14-1M46 17c-4-3-9-3-14-1",
    ),
    "headwrap": (
        "",
        "M18 25c-2-9 0-14 4-17 3-6 8-6 12-4 6-1 9 3 9 6 3 4 5 9 3 15-5-6-22-6-28 0z",
        "M23 10c5 2 12 2 18-1M20 18c8-4 17-4 24 0",
    ),
    "cap": (
        "",
        "M18 24C17 14 23 9 32 9s15 5 14 15c5 0 7 2 8 4-11-3-25-4-36-4z",
        "M32 9v4M18 24c9-1 19-1 28 0",
    ),
    "woolly-hat": (
        "",
        "M18 25C17 14 23 7 32 7s15 7 14 18zM16 22h32v6H16z",
        "M22 23v4M27 23v4M32 23v4M37 23v4M42 23v4",
    ),
}

BEARDS: dict[str, str] = {
    "stubble": "M20.5 33c2 3 3 4 6 4 3-2 8-2 11 0 3 0 4-1 6-4-.5 8-5 12-11.5 12s-11-4-11.5-12z",
    "moustache": "M25.5 38.5c1-3 4-4 6.5-2.5 2.5-1.5 5.5-.5 6.5 2.5-2 1-4 0-6.5-1-2.5 1-4.5 2-6.5 1z",
    "short": "M20 31c1 4 3 6 6 6 3-3 9-3 12 0 3 0 5-2 6-6 1 10-4 16-12 16s-13-6-12-16zM28 38c2 3 6 3 8 0-2 1-6 1-8 0z",
    "full": "M20 30c1 5 3 7 6 7 3-3 9-3 12 0 3 0 5-2 6-7 3 14-1 25-12 25s-15-11-12-25zM28 38c2 3 6 3 8 0-2 1-6 1-8 0z",
}

#: What is worn over the body, in one more colour.
CLOTHES: dict[str, str] = {
    "jumper": '<path d="M25 47c3 5 11 5 14 0l2 1c-4 7-14 7-18 0z" fill="#0003"/>',
    "shirt": '<path d="M25 46l7 8 7-8 4 3-7 9-4-4-4 4-7-9z" fill="#fffd"/>',
    "hoodie": '<path d="M22 47c2 9 18 9 20 0 5 2 4 9-2 11H24c-6-2-7-9-2-11z" fill="#0003"/><path d="M28 56v6M36 56v6" stroke="#fffc"/>',
    "jacket": '<path fill="#fffe" d="M25 47l7 17 7-17z"/><path d="M25 47l-4 6 4 2-1 3 8 6 8-6-1-3 4-2-4-6" stroke="#0006"/>',
    "tunic": '<path d="M26 48l6 10 6-10" stroke="#fff" stroke-width="2"/><path d="M44 57h5v7h-5z" fill="#fffc"/>',
    "dungarees": '<path d="M23 66V48l3-1v11h12V47l3 1v18z" fill="#33527c"/><path d="M24 57h2M38 57h2" stroke="#f3d27a" stroke-width="2"/>',
    "high-vis": '<path d="M24 48c-9 2-15 6-17 16h50c-2-10-8-14-17-16l-8 10z" fill="#e8e337"/><path d="M17 51v13M47 51v13" stroke="#c9ced0" stroke-width="4"/>',
}

EXTRAS: dict[str, str] = {
    "hearing-aid": '<path d="M45 25q4 2 1 8" stroke="#3f86d6" stroke-width="2.6"/>',
    "cochlear-implant": '<path d="M46 33q3-4 1-9" stroke="#3f86d6" stroke-width="2"/><path d="M47 21h0" stroke="#3f86d6" stroke-width="6"/>',
    "wheelchair": '<path fill="#56616b" d="M14 66V46h36v20z"/><path d="M14 47H9M50 47h5M5 57v10M59 57v10" stroke="#262d33" stroke-width="4"/>',
    "communication-aid": '<path fill="#2f3a44" d="M19 52h26v14H19z"/><path fill="#cfe9f5" d="M21 54h22v8H21z"/>',
    "headphones": '<path d="M18 30q-2-20 14-20t14 20" stroke="#2b3036" stroke-width="2"/><path d="M18 28v6M46 28v6" stroke="#2b3036" stroke-width="5"/>',
    "earrings": '<path d="M19 35v4M45 35v4" stroke="#f0c14b" stroke-width="2.2"/>',
    "freckles": '<path d="M25 34h0M27 35.5h0M23.5 35.5h0M39 34h0M37 35.5h0M40.5 35.5h0" stroke="LINE"/>',
}

#: Frames, drawn as lines.
GLASSES: dict[str, str] = {
    "round": "M31 29.5a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM41 29.5a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM31 29h2M23 29l-3-1M41 29l3-1",
    "square": "M22.5 26.5h8v4c0 3-8 3-8 0zM33.5 26.5h8v4c0 3-8 3-8 0zM30.5 28h3M22.5 28L20 27.5M41.5 28l2.5-.5",
}

#: Lines that years leave, on the skin.
LINES: dict[str, str] = {
    "middle-aged": "M26 34q-2 1-1.5 3.5M38 34q2 1 1.5 3.5",
    "old": "M26 34q-2 1-1.5 3.5M38 34q2 1 1.5 3.5M24 32.5q2.5 1.5 5 0M35 32.5q2.5 1.5 5 0M28 21h8",
}


#: How large those are who have not grown up, and whoever has a wheelchair around them.
SCALES: dict[str, float] = {"child": 0.8, "teenager": 0.91}
IN_A_WHEELCHAIR = 0.84


def drawn(face: Face) -> str:
    """The drawing of a face, as the text of an SVG file."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" fill="none" stroke-width="1.3" stroke-linecap="round">'
        f'<path fill="{COLOURS[face.colour][1]}" d="M0 0h{SIZE}v{SIZE}H0z"/>{person(face)}</svg>\n'
    )


def person(face: Face, turned: tuple[float, float] = (0, 0), arms: str = "") -> str:
    """Whoever has a face, without a ground: how far eyes and mouth are turned aside and down, and arms drawn over the body."""
    tone, hair = TONES[face.skin], HAIR_COLOURS[face.hair_colour]
    cloth, _ = COLOURS[face.colour]
    behind, front = HAIR[face.hair]
    cover_behind, cover, folds = HEADWEAR.get(face.headwear, ("", "", ""))
    extras = {name: EXTRAS[name] for name in face.also}
    chair = extras.pop("wheelchair", "")
    parts = [
        # A headscarf covers all hair; below anything else it shows.
        "" if face.headwear == "headscarf" else _shape(behind, hair),
        _shape(cover_behind, cloth),
        _shape(BODY, cloth),
        CLOTHES[face.clothes],
        _shape(NECK_AND_EARS, tone.skin),
        _shape(UNDER_CHIN, tone.shade),
        _shape(HEAD, tone.skin),
        _shape(BEARDS.get(face.beard, ""), f"{hair}59" if face.beard == "stubble" else hair),
        f'<g transform="translate({turned[0]:g} {turned[1]:g})">' if any(turned) else "",
        _line(EYES, "#fff", 2.8),
        _line(PUPILS, INK, 2.6),
        _line(BROWS_NOSE_MOUTH + GLASSES.get(face.glasses, ""), tone.line),
        _line(LINES.get(face.age, ""), f"{tone.line}b0", 0.7),
        "</g>" if any(turned) else "",
        "" if cover else _shape(front, hair),
        _shape(cover, cloth),
        _line(folds, "#0004"),
        *extras.values(),
        arms,
    ]
    body = "".join(parts).replace("LINE", tone.line)
    scale = SCALES.get(face.age, 1) * (IN_A_WHEELCHAIR if chair else 1)
    if scale < 1:
        body = f'<g transform="translate({SIZE / 2 * (1 - scale):.3g} {SIZE * (1 - scale):.3g})scale({scale:.2g})">{body}</g>'
    return chair + body


def _shape(path: str, fill: str) -> str:
    return f'<path fill="{fill}" d="{path}"/>' if path else ""


def _line(path: str, stroke: str, width: float | None = None) -> str:
    thick = f' stroke-width="{width:g}"' if width else ""
    return f'<path stroke="{stroke}"{thick} d="{path}"/>' if path else ""


@dataclass(frozen=True, slots=True)
class Sample:
    """A word for what somebody looks like, with an example of it for authors."""

    word: str
    picture: str
    face: Face


@cache
def samples() -> tuple[tuple[str, str, tuple[Sample, ...]], ...]:
    """Each field of a face, its description and its words. Who shows them is the same throughout, but for the word."""
    return tuple(
        (field, of.description or "", tuple(_sample(field, word) for word in words_of(field)))
        for field, of in Face.model_fields.items()
    )


def words_of(field: str) -> tuple[str, ...]:
    """The words that a field of a face knows."""
    known = get_args(Face.model_fields[field].annotation)
    return get_args(known[0]) if field == "also" else known


def _sample(field: str, word: str) -> Sample:
    face = Face.model_validate({"skin": "tan", "hair": "wavy"} | {field: (word,) if field == "also" else word})
    return Sample(word, f"authors/faces/{field}-{word}.svg", face)


#: Tints for those who have no face, which are those of `partials/face.css`.
TINTS = ("teal", "rust", "plum", "blue", "olive", "yellow")


@dataclass(frozen=True, slots=True)
class Portrait:
    """How somebody is shown beside what they say: a picture, or the first letter of the name on a tint."""

    #: Address of the picture from the top of the site, if there is one.
    picture: str
    initial: str
    tint: str


def portrait(curriculum: Curriculum, module: Module | None, name: str) -> Portrait:
    """How somebody of a module is shown. Without a face the name gives nothing but its first letter and a tint."""
    known = module and curriculum.cast_member(module.id, name)
    initial = next((sign for sign in name if sign.isalnum()), name[:1]).upper()
    tint = TINTS[hashlib.sha256(name.encode()).digest()[0] % len(TINTS)]
    return Portrait(_address(module, known[0]) if module and known else "", initial, tint)


def face_files(curriculum: Curriculum, module: Module) -> Iterator[tuple[str, CastMember]]:
    """The address of the picture of each of the cast who speaks in a module, which is kept with the module, and who it is."""
    for name, member in curriculum.cast_in(module):
        yield _address(module, name), member


def _address(module: Module, name: str) -> str:
    return f"{module.id}/faces/{name}.svg"
