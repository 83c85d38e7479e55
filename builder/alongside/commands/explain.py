"""`alongside explain` and `alongside coverage`."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import click

from alongside.build import gather_sound
from alongside.commands.options import CONFIG
from alongside.commands.sharing import not_sound
from alongside.commands.terminal import hand_over, say
from alongside.files.problems import ContentError, nearest, quoted
from alongside.reports.coverage import FORMS as COVERAGE_FORMS
from alongside.rules import RULES_BY_CODE


@click.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a rule means and why, with a bad and a good example."""
    rule = RULES_BY_CODE.get(code.upper())
    if rule is None:
        raise click.UsageError(f"there is no rule {quoted(code)}{nearest(code.upper(), RULES_BY_CODE)}")
    say(f"{rule.code}  {rule.name}  ({rule.severity})\n\n{rule.document.label}\n\n{rule.document.advice}")
    for title, example in (("Not so", rule.document.bad), ("Rather", rule.document.good)):
        say(f"\n{title}:\n\n{indent(example.strip(), '    ')}")


@click.command("coverage")
@click.option("--format", "form", type=click.Choice(list(COVERAGE_FORMS)), default="text", show_default=True)
@CONFIG
def coverage_(form: str, configuration: Path) -> None:
    """Show each module in numbers, and where the right options of its questions stand."""
    try:
        _, curriculum = gather_sound(configuration)
    except ContentError as error:
        not_sound(error)
    (hand_over if form == "json" else say)(COVERAGE_FORMS[form](curriculum))
