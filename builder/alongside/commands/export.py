"""`alongside export`."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, NoReturn

import click

from alongside.authoring.packs import changed_below, pack, pack_in, pack_layer
from alongside.authoring.scaffold import ScaffoldError
from alongside.authoring.takeover import lower_layers, own_layer
from alongside.build import build_site, gather_ready, gather_sound
from alongside.commands.options import CONFIG, NO_CACHE, RELEASE
from alongside.commands.sharing import MOST_SAID, PACK, near, not_sound, refuse, refuse_archive, remember
from alongside.commands.terminal import FAILED, PROBLEMS, Progress, say
from alongside.engines.publish import MARKER, is_ours, refuse_sources, workshop
from alongside.exporters import FORMATS, Format, LeftOut, Written, exported
from alongside.files import door
from alongside.files.archive import ArchiveError, packed, unpacked_bytes
from alongside.files.edits import put_over
from alongside.files.paths import real
from alongside.files.problems import BuildError, ContentError, nearest, printable, quoted
from alongside.load.drafts import drafts
from alongside.load.project import Project, open_project
from alongside.model.curriculum import Curriculum

#: As upload forms count.
KILOBYTE, MEGABYTE = 1000, 1_000_000


@click.group()
def export() -> None:
    """Put the site, modules of it or their questions into one file to hand on. The same content gives the same bytes."""


@export.command("site", short_help="Build the site into a ZIP archive.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file. Usually site.zip.")
@RELEASE
@CONFIG
def export_site(*, out: Path | None, release: bool, configuration: Path) -> None:
    """Build the site into a ZIP archive, for hosts that take one."""
    path = out or real(configuration.parent) / "site.zip"
    _check_out(path, configuration)
    _pack_site(path, configuration, release=release)
    if release:
        remember(configuration, date.today())  # noqa: DTZ011  # the author's own day is near enough
    say(f"written  {printable(near(path))}")
    say("Put it on a host that takes a ZIP, or unpack it and put its files on a server. Then: alongside verify ADDRESS")


def _pack_site(path: Path, configuration: Path, *, release: bool, cohort: str = "") -> str:
    """Builds the site into an archive, and says its SHA-256. Ends the command where that is not possible."""
    # Always the same place, so that what a command that was killed has left is replaced by the next.
    beside = (real(configuration.parent) if cohort else path.parent) / f".{path.name}.site"
    try:
        build_site(configuration, beside, release=release, cohort=cohort)
        files = {
            file.relative_to(beside).as_posix(): file.read_bytes()
            for file in beside.rglob("*")
            if file.is_file() and file.name != MARKER
        }
        # A build has to take what a cohort stays with, when the files of now are gone; a site is for a host to unpack.
        content = packed(files, most=None if cohort else len(files))
        if cohort:
            unpacked_bytes(content)
        path.parent.mkdir(exist_ok=True)
        put_over({path: content})
    except ContentError as error:
        _not_sound(error)
    except BuildError as error:
        say(printable(f"not written: {error}"), err=True)
        sys.exit(FAILED)
    except ArchiveError as refused:
        refuse_archive(f"{path} was not written", refused)
    except OSError as error:
        refuse(ScaffoldError(f"{path} cannot be written: {error.strerror or error}"))
    finally:
        if is_ours(beside):
            shutil.rmtree(beside, ignore_errors=True)
    return hashlib.sha256(content).hexdigest()


@export.command("cohort", short_help="Keep the course as it is for a group that stays with it.")
@click.argument("name")
@click.option("--replace", is_flag=True, help="Write over the archive that is there.")
@RELEASE
@CONFIG
def export_cohort(*, name: str, replace: bool, release: bool, configuration: Path) -> None:
    """Keep the course as it is now, for a group that the settings name below cohorts:, in cohorts/NAME.zip.

    From then on a build puts it at the address NAME/ of the site, beside the current version.
    """
    try:
        project, _ = open_project(configuration)
    except ContentError as error:
        _not_sound(error)
    if name not in project.settings.cohorts:
        refuse(
            ScaffoldError(
                f"the settings name no cohort {quoted(name)}{nearest(name, project.settings.cohorts)}",
                f"write into {configuration.name}, below alongside:\ncohorts:\n  {name}: {{title: …}}",
            )
        )
    path = project.archive_of(name)
    if os.path.lexists(path) and not (replace and door.is_file(path, project.root)):
        refuse(
            ScaffoldError(
                f"{near(path)} is there already, and the group may be learning with it",
                "choose another name, or write over it with --replace",
            )
        )
    total = _pack_site(path, configuration, release=release, cohort=name)
    say(f"written  {printable(near(path))}")
    say(f"Now write into {printable(configuration.name)}, for {printable(name)} below cohorts:\n    sum: {total}")


@export.command(PACK, short_help="Put modules, or a whole layer, into a ZIP archive.")
@click.argument("names", metavar="MODULE…", nargs=-1)
@click.option("--layer", "whole", is_flag=True, help="All of modules/ and content/ in this folder.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file. Usually MODULE.zip, or layer.zip."
)
@CONFIG
def export_pack(*, names: tuple[str, ...], whole: bool, out: Path | None, configuration: Path) -> None:
    """Put modules, with the sources, terms and people that they name, into a ZIP archive for other sites.

    With --layer, put in all that this folder has in modules/ and content/: its modules and pages, and what it changes in
    modules of other layers. Another site then has the same course, but for the settings in mkdocs.yml and the theme.
    """
    if whole == bool(names):
        refuse(ScaffoldError("what is to go in: names of modules, or --layer for all of this folder"))
    try:
        # Whoever writes on needs drafts too, which stay what they are: each says so in its file.
        project, curriculum = gather_sound(configuration, learners=False)
    except ContentError as error:
        _not_sound(error)
    _known_modules(names, curriculum)
    path = out or real(configuration.parent) / f"{names[0] if names else 'layer'}.zip"
    _check_out(path, configuration)
    try:
        files = pack(project, curriculum, names) if names else pack_layer(own_layer(project))
        content = packed(files)
        # What could not be read again is not handed on.
        pack_in(unpacked_bytes(content))
        put_over({path: content})
    except ScaffoldError as error:  # the site has no layer of its own
        refuse(error)
    except ArchiveError as refused:
        refuse_archive(f"{path} was not written", refused)
    except OSError as error:
        refuse(ScaffoldError(f"{path} cannot be written: {error.strerror or error}"))
    say(f"written  {printable(near(path))}")
    if whole:
        _say_of_layer(files, project)
        names = tuple(name for name in curriculum.modules if f"modules/{name}/module.yml" in files)
    handed_on = replace(curriculum, modules={name: curriculum.modules[name] for name in names}, pages={})
    for draft in drafts(handed_on):
        say(printable(f"    with a {draft.called()} that is a draft, and stays one: {draft.place('draft', key=True)}"))


def _say_of_layer(files: Mapping[str, bytes], project: Project) -> None:
    """Says which modules of other layers a pack changes, and which settings belong to it and are no part of it."""
    changed = changed_below(files)
    if changed:
        say(
            printable(
                f"    changes {', '.join(changed)}, which come from other layers: {', '.join(layer.name for layer in lower_layers(project))}"
            )
        )
    settings = project.settings
    for name, left_out in (("leave_out", settings.leave_out), ("leave_out_pages", settings.leave_out_pages)):
        if left_out:
            say("    not in it, since it is a setting of mkdocs.yml:")
            say(printable(f"        {name}: [{', '.join(left_out)}]"))


# ------------------------------------------------------------------------ formats

OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file. Usually the name of what is exported."
)


FOLDER = click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="A folder to write instead of a file."
)
PASS_MARK = click.option(
    "--pass-mark",
    metavar="N",
    type=click.IntRange(1, 100),
    help="Passed from a score of N percent on. Usually nobody passes or fails: the course is completed.",
)
EDITION = click.option(
    "--edition",
    metavar="N",
    type=click.IntRange(1, 2**31 - 1),
    help="The number of this edition, greater than that of the last. Usually it comes from the versions of the modules.",
)


@dataclass(frozen=True)
class Asked:
    """What was asked for on the line."""

    form: str
    names: tuple[str, ...]
    track: str
    out: Path | None
    configuration: Path
    folder: Path | None = None
    everything: bool = False
    release: bool = False
    cached: bool = True
    pass_mark: int | None = None
    edition: int | None = None

    @property
    def format(self) -> Format:
        """The format."""
        return FORMATS[self.form]

    def path(self) -> Path:
        """The file that is written: usually it has the name of the module or path, if it is one."""
        name = self.track if self.track and not self.names else self.format.usual_name
        if len(self.names) == 1 and not self.track:
            name = self.names[0]
        return self.out or real(self.configuration.parent) / f"{name}.{self.format.ending}"


def _command(form: str) -> click.Command:
    """The command for a format."""
    summary, of_pages = FORMATS[form].summary, FORMATS[form].of == "page"

    @click.command(form, short_help=summary)
    @click.option(
        "--module", "names", metavar="ID", multiple=True, help="Only this module. May be given several times."
    )
    @click.option("--path", "track", metavar="ID", default="", help="Only the modules of this path.")
    @click.option("--everything", is_flag=True, help="Name each of many things that were left out.")
    @OUT
    @CONFIG
    def command(**given: Any) -> None:
        _export(Asked(form, **given))

    command.help = f"{summary} What the format has no room for is left out and named."
    if FORMATS[form].is_our_folder:
        command = FOLDER(command)
    if FORMATS[form].judges:
        command = PASS_MARK(command)
    if FORMATS[form].numbered:
        command = EDITION(command)
    return NO_CACHE(RELEASE(command)) if of_pages else command


for _form in FORMATS:
    export.add_command(_command(_form))


def _export(asked: Asked) -> None:
    """Writes what was asked for, and says how large it is and what was left out."""
    progress = Progress(quiet=asked.format.of == "question")
    try:
        written, path = _made(asked, progress)
    except ContentError as error:
        progress.end()
        _not_sound(error)
    except ArchiveError as refused:
        progress.end()
        refuse_archive("nothing was written", refused)
    except BuildError as error:
        progress.end()
        say(printable(f"not written: {error}"), err=True)
        sys.exit(FAILED)
    except OSError as error:  # a picture has gone since it was found
        progress.end()
        say(printable(f"not written: {error.filename} cannot be read: {error.strerror or error}"), err=True)
        sys.exit(FAILED)
    progress.end()
    if written.count:
        size = _put_folder(written, path, asked) if asked.folder else _put(written, path)
        say(f"written  {printable(near(path))}  {_counted(written.count, asked.format.of)}, {_size(size)}")
    _say_left_out(written.left_out, everything=asked.everything)
    if not written.count:
        say(f"not written: there is no {asked.format.of} that this format can take", err=True)
        sys.exit(PROBLEMS)


def _made(asked: Asked, progress: Progress) -> tuple[Written, Path]:
    """What is to be written, and where."""
    if asked.format.of == "page":
        project, curriculum = gather_ready(asked.configuration, progress, release=asked.release, cached=asked.cached)
    else:
        project, curriculum = gather_sound(asked.configuration, learners=False)
    modules = _chosen(asked.names, asked.track, project, curriculum)
    path = asked.folder or asked.path()
    if asked.folder:
        _check_folder(path, asked)
    else:
        _check_out(path, asked.configuration, asked.format.is_ours, f"file of alongside export {asked.form}")
    track = asked.track if not asked.names else ""
    written = exported(
        asked.form,
        project,
        curriculum,
        modules,
        track=track,
        progress=progress,
        pass_mark=asked.pass_mark,
        edition=asked.edition,
    )
    return written, path


def _put(written: Written, path: Path) -> int:
    """Writes it as one file, or ends the command. Returns its size in bytes."""
    try:
        content = written.file
        put_over({path: content})
    except ArchiveError as refused:
        refuse_archive(f"{path} was not written", refused)
    except OSError as error:
        refuse(ScaffoldError(f"{path} cannot be written: {error.strerror or error}"))
    return len(content)


def _put_folder(written: Written, path: Path, asked: Asked) -> int:
    """Writes it as a folder, all of it or nothing, or ends the command. Returns its size in bytes."""
    assert not isinstance(written.content, bytes), "only a format of several files can be a folder"
    try:
        with workshop(path, open_project(asked.configuration)[0].sources) as place:
            for name, content in written.content.items():
                place.put(name, content)
    except BuildError as error:
        refuse(ScaffoldError(str(error).replace("--site-dir", "--folder")))
    return sum(map(len, written.content.values()))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _chosen(names: Sequence[str], track: str, project: Project, curriculum: Curriculum) -> list[str]:
    """Ids of the modules that are asked for, in the order of the course; without any, all of them."""
    _known_modules(names, curriculum)
    paths = {**curriculum.paths, **project.settings.paths}
    if track and track not in paths:
        raise click.UsageError(f"there is no path {quoted(track)}{_meant(track, paths)}")
    wanted = {*names, *(paths[track].modules if track else ())}
    return [name for name in curriculum.modules if name in wanted or not (names or track)]


def _known_modules(names: Sequence[str], curriculum: Curriculum) -> None:
    for name in names:
        if name not in curriculum.modules:
            raise click.UsageError(f"there is no module {quoted(name)}{_meant(name, curriculum.modules)}")


def _meant(name: str, known: Iterable[str]) -> str:
    """The nearest of the names that there are; all of them where none is near."""
    there = ", ".join(map(printable, known))
    return nearest(name, known) or (f"; there {'are' if ',' in there else 'is'}: {there}" if there else "")


def _size(length: int) -> str:
    """How much it is, for whoever has to upload it."""
    if length < KILOBYTE:
        return f"{length} bytes"
    return f"{length / KILOBYTE:.0f} kB" if length < MEGABYTE else f"{length / MEGABYTE:.1f} MB"


def _say_left_out(left_out: Sequence[LeftOut], *, everything: bool) -> None:
    """What the format could not take, by reason, each with its place."""
    for (what, reason, of), group in groupby(left_out, key=lambda one: (one.what, one.reason, one.of)):
        places = list(group)
        head = _counted(len(places), what if places[0].whole else of)
        part = head if places[0].whole else f"{what} of {head}"
        # A reason speaks of one thing, such as “it has several gaps”.
        because = "each because" if places[0].whole and len(places) > 1 else "because"
        say(printable(f"left out: {part}, {because} {reason}"), err=True)
        shown = places if everything else places[:MOST_SAID]
        for one in shown:
            say(printable(f"    {one.place}  {one.question}"), err=True)
        if len(shown) < len(places):
            say(f"    and {len(places) - len(shown)} more, which --everything names", err=True)


def _check_out(
    path: Path, configuration: Path, ours: Callable[[bytes], bool] | None = None, what: str = "ZIP archive"
) -> None:
    """Ends the command where a file would take the place of something else, or stand among what a site is made of."""
    known = _is_archive(path) if ours is None else _is_known(path, ours)
    if path.is_symlink() or (path.exists() and not known):
        refuse(ScaffoldError(f"{path} is there already and is no {what}", "name another file with --out"))
    _check_place(path, configuration)


def _check_place(path: Path, configuration: Path) -> None:
    """Ends the command where something would stand among what a site is made of."""
    try:
        refuse_sources(path, open_project(configuration)[0].sources)
    except BuildError as error:
        refuse(ScaffoldError(str(error)))
    except ContentError as error:
        _not_sound(error)


def _check_folder(path: Path, asked: Asked) -> None:
    """Ends the command where a folder would take the place of another one, or lie among what a site is made of."""
    if asked.out:
        raise click.UsageError("choose one of --out and --folder")
    _check_place(path, asked.configuration)
    is_ours = asked.format.is_our_folder
    there = path.is_symlink() or (path.exists() and not (path.is_dir() and not any(path.iterdir())))
    if there and not (is_ours and not path.is_symlink() and is_ours(path)):
        what = f"folder of alongside export {asked.form}"
        refuse(ScaffoldError(f"{path} is there already and is no {what}", "name another folder with --folder"))


def _is_archive(path: Path) -> bool:
    return zipfile.is_zipfile(path)


def _is_known(path: Path, ours: Callable[[bytes], bool]) -> bool:
    try:
        return path.is_file() and ours(path.read_bytes())
    except OSError:  # what cannot be read is not ours to replace
        return False


def _not_sound(error: ContentError) -> NoReturn:
    """Shows what keeps the content from being packed, and ends the command."""
    say("Nothing was written.\n", err=True)
    not_sound(error)
