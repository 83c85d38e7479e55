"""A preview follows the files: changes show at once, mistakes show until they are mended."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from alongside.build import _refresh
from alongside.engines.preview import Preview, Refresh, Steps, _Handler, _server
from alongside.files.located import Place
from alongside.files.problems import Problem
from alongside.render.policy import headers
from tests.browser.gallery import CONFIGURATION
from tests.conftest import BASE

pytestmark = pytest.mark.slow

MODULE = "modules/listening/module.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in BASE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    return tmp_path


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def preview(folder: Path, said: list[str]) -> Preview:
    return previewed(folder, said)


def previewed(folder: Path, said: list[str]) -> Preview:
    shown = Preview(partial(_refresh, folder / "mkdocs.yml", {}), said.append, folder / "mkdocs.yml")
    update(shown)
    return shown


def update(preview: Preview) -> None:
    """Reads what changed, and waits until all is known of it."""
    preview.update()
    preview.wait()


def change(folder: Path, old: str, new: str) -> None:
    path = folder / MODULE
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def problems(preview: Preview) -> str:
    return json.loads(preview.state.as_event().decode().removeprefix("data: "))["problems"]


def test_a_page_is_whole_and_follows_the_preview_script(preview: Preview) -> None:
    html = preview.page("listening/")
    assert html is not None
    assert html.startswith("<!doctype html>")
    assert "/_alongside/preview.js" in html


def test_an_address_that_leads_nowhere_has_no_page(preview: Preview) -> None:
    assert preview.page("nowhere/") is None


def test_style_sheets_and_pictures_are_served(preview: Preview) -> None:
    assert b":root" in (preview.file("assets/alongside.css") or b"")
    assert preview.file("listening/media/ladder.svg") is not None


def test_a_part_of_the_style_sheet_is_followed(preview: Preview, folder: Path) -> None:
    part = folder / "theme/steps/own.css"
    part.parent.mkdir(parents=True)
    part.write_text(".own { margin: 0 }\n", "utf-8")
    assert part in preview.watched()
    update(preview)
    assert b".own{margin:0}" in (preview.file("assets/alongside.css") or b"")
    part.write_text(".own { margin: 1px }\n", "utf-8")
    update(preview)
    assert b".own{margin:1px}" in (preview.file("assets/alongside.css") or b"")
    assert preview.file("steps/own.css") is None


def test_a_change_is_there_after_an_update(preview: Preview, folder: Path) -> None:
    version = preview.state.version
    change(folder, "title: ", "title: Really ")
    update(preview)
    assert preview.state.version == version + 1
    assert "Really" in (preview.page("listening/") or "")


def test_a_mistake_shows_and_the_last_sound_version_stays(preview: Preview, folder: Path, said: list[str]) -> None:
    before = preview.page("listening/")
    change(folder, "title: ", "titel: ")
    update(preview)
    assert 'did you mean "title"?' in problems(preview)
    assert 'did you mean "title"?' in said[-1]
    assert preview.page("listening/") == before


@pytest.mark.slow
def test_a_mended_mistake_goes_away(preview: Preview, folder: Path, said: list[str]) -> None:
    change(folder, "title: ", "titel: ")
    update(preview)
    change(folder, "titel: ", "title: ")
    update(preview)
    assert problems(preview) == ""
    assert said[-1].startswith("Up to date")


@pytest.mark.slow
def test_an_open_page_hears_of_a_change(preview: Preview, folder: Path) -> None:
    heard = threading.Event()

    def listen() -> None:
        with preview.state.bell:
            if preview.state.bell.wait(5):
                heard.set()

    listener = threading.Thread(target=listen)
    with preview.state.bell:
        listener.start()
    change(folder, "title: ", "title: Really ")
    update(preview)
    listener.join()
    assert heard.is_set()


@pytest.mark.slow
def test_a_hostile_title_is_shown_and_never_obeyed(preview: Preview, folder: Path) -> None:
    path = folder / MODULE
    lines = path.read_text("utf-8").splitlines()
    lines[next(i for i, line in enumerate(lines) if line.startswith("title:"))] = (
        "title: '</title><script>alert(1)</script>'"
    )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    update(preview)
    for url in ("", "listening/", "listening/asking/", "modules/"):
        html = preview.page(url) or ""
        assert "&lt;script&gt;alert(1)" in html
        assert "<script>alert" not in html


@pytest.mark.slow
def test_every_file_of_the_site_is_watched(preview: Preview, folder: Path) -> None:
    assert folder / MODULE in preview.watched()


def test_a_configuration_that_cannot_be_read_is_a_problem(folder: Path, said: list[str]) -> None:
    (folder / "mkdocs.yml").write_text("plugins: [", "utf-8")
    assert "mkdocs.yml" in problems(previewed(folder, said))


def test_a_site_that_is_broken_from_the_start_is_followed(folder: Path, said: list[str]) -> None:
    (folder / "mkdocs.yml").write_text("plugins: [", "utf-8")
    shown = previewed(folder, said)
    assert {folder / "mkdocs.yml", folder / MODULE} <= shown.watched().keys()
    (folder / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    change(folder, "title: ", "titel: ")
    update(shown)
    assert folder / MODULE in shown.watched()
    change(folder, "titel: ", "title: ")
    update(shown)
    assert problems(shown) == ""


def steps(*beside: Callable[[Callable[[], None]], list[Problem]]) -> Refresh:
    """A site of nothing. With each update it is found out by the next of `beside` what is wrong with it."""
    left = iter(beside)
    project: Any = SimpleNamespace(theme_folders=(), layers=())
    renderer: Any = SimpleNamespace(assets=lambda _: (), addressed=lambda _: (), plan=dict)

    def refresh(pause: Callable[[], None]) -> Steps:
        find = next(left)
        yield [], project, renderer
        yield find(pause), project, None

    return refresh


def test_a_newer_change_ends_what_is_found_out_about_the_older(said: list[str]) -> None:
    ended = threading.Event()

    def for_ever(pause: Callable[[], None]) -> list[Problem]:
        try:
            while True:
                pause()
                time.sleep(0.001)
        finally:
            ended.set()

    preview = Preview(steps(for_ever, lambda _: []), said.append, Path("mkdocs.yml"))
    preview.update()
    older = preview._beside
    assert preview.state.version == 1
    update(preview)
    assert ended.wait(20)
    older.join(20)
    assert not older.is_alive()
    assert preview.state.version == 2
    assert [text.partition(" after")[0] for text in said] == ["Up to date"]


def test_what_is_found_out_too_late_is_not_shown(said: list[str]) -> None:
    late = threading.Event()

    def slow(_: Callable[[], None]) -> list[Problem]:
        late.wait(20)
        return [Problem("T100", "error", "no more", Place("a.yml"))]

    preview = Preview(steps(slow, lambda _: []), said.append, Path("mkdocs.yml"))
    preview.update()
    older = preview._beside
    update(preview)
    late.set()
    older.join(20)
    assert problems(preview) == ""
    assert len(said) == 1


def test_whoever_asks_for_a_page_comes_before_the_rules(said: list[str]) -> None:
    passed: list[int] = []

    def count(pause: Callable[[], None]) -> list[Problem]:
        for number in range(5):
            pause()
            passed.append(number)
        return []

    preview = Preview(steps(count), said.append, Path("mkdocs.yml"))
    with preview._first():
        preview.update()
        time.sleep(0.1)
        assert passed == []
    preview.wait()
    assert passed == [*range(5)]


def test_a_fault_of_ours_in_a_rule_is_raised_where_the_preview_was_started(said: list[str]) -> None:
    preview = Preview(steps(lambda _: 1 // 0 * []), said.append, Path("mkdocs.yml"))
    preview.update()
    with pytest.raises(ZeroDivisionError):
        preview.wait()


@pytest.mark.slow
def test_files_beside_the_pages_of_content_are_published(preview: Preview, folder: Path) -> None:
    (folder / "content/assets").mkdir()
    (folder / "content/assets/logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    update(preview)
    assert preview.file("assets/logo.svg") == b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.slow
def test_the_organisations_colours_are_served(preview: Preview, folder: Path) -> None:
    settings = CONFIGURATION + '      organisation: {colours: {primary: "#123456"}}\n'
    (folder / "mkdocs.yml").write_text(settings, "utf-8")
    update(preview)
    assert b"#123456" in (preview.file("assets/organisation.css") or b"")
    assert "assets/organisation.css" in (preview.page("listening/") or "")


@pytest.fixture
def address(preview: Preview) -> Iterator[tuple[str, int]]:
    """Where the preview answers."""
    server = _server("127.0.0.1")(("127.0.0.1", 0), partial(_Handler, preview))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield "127.0.0.1", server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Answer:
    """What the preview sent."""

    status: int
    headers: Message
    body: bytes


def ask(address: tuple[str, int], path: str, host: str | None = None) -> Answer:
    with contextlib.closing(http.client.HTTPConnection(*address, timeout=20)) as connection:
        connection.putrequest("GET", path, skip_host=True)
        if host != "":
            connection.putheader("Host", host or f"localhost:{address[1]}")
        connection.endheaders()
        with contextlib.closing(connection.getresponse()) as answer:
            return Answer(answer.status, answer.headers, answer.read() if answer.length else b"")


PAGES = (
    "/",
    "/listening/",
    "/assets/alongside.css",
    "/nowhere/",
    "/_alongside/preview.js",
    "/_alongside/events",
    "/sw.js",
)


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_headers_that_a_host_sends(address: tuple[str, int], path: str) -> None:
    answer = ask(address, path)
    assert {name: answer.headers[name] for name in headers()} == headers()


@pytest.mark.slow
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "0.0.0.1", "[::]", "", "localhost:x",
     "127.0.0.2", "evil.example@localhost", "localhost, evil.example", "[::1"],
)  # fmt: skip
def test_a_preview_answers_to_no_name_but_its_own(address: tuple[str, int], host: str) -> None:
    for path in PAGES:
        answer = ask(address, path, host)
        assert (answer.status, answer.body) == (421, b"This preview has another name.\n"), path


@pytest.mark.slow
@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8000", "[::1]", "[::1]:8000", "here.example:80"]
)
def test_a_preview_answers_to_its_own_names_and_to_the_address_that_it_was_told(
    address: tuple[str, int], preview: Preview, host: str
) -> None:
    preview.called("here.example")
    assert ask(address, "/", host).status == 200


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    ["/../mkdocs.yml", "/%2e%2e/mkdocs.yml", "/..%2fmkdocs.yml", "//etc/passwd", "/content/../mkdocs.yml", "/%2fetc/passwd",
     "/listening/media/../module.yml", "/listening/module.yml", "/mkdocs.yml", "/..%5cmkdocs.yml", "/%00", "/listening/media/%00",
     "/%ff%fe", "http://evil.example/mkdocs.yml", "/listening/media/%252e%252e/module.yml"],
)  # fmt: skip
def test_no_path_leads_out_of_the_site(address: tuple[str, int], path: str) -> None:
    answer = ask(address, path)
    assert answer.status == 404
    assert b"site_name:" not in answer.body


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("content/two words.md", "/two%20words/"),
        ("content/caf\u00e9.md", "/caf%C3%A9/"),
        ("content/a+b.md", "/a+b/"),
        ("content/100%.md", "/100%25/"),
        ("content/pictures/two words.svg", "/pictures/two%20words.svg"),
        ("modules/listening/media/two words.svg", "/listening/media/two%20words.svg?x=1"),
    ],
)
def test_names_with_blanks_and_signs_are_found_as_on_a_host(
    address: tuple[str, int], preview: Preview, folder: Path, name: str, url: str
) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(
        "# Two words\n\nTwo.\n" if name.endswith("md") else '<svg xmlns="http://www.w3.org/2000/svg"/>'
    )
    update(preview)
    assert problems(preview) == ""
    assert ask(address, url).status == 200


@pytest.mark.slow
@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"])
def test_of_a_browser_that_leaves_the_terminal_hears_nothing(
    address: tuple[str, int], sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    before = threading.active_count()
    leaving = socket.create_connection(address)
    leaving.sendall(sent)
    # Closed without a farewell, so that reading and writing fail.
    leaving.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    leaving.close()
    for _ in range(200):
        if threading.active_count() <= before:
            break
        time.sleep(0.01)
    assert capfd.readouterr().err == ""
