"""XML that somebody else wrote, as a tree in which each element knows its line.

Read by expat, which fetches nothing. A document type is refused, and with it every entity that could name a file or grow
without end; so are elements that stand too deep or are too many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from xml.parsers import expat

#: How deep elements may stand in each other, and how many there may be.
MOST_DEEP, MOST_ELEMENTS = 100, 500_000
#: Elements of HTML that hold nothing.
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "source", "track", "wbr"})
#: Between the namespace of a name and the name.
BETWEEN = " "
#: What a file in another script begins with.
XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
#: The content of a file in the text, such as a picture. Nobody reads it.
ENCODED = re.compile(r"[A-Za-z0-9+/=]{200,}|(?:[A-Za-z0-9+/=]{60,}+\s++){3,}")


class XmlError(Exception):
    """It cannot be read. Carries what to tell the author, and the line."""

    def __init__(self, message: str, line: int, expected: str) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.expected = expected


@dataclass(eq=False)
class Node:
    """An element. Its name and those of its attributes are without their namespaces."""

    name: str
    attributes: dict[str, str]
    line: int
    #: Elements and the words between them.
    inside: list[Node | str] = field(default_factory=list)
    #: Where it stands in the bytes of its file.
    start: int = 0
    end: int = 0

    def get(self, name: str, otherwise: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, otherwise)

    @property
    def elements(self) -> list[Node]:
        """The elements right inside."""
        return [one for one in self.inside if isinstance(one, Node)]

    def all(self, *names: str) -> list[Node]:
        """The elements right inside that are called so."""
        return [one for one in self.elements if one.name in names]

    def first(self, *path: str) -> Node | None:
        """The first element on a way of names."""
        found: Node | None = self
        for name in path:
            found = next(iter(found.all(name)), None) if found else None
        return found

    def below(self) -> Iterator[Node]:
        """The element and everything in it, in the order of the file."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(one.elements)

    @property
    def words(self) -> str:
        """All words in it, whatever they stand in."""
        return "".join(one if isinstance(one, str) else one.words for one in self.inside)

    @property
    def html(self) -> str:
        """What stands in it, as HTML."""
        return "".join(
            escape(one, quote=False) if isinstance(one, str) else one.around(one.html) for one in self.inside
        )

    def around(self, html: str) -> str:
        """The element with this inside it, as HTML."""
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<{self.name}{attributes}/>" if self.name in VOID else f"<{self.name}{attributes}>{html}</{self.name}>"


def tree(content: bytes) -> Node:
    """The outermost element of a file. Raises `XmlError` where it is not well-formed, or holds what could do harm."""
    reader = _Reader(content)
    try:
        reader.parser.Parse(content, True)  # noqa: FBT003  # expat takes no names
    except expat.ExpatError as error:
        said = expat.ErrorString(error.code)
        raise XmlError(
            f"this is no well-formed XML: {said}", error.lineno, "XML as the other system wrote it"
        ) from None
    except (ValueError, LookupError):
        raise XmlError("the letters of this file are written in an unusual way", 1, "a file saved as UTF-8") from None
    assert reader.top is not None, "well-formed XML has an element"
    return reader.top


def source(content: bytes, node: Node) -> str:
    """An element as it stands in its file, without the content of files that are in it."""
    part = content[node.start : node.end]
    if b"\0" in part:
        return ""  # written in two bytes a letter
    return ENCODED.sub(" … ", part.decode("utf-8", "replace"))


class _Reader:
    """What expat tells, as a tree."""

    def __init__(self, content: bytes) -> None:
        self.top: Node | None = None
        self._content = content
        self._open: list[Node] = []
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=BETWEEN)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words

    def _doctype(self, *_: object) -> None:
        raise XmlError(
            "the file has a document type (<!DOCTYPE …>), which could bring in other files",
            self.parser.CurrentLineNumber,
            "the file without its line <!DOCTYPE …>",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        line = self.parser.CurrentLineNumber
        if len(self._open) >= MOST_DEEP:
            raise XmlError(
                f"elements stand more than {MOST_DEEP} deep in each other here", line, "a file with less in it"
            )
        if self._count > MOST_ELEMENTS:
            raise XmlError(f"the file has more than {MOST_ELEMENTS:,} elements", line, "a file with fewer questions")
        plain = {_plain(key): value for key, value in attributes.items()}
        node = Node(_plain(name), plain, line, start=self.parser.CurrentByteIndex)
        if self._open:
            self._open[-1].inside.append(node)
        else:
            self.top = node
        self._open.append(node)

    def _end(self, _: str) -> None:
        node = self._open.pop()
        node.end = self._content.find(b">", self.parser.CurrentByteIndex) + 1 or len(self._content)

    def _words(self, words: str) -> None:
        self._open[-1].inside.append(words)


def _plain(name: str) -> str:
    return name.rpartition(BETWEEN)[2]
