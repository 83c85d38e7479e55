"""What keeps people out of pictures and recordings: no words beside them, or words that help nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from alongside.files import door
from alongside.files.problems import quoted
from alongside.media import captions
from alongside.model.element import Text, descendants
from alongside.model.lessons import Lesson
from alongside.model.steps import Figure, Media
from alongside.rules.rule import Context, Finding, Rule, enter, rule
from alongside.rules.safety.media import broken
from alongside.texts import markup

VIDEO = frozenset({".mp4", ".webm"})
LONGEST_ALTERNATIVE = 150

FILE_NAME = re.compile(
    r"\S+\.(?:svg|png|jpe?g|webp|avif|gif|tiff?|bmp)|(?:img|dsc[fn]?|pxl|vid|screenshot|scan)[ _-]?\d[\w-]*|\w+_\w+",
    re.IGNORECASE,
)
#: Words that say only that there is something to see, and those that stand beside them.
NOTHING_SAID = frozenset(
    "a an and the this that of our my chart charts diagram diagrams drawing drawings figure graph graphic graphics graphs"
    " icon illustration image images infographic logo map photo photograph photos picture pictures screenshot sketch table"
    " alt alternative description placeholder text todo untitled here shown above below example".split()
)
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
    for link in markup.links(text.value, text.markdown) if "![" in text.value else ():
        if link.image:
            yield link.words, link.target, link.start


@rule("A101", "alternative-missing", "error", "text")
def alternative_missing(text: Text, context: Context) -> Iterator[Finding]:
    """Pictures in a text with nothing in the square brackets."""
    for words, path, start in _alternatives(text):
        if not words.strip():
            yield Finding(
                "this picture has no words in place of it",
                text.place.within(text.value, start),
                "what the picture says, in a sentence",
                f"![…]({path})",
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


@rule("A151", "alternative-says-nothing", "error", "text")
def alternative_says_nothing(text: Text, context: Context) -> Iterator[Finding]:
    """Alternative texts that name only the kind of picture."""
    for words, _, start in _alternatives(text):
        said = markup.folded(words).split()
        if said and all(word in NOTHING_SAID or word.isdecimal() for word in said) and not PICTURE_OF.match(words):
            yield Finding(
                f"{quoted(words)} does not say what the picture says",
                text.place.within(text.value, start),
                "what is to be seen, in a sentence",
                "Four boxes one below the other, joined by arrows",
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
                f"write captions: {Path(media.src).with_suffix('.vtt')}, and put the captions there",
            )


#: Speech is slower nowhere but in long silences.
FEWEST_WORDS_A_MINUTE = 20
#: Bytes a second beyond which nobody saves speech: 320 kbit. A film has more, of which nothing is told.
MOST_BYTES_A_SECOND = 40_000
SHORTEST_JUDGED = 20


def _length(files: Mapping[str, Path], media: Media) -> tuple[int, int]:
    """How many seconds a recording lasts at the least, and how many words its captions have, as far as files tell."""
    if media.captions and media.captions in files:
        return captions.spoken(door.read(files[media.captions], captions.LARGEST))
    sound = files.get(media.src)
    if sound is None or sound.suffix.lower() in VIDEO:
        return 0, 0
    return sound.stat().st_size // MOST_BYTES_A_SECOND, 0


@rule("A154", "transcript-short", "error", "lesson")
def transcript_short(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Transcripts that cannot be all that is said."""
    for media in descendants(lesson):
        if not isinstance(media, Media) or context.module is None:
            continue
        try:
            seconds, said = _length(context.module.beside, media)
        except OSError:  # the judge of what is published says so
            continue
        written = len(markup.words(media.transcript))
        if written * 2 < said or (seconds >= SHORTEST_JUDGED and written * 60 < seconds * FEWEST_WORDS_A_MINUTE):
            yield Finding(
                f"the transcript of {quoted(media.title)} has {written} {'word' if written == 1 else 'words'}; the recording has more",
                media.place("transcript"),
                "everything that is said, and what matters to see",
                "write down what is said; captions are a good start",
            )


enter(Rule("A107", "captions-unreadable", "error", "curriculum", broken("A107")))
