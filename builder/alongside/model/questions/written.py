"""How answers that learners write are compared with those that authors list.

The same as `theme/elements/written.js`; both are held to `tests/model/questions/written.json`. Two texts are the same
when they differ in what nobody can see or type at will: width, ligatures, curly or straight marks, runs of spaces,
capitals. Only where no listed answer is the same do accents of Latin and Greek letters, hyphens between words and a last
full stop not count either. Every other sign, digit and mark means what it means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: Letters as they are joined or in another width: what they are made of is meant.
PRESENTED = re.compile("[\ufb00-\ufdff\ufe70-\ufefc\uff01-\uffee]")
UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
SPACES = re.compile("[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
#: Signs that a keyboard does not tell apart.
SAME = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ", "'") | dict.fromkeys("“”„‟", '"') | dict.fromkeys("‐‑‒–—―−", "-") | {"µ": "μ"}
)
ACCENTS = re.compile("([a-zß-öø-ɏα-ω])[\u0300-\u036f]+")
#: Letters that have no accent to take away, as people write them without.
LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ſ": "s"}
)
_LETTER = "[a-zß-öø-ɏͰ-ԯ]"
#: Between words, not between the names of `x-y`.
HYPHEN = re.compile(f"(?<={_LETTER})-(?={_LETTER}{{2}})|(?<={_LETTER}{{2}})-(?={_LETTER})")
LAST_STOP = re.compile(r"([^ .])[.。।۔]$")


def visible(text: str) -> str:
    """What texts share that nobody can tell apart by eye, but for width and ligatures."""
    seen = UNSEEN.sub("", PRESENTED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text))
    return unicodedata.normalize("NFC", SPACES.sub(" ", seen).strip(" "))


def closely(text: str) -> str:
    """What texts share that are the same answer, letter for letter and sign for sign."""
    return unicodedata.normalize("NFC", visible(text.translate(SAME)).lower().replace("ς", "σ"))


def loosely(text: str) -> str:
    """What texts share that are the same answer but for accents, hyphens between words and a last full stop."""
    plain = ACCENTS.sub(r"\1", unicodedata.normalize("NFD", closely(text))).translate(LATIN)
    return unicodedata.normalize("NFC", LAST_STOP.sub(r"\1", HYPHEN.sub(" ", plain)))


def list_with(text: str, lists: Sequence[Sequence[str]]) -> int | None:
    """Which of the lists has what was written: the one that has it closely, or the only one that has it loosely."""
    for fold in (closely, loosely):
        own = fold(text)
        found = [number for number, entries in enumerate(lists) if own in map(fold, entries)]
        if found:
            return found[0] if len(found) == 1 else None
    return None
