"""Looks at a site as it was published, in a folder or on a server: whole, of one version, with help that opens.

What it asks a server for are the addresses of the site itself, as the lists of `render/offline.py` name them. It goes
to no other host, follows no redirect, and reads no more of an answer than a page can have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from alongside.engines.publish import MARKER
from alongside.files import door
from alongside.files.problems import quoted
from alongside.model.settings import Settings
from alongside.render.offline import LISTS, PARTS, WORKER, fingerprint
from alongside.render.policy import NO_SETTINGS, headers, meta_policy

#: Most of one answer, and how long one waits for it, in seconds.
LARGEST, PATIENCE = 110 * 1024 * 1024, 20
OK, GONE = HTTPStatus.OK, HTTPStatus.NOT_FOUND
HELP, NOWHERE = "support/", "no-such-page-at-all/"
#: How a server calls what a browser would not start otherwise.
KINDS = {".js": "javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "json", ".woff2": "font/woff2"}
VERSION = re.compile(rb'VERSION="([0-9a-f]{12})"')
#: Most that is said of one kind.
MOST_SAID = 10


class UnreachableError(OSError):
    """There is nothing to look at; says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for an address: a status as HTTP has it, the headers with small letters, the bytes."""

    status: int
    headers: Mapping[str, str]
    body: bytes


#: What gives the answer for an address from the top of the site.
Fetch = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, whether it is right, and what to do if not. `certain` is false for what hosts may not let one set."""

    what: str
    wrong: str = ""
    fix: str = ""
    certain: bool = True


def from_folder(folder: Path) -> Fetch:
    """Answers from a folder, as a server would give them but for headers. No link in it is followed."""

    def fetch(url: str) -> Answer:
        path = folder / (f"{url}index.html" if url.endswith("/") or not url else url)
        if not door.is_file(path, folder):
            return Answer(GONE, {}, b"")
        return Answer(OK, {}, door.read(path, LARGEST))

    return fetch


@contextmanager
def from_server(top: str) -> Iterator[Fetch]:
    """Answers from the server at an address, one after the other over one connection, each of which may raise `UnreachableError`."""
    parts = urlsplit(top)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    # Without a port the class would look for one in the name, and an address of IPv6 is full of colons.
    connection = kind(parts.hostname or "", parts.port or kind.default_port, timeout=PATIENCE)
    folder = quote(parts.path[: parts.path.rfind("/") + 1] or "/", safe="/%")

    def fetch(url: str) -> Answer:
        path = folder + _quoted_path(url)
        try:
            connection.request("GET", path, headers={"User-Agent": "alongside-verify", "Accept-Encoding": "identity"})
            response = connection.getresponse()
            body = response.read(LARGEST + 1)
            if len(body) > LARGEST:
                connection.close()
        except (OSError, HTTPException, ValueError) as error:  # the last for what a name cannot be
            connection.close()
            raise UnreachableError(f"{quoted(path)} cannot be reached: {error}") from None
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    with closing(connection):
        yield fetch


def looked_at(
    fetch: Fetch, *, served: bool, secure: bool = False, settings: Settings = NO_SETTINGS, below: str = "/"
) -> Iterator[Looked]:
    """Everything that can be told of the site. With `served` headers count, and with `secure` the one for HTTPS too.

    `below` is the folder of the host in which the site stands, from `/` to `/`.
    """
    home = fetch("")
    if home.status != OK:
        yield Looked(
            "the home page",
            f"it is not there ({home.status})",
            "put the files that alongside build has made there, and not in a folder of their own, as an unpacked ZIP may be",
        )
        return
    page = _Page.of(home)
    policy = page.policy or ""
    yield Looked("the policy in pages", "" if policy == meta_policy(settings) else "it is missing or another one",
                 "publish the pages as they were built, by the version of Alongside that looks at them now")  # fmt: skip
    if served:
        yield from _headers(home, settings, secure=secure)
    yield from _missing(fetch, below, served=served)
    yield from _help(fetch, page)
    yield from _whole(fetch, served=served)


def _headers(home: Answer, settings: Settings, *, secure: bool) -> Iterator[Looked]:
    for name, value in headers(settings).items():
        if name == "Strict-Transport-Security" and not secure:
            continue
        sent = home.headers.get(name.lower())
        wrong = "" if sent == value else ("it is not sent" if sent is None else f"it says {quoted(sent)}")
        yield Looked(f"the header {name}", wrong, f"let the server send {name}: {value}", certain=sent is not None)


def _missing(fetch: Fetch, below: str, *, served: bool) -> Iterator[Looked]:
    """What is not there is said to be missing, by our page, from any depth; and what is nobody's business is not there."""
    if served:
        for url in (NOWHERE, f"{NOWHERE}deep/er/"):
            answer = fetch(url)
            ours = _Page.of(answer).policy is not None
            wrong = (
                ""
                if answer.status == GONE and ours
                else f"the server answers {answer.status}" + ("" if ours else ", with a page of its own")
            )
            yield Looked(
                f"the page for what is missing, at /{url}",
                wrong,
                "name /404.html as the page for the status 404; below a folder, with the folder",
            )
        yield _style_of_missing(fetch, _Page.of(fetch(NOWHERE)), below)
        marker = fetch(MARKER).status
        yield Looked(
            "what no reader needs",
            "" if marker == GONE else f"/{MARKER} is published",
            "keep files that begin with a dot to yourself, but for .well-known",
            certain=False,
        )
    else:
        yield Looked(
            "the page for what is missing",
            "" if fetch("404.html").status == OK else "404.html is not there",
            "put the whole folder in place",
        )


