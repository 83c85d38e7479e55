"""No reader of files follows a link, waits at a pipe or reads a device, wherever it stands in what somebody proposes."""

from __future__ import annotations

import ast
import os
import shutil
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.build import _refresh, gather
from alongside.commands.main import main
from alongside.engines.preview import Preview
from alongside.files import door
from alongside.files.problems import ContentError
from alongside.reports.problems import as_text
from tests.conftest import BASE

BUILDER = Path(__file__).parents[2] / "builder" / "alongside"
#: Sound as a page and as YAML, so that whoever reads it has no reason to complain.
CANARY = "# CANARY\n\nCANARY: CANARY\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>CANARY</title></svg>\n'
FILES = {
    **BASE,
    "mkdocs.yml": "site_name: Test\nplugins:\n  - alongside:\n      layers: [extra, .]\n",
    "extra/modules/glossary.yml": BASE["modules/glossary.yml"],
    "content/index.md": "# Home\n\nWelcome.\n",
    "content/about.md": "# About\n\nWelcome.\n",
    "content/pictures/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "modules/listening/media/other.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "theme/pages/missing.html": "<h1>Lost?</h1>\n",
    "theme/assets/own.css": "p { color: red }\n",
}
#: Every file that is read, and every folder on the way to one.
DOORS = sorted({*FILES, *(str(folder) for name in FILES for folder in Path(name).parents)} - {"."})
#: Where a link leads; `OUT` is a folder beside the site. Without a place to lead to it is a pipe.
TRICKS = {
    "a link to a file elsewhere": "OUT/secret",
    "a link to a drawing elsewhere": "OUT/secret.svg",
    "a link to a folder": "OUT",
    "a link to the environment": "/proc/self/environ",
    "a link to a device": "/dev/zero",
    "a link to the folder above": "..",
    "a link to nothing": "nowhere",
    "a link to itself": "ITSELF",
    "a pipe": "",
}
#: The same, for what was sound before.
MOVED = {"a link to what stood there": "OUT/moved", "a link inside the site": "beside"}


def play(place: Path, leads: str) -> None:
    """Puts a trick at a place where nothing stands."""
    outside = place.parents[[folder.name for folder in place.parents].index("site")].parent / "outside"
    if leads == "beside":
        shutil.move(outside / "moved", place.with_name("beside"))
    if leads:
        place.symlink_to(leads.replace("OUT", str(outside)).replace("ITSELF", place.name))
    else:
        os.mkfifo(place)


@pytest.fixture(autouse=True)
def _nothing_waits_for_ever() -> Iterator[None]:
    signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(60)
    yield
    signal.alarm(0)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CANARY", "CANARY")
    for name, text in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text, "utf-8")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret").write_text(CANARY, "utf-8")
    (tmp_path / "outside/secret.svg").write_text(SVG, "utf-8")
    (tmp_path / "outside/secret.yml").write_text(CANARY, "utf-8")
    (tmp_path / "outside/secret.md").write_text(CANARY, "utf-8")
    return tmp_path / "site"


def put(site: Path, name: str, leads: str) -> None:
    """Puts a trick in the place of what stands there."""
    shutil.move(site / name, site.parent / "outside/moved")
    play(site / name, leads)


def said(site: Path) -> str:
    try:
        gathered = gather(site / "mkdocs.yml", rules=())
    except ContentError as error:
        return as_text(error.problems)
    errors = [problem for problem in gathered.problems if problem.severity == "error"]
    assert "CANARY" not in repr(gathered.curriculum)
    return as_text(errors)


def test_the_site_is_sound_without_a_trick(site: Path) -> None:
    assert said(site) == ""


@pytest.mark.slow
@pytest.mark.parametrize("leads", (TRICKS | MOVED).values(), ids=TRICKS | MOVED)
@pytest.mark.parametrize("name", DOORS)
def test_no_trick_gets_through_a_door(site: Path, name: str, leads: str) -> None:
    put(site, name, leads)
    text = said(site)
    assert name in text or name.partition("/")[0] == "extra", text
    assert "error L114" in text or (name in {"mkdocs.yml", "extra"} and "error L101" in text), text
    assert "CANARY" not in text


