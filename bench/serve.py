"""Prints how long a preview takes from an edit that was saved to the page, and to what the rules find.

    python bench/serve.py            the shipped site
    python bench/serve.py 100 1000   synthetic curricula of these sizes too

Seconds by the clock and CPU seconds of the preview, the middle and the worst of several edits of one lesson, each after the
one before has been judged; then CPU while nothing happens. Figures are to be read, nothing here is a test.
"""

from __future__ import annotations

import os
import queue
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.edit import copy_shipped, edit, lesson_to_edit
from bench.generate import write_curriculum
from bench.run import keep_in

EDITS = 7
#: Seconds between two looks at a page, and those for which nothing is done to see what waiting costs.
LOOK, IDLE = 0.02, 10.0
#: What the preview says when all is found out.
JUDGED = "Up to date"
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Started:
    """A preview that runs."""

    process: subprocess.Popen[str]
    address: str
    said: queue.Queue[str]

    def wait_for(self, words: str) -> str:
        """The next line with these words."""
        while True:
            line = self.said.get(timeout=600)
            if words in line:
                return line

    def cpu(self) -> float:
        """CPU seconds so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def preview(folder: Path) -> Iterator[Started]:
    """A preview of a site, at a free address of this machine."""
    command = [sys.executable, "-u", "-m", "alongside", "serve", "--address", "127.0.0.1:0"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said: queue.Queue[str] = queue.Queue()
    threading.Thread(target=lambda: [said.put(line) for line in process.stdout or ()], daemon=True).start()
    try:
        line = Started(process, "", said).wait_for("http://")
        yield Started(process, next(word for word in line.split() if word.startswith("http://")), said)
    finally:
        process.terminate()
        process.wait()


def measure(name: str, folder: Path) -> None:
    """Measures a site and prints what was found."""
    lesson = lesson_to_edit(folder)
    with preview(folder) as started:
        started.wait_for(JUDGED)
        address = f"{started.address}{lesson.parent.name}/{lesson.stem}/"
        shown, judged, spent = [], [], []
        for number in range(EDITS):
            mark, before, saved = f"Edited {number} while it is shown", started.cpu(), time.monotonic()
            edit(folder, mark)
            while mark not in _page(address):
                time.sleep(LOOK)
            shown.append(time.monotonic() - saved)
            started.wait_for(JUDGED)
            judged.append(time.monotonic() - saved)
            spent.append(started.cpu() - before)
        before = started.cpu()
        time.sleep(IDLE)
        print(
            f"{name}: from a save to its page {_middle(shown)}, to what rules find {_middle(judged)} by the clock; "
            f"{_middle(spent)} of CPU; waiting {(started.cpu() - before) / IDLE:.1%} of a processor"
        )


def _page(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own preview
        return str(answer.read(), "utf-8")


def _middle(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} s ({max(seconds):.2f})"


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as place:
        keep_in(Path(place) / "cache")
        copy_shipped(Path(place) / "shipped")
        measure("shipped site", Path(place) / "shipped")
        for size in map(int, sys.argv[1:]):
            write_curriculum(Path(place) / str(size), size)
            measure(f"{size} modules", Path(place) / str(size))


if __name__ == "__main__":
    main()
