"""Keeps the processor busy, so that what happens in time by luck alone does not."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

#: Ends by itself with whoever started it, even where that one was killed and could tidy nothing up.
SPIN = "import os, sys\nwhile os.getppid() == int(sys.argv[1]):\n    sum(range(1_000_000))"


@contextlib.contextmanager
def busy(processes: int | None = None) -> Iterator[list[int]]:
    """While it lasts, one spinning process for each processor, or as many as are asked for. Gives their ids."""
    command = [sys.executable, "-c", SPIN, str(os.getpid())]
    with contextlib.ExitStack() as started:
        ids = []
        for _ in range((os.cpu_count() or 1) if processes is None else processes):
            process = started.enter_context(subprocess.Popen(command))
            started.callback(process.kill)
            ids.append(process.pid)
        yield ids
