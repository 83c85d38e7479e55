"""A package of QTI: which of its files hold questions, in which order, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, normpath
from posixpath import join as joined_path

from alongside.files.xml_tree import Node, XmlError, tree
from alongside.importers import to_markdown
from alongside.importers.bank import cleaned

MANIFEST = "imsmanifest.xml"
#: What holds no question itself and names the items that do.
TESTS = frozenset({"assessment-test", "assessment-section"})
CAPITAL = re.compile("(?<=[a-z0-9])([A-Z])")


@dataclass(frozen=True)
class About:
    """What a package says of an item."""

    tags: tuple[str, ...] = ()
    section: str = ""


def items(files: Mapping[str, bytes]) -> Iterator[tuple[str, About]]:
    """The files that may hold questions, in the order of the tests and then of the manifest, with what is said of them.

    Those that are named and not there are among them, and those that cannot be read: in them a question may be lost.
    """
    manifest = _read(files.get(MANIFEST, b""))
    if MANIFEST in files and manifest is None:
        yield MANIFEST, About()
    tags = _tags(manifest)
    listed: dict[str, str] = {}
    #: The outermost element of each file by its name; an empty one where the file cannot be read.
    outer: dict[str, str] = {}
    for name in (name for name in files if name.endswith(".xml") and name != MANIFEST):
        top = _read(files[name])
        outer[name] = top.name if top else ""
        if top and outer[name] in TESTS:
            for item, section in _tested(top, name):
                listed.setdefault(item, section)
    for name in dict.fromkeys([*listed, *tags, *outer]):
        sort = outer.get(name)
        if sort not in TESTS and (name in listed or name in tags or sort in {"assessment-item", "questestinterop", ""}):
            yield name, About(tags.get(name, ()), listed.get(name, ""))


def _read(content: bytes) -> Node | None:
    try:
        return renamed(tree(content))
    except XmlError:  # said where it is read as a question
        return None


def _tags(top: Node | None) -> dict[str, tuple[str, ...]]:
    """The keywords of each item of the manifest, by the name of its file."""
    found: dict[str, tuple[str, ...]] = {}
    for node in top.below() if top else ():
        if node.name == "resource" and "item" in node.get("type") and node.get("href"):
            words = [" ".join(one.words.split()) for one in node.below() if one.name == "keyword"]
            found[normpath(node.get("href"))] = tuple(filter(None, words))
    return found


def _tested(top: Node, name: str) -> Iterator[tuple[str, str]]:
    """The items that a test names, with the titles of the sections around them."""
    waiting = [(top, "")]
    while waiting:
        node, section = waiting.pop()
        title = node.get("title") if node.name == "assessment-section" else ""
        inside = " / ".join(filter(None, (section, to_markdown.one_line(title))))
        if node.name == "assessment-item-ref":
            yield normpath(joined_path(dirname(name), node.get("href"))), section
        waiting += [(one, inside) for one in reversed(node.elements)]


def renamed(top: Node) -> Node:
    """An element of any version with the names of version 3.0, without `qti-`, and without characters that nobody sees."""
    for node in top.below():
        node.name = _kebab(node.name)
        node.attributes = {_kebab(key): cleaned(value) for key, value in node.attributes.items()}
        node.inside = [cleaned(one) if isinstance(one, str) else one for one in node.inside]
    return top


def _kebab(name: str) -> str:
    return CAPITAL.sub(lambda sign: f"-{sign[1].lower()}", name).removeprefix("qti-")
