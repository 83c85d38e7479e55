"""`alongside new` in a site over other layers adds to what comes along, and never takes its place unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from alongside.commands.main import main
from alongside.load.curriculum import load_curriculum
from alongside.load.project import open_project
from tests.conftest import BASE
from tests.load.test_layers import write

pytestmark = pytest.mark.slow

CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [../below, .]\n"
OVERLAY = "modules/listening/overlay.yml"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site over the small world, which has named its modules and none of its own."""
    write(tmp_path / "below", BASE)
    own = {"mkdocs.yml": CONFIGURATION, "modules/curriculum.yml": BASE["modules/curriculum.yml"]}
    return write(tmp_path / "site", own)


def new(site: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["new", *arguments, "--config", str(site / "mkdocs.yml")])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def lessons(site: Path) -> list[str]:
    """The lessons of the module, as learners would get them, with nothing else changed on the way."""
    curriculum, problems = load_curriculum(open_project(site / "mkdocs.yml")[0].layers)
    assert curriculum is not None and [one.code for one in problems if one.severity == "error"] == []
    return list(curriculum.modules["listening"].outline.lessons)


def test_a_module_that_comes_along_is_not_replaced_by_a_new_one(site: Path) -> None:
    before = sorted(site.rglob("*"))
    code, output = new(site, "module", "listening")
    assert (code, sorted(site.rglob("*"))) == (2, before)
    assert 'the module "listening" comes with another layer' in output
    assert "alongside take listening" in output


@pytest.mark.parametrize(
    "overlay",
    [
        None,
        "replace:\n  module.summary: Ours.\n",
        "replace:\n  module.summary: Ours.",
        "add:\n  - after: hearing\n    lesson: first-of-ours\n",
        "add:\n- after: hearing\n  lesson: first-of-ours\n",
        "leave_out: [waiting]\n",
    ],
)
def test_a_lesson_for_a_module_that_comes_along_is_added_to_it(site: Path, overlay: str | None) -> None:
    """Ours stay, and what the overlay said before stays."""
    if overlay is not None:
        write(site, {OVERLAY: overlay})
    before = yaml.safe_load(overlay) if overlay else {}
    code, output = new(site, "lesson", "listening/second-of-ours", "--title", "Ours")
    assert code == 0, output
    after = yaml.safe_load((site / OVERLAY).read_text("utf-8"))
    assert {"after": "asking" if "leave_out" in before else "waiting", "lesson": "second-of-ours"} in after["add"]
    assert all(entry in after["add"] for entry in before.get("add", []))
    assert {key: after[key] for key in before if key != "add"} == {key: before[key] for key in before if key != "add"}
    assert "second-of-ours" in (site / OVERLAY).read_text("utf-8")
    assert OVERLAY in output and "modules/listening/module.yml" not in output
    if not before.get("add"):
        assert lessons(site)[-1] == "second-of-ours"


def test_a_lesson_knows_the_objectives_of_the_module_that_comes_along(site: Path) -> None:
    assert new(site, "lesson", "listening/ours", "--objective", "wait")[0] == 0
    assert "wait" in (site / "modules/listening/ours.yml").read_text("utf-8")
    code, output = new(site, "lesson", "listening/others", "--objective", "none")
    assert code == 2 and 'the module has no objective "none"' in output


def test_a_lesson_of_theirs_is_taken_over_and_not_begun_anew(site: Path) -> None:
    code, output = new(site, "lesson", "listening/hearing")
    assert code == 2 and "alongside take listening/hearing" in output
    assert not (site / "modules/listening").exists()


def test_a_module_that_is_nowhere_is_missed_with_the_nearest_name(site: Path) -> None:
    code, output = new(site, "lesson", "listenin/ours")
    assert code == 2 and 'there is no module "listenin", did you mean "listening"?' in output
