"""What was renamed is found at its old address too: a page there leads on, and stands in no list."""

from __future__ import annotations

import json
import re
from itertools import product
from pathlib import Path

import pytest

from alongside.build import build_site, gather, prepare
from alongside.render.index import INDEX, index_assets
from alongside.render.link_check import check_links
from alongside.render.offline import lists_of
from alongside.render.page import Page
from alongside.render.search import search_assets
from alongside.render.site import SiteRenderer
from tests.conftest import BASE
from tests.two_modules import LISTENING, gone, pausing

pytestmark = pytest.mark.slow
CONFIGURATION = "site_name: Test\nplugins:\n  - alongside:\n      layers: [.]\n"
OUTLINE, HEARING = BASE["modules/listening/module.yml"] or "", BASE["modules/listening/hearing.yml"] or ""
PAPER = ["print/", "print/key/", "print/facilitator/"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in {**BASE, "mkdocs.yml": CONFIGURATION}.items():
        put(tmp_path, name, text or "")
    return tmp_path


def put(site: Path, name: str, text: str) -> None:
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text(text, "utf-8")


def renderer(site: Path) -> SiteRenderer:
    gathered = gather(site / "mkdocs.yml", rules=())
    assert gathered.curriculum
    return SiteRenderer(gathered.curriculum, gathered.project.settings, gathered.project.template_folders)


def moved(site: Path) -> dict[str, str]:
    return {former.url: former.leads_to for former in renderer(site).former()}


def errors(site: Path) -> list[tuple[str, str, str]]:
    return [(p.code, str(p.place), p.fix) for p in gather(site / "mkdocs.yml").problems if p.severity == "error"]


def test_where_nothing_was_renamed_nothing_is_added(site: Path) -> None:
    assert moved(site) == {}


def test_a_module_is_found_at_its_old_address_with_all_its_pages(site: Path) -> None:
    put(site, "modules/listening/module.yml", f"{OUTLINE}formerly: [hearing-people]\n")
    parts = ["", "hearing/", "asking/", "waiting/", "quiz/", *PAPER]
    assert moved(site) == {f"hearing-people/{part}": f"listening/{part}" for part in parts}
    assert errors(site) == []


def test_a_lesson_is_found_at_its_old_address(site: Path) -> None:
    put(site, "modules/listening/hearing.yml", f"{HEARING}formerly: [say-it-back, echo]\n")
    assert moved(site) == {f"listening/{name}/": "listening/hearing/" for name in ("say-it-back", "echo")}


def test_a_lesson_is_found_where_it_stood_in_another_module(site: Path) -> None:
    put(site, "modules/listening/hearing.yml", f"{HEARING}formerly: [stigma/saying-back, echo]\n")
    assert moved(site) == {"listening/echo/": "listening/hearing/", "stigma/saying-back/": "listening/hearing/"}
    assert errors(site) == []


def test_a_module_that_a_lesson_left_is_known_by_each_of_its_names(site: Path) -> None:
    for name, text in {**gone(), **pausing(lesson="hearing-out/pauses")}.items():
        put(site, name, text or "") if text else (site / name).unlink()
    put(
        site,
        f"{LISTENING}module.yml",
        f"{(site / f'{LISTENING}module.yml').read_text('utf-8')}formerly: [hearing-out]\n",
    )
    found = moved(site)
    assert found["hearing-out/pauses/"] == found["listening/pauses/"] == "pausing/waiting/"


def test_pages_know_saved_work_by_each_name_of_the_module_that_it_left(site: Path) -> None:
    there = pausing(lesson="hearing-out/pauses", waiting_order="listening/order, first-order")
    renamed = {f"{LISTENING}module.yml": f"{gone()[f'{LISTENING}module.yml']}formerly: [hearing-out]\n"}
    for name, text in {**gone(), **there, **renamed}.items():
        put(site, name, text or "") if text else (site / name).unlink()
    made = renderer(site)
    page = made.plan()["pausing/waiting/"]()
    earlier = re.findall(r' data-formerly="([^"]*)"', page.body)
    assert "listening/pauses hearing-out/pauses" in earlier, "the lesson"
    assert "listening/order hearing-out/order first-order" in earlier, "the question"
    plans = [names for names in earlier if names.startswith("listening/pauses/if-")]
    assert plans and all(" hearing-out/pauses/if-" in names for names in plans), "what was written"
    listing = json.loads(next(asset.content for asset in index_assets(made.curriculum) if asset.url == INDEX) or b"")
    assert listing["from"] == {"pausing": ["listening", "hearing-out"]}


@pytest.mark.parametrize("taken", ["hearing", "quiz", "print"])
def test_an_address_that_another_module_has_is_left_to_it(site: Path, taken: str) -> None:
    for name, text in pausing(lesson=f"listening/{taken}").items():
        put(site, name, text or "")
    assert moved(site) == {}


def test_every_old_name_of_a_module_goes_with_every_name_of_a_lesson(site: Path) -> None:
    put(site, "modules/listening/module.yml", f"{OUTLINE}formerly: [one, two]\n")
    put(site, "modules/listening/hearing.yml", f"{HEARING}formerly: [echo]\n")
    found = moved(site)
    for module, lesson in product(("listening", "one", "two"), ("hearing", "echo")):
        if (module, lesson) != ("listening", "hearing"):
            assert found[f"{module}/{lesson}/"] == "listening/hearing/"
    assert len(found) == 2 * (1 + 3 + 1 + 1 + 3) + 1


@pytest.mark.parametrize("name", ["glossary", "comfort"])
def test_an_address_that_the_site_itself_has_is_left_to_it(site: Path, name: str) -> None:
    put(site, "modules/listening/module.yml", f"{OUTLINE}formerly: [{name}]\n")
    assert moved(site) == {}
    assert errors(site) == []


def test_the_address_of_the_copies_for_paper_is_left_to_them(site: Path) -> None:
    put(site, "modules/listening/hearing.yml", f"{HEARING}formerly: [print]\n")
    assert moved(site) == {}


def test_a_page_at_an_old_address_is_an_error_that_can_be_mended(site: Path) -> None:
    put(site, "modules/listening/hearing.yml", f"{HEARING}formerly: [echo]\n")
    put(site, "content/listening/echo.md", "# Echo\n\nHere.\n")
    [(code, _, fix)] = errors(site)
    assert (code, fix) == ("M112", "rename what is at content/listening/echo.md:1:1")
    (site / "content/listening/echo.md").rename(site / "content/listening/echoes.md")
    assert errors(site) == []


def test_two_that_say_the_same_name_are_told_once(site: Path) -> None:
    put(site, "modules/listening/hearing.yml", f"{HEARING}formerly: [echo]\n")
    put(site, "modules/listening/asking.yml", f"{BASE['modules/listening/asking.yml']}formerly: [echo]\n")
    assert [code for code, _, _ in errors(site)] == ["M133"]


@pytest.fixture
def pages(site: Path) -> list[Page]:
    put(site, "modules/listening/module.yml", f"{OUTLINE}formerly: [hearing-people]\n")
    return list(renderer(site).pages())


def test_the_page_has_a_link_that_leads_on(pages: list[Page]) -> None:
    [page] = [page for page in pages if page.url == "hearing-people/hearing/"]
    assert '<a href="site:listening/hearing/">Give back what you heard</a>' in page.body
    assert page.scripts == ()
    assert [p for p in check_links(pages, []) if "hearing-people" in p.message] == []


def test_the_page_stands_in_no_list(pages: list[Page]) -> None:
    lists = [*search_assets(pages), *lists_of(pages, {page.url: "0" for page in pages})]
    assert [asset.url for asset in lists if b"hearing-people" in (asset.content or b"")] == []
    assert [page.url for page in pages if page.kind != "moved" and "site:hearing-people" in page.body] == []


@pytest.mark.site
@pytest.mark.parametrize("address", ["", "site_url: https://example.org/training/\n"])
def test_the_built_page_leads_on_by_itself_from_every_depth(site: Path, address: str) -> None:
    put(site, "mkdocs.yml", address + CONFIGURATION)
    put(site, "modules/listening/module.yml", f"{OUTLINE}formerly: [hearing-people]\n")
    folder, made, _ = build_site(site / "mkdocs.yml")
    found = [page for page in made.pages if page.kind == "moved"]
    assert {page.depth for page in found} == {1, 2, 3}
    for page in found:
        html = (folder / page.url / "index.html").read_text("utf-8")
        [target] = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]*)">', html)
        assert (folder / page.url / target).resolve() == (folder / page.leads_to).resolve()
        assert (folder / page.url / target / "index.html").is_file()
        assert re.findall(r'<link rel="canonical" href="([^"]*)">', html) == [target]
        assert '<meta name="robots" content="noindex">' in html
        assert "<script" not in html
    assert "hearing-people" not in ((folder / "sitemap.xml").read_text("utf-8") if address else "")
    for path in [folder / "assets/offline.json", *(folder / "assets/offline").glob("*.json")]:
        assert "hearing-people" not in json.dumps(json.loads(path.read_text("utf-8")))
    assert prepare(site / "mkdocs.yml")[2] is not None


