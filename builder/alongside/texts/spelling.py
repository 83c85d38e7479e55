"""American spellings of common words, and how they are written here."""

from __future__ import annotations

from functools import lru_cache

from alongside.texts.lists import word_list

_LIST = word_list("british_spelling")
#: American stem → British stem. Endings are kept: `color` also finds `colors` and `colorful`.
STEMS: dict[str, str] = dict(_LIST["stems"])
WORDS: dict[str, str] = dict(_LIST["words"])
#: Endings that a stem may have; anything else is another word.
ENDINGS = frozenset(_LIST["endings"])


@lru_cache(maxsize=20_000)
def british(word: str) -> str:
    """The word in British spelling, or nothing if it is not American."""
    lower = word.lower()
    for ending in ("’s", "'s"):
        lower = lower.removesuffix(ending)
    return WORDS.get(lower) or _by_stem(lower)


def _by_stem(word: str) -> str:
    for length in range(len(word), 4, -1):
        stem = STEMS.get(word[:length])
        if stem and word[length:] in ENDINGS:
            return stem + word[length:]
    return ""
