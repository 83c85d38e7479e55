"""Overridden templates name the upstream file that they stand in for; this tells when upstream changed it."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import material
import pytest

UPSTREAM = Path(material.__file__).parent / "templates"
THEME = Path(__file__).parents[1] / "theme"

#: Overridden file → hash of the upstream file that was read when ours was written.
OVERRIDES = {
    "base.html": "a919e32d2225e09ecbdeb8076ca6ce9ca0836329760bf7871a04172569b77842",
    "main.html": "9948b55a7bc979c35825df99baba9e6971fca4eb298dea3cdde61e990a2de5e0",
}


@pytest.mark.parametrize("name", OVERRIDES)
def test_upstreams_file_is_the_one_that_was_read(name: str) -> None:
    found = hashlib.sha256((UPSTREAM / name).read_bytes()).hexdigest()
    assert found == OVERRIDES[name], (
        f"Material {version('mkdocs-material')} changed {name}: read it, adapt ours, note the new hash here"
    )


def test_every_overridden_file_is_listed() -> None:
    ours = {path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html")}
    theirs = {path.relative_to(UPSTREAM).as_posix() for path in UPSTREAM.rglob("*.html")}
    assert ours & theirs == set(OVERRIDES)


@pytest.mark.parametrize("name", OVERRIDES)
def test_an_override_names_its_upstream_file_and_version(name: str) -> None:
    head = (THEME / name).read_text("utf-8")[:400]
    assert name in head
    assert "Material for MkDocs 9." in head
