"""Our own Jinja environment. Content is never a template; templates come from theme folders only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from alongside.files.problems import BuildError
from alongside.words.language import ENGLISH, Words


class _Compiled(BytecodeCache):
    """What templates were compiled to, in memory: compiling takes longer than rendering a small site, and a preview renders anew with every change."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was compiled of the same file with the same text."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


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
        bytecode_cache=_COMPILED,
    )
    _install(env, words)
    return env


def page_writer(folders: Sequence[Path]) -> Callable[..., str]:
    """What makes a whole page of a body, as engines have it for `base.html`: nothing is escaped by itself."""
    env = Environment(loader=FileSystemLoader([str(folder) for folder in folders]), autoescape=False)  # noqa: S701  # base.html escapes by hand

    def whole(**given: Any) -> str:
        with failing("main.html"):
            return env.get_template("main.html").render(given)

    return whole


@contextmanager
def failing(template: str, before: str = "") -> Iterator[None]:
    """Says in one line, a `BuildError`, where a template or one that it names failed. `before` says what it was for."""
    try:
        yield
    except TemplateError as error:
        where = getattr(error, "name", None) or template
        line = getattr(error, "lineno", None)
        raise BuildError(f"{before}the template {where}{f':{line}' if line else ''} failed: {error}") from error


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
