"""Prints what the fast tests cost: CPU seconds of the whole run, and the share of each folder.

One process, so that the figures are those of `make test-fast`; processes that a test starts are counted with it.
Nothing here is a test: figures are to be read.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: What `make test-fast` runs.
FAST = "not browser and not site and not slow"


def spent() -> float:
    """CPU seconds of this process and of those that it has started."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def room(item: pytest.Item) -> str:
    """The folder of a test, as the list names it."""
    return item.path.relative_to(ROOT).parent.as_posix()


class Watch:
    """Notes what each folder costs, and what comes before the first test."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self.tests: Counter[str] = Counter()
        self.before = 0.0

    def pytest_collection_finish(self) -> None:
        """Everything up to here is imports and looking for tests."""
        self.before = spent()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """One test, with all that is set up and taken down for it."""
        began = spent()
        result = yield
        self.seconds[room(item)] += spent() - began
        self.tests[room(item)] += 1
        return result


def main(arguments: list[str]) -> int:
    """The command: pytest's exit code. Arguments are for pytest; without any, the fast tests run."""
    os.chdir(ROOT)
    watch = Watch()
    code = pytest.main([*(arguments or ["-m", FAST]), "--quiet", "--no-header", "--no-summary"], plugins=[watch])
    total = spent()
    rows = [("imports and collection", "", watch.before)]
    rows += [(name, str(watch.tests[name]), seconds) for name, seconds in watch.seconds.most_common()]
    rows.append(("everything else", "", total - watch.before - watch.seconds.total()))
    print(f"\n{'':<24}{'tests':>7}{'CPU s':>8}{'share':>8}{'ms each':>9}")
    for name, tests, seconds in rows:
        each = f"{1000 * seconds / int(tests):9.1f}" if tests else ""
        print(f"{name:<24}{tests:>7}{seconds:8.2f}{seconds / total:8.0%}{each}")
    print(f"{'all':<24}{watch.tests.total():>7}{total:8.2f}")
    return int(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
