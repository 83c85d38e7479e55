"""A drawing is counted as a browser draws it: with every repetition."""

from __future__ import annotations

import pytest

from alongside.media.drawings import troubles_in

pytestmark = pytest.mark.slow

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'


def said(inside: str, head: str = HEAD) -> list[str]:
    return [what for what, _, _ in troubles_in(f"{head}{inside}</svg>".encode())]


def levels(first: str, again: str, count: int) -> str:
    """Something, and things that each hold ten of the one before."""
    return "".join(
        [
            f"<defs>{first.replace('%n', '0')}",
            *(again.replace("%n", str(n)).replace("%b", str(n - 1)) for n in range(1, count)),
            "</defs>",
        ]
    )


TEN = {
    "use": '<g id="l%n">' + '<use href="#l%b"/>' * 10 + "</g>",
    "use of the old kind": '<g id="l%n">' + '<use x:href="#l%b"/>' * 10 + "</g>",
    "symbols": '<symbol id="l%n">' + '<use href="#l%b"/>' * 10 + "</symbol>",
    "patterns": '<pattern id="l%n" width="1" height="1">' + '<path fill="url(#l%b)"/>' * 10 + "</pattern>",
    "patterns in styles": '<pattern id="l%n" width="1" height="1">' + '<path style="fill:url(#l%b)"/>' * 10 + "</pattern>",
    "patterns for groups": '<pattern id="l%n"><g fill="url(#l%b)">' + "<path/>" * 10 + "</g></pattern>",
    "patterns by classes": '<style>.c%b{fill:url("#l%b")}</style><pattern id="l%n">' + '<path class="c%b"/>' * 10 + "</pattern>",
    "patterns by other selectors": '<style>g .c%b:not(a) , #z{stroke:url(#l%b)}</style><pattern id="l%n">'
    + '<path class="c%b"/>' * 10
    + "</pattern>",
    "masks": '<mask id="l%n">' + '<path mask="url(#l%b)"/>' * 10 + "</mask>",
    "clips": '<clipPath id="l%n">' + '<path clip-path="url(#l%b)"/>' * 10 + "</clipPath>",
    "markers": '<marker id="l%n"><path d="M0 0h1h1h1h1h1h1h1h1h1h1" marker-mid="url(#l%b)"/></marker>',
    "markers for groups": '<marker id="l%n"><g marker-mid="url(#l%b)"><path d="M0 0h1h1h1h1h1h1h1h1h1h1"/></g></marker>',
    "painted copies": '<pattern id="l%n"><use fill="url(#l%b)" href="#many"/></pattern>',
}  # fmt: skip


@pytest.mark.parametrize("kind", TEN)
def test_what_repeats_what_repeats_is_refused(kind: str) -> None:
    many = '<g id="many">' + "<path/>" * 10 + "</g>"
    nested = levels('<g id="l%n"><path/></g>' + many, TEN[kind], 8)
    assert len(said(nested + '<path fill="url(#l7)" mask="url(#l7)" marker-mid="url(#l7)"/><use href="#l7"/>')) == 1


@pytest.mark.parametrize("kind", TEN)
def test_what_repeats_once_is_let_through(kind: str) -> None:
    many = '<g id="many">' + "<path/>" * 10 + "</g>"
    nested = levels('<g id="l%n"><path/></g>' + many, TEN[kind], 2)
    assert said(nested + '<path fill="url(#l1)" mask="url(#l1)"/><use href="#l1"/>') == []


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<pattern id="a"><path fill="url(#a)"/></pattern>',
        "".join(f'<g id="l{n}"><use href="#l{n + 1}"/></g>' for n in range(300)),
    ],
)
def test_what_is_used_in_itself_or_too_deep_is_refused(inside: str) -> None:
    assert said(inside) == ["draws things again and again, since parts of it are used in other parts"]


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<g>" * 200 + "</g>" * 200, "elements in elements more than 100 deep"),
        ('<path d="M0 0L1e99 1"/>', "a number in d that is larger than 10,000,000"),
        ('<g viewBox="0 0 1e9 1"/>', "a number in viewBox that is larger than 10,000,000"),
        ('<path style="stroke-width:99999999"/>', "a number in style that is larger than 10,000,000"),
        ('<path stroke-dasharray="0.0001"/>', "dashes that are shorter than 0.01"),
        ('<pattern width=".0001"/>', "a pattern whose width is smaller than 0.01"),
        ('<feTurbulence numOctaves="1000"/>', "a number in numOctaves that is larger than 10"),
        ('<feMorphology radius="99999"/>', "a number in radius that is larger than 100"),
        ('<feConvolveMatrix order="500"/>', "a number in order that is larger than 9"),
        ("<style>@keyframes x{}</style>", "a style that moves by itself"),
        ("<style>path{animation: x 1s infinite}</style>", "a style that moves by itself"),
        ("<style>path{--a:url(#b);fill:var(--a)}</style>", "a style that names a part of the drawing in a variable"),
    ],
)  # fmt: skip
def test_what_is_dear_by_itself_is_named(inside: str, named: str) -> None:
    assert said(inside) == [f"holds {named}"]


def test_a_large_picture_is_refused_by_its_own_size() -> None:
    wide = HEAD.replace("<svg", '<svg width="60000"')
    assert said("", wide) == ["holds a number in width that is larger than 20,000"]
    assert said("", HEAD.replace("<svg", '<svg width="210mm" height="297mm" viewBox="0 0 21000 29700"')) == []


def test_many_effects_and_long_paths_are_counted() -> None:
    blur = '<filter id="f"><feGaussianBlur stdDeviation="4"/></filter>'
    assert said(blur + '<path filter="url(#f)"/>' * 100) == []
    assert len(said(blur + '<path filter="url(#f)"/>' * 2_000)) == 1
    assert len(said(blur + "<style>path{filter:url(#f)}</style>" + "<path/>" * 2_000)) == 1
    long = f'<path id="p" d="M0 0{"h1" * 10_000}"/>'
    assert said(long + '<use href="#p"/>' * 10) == []
    assert len(said(long + '<use href="#p"/>' * 100)) == 1


@pytest.mark.parametrize(
    "inside",
    [
        '<linearGradient id="a"><stop/></linearGradient><linearGradient id="b" x:href="#a"/>' + '<path fill="url(#b)"/>' * 2_000,
        '<style>.a{fill:url(#g)}.b{clip-path:url(#c)}</style><clipPath id="c"><path class="a"/></clipPath>'
        '<radialGradient id="g"><stop/></radialGradient>' + '<g class="b"><path class="a"/></g>' * 500,
        '<path fill="#99999999" style="fill:#12345678;opacity:.5"/>',
    ],
)  # fmt: skip
def test_what_drawing_programs_write_is_let_through(inside: str) -> None:
    assert said(inside) == []


@pytest.mark.parametrize(
    "encoding", ["utf-7", "gb18030", "x-mac-farsi", "latin-1", "utf-16", "nothing", "idna", "rot13", "hex"]
)
@pytest.mark.parametrize("written", ["utf-8", "utf-16", "latin-1"])
def test_no_other_way_of_writing_is_read(encoding: str, written: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}<title>Ä</title></svg>'.encode(written)
    assert next(troubles_in(content))[0].startswith(
        (f"holds the encoding {encoding} where UTF-8 was expected", "is not saved as UTF-8")
    )
