"""The command `alongside`: arguments to one call to an exit code. A command is a file; each prints, and decides nothing."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from io import TextIOWrapper

import click

from alongside import __version__
from alongside.commands.terminal import DEBUG, Command

#: Each command: its file, its name there, and what the list of commands says of it.
COMMANDS = {
    "build": ("build", "build", "Build the site as a whole."),
    "check": ("check", "check", "Check the content, and say where and how to mend it."),
    "coverage": ("explain", "coverage_", "Show each module in numbers."),
    "diff": ("diff", "diff", "Say what changed for learners since a release or a revision."),
    "drift": ("take", "drift", "Show what changed in the originals of what you took over."),
    "explain": ("explain", "explain", "Say what a rule means, with a bad and a good example."),
    "export": ("export", "export", "Put the site, modules or questions into one file."),
    "ids": ("ids", "ids", "Give an id to whatever has none."),
    "import": ("import_", "import_", "Take over a question bank or a pack of modules."),
    "new": ("new", "new", "Start a module, a lesson, a site and more."),
    "records": ("records", "records", "Put together the record files that learners handed in."),
    "schema": ("ids", "schema", "Write the JSON Schemas for your editor."),
    "serve": ("build", "serve", "Show the site in the browser, and follow the files."),
    "statements": ("statements", "statements", "Sign what learners have finished, or check what was signed."),
    "take": ("take", "take_", "Take over what comes from another layer, to change it."),
    "verify": ("verify", "verify", "See that a published site is whole, and sends its headers."),
    "where": ("take", "where", "Say which layer something comes from, and what it hides."),
}


class Commands(MutableMapping[str, click.Command]):
    """The commands by name. A file is loaded when its command is asked for: all of them take longer than most runs."""

    def __init__(self) -> None:
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._loaded:
            file, called, summary = COMMANDS[name]
            # Nothing of what is loaded goes away again, and looking for what does takes a tenth of the time.
            gc.disable()
            command = getattr(import_module(f"alongside.commands.{file}"), called)
            gc.freeze()
            gc.enable()
            command.short_help = summary
            self._loaded[name] = command
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command

    def __delitem__(self, name: str) -> None:
        raise TypeError(f"{name} is in the table")

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class Main(Command):
    """The command with its list of commands, for which none is loaded."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the list of commands."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, _, summary) in COMMANDS.items()])


@click.group(cls=Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, envvar=DEBUG, help="Show where something happened that nobody foresaw.")
@click.version_option(__version__, prog_name="alongside")
def main(*, debug: bool) -> None:
    """Turn training modules written in YAML into an accessible website."""
    del debug  # the net below every command looks at it
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that lacks a letter shows its number
            stream.reconfigure(errors="backslashreplace")


main.commands = Commands()
