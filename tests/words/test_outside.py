"""No word that a learner meets stands outside the catalogue: a site in a language that nobody speaks has no other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import html5lib
import pytest
from babel.dates import get_month_names

from alongside.load.project import Project
from alongside.render.environment import page_writer
from alongside.render.frame import frame_of
from alongside.render.offline import lists_of
from alongside.render.page import Page
from alongside.render.site import Site, SiteRenderer
from tests.words.pseudo import LANGUAGE, pseudo_site

pytestmark = pytest.mark.slow
LATIN = re.compile(r"[A-Za-z]+")
#: Attributes for machines. Every other one is for people: a new one is looked at until it stands here.
FOR_MACHINES = frozenset(
    """accept aria-current aria-describedby aria-hidden aria-labelledby aria-live autocapitalize autocomplete charset class controls
    data-accept data-again data-aims data-aloud data-bounds data-checks data-counts data-credit data-fingerprint data-formerly data-id data-in-use data-keep data-kept data-later
    data-leave data-lesson data-module data-modules data-near data-objective data-objectives data-opens data-part data-parts data-plan data-question data-quiz
    data-review data-right data-scenario data-state data-sure data-then data-version data-whole datetime default dir for height
    href id inputmode kind lang loading method name novalidate preload rel role rows scope size spellcheck src srclang tabindex type value
    width http-equiv""".split()
)
#: What is the same in every language: a number of a publication, a licence.
SAME = re.compile(r"doi:[\w./-]+|CC-BY-[\d.]+|UTF-8")
MONTHS = re.compile("|".join(get_month_names("wide", "format", LANGUAGE).values()))
#: What `meta` elements say to browsers.
BROWSERS = frozenset({"viewport", "referrer", "color-scheme", "robots"})


@dataclass(frozen=True)
class Made:
    """The site, and what writes its pages as an engine does."""

    project: Project
    site: Site
    renderer: SiteRenderer

    def writer(self, folders: Sequence[Path]) -> Callable[[Page], str]:
        """What makes a whole page, by the templates in `folders`."""
        urls = [page.url for page in self.site.pages]
        name = self.project.site_name
        frame = frame_of(self.project, urls, site_name=name, policy="", top="/", offline=self.site.offline)
        write = page_writer(folders)

        def whole(page: Page) -> str:
            shown = SimpleNamespace(meta=frame.around(page), content=page.resolved_body("/"), canonical_url=None)
            return write(page=shown, config=SimpleNamespace(site_name=name))

        return whole


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(*pseudo_site(tmp_path_factory.mktemp("pseudo")))


def for_people(html: str) -> Iterator[str]:
    """Everything on a page that someone sees or hears."""
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            yield from [element.tail or ""]
            continue
        yield element.text or ""
        yield element.tail or ""
        for name, value in element.attrib.items():
            if name not in FOR_MACHINES and not (element.tag == "meta" and element.get("name") in BROWSERS):
                yield value


def outside(texts: Iterator[str]) -> set[str]:
    """Words in Latin letters, but for the names of months, which come with the form of a date."""
    return {word for text in texts for word in LATIN.findall(MONTHS.sub("", SAME.sub("", text)))}


def test_no_page_has_a_word_outside_the_catalogue(made: Made) -> None:
    whole = made.writer(made.project.template_folders)
    found = {page.url: outside(for_people(whole(page))) for page in made.site.pages}
    assert len(found) > 25
    assert {url: words for url, words in found.items() if words} == {}


def test_pages_say_their_language(made: Made) -> None:
    assert {(page.language, page.direction) for page in made.site.pages} == {(LANGUAGE, "ltr")}


def test_every_script_of_a_page_comes_after_its_words(made: Made) -> None:
    words = f"elements/words/{LANGUAGE}.js"
    assert {page.scripts[0] for page in made.site.pages if page.scripts} == {words}
    assert words in {asset.url for asset in made.site.assets}


def test_words_are_kept_for_when_there_is_no_connection(made: Made) -> None:
    worker = next(asset.content for asset in made.site.assets if asset.url == "sw.js") or b""
    for name in (f"elements/words/{LANGUAGE}.js", "elements/words.js"):
        assert f'"{name}"' in worker.decode()


def test_a_translation_is_not_published(made: Made) -> None:
    assert [asset.url for asset in made.site.assets if asset.url.endswith(".po")] == []


def leaves(value: Any, *below: str) -> Iterator[str]:
    """Texts in a file of data, without those below keys that are named."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in below:
                yield from leaves(inner, *below)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, *below)


def test_no_file_of_data_has_a_word_outside_the_catalogue(made: Made) -> None:
    files = {asset.url: asset.content or b"" for asset in made.site.assets}
    manifest = json.loads(files["manifest.webmanifest"])
    shown = [manifest["name"], manifest["short_name"]]
    lists = [
        json.loads(part.content or b"") for part in lists_of(made.site.pages, {p.url: "" for p in made.site.pages})
    ]
    titles = {url: title for part in lists for url, title in part["titles"].items()}
    index = [json.loads(files[f"{name}/index.json"]) for name in json.loads(files["assets/index.json"])["modules"]]
    machines = ("version", "formerly", "part", "kind", "fingerprint", "scenarios")
    for module in index:
        for question in module["questions"].values():
            del question["objectives"]
    found = [
        text
        for name, content in files.items()
        if "search/page-" in name
        for title, group, _, _, parts in [json.loads(content)]
        for text in (title, group, *(text for heading, _, words in parts for text in (heading, words)))
    ]
    assert found and titles
    assert outside(iter([*shown, *titles.values(), *leaves(index, *machines), *found])) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("partials/not_kept.html", "<p>Bare words</p>"),
        ("partials/not_kept.html", '<img src="a.png" alt="Bare words">'),
        ("partials/not_kept.html", '<p data-new="Bare words"></p>'),
        ("partials/foot.html", "<footer>Bare words</footer>"),
    ],
)
def test_a_word_outside_is_found(made: Made, tmp_path: Path, name: str, bare: str) -> None:
    (tmp_path / "partials").mkdir()
    (tmp_path / name).write_text(bare)
    folders = (tmp_path, *made.project.template_folders)
    page = SiteRenderer(made.renderer.curriculum, made.project.settings, folders).plan()["gallery/steps/"]()
    assert outside(for_people(made.writer(folders)(page))) == {"Bare", "words"}
