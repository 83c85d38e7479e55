"""A small site whose next version has another module name, another question name and other words, beside an earlier one."""

from __future__ import annotations

import hashlib
from pathlib import Path

from click.testing import CliRunner

from alongside.commands.main import main

SPRING = "2027-spring"
COHORT = f"      cohorts:\n        {SPRING}:\n          title: Spring 2027\n          note: For mentors who began in March.\n"


def with_cohort(site: Path) -> None:
    """Names the cohort in the settings."""
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(COHORT)


def exported(site: Path, *options: str) -> str:
    """Keeps the course as it is for the cohort, and returns what the command said."""
    result = CliRunner().invoke(
        main, ["export", "cohort", SPRING, "--config", str(site / "mkdocs.yml"), *options], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.output


def with_sum(site: Path) -> None:
    """Says in the settings that the archive that is there is the right one."""
    total = hashlib.sha256((site / f"cohorts/{SPRING}.zip").read_bytes()).hexdigest()
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"          sum: {total}\n")


def changed(site: Path) -> None:
    """The next version of the course: its module and a question have other names, and another question has other words."""
    modules = site / "modules"
    (modules / "listening").rename(modules / "listening-well")
    _put(modules / "curriculum.yml", "[listening]", "[listening-well]")
    _put(modules / "listening-well/module.yml", "tags: [core]", "tags: [core]\nformerly: [listening]")
    quiz = modules / "listening-well/quiz.yml"
    _put(quiz, "id: quiz-affirm", "id: quiz-strength\n    formerly: [quiz-affirm]")
    _put(quiz, "prompt: Sort each line by what it does.", "prompt: Say of each line what it does.")


def _put(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text, (file.name, old)
    file.write_text(text.replace(old, new), "utf-8")
