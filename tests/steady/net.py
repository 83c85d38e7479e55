"""Runs every test, and once more what failed: `python -m tests.steady.net [arguments for pytest]`, or `make test`.

A browser on a busy machine can be too slow for a test, and a release should not wait for that. But luck also hides
what is wrong now and then, so what passed only on the second try is named at the very end, and kept in
`.cache/failed-first.txt`. `make test-steady` looks for why.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.steady.failures import CACHE, Failure, failures, run

#: How pytest ends where tests failed. After anything else, such as an interruption, there is nothing to try again.
SOME_FAILED = 1

#: One more than there are processors, since a browser is often waited for.
FIRST = ("-n", str((os.cpu_count() or 1) + 1), "--dist", "worksteal")
SECOND = ("--last-failed", "--last-failed-no-failures", "none")


def main(arguments: Sequence[str], folder: Path = CACHE) -> int:
    """The command: pytest's exit code of the last run there was."""
    seed, report = secrets.randbelow(2**31), folder / "failed-first.xml"
    kept = folder / "failed-first.txt"
    kept.unlink(missing_ok=True)
    code = run([*FIRST, *arguments], report, seed=seed)
    if code != SOME_FAILED:
        return code
    first = failures(report)
    print("Once more, what failed:", flush=True)
    code = run([*SECOND, *arguments], report := folder / "failed-again.xml", seed=seed)
    again = {failure.test for failure in failures(report)}
    lucky = [failure for failure in first if failure.test not in again]
    if lucky:
        kept.write_text(said := told(lucky, seed), encoding="utf-8")
        print(said, end="")
    return code


def told(lucky: Sequence[Failure], seed: int) -> str:
    """What is said of tests that failed first and then passed."""
    lines = [f"Failed first, passed on the second try (the first had --randomly-seed={seed}):", *map(str, lucky)]
    return "\n".join([*lines, "Luck is no reason to pass. make test-steady TESTS=… looks for why.", ""])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
