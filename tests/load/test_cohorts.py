"""Versions of the course for cohorts: what is taken, what is refused, and what a build makes of them."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from alongside.build import _refresh, build_site, gather, prepare
from alongside.commands.main import main
from alongside.engines.preview import Preview, _Handler, _server
from alongside.engines.verify import from_folder, looked_at
from alongside.files import archive
from alongside.files.archive import packed, unpacked
from alongside.load import cohorts
from alongside.load.cohorts import FORMS, MARK, mark_of
from tests.browser.small import CONFIGURATION
from tests.cohorts import SPRING, changed, exported, with_cohort, with_sum
from tests.conftest import BASE

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
ARCHIVE = f"cohorts/{SPRING}.zip"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of a site with an archive for its cohort, which the settings do not yet name by its sum."""
    site = tmp_path_factory.mktemp("kept") / "site"
    for name, text in {**BASE, "mkdocs.yml": f"{CONFIGURATION}"}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (site / "content").mkdir()
    with_cohort(site)
    exported(site)
    return site


@pytest.fixture
def site(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "site"))


def said(site: Path) -> list[str]:
    """Errors about versions for cohorts, and about addresses that are taken."""
    problems = gather(site / "mkdocs.yml").problems
    return [str(problem.message) for problem in problems if problem.code in {"R270", "M112", "M101"}]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kept", FORMS)
def test_the_form_of_what_is_kept_is_that_of_the_scripts(kept: str) -> None:
    script = (ROOT / f"theme/elements/{kept}-model.js").read_text("utf-8")
    assert f"export const VERSION = {FORMS[kept]};" in script


def test_a_build_puts_the_version_beside_the_current_one_as_it_was_exported(site: Path) -> None:
    kept = unpacked(site / ARCHIVE)
    with_sum(site)
    changed(site)
    built, made, _ = build_site(site / "mkdocs.yml")
    published = files(built)
    assert {name: published[f"{SPRING}/{name}"] for name in kept} == kept
    assert "listening-well/quiz/index.html" in published
    assert f"{SPRING}/listening/quiz/index.html" in published
    # Each is whole by itself, and the one above has the other in none of its lists.
    for top in (built, built / SPRING):
        wrong = [looked for looked in looked_at(from_folder(top), served=False) if looked.wrong]
        assert not wrong, wrong
    lists = [name for name in published if name.startswith("assets/") and name.endswith(".json")]
    assert lists
    assert not [name for name in lists if SPRING.encode() in published[name]]
    assert f'OTHERS=["{SPRING}/"]'.encode() in published["sw.js"]
    assert f'COHORT="{SPRING}/"'.encode() in published[f"{SPRING}/sw.js"]
    assert any(page.url == "versions/" for page in made.pages)
    assert f'href="../{SPRING}/"' in published["versions/index.html"].decode()


def test_every_page_of_an_earlier_version_says_which_it_is_and_leads_to_the_current_one(site: Path) -> None:
    pages = {name: text.decode() for name, text in unpacked(site / ARCHIVE).items() if name.endswith(".html")}
    assert len(pages) > 20
    for name, html in pages.items():
        assert f'data-cohort="{SPRING}"' in html, name
        assert '<meta name="robots" content="noindex">' in html, name
        line = re.search(r"<p class=\"callout\">[^<]*“Spring 2027”\. <a href=\"([./a-z]+)\">", html)
        assert line, name
        depth = name.count("/")
        if name == "404.html":  # which hosts show at the top of a site alone
            continue
        help_page = "support/" if name == "support/index.html" else ""
        assert line[1] == ("../" * (depth + 1) if depth else "./../") + help_page, name
        assert "versions/" not in html, name
    assert not [name for name in unpacked(site / ARCHIVE) if "sitemap" in name or name == "changes.xml"]


