"""Commands in folders of every kind: where there is no site, where files are in the way, and under every umask."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from alongside.authoring.scaffold import SitePlan, new_site
from alongside.commands.main import main
from alongside.exporters import FORMATS
from alongside.files import edits, installation
from tests.conftest import BASE
from tests.printing import PDF_FORMS

pytestmark = pytest.mark.slow
SITE = {**BASE, "mkdocs.yml": "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n"}
OUTSIDE = [
    "build", "check", "coverage", "diff main", *(f"export {form}" for form in FORMATS), "export site", "export pack listening", "export cohort spring", "ids", "ids --write",
    "import pack {bank}", "new lesson listening/first", "new module first", "schema", "serve", "diff", "drift", "take listening", "where listening",
    "records .", "statements sign . --key {bank} --for course", "statements verify {bank}",
]  # fmt: skip
ELSEWHERE = {"explain Q103", "import gift {bank}", "new site there", "statements new-key key.pem"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which somebody stands."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A question bank that stands elsewhere."""
    (tmp_path / "bank.txt").write_text("Who? {=me ~you}\n", "utf-8")
    return tmp_path / "bank.txt"


def run(command: str) -> Result:
    result = CliRunner().invoke(main, command.split())
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# ------------------------------------------------------------- where no site is


def test_every_command_is_tried_where_there_is_no_site() -> None:
    tried = {" ".join(command.split()[:2]) for command in [*OUTSIDE, *ELSEWHERE]}
    # Parts of Alongside itself, and what looks at a site as it was published: tests/engines/test_verify.py.
    own = {"new question-kind", "new rule", "verify"}
    for name, _ in commands():
        assert name in own or any(f"{one} ".startswith(f"{name} ") for one in tried), name


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


@pytest.mark.parametrize("command", OUTSIDE)
def test_where_there_is_no_site_a_command_says_how_to_start_one_and_writes_nothing(
    here: Path, bank: Path, command: str
) -> None:
    result = run(command.format(bank=bank))
    assert result.exit_code in {1, 2}
    assert "there is no mkdocs.yml in this folder, so there is no site to work on" in result.output
    assert result.output.count("alongside new site DIR") == 1
    assert written(here) == []


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("command", sorted(ELSEWHERE))
def test_what_needs_no_site_works_without_one(bank: Path, command: str) -> None:
    assert run(command.format(bank=bank)).exit_code == 0


def test_schemas_can_be_written_anywhere_by_name(here: Path) -> None:
    assert run("schema --out editor").exit_code == 0
    assert (here / "editor/lesson.schema.json").is_file()


@pytest.mark.parametrize("command", ["check", "schema", "new module first"])
def test_below_the_site_a_command_says_where_it_is(here: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    (here / "mkdocs.yml").write_text("site_name: Test\n", "utf-8")
    (here / "modules/listening").mkdir(parents=True)
    monkeypatch.chdir(here / "modules/listening")
    assert "run the command in ../.., where the site is" in run(command).output


@pytest.mark.parametrize("name", ["mkdocs.yaml", "mkdocs.YML", "mkdocs.yml.txt", "MkDocs.yml"])
def test_a_configuration_with_another_ending_is_to_be_renamed(here: Path, name: str) -> None:
    (here / name).write_text("site_name: Test\n", "utf-8")
    assert f"rename {name} to mkdocs.yml" in run("check").output


def test_a_configuration_that_cannot_be_read_is_another_matter(here: Path) -> None:
    (here / "mkdocs.yml").mkdir()
    output = run("check").output
    assert "cannot be read" in output and "new site" not in output


# ------------------------------------------------------------------- a new site


@pytest.mark.parametrize(
    "begun", [".git/config", "LICENSE", ".gitattributes", ".venv/pyvenv.cfg", ".DS_Store", ".github/CODEOWNERS"]
)
def test_a_folder_that_was_made_for_a_site_becomes_one(here: Path, begun: str) -> None:
    (here / begun).parent.mkdir(exist_ok=True)
    (here / begun).write_text("x", "utf-8")
    known = here.stat().st_ino
    result = run("new site .")
    assert result.exit_code == 0, result.output
    assert (here / "mkdocs.yml").is_file() and (here / begun).read_text("utf-8") == "x"
    assert here.stat().st_ino == known and Path.cwd() == here
    assert not [name for name in written(here) if ".new-" in name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("README.md", "has files that a site brings, and nothing is ever overwritten: README.md"),
        (".github/workflows/check.yml", "nothing is ever overwritten: .github/workflows/check.yml"),
        ("holiday.jpg", "is in use for something else, and nothing is ever overwritten: it holds holiday.jpg"),
    ],
)
def test_what_is_in_the_way_of_a_new_site_is_named(here: Path, name: str, said: str) -> None:
    (here / name).parent.mkdir(parents=True, exist_ok=True)
    (here / name).write_text("mine", "utf-8")
    before = written(here)
    result = run("new site .")
    assert result.exit_code == 2
    assert said in result.output
    assert written(here) == before


