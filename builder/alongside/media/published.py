"""Whether a file can be published: one judge for every file that a contribution brings, by the ending of its name and its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from alongside.files import door
from alongside.files.paths import usable
from alongside.files.problems import At, quoted
from alongside.media import captions, drawings, pictures

#: What a file is for, and the endings that it can have.
Purpose = Literal["picture", "recording", "captions", "font"]

ENDINGS: dict[Purpose, frozenset[str]] = {
    "picture": frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif"}),
    "recording": frozenset({".mp3", ".m4a", ".ogg", ".mp4", ".webm"}),
    "captions": frozenset({".vtt"}),
    "font": frozenset({".woff2", ".woff"}),
}

#: Endings of what can stand in media/ and content/.
PUBLISHED = frozenset[str]().union(*ENDINGS.values())
#: How much of a recording is looked at.
HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Wrong:
    """What keeps a file from being published. The code is that of the rule that it breaks."""

    code: str
    message: str
    expected: str
    fix: str
    line: int = 1
    column: int = 1


def wrong_with(path: Path) -> Iterator[Wrong]:
    """What keeps the file at `path` from being published. Raises nothing, whatever it holds; links are not followed."""
    ending = path.suffix.lower()
    try:
        size = path.lstat().st_size
        content = door.read(path, _needed(ending))
    except OSError:
        yield Wrong(
            "Y113", f"the file {quoted(path.name)} cannot be read", "a file that may be read", "put it there again"
        )
        return
    with At(path.name):
        yield from wrong_in(path.name, content, size)


def _needed(ending: str) -> int:
    """How many bytes tell whether a file can be published."""
    if ending == ".svg":
        return drawings.LARGEST + 1
    if ending == ".vtt":
        return captions.LARGEST + 1
    return pictures.LARGEST_PICTURE if ending in pictures.PICTURES else HEAD


def wrong_in(name: str, content: bytes, size: int | None = None) -> Iterator[Wrong]:
    """What keeps bytes from being published under a name. `size` says how many there are, if these are only the first."""
    ending = Path(name).suffix.lower()
    if ending not in PUBLISHED:
        yield Wrong(
            "Y111",
            f"{quoted(name)} is no picture, recording, captions or font",
            ", ".join(sorted(PUBLISHED)),
            _to_be_published(name, ending),
        )
    elif not content:
        yield Wrong(
            "Y113",
            f"the file {quoted(name)} is empty",
            f"a file of the kind {ending}",
            "put the file itself there again: nothing of it has arrived; or delete it",
        )
    elif ending == ".svg":
        yield from _drawing(name, content)
    elif ending == ".vtt":
        trouble = captions.trouble_in(content)
        if trouble:
            yield Wrong("A107", f"the captions {quoted(name)} {trouble}", *WEBVTT)
    else:
        yield from _recorded(name, ending, content, len(content) if size is None else size)


def _to_be_published(name: str, ending: str) -> str:
    """What to do with a file of another kind."""
    page = PAGE_NAME.fullmatch(name)
    if page:
        return f"a page of content/ has a name that ends in .md: rename it to {usable(page[1])}.md; elsewhere delete it"
    form = CONVERTED.get(ending)
    if form:
        return f"save it as {form}, and put that file here instead"
    return "move the file out of this folder, or delete it; what an organisation wants published as it is belongs in theme/"


#: What editors and systems make of the ending of a page.
PAGE_NAME = re.compile(r"(.+?)(?:\.(?:md|markdown|mdown|mkd))+(?:\.txt)?\s*", re.IGNORECASE)

#: Kinds of file that browsers do not show, and the one to save them as.
CONVERTED = {
    **dict.fromkeys((".heic", ".heif", ".tif", ".tiff", ".bmp", ".psd", ".jfif", ".jxl"), "PNG or JPEG"),
    **dict.fromkeys((".svgz", ".eps", ".ai", ".wmf", ".emf", ".drawio", ".vsdx"), "SVG"),
    **dict.fromkeys((".wav", ".aif", ".aiff", ".flac", ".wma", ".aac", ".opus", ".amr"), "MP3"),
    **dict.fromkeys((".mov", ".avi", ".mkv", ".wmv", ".m4v", ".mpg", ".mpeg", ".3gp"), "MP4"),
    **dict.fromkeys((".srt", ".sbv", ".ass", ".ssa", ".ttml", ".dfxp"), "WebVTT"),
}

WEBVTT = (
    "a WebVTT file: WEBVTT, an empty line, then cues in order of time",
    "WEBVTT\n\n00:00.000 --> 00:04.000\nI nearly did not come.",
)


def _drawing(name: str, content: bytes) -> Iterator[Wrong]:
    for what, line, column in drawings.troubles_in(content):
        yield Wrong(
            "Y112",
            f"the picture {quoted(name)} {what}",
            "shapes, text, colours and effects, all inside the file",
            "save the picture as “plain SVG”, or as PNG",
            line,
            column,
        )


def _recorded(name: str, ending: str, content: bytes, size: int) -> Iterator[Wrong]:
    most = pictures.largest(ending)
    if not pictures.of_its_kind(ending, content):
        yield Wrong(
            "Y113",
            f"{quoted(name)} is not what its name says: it does not begin as a {ending} file does",
            f"a file of the kind {ending}",
            "save it in that form, or give it the ending of what it is",
        )
    elif size > most:
        yield _dear(name, f"is {size / 1024 / 1024:,.1f} MB large", f"at most {most // 1024 // 1024} MB")
    elif ending in pictures.PICTURES:
        for what in pictures.too_dear(ending, content):
            yield _dear(
                name,
                what,
                f"at most {pictures.LARGEST_SIDE:,} points a side and {pictures.MOST_POINTS:,} in all, standing still or nearly so",
            )


def _dear(name: str, what: str, expected: str) -> Wrong:
    return Wrong(
        "Y114", f"the file {quoted(name)} {what}", expected, "save it smaller, a film as MP4, and use that file"
    )
