"""The small sound curriculum of tests/world as a site that a test can change and build anew."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser.once import made_once

WORLD = Path(__file__).parents[1] / "world"
CONFIGURATION = (
    "site_name: Small\ndocs_dir: content\ntheme: {name: material}\nplugins:\n  - alongside:\n      layers: [.]\n"
)


def write_small(folder: Path) -> None:
    """The sources of the site, in `folder`."""
    shutil.copytree(WORLD, folder, dirs_exist_ok=True)
    (folder / "content").mkdir()
    (folder / "content/index.md").write_text("# Small\n\nA small course.\n", encoding="utf-8")
    (folder / "content/privacy.md").write_text("# Privacy\n\nWhat is kept stays here.\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")


#: Where sites are kept for the rest of a run, for others with the same sources; none outside a run of pytest.
kept: Path | None = None


def build_small(folder: Path) -> Path:
    """Builds the site, or copies it where the same sources were built before, and returns where it is."""
    site = folder / "site"
    if kept is None:
        return _built(folder)
    made = made_once(kept, _digest(folder), lambda copy: shutil.copytree(_built(folder), copy, dirs_exist_ok=True))
    shutil.rmtree(site, ignore_errors=True)
    return shutil.copytree(made, site)


def _built(folder: Path) -> Path:
    command = [sys.executable, "-m", "alongside", "build", "--quiet"]
    result = subprocess.run(
        command, cwd=folder, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


def _digest(folder: Path) -> str:
    """What the sources of a site are known by."""
    known = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and name.parts[0] != "site":
            known.update(f"{name} {path.stat().st_size} ".encode() + path.read_bytes())
    return known.hexdigest()
