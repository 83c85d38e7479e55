"""Prints how the cost of checking grows with the curriculum, and what it is beside reading alone.

Copies of the shipped modules, so that the text is what rules usually meet. CPU seconds in this process;
figures are to be read, nothing here is a test.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from pathlib import Path

from alongside.load.curriculum import load_curriculum
from alongside.load.layers import Layer
from alongside.rules.engine import check_curriculum

ROOT = Path(__file__).parents[1]
SIZES = (14, 140, 1400)


def write_copies(folder: Path, count: int) -> None:
    """The shipped modules over and over, until there are `count`."""
    shipped = sorted(path.parent for path in (ROOT / "modules").glob("*/module.yml"))
    modules = folder / "modules"
    modules.mkdir(parents=True)
    for name in ("sources.yml", "glossary.yml", "people.yml"):
        shutil.copy(ROOT / "modules" / name, modules / name)
    names = [f"{shipped[index % len(shipped)].name}-{index}" for index in range(count)]
    for name in names:
        shutil.copytree(ROOT / "modules" / name.rpartition("-")[0], modules / name)
    (modules / "curriculum.yml").write_text(
        f"title: Copies\nsummary: Many copies.\norder: [{', '.join(names)}]\n", encoding="utf-8"
    )


def measure(folder: Path) -> tuple[float, float]:
    """CPU seconds of reading and parsing, and of all rules."""
    gc.collect()
    start = time.process_time()
    curriculum, _ = load_curriculum([Layer(".", folder)])
    read = time.process_time() - start
    assert curriculum is not None
    start = time.process_time()
    check_curriculum(curriculum)
    return read, time.process_time() - start


def main() -> None:
    """Measures and prints."""
    per_module: list[float] = []
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else SIZES[-1]
    for size in (size for size in SIZES if size <= largest):
        with tempfile.TemporaryDirectory() as place:
            write_copies(Path(place), size)
            read, checked = measure(Path(place))
        per_module.append(checked / size)
        print(
            f"{size:5} modules: reading {read:6.2f} CPU s, rules {checked:6.2f}; rules / reading = {checked / read:.2f}; "
            f"a module against the smallest run = {per_module[-1] / per_module[0]:.2f}"
        )


if __name__ == "__main__":
    main()
