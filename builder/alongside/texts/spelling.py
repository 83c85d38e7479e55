"""American spellings of common words, and how they are written here."""

from __future__ import annotations

from functools import lru_cache

#: American stem → British stem. Endings are kept: `color` also finds `colors` and `colorful`.
STEMS: dict[str, str] = {
    "behavior": "behaviour", "color": "colour", "favor": "favour", "honor": "honour", "labor": "labour", "neighbor": "neighbour",
    "rumor": "rumour", "humor": "humour", "harbor": "harbour", "endeavor": "endeavour",
    "organiz": "organis", "recogniz": "recognis", "realiz": "realis", "apologiz": "apologis", "summariz": "summaris",
    "emphasiz": "emphasis", "prioritiz": "prioritis", "criticiz": "criticis", "stigmatiz": "stigmatis", "generaliz": "generalis",
    "minimiz": "minimis", "normaliz": "normalis", "personaliz": "personalis", "sympathiz": "sympathis", "empathiz": "empathis",
    "specializ": "specialis", "socializ": "socialis", "memoriz": "memoris", "analyz": "analys", "paralyz": "paralys",
    "counselor": "counsellor", "counseling": "counselling", "counseled": "counselled", "traveler": "traveller", "traveling": "travelling",
    "traveled": "travelled", "canceled": "cancelled", "canceling": "cancelling", "labeled": "labelled", "labeling": "labelling",
    "modeled": "modelled", "modeling": "modelling", "signaled": "signalled", "signaling": "signalling", "leveled": "levelled",
    "skillful": "skilful", "willful": "wilful", "fulfillment": "fulfilment", "enrollment": "enrolment",
}  # fmt: skip
WORDS: dict[str, str] = {
    "center": "centre", "centers": "centres", "centered": "centred", "theater": "theatre", "theaters": "theatres", "fiber": "fibre",
    "defense": "defence", "offense": "offence", "pretense": "pretence", "gray": "grey", "mom": "mum", "moms": "mums", "math": "maths",
    "fulfill": "fulfil", "fulfills": "fulfils", "enroll": "enrol", "program": "programme", "programs": "programmes", "gotten": "got",
    "catalog": "catalogue", "catalogs": "catalogues", "dialog": "dialogue", "dialogs": "dialogues", "cozy": "cosy",
    "pajamas": "pyjamas", "airplane": "aeroplane", "jewelry": "jewellery", "skeptical": "sceptical",
}  # fmt: skip
#: Endings that a stem may have; anything else is another word (`laboratory`, `honorary`).
ENDINGS = frozenset(
    {
        "", "s", "ed", "ing", "er", "ers", "al", "ally", "able", "ably", "ful", "fully", "ite", "ites", "ly", "less", "hood", "hoods",
        "e", "es", "ation", "ations", "ational", "ement", "ingly", "ies",
    }
)  # fmt: skip


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
