"""What a hostile bank, drawing or file of captions costs grows no faster than its length. See `test_growth.py`."""

from __future__ import annotations

import pytest

from alongside.files.names import Names
from alongside.importers import READERS, imported
from alongside.media.published import wrong_in
from tests.security.test_growth import Ready, Shape, again, compared, cost, numbered, too_dear

pytestmark = pytest.mark.slow

# ---------------------------------------------------------------------- banks


def asking(before: str, piece: str, after: str = "") -> Shape:
    """A question of a bank that holds a piece again and again."""
    return lambda n: before + piece * (n // len(piece)) + after


def counted(before: str, piece: str, after: str) -> Shape:
    """A question of a bank that holds different pieces."""
    return lambda n: before + "".join(piece.format(k) for k in range(n // (len(piece) + 2))) + after


BANKS: dict[str, tuple[str, Shape]] = {
    "pairs": ("gift", counted("Match. {", "=a{0} -> b{0} ", "}")),
    "the same pair": ("gift", asking("Match. {", "=a -> b ", "}")),
    "answers": ("gift", counted("Which? {=b", "~a{0} ", "}")),
    "the same answer": ("gift", asking("Which? {=b", "~a ", "}")),
    "the same right answer": ("gift", asking("Which? {", "=a ", "}")),
    "the same answer, half right": ("gift", asking("Which? {=a ", "=%50%a ", "}")),
    "weights that open": ("gift", asking("Which? {", "~%", "}")),
    "numbers": ("gift", asking("How many? {#", "=1:2 ", "}")),
    "a long number": ("gift", asking("How many? {#", "1", "}")),
    "the same question": ("gift", asking("", "Who? {=a ~b ~c}\n\n")),
    "the same name": ("gift", asking("", "::x::Who? {=a ~b ~c}\n\n")),
    "questions without answers": ("gift", asking("", "Who? {\n\n")),
    "remarks": ("gift", asking("", "// a\n")),
    "brackets": ("gift", asking("", "{")),
    "names that open": ("gift", asking("", "::")),
    "a category of spaces": ("gift", asking("$CATEGORY: ", " ", "x")),
    "spaces": ("gift", asking("", " ", "x")),
    "backslashes": ("gift", asking("", "\\", "x {=a ~b}")),
    "tags": ("gift", asking("[html]", "<b>", "x {=a ~b}")),
    "tags that open": ("gift", asking("[html]", "<a ", "x {=a ~b}")),
    "tags with a text that opens": ("gift", asking("[html]", "<a b='", "x {=a ~b}")),
    "closing tags that open": ("gift", asking("[html]", "</a ", "x {=a ~b}")),
    "comments": ("gift", asking("[html]", "<!-- a -->", "x {=a ~b}")),
    "comments that open": ("gift", asking("[html]", "<!--", "x {=a ~b}")),
    "instructions that open": ("gift", asking("[html]", "<?", "x {=a ~b}")),
    "angles": ("gift", asking("[html]", "<", "x {=a ~b}")),
    "different tags": ("gift", counted("[html]", "<x{0}>", "x {{=a ~b}}")),
    "lists in lists": ("gift", asking("[html]", "<ul><li>", "x {=a ~b}")),
    "scripts in scripts": ("gift", asking("[html]", "<script>", "x {=a ~b}")),
    "characters that open": ("gift", asking("[html]", "&#", "x {=a ~b}")),
    "code that opens": ("gift", asking("[markdown]", "`a\\n", "x {=a ~b}")),
    "fences": ("gift", asking("[markdown]", "```\\n", "x {=a ~b}")),
    "a heading of spaces": ("gift", asking("[markdown]# ", " ", "x {=a ~b}")),
    "links that open": ("gift", asking("[markdown]", "[a](", "x {=a ~b}")),
    "cells": ("gift", asking("[html]<table>", "<tr><td>a", "</table>x {=a ~b}")),
    "marks that change": ("gift", asking("[html]", "<b>a</b>a", "x {=a ~b}")),
    "breaks": ("gift", asking("[html]", "<br>a", "x {=a ~b}")),
    "blocks that open": ("gift", asking("[html]", "<div>", "x {=a ~b}")),
    "blocks that close": ("gift", lambda n: "[html]" + "<div>" * (n // 11) + "</p>" * (n // 11) + "x {=a ~b}"),
    "pictures": ("gift", asking("[html]", "<img src\\=a>", "x {=a ~b}")),
    "attributes of spaces": ("gift", asking("[html]<a b", " ", ">x {=a ~b}")),
    "formulas that open": ("gift", asking("", "$a_", "x {=a ~b}")),
    "formulas in brackets that open": ("gift", asking("", "\\\\(a", "x {=a ~b}")),
    "lines of code": ("gift", asking("a", "\\n  b;", "x {=a ~b}")),
    "descriptions": ("gift", asking("", "words\n\n")),
    "answers that never end": ("gift", asking("", "Who? {=a\n\nwords\n\n")),
    "questions line by line": ("gift", asking("", "Who? {=a ~b}\n")),
    "drawn gaps": ("gift", asking("", "___ ", "x {=a ~b}")),
    "weights that are none": ("gift", asking("Who? {=a ~%1", " ", "x}")),
    "a link of spaces": ("gift", asking("[markdown][a](", " ", "x {=a ~b}")),
    "boxes": ("gift", asking("[markdown]", "!!! a\\n", "x {=a ~b}")),
    "code in code": ("gift", asking("[markdown]", "`a``b", "x {=a ~b}")),
    "tasks": ("mkdocs-quiz", asking("<quiz>\nWho?\n", "- [x] a\n", "</quiz>")),
    "gaps": ("mkdocs-quiz", asking("<quiz>\nWho ", "[[a]] x ", "\n</quiz>")),
    "gaps that open": ("mkdocs-quiz", asking("<quiz>\nWho [[a]] ", "[[", "\n</quiz>")),
    "quizzes that open": ("mkdocs-quiz", asking("", "<quiz>\n")),
    "quizzes": ("mkdocs-quiz", asking("", "<quiz>\nWho?\n- [x] a\n- [ ] b\n</quiz>\n")),
    "quotations": ("mkdocs-quiz", asking("<quiz>\nWho?\n- [x] a\n", "> b\n", "</quiz>")),
    "fences of pages": ("mkdocs-quiz", asking("", "```\n")),
    "fences that open": ("mkdocs-quiz", asking("", "```a\n")),
    "fences of two kinds": ("mkdocs-quiz", asking("", "```a\n~~~a\n")),
    "quizzes that close": ("mkdocs-quiz", asking("", "</quiz>\n")),
    "quizzes of the old kind": ("mkdocs-quiz", asking("", "<?quiz?>\n")),
    "quizzes in a line": ("mkdocs-quiz", asking("", "<quiz>a</quiz>")),
    "comments of pages": ("mkdocs-quiz", asking("", "<!--")),
    "code in a line": ("mkdocs-quiz", asking("", "`a")),
    "entries with gaps": ("mkdocs-quiz", asking("<quiz>\n", "- [[a]]\n", "</quiz>")),
}  # fmt: skip
PLAIN_BANK = numbered("Who came first of {}? {{=the one who waited#Yes ~the other ~nobody}}\n\n")


def importing(form: str) -> Ready:
    return lambda text: lambda: imported(form, text, "a.gift")


BANK_READERS = {form: importing(form) for form in READERS}


@pytest.mark.parametrize("name", BANKS)
def test_no_shape_of_a_bank_is_dear(name: str) -> None:
    form, shape = BANKS[name]
    assert (
        list(too_dear(shape, PLAIN_BANK if form == "gift" else BANKS["quizzes"][1], 40_000, BANK_READERS[form])) == []
    )


# ------------------------------------------------------------------- drawings

SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg">'
DRAWINGS: dict[str, Shape] = {
    "elements": asking(SVG_HEAD, "<g/>", "</svg>"),
    "elements in elements": lambda n: SVG_HEAD + "<g>" * (n // 7) + "</g>" * (n // 7) + "</svg>",
    "elements with ids in one another": lambda n: (
        SVG_HEAD + "".join(f"<g id='a{k}' class='b{k}'>" for k in range(n // 30)) + "</g>" * (n // 30) + "</svg>"
    ),
    "copies": counted(SVG_HEAD, '<use id="a{0}" href="#a"/>', "</svg>"),
    "copies of copies": lambda n: (
        SVG_HEAD + "".join(f'<g id="a{k}"><use href="#a{k + 1}"/></g>' for k in range(n // 35)) + "</svg>"
    ),
    "classes": asking(SVG_HEAD + '<g class="', "a ", '"/></svg>'),
    "rules of style": counted(SVG_HEAD + "<style>", "a.b{0}{{fill:url(#c{0})}}", "</style></svg>"),
    "rules that open": asking(SVG_HEAD + "<style>", "a{", "</style></svg>"),
    "addresses that open": asking(SVG_HEAD + "<style>a{fill:", "url(", "}</style></svg>"),
    "addresses of spaces": asking(SVG_HEAD + "<style>a{fill:url(", " ", "}</style></svg>"),
    "variables": asking(SVG_HEAD + "<style>", "--a:b", "</style></svg>"),
    "remarks of style": asking(SVG_HEAD + "<style>", "/*", "</style></svg>"),
    "numbers": asking(SVG_HEAD + '<path d="', "1e", '"/></svg>'),
    "a long number": asking(SVG_HEAD + '<path d="', "1", '"/></svg>'),
    "points": asking(SVG_HEAD + '<path d="', "1 -.5e1", '"/></svg>'),
    "what is no drawing": asking(SVG_HEAD, "<a/>", "</svg>"),
    "entities": lambda n: "<!DOCTYPE svg [" + '<!ENTITY a "b">' * (n // 15) + "]>" + SVG_HEAD + "</svg>",
    "entities in entities": lambda n: (
        "<!DOCTYPE svg [<!ENTITY a0 'x'>" + "".join(f"<!ENTITY a{k + 1} '&a{k};&a{k};'>" for k in range(n // 30)) + "]>"
        f"{SVG_HEAD}&a{n // 30};</svg>"
    ),
}  # fmt: skip
CAPTIONS: dict[str, Shape] = {
    "cues": asking("WEBVTT\n\n", "00:00.000 --> 00:04.000\na\n\n"),
    "arrows": asking("WEBVTT\n\n", "-->"),
    "lines": asking("WEBVTT", "\r"),
}
PLAIN_DRAWING = asking(SVG_HEAD, '<path class="a" d="M0 0h8v8"/><g fill="#123"><title>Some words</title></g>', "</svg>")


def judging(ending: str) -> Ready:
    return lambda text: lambda: list(wrong_in(f"a{ending}", text.encode()))


JUDGES = {ending: judging(ending) for ending in (".svg", ".vtt")}


@pytest.mark.parametrize("name", DRAWINGS)
def test_no_shape_of_a_drawing_is_dear(name: str) -> None:
    assert list(too_dear(DRAWINGS[name], PLAIN_DRAWING, 200_000, JUDGES[".svg"])) == []


@pytest.mark.parametrize("name", CAPTIONS)
def test_no_shape_of_captions_is_dear(name: str) -> None:
    assert list(too_dear(CAPTIONS[name], CAPTIONS["cues"], 200_000, JUDGES[".vtt"])) == []


# ---------------------------------------------------------------------- names


def test_names_that_are_alike_cost_no_more_than_others() -> None:
    def taking(same: bool) -> Ready:
        def work(text: str) -> None:
            names = Names()
            for number in range(len(text)):
                names.take(names.free("a" if same else f"a{number}"))

        return lambda text: lambda: work(text)

    assert list(compared(again("a"), again("a"), 5_000, taking(same=True))) == []
    assert cost(taking(same=True)("a" * 5_000)) < 20 * cost(taking(same=False)("a" * 5_000))
