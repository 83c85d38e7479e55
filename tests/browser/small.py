"""The small sound curriculum of tests/world as a site that a test can change and build anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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


def build_small(folder: Path) -> Path:
    """Builds the site and returns where it is."""
    command = [sys.executable, "-m", "alongside", "build", "--quiet"]
    result = subprocess.run(
        command, cwd=folder, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"
