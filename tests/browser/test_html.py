"""What every page owes as a document, read from the built files."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import BuiltSite, html_problems
from tests.browser.gallery import build_gallery
from tests.browser.pages import (
    ADDRESSES,
    address_of,
    all_pages,
    elements,
    file_of,
    ids,
    kind_of,
    lasting_pages,
    links,
    text_of,
    tree,
)

#: What a first visit to a lesson may weigh, compressed: the page, its styles and the scripts that it starts with. The
#: words of the longest lesson are more than half of it; see docs/adr/0027-a-phone-pays-for-what-is-read.md.
MOST_BYTES = 34_350
#: What a lesson may weigh that is no words of its own: its styles and those scripts.
MOST_BESIDES = 14_350
#: In how many files all of it may come, with the page.
MOST_FILES = 6
#: What scripts may weigh with those that it loads once it is used, and in how many files they may come.
MOST_SCRIPT, MOST_SCRIPTS = 26_650, 11

#: What a module loads: `import … from "./a.js"`, `export … from "./a.js"`, `import "./a.js"`.
IMPORT = re.compile(r"""\b(?:from|import)\s*["'](\.[^"']+)["']""")


def test_every_page_is_valid_html(built: BuiltSite) -> None:
    assert html_problems(all_pages(built.folder)) == []


def test_every_page_has_a_title_of_its_own(built: BuiltSite) -> None:
    titles = Counter(text_of(tree(path).find("head/title")) for path in lasting_pages(built.folder))
    assert "" not in titles
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_page_is_described(built: BuiltSite) -> None:
    bare = [
        address_of(built.folder, path)
        for path in lasting_pages(built.folder)
        if not any(
            e.tag == "meta" and e.get("name") == "description" and e.get("content").strip() for e in elements(path)
        )
    ]
    assert bare == []


def test_every_recording_has_a_name_and_says_in_what_language_its_captions_are(gallery: BuiltSite) -> None:
    players = [
        element for path in all_pages(gallery.folder) for element in elements(path) if element.tag in {"audio", "video"}
    ]
    assert {player.get("aria-label") for player in players} == {
        "A short talk",
        "With audio description: A short talk",
        "A short recording",
        "On the recording",
    }
    assert {track.get("srclang") for player in players for track in player} == {"cy"}


def test_every_page_says_its_language_and_direction(built: BuiltSite) -> None:
    found = {(tree(path).get("lang"), tree(path).get("dir")) for path in all_pages(built.folder)}
    assert found == {("en", "ltr")}


def test_every_page_has_one_first_heading(built: BuiltSite) -> None:
    for path in all_pages(built.folder):
        headings = [element for element in elements(path) if re.fullmatch("h[1-6]", element.tag)]
        assert [h.tag for h in headings].count("h1") == 1, path
        assert headings[0].tag == "h1", path


def test_the_first_thing_on_every_page_skips_to_its_main_part(built: BuiltSite) -> None:
    for path in all_pages(built.folder):
        body = tree(path).find("body")
        assert (body[0].tag, body[0].get("href")) == ("a", "#main"), path
        target = [element for element in elements(path) if element.get("id") == "main"]
        assert [(t.tag, t.get("tabindex")) for t in target] == [("main", "-1")], path


def test_no_page_has_script_or_style_inside(built: BuiltSite) -> None:
    for path in all_pages(built.folder):
        for element in elements(path):
            where = path, element.tag, element.attrib
            assert element.tag not in {"style", "iframe", "object", "embed", "base"}, where
            assert element.tag != "script" or (element.get("src") and not text_of(element)), where
            assert not [name for name in element.attrib if name == "style" or name.startswith("on")], where
            assert not [n for n in ADDRESSES if (element.get(n) or "").lower().startswith(("javascript:", "data:"))], (
                where
            )


def test_only_links_lead_to_other_sites_and_they_say_so(built: BuiltSite) -> None:
    for path in all_pages(built.folder):
        for element in elements(path):
            for name in ADDRESSES:
                address = urlsplit(element.get(name) or "")
                if not address.scheme and not address.netloc:
                    continue
                where = path, element.tag, element.attrib
                assert (element.tag, name) == ("a", "href"), where
                assert address.scheme in {"https", "http", "mailto"}, where
                assert address.scheme == "mailto" or set(element.get("rel", "").split()) >= {
                    "noopener",
                    "noreferrer",
                    "external",
                }, where


def test_no_link_opens_a_window(built: BuiltSite) -> None:
    assert [path for path in all_pages(built.folder) for element in elements(path) if element.get("target")] == []


def test_every_id_stands_once_on_its_page(built: BuiltSite) -> None:
    repeated = {
        path: [name for name, count in Counter(ids(path)).items() if count > 1] for path in all_pages(built.folder)
    }
    assert {path: names for path, names in repeated.items() if names} == {}


def test_every_id_that_an_attribute_names_is_there(built: BuiltSite) -> None:
    for path in all_pages(built.folder):
        there = set(ids(path))
        for element in elements(path):
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"):
                for wanted in (element.get(name) or "").split():
                    assert wanted in there, (path, name, wanted)


def weight_of(folder: Path, page: Path, suffix: str = "") -> int:
    """Bytes of a page, its styles, its scripts and all that they import, each compressed; with `suffix` those files only."""
    return sum(loaded_by(folder, page, suffix).values())


def loaded_by(folder: Path, page: Path, suffix: str = "", *, in_use: bool = False) -> dict[Path, int]:
    """The same, file by file. With what the page loads once it is `in_use`, where that is wanted."""
    wanted = [
        file_of(folder, target)
        for element, target, _ in links(folder, page)
        if element.tag == "script" or element.get("rel") == "stylesheet"
    ]
    if in_use:
        wanted += [folder / name for name in (tree(page).find("body").get("data-in-use") or "").split()]
    loaded: dict[Path, int] = {page: len(gzip.compress(page.read_bytes()))}
    while wanted:
        path = wanted.pop().resolve()
        if path in loaded:
            continue
        loaded[path] = len(gzip.compress(path.read_bytes()))
        if path.suffix == ".js":
            wanted += [path.parent / name for name in IMPORT.findall(path.read_text("utf-8"))]
    return {path: size for path, size in loaded.items() if path.name.endswith(suffix)}


def test_what_scripts_import_is_weighed(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<script type="module" src="one.js"></script>')
    (tmp_path / "one.js").write_text('import { two } from "./two.js";\n')
    (tmp_path / "two.js").write_text("")
    before = weight_of(tmp_path, tmp_path / "index.html")
    (tmp_path / "two.js").write_text(" ".join(str(number * number) for number in range(5000)))
    assert weight_of(tmp_path, tmp_path / "index.html") > before + 10_000


def test_a_first_visit_to_a_lesson_is_light(site: BuiltSite) -> None:
    lessons = [path for path in all_pages(site.folder) if kind_of(path) == "lesson"]
    loaded = {address_of(site.folder, path): loaded_by(site.folder, path) for path in lessons}
    assert loaded
    weights = {name: sum(files.values()) for name, files in loaded.items()}
    assert {name: weight for name, weight in weights.items() if weight > MOST_BYTES} == {}
    besides = {
        name: sum(size for path, size in files.items() if path.suffix != ".html") for name, files in loaded.items()
    }
    assert {name: weight for name, weight in besides.items() if weight > MOST_BESIDES} == {}
    assert {name: len(files) for name, files in loaded.items() if len(files) > MOST_FILES} == {}


def test_what_a_lesson_loads_in_use_is_bounded(site: BuiltSite) -> None:
    lessons = [path for path in all_pages(site.folder) if kind_of(path) == "lesson"]
    loaded = {address_of(site.folder, path): loaded_by(site.folder, path, ".js", in_use=True) for path in lessons}
    started = [loaded_by(site.folder, path, ".js") for path in lessons]
    assert all(len(every) > len(first) + 2 for every, first in zip(loaded.values(), started, strict=True))
    assert {name: sum(files.values()) for name, files in loaded.items() if sum(files.values()) > MOST_SCRIPT} == {}
    assert {name: len(files) for name, files in loaded.items() if len(files) > MOST_SCRIPTS} == {}


#: What differs from site to site: the way on to the next module.
OF_THE_SITE = re.compile(
    r' data-then="[^"]*" data-then-title="[^"]*"|<li class="steps__next"><a rel="next" href="../../gallery-2/">.*?</li>'
)


@pytest.mark.site
def test_a_page_is_the_same_however_many_modules_there_are(gallery: BuiltSite, tmp_path: Path) -> None:
    many = build_gallery(tmp_path, copies=30)
    assert len(all_pages(many)) > 30 * 10
    for path in all_pages(gallery.folder / "gallery"):
        pages = [(folder / path.relative_to(gallery.folder)).read_text("utf-8") for folder in (many, gallery.folder)]
        one, other = (re.sub(r"\s+", " ", OF_THE_SITE.sub("", page)) for page in pages)
        assert one == other
