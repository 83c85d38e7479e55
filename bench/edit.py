"""Prints what a check and a build cost where nothing has changed and after one edit, beside one that makes everything anew.

The shipped site, and synthetic curricula. CPU seconds of child processes; figures are to be read, nothing here is a test.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.generate import write_curriculum
from bench.run import cpu, keep_in

ROOT = Path(__file__).parents[1]
SIZES = (100, 1000)


def copy_shipped(folder: Path) -> None:
    """The shipped site."""
    for name in ("modules", "content"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")


def lesson_to_edit(folder: Path) -> Path:
    """The first lesson of a site."""
    return next(path for path in sorted(folder.glob("modules/*/*.yml")) if "\nsteps:" in path.read_text("utf-8"))


def edit(folder: Path, mark: str) -> None:
    """Changes the summary of one lesson, which no other module shows."""
    lesson = lesson_to_edit(folder)
    lines = lesson.read_text("utf-8").split("\n")
    place = next(index for index, line in enumerate(lines) if line.startswith("summary:"))
    if lines[place].endswith(("|", ">")):
        place += 1
    lines[place] += f" {mark}."
    lesson.write_text("\n".join(lines), "utf-8")


def rename(folder: Path, mark: str) -> None:
    """Changes the title of the curriculum, on which everything may depend."""
    path = folder / "modules/curriculum.yml"
    lines = path.read_text("utf-8").split("\n")
    place = next(index for index, line in enumerate(lines) if line.startswith("title:"))
    lines[place] += f" {mark}"
    path.write_text("\n".join(lines), "utf-8")


def measure(name: str, folder: Path) -> None:
    """Measures a site and prints what was found."""
    for command in ("check", "build"):
        run = [sys.executable, "-m", "alongside", command, *(["--quiet"] if command == "build" else [])]
        shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
        anew = cpu([*run, "--no-cache"], folder)
        first = cpu(run, folder)
        cpu(run, folder)  # from the one before it is known what a run depends on
        same = cpu(run, folder)
        edit(folder, f"Edited before a {command}")
        edited = cpu(run, folder)
        rename(folder, command)
        renamed = cpu(run, folder)
        print(
            f"{name}, {command}: {anew:.1f} CPU s without the cache; times that: first {first / anew:.2f}, "
            f"no change {same / anew:.2f}, a sentence {edited / anew:.2f}, what all share {renamed / anew:.2f}"
        )


def main() -> None:
    """Measures and prints."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[0]
    with tempfile.TemporaryDirectory() as place:
        keep_in(Path(place) / "cache")
        copy_shipped(Path(place) / "shipped")
        start = cpu([sys.executable, "-m", "alongside", "--help"], Path(place))
        print(f"starting alone: {start:.1f} CPU s")
        measure("shipped site", Path(place) / "shipped")
        for size in (size for size in SIZES if size <= largest):
            write_curriculum(Path(place) / str(size), size)
            measure(f"{size} modules", Path(place) / str(size))


if __name__ == "__main__":
    main()
