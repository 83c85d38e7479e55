"""How a text is built, for those who find their way by headings and tables: part of group A."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import TextPage
from alongside.model.element import Text
from alongside.model.lessons import Lesson
from alongside.model.steps import TextStep
from alongside.rules.rule import Context, Finding, repeats, rule
from alongside.texts import markup

MOST_WORDS_WITHOUT_HEADING = 300
MOST_COLUMNS = 5
MOST_WORDS_IN_BOLD_HEADING = 12
BOLD = re.compile(r"\*\*[^*]+\*\*|__[^_]+__")


def _headings(text: Text) -> Iterator[markup.Part]:
    if text.markdown == "block" and ("#" in text.value or "\n" in text.value):
        yield from (block for block in markup.parts(text.value) if block.kind == "heading")


def _is_teaching(text: Text) -> bool:
    return isinstance(text.element, TextStep | TextPage)


@rule("A120", "heading-top", "error", "text", needs=("#", "="))
def heading_top(text: Text, context: Context) -> Iterator[Finding]:
    """Headings of the first level, which is that of the page's title."""
    for heading in _headings(text):
        if heading.level == 1:
            yield Finding(
                "this heading has the level of the page’s title",
                text.place.within(text.value, heading.start),
                "headings that start with ##",
                f"## {heading.text}",
            )


@rule("A121", "heading-skipped", "error", "text", needs=("#",))
def heading_skipped(text: Text, context: Context) -> Iterator[Finding]:
    """Headings two or more levels below the one before."""
    level = 1
    for heading in _headings(text) if _is_teaching(text) else ():
        if heading.level > level + 1:
            marks = "#" * (level + 1)
            yield Finding(
                f"this heading skips a level: {'#' * heading.level} after {'the title' if level == 1 else '#' * level}",
                text.place.within(text.value, heading.start),
                f"a heading with {marks} first",
                f"{marks} {heading.text}",
            )
        level = heading.level


@rule("A122", "heading-empty", "error", "text", needs=("#",))
def heading_empty(text: Text, context: Context) -> Iterator[Finding]:
    """Headings without words."""
    for heading in _headings(text):
        if not heading.text:
            yield Finding(
                "this heading has no words",
                text.place.within(text.value, heading.start),
                "a few words after the #",
                "write the heading, or delete the line",
            )


@rule("A123", "heading-elsewhere", "warning", "text", needs=("#", "=", "--", "\n-"))
def heading_elsewhere(text: Text, context: Context) -> Iterator[Finding]:
    """Headings in texts that stand inside something with a heading of its own."""
    for heading in _headings(text) if not _is_teaching(text) else ():
        yield Finding(
            f"the heading {quoted(heading.text)} stands in a text that has a place under another heading",
            text.place.within(text.value, heading.start),
            "headings only in text steps",
            "make it an ordinary sentence, or move the text to a step of its own",
        )


@rule("A124", "heading-twice", "warning", "lesson")
def heading_twice(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Headings of one lesson with the same words."""
    headings = (
        (heading.text.casefold(), (step, heading))
        for step in lesson.steps
        if isinstance(step, TextStep)
        for heading in markup.parts(step.text)
        if heading.kind == "heading" and heading.text
    )
    for (step, heading), _ in repeats(headings):
        yield Finding(
            f"the heading {quoted(heading.text)} stands twice in this lesson",
            step.place("text").within(step.text, heading.start),
            "a heading of its own for each part",
        )


@rule("A125", "bold-as-heading", "warning", "text", needs=("**", "__"))
def bold_as_heading(text: Text, context: Context) -> Iterator[Finding]:
    """Short paragraphs in bold that look like headings and are none."""
    if text.markdown != "block" or not ("**" in text.value or "__" in text.value):
        return
    for block in markup.parts(text.value):
        if (
            block.kind == "paragraph"
            and BOLD.fullmatch(block.text.strip())
            and len(markup.words(block.text)) <= MOST_WORDS_IN_BOLD_HEADING
        ):
            yield Finding(
                "this line in bold looks like a heading and is none",
                text.place.within(text.value, block.start),
                "a heading, or a sentence",
                f"## {block.text.strip(' *_')}",
            )


@rule("A126", "long-without-heading", "warning", "text")
def long_without_heading(text: Text, context: Context) -> Iterator[Finding]:
    """Long stretches of teaching text without a heading."""
    if not _is_teaching(text):
        return
    count, start = 0, 0
    for block in (*markup.parts(text.value), markup.Part("heading", "", len(text.value))):
        if block.kind != "heading":
            count += len(markup.words(markup.visible(block.text)))
            continue
        if count > MOST_WORDS_WITHOUT_HEADING:
            yield Finding(
                f"{count} words follow without a heading",
                text.place.within(text.value, start),
                f"a heading at least every {MOST_WORDS_WITHOUT_HEADING} words",
                "put ## and a few words before each new idea",
            )
        count, start = 0, block.start


# --------------------------------------------------------------------- tables


def _tables(text: Text) -> Iterator[tuple[markup.Part, str]]:
    if text.markdown == "block" and "|" in text.value:
        yield from markup.captions(text.value)


@rule("A127", "table-without-caption", "error", "text", needs=("|",))
def table_without_caption(text: Text, context: Context) -> Iterator[Finding]:
    """Tables of which nothing says what they show."""
    for table, caption in _tables(text):
        if not caption:
            yield Finding(
                "this table has no caption",
                text.place.within(text.value, table.start),
                "a line that starts with Table: before the table",
                "Table: …\n",
            )


@rule("A128", "table-without-header", "error", "text", needs=("|",))
def table_without_header(text: Text, context: Context) -> Iterator[Finding]:
    """Tables whose columns have no names."""
    for table, _ in _tables(text):
        if not all(table.columns):
            yield Finding(
                "a column of this table has no name",
                text.place.within(text.value, table.start),
                "a first row that names each column",
                "for example: | What was said | What it did |",
            )


@rule("A129", "table-wide", "warning", "text", needs=("|",))
def table_wide(text: Text, context: Context) -> Iterator[Finding]:
    """Tables too wide for a telephone."""
    for table, _ in _tables(text):
        columns = len(table.columns)
        if columns > MOST_COLUMNS:
            yield Finding(
                f"this table has {columns} columns",
                text.place.within(text.value, table.start),
                f"at most {MOST_COLUMNS}",
                "split it into two tables, or write it as a list",
            )
