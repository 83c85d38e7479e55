"""The site without a connection: the service worker, what it can keep, and what makes the site installable.

Service Workers (W3C) and Web Application Manifest (W3C). The version is a fingerprint of everything that is
published, so that the worker never mixes files of two builds.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from alongside.files.problems import BuildError
from alongside.model.pages import PAGES
from alongside.render.index import INDEX
from alongside.render.page import Asset, Page

WORKER, LISTS, MANIFEST = "sw.js", "assets/offline.json", "manifest.webmanifest"
#: Files that are made here. The worker itself is one of the theme.
MADE = (LISTS, MANIFEST)
PLACE, SHELL_PLACE = 'VERSION="development"', "SHELL=[]"
#: Pages that open without a connection from the first visit on, whatever was opened.
SHELL = ("", *(row.url for row in PAGES if row.kept))
#: What every page loads besides what it names, and what scripts of those pages ask for.
SHELL_FILES = ("assets/icon.svg", "elements/comfort.js", INDEX, LISTS)
#: What a script loads, with or without spaces: `from"./store.js"`, `import("./journal-lock.js")`.
IMPORTED = re.compile(rb"""\b(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
PICTURE = re.compile(r'\bsrc="site:([^"]+)"')
#: Instead of the worker, where an organisation does not want one: it takes away what an earlier one has kept.
FAREWELL = b"""addEventListener("install",()=>skipWaiting());
addEventListener("activate",(event)=>event.waitUntil((async()=>{
const family=`alongside:${new URL("./",location.href).pathname}:`;
for(const name of await caches.keys())if(name.startsWith(family)&&!name.slice(family.length).includes("/"))await caches.delete(name);
await registration.unregister();})()));
"""


def version_of(pages: Iterable[Page], assets: Iterable[Asset]) -> str:
    """A fingerprint of all that is published."""
    seen = hashlib.sha256()
    for page in pages:
        seen.update(f"{page.url}\0{page.title}\0{page.body}\0".encode("utf-8", "surrogatepass"))
    for asset in sorted(assets, key=lambda entry: entry.url):
        seen.update(asset.url.encode() + b"\0")
        seen.update(_content(asset))
    return seen.hexdigest()[:16]


def offline_assets(  # noqa: PLR0913  # what the three files say
    name: str, colour: str, pages: Sequence[Page], assets: Sequence[Asset], *, version: str, worker: bytes, wanted: bool
) -> Iterator[Asset]:
    """The worker, the lists of what can be kept, and the manifest."""
    if wanted:
        text = worker.decode(errors="replace")
        for place in (PLACE, SHELL_PLACE):
            if place not in text:
                raise BuildError(
                    f"{WORKER} of the theme has no {place}, where the version of the site and its first pages are put"
                )
        shell = _json(shell_of(pages, assets)).decode()
        text = text.replace(PLACE, f'VERSION="{version}"').replace(SHELL_PLACE, f"SHELL={shell}")
        yield Asset(WORKER, content=text.encode())
    else:
        yield Asset(WORKER, content=FAREWELL)
    yield Asset(LISTS, content=_json(_lists(pages, assets)))
    yield Asset(MANIFEST, content=_json(_manifest(name, colour)))


def shell_of(pages: Iterable[Page], assets: Iterable[Asset]) -> list[str]:
    """Addresses of the pages of the shell and of everything that they load, so that none opens without its scripts."""
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
    for name in IMPORTED.findall(_content(files[script])):
        _follow(posixpath.normpath(posixpath.join(posixpath.dirname(script), name.decode())), files, found)


def _content(asset: Asset) -> bytes:
    return asset.content if asset.content is not None else Path(asset.path or "").read_bytes()


def _lists(pages: Sequence[Page], assets: Sequence[Asset]) -> dict[str, object]:
    """Addresses to keep: what every page needs, and the pages and media of each module; and what the pages are called."""
    modules: dict[str, list[str]] = {page.url.split("/")[0]: [] for page in pages if page.kind == "module"}
    common: list[str] = []
    titles = {page.url: page.title for page in pages if not page.stands_in}
    for url in (*titles, *(asset.url for asset in assets)):
        first = url.split("/")[0]
        if first in modules:
            modules[first].append(url)
        elif not url.startswith(("authors/", "schemas/", "assets/search/")):
            common.append(url)
    return {"common": common, "modules": modules, "titles": titles}


def _manifest(name: str, colour: str) -> dict[str, object]:
    icon = {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}
    return {
        "name": name,
        "short_name": name[:24],
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fdfbf7",
        "theme_color": colour,
        "icons": [icon],
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
