"""A drawing becomes the same picture everywhere, and takes nothing from the machine that draws it."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.media import png, rasters

START = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 20 10">'
RED = '<rect width="20" height="10" fill="red"/>'
SOME = (rasters.Wanted(192, 192, "#ffffff", 0.8),)
SHARED = (rasters.Wanted(1200, 630, "#ffffff", 0.6),)


def drawing(inside: str) -> bytes:
    return f"{START}{inside}</svg>".encode()


def test_a_drawing_keeps_its_shape_and_stands_in_the_middle() -> None:
    picture = png.read(rasters.drawn(drawing(RED), (rasters.Wanted(40, 40, "#0000ff", 0.5),))[0])
    assert (picture.wide, picture.high) == (40, 40)
    points = [picture.points[at : at + 4].hex() for at in range(0, len(picture.points), 4)]
    rows = [points[at : at + 40] for at in range(0, len(points), 40)]
    assert [row.count("ff0000ff") for row in rows] == [0] * 15 + [20] * 10 + [0] * 15
    assert rows[20] == ["0000ffff"] * 10 + ["ff0000ff"] * 20 + ["0000ffff"] * 10


def test_a_picture_has_the_same_bytes_each_time() -> None:
    content = drawing(f'{RED}<circle cx="7.3" cy="4.1" r="3.7" fill="#0a08" transform="rotate(7)"/>')
    first = rasters.drawn(content, SOME)
    rasters._drawn.cache_clear()
    assert rasters.drawn(content, SOME) == first


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<text y='9'>Ours</text>", "has words"),
        ("<defs><text id='a'>Ours</text></defs><use href='#a'/>", "has words"),
        ("<s:text xmlns:s='http://www.w3.org/2000/svg' y='9'>Ours</s:text>", "has words"),
        ("<rect width='0' height='9'/>", "shows nothing"),
        ("<rect width='9' height='9' opacity='0'/>", "shows nothing"),
        ("", "shows nothing"),
        ("<image href='{secret}' width='9' height='9'/>", "no drawing"),
        ("<script>1</script>", "no drawing"),
        ("<style>@font-face {{ src: url({secret}) }}</style>" + RED, "no drawing"),
        ("<use x:href='{secret}#a'/>", "no drawing"),
        ("<filter id='f'><feImage x:href='{secret}'/></filter><rect filter='url(#f)'/>", "no drawing"),
        ("<g>" * 200 + RED + "</g>" * 200, "no drawing"),
        ("<g id='a'><use href='#a'/></g>", "no drawing"),
    ],
)
def test_what_cannot_be_drawn_says_why(inside: str, why: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_bytes(drawing(RED))
    with pytest.raises(rasters.UndrawableError, match=why):
        rasters.drawn(drawing(inside.format(secret=secret)), SOME)


def test_what_is_no_drawing_at_all_says_so_too() -> None:
    for content in (b"", b"<svg", b"\x89PNG", b"<html/>", START.encode(), b"\xff\xfe<svg/>"):
        with pytest.raises(rasters.UndrawableError, match="no drawing"):
            rasters.drawn(content, SOME)


@pytest.mark.slow
def test_a_drawing_that_takes_too_long_or_too_much_ends_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasters, "LONGEST", 2)
    shadow = "<filter id='f'><feMorphology radius='100'/></filter>" + RED.replace("/>", " filter='url(#f)'/>")
    with pytest.raises(rasters.UndrawableError, match="longer than 2 seconds"):
        rasters.drawn(drawing(shadow * 20), SHARED)
    huge = f"<pattern id='p' width='9000' height='9000'>{RED}</pattern>" + RED.replace("red", "url(#p)")
    monkeypatch.setattr(rasters, "LONGEST", 20)
    with pytest.raises(rasters.UndrawableError, match="cannot be drawn"):
        rasters.drawn(drawing(huge), SHARED)
