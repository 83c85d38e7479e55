"""Reads SVG files, as far as needed to say whether they hold anything but a drawing.

An SVG file can be opened by itself, and is then a page of the site like any other: script in it runs,
and what it refers to is fetched. So what may stand in it is listed, and everything else is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from xml.parsers import expat

from alongside.files.problems import cut
from alongside.media.drawing_costs import LONGEST_STYLE, MOST_DRAWN, Costs

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

#: CSS that moves by itself.
MOVES = re.compile(r"@keyframes|\banimation(?:-name)?\s*:", re.IGNORECASE)
#: What other forms of writing than UTF-8 are called that say the same for plain letters.
PLAIN = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
#: Most that is said about one drawing.
MOST_TROUBLES = 20

#: What is wrong, in words, and the line and column where it stands.
Trouble = tuple[str, int, int]


def troubles_in(content: bytes) -> Iterator[Trouble]:
    """Everything in the bytes of a file that is no drawing, or too dear to draw. Raises nothing, whatever they are."""
    if len(content) > LARGEST:
        yield "is larger than 1 MB", 1, 1
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        yield "is not saved as UTF-8", before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return
    yield from islice(_found(text), MOST_TROUBLES)


def _found(text: str) -> Iterator[Trouble]:
    reader = _DrawingParser()
    try:
        reader.parser.Parse(text, True)  # noqa: FBT003  # the end of the file; it takes no name
    except expat.ExpatError as error:
        yield f"is no XML: {expat.ErrorString(error.code)}", error.lineno, error.offset + 1
        yield from reader.found
        return
    yield from reader.found
    style = "".join(reader.styles)
    if len(style) > LONGEST_STYLE:
        yield f"holds more than {LONGEST_STYLE:,} characters of style", 1, 1
    elif not reader.found:
        drawn = reader.costs.drawn(style)
        if drawn > MOST_DRAWN:
            yield f"{_repeated(drawn)}, since parts of it are used in other parts", 1, 1


def _by_variable(style: str) -> bool:
    """Whether a declaration, which ends where the next one begins, gives a variable an address."""
    declared = re.split("[;{}]", style.lower())
    return any(("--" in one and "url(" in one) or "@property" in one or "paint(" in one for one in declared)


def _repeated(drawn: float) -> str:
    return f"draws more than {MOST_DRAWN:,} things" if drawn < 10 * MOST_DRAWN else "draws things again and again"


class _DrawingParser:
    """Notes what is no drawing while the parser goes through the file."""

    def __init__(self) -> None:
        self.found: list[Trouble] = []
        self.depth = 0
        self.costs = Costs()
        #: Every style sheet, when it has been read.
        self.styles: list[str] = []
        #: The words of the style sheet that is being read. A comment may cut them in two.
        self.style: list[str] = []
        self.in_style = False
        # Other forms of writing are refused, so none is ever looked up by a name that a stranger chose.
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._words
        self.parser.ProcessingInstructionHandler = lambda *said: self._note(f"the instruction <?{cut(said[0])}")
        self.parser.EntityDeclHandler = lambda *declared: self._note(f"the entity {cut(declared[0])}")

    def _note(self, what: str) -> None:
        if len(self.found) < MOST_TROUBLES:
            self.found.append((f"holds {what}", self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1))

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        del version, standalone
        if encoding and encoding.lower() not in PLAIN:
            self._note(f"the encoding {cut(encoding)} where UTF-8 was expected")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if self.depth == 0 and (namespace, tag) != (SVG, "svg"):
            self._note(f"<{cut(tag)}> where <svg> of SVG was expected")
        elif namespace != SVG or tag not in DRAWING:
            self._note(f"<{cut(tag)}>")
        self.depth += 1
        if tag == "style":
            self.style, self.in_style = [], True
        local = {attribute.rpartition(" ")[2]: value for attribute, value in attributes.items()}
        for attribute, value in attributes.items():
            self._attribute(attribute.rpartition(" ")[2], value)
        for excess in self.costs.start(tag, local):
            self._note(excess)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.costs.end()
        if name.endswith(" style"):
            self.in_style = False
            self.styles.append("".join(self.style))
            self._sheet(self.styles[-1])

    def _sheet(self, style: str) -> None:
        if FETCHES.search(style):
            self._note("a style with an address outside the drawing")
        if MOVES.search(style):
            self._note("a style that moves by itself")
        if _by_variable(style):
            self._note("a style that names a part of the drawing in a variable")

    def _attribute(self, name: str, value: str) -> None:
        leads = name.lower() in {"href", "src", "base"} and not value.strip().startswith("#")
        if name.lower().startswith("on"):
            self._note(f"{cut(name)}, which runs script")
        elif leads or FETCHES.search(value):
            self._note(f"{cut(name)} with an address outside the drawing")
        elif name == "style" and (MOVES.search(value) or _by_variable(value)):
            self._note("a style that moves by itself or names a part of the drawing in a variable")

    def _words(self, words: str) -> None:
        if self.in_style:
            self.style.append(words)
