"""One project, built with the command, with MkDocs and with ProperDocs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from alongside.engines.publish import MARKER
from alongside.render.offline import LISTS, fingerprint

WORLD = Path(__file__).parents[1] / "world"
BUILDER = Path(__file__).parents[2] / "builder"

pytestmark = pytest.mark.site

CONFIGURATION = """\
site_name: A small course
docs_dir: content
theme:
  name: material
plugins:
  - alongside:
      layers: [.]
"""

HOME = "# A small course\n\nOne module, made for the tests.\n"

#: The commands that build a site into its `site_dir`, from the folder of the project.
COMMANDS = {
    "alongside": ["-m", "alongside", "build", "--quiet"],
    "mkdocs": ["-m", "mkdocs", "build", "--quiet"],
    "properdocs": ["-m", "properdocs", "build", "--quiet"],
}

each_command = pytest.mark.parametrize("command", COMMANDS)


def a_project(folder: Path, more: str = "") -> Path:
    """The small world as a project of its own."""
    shutil.copytree(WORLD / "modules", folder / "modules")
    (folder / "content").mkdir()
    (folder / "content/index.md").write_text(HOME, encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION + more, encoding="utf-8")
    return folder


def run(command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(BUILDER),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        **variables,
    }
    environment.pop("SOURCE_DATE_EPOCH", None)
    configuration = ["-f", "mkdocs.yml"] if command == "properdocs" else []
    return subprocess.run(
        [sys.executable, *COMMANDS[command], *configuration],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def built(command: str, folder: Path, **variables: str) -> Mapping[str, bytes]:
    """The files of the site that a command builds."""
    result = run(command, folder, **variables)
    assert result.returncode == 0, result.stderr + result.stdout
    return files(folder / "site")


def files(site: Path) -> Mapping[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The site as the command builds it."""
    return built("alongside", a_project(tmp_path_factory.mktemp("reference") / "project"))


def break_module(folder: Path) -> None:
    """Takes the feedback from an option of the quiz."""
    quiz = folder / "modules/listening/quiz.yml"
    text = quiz.read_text("utf-8")
    broken, count = re.subn(r"\n +feedback: [^\n]*|, feedback: [^,}\n]*", "", text, count=1)
    assert count == 1
    quiz.write_text(broken, encoding="utf-8")


def test_the_site_has_the_pages_of_the_project(reference: Mapping[str, bytes]) -> None:
    assert {
        "index.html",
        "404.html",
        "listening/index.html",
        "listening/hearing/index.html",
        "listening/print/index.html",
    } <= reference.keys()
    assert {"assets/alongside.css", "elements/page-frame.js", "listening/media/ladder.svg"} <= reference.keys()


def test_nothing_of_the_engine_is_published(reference: Mapping[str, bytes]) -> None:
    """No script, style, font or search index of Material or MkDocs."""
    ours = re.compile(
        r"(.*/)?index\.html|404\.html|assets/[^/]+\.(css|svg)|assets/(index|offline|offline/[a-z/]+|search/[a-z0-9-]+)\.json|sw\.js|manifest\.webmanifest|elements/[a-z-]+\.js|questions/(?P<kind>\w+)/(?P=kind)\.(js|css)|listening/(media|faces)/.+|listening/index\.json|catalogue\.json|listening/course\.jsonld|\.alongside-site"
    )
    assert [name for name in reference if not ours.fullmatch(name)] == []


def test_each_file_stands_in_a_list_as_it_was_written(reference: Mapping[str, bytes]) -> None:
    """The worker compares what it loads with its fingerprint, and keeps nothing else."""
    lists = [json.loads(content) for name, content in reference.items() if re.match(r"assets/offline[./]", name)]
    for url, value in ((url, value) for part in lists for url, value in part["files"].items()):
        name = f"{url}index.html" if url.endswith("/") or not url else url
        assert value == fingerprint(reference[name]), url
    assert f'VERSION="{fingerprint(reference[LISTS])}"'.encode() in reference["sw.js"]


@pytest.mark.parametrize("command", ["mkdocs", "properdocs"])
def test_every_engine_builds_the_same_bytes(tmp_path: Path, reference: Mapping[str, bytes], command: str) -> None:
    site = built(command, a_project(tmp_path / "project"))
    assert differing(site, reference) == set()


def test_every_engine_names_the_address_of_the_site_in_the_same_way(tmp_path: Path) -> None:
    """In pages, and in the map of the site, for a page with letters that addresses have to write in another way too."""
    sites = []
    for command in COMMANDS:
        folder = a_project(tmp_path / command, "site_url: https://example.org/course\n")
        (folder / "content/größe.md").write_text("# Size\n\nA page.\n", encoding="utf-8")
        sites.append(built(command, folder))
    assert b"gr%C3%B6%C3%9Fe" in sites[0]["sitemap.xml"]
    assert [differing(site, sites[0]) for site in sites] == [set()] * len(COMMANDS)


