"""A course on a disk holds all that the site holds: every example of every kind, whole, and nothing that a server would have to give."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import html5lib
import pytest

from alongside.exporters import FORMATS, exported
from alongside.exporters.label import LABEL
from alongside.exporters.offline import OURS
from alongside.exporters.selection import Written
from alongside.load.project import Project, open_project
from alongside.model.curriculum import Curriculum
from alongside.render.page import file_of
from alongside.render.site import SiteRenderer
from tests.examples import Example, gallery_curriculum, valid_examples

pytestmark = pytest.mark.slow

ADDRESSES = ("href", "src", "poster", "action", "data-then")
#: What is loaded without anybody asking, and has to be a file.
LOADED = {"link": "href", "script": "src", "img": "src", "audio": "src", "video": "src"}
each_example = pytest.mark.parametrize("example", valid_examples(), ids=str)


def tree(html: str | bytes) -> Any:
    return html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Curriculum]:
    """A course with every example."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "mkdocs.yml").write_text(
        "site_name: Gallery\nplugins:\n  - alongside:\n      layers: [.]\n", encoding="utf-8"
    )
    curriculum = gallery_curriculum(folder)
    return open_project(folder / "mkdocs.yml")[0], curriculum


@pytest.fixture(scope="module")
def written(gallery: tuple[Project, Curriculum]) -> Written:
    """That course on a disk."""
    project, curriculum = gallery
    return exported("offline", project, curriculum, list(curriculum.modules))


@pytest.fixture(scope="module")
def files(written: Written) -> Mapping[str, bytes]:
    """Its files."""
    assert not isinstance(written.content, bytes)
    return written.content


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> dict[str, Any]:
    """Its pages, as a browser reads them."""
    return {name: tree(content.decode()) for name, content in files.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def site(gallery: tuple[Project, Curriculum]) -> dict[str, Any]:
    """The main part of each page of the site, by the file that it is on a disk."""
    project, curriculum = gallery
    renderer = SiteRenderer(curriculum, project.settings, project.template_folders)
    return {file_of(page.url): tree(f"<main>{page.resolved_body()}") for page in renderer.pages() if not page.stands_in}


def questions(page: Any, name: str) -> list[list[tuple[str, str, str, str]]]:
    """Each question of that name on a page: its elements with what they say and what counts."""
    return [
        [
            (part.tag, part.get("value", ""), part.get("data-credit", "") or part.get("data-key", ""), (part.text or "").strip())
            for part in element.iter()
            if isinstance(part.tag, str)
        ]
        for element in page.iter()
        if element.get("data-question") == name
    ]  # fmt: skip


@each_example
def test_every_example_of_every_kind_is_whole_on_each_of_its_pages(
    example: Example, site: Mapping[str, Any], pages: Mapping[str, Any]
) -> None:
    name = example.question.id
    there = {file: found for file, page in site.items() if (found := questions(page, name))}
    assert {file.split("/")[-2] for file in there} >= {example.kind.replace("_", "-"), "print"}
    on_disk = {file: found for file, page in pages.items() if (found := questions(page, name))}
    assert on_disk == there


def test_each_page_says_what_that_of_the_site_says(site: Mapping[str, Any], pages: Mapping[str, Any]) -> None:
    def said(page: Any) -> str:
        return " ".join("".join(page.find(".//main").itertext()).split())

    assert site.keys() == pages.keys()
    assert [name for name in site if said(site[name]) not in said(pages[name])] == []


def led(pages: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each address on a page: the element that has it, as it stands there, and the file that it leads to."""
    for name, page in pages.items():
        for element in page.iter():
            for attribute in ADDRESSES:
                address = element.get(attribute) if isinstance(element.tag, str) else None
                if address is not None:
                    path = urlsplit(address).path
                    yield element.tag, address, posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def test_every_address_leads_to_a_file_that_is_there_or_elsewhere(
    pages: Mapping[str, Any], files: Mapping[str, bytes]
) -> None:
    wrong = []
    for tag, address, file in led(pages):
        elsewhere = bool(urlsplit(address).scheme) and tag not in LOADED
        here = address.startswith("#") or file in files or f"{file}.js" in files
        if (not elsewhere and not here) or (not elsewhere and urlsplit(address).path.endswith("/")):
            wrong.append((tag, address, file))
    assert wrong == []


def test_what_is_asked_of_a_server_is_there_as_a_script(
    gallery: tuple[Project, Curriculum], files: Mapping[str, bytes]
) -> None:
    project, curriculum = gallery
    assets = SiteRenderer(curriculum, project.settings, project.template_folders).assets(project.theme_folders)
    asked = {asset.url: asset.content or b"" for asset in assets if asset.url.endswith("index.json")}
    assert len(asked) == 2
    for name, content in asked.items():
        call = re.fullmatch(r'alongsideText\("([^"]+)",(".*")\);\n', files[f"{name}.js"].decode(), re.DOTALL)
        assert call
        assert (call[1], json.loads(json.loads(call[2]))) == (name, json.loads(content))
    assert any(name.startswith("assets/search/words-") and name.endswith(".json.js") for name in files)
    assert [name for name in files if name.endswith((".json", ".vtt", ".webmanifest"))] == []


def test_the_pages_from_which_others_take_something_are_there_as_scripts(files: Mapping[str, bytes]) -> None:
    named = {name for name in files if name.endswith(".html.js")}
    lessons = {f"{name}.js" for name in files if re.fullmatch(r"gallery/[\w-]+/index\.html", name)}
    assert named == {"glossary/index.html.js", *(lessons - {"gallery/print/index.html.js"})}


def test_an_archive_of_ours_is_known_by_what_it_says_to_people(written: Written) -> None:
    assert OURS.is_ours(written.file)
    assert [name for name, one in FORMATS.items() if one.is_ours(written.file)] == ["offline"]
    for other in (b"Notes of many years.", replace(written, content={LABEL: b"To start, open index.html."}).file):
        assert not OURS.is_ours(other)
