"""Real web servers, set up by the recipes that `alongside new site` writes.

`python -m tests.browser.servers --install` installs them where Debian's packages can be installed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from alongside.authoring.scaffold import SitePlan, new_site
from tests import debian

PACKAGES = {"nginx": "nginx-light", "caddy": "caddy", "openssl": "openssl"}
#: Seconds within which a server answers, on a machine that is busy with other things too.
PATIENCE = 60
#: Where Debian puts servers, which is not on everybody's path.
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"


def find(name: str) -> str | None:
    """The path of a server, or `None` where there is none."""
    return shutil.which(name, path=PLACES)


def recipe(name: str, folder: Path) -> str:
    """What a new site has for a server."""
    new_site(SitePlan(folder / "new", "Ours"))
    return (folder / "new/deploy" / name).read_text("utf-8")


def replaced(text: str, **changes: str) -> str:
    """A recipe with what its remarks ask to change; each has to be there."""
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def top_of(site: Path, folder: Path, below: str) -> Path:
    """The folder that a server shows: the site itself, or one that has it in a folder, as the remarks ask for."""
    if not below:
        return site
    (folder / "top").mkdir()
    (folder / "top" / below.rstrip("/")).symlink_to(site)
    return folder / "top"


@contextlib.contextmanager
def nginx(site: Path, folder: Path, below: str = "") -> Iterator[str]:
    """The address of a site behind nginx, set up by our recipe, with a certificate that nobody vouches for.

    The site stands at the top, or in the folder `below`, which is the name of one with a stroke at its end.
    """
    port = free_port()
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    make = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout {key} -out {certificate}"
    subprocess.run([find("openssl") or "openssl", *make.split()], check=True, capture_output=True)
    changes = {
        "root /var/www/training/site": f"root {top_of(site, folder, below)}",
        "error_page 404 /404.html;\n    gzip": f"error_page 404 /{below}404.html;\n    gzip",
        "/etc/ssl/training/fullchain.pem": str(certificate),
        "/etc/ssl/training/privkey.pem": str(key),
        "listen 443": f"listen 127.0.0.1:{port}",
    }
    (folder / "site.conf").write_text(replaced(recipe("nginx.conf", folder), **changes), "utf-8")
    # The server comes with its list of types and, when it starts as root, reads as somebody else.
    user = "user root;" if os.geteuid() == 0 else ""
    paths = "".join(
        f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"{user} daemon off; pid {folder}/pid; error_log {folder}/errors.log; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {paths} include {folder}/site.conf; }}\n",
        "utf-8",
    )
    command = [find("nginx") or "nginx", "-e", str(folder / "errors.log"), "-c", str(folder / "nginx.conf")]
    with running(command, port):
        yield f"https://127.0.0.1:{port}/{below}"


@contextlib.contextmanager
def caddy(site: Path, folder: Path, below: str = "") -> Iterator[str]:
    """The address of a site behind Caddy, set up by our recipe, without a certificate. `below` is as for nginx."""
    port = free_port()
    changes = {
        "root * /var/www/training/site": f"root * {top_of(site, folder, below)}",
        "rewrite * /404.html": f"rewrite * /{below}404.html",
        "training.example.org": f"http://127.0.0.1:{port}",
    }
    text = "{\n\tadmin off\n}\n" + replaced(recipe("Caddyfile", folder), **changes)
    (folder / "Caddyfile").write_text(text, "utf-8")
    program = find("caddy") or "caddy"
    adapter = ["--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with running([program, "run", *adapter], port, HOME=str(folder)):
        yield f"http://127.0.0.1:{port}/{below}"


SERVERS = {"nginx": nginx, "caddy": caddy}


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running(command: list[str], port: int, **environment: str) -> Iterator[None]:
    """A server that answers, for as long as the block lasts. One that does not start raises an AssertionError."""
    # Into a file: nobody would empty a pipe, and a server that has filled one stands still.
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as said,
        subprocess.Popen(command, env={**os.environ, **environment}, stdout=said, stderr=said) as process,
    ):
        try:
            until = time.monotonic() + PATIENCE
            while not answers(port):
                if process.poll() is not None or time.monotonic() > until:
                    said.seek(0)
                    raise AssertionError(f"{command[0]} does not answer: {said.read()}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()


def answers(port: int) -> bool:
    """Whether somebody listens at a port."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


if __name__ == "__main__" and "--install" in sys.argv[1:]:
    missing = [package for name, package in PACKAGES.items() if not find(name)]
    if missing:
        debian.install(*missing)
