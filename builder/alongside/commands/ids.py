"""`alongside ids` and `alongside schema`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from alongside.authoring.ids import Filling, fillings, write
from alongside.authoring.scaffold import ScaffoldError, checkout, schema_folder, write_schemas
from alongside.commands.options import CONFIG
from alongside.commands.sharing import in_a_site, made, refuse
from alongside.commands.terminal import FINE, PROBLEMS, say
from alongside.files import door
from alongside.files.paths import real
from alongside.files.problems import has_errors, printable
from alongside.reports.problems import as_text


@click.command()
@click.option("--write", "writing", is_flag=True, help="Write the ids into the files, and change nothing else in them.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@CONFIG
def ids(*, writing: bool, paths: tuple[Path, ...], configuration: Path) -> None:
    """Give an id to whatever has none, in PATHS or in all modules of the site. Without --write, only show them."""
    root = real(configuration.parent)
    if not paths:
        in_a_site(configuration)
        if not door.is_folder(root / "modules", root):
            refuse(ScaffoldError("there is no folder modules/ here", "start one with: alongside new module my-module"))
    found, problems = fillings(paths or (root / "modules",), root)
    if writing:
        try:
            write(found)
        except OSError as error:
            refuse(ScaffoldError(f"nothing was written: {error.strerror or error}"))
    _show(found, writing=writing, unread=has_errors(problems))
    if problems:
        say("\n" + as_text(problems))
    sys.exit(PROBLEMS if has_errors(problems) else FINE)


def _show(found: list[Filling], *, writing: bool, unread: bool) -> None:
    proposed = [proposal for filling in found for proposal in filling.proposals]
    for proposal in proposed:
        say(printable(f"{proposal.place}  {proposal.noun}  id: {proposal.id}"))
    if not proposed:
        say(
            "Everything that can be read has an id, but not every file can be read:"
            if unread
            else "Everything has an id."
        )
        return
    ending = "written." if writing else "missing. Write them with: alongside ids --write"
    say(f"\n{len(proposed)} {'id' if len(proposed) == 1 else 'ids'} {ending}")


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to put them. Usually where this site keeps them.",
)
@CONFIG
def schema(out: Path | None, configuration: Path) -> None:
    """Write the JSON Schemas by which an editor completes and explains every field."""
    root = real(configuration.parent)
    if out is None and root != checkout():  # the package keeps its own
        in_a_site(configuration)
    made(lambda: write_schemas(out) if out else write_schemas(schema_folder(root), root))
