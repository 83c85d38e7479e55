"""Verbs for objectives by level, after the revision of Bloom's taxonomy by Anderson and Krathwohl (2001).

Some verbs serve two levels: to choose a form of words is to apply, to choose between courses of action is to evaluate.
"""

from __future__ import annotations

from alongside.model.element import Level

VERBS: dict[Level, frozenset[str]] = {
    "remember": frozenset("list name recall identify label recognise state match".split()),
    "understand": frozenset(
        "explain describe summarise distinguish contrast paraphrase compare restate give outline".split()
    ),
    "apply": frozenset(
        "use demonstrate rewrite respond plan convert adapt select write ask reframe repair replace edit make give guide decline "
        "practise apply offer set restate recognise match state show carry complete run reply rephrase reword prepare close "
        "open start arrange check answer share lead hold keep record refer report".split()
    ),
    "analyse": frozenset(
        "classify compare diagnose separate trace analyse differentiate distinguish identify sort examine map spot".split()
    ),
    "evaluate": frozenset(
        "judge critique choose prioritise justify rank decide assess select weigh spot evaluate review recommend".split()
    ),
    "create": frozenset("compose design draft build produce write plan map create make develop devise invent".split()),
}

#: Nobody can see whether these were reached.
WEAK_VERBS = frozenset(
    "understand know learn appreciate explore grasp realise realize believe internalise consider".split()
)
WEAK_OPENINGS = (
    "be aware",
    "become aware",
    "be familiar",
    "become familiar",
    "have an understanding",
    "gain an understanding",
    "get to know",
    "see that",
)

SPELLINGS = {
    "summarize": "summarise", "recognize": "recognise", "prioritize": "prioritise", "analyze": "analyse", "practice": "practise",
}  # fmt: skip


def levels_of(verb: str) -> list[Level]:
    """The levels at which a verb is at home, lowest first."""
    return [level for level, verbs in VERBS.items() if verb in verbs]
