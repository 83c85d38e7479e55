"""What an organisation brings of its own stands on every page, without code; and what could not be shown is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from alongside.build import gather, prepare
from alongside.files.problems import Problem
from alongside.media import png
from alongside.model.settings import Font, Fonts, Organisation, Style
from alongside.render.brand import organisation_style
from alongside.render.frame import Frame, frame_of
from alongside.render.site import Site
from tests.media.test_png import written as written_png

pytestmark = pytest.mark.slow

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="10" height="10"><path d="M0 0h9v9z"/></svg>\n'
SETTINGS = """\
site_name: Riverside
site_url: https://learn.riverside.example/
plugins:
  - alongside:
      layers: [.]
      lint: {{allow: [Y120, Y122, R261], why: A test.}}
{}"""
PICTURES = {f"content/brand/{name}.svg": SVG for name in ("logo", "dark", "black", "icon", "home")}
PAGES = {"content/rules.md": "# Our rules\n\nBe kind.\n", "content/hosting.md": "# Hosting\n\nA page for others.\n"}


def square(side: int) -> bytes:
    return written_png(side, side, 6, [b"\0" + bytes((11, 93, 94, 255)) * side] * side)


TOUCH = square(512)
#: Drawings that cannot become a picture: one with words, one that shows nothing.
WORDS = SVG.replace("<path", '<text y="9">Ours</text><path').encode()
NOTHING = SVG.replace("<path", '<path opacity="0"').encode()


@pytest.fixture
def made(a_site: Callable[..., Path]) -> Callable[..., tuple[Site, Frame]]:
    def make(settings: str, binary: dict[str, bytes] | None = None) -> tuple[Site, Frame]:
        folder = a_site({**PICTURES, **PAGES, "mkdocs.yml": SETTINGS.format(settings)})
        written(folder, binary or {})
        try:
            project, site, _ = prepare(folder / "mkdocs.yml")
        finally:
            for name in binary or {}:
                (folder / name).unlink()
        urls = [page.url for page in site.pages]
        return site, frame_of(project, urls, site_name=project.site_name, policy="", top="/", assets=site.assets)

    return make


def written(folder: Path, binary: dict[str, bytes]) -> None:
    for name, content in binary.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


BRAND = """\
      organisation:
        name: Riverside Mentors
        logo: brand/logo.svg
        logo_dark: brand/dark.svg
        logo_print: content/brand/black.svg
        icon: brand/icon.svg
        touch_icon: brand/touch.png
        home_picture: brand/home.svg
        share_picture: brand/share.png
        colours: {primary: "#fbbf24"}
        fonts: {text: {regular: brand/a.woff2, bold: brand/b.woff2}}
        style: {light: {measure: 44rem}, dark: {paper: "#101010"}}
      menu: [{title: Our rules, page: rules}]
      foot: [{title: Our main site, url: "https://riverside.example/"}, {title: Rules, page: rules}]
      leave_out_pages: [hosting]
