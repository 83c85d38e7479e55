"""Page values: where the core ends and any site engine begins.

Links inside a page's HTML are written as `site:` and a path from the top of the site, so that one
rendered fragment fits on every page; an engine puts the way to the top in their place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from alongside.files.located import Place
from alongside.model.pages import MADE_PAGES, Kind

#: In the place of what a page was made from, which no reader sees.
NOWHERE = Place("")

#: Stands before every address inside the site, until an engine knows the way to the top.
SITE = "site:"
#: An address inside the site, in an attribute.
INSIDE = re.compile(f'="{SITE}([^"]*)"')
#: The file with the page of a folder.
INDEX_FILE = "index.html"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site. `url` is a path from the top, `current` marks the page itself."""

    title: str
    url: str
    current: bool = False
    #: What kind of page it leads to, in a word for the reader: "Quiz", "Lesson 2".
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """The contents of the page's own module. Its size does not depend on other modules."""

    title: str
    url: str
    links: tuple[Link, ...]
    #: Earlier ids of the module, so that saved work follows it on each of its pages.
    formerly: tuple[str, ...] = ()
    #: The version of the module.
    version: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page, for tables of contents and search."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked of the body of every page, found once."""

    #: Its ids, those that stand twice too, and the addresses that it leads to.
    ids: tuple[str, ...]
    addresses: tuple[str, ...]
    #: What readers would see of markup, or twice: the code of each fault, and the words.
    faults: tuple[tuple[str, str], ...]
    #: What tells the page from any other.
    digest: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready for any engine."""

    url: str
    kind: Kind
    title: str
    description: str
    #: HTML of the main part, with `site:` links.
    body: str
    headings: tuple[Heading, ...]
    language: str
    direction: Literal["ltr", "rtl"]
    #: What the page was made from.
    source: Place
    outline: Outline | None = None
    breadcrumbs: tuple[Link, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    #: Scripts and style sheets that this page needs besides those of every page.
    scripts: tuple[str, ...] = ()
    #: Scripts that it loads once somebody uses it.
    scripts_in_use: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    #: Whether the support panel is pinned at the top.
    sensitive: bool = False
    #: Address of the page that stands here no longer; only where it has moved.
    leads_to: str = ""
    #: What was found in the body; only where it is kept with the page.
    facts: Facts | None = None
    #: Whether it is not ready for learners, so that only a preview has it.
    draft: bool = False

    @property
    def stands_in(self) -> bool:
        """Whether it is shown in place of other pages, so that it belongs in no list and no site map."""
        return self.kind in {"missing", "offline", "moved"}

    @property
    def depth(self) -> int:
        """How many folders below the top the page stands."""
        return self.url.count("/")

    @property
    def root(self) -> str:
        """The way from the page to the top of the site, as a relative address."""
        return "../" * self.depth or "./"

    def resolved_body(self, root: str | None = None, *, as_files: bool = False) -> str:
        """The body with `site:` replaced by the way to the top; the rest as in `resolve`."""
        return resolve(self.body, self.root if root is None else root, as_files=as_files)


def digest_of(page: Page) -> str:
    """What tells a page from any other, whether its facts are known or not."""
    return page.facts.digest if page.facts else hashlib.sha256(repr(replace(page, source=NOWHERE)).encode()).hexdigest()


def resolve(html: str, root: str, *, as_files: bool = False) -> str:
    """HTML in which `site:` addresses start at `root`. They lead to files where it stands `as_files`, without a server."""
    if as_files:
        return INSIDE.sub(lambda found: f'="{root}{file_of(found[1])}"', html)
    return html.replace(f'="{SITE}', f'="{root}')


def file_of(address: str) -> str:
    """The file that a web server gives out at an address of the site, with the part of the page that is meant."""
    path, sign, part = address.partition("#")
    return f"{path}{'' if path and not path.endswith('/') else INDEX_FILE}{sign}{part}"


def is_beside(url: str, kind: Kind) -> bool:
    """Whether a page stands beside modules: it shows no more of them than their own pages show of each other."""
    row = MADE_PAGES.get(url)
    return kind == "text" or (row is not None and not row.of_modules)


@dataclass(frozen=True, slots=True)
class AsBefore:
    """A file that is as it was in the site that is there: its SHA-256, and what makes it where it is not there any more."""

    total: str
    make: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the site that is no page. Exactly one of `path`, `content` and `as_before` is given."""

    url: str
    path: str | None = None
    content: bytes | None = None
    as_before: AsBefore | None = None

    def read(self) -> bytes:
        """What it holds. Raises `OSError` where that cannot be read."""
        if self.content is not None:
            return self.content
        return self.as_before.make() if self.as_before else Path(self.path or "").read_bytes()
