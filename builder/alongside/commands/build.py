"""`alongside build` and `alongside serve`."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from alongside.commands.options import CONFIG, NO_CACHE, RELEASE, Build
from alongside.commands.terminal import FAILED, say, show
from alongside.engines.publish import state_now
from alongside.files.garbage import without_collection
from alongside.files.problems import BuildError, ContentError, printable, quoted
from alongside.files.unchanged import Earlier

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
@without_collection()
def build(**options: Any) -> None:
    """Build the site. The one that was there stays whole until the new one is complete."""
    today = date.today()  # noqa: DTZ011  # the day of whoever publishes is near enough
    asked = Build(**options)
    # With `--release` what was made for learners is noted each time, and copies depend on what packs them.
    spared = asked.cached and not asked.release and not asked.compressed
    how = asked.site_dir and str(asked.site_dir), asked.strict, os.environ.get("SOURCE_DATE_EPOCH"), str(today)
    earlier = Earlier("build", asked.configuration, *how) if spared else None
    outcome = earlier.outcome if earlier else None
    if outcome:
        place, state = outcome.written
        if state and state_now(Path(place)) == state:
            show(outcome.said)
            return
    from alongside.commands.build_anew import build_anew  # noqa: PLC0415  # loading it takes longer than finding that out

    outcome = build_anew(asked, today)
    show(outcome.said)
    if earlier and outcome.sources:
        earlier.keep(outcome)


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to show the site.")
@NO_CACHE
@CONFIG
def serve(*, address: str, cached: bool, configuration: Path) -> None:
    """Show the site in the browser and follow the files: what changes is there at once."""
    from alongside.build import serve_site  # noqa: PLC0415  # as above
    from alongside.commands.sharing import not_sound  # noqa: PLC0415  # as above

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
