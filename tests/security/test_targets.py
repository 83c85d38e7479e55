"""A new site takes the place of an older one of ours and of nothing else, whatever leads there and whoever planted a mark."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.commands.main import main
from alongside.engines.publish import MARKER, MARKER_TEXT, is_ours, publication
from alongside.files.problems import BuildError
from alongside.load.project import open_project
from tests.conftest import BASE

CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [extra, .]\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home/me/course"
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION, "content/index.md": "# Home\n\nWelcome.\n"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    for name in ("theme/pages", "extra/modules", "extra/content", "public"):
        (folder / name).mkdir(parents=True)
    (folder / "to-modules").symlink_to("modules")
    (folder / "to-content").symlink_to(folder / "content")
    (folder / "to-here").symlink_to(".")
    monkeypatch.setenv("HOME", str(tmp_path / "home/me"))
    monkeypatch.chdir(folder)
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


TARGETS = [
    "modules", "content", "theme", "modules/", "./modules", "modules/.", "public/../modules", "modules/listening", "modules/new",
    "content/site", "theme/pages", "theme/new", "MODULES", "Content", "to-modules", "to-modules/new", "to-content/site", "to-here",
    "to-here/modules", "to-here/theme/new", ".", "..", "../..", "../../..", "/", "~", "extra", "extra/modules", "extra/content/new",
    "extra/theme", "public/../to-here/extra",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("planted", [False, True], ids=["", "planted"])
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_that_the_site_is_made_of_is_replaced(site: Path, target: str, planted: bool) -> None:
    place = site / Path(target).expanduser()
    if planted:
        place = Path(f"{site}/{target}") if target not in {"~", "/"} else place
        if place.is_dir() and target != "/":
            plant(place.resolve())
    before = everything(site.parents[1])
    sources = open_project(site / "mkdocs.yml")[0].sources
    with pytest.raises(BuildError), publication(place, sources) as folder:
        (folder / "index.html").write_text("new")
    assert everything(site.parents[1]) == before


def plant(folder: Path) -> None:
    """A mark as a stranger can make it: of all that the stranger knows."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    (folder / MARKER).write_text(MARKER_TEXT + "".join(lines), "utf-8")


def strangers(folder: Path) -> Iterator[str]:
    """Ways to change a site of ours so that it holds something that is not."""
    (folder / "thesis.txt").write_text("years of work")
    yield "a file more"
    (folder / "thesis.txt").unlink()
    (folder / "index.html").write_text("better")
    yield "a file that was edited"
    (folder / "index.html").write_text("old")
    (folder / "deep").mkdir()
    (folder / "deep/.hidden").write_text("years of work")
    yield "a hidden file in a folder"
    (folder / "deep/.hidden").unlink()
    (folder / "deep/link").symlink_to("..")
    yield "a link"
    (folder / "deep/link").unlink()
    (folder / MARKER).write_text(MARKER_TEXT)
    yield "a mark without a list"
    (folder / MARKER).unlink()
    yield "no mark"
    (folder / MARKER).symlink_to(folder.parent / "mark")
    yield "a mark somewhere else"


def test_a_folder_with_anything_in_it_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "site"
    with publication(place) as folder:
        (folder / "index.html").write_text("old")
    (tmp_path / "mark").write_bytes((place / MARKER).read_bytes())
    for what in strangers(place):
        before = everything(place)
        assert not is_ours(place), what
        with pytest.raises(BuildError, match="did not write, such as"), publication(place):
            pass
        assert everything(place) == before, what


def test_a_name_with_signs_of_a_pattern_sweeps_nothing_of_others(tmp_path: Path) -> None:
    (tmp_path / ".other.new-1").mkdir()
    (tmp_path / ".other.old-1").mkdir()
    with publication(tmp_path / "*"):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {"*", ".other.new-1", ".other.old-1"}


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.slow
def test_the_command_refuses_what_the_settings_and_its_option_name(site: Path) -> None:
    plant(site / "modules")
    before = everything(site)
    for arguments in (("--site-dir", "modules"), ("--site-dir", "to-here/content"), ("--site-dir", ".")):
        code, said = run("build", "--quiet", *arguments)
        assert code == 3 and "is not to be replaced" in said, said
    (site / "mkdocs.yml").write_text(CONFIGURATION + "site_dir: modules\n", "utf-8")
    assert run("build", "--quiet")[0] == 3
    (site / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    assert everything(site) == before


@pytest.mark.slow
@pytest.mark.parametrize("command", [("site",), ("pack", "listening")], ids=" ".join)
def test_an_archive_is_put_in_the_place_of_an_older_one_and_of_nothing_else(
    site: Path, command: tuple[str, ...]
) -> None:
    (site / "notes.txt").write_text("years of work")
    (site / "link.zip").symlink_to("notes.txt")
    (site / ".new.zip.site").mkdir()
    (site / ".new.zip.site" / MARKER).write_text(MARKER_TEXT)
    (site / ".new.zip.site/thesis.txt").write_text("years of work")
    before = everything(site)
    for out in ("mkdocs.yml", "modules/listening/module.yml", "modules/new.zip", "content/x.zip", "to-modules/new.zip",
                "theme/x.zip", "notes.txt", "link.zip", "extra/modules/x.zip"):  # fmt: skip
        code, said = run("export", *command, "--out", out)
        assert code, said
        assert everything(site) == before, out
    code, said = run("export", "site", "--out", "new.zip")
    assert code == 3 and everything(site) == before, said
    for _ in range(2):
        assert run("export", *command, "--out", "ours.zip")[0] == 0
        assert zipfile.is_zipfile(site / "ours.zip")
