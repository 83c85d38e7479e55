"""The command `alongside`: arguments to one call to an exit code. Prints, never decides."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from textwrap import indent
from typing import NoReturn

import click

from alongside import __version__
from alongside.build import build_site, changes_since, gather, gather_sound, lost_since, serve_site
from alongside.commands.authoring import COMMANDS, CONFIG
from alongside.commands.terminal import DEBUG, FAILED, FINE, PROBLEMS, USAGE, Command, hand_over, say
from alongside.compare.history import HistoryError
from alongside.compare.report import FORMS
from alongside.files.paths import real
from alongside.files.problems import (
    BuildError,
    ContentError,
    Problem,
    count,
    has_errors,
    in_order,
    nearest,
    printable,
    quoted,
)
from alongside.load.project import Project
from alongside.reports.coverage import FORMS as COVERAGE_FORMS
from alongside.reports.problems import FORMATS, seen_from
from alongside.rules import RULES_BY_CODE

#: Ports of a computer: the number of digits, and the largest.
LONGEST_PORT, LARGEST_PORT = 5, 65_535


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, envvar=DEBUG, help="Show where something happened that nobody foresaw.")
@click.version_option(__version__, prog_name="alongside")
def main(*, debug: bool) -> None:
    """Turn training modules written in YAML into an accessible website."""
    del debug  # the net below every command looks at it
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows its number
            stream.reconfigure(errors="backslashreplace")


@main.command()
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
        _no_history(error)
    else:
        problems = _below(paths, in_order([*gathered.problems, *lost]), gathered.project)
    _report(problems, form, notes=notes, folder=os.path.relpath(real(configuration.parent)))
    failed = has_errors(problems) or (strict and any(p.severity == "warning" for p in problems))
    sys.exit(PROBLEMS if failed else FINE)


@main.command()
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="Where to put the site. Usually site_dir from the configuration.",
)
@click.option("--strict", is_flag=True, help="Warnings stop the build too.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@CONFIG
def build(site_dir: Path | None, strict: bool, quiet: bool, configuration: Path) -> None:
    """Build the site. The one that was there stays whole until the new one is complete."""
    progress = Progress(quiet=quiet)
    try:
        place, site, problems = build_site(configuration, site_dir, progress, strict=strict)
    except ContentError as error:
        progress.end()
        _report(list(error.problems), "text")
        sys.exit(PROBLEMS)
    except BuildError as error:
        progress.end()
        say(f"The site was not built: {printable(str(error))}", err=True)
        sys.exit(FAILED)
    progress.end()
    warnings = [problem for problem in problems if problem.severity == "warning"]
    if warnings:
        say(f"{count(warnings)}: alongside check says more.")
    say(f"{len(site.pages)} pages in {printable(str(place))}")


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to show the site.")
@CONFIG
def serve(address: str, configuration: Path) -> None:
    """Show the site in the browser and follow the files: what changes is there at once."""
    host, _, port = address.rpartition(":")
    if not (port.isdecimal() and len(port) <= LONGEST_PORT and int(port) <= LARGEST_PORT):
        raise click.UsageError(f"the address {quoted(address)} has no port from 0 to 65535; write it as 127.0.0.1:8000")
    try:
        serve_site(configuration, host or "127.0.0.1", int(port), lambda text: say(text, err=True))
    except ContentError as error:
        _report(list(error.problems), "text")
        sys.exit(PROBLEMS)
    except BuildError as error:
        say(printable(str(error)), err=True)
        sys.exit(FAILED)
    except KeyboardInterrupt:
        say("", err=True)


@main.command()
@click.argument("revision", metavar="REV")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True)
@CONFIG
def diff(revision: str, form: str, configuration: Path) -> None:
    """Say what changed for learners since the Git revision REV, and what becomes of their saved answers."""
    try:
        changes = changes_since(revision, configuration, gather(configuration, rules=()))
    except ContentError as error:
        _report(list(error.problems), "text")
        sys.exit(PROBLEMS)
    except HistoryError as error:
        _no_history(error)
    say(FORMS[form](changes, revision))


@main.command("coverage")
@click.option("--format", "form", type=click.Choice(list(COVERAGE_FORMS)), default="text", show_default=True)
@CONFIG
def coverage_(form: str, configuration: Path) -> None:
    """Show each module in numbers, and where the right options of its questions stand."""
    try:
        _, curriculum = gather_sound(configuration)
    except ContentError as error:
        _report(list(error.problems), "text")
        sys.exit(PROBLEMS)
    (hand_over if form == "json" else say)(COVERAGE_FORMS[form](curriculum))


def _no_history(error: HistoryError) -> NoReturn:
    """Says why an earlier revision cannot be read, and ends the command."""
    say(f"Nothing to compare with: {printable(str(error))}", err=True)
    sys.exit(USAGE)


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Say what a rule means and why, with a bad and a good example."""
    rule = RULES_BY_CODE.get(code.upper())
    if rule is None:
        raise click.UsageError(f"there is no rule {quoted(code)}{nearest(code.upper(), RULES_BY_CODE)}")
    say(f"{rule.code}  {rule.name}  ({rule.severity})\n\n{rule.document.label}\n\n{rule.document.advice}")
    for title, example in (("Not so", rule.document.bad), ("Rather", rule.document.good)):
        say(f"\n{title}:\n\n{indent(example.strip(), '    ')}")


for command in COMMANDS:
    main.add_command(command)


class Progress:
    """Says on standard error what is going on: a line that changes on a terminal, plain lines otherwise."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stderr.isatty()
        self._said = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Notes that `done` of `total` are done; a total of 0 means that there is nothing to count."""
        if self._quiet:
            return
        if self._terminal:
            counted = f" {done} of {total}" if total else ""
            click.echo(f"\r\x1b[K{printable(what)}{counted}", nl=False, err=True)
        elif what != self._said:
            say(f"{what} …", err=True)
        self._said = what

    def end(self) -> None:
        """Leaves the line."""
        if self._said and self._terminal and not self._quiet:
            click.echo("\r\x1b[K", nl=False, err=True)


def _below(paths: tuple[Path, ...], problems: list[Problem], project: Project) -> list[Problem]:
    if not paths:
        return problems
    wanted = [real(path) for path in paths]
    return [p for p in problems if any(project.path_of(p.place.file).is_relative_to(path) for path in wanted)]


def _report(problems: list[Problem], form: str, *, notes: bool = False, folder: str = ".") -> None:
    """Shows problems in one of the forms; `folder` leads from here to the site, for those forms that need it."""
    shown = [p for p in problems if notes or p.severity != "info" or RULES_BY_CODE[p.code].scope == "history"]
    if form in {"github", "sarif"}:
        shown = seen_from(shown, Path(folder).as_posix())
    said = FORMATS[form](shown)
    if form in {"json", "sarif"}:
        hand_over(said)
        return
    if shown and form == "github":
        hand_over(said + "\n")
    elif shown:
        say(said + "\n")
    hint = "" if len(shown) == len(problems) else " The notes are shown with --notes."
    say(f"{count(problems)}.{hint}")
