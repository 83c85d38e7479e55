"""The command `alongside`: arguments to one call to an exit code. Prints, never decides."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from alongside import __version__
from alongside.build import gather
from alongside.problems import ContentError, Problem, as_json, as_text, count, has_errors

FINE, PROBLEMS, USAGE, FAILED = 0, 1, 2, 3

CONFIG = click.option(
    "--config", "configuration", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
    help="The configuration of the site.",
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="alongside")
def main() -> None:
    """Turn training modules written in YAML into an accessible website."""


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@CONFIG
def check(paths: tuple[Path, ...], form: str, strict: bool, configuration: Path) -> None:
    """Check the content and say where and how to mend it. With PATHS, report only what is below them."""
    try:
        project, _, problems = gather(configuration)
    except ContentError as error:
        problems = list(error.problems)
    else:
        problems = _below(paths, problems, project.root)
    _report(problems, form)
    failed = has_errors(problems) or (strict and any(p.severity == "warning" for p in problems))
    sys.exit(PROBLEMS if failed else FINE)


def _below(paths: tuple[Path, ...], problems: list[Problem], root: Path) -> list[Problem]:
    if not paths:
        return problems
    wanted = [path.resolve() for path in paths]
    return [p for p in problems if any((root / p.place.file).resolve().is_relative_to(path) for path in wanted)]


def _report(problems: list[Problem], form: str) -> None:
    if form == "json":
        click.echo(as_json(problems))
        return
    if problems:
        click.echo(as_text(problems) + "\n")
    click.echo(f"{count(problems)}.")
