"""The style sheet that pages load is joined of parts, in the order that the theme's own sheet says."""

from __future__ import annotations

import colorsys
import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from alongside import model
from alongside.authoring.scaffold import SKELETONS
from alongside.build import gather, whole_site
from alongside.files.problems import BuildError
from alongside.load.curriculum import load_curriculum
from alongside.load.palette import theme_tokens
from alongside.load.project import Layer
from alongside.media.colours import of_hex
from alongside.model.pages import Kind
from alongside.model.settings import Colours, Organisation, Settings
from alongside.render.assets import site_assets, theme_files
from alongside.render.offline import MANIFEST, offline_assets
from alongside.render.site import SiteRenderer
from alongside.render.styles import EXPORT_FOLDERS, OTHER_SHEET, PART_FOLDERS, SHEET, WITHOUT_OTHER, sheets_of
from tests.conftest import BASE

pytestmark = pytest.mark.slow

THEME = Path(__file__).parents[2] / "theme"
SMALL = {
    SHEET: '@import "../styles/first.css";\n@import "../questions/*/*.css";\n@import "../styles/last.css";\n',
    "styles/first.css": "/* Why. */\n.first {\n  margin: 0;\n}\n",
    "styles/last.css": ".last { margin: 0 }",
    "questions/b/b.css": ".b { margin: 0 }",
    "questions/a/a.css": ".a { margin: 0 }",
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return write(tmp_path / "small", SMALL)


def published(*folders: Path, tmp_path: Path) -> dict[str, bytes]:
    """What is published of theme folders and made for the site, by address. Of `folders` the first wins."""
    write(tmp_path / "site", BASE)
    curriculum, _ = load_curriculum([Layer("", tmp_path / "site")])
    assert curriculum is not None
    assets = site_assets(curriculum, Settings(), folders)
    return {asset.url: asset.content or b"" for asset in assets}


def sheet(*folders: Path, tmp_path: Path) -> str:
    return published(*folders, tmp_path=tmp_path)[SHEET].decode()


def others(*folders: Path, tmp_path: Path) -> str:
    return published(*folders, tmp_path=tmp_path)[OTHER_SHEET].decode()


def order(text: str) -> list[str]:
    return re.findall(r"\.(\w+)\{", text)


def rules(text: str, selector: str) -> Iterator[str]:
    """What each rule with this selector declares."""
    return (found[1] for found in re.finditer(re.escape(selector) + r"\{([^{}]*)\}", text))


def test_parts_come_in_the_order_of_the_sheet_and_of_their_names(small: Path, tmp_path: Path) -> None:
    assert order(sheet(small, tmp_path=tmp_path)) == ["first", "a", "b", "last"]


def test_comments_and_spaces_are_not_published(small: Path, tmp_path: Path) -> None:
    assert sheet(small, tmp_path=tmp_path).startswith(".first{margin:0}.a{")


def test_a_licence_in_a_part_stays(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", {SHEET: "/*! By A. */ p { margin: 0 } /* one */"})
    assert sheet(mine, tmp_path=tmp_path) == "/*! By A. */p{margin:0}"


def test_parts_are_published_in_the_sheet_only(small: Path, tmp_path: Path) -> None:
    assert [name for name in published(small, tmp_path=tmp_path) if name.endswith(".css")] == [SHEET]
    assert list(theme_files([small])) == [SHEET]


def test_other_styles_of_a_theme_are_published_as_they_are(small: Path, tmp_path: Path) -> None:
    write(small, {"assets/own.css": "p { margin: 0 }", "own.css": ""})
    assert {SHEET, "assets/own.css", "own.css"} <= published(small, tmp_path=tmp_path).keys()
    write(small, {SHEET: '@import "own.css";'})
    assert sheet(small, tmp_path=tmp_path) == '@import "own.css"'


def test_the_style_of_a_kind_is_found_without_a_list(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", {"questions/ranking/ranking.css": ".ranking { margin: 0 }"})
    assert "ranking" in order(sheet(mine, THEME, tmp_path=tmp_path))
    assert ".ranking" not in sheet(THEME, tmp_path=tmp_path)


def test_a_folder_that_wins_replaces_a_part_in_its_place(small: Path, tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", {"questions/a/a.css": ".mine { margin: 0 }"})
    assert order(sheet(mine, small, tmp_path=tmp_path)) == ["first", "mine", "b", "last"]


def test_a_folder_that_wins_replaces_the_whole_sheet(small: Path, tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", {SHEET: ".mine { margin: 0 }"})
    assert order(sheet(mine, small, tmp_path=tmp_path)) == ["mine"]


def test_a_sheet_of_ones_own_can_name_parts_of_the_theme(small: Path, tmp_path: Path) -> None:
    text = "/* Theirs: @import '../styles/last.css'; */\r\n@import '../styles/first.css';\r\n.mine { margin: 0 }\r\n"
    mine = write(tmp_path / "mine", {SHEET: text})
    assert order(sheet(mine, small, tmp_path=tmp_path)) == ["first", "mine"]


def test_the_last_line_of_a_sheet_needs_no_end(small: Path, tmp_path: Path) -> None:
    write(small, {SHEET: '@import "../styles/first.css";@import "../styles/last.css"'})
    assert order(sheet(small, tmp_path=tmp_path)) == ["first", "last"]


def test_a_part_that_is_named_by_itself_does_not_come_again_with_its_folder(small: Path, tmp_path: Path) -> None:
    write(small, {SHEET: '@import "../questions/b/b.css";\n@import "../questions/*/*.css";\n'})
    assert order(sheet(small, tmp_path=tmp_path)) == ["b", "a"]


def test_a_part_with_a_line_of_its_own_stands_there_and_not_with_its_folder(small: Path, tmp_path: Path) -> None:
    write(small, {SHEET: '@import "../questions/*/*.css";\n@import "../questions/a/a.css";\n'})
    assert order(sheet(small, tmp_path=tmp_path)) == ["b", "a"]


# ------------------------------------------------- the second sheet


MARKED = {
    SHEET: '@import "../styles/*.css";\n@import "../questions/*/*.css";\n'
    '@import "../styles/last.css" other-pages;\n@import "../questions/a/a.css" other-pages;\n'
}


def test_parts_that_are_marked_are_in_the_second_sheet_alone(small: Path, tmp_path: Path) -> None:
    write(small, MARKED)
    assert order(sheet(small, tmp_path=tmp_path)) == ["first", "b"]
    assert order(others(small, tmp_path=tmp_path)) == ["last", "a"]


def test_without_a_mark_there_is_no_second_sheet_and_no_page_loads_one(small: Path, tmp_path: Path) -> None:
    assert OTHER_SHEET not in published(small, tmp_path=tmp_path)
    assert sheets_of("home", small / SHEET) == (SHEET,)
    write(small, {SHEET: '/* @import "../styles/last.css" other-pages; */ @import "own.css" other-pages;'})
    assert OTHER_SHEET not in published(small, tmp_path=tmp_path)
    assert sheets_of("home", small / SHEET) == (SHEET,)


def test_lessons_quizzes_modules_and_texts_load_the_first_sheet_alone(small: Path) -> None:
    write(small, MARKED)
    kinds = get_args(Kind)
    assert {kind for kind in kinds if sheets_of(kind, small / SHEET) == (SHEET,)} == WITHOUT_OTHER
    assert {sheets_of(kind, small / SHEET) for kind in kinds} == {(SHEET,), (OTHER_SHEET, SHEET)}


def test_a_part_of_ones_own_takes_the_place_of_one_in_the_second_sheet(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine", {"pages/home.css": ".mine { margin: 0 }"})
    assert "mine" in order(others(mine, THEME, tmp_path=tmp_path))
    assert "hero" not in order(others(mine, THEME, tmp_path=tmp_path))
    assert "mine" not in order(sheet(mine, THEME, tmp_path=tmp_path))


def test_a_part_that_is_added_is_on_every_page_and_has_the_last_word(tmp_path: Path) -> None:
    """Whoever adds a part need not know what the second sheet has: pages load that one first."""
    mine = write(tmp_path / "mine", {"pages/added.css": ".hero__picture { inline-size: 1rem }"})
    assert ".hero__picture{inline-size:1rem}" in sheet(mine, THEME, tmp_path=tmp_path)
    assert sheets_of("home", THEME / SHEET) == (OTHER_SHEET, SHEET)


def test_dark_tokens_of_a_part_in_the_second_sheet_hold_for_dark_systems_too(small: Path, tmp_path: Path) -> None:
    write(small, MARKED | {"styles/last.css": ':root[data-scheme="dark"] { --own: red }'})
    assert "prefers-color-scheme:dark" in others(small, tmp_path=tmp_path)


def test_a_part_that_is_missing_stops_the_build(small: Path, tmp_path: Path) -> None:
    (small / "styles/first.css").unlink()
    with pytest.raises(BuildError, match=r"names \"\.\./styles/first\.css\", which is not there"):
        published(small, tmp_path=tmp_path)


def test_a_part_that_is_not_text_stops_the_build(small: Path, tmp_path: Path) -> None:
    (small / "styles/first.css").write_bytes(b"\xff\xfe")
    with pytest.raises(BuildError, match=r"the style \"first\.css\" is not UTF-8 text"):
        published(small, tmp_path=tmp_path)


def test_dark_tokens_are_written_once_and_hold_for_dark_systems_too(tmp_path: Path) -> None:
    sources = "".join(path.read_text("utf-8") for path in THEME.rglob("*.css"))
    assert sources.count("--paper: #15191a") == 1
    assert "prefers-color-scheme" not in re.sub(r"/\*.*?\*/", "", sources, flags=re.DOTALL)
    text = sheet(THEME, tmp_path=tmp_path)
    (chosen,) = rules(text, ':root[data-scheme="dark"]')
    (system,) = rules(text, '@media (prefers-color-scheme:dark){:root:not([data-scheme="light"])')
    assert chosen == system
    assert "--paper:#15191a" in chosen


def test_a_browser_without_dark_colours_gets_the_light_ones(tmp_path: Path) -> None:
    """Old phones know neither the media query nor `light-dark()`, so the light colours ask for nothing."""
    text = sheet(THEME, tmp_path=tmp_path)
    assert "light-dark(" not in text
    assert "--paper:#fdfbf7" in next(rules(text, ":root"))


def test_every_part_of_the_theme_is_in_a_sheet(tmp_path: Path) -> None:
    text = sheet(THEME, tmp_path=tmp_path) + others(THEME, tmp_path=tmp_path)
    apart = {SHEET, *(path.as_posix() for path in exported_styles())}
    parts = [path for path in THEME.rglob("*.css") if path.relative_to(THEME).as_posix() not in apart]
    assert {path.relative_to(THEME).parts[0] for path in parts} <= PART_FOLDERS
    assert "@import" not in text
    for path in parts:
        (selector, *_) = re.findall(r"^[^@\s/*][^{,\n]*", path.read_text("utf-8"), re.MULTILINE) or [""]
        assert re.sub(r"\s*([>:])\s*", r"\1", selector.strip()) in text, path


def exported_styles() -> list[Path]:
    """Styles of what is exported, which no page loads."""
    return [p for path in THEME.rglob("*.css") if (p := path.relative_to(THEME)).parts[0] in EXPORT_FOLDERS]


def test_styles_of_what_is_exported_are_not_published() -> None:
    assert {path.parts[0] for path in exported_styles()} == EXPORT_FOLDERS
    assert [name for name in theme_files([THEME]) if name.partition("/")[0] in EXPORT_FOLDERS] == []


def test_print_has_the_last_word(tmp_path: Path) -> None:
    text = sheet(THEME, tmp_path=tmp_path)
    assert text.rindex("@media") == text.index("@media print")


# ------------------------------------------------- one home for what stands in two languages


def tokens() -> dict[str, str]:
    """The custom properties as they are where nobody has chosen otherwise."""
    first = (THEME / "styles/tokens.css").read_text("utf-8").partition("}")[0]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", first))


def test_each_colour_that_settings_call_usual_is_the_one_of_the_style() -> None:
    usual = {name: field.default for name, field in Colours.model_fields.items() if field.default}
    assert usual == {"primary": tokens()["brand-primary"], "accent": theme_tokens().light["accent"]}


def hue(colour: str) -> float:
    """Where a colour stands on the circle of colours, in degrees."""
    return 360 * colorsys.rgb_to_hsv(*of_hex(colour))[0]


@pytest.mark.parametrize("side", ["light", "dark"])
@pytest.mark.parametrize("state", ["good", "half", "mend"])
def test_what_decorates_looks_like_no_state(side: str, state: str) -> None:
    """A line beside what can be learned is not to be taken for one beside what was wrong."""
    usual = getattr(theme_tokens(), side)
    apart = abs(hue(usual["accent"]) - hue(usual[state]))
    assert min(apart, 360 - apart) > 25


def test_the_paper_behind_an_installed_site_is_that_of_the_style() -> None:
    manifest = json.loads(
        next(
            a for a in offline_assets("T", Organisation(), [], [], worker=b"", wanted=False) if a.url == MANIFEST
        ).content
        or b""
    )
    assert manifest["background_color"] == tokens()["paper"]


def test_a_new_site_and_the_examples_show_the_usual_colours() -> None:
    for folder, name in ((SKELETONS, "site/mkdocs.yml"), (Path(model.__file__).parent, "examples.yml")):
        text = (folder / name).read_text("utf-8")
        shown = re.findall(r"""\{primary: "(#\w+)", accent: "(#\w+)"\}""", text)
        assert shown == [(Colours().primary, Colours().accent)], name


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"x", b"\xff\xfe", b"@import", b"{{"], ids=repr)
def test_whatever_an_organisation_puts_in_the_place_of_a_file_of_the_theme_is_no_fault_of_ours(
    tmp_path: Path, content: bytes
) -> None:
    for name, text in BASE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text or "", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nplugins:\n  - alongside:\n      layers: [.]\n", "utf-8")
    names = [
        path.relative_to(THEME).as_posix() for path in THEME.rglob("*") if path.is_file() and path.suffix != ".html"
    ]
    assert {"sw.js", SHEET, "styles/tokens.css"} <= set(names)
    for name in names:
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_bytes(content)
    found = {problem.place.file for problem in gather(tmp_path / "mkdocs.yml").problems if problem.severity == "error"}
    assert {f"content/{name}" for name in names} <= found
    shutil.rmtree(tmp_path / "content")
    (tmp_path / "theme").mkdir()
    gathered = gather(tmp_path / "mkdocs.yml", rules=())
    assert gathered.curriculum
    renderer = SiteRenderer(gathered.curriculum, gathered.project.settings, gathered.project.template_folders)
    for name in names:
        own = tmp_path / "theme" / name
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_bytes(content)
        with contextlib.suppress(BuildError):
            whole_site(gathered.project, renderer, [])
        own.unlink()
