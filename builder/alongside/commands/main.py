"""The command `alongside`: arguments to one call to an exit code. A command is a file; each prints, and decides nothing."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from alongside import __version__
from alongside.commands.build import build, serve
from alongside.commands.check import check
from alongside.commands.diff import diff
from alongside.commands.explain import coverage_, explain
from alongside.commands.export import export
from alongside.commands.ids import ids, schema
from alongside.commands.import_ import import_
from alongside.commands.new import new
from alongside.commands.terminal import DEBUG, Command


@click.group(cls=Command, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, envvar=DEBUG, help="Show where something happened that nobody foresaw.")
@click.version_option(__version__, prog_name="alongside")
def main(*, debug: bool) -> None:
    """Turn training modules written in YAML into an accessible website."""
    del debug  # the net below every command looks at it
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows its number
            stream.reconfigure(errors="backslashreplace")


for command in (check, build, serve, diff, coverage_, explain, new, ids, import_, export, schema):
    main.add_command(command)
