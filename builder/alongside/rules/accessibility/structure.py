"""How a text is built, for those who find their way by headings and tables: part of group A."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import Lesson, TextPage, TextStep
from alongside.model.element import Text
from alongside.rules.rule import Context, Finding, Rule, repeats
from alongside.texts import markup

MOST_WORDS_WITHOUT_HEADING = 300
MOST_COLUMNS = 5
MOST_WORDS_IN_BOLD_HEADING = 12
BOLD = re.compile(r"\*\*[^*]+\*\*|__[^_]+__")


def _headings(text: Text) -> Iterator[markup.Block]:
    if text.markdown == "block" and ("#" in text.value or "\n" in text.value):
        yield from (block for block in markup.blocks(text.value) if block.kind == "heading")


def _is_teaching(text: Text) -> bool:
    return isinstance(text.element, TextStep | TextPage)


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


def heading_elsewhere(text: Text, context: Context) -> Iterator[Finding]:
    """Headings in texts that stand inside something with a heading of its own."""
    for heading in _headings(text) if not _is_teaching(text) else ():
        yield Finding(
            f"the heading {quoted(heading.text)} stands in a text that has a place under another heading",
            text.place.within(text.value, heading.start),
            "headings only in text steps",
            "make it an ordinary sentence, or move the text to a step of its own",
        )


def heading_twice(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Headings of one lesson with the same words."""
    headings = (
        (heading.text.casefold(), (step, heading))
        for step in lesson.steps
        if isinstance(step, TextStep)
        for heading in markup.blocks(step.text)
        if heading.kind == "heading" and heading.text
    )
    for (step, heading), _ in repeats(headings):
        yield Finding(
            f"the heading {quoted(heading.text)} stands twice in this lesson",
            step.place("text").within(step.text, heading.start),
            "a heading of its own for each part",
        )


def bold_as_heading(text: Text, context: Context) -> Iterator[Finding]:
    """Short paragraphs in bold that look like headings and are none."""
    if text.markdown != "block" or not ("**" in text.value or "__" in text.value):
        return
    for block in markup.blocks(text.value):
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


def long_without_heading(text: Text, context: Context) -> Iterator[Finding]:
    """Long stretches of teaching text without a heading."""
    if not _is_teaching(text):
        return
    count, start = 0, 0
    for block in (*markup.blocks(text.value), markup.Block("heading", "", len(text.value))):
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


def _tables(text: Text) -> Iterator[tuple[markup.Block, str]]:
    if text.markdown == "block" and "|" in text.value:
        yield from markup.captions(markup.blocks(text.value))


def _cells(table: markup.Block) -> list[str]:
    return [cell.strip() for cell in table.text.split("\n", 1)[0].strip().strip("|").split("|")]


def table_without_caption(text: Text, context: Context) -> Iterator[Finding]:
    """Tables of which nothing says what they show."""
    for table, caption in _tables(text):
        if not caption:
            yield Finding(
                "this table has no caption",
                text.place.within(text.value, table.start),
                "a line that starts with Table: before the table",
                "Table: What each answer does\n",
            )


def table_without_header(text: Text, context: Context) -> Iterator[Finding]:
    """Tables whose columns have no names."""
    for table, _ in _tables(text):
        cells = _cells(table)
        if not all(cells[1:]) or not any(cells):
            yield Finding(
                "a column of this table has no name",
                text.place.within(text.value, table.start),
                "a first row that names each column",
                "| What was said | What it did |",
            )


def table_wide(text: Text, context: Context) -> Iterator[Finding]:
    """Tables too wide for a telephone."""
    for table, _ in _tables(text):
        columns = len(_cells(table))
        if columns > MOST_COLUMNS:
            yield Finding(
                f"this table has {columns} columns",
                text.place.within(text.value, table.start),
                f"at most {MOST_COLUMNS}",
                "split it into two tables, or write it as a list",
            )


