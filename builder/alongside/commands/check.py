"""`alongside check`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from alongside.build import gather, lost_since
from alongside.commands.sharing import CONFIG, no_history, report
from alongside.commands.terminal import FINE, PROBLEMS
from alongside.compare.history import HistoryError
from alongside.files.paths import real
from alongside.files.problems import ContentError, Problem, has_errors, in_order
from alongside.load.project import Project
from alongside.reports.problems import FORMATS


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--notes", is_flag=True, help="Show notes too: things to know rather than to mend.")
@click.option("--against", metavar="REV", help="Report ids that changed since this Git revision, such as main.")
@CONFIG
def check(  # noqa: PLR0913  # one argument for each option
    *, paths: tuple[Path, ...], form: str, strict: bool, notes: bool, against: str | None, configuration: Path
) -> None:
    """Check the content and say where and how to mend it. With PATHS, report only what is below them."""
    try:
        gathered = gather(configuration)
        lost = lost_since(against, configuration, gathered) if against is not None else []
    except ContentError as error:
        problems = list(error.problems)
    except HistoryError as error:
        no_history(error)
    else:
        problems = _below(paths, in_order([*gathered.problems, *lost]), gathered.project)
    report(problems, form, notes=notes, folder=os.path.relpath(real(configuration.parent)))
    failed = has_errors(problems) or (strict and any(p.severity == "warning" for p in problems))
    sys.exit(PROBLEMS if failed else FINE)


def _below(paths: tuple[Path, ...], problems: list[Problem], project: Project) -> list[Problem]:
    if not paths:
        return problems
    wanted = [real(path) for path in paths]
    return [p for p in problems if any(project.path_of(p.place.file).is_relative_to(path) for path in wanted)]
