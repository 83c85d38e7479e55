"""Texts that someone in distress may read have to be easier than the rest: part of group Y."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.element import Text
from alongside.model.scenarios import Ending
from alongside.model.steps import Callout
from alongside.rules.rule import Context, Finding, rule
from alongside.texts import readability

GRADE, FEWEST_WORDS = 6, 25


def _for_distress(text: Text) -> bool:
    """Whether this is a text that someone who is upset may be reading."""
    element = text.element
    if isinstance(element, Callout):
        return element.kind == "support" and text.field == "text"
    if isinstance(element, Ending):
        return element.support and text.field == "text"
    return text.field == "content_note"


@rule("Y110", "crisis-grade", "warning", "text")
def crisis_grade(text: Text, context: Context) -> Iterator[Finding]:
    """Texts for hard moments that need more than six years of school."""
    if text.markdown == "none" or not _for_distress(text):
        return
    read = readability.reading([text.value])
    if read.words >= FEWEST_WORDS and read.grade > GRADE:
        yield Finding(
            f"this text for hard moments needs about {read.grade:.1f} years of schooling", text.place,
            f"at most {GRADE}", f"short words and short sentences, beginning with {quoted(read.hardest)}",
        )  # fmt: skip
