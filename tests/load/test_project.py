"""Where the parts of a site are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from alongside.files.problems import ContentError, Problem
from alongside.load.project import Project, bundled_root, open_project


@pytest.fixture
def opened(tmp_path: Path):
    def make(text: str) -> tuple[Project, list[Problem]]:
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        return open_project(tmp_path / "mkdocs.yml")

    return make


def test_the_bundled_curriculum_is_that_of_the_checkout() -> None:
    assert (bundled_root() / "modules" / "curriculum.yml").is_file()


def test_without_settings_the_folder_of_the_configuration_is_the_one_layer(opened, tmp_path: Path) -> None:
    for plugins in (
        "",
        "plugins: [search]\n",
        "plugins:\n  - alongside\n",
        "plugins:\n  - alongside:\n",
        "plugins:\n  alongside:\n",
    ):
        project, problems = opened("site_name: Test\n" + plugins)
        assert problems == []
        assert [(layer.root, layer.prefix) for layer in project.layers] == [(tmp_path, "")]


def test_a_layer_can_be_the_bundled_one_or_any_folder(opened, tmp_path: Path) -> None:
    (tmp_path / "extra").mkdir()
    project, problems = opened("plugins:\n  - alongside:\n      layers: [bundled, extra, .]\n")
    assert problems == []
    assert [(layer.root, layer.prefix) for layer in project.layers] == [
        (bundled_root(), "bundled:"),
        (tmp_path / "extra", "extra:"),
        (tmp_path, ""),
    ]


@pytest.mark.parametrize("where", ["extra", "../elsewhere"])
def test_the_name_of_a_file_in_a_message_leads_back_to_the_file(opened, tmp_path: Path, where: str) -> None:
    folder = (tmp_path / where).resolve()
    folder.mkdir(exist_ok=True)
    project, _ = opened(f"plugins:\n  - alongside:\n      layers: [{where}, .]\n")
    label = project.layers[0].label(folder / "modules" / "a.yml")
    assert project.path_of(label) == folder / "modules" / "a.yml"
    assert project.path_of("modules/a.yml") == tmp_path / "modules" / "a.yml"


def test_settings_may_stand_in_a_list_or_below_their_name(opened) -> None:
    for text in (
        "plugins:\n  - search\n  - alongside:\n      release: true\n",
        "plugins:\n  alongside: {release: true}\n",
    ):
        project, problems = opened(text)
        assert problems == []
        assert project.settings.release is True


def test_a_mistake_in_one_setting_leaves_the_layers_as_they_are(opened) -> None:
    project, problems = opened(
        "plugins:\n  - alongside:\n      layers: [bundled]\n      leave_out: [trust]\n      relaese: true\n"
    )
    assert [str(problem.place) for problem in problems] == ["mkdocs.yml:5:7"]
    assert (project.settings.layers, project.settings.leave_out) == (("bundled",), ("trust",))


@pytest.mark.parametrize("name", ["", "site_name:\n", "site_name: !ENV [NAME, Riverside]\n", "site_name: {a: b}\n"])
def test_a_site_has_a_name_even_if_none_is_given(opened, name: str) -> None:
    assert opened(name + "theme: {name: material}\n")[0].site_name == "Alongside"


def test_the_theme_of_a_later_layer_comes_first(opened, tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    project, _ = opened("plugins:\n  - alongside:\n      layers: [bundled, .]\n")
    assert project.theme_folders == (tmp_path / "theme", bundled_root() / "theme")


@pytest.mark.parametrize("text", ["", "- a\n", "site_name: [\n", "a: &b c\n", "a\0b: c\n"])
def test_a_configuration_that_cannot_be_understood_stops_everything(opened, text: str) -> None:
    with pytest.raises(ContentError) as stopped:
        opened(text)
    assert [problem.place.file for problem in stopped.value.problems] == ["mkdocs.yml"]


def test_a_configuration_that_is_not_there_stops_everything(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yml", tmp_path):
        with pytest.raises(ContentError) as stopped:
            open_project(path)
        assert [problem.code for problem in stopped.value.problems] == ["L101"]