def _style_of_missing(fetch: Fetch, page: _Page, below: str) -> Looked:
    """Its addresses start at the top of the host, for it is shown at any depth: they hold in one folder only."""
    tops = sorted({link for link in (*page.styles, *page.links) if link.startswith("/") and not link.startswith("//")})
    lost = [link for link in tops if not link.startswith(below) or fetch(unquote(link[len(below) :])).status != OK]
    return Looked(
        "style and links of the page for what is missing",
        _some(lost) and f"it looks for {_some(lost)}",
        f"write the address of the site as site_url into mkdocs.yml, with {below} at its end, then build and publish again",
    )


def _help(fetch: Fetch, home: _Page) -> Iterator[Looked]:
    answer = fetch(HELP)
    there = answer.status == OK and HELP in {link.partition("#")[0] for link in home.links}
    wrong = (
        ""
        if there
        else "the home page has no link to it"
        if answer.status == OK
        else f"it is not there ({answer.status})"
    )
    yield Looked("the page “Get help now”", wrong, "put the whole folder in place that alongside build has made")


def _whole(fetch: Fetch, *, served: bool) -> Iterator[Looked]:
    """Every file of the site, against the lists that were made with it, and every link between pages."""
    answer, worker = fetch(LISTS), fetch(WORKER)
    whole = _table(answer)
    if whole is None:
        why = (
            "offline: false leaves no list of files to compare with"
            if worker.status == OK
            else "the worker is not there"
        )
        yield Looked(
            "every file", f"it cannot be told: {why}", "build with offline: true to have a list", certain=False
        )
        return
    said = VERSION.search(worker.body)
    version = fingerprint(answer.body)
    same = said is not None and said[1].decode() == version
    yield Looked(
        f"one version, {version}",
        "" if same else "the worker and the list of files are of different builds",
        "publish again, all files of one build",
    )
    found = _Found()
    files = _listed(fetch, whole, found)
    pages = {
        url: _Page.of(one) for url, one in _fetched(fetch, files, found, served=served) if url.endswith("/") or not url
    }
    for url, page in pages.items():
        found.dead += [
            f"{url or '/'} → {link}" for link in page.inside(url) if link not in files and fetch(link).status != OK
        ]
    again = "publish again, the whole folder"
    yield Looked(f"every file ({len(files)})", _some(found.lost), again)
    unchanged = "publish again; let no host change or shorten files on the way"
    yield Looked("every file as it was built", _some(found.changed), unchanged, certain=not served)
    yield Looked("every link between pages", _some(found.dead), again)
    if served:
        kinds = "let the server name the kinds of files, as the recipes for nginx and Caddy do"
        yield Looked("the kinds of files", _some(found.mistyped), kinds)


@dataclass(slots=True)
class _Found:
    """Addresses of files that are not as they should be."""

    lost: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    mistyped: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)


def _listed(fetch: Fetch, whole: Mapping[str, Any], found: _Found) -> dict[str, str]:
    """Every file of the lists with its fingerprint."""
    files = _words(whole.get("files"))
    for folder in _words(whole.get("modules")) | _words(whole.get("apart")):
        name = f"{PARTS}/{folder.rstrip('/')}.json"
        part = _table(fetch(name))
        if part is not None:
            files |= _words(part.get("files"))
        else:
            found.lost.append(name)
    return files


def _table(answer: Answer) -> dict[str, Any] | None:
    """The table in a file of lists; `None` where there is none, since a server may send anything."""
    try:
        value = json.loads(answer.body) if answer.status == OK else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _words(value: object) -> dict[str, str]:
    """What a table has for each name, where both are words."""
    pairs = value.items() if isinstance(value, dict) else ()
    return {name: word for name, word in pairs if isinstance(word, str)}


def _fetched(fetch: Fetch, files: Mapping[str, str], found: _Found, *, served: bool) -> Iterator[tuple[str, Answer]]:
    """Every file that is there."""
    for url, expected in files.items():
        one = fetch(url)
        if one.status != OK:
            found.lost.append(url)
            continue
        if fingerprint(one.body) != expected:
            found.changed.append(url)
        kind = next((kind for ending, kind in KINDS.items() if url.endswith(ending)), "")
        if served and kind and kind not in one.headers.get("content-type", ""):
            found.mistyped.append(url)
        yield url, one


def _some(names: list[str]) -> str:
    more = f" and {len(names) - MOST_SAID} more" if len(names) > MOST_SAID else ""
    return ", ".join(quoted(name) for name in names[:MOST_SAID]) + more


class _Page(HTMLParser):
    """The links of a page, its style sheets and the policy that stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.styles: list[str] = []
        self.policy: str | None = None

    @classmethod
    def of(cls, answer: Answer) -> _Page:
        page = cls()
        with suppress(AssertionError):  # what is no HTML at all; Python has no other word for it
            page.feed(answer.body.decode("utf-8", "replace"))
        page.links = [link.removeprefix("./") for link in page.links]
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "meta" and said.get("http-equiv") == "Content-Security-Policy":
            self.policy = said.get("content")
        elif tag == "link" and said.get("rel") == "stylesheet":
            self.styles.append(said.get("href") or "")
        elif tag == "a" and said.get("href"):
            self.links.append(said["href"] or "")

    def inside(self, url: str) -> set[str]:
        """Where its links lead on the site, from the top."""
        whole = (_whole_address(f"https://site.invalid/{_quoted_path(url)}", link) for link in self.links)
        return {unquote(parts.path[1:]) for parts in whole if parts is not None and parts.netloc == "site.invalid"}


def _quoted_path(url: str) -> str:
    """An address as it goes over the wire; a list may name what no file could be called."""
    return quote(url, errors="replace")


def _whole_address(here: str, link: str) -> SplitResult | None:
    """Where a link leads; `None` where no browser could tell either."""
    try:
        return urlsplit(urljoin(here, link))
    except ValueError:
        return None