NEW = ["content/new.md", "content/new.png", "content/a/new.svg", "modules/listening/new.yml", "modules/listening/media/new.svg",
       "modules/listening/media/a/new.mp3", "modules/new", "theme/new.css", "theme/elements/page-frame.js", "content/new"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("leads", TRICKS.values(), ids=TRICKS)
@pytest.mark.parametrize("name", NEW)
def test_no_trick_gets_through_where_nothing_stood(site: Path, name: str, leads: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    play(site / name, leads)
    text = said(site)
    assert f"{name}:1:1  error L114" in text, text


#: Names that nobody can read, or that mean something else than they show.
UNREADABLE = [os.fsdecode(b"a\xff.svg"), "a\nb.svg", "\u202ea.svg", "\u200b.svg", "a\x1b[2J.svg", "a\u2028b.svg"]


@pytest.mark.slow
@pytest.mark.parametrize("name", UNREADABLE, ids=ascii)
@pytest.mark.parametrize("folder", ["content", "content/a", "modules/listening/media", "theme"])
def test_a_name_that_cannot_be_read_is_said_once(site: Path, folder: str, name: str) -> None:
    (site / folder).mkdir(parents=True, exist_ok=True)
    (site / folder / name).write_text(SVG, "utf-8")
    found = [problem for problem in gather(site / "mkdocs.yml").problems if problem.severity == "error"]
    assert [problem.code for problem in found] == ["L114"], as_text(found)
    assert "CANARY" not in as_text(found)


#: Where each command reads something, and it is not the curriculum.
COMMANDS = (
    ("check",),
    ("build", "--quiet"),
    ("diff", "HEAD"),
    ("coverage",),
    ("ids",),
    ("ids", "--write"),
    ("export", "site"),
    ("export", "pack", "listening"),
    ("export", "gift"),
    ("new", "module", "another"),
    ("new", "lesson", "listening/another"),
)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_follows_a_link_or_falls_over_one(
    site: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(site, "modules/listening/hearing.yml", TRICKS["a link to a file elsewhere"])
    for name in (
        "content/new.md",
        "content/new.png",
        "modules/listening/media/new.svg",
        "modules/listening/new.yml",
        "theme/new.css",
    ):
        (site / name).symlink_to(site.parent / "outside/secret")
    if command[:2] == ("new", "module"):
        (site / "modules/curriculum.yml").unlink()
        (site / "modules/curriculum.yml").symlink_to(site.parent / "outside/secret")
    monkeypatch.chdir(site)
    result = CliRunner().invoke(main, list(command))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code or command[0] == "ids" or command[:2] == ("new", "lesson"), result.output
    assert "CANARY" not in result.output
    assert not (site / "site").exists() and not list(site.glob("*.zip"))
    assert (site.parent / "outside/secret").read_text("utf-8") == CANARY


def test_ids_are_not_written_into_what_a_link_leads_to(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("modules", "modules/listening", "modules/listening/hearing.yml"):
        put(site, place, "OUT/moved")
        outside = site.parent / "outside"
        before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
        monkeypatch.chdir(site)
        CliRunner().invoke(main, ["ids", "--write"])
        assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before
        (site / place).unlink()
        shutil.move(outside / "moved", site / place)


#: What writes into a site by itself, and a folder or file on the way to what it writes.
WRITING = (
    (".alongside", "diff --note"),
    (".alongside/published.json", "diff --note"),
    (".alongside", "schema"),
    (".alongside/schemas", "schema"),
    (".alongside", "take glossary#ours"),
    (".alongside/taken.json", "take glossary#ours"),
    ("modules", "take glossary#ours"),
    ("modules", "new module another"),
    ("modules", "new lesson listening/another"),
    ("modules/listening", "new lesson listening/another"),
    (".alongside", "new site . --renew"),
    ("deploy", "new site . --renew"),
    ("deploy/nginx.conf", "new site . --renew"),
    (".github", "new site . --renew"),
    (".gitignore", "new site . --renew"),
    ("theme", "new site . --renew"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("place", "command"), WRITING)
@pytest.mark.parametrize("there", [True, False], ids=["something there", "nothing there"])
def test_no_command_writes_through_a_link(
    site: Path, monkeypatch: pytest.MonkeyPatch, place: str, command: str, there: bool
) -> None:
    """Whoever proposes a change could have files of others written, or put where a web server or a shell finds them."""
    glossary = site / "extra/modules/glossary.yml"
    glossary.write_text(f"{glossary.read_text('utf-8')}ours: {{term: ours, definition: Ours.}}\n", "utf-8")
    moved = site.parent / "outside/moved"
    if (site / place).exists():
        shutil.move(site / place, moved)
    elif there:
        moved.write_text(CANARY, "utf-8") if Path(place).suffix else moved.mkdir()
    (site / place).parent.mkdir(parents=True, exist_ok=True)
    (site / place).symlink_to(moved)
    before = {path: path.read_bytes() if path.is_file() else b"" for path in moved.parent.rglob("*")}
    monkeypatch.chdir(site)
    result = CliRunner().invoke(main, command.split())
    assert result.exit_code and isinstance(result.exception, SystemExit), result.exception or result.output
    assert {path: path.read_bytes() if path.is_file() else b"" for path in moved.parent.rglob("*")} == before
    assert (site / place).is_symlink(), "nor is the link replaced"


@pytest.mark.slow
def test_a_preview_serves_nothing_that_a_link_was_put_in_the_place_of(site: Path) -> None:
    preview = Preview(partial(_refresh, site / "mkdocs.yml", {}), lambda _: None, site / "mkdocs.yml")
    preview.update()
    for name, url in (
        ("content/pictures/logo.svg", "pictures/logo.svg"),
        ("modules/listening/media/ladder.svg", "listening/media/ladder.svg"),
        ("theme/assets/own.css", "assets/own.css"),
    ):
        assert preview.file(url)
        (site / name).unlink()
        (site / name).symlink_to(site.parent / "outside/secret")
        assert preview.file(url) is None


def test_what_is_hidden_is_neither_read_nor_published_nor_in_the_way(site: Path) -> None:
    for name in (
        "content/.htaccess",
        "content/.well/x.md",
        "modules/.git/module.yml",
        "modules/listening/media/.x.svg",
    ):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(CANARY, "utf-8")
    (site / "modules/listening/.#hearing.yml").symlink_to("somebody@somewhere.1234:5678")
    assert said(site) == ""


def test_what_is_not_below_the_folder_that_is_trusted_counts_as_behind_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("top/a/b", "other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "top/link").symlink_to("a")
    top = tmp_path / "top"
    assert not any(door.linked(path, top) for path in (top, top / "a", top / "a/b", top / "nowhere/c"))
    outside = [tmp_path / "other", tmp_path, top / "../other", Path("other"), Path("top/a"), Path("/"), Path()]
    assert all(door.linked(path, top) for path in [*outside, top / "link", top / "link/b"])
    assert not door.linked(Path("top/a/b"), Path("top"))
    assert not door.linked(Path("top/a"), Path())
    monkeypatch.chdir(top / "a")
    assert not door.linked(Path("../a/b"), Path("..")), "how the trusted folder itself is named makes no difference"
    assert all(door.linked(Path(f"../{name}"), Path("..")) for name in ("link/b", "../other", "a/../../other"))


def test_a_folder_with_far_too_much_in_it_is_refused(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_FILES", 3)
    assert "holds more than 3 files" in said(site)
    monkeypatch.setattr(door, "MOST_FILES", 3000)
    deep = site / "content" / "/".join("x" * 20)
    deep.mkdir(parents=True)
    (deep / "x.md").write_text(CANARY, "utf-8")
    assert "folders deep" in said(site)


def test_a_site_may_have_any_number_of_modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is on each folder of `modules/`, not on all of them together."""
    monkeypatch.setattr(door, "MOST_FILES", 3)
    for name in ("a/1", "a/2", "a/b/3", "c/1", "c/2", "c/3", "1", "2"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", "utf-8")
    assert (len(door.below(tmp_path).files), door.below(tmp_path).refused) == (8, ())
    (tmp_path / "a/b/4").write_text("x", "utf-8")
    assert door.below(tmp_path).refused == ((tmp_path / "a", "holds more than 3 files"),)


@pytest.mark.parametrize("name", ["{}.md", "{}.md~", "{}\u202e.md"], ids=["files", "left behind", "with hidden names"])
def test_what_stands_in_a_folder_alone_has_the_same_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(door, "MOST_FILES", 3)
    for number in range(5):
        (tmp_path / name.format(number)).write_text("x", "utf-8")
    found = door.below(tmp_path)
    named = [path for path, _ in found.refused if path != tmp_path]
    assert (tmp_path, "holds more than 3 files") in found.refused
    assert len(found.files) + len(found.dropped) + len(named) <= 3


#: Files of the builder that open files, and whose: their own, or what a person names on the command line.
OWN = {
    "authoring/extensions.py", "files/installation.py", "authoring/scaffold.py", "load/project.py", "commands/export.py", "commands/import_.py", "compare/history.py", "engines/preview.py", "engines/publish.py", "exporters/scorm/__init__.py",
    "files/archive.py", "files/cache.py", "files/door.py", "files/edits.py", "files/fingerprints.py", "files/unchanged.py", "load/dependencies.py", "load/palette.py", "model/schema.py", "render/offline.py", "render/page.py", "render/reference.py",
    "reports/signing.py", "rules/document.py", "texts/lists.py",
}  # fmt: skip
READING = {
    "open",
    "read_text",
    "read_bytes",
    "rglob",
    "glob",
    "iterdir",
    "walk",
    "scandir",
    "listdir",
    "copyfile",
    "copytree",
}


@pytest.mark.slow
def test_every_file_that_opens_files_by_itself_is_known() -> None:
    """What opens what others wrote goes through the door, which the tests above try."""
    found = {
        path.relative_to(BUILDER).as_posix()
        for path in BUILDER.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in READING
        and ast.unparse(node.value) != "door"
        # Blocks of a text are walked as well.
        and (node.attr != "walk" or ast.unparse(node.value) == "os")
    }
    assert found - OWN == set()
