"""`alongside diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from alongside.build import changes_since, gather
from alongside.commands.sharing import CONFIG, no_history, not_sound
from alongside.commands.terminal import FINE, PROBLEMS, say
from alongside.compare.history import HistoryError
from alongside.compare.report import FORMS
from alongside.files.problems import ContentError


@click.command()
@click.argument("revision", metavar="REV")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True)
@CONFIG
def diff(revision: str, form: str, configuration: Path) -> None:
    """Say what changed for learners since the Git revision REV, and what becomes of their saved answers."""
    try:
        gathered = gather(configuration, rules=())
        changes = changes_since(revision, configuration, gathered)
    except ContentError as error:
        not_sound(error)
    except HistoryError as error:
        no_history(error)
    say(FORMS[form](changes, revision))
    sys.exit(PROBLEMS if gathered.unread else FINE)
