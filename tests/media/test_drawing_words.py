"""Words in drawings: their size on a telephone, and what they stand out from."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.media.drawing_words import DrawnWords, words_in

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 200">'


def words(inside: str, head: str = HEAD) -> list[DrawnWords]:
    return words_in(f"{head}{inside}</svg>".encode())


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="1" y="20" font-size="9">a</text>',
        '<text x="1" y="20" font-size="9px">a</text>',
        '<text x="1" y="20" style="fill: #000; font-size: 9px">a</text>',
        '<g font-size="9"><g><text x="1" y="20">a</text></g></g>',
        '<text x="1" y="20" font-size="20">a<tspan font-size="9">b</tspan></text>',
        '<text x="1" y="20" font-size="17">nearly</text>',
    ],
)
def test_small_words_are_found(inside: str) -> None:
    assert any(found.small for found in words(inside))


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="1" y="20" font-size="18">a</text>',
        '<text x="1" y="20" font-size="2em">not told</text>',
        '<g transform="scale(3)"><text x="1" y="20" font-size="9">not told</text></g>',
        '<style>text { font-size: 30px }</style><text x="1" y="20" font-size="9">not told</text>',
        '<path d="M0 0h8v8H0z"/>',
    ],
)
def test_words_that_are_large_enough_or_not_told_are_let_be(inside: str) -> None:
    assert not any(found.small for found in words(inside))


def test_a_drawing_without_a_view_box_has_its_width() -> None:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="320" height="100">'
    assert [found.size for found in words('<text x="1" y="20" font-size="13">a</text>', head)] == [13]


DARK = '<rect x="0" y="0" width="240" height="200" fill="#1f4e5f"/>'


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="20" y="40" font-size="18" fill="#ddd">on white</text>',
        '<text x="20" y="40" font-size="18" fill="lightgrey">on white</text>',
        f'{DARK}<text x="20" y="40" font-size="18">black on dark</text>',
        f'{DARK}<text x="300" y="40" font-size="18" fill="#ddd">beside the box</text>',
        f'{DARK}<g transform="translate(280 0)"><text x="20" y="40" font-size="18" fill="#fff">moved off</text></g>',
        '<g fill="#ccc"><circle cx="50" cy="50" r="40" fill="#fff"/><text x="50" y="50" font-size="18">in a circle</text></g>',
        '<text x="20" y="40" font-size="18" style="fill:rgb(221, 221, 221)">on white</text>',
    ],
)
def test_faint_words_are_found(inside: str) -> None:
    assert [found.faint for found in words(inside)] == [True]


@pytest.mark.parametrize(
    "inside",
    [
        '<text x="20" y="40" font-size="18">a</text>',
        f'{DARK}<text x="20" y="40" font-size="18" fill="#fff">a</text>',
        f'<g transform="translate(20, 0)">{DARK}<text x="225" y="40" font-size="18" fill="#fff">a</text></g>',
        '<path d="M0 0h480v200H0z" fill="#1f4e5f"/><text x="20" y="40" font-size="18" fill="#fff">on an outline</text>',
        '<path d="M0 0h480v200H0z" fill="url(#shade)"/><text x="20" y="40" font-size="18" fill="#fff">not told</text>',
        '<rect width="480" height="200" fill="url(#shade)"/><text x="20" y="40" font-size="18" fill="#fff">not told</text>',
        '<g transform="rotate(9)"><text x="20" y="40" font-size="18" fill="#fff">not told</text></g>',
        '<text x="20" y="40" font-size="40" fill="#888">large</text>',
        '<text font-size="18" fill="#ddd">no place</text>',
    ],
)
def test_words_that_stand_out_or_are_not_told_are_let_be(inside: str) -> None:
    assert not any(found.faint for found in words(inside))


@pytest.mark.parametrize("content", [b"", b"no drawing", b"<svg", b"\xff\xfe", HEAD.encode()])
def test_what_is_no_sound_drawing_has_no_words(content: bytes) -> None:
    assert words_in(content) == []


def test_the_drawings_of_the_course_can_be_read_on_a_telephone() -> None:
    drawings = sorted(Path(__file__).parents[2].glob("modules/*/media/*.svg"))
    assert len(drawings) > 5
    poor = [
        (path.name, found) for path in drawings for found in words_in(path.read_bytes()) if found.small or found.faint
    ]
    assert poor == []
