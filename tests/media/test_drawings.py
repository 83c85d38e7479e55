"""Of an SVG file nothing is published but a drawing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from alongside.media.drawings import LARGEST, troubles_in

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'


def said(content: str | bytes) -> list[str]:
    return [what for what, _, _ in troubles_in(content.encode() if isinstance(content, str) else content)]


@pytest.mark.parametrize(
    "inside",
    [
        '<g fill="url(#ink)"><path d="M0 0h8"/></g><linearGradient id="ink"><stop offset="0"/></linearGradient>',
        "<style>path { fill: url(#ink); stroke: #123 }</style>",
        '<use x:href="#a"/><use href="#a"/>',
        "<title>On the way</title><desc>Two people</desc><text>onload=1</text>",
        '<path style="fill:#123"/>',
    ],
)
def test_a_drawing_is_let_through(inside: str) -> None:
    assert said(f"{HEAD}{inside}</svg>") == []


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>1</script>", "holds <script>"),
        ("<s:script xmlns:s='http://www.w3.org/2000/svg'>1</s:script>", "holds <script>"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>1</h:script>", "holds <script>"),
        ("<foreignObject/>", "holds <foreignObject>"),
        ("<a/>", "holds <a>"),
        ("<image href='#x'/>", "holds <image>"),
        ("<animate attributeName='href'/>", "holds <animate>"),
        ("<set attributeName='href'/>", "holds <set>"),
        ("<path onclick='x()'/>", "holds onclick, which runs script"),
        ("<path ONload='x()'/>", "holds ONload, which runs script"),
        ("<use x:href='https://example.org/a.svg#b'/>", "holds href with an address outside the drawing"),
        ("<use href='javascript:x()'/>", "holds href with an address outside the drawing"),
        ("<path fill='url(https://example.org/a)'/>", "holds fill with an address outside the drawing"),
        ("<path fill='url(\" //example.org\")'/>", "holds fill with an address outside the drawing"),
        ("<path style='fill:u\\72l(//a)'/>", "holds style with an address outside the drawing"),
        ("<style>@import '//example.org/a.css';</style>", "holds a style with an address outside the drawing"),
        ("<style>@im<!-- -->port '//a';</style>", "holds a style with an address outside the drawing"),
        ("<style>@im<g/>port '//a';</style>", "holds a style with an address outside the drawing"),
        ("<style><![CDATA[p{fill:url(//a)}]]></style>", "holds a style with an address outside the drawing"),
    ],
)  # fmt: skip
def test_what_is_no_drawing_is_named(inside: str, named: str) -> None:
    assert named in said(f"{HEAD}{inside}</svg>")


def test_what_stands_around_the_drawing_is_named_too() -> None:
    assert said('<?xml-stylesheet href="//a"?>' + HEAD + "</svg>") == ["holds the instruction <?xml-stylesheet"]
    entity = '<!DOCTYPE svg [<!ENTITY a "b">]>' + HEAD + "&a;</svg>"
    assert said(entity) == ["holds the entity a"]
    assert said('<html xmlns="http://www.w3.org/1999/xhtml"/>') == ["holds <html> where <svg> of SVG was expected"]


def test_what_is_no_xml_is_said_with_its_line() -> None:
    assert list(troubles_in(f"{HEAD}\n<g></svg>".encode())) == [("is no XML: mismatched tag", 2, 6)]
    assert said(b"") == ["is no XML: no element found"]
    assert said(b" " * (LARGEST + 1)) == ["is larger than 1 MB"]


@pytest.mark.slow
def test_a_bomb_of_entities_is_named_and_not_unfolded() -> None:
    names = "abcdefghij"
    bomb = '<!ENTITY a "lol">' + "".join(f'<!ENTITY {n} "{f"&{before};" * 10}">' for before, n in pairwise(names))
    assert "holds the entity a" in said(f"<!DOCTYPE svg [{bomb}]>{HEAD}<text>&j;</text></svg>")