def test_without_cohorts_there_is_no_page_of_versions_and_nothing_says_so(site: Path) -> None:
    (site / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    built, made, _ = build_site(site / "mkdocs.yml")
    assert not [page.url for page in made.pages if page.url == "versions/"]
    assert not [name for name, text in files(built).items() if name.endswith(".html") and b"versions/" in text]


def test_a_preview_needs_no_archive_and_opens_none(site: Path) -> None:
    (site / ARCHIVE).unlink()
    _, made, problems = prepare(site / "mkdocs.yml", preview=True)
    assert any(page.url == "versions/" for page in made.pages)
    assert not [problem for problem in problems if problem.severity == "error"]


@dataclass
class Shown:
    """What a preview answers, by address."""

    port: int

    def __call__(self, path: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Host": f"127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        connection.close()
        return found


@contextmanager
def previewed(site: Path) -> Iterator[tuple[Preview, Shown]]:
    preview = Preview(partial(_refresh, site / "mkdocs.yml", {}), lambda _: None, site / "mkdocs.yml")
    preview.update()
    preview.wait()
    server = _server("127.0.0.1")(("127.0.0.1", 0), partial(_Handler, preview))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield preview, Shown(server.server_port)
    finally:
        server.shutdown()
        server.server_close()


def test_a_preview_shows_a_version_as_it_was_exported(site: Path) -> None:
    with_sum(site)
    changed(site)
    archived = unpacked(site / ARCHIVE)
    with previewed(site) as (_, ask):
        assert f'href="../{SPRING}/"'.encode() in ask("/versions/")[2]
        for name in ("index.html", "listening/quiz/index.html", "assets/alongside.css", "sw.js", "404.html"):
            status, head, content = ask(f"/{SPRING}/{name.removesuffix('index.html')}")
            assert (status, content) == (200, archived[name]), name
            assert "worker-src 'none'" in head["content-security-policy"]
        assert ask(f"/{SPRING}/")[1]["content-type"] == "text/html; charset=utf-8"
        status, _, content = ask(f"/{SPRING}/no/such/")
        assert (status, content) == (404, archived["404.html"])
        assert ask(f"/{SPRING}")[:1] == (302,) and ask(f"/{SPRING}")[1]["location"] == f"/{SPRING}/"
        assert b"worker-src 'none'" not in ask("/")[1]["content-security-policy"].encode()
        for outside in (f"/{SPRING}/../mkdocs.yml", f"/{SPRING}/%2e%2e/mkdocs.yml", f"/{SPRING}//etc/passwd"):
            assert ask(outside)[0] == 404


def test_a_preview_says_why_a_version_is_not_shown_and_shows_it_once_that_is_mended(site: Path) -> None:
    with previewed(site) as (preview, ask):
        status, _, content = ask(f"/{SPRING}/")
        assert status == 404 and b"nobody has said that" in content and b"R270" in content
        with_sum(site)
        preview.update()
        preview.wait()
        assert ask(f"/{SPRING}/")[0] == 200
        (site / ARCHIVE).write_bytes((site / ARCHIVE).read_bytes() + b"x")
        assert b"not the one that its sum names" in ask(f"/{SPRING}/")[2]
        (site / ARCHIVE).unlink()
        assert b"there is no cohorts/" in ask(f"/{SPRING}/")[2]


def _repacked(change: Callable[[dict[str, bytes]], Any]) -> Callable[[Path], None]:
    def damage(site: Path) -> None:
        archived = unpacked(site / ARCHIVE)
        change(archived)
        (site / ARCHIVE).write_bytes(packed(archived))
        with_sum(site)

    return damage


def _another_after_the_sum(site: Path) -> None:
    with_sum(site)
    (site / ARCHIVE).write_bytes(packed({**unpacked(site / ARCHIVE), "elements/own.js": b"evil()"}))


def _bytes(content: bytes) -> Callable[[Path], None]:
    def damage(site: Path) -> None:
        (site / ARCHIVE).write_bytes(content)
        with_sum(site)

    return damage


def _link(site: Path) -> None:
    with_sum(site)
    (site / ARCHIVE).rename(site / "elsewhere.zip")
    (site / ARCHIVE).symlink_to(site / "elsewhere.zip")


def _climbing(site: Path) -> None:
    with zipfile.ZipFile(site / ARCHIVE, "a") as content:
        content.writestr("../outside.html", "evil")  # a name that `packed` refuses
    with_sum(site)


MARKED = mark_of("2026-autumn")
NEWER = [json.dumps({"cohort": SPRING, **FORMS, kept: FORMS[kept] + 1}).encode() for kept in FORMS]


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda site: (site / ARCHIVE).unlink(), "there is no cohorts/"),
        (lambda site: None, "nobody has said that"),
        (_another_after_the_sum, "is not the one that its sum names"),
        (_link, "there is no cohorts/"),
        (_bytes(b"no archive"), "is not unpacked"),
        (_climbing, "climbs with .."),
        (_repacked(lambda files: files.pop(MARK)), "is no site that was made for"),
        (_repacked(lambda files: files.update({MARK: b"[" * 60_000})), "is no site that was made for"),
        (_repacked(lambda files: files.update({MARK: MARKED})), 'but for "2026-autumn"'),
        *((_repacked(lambda files, mark=mark: files.update({MARK: mark})), "in another form") for mark in NEWER),
    ],
)
def test_an_archive_that_is_not_the_one_is_refused_with_its_place(
    site: Path, damage: Callable[[Path], None], words: str
) -> None:
    damage(site)
    found = [problem for problem in gather(site / "mkdocs.yml").problems if problem.code == "R270"]
    assert len(found) == 1
    assert words in found[0].message
    assert found[0].place.file == "mkdocs.yml"
    assert found[0].fix


