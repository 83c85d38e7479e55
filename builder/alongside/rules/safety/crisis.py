"""Texts that someone in distress may read have to be easier than the rest: part of group Y."""

from __future__ import annotations

from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import Callout, Ending
from alongside.model.element import Text
from alongside.rules.rule import Context, Finding, Rule
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


RULES: tuple[Rule, ...] = (
    Rule(
        "Y110",
        "crisis-grade",
        "warning",
        "text",
        "a text for hard moments is hard to read",
        "Nobody reads well when they are frightened, so texts about danger, consent and privacy need the plainest words: six years of schooling at most. "
        "The rule looks at support callouts, endings with the support panel and content notes in English, from 25 words on.",
        bad="""\
modules/listening/hearing.yml: |
  title: When someone is in danger
  minutes: 6
  summary: What to do first.
  steps:
    - callout:
        kind: support
        text: |
          In situations involving immediate endangerment, notification of the responsible safeguarding representative is obligatory.
          Documentation of observations should subsequently be completed according to organisational requirements and applicable legislation.
""",
        good="""\
modules/listening/hearing.yml: |
  title: When someone is in danger
  minutes: 6
  summary: What to do first.
  steps:
    - callout:
        kind: support
        text: |
          Stay with the person. Ask for help at once. Then tell your lead the same day.
          Write down what you saw and what was said. Use their words, not yours.
""",
        check=crisis_grade,
    ),
)
