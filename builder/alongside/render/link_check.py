"""Every link and anchor of the rendered site, checked before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from alongside.files.problems import Problem, quoted
from alongside.render.page import SITE, Asset, Page

ID = re.compile(r'\sid="([^"]+)"')
ADDRESS = re.compile(r'\s(?:href|src|action)="([^"]*)"')
#: Anchors that the page around the body provides.
FRAME = frozenset({"main", "contents", ""})


def ids_of(body: str) -> tuple[str, ...]:
    """The ids in the body of a page, in order, those that stand twice too."""
    return tuple(ID.findall(body))


def addresses_of(body: str) -> tuple[str, ...]:
    """Every address in the body of a page, once."""
    return tuple(dict.fromkeys(ADDRESS.findall(body)))


def check_links(pages: Iterable[Page], assets: Iterable[Asset]) -> list[Problem]:
    """A problem for each address inside the site that leads nowhere, and for each id that stands twice."""
    pages = list(pages)
    anchors = {page.url: page.facts.ids if page.facts else ids_of(page.body) for page in pages}
    known = {url: set(ids) for url, ids in anchors.items()}
    files = {asset.url for asset in assets}
    problems = []
    for page in pages:
        seen: set[str] = set()
        for name in anchors[page.url]:
            if name in seen:
                problems.append(
                    _problem(
                        page,
                        "R222",
                        f"the id {quoted(name)} stands twice on the page {quoted(page.url)}",
                        "ids that differ",
                    )
                )
            seen.add(name)
        for address in page.facts.addresses if page.facts else addresses_of(page.body):
            problems += _broken(page, address, known, files)
    return problems


def _broken(page: Page, address: str, known: dict[str, set[str]], files: set[str]) -> list[Problem]:
    if address.startswith("#"):
        url, anchor = page.url, address[1:]
    elif address.startswith(SITE):
        url, _, anchor = address.removeprefix(SITE).partition("#")
    else:
        return []
    if url in files and not anchor:
        return []
    if url not in known:
        close = get_close_matches(url, known, n=1)
        hint = f"did you mean {quoted(close[0])}?" if close else ""
        return [
            _problem(
                page,
                "R220",
                f"a link on {quoted(page.url or 'the home page')} leads to {quoted(url)}, which does not exist",
                "a page of this site",
                hint,
            )
        ]
    if anchor not in known[url] and anchor not in FRAME:
        return [
            _problem(
                page,
                "R221",
                f"a link on {quoted(page.url or 'the home page')} leads to the anchor {quoted('#' + anchor)}, which is not on {quoted(url or 'the home page')}",
                "an anchor of that page",
            )
        ]
    return []


def _problem(page: Page, code: str, message: str, expected: str, fix: str = "") -> Problem:
    return Problem(code, "error", message, page.source, expected, fix)
