"""What keeps people out of pictures and recordings: no words beside them, or words that help nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from alongside.files.problems import quoted
from alongside.model.curriculum import Figure, Lesson, Media
from alongside.model.element import Text, descendants
from alongside.rules.rule import Context, Finding, Rule
from alongside.rules.safety.media import broken
from alongside.texts import markup

VIDEO = frozenset({".mp4", ".webm"})
LONGEST_ALTERNATIVE = 150

FILE_NAME = re.compile(r"\S+\.(?:svg|png|jpe?g|webp|avif|gif|tiff?|bmp)", re.IGNORECASE)
PICTURE_OF = re.compile(
    r"(?:an? |the |this )?(?:image|picture|photo|photograph|graphic|drawing|illustration|screenshot|icon)"
    r" (?:of|showing|that shows|which shows|shows)\b",
    re.IGNORECASE,
)


# ------------------------------------------------------------------- pictures


def _alternatives(text: Text) -> Iterator[tuple[str, str, int]]:
    """The alternative texts that stand here, each with its file and offset."""
    if isinstance(text.element, Figure) and text.field == "alt":
        yield text.value, text.element.src, 0
    for link in markup.links(text.value) if "![" in text.value else ():
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
        and markup.folded(figure.caption) == markup.folded(figure.alt)
    ):
        yield Finding(
            "the alternative text says the same as the caption",
            text.place,
            "what the picture adds to the caption",
            "keep the caption, and say in alt what is to be seen",
        )


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
        "curriculum",
        "captions that a browser cannot read",
        "A browser that cannot read a caption file shows nothing and says nothing. "
        "A WebVTT file starts with WEBVTT, then an empty line, then cues in order of time.",
        bad="""\
modules/listening/media/talk.vtt: |
  1
  00:00,000 --> 00:04,000
  I nearly did not come.
""",
        good="""\
modules/listening/media/talk.vtt: |
  WEBVTT

  00:00.000 --> 00:04.000
  I nearly did not come.
""",
        check=broken("A107"),
    ),
)
