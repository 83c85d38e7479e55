"""Pages that stand alone as files: those of the modules that were chosen, with links that lead to files that are there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest

from alongside.build import gather_sound
from alongside.exporters.selection import Selection
from alongside.files.problems import ContentError
from alongside.load.drafts import without_drafts
from tests.conftest import BASE

pytestmark = pytest.mark.slow

CONFIGURATION = """\
site_name: Test
site_url: https://training.example/
plugins:
  - alongside:
      layers: [.]
      organisation: {share_picture: media/us.png}
      menu: [{title: Ours, page: about}, {title: Theirs, url: "https://example.com/"}]
      foot: [{title: Aside, page: aside}]
      paths:
        own: {title: Own, summary: Ours., modules: [listening]}
        other: {title: Other, summary: Theirs., modules: [aside]}
"""
WORLD = {
    **{
        name.replace("/listening/", "/aside/"): (text or "").replace("title: ", "title: Aside from ", 1)
        for name, text in BASE.items()
        if name.startswith("modules/listening/")
    },
    "modules/curriculum.yml": (BASE["modules/curriculum.yml"] or "").replace("[listening]", "[listening, aside]"),
    "content/about.md": "# About\n\nRead [the aside](module:aside), [its lesson](module:aside/asking), [its quiz](page:aside/quiz), "
    "[the other path](page:paths/other), [how to write](page:authors/first) and [how to wait](module:listening/waiting#in-short).\n",
    "content/authors/first.md": "# Write\n\nFor authors: [every rule](page:authors/rules).\n",
    "content/media/us.png": "a picture",
    "mkdocs.yml": CONFIGURATION,
}  # fmt: skip
ADDRESS = re.compile(r'\s(?:href|src|action|data-then)="([^"]*)"')


@pytest.fixture
def selection(a_site: Callable[..., object]) -> Callable[..., Selection]:
    """The small course with a second module, of which some are chosen."""

    def chosen(*modules: str, **files: str) -> Selection:
        project, curriculum = gather_sound(a_site({**WORLD, **files}) / "mkdocs.yml")
        ready = without_drafts(curriculum)
        return Selection(project, ready, modules or tuple(ready.modules))

    return chosen


def addresses(name: str, html: str) -> Iterator[tuple[str, str]]:
    """Every address on a page of this site: as it is written, and the file that it leads to."""
    for address in ADDRESS.findall(html):
        parts = urlsplit(unescape(address))
        if not parts.scheme and parts.path:
            yield address, posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path))


def test_every_address_leads_to_a_file_that_is_there(selection: Callable[..., Selection]) -> None:
    files = selection().pages.files()
    pages = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    assert {"index.html", "about/index.html", "aside/quiz/index.html", "paths/other/index.html"} <= pages.keys()
    led = [(name, *found) for name, html in pages.items() for found in addresses(name, html)]
    assert len(led) > 20 * len(pages)
    assert [one for one in led if one[1].endswith("/") or one[2] not in files] == []


def test_what_only_a_server_can_give_is_not_there(selection: Callable[..., Selection]) -> None:
    files = selection().pages.files()
    gone = ("sw.js", "manifest.webmanifest", "404.html", "sitemap.xml", "catalogue.json", "offline/", "assets/offline", "authors/", "schemas/")  # fmt: skip
    assert [name for name in files if name.startswith(gone) or name.endswith(".jsonld")] == []
    html = b"".join(content for name, content in files.items() if name.endswith(".html"))
    for trace in (b"canonical", b"og:image", b"rel=manifest", b'rel="alternate"', b"training.example"):
        assert trace not in html


def test_a_module_that_was_not_chosen_leaves_no_trace(selection: Callable[..., Selection]) -> None:
    files = selection("listening").pages.files()
    assert "listening/quiz/index.html" in files and "paths/own/index.html" in files
    assert [name for name in files if name.startswith(("aside/", "paths/other/"))] == []
    about = files["about/index.html"].decode()
    assert "Read the aside, its lesson, its quiz, the other path, how to write and <a href=" in about
    assert [name for name, content in files.items() if b"Aside from" in content or b"/aside/" in content] == []


def test_links_to_nothing_are_told_with_their_place(selection: Callable[..., Selection]) -> None:
    footer = "{#- broken -#}\n<footer><a href='x'></a></footer>"
    assert selection("listening", **{"theme/partials/foot.html": footer}).pages.pages
    with pytest.raises(ContentError) as told:
        selection("listening", **{"theme/pages/text.html": '<h1>{{ title }}</h1><a href="site:nowhere/">x</a>'}).pages  # noqa: B018  # they are made here
    assert {(problem.code, problem.place.file) for problem in told.value.problems} == {("R220", "content/about.md")}


def test_the_same_course_gives_the_same_files(selection: Callable[..., Selection]) -> None:
    assert selection("aside").pages.files() == selection("aside").pages.files()


def test_scripts_that_come_first_are_on_every_page_with_scripts(selection: Callable[..., Selection]) -> None:
    files = selection("listening").pages.files(policy="default-src 'self'", first_scripts=["elements/ours.js"])
    for name, content in files.items():
        if name.endswith(".html"):
            html = content.decode()
            assert ('data-start="elements/ours.js elements/every-page.js' in html) == ("<script" in html), name
            assert "content=\"default-src 'self'\"" in html


def test_modules_are_called_as_the_module_the_path_or_the_site(selection: Callable[..., Selection]) -> None:
    one = selection("listening")
    assert (selection().title, one.title) == ("Test", one.curriculum.modules["listening"].title)
    assert Selection(one.project, one.curriculum, ("aside",), "other").title == "Other"
