"""Modules that go from one site to another in one file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.commands import main
from tests.conftest import BASE

pytestmark = pytest.mark.slow

CONFIGURATION = (
    "site_name: Test\ndocs_dir: content\ntheme: {{name: material}}\nplugins:\n  - alongside:\n      layers: [{}.]\n"
)


@pytest.fixture
def run(a_site, monkeypatch: pytest.MonkeyPatch):
    """A command in the folder of the small site."""
    folder = a_site({"mkdocs.yml": CONFIGURATION.format(""), "content/index.md": "# Test\n\nWords.\n"})
    monkeypatch.chdir(folder)

    def command(*arguments: str) -> Result:
        return CliRunner().invoke(main.main, arguments)

    return command


@pytest.fixture
def pack(run, tmp_path: Path) -> Path:
    """The one module of the small site in a file."""
    file = tmp_path / "listening.zip"
    result = run("export", "pack", "listening", "--out", str(file))
    assert result.exit_code == 0, result.output
    return file


def test_a_pack_holds_the_module_and_what_it_names_as_it_was_written(pack: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        names = archive.namelist()
        assert [name for name in names if name.startswith("modules/listening/")] == sorted(
            name for name in BASE if name.startswith("modules/listening/")
        )
        assert archive.read("modules/listening/quiz.yml").decode() == BASE["modules/listening/quiz.yml"]
        sources = archive.read("modules/sources.yml").decode()
    assert "modules/curriculum.yml" not in names
    assert sources in BASE["modules/sources.yml"], "entries are copied, not written anew"


def test_another_site_takes_it_as_a_layer_and_finds_nothing_missing(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "other"
    (site / "modules").mkdir(parents=True)
    (site / "modules/curriculum.yml").write_text("title: Other\nsummary: Another site.\norder: [listening]\n", "utf-8")
    (site / "mkdocs.yml").write_text(CONFIGURATION.format("packs/listening, "), "utf-8")
    monkeypatch.chdir(site)
    result = CliRunner().invoke(main.main, ["import", "pack", str(pack)])
    assert result.exit_code == 0, result.output
    assert "layers: [packs/listening, .]" in result.output
    checked = CliRunner().invoke(main.main, ["check", "--strict"])
    assert (checked.exit_code, checked.output) == (0, "no problems.\n")
    again = CliRunner().invoke(main.main, ["import", "pack", str(pack)])
    assert again.exit_code == 2
    assert "nothing is ever overwritten" in again.output


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ("[.]", "[packs/listening, .]"),
        ("[bundled, .]", "[bundled, packs/listening, .]"),
        ("[bundled, packs/first, ., last]", "[bundled, packs/first, packs/listening, ., last]"),
        ("[bundled, packs/listening, .]", "[bundled, packs/listening, .]"),
        ("[bundled]", "[bundled, packs/listening]"),
        ("{", "[bundled, packs/listening, .]"),
    ],
)
def test_the_layers_that_are_there_stay_in_the_line_to_copy(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layers: str, said: str
) -> None:
    site = tmp_path / "other"
    site.mkdir()
    (site / "mkdocs.yml").write_text(f"plugins:\n  - alongside:\n      layers: {layers}\n", "utf-8")
    monkeypatch.chdir(site)
    result = CliRunner().invoke(main.main, ["import", "pack", str(pack)])
    assert result.exit_code == 0, result.output
    assert f"    layers: {said}\n" in result.output


def test_only_what_the_module_names_goes_along(run, a_site, tmp_path: Path) -> None:
    more = 'unused-one:\n  authors: Nobody, N.\n  year: "2001"\n  title: Not named\n  checked: "no"\n'
    a_site({"mkdocs.yml": CONFIGURATION.format(""), "modules/sources.yml": BASE["modules/sources.yml"] + more})
    file = tmp_path / "x.zip"
    result = run("export", "pack", "listening", "--out", str(file))
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(file) as archive:
        assert b"unused-one" not in archive.read("modules/sources.yml")


def test_a_module_that_is_not_there_is_said_with_the_nearest(run) -> None:
    result = run("export", "pack", "listning")
    assert result.exit_code == 2
    assert 'there is no module "listning", did you mean "listening"?' in result.output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("theme/base.html", "no part of a module"),
        ("content/index.md", "no part of a module"),
        ("mkdocs.yml", "no part of a module"),
        ("modules/curriculum.yml", "no part of a module"),
        ("modules/listening/run.py", "no part of a module"),
        ("modules/more/quiz.yml", '"more" has no module.yml'),
    ],
)
def test_a_pack_brings_modules_and_nothing_else(run, pack: Path, tmp_path: Path, name: str, said: str) -> None:
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr(name, "x")
    result = run("import", "pack", str(pack), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1
    assert said in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.site
def test_a_site_is_exported_as_the_same_bytes_each_time(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [tmp_path / "a.zip", tmp_path / "deeper/b.zip"]
    for file, zone in zip(files, ("Pacific/Auckland", "America/New_York"), strict=True):
        monkeypatch.setenv("TZ", zone)
        result = run("export", "site", "--out", str(file))
        assert result.exit_code == 0, result.output
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    assert {"index.html", "404.html", "listening/quiz/index.html", "sw.js"} <= set(names)
    assert ".alongside-site" not in names
