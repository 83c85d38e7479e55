"""`alongside build` and `alongside serve`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from alongside.build import build_site, note_release, serve_site
from alongside.commands.sharing import CONFIG, NO_CACHE, RELEASE, not_sound
from alongside.commands.terminal import FAILED, say
from alongside.compare.published import PUBLISHED
from alongside.compare.report import in_short
from alongside.engines.compressed import kinds
from alongside.files.problems import BuildError, ContentError, count, printable, quoted
from alongside.rules.release import is_unfinished

#: What a check counts and a build does not, since the same files make the same site on every day.
NOT_ASKED = "Reviews that are overdue are not counted here."
#: Ports of a computer: the number of digits, and the largest.
LONGEST_PORT, LARGEST_PORT = 5, 65_535


@click.command()
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    help="Where to put the site. Usually site_dir from the configuration.",
)
@click.option("--strict", is_flag=True, help="Warnings stop the build too.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option(
    "--compressed",
    is_flag=True,
    help="Write texts as .gz too, and as .br where the package brotli is installed, for web servers that send these.",
)
@RELEASE
@NO_CACHE
@CONFIG
def build(  # noqa: PLR0913  # one argument for each option
    *,
    site_dir: Path | None,
    strict: bool,
    quiet: bool,
    compressed: bool,
    release: bool,
    cached: bool,
    configuration: Path,
) -> None:
    """Build the site. The one that was there stays whole until the new one is complete."""
    progress = Progress(quiet=quiet)
    try:
        place, site, problems = build_site(
            configuration, site_dir, progress, strict=strict, release=release, cached=cached, compressed=compressed
        )
    except ContentError as error:
        progress.end()
        not_sound(error)
    except BuildError as error:
        progress.end()
        say(f"The site was not built: {printable(str(error))}", err=True)
        sys.exit(FAILED)
    progress.end()
    if release:
        _remember(configuration, cached=cached)
    warnings = [problem for problem in problems if problem.severity == "warning"]
    if warnings:
        say(f"{count(warnings)}, which alongside check shows. {NOT_ASKED}")
        unready = sum(is_unfinished(problem) for problem in warnings)
        if unready:
            say(f"{unready} of them say that the site is not ready for learners: with --release it would not be built.")
    say(f"{len(site.pages)} pages in {printable(str(place))}")
    if compressed and ".br" not in kinds():
        say(
            "Texts are there as .gz too. There is no .br, since the package brotli is not installed: pip install brotli"
        )


def _remember(configuration: Path, *, cached: bool) -> None:
    """Notes what was made for learners, and says in a line what changed since the last time."""
    try:
        today = date.today()  # noqa: DTZ011  # the day of whoever publishes is near enough
        changes, day = note_release(configuration, today, cached=cached)
    except (ContentError, OSError):
        say(f"What was published could not be noted in {PUBLISHED}; alongside diff --note says why.", err=True)
        return
    if changes and day:
        say(f"Since {day.isoformat()}: {in_short(changes)} The earlier state is in the history of {PUBLISHED}.")


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to show the site.")
@NO_CACHE
@CONFIG
def serve(*, address: str, cached: bool, configuration: Path) -> None:
    """Show the site in the browser and follow the files: what changes is there at once."""
    host, _, port = address.rpartition(":")
    if not (port.isdecimal() and len(port) <= LONGEST_PORT and int(port) <= LARGEST_PORT):
        raise click.UsageError(f"the address {quoted(address)} has no port from 0 to 65535; write it as 127.0.0.1:8000")
    try:
        serve_site(configuration, host or "127.0.0.1", int(port), lambda text: say(text, err=True), cached=cached)
    except ContentError as error:
        not_sound(error)
    except BuildError as error:
        say(printable(str(error)), err=True)
        sys.exit(FAILED)
    except KeyboardInterrupt:
        say("", err=True)


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
