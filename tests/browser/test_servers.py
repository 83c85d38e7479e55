"""The recipes for web servers do what they say, on the servers themselves."""

from __future__ import annotations

import gzip
import re
import ssl
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from alongside.build import build_site
from alongside.render.policy import headers
from tests.browser.conftest import BuiltSite
from tests.browser.servers import PACKAGES, SERVERS, find
from tests.browser.small import write_small
from tests.browser.test_policy import Watched

Answer = tuple[int, HTTPMessage, bytes]


class _Stay(urllib.request.HTTPRedirectHandler):
    """Shows where a server sends its readers instead of going there."""

    def redirect_request(self, *_: object) -> None:
        return None


@pytest.fixture(scope="module", params=SERVERS)
def server(
    request: pytest.FixtureRequest, gallery: BuiltSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the gallery behind a real server."""
    if not find(request.param):
        pytest.skip(f"there is no {request.param}; as root, make test installs Debian's {PACKAGES[request.param]}")
    with SERVERS[request.param](gallery.folder, tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture
def ask(server: str) -> Callable[..., Answer]:
    """What the server answers: status, headers, body."""
    return asking(server)


def asking(server: str) -> Callable[..., Answer]:
    """What asks the server at an address."""
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    opener = urllib.request.build_opener(_Stay, urllib.request.HTTPSHandler(context=trusting))

    def answer(path: str, **wanted: str) -> Answer:
        request = urllib.request.Request(server + path, headers=wanted)  # noqa: S310  # our own address
        try:
            with opener.open(request) as response:
                return response.status, response.headers, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    return answer


@pytest.mark.parametrize(
    "path",
    ["", "gallery/steps/", "elements/question-element.js", "assets/alongside.css", "manifest.webmanifest",
     "gallery/media/ladder.svg", "gallery/media/talk.vtt", "no/such/page/", "sw.js"],
)  # fmt: skip
def test_every_answer_has_every_header(ask: Callable[..., Answer], path: str) -> None:
    _, sent, _ = ask(path)
    assert {name: sent.get_all(name) for name in headers()} == {name: [value] for name, value in headers().items()}


def test_a_page_that_is_missing_is_our_page(ask: Callable[..., Answer], gallery: BuiltSite) -> None:
    status, sent, body = ask("no/such/page/")
    assert status == 404
    assert body == (gallery.folder / "404.html").read_bytes()
    assert sent.get_content_type() == "text/html"


def test_a_folder_without_its_slash_leads_to_the_page(ask: Callable[..., Answer]) -> None:
    status, sent, _ = ask("gallery/steps")
    assert status in {301, 302, 307, 308}
    assert sent["Location"] == "/gallery/steps/"


@pytest.mark.parametrize(
    "path", [".alongside-site", ".git/config", "gallery/.hidden", "..%2f..%2fetc/passwd", "%2e%2e/x"]
)
def test_what_starts_with_a_dot_or_lies_outside_is_not_shown(
    ask: Callable[..., Answer], gallery: BuiltSite, path: str
) -> None:
    (gallery.folder / ".git").mkdir(exist_ok=True)
    for name in (".git/config", "gallery/.hidden"):
        (gallery.folder / name).write_text("secret", "utf-8")
    status, _, body = ask(path)
    assert status in {400, 404}
    assert b"secret" not in body


def test_what_certificates_need_is_shown(ask: Callable[..., Answer], gallery: BuiltSite) -> None:
    place = gallery.folder / ".well-known/acme-challenge/token"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("proof", "utf-8")
    assert ask(".well-known/acme-challenge/token")[2] == b"proof"


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("", "text/html"),
        ("elements/question-element.js", "javascript"),
        ("assets/alongside.css", "text/css"),
        ("gallery/media/ladder.svg", "image/svg+xml"),
        ("gallery/media/talk.vtt", "text/vtt"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("assets/index.json", "application/json"),
    ],
)
def test_a_file_has_its_type(ask: Callable[..., Answer], path: str, wanted: str) -> None:
    status, sent, _ = ask(path)
    assert status == 200
    assert sent.get_content_type().endswith(wanted)


@pytest.mark.parametrize("path", ["gallery/steps/", "assets/alongside.css", "elements/asking.js"])
def test_what_is_text_comes_compressed(ask: Callable[..., Answer], gallery: BuiltSite, path: str) -> None:
    _, sent, body = ask(path, **{"Accept-Encoding": "gzip"})
    assert sent["Content-Encoding"] == "gzip"
    file = gallery.folder / path
    assert gzip.decompress(body) == (file / "index.html" if file.is_dir() else file).read_bytes()


def test_pages_work_and_break_no_policy(server: str, browser: Browser) -> None:
    with browser.new_page(ignore_https_errors=True) as page:
        watched = Watched(page)
        for address in ("", "gallery/", "gallery/choice/", "gallery/steps/", "progress/", "search/"):
            page.goto(server + address)
            page.wait_for_load_state()
            assert (address, watched.refused()) == (address, [])
        page.goto(f"{server}gallery/choice/")
        question = page.locator("q-choice").first
        question.get_by_role("radio").first.check()
        question.get_by_role("button").first.click()
        expect(question.locator(".question__verdict")).not_to_be_empty()
        assert [note for note in watched.noted if "certificate" not in note] == []


@pytest.mark.parametrize("name", SERVERS)
def test_what_was_compressed_by_the_build_is_sent_as_it_is(name: str, tmp_path: Path) -> None:
    if not find(name):
        pytest.skip(f"there is no {name}")
    write_small(tmp_path / "small")
    place, _, _ = build_site(tmp_path / "small/mkdocs.yml", tmp_path / "site", compressed=True)
    (tmp_path / "server").mkdir()
    with SERVERS[name](place, tmp_path / "server") as address:
        ask = asking(address)
        for path in ("index.html", "assets/alongside.css", "elements/learner.js", "sw.js"):
            small = place / f"{path}.gz"
            small.write_bytes(gzip.compress(gzip.decompress(small.read_bytes()), 1))  # as no server would do it
            _, sent, body = ask(path.removesuffix("index.html"), **{"Accept-Encoding": "gzip"})
            assert sent["Content-Encoding"] == "gzip", path
            assert body == small.read_bytes(), path
            assert {key: sent.get_all(key) for key in headers()} == {key: [value] for key, value in headers().items()}
            assert ask(path.removesuffix("index.html"))[2] == (place / path).read_bytes(), path


@pytest.mark.parametrize("name", SERVERS)
def test_below_a_folder_the_recipe_works_as_its_remarks_say(name: str, tmp_path: Path) -> None:
    if not find(name):
        pytest.skip(f"there is no {name}")
    write_small(tmp_path / "small")
    configuration = tmp_path / "small/mkdocs.yml"
    text = configuration.read_text("utf-8")
    assert "site_url" not in text
    configuration.write_text(f"site_url: https://example.org/training/\n{text}", "utf-8")
    place, _, _ = build_site(configuration, tmp_path / "site")
    (tmp_path / "server").mkdir()
    with SERVERS[name](place, tmp_path / "server", "training/") as address:
        ask = asking(address)
        status, sent, body = ask("no/such/page/")
        assert (status, body) == (404, (place / "404.html").read_bytes())
        assert {key: sent.get_all(key) for key in headers()} == {key: [value] for key, value in headers().items()}
        found = re.findall(rb'(?:href|src)="(/[^"#]*)"', body)
        assert found and all(path.startswith(b"/training/") for path in found)
        for path in found:
            assert ask(path.decode().removeprefix("/training/"))[0] == 200, path
        assert ask("manifest.webmanifest")[1].get_content_type() == "application/manifest+json"
        assert ask("listening")[1]["Location"] == "/training/listening/"
        assert ask(".alongside-site")[0] == 404
