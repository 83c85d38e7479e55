"""Our own Jinja environment. Content is never a template; templates come from theme folders only."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(folders: Sequence[Path]) -> Environment:
    """An environment over theme folders, the one that wins first."""
    env = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        cache_size=-1,
    )
    env.install_gettext_translations(gettext.NullTranslations(), newstyle=True)  # type: ignore[attr-defined]  # added by the extension
    return env


def page_writer(folders: Sequence[Path]) -> Callable[..., str]:
    """What makes a whole page of a body, as engines have it for `base.html`: nothing is escaped by itself."""
    env = Environment(loader=FileSystemLoader([str(folder) for folder in folders]), autoescape=False)  # noqa: S701  # base.html escapes by hand
    return env.get_template("main.html").render
