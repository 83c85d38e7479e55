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
from alongside.model.curriculum import Curriculum
from alongside.model.element import Text, descendants
from alongside.model.lessons import Lesson
from alongside.model.steps import Figure, Media
from alongside.rules.rule import Context, Finding, Rule, enter, rule
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


@rule("R214", "unsafe-path", "error", "lesson")
@rule("R215", "unsafe-picture-path", "error", "text", needs=("![",))
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


@rule("R216", "wrong-file-type", "error", "lesson")
@rule("R217", "wrong-picture-type", "error", "text", needs=("![",))
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


@rule("R218", "missing-media", "error", "lesson")
@rule("R219", "missing-picture", "error", "text", needs=("![",))
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


@rule("R231", "file-name-case", "error", "lesson")
@rule("R232", "picture-name-case", "error", "text", needs=("![",))
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


@rule("R233", "unknown-link-target", "error", "text", needs=("]",))
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


@rule("R223", "unusable-link", "error", "text", needs=("]", "<", ":"))
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


enter(Rule("R220", "dead-link", "error", "site"))
enter(Rule("R221", "dead-anchor", "error", "site"))
enter(Rule("R222", "id-twice-on-page", "error", "site"))
