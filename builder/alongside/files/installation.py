"""How the package that runs was installed, so that a new site can say where to get the same one, and a message what to add to it.

PEP 610: what was not taken from a package index has a file `direct_url.json` that says where it came from.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from alongside import __version__

NAME = "alongside-training"
#: What pipx writes into each environment that it makes.
PIPX_NOTE = "pipx_metadata.json"
#: What is said above a line that holds on this computer only.
ONLY_HERE = """\
# This line names a folder of your computer, so it holds there and nowhere else. Where others build the site, on
# GitHub, GitLab or another computer: run make wheel in that folder, put the file that ends in .whl from dist/ beside
# this one, and write ./ and its name instead of the line.
"""


def requirement() -> dict[str, bytes]:
    """The file `requirements.txt` of a new site, and the package itself where it was installed from a file."""
    return _named(_origin())


def to_install(package: str, extra: str = "") -> str:
    """The command that adds a package to this installation: by pipx where pipx made it, since pip would add it elsewhere.

    `extra` is the part of ours that needs the package, with the versions that it takes.
    """
    if (Path(sys.prefix) / PIPX_NOTE).is_file():
        return f"pipx inject {NAME} {package}"
    return f'pip install "{NAME}[{extra}]"' if extra else f"pip install {package}"


def _origin() -> dict[str, Any]:
    """Where the package was installed from; nothing where it came from a package index."""
    try:
        said = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:  # it runs from a folder that was never installed
        return {"url": Path(__file__).resolve().parents[3].as_uri(), "dir_info": {}}
    origin: dict[str, Any] = json.loads(said) if said else {}
    return origin


def _named(origin: dict[str, Any]) -> dict[str, bytes]:
    url = str(origin.get("url", ""))
    if not url:
        return {"requirements.txt": f"{NAME}~={__version__}\n".encode()}
    if "vcs_info" in origin:
        info = origin["vcs_info"]
        return {"requirements.txt": f"{NAME} @ {info['vcs']}+{url}@{info['commit_id']}\n".encode()}
    if urlsplit(url).scheme != "file":
        return {"requirements.txt": f"{NAME} @ {url}\n".encode()}
    path = Path(url2pathname(urlsplit(url).path))
    if path.suffix == ".whl" and path.is_file():
        return {"requirements.txt": f"./{path.name}\n".encode(), path.name: path.read_bytes()}
    return {"requirements.txt": f"{ONLY_HERE}{NAME} @ {path.as_uri()}\n".encode()}
