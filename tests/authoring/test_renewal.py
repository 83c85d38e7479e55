"""Recipes of a site are renewed where nobody changed them, joined where somebody did, and never lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from alongside.authoring import renewal
from alongside.authoring.scaffold import RECIPES, ScaffoldError, SitePlan, new_site, recipe_files
from alongside.commands.main import main

pytestmark = pytest.mark.slow

PUBLISH, NGINX = ".github/workflows/publish.yml", "deploy/nginx.conf"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    new_site(SitePlan(tmp_path / "site", "Ours"))
    return tmp_path / "site"


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """The recipes of a version in which one line of two of them is another."""
    files = recipe_files()
    files[PUBLISH] = files[PUBLISH].replace(b"timeout-minutes: 15", b"timeout-minutes: 20")
    files[NGINX] = b"# New\n" + files[NGINX]
    files["deploy/new.conf"] = b"new\n"
    monkeypatch.setattr(renewal, "recipe_files", lambda settings: files)
    return files


def names(site: Path, paths: list[Path]) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in paths)


def test_a_site_that_was_just_made_has_nothing_to_renew(site: Path) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert renewal.renew(site) == renewal.Renewal()
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_what_nobody_changed_is_replaced_and_what_is_new_is_written(site: Path, next_version: dict[str, bytes]) -> None:
    outcome = renewal.renew(site)
    assert names(site, outcome.written) == [PUBLISH, "deploy/new.conf", NGINX]
    assert (site / PUBLISH).read_bytes() == next_version[PUBLISH]
    assert renewal.renew(site) == renewal.Renewal()


@pytest.mark.usefixtures("next_version")
def test_own_edits_are_kept_and_joined(site: Path) -> None:
    path = site / PUBLISH
    path.write_text(path.read_text("utf-8").replace("name: Publish\n", "name: Ours\n"), "utf-8")
    assert names(site, renewal.renew(site).joined) == [PUBLISH]
    text = path.read_text("utf-8")
    assert "name: Ours\n" in text and "timeout-minutes: 20" in text


def test_where_both_changed_the_same_line_the_own_one_stays_and_the_new_one_stands_beside(
    site: Path, next_version: dict[str, bytes]
) -> None:
    path = site / PUBLISH
    path.write_text(path.read_text("utf-8").replace("timeout-minutes: 15", "timeout-minutes: 30"), "utf-8")
    own = path.read_bytes()
    assert names(site, renewal.renew(site).beside) == [f"{PUBLISH}.new"]
    assert path.read_bytes() == own
    assert (site / f"{PUBLISH}.new").read_bytes() == next_version[PUBLISH]


def test_what_somebody_has_beside_a_recipe_is_not_overwritten(site: Path, next_version: dict[str, bytes]) -> None:
    path = site / PUBLISH
    path.write_text(path.read_text("utf-8").replace("timeout-minutes: 15", "timeout-minutes: 30"), "utf-8")
    path.with_name("publish.yml.new").write_text("ours\n", "utf-8")
    path.with_name("publish.yml.new-2").symlink_to("nowhere")
    assert names(site, renewal.renew(site).beside) == [f"{PUBLISH}.new-3"]
    assert path.with_name("publish.yml.new").read_text("utf-8") == "ours\n"
    assert path.with_name("publish.yml.new-3").read_bytes() == next_version[PUBLISH]


def test_what_stands_beside_already_is_not_written_twice(site: Path, next_version: dict[str, bytes]) -> None:
    path = site / PUBLISH
    path.write_text(path.read_text("utf-8").replace("timeout-minutes: 15", "timeout-minutes: 30"), "utf-8")
    path.with_name("publish.yml.new").write_bytes(next_version[PUBLISH])
    assert names(site, renewal.renew(site).beside) == [f"{PUBLISH}.new"]
    assert not path.with_name("publish.yml.new-2").exists()


@pytest.mark.usefixtures("next_version")
@pytest.mark.parametrize("noted", [True, False], ids=["noted", "without a note"])
@pytest.mark.parametrize("place", [NGINX, "deploy", "deploy/new.conf", ".github/workflows"])
@pytest.mark.parametrize("trick", ["a link", "a link to nothing", "something else"])
def test_what_is_no_file_or_folder_of_the_site_is_named_and_left_as_it_is(
    site: Path, tmp_path: Path, place: str, trick: str, noted: bool
) -> None:
    if not noted:
        (site / RECIPES).unlink()
    path = site / place
    if path.exists():
        path.rename(tmp_path / "moved")
    if trick == "something else":
        path.mkdir() if path.suffix else path.write_text("ours\n", "utf-8")
    else:
        path.symlink_to(tmp_path / ("moved" if trick == "a link" else "nothing"))
    before = {one: one.read_bytes() if one.is_file() else b"" for one in tmp_path.rglob("*")}
    with pytest.raises(ScaffoldError, match=f"no ordinary file or folder, and no link is followed: {place}$"):
        renewal.renew(site)
    assert {one: one.read_bytes() if one.is_file() else b"" for one in tmp_path.rglob("*")} == before


@pytest.mark.usefixtures("next_version")
def test_own_edits_are_kept_however_the_site_is_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = (site / NGINX).read_text("utf-8") + "# Ours\n"
    (site / NGINX).write_text(own, "utf-8")
    (site / "deploy/Caddyfile").write_text("# Ours\n", "utf-8")
    monkeypatch.chdir(site / "deploy")
    renewal.renew(Path(".."))
    assert (site / NGINX).read_text("utf-8").startswith("# New\n")
    assert (site / NGINX).read_text("utf-8").endswith("# Ours\n")
    assert (site / "deploy/Caddyfile").read_text("utf-8") == "# Ours\n"


@pytest.mark.usefixtures("next_version")
def test_what_a_site_deleted_does_not_come_back(site: Path) -> None:
    (site / NGINX).unlink()
    assert names(site, renewal.renew(site).deleted) == [NGINX]
    assert not (site / NGINX).exists()


@pytest.mark.usefixtures("next_version")
def test_a_site_from_before_keeps_what_differs(site: Path) -> None:
    (site / RECIPES).unlink()
    own = (site / NGINX).read_bytes()
    assert f"{NGINX}.new" in names(site, renewal.renew(site).beside)
    assert (site / NGINX).read_bytes() == own


def test_words_and_settings_of_the_site_are_nobodys_recipe(site: Path) -> None:
    for name in ("mkdocs.yml", "README.md", "content/index.md", "modules/curriculum.yml"):
        (site / name).write_text("ours\n", "utf-8")
    renewal.renew(site)
    assert (site / "README.md").read_text("utf-8") == "ours\n"
    assert (site / "modules/curriculum.yml").read_text("utf-8") == "ours\n"


def test_nothing_is_renewed_where_there_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(ScaffoldError, match="there is no mkdocs"):
        renewal.renew(tmp_path)


def test_the_command_says_what_became_of_each_file(site: Path, next_version: dict[str, bytes]) -> None:
    assert next_version
    said = CliRunner().invoke(main, ["new", "site", str(site), "--renew"])
    assert said.exit_code == 0 and f"written  {site / PUBLISH}" in said.output
    assert (
        "Every recipe is that of this version."
        in CliRunner().invoke(main, ["new", "site", str(site), "--renew"]).output
    )


def test_recipes_follow_the_settings_of_the_site(site: Path) -> None:
    path = site / "mkdocs.yml"
    opened = "      recording: true\n      xapi: {endpoint: https://lrs.example/xapi/, told: Ana.}\n"
    text = path.read_text("utf-8")
    assert "\n  - alongside:\n" in text
    path.write_text(text.replace("\n  - alongside:\n", f"\n  - alongside:\n{opened}"), "utf-8")
    assert names(site, renewal.renew(site).written) == ["deploy/Caddyfile", NGINX, "theme/_headers"]
    for name in ("deploy/Caddyfile", NGINX, "theme/_headers"):
        written = (site / name).read_text("utf-8")
        assert "microphone=(self)" in written and "connect-src 'self' https://lrs.example;" in written
    assert renewal.renew(site) == renewal.Renewal()


def test_the_package_that_the_requirements_name_is_brought_along(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or whoever builds the site on another computer has requirements that name nothing."""
    named = {
        "requirements.txt": b"./alongside_training-9-py3-none-any.whl\n",
        "alongside_training-9-py3-none-any.whl": b"PK",
    }
    files = recipe_files() | {"requirements.txt": named["requirements.txt"]}
    monkeypatch.setattr(renewal, "recipe_files", lambda settings: files)
    monkeypatch.setattr(renewal, "requirement", lambda: named)
    assert names(site, renewal.renew(site).written) == ["alongside_training-9-py3-none-any.whl", "requirements.txt"]
    assert (site / "alongside_training-9-py3-none-any.whl").read_bytes() == b"PK"
    assert renewal.renew(site) == renewal.Renewal()
    (site / "alongside_training-9-py3-none-any.whl").unlink()
    (site / "requirements.txt").write_text("alongside-training~=9.0\n", "utf-8")
    renewal.renew(site)
    assert not (site / "alongside_training-9-py3-none-any.whl").exists(), "the site has requirements of its own"
