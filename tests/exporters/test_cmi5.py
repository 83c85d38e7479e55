"""Packages of cmi5: what their structure says, judged by the schema of the standard, and what differs from SCORM."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import xmlschema

from alongside.build import gather_sound
from alongside.exporters import FORMATS, Selection
from alongside.files.archive import unpacked_bytes
from alongside.load.drafts import without_drafts
from tests.browser.gallery import CONFIGURATION
from tests.conftest import BASE

pytestmark = pytest.mark.slow

STRUCTURE, SCHEMA = "cmi5.xml", "CourseStructure.xsd"
CONNECT = re.compile(r"connect-src ([^;\"]*)")


@pytest.fixture
def selection(a_site: Callable[..., Path]) -> Selection:
    """The small course."""
    project, curriculum = gather_sound(a_site({**BASE, "mkdocs.yml": CONFIGURATION}) / "mkdocs.yml")
    ready = without_drafts(curriculum)
    return Selection(project, ready, tuple(ready.modules))


def files_of(selection: Selection, form: str = "cmi5") -> dict[str, bytes]:
    return dict(unpacked_bytes(FORMATS[form].write(selection).file))


def schema_of(files: dict[str, bytes], folder: Path) -> xmlschema.XMLSchema:
    (folder / SCHEMA).write_bytes(files[SCHEMA])
    return xmlschema.XMLSchema(str(folder / SCHEMA))


@pytest.mark.parametrize("pass_mark", [None, 80, 100])
def test_the_structure_is_as_the_standard_wants_it(selection: Selection, pass_mark: int | None, tmp_path: Path) -> None:
    files = files_of(replace(selection, pass_mark=pass_mark))
    schema_of(files, tmp_path).validate(files[STRUCTURE].decode())


def test_a_structure_that_is_not_so_is_found(selection: Selection, tmp_path: Path) -> None:
    files = files_of(replace(selection, pass_mark=80))
    right, schema = files[STRUCTURE].decode(), schema_of(files, tmp_path)
    for said, instead in (("Passed", "passed"), ('"0.8"', '"80"'), ("<url>index.html</url>", ""), ("description", "about")):  # fmt: skip
        assert said in right
        assert not schema.is_valid(right.replace(said, instead)), said


def test_a_pass_mark_is_what_moves_a_learner_on_where_there_is_one(selection: Selection) -> None:
    without, marked = (files_of(replace(selection, pass_mark=mark))[STRUCTURE].decode() for mark in (None, 80))
    assert 'moveOn="Completed"' in without and "masteryScore" not in without
    assert 'moveOn="Passed" masteryScore="0.8"' in marked
    assert marked.count("<au ") == 1 and "<url>index.html</url>" in marked


def test_a_package_has_an_identifier_of_its_own(selection: Selection) -> None:
    assert re.findall(r' id="([^"]*)"', files_of(selection)[STRUCTURE].decode()) == [
        "urn:alongside:cmi5:course",
        "urn:alongside:cmi5:course:all",
    ]


def test_only_this_frame_may_reach_another_address(selection: Selection) -> None:
    """The platform says where its records are when somebody starts the course."""
    files = files_of(selection)
    assert CONNECT.findall(unescape(files["index.html"].decode())) == ["'self' https:"]
    pages = [
        content.decode() for name, content in files.items() if name.startswith("course/") and name.endswith(".html")
    ]
    assert {found for page in pages for found in CONNECT.findall(unescape(page))} == {"'self'"}
    assert CONNECT.findall(unescape(files_of(selection, "scorm12")["index.html"].decode())) == ["'self'"]


def test_the_course_inside_is_that_of_the_other_packages(selection: Selection) -> None:
    files, other = files_of(selection), files_of(selection, "scorm12")
    inside = [name for name in files if name.startswith("course/")]
    assert inside and all(files[name] == other[name] for name in inside)
    asked = re.match(rb"globalThis\.alongsideCourse=(\{.*\});\n", files["shell.js"])
    assert not re.search(rb"^(?:import|export)\b", files["shell.js"], re.MULTILINE), "it is no module"
    assert asked and json.loads(asked[1])["apis"] == ["cmi5"]


def test_the_same_course_gives_the_same_bytes(selection: Selection) -> None:
    written = FORMATS["cmi5"].write(selection).file
    assert FORMATS["cmi5"].write(replace(selection)).file == written
    assert [name for name, form in FORMATS.items() if form.is_ours(written)] == ["cmi5"]
