"""Files of the site that are no pages: those of the theme, of `content/` and of modules, and what is made of them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from alongside.files import door
from alongside.files.cache import GUIDE, NO_CACHE, Cache, code_folder
from alongside.files.paths import address
from alongside.files.problems import BuildError, quoted
from alongside.load.brand_pictures import TOUCH_SIDES, source
from alongside.load.cohorts import MARK
from alongside.load.layers import media_files
from alongside.media.published import PUBLISHED
from alongside.model.curriculum import Curriculum
from alongside.model.schema import schemas
from alongside.model.settings import Organisation, Settings
from alongside.model.statement_keys import key_url, public_key
from alongside.render.brand import organisation_style
from alongside.render.classic import FOLDER as ON_DISK
from alongside.render.faces import drawn, face_files, samples
from alongside.render.feed import FEED
from alongside.render.index import INDEX, index_assets
from alongside.render.page import Asset
from alongside.render.scripts import Scripts, Source
from alongside.render.small_scripts import small
from alongside.render.strips import strip_files
from alongside.render.styles import EXPORT_FOLDERS, OTHER_SHEET, SHEET, is_part, joined
from alongside.words.language import ENGLISH, Words

STYLE = "assets/organisation.css"
#: What hands a translation over to scripts, by language: in a folder of the theme, so that no module can be in its way.
WORDS = "elements/words/{}.js"
#: Folders of a theme with scripts that are modules, and what stands there and is none: it runs before the page is drawn.
MODULE_FOLDERS = ("elements/", "questions/")
CLASSIC = frozenset({"elements/comfort.js"})
#: What packages for learning platforms need around the course, and no site.
PACKAGED = "scorm/"
#: The icon for start screens: of Apple's (180) and of others (192, 512).
TOUCH_ICON = "assets/touch-icon-{}.png"
#: What messengers show beside a link to the site, where it is made from a drawing.
SHARE_PICTURE = "assets/share-picture.png"
#: Files that are made for every site, or for some, whatever the engine: no one else can have these addresses.
GENERATED = (
    INDEX,
    OTHER_SHEET,
    STYLE,
    MARK,
    *(TOUCH_ICON.format(side) for side in TOUCH_SIDES),
    SHARE_PICTURE,
    FEED,
    "sitemap.xml",
    "sitemap.xml.gz",
)


def theme_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Files of theme folders that are published, by address. Of `folders` the first wins."""
    return {name: path for name, path in _files(folders).items() if not is_part(name) and not name.startswith(ON_DISK)}


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """The same with the parts of the style sheet, which are published joined."""
    return {name: path for name, path in _all_files(folders).items() if name.split("/")[0] not in EXPORT_FOLDERS}


def _all_files(folders: Sequence[Path]) -> dict[str, Path]:
    return {
        path.relative_to(folder).as_posix(): path
        for folder in reversed(folders)
        for path in door.below(folder).files
        if path.suffix not in {".html", ".md", ".po"}
    }


