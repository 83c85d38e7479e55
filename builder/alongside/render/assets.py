"""Files of the site that are no pages: those of the theme, of `content/` and of modules, and what is made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import rjsmin

from alongside.files import door
from alongside.files.problems import BuildError, quoted
from alongside.load.layers import media_files
from alongside.media.published import PUBLISHED
from alongside.model.curriculum import Curriculum
from alongside.model.schema import schemas
from alongside.model.settings import Organisation, Settings
from alongside.render.index import INDEX, index_json
from alongside.render.page import Asset
from alongside.render.styles import SHEET, is_part, joined
from alongside.words.language import ENGLISH, Words

STYLE = "assets/organisation.css"
#: What hands a translation over to scripts, by language: in a folder of the theme, so that no module can be in its way.
WORDS = "elements/words/{}.js"
#: Files that are made for every site, or for some, whatever the engine: no one else can have these addresses.
GENERATED = (INDEX, STYLE, "sitemap.xml", "sitemap.xml.gz")


def theme_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Files of theme folders that are published, by address. Of `folders` the first wins."""
    return {name: path for name, path in _files(folders).items() if not is_part(name)}


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """The same with the parts of the style sheet, which are published as one file."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in reversed(folders)
        for path in door.below(folder).files
        if path.suffix not in {".html", ".md", ".po"}
    }


def site_assets(
    curriculum: Curriculum, settings: Settings, folders: Sequence[Path], words: Words = ENGLISH
) -> Iterator[Asset]:
    """Files of the theme, of `content/` and of modules, the style sheet with the organisation's colours, and `words` for scripts.

    `folders` are those of the theme, the one that wins first. Of `content/` only what has the ending of a picture,
    recording or captions is published.
    """
    theme = list(_theme_assets(folders))
    yield from theme
    if words.messages:
        from alongside.words.scripts import script  # noqa: PLC0415  # Babel, for which a check in English need not wait

        yield Asset(words_script(words), content=script(words, scripts_among(theme)))
    for name, file in curriculum.files.items():
        if file.path.suffix.lower() in PUBLISHED:
            yield Asset(name, str(file.path))
    yield Asset(INDEX, content=index_json(curriculum, words))
    for module in curriculum.modules.values():
        for path in media_files(module):
            yield Asset(f"{module.id}/{path.relative_to(module.folder).as_posix()}", str(path))
    if settings.author_pages:
        for name, text in schemas().items():
            yield Asset(f"schemas/{name}", content=text.encode())
    style = organisation_style(settings.organisation)
    if style:
        yield Asset(STYLE, content=style.encode())


def _theme_assets(folders: Sequence[Path]) -> Iterator[Asset]:
    files = _files(folders)
    for name, path in files.items():
        if name == SHEET:
            yield Asset(name, content=joined(files))
        elif not is_part(name):
            yield _file(name, path)


def _file(name: str, path: Path) -> Asset:
    """A file of a folder that is published. Scripts lose their comments.

    Raises `BuildError` where it is a script that is no text.
    """
    if path.suffix != ".js":
        return Asset(name, str(path))
    return Asset(name, content=minified(path, path.stat().st_mtime_ns))


def words_script(words: Words) -> str:
    """The address of what hands the words over to the scripts of a page."""
    return WORDS.format(words.language)


def scripts_among(assets: Iterable[Asset]) -> Iterator[bytes]:
    """What the scripts among files hold."""
    return (asset.content for asset in assets if asset.url.endswith(".js") and asset.content is not None)


@lru_cache(maxsize=128)
def minified(path: Path, changed: int) -> bytes:
    """The script at `path` without comments and spaces, which an old phone need not load.

    `changed` is when it was last changed, so that a preview sees it anew.
    """
    del changed
    try:
        small: str = rjsmin.jsmin(door.read(path).decode())
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
