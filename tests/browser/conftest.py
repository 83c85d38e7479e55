"""A real browser, a real server, the real site."""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NoReturn

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from alongside.model.settings import Settings
from alongside.render.policy import NO_SETTINGS, headers
from tests.browser import chromium, firefox
from tests.browser import small as small_site
from tests.browser.keeping import use
from tests.browser.once import made_once, shared_folder
from tests.browser.small import build_small, write_small
from tests.node import NODE

ROOT = Path(__file__).parents[2]
WIDTHS = {"wide": 1280, "narrow": 320}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("dark", "light")
ENGINES = {"chromium": chromium.launch, "firefox": firefox.launch}
USUAL = "chromium"
REFRESH = re.compile(rb'<meta http-equiv="refresh"[^>]*>')
# On a busy machine five seconds, which is usual, can pass without a mistake.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser or the built site."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class Handler(http.server.SimpleHTTPRequestHandler):
    """A web server as an organisation would set it up: our headers, our page for what is missing."""

    protocol_version = "HTTP/1.1"

    def __init__(
        self,
        *given: Any,
        failing: Collection[str] = (),
        framed: bool = False,
        settings: Settings = False,
        still: bool = False,
        **named: Any,
    ) -> None:
        self._settings = settings
        self._still = still
        self._failing = failing
        self._left_out = {"Content-Security-Policy"} if framed else set()
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        if self.path in self._failing:
            self.send_error(500)
        elif self._still and (moved := self._moved()):
            self._answer(200, moved)
        else:
            super().do_GET()

    def _moved(self) -> bytes | None:
        """A page at an address of before, without what leads on at once."""
        path = Path(self.translate_path(self.path)) / "index.html"
        body = path.read_bytes() if path.is_file() else b""
        without = REFRESH.sub(b"", body)
        return without if without != body else None

    def end_headers(self) -> None:
        for name, value in headers(self._settings).items():
            if name not in self._left_out:
                self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory) / "404.html"
        if code != 404 or not missing.is_file():
            super().send_error(code, message, explain)
            return
        self._answer(404, missing.read_bytes())

    def _answer(self, code: int, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


class _Server(http.server.ThreadingHTTPServer):
    """Lets more callers wait than Python's five: a browser asks for twenty files at once."""

    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of a browser that has left."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def served(  # noqa: PLR0913  # what a server can be like
    folder: Path,
    failing: Collection[str] = (),
    *,
    framed: bool = False,
    settings: Settings = NO_SETTINGS,
    still: bool = False,
    port: int = 0,
) -> Iterator[str]:
    """The address at which a folder is served. Paths that are `failing` at the time get the answer 500.

    With `framed`, without the header that keeps pages out of frames; each page still has the rest of its policy.
    The headers are those of a site with these `settings`. If it is `still`, pages that have moved do
    not lead on by themselves, so that they can be looked at.
    """
    handler = functools.partial(
        Handler, directory=str(folder), failing=failing, framed=framed, settings=settings, still=still
    )
    server = _Server(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@dataclass(frozen=True)
class BuiltSite:
    """A built site and where it is served."""

    folder: Path
    address: str

    @property
    def pages(self) -> list[str]:
        """Addresses of all pages, from the top of the site."""
        found = [path.relative_to(self.folder).as_posix() for path in sorted(self.folder.rglob("*.html"))]
        return [page.removesuffix("index.html") for page in found]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """The shipped curriculum, built with the command."""

    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "alongside", "build", "--quiet", "--site-dir", str(folder)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)

    target = made_once(shared_folder(tmp_path_factory), "site", build)
    with served(target, still=True) as address:
        yield BuiltSite(target, address)


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuiltSite]:
    """Every example of every kind, built past the checks: it is there to be looked at, not to teach."""
    from tests.browser.gallery import build_gallery  # noqa: PLC0415  # imports the engine

    folder = made_once(shared_folder(tmp_path_factory), "gallery", build_gallery) / "site"
    with served(folder) as address:
        yield BuiltSite(folder, address)


