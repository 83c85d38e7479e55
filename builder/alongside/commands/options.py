"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path

import click

CONFIG = click.option(
    "--config", "configuration", type=click.Path(path_type=Path), default=Path("mkdocs.yml"), show_default=True,
    help="The configuration of the site.",
)  # fmt: skip

RELEASE = click.option(
    "--release", is_flag=True,
    help="What says that the site is not ready for learners is an error, as with release: true in the settings.",
)  # fmt: skip
NO_CACHE = click.option(
    "--no-cache", "cached", flag_value=False, type=bool, default=True,
    help="Make everything anew. What comes out is the same.",
)  # fmt: skip
