"""The site without a connection: the service worker, what it can keep, and what makes the site installable.

Service Workers (W3C) and Web Application Manifest (W3C). Every file has a fingerprint of its own, and they stand in
lists: one for each module, and one for everything else and for those lists. The fingerprint of that one is the version
of the site, which stands in the worker and nowhere else, so that a changed file changes itself and the lists above it.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from alongside.files.paths import address
from alongside.files.problems import BuildError
from alongside.load.brand_pictures import TOUCH_SIDES
from alongside.model.pages import PAGES
from alongside.model.settings import Organisation
from alongside.model.statement_keys import FOLDER as KEYS
from alongside.render.assets import TOUCH_ICON
from alongside.render.brand import ICON, icon_of
from alongside.render.feed import FEED
from alongside.render.machine_readable import CATALOGUE, COURSE
from alongside.render.page import Asset, Page
from alongside.render.search import FOLDER

WORKER, LISTS, MANIFEST = "sw.js", "assets/offline.json", "manifest.webmanifest"
#: Where the lists of modules and of other parts stand.
PARTS = "assets/offline"
#: Files and folders that are made here. The worker itself is one of the theme.
MADE = (LISTS, PARTS, MANIFEST)
PLACE, SHELL_PLACE = 'VERSION="development"', "SHELL=[]"
COHORT_PLACE, OTHERS_PLACE = 'COHORT=""', "OTHERS=[]"
#: Pages that open without a connection from the first visit on, whatever was opened.
SHELL = tuple(row.url for row in PAGES if row.kept)
#: How much of a SHA-256 tells a file from any other that has stood at its address.
SHORT = 12
#: What every page loads besides what it names.
SHELL_FILES = (ICON, "elements/comfort.js")
#: Folders that nobody asks to keep with a module or the course; what was opened of them is kept all the same.
APART = (f"{FOLDER}/", "authors/", "schemas/")
#: Files that no page loads, and the worker, which cannot say what it is itself.
UNLISTED = frozenset({WORKER, CATALOGUE, FEED, "sitemap.xml", "sitemap.xml.gz"})
#: What a script cannot start without, with or without spaces: `from"./store.js"`, `import "./words.js"`.
IMPORTED = re.compile(rb"""\b(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")
PICTURE = re.compile(r'\bsrc="site:([^"]+)"')
#: Instead of the worker, where an organisation does not want one: it takes away what an earlier one has kept.
FAREWELL = b"""addEventListener("install",()=>skipWaiting());
addEventListener("activate",(event)=>event.waitUntil((async()=>{
const family=`alongside:${new URL("TOP",location.href).pathname}:COHORT`;
for(const name of await caches.keys())if(name.startsWith(family)&&!name.slice(family.length).includes("/"))await caches.delete(name);
await registration.unregister();})()));
"""


def offline_assets(  # noqa: PLR0913  # what the two files say
    name: str,
    organisation: Organisation,
    pages: Sequence[Page],
    assets: Sequence[Asset],
    *,
    worker: bytes,
    wanted: bool,
    cohort: str = "",
    others: Sequence[str] = (),
) -> Iterator[Asset]:
    """The worker, whose version is still to come (`seal`), and the manifest. Raises `BuildError` where it has no place for that.

    `cohort` names the one that this version of the course is made for, and `others` those whose versions stand below it.
    """
    folder = f"{cohort}/" if cohort else ""
    if wanted:
        text = worker.decode(errors="replace")
        put = {SHELL_PLACE: f"SHELL={_json(shell_of(pages, assets)).decode()}"}
        if cohort:
            put[COHORT_PLACE] = f"COHORT={_json(folder).decode()}"
        if others:
            put[OTHERS_PLACE] = f"OTHERS={_json([f'{name}/' for name in others]).decode()}"
        for place in (PLACE, *put):
            if place not in text:
                raise BuildError(
                    f"{WORKER} of the theme has no {place}, where the version of the site and its first pages are put"
                )
        for place, said in put.items():
            text = text.replace(place, said)
        yield Asset(WORKER, content=text.encode())
    else:
        farewell = FAREWELL.replace(b"TOP", b"../" if cohort else b"./").replace(b"COHORT", folder.encode())
        yield Asset(WORKER, content=farewell)
    yield Asset(MANIFEST, content=_json(_manifest(name, organisation, {asset.url for asset in assets})))


def fingerprint(content: bytes) -> str:
    """What tells a file from any other that has stood, or will stand, at its address. The worker works it out too."""
    return hashlib.sha256(content).hexdigest()[:SHORT]


def seal(folder: Path, pages: Sequence[Page]) -> None:
    """Puts the lists of what can be kept into a written site, and the version into its worker. May raise `OSError`."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    sums = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    for asset in sealing(pages, sums, (folder / WORKER).read_bytes()):
        path = folder / asset.url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.read())


def sealing(pages: Sequence[Page], sums: Mapping[str, str], worker: bytes) -> Iterator[Asset]:
    """The lists of what can be kept of a site, and its worker with the version. `sums` has the SHA-256 of each file by its name."""
    version = ""
    names = sorted(sums, key=lambda name: name.split("/"))
    for asset in lists_of(pages, {_address_of(address(name)): sums[name][:SHORT] for name in names}):
        version = fingerprint(asset.read())
        yield asset
    yield Asset(WORKER, content=worker.replace(PLACE.encode(), f'VERSION="{version}"'.encode()))


def _address_of(file: str) -> str:
    """The address at which a page's file is asked for, which has its folder's name alone."""
    return file.removesuffix("index.html") if posixpath.basename(file) == "index.html" else file


def lists_of(pages: Sequence[Page], prints: Mapping[str, str]) -> Iterator[Asset]:
    """The lists, the one that has the fingerprints of the others last. `prints` has that of every file by its address.

    A list has `files`, addresses with fingerprints, and `titles` of those that are pages; the last has `modules` and
    parts `apart` from them as well, folders with the fingerprints of their lists.
    """
    titles = {page.url: page.title for page in pages if not page.stands_in}
    unlisted = UNLISTED | {page.url for page in pages if page.stands_in} - set(SHELL)
    of_modules = [f"{page.url.split('/')[0]}/" for page in pages if page.kind == "module"]
    found: dict[str, dict[str, str]] = {folder: {} for folder in ("", *of_modules, *APART)}
    # Pages first, in the order of the curriculum, in which they are shown.
    for url in (*titles, *(url for url in prints if url not in titles)):
        if url in prints and url not in unlisted and posixpath.basename(url) != COURSE and not url.startswith(KEYS):
            found[_folder_of(url, found)][url] = prints[url]
    made = {folder: _list(files, titles) for folder, files in found.items() if files}
    whole = made.pop("")
    below = {folder: _json(part) for folder, part in made.items()}
    yield from (Asset(f"{PARTS}/{folder.rstrip('/')}.json", content=content) for folder, content in below.items())
    modules, apart = ({f: fingerprint(below[f]) for f in folders if f in below} for folders in (of_modules, APART))
    yield Asset(LISTS, content=_json({"modules": modules, "apart": apart, **whole}))


def _list(files: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    return {"files": files, "titles": {url: titles[url] for url in files if url in titles}}


def _folder_of(url: str, folders: Container[str]) -> str:
    """The folder with a list of its own in which an address lies, or an empty one."""
    parts = url.split("/")
    return next((above for n in range(1, len(parts)) if (above := "/".join(parts[:n]) + "/") in folders), "")


def shell_of(pages: Iterable[Page], assets: Iterable[Asset]) -> list[str]:
    """Addresses of the pages of the shell and of everything that they start with, so that none opens without its scripts."""
    files = {asset.url: asset for asset in assets}
    found = dict.fromkeys(SHELL_FILES)
    for page in pages:
        if page.url in SHELL:
            found |= dict.fromkeys([page.url, *page.styles, *PICTURE.findall(page.body)])
            for script in page.scripts:
                _follow(script, files, found)
    return list(found)


def _follow(script: str, files: Mapping[str, Asset], found: dict[str, None]) -> None:
    """Adds a script and all that it imports."""
    if script in found or script not in files:
        return
    found[script] = None
    for name in IMPORTED.findall(files[script].read()):
        _follow(posixpath.normpath(posixpath.join(posixpath.dirname(script), name.decode())), files, found)


def _manifest(name: str, organisation: Organisation, urls: Container[str]) -> dict[str, object]:
    address, kind = icon_of(organisation)
    icons = [{"src": address, "sizes": "any", "type": kind, "purpose": "any"}]
    touch = ((TOUCH_ICON.format(side), f"{side}x{side}") for side in TOUCH_SIDES)
    icons += [{"src": url, "sizes": size, "type": "image/png", "purpose": "any"} for url, size in touch if url in urls]
    colours = organisation.colours
    return {
        "name": name,
        "short_name": name[:24],
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fdfbf7",
        "theme_color": colours.bar or colours.primary,
        "icons": icons,
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
