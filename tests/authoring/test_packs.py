"""Modules that go from one site to another in one file."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.build import gather
from alongside.commands import main
from alongside.load.project import bundled_root
from alongside.model.curriculum import REGISTRIES
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


RIVERSIDE = bundled_root() / "examples/riverside"


def of_another(folder: Path, layers: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in a folder of its own, with the settings of Riverside and other layers, and nothing else."""
    folder.mkdir()
    settings = (RIVERSIDE / "mkdocs.yml").read_text("utf-8").replace("layers: [bundled, .]", f"layers: [{layers}]")
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    (folder / "modules").mkdir()
    monkeypatch.chdir(folder)
    return folder


def bare(folder: Path) -> Path:
    """A site with nothing of its own."""
    (folder / "modules").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION.format("bundled, "), "utf-8")
    return folder


def told(configuration: Path) -> tuple[object, ...]:
    """What a curriculum comes to: its outline, modules, pages and what they share, and what is wrong with it."""
    gathered = gather(configuration, rules=())
    curriculum = gathered.curriculum
    assert curriculum is not None
    registries = [sorted(getattr(curriculum, name)) for name in REGISTRIES]
    pages = {name: page.text for name, page in curriculum.pages.items()}
    modules = {name: [file.model_dump() for file in module.files] for name, module in curriculum.modules.items()}
    problems = sorted((problem.code, problem.message) for problem in gathered.problems)
    return (
        curriculum.outline.model_dump(),
        list(modules),
        modules,
        registries,
        pages,
        sorted(curriculum.files),
        problems,
    )


def test_a_whole_layer_gives_another_site_the_same_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "riverside"
    shutil.copytree(RIVERSIDE, site)
    monkeypatch.chdir(site)
    file = tmp_path / "riverside.zip"
    result = CliRunner().invoke(main.main, ["export", "pack", "--layer", "--out", str(file)])
    assert result.exit_code == 0, result.output
    assert "changes boundaries, which come from other layers: bundled" in result.output
    assert "leave_out: [career, conflict-resolution]" in result.output
    again = CliRunner().invoke(main.main, ["export", "pack", "--layer", "--out", str(tmp_path / "again.zip")])
    assert again.exit_code == 0 and (tmp_path / "again.zip").read_bytes() == file.read_bytes()
    other = of_another(tmp_path / "other", "bundled, packs/riverside, .", monkeypatch)
    result = CliRunner().invoke(main.main, ["import", "pack", str(file)])
    assert result.exit_code == 0, result.output
    assert "It changes modules of other layers: boundaries." in result.output
    assert "It says which modules are shown" in result.output
    assert "It has pages: conduct.md, index.md." in result.output
    assert told(other / "mkdocs.yml") == told(site / "mkdocs.yml")


def test_what_a_layer_takes_over_and_changes_of_everything_goes_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    monkeypatch.chdir(bare(site))
    for name, text in {
        "modules/overlay.yml": "replace: {curriculum.summary: Ours.}\n",
        "modules/active-listening/overlay.yml": "replace: {module.summary: Listen so that others hear themselves.}\n",
        "modules/glossary.yml": "shift-lead: {term: shift lead, definition: Who runs the evening.}\n",
        "modules/people/ours.yml": "ana: {name: Ana}\n",
        "modules/CHANGELOG.md": "## 1.0.0\n\n- First.\n",
        "content/ours/rules.md": "# Rules\n\nBe kind.\n",
        "theme/base.html": "<p>ours</p>",
        "content/run.js": "1",
        "content/.hidden.md": "# Hidden",
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    taken = CliRunner().invoke(main.main, ["take", "boundaries/private-with-limits"])
    assert taken.exit_code == 0, taken.output
    file = tmp_path / "layer.zip"
    result = CliRunner().invoke(main.main, ["export", "pack", "--layer", "--out", str(file)])
    assert result.exit_code == 0, result.output
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        for name in names - {"layer.json"}:
            assert archive.read(name) == (site / name.replace("taken", ".alongside/taken")).read_bytes()
    assert names == {
        "layer.json", "taken.json", "content/ours/rules.md", "modules/CHANGELOG.md",
        "modules/active-listening/overlay.yml", "modules/boundaries/private-with-limits.yml", "modules/glossary.yml",
        "modules/overlay.yml", "modules/people/ours.yml",
    }  # fmt: skip


@pytest.mark.parametrize("arguments", [[], ["listening", "--layer"]])
def test_either_modules_or_a_layer_are_packed(run, arguments: list[str]) -> None:
    result = run("export", "pack", *arguments)
    assert result.exit_code == 2
    assert "names of modules, or --layer" in result.output


def test_a_site_without_anything_of_its_own_has_nothing_to_hand_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bare(tmp_path / "site"))
    result = CliRunner().invoke(main.main, ["export", "pack", "--layer"])
    assert result.exit_code == 1 and "nothing in modules/ or content/" in result.output
    assert not (tmp_path / "site/layer.zip").exists()


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"theme/base.html": "x"}, '"theme/base.html" is no part of a layer'),
        ({"mkdocs.yml": "x"}, '"mkdocs.yml" is no part of a layer'),
        ({"content/run.js": "x"}, "is no part of a layer"),
        ({"content/page.html": "x"}, "is no part of a layer"),
        ({".alongside/taken.json": "{}"}, "the name"),
        ({"published.json": "{}"}, "is no part of a layer"),
        ({"modules/listening/run.py": "x"}, "is no part of a layer"),
        ({"modules/README.md": "x"}, "is no part of a layer"),
        ({"content/../mkdocs.md": "x"}, "mkdocs.md"),
        ({"content/a\n.md": "x"}, "the name"),
        ({"layer.json": '{"layer": 2}'}, "does not know"),
        ({"layer.json": ""}, "does not know"),
        ({}, "it holds nothing"),
    ],
)
def test_a_layer_brings_modules_and_pages_and_nothing_else(
    run, tmp_path: Path, files: dict[str, str], said: str
) -> None:
    file = tmp_path / "layer.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in {"layer.json": '{"layer": 1}\n', **files}.items():
            archive.writestr(name, text)
    result = run("import", "pack", str(file), "--out", str(tmp_path / "out"))
    assert result.exit_code == 1, result.output
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
