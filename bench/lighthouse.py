"""Prints what Lighthouse says of one page of each class, as it would be on a middling phone with a slow connection.

    python bench/lighthouse.py                     the shipped course, which is built first
    python bench/lighthouse.py FOLDER support/     some pages of a built site
    python bench/lighthouse.py --install           sets Lighthouse up in .cache/lighthouse, and measures

The site stands behind nginx, set up by the recipe that sites get. Lighthouse loads each page in a Chromium without a
window and works out what a phone would have seen. Nothing here is a test: figures are to be read, on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.weight import ROOT, built
from tests.browser import chromium
from tests.browser.pages import one_of_each_type
from tests.browser.servers import nginx

PLACE = ROOT / ".cache" / "lighthouse"
PACKAGE = "lighthouse@13"
SCORES = ("performance", "accessibility", "best-practices", "seo")
#: What is shown of the audits, with what it is divided by.
TIMES = {
    "first-contentful-paint": ("FCP s", 1000.0),
    "largest-contentful-paint": ("LCP s", 1000.0),
    "total-blocking-time": ("TBT ms", 1.0),
    "cumulative-layout-shift": ("CLS", 1.0),
}
#: Nobody vouches for the certificate of the server here.
FLAGS = "--headless=new --no-sandbox --ignore-certificate-errors"
#: These are asked whether they want to be found, and say no.
HIDDEN = frozenset({"offline/", "404.html"})


def install() -> None:
    """Sets Lighthouse up where it is not there."""
    PLACE.mkdir(parents=True, exist_ok=True)
    npm = shutil.which("npm") or sys.exit("There is no npm; make puts it on the path.")
    subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", PLACE, PACKAGE], check=True)


def judged(address: str, folder: Path) -> dict[str, Any]:
    """What Lighthouse finds on a page."""
    report = folder / "report.json"
    program = PLACE / "node_modules" / ".bin" / "lighthouse"
    browser, more = chromium.find() or sys.exit("There is no Chromium; make test installs one.")
    environment = {**os.environ, **more, "CHROME_PATH": browser}
    command = [str(program), address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={FLAGS}"]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return found


def row(name: str, found: dict[str, Any]) -> None:
    """Prints a line for a page, and one for each thing that costs it points."""
    scores = [round(100 * (found["categories"][score]["score"] or 0)) for score in SCORES]
    times = [f"{found['audits'][audit]['numericValue'] / by:8.2f}" for audit, (_, by) in TIMES.items()]
    print(f"{name or 'home':46}{''.join(f'{score:6}' for score in scores)}{''.join(times)}", flush=True)
    if name in HIDDEN:
        return
    for score in SCORES[1:]:
        for part in found["categories"][score]["auditRefs"]:
            audit = found["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                print(f"    {score}: {audit['title']}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a built site."""
    with tempfile.TemporaryDirectory() as place, nginx(folder, Path(place)) as address:
        yield address


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description="What Lighthouse says of pages.")
    parser.add_argument("folder", nargs="?", type=Path, help="a built site; without one the shipped course is built")
    parser.add_argument("pages", nargs="*", help="addresses of pages; without any, one of each class")
    parser.add_argument("--install", action="store_true", help="set Lighthouse up")
    given = parser.parse_args()
    if given.install:
        install()
    with tempfile.TemporaryDirectory() as place:
        folder = given.folder or built(Path(place))
        heads = "".join(f"{score[:5]:>6}" for score in SCORES) + "".join(f"{head:>8}" for head, _ in TIMES.values())
        print(f"{'page':46}{heads}")
        with served(folder) as address:
            for page in given.pages or one_of_each_type(folder):
                row(page, judged(address + page, Path(place)))


if __name__ == "__main__":
    main()
