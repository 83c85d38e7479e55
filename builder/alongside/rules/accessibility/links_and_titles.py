"""What keeps people out, A1xx: pictures and links without words, titles that are cut off, broken outlines, pointing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum, Lesson
from alongside.model.element import Text, texts
from alongside.rules.accessibility import pictures, reading_aloud, structure
from alongside.rules.rule import Context, Finding, Rule
from alongside.texts import markup

LONGEST_TITLE = 60

VAGUE = frozenset(
    {
        "click", "click here", "click on this", "details", "find out more", "go", "here", "info", "learn more", "link",
        "more", "more info", "more information", "page", "read more", "read this", "see here", "see more", "site", "source",
        "that", "this", "this link", "this page", "this site", "website",
    }
)  # fmt: skip
ADDRESS = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)


# ---------------------------------------------------------------------- links


def _word_links(text: Text) -> Iterator[markup.Link]:
    return (link for link in markup.links(text.value) if not link.image)


def link_without_words(text: Text, context: Context) -> Iterator[Finding]:
    """Links with nothing to read or press."""
    plain = markup.without_code(text.value)
    for link in _word_links(text):
        if not link.words.strip() and plain[link.start : link.start + 2] == "[]":
            yield Finding(
                "this link has no words",
                text.place.within(text.value, link.start),
                "words that say where it leads",
                "[the lesson on silence](module:active-listening/silence)",
            )


def link_vague(text: Text, context: Context) -> Iterator[Finding]:
    """Links whose words say nothing of where they lead."""
    for link in _word_links(text):
        if markup.folded(link.words) in VAGUE:
            yield Finding(
                f"{quoted(link.words)} does not say where the link leads",
                text.place.within(text.value, link.start),
                "words that make sense on their own",
                "[the lesson on silence](module:active-listening/silence)",
            )


def link_is_address(text: Text, context: Context) -> Iterator[Finding]:
    """Links that show their address instead of words."""
    for link in _word_links(text):
        if ADDRESS.fullmatch(link.words.strip()):
            yield Finding(
                "this link shows an address instead of words",
                text.place.within(text.value, link.start),
                "words that say where it leads",
                "[the guide of the World Health Organization](https://…)",
            )


def link_ambiguous(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Links of one lesson that have the same words and lead to different places."""
    first: dict[str, str] = {}
    for text in texts(lesson):
        for link in _word_links(text):
            words = markup.folded(link.words)
            if words and first.setdefault(words, link.target) != link.target:
                yield Finding(
                    f"another link of this lesson is called {quoted(link.words)} and leads elsewhere",
                    text.place.within(text.value, link.start),
                    "different words for different places",
                )


# --------------------------------------------------------------------- titles


def title_long(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Titles that are cut off in tabs and search results."""
    if len(lesson.title) > LONGEST_TITLE:
        yield Finding(
            f"this title has {len(lesson.title)} characters",
            lesson.place("title"),
            f"at most {LONGEST_TITLE}, the important words first",
        )


def title_twice(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Modules, or lessons of one module, that have the same title."""
    titles: dict[tuple[str, str], str] = {}
    for module in curriculum.modules.values():
        pages = [("", module.title, module.outline.place("title"))]
        pages += [(module.id, lesson.title, lesson.place("title")) for lesson in module.lessons]
        for shelf, title, place in pages:
            other = titles.setdefault((shelf, markup.folded(title)), str(place))
            if other != str(place):
                yield Finding(
                    f"the title {quoted(title)} is used twice, first at {other}",
                    place,
                    "a title of its own for each page",
                )


RULES: tuple[Rule, ...] = (
    *pictures.RULES,
    Rule(
        "A108",
        "link-without-words",
        "error",
        "text",
        "a link without words",
        "Someone who moves from link to link hears only that there is one (WCAG 2.2, 2.4.4). "
        "Write in the square brackets where it leads.",
        bad="Go on with [](module:listening).",
        good="Go on with [the module on listening](module:listening).",
        check=link_without_words,
        needs=("]",),
    ),
    Rule(
        "A109",
        "link-vague",
        "error",
        "text",
        "link words that do not say where the link leads",
        "Many people move from link to link or ask for a list of them; ten times “here” tells them nothing "
        "(WCAG 2.2, 2.4.4). Make the link out of the words that name its target. The list of vague words is English.",
        bad="To read about listening, click [here](module:listening).",
        good="Go on with [the module on listening](module:listening).",
        check=link_vague,
        needs=("]",),
    ),
    Rule(
        "A110",
        "link-is-address",
        "error",
        "text",
        "a link that shows its address",
        "An address is spelt out by a screen reader and means little to anyone. "
        "Write in words where the link leads; on paper the site prints the address by itself.",
        bad="See <https://www.example.org/listening/guide>.",
        good="See [the guide to listening](https://www.example.org/listening/guide).",
        check=link_is_address,
        needs=("]", "<", "://", "www."),
    ),
    Rule(
        "A111",
        "link-ambiguous",
        "warning",
        "lesson",
        "the same link words lead to different places",
        "In a list of links the two cannot be told apart (WCAG 2.2, 2.4.9). Give each target words of its own.",
        bad="""\
title: Where to go on
minutes: 6
summary: Two places to read on.
steps:
  - text: First read [the guide](https://example.org/a), then [the guide](https://example.org/b).
""",
        good="""\
title: Where to go on
minutes: 6
summary: Two places to read on.
steps:
  - text: First read [the short guide](https://example.org/a), then [the long guide](https://example.org/b).
""",
        check=link_ambiguous,
    ),
    Rule(
        "A112",
        "title-long",
        "warning",
        "lesson",
        "a title that is cut off",
        "Tabs, menus and search results show about sixty characters and drop the rest. "
        "Put the important words first, and leave out what the module’s title already says.",
        bad="""\
title: Everything you need to know about giving back what you heard in your own words
minutes: 6
summary: How to reflect.
steps:
  - text: Say back what you heard.
""",
        good="""\
title: Give back what you heard
minutes: 6
summary: How to reflect.
steps:
  - text: Say back what you heard.
""",
        check=title_long,
    ),
    Rule(
        "A113",
        "title-twice",
        "error",
        "curriculum",
        "two pages with the same title",
        "Two pages with one title cannot be told apart in tabs, bookmarks or a list of results (WCAG 2.2, 2.4.2). "
        "Say in each title what is special about that page.",
        bad="""\
modules/listening/hearing.yml: |
  title: Leave room
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
        good="""\
modules/listening/hearing.yml: |
  title: Give it back
  minutes: 6
  summary: How to reflect.
  steps:
    - text: Say back what you heard.
""",
        check=title_twice,
    ),
    *structure.RULES,
    *reading_aloud.RULES,
)
