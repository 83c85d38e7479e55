"""`alongside take`, `alongside where` and `alongside drift`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from alongside.authoring.scaffold import ScaffoldError, new_files
from alongside.authoring.takeover import known_addresses, own_layer, take
from alongside.build import gather_sound
from alongside.commands.options import CONFIG
from alongside.commands.sharing import in_a_site, made, not_sound, opened, refuse
from alongside.commands.terminal import FINE, PROBLEMS, USAGE, say
from alongside.compare.drift import Drift, as_text, drifts
from alongside.files.problems import ContentError, nearest, printable, quoted
from alongside.load.project import Project
from alongside.reports.whereabouts import whereabouts


@click.command("take")
@click.argument("address", metavar="ADDRESS")
@CONFIG
def take_(address: str, configuration: Path) -> None:
    """Copy what ADDRESS leads to into this site, and note what the original is.

    ADDRESS is a module, MODULE/LESSON, a part as in MODULE/LESSON#ID or MODULE/quiz#ID, a field as in MODULE/module.summary,
    an entry as in glossary#ID, or the path of a page or a file of the theme: content/about.md. What you have already is not
    changed; then only the note is made anew, so that you hear of the next change of the original.
    """
    project = _project(configuration)
    there: list[str] = []

    def write() -> list[Path]:
        written, only_noted = take(project, address)
        there.extend(only_noted)
        return written

    made(write)
    for one in there:
        say(f"{printable(one)} is yours already, and the note of its original is brought up to date.")
    say("\nChange the copy as you like, then: alongside check")


@click.command()
@click.argument("thing", metavar="THING")
@CONFIG
def where(thing: str, configuration: Path) -> None:
    """Say where THING comes from, and what it hides: a module with all of its parts, a lesson, a page or a file of the theme."""
    try:
        project, curriculum = gather_sound(configuration)
        found = whereabouts(project.layers, curriculum, thing)
    except ContentError as error:
        not_sound(error)
    if not found:
        known = known_addresses(project.layers, thing.partition("/")[0])
        say(f"There is no {quoted(thing)} in any layer of this site{nearest(thing, known)}", err=True)
        say(
            "    fix:      name a module, MODULE/LESSON, a page such as content/about.md, or an entry such as glossary#ID",
            err=True,
        )
        sys.exit(USAGE)
    for one in found:
        say(str(one))


@click.command()
@click.argument("addresses", metavar="[ADDRESS]…", nargs=-1)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write proposals into this folder.")
@CONFIG
def drift(addresses: tuple[str, ...], out: Path | None, configuration: Path) -> None:
    """Show what changed in the originals of what you took over, side by side.

    With --out, a proposal that joins your changes with those of the original is written for each, beside your site rather than
    into it. Where both changed the same lines, both stand there between marks. `alongside take ADDRESS` then notes that you
    have seen the original of now.
    """
    project = _project(configuration)
    try:
        found = [one for one in drifts(project.layers, own_layer(project)) if not addresses or one.address in addresses]
    except ScaffoldError as refused:
        refuse(refused)
    except ContentError as error:
        not_sound(error)
    except OSError as error:
        refuse(ScaffoldError(f"{error.filename} cannot be read: {error.strerror or error}"))
    for one in found:
        say(as_text(one) + "\n")
    if out and found:
        made(lambda: new_files({out / _file_name(one): one.proposal[0] for one in found}))
    if not found:
        say("Nothing that was taken over has changed in its original.")
    elif not out:
        say(
            "With --out DIR proposals that join both sides are written. alongside take ADDRESS notes that you have seen the original."
        )
    sys.exit(PROBLEMS if found else FINE)


def _file_name(one: Drift) -> str:
    """A name for a proposal that every system takes."""
    name = one.address.replace("/", "_").replace("#", "_")
    return name if Path(name).suffix in {".md", ".html", ".css", ".js", ".svg"} else f"{name}.yml"


def _project(configuration: Path) -> Project:
    in_a_site(configuration)
    return opened(configuration)
