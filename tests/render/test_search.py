"""The index of the search: every section once, in small files."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from alongside.files.located import Place
from alongside.render.page import Heading, Outline, Page
from alongside.render.search import folded, search_assets, sections


def a_page(body: str = "", **values: object) -> Page:
    page = Page(
        url="empathy/asking/", kind="lesson", title="Asking", description="", body=body,
        headings=(Heading(2, "how", "How to ask"), Heading(3, "when", "When")),
        language="en", direction="ltr", source=Place("x.yml"), outline=Outline("Empathy", "empathy/", ()),
    )  # fmt: skip
    return replace(page, **values)


BODY = '<h1>Asking</h1><p>Before all.</p><h2 id="how">How to ask</h2><p>Ask <b>once</b>.</p><h3 id="when">When</h3><p>After a pause.</p>'


def files(*pages: Page) -> dict[str, object]:
    return {asset.url.rpartition("/")[2]: json.loads(asset.content or b"") for asset in search_assets(pages)}


def test_a_page_is_cut_at_its_headings() -> None:
    assert [(s.heading, s.url, " ".join(s.words)) for s in sections(a_page(BODY))] == [
        ("", "empathy/asking/", "Asking Before all."),
        ("How to ask", "empathy/asking/#how", "How to ask Ask once ."),
        ("When", "empathy/asking/#when", "When After a pause."),
    ]


def test_words_in_navigation_and_scripts_are_left_out() -> None:
    [section] = sections(a_page("<nav><a>Other</a></nav><p>Here<br>too</p>"))
    assert section.words == ["Here", "too"]


def test_a_word_leads_to_its_section_and_weighs_more_in_a_heading() -> None:
    found = files(a_page(BODY))
    assert found["70-61.json"]["pause"] == [["empathy", 2, 1]]
    assert found["61-73.json"]["ask"] == [["empathy", 1, 3 + 4 - 1]]
    assert found["in-empathy.json"][2] == ["Asking", "When", "empathy/asking/#when", "When After a pause."]


def test_common_words_and_other_pages_are_not_in_the_index() -> None:
    found = files(a_page(BODY), a_page("<p>zebra</p>", kind="print"), a_page("<p>zebra</p>", url="authors/fields/"))
    assert not any(
        "zebra" in str(value) or "after" in (value if isinstance(value, dict) else {}) for value in found.values()
    )


def test_pages_of_no_module_stand_together() -> None:
    assert files(a_page("<p>kept here</p>", outline=None, url="privacy/"))["in-site.json"][0][2] == "privacy/"


@pytest.mark.parametrize(
    ("text", "words"), [("Réflection’s", ["reflection's"]), ("NHS-led care", ["nhs", "led", "care"])]
)
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert folded(text) == words


def test_the_files_of_a_module_do_not_grow_with_other_modules() -> None:
    """A search loads two or three of them."""
    many = [a_page(BODY, url=f"m{n}/asking/", outline=Outline("M", f"m{n}/", ())) for n in range(50)]
    sizes = {name: len(json.dumps(value)) for name, value in files(*many).items()}
    assert len([name for name in sizes if name.startswith("in-")]) == 50
    assert max(size for name, size in sizes.items() if name.startswith("in-")) < 1000