# ------------------------------------------------------ addresses in the settings


def with_redirects(site: Path, *entries: str) -> None:
    put(site, "mkdocs.yml", CONFIGURATION + "      redirects:\n" + "".join(f"        {entry}\n" for entry in entries))


def test_an_address_in_the_settings_leads_to_a_page_of_any_kind(site: Path) -> None:
    put(site, "content/about.md", "# About us\n\nWe.\n")
    with_redirects(
        site,
        "welcome/start.html: listening/hearing",
        "/old/: about",
        "help: support/",
        "all: paths/all",
        "home.html: index",
    )
    assert moved(site) == {
        "welcome/start.html": "listening/hearing/", "old/": "about/", "help/": "support/", "all/": "paths/all/", "home.html": "",
    }  # fmt: skip
    assert errors(site) == []
    pages = {page.url: page for page in renderer(site).pages()}
    titles = {url: re.findall(r"<li><a[^>]*>([^<]*)<", pages[url].body) for url in moved(site)}
    assert titles == {
        "welcome/start.html": ["Give back what you heard"], "old/": ["About us"], "help/": ["Get help now"],
        "all/": ["The whole course"], "home.html": ["Home"],
    }  # fmt: skip


@pytest.mark.site
def test_an_address_with_an_ending_is_a_file_of_that_name(site: Path) -> None:
    with_redirects(site, "welcome/start.html: listening/hearing")
    folder, _, _ = build_site(site / "mkdocs.yml")
    html = (folder / "welcome/start.html").read_text("utf-8")
    [target] = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]*)">', html)
    assert (folder / "welcome" / target / "index.html").resolve() == (folder / "listening/hearing/index.html").resolve()


