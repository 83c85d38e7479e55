"""What people write in other Markdown, and blocks where a field holds a sentence: part of group T."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alongside.files.problems import Severity, quoted
from alongside.model.element import Text
from alongside.model.questions import Question
from alongside.rules.rule import Context, Finding, rule
from alongside.texts import markup
from alongside.texts.blocks import Block, Span
from alongside.texts.passages import read


@dataclass(frozen=True, slots=True)
class Dialect:
    """A sign that means something elsewhere and is shown as it is written here."""

    #: What there is none of here.
    called: str
    #: How it looks, in a text from which everything that has a meaning here is taken.
    form: re.Pattern[str]
    #: What to write in its place.
    instead: str
    #: Without this piece it does not occur.
    needs: str


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.MULTILINE)


DIALECTS = (
    Dialect("footnotes", _form(r"\[\^[^\[\]\n]{1,60}\]"), "[@source] for where something comes from, or [[term]] for what a word means", "[^"),
    Dialect("crossed-out words", _form(r"~~(?=[^\s~])[^~\n]{1,200}~~"), "nothing: leave the words out", "~~"),
    Dialect("marked words", _form(r"(?<![=\w])==(?=[^\s=])[^=\n]{1,200}==(?![=\w])"), "**words** for what matters", "=="),
    Dialect("blocks between colons", _form(r"^[ \t]*:::+.*$"), "a step of kind callout", ":::"),
    Dialect("admonitions", _form(r"^[ \t]*!!![ \t]+\w.*$"), "a step of kind callout", "!!!"),
    Dialect("admonitions", _form(r"^[ \t]*\?\?\?\+?[ \t]+\w.*$"), "a step of kind callout", "???"),
    Dialect("alerts", _form(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]"), "a step of kind callout", "[!"),
    Dialect("ids, classes and attributes", _form(r"\{:?[ \t]*(?:[#.][\w-]+|[\w-]+=[^{}\n]*)[^{}\n]*\}"), "nothing: headings get their addresses by themselves", "{"),
    Dialect("formulas", _form(r"\$\$[^$\n]{1,200}\$\$|(?<![\w$])\$(?=[^\s$])(?=[^$\n]{0,200}[\\^_={}])[^$\n]{1,200}(?<=\S)\$(?![\w$])"), "the formula in words, or a picture of it", "$"),
    Dialect("tasks to tick off", _form(r"^[ \t]*\[[ xX]?\](?=[ \t]+\S)"), "an exercise of kind checklist", "["),
    Dialect("names for emoji", _form(r"(?<![\w:/.]):[a-z][a-z0-9_+-]{1,30}:(?![\w:/])"), "the word itself", ":"),
    Dialect("lists of definitions", _form(r"^:[ \t]+\S.*$"), "**word**: what it means, or [[term]]", "\n:"),
    Dialect("abbreviations", _form(r"^\*\[[^\[\]\n]{1,60}\]:.*$"), "the full words at the first use", "*["),
    Dialect("orders to a program", _form(r"\{%[^%\n]{0,200}%\}|%%[^%\n]{1,200}%%"), "nothing: delete it", "%"),
    Dialect("tables of contents", _form(r"^\[(?:TOC|toc)\]$"), "nothing: delete it", "[toc]"),
    Dialect("headings without a space", _form(r"^#{2,6}[^\s#].*$"), "a space after the #", "##"),
)  # fmt: skip
#: A line that looks like an entry of a list and goes on the paragraph above.
UNREAD_ENTRY = re.compile(r"(?:[2-9]|[1-9]\d{1,2})[.)][ \t]+\S.*")
#: Blanks that are no spaces to Markdown, and a line that begins with some before a sign that begins a block.
BLANKS = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
UNREAD_BLANK = re.compile(rf"[{BLANKS} ]+(?:[-+*>]|#{{1,6}}|\d{{1,3}}[.)])[{BLANKS} ]")
#: So much of what is meant elsewhere shows which it is.
LONGEST_SHOWN = 40


@rule("T140", "other-dialect", "warning", "text", needs=tuple(dict.fromkeys(dialect.needs for dialect in DIALECTS)))
def other_dialect(text: Text, context: Context) -> Iterator[Finding]:
    """Signs that other Markdown reads and that are shown here as they are written."""
    if text.markdown == "none":
        return
    folded = text.value.lower()
    wanted = [dialect for dialect in DIALECTS if dialect.needs in folded]
    shown = markup.without_marks(text.value, text.markdown) if wanted else ""
    taken: set[int] = set()
    for dialect in wanted:
        for match in dialect.form.finditer(shown):
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            if start not in taken:
                taken.add(start)
                yield Finding(
                    f"there are no {dialect.called} here, so {quoted(match.group().strip()[:LONGEST_SHOWN])} will be shown as it is written",
                    text.place.within(text.value, start),
                    "Markdown as CommonMark has it, with the signs that the guide names",
                    f"write {dialect.instead}",
                )  # fmt: skip


@rule("T142", "list-not-read", "warning", "text", needs=(".", ")", *BLANKS))
def list_not_read(text: Text, context: Context) -> Iterator[Finding]:
    """Lines that look like entries of a list, headings or quotations and are read as part of a paragraph."""
    if text.markdown != "block":
        return
    for block in read(text.value).whole.walk():
        for number, span in enumerate(block.spans if block.kind == "paragraph" else ()):
            if number and UNREAD_ENTRY.fullmatch(span.text):
                yield _unread(
                    text, span, "an empty line above a list that starts with another number than 1",
                    "leave an empty line above it; for a sentence that starts with a number, begin the line one word earlier",
                )  # fmt: skip
            elif UNREAD_BLANK.match(span.text):
                yield _unread(
                    text, span, f"spaces before the sign: this line begins with U+{ord(span.text[0]):04X}",
                    "put spaces in place of the blanks at the start of the line",
                )  # fmt: skip


def _unread(text: Text, span: Span, expected: str, fix: str) -> Finding:
    return Finding(
        f"{quoted(span.text.strip()[:LONGEST_SHOWN])} is read as part of a paragraph",
        text.place.within(text.value, span.start),
        expected,
        fix,
    )


CALLED = {
    "code": "a piece of code",
    "list": "a list",
    "heading": "a heading",
    "table": "a table",
    "quote": "a quotation",
    "rule": "a dividing line",
}


@rule("T141", "block-in-line", "error", "text")
def block_in_line(text: Text, context: Context) -> Iterator[Finding]:
    """Code, lists, headings, tables and several paragraphs where only a sentence or two can be shown."""
    if text.markdown == "block":
        return
    if "\n" not in text.value.strip():
        yield from _folded_code(text)
        return
    inside = read(text.value).whole.inside
    block = next((block for block in inside if block.kind in CALLED), None)
    if block:
        yield _squashed(text, block, CALLED[block.kind], None)
    elif len(inside) > 1:
        yield _squashed(text, inside[1], "a second paragraph", "warning")


def _squashed(text: Text, block: Block, called: str, severity: Severity | None) -> Finding:
    return Finding(
        f"{called} stands in {quoted(text.field)}, which is shown as one line",
        text.place.within(text.value, block.start),
        "a sentence or two, with nothing but **bold**, *italic*, `code`, links and our own signs",
        _elsewhere(text),
        severity,
    )


def _folded_code(text: Text) -> Iterator[Finding]:
    """Code between fences that YAML has put on one line."""
    fence = text.value.find("```")
    if fence >= 0 and text.value.count("```") > 1:
        yield Finding(
            f"a piece of code stands in {quoted(text.field)}, which is shown as one line",
            text.place.within(text.value, fence),
            "`code` between single backticks",
            _elsewhere(text),
        )


def _elsewhere(text: Text) -> str:
    if isinstance(text.element, Question):
        return "put it into context: of this question, which is shown above it, and keep the sentence here"
    return "put it into a text that holds paragraphs, such as a text step, and keep the sentence here"
