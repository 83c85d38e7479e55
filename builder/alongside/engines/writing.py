"""Page values to files: the site as `alongside build` writes it.

A page is its body in the frame of every page, by the template `main.html`. What the site that is there has just so is taken
from it: a page whose value and frame are as they were is not put together again, and no file is written twice.
"""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

from markupsafe import escape

from alongside.engines.compressed import copies
from alongside.engines.publish import Workshop, workshop
from alongside.files.cache import GUIDE, NO_CACHE, Cache, digest
from alongside.files.problems import BuildError, quoted
from alongside.load.project import Project
from alongside.render.environment import page_writer
from alongside.render.frame import Frame, frame_of
from alongside.render.offline import WORKER, sealing
from alongside.render.page import Asset, Page, digest_of
from alongside.render.policy import meta_policy
from alongside.render.site import Site

#: A day that never changes, in seconds since 1970, for sites whose build names no other.
DEFAULT_EPOCH = "1767225600"
#: The last moment that the head of a packed file can hold (RFC 1952), and how many digits it has.
LAST_EPOCH = 2**32 - 1
LONGEST_EPOCH = len(str(LAST_EPOCH))
SITE_MAP = "sitemap.xml"

#: Of each page's file what it was made of, and the SHA-256 of what it holds.
Written = dict[str, tuple[str, str]]


def write(
    project: Project,
    site: Site,
    site_dir: Path | None = None,
    cache: Cache = NO_CACHE,
    *,
    compressed: bool = False,
) -> Path:
    """Writes the site into `site_dir`, its texts `compressed` as well, and returns where it is.

    The `cache` knows how pages were written before.

    Raises `BuildError` with one line for whatever keeps it from being written.
    """
    target = target_of(project, site_dir)
    with workshop(target, project.sources) as place:
        for asset in site.assets:
            if not (site.offline and asset.url == WORKER):  # which is sealed at the end
                _put(place, asset)
        written = _pages(project, site, place, cache)
        if project.address and not project.cohort:
            for asset in _site_map(site.pages, project.whole_address):
                _put(place, asset)
        if site.offline:
            worker = next(asset.content for asset in site.assets if asset.url == WORKER)
            for asset in sealing(site.pages, place.sums, worker or b""):
                _put(place, asset)
        for asset in site.versions:  # which the lists of this one do not name
            _put(place, asset)
        if compressed:
            for asset in copies(place.folder, sorted(place.sums)):
                _put(place, asset)
    cache.keep(GUIDE, "written", Written, written)
    return target


def target_of(project: Project, site_dir: Path | None = None) -> Path:
    """Where a site is written, if it is not `site_dir`, as somebody asked."""
    return Path.cwd() / site_dir if site_dir else project.site_dir


def _put(place: Workshop, asset: Asset) -> None:
    if asset.path is not None:
        place.copy(asset.url, Path(asset.path))
    elif asset.as_before is None or not place.keep(asset.url, asset.as_before.total):
        place.put(asset.url, asset.read())


def _pages(project: Project, site: Site, place: Workshop, cache: Cache) -> Written:
    """Writes the pages, those that are not as they were anew."""
    site_url = project.whole_address
    frame = frame_of(
        project,
        (page.url for page in site.pages),
        site_name=project.site_name,
        policy=meta_policy(project.settings),
        offline=site.offline,
        top=urlsplit(site_url or "/").path or "/",
        assets=site.assets,
    )
    kept: Written = cache.kept(GUIDE, "written", Written) or {}
    around = digest([site_url, *_plain(frame)])  # once: it names all that stands in the frame
    whole = page_writer(project.template_folders)
    written: Written = {}
    for page in site.pages:
        name = page.url if page.url.endswith(".html") else f"{page.url}index.html"
        of = digest([around, digest_of(page)])
        before = kept.get(name)
        if before is None or before[0] != of or not place.keep(name, before[1]):
            html = whole(**frame.shown(page, _canonical(page, site_url)))
            place.put(name, html.encode("utf-8", "xmlcharrefreplace"))
        written[name] = of, place.sums[name]
    return written


def _plain(frame: Frame) -> Iterator[object]:
    """What is the same on every page, but for the words, which belong to what is kept."""
    return (getattr(frame, field.name) for field in fields(frame) if field.name != "words")


def _canonical(page: Page, site_url: str) -> str | None:
    """The whole address of a page where the address of the site is known; of one that stands in for others there is none."""
    return urljoin(site_url, quote(page.url)) if site_url and not page.stands_in else None


def _day_of_build() -> tuple[int, date]:
    """The moment that the build says to be of, in seconds since 1970, and its day. Raises `BuildError` where it is none.

    <https://reproducible-builds.org/specs/source-date-epoch/>
    """
    said = os.environ.get("SOURCE_DATE_EPOCH") or DEFAULT_EPOCH
    if not (said.isascii() and said.isdecimal() and len(said) <= LONGEST_EPOCH and int(said) <= LAST_EPOCH):
        raise BuildError(
            f"SOURCE_DATE_EPOCH is {quoted(said)}, and has to be whole seconds since 1970, from 0 to {LAST_EPOCH}: "
            "export SOURCE_DATE_EPOCH=$(date +%s), or leave it out"
        )
    return int(said), datetime.fromtimestamp(int(said), UTC).date()


def _site_map(pages: Iterable[Page], site_url: str) -> Iterator[Asset]:
    """The list of addresses for search engines (sitemaps.org), plain and packed."""
    seconds, day = _day_of_build()
    entries = [
        f"    <url>\n         <loc>{escape(url)}</loc>\n         <lastmod>{day}</lastmod>\n    </url>"
        for page in pages
        if (url := _canonical(page, site_url))
    ]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *entries,
        "</urlset>",
    ]
    content = "\n".join(lines).encode()
    packed = io.BytesIO()
    start_of_day = seconds - seconds % (24 * 60 * 60)
    with gzip.GzipFile(filename=SITE_MAP, fileobj=packed, mode="wb", mtime=start_of_day) as stream:
        stream.write(content)
    yield Asset(SITE_MAP, content=content)
    yield Asset(f"{SITE_MAP}.gz", content=packed.getvalue())
