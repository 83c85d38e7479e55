"""Options that several commands have."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, kw_only=True)
class Check:
    """What `alongside check` was asked, an attribute for each option."""

    paths: tuple[Path, ...]
    form: str
    strict: bool
    notes: bool
    everything: bool
    against: str | None
    release: bool
    cached: bool
    configuration: Path


@dataclass(frozen=True, kw_only=True)
class Build:
    """What `alongside build` was asked, an attribute for each option."""

    site_dir: Path | None
    strict: bool
    quiet: bool
    compressed: bool
    release: bool
    cached: bool
    configuration: Path
