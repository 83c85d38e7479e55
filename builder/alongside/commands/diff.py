"""`alongside diff`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from alongside.authoring.scaffold import ScaffoldError
from alongside.build import Gathered, changes_since, changes_since_published, gather, note_published
from alongside.commands.options import CONFIG
from alongside.commands.sharing import near, no_history, not_sound, refuse
from alongside.commands.terminal import FINE, PROBLEMS, say
from alongside.compare.history import HistoryError
from alongside.compare.report import FORMS
from alongside.files.problems import ContentError, printable


@click.command()
@click.argument("revision", metavar="[REV]", required=False)
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True)
@click.option("--note", is_flag=True, help="Remember what there is now as published, after saying what changed.")
@CONFIG
def diff(*, revision: str | None, form: str, note: bool, configuration: Path) -> None:
    """Say what changed for learners, and what becomes of their saved answers.

    Without REV everything is compared with what the site last published, in all layers, so that the changes of an upgrade are
    in it. With a Git revision REV the files of this repository are compared with what they were then.
    """
    if revision is not None and note:
        raise click.UsageError("--note remembers what there is now; it goes without a revision")
    try:
        # What was published is what learners got, and they get no drafts, however a build was told so.
        gathered = gather(configuration, rules=(), learners=True if revision is None else None)
        try:
            said = _said(revision, form, configuration, gathered)
        except HistoryError as error:
            if not note:
                no_history(error)
            said = ""
        if said:
            say(said)
        if note:
            path = note_published(configuration, gathered, date.today())  # noqa: DTZ011  # the author's own day is near enough
            say(f"written  {printable(near(path))}", err=True)
    except ContentError as error:
        not_sound(error)
    except OSError as error:
        refuse(ScaffoldError(f"nothing was written: {error.strerror or error}"))
    sys.exit(PROBLEMS if gathered.unread else FINE)


def _said(revision: str | None, form: str, configuration: Path, gathered: Gathered) -> str:
    """What changed, in words. Raises `HistoryError` where there is nothing to compare with."""
    if revision is not None:
        return FORMS[form](changes_since(revision, configuration, gathered), revision)
    changes, day = changes_since_published(configuration, gathered)
    return FORMS[form](changes, f"it was published on {day.isoformat()}")
