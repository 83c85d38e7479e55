"""What keeps people out: pictures, recordings and links without words, broken outlines, pointing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from alongside.checks import captions, markup, outline, signs
from alongside.checks.links import unsafe_part
from alongside.checks.rule import Context, Finding, Rule
from alongside.element import Text, descendants, texts
from alongside.model import Curriculum, Figure, Lesson, Media
from alongside.problems import quoted

VIDEO = frozenset({".mp4", ".webm"})
LONGEST_ALTERNATIVE = 150
LONGEST_TITLE = 60

FILE_NAME = re.compile(r"\S+\.(?:svg|png|jpe?g|webp|avif|gif|tiff?|bmp)", re.IGNORECASE)
PICTURE_OF = re.compile(
    r"(?:an? |the |this )?(?:image|picture|photo|photograph|graphic|drawing|illustration|screenshot|icon)"
    r" (?:of|showing|that shows|which shows|shows)\b",
    re.IGNORECASE,
)

VAGUE = frozenset(
    {
        "click", "click here", "click on this", "details", "find out more", "go", "here", "info", "learn more", "link",
        "more", "more info", "more information", "page", "read more", "read this", "see here", "see more", "site", "source",
        "that", "this", "this link", "this page", "this site", "website",
    }
)  # fmt: skip
ADDRESS = re.compile(r"(?:https?://|www\.)\S*", re.IGNORECASE)


# ------------------------------------------------------------------- pictures


def _alternatives(text: Text) -> Iterator[tuple[str, str, int]]:
    """The alternative texts that stand here, each with its file and offset."""
    if isinstance(text.element, Figure) and text.field == "alt":
        yield text.value, text.element.src, 0
    for link in markup.links(text.value):
        if link.image:
            yield link.words, link.target, link.start


def alternative_missing(text: Text, context: Context) -> Iterator[Finding]:
    """Pictures in a text with nothing in the square brackets."""
    for words, _, start in _alternatives(text):
        if not words.strip():
            yield Finding(
                "this picture has no words in place of it",
                text.place.within(text.value, start),
                "what the picture says, in a sentence",
                "![Five steps from hearing to acting](media/ladder.svg)",
            )


def alternative_is_file_name(text: Text, context: Context) -> Iterator[Finding]:
    """Alternative texts that only repeat the name of the file."""
    for words, path, start in _alternatives(text):
        said = words.strip().lower()
        if said and (FILE_NAME.fullmatch(said) or said == Path(path).stem.lower().replace("-", " ")):
            yield Finding(
                f"{quoted(words)} is the name of a file, not what the picture says",
                text.place.within(text.value, start),
                "what the picture says, in a sentence",
            )


def alternative_says_picture(text: Text, context: Context) -> Iterator[Finding]:
    """Alternative texts that begin by saying that they are one."""
    for words, _, start in _alternatives(text):
        said = PICTURE_OF.match(words.strip())
        if said:
            yield Finding(
                f"{quoted(said.group())} says only that there is a picture",
                text.place.within(text.value, start),
                "what the picture says",
                "begin with what is to be seen in it",
            )


def alternative_is_caption(text: Text, context: Context) -> Iterator[Finding]:
    """Figures that say the same in both places."""
    figure = text.element
    if (
        isinstance(figure, Figure)
        and text.field == "alt"
        and figure.caption
        and _folded(figure.caption) == _folded(figure.alt)
    ):
        yield Finding(
            "the alternative text says the same as the caption",
            text.place,
            "what the picture adds to the caption",
            "keep the caption, and say in alt what is to be seen",
        )


def _folded(words: str) -> str:
    return " ".join(markup.words(words.casefold()))


def alternative_long(text: Text, context: Context) -> Iterator[Finding]:
    """Long alternative texts, which cannot be paused or read in parts."""
    for words, _, start in _alternatives(text):
        twin = isinstance(text.element, Figure) and text.element.text_twin
        if len(words) > LONGEST_ALTERNATIVE and not twin:
            yield Finding(
                f"this alternative text has {len(words)} characters",
                text.place.within(text.value, start),
                f"at most {LONGEST_ALTERNATIVE} characters, and the rest in text_twin",
            )


# ----------------------------------------------------------------- recordings


def video_without_captions(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Video that cannot be followed without sound."""
    for media in descendants(lesson):
        if isinstance(media, Media) and Path(media.src).suffix.lower() in VIDEO and not media.captions:
            yield Finding(
                f"the video {quoted(media.title)} has no captions",
                media.place("src"),
                "a WebVTT file with captions",
                "captions: media/talk.vtt",
            )


