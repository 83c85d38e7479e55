"""The way out: everything that a command prints goes through here, and what nobody foresaw becomes a sentence here."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from alongside.files.problems import fault_of_ours, plain, printable

#: What a command ends with. The same numbers hold for all of `alongside`.
FINE, PROBLEMS, USAGE, FAILED, FAULT = range(5)
#: The variable of the environment that shows where something unforeseen happened.
DEBUG = "ALONGSIDE_DEBUG"


#: A text, and whether it goes to another program as it is.
Said = tuple[str, bool]


def say(text: str, *, err: bool = False) -> None:
    """Prints lines in which no terminal and no build server finds an order, whoever wrote them."""
    click.echo(plain(text), err=err)


def hand_over(text: str, *, end: str = "\n") -> None:
    """Prints what another program reads, as it is: whoever made it has seen to what stands in it."""
    click.echo(text + end, nl=False)


def show(said: Iterable[Said]) -> None:
    """Prints texts one after the other."""
    for text, as_it_is in said:
        (hand_over if as_it_is else say)(text)


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


class Command(click.Group):
    """A command whose every message is safe to print, and that ends with a sentence where something unforeseen happens."""

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        """Reads the arguments."""
        with _told_safely():
            return super().make_context(*given, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Does what was asked for."""
        try:
            with _told_safely():
                return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except Exception as error:
            if ctx.params.get("debug") or (isinstance(error, OSError) and error.errno == errno.EPIPE):
                raise
            say(f"{fault_of_ours(error)}\n    to see where it happened:  {DEBUG}=1", err=True)
            sys.exit(FAULT)


@contextmanager
def _told_safely() -> Iterator[None]:
    """Makes what click says about arguments safe to print: names of files come from whoever sent them."""
    try:
        yield
    except click.ClickException as error:
        error.message = plain(error.message)  # type: ignore[misc]  # what click is about to show
        raise
