"""Prints where the time of a build goes: each phase with its CPU seconds and its share, cold, unchanged and after one edit.

    python bench/profile.py 100          one size
    python bench/profile.py 100 1000     two sizes, and how each phase grows from one to the other

Each build is a process of its own, in which the functions of a phase are wrapped; time that one phase spends in another
counts for the inner one. Figures are to be read, nothing here is a test.
"""

from __future__ import annotations

import functools
import inspect
import json
import math
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.edit import edit
from bench.generate import write_curriculum
from bench.run import keep_in

#: What each phase is made of, as module and name.
PHASES = {
    "fingerprints of sources": (
        "load.dependencies:Dependencies.__init__ load.dependencies:Dependencies.keys load.dependencies:Dependencies.hold"
    ),
    "what was kept": "files.cache:_read files.cache:_write files.cache:Cache.sweep",
    "YAML to values": "files.source:read_file files.source:read_page",
    "values to model": "load.parse:parse",
    "other reading": "load.project:open_project load.curriculum:load_curriculum load.content:load_texts load.content:load_files",
    "rules": "rules.engine:_found_in",
    "waivers and settings": "rules.engine:after_waivers rules.safety.settings:check_settings rules.release:judged",
    "addresses": "render.addresses:claims render.addresses:clashes",
    "prose to HTML": "render.markdown:Prose.block render.markdown:Prose.inline",
    "templates to HTML": "render.page_renderer:PageRenderer._page",
    "lists of the whole site": "render.site_lists:listed",
    "other pages": "render.site:_made",
    "search": "render.search:search_assets",
    "links": "render.link_check:check_links",
    "what readers see": "render.text_check:check_texts",
    "styles and scripts": "render.site:SiteRenderer.assets",
    "offline": "render.offline:offline_assets render.offline:seal",
    "templates compiled": "jinja2.environment:Environment.compile",
    "writing": "engines.writing:write",
    "putting it in place": "engines.publish:sums_of engines.publish:_recover engines.publish:_swap shutil:rmtree",
}
#: A phase that takes fewer seconds grows by chance.
SHORTEST = 0.02
STARTING, OTHER = "starting", "everything else"


class Clock:
    """CPU seconds by phase."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter({STARTING: time.process_time()})
        self._now, self._since = OTHER, time.process_time()

    def change(self, phase: str) -> str:
        """From now on time counts for a phase. Returns the one before."""
        now = time.process_time()
        self.seconds[self._now] += now - self._since
        before, self._now, self._since = self._now, phase, now
        return before

    def timed(self, phase: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose time counts for a phase; that of a generator too, each time it is asked."""

        @functools.wraps(function)
        def call(*given: Any, **named: Any) -> Any:
            before = self.change(phase)
            try:
                made = function(*given, **named)
            finally:
                self.change(before)
            return self._asked(phase, made) if inspect.isgenerator(made) else made

        return call

    def _asked(self, phase: str, made: Iterator[Any]) -> Iterator[Any]:
        while True:
            before = self.change(phase)
            try:
                value = next(made)
            except StopIteration:
                return
            finally:
                self.change(before)
            yield value


def wrap(clock: Clock) -> None:
    """Wraps what the phases name, wherever it is known by its name."""
    for phase, names in PHASES.items():
        for where in names.split():
            module, _, name = where.partition(":")
            home: Any = import_module(module if module in {"jinja2.environment", "shutil"} else f"alongside.{module}")
            *owners, last = name.split(".")
            for owner in owners:
                home = getattr(home, owner)
            before = getattr(home, last)
            after = clock.timed(phase, before)
            setattr(home, last, after)
            for known in [m for n, m in sys.modules.items() if n.startswith("alongside")]:
                for attribute, value in list(vars(known).items()):
                    if value is before:
                        setattr(known, attribute, after)


def one_build() -> None:
    """Builds the site that this process stands in and prints the seconds of each phase as JSON."""
    import_module("alongside.commands.main")  # what a command loads counts for starting
    build = import_module("alongside.build")
    clock = Clock()
    wrap(clock)
    clock.change(OTHER)
    build.build_site(Path("mkdocs.yml"), cached=True)
    clock.change(OTHER)
    print(json.dumps(clock.seconds))


def phases(folder: Path) -> Counter[str]:
    """Seconds of each phase of a build of a site, in a process of its own."""
    command = [sys.executable, __file__, "--one"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(result.stdout + result.stderr)
    return Counter(json.loads(result.stdout.splitlines()[-1]))


def measure(size: int, place: Path) -> dict[str, Counter[str]]:
    """The phases of a first build of so many modules, of another without a change, and of one after an edit."""
    folder = place / str(size)
    write_curriculum(folder, size)
    keep_in(place / "cache")
    shutil.rmtree(place / "cache", ignore_errors=True)
    found = {"cold": phases(folder), "no change": phases(folder)}
    edit(folder, "Edited")
    return found | {"an edit": phases(folder)}


def table(size: int, found: dict[str, Counter[str]], smaller: tuple[int, Counter[str]] | None) -> Iterator[str]:
    """The lines of the table of a size. With a `smaller` one, its last column has the exponent with which a cold build grows."""
    rows = sorted(set().union(*found.values()), key=lambda phase: -found["cold"][phase])
    yield (
        f"{size} modules, CPU s".ljust(26)
        + "".join(f"{name:>11}  share" for name in found)
        + "  exponent" * bool(smaller)
    )
    for phase in [*rows, "all"]:
        took = {name: seconds.total() if phase == "all" else seconds[phase] for name, seconds in found.items()}
        cells = [f"{took[name]:11.2f}{took[name] / found[name].total():7.0%}" for name in found]
        if smaller:
            few, seconds = smaller
            earlier = seconds.total() if phase == "all" else seconds[phase]
            exact = min(earlier, took["cold"]) >= SHORTEST
            cells.append(f"{math.log(took['cold'] / earlier, size / few):10.2f}" if exact else "")
        yield phase.ljust(26) + "".join(cells)


def main(sizes: list[int]) -> None:
    """Measures and prints."""
    before: tuple[int, Counter[str]] | None = None
    for size in sizes or [100]:
        with tempfile.TemporaryDirectory() as place:
            found = measure(size, Path(place))
        print("\n".join(table(size, found, before)), flush=True)
        before = size, found["cold"]


if __name__ == "__main__":
    if sys.argv[1:] == ["--one"]:
        one_build()
    else:
        main([int(size) for size in sys.argv[1:]])
