"""What a reader sees of a line of Markdown, so that texts that look the same are told from those that do not.

Every function is linear in the length of its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from alongside.model.questions.written import SAME, closely, visible
from alongside.texts.inlines import Inline
from alongside.texts.markup import MARKS_OF_WORDS
from alongside.texts.passages import read

#: What somebody says, as a whole.
QUOTED = re.compile("^[“‘]([^“”‘]*)[”’]$")
LAST_STOP = re.compile(r"([^ .])\.$")
#: A word, or a run of signs that mean something by themselves. Commas, full stops and quotation marks do not.
TOKEN = re.compile(rf"[^\W_][\w'{MARKS_OF_WORDS}-]*|[^\w\s.,…\"'{MARKS_OF_WORDS}]+")


@lru_cache(maxsize=8192)
def shown(text: str) -> str:
    """The same for two texts that nobody can tell apart on a page.

    Targets of links, emphasis, which is not read out, escapes, kinds of space, what cannot be seen, quotation marks round the
    whole and a last full stop make no difference. Signs, capitals and code do.
    """
    plain = visible("".join(piece for _, piece in _pieces(text)))
    whole = QUOTED.sub(r"\1", plain)
    return LAST_STOP.sub(r"\1", whole)


@lru_cache(maxsize=8192)
def heard(text: str) -> str:
    """The same for two texts that sound the same: without a capital at the start and the marks that end a sentence."""
    spoken = shown(text).translate(SAME)
    spoken = spoken.rstrip("?!… ") or spoken
    return spoken[:1].lower() + spoken[1:]


@lru_cache(maxsize=8192)
def tokens(text: str) -> frozenset[str]:
    """The words, signs and pieces of code of a text, without capitals outside code."""
    found: set[str] = set()
    for is_code, piece in _pieces(text):
        if is_code:
            found.add(piece)
        else:
            found.update(TOKEN.findall(closely(piece)))
    return frozenset(found)


def overlap_of_tokens(first: str, second: str) -> float:
    """How many of their words and signs two texts share, from 0 to 1."""
    one, two = tokens(first), tokens(second)
    return len(one & two) / len(one | two) if one and two else 0.0


def _pieces(text: str) -> Iterator[tuple[bool, str]]:
    """The code in a text, and what stands between, as the reader of pages has them."""
    for line in read(text, "inline").lines:
        yield from _of(line.pieces)


def _of(pieces: Sequence[Inline]) -> Iterator[tuple[bool, str]]:
    for piece in pieces:
        if piece.kind == "code":
            yield True, f"`{piece.text}`"
        elif piece.inside:
            yield from _of(piece.inside)
        elif piece.kind == "term":
            yield False, piece.text.replace("-", " ")
        elif piece.kind != "citation":
            yield False, " " if piece.kind == "break" else piece.text
