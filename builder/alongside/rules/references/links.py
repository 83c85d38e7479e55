"""Files and links that content names: they exist, stay inside the module, and lead where they may."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

from alongside.files import door
from alongside.files.located import Place
from alongside.files.paths import SCHEME, address, same_to_some, unsafe_part, usable
from alongside.files.problems import nearest, printable, quoted
from alongside.files.unseen import ANY, called
from alongside.load.layers import media_files
from alongside.media.published import CONVERTED, ENDINGS, Purpose
from alongside.model.curriculum import Curriculum
from alongside.model.element import Text, descendants
from alongside.model.lessons import Lesson
from alongside.model.modules import Module
from alongside.model.steps import Dialogue, Figure, Media
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
            if element.described:
                yield NamedFile(element.described, "recording", element.place("described"))
        elif isinstance(element, Dialogue) and element.audio is not None:
            yield NamedFile(element.audio, "recording", element.place("audio"))


def named_files(checked: Lesson | Text) -> Iterator[NamedFile]:
    """The files that a lesson's figures and recordings name, or the pictures in a text."""
    if isinstance(checked, Lesson):
        yield from _named_in_lesson(checked)
        return
    for link in markup.links(checked.value, checked.markdown):
        if link.image:
            yield NamedFile(link.target, "picture", checked.place.within(checked.value, link.start))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the files stand that a text can name: the folder of its module, or `content/` for what is in no module."""

    #: How messages call the place.
    label: str
    #: Files by path, as addresses have it.
    files: Mapping[str, Path]
    #: Folders of a module.
    folders: tuple[Path, ...] = ()

    def written(self, path: str) -> str | None:
        """The path with the capitals that it has on disk, or `None` where there is no such file."""
        path = address(path)
        if path in self.files:
            return path
        alike = same_to_some(path)
        return next((name for name in self.files if same_to_some(name) == alike), None)

    def linked(self, path: str) -> bool:
        """Whether a symbolic link stands on the way. None is followed, wherever it leads."""
        return any(door.linked(folder / path, folder) for folder in self.folders)


def shelf(context: Context) -> Shelf:
    """Where the files stand that a text here can name."""
    if context.module is None:
        files = {address(name): file.path for name, file in context.curriculum.files.items()}
        return Shelf("content", files)
    module = context.module
    *_, label = module.folders.values()
    return Shelf(label, module.beside, tuple(module.folders))


#: The folder whose files are published. An address in another one leads nowhere.
PUBLISHED_IN = "media"


def _unsafe(path: str, place: Shelf) -> str:
    """What keeps a path from being that of a file which is published, in words; empty if nothing."""
    if trouble := unsafe_part(path):
        return trouble
    if place.linked(path):
        return "leads through a symbolic link"
    if path.split("/", maxsplit=1)[0].casefold() != PUBLISHED_IN:
        return f"leads to a file outside {PUBLISHED_IN}/, which is not published"
    return ""


@rule("R214", "unsafe-path", "error", "lesson")
@rule("R215", "unsafe-picture-path", "error", "text", needs=("![",))
def unsafe_path(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Paths that lead out of the folder whose files are published, or that not every computer and browser understands."""
    for named in named_files(checked):
        place = shelf(context)
        if REMOTE.match(named.path) or not (unsafe := _unsafe(named.path, place)):
            continue
        yield Finding(
            f"the path {quoted(named.path)} {unsafe}",
            named.place,
            f"a path inside {printable(place.label)}, such as media/ladder.svg",
            _mended(named, place),
        )


def _mended(named: NamedFile, place: Shelf) -> str:
    """What to do about a path that cannot be used, with the very path to write."""
    path = named.path
    if not path:
        return _first_of_its_kind(named, place)
    if not unsafe_part(path) and place.linked(path):
        return f"put the file itself into {printable(place.label)}/{PUBLISHED_IN}/, in place of the link"
    meant = _inside(path, place)
    if (found := place.written(meant)) and not _unsafe(found, place):
        return f"write {printable(found)}"
    there = next((name for name in (address(path), meant) if name in place.files), None)
    kept = {name.rpartition("/")[2] for name in place.files if name.startswith(f"{PUBLISHED_IN}/")}
    if there is None:
        name = usable(re.split(r"[/\\]", meant)[-1], kept)
        return f"copy the file into {printable(place.label)}/{PUBLISHED_IN}/ as {name}, and write {PUBLISHED_IN}/{name}"
    old = there.rpartition("/")[2]
    if not there.startswith(f"{PUBLISHED_IN}/"):
        name = usable(old, kept)
        return f"move the file to {printable(place.label)}/{PUBLISHED_IN}/{name}, and write {PUBLISHED_IN}/{name}"
    renamed = _all_usable(there, kept)
    return f"rename the file {quoted(there)} to {renamed}, and write {renamed}"


