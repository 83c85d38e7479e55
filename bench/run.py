"""Prints how the cost of a build grows, as ratios measured in one run.

CPU seconds of child processes, so that other work on the machine matters little. Nothing here is a
test: figures are to be read.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from alongside.files.cache import VARIABLE
from bench.generate import write_curriculum, write_plain

KINDS = {
    "lesson": r"module-\d+/lesson-\d/index.html",
    "quiz": r"module-\d+/quiz/index.html",
    "overview": r"module-\d+/index.html",
}


def cpu(command: list[str], folder: Path) -> float:
    """CPU seconds that a command and its children take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        sys.exit(result.stdout + result.stderr)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def keep_in(folder: Path) -> None:
    """From here on everything is kept in a folder as if it were the system's own place, where compiled templates may stand too."""
    os.environ.pop(VARIABLE, None)
    os.environ["XDG_CACHE_HOME"] = str(folder)


def build(folder: Path) -> float:
    """CPU seconds of our build of a curriculum."""
    return cpu([sys.executable, "-m", "alongside", "build", "--quiet"], folder)


def page_bytes(site: Path) -> dict[str, tuple[float, int]]:
    """Median and maximum bytes of the pages of each kind."""
    sizes: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for path in site.rglob("*.html"):
        name = path.relative_to(site).as_posix()
        for kind, pattern in KINDS.items():
            if re.fullmatch(pattern, name):
                sizes[kind].append(path.stat().st_size)
    return {kind: (statistics.median(found), max(found)) for kind, found in sizes.items()}


def same_words(site: Path) -> list[tuple[str, str, str]]:
    """The words of each of our pages but the print copies, as paragraphs under their headings."""
    pages = []
    for path in sorted(site.rglob("index.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        if "/print/" in f"/{url}":
            continue
        html = path.read_text("utf-8")
        main = html[html.index("<main") : html.index("</main>")]
        title = re.sub("<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", main, re.DOTALL).group(1))
        main = re.sub(r"<h([23])[^>]*>", lambda m: f"\n\n{'#' * int(m.group(1))} ", main.split("</h1>", 1)[1])
        main = re.sub(
            r"<li[^>]*>", "\n- ", re.sub(r"</?(?:p|ul|ol|div|section|h\d|form|fieldset|details)[^>]*>", "\n\n", main)
        )
        text = re.sub(r"<em>(.*?)</em>", r"*\1*", main)
        pages.append((url, title, re.sub(r"\n{3,}", "\n\n", re.sub("<[^>]+>", "", text))))
    return pages


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--largest", type=int, default=100, help="largest number of modules: 10, 100 or 1000")
    largest = parser.parse_args().largest
    sizes = [size for size in (10, 100, 1000) if size <= largest]
    per_module: dict[int, float] = {}
    weights: dict[int, dict[str, tuple[float, int]]] = {}
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        write_curriculum(root / "one", 1)
        start = build(root / "one")
        for size in sizes:
            folder = root / str(size)
            write_curriculum(folder, size)
            total = build(folder)
            per_module[size] = (total - start) / size
            weights[size] = page_bytes(folder / "site")
            print(f"{size:5} modules: {total:7.1f} CPU s, {1000 * per_module[size]:6.1f} ms a module")
            if size == 100:
                plain = root / "plain"
                pages = same_words(folder / "site")
                write_plain(plain, pages)
                theirs = cpu([sys.executable, "-m", "mkdocs", "build", "--quiet"], plain)
                print(
                    f"      the same {len(pages)} pages with plain MkDocs and Material, pruned: {theirs:.1f} CPU s; ours / theirs = {total / theirs:.2f}"
                )
    for smaller, larger in pairwise(sizes):
        print(f"a module at {larger} against a module at {smaller}: {per_module[larger] / per_module[smaller]:.2f}")
        for kind in KINDS:
            median, most = (new / old for new, old in zip(weights[larger][kind], weights[smaller][kind], strict=True))
            print(f"  bytes of {kind} pages: median {median:.3f}, maximum {most:.3f}")


if __name__ == "__main__":
    main()
