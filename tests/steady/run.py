"""Looks for tests that pass only when they are lucky: `python -m tests.steady.run --runs 20 [TESTS …]`.

Runs tests again and again, each time in another order and beside a busy processor, and lists what failed in any run.
What a run printed and found is kept in `.cache/steady/` under its seed. `--resume` counts the runs that are there
already, so that many runs can be spread over several calls. Also as `make test-steady RUNS=20 TESTS=… RESUME=1`.
"""

from __future__ import annotations

import argparse
import secrets
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.steady.failures import CACHE, Failure, failures, run
from tests.steady.load import busy

#: Exit codes of pytest after which its report tells everything: all passed, something failed.
TOLD = (0, 1)


@dataclass
class Unsteady:
    """A test that failed, with the seeds of the runs in which it did."""

    failure: Failure
    seeds: list[int] = field(default_factory=list)

    def line(self, runs: int) -> str:
        """It and the reason of its first failure, as the list at the end shows it."""
        seeds = ", ".join(map(str, self.seeds))
        return f"  {len(self.seeds)} of {runs}, with seed {seeds}:\n{self.failure}"


def repeat(tests: Sequence[str], runs: int, folder: Path, *, load: int | None = None) -> bool:
    """Runs the tests until there are reports of so many runs, and says whether every run came to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    with busy(load):
        for number in range(len(_reports(folder)) + 1, runs + 1):
            seed, began = secrets.randbelow(2**31), time.monotonic()
            report, log = folder / f"{seed}.xml", folder / f"{seed}.txt"
            code = run(tests, report, seed=seed, log=log)
            if code not in TOLD:
                report.unlink(missing_ok=True)
                print(f"Run {number} of {runs} did not come to its end (pytest: {code}). What it printed: {log}")
                return False
            found = f"{len(failures(report))} failed" if code else "all passed"
            print(f"Run {number} of {runs}, seed {seed}: {found}, {time.monotonic() - began:.0f} s", flush=True)
    return True


def unsteady(folder: Path) -> list[Unsteady]:
    """What failed in the runs of a folder, most often first."""
    found: dict[str, Unsteady] = {}
    for report in _reports(folder):
        for failure in failures(report):
            found.setdefault(failure.test, Unsteady(failure)).seeds.append(int(report.stem))
    return sorted(found.values(), key=lambda one: (-len(one.seeds), one.failure.test))


def _reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.xml"), key=lambda report: report.stat().st_mtime_ns)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command: 0 where no run had a failure, else 1."""
    parser = argparse.ArgumentParser(description="Look for tests that pass only when they are lucky.")
    parser.add_argument("tests", nargs="*", help="what pytest is given: files, tests, options after --")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--resume", action="store_true", help="count the runs that are in the folder already")
    parser.add_argument("--load", type=int, help="spinning processes; one for each processor without it")
    parser.add_argument("--folder", type=Path, default=CACHE / "steady")
    asked = parser.parse_args(arguments)
    if not asked.resume:
        shutil.rmtree(asked.folder, ignore_errors=True)
    whole = repeat(asked.tests, asked.runs, asked.folder, load=asked.load)
    found, runs = unsteady(asked.folder), len(_reports(asked.folder))
    if found:
        print(f"\nNot steady, beside a busy processor ({asked.folder} has what each run printed):")
        print("\n".join(one.line(runs) for one in found))
    elif whole:
        print(f"Steady: nothing failed in {runs} runs.")
    return int(bool(found) or not whole)


if __name__ == "__main__":
    sys.exit(main())