def captions_unreadable(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Caption files that a browser cannot read, or that hold nothing."""
    for media in descendants(lesson):
        if isinstance(media, Media) and media.captions and context.module and not unsafe_part(media.captions):
            path = context.module.folder / media.captions
            trouble = captions.trouble(path) if path.is_file() else ""
            if trouble:
                yield Finding(
                    f"the captions {quoted(media.captions)} {trouble}",
                    media.place("captions"),
                    "a WebVTT file: WEBVTT, an empty line, then cues in order of time",
                    "WEBVTT\n\n00:00.000 --> 00:04.000\nI nearly did not come.",
                )


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
        if _folded(link.words) in VAGUE:
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
            words = _folded(link.words)
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
            other = titles.setdefault((shelf, _folded(title)), str(place))
            if other != str(place):
                yield Finding(
                    f"the title {quoted(title)} is used twice, first at {other}",
                    place,
                    "a title of its own for each page",
                )


RULES: tuple[Rule, ...] = (
    Rule(
        "A101",
        "alternative-missing",
        "error",
        "text",
        "a picture without words in place of it",
        "Someone who cannot see the picture gets nothing at all, or hears the name of a file (WCAG 2.2, 1.1.1). "
        "Say in the square brackets what the picture says. A picture that says nothing is better left out.",
        bad="![](media/ladder.svg)",
        good="![Five steps, from hearing to acting](media/ladder.svg)",
        check=alternative_missing,
    ),
    Rule(
        "A102",
        "alternative-file-name",
        "error",
        "text",
        "the name of a file in place of what a picture says",
        "A name such as IMG_2031.jpg is read out letter by letter and helps nobody (WCAG 2.2, 1.1.1). "
        "Say what the picture says, as you would to someone on the telephone.",
        bad="![ladder.svg](media/ladder.svg)",
        good="![Five steps, from hearing to acting](media/ladder.svg)",
        check=alternative_is_file_name,
    ),
    Rule(
        "A103",
        "alternative-says-picture",
        "error",
        "text",
        "an alternative text that says that it is one",
        "Screen readers already announce a picture, so the first words are lost on saying it again. "
        "Begin with what is to be seen.",
        bad="![Image of five steps](media/ladder.svg)",
        good="![Five steps, from hearing to acting](media/ladder.svg)",
        check=alternative_says_picture,
    ),
    Rule(
        "A104",
        "alternative-is-caption",
        "error",
        "text",
        "a figure says the same in alt and caption",
        "Whoever listens would hear the same sentence twice and learn nothing of what is to be seen. "
        "Keep the caption for everyone, and say in alt what the picture shows.",
        bad="""\
modules/listening/hearing.yml: |
  title: A ladder
  minutes: 6
  summary: A picture of five steps.
  steps:
    - figure: {src: media/ladder.svg, alt: From hearing to acting., caption: From hearing to acting.}
""",
        good="""\
modules/listening/hearing.yml: |
  title: A ladder
  minutes: 6
  summary: A picture of five steps.
  steps:
    - figure: {src: media/ladder.svg, alt: A ladder of five steps., caption: From hearing to acting.}
""",
        check=alternative_is_caption,
    ),
    Rule(
        "A105",
        "alternative-long",
        "warning",
        "text",
        "a long alternative text",
        "An alternative text is read in one go and cannot be paused or read in parts. "
        "Say the point of the picture in a sentence, and put the whole content into text_twin of a figure, "
        "where everyone can open it.",
        bad="![A ladder with five steps: first you hear, then you check what you heard, then you ask one open question, "
        "then you wait for three seconds or more, and at last you act together](media/ladder.svg)",
        good="![A ladder of five steps, from hearing to acting](media/ladder.svg)",
        check=alternative_long,
    ),
    Rule(
        "A106",
        "video-without-captions",
        "error",
        "lesson",
        "a video without captions",
        "Without captions a video is lost on deaf people and on everyone in a loud room (WCAG 2.2, 1.2.2). "
        "Add a WebVTT file with everything that is said and who says it.",
        bad="""\
title: A talk
minutes: 6
summary: Two people talk after work.
steps:
  - media: {src: media/talk.mp4, title: A talk after work, transcript: Ines says that she nearly did not come.}
""",
        good="""\
title: A talk
minutes: 6
summary: Two people talk after work.
steps:
  - media:
      src: media/talk.mp4
      captions: media/talk.vtt
      title: A talk after work
      transcript: Ines says that she nearly did not come.
""",
        check=video_without_captions,
    ),
    Rule(
        "A107",
        "captions-unreadable",
        "error",
        "lesson",
        "captions that a browser cannot read",
        "A browser that cannot read a caption file shows nothing and says nothing. "
        "A WebVTT file starts with WEBVTT, then an empty line, then cues in order of time.",
        bad="""\
modules/listening/media/talk.vtt: |
  1
  00:00,000 --> 00:04,000
  I nearly did not come.
modules/listening/hearing.yml: |
  title: A talk
  minutes: 6
  summary: Two people talk after work.
  steps:
    - media: {src: media/talk.mp4, captions: media/talk.vtt, title: A talk, transcript: Ines nearly did not come.}
""",
        good="""\
modules/listening/media/talk.vtt: |
  WEBVTT

  00:00.000 --> 00:04.000
  I nearly did not come.
modules/listening/hearing.yml: |
  title: A talk
  minutes: 6
  summary: Two people talk after work.
  steps:
    - media: {src: media/talk.mp4, captions: media/talk.vtt, title: A talk, transcript: Ines nearly did not come.}
""",
        check=captions_unreadable,
    ),
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
        needs=re.compile(r"\]"),
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
        needs=re.compile(r"\]"),
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
        needs=re.compile(r"\]|<|://|www\."),
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
    *outline.RULES,
    *signs.RULES,
)
