"""The command itself, killed at any moment or with its sources taken away: the old site or file stays whole.

More kills, before a release: `KILLS=4 pytest tests/engines/test_killed_commands.py` for four times as many.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.site
ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> dict[str, Any]:
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.engines.killing", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


#: What is killed, how often, and where chance starts: the command as a whole, and the part of it that touches the disk.
PARTS = [("write", 40, 1), ("write", 40, 2), ("build", 20, 3), ("export", 10, 4)]
MORE = int(os.environ.get("KILLS", "1"))


@pytest.mark.parametrize(("what", "times", "seed"), PARTS)
def test_a_command_killed_at_any_moment_leaves_the_old_output_or_the_new_one(
    tmp_path: Path, what: str, times: int, seed: int
) -> None:
    times *= MORE
    seen = run(what, str(tmp_path), str(times), str(seed))
    assert seen["old"] + seen["new"] == times
    assert min(seen["old"], seen["new"]) > 0, "the moments are spread over the whole run"
    assert seen["litter"] == [], "the next run cleans up"


def test_a_source_that_vanishes_is_said_and_the_old_site_stays(tmp_path: Path) -> None:
    endings = run("vanish", str(tmp_path))
    assert len(endings) > 10
    assert set(endings.values()) <= {0, 1, 3}, endings
    assert endings["modules/listening/quiz.yml"] == 1