def packaged_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Files of theme folders that stand around the course in packages for learning platforms, by address."""
    return {name: path for name, path in _all_files(folders).items() if name.startswith(PACKAGED)}


def site_assets(
    curriculum: Curriculum,
    settings: Settings,
    folders: Sequence[Path],
    words: Words = ENGLISH,
    cache: Cache = NO_CACHE,
) -> Iterator[Asset]:
    """Files of the theme, of `content/` and of modules, the style sheets with the organisation's colours, and `words` for scripts.

    `folders` are those of the theme, the one that wins first. Of `content/` only what has the ending of a picture,
    recording or captions is published.
    """
    theme = list(_theme_assets(folders, cache, translated=bool(words.messages)))
    yield from theme
    if words.messages:
        from alongside.words.scripts import script  # noqa: PLC0415  # Babel, for which a check in English need not wait

        yield Asset(words_script(words), content=script(words, scripts_among(theme)))
    for name, file in curriculum.files.items():
        if file.path.suffix.lower() in PUBLISHED:
            yield Asset(address(name), str(file.path))
    yield from index_assets(curriculum, words, cache)
    for module in curriculum.modules.values():
        for name, path in media_files(module):
            yield Asset(f"{module.id}/{name}", str(path))
    if settings.author_pages:
        for name, text in cache.of(GUIDE, "schemas", dict[str, str], schemas).items():
            yield Asset(f"schemas/{name}", content=text.encode())
    yield from _faces(curriculum, for_authors=settings.author_pages)
    yield from _touch_icons(curriculum, settings.organisation)
    yield from _statement_keys(settings.organisation)
    style = organisation_style(settings.organisation)
    if style:
        yield Asset(STYLE, content=style.encode())


def _statement_keys(organisation: Organisation) -> Iterator[Asset]:
    """The public keys with which anybody can check what the organisation has signed."""
    for modulus in organisation.statements.keys:
        yield Asset(key_url(modulus), content=json.dumps(public_key(modulus), indent=1).encode())


def _faces(curriculum: Curriculum, *, for_authors: bool) -> Iterator[Asset]:
    """The faces of those who speak, and for authors an example of each word."""
    for module in curriculum.modules.values():
        for name, member in face_files(curriculum, module):
            yield Asset(name, content=drawn(member.face).encode())
        for panel, _ in strip_files(curriculum, module, ENGLISH):
            yield Asset(panel.picture, content=panel.svg.encode())
    if for_authors:
        for sample in (sample for _, _, of_field in samples() for sample in of_field):
            yield Asset(sample.picture, content=drawn(sample.face).encode())


def _touch_icons(curriculum: Curriculum, organisation: Organisation) -> Iterator[Asset]:
    """The icon for start screens in the sizes that systems ask for, if there is anything to make it from."""
    made, _ = source(organisation, curriculum.files, "touch")
    for side, picture in zip(TOUCH_SIDES, made.pictures if made else (), strict=False):
        yield Asset(TOUCH_ICON.format(side), content=picture)


def shared_picture(curriculum: Curriculum, organisation: Organisation) -> Iterator[Asset]:
    """What messengers show beside a link to the site, if there is a drawing to make it from."""
    made, _ = source(organisation, curriculum.files, "share")
    if made:
        yield Asset(SHARE_PICTURE, content=made.pictures[0])


def modules_of(folders: Sequence[Path]) -> dict[str, Path]:
    """The scripts of theme folders that are modules, by address, those for pages on a disk as well."""
    return {name: path for name, path in _files(folders).items() if _is_module(name)}


def _is_module(name: str) -> bool:
    return name.startswith(MODULE_FOLDERS) and name.endswith(".js") and name not in CLASSIC


def kept_scripts(folders: Sequence[Path], cache: Cache, source: Source) -> Source:
    """A `source` of the scripts of theme folders, of which an earlier run has kept in the `cache` what it gives."""
    cache = _for_code(cache)
    if cache.key(GUIDE) is None:
        return source

    def make() -> dict[str, str]:
        found = {}
        for name, path in _files(folders).items():
            if path.suffix == ".js":
                with contextlib.suppress(BuildError, OSError):  # whoever asks for it hears of it
                    found[name] = _script(path)
        return found

    kept = cache.of(GUIDE, "scripts", dict[str, str], make)
    return lambda name: kept[name] if name in kept else source(name)


def _for_code(cache: Cache) -> Cache:
    """The cache for what runs at learners’: only where code may be kept, and not in a folder that build servers hand around."""
    return cache if code_folder() else NO_CACHE


def _theme_assets(folders: Sequence[Path], cache: Cache, *, translated: bool) -> Iterator[Asset]:
    """Files of the theme. Scripts lose their comments, and modules are joined. Raises `BuildError` where one is no text."""
    files = {name: path for name, path in _files(folders).items() if not name.startswith(ON_DISK)}
    modules = [name for name in files if _is_module(name)]
    source = kept_scripts(folders, cache, script_source(files.get))
    for name, path in files.items():
        if name == SHEET:
            yield from (Asset(url, content=content) for url, content in joined(files))
        elif name in modules or is_part(name):
            continue
        elif path.suffix == ".js":
            yield Asset(name, content=(source(name) or "").encode())
        else:
            yield Asset(name, str(path))

    def make() -> dict[str, str]:
        return dict(Scripts(source, translated=translated).files(modules))

    for name, text in _for_code(cache).of(GUIDE, "joined", dict[str, str], make, [translated]).items():
        yield Asset(name, content=text.encode())


def script_source(find: Callable[[str], Path | None]) -> Source:
    """What gives the text of a script without comments, from what finds its file by its address."""

    def source(name: str) -> str | None:
        path = find(name)
        return None if path is None else _script(path)

    return source


def _script(path: Path) -> str:
    return minified(path, path.stat().st_ctime_ns)


def words_script(words: Words) -> str:
    """The address of what hands the words over to the scripts of a page."""
    return WORDS.format(words.language)


def scripts_among(assets: Iterable[Asset]) -> Iterator[bytes]:
    """What the scripts among files hold."""
    return (asset.content for asset in assets if asset.url.endswith(".js") and asset.content is not None)


@lru_cache(maxsize=128)
def minified(path: Path, changed: int) -> str:
    """The script at `path` without comments and spaces, which an old phone need not load.

    `changed` is when it was last changed, so that a preview sees it anew.
    """
    del changed
    try:
        return small(door.read(path).decode())
    except UnicodeDecodeError:
        raise BuildError(f"the script {quoted(path.name)} is not UTF-8 text; save it as that") from None
