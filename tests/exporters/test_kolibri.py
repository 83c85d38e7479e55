"""A channel for Kolibri: its database, what lies where, and what a package may do in the sandbox around it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from hashlib import md5
from uuid import NAMESPACE_DNS, UUID, uuid5

import pytest

from alongside.build import gather_sound
from alongside.exporters import FORMATS, Selection, exported
from alongside.exporters.kolibri.channel import Channel, Resource, Stored, database
from alongside.exporters.pages import LEADS_OUT, as_words
from alongside.files.archive import unpacked_bytes
from alongside.load.drafts import without_drafts
from alongside.load.project import open_project
from alongside.words.language import Words
from tests.browser.gallery import CONFIGURATION
from tests.browser.small import write_small
from tests.examples import gallery_curriculum, valid_examples

pytestmark = pytest.mark.slow

#: Tables and columns that Kolibri looks for before it takes a database for version 5 of its form.
FORM = {
    "content_contenttag": "id tag_name",
    "content_language": "id lang_code lang_direction lang_name lang_subcode",
    "content_localfile": "available extension file_size id",
    "content_contentnode": "accessibility_labels author available categories channel_id coach_content content_id description "
    "duration grade_levels id kind lang_id learner_needs learning_activities level lft license_description license_name "
    "license_owner options parent_id resource_types rght sort_order title tree_id",
    "content_assessmentmetadata": "assessment_item_ids contentnode_id id is_manipulable mastery_model number_of_assessments "
    "randomize",
    "content_channelmetadata": "author description id last_updated min_schema_version name root_id tagline thumbnail version",
    "content_contentnode_has_prerequisite": "from_contentnode_id id to_contentnode_id",
    "content_contentnode_related": "from_contentnode_id id to_contentnode_id",
    "content_contentnode_tags": "contentnode_id contenttag_id id",
    "content_file": "contentnode_id id lang_id local_file_id preset priority supplementary thumbnail",
}
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def selection(tmp_path_factory: pytest.TempPathFactory) -> Selection:
    folder = tmp_path_factory.mktemp("small")
    write_small(folder)
    project, curriculum = gather_sound(folder / "mkdocs.yml")
    ready = without_drafts(curriculum)
    return Selection(project, ready, tuple(ready.modules))


@pytest.fixture(scope="module")
def files(selection: Selection) -> Files:
    return unpacked_bytes(FORMATS["kolibri"].write(selection).file)


def rows(files: Files, table: str) -> list[dict[str, object]]:
    """The rows of a table of the channel."""
    (content,) = (content for name, content in files.items() if name.endswith(".sqlite3"))
    return rows_of(content, table)


def rows_of(content: bytes, table: str) -> list[dict[str, object]]:
    with closing(sqlite3.connect(":memory:")) as kept:
        kept.deserialize(content)
        assert kept.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert kept.execute("PRAGMA foreign_key_check").fetchall() == []
        kept.row_factory = sqlite3.Row
        return [dict(row) for row in kept.execute(f"SELECT * FROM {table} ORDER BY rowid")]  # noqa: S608  # ours


def packages(files: Files) -> Iterator[dict[str, bytes]]:
    yield from (unpacked_bytes(content) for name, content in files.items() if name.endswith(".zip"))


def test_the_database_has_the_form_that_kolibri_looks_for(files: Files) -> None:
    tables = [row["name"] for row in rows(files, "sqlite_master") if row["type"] == "table"]
    assert sorted(map(str, tables)) == sorted(FORM)
    (content,) = (content for name, content in files.items() if name.endswith(".sqlite3"))
    with closing(sqlite3.connect(":memory:")) as kept:
        kept.deserialize(content)
        for table, columns in FORM.items():
            assert sorted(row[1] for row in kept.execute(f"PRAGMA table_info({table})")) == columns.split()


def test_files_are_called_by_what_is_in_them_and_stand_where_kolibri_looks(files: Files) -> None:
    stored = {name: content for name, content in files.items() if "/storage/" in name}
    for name, content in stored.items():
        called = md5(content, usedforsecurity=False).hexdigest()
        assert name == f"KOLIBRI_DATA/content/storage/{called[0]}/{called[1]}/{called}.{name.rpartition('.')[2]}"
    listed = {f"{row['id']}.{row['extension']}": row["file_size"] for row in rows(files, "content_localfile")}
    assert listed == {name.rpartition("/")[2]: len(content) for name, content in stored.items()}
    (channel,) = rows(files, "content_channelmetadata")
    assert {*files} - {*stored} == {"README.txt", f"KOLIBRI_DATA/content/databases/{channel['id']}.sqlite3"}


def test_each_module_is_a_resource_that_says_itself_how_far_somebody_is(files: Files, selection: Selection) -> None:
    top, *nodes = rows(files, "content_contentnode")
    assert (top["kind"], top["parent_id"], top["lft"], top["rght"]) == ("topic", None, 1, 2 * len(nodes) + 2)
    assert [node["title"] for node in nodes] == [selection.curriculum.modules[name].title for name in selection.modules]
    for place, node in enumerate(nodes, 1):
        assert (node["lft"], node["rght"], node["level"], node["parent_id"]) == (2 * place, 2 * place + 1, 1, top["id"])
        assert (node["kind"], node["lang_id"]) == ("html5", "en")
        assert '"determined_by_resource"' in str(node["options"]) and node["duration"] and node["license_name"]
    of_nodes = {(row["contentnode_id"], row["preset"]) for row in rows(files, "content_file")}
    assert {(node["id"], "html5_zip") for node in nodes} <= of_nodes


def test_ids_follow_ricecooker_and_stay(files: Files, selection: Selection) -> None:
    home = uuid5(NAMESPACE_DNS, f"alongside.invalid/{selection.project.site_name}")
    (channel,) = rows(files, "content_channelmetadata")
    assert channel["id"] == uuid5(home, "course").hex
    for name, node in zip(selection.modules, rows(files, "content_contentnode")[1:], strict=True):
        assert node["content_id"] == uuid5(home, name).hex
        assert node["id"] == uuid5(UUID(str(channel["id"])), str(node["content_id"])).hex


def test_the_same_course_gives_the_same_bytes_and_an_edition_is_told(files: Files, selection: Selection) -> None:
    again = FORMATS["kolibri"].write(selection)
    assert unpacked_bytes(again.file) == files and FORMATS["kolibri"].is_ours(again.file)
    (channel,) = rows(files, "content_channelmetadata")
    assert channel["version"] == 10_000 * len(selection.modules), "each module is at 1.0"
    chosen = exported("kolibri", selection.project, selection.curriculum, selection.modules[:1], edition=7)
    (other,) = rows(unpacked_bytes(chosen.file), "content_channelmetadata")
    assert (other["version"], other["id"]) == (7, channel["id"])


def test_every_question_of_every_kind_is_in_the_package_of_its_module(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    curriculum = gallery_curriculum(folder)
    made = FORMATS["kolibri"].write(Selection(open_project(folder / "mkdocs.yml")[0], curriculum, ("gallery",)))
    (package,) = packages(unpacked_bytes(made.file))
    pages = b"".join(content for name, content in package.items() if name.endswith(".html"))
    asked = {example.question.id for example in valid_examples()}
    assert [name for name in sorted(asked) if f'data-question="{name}"'.encode() not in pages] == []
    assert made.left_out == ()


def test_a_package_asks_its_sandbox_for_nothing(files: Files, selection: Selection) -> None:
    found = list(packages(files))
    assert len(found) == len(selection.modules)
    for package in found:
        assert "index.html" in package and "imsmanifest.xml" not in package
        assert b'"progress":true' in package["shell.js"] and b'"apis":["API"]' in package["shell.js"]
        pages = [content.decode() for name, content in package.items() if re.fullmatch(r"course/.*\.html", name)]
        assert pages and all("data-confined" in page for page in pages)
        assert not any(LEADS_OUT.search(page) for page in pages)
        assert all('data-start="elements/confined.js ' in page for page in pages if "data-start" in page)
    text = b"".join(content for package in found for name, content in package.items() if name.endswith(".html.js"))
    assert b"mailto:" not in text and b'href=\\"https' not in text


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ('<a href="https://a.org/b?c=1&amp;d">There</a>', 'There (<bdi dir="ltr">https://a.org/b?c=1&amp;d</bdi>)'),
        ('<a class="x" href="https://www.a.org/">a.org</a>', "a.org"),
        ('<a href="tel:+44800111">Call +44 800 111</a>', "Call +44 800 111"),
        ('<a href="mailto:a@b.org?subject=c">Write</a>', 'Write (<bdi dir="ltr">a@b.org</bdi>)'),
        ('<a href="page/index.html">Here</a>', '<a href="page/index.html">Here</a>'),
    ],
)
def test_a_link_that_leads_out_is_shown_as_words(link: str, words: str) -> None:
    assert LEADS_OUT.sub(as_words, link) == words


A_CHANNEL = Channel("a.org/course", "course", "T" * 300, "S" * 500, "A", 1, None, "image/svg+xml", Words("pt-BR"))
A_RESOURCE = Resource("m", "M", "S", "A, B", "O", "CC-BY-NC-SA-4.0", 5, (), Stored("a" * 32, "zip", 1), None)


@pytest.mark.parametrize(
    ("licence", "called", "described"),
    [("CC-BY-4.0", "CC BY", None), ("CC-BY-NC-SA-4.0", "CC BY-NC-SA", None), ("CC0-1.0", "Public Domain", None), ("MIT", "Special Permissions", "MIT")],
)  # fmt: skip
def test_a_licence_has_the_name_that_kolibri_has_for_it(licence: str, called: str, described: str | None) -> None:
    content = database(A_CHANNEL, [replace(A_RESOURCE, licence=licence)])
    node = rows_of(content, "content_contentnode")[1]
    assert (node["license_name"], node["license_description"]) == (called, described)


def test_texts_are_as_long_as_a_strict_server_takes_them_and_a_language_has_its_name() -> None:
    content = database(A_CHANNEL, [A_RESOURCE])
    (channel,) = rows_of(content, "content_channelmetadata")
    assert (len(str(channel["name"])), len(str(channel["description"]))) == (200, 400)
    (language,) = rows_of(content, "content_language")
    assert language == {"id": "pt-BR", "lang_code": "pt", "lang_subcode": "BR", "lang_name": "português (Brasil)", "lang_direction": "ltr"}  # fmt: skip


def test_what_comes_first_is_told() -> None:
    second = replace(A_RESOURCE, name="n", after=("m",))
    (row,) = rows_of(database(A_CHANNEL, [A_RESOURCE, second]), "content_contentnode_has_prerequisite")
    assert (row["from_contentnode_id"], row["to_contentnode_id"]) == (A_CHANNEL.node_id("n"), A_CHANNEL.node_id("m"))
