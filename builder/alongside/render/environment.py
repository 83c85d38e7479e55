"""Our own Jinja environment. Content is never a template; templates come from theme folders only."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateError
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from alongside.files.cache import ENDING, code_folder, digest, read_entry, write_entry
from alongside.files.fingerprints import own_files, versions
from alongside.files.problems import BuildError
from alongside.words.language import ENGLISH, Words


class _Compiled(BytecodeCache):
    """What templates were compiled to, in memory and from run to run: compiling takes longer than rendering a small site."""

    def __init__(self, options: str) -> None:
        """`options` tells environments apart that make different code of the same text."""
        self._options = options
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was compiled of the same file with the same text."""
        named = bucket.key, bucket.checksum
        if named not in self._kept:
            self._kept[named] = self._read(bucket)
        bucket.code = self._kept[named]

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self._kept[bucket.key, bucket.checksum] = bucket.code
        path = self._path(bucket)
        if path:
            write_entry(path, self._key(bucket), marshal.dumps(bucket.code))

    def _read(self, bucket: Bucket) -> CodeType | None:
        path = self._path(bucket)
        entry = read_entry(path) if path else None
        if entry is None or entry[0] != self._key(bucket):
            return None
        code = marshal.loads(entry[1])  # noqa: S302  # it stands where nobody else can write
        return code if isinstance(code, CodeType) else None

    def _path(self, bucket: Bucket) -> Path | None:
        folder = code_folder()
        return folder / f"{digest([self._options, bucket.key])[:32]}{ENDING}" if folder else None

    def _key(self, bucket: Bucket) -> str:
        return digest([_builder(), self._options, bucket.key, bucket.checksum])


@cache
def _builder() -> str:
    """What tells the builder and all that compiles templates from any other."""
    return digest([own_files(), versions()])


_COMPILED, _COMPILED_FRAMES = _Compiled("pages"), _Compiled("frames")


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
    env = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=False,  # noqa: S701  # base.html escapes by hand
        bytecode_cache=_COMPILED_FRAMES,
    )

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
