"""How source files are laid out, where no formatter sees to it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted(
    path
    for folder in ("theme", "tests/js", "builder/alongside")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".js", ".css"}
)


@pytest.mark.parametrize("suffix", [".js", ".css"])
def test_no_line_of_a_script_or_style_is_longer_than_120_characters(suffix: str) -> None:
    """The formatter breaks code; comments and texts are broken by hand."""
    files = [path for path in FILES if path.suffix == suffix]
    assert files
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []
