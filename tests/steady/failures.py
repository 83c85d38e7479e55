"""What failed in a run of pytest, as its report in JUnit's format tells it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree as ET

#: Where the root of the repository is, and what its runs leave behind.
ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache"

#: Lines of a reason that are shown; the rest stands in what pytest printed.
LINES = 3


@dataclass(frozen=True)
class Failure:
    """A test that failed. `test` is what pytest takes as an argument, `reason` the first lines of why."""

    test: str
    reason: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([f"  {self.test}", *(f"      {line}" for line in self.reason)])


def run(arguments: Iterable[str], report: Path, *, seed: int, log: Path | None = None) -> int:
    """Runs pytest in an order of its own and gives its exit code; `report` then says what failed.

    What it prints goes into `log`, or is shown.
    """
    report.parent.mkdir(parents=True, exist_ok=True)
    report.unlink(missing_ok=True)
    options = [f"--randomly-seed={seed}", f"--junitxml={report}", "--override-ini=junit_family=xunit1"]
    command = [sys.executable, "-m", "pytest", *arguments, *options]
    if log is None:
        return subprocess.run(command, check=False).returncode
    with log.open("wb") as out:
        return subprocess.run(command, check=False, stdout=out, stderr=subprocess.STDOUT).returncode


def failures(report: Path) -> list[Failure]:
    """What failed, in the order in which it ran. A test and the end of its fixtures count once.

    A run that has not come to its end has no report: that raises FileNotFoundError.
    """
    found: dict[str, Failure] = {}
    for case in ET.parse(report).iter("testcase"):  # noqa: S314  # pytest has just written it
        for wrong in (*case.iter("failure"), *case.iter("error")):
            name = _name(case)
            found.setdefault(name, Failure(name, _first_lines(wrong)))
    return list(found.values())


def _name(case: ET.Element) -> str:
    """A file that cannot be read at all has no name in it."""
    return "::".join(part for part in (case.get("file"), case.get("name")) if part)


def _first_lines(wrong: ET.Element) -> tuple[str, ...]:
    text = wrong.get("message") or wrong.text or ""
    return tuple(islice((line.strip() for line in text.splitlines() if line.strip()), LINES))
