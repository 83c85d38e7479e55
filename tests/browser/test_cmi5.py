"""A package of cmi5, launched in a browser by a small platform with a store of records."""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from alongside.build import gather_sound
from alongside.exporters import FORMATS, Selection
from alongside.files.archive import unpacked_bytes
from alongside.load.drafts import without_drafts
from alongside.render.policy import NO_SETTINGS
from tests.browser.conftest import Handler
from tests.browser.small import write_small

ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "learner-7"}}
REGISTRATION = "6f1f9a5c-7a0e-4c0e-9b0a-0d6a3c1e2f10"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"


class Platform:
    """Launches the course, gives each key once, and keeps what it is told."""

    def __init__(self) -> None:
        self.address = ""
        self.launches = 0
        self.keys: list[str] = []
        #: A browser complains in its console of each document that is not there, so all are.
        self.documents: dict[str, object] = {"": {}, "alongside": {}}
        self.statements: list[dict[str, object]] = []

    def launched(self) -> str:
        """The address of a new launch."""
        self.launches += 1
        key = f"key-{self.launches}"
        self.keys.append(key)
        self.documents["LMS.LaunchData"] = {
            "launchMode": "Normal",
            "moveOn": "Completed",
            "returnURL": f"{self.address}back.html",
            "contextTemplate": {"extensions": {SESSION: key}},
        }
        launch = {
            "endpoint": f"{self.address}xapi/", "fetch": f"{self.address}key?{key}", "actor": json.dumps(ACTOR),
            "registration": REGISTRATION, "activityId": "https://lms.example/au",
        }  # fmt: skip
        return f"{self.address}index.html?{urlencode(launch)}"

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, object]:
        """What is answered to a request for the key or for the store."""
        url = urlsplit(path)
        if url.path == "/key":
            if url.query not in self.keys:
                return 200, {"error-code": "1", "error-text": "given"}
            self.keys.remove(url.query)
            return 200, {"auth-token": url.query}
        if url.path == "/xapi/statements":
            self.statements += json.loads(body)
            return 200, []
        name = parse_qs(url.query).get("stateId", [""])[0]
        if method == "PUT":
            self.documents[name] = json.loads(body)
            return 204, None
        return (200, self.documents[name]) if name in self.documents else (404, None)

    @property
    def verbs(self) -> list[str]:
        """What was said, in the order in which it came."""
        return [str(one["verb"]["id"]).rpartition("/")[2] for one in self.statements]  # type: ignore[index]


class _Handler(Handler):
    def __init__(self, *given: Any, platform: Platform, **named: Any) -> None:
        self._platform = platform
        super().__init__(*given, **named)

    def do_GET(self) -> None:  # noqa: N802  # as the server calls it
        if urlsplit(self.path).path.startswith("/xapi/"):
            self._tell()
        else:
            super().do_GET()

    def _tell(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        code, said = self._platform.answer(self.command, self.path, body)
        content = b"" if said is None else json.dumps(said).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:  # noqa: N802  # as the server calls it
        self._tell()

    def do_PUT(self) -> None:  # noqa: N802  # as the server calls it
        self._tell()


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    """The small course as a package, in a platform."""
    sources, folder = tmp_path / "sources", tmp_path / "package"
    sources.mkdir()
    write_small(sources)
    project, curriculum = gather_sound(sources / "mkdocs.yml")
    ready = without_drafts(curriculum)
    package = FORMATS["cmi5"].write(Selection(project, ready, tuple(ready.modules))).file
    back = b"<!doctype html><html lang=en><title>Back</title><h1>Back in the platform</h1>"
    for name, content in {**unpacked_bytes(package), "back.html": back}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    platform = Platform()
    handler = functools.partial(
        _Handler, platform=platform, directory=str(folder), failing=(), framed=True, settings=NO_SETTINGS, still=False
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        platform.address = f"http://127.0.0.1:{server.server_port}/"
        yield platform
        server.shutdown()


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits until something has reached the platform."""
    for _ in range(50):
        if holds():
            return
        page.wait_for_timeout(100)
    pytest.fail("it never reached the platform")


def kept(platform: Platform) -> dict[str, str]:
    document = platform.documents.get("alongside")
    return document.get("kept", {}) if isinstance(document, dict) else {}


def test_a_learner_is_launched_learns_comes_back_and_leaves(open_page: Callable[..., Page], platform: Platform) -> None:
    page = open_page(platform.launched())
    course = page.frame_locator("#course")
    course.get_by_role("link", name="Start with").click()
    course.locator("main a[data-part='asking']").first.click()
    course.get_by_label("I have finished this lesson").check()
    until(page, lambda: kept(platform).get("location") == "listening/asking/")
    question = course.locator("[data-question='asking-recall']")
    question.get_by_role("textbox").fill("open question")
    question.get_by_role("button", name="Check").first.click()
    until(page, lambda: "raw" in kept(platform))
    before = kept(platform)["state"]
    assert platform.verbs == ["initialized"] and platform.keys == []

    # The key of a launch is used up: a page that is loaded again says so, and writes over nothing.
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("close the course and open it again", ignore_case=True)
    until(page, lambda: platform.verbs == ["initialized", "terminated"])
    assert kept(platform)["state"] == before

    page.goto(platform.launched())
    expect(course.get_by_label("I have finished this lesson")).to_be_checked()
    page.get_by_role("button", name="Save and leave").click()
    expect(page.get_by_role("heading", name="Back in the platform")).to_be_visible()
    until(page, lambda: platform.verbs == ["initialized", "terminated"] * 2)
    assert kept(platform)["state"] == before
    assert [one["result"]["duration"][:2] for one in platform.statements if "result" in one] == ["PT", "PT"]  # type: ignore[index]
