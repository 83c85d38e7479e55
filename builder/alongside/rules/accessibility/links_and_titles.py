"""What keeps people out, A1xx: pictures and links without words, titles that are cut off, broken outlines, pointing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from alongside.files.problems import quoted
from alongside.model.curriculum import Curriculum
from alongside.model.element import Text, texts
from alongside.model.lessons import Lesson
from alongside.model.questions.written import closely
from alongside.rules.rule import Context, Finding, rule
from alongside.texts import markup
from alongside.texts.shown import heard

LONGEST_TITLE = 60

#: Words that say nothing of what a link leads to, however they are put together: “read it here”, “see this page”.
EMPTY_WORDS = frozenset(
    "a about all an and any article at check click continue details document download file find follow for from full"
    " further get go here in info information it learn link listen look me more now of on one online open out over page"
    " pdf please post press read reading right see site source start tap tell text that the them there these they this"
    " those to try up via view visit watch web webpage website which you".split()
)
ADDRESS = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)


# ---------------------------------------------------------------------- links


def _word_links(text: Text) -> Iterator[markup.MarkupLink]:
    return (link for link in markup.links(text.value, text.markdown) if not link.image)


@rule("A108", "link-without-words", "error", "text", needs=("]",))
def link_without_words(text: Text, context: Context) -> Iterator[Finding]:
    """Links with nothing to read or press."""
    plain = markup.without_code(text.value, text.markdown)
    for link in _word_links(text):
        if not link.words.strip() and plain[link.start : link.start + 2] == "[]":
            yield Finding(
                "this link has no words",
                text.place.within(text.value, link.start),
                "words that say where it leads",
                f"[…]({link.target})",
            )


@rule("A109", "link-vague", "error", "text", needs=("]",))
def link_vague(text: Text, context: Context) -> Iterator[Finding]:
    """Links whose words say nothing of where they lead."""
    for link in _word_links(text):
        words = markup.folded(link.words).split()
        if words and EMPTY_WORDS.issuperset(words):
            yield Finding(
                f"{quoted(link.words)} does not say where the link leads",
                text.place.within(text.value, link.start),
                "words that make sense on their own",
                f"[…]({link.target})",
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
                f"[…]({link.target})",
            )


@rule("A111", "link-ambiguous", "warning", "lesson")
def link_ambiguous(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Links of one lesson that have the same words and lead to different places."""
    first: dict[str, str] = {}
    for text in texts(lesson):
        for link in _word_links(text):
            words = heard(link.words)
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
            other = titles.setdefault((shelf, closely(title)), str(place))
            if other != str(place):
                yield Finding(
                    f"the title {quoted(title)} is used twice, first at {other}",
                    place,
                    "a title of its own for each page",
                )
