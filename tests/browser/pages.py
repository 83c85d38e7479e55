"""Built pages as trees, read as a browser reads them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import html5lib

#: Attributes whose value is an address that the browser follows or loads.
ADDRESSES = ("href", "src", "srcset", "poster", "action", "formaction", "data")

#: A host that no page names, at which a built site is thought to be served.
TOP = "http://site.invalid/"


@cache
def tree(path: Path) -> Any:
    """The page as a tree of elements."""
    return html5lib.parse(path.read_text("utf-8"), treebuilder="etree", namespaceHTMLElements=False)


def kind_of(path: Path) -> str:
    """The kind of a page, from the class of its body."""
    return tree(path).find("body").get("class").split("--")[1]


def text_of(element: Any) -> str:
    """All words in an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def elements(path: Path) -> Iterator[Any]:
    """Every element of a page. Comments have no name that is text."""
    return (element for element in tree(path).iter() if isinstance(element.tag, str))


def ids(path: Path) -> list[str]:
    """Every id on a page, as often as it stands there."""
    return [element.get("id") for element in elements(path) if element.get("id")]


def address_of(folder: Path, path: Path) -> str:
    """Where a page is, from the top of the site."""
    name = path.relative_to(folder).as_posix()
    return name.removesuffix("index.html")


def links(folder: Path, path: Path) -> Iterator[tuple[Any, str, str]]:
    """Each link and each thing that a page loads: the element, the file below the top and the anchor.

    What leads to another site is left out.
    """
    here = urljoin(TOP, address_of(folder, path))
    for element in elements(path):
        for name in ADDRESSES:
            value = element.get(name)
            if value is None:
                continue
            target, anchor = urldefrag(urljoin(here, value))
            if target.startswith(TOP):
                yield element, unquote(urlsplit(target).path.removeprefix("/")), unquote(anchor)


def file_of(folder: Path, target: str) -> Path:
    """The file that a web server gives for an address from the top of the site."""
    return folder / target / "index.html" if not target or target.endswith("/") else folder / target


def all_pages(folder: Path) -> list[Path]:
    """Every page of a built site."""
    return sorted(folder.rglob("*.html"))


def lasting_pages(folder: Path) -> list[Path]:
    """Every page but those at addresses of before, which lead on and stand in no list."""
    return [path for path in all_pages(folder) if kind_of(path) != "moved"]


def spread(folder: Path) -> list[str]:
    """Addresses of one page of each type and of every third page besides: what a kind of step can break, the gallery shows."""
    return sorted({*one_of_each_type(folder), *(address_of(folder, path) for path in all_pages(folder)[::3])})


def one_of_each_type(folder: Path) -> list[str]:
    """Addresses of one page of each type: the kind, and for lists and paper what is listed or printed."""
    found: dict[str, str] = {}
    for path in all_pages(folder):
        address = address_of(folder, path)
        kind = kind_of(path)
        parts = address.split("/")
        found.setdefault(f"{kind} {parts[-2]}" if kind in {"list", "print", "own"} else kind, address)
    return sorted(found.values())