@pytest.mark.parametrize("name", ["assets", "progress", "versions", "listening", "own"])
def test_a_cohort_cannot_have_a_name_that_something_else_has(site: Path, name: str) -> None:
    (site / "content/own").mkdir()
    (site / "content/own/page.md").write_text("# Ours\n\nA page in a folder.\n", "utf-8")
    with_sum(site)
    settings = (site / "mkdocs.yml").read_text("utf-8")
    (site / "mkdocs.yml").write_text(settings.replace(SPRING, name), "utf-8")
    (site / ARCHIVE).rename(site / f"cohorts/{name}.zip")
    found = gather(site / "mkdocs.yml").problems
    assert {problem.code for problem in found if problem.severity == "error"} & {"M112", "R270"}


def test_content_cannot_take_the_address_of_the_list_of_versions(site: Path) -> None:
    (site / "content/versions.md").write_text("# Ours\n\nA page.\n", "utf-8")
    found = [problem for problem in gather(site / "mkdocs.yml").problems if problem.code == "M112"]
    assert [problem.place.file for problem in found] == ["content/versions.md"]


@pytest.mark.parametrize("name", ["../up", "Spring", "a/b", "..", "2027 spring", ".hidden", "con."])
def test_a_hostile_name_is_no_name(site: Path, name: str) -> None:
    settings = (site / "mkdocs.yml").read_text("utf-8")
    (site / "mkdocs.yml").write_text(settings.replace(SPRING, f'"{name}"'), "utf-8")
    problems = gather(site / "mkdocs.yml").problems
    assert any(problem.severity == "error" and problem.place.line == 8 for problem in problems)


def export(site: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["export", "cohort", *arguments, "--config", str(site / "mkdocs.yml")])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_an_archive_is_not_written_over_unless_that_is_asked_for(site: Path) -> None:
    before = (site / ARCHIVE).read_bytes()
    changed(site)
    status, output = export(site, SPRING)
    assert status
    assert "is there already" in output
    assert (site / ARCHIVE).read_bytes() == before
    assert "sum: " in exported(site, "--replace")
    assert (site / ARCHIVE).read_bytes() != before
    assert sorted(path.name for path in site.iterdir()) == ["cohorts", "content", "mkdocs.yml", "modules"]


def test_an_archive_is_the_same_bytes_whether_others_stand_beside_it(site: Path) -> None:
    before = (site / ARCHIVE).read_bytes()
    with_sum(site)
    exported(site, "--replace")
    assert (site / ARCHIVE).read_bytes() == before


def test_a_cohort_that_the_settings_do_not_name_is_named_with_what_to_write(site: Path) -> None:
    status, output = export(site, "2027-sprong")
    assert status
    assert SPRING in output
    assert "cohorts:" in output


def test_a_course_for_a_disk_has_no_other_versions(site: Path) -> None:
    with_sum(site)
    out = site.parent / "stick.zip"
    result = CliRunner().invoke(main, ["export", "offline", "--out", str(out), "--config", str(site / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    assert not [name for name in unpacked(out) if name.startswith((SPRING, "versions"))]


def test_an_archive_that_no_build_would_take_is_not_written(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (site / ARCHIVE).unlink()
    monkeypatch.setattr(archive, "MOST_BYTES", 100_000)
    status, output = export(site, SPRING)
    assert status
    assert "unpacks to more than" in output
    assert not (site / ARCHIVE).exists()


def test_an_archive_that_is_too_large_is_said_to_be(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_sum(site)
    monkeypatch.setattr(cohorts, "MOST_BYTES", 100)
    assert "is larger than" in said(site)[0]


def test_a_site_with_many_versions_can_be_exported(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_sum(site)
    monkeypatch.setattr(archive, "MOST_FILES", len(unpacked(site / ARCHIVE)) + 10)
    out = site.parent / "site.zip"
    result = CliRunner().invoke(main, ["export", "site", "--out", str(out), "--config", str(site / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    assert f"{SPRING}/index.html" in zipfile.ZipFile(out).namelist()
