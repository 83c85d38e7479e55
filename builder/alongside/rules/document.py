"""What a rule says to people: a document beside it, which whoever knows no Python can read and mend.

`alongside explain`, the page “Every rule”, SARIF reports and the tests read the same file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

#: The room of each group of rules, by the letter with which its codes begin.
ROOMS: dict[str, str] = {
    "L": "files",
    "M": "files",
    "R": "references",
    "Q": "questions",
    "P": "pedagogy",
    "S": "scenarios",
    "A": "accessibility",
    "T": "language",
    "I": "language",
    "Y": "safety",
}

FORM = re.compile(
    r"# (?P<code>[A-Z]\d{3}): (?P<label>[^\n]+)\n\n(?P<advice>.+?)\n\n"
    r"## Not so\n\n```(?P<bad_kind>[^\n]*)\n(?P<bad>.*?)```\n\n"
    r"## Rather\n\n```(?P<good_kind>[^\n]*)\n(?P<good>.*?)```\n",
    re.DOTALL,
)
#: A character that is not there to be seen, in an example of the kind “escaped”.
ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class Document:
    """What a rule says to people."""

    #: What is wrong, in a few words.
    label: str
    #: Why it matters and what to do, in two to four sentences.
    advice: str
    #: What breaks the rule and what keeps it: for the scopes question, lesson, scenario and module the YAML that stands in
    #: that place, for text a piece of Markdown, for reading and curriculum whole files. They are the tests of the rule.
    bad: str
    good: str


@cache
def document(code: str) -> Document:
    """The document of a rule. Raises `ValueError` where it is not built like the others, and `OSError` where there is none."""
    file = resources.files("alongside.rules").joinpath(ROOMS[code[0]], f"{code}.md")
    return read_document(code, file.read_text("utf-8"))


def read_document(code: str, text: str) -> Document:
    """What the text of a document says."""
    found = FORM.fullmatch(text)
    if found is None or found["code"] != code:
        raise ValueError(f"{code}.md must have a heading, advice, and an example below “Not so” and “Rather”")
    advice = " ".join(found["advice"].split())
    return Document(found["label"], advice, _example(found, "bad"), _example(found, "good"))


def _example(found: re.Match[str], which: str) -> str:
    text, (language, *marks) = found[which], found[f"{which}_kind"].split()
    if "escaped" in marks:
        text = ESCAPED.sub(lambda letter: chr(int(letter.group(1), 16)), text)
    # A piece of Markdown stands inside a line or a block; everything else is a file, or stands in one.
    return text.removesuffix("\n") if language == "markdown" else text
