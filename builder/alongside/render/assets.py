"""Files of the site that are no pages: those of the theme, of `content/` and of modules, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import rjsmin

from alongside.load import media_files
from alongside.model import Curriculum
from alongside.page import Asset
from alongside.problems import BuildError, printable, quoted
from alongside.render.index import INDEX, index_json
from alongside.schema import schemas
from alongside.settings import Organisation, Settings


def site_assets(curriculum: Curriculum, settings: Settings, folders: Sequence[Path]) -> Iterator[Asset]:
    """Files of the theme, of `content/` and of modules, and the style sheet with the organisation's colours.

    `folders` are those of theme and content, the one that wins first.
    """
    published: dict[str, Asset] = {}
    for folder in reversed(folders):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if (
                path.is_file()
                and path.suffix not in {".html", ".md"}
                and not any(part.startswith(".") for part in name.split("/"))
            ):
                published[name] = _file(name, path)
    yield from published.values()
    yield Asset(INDEX, content=index_json(curriculum))
    for module in curriculum.modules.values():
        for path in media_files(module):
            yield Asset(f"{module.id}/{path.relative_to(module.folder).as_posix()}", str(path))
    if settings.author_pages:
        for name, text in schemas().items():
            yield Asset(f"schemas/{name}", content=text.encode())
    style = organisation_style(settings.organisation)
    if style:
        yield Asset("assets/organisation.css", content=style.encode())


def _file(name: str, path: Path) -> Asset:
    """A file of a folder that is published. Scripts lose their comments.

    Raises `BuildError` where it cannot be: it has a name that is no address, or is a script that is no text.
    """
    if printable(name) != name:
        raise BuildError(f"the name of the file {quoted(name)} cannot stand in an address; rename it")
    if path.suffix != ".js":
        return Asset(name, str(path))
    return Asset(name, content=minified(path, path.stat().st_mtime_ns))


@lru_cache(maxsize=128)
def minified(path: Path, changed: int) -> bytes:
    """The script at `path` without comments and spaces, which an old phone need not load.

    `changed` is when it was last changed, so that a preview sees it anew.
    """
    del changed
    try:
        small: str = rjsmin.jsmin(path.read_text("utf-8"))
    except UnicodeDecodeError:
        raise BuildError(f"the script {quoted(path.name)} is not UTF-8 text; save it as that") from None
    return small.encode()


def organisation_style(organisation: Organisation) -> str:
    """Custom properties with the organisation's colours, where they are not the usual ones."""
    changed = [name for name in ("primary", "accent") if name in organisation.colours.model_fields_set]
    if not changed:
        return ""
    rules = "".join(f"--brand-{name}:{getattr(organisation.colours, name)};" for name in changed)
    return f":root{{{rules}}}\n"
