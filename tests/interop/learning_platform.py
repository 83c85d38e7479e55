"""A learning platform of scorm-again and a few lines: it starts a package, keeps what the package hands over, and starts it again.

Like many platforms it has no page for a folder, and keeps nothing of a launch but what was committed.
"""

from __future__ import annotations

import contextlib
import http.server
import io
import json
import mimetypes
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import BrowserContext, Frame, Page

SCORM_AGAIN = Path(__file__).parents[2] / "node_modules/scorm-again/dist/scorm-again.js"
Version = Literal["1.2", "2004"]
API = {"1.2": ("API", "Scorm12API"), "2004": ("API_1484_11", "Scorm2004API")}
LAUNCH = """<!doctype html><html lang="en"><title>Platform</title>
<script src="/scorm-again.js"></script>
<script>
const settings = {{ lmsCommitUrl: "/commit", autocommit: false, logLevel: 5, {settings} }};
const kept = {kept};
window.{name} = new {constructor}(settings);
if (kept) window.{name}.loadFromJSON(kept);
window.{name}.on("{finished}", () => (window.finished = (window.finished ?? 0) + 1));
</script>
{inside}"""
FRAMED = """<!doctype html><html lang="en"><title>Frame</title>{inside}"""


@dataclass
class LearningPlatform:
    """What a platform has, and what it was told."""

    package: bytes
    version: Version = "1.2"
    #: How many windows stand between the API and the package; and what more scorm-again is told.
    frames: int = 0
    settings: str = ""
    #: Whether there is an API at all, and whether what is committed is taken.
    has_api: bool = True
    takes: bool = True
    #: Whether the package is opened in a window of its own, and not in the page of the platform.
    in_window: bool = False
    #: Every commit, the latest last.
    commits: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""
    #: Whatever was asked for and is not there.
    missing: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        with zipfile.ZipFile(io.BytesIO(self.package)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}

    # ------------------------------------------------------------- what it knows

    @property
    def kept(self) -> dict[str, Any]:
        """The latest that it was told, without what is said of a launch alone."""
        return self.commits[-1]["cmi"] if self.commits else {}

    @property
    def core(self) -> dict[str, Any]:
        """The same, where SCORM 1.2 has its core."""
        core: dict[str, Any] = self.kept["core"]
        return core

    # -------------------------------------------------------------- what it says

    def page(self, path: str) -> bytes | None:
        """What it gives out at a path."""
        if path == "/scorm-again.js":
            return SCORM_AGAIN.read_bytes()
        if path.startswith("/content/"):
            return self.files.get(path.removeprefix("/content/"))
        if path == "/launch":
            return self._launch().encode()
        if path.startswith("/frame/"):
            return FRAMED.format(inside=self._inside(int(path.removeprefix("/frame/")))).encode()
        return b"<!doctype html><title>Elsewhere</title>" if path == "/elsewhere" else None

    def _inside(self, deep: int) -> str:
        at = f"/frame/{deep - 1}" if deep else "/content/index.html"
        return f'<iframe src="{at}" title="Course" style="width: 100%; height: 90vh"></iframe>'

    def _launch(self) -> str:
        if not self.has_api:
            return FRAMED.format(inside=self._inside(self.frames))
        name, constructor = API[self.version]
        kept = {key: value for key, value in self.kept.items() if key not in {"session_time", "exit"}}
        finished = "LMSFinish" if self.version == "1.2" else "Terminate"
        return LAUNCH.format(
            settings=self.settings, kept=json.dumps(kept or None), name=name, constructor=constructor,
            inside="" if self.in_window else self._inside(self.frames), finished=finished,
        )  # fmt: skip

    # ----------------------------------------------------------- how it is used

    def launch(self, context: BrowserContext) -> tuple[Page, Frame]:
        """Starts the package in a tab. Gives the tab, and the window of the package."""
        page = context.new_page()
        page.goto(f"{self.address}launch")
        return page, self.shell(page)

    @staticmethod
    def shell(page: Page) -> Frame:
        """The window of the package, once it has begun."""
        for _ in range(1000):
            shell = next((frame for frame in page.frames if frame.url.endswith("/content/index.html")), None)
            if shell and shell.evaluate("Boolean(globalThis.alongside?.names)"):
                return shell
            page.wait_for_timeout(20)
        raise AssertionError("the package did not begin")


@contextlib.contextmanager
def running(platform: LearningPlatform) -> Iterator[LearningPlatform]:
    """Lets the platform serve."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            body = platform.page(path)
            if body is None:
                platform.missing.append(path)
            kind = mimetypes.guess_type(path)[0] if path.startswith(("/content", "/scorm")) else "text/html"
            self._answer(404 if body is None else 200, body or b"", kind or "application/octet-stream")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if platform.takes:
                platform.commits.append(json.loads(body))
            answer = json.dumps({"result": str(platform.takes).lower(), "errorCode": 0 if platform.takes else 101})
            self._answer(200, answer.encode(), "application/json")

        def _answer(self, code: int, body: bytes, kind: str) -> None:
            self.send_response(code)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text") else kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    platform.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
