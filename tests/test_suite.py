"""No test falls between the parts of the suite: `make test` runs all, `make test-fast` all that bear no mark."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.suite import FAST
from tests.steady import net

ROOT = Path(__file__).parents[1]
#: Rooms of the builder that a few seconds are to say something about; each has a folder of tests.
ROOMS = {path.name for path in (ROOT / "builder/alongside").iterdir() if (path / "__init__.py").is_file()}
LEFT_OUT = set(re.findall(r"not (\w+)", FAST))


def recipe(target: str) -> list[str]:
    """The commands of a target of the Makefile."""
    lines = (ROOT / "Makefile").read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{target}:"))
    end = next(number for number, line in enumerate(lines[at + 1 :], at + 1) if not line.startswith("\t"))
    return [line.strip() for line in lines[at + 1 : end]]


def test_the_whole_suite_leaves_nothing_out_but_other_browsers_and_clients(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []
    monkeypatch.setattr(net, "run", lambda arguments, *_, **__: given.extend(arguments) or 0)
    # Other browsers have a target of their own, and so have the programs that read what is exported.
    assert recipe("test")[-1] == '$(BIN)/python -m tests.steady.net -m "not firefox and not webkit and not interop"'
    assert net.main([]) == 0
    options = [*given, *request.config.getini("addopts")]
    assert not [option for option in options if re.match(r"-[mk]|--deselect|--ignore", option)]
    assert request.config.getini("testpaths") == ["tests"]


def test_the_fast_part_is_all_that_bears_no_mark() -> None:
    assert recipe("test-fast") == [f'$(BIN)/python -m pytest -m "{FAST}"']
    assert " and ".join(f"not {mark}" for mark in sorted(LEFT_OUT)) == FAST


def test_every_mark_is_registered_and_a_misspelt_one_is_an_error(request: pytest.FixtureRequest) -> None:
    registered = {line.partition(":")[0] for line in request.config.getini("markers")}
    assert registered >= LEFT_OUT
    assert "--strict-markers" in request.config.getini("addopts")


@pytest.mark.slow
def test_the_fast_part_has_something_of_every_room_every_rule_and_every_kind() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "--quiet", "-m", FAST]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    rooms = set(re.findall(r"^tests/(\w+)/", told, re.MULTILINE))
    assert rooms >= ROOMS
    bad = set(re.findall(r"test_the_bad_example_breaks_the_rule\[(\w+)", told))
    assert len(bad) > 200
    # A rule that finds something everywhere would be noticed by this one.
    assert "test_the_small_curriculum_breaks_no_rule" in told
    kinds = set(re.findall(r"test_a_screen_shows_the_prompt_the_answer_and_all_feedback\[(\w+)", told))
    assert kinds == {path.name for path in (ROOT / "theme/questions").iterdir()}
