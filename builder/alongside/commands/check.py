"""`alongside check`."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from alongside.commands.options import CONFIG, NO_CACHE, RELEASE, Check
from alongside.commands.terminal import show
from alongside.files.garbage import without_collection
from alongside.files.unchanged import Earlier
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
@without_collection()
def check(**options: Any) -> None:
    """Check the content and say where and how to mend it. With PATHS, report only what is below them.

    What keeps a file from being read is always reported, since as long as it stands nothing else is known for certain.
    """
    today = date.today()  # noqa: DTZ011  # the author's own day is near enough
    asked = Check(**options)
    paths = [os.path.realpath(path) for path in asked.paths]
    how = paths, asked.form, asked.strict, asked.notes, asked.everything, asked.release, str(today)
    earlier = Earlier("check", asked.configuration, *how) if asked.cached and asked.against is None else None
    outcome = earlier.outcome if earlier else None
    if outcome:
        show(outcome.said)
        sys.exit(outcome.code)
    from alongside.commands.check_anew import check_anew  # noqa: PLC0415  # loading it takes longer than finding that out

    outcome = check_anew(asked, today)
    show(outcome.said)
    if earlier and outcome.sources:
        earlier.keep(outcome)
    sys.exit(outcome.code)
