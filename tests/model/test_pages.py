"""The table of pages is the only place that knows which pages there are."""

from __future__ import annotations

import re
from pathlib import Path

from alongside.model.pages import PAGES, bar, foot, menu

ROOT = Path(__file__).parents[2]
URLS = {row.url for row in PAGES}


def test_an_address_stands_once_in_the_table() -> None:
    assert len(URLS) == len(PAGES)


def test_places_in_a_menu_are_counted_without_a_gap() -> None:
    assert [row.bar for row in bar()] == list(range(1, len(bar()) + 1))
    assert [row.menu for row in menu()] == list(range(1, len(menu()) + 1))
    assert [row.foot for row in foot()] == list(range(1, len(foot()) + 1))


def test_a_page_that_is_made_has_a_template_and_one_that_is_written_has_a_text() -> None:
    for row in PAGES:
        if row.kind:
            assert (ROOT / "theme/pages" / f"{row.template}.html").is_file(), row.url
            assert row.description, row.url
        else:
            assert (ROOT / "content" / f"{row.url.rstrip('/')}.md").is_file(), row.url


def test_every_page_can_be_reached_from_every_other() -> None:
    """From the bar, from the foot, or from the list of all pages, which is in the bar."""
    ways = {row.url for row in (*bar(), *foot())} | {row.url for row in PAGES if row.kind and row.listed}
    # The preview alone has a page for whoever hosts the site, and leads there from its box on help.
    owed = {row.url for row in PAGES if row.kind not in {"missing", "offline"} and row.when != "preview"}
    assert owed <= ways


#: How templates and scripts lead to a page: `href="site:glossary/"`, `new URL("review/", root)`.
LED_TO = re.compile(r"site:([a-z-]+/(?:[a-z-]+/)?)[\"#]|new URL\(\"([a-z-]+/)\"|NOT_KEPT = \"([a-z-]+/)\"")


def test_templates_and_scripts_lead_to_no_page_that_the_table_lacks() -> None:
    found = {}
    for path in (*(ROOT / "theme").rglob("*.html"), *(ROOT / "theme").rglob("*.js")):
        for match in LED_TO.finditer(path.read_text("utf-8")):
            found[next(name for name in match.groups() if name)] = path.name
    assert "offline/" in found and "review/" in found
    assert {url: name for url, name in found.items() if url not in URLS} == {}
