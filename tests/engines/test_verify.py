"""A published site is looked at as a reader and a browser meet it: what is missing, mixed or changed is named."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.build import build_site
from alongside.commands.main import main
from alongside.engines import verify
from alongside.engines.policy import headers
from alongside.engines.verify import Looked, from_folder, from_server, looked_at
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
        return wrong(looked_at(fetch, served=True))


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

    def start(*, sent: bool = True, own_404: bool = True, kinds: bool = True, under: str = "/") -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.removeprefix(under)
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


@pytest.mark.parametrize("under", ["/", "/training/"])
def test_a_server_by_the_recipe_is_fine(serve: Callable[..., str], under: str) -> None:
    assert on_server(serve(under=under)) == {}


def test_what_a_server_leaves_out_is_named(serve: Callable[..., str]) -> None:
    found = on_server(serve(sent=False, own_404=False, kinds=False))
    assert "it is not sent" in found["the header Content-Security-Policy"]
    assert "with a page of its own" in found["the page for what is missing"]
    assert "assets/alongside.css" in found["the kinds of files"]
    assert "the header Strict-Transport-Security" not in found


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
