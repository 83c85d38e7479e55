"""What keeps people out of pictures and recordings: no words beside them, or words that help nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from alongside.files.problems import quoted
from alongside.model.element import Text, descendants
from alongside.model.lessons import Lesson
from alongside.model.steps import Figure, Media
from alongside.rules.rule import Context, Finding, Rule, enter, rule
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


@rule("A101", "alternative-missing", "error", "text")
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


@rule("A102", "alternative-file-name", "error", "text")
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


@rule("A103", "alternative-says-picture", "error", "text")
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


@rule("A104", "alternative-is-caption", "error", "text")
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


@rule("A105", "alternative-long", "warning", "text")
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


@rule("A106", "video-without-captions", "error", "lesson")
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


enter(Rule("A107", "captions-unreadable", "error", "curriculum", broken("A107")))
