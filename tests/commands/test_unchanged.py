"""A run that would come to what the one before came to says the same and makes nothing; any other makes everything."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from alongside.commands import build, build_anew, check, check_anew, main
from alongside.files import fingerprints, unchanged
from alongside.files.cache import ENDING, VARIABLE, write_entry
from alongside.load.project import bundled_root, open_project
from alongside.render import environment
from tests.render.test_edits import EDITS, put, two_modules

pytestmark = pytest.mark.slow

#: What takes long to load, and no run needs that makes nothing.
HEAVY = frozenset(
    "pydantic yaml jinja2 nh3 babel mkdocs alongside.build alongside.model.element alongside.rules alongside.render.page".split()
)
Ran = Callable[..., Result]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that has been checked and built so often that the next run has nothing to make."""
    folder = tmp_path_factory.mktemp("unchanged")
    site = folder / "site"
    two_modules(site)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(folder / "cache"))
        patch.chdir(site)
        for command in (["check"], ["build", "--quiet"]) * 2:
            assert CliRunner().invoke(main.main, command).exit_code == 0
    return folder


@pytest.fixture
def site(sources: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """That site, put back as it was afterwards: what is kept of it belongs to its place."""
    kept = sources.with_name(f"{sources.name}-kept")
    shutil.copytree(sources, kept, symlinks=True)
    monkeypatch.setenv(VARIABLE, str(sources / "cache"))
    monkeypatch.chdir(sources / "site")
    yield sources / "site"
    monkeypatch.undo()
    shutil.rmtree(sources)
    kept.rename(sources)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that made something anew."""
    found: list[str] = []

    def noting(module: object, name: str) -> None:
        before = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, **named: [found.append(name), before(*given, **named)][1])

    noting(check_anew, "check_anew")
    noting(build_anew, "build_anew")
    return found


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main.main, arguments)


@pytest.mark.usefixtures("site")
def test_the_same_is_said_and_nothing_made(made: list[str]) -> None:
    for command in (["check"], ["build", "--quiet"]):
        again, anew = run(*command), run(*command, "--no-cache")
        assert (again.exit_code, again.output) == (anew.exit_code, anew.output)
    assert made == ["check_anew", "build_anew"], "with --no-cache"


@pytest.mark.parametrize("command", [["check"], ["build", "--quiet"], ["--version"]])
def test_what_makes_everything_is_not_loaded(site: Path, command: list[str]) -> None:
    run = [sys.executable, "-X", "importtime", "-m", "alongside", *command]
    result = subprocess.run(run, cwd=site, capture_output=True, text=True, check=False)
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert result.returncode == 0
    assert "click" in loaded
    assert loaded & HEAVY == set()


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def film(site: Path) -> None:
    """Longer than what is looked at: the run before saw it too, and only its last byte is another."""
    path = site / "modules/listening/media/long.mp4"
    path.write_bytes(bytes(fingerprints.MOST + 1))
    for command in (["check"], ["build", "--quiet"]) * 2:
        run(*command)
    path.write_bytes(bytes(fingerprints.MOST) + b"1")


def film_as_old_as_it_was(site: Path) -> None:
    """The same film by its times too, as programs leave them that only change what a film says of itself."""
    film(site)
    path = site / "modules/listening/media/long.mp4"
    for command in (["check"], ["build", "--quiet"]) * 2:
        run(*command)
    before = path.stat()
    path.write_bytes(bytes(fingerprints.MOST) + b"2")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {name: change for name, (change, _) in EDITS.items()} | {
    "a page more": lambda site: write(site / "content/more.md", "# More\n\nText.\n"),
    "a page less": lambda site: (site / "content/privacy.md").unlink(),
    "an empty folder": lambda site: (site / "modules/writing").mkdir(),
    "a hidden file": lambda site: write(site / "modules/listening/.draft.yml", "x"),
    "what an editor left": lambda site: write(site / "modules/listening/hearing.yml~", "x"),
    "a link": lambda site: (site / "modules/listening/other.yml").symlink_to("hearing.yml"),
    "a template": lambda site: write(site / "theme/partials/own.html", "x"),
    "what was taken over": lambda site: write(site / ".alongside/taken.json", "{}"),
    "a setting": lambda site: put(site, "mkdocs.yml", "site_name: Small", "site_name: Large"),
    "a film whose end changed": film,
    "a film whose end changed and not its time": film_as_old_as_it_was,
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_everything_is_made(site: Path, made: list[str], change: str) -> None:
    CHANGES[change](site)
    made.clear()
    for command in (["check"], ["build", "--quiet"]):
        again, anew = run(*command), run(*command, "--no-cache")
        assert (again.exit_code, again.output) == (anew.exit_code, anew.output)
    assert made == ["check_anew"] * 2 + ["build_anew"] * 2


OTHERS: dict[str, Callable[[pytest.MonkeyPatch], object]] = {
    "another builder": lambda patch: patch.setattr(unchanged, "own_files", list),
    "another version": lambda patch: patch.setattr(unchanged, "versions", list),
    "another day": lambda patch: [
        patch.setattr(command, "date", SimpleNamespace(today=lambda: date(2020, 1, 1))) for command in (check, build)
    ],
    "another folder": lambda patch: patch.chdir("modules"),
}


@pytest.mark.parametrize("other", OTHERS)
def test_by_another_builder_on_another_day_and_from_elsewhere_everything_is_made(
    site: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    OTHERS[other](monkeypatch)
    for command in ("check", "build"):
        run(command, "--config", os.path.relpath(site / "mkdocs.yml"))
    assert made == ["check_anew", "build_anew"]


@pytest.mark.parametrize(
    "arguments",
    ["check --strict", "check --notes", "check --format json", "check --release", "check modules/listening", "build --strict", "build --compressed", "build --site-dir other"],
)  # fmt: skip
@pytest.mark.usefixtures("site")
def test_what_is_asked_for_otherwise_is_made(made: list[str], arguments: str) -> None:
    run(*arguments.split())
    assert made == [f"{arguments.split(maxsplit=1)[0]}_anew"]


@pytest.mark.usefixtures("site")
def test_a_build_of_another_moment_is_made(made: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    run("build", "--quiet")
    assert made == ["build_anew"]


def test_a_site_is_built_where_it_is_asked_for_whatever_the_folder_is_called(site: Path) -> None:
    assert run("build", "--quiet", "--site-dir", "None").exit_code == 0
    assert (site / "None/index.html").exists()


def test_another_site_behind_the_same_link_is_read(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.parent)
    shutil.copytree(site, "other")
    put(site.parent / "other", "modules/listening/hearing.yml", "title: ", "titel: ")
    Path("current").symlink_to("site")
    codes = [run("check", "--config", "current/mkdocs.yml").exit_code for _ in range(2)]
    Path("current").unlink()
    Path("current").symlink_to("other")
    assert [*codes, run("check", "--config", "current/mkdocs.yml").exit_code] == [0, 0, 1]


@pytest.mark.parametrize("name", [".icons/ours.svg", "partials/.ours.svg", "ours.tmp"])
def test_what_a_template_names_counts_though_nothing_lists_it(site: Path, name: str) -> None:
    frame = (bundled_root() / "theme/base.html").read_text("utf-8")
    write(site / "theme/base.html", frame.replace("<body", f'{{% include "{name}" %}}<body'))
    for text in ("<!--one-->", "<!--one-->", "<!--two-->"):
        write(site / "theme" / name, text)
        assert run("build", "--quiet").exit_code == 0
        assert text in (site / "site/index.html").read_text("utf-8")
    write(site / "other/ours.svg", "<!--three-->")
    path = site / "theme" / name
    path.unlink()
    path.symlink_to(site / "other/ours.svg")
    codes = [run("build", "--quiet").exit_code for _ in range(2)]
    write(site / "other/ours.svg", "<!--four-->")
    assert [*codes, run("build", "--quiet").exit_code] == [0] * 3
    assert "<!--four-->" in (site / "site/index.html").read_text("utf-8")


HARMS: dict[str, Callable[[Path], object]] = {
    "a page that is gone": lambda site: (site / "site/privacy/index.html").unlink(),
    "a page that others may not read": lambda site: (site / "site/privacy/index.html").chmod(0o600),
    "a folder that others may not open": lambda site: (site / "site/privacy").chmod(0o700),
    "an empty folder": lambda site: (site / "site/privacy/more").mkdir(),
    "no site": lambda site: shutil.rmtree(site / "site"),
    "what a killed build left": lambda site: (site / ".site.new-12345678").mkdir(),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_site_that_is_not_as_it_was_built_is_built(site: Path, made: list[str], harm: str) -> None:
    before = {path: path.stat().st_mode for path in site.rglob("*")}
    HARMS[harm](site)
    assert run("build", "--quiet").exit_code == 0
    assert made == ["build_anew"]
    assert {path: path.stat().st_mode for path in site.rglob("*")} == before


def test_a_file_that_somebody_put_into_the_site_is_named_as_ever(site: Path) -> None:
    (site / "site/mine.txt").write_text("mine")
    result = run("build", "--quiet")
    assert (result.exit_code, "mine.txt" in result.stderr) == (3, True)


def entries(site: Path) -> list[Path]:
    return [site.parent / "cache" / f"_site.{command}{ENDING}" for command in ("check", "build")]


@pytest.mark.parametrize("damage", [lambda content: content[:-3], lambda _: b"", lambda content: content.replace(b"0", b"1"), lambda _: b'{"key": 1}\n{}', lambda _: b"[1]\n[]"])  # fmt: skip
def test_what_is_damaged_is_made(site: Path, made: list[str], damage: Callable[[bytes], bytes]) -> None:
    for path in entries(site):
        path.write_bytes(damage(path.read_bytes()))
    assert [run(*command).exit_code for command in (["check"], ["build", "--quiet"])] == [0, 0]
    assert made == ["check_anew", "build_anew"]


@pytest.mark.parametrize(
    "body", [b"{}", b"[]", b"[" * 100_000, b'{"said": [1], "code": 0, "sources": [], "written": ["", ""]}']
)
def test_what_another_version_kept_in_another_form_is_made_anew(site: Path, made: list[str], body: bytes) -> None:
    for path in entries(site):
        write_entry(path, "key", body)
    assert [run(*command).exit_code for command in (["check"], ["build", "--quiet"])] == [0, 0]
    assert made == ["check_anew", "build_anew"]


def test_what_came_of_files_that_somebody_changed_and_put_back_is_not_kept(
    site: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(site, "modules/listening/hearing.yml", "Say it back", "Hand it back")
    gather = check_anew.gather

    def saved_and_undone(*given: object, **named: object) -> object:
        put(site, "modules/listening/hearing.yml", "title: ", "titel: ")
        try:
            return gather(*given, **named)  # type: ignore[arg-type]
        finally:
            put(site, "modules/listening/hearing.yml", "titel: ", "title: ")

    with monkeypatch.context() as patch:
        patch.setattr(check_anew, "gather", saved_and_undone)
        assert run("check").exit_code == 1
    assert run("check").exit_code == 0
    assert made == ["check_anew"] * 2


def test_what_came_of_files_that_somebody_saved_meanwhile_is_not_kept(
    site: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(site, "modules/listening/hearing.yml", "Say it back", "Hand it back")
    gather = check_anew.gather

    def saved_before_it_is_read(*given: object, **named: object) -> object:
        put(site, "modules/listening/hearing.yml", "title: ", "titel: ")
        return gather(*given, **named)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(check_anew, "gather", saved_before_it_is_read)
        assert run("check").exit_code == 1
    put(site, "modules/listening/hearing.yml", "titel: ", "title: ")
    assert run("check").exit_code == 0
    assert made == ["check_anew"] * 2


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("arguments", "kept"), [([], True), (["--no-cache"], False)])
def test_where_everything_is_made_anew_no_code_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, arguments: list[str], *, kept: bool
) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(environment, "_COMPILED", environment._Compiled("pages"))
    assert run("build", "--quiet", *arguments).exit_code == 0
    assert any(tmp_path.glob("alongside/code/*")) is kept


#: What is opened and listed while it is a list.
watched: list[str] | None = None


def watch(event: str, given: tuple[object, ...]) -> None:
    if watched is not None and event in {"open", "os.listdir", "os.scandir"} and str(given[0]).startswith("/"):
        # What has no whole path is the configuration, or the old site being taken away.
        watched.append(os.path.realpath(str(given[0])))


@pytest.fixture(scope="module")
def watching() -> None:
    """From here on, since nobody can be told to stop listening."""
    sys.addaudithook(watch)


@pytest.mark.usefixtures("watching")
@pytest.mark.parametrize("command", [["check", "--no-cache"], ["build", "--quiet", "--no-cache"]])
def test_nothing_of_a_site_is_read_but_what_is_named(site: Path, command: list[str]) -> None:
    global watched  # noqa: PLW0603  # the one way to tell the hook
    watched = []
    try:
        run(*command)
        opened = set(watched)
    finally:
        watched = None
    project, _ = open_project(site / "mkdocs.yml")
    read = [*project.read, site / "mkdocs.yml"]
    written = [path for path in opened if path.startswith((f"{site}/site", f"{site}/.site")) or path == str(site)]
    others = {path for path in opened if path.startswith(f"{site}/")} - {*written}
    assert len(others) > 10
    assert [path for path in others if not any(Path(path).is_relative_to(one) for one in read)] == []


def test_whether_a_link_leads_to_something_counts(site: Path) -> None:
    (site / "base").mkdir()
    (site / "elsewhere").mkdir()
    (site / "base/theme").symlink_to(site / "elsewhere")
    put(site, "mkdocs.yml", "layers: [.]", "layers: [base, .]")
    before = [run("check").output for _ in range(2)][-1]
    (site / "elsewhere").rmdir()
    assert before != run("check").output == run("check", "--no-cache").output


def test_where_a_layer_has_nothing_to_read_everything_is_made(site: Path, made: list[str]) -> None:
    (site / "empty").mkdir()
    put(site, "mkdocs.yml", "layers: [.]", "layers: [empty, .]")
    for _ in range(3):
        run("check")
    assert made == ["check_anew"] * 3
