"""A channel in Kolibri: its own import takes it, and in its viewer a learner answers, leaves and comes back."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from alongside.build import gather_sound
from alongside.exporters import FORMATS, Selection
from alongside.files.archive import unpacked_bytes
from alongside.load.drafts import without_drafts
from tests.browser.small import write_small
from tests.interop.clients import KOLIBRI

NAME, SECRET = "admin", "only-for-this-test"
#: How long a slow machine may take to start it, in seconds.
PATIENCE = 240


@dataclass(frozen=True)
class Server:
    """A Kolibri that has imported a channel."""

    address: str
    home: Path
    node: str

    def said(self, query: str) -> list[tuple[object, ...]]:
        """What its database holds."""
        with closing(sqlite3.connect(self.home / "db.sqlite3")) as kept:
            return kept.execute(query).fetchall()


def manage(home: Path, *words: str) -> str:
    """What a command of Kolibri says. Ends the test where it fails."""
    assert KOLIBRI.exists(), "there is no Kolibri; make test-interop installs it"
    environment = {**os.environ, "KOLIBRI_HOME": str(home), "KOLIBRI_RUN_MODE": "alongside-tests"}
    environment.pop("PYTHONPATH", None)
    ran = subprocess.run(
        [str(KOLIBRI), "manage", words[0], "--", *words[1:]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def free_port() -> int:
    with closing(socket.socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Kolibri with the channel of the small course, imported from a folder."""
    sources, stick, home = (tmp_path_factory.mktemp(name) for name in ("sources", "stick", "home"))
    write_small(sources)
    project, curriculum = gather_sound(sources / "mkdocs.yml")
    ready = without_drafts(curriculum)
    files = unpacked_bytes(FORMATS["kolibri"].write(Selection(project, ready, tuple(ready.modules))).file)
    for name, content in files.items():
        (stick / name).parent.mkdir(parents=True, exist_ok=True)
        (stick / name).write_bytes(content)
    (channel,) = (Path(name).stem for name in files if name.endswith(".sqlite3"))
    for command in ("importchannel", "importcontent"):
        manage(home, command, "disk", channel, str(stick / "KOLIBRI_DATA"))
    manage(home, "provisiondevice", "--facility", "Test", "--preset", "nonformal", "--superusername", NAME, "--superuserpassword", SECRET, "--language_id", "en", "--noinput")  # fmt: skip
    port, other = free_port(), free_port()
    environment = {**os.environ, "KOLIBRI_HOME": str(home), "KOLIBRI_RUN_MODE": "alongside-tests"}
    environment.pop("PYTHONPATH", None)
    command = [str(KOLIBRI), "start", "--foreground", "--port", str(port), "--zip-port", str(other)]
    with (
        (home / "said.txt").open("w") as said,
        subprocess.Popen(command, env=environment, stdout=said, stderr=said) as ran,
    ):
        try:
            has = Server(f"http://127.0.0.1:{port}", home, "")
            _wait_for(has)
            ((node,),) = has.said("SELECT id FROM content_contentnode WHERE kind = 'html5'")
            yield Server(has.address, home, str(node))
        finally:
            ran.terminate()


def _wait_for(server: Server) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(f"{server.address}/api/public/info/", timeout=5):  # noqa: S310  # ours
                return
        except (URLError, OSError):
            time.sleep(1)
    raise AssertionError((server.home / "said.txt").read_text()[-2000:])


def test_kolibri_has_taken_over_what_the_channel_says(server: Server) -> None:
    ((title, lang, available, licence, duration, options),) = server.said(
        "SELECT title, lang_id, available, license_name, duration, options FROM content_contentnode WHERE kind = 'html5'"
    )
    assert (lang, available, licence) == ("en", 1, "CC BY")
    assert title and duration and json.loads(str(options))["completion_criteria"]["model"] == "determined_by_resource"
    ((name, version, root_available),) = server.said(
        "SELECT c.name, c.version, n.available FROM content_channelmetadata c JOIN content_contentnode n ON n.id = c.root_id"
    )
    assert (name, version, root_available) == ("Small", 10_000, 1)
    assert server.said("SELECT count(*) FROM content_localfile WHERE available = 0") == [(0,)]


def test_a_learner_answers_leaves_and_comes_back(server: Server, context: BrowserContext) -> None:
    page = context.new_page()
    _sign_in(page, server)
    course = _opened(page, server)
    course.evaluate("location.href = 'listening/quiz/index.html'")
    page.wait_for_timeout(500)
    course = _course(page)
    question = course.locator("q-choice").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Check").click()
    expect(question.locator("[data-state]").first).to_be_visible()
    _wait_until(page, server, "score")
    page.goto("about:blank")
    ((progress, kind),) = server.said("SELECT progress, kind FROM logger_contentsummarylog")
    assert kind == "html5" and 0 < float(str(progress)) < 1
    # Another window, another day: the platform says where the learner stopped.
    page = context.new_page()
    _opened(page, server)
    page.wait_for_timeout(1000)
    assert "/listening/quiz/" in _course(page).url
    expect(_course(page).get_by_text("You have answered").or_(_course(page).locator("q-choice [data-state]")).first).to_be_attached()  # fmt: skip


def _sign_in(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/en/auth/#/signin")
    token = next(one["value"] for one in page.context.cookies() if "csrf" in one.get("name", ""))
    facility = page.request.get(f"{server.address}/api/public/v1/facility/").json()[0]["id"]
    answer = page.request.post(
        f"{server.address}/api/auth/session/?active=true",
        data={"username": NAME, "password": SECRET, "facility": facility},
        headers={"X-CSRFToken": token},
    )
    assert answer.ok, answer.text()


def _opened(page: Page, server: Server) -> Frame:
    """The module in Kolibri's viewer."""
    page.goto(f"{server.address}/en/learn/#/topics/c/{server.node}")
    end = time.monotonic() + 60
    while time.monotonic() < end and not any("/course/" in frame.url for frame in page.frames):
        page.wait_for_timeout(300)
    return _course(page)


def _course(page: Page) -> Frame:
    return next(frame for frame in page.frames if "/course/" in frame.url)


def _wait_until(page: Page, server: Server, named: str) -> None:
    """Waits until what is kept of the learner names something."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        page.wait_for_timeout(1000)
        if any(named in str(row[0]) and "suspend_data" in str(row[0]) and float(str(row[1])) > 0 for row in server.said("SELECT extra_fields, progress FROM logger_contentsummarylog")):  # fmt: skip
            return
    raise AssertionError(server.said("SELECT * FROM logger_contentsummarylog"))
