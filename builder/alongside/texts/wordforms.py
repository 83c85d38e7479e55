"""Texts as rules compare them: the words that a reader sees, without marks, and how alike two texts are.

Every function is linear in the length of its text. Word lists and word forms are English.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from alongside.texts.markup import MARKS_OF_WORDS, blank
from alongside.texts.signs import CITATION, SLOT, TERM

LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")

EMPHASIS = re.compile(r"[*`]|\b_|_\b")
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS_OF_WORDS}]|['’-](?=[^\W_]))*")
SENTENCE_END = re.compile(r"[.?!:…][”’\"')*]*\s+")
#: What stands between quotation marks is someone else's wording. Apostrophes make single marks unreliable.
SPOKEN = re.compile(r"“[^“”]*”|\"[^\"]*\"")
CLOSING = "”’\"')*_»"
OPENING = "“‘\"'(*_«"

#: Words that say little about what a text is about.
STOP_WORDS = frozenset(
    "about above after again against also another answer because been before being below between both cannot choose "
    "could does doing down during each following from further have having here hers herself himself into itself just "
    "like likely makes making many mentee mentees mentor mentors might more most much myself next once only other others "
    "ourselves over people person persons reply replies right said same says she should someone something speaker "
    "statement such than that their theirs them themselves then there these they thing things this those through under "
    "until very want wants were what when where which while whom whose will with would yours yourself".split()
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """The text as a reader sees it, on one line."""
    shown = TERM.sub(lambda match: match["words"] or match["name"].replace("-", " "), text)
    shown = LINK.sub(r"\1", SLOT.sub("", CITATION.sub("", shown)))
    return " ".join(EMPHASIS.sub("", shown).split())


@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, lower case, with straight apostrophes."""
    return tuple(word.casefold().replace("’", "'") for word in WORD.findall(plain(text)))


@lru_cache(maxsize=8192)
def same(text: str) -> str:
    """What two texts share that differ only in case, width, punctuation or spaces."""
    folded = unicodedata.normalize("NFKC", plain(text)).casefold()
    return " ".join(WORD.findall(folded)).replace("’", "'")


def without_spoken(text: str) -> str:
    """The text with what stands in quotation marks replaced by spaces, so that offsets stay right."""
    return SPOKEN.sub(blank, text)


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly."""
    return [part for part in SENTENCE_END.split(plain(text)) if part.strip()]


def overlap(first: str, second: str) -> float:
    """How many of their words two texts share, from 0 to 1."""
    one, two = set(words(first)), set(words(second))
    return len(one & two) / len(one | two) if one and two else 0.0


def length(text: str) -> int:
    """Characters that a reader sees."""
    return len(plain(text))


#: Endings of English words, longest first, with what is put in their place.
ENDINGS = (
    ("ations", ""), ("ation", ""), ("ings", ""), ("ing", ""), ("ions", ""), ("ion", ""), ("edly", ""), ("ies", "y"),
    ("ive", ""), ("est", ""), ("ed", ""), ("es", ""), ("ly", ""), ("er", ""), ("s", ""), ("e", ""),
)  # fmt: skip


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, roughly: `listened`, `listening` and `listens` become one."""
    base = word.removesuffix("'s").removesuffix("s'")
    for ending, instead in ENDINGS:
        if base.endswith(ending) and len(base) - len(ending) >= 4:
            return base[: -len(ending)] + instead
    return base


def telling(text: str) -> set[str]:
    """Stems of the words of five letters or more that say what a text is about."""
    return {stem(word) for word in words(text) if len(word) >= 5 and word not in STOP_WORDS}


def named(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 word`, `2 words`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"
