"""Our own Jinja environment. Content is never a template; templates come from theme folders only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from alongside.words.language import ENGLISH, Words


def environment(folders: Sequence[Path], words: Words = ENGLISH) -> Environment:
    """An environment over theme folders, the one that wins first, that says everything in `words`."""
    env = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        cache_size=-1,
    )
    _install(env, words)
    return env


def page_writer(folders: Sequence[Path]) -> Callable[..., str]:
    """What makes a whole page of a body, as engines have it for `base.html`: nothing is escaped by itself."""
    env = Environment(loader=FileSystemLoader([str(folder) for folder in folders]), autoescape=False)  # noqa: S701  # base.html escapes by hand
    return env.get_template("main.html").render


def _install(env: Environment, words: Words) -> None:
    """Lets templates call `_`, `ngettext` and `pgettext`. What a translator wrote is text, whatever signs stand in it."""

    def gettext(english: str) -> Markup:
        return escape(words.text(english))

    def ngettext(one: str, many: str, number: int) -> Markup:
        return escape(words.form(one, many, number))

    def pgettext(context: str, english: str) -> Markup:
        return escape(words.text(english, context))

    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]  # added by the extension
    env.globals.update(language=words.language, format_number=words.number, format_percent=words.percent)
