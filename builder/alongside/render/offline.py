"""The site without a connection: the service worker, what it can keep, and what makes the site installable.

Service Workers (W3C) and Web Application Manifest (W3C). The version is a fingerprint of everything that is
published, so that the worker never mixes files of two builds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from alongside.page import Asset, Page
from alongside.problems import BuildError

WORKER, LISTS, MANIFEST = "sw.js", "assets/offline.json", "manifest.webmanifest"
#: Files that are made here. The worker itself is one of the theme.
MADE = (LISTS, MANIFEST)
PLACE = 'VERSION="development"'
#: Instead of the worker, where an organisation does not want one: it takes away what an earlier one has kept.
FAREWELL = b"""addEventListener("install",()=>skipWaiting());
addEventListener("activate",(event)=>event.waitUntil((async()=>{
for(const name of await caches.keys())if(name.startsWith(`alongside:${new URL("./",location.href).pathname}:`))await caches.delete(name);
await registration.unregister();})()));
"""


def version_of(pages: Iterable[Page], assets: Iterable[Asset]) -> str:
    """A fingerprint of all that is published."""
    seen = hashlib.sha256()
    for page in pages:
        seen.update(f"{page.url}\0{page.title}\0{page.body}\0".encode("utf-8", "surrogatepass"))
    for asset in sorted(assets, key=lambda entry: entry.url):
        seen.update(asset.url.encode() + b"\0")
        seen.update(asset.content if asset.content is not None else Path(asset.path or "").read_bytes())
    return seen.hexdigest()[:16]


def offline_assets(  # noqa: PLR0913  # what the three files say
    name: str, colour: str, pages: Sequence[Page], assets: Sequence[Asset], *, version: str, worker: bytes, wanted: bool
) -> Iterator[Asset]:
    """The worker, the lists of what can be kept, and the manifest."""
    if wanted:
        text = worker.decode(errors="replace")
        if PLACE not in text:
            raise BuildError(f"{WORKER} of the theme has no {PLACE}, where the version of the site is put")
        yield Asset(WORKER, content=text.replace(PLACE, f'VERSION="{version}"').encode())
    else:
        yield Asset(WORKER, content=FAREWELL)
    yield Asset(LISTS, content=_json(_lists(pages, assets)))
    yield Asset(MANIFEST, content=_json(_manifest(name, colour)))


def _lists(pages: Sequence[Page], assets: Sequence[Asset]) -> dict[str, object]:
    """Addresses to keep: what every page needs, and the pages and media of each module."""
    modules: dict[str, list[str]] = {page.url.split("/")[0]: [] for page in pages if page.kind == "module"}
    common: list[str] = []
    for url in (*(page.url for page in pages if page.kind != "missing"), *(asset.url for asset in assets)):
        first = url.split("/")[0]
        if first in modules:
            modules[first].append(url)
        elif not url.startswith(("authors/", "schemas/", "assets/search/")):
            common.append(url)
    return {"common": common, "modules": modules}


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
