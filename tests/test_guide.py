"""The examples of the guide do what they say when a coordinator types them as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from alongside.authoring.scaffold import LessonPlan, SitePlan, new_site
from alongside.authoring.takeover import lesson_begun
from alongside.build import gather
from alongside.files.problems import ContentError, has_errors
from alongside.load.project import open_project
from alongside.model.settings import Settings
from alongside.reports.problems import as_text

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
GUIDE = sorted((ROOT / "content").rglob("*.md"))
BLOCK = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MODULES = {path.parent.name for path in (ROOT / "modules").glob("*/module.yml")}


def examples() -> list[tuple[Path, str, dict[str, object]]]:
    """Each example that is a file of settings, of the curriculum or of changes, with its page."""
    found = []
    for path in GUIDE:
        for block in BLOCK.findall(path.read_text("utf-8")):
            try:
                value = yaml.safe_load(block)
            except yaml.YAMLError:  # commands
                continue
            if isinstance(value, dict):
                found.append((path, block, value))
    return found


def settings() -> list[tuple[Path, str]]:
    return [(path, block) for path, block, value in examples() if "plugins" in value]


def test_settings_are_shown_where_they_stand() -> None:
    """One that is pasted as it stands would otherwise be where nobody looks for it."""
    names = set(Settings.model_fields) - {"lint"}
    astray = [
        f"{path.name}: {sorted(value)}"
        for path, block, value in examples()
        if names & value.keys() and not block.startswith("# modules/")
    ]
    assert astray == []
    assert len(settings()) > 4


@pytest.mark.parametrize(("page", "block"), settings(), ids=lambda value: getattr(value, "name", ""))
def test_settings_that_are_shown_are_understood(page: Path, block: str, tmp_path: Path) -> None:
    assert page
    lines = block if "site_name" in block else f"site_name: Ours\n{block}"
    (tmp_path / "mkdocs.yml").write_text(lines, "utf-8")
    project, problems = open_project(tmp_path / "mkdocs.yml")
    wrong = [one for one in problems if one.severity == "error" and one.code != "R235"]  # a picture that is not there
    assert wrong == [], as_text(wrong)
    assert set(project.settings.reviewed) | set(project.settings.leave_out) <= MODULES


def test_changes_that_are_shown_can_be_made(tmp_path: Path) -> None:
    """Every address in them is there, and the lesson that they name is begun as the page says."""
    new_site(SitePlan(tmp_path / "site", "Ours"))
    named = [(block, re.match(r"# (modules/([\w-]+)/overlay\.yml)\n", block)) for _, block, _ in examples()]
    shown = [(block, match) for block, match in named if match]
    assert shown
    for block, match in shown:
        project = open_project(tmp_path / "site/mkdocs.yml")[0]
        for entry in yaml.safe_load(block).get("add", ()):
            lesson_begun(project, LessonPlan(match[2], entry["lesson"], "Ours"))
        path = tmp_path / "site" / match[1]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, "utf-8")
    problems = gather(tmp_path / "site/mkdocs.yml", rules=()).problems
    assert not has_errors(problems), as_text([one for one in problems if one.severity == "error"])


@pytest.mark.parametrize("whole", [True, False])
def test_what_a_new_site_shows_is_used_by_taking_away_two_characters(whole: bool, tmp_path: Path) -> None:
    """The `#` and the blank after it, as the file says. Whoever takes only the `#` is told which columns do not fit."""
    new_site(SitePlan(tmp_path / "site", "Ours"))
    configuration = tmp_path / "site/mkdocs.yml"
    text = configuration.read_text("utf-8")
    assert 'take away its "#" and the one blank after it' in text
    shown = ("# organisation:", "#   colours:", "#   support:", "#     emergency:")
    for start in shown:
        text = text.replace(f"      {start}", "      " + start.removeprefix("# " if whole else "#"))
    configuration.write_text(text, "utf-8")
    if whole:
        assert [one for one in gather(configuration, rules=()).problems if one.code == "L104"] == []
    else:
        with pytest.raises(ContentError) as refused:
            gather(configuration, rules=())
        said = refused.value.problems
        assert "column 8" in said[0].message and "column 7" in said[0].fix, said
        assert "the blank after it" in said[0].fix