def _inside(path: str, place: Shelf) -> str:
    """The path that was meant inside the folder: `../listening/media/a%20b.png` is `media/a b.png` in that module."""
    plain = address(unquote(path)).replace("\\", "/")
    plain = posixpath.normpath(posixpath.join("/", SCHEME.sub("", plain).lstrip("~"))).lstrip("/")
    for start in (f"{place.label}/", f"{place.label.rpartition('/')[2]}/"):
        plain = plain.removeprefix(start)
    return plain


def _all_usable(path: str, taken: Container[str]) -> str:
    *folders, name = path.split("/")
    return "/".join([*(usable(folder) for folder in folders), usable(name, taken)])


def _first_of_its_kind(named: NamedFile, place: Shelf) -> str:
    """What to write where nothing is written."""
    fitting = (name for name in place.files if _fits(name, named.purpose) and not _unsafe(name, place))
    found = next(fitting, None)
    where = f"{printable(place.label)}/{PUBLISHED_IN}/"
    return (
        f"write {printable(found)}"
        if found
        else f"put a file into {where}, and write its path, such as media/ladder.svg"
    )


def _fits(path: str, purpose: Purpose) -> bool:
    return Path(path).suffix.lower() in ENDINGS[purpose]


@rule("R216", "wrong-file-type", "error", "lesson")
@rule("R217", "wrong-picture-type", "error", "text", needs=("![",))
def wrong_file_type(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Files whose ending is not one that the site can show."""
    for named in named_files(checked):
        if not REMOTE.match(named.path) and named.path and not _fits(named.path, named.purpose):
            allowed = ", ".join(sorted(ENDINGS[named.purpose]))
            yield Finding(
                f"{quoted(named.path)} is no kind of file for {_a(named.purpose)}",
                named.place,
                f"a file that ends in one of: {allowed}",
                _of_another_kind(named, shelf(context)),
            )


#: What a file of each kind is shown by.
SHOWN_BY: dict[Purpose, str] = {
    "picture": "figure",
    "recording": "media",
    "captions": "captions: of a recording",
    "font": "organisation: fonts: in the settings",
}
USUAL_FORM: dict[Purpose, str] = {
    "picture": "PNG, or as plain SVG",
    "recording": "MP3, or as MP4",
    "captions": "WebVTT",
    "font": "WOFF2",
}


def _of_another_kind(named: NamedFile, place: Shelf) -> str:
    """What to do about a file of a kind that cannot stand here."""
    stem = address(named.path).rpartition(".")[0] or address(named.path)
    for name in place.files:
        if name.rpartition(".")[0] == stem and _fits(name, named.purpose) and not _unsafe(name, place):
            return f"write {printable(name)}"
    other = next((purpose for purpose in ENDINGS if _fits(named.path, purpose)), None)
    if other:
        return f"show {_a(other)} by {SHOWN_BY[other]}, or name {_a(named.purpose)} here"
    form = CONVERTED.get(Path(named.path).suffix.lower(), USUAL_FORM[named.purpose])
    return f"save it as {form}, put that file into {printable(place.label)}/{PUBLISHED_IN}/ and write its path"


def _a(purpose: Purpose) -> str:
    return purpose if purpose == "captions" else f"a {purpose}"


@rule("R218", "missing-media", "error", "lesson")
@rule("R219", "missing-picture", "error", "text", needs=("![",))
def missing_file(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Files that do not exist."""
    for named, place in _safe_files(checked, context):
        if place.written(named.path) is None:
            usual = [name for name in place.files if _fits(name, named.purpose) and not _unsafe(name, place)]
            close = get_close_matches(address(named.path), usual, n=1)
            where = f"{printable(place.label)}/{printable(address(named.path))}"
            yield Finding(
                f"there is no file {quoted(named.path)}{nearest(address(named.path), usual)}",
                named.place,
                f"a file inside {printable(place.label)}",
                f"write {printable(close[0])}" if close else f"put the file there as {where}, or correct the path",
            )


@rule("R231", "file-name-case", "error", "lesson")
@rule("R232", "picture-name-case", "error", "text", needs=("![",))
def wrong_case(checked: Lesson | Text, context: Context) -> Iterator[Finding]:
    """Files that are written with other capitals, which only some computers forgive."""
    for named, place in _safe_files(checked, context):
        written = place.written(named.path)
        if written is not None and written != address(named.path):
            yield Finding(
                f"the file is called {quoted(written)}, not {quoted(named.path)}",
                named.place,
                "capitals and small letters as in the file’s name",
                written,
            )


@rule("R248", "module-picture", "error", "module")
def module_picture(module: Module, context: Context) -> Iterator[Finding]:
    """The picture that a module names for its cards: a picture in its folder media/."""
    path = module.outline.picture
    place = shelf(context)
    if path is None or (path in place.files and _fits(path, "picture") and not _unsafe(path, place)):
        return
    named = NamedFile(path, "picture", module.outline.place("picture"))
    unsafe = "leads to another site" if REMOTE.match(path) else _unsafe(path, place)
    usual = [name for name in place.files if _fits(name, "picture") and not _unsafe(name, place)]
    found = place.written(path)
    close = [found] if found in usual else get_close_matches(address(path), usual, n=1)
    fix = f"write {printable(close[0])}" if close else _first_of_its_kind(named, place)
    yield Finding(
        f"the picture {quoted(path)} {unsafe or ('is no file of the module' if _fits(path, 'picture') else 'is no picture')}",
        named.place,
        f"a path inside {printable(place.label)}, such as media/card.svg",
        _mended(named, place) if unsafe else fix,
    )


@rule("R253", "recording-times", "error", "lesson")
def recording_times(lesson: Lesson, context: Context) -> Iterator[Finding]:
    """Times of a recorded conversation that cannot be those of its turns."""
    for talk in descendants(lesson):
        if isinstance(talk, Dialogue):
            yield from _wrong_times(talk)


def _wrong_times(talk: Dialogue) -> Iterator[Finding]:
    expected = f"a time for each of the {len(talk.turns)} turns, each later than the one before"
    if not talk.audio:
        if talk.times:
            yield Finding(
                "there are times, and no recording that they belong to", talk.place("times"), "times: beside audio:",
                "name the recording as audio:, or delete the times",
            )  # fmt: skip
        return
    if len(talk.times) != len(talk.turns):
        yield Finding(
            f"the recording has {len(talk.times)} times for {len(talk.turns)} turns",
            talk.place("times" if talk.times else "audio"), expected,
            "write when each turn begins, in seconds, as times: [0, 3.5, …]",
        )  # fmt: skip
    for index, (before, time) in enumerate(pairwise(talk.times), 1):
        if time <= before:
            yield Finding(
                f"the turn at {time:g} seconds does not begin after the one before it, at {before:g}",
                talk.place("times", index), expected, "write the moment at which this turn begins",
            )  # fmt: skip


def _safe_files(checked: Lesson | Text, context: Context) -> Iterator[tuple[NamedFile, Shelf]]:
    for named in named_files(checked):
        place = shelf(context)
        if not REMOTE.match(named.path) and not _unsafe(named.path, place):
            yield named, place


def setting_file_findings(
    called: str, path: str, curriculum: Curriculum, place: Place, purpose: Purpose = "picture"
) -> Iterator[Finding]:
    """What keeps a file of `content/` that the settings name from being used: it is not there, or cannot be what it is for."""
    content = shelf(Context(curriculum))
    named = NamedFile(path, purpose, place)
    known = [name for name in content.files if _fits(name, purpose) and not unsafe_part(name)]
    if named.path in known:
        return
    found = content.written(_inside(named.path, content))
    close = [found] if found in known else get_close_matches(named.path, known, n=1)
    what = f"write {printable(close[0])}" if close else _put_there(named, content, called)
    trouble = unsafe_part(named.path) or (
        f"is no {purpose}" if not _fits(named.path, purpose) else "is no file of content/"
    )
    expected = f"path of {'a ' + purpose} below content/"
    yield Finding(f"the {called} {quoted(path)} {trouble}", place, expected, what)


def _put_there(named: NamedFile, content: Shelf, called: str) -> str:
    form = CONVERTED.get(Path(named.path).suffix.lower(), "")
    if form or (named.path and not _fits(named.path, named.purpose)):
        return f"save it as {form or USUAL_FORM[named.purpose]}, put that file into content/ and write its path"
    if address(named.path) in content.files:
        name = _all_usable(address(named.path), content.files)
        return f"rename the file {quoted(address(named.path))} to {name}, and write {name}"
    inside = _inside(named.path, content)
    if named.path and inside == named.path and not unsafe_part(inside):
        return f"put the file there as content/{inside}, or correct the path"
    usual = f"{called.replace(' ', '-')}.{'svg' if named.purpose == 'picture' else 'woff2'}"
    name = usable(re.split(r"[/\\]", inside)[-1], content.files) if named.path else usual
    return f"put the file there as content/{name}, and write {name}"


enter(Rule("R235", "logo-missing", "error", "settings"))


@rule("R234", "published-file-name", "warning", "curriculum")
def published_file_name(curriculum: Curriculum, context: Context) -> Iterator[Finding]:
    """Files that are published, and pages, with names that cannot be written in a link or a path."""
    published = dict(_all_published(curriculum))
    for label, name in published.items():
        trouble = unsafe_part(name)
        if trouble:
            folder = label.removesuffix(name)
            taken = {other.removeprefix(folder) for other in published if other.startswith(folder)}
            yield Finding(
                f"the name {quoted(name)} {trouble}",
                Place(printable(label)),
                "names that can be written in a path, on every computer",
                f"rename it to {_all_usable(name, taken)}, and write that name where it is used",
            )


def _all_published(curriculum: Curriculum) -> Iterator[tuple[str, str]]:
    """What is published under a name that an author chose: what messages call it, and its path below its folder."""
    for module in curriculum.modules.values():
        for name, path in media_files(module):
            yield f"{module.label_of(path).removesuffix(name)}{name}", name
    for name, file in curriculum.files.items():
        yield file.label, address(name)
    for page in curriculum.pages.values():
        yield page.place().file, f"{page.id}.md"


# ---------------------------------------------------------------------- links


@rule("R233", "unknown-link-target", "error", "text", needs=("]",))
def unknown_link_target(text: Text, context: Context) -> Iterator[Finding]:
    """Links to modules and lessons that do not exist, in files of the site itself."""
    for link in _to_modules(text):
        target = link.target.removeprefix("module:")
        withheld = target.partition("#")[0].strip("/") in context.curriculum.withheld  # its words stand for it
        if not withheld and not context.curriculum.is_foreign(text.place):
            problem = _missing_target(target, context.curriculum)
            if problem:
                yield Finding(
                    problem,
                    text.place.within(text.value, link.start),
                    "module:<module> or module:<module>/<lesson>",
                    _nearest_target(target, context.curriculum),
                )


@rule("R257", "link-left-as-words", "info", "text", needs=("]",))
def link_left_as_words(text: Text, context: Context) -> Iterator[Finding]:
    """Links of what comes from other layers to modules and lessons that this site does not show."""
    for link in _to_modules(text):
        target = link.target.removeprefix("module:")
        if context.curriculum.is_foreign(text.place) and not context.curriculum.leads_to(target):
            yield Finding(
                f"this site does not show {quoted(target)}, so only the words of the link are left",
                text.place.within(text.value, link.start),
                fix="nothing has to be done; to have the link, show what it leads to",
            )


def _to_modules(text: Text) -> Iterator[markup.MarkupLink]:
    return (
        one for one in markup.links(text.value, text.markdown) if not one.image and one.target.startswith("module:")
    )


def _nearest_target(target: str, curriculum: Curriculum) -> str:
    """What to write instead of a link to what is not there: the nearest page that is."""
    known = [name for module in curriculum.modules.values() for name in _pages_of(module)]
    path, sign, anchor = target.partition("#")
    close = get_close_matches(path.strip("/"), known, n=1)
    return (
        f"write module:{close[0]}{sign}{anchor}"
        if close
        else "write the words without a link, or add what they lead to"
    )


def _pages_of(module: Module) -> Iterator[str]:
    yield module.id
    yield from (f"{module.id}/{part}" for part in module.parts)


def _missing_target(target: str, curriculum: Curriculum) -> str:
    if curriculum.leads_to(target):
        return ""
    name, _, lesson = target.partition("#")[0].rstrip("/").partition("/")
    if name not in curriculum.modules:
        if name in {*curriculum.left_out, *curriculum.waiting}:
            return f"this site does not show the module {quoted(name)}"
        return f"there is no module {quoted(name)}{nearest(name, curriculum.modules)}"
    if f"{name}/{lesson}" in curriculum.left_out_parts:
        return f"this site leaves out the lesson {quoted(lesson)} of the module {quoted(name)}"
    lessons = curriculum.modules[name].outline.lessons
    return f"the module {quoted(name)} has no lesson {quoted(lesson)}{nearest(lesson, lessons)}"


@rule("R223", "unusable-link", "error", "text", needs=("]", "<", ":"))
def unusable_link(text: Text, context: Context) -> Iterator[Finding]:
    """Links that lead neither to a module nor to the web nor to an address for letters, or that hide something."""
    for link in markup.links(text.value, text.markdown):
        hidden = None if link.image else ANY.search(link.target)
        if hidden:
            yield Finding(
                f"the address {quoted(link.target)} holds a character that nobody sees, {called(hidden.group())}",
                text.place.within(text.value, link.start),
                "an address of which everything can be seen",
                f"write {printable(ANY.sub('', link.target))}",
            )
            continue
        if link.image or link.target.lower().startswith(("module:", "page:", "http://", "https://", "mailto:")):
            continue
        if not TELEPHONE.match(link.target):
            yield Finding(
                f"a link cannot lead to {quoted(link.target)}", text.place.within(text.value, link.start),
                "module:<module>, module:<module>/<lesson>, page:<page>, https://… or mailto:…",
                _usable_link(link.target, context),
            )  # fmt: skip


def _usable_link(target: str, context: Context) -> str:  # noqa: PLR0911  # one answer for each kind of mistake
    """What to write instead of a target that no link can have."""
    if not target:
        return "write where the link leads between the round brackets"
    if target.startswith("#") and context.module:
        inside = f"{context.module.id}/{context.lesson.id}" if context.lesson else context.module.id
        return f"write module:{inside}{printable(target)}"
    if re.fullmatch(r"[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+", target):
        return f"write mailto:{printable(target)}"
    if re.match(
        r"www\.|[\w-]+(\.[\w-]+)*\.(?:com|org|net|edu|gov|info|uk|de|fr|eu|int)(?:[/?#:]|$)", target, re.IGNORECASE
    ):
        return f"write https://{printable(target)}"
    if _fits(target, "picture"):
        return (
            f"show a picture with a mark of exclamation and its address in place: ![what it shows]({printable(target)})"
        )
    name = re.sub(r"(?:\.(?:md|ya?ml|html?))?/?$", "", target.partition("#")[0]).strip("/")
    if name in context.curriculum.pages:
        return f"write page:{printable(name)}"
    known = [page for module in context.curriculum.modules.values() for page in _pages_of(module)]
    own = [context.module.id] if context.module else []
    for path in (name, "/".join([*own, name.rpartition("/")[2]]), "/".join(name.split("/")[-2:])):
        if path in known:
            return f"write module:{path}"
    return "write module: or page: and the name of a page of this site, or an address from https:// on; or the words without a link"


enter(Rule("R220", "dead-link", "error", "site"))
enter(Rule("R221", "dead-anchor", "error", "site"))
enter(Rule("R267", "redirect-nowhere", "error", "site"))
enter(Rule("R270", "cohort-unfit", "error", "site"))
enter(Rule("R222", "id-twice-on-page", "error", "site"))
