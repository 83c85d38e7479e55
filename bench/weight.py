"""Prints what pages weigh: what a browser asks a server for, file by file, on a first visit and on later ones.

A real Chromium opens a built site (`python bench/weight.py FOLDER`; the shipped course is built where none is named).
The server lets files be fresh for ten minutes, as hosts of pages do, and counts what reaches it; a file counts
compressed, as gzip -9 or, where the module brotli is there, as brotli. Nothing here is a test: figures are to be read.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium

try:
    import brotli
except ImportError:
    brotli = None

ROOT = Path(__file__).parents[1]
#: Seconds without a request after which nothing more is waited for.
QUIET = 1.5
PHONE = {"width": 390, "height": 844}
#: What is looked for: a usual word, two words, one with a letter missing.
QUERIES = ("listening", "saying no", "boundries")


@dataclass
class Asked:
    """What reached the server, by whom."""

    root: Path
    #: Address, what it was answered with, whether the worker asked.
    log: list[tuple[str, int, bool]] = field(default_factory=list)
    last: float = 0.0

    def note(self, path: str, status: int, *, by_worker: bool) -> None:
        """Notes a request."""
        self.log.append((path, status, by_worker))
        self.last = time.monotonic()

    def settle(self) -> list[tuple[str, int, bool]]:
        """Waits until nothing more is asked for, and hands over what was."""
        self.last = time.monotonic()
        while time.monotonic() - self.last < QUIET:
            time.sleep(0.1)
        found, self.log = self.log, []
        return found


class Handler(http.server.SimpleHTTPRequestHandler):
    """A server whose answers are fresh for a while."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *given: object, asked: Asked, **named: object) -> None:
        self._asked = asked
        super().__init__(*given, **named)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Notes it too."""
        worker = (self.headers.get("Referer") or "").endswith("/sw.js") or self.path.endswith("/sw.js")
        self._asked.note(unquote(urlsplit(self.path).path), code, by_worker=worker)
        super().send_response(code, message)

    def end_headers(self) -> None:
        """As hosts of pages do."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[str, Asked]]:
    """The address of a folder, and what is asked of it."""
    asked = Asked(folder)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder), asked=asked)
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", asked
    finally:
        server.shutdown()


def built(place: Path) -> Path:
    """The shipped course, built into a folder in a place."""
    site = place / "site"
    subprocess.run(
        [sys.executable, "-m", "alongside", "build", "--quiet", "--site-dir", str(site)], cwd=ROOT, check=True
    )
    return site


@functools.cache
def sizes(path: Path) -> tuple[int, int]:
    """Bytes of a file as gzip and as brotli."""
    content = path.read_bytes() if path.is_file() else b""
    return len(gzip.compress(content, 9)), len(brotli.compress(content)) if brotli else 0


def file_of(root: Path, path: str) -> Path:
    """The file that an address stands for."""
    file = root / path.strip("/")
    return file / "index.html" if path.endswith("/") else file


COLUMNS = ("html", "css", "js", "json", "else", "worker")


def kind_of(path: str, *, by_worker: bool) -> str:
    """The column that a file is counted in."""
    if by_worker:
        return "worker"
    suffix = "html" if path.endswith("/") else path.rpartition(".")[2]
    return suffix if suffix in COLUMNS else "else"


def row(name: str, root: Path, log: list[tuple[str, int, bool]], *, files: bool = False) -> None:
    """Prints a line: requests, those that brought nothing new among them, and kilobytes by kind."""
    kilobytes = dict.fromkeys(COLUMNS, 0.0)
    small = 0
    for path, status, by_worker in log:
        gz, br = sizes(file_of(root, path)) if status == http.HTTPStatus.OK else (0, 0)
        kilobytes[kind_of(path, by_worker=by_worker)] += gz / 1000
        small += br
        if files:
            print(f"      {path} {status} {gz}{' worker' if by_worker else ''}")
    again = sum(status == http.HTTPStatus.NOT_MODIFIED for _, status, _ in log)
    parts = "".join(f"{kilobytes[column]:8.1f}" for column in COLUMNS)
    least = f"{small / 1000:8.1f}" if brotli else "       –"
    print(f"{name:44}{len(log):5}{again:5}{parts}{sum(kilobytes.values()):8.1f}{least}")


