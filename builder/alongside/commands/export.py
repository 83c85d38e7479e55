"""`alongside export`."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path
from typing import NoReturn

import click

from alongside.authoring.packs import pack
from alongside.authoring.scaffold import ScaffoldError
from alongside.build import build_site, gather_sound
from alongside.commands.sharing import CONFIG, PACK, RELEASE, near, not_sound, refuse, refuse_archive
from alongside.commands.terminal import FAILED, say
from alongside.engines.publish import MARKER, is_ours, refuse_sources
from alongside.files.archive import ArchiveError, packed
from alongside.files.edits import put_over
from alongside.files.paths import real
from alongside.files.problems import BuildError, ContentError, nearest, printable, quoted
from alongside.load.project import open_project


@click.group(short_help="Put the site, or modules of it, into one file.")
def export() -> None:
    """Put the site, or modules of it, into one file to hand on. The same content gives the same bytes."""


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
        put_over(path, packed(files))
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
        project, curriculum = gather_sound(configuration)
    except ContentError as error:
        _not_sound(error)
    for name in names:
        if name not in curriculum.modules:
            raise click.UsageError(f"there is no module {quoted(name)}{nearest(name, curriculum.modules)}")
    path = out or real(configuration.parent) / f"{names[0]}.zip"
    _check_out(path, configuration)
    try:
        put_over(path, packed(pack(project, curriculum, names)))
    except ArchiveError as refused:
        refuse_archive(f"{path} was not written", refused)
    except OSError as error:
        refuse(ScaffoldError(f"{path} cannot be written: {error.strerror or error}"))
    say(f"written  {printable(near(path))}")


def _check_out(path: Path, configuration: Path) -> None:
    """Ends the command where an archive would take the place of something else, or stand among what a site is made of."""
    if path.is_symlink() or (path.exists() and not zipfile.is_zipfile(path)):
        refuse(ScaffoldError(f"{path} is there already and is no ZIP archive", "name another file with --out"))
    try:
        refuse_sources(path, open_project(configuration)[0].sources)
    except BuildError as error:
        refuse(ScaffoldError(str(error)))
    except ContentError as error:
        _not_sound(error)


def _not_sound(error: ContentError) -> NoReturn:
    """Shows what keeps the content from being packed, and ends the command."""
    say("Nothing was written.\n", err=True)
    not_sound(error)
