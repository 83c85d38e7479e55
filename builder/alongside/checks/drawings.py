"""Reads SVG files, as far as needed to say whether they hold anything but a drawing.

An SVG file can be opened by itself, and is then a page of the site like any other: script in it runs,
and what it refers to is fetched. So what may stand in it is listed, and everything else is named.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

LARGEST = 1024 * 1024
SVG = "http://www.w3.org/2000/svg"
#: What SVG 2 has for shapes, text, colours and effects. Left out: script, links, embedded pages and pictures, animation.
DRAWING = frozenset(
    {
        "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
        "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA",
        "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight",
        "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "g", "line", "linearGradient", "marker", "mask",
        "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "stop", "style", "svg", "switch", "symbol", "text",
        "textPath", "title", "tspan", "use", "view",
    }
)  # fmt: skip
#: CSS that fetches something. A backslash could spell either without being seen.
FETCHES = re.compile(r"url\(\s*['\"]?(?!\s*['\"]?#)|@import|image-set\(|\\", re.IGNORECASE)

#: What is wrong, in words, and the line and column where it stands.
Trouble = tuple[str, int, int]


def troubles(path: Path) -> Iterator[Trouble]:
    """Everything in the file that is no drawing; empty if it can be published."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError:
        yield "cannot be read", 1, 1
        return
    if len(content) > LARGEST:
        yield "is larger than 1 MB", 1, 1
        return
    reader = _Reader()
    try:
        reader.parser.ParseFile(io.BytesIO(content))
    except expat.ExpatError as error:
        yield f"is no XML: {expat.ErrorString(error.code)}", error.lineno, error.offset + 1
    yield from reader.found


class _Reader:
    """Notes what is no drawing while the parser goes through the file."""

    def __init__(self) -> None:
        self.found: list[Trouble] = []
        self.depth = 0
        #: The words of the style sheet that is being read. A comment may cut them in two.
        self.style: list[str] = []
        self.in_style = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.ProcessingInstructionHandler = lambda *said: self._note(f"the instruction <?{said[0]}")
        self.parser.EntityDeclHandler = lambda *declared: self._note(f"the entity {declared[0]}")

    def _note(self, what: str) -> None:
        self.found.append((f"holds {what}", self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if self.depth == 0 and (namespace, tag) != (SVG, "svg"):
            self._note(f"<{tag}> where <svg> of SVG was expected")
        elif namespace != SVG or tag not in DRAWING:
            self._note(f"<{tag}>")
        self.depth += 1
        if tag == "style":
            self.style, self.in_style = [], True
        for attribute, value in attributes.items():
            self._attribute(attribute.rpartition(" ")[2], value)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if name == f"{SVG} style":
            self.in_style = False
            if FETCHES.search("".join(self.style)):
                self._note("a style with an address outside the drawing")

    def _attribute(self, name: str, value: str) -> None:
        leads = name.lower() in {"href", "src", "base"} and not value.strip().startswith("#")
        if name.lower().startswith("on"):
            self._note(f"{name}, which runs script")
        elif leads or FETCHES.search(value):
            self._note(f"{name} with an address outside the drawing")

    def _words(self, words: str) -> None:
        if self.in_style:
            self.style.append(words)
