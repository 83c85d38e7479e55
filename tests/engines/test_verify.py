"""A published site is looked at as a reader and a browser meet it: what is missing, mixed or changed is named."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner, Result

from alongside.build import build_site
from alongside.commands.main import main
from alongside.engines import verify
from alongside.engines.verify import Looked, from_folder, from_server, looked_at
from alongside.load.project import open_project
from alongside.render.policy import headers
from tests.conftest import BASE

pytestmark = [pytest.mark.slow, pytest.mark.site]
CONFIGURATION = "site_name: Test\nsite_url: https://learn.example.org/\nplugins:\n  - alongside: {layers: [.]}\n"
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verified")
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION}.items():
        if text is not None:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
    place, _, _ = build_site(folder / "mkdocs.yml")
    return place


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "site"))


def wrong(found: Iterator[Looked]) -> dict[str, str]:
    return {looked.what.split(" (")[0].split(",")[0]: looked.wrong for looked in found if looked.wrong}


def in_folder(site: Path) -> dict[str, str]:
    return wrong(looked_at(from_folder(site), served=False))


def on_server(address: str) -> dict[str, str]:
    with from_server(address) as fetch:
        return wrong(looked_at(fetch, served=True, below=urlsplit(address).path))


def test_a_site_as_it_was_built_is_fine(site: Path) -> None:
    assert in_folder(site) == {}


def changed(site: Path, name: str, old: str, new: str) -> None:
    text = (site / name).read_text("utf-8")
    assert old in text
    (site / name).write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("damage", "what", "named"),
    [
        (lambda s: (s / "index.html").unlink(), "the home page", "404"),
        (lambda s: shutil.rmtree(s / "support"), "the page “Get help now”", "404"),
        (lambda s: (s / "404.html").unlink(), "the page for what is missing", "404.html"),
        (lambda s: (s / "assets/alongside.css").unlink(), "every file", "assets/alongside.css"),
        (lambda s: (s / "assets/offline/listening.json").unlink(), "every file", "assets/offline/listening.json"),
        (lambda s: changed(s, "listening/index.html", "Listening first", "Listening last"), "every file as it was built", "listening/"),
        (lambda s: changed(s, "sw.js", 'VERSION="', 'VERSION="0'), "one version", "different builds"),
        (lambda s: changed(s, "index.html", "default-src 'none'", "default-src *"), "the policy in pages", "another"),
        (lambda s: changed(s, "index.html", 'href="./listening/"', 'href="./lost/"'), "every link between pages", "lost/"),
    ],
)  # fmt: skip
def test_damage_is_named(site: Path, damage: Callable[[Path], object], what: str, named: str) -> None:
    damage(site)
    found = in_folder(site)
    assert named in found[what], found


def test_links_out_of_the_folder_are_not_followed(site: Path) -> None:
    (site / "assets/alongside.css").unlink()
    (site / "assets/alongside.css").symlink_to("/etc/passwd")
    assert "assets/alongside.css" in in_folder(site)["every file"]


# -------------------------------------------------------------------- a server


@pytest.fixture
def serve(site: Path) -> Iterator[Callable[..., str]]:
    servers = []

    def start(
        *, sent: bool = True, own_404: bool = True, kinds: bool = True, under: str = "/", quoted: bool = False
    ) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.removeprefix(under)
                name = unquote(name) if quoted else name
                path = site / (f"{name}index.html" if name.endswith("/") or not name else name)
                there = self.path.startswith(under) and path.is_file() and not path.name.startswith(".")
                body = path.read_bytes() if there else (site / "404.html").read_bytes() if own_404 else b"Not found"
                self.send_response(200 if there else 404)
                for header, value in headers().items() if sent else ():
                    self.send_header(header, value)
                self.send_header("Content-Type", KINDS.get(path.suffix, "text/html") if kinds else "text/plain")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                del args

        Handler.protocol_version = "HTTP/1.1"
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}{under}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_server_by_the_recipe_is_fine(serve: Callable[..., str]) -> None:
    assert on_server(serve()) == {}


def test_a_site_stands_in_the_folder_for_which_it_was_built(serve: Callable[..., str], site: Path) -> None:
    """The page for what is missing finds its style in one folder only, and is a bare list of links elsewhere."""
    what = "style and links of the page for what is missing"
    found = on_server(serve(under="/training/"))
    assert set(found) == {what} and "/assets/alongside.css" in found[what]
    page = site / "404.html"
    page.write_text(page.read_text("utf-8").replace('="/', '="/training/'), "utf-8")
    assert what not in on_server(serve(under="/training/"))
    assert "/training/assets/alongside.css" in on_server(serve())[what]


def test_an_archive_is_to_be_unpacked_first(tmp_path: Path) -> None:
    (tmp_path / "site.zip").write_bytes(b"PK")
    done = run(str(tmp_path / "site.zip"))
    assert done.exit_code == 2 and "unpack it" in done.output


def test_a_site_that_was_unpacked_a_folder_too_deep_is_told_so(site: Path) -> None:
    done = run(str(site.parent))
    assert done.exit_code == 1 and "not in a folder of their own" in done.output


def test_what_a_server_leaves_out_is_named(serve: Callable[..., str]) -> None:
    found = on_server(serve(sent=False, own_404=False, kinds=False))
    assert "it is not sent" in found["the header Content-Security-Policy"]
    assert "with a page of its own" in found["the page for what is missing"]
    assert "assets/alongside.css" in found["the kinds of files"]
    assert "the header Strict-Transport-Security" not in found


# ------------------------------------------------- whatever a server or a site says


class Sent:
    """A server in which each address has an answer; everything else is a 404."""

    def __init__(self, answers: dict[str, bytes]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, url: str) -> verify.Answer:
        self.asked.append(url)
        there = url in self.answers
        return verify.Answer(200 if there else 404, {}, self.answers.get(url, b""))


PART = "assets/offline/listening.json"
NASTY = [
    b"<!doctype html><title>Home</title>",
    b"[" * 100_000,
    b"[1]",
    b"1" * 5000,
    b"",
    b"\xff\xfe\x00",
    b'{"files": [1]}',
    b'{"files": 3, "modules": 4, "apart": "x"}',
    b'{"files": {"a": 1, "b": [2], "c/": "0"}}',
    b'{"modules": {"../../etc/passwd": "0", "//evil.example/": "0"}}',
    b'{"files": {"\\ud83d": "0", "a\\u0000b": "0", "a b": "0", "\\u00e4/": "0"}}',
    b'{"modules": {"listening/": {}}, "apart": {"listening/": "0"}}',
]


@pytest.mark.parametrize("content", NASTY)
@pytest.mark.parametrize("where", [verify.LISTS, PART])
def test_no_list_ends_in_an_error(where: str, content: bytes, tmp_path: Path) -> None:
    lists = b'{"modules": {"listening/": "0"}}'
    answers = {"": b"<a href=support/>", verify.LISTS: lists, verify.WORKER: b"", where: content}
    assert all(isinstance(one, Looked) for one in looked_at(Sent(answers), served=True))
    for name, body in answers.items():
        (tmp_path / (name or "index.html")).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / (name or "index.html")).write_bytes(body)
    in_folder(tmp_path)
    with_html = {**answers, PART: NASTY[0]}
    if where == PART and not content.startswith(b"{"):
        assert PART in wrong(looked_at(Sent(with_html), served=True))["every file"]


@pytest.mark.parametrize("link", ["http://[x", "//[", "https://a:b/", "\x00", "?#", "<![x[", "http://[::1"])
def test_no_link_ends_in_an_error(link: str) -> None:
    page = f'<a href="{link}">a</a><![x[ y'.encode()
    answers = {"": page, verify.LISTS: b'{"files": {"": "0"}}', verify.WORKER: b""}
    assert list(looked_at(Sent(answers), served=False))


@pytest.mark.parametrize("name", ["zwei Stühle.svg", "a b/", "%41.svg", "a?b.svg", "a#b.svg", "ü/"])
def test_any_name_of_a_file_is_asked_for(serve: Callable[..., str], site: Path, name: str) -> None:
    path = site / (f"{name}index.html" if name.endswith("/") else name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"here")
    for under in ("/", "/tr%C3%A4ning/"):
        with from_server(serve(under=under, quoted=True)) as fetch:
            assert fetch(name).body == b"here"


@pytest.mark.parametrize(
    ("address", "port"), [("http://[::1]/", 80), ("https://[::1]/", 443), ("http://[::1]:81/", 81)]
)
def test_a_port_that_is_not_said_is_the_usual_one(address: str, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def connect(self: HTTPConnection) -> None:
        asked.append((self.host, self.port))
        raise ConnectionRefusedError

    monkeypatch.setattr(HTTPConnection, "connect", connect)
    monkeypatch.setattr(HTTPSConnection, "connect", connect)
    assert run(address).exit_code == 3
    assert asked == [("::1", port)]


@pytest.mark.parametrize("own", ["https://h:99999/", "https://[x/", "https://h:x/"])
@pytest.mark.parametrize("asked", ["https://h:99999/", "https://h/", "http://[x", "http://localhost:99999/"])
def test_an_address_that_is_none_is_refused_in_a_line(tmp_path: Path, own: str, asked: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION.replace("https://learn.example.org/", own), "utf-8")
    done = run(asked, "--config", str(tmp_path / "mkdocs.yml"))
    assert done.exit_code == 2 and "neither this computer nor" in done.output, done.exception


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["verify", *arguments])


def test_the_command_says_what_is_wrong_and_how_to_mend_it(site: Path, serve: Callable[..., str]) -> None:
    assert run(str(site)).exit_code == 0
    assert run(serve()).exit_code == 0
    (site / "assets/alongside.css").unlink()
    done = run(str(site))
    assert done.exit_code == 1 and "fix:      publish again" in done.output


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "http://169.254.169.254/",
        "http://learn.example.org/",
        "https://learn.example.org:8443/",
    ],
)
def test_no_other_host_is_asked(site: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "HTTPConnection", None)
    monkeypatch.setattr(verify, "HTTPSConnection", None)
    done = run(address, "--config", str(site.parent / "mkdocs.yml"))
    assert done.exit_code == 2 and "neither this computer nor" in done.output


def test_a_server_that_is_not_there_is_one_line() -> None:
    done = run("http://127.0.0.1:9/")
    assert done.exit_code == 3 and "cannot be reached" in done.output


def test_a_site_is_held_to_what_its_settings_open(tmp_path: Path) -> None:
    opened = (
        "{layers: [.], recording: true, organisation: {name: X}, xapi: {endpoint: https://lrs.example/, told: Ana.}}"
    )
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION.replace("{layers: [.]}", opened)}.items():
        if text is not None:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
    place, _, _ = build_site(tmp_path / "mkdocs.yml")
    settings = open_project(tmp_path / "mkdocs.yml")[0].settings
    assert wrong(looked_at(from_folder(place), served=False, settings=settings)) == {}
    assert "the policy in pages" in in_folder(place)
    done = CliRunner().invoke(main, ["verify", str(place), "--config", str(tmp_path / "mkdocs.yml")])
    assert "fine   the policy in pages" in done.output, done.output
    sent = {"permissions-policy": headers(settings)["Permissions-Policy"]}
    asked = verify._headers(verify.Answer(200, sent, b""), settings, secure=False)
    assert [one.wrong for one in asked if one.what == "the header Permissions-Policy"] == [""]
