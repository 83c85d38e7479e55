"""Files and links that content names: they exist, stay inside the module, and lead where they may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alongside.files import door
from alongside.files.located import Place
from alongside.files.paths import unsafe_part
from alongside.files.problems import nearest, quoted
from alongside.media.published import ENDINGS, Purpose
from alongside.model.curriculum import Curriculum, Figure, Lesson, Media
from alongside.model.element import Text, descendants
from alongside.rules.rule import Context, Finding, Rule
from alongside.texts import markup

#: An address on another server. Whether that is allowed is a question of privacy (Y group).
REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
TELEPHONE = re.compile(r"(?:tel|sms|callto|whatsapp):", re.IGNORECASE)

# ---------------------------------------------------------------------- files


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that content names, with what it is for."""

    path: str
    purpose: Purpose
    place: Place


def _named_in_lesson(lesson: Lesson) -> Iterator[NamedFile]:
    for element in descendants(lesson):
        if isinstance(element, Figure):
            yield NamedFile(element.src, "picture", element.place("src"))
        elif isinstance(element, Media):
            yield NamedFile(element.src, "recording", element.place("src"))
            if element.captions:
                yield NamedFile(element.captions, "captions", element.place("captions"))


def named_files(checked: Lesson | Text) -> Iterator[NamedFile]:
    """The files that a lesson's figures and recordings name, or the pictures in a text."""
    if isinstance(checked, Lesson):
        yield from _named_in_lesson(checked)
        return
    for link in markup.links(checked.value):
        if link.image:
            yield NamedFile(link.target, "picture", checked.place.within(checked.value, link.start))


def _leads_out(folder: Path, path: str) -> bool:
    """Whether a symbolic link stands on the way. None is followed, wherever it leads."""
    return door.linked(folder / path, folder)


