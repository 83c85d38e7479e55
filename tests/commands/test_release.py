"""Everything that publishes passes one gate, comes to one verdict, and counts the same."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.authoring.scaffold import filled
from alongside.build import gather
from alongside.commands.main import main

CONFIGURATION = "site_name: Test\ndocs_dir: content\nplugins:\n  - alongside:\n      layers: [.]\n      release: {}\n"
UNFINISHED = {"content/about.md": "# About\n\nWe are (write here: who you are), (write here: since when).\n"}
#: One more warning, by a rule that never stops a build.
WORDY = {"content/us.md": "# Us\n\nThe form was then utilised by us in order to facilitate the commencement of it!!\n"}


@pytest.fixture
def run(a_site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    def command(*arguments: str, release: bool, files: dict[str, str] | None = None) -> Result:
        configuration = CONFIGURATION.format("true" if release else "false")
        monkeypatch.chdir(a_site({"mkdocs.yml": configuration} | (UNFINISHED if files is None else files)))
        where = ["--site-dir", str(tmp_path / "site")] if arguments[0] == "build" else []
        where = ["--out", str(tmp_path / "site.zip")] if arguments[0] == "export" else where
        return CliRunner().invoke(main, [*arguments, *where])

    return command


@pytest.mark.site
@pytest.mark.parametrize("command", [("check",), ("build", "--quiet"), ("export", "site")], ids=" ".join)
def test_what_is_unfinished_stops_a_release_and_nothing_else(run, command: tuple[str, ...]) -> None:
    assert run(*command, release=False).exit_code == 0
    stopped = run(*command, release=True)
    assert stopped.exit_code == 1
    assert stopped.stdout.count("error T199") == 2


@pytest.mark.site
@pytest.mark.parametrize("command", [("check",), ("build", "--quiet"), ("export", "site")], ids=" ".join)
def test_whoever_publishes_can_ask_for_a_release_whatever_the_settings_say(run, command: tuple[str, ...]) -> None:
    assert run(*command, "--release", release=False).exit_code == 1
    assert (
        run(*command, "--release", release=False).stdout.splitlines() == run(*command, release=True).stdout.splitlines()
    )


@pytest.mark.site
@pytest.mark.parametrize("release", [False, True])
def test_a_check_and_a_build_count_the_same(run, release: bool) -> None:
    counts = [
        re.findall(r"(\d+) (errors?|warnings?)", run(*command, release=release, files=UNFINISHED | WORDY).stdout)
        for command in (("check",), ("build", "--quiet"))
    ]
    checked, built = counts
    assert len(checked) == 1 + release
    assert built[: len(checked)] == checked


@pytest.mark.site
def test_a_build_says_what_is_not_ready_for_learners(run) -> None:
    said = run("build", "--quiet", release=False).stdout
    assert "2 warnings, which alongside check shows. Reviews that are overdue are not counted here.\n" in said
    assert "2 of them say that the site is not ready for learners" in said


@pytest.mark.site
@pytest.mark.parametrize("release", [False, True])
def test_mkdocs_itself_comes_to_the_same_verdict(a_site, tmp_path: Path, release: bool) -> None:
    site = a_site({"mkdocs.yml": CONFIGURATION.format("true" if release else "false")} | UNFINISHED)
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "site")]
    told = subprocess.run(command, cwd=site, capture_output=True, text=True, check=False)
    assert (told.returncode == 0) != release, told.stderr
    assert "T199" in told.stderr


PUBLISHING = ("site/pages.yml", "site/gitlab-pages.yml")


@pytest.mark.site
@pytest.mark.parametrize("recipe", PUBLISHING)
def test_a_recipe_that_publishes_passes_the_gate(run, recipe: str) -> None:
    commands = re.findall(r"^\s*- (?:run: )?alongside (.+)$", filled(recipe, {}), re.MULTILINE)
    assert [command.split()[0] for command in commands] == ["check", "build"]
    for command in commands:
        arguments = [word for word in shlex.split(command) if word not in {"--site-dir", "public"}]
        assert run(*arguments, release=False).exit_code == 1


def test_the_checks_of_proposals_refuse_what_is_unfinished_with_or_without_release() -> None:
    for recipe in ("site/pull-request.yml", "site/gitlab-ci.yml"):
        assert "alongside check --strict" in filled(recipe, {"install": ""})


# --------------------------------------------------------------------- reviews

MODULE = "modules/listening/module.yml"


def overdue(a_site, day: date | None) -> list[str]:
    problems = gather(a_site({"mkdocs.yml": CONFIGURATION.format("true")}) / "mkdocs.yml", rules=(), today=day).problems
    return [f"{problem.place} {problem.severity}" for problem in problems if problem.code == "M114"]


@pytest.mark.parametrize(
    ("day", "found"), [(date(2027, 11, 20), 0), (date(2027, 11, 21), 1), (date(2036, 1, 1), 1), (None, 0)]
)
def test_a_review_that_is_overdue_is_a_warning_for_whoever_knows_the_day(a_site, day: date | None, found: int) -> None:
    assert overdue(a_site, day) == [f"{MODULE}:38:48 warning"] * found


@pytest.mark.site
def test_no_build_depends_on_the_day(run) -> None:
    files = {
        MODULE: (Path(__file__).parents[1] / "world" / MODULE)
        .read_text("utf-8")
        .replace("2026-11-20", "2019-11-20")
        .replace("2027-11-20", "2020-11-20")
    }
    assert "M114" in run("check", release=True, files=files).stdout
    assert run("check", release=True, files=files).exit_code == 0
    # A site without an address is warned of, a review is not.
    built = run("build", "--quiet", "--strict", release=True, files=files)
    assert "M117" in built.output and "M114" not in built.output


@pytest.mark.site
@pytest.mark.parametrize("command", [("build", "--quiet"), ("export", "site")], ids=" ".join)
def test_whatever_makes_a_site_for_learners_remembers_what_they_got(run, command: tuple[str, ...]) -> None:
    """Who publishes by hand never runs build: without this the next upgrade has nothing to compare with."""
    assert run(*command, release=False, files={}).exit_code == 0
    Path(".alongside/published.json").unlink(missing_ok=True)  # of the other command
    done = run(*command, "--release", release=False, files={})
    assert done.exit_code == 0, done.output
    assert Path(".alongside/published.json").is_file()
