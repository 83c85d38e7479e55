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
    if MANIFEST in files and not _outer(files[MANIFEST]):
        yield MANIFEST, About()
    tags = _tags(files.get(MANIFEST, b""))
    listed: dict[str, str] = {}
    others = [name for name in files if name.endswith(".xml") and name != MANIFEST]
    for name in others:
        for item, section in _tested(files[name], name):
            listed.setdefault(item, section)
    tests = {name for name in others if _outer(files[name]) in {"assessment-test", "assessment-section"}}
    for name in dict.fromkeys([*listed, *tags, *others]):
        if name not in tests and (
            name in listed or name in tags or _outer(files[name]) in {"assessment-item", "questestinterop", ""}
        ):
            yield name, About(tags.get(name, ()), listed.get(name, ""))


def _named(content: bytes) -> Node | None:
    try:
        return renamed(tree(content))
    except XmlError:  # said where it is read as a question
        return None


def _outer(content: bytes) -> str:
    """The name of the outermost element; nothing where it cannot be read."""
    node = _named(content)
    return node.name if node else ""


def _tags(manifest: bytes) -> dict[str, tuple[str, ...]]:
    """The keywords of each item of the manifest, by the name of its file."""
    top = _named(manifest)
    found: dict[str, tuple[str, ...]] = {}
    for node in top.below() if top else ():
        if node.name == "resource" and "item" in node.get("type") and node.get("href"):
            words = [" ".join(one.words.split()) for one in node.below() if one.name == "keyword"]
            found[normpath(node.get("href"))] = tuple(filter(None, words))
    return found


def _tested(content: bytes, name: str) -> Iterator[tuple[str, str]]:
    """The items that a test names, with the titles of the sections around them."""
    top = _named(content)
    if top is None or top.name not in {"assessment-test", "assessment-section"}:
        return
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
