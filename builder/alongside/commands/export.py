"""`alongside export`."""

from __future__ import annotations

import shutil
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import NoReturn

import click

from alongside.authoring.packs import pack
from alongside.authoring.scaffold import ScaffoldError
from alongside.build import build_site, gather_sound
from alongside.commands.sharing import CONFIG, MOST_SAID, PACK, RELEASE, near, not_sound, refuse, refuse_archive
from alongside.commands.terminal import FAILED, PROBLEMS, say
from alongside.engines.publish import MARKER, is_ours, refuse_sources
from alongside.exporters import FORMATS, LeftOut, exported
from alongside.files.archive import ArchiveError, packed
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
    # Always the same place, so that what a command that was killed has left is replaced by the next.
    beside = path.with_name(f".{path.name}.site")
    try:
        build_site(configuration, beside, release=release)
        files = {
            file.relative_to(beside).as_posix(): file.read_bytes()
            for file in beside.rglob("*")
            if file.is_file() and file.name != MARKER
        }
        put_over({path: packed(files)})
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
    say(f"written  {printable(near(path))}")


@export.command(PACK, short_help="Put modules into a ZIP archive for other sites.")
@click.argument("names", metavar="MODULE…", nargs=-1, required=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file. Usually MODULE.zip.")
@CONFIG
def export_pack(names: tuple[str, ...], out: Path | None, configuration: Path) -> None:
    """Put modules, with the sources, terms and people that they name, into a ZIP archive for other sites."""
    try:
        # Whoever writes on needs drafts too, which stay what they are: each says so in its file.
        project, curriculum = gather_sound(configuration, learners=False)
    except ContentError as error:
        _not_sound(error)
    _known_modules(names, curriculum)
    path = out or real(configuration.parent) / f"{names[0]}.zip"
    _check_out(path, configuration)
    try:
        put_over({path: packed(pack(project, curriculum, names))})
    except ArchiveError as refused:
        refuse_archive(f"{path} was not written", refused)
    except OSError as error:
        refuse(ScaffoldError(f"{path} cannot be written: {error.strerror or error}"))
    say(f"written  {printable(near(path))}")
    handed_on = replace(curriculum, modules={name: curriculum.modules[name] for name in names}, pages={})
    for draft in drafts(handed_on):
        say(printable(f"    with a {draft.called()} that is a draft, and stays one: {draft.place('draft', key=True)}"))


# ---------------------------------------------------------------------- questions

OUT = click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The file. Usually the name of what is exported."
)


def _bank_command(form: str) -> click.Command:
    """The command for a form of question bank."""

    @click.command(form, short_help=FORMATS[form].summary)
    @click.option(
        "--module", "names", metavar="ID", multiple=True, help="Only this module. May be given several times."
    )
    @click.option("--path", "track", metavar="ID", help="Only the modules of this path.")
    @click.option("--everything", is_flag=True, help="Name each of many things that were left out.")
    @OUT
    @CONFIG
    def command(names: tuple[str, ...], track: str, out: Path | None, configuration: Path, *, everything: bool) -> None:
        _export_bank(form, names, track, out, configuration, everything=everything)

    command.help = f"{FORMATS[form].summary} What the format has no room for is left out and named."
    return command


for _form in FORMATS:
    export.add_command(_bank_command(_form))


def _export_bank(  # noqa: PLR0913  # what can be chosen
    form: str, names: tuple[str, ...], track: str, out: Path | None, configuration: Path, *, everything: bool
) -> None:
    try:
        project, curriculum = gather_sound(configuration, learners=False)
        modules = _chosen(names, track, project, curriculum)
        name = names[0] if len(names) == 1 and not track else track if track and not names else "questions"
        path = out or real(configuration.parent) / f"{name}.{FORMATS[form].ending}"
        _check_out(path, configuration, FORMATS[form].is_ours, f"file of alongside export {form}")
        bank = exported(form, project, curriculum, modules)
    except ContentError as error:
        _not_sound(error)
    except ArchiveError as refused:
        refuse_archive("the questions were not written", refused)
    except BuildError as error:
        say(printable(f"not written: {error}"), err=True)
        sys.exit(FAILED)
    except OSError as error:  # a picture has gone since it was found
        say(printable(f"not written: {error.filename} cannot be read: {error.strerror or error}"), err=True)
        sys.exit(FAILED)
    if bank.count:
        try:
            put_over({path: bank.content})
        except OSError as error:
            refuse(ScaffoldError(f"{path} cannot be written: {error.strerror or error}"))
        noun = "question" if bank.count == 1 else "questions"
        say(f"written  {printable(near(path))}  {bank.count} {noun}, {_size(len(bank.content))}")
    _say_left_out(bank.left_out, everything=everything)
    if not bank.count:
        say("not written: there is no question that this format can take", err=True)
        sys.exit(PROBLEMS)


def _chosen(names: Sequence[str], track: str, project: Project, curriculum: Curriculum) -> list[str]:
    """Ids of the modules that are asked for, in the order of the course; without any, all of them."""
    _known_modules(names, curriculum)
    paths = {**curriculum.paths, **project.settings.paths}
    if track and track not in paths:
        raise click.UsageError(f"there is no path {quoted(track)}{nearest(track, paths)}")
    wanted = {*names, *(paths[track].modules if track else ())}
    return [name for name in curriculum.modules if name in wanted or not (names or track)]


def _known_modules(names: Sequence[str], curriculum: Curriculum) -> None:
    for name in names:
        if name not in curriculum.modules:
            raise click.UsageError(f"there is no module {quoted(name)}{nearest(name, curriculum.modules)}")


def _size(length: int) -> str:
    """How much it is, for whoever has to upload it."""
    if length < KILOBYTE:
        return f"{length} bytes"
    return f"{length / KILOBYTE:.0f} kB" if length < MEGABYTE else f"{length / MEGABYTE:.1f} MB"


def _say_left_out(left_out: Sequence[LeftOut], *, everything: bool) -> None:
    """What the format could not take, by reason, each with its place."""
    for (what, reason), group in groupby(left_out, key=lambda one: (one.what, one.reason)):
        places = list(group)
        head = f"{len(places)} {'question' if len(places) == 1 else 'questions'}"
        part = f"{what} of {head}" if not places[0].whole else head
        say(printable(f"left out: {part}, because {reason}"), err=True)
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
    try:
        refuse_sources(path, open_project(configuration)[0].sources)
    except BuildError as error:
        refuse(ScaffoldError(str(error)))
    except ContentError as error:
        _not_sound(error)


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
