"""The parts of Python-Markdown that find links and code, at a cost that grows no faster than the text.

Its own look for the end of a link or piece of code as far as the end of the text, from each bracket and each
backtick, so that a few thousand of them take it minutes. These give up where no link or code goes on.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.inlinepatterns import (
    BACKTICK_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    BacktickInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)

#: Brackets inside the words of a link, one in another: a picture in a link has two.
DEEPEST_BRACKETS = 6
BRACKET = re.compile(r"[\[\]]")

#: The address of a link with its title. Nothing in it can be read in two ways, so nothing is tried twice.
ADDRESS = re.compile(
    r"""
    \( \s*+
    (?: <(?P<within>[^<>\n]*+)> | (?P<bare>[^\s()<>]*+ (?:\([^\s()<>]*+\) [^\s()<>]*+)*+) )
    (?: \s++ (?P<title>"[^"]*+"|'[^']*+') )?+
    \s*+ \)
    """,
    re.VERBOSE,
)
SPACE = re.compile(r"\s")

TICKS = re.compile("`+")
#: Code within a sentence. Longer code stands in a block of its own.
LONGEST_CODE = 2_000


class _Code(BacktickInlineProcessor):
    def find_code_spans(  # type: ignore[override]  # where there is no end, Python-Markdown wants to know where to go on
        self, start: int, text: str
    ) -> tuple[int, int | None]:
        opening = TICKS.match(text, start)
        assert opening is not None, "this is asked about backticks"
        first, limit = opening.end(), opening.end() + LONGEST_CODE
        for closing in TICKS.finditer(text, first):
            if closing.start() > limit:
                break
            if len(closing.group()) == len(opening.group()):
                return first, closing.start()
        return first, None


class _Bounded(LinkInlineProcessor):
    """How far a link goes."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802  # Python-Markdown's name
        depth = 1
        for bracket in BRACKET.finditer(data, index):
            depth += 1 if bracket.group() == "[" else -1
            if depth == 0:
                return data[index : bracket.start()], bracket.end(), True
            if depth > DEEPEST_BRACKETS:
                break
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802  # as above
        match = ADDRESS.match(data, index)
        if match is None:
            return "", None, index, False
        href = match["within"] if match["within"] is not None else match["bare"]
        title = match["title"]
        if title is not None:
            title = SPACE.sub(" ", self.unescape(title[1:-1].strip()))
        return self.unescape(href).strip(), title, match.end(), True


class _Link(_Bounded):
    pass


class _Image(_Bounded, ImageInlineProcessor):
    pass


class _Reference(_Bounded, ReferenceInlineProcessor):
    pass


class _ShortReference(_Bounded, ShortReferenceInlineProcessor):
    pass


class _ImageReference(_Bounded, ImageReferenceInlineProcessor):
    pass


class _ShortImageReference(_Bounded, ShortImageReferenceInlineProcessor):
    pass


def bound(md: Markdown) -> None:
    """Puts these in place of Python-Markdown's own, in the same order."""
    patterns = md.inlinePatterns
    patterns.register(_Code(BACKTICK_RE), "backtick", 190)
    patterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
    patterns.register(_Link(LINK_RE, md), "link", 160)
    patterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
    patterns.register(_ImageReference(IMAGE_REFERENCE_RE, md), "image_reference", 140)
    patterns.register(_ShortReference(REFERENCE_RE, md), "short_reference", 130)
    patterns.register(_ShortImageReference(IMAGE_REFERENCE_RE, md), "short_image_ref", 125)