@each_command
def test_a_mistake_stops_the_build_and_leaves_the_old_site(tmp_path: Path, command: str) -> None:
    folder = a_project(tmp_path / "project")
    before = built(command, folder)
    break_module(folder)
    result = run(command, folder)
    said = result.stdout + result.stderr
    assert result.returncode == 1, said
    assert re.search(r"modules/listening/quiz\.yml:\d+:\d+ +error +\w\d{3}", said), said
    assert "feedback" in said
    assert "Traceback" not in said
    assert files(folder / "site") == before
    assert [path.name for path in folder.iterdir() if path.name.startswith(".site")] == []


@each_command
def test_all_mistakes_are_told_at_once(tmp_path: Path, command: str) -> None:
    folder = a_project(tmp_path / "project")
    break_module(folder)
    lesson = folder / "modules/listening/hearing.yml"
    lesson.write_text(lesson.read_text("utf-8") + "  - text: See [@nobody-1999].\n", encoding="utf-8")
    said = run(command, folder)
    assert "modules/listening/quiz.yml:" in said.stdout + said.stderr
    assert "nobody-1999" in said.stdout + said.stderr
    assert not (folder / "site").exists()


def test_a_folder_of_its_own_for_the_theme_changes_what_it_names_and_nothing_else(
    tmp_path: Path, reference: Mapping[str, bytes]
) -> None:
    """The theme works without `custom_dir`; with one, an organisation replaces a single file."""
    folder = a_project(tmp_path / "project")
    (folder / "theme/pages").mkdir(parents=True)
    (folder / "theme/pages/missing.html").write_text("<h1>Lost?</h1>\n", encoding="utf-8")
    configuration = (
        (folder / "mkdocs.yml")
        .read_text("utf-8")
        .replace("  name: material\n", "  name: material\n  custom_dir: theme\n")
    )
    (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    site = built("mkdocs", folder)
    assert differing(site, reference) == {"404.html", MARKER}, "which lists what the site holds"
    assert b"<h1>Lost?</h1>" in site["404.html"]


@each_command
def test_a_project_may_stand_in_a_folder_with_spaces(
    tmp_path: Path, reference: Mapping[str, bytes], command: str
) -> None:
    site = built(command, a_project(tmp_path / "Our mentors’ course" / "a project"))
    assert differing(site, reference) == set()


@pytest.mark.parametrize("setting", ["true", "false"])
def test_addresses_are_the_same_whatever_use_directory_urls_says(
    tmp_path: Path, reference: Mapping[str, bytes], setting: str
) -> None:
    """Links between pages are made before the engine sees them, so it may not move the pages."""
    site = built("mkdocs", a_project(tmp_path / "project", f"use_directory_urls: {setting}\n"))
    assert differing(site, reference) == set()


@pytest.mark.parametrize("command", ["alongside", "mkdocs"])
def test_a_site_is_the_same_in_every_folder_time_zone_and_language(
    tmp_path: Path, reference: Mapping[str, bytes], command: str
) -> None:
    variables = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "HOME": str(tmp_path)}
    site = built(command, a_project(tmp_path / "another" / "folder"), **variables)
    assert differing(site, reference) == set()


def test_a_second_build_replaces_the_first_as_a_whole(tmp_path: Path, reference: Mapping[str, bytes]) -> None:
    folder = a_project(tmp_path / "project")
    (folder / "content/stale.md").write_text("# Old\n\nNot for long.\n")
    assert "stale/index.html" in built("alongside", folder)
    (folder / "content/stale.md").unlink()
    assert differing(built("mkdocs", folder), reference) == set()


def test_a_known_address_gives_canonical_links_and_a_site_map(tmp_path: Path) -> None:
    site = built("mkdocs", a_project(tmp_path / "project", "site_url: https://example.org/course/\n"))
    assert (
        b'<link rel="canonical" href="https://example.org/course/listening/hearing/">'
        in site["listening/hearing/index.html"]
    )
    assert b"https://example.org/course/listening/hearing/" in site["sitemap.xml"]
    assert b"404" not in site["sitemap.xml"]
    assert b"offline" not in site["sitemap.xml"]


def test_the_page_for_missing_addresses_knows_where_the_site_starts(tmp_path: Path) -> None:
    """It is served at any depth, so its links start at the top of the server."""
    site = built("mkdocs", a_project(tmp_path / "project", "site_url: https://example.org/course/\n"))
    addresses = re.findall(r'(?:href|src)="([^"#]+)"', site["404.html"].decode())
    assert addresses
    assert [address for address in addresses if not address.startswith("/course/")] == []