RULES: tuple[Rule, ...] = (
    Rule(
        "A120",
        "heading-top",
        "error",
        "text",
        "a heading of the level of the page’s title",
        "The page’s title is its one heading of the first level; a second one breaks the outline "
        "by which people who cannot see the page find their way (WCAG 2.2, 1.3.1). Start headings with ##.",
        bad="# Say it back\n\nA reflection gives back what you heard.",
        good="## Say it back\n\nA reflection gives back what you heard.",
        check=heading_top,
        needs=("#", "="),
    ),
    Rule(
        "A121",
        "heading-skipped",
        "error",
        "text",
        "a heading that skips a level",
        "The levels of headings are the table of contents that a screen reader offers; "
        "a gap in them sounds like a missing chapter (WCAG 2.2, 1.3.1). Go down one level at a time, starting with ##.",
        bad="## Say it back\n\nA reflection gives back what you heard.\n\n#### When it is wrong\n\nLet them correct you.",
        good="## Say it back\n\nA reflection gives back what you heard.\n\n### When it is wrong\n\nLet them correct you.",
        check=heading_skipped,
        needs=("#",),
    ),
    Rule(
        "A122",
        "heading-empty",
        "error",
        "text",
        "a heading without words",
        "An empty heading is announced and says nothing (WCAG 2.2, 2.4.6). "
        "Write a few words after the #, or delete the line.",
        bad="##\n\nA reflection gives back what you heard.",
        good="## Say it back\n\nA reflection gives back what you heard.",
        check=heading_empty,
        needs=("#",),
    ),
    Rule(
        "A123",
        "heading-elsewhere",
        "warning",
        "text",
        "a heading inside a text that has one already",
        "Callouts, feedback, scenes and the like stand under a heading that the site makes, "
        "so a heading in them lands on the wrong level. Only text steps have headings of their own.",
        bad="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - callout:
        kind: tip
        text: |
          ## Be short

          One sentence is enough.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - callout:
        kind: tip
        title: Be short
        text: One sentence is enough.
""",
        check=heading_elsewhere,
        needs=("#", "=", "--", "\n-"),
    ),
    Rule(
        "A124",
        "heading-twice",
        "warning",
        "lesson",
        "the same heading twice in a lesson",
        "In a list of headings the two cannot be told apart (WCAG 2.2, 2.4.6). "
        "Say in each heading what is special about that part.",
        bad="""\
title: Give it back
minutes: 6
summary: How to reflect.
steps:
  - text: |
      ## Try it

      Say back what you heard.

      ## Try it

      Say back how it felt.
""",
        good="""\
title: Give it back
minutes: 6
summary: How to reflect.
steps:
  - text: |
      ## The words

      Say back what you heard.

      ## The feeling

      Say back how it felt.
""",
        check=heading_twice,
    ),
    Rule(
        "A125",
        "bold-as-heading",
        "warning",
        "text",
        "a line in bold in place of a heading",
        "It looks like a heading, but a screen reader does not find it among the headings (WCAG 2.2, 1.3.1). "
        "Start the line with ##, or make it part of the paragraph.",
        bad="**Say it back**\n\nA reflection gives back what you heard.",
        good="## Say it back\n\nA reflection gives back what you heard.",
        check=bold_as_heading,
        needs=("**", "__"),
    ),
    Rule(
        "A126",
        "long-without-heading",
        "warning",
        "text",
        "a long stretch of text without a heading",
        "Headings let people find their place again after a pause, and skip what they know (WCAG 2.2, 2.4.10). "
        "Give each idea a heading of its own; 150 to 250 words is a good length.",
        bad="## Say it back\n\n" + "A reflection gives back what you heard.\n" * 44,
        good="## Say it back\n\n" + "A reflection gives back what you heard.\n" * 4,
        check=long_without_heading,
    ),
    Rule(
        "A127",
        "table-without-caption",
        "error",
        "text",
        "a table without a caption",
        "The caption is what someone hears before deciding to go into a table (WCAG 2.2, 1.3.1). "
        "Write a line that starts with Table: before it, and say what the table compares.",
        bad="| Line | What it does |\n| --- | --- |\n| It wears you out. | Gives back |",
        good="Table: What each line does\n\n| Line | What it does |\n| --- | --- |\n| It wears you out. | Gives back |",
        check=table_without_caption,
        needs=("|",),
    ),
    Rule(
        "A128",
        "table-without-header",
        "error",
        "text",
        "a table column without a name",
        "A screen reader says the name of the column with each cell; without one, cells are loose words "
        "(WCAG 2.2, 1.3.1). Name every column in the first row; only the corner above the row names may stay empty.",
        bad="Table: What each line does\n\n| Line | |\n| --- | --- |\n| It wears you out. | Gives back |",
        good="Table: What each line does\n\n| Line | What it does |\n| --- | --- |\n| It wears you out. | Gives back |",
        check=table_without_header,
        needs=("|",),
    ),
    Rule(
        "A129",
        "table-wide",
        "warning",
        "text",
        "a table with many columns",
        "On a telephone, or with large letters, such a table has to be read through a keyhole (WCAG 2.2, 1.4.10). "
        "Split it, or write it as a list with one entry for each row.",
        bad="Table: A week\n\n| Day | Mon | Tue | Wed | Thu | Fri |\n| --- | --- | --- | --- | --- | --- |\n| Calls | 1 | 0 | 2 | 0 | 1 |",
        good="Table: A week\n\n| Day | Calls |\n| --- | --- |\n| Monday | 1 |",
        check=table_wide,
        needs=("|",),
    ),
)