@pytest.fixture(autouse=True, scope="session")
def _keep_small_sites(tmp_path_factory: pytest.TempPathFactory) -> None:
    small_site.kept = shared_folder(tmp_path_factory)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """The sources of a small site."""
    write_small(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with pages for authors, built."""
    sources = tmp_path_factory.mktemp("small")
    write_small(sources)
    with (sources / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("      author_pages: true\n")
    return build_small(sources)


@pytest.fixture(scope="module")
def address(small: Path) -> Iterator[str]:
    """Where a small site is served."""
    with served(small) as address:
        yield address


@pytest.fixture(scope="session", params=["gallery", "site"])
def built(request: pytest.FixtureRequest) -> BuiltSite:
    """The gallery, then the shipped curriculum."""
    return request.getfixturevalue(request.param)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each test runs in Chromium; in Firefox too where it is marked so; with `--engine`, in that engine alone."""
    if "browser" not in metafunc.fixturenames:
        return
    only = metafunc.config.getoption("engine")
    marked = metafunc.definition.get_closest_marker("engines")
    usual = [] if marked and marked.kwargs.get("alone") else [USUAL]
    engines = [only] if only else [*usual, *(marked.args if marked else ())]
    if engines != [USUAL]:
        wanted = [pytest.param(engine, marks=[getattr(pytest.mark, engine)]) for engine in engines]
        metafunc.parametrize("browser", wanted, indirect=True, scope="session")


def missing(engine: str) -> NoReturn:
    """Ends a test for want of a browser: it fails where one has to be there."""
    told = f"there is no {engine}; make test installs one"
    if os.environ.get("REQUIRE_BROWSER") or os.environ.get("CI"):
        pytest.fail(told)
    pytest.skip(told)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(
    request: pytest.FixtureRequest, playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """One browser for all tests: Chromium, or the engine that a test is given."""
    engine = getattr(request, "param", USUAL)
    launched = ENGINES[engine](playwright, tmp_path_factory.mktemp(engine))
    if launched is None:
        missing(engine)
    yield launched
    launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own."""
    context = browser.new_context(reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def learner(browser: Browser) -> Iterator[BrowserContext]:
    """Someone with a browser of their own, on a phone."""
    with browser.new_context(service_workers="block", viewport={"width": 390, "height": 844}) as context:
        yield context


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address in a fresh context, and is there. A script error, a failed request or a foreign one fails the test."""
    contexts = []
    complaints: list[str] = []

    def make(address: str, *, width: str = "wide", dark: bool = False, script: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": WIDTHS[width], "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on(
            "request",
            lambda request: (
                complaints.append(request.url)
                if not request.url.startswith(address.split("/", 3)[0] + "//127.0.0.1")
                else None
            ),
        )
        page.goto(address)
        if script:
            use(page)
        return page

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The source of axe-core."""
    path = ROOT / "node_modules/axe-core/axe.min.js"
    if not path.is_file():
        pytest.fail("axe-core is missing; make test installs it")
    return path.read_text("utf-8")


@pytest.fixture
def violations(axe_source: str) -> Callable[[Page], list[str]]:
    """What axe-core finds on a page, with every rule switched on: `rule: element`."""

    def find(page: Page) -> list[str]:
        # Evaluated through the debugger, which the page's policy does not concern.
        if page.evaluate("!globalThis.axe"):
            page.evaluate(axe_source)
        found = page.evaluate(
            """async () => {
              const tags = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"];
              const result = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
              return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}`));
            }"""
        )
        return list(found)

    return find


@pytest.fixture
def barriers(violations: Callable[[Page], list[str]]) -> Callable[[Page], list[str]]:
    """What axe-core finds in a state of a page, in dark and in light: `dark rule: element`. Firefox stays as it is.

    Firefox’s driver goes down with the browser when it is asked for another scheme.
    """

    def find(page: Page) -> list[str]:
        assert page.context.browser
        if page.context.browser.browser_type.name != USUAL:
            return violations(page)
        found = []
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found += [f"{scheme} {violation}" for violation in violations(page)]
        return found

    return find


def html_problems(files: list[Path]) -> list[str]:
    """What html-validate finds in files, one line each."""
    command = [NODE, str(ROOT / "node_modules/html-validate/bin/html-validate.mjs")]
    with tempfile.TemporaryDirectory() as folder:
        # Into a file: Node.js may leave before a long answer is through the pipe.
        answer = Path(folder) / "answer.json"
        command += [
            "--config",
            str(ROOT / "tests/browser/html-validate.json"),
            "--formatter",
            f"json={answer}",
            *map(str, files),
        ]
        result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        assert result.returncode in {0, 1}, result.stderr
        reports = json.loads(answer.read_text("utf-8"))
    return [
        f"{Path(report['filePath']).parent.name}/{Path(report['filePath']).name}:{m['line']} {m['ruleId']}: {m['message']}"
        for report in reports
        for m in report["messages"]
    ]
