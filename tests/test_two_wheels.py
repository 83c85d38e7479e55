"""A site over one wheel meets the next one, each installed where nothing else of ours is: each consequence is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import BASE
from tests.load.test_layers import LESSON, write
from tests.test_riverside import ROOT, environment
from tests.test_upgrade import CONFIGURATION, HEARING, ORDER, OUTLINE, next_version

pytestmark = [pytest.mark.site, pytest.mark.slow]
GOING = "modules/listening/going.yml"
TRUST = "modules/trust/module.yml"
FIRST = {
    **BASE,
    GOING: LESSON.replace("objectives: [do]", "objectives: [wait]").replace("title: First", "title: Going"),
    OUTLINE: BASE[OUTLINE].replace("lessons: [hearing, asking, waiting]", "lessons: [hearing, asking, waiting, going]"),
}


def second() -> dict[str, str]:
    """The next version: one lesson changed, one renamed, one moved, one removed, a new module."""
    files = next_version()
    files["modules/trust/heard.yml"] = f"formerly: [listening/hearing]\n{files.pop(HEARING)}"
    files["modules/listening/wait.yml"] = f"formerly: [waiting]\n{files.pop('modules/listening/waiting.yml')}"
    files[OUTLINE] = files[OUTLINE].replace("[hearing, asking, waiting, resting]", "[asking, wait, resting]")
    files[TRUST] = files[TRUST].replace("lessons: [first]", "lessons: [first, heard]")
    return files


def wheel(top: Path, version: str, files: dict[str, str]) -> Path:
    """The command of a wheel with this version and this curriculum."""
    sources = top / "sources"
    ignored = shutil.ignore_patterns("__pycache__", "modules", "tests", "docs", "bench", "node_modules", ".*", "site")
    shutil.copytree(ROOT, sources, ignore=ignored)
    write(sources, files)
    for name in ("pyproject.toml", "builder/alongside/__init__.py"):
        text = (sources / name).read_text("utf-8")
        assert "version" in text
        (sources / name).write_text(text.replace('"0.1.0"', f'"{version}"', 1), "utf-8")
    return environment(top, sources)


#: What the pages know of a site's modules, by the wheel that is asked.
KNOWN = """
import json
from pathlib import Path
from alongside.load.curriculum import load_curriculum
from alongside.load.project import open_project
from alongside.render.index import known_modules
print(json.dumps(known_modules(load_curriculum(open_project(Path("mkdocs.yml").absolute())[0].layers)[0])))
"""
#: A learner's record, made by the code of one wheel, in step with what that of the other knows.
FOLLOWED = """
const [elements, modules] = [process.argv[1], JSON.parse(process.argv[2])];
const { empty, moduleOf, noteAnswer } = await import(elements + "/record-model.js");
const { bringUpToDate } = await import(elements + "/record-course.js");
const record = process.argv[3] ? JSON.parse(process.argv[3]) : empty();
if (!process.argv[3]) {
  for (const lesson of ["hearing", "waiting", "going"]) moduleOf(record, "listening").lessons[lesson] = "2026-11-02";
  const given = { fingerprint: "f1", response: ["a"], score: 1, sure: null };
  noteAnswer(record, "listening", "quiz-affirm", given, "2026-11-02");
}
bringUpToDate(record, { modules }, "2026-11-09");
console.log(JSON.stringify(record));
"""


def known(command: Path, site: Path) -> str:
    python = [command.parent / "python", "-P", "-c", KNOWN]
    return subprocess.run(python, cwd=site, check=True, capture_output=True, text=True, env={}).stdout


def followed(command: Path, modules: str, record: str = "") -> str:
    (elements,) = command.parents[1].glob("lib/python*/site-packages/alongside/_bundled/theme/elements")
    node = shutil.which("node")
    assert node
    arguments = [node, "--input-type=module", "--eval", FOLLOWED, "--", str(elements), modules, record]
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout


def test_an_upgrade_of_the_wheel_is_told_and_nothing_goes_live_unasked(tmp_path: Path) -> None:
    old = wheel(tmp_path / "old", "0.1.0", FIRST)
    new = wheel(tmp_path / "new", "0.2.0", second())
    site = write(tmp_path / "own", {"mkdocs.yml": CONFIGURATION, "modules/curriculum.yml": ORDER})

    def by(command: Path) -> Callable[..., str]:
        def run(*arguments: str) -> str:
            surroundings = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "ALONGSIDE_CACHE": str(tmp_path / "cache")}
            done = subprocess.run(
                [command, *arguments], cwd=site, check=False, text=True, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, env=surroundings,
            )  # fmt: skip
            assert "Traceback" not in done.stdout, done.stdout
            return done.stdout

        return run

    before, after = by(old), by(new)
    known_before = known(old, site)
    for address in ("listening/hearing.title", "listening/asking#text-1"):
        before("take", address)
    before("diff", "--note")
    assert "Nothing changed for learners." in before("diff")
    assert "Nothing that was taken over has changed" in before("drift")
    overlay = (site / "modules/listening/overlay.yml").read_text("utf-8")
    drift = after("drift")
    assert "listening/hearing.title, taken over from bundled 0.1.0 → 0.2.0" in drift, drift
    assert "The original is trust/heard.title now." in drift, drift
    checked = after("check")
    assert 'has moved to "trust/heard.title" since' in checked, checked
    moved = '"listening/hearing.title", which is changed here, has moved to "trust/heard.title"'
    assert moved in checked, "its change stops the site rather than vanishing"
    assert 'the module "trust" of bundled waits' in checked, checked
    assert (site / "modules/listening/overlay.yml").read_text("utf-8") == overlay
    (site / "modules/listening/overlay.yml").unlink()
    told = after("diff")
    assert "bundled 0.1.0 → 0.2.0" in told, told
    assert "  - trust of bundled" in told, told
    for line in (
        "lesson listening/asking changed",
        "lesson listening/wait (was waiting) has a new id",
        "lesson listening/going gone",
        "lesson listening/hearing gone",
        "question listening/quiz-strength (was quiz-affirm) has a new id, and changed",
    ):
        assert line in told, f"{line} in {told}"
    write(site, {"modules/curriculum.yml": ORDER.replace("[listening]", "[listening, trust]")})
    later = json.loads(followed(new, known(new, site), was := followed(old, known_before)))["modules"]
    assert set(json.loads(was)["modules"]["listening"]["lessons"]) == {"hearing", "waiting", "going"}
    assert set(later["listening"]["lessons"]) == {"wait", "going"}, "a lesson that has gone is not forgotten"
    assert set(later["trust"]["lessons"]) == {"heard"}
    assert later["listening"]["questions"]["quiz-strength"]["score"] == 1
