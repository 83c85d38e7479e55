"""What has not changed is taken from the site that is there, and what comes out is the same as if it had not been."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alongside.build import build_site
from alongside.engines import publish
from alongside.engines.publish import workshop
from alongside.files.cache import VARIABLE
from alongside.files.problems import BuildError
from tests.render.test_edits import EDITS, HEARING, put, two_modules

pytestmark = pytest.mark.slow


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    two_modules(tmp_path / "sources")
    return tmp_path / "sources"


def build(sources: Path, *, cached: bool = True) -> Path:
    return build_site(sources / "mkdocs.yml", cached=cached)[0]


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def numbers(site: Path) -> dict[str, int]:
    """The number that the disk has for each file: it stays where a file was not written again."""
    return {path.relative_to(site).as_posix(): path.stat().st_ino for path in site.rglob("*") if path.is_file()}


def test_only_files_that_changed_are_written(sources: Path) -> None:
    site = build(sources)
    before, content = numbers(site), files(site)
    EDITS["a sentence"][0](sources)
    build(sources)
    after = numbers(site)
    changed = {name for name, now in files(site).items() if content.get(name) != now}
    copied = {name for name in after if name.endswith((".svg", ".png"))}
    assert {name for name in after if before.get(name) != after[name]} - copied == changed - copied
    assert {"listening/hearing/index.html", "sw.js"} < changed
    assert "speaking/index.html" not in changed


@pytest.mark.parametrize("cached", [True, False])
def test_what_was_written_over_a_site_is_what_is_written_where_there_is_none(sources: Path, *, cached: bool) -> None:
    build(sources)
    put(sources, HEARING, "She says the first", "She says the last")
    over = files(build(sources, cached=cached))
    clean, _, _ = build_site(sources / "mkdocs.yml", sources.parent / "clean")
    assert over == files(clean)


def test_a_page_is_put_together_again_when_what_stands_around_it_has_changed(sources: Path) -> None:
    build(sources)
    put(sources, "mkdocs.yml", "site_name: ", "site_name: Another ")
    site = build(sources)
    assert all(b"Another " in content for name, content in files(site).items() if name.endswith("index.html"))


def test_a_site_that_somebody_has_changed_is_still_left_alone(sources: Path) -> None:
    site = build(sources)
    page = site / "listening/hearing/index.html"
    page.write_text("mine", "utf-8")
    with pytest.raises(BuildError, match=r"listening/hearing/index\.html"):
        build(sources)
    assert page.read_text("utf-8") == "mine"


def modes(site: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in site.rglob("*") if path.is_file()}


def test_one_build_under_a_strict_umask_shuts_readers_out_of_that_one_alone(sources: Path) -> None:
    before = os.umask(0o077)
    try:
        assert modes(build(sources)) == {0o600}
        os.umask(0o022)
        assert modes(build(sources)) == {0o644}
        os.umask(0o027)
        assert modes(build(sources)) == {0o640}
    finally:
        os.umask(before)


@pytest.mark.parametrize("said", ["now", "-1", "1e9", "1.5", "99999999999999999999", "4294967296", "１２", "9" * 5000])
def test_a_moment_that_is_none_is_one_line(sources: Path, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    put(sources, "mkdocs.yml", "site_name: ", "site_url: https://learn.example.org/\nsite_name: ")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    with pytest.raises(BuildError, match=r"SOURCE_DATE_EPOCH is .* whole seconds since 1970"):
        build(sources)


@pytest.mark.parametrize(("said", "day"), [("0", "1970-01-01"), ("4294967295", "2106-02-07"), ("", "2026-01-01")])
def test_a_moment_is_the_day_of_the_list_of_pages(
    sources: Path, monkeypatch: pytest.MonkeyPatch, said: str, day: str
) -> None:
    put(sources, "mkdocs.yml", "site_name: ", "site_url: https://learn.example.org/\nsite_name: ")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", said)
    assert f"<lastmod>{day}</lastmod>" in (build(sources) / "sitemap.xml").read_text("utf-8")


def test_without_hard_links_everything_is_written(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = build(sources)
    content, before = files(site), numbers(site)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(publish.os, "link", refuse)
    build(sources)
    assert files(site) == content
    assert set(before.values()).isdisjoint(numbers(site).values())


def test_nothing_is_written_into_a_file_of_the_site_that_is_there(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with workshop(site) as place:
        place.put("a.html", b"old")
    with pytest.raises(BuildError), workshop(site) as place:
        place.put("a.html", b"old")
        place.put("a.html", b"new")
    assert (site / "a.html").read_bytes() == b"old"


def test_a_file_that_goes_while_a_site_is_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"film\.mp4.* cannot be read"), workshop(tmp_path / "site") as place:
        place.copy("film.mp4", tmp_path / "film.mp4")
    assert not (tmp_path / "site").exists()