@pytest.mark.parametrize(
    ("entries", "line", "fix"),
    [
        (["old: https://evil.example/"], 6, "write the page of this site"),
        (["old: //evil.example/"], 6, "write the page of this site"),
        (["old: javascript:alert(1)"], 6, "write the page of this site"),
        (["old: listening/herring"], 6, "write listening/hearing"),
        (["old: other", "other: listening"], 6, "write listening"),
        (["old: echo/hearing"], 6, "write listening/hearing"),
        (["old: old"], 6, "write the page that it is to lead to"),
        (["https://example.org/x: listening"], 6, "write the path alone"),
        (["../x: listening"], 6, "write the path alone"),
        (["old?page=2: listening"], 6, "write the path alone"),
        (["index.html: listening"], 6, "write the path alone"),
    ],
)
def test_what_leads_nowhere_is_an_error_in_its_place(site: Path, entries: list[str], line: int, fix: str) -> None:
    put(site, "modules/listening/module.yml", f"{OUTLINE}formerly: [echo]\n")
    with_redirects(site, *entries)
    [(code, place, said)] = errors(site)
    assert (code, place.split(":")[1], said.startswith(fix)) == ("R267", str(line), True), said


def test_a_circle_is_told_at_each_of_its_places(site: Path) -> None:
    with_redirects(site, "one: two", "two: one")
    assert [(code, place.split(":")[1]) for code, place, _ in errors(site)] == [("R267", "6"), ("R267", "7")]


def test_an_address_that_a_page_has_is_left_to_it(site: Path) -> None:
    put(site, "content/about.md", "# About us\n\nWe.\n")
    with_redirects(site, "about: listening", "glossary: listening", "listening: support")
    assert [(code, fix) for code, _, fix in errors(site)] == [
        ("M112", "rename what is at content/about.md:1:1"),
        ("M112", "take it out of redirects"),
        ("M112", "rename what is at modules/listening/module.yml:1:1"),
    ]
