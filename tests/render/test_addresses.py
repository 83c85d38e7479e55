"""Nothing takes an address that something else has: each clash is a problem that names both places."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from alongside.build import gather, prepare
from alongside.files.problems import ContentError, Problem
from alongside.load.layers import RESERVED_IDS
from alongside.load.project import open_project
from alongside.model.pages import MADE_PAGES, PAGES
from alongside.render.addresses import claims, own_files
from alongside.render.site import SiteRenderer
from tests.conftest import BASE

pytestmark = pytest.mark.slow

CONFIGURATION = "site_name: Test\nsite_url: https://example.org/\nplugins:\n  - alongside:\n      layers: [extra, .]\n      author_pages: true\n      xapi: {endpoint: https://lrs.example.org/xapi/, told: We read it.}\n      organisation: {name: Ours}\n"
FILES = {
    **BASE,
    "mkdocs.yml": CONFIGURATION,
    "extra/modules/glossary.yml": "",
    "content/index.md": "# Home\n\nWelcome.\n",
    "content/about.md": "# About\n\nWelcome.\n",
    "content/assets/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>\n',
    "theme/assets/own.css": "p { color: red }\n",
}
SVG = FILES["content/assets/logo.svg"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        if text:
            write(tmp_path, name, text)
    (tmp_path / "extra").mkdir()
    return tmp_path


def write(site: Path, name: str, text: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(text, "utf-8")


def twice(site: Path) -> list[Problem]:
    return [problem for problem in gather(site / "mkdocs.yml", rules=()).problems if problem.code in {"M112", "M110"}]


def addresses() -> list[str]:
    """Every address of a site with all that a site can have; what only a site with cohorts has is in load/test_cohorts.py."""
    project, _ = open_project(ROOT / "mkdocs.yml")
    everywhere = {
        *own_files(project),
        *(url for url, row in MADE_PAGES.items() if row.when not in {"cohorts", "offline", "preview"}),
    }
    listening = {"listening/", "listening/hearing/", "listening/quiz/", "listening/print/", "listening/print/key/"}
    return sorted(everywhere | listening | {"paths/all/", "listening/media/ladder.svg", "assets/organisation.css"})


def test_the_site_has_no_clash(site: Path) -> None:
    assert twice(site) == []


@pytest.mark.slow
@pytest.mark.parametrize("url", addresses())
def test_content_cannot_take_an_address(site: Path, url: str) -> None:
    """Neither as a page nor as a file, nor with other capitals, nor from another layer."""
    page = url.endswith("/")
    names = (
        [f"{url[:-1]}.md", f"{url}index.md", f"{url.upper()[:-1]}.md", f"{url}index.html"]
        if page
        else [url, url.upper()]
    )
    for layer in ("", "extra/"):
        for name in names:
            place = f"{layer}content/{name}"
            write(site, place, "# Mine\n\nMine alone.\n")
            label = place.replace("extra/", "extra:", 1) if layer else place
            assert [str(problem.place) for problem in twice(site)] == [f"{label}:1:1"], place
            with pytest.raises(ContentError):
                prepare(site / "mkdocs.yml")
            (site / place).unlink()


@pytest.mark.parametrize("name", ["sw.js/x.svg", "assets/alongside.css/x.md", "ELEMENTS/page-frame.js/x.png"])
def test_content_cannot_stand_in_a_folder_that_is_a_file(site: Path, name: str) -> None:
    write(site, f"content/{name}", "# Mine\n\nMine alone.\n")
    assert [problem.code for problem in twice(site)] == ["M112"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("help.md", "help/index.md"),
        ("help.md", "Help.md"),
        ("a.svg", "A.svg"),
        ("caf\u00e9.svg", "cafe\u0301.svg"),
        ("a.svg", "a.svg/b.svg"),
    ],
)
def test_two_files_of_content_cannot_share_an_address(site: Path, one: str, other: str) -> None:
    if other.startswith(f"{one}/"):
        write(site, f"extra/content/{one}", SVG)
    else:
        write(site, f"content/{one}", SVG if one.endswith("svg") else "# Help\n\nHelp.\n")
    write(site, f"content/{other}", SVG if other.endswith("svg") else "# Help\n\nHelp.\n")
    (problem,) = twice(site)
    assert {f"content/{one}", f"content/{other}"} == set(
        re.findall(r"content/[^:]+", f"{problem.place} {problem.message}")
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("one", "other"),
    [("A.svg", "a.svg"), ("B/a.svg", "b/A.svg"), ("\u00e9.svg", "e\u0301.svg"), ("\u00c9.svg", "e\u0301.svg"), ("stra\u00dfe.svg", "STRASSE.svg")],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["content/", "modules/listening/media/"])
def test_files_that_are_one_on_some_computers_are_said_once(site: Path, folder: str, one: str, other: str) -> None:
    for name in (one, other):
        write(site, folder + name, SVG)
    found = gather(site / "mkdocs.yml").problems
    assert [problem.code for problem in found if problem.place.file in {folder + one, folder + other}] == ["M112"]


def test_a_file_of_content_cannot_share_an_address_with_one_of_a_module(site: Path) -> None:
    for name in ("content/Listening/media/own.svg", "modules/listening/media/own.svg"):
        write(site, name, SVG)
    assert [problem.code for problem in twice(site)] == ["M112"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["manifest.webmanifest", "assets/index.json", "assets/offline.json", "assets/offline/x.json", "assets/organisation.css", "assets/search/x.json",
     "assets/search", "sitemap.xml", "schemas/lesson.schema.json", "glossary", "LISTENING/media/ladder.svg", "paths/all", "404.HTML"],
)  # fmt: skip
def test_a_theme_cannot_take_what_is_made_for_the_site(site: Path, name: str) -> None:
    """Files that are made won in silence; a file in the place of a folder broke the build."""
    write(site, f"theme/{name}", "x")
    places = {str(problem.place) for problem in twice(site)} | {
        problem.message.rpartition(" by ")[2] for problem in twice(site)
    }
    assert f"theme/{name}:1:1" in places, places


def test_a_later_layer_may_replace_a_page_a_file_and_a_part_of_the_theme(site: Path) -> None:
    for name in (
        "content/about.md",
        "content/assets/logo.svg",
        "theme/assets/own.css",
        "theme/assets/alongside.css",
    ):
        write(site, f"extra/{name}", FILES.get(name, "p { color: blue }\n"))
    assert twice(site) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(RESERVED_IDS))
def test_a_module_cannot_have_a_name_of_the_site_and_is_told_once(site: Path, name: str) -> None:
    for path, text in BASE.items():
        if path.startswith("modules/listening/"):
            write(site, path.replace("listening", name, 1), text)
    assert [(problem.code, str(problem.place)) for problem in twice(site)] == [
        ("M110", f"modules/{name}/module.yml:1:1")
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["media", "assets", "content", "theme", "search", "key"])
def test_a_lesson_may_be_called_as_a_folder_is(site: Path, name: str) -> None:
    """Its page and the files of the folder both stand."""
    changes = {"id: ": f"id: {name}-", "Leave room": name, "  - scenario: late-again\n": ""}
    lesson = BASE["modules/listening/waiting.yml"]
    for old, new in changes.items():
        lesson = lesson.replace(old, new)
    write(site, f"modules/listening/{name}.yml", lesson)
    outline = BASE["modules/listening/module.yml"]
    write(site, "modules/listening/module.yml", outline.replace("waiting", f"waiting, {name}", 1))
    _, made, _ = prepare(site / "mkdocs.yml")
    assert f"listening/{name}/" in {page.url for page in made.pages}
    assert "listening/media/ladder.svg" in {asset.url for asset in made.assets}


def test_the_names_that_no_module_can_have_are_those_that_the_site_uses() -> None:
    project, _ = open_project(ROOT / "mkdocs.yml")
    used = {url.split("/")[0].split(".")[0] for url in {*own_files(project), *(row.url for row in PAGES)}}
    assert used | {"paths", "content", "theme", "en"} == RESERVED_IDS


@pytest.mark.slow
def test_the_table_of_addresses_has_all_that_is_built_and_no_page_besides(site: Path) -> None:
    project, made, _ = prepare(site / "mkdocs.yml")
    curriculum = gather(site / "mkdocs.yml", rules=()).curriculum
    assert curriculum is not None
    renderer = SiteRenderer(curriculum, project.settings, project.template_folders)
    table = list(claims(project, curriculum, renderer))
    listed = {claim.url for claim in table}
    assert len({claim.file for claim in table}) == len(table)
    built = {
        *(page.url for page in made.pages),
        *(asset.url for asset in made.assets if not asset.url.startswith("assets/search/")),
    }
    assert built <= listed
    assert listed - built <= {
        "assets/search",
        "assets/offline",
        "assets/offline.json",
        "assets/cohort.json",
        "changes.xml",
        "sitemap.xml",
        "sitemap.xml.gz",
        "assets/organisation.css",
        "assets/share-picture.png",
        *(f"assets/touch-icon-{side}.png" for side in (180, 192, 512)),
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", ["x.js", "x.css", "x.html", "x.htm", "x.xhtml", "x.xml", "x.json", "x.txt", "x.pdf", "x.wasm", "x.webmanifest", "x.mjs", "x.zip",
                                  "x", "_headers", "_redirects", "x.svgz", "x.svg.js", "X.JS", "CNAME", "robots.txt"])  # fmt: skip
def test_content_holds_pages_pictures_recordings_and_captions_only(site: Path, name: str) -> None:
    write(site, f"content/{name}", "x")
    found = [problem for problem in gather(site / "mkdocs.yml").problems if problem.severity == "error"]
    assert [(problem.code, str(problem.place)) for problem in found] == [("Y111", f"content/{name}:1:1")]


def test_a_drawing_in_content_is_judged_as_one_of_a_module(site: Path) -> None:
    write(site, "content/x.svg", SVG.replace("/>", "><script/></svg>"))
    found = [problem for problem in gather(site / "mkdocs.yml").problems if problem.severity == "error"]
    assert [(problem.code, problem.place.file) for problem in found] == [("Y112", "content/x.svg")]
