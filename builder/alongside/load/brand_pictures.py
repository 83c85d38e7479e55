"""The picture of an organisation from which others are made at a build: icons for start screens, and what messengers show.

Both can be made from the logo, so that whoever has one has all. The setting for it wins; what that file cannot give is a
mistake, which is not mended by taking another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from alongside.files import door
from alongside.media import png, rasters
from alongside.media.colours import WHITE, as_hex
from alongside.model.curriculum import ContentFile
from alongside.model.settings import Organisation

Purpose = Literal["touch", "share"]
#: Sides of the icons for start screens: of Apple's (180) and of others (192, 512); the least side of a PNG for them.
TOUCH_SIDES, LEAST_TOUCH = (180, 192, 512), 512
#: Width and height of a picture to share, of which a file may have more in the same shape.
SHARED = (1200, 630)
SIZES: dict[Purpose, tuple[tuple[int, int], ...]] = {
    "touch": tuple((side, side) for side in TOUCH_SIDES),
    "share": (SHARED,),
}
#: How much of both sides a drawing takes: one that is made for it all, a logo or an icon leaves room around itself.
SHARES: dict[Purpose, dict[str, float]] = {"touch": {"logo": 0.8}, "share": {"logo": 0.6, "icon": 0.5}}
#: The settings that are asked, in turn.
ASKED: dict[Purpose, tuple[str, ...]] = {
    "touch": ("touch_icon", "icon", "logo"),
    "share": ("share_picture", "logo", "icon"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What pictures are made from: the setting that names it, and the pictures, in the order of `SIZES`."""

    field: str
    pictures: list[bytes]


@dataclass(frozen=True, slots=True)
class Unfit:
    """A drawing that could have been a source: the setting that names it, its path, and why it is none."""

    field: str
    path: str
    why: str


def source(
    organisation: Organisation, files: Mapping[str, ContentFile], purpose: Purpose
) -> tuple[Source | None, list[Unfit]]:
    """What pictures for a purpose are made from, if anything, and drawings that could not be taken before.

    A file that cannot be read, or is of another kind, is passed over.
    """
    unfit: list[Unfit] = []
    for field, path, content in _named(organisation, files, ASKED[purpose]):
        if path.lower().endswith(".svg"):
            try:
                return Source(field, rasters.drawn(content, _wanted(organisation, field, purpose))), unfit
            except rasters.UndrawableError as error:
                unfit.append(Unfit(field, path, str(error)))
        elif purpose == "touch" and field != "logo":
            picture = _square(content)
            if picture is not None:
                return Source(field, [png.smaller(picture, side) for side in TOUCH_SIDES]), unfit
        if field == ASKED[purpose][0]:
            break
    return None, unfit


def _named(
    organisation: Organisation, files: Mapping[str, ContentFile], fields: tuple[str, ...]
) -> Iterator[tuple[str, str, bytes]]:
    for field in fields:
        path = getattr(organisation, field)
        file = files.get(path or "")
        if file is None:
            continue
        try:
            yield field, path, door.read(file.path)
        except OSError:  # what it is, Y113 says
            continue


def _wanted(organisation: Organisation, field: str, purpose: Purpose) -> tuple[rasters.Wanted, ...]:
    # A logo is made for the bar; whatever else may be dark, and stands on white as in a browser's tab.
    ground = organisation.colours.bar or organisation.colours.primary if field == "logo" else as_hex(WHITE)
    share = SHARES[purpose].get(field, 1)
    return tuple(rasters.Wanted(wide, high, ground, share) for wide, high in SIZES[purpose])


def _square(content: bytes) -> png.Picture | None:
    try:
        picture = png.read(content)
    except png.UnreadablePngError:
        return None
    return picture if picture.wide == picture.high and picture.wide >= LEAST_TOUCH else None
