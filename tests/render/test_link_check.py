"""Links that lead nowhere are found before anything is written."""

from __future__ import annotations

from alongside.files.located import Place
from alongside.render.link_check import check_links
from alongside.render.page import Asset, Page


def page(url: str, body: str) -> Page:
    return Page(url, "text", url, "", body, (), "en", "ltr", Place(f"{url or 'index'}.yml"))


def codes(*pages: Page, assets: tuple[Asset, ...] = ()) -> list[str]:
    return [problem.code for problem in check_links(pages, assets)]


def test_links_between_pages_and_to_anchors_are_fine() -> None:
    one = page("one/", '<h2 id="top"></h2><a href="site:two/#end">x</a><a href="#top">y</a><a href="site:">home</a>')
    assert codes(one, page("two/", '<p id="end"></p>'), page("", "")) == []


def test_a_link_to_a_missing_page_names_the_nearest_one() -> None:
    problems = check_links([page("one/", '<a href="site:tow/">x</a>'), page("two/", "")], [])
    assert [(p.code, p.fix) for p in problems] == [("R220", 'did you mean "two/"?')]


def test_a_link_to_a_missing_anchor_is_found() -> None:
    assert codes(page("one/", '<a href="#nowhere">x</a>')) == ["R221"]


def test_a_picture_that_is_not_published_is_found() -> None:
    assert codes(page("one/", '<img src="site:one/media/a.svg">')) == ["R220"]
    assert codes(page("one/", '<img src="site:one/media/a.svg">'), assets=(Asset("one/media/a.svg", "a.svg"),)) == []


def test_an_id_that_stands_twice_is_found() -> None:
    assert codes(page("one/", '<p id="a"></p><p id="a"></p>')) == ["R222"]


def test_words_that_look_like_a_link_are_no_link() -> None:
    assert codes(page("one/", "<p>write &lt;a href=&quot;site:x/&quot;&gt;</p>")) == []
