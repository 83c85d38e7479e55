"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

from alongside.files.cache import no_code

CONFIG = click.option(
    "--config", "configuration", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
    help="The configuration of the site.",
)  # fmt: skip

RELEASE = click.option(
    "--release", is_flag=True,
    help="What says that the site is not ready for learners is an error, as with release: true in the settings.",
)  # fmt: skip


def _cached(context: click.Context, _: click.Parameter, cached: bool) -> bool:
    """Whether what was kept may be used. Templates are read in many places, so what they were compiled to is put aside here."""
    if not cached:
        context.with_resource(no_code())
    return cached


NO_CACHE = click.option(
    "--no-cache", "cached", flag_value=False, type=bool, default=True, callback=_cached,
    help="Make everything anew. What comes out is the same.",
)  # fmt: skip