def unsafe_path(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Paths that could lead out of the module's folder."""
    for named in named_files(checked):
        if REMOTE.match(named.path):
            continue
        unsafe = unsafe_part(named.path)
        if not unsafe and context.module and _leads_out(context.module.folder, named.path):
            unsafe = "leads through a symbolic link"
        if not unsafe and not context.module:
            unsafe = "has no module's folder to stand in here"
        if unsafe:
            yield Finding(
                f"the path {quoted(named.path)} {unsafe}",
                named.place,
                "a path inside the module’s folder, such as media/ladder.svg",
                "copy the file into the folder media/ of this module",
            )


def wrong_file_type(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Files whose ending is not one that the site can show."""
    for named in named_files(checked):
        if not REMOTE.match(named.path) and Path(named.path).suffix.lower() not in ENDINGS[named.purpose]:
            allowed = ", ".join(sorted(ENDINGS[named.purpose]))
            yield Finding(
                f"{quoted(named.path)} is no kind of file for {_a(named.purpose)}",
                named.place,
                f"a file that ends in one of: {allowed}",
            )


def _a(purpose: Purpose) -> str:
    return purpose if purpose == "captions" else f"a {purpose}"


def missing_file(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Files that do not exist."""
    for named in _safe_files(checked, context):
        folder = _folder(context)
        if _written(folder, named.path) is None:
            files = [path.relative_to(folder).as_posix() for path in door.below(folder).files]
            yield Finding(
                f"there is no file {quoted(named.path)}{nearest(named.path, files)}",
                named.place,
                "a file inside the module’s folder",
                "add the file, or correct the path",
            )


def wrong_case(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Files that are written with other capitals, which only some computers forgive."""
    for named in _safe_files(checked, context):
        written = _written(_folder(context), named.path)
        if written is not None and written != named.path:
            yield Finding(
                f"the file is called {quoted(written)}, not {quoted(named.path)}",
                named.place,
                "capitals and small letters as in the file’s name",
                written,
            )


def _safe_files(checked: Lesson | Text, context: Context) -> Iterator[NamedFile]:
    for named in named_files(checked):
        ours = context.module and not REMOTE.match(named.path) and not unsafe_part(named.path)
        if ours and context.module and not _leads_out(context.module.folder, named.path):
            yield named


def _folder(context: Context) -> Path:
    assert context.module is not None
    return context.module.folder


def _written(folder: Path, path: str) -> str | None:
    """The path with the capitals that it has on disk, or `None` where there is no such file."""
    parts: list[str] = []
    for part in path.split("/"):
        here = folder.joinpath(*parts)
        names = {entry.name for entry in (*door.files_in(here), *door.folders_in(here))}
        found = (
            part
            if part in names
            else next((name for name in sorted(names) if name.casefold() == part.casefold()), None)
        )
        if found is None:
            return None
        parts.append(found)
    return "/".join(parts) if door.is_file(folder.joinpath(*parts), folder) else None


# ---------------------------------------------------------------------- links


def unknown_link_target(text: Text, context: Context) -> Iterator[Finding]:
    """Links to modules and lessons that do not exist."""
    for link in markup.links(text.value):
        if not link.image and link.target.startswith("module:"):
            problem = _missing_target(link.target.removeprefix("module:"), context.curriculum)
            if problem:
                place = text.place.within(text.value, link.start)
                yield Finding(
                    problem,
                    place,
                    "module:<module> or module:<module>/<lesson>",
                    "[listening](module:active-listening/oars)",
                )


def _missing_target(target: str, curriculum: Curriculum) -> str:
    name, slash, lesson = target.partition("/")
    if name not in curriculum.modules:
        return f"there is no module {quoted(name)}{nearest(name, curriculum.modules)}"
    lessons = curriculum.modules[name].outline.lessons
    if slash and lesson not in lessons:
        return f"the module {quoted(name)} has no lesson {quoted(lesson)}{nearest(lesson, lessons)}"
    return ""


def unusable_link(text: Text, context: Context) -> Iterator[Finding]:
    """Links that lead neither to a module nor to the web nor to an address for letters."""
    for link in markup.links(text.value):
        if link.image or link.target.lower().startswith(("module:", "page:", "http://", "https://", "mailto:")):
            continue
        if not TELEPHONE.match(link.target):
            yield Finding(
                f"a link cannot lead to {quoted(link.target)}", text.place.within(text.value, link.start),
                "module:<module>, module:<module>/<lesson>, page:<page>, https://… or mailto:…",
                "[listening](module:active-listening/oars)",
            )  # fmt: skip


RULES: tuple[Rule, ...] = (
    Rule(
        "R214",
        "unsafe-path",
        "error",
        "lesson",
        "a path leads out of the module’s folder",
        "Everything that a module shows stands inside its own folder, so that the module can be copied, translated "
        "and packed as one thing, and no path can reach other files of the computer that builds the site. "
        "Copy the file into the module’s folder, usually into media/, and write its path from there with forward slashes.",
        bad="""\
title: A ladder
minutes: 6
summary: A picture of five steps.
steps:
  - figure: {src: ../empathy/media/ladder.svg, alt: Five steps from hearing to acting.}
""",
        good="""\
title: A ladder
minutes: 6
summary: A picture of five steps.
steps:
  - figure: {src: media/ladder.svg, alt: Five steps from hearing to acting.}
""",
        check=unsafe_path,
    ),
    Rule(
        "R215",
        "unsafe-picture-path",
        "error",
        "text",
        "a picture’s path leads out of the module’s folder",
        "A picture in a text stands in the folder of the same module, like every other file. "
        "Copy it into the module’s folder, usually into media/, and write its path from there with forward slashes.",
        bad="![Five steps from hearing to acting](/home/sam/ladder.svg)",
        good="![Five steps from hearing to acting](media/ladder.svg)",
        check=unsafe_path,
        needs=("![",),
    ),
    Rule(
        "R216",
        "wrong-file-type",
        "error",
        "lesson",
        "a file of a kind that the site cannot show",
        "Browsers show pictures as SVG, PNG, JPEG, WebP, AVIF or GIF, and play MP3, M4A, OGG, MP4 or WebM. "
        "Captions are WebVTT files. Convert the file to one of these.",
        bad="""\
title: A ladder
minutes: 6
summary: A picture of five steps.
steps:
  - figure: {src: media/ladder.pptx, alt: Five steps from hearing to acting.}
""",
        good="""\
title: A ladder
minutes: 6
summary: A picture of five steps.
steps:
  - figure: {src: media/ladder.svg, alt: Five steps from hearing to acting.}
""",
        check=wrong_file_type,
    ),
    Rule(
        "R217",
        "wrong-picture-type",
        "error",
        "text",
        "a picture of a kind that the site cannot show",
        "Browsers show pictures as SVG, PNG, JPEG, WebP, AVIF or GIF. Convert the file to one of these.",
        bad="![Five steps from hearing to acting](media/ladder.tiff)",
        good="![Five steps from hearing to acting](media/ladder.png)",
        check=wrong_file_type,
        needs=("![",),
    ),
    Rule(
        "R218",
        "missing-media",
        "error",
        "lesson",
        "a figure or recording names a file that does not exist",
        "The learner would see a gap where the picture should be. "
        "Add the file to the module’s folder, or correct the path.",
        bad="""\
title: A ladder
minutes: 6
summary: A picture of five steps.
steps:
  - figure: {src: media/laddr.svg, alt: Five steps from hearing to acting.}
""",
        good="""\
title: A ladder
minutes: 6
summary: Five steps in words.
steps:
  - text: First you hear, then you check what you heard.
""",
        check=missing_file,
    ),
    Rule(
        "R219",
        "missing-picture",
        "error",
        "text",
        "a text shows a picture that does not exist",
        "The learner would see a gap where the picture should be. "
        "Add the file to the module’s folder, or correct the path.",
        bad="![Five steps from hearing to acting](media/laddr.svg)",
        good="First you hear, then you check what you heard.",
        check=missing_file,
        needs=("![",),
    ),
    Rule(
        "R231",
        "file-name-case",
        "error",
        "lesson",
        "a path has other capitals than the file",
        "On some computers Ladder.svg and ladder.svg are the same file; on a web server they are two. "
        "The picture would show at home and be missing on the site. Write the path exactly as the file is called.",
        bad="""\
title: A ladder
minutes: 6
summary: A picture of five steps.
steps:
  - figure: {src: Media/Ladder.svg, alt: Five steps from hearing to acting.}
""",
        good="""\
title: A ladder
minutes: 6
summary: A picture of five steps.
steps:
  - figure: {src: media/ladder.svg, alt: Five steps from hearing to acting.}
""",
        check=wrong_case,
    ),
    Rule(
        "R232",
        "picture-name-case",
        "error",
        "text",
        "a picture’s path has other capitals than the file",
        "On some computers Ladder.svg and ladder.svg are the same file; on a web server they are two. "
        "Write the path exactly as the file is called.",
        bad="![Five steps from hearing to acting](media/LADDER.svg)",
        good="![Five steps from hearing to acting](media/ladder.svg)",
        check=wrong_case,
        needs=("![",),
    ),
    Rule(
        "R233",
        "unknown-link-target",
        "error",
        "text",
        "a link leads to a module or lesson that does not exist",
        "The learner would arrive at a page that is not there. "
        "Write the id of the module, and after a slash that of a lesson if you mean one.",
        bad="Go back to [what listening does](module:listning/hearing) if this is new.",
        good="Go back to what listening does if this is new.",
        check=unknown_link_target,
        needs=("]",),
    ),
    Rule(
        "R223",
        "unusable-link",
        "error",
        "text",
        "a link that leads nowhere on the site",
        "Pages of the site move when modules are ordered or translated, so paths to files do not last. "
        "Name the module instead and the site finds the page: module:<module>, module:<module>/<lesson> or page:<page>. "
        "Links to the web start with https://, links for letters with mailto:; nothing else is allowed.",
        bad="Read [the notes on silence](../active-listening/silence.md) first.",
        good="Read [the notes on silence](https://example.org/silence) first.",
        check=unusable_link,
        needs=("]", "<", ":"),
    ),
    Rule(
        "R220",
        "dead-link",
        "error",
        "site",
        "a link of the built site leads nowhere",
        "Every link of every page is followed before the site is written, also those that templates and pages of content/ make. "
        "Correct the link that the message names; links to modules and pages are best written as module:<module> and page:<page>.",
        bad="Read [about this course](page:abuot) first.\n",
        good="Read [about this course](page:about) first.\n",
    ),
    Rule(
        "R221",
        "dead-anchor",
        "error",
        "site",
        "a link of the built site leads to a place that its page does not have",
        "The part after # has to be the id of something on the page; a browser that does not find it stays at the top. "
        "Correct it, or leave it out.",
        bad="Read [the part on privacy](page:about#privasy) first.\n",
        good="Read [the part on privacy](page:about#privacy) first.\n",
    ),
    Rule(
        "R222",
        "id-twice-on-page",
        "error",
        "site",
        "two parts of one page have the same id",
        "Links, labels and saved answers find parts of a page by their id, so the second part would never be found. "
        "Two questions or headings of one lesson most often cause it: change the id or the words of one.",
        bad="## Say it back {#say}\n\n## Wait {#say}\n",
        good="## Say it back\n\n## Wait\n",
    ),
)
