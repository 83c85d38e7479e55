"""What keeps people out, A1xx: pictures and links without words, titles that are cut off, broken outlines, pointing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import Text, texts
from alongside.model.lessons import Lesson
from alongside.rules.rule import Context, Finding, rule
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


def _word_links(text: Text) -> Iterator[markup.MarkupLink]:
    return (link for link in markup.links(text.value) if not link.image)


@rule("A108", "link-without-words", "error", "text", needs=("]",))
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


@rule("A109", "link-vague", "error", "text", needs=("]",))
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


@rule("A110", "link-is-address", "error", "text", needs=("]", "<", "://", "www."))
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


@rule("A111", "link-ambiguous", "warning", "lesson")
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


@rule("A112", "title-long", "warning", "lesson")
def title_long(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Titles that are cut off in tabs and search results."""
    if len(lesson.title) > LONGEST_TITLE:
        yield Finding(
            f"this title has {len(lesson.title)} characters",
            lesson.place("title"),
            f"at most {LONGEST_TITLE}, the important words first",
        )


@rule("A113", "title-twice", "error", "curriculum")
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
