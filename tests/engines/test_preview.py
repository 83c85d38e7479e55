"""A preview follows the files: changes show at once, mistakes show until they are mended."""

from __future__ import annotations

import json
import threading
from functools import partial
from pathlib import Path

import pytest

from alongside.build import _refresh
from alongside.engines.preview import Preview
from tests.browser.gallery import CONFIGURATION
from tests.conftest import BASE

MODULE = "modules/listening/module.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in BASE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    return tmp_path


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def preview(folder: Path, said: list[str]) -> Preview:
    shown = Preview(partial(_refresh, folder / "mkdocs.yml", {}), said.append)
    shown.update()
    return shown


def change(folder: Path, old: str, new: str) -> None:
    path = folder / MODULE
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def problems(preview: Preview) -> str:
    return json.loads(preview.state.as_event().decode().removeprefix("data: "))["problems"]


def test_a_page_is_whole_and_follows_the_preview_script(preview: Preview) -> None:
    html = preview.page("listening/")
    assert html is not None
    assert html.startswith("<!doctype html>")
    assert "/_alongside/preview.js" in html


def test_an_address_that_leads_nowhere_has_no_page(preview: Preview) -> None:
    assert preview.page("nowhere/") is None


def test_style_sheets_and_pictures_are_served(preview: Preview) -> None:
    assert b":root" in (preview.file("assets/alongside.css") or b"")
    assert preview.file("listening/media/ladder.svg") is not None


def test_a_change_is_there_after_an_update(preview: Preview, folder: Path) -> None:
    version = preview.state.version
    change(folder, "title: ", "title: Really ")
    preview.update()
    assert preview.state.version == version + 1
    assert "Really" in (preview.page("listening/") or "")


def test_a_mistake_shows_and_the_last_sound_version_stays(preview: Preview, folder: Path, said: list[str]) -> None:
    before = preview.page("listening/")
    change(folder, "title: ", "titel: ")
    preview.update()
    assert 'did you mean "title"?' in problems(preview)
    assert 'did you mean "title"?' in said[-1]
    assert preview.page("listening/") == before


def test_a_mended_mistake_goes_away(preview: Preview, folder: Path, said: list[str]) -> None:
    change(folder, "title: ", "titel: ")
    preview.update()
    change(folder, "titel: ", "title: ")
    preview.update()
    assert problems(preview) == ""
    assert said[-1].startswith("Up to date")


def test_an_open_page_hears_of_a_change(preview: Preview, folder: Path) -> None:
    heard = threading.Event()

    def listen() -> None:
        with preview.state.bell:
            if preview.state.bell.wait(5):
                heard.set()

    listener = threading.Thread(target=listen)
    with preview.state.bell:
        listener.start()
    change(folder, "title: ", "title: Really ")
    preview.update()
    listener.join()
    assert heard.is_set()


def test_a_hostile_title_is_shown_and_never_obeyed(preview: Preview, folder: Path) -> None:
    path = folder / MODULE
    lines = path.read_text("utf-8").splitlines()
    lines[next(i for i, line in enumerate(lines) if line.startswith("title:"))] = (
        "title: '</title><script>alert(1)</script>'"
    )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    preview.update()
    for url in ("", "listening/", "listening/asking/", "modules/"):
        html = preview.page(url) or ""
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert" not in html


def test_every_file_of_the_site_is_watched(preview: Preview, folder: Path) -> None:
    assert folder / MODULE in preview.watched()


def test_a_configuration_that_cannot_be_read_is_a_problem(folder: Path, said: list[str]) -> None:
    (folder / "mkdocs.yml").write_text("plugins: [", "utf-8")
    shown = Preview(partial(_refresh, folder / "mkdocs.yml", {}), said.append)
    shown.update()
    assert "mkdocs.yml" in problems(shown)


def test_files_beside_the_pages_of_content_are_published(preview: Preview, folder: Path) -> None:
    (folder / "content/assets").mkdir()
    (folder / "content/assets/logo.svg").write_text("<svg/>", "utf-8")
    preview.update()
    assert preview.file("assets/logo.svg") == b"<svg/>"


def test_the_organisations_colours_are_served(preview: Preview, folder: Path) -> None:
    settings = CONFIGURATION + '      organisation: {colours: {primary: "#123456"}}\n'
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    preview.update()
    assert b"#123456" in (preview.file("assets/organisation.css") or b"")
    assert "assets/organisation.css" in (preview.page("listening/") or "")