"""
FILES = {
    "content/brand/touch.png": TOUCH,
    "content/brand/a.woff2": b"wOF2\x00\x01\x00\x00",
    "content/brand/b.woff2": b"wOF2\x00\x01\x00\x00",
}


def shared() -> bytes:
    """A PNG of 1200 by 630 points, as far as its first bytes say."""
    content = bytearray(square(16))
    content[16:24] = (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
    return bytes(content)


def test_every_page_has_it(made: Callable[..., tuple[Site, Frame]]) -> None:
    site, frame = made(BRAND, {**FILES, "content/brand/share.png": shared()})
    page = next(page for page in site.pages if page.url == "rules/")
    around = frame.around(page)
    assert (around["logo"], around["logo_dark"], around["logo_print"]) == (
        "brand/logo.svg", "brand/dark.svg", "brand/black.svg",
    )  # fmt: skip
    assert around["icon"] == {"url": "brand/icon.svg", "type": "image/svg+xml"}
    assert around["share_picture"] == "https://learn.riverside.example/brand/share.png"
    assert [(link["title"], link["url"], link["current"]) for link in around["own_menu"]] == [
        ("Our rules", "rules/", True)
    ]
    assert [(link["title"], link["url"] or link["elsewhere"]) for link in around["own_foot"]] == [
        ("Our main site", "https://riverside.example/"),
        ("Rules", "rules/"),
    ]
    home = next(page for page in site.pages if page.url == "")
    assert 'src="site:brand/home.svg" alt="" width="10" height="10"' in home.body
    assert not [page.url for page in site.pages if page.url == "hosting/"]
    assets = {asset.url: asset for asset in site.assets}
    style = (assets["assets/organisation.css"].content or b"").decode()
    assert 'src:url("../brand/a.woff2")format("woff2");font-weight:400;font-style:normal;font-display:swap' in style
    assert '--brand-text:"Own text",system-ui' in style and "--measure:44rem;" in style
    assert ':root[data-scheme="dark"]{--paper:#101010;}' in style and "--brand-bar-ink:#000000;" in style


def test_icons_for_start_screens_are_made_from_one_file(made: Callable[..., tuple[Site, Frame]]) -> None:
    site, frame = made("      organisation: {touch_icon: brand/touch.png}\n", FILES)
    icons = {asset.url: asset.content for asset in site.assets if asset.url.startswith("assets/touch-icon")}
    assert {url: png.read(content or b"").wide for url, content in icons.items()} == {
        "assets/touch-icon-180.png": 180,
        "assets/touch-icon-192.png": 192,
        "assets/touch-icon-512.png": 512,
    }
    manifest = json.loads(next(asset.content or b"" for asset in site.assets if asset.url == "manifest.webmanifest"))
    assert [icon["sizes"] for icon in manifest["icons"]] == ["any", "180x180", "192x192", "512x512"]
    assert frame.around(site.pages[0])["touch_icon"] == "assets/touch-icon-180.png"


OF_PNG = "#0b5d5e"
MADE = ["assets/share-picture.png", *(f"assets/touch-icon-{side}.png" for side in (180, 192, 512))]


@pytest.mark.parametrize(
    ("setting", "ground", "made_of_it"),
    [
        ("touch_icon: brand/icon.svg", "#ffffff", MADE[1:]),
        ("icon: brand/icon.svg", "#ffffff", MADE),
        ("logo: brand/logo.svg", "#fbbf24", MADE),
        ("logo: brand/x.svg, icon: brand/icon.svg", "#ffffff", MADE),
        ("share_picture: brand/home.svg", "#ffffff", MADE[:1]),
        ("icon: brand/x.png", OF_PNG, MADE[1:]),
        ("logo: brand/x.svg", "", []),
    ],
)
def test_pictures_are_made_from_drawings(
    made: Callable[..., tuple[Site, Frame]], setting: str, ground: str, made_of_it: list[str]
) -> None:
    files = {"content/brand/x.svg": WORDS, "content/brand/x.png": TOUCH}
    site, frame = made(f'      organisation: {{{setting}, colours: {{primary: "#fbbf24"}}}}\n', files)
    pictures = {asset.url: asset.content or b"" for asset in site.assets if asset.url in MADE}
    assert sorted(pictures) == made_of_it
    around = frame.around(site.pages[0])
    assert (around["touch_icon"] is not None) == (MADE[1] in pictures)
    assert (around["share_picture"] is not None) == (MADE[0] in pictures)
    for url, content in pictures.items():
        picture = png.read(content)
        assert (picture.wide, picture.high) == ((1200, 630) if url == MADE[0] else 2 * (int(url[18:21]),))
        # Below on the left there is nothing of the drawing.
        below = picture.points[-picture.wide * 4 :][:3]
        assert f"#{below.hex()}" == ground
        assert ground == OF_PNG or bytes((0, 0, 0, 255)) in picture.points
    manifest = json.loads(next(asset.content or b"" for asset in site.assets if asset.url == "manifest.webmanifest"))
    assert len(manifest["icons"]) == (4 if MADE[1] in pictures else 1)
    again, _ = made(f'      organisation: {{{setting}, colours: {{primary: "#fbbf24"}}}}\n', files)
    assert pictures == {asset.url: asset.content or b"" for asset in again.assets if asset.url in MADE}


def test_a_logo_of_which_nothing_can_be_made_is_named(a_site: Callable[..., Path]) -> None:
    folder = a_site({**PICTURES, **PAGES, "mkdocs.yml": SETTINGS.format(organisation("logo: brand/x.svg"))})
    written(folder, {f"{NAME}.svg": WORDS})
    found = gather(folder / "mkdocs.yml").problems
    (folder / f"{NAME}.svg").unlink()
    notes = [problem for problem in found if problem.code == "R271"]
    assert [problem.severity for problem in notes] == ["info", "info"], found
    assert "no icon for start screens" in notes[0].message and "has words" in notes[0].message
    assert "no picture to share" in notes[1].message


def test_a_site_that_knows_no_address_has_no_picture_to_share(a_site: Callable[..., Path]) -> None:
    settings = SETTINGS.replace("site_url: https://learn.riverside.example/\n", "").format(
        "      organisation: {logo: brand/logo.svg}\n"
    )
    folder = a_site({**PICTURES, **PAGES, "mkdocs.yml": settings})
    _, site, _ = prepare(folder / "mkdocs.yml")
    assert [asset.url for asset in site.assets if asset.url in MADE] == MADE[1:]


def test_a_site_without_a_brand_has_nothing_of_it(made: Callable[..., tuple[Site, Frame]]) -> None:
    site, frame = made("")
    around = frame.around(site.pages[0])
    assert not any(
        around[name] for name in ("logo", "logo_dark", "logo_print", "touch_icon", "share_picture", "own_menu")
    )
    assert organisation_style(Organisation()) == ""
    assert "assets/organisation.css" not in {asset.url for asset in site.assets}


def test_the_name_of_a_site_on_the_bundled_curriculum_is_that_of_its_organisation(tmp_path: Path) -> None:
    for layers, name in (("[bundled, .]", "Riverside"), ("[.]", None)):
        (tmp_path / "mkdocs.yml").write_text(
            f"site_name: Riverside\nplugins:\n  - alongside:\n      layers: {layers}\n"
        )
        assert gather(tmp_path / "mkdocs.yml", rules=()).project.settings.organisation.name == name


# -------------------------------------------------------------- what is refused


@pytest.fixture
def refused(a_site: Callable[..., Path]) -> Callable[..., list[Problem]]:
    def found(settings: str, binary: dict[str, bytes] | None = None) -> list[Problem]:
        folder = a_site({**PICTURES, **PAGES, "mkdocs.yml": SETTINGS.format(settings)})
        written(folder, binary or {})
        try:
            return [p for p in gather(folder / "mkdocs.yml").problems if p.severity == "error"]
        finally:
            for name in binary or {}:
                (folder / name).unlink()

    return found


def organisation(field: str) -> str:
    return f"      organisation:\n        {field}\n"


NAME = "content/brand/x"


@pytest.mark.parametrize(
    ("setting", "files", "code"),
    [
        ("logo: brand/none.svg", {}, "R235"),
        ("logo_dark: brand/none.svg", {}, "R235"),
        ("home_picture: ../secret.svg", {}, "R235"),
        ("logo: brand/x.svg", {f"{NAME}.svg": SVG.replace("<path", "<script/><path").encode()}, "Y112"),
        (
            "icon: brand/x.svg",
            {f"{NAME}.svg": SVG.replace("<path", '<a href="https://evil.example/"/><path').encode()},
            "Y112",
        ),
        ("icon: brand/x.jpg", {f"{NAME}.jpg": b"\xff\xd8\xff\xe0"}, "R265"),
        ("touch_icon: brand/x.svg", {f"{NAME}.svg": WORDS}, "R265"),
        ("touch_icon: brand/x.svg", {f"{NAME}.svg": NOTHING}, "R265"),
        ("share_picture: brand/x.svg", {f"{NAME}.svg": WORDS}, "R265"),
        ("touch_icon: brand/x.svg", {f"{NAME}.svg": SVG.replace("<path", "<script/><path").encode()}, "Y112"),
        ("touch_icon: brand/x.png", {f"{NAME}.png": square(180)}, "R265"),
        ("touch_icon: brand/x.png", {f"{NAME}.png": TOUCH[:200]}, "R265"),
        ("touch_icon: brand/x.png", {f"{NAME}.png": b"<svg/>"}, "Y113"),
        ("share_picture: brand/x.png", {f"{NAME}.png": TOUCH}, "R265"),
        ("fonts: {text: {regular: brand/none.woff2}}", {}, "R235"),
        ("fonts: {text: {regular: brand/logo.svg}}", {}, "R235"),
        ("fonts: {text: {regular: brand/x.woff2}}", {f"{NAME}.woff2": b"<script>"}, "Y113"),
        ("fonts: {text: {regular: brand/x.woff2}}", {f"{NAME}.woff2": b"wOF2" + bytes(1024 * 1024)}, "Y114"),
        ("style: {light: {mesure: 44rem}}", {}, "R264"),
        ('style: {light: {ink: "#cccccc"}}', {}, "A160"),
        ('style: {dark: {link: "#223344"}}', {}, "A160"),
        ('style: {light: {ink: "red;} body {display: none"}}', {}, "M104"),
        ('style: {light: {ink: "#000000/*"}}', {}, "M104"),
        ('style: {light: {ink: "rgb(0 0 0/*)"}}', {}, "M104"),
        ('style: {light: {ink: "#000 /**/"}}', {}, "M104"),
        ('style: {light: {text: "Arial\'"}}', {}, "M104"),
        ("style: {light: {text: 'Arial\"'}}", {}, "M104"),
        ("style: {light: {picture: url(https://evil.example/x.png)}}", {}, "M104"),
        ('colours: {bar: "#ffcc00", bar_ink: "#ffffff"}', {}, "A160"),
    ],
)
def test_a_file_or_value_that_could_not_be_shown_is_named(
    refused: Callable[..., list[Problem]], setting: str, files: dict[str, bytes], code: str
) -> None:
    found = refused(organisation(setting), files)
    assert code in {problem.code for problem in found}, found
    assert all(problem.place.line > 0 for problem in found)


EVIL_FONT = """'x")}body{display:none}@font-face{src:url("y.woff2'"""


@pytest.mark.parametrize("waived", ["", "R235, "])
def test_the_path_of_a_font_never_gets_out_of_its_quotation_marks(a_site: Callable[..., Path], waived: str) -> None:
    settings = SETTINGS.format(organisation(f"fonts: {{text: {{regular: {EVIL_FONT}}}}}"))
    folder = a_site({**PAGES, "mkdocs.yml": settings.replace("allow: [", f"allow: [{waived}")})
    found = {problem.code for problem in gather(folder / "mkdocs.yml").problems if problem.severity == "error"}
    assert found == ({"R235", "M122"} if waived else {"R235"})
    sheet = organisation_style(Organisation(fonts=Fonts(text=Font(regular=EVIL_FONT.strip("'"), bold="a.woff2"))))
    assert "display:none" not in sheet and sheet.count("@font-face") == 1


@pytest.mark.parametrize("value", ["44rem", '"Own Font", sans-serif', "'Own Font', serif", "rgb(0 0 0 / 50%)", "1/2"])
def test_what_a_style_says_may_have_strokes_and_marks_in_pairs(value: str) -> None:
    assert Style(light={"measure": value}).light["measure"] == value


@pytest.mark.parametrize(
    ("style", "names"),
    [
        ('light: {ink: "hsl(0 0% 80%)"}', ["ink"]),
        ('dark: {paper: "oklch(0.9 0 0)", link: rebeccapurple}', ["paper", "link"]),
        ('light: {measure: 44rem, ink: "#111111"}', []),
    ],
)
def test_a_colour_whose_contrast_cannot_be_told_is_named(
    a_site: Callable[..., Path], style: str, names: list[str]
) -> None:
    folder = a_site({**PAGES, "mkdocs.yml": SETTINGS.format(organisation(f"style: {{{style}}}"))})
    found = [p for p in gather(folder / "mkdocs.yml", rules=()).problems if p.code == "A160"]
    assert [problem.severity for problem in found] == ["warning"] * len(names)
    assert all(
        f"the contrast of {name} cannot be told" in problem.message for problem, name in zip(found, names, strict=True)
    )


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("      menu: [{title: Rules, page: ruls}]\n", 7),
        ("      foot:\n        - {title: Rules}\n", 8),
        ("      foot:\n        - {title: Rules, page: rules, url: https://a.example}\n", 8),
        ("      leave_out_pages: [for-organisations]\n", 7),
    ],
)
def test_an_entry_that_leads_nowhere_is_named_where_it_stands(
    refused: Callable[..., list[Problem]], setting: str, line: int
) -> None:
    found = refused(setting)
    assert [(problem.code, problem.place.line) for problem in found] == [("R266", line)]


@pytest.mark.parametrize("page", ["rules", "progress", "listening", "support"])
def test_an_entry_leads_to_a_page_of_any_kind(refused: Callable[..., list[Problem]], page: str) -> None:
    assert refused(f"      menu: [{{title: Here, page: {page}}}]\n") == []