def test_a_link_on_the_way_is_not_followed(here: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (here / ".github").symlink_to(tmp_path / "elsewhere")
    assert run("new site .").exit_code == 2
    assert written(tmp_path / "elsewhere") == []


def test_where_the_disk_refuses_a_folder_with_a_repository_is_as_it_was(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / ".git").mkdir()
    write = edits._on_disk

    def refuse(path: Path, content: bytes) -> None:
        if "mkdocs.yml" in path.name:
            raise OSError(28, "No space left on device", str(path))
        write(path, content)

    monkeypatch.setattr(edits, "_on_disk", refuse)
    result = run("new site .")
    assert result.exit_code == 2
    assert f"nothing was written into {here}: No space left on device" in result.output
    assert written(here) == [".git"]


ORIGINS = {
    "index": ({}, "alongside-training~=0.1.0\n"),
    "editable": (
        {"url": "file:///home/sam/alongside", "dir_info": {"editable": True}},
        "alongside-training @ file:///home/sam/alongside\n",
    ),
    "repository": (
        {"url": "https://code.example/a.git", "vcs_info": {"vcs": "git", "commit_id": "0" * 40}},
        f"alongside-training @ git+https://code.example/a.git@{'0' * 40}\n",
    ),
    "address": (
        {"url": "https://code.example/a.whl", "archive_info": {}},
        "alongside-training @ https://code.example/a.whl\n",
    ),
}


@pytest.mark.parametrize(("origin", "line"), ORIGINS.values(), ids=ORIGINS)
def test_a_new_site_installs_what_made_it(
    here: Path, monkeypatch: pytest.MonkeyPatch, origin: dict[str, object], line: str
) -> None:
    monkeypatch.setattr(installation, "_origin", lambda: origin)
    new_site(SitePlan(here / "site", "Ours"))
    text = (here / "site/requirements.txt").read_text("utf-8")
    assert text.endswith(line)
    assert ("holds there and nowhere else" in text) == ("file:" in line)
    assert all(row.startswith("#") for row in text.splitlines()[:-1])


@pytest.mark.parametrize("beside", [False, True])
def test_a_wheel_comes_along_since_no_index_may_have_it(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beside: bool
) -> None:
    wheel = (here if beside else tmp_path) / "alongside_training-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    monkeypatch.setattr(installation, "_origin", lambda: {"url": wheel.as_uri(), "archive_info": {}})
    assert run("new site .").exit_code == 0
    assert (here / "requirements.txt").read_text("utf-8") == f"./{wheel.name}\n"
    assert (here / wheel.name).read_bytes() == b"wheel"


# ------------------------------------------------------------------------ help


def test_no_sentence_of_the_help_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    groups = ["", *(name for name, command in main.commands.items() if isinstance(command, click.Group))]
    for name in [*groups, *(name for name, _ in commands())]:
        help_ = run(f"{name} --help").output
        assert "..." not in re.sub(r"\]\.\.\.|ARGS\]\.\.\.", "", help_), help_
        assert max(map(len, help_.splitlines())) <= 80


def test_each_command_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for group in (main, *(command for command in main.commands.values() if isinstance(command, click.Group))):
        width = 76 - max(map(len, group.commands)) - 2
        assert [
            (name, one.short_help)
            for name, one in group.commands.items()
            if not one.short_help or len(one.short_help) > width
        ] == []


# ----------------------------------------------------------------------- umask

WRITING = [
    "build --quiet", *(f"export {form}" for form in sorted(FORMATS.keys() - PDF_FORMS)), "export site", "export pack listening", "ids --write", "import gift {bank} --out quiz.yml",
    "import pack {pack}", "new lesson listening/first", "new module first", "new site there", "schema",
]  # fmt: skip


@pytest.fixture
def umask() -> Iterator[Callable[[int], None]]:
    """Sets the umask for a test."""
    old = os.umask(0o022)
    os.umask(old)
    yield lambda mask: os.umask(mask) and None
    os.umask(old)


@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077], ids=lambda mask: f"{mask:03o}")
@pytest.mark.parametrize("command", WRITING)
def test_what_is_written_obeys_the_umask(
    here: Path, bank: Path, umask: Callable[[int], None], command: str, mask: int
) -> None:
    for name, text in SITE.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text or "", "utf-8")
    lesson = here / "modules/listening/hearing.yml"
    if command.startswith("ids"):  # has something to do
        lesson.write_text(lesson.read_text("utf-8").replace("      id: hearing-guess\n", ""), "utf-8")
    before = {path: path.lstat().st_mode for path in here.rglob("*")}
    if "{pack}" in command:
        assert run("export pack listening").exit_code == 0
        shutil.move(here / "listening.zip", bank.with_suffix(".zip"))
    umask(mask)
    result = run(command.format(bank=bank, pack=bank.with_suffix(".zip")))
    assert result.exit_code == 0, result.output
    for path in here.rglob("*"):
        mode = path.lstat().st_mode
        wanted = before.get(path) or (mode & ~0o777) | ((0o777 if stat.S_ISDIR(mode) else 0o666) & ~mask)
        assert (path.name, oct(mode)) == (path.name, oct(wanted))


@pytest.mark.parametrize(
    "command",
    ["new module first", "new lesson listening/first", "schema", "import gift {bank} --out modules/quiz.yml/x.yml"],
)
def test_a_file_where_a_folder_belongs_is_one_sentence(here: Path, bank: Path, command: str) -> None:
    for name, text in SITE.items():
        (here / name).parent.mkdir(parents=True, exist_ok=True)
        (here / name).write_text(text or "", "utf-8")
    (here / ".alongside").write_text("x", "utf-8")
    (here / "modules/first").write_text("x", "utf-8")
    (here / "modules/quiz.yml").write_text("x", "utf-8")
    (here / "modules/listening/first.yml").mkdir()
    before = written(here)
    result = run(command.format(bank=bank))
    assert result.exit_code == 2, result.output
    assert len([line for line in result.output.splitlines() if line.startswith("not written:")]) == 1
    assert written(here) == before
