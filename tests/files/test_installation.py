"""What a message tells to install arrives where the command runs, however the command itself was installed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from alongside.files.installation import PIPX_NOTE, to_install

ROOT = Path(__file__).parents[2]
#: Lines that a computer runs as they are, in an environment that they have made themselves.
RUN = ("authoring/skeletons/", "files/installation.py", "authoring/scaffold.py")


def test_a_part_is_added_by_whatever_made_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert to_install("joserfc", "sign") == 'pip install "alongside-training[sign]"'
    assert to_install("brotli") == "pip install brotli"
    (tmp_path / PIPX_NOTE).write_text("{}", "utf-8")
    assert to_install("joserfc", "sign") == "pipx inject alongside-training joserfc"


@pytest.mark.slow
def test_no_message_names_a_way_to_install_of_its_own() -> None:
    own = ROOT / "builder/alongside"
    found = [
        f"{path.relative_to(own)}: {line.strip()}"
        for path in sorted(own.rglob("*.py"))
        if not path.relative_to(own).as_posix().startswith(RUN)
        for line in path.read_text("utf-8").splitlines()
        if "pip install" in line
    ]
    assert found == []


@pytest.mark.slow
def test_pages_that_tell_to_install_tell_it_for_pipx_too() -> None:
    """The guide begins with pipx. What pip then installs, the command does not find."""
    ours = re.compile(r"\bpip install [^`\n]*alongside-training")
    pages = [path for path in sorted((ROOT / "content").rglob("*.md")) if ours.search(path.read_text("utf-8"))]
    skeleton = ROOT / "builder/alongside/authoring/skeletons/site/README.md"
    assert pages and [path.name for path in (*pages, skeleton) if "pipx " not in path.read_text("utf-8")] == []
