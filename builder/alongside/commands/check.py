"""`alongside check`."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from alongside.build import Gathered, gather, lost_since
from alongside.commands.sharing import CONFIG, NO_CACHE, RELEASE, no_history, report
from alongside.commands.terminal import FINE, PROBLEMS
from alongside.compare.history import HistoryError
from alongside.files.paths import real
from alongside.files.problems import ContentError, Problem, has_errors, in_order, printable
from alongside.reports.problems import FORMATS


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--notes", is_flag=True, help="Show notes too: things to know rather than to mend.")
@click.option("--all", "everything", is_flag=True, help="Show each of many problems that say the same.")
@click.option("--against", metavar="REV", help="Report ids that changed since this Git revision, such as main.")
@RELEASE
@NO_CACHE
@CONFIG
def check(  # noqa: PLR0913  # one argument for each option
    *,
    paths: tuple[Path, ...],
    form: str,
    strict: bool,
    notes: bool,
    everything: bool,
    against: str | None,
    release: bool,
    cached: bool,
    configuration: Path,
) -> None:
    """Check the content and say where and how to mend it. With PATHS, report only what is below them.

    What keeps a file from being read is always reported, since as long as it stands nothing else is known for certain.
    """
    unchecked = ""
    try:
        gathered = gather(configuration, today=date.today(), release=release, cached=cached)  # noqa: DTZ011  # the author's own day is near enough
        lost = lost_since(against, configuration, gathered) if against is not None else []
    except ContentError as error:
        problems = list(error.problems)
        unchecked = f" Until {printable(configuration.name)} can be read, nothing else is checked."
    except HistoryError as error:
        no_history(error)
    else:
        problems = in_order([*gathered.problems, *lost])
        if paths:
            problems = _asked_for(paths, gathered, problems)
        if gathered.unread:
            unchecked = " Until every file can be read, not everything was checked."
    folder = os.path.relpath(real(configuration.parent))
    report(problems, form, notes=notes, everything=everything, folder=folder, more=unchecked)
    failed = has_errors(problems) or (strict and any(p.severity == "warning" for p in problems))
    sys.exit(PROBLEMS if failed else FINE)


def _asked_for(paths: tuple[Path, ...], gathered: Gathered, problems: list[Problem]) -> list[Problem]:
    """What stands below the paths, and whatever kept a file from being read."""
    wanted = [real(path) for path in paths]

    def asked_for(problem: Problem) -> bool:
        if problem.severity == "error" and problem.place.file in gathered.unread:
            return True
        return any(gathered.project.path_of(problem.place.file).is_relative_to(path) for path in wanted)

    return [problem for problem in problems if asked_for(problem)]