def pages_of(root: Path) -> dict[str, list[str]]:
    """Addresses of pages by their kind, in alphabetical order."""
    found: dict[str, list[str]] = {}
    for path in sorted(root.rglob("index.html")):
        head = path.read_text("utf-8").partition('class="page page--')[2]
        url = path.relative_to(root).as_posix().removesuffix("index.html")
        found.setdefault(head.partition('"')[0], []).append(url)
    return found


def read_through(page: Page) -> None:
    """Scrolls a page to its end, as whoever reads it does."""
    page.evaluate(
        """async () => {
          for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
            scrollTo(0, y);
            await new Promise((done) => setTimeout(done, 60));
          }
        }"""
    )


def answer(page: Page) -> None:
    """Answers the first question that has options."""
    form = page.locator(".question form:has(.option)").first
    form.locator("input").first.check()
    form.get_by_role("button", name="Check my answer").click()


def visit(browser: Browser, address: str, asked: Asked, lessons: list[str], *, files: bool) -> None:
    """A learner's first two lessons, one after the other, and what acting on them loads."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    steps: list[tuple[str, Callable[[], object]]] = [
        (f"first visit: {lessons[0]}", lambda: page.goto(address + lessons[0])),
        ("  read to its end", lambda: read_through(page)),
        ("  one question answered", lambda: answer(page)),
        (f"  next lesson: {lessons[1]}", lambda: page.goto(address + lessons[1])),
        ("    read to its end", lambda: read_through(page)),
        ("  the same again", lambda: page.goto(address + lessons[1])),
    ]
    for name, act in steps:
        act()
        row(name, asked.root, asked.settle(), files=files)
    context.close()


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", nargs="?", type=Path, help="a built site")
    parser.add_argument("--files", action="store_true", help="name each file")
    parser.add_argument("--search", action="store_true", help="only what looking for something costs")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        root = options.site
        if root is None:
            root = built(Path(stack.enter_context(tempfile.TemporaryDirectory())))
        address, asked = stack.enter_context(served(root))
        browser = chromium.launch(stack.enter_context(sync_playwright()), root)
        if browser is None:
            sys.exit("There is no Chromium; make test installs one.")
        stack.callback(browser.close)
        head = "".join(f"{column:>8}" for column in COLUMNS)
        print(f"{'kB as gzip, by kind of file':44}{'asks':>5}{'304':>5}{head}{'all':>8}{'brotli':>8}")
        kinds = pages_of(root)
        lessons = kinds["lesson"]
        if not options.search:
            visit(browser, address, asked, lessons, files=options.files)
            middling = sorted(lessons, key=lambda url: sizes(file_of(root, url + "/"))[0])
            chosen = [("lesson, middling", middling[len(middling) // 2]), ("lesson, heaviest", middling[-1])]
            chosen += [(kind, urls[0]) for kind, urls in kinds.items() if kind not in {"lesson", "print", "moved"}]
            chosen += [(url, f"{url}/") for url in ("progress", "review", "journal") if (root / url).is_dir()]
            for name, url in chosen:
                context = browser.new_context(viewport=PHONE)
                context.new_page().goto(address + url)
                row(f"first visit, {name}: {url}"[:43], root, asked.settle(), files=options.files)
                context.close()
        for query in QUERIES:
            context = browser.new_context(viewport=PHONE)
            page = context.new_page()
            page.goto(f"{address}search/")
            page.keyboard.press("Control")  # the worker is there when something is looked for
            asked.settle()
            page.get_by_role("searchbox").fill(query)
            row(f"a search for “{query}”", root, asked.settle(), files=options.files)
            context.close()


if __name__ == "__main__":
    main()
