"""Authored prose becomes clean HTML, and nothing else does."""

from __future__ import annotations

import pytest

from alongside.model.curriculum import Source, Term
from alongside.render.markdown import Prose, References, short_authors

SOURCE = Source(
    authors="Weger, H., Castle Bell, G., & Robinson, M. C.", year="2014", title="Listening", checked="finding"
)
TERM = Term(term="reflection", definition="Saying back what you understood.")


@pytest.fixture(scope="module")
def prose() -> Prose:
    return Prose(References({"weger-2014": SOURCE}, {"reflection": TERM}, {"organisation.name": "River <b>side</b>"}))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Just words.", "<p>Just words.</p>"),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("*soft* and **loud**", "<p><em>soft</em> and <strong>loud</strong></p>"),
        ("## A heading", "<h2>A heading</h2>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
    ],
)
def test_markdown_becomes_plain_html(prose: Prose, text: str, html: str) -> None:
    assert prose.block(text) == html


def test_a_line_has_no_paragraph_around_it(prose: Prose) -> None:
    assert prose.inline("Wait, then *ask*.") == "Wait, then <em>ask</em>."


@pytest.mark.parametrize(
    "text", ["1. not a list", "# not a heading", "- not a list", "> not a quotation", "a\n===", "    not code"]
)
def test_a_line_that_looks_like_a_block_stays_a_line(prose: Prose, text: str) -> None:
    html = prose.inline(text)
    assert "<" not in html


def test_a_term_is_linked_to_the_glossary(prose: Prose) -> None:
    assert (
        prose.inline("A [[reflection]].") == 'A <a class="term" href="site:glossary/#term-reflection">reflection</a>.'
    )


def test_a_term_can_be_shown_in_other_words(prose: Prose) -> None:
    assert ">Reflections</a>" in prose.inline("[[reflection|Reflections]] help.")


def test_a_citation_shows_authors_and_year(prose: Prose) -> None:
    assert "(Weger et al., 2014)</a>" in prose.inline("It helps [@weger-2014].")


@pytest.mark.parametrize("text", ["[[nothing]]", "[@nobody-1900]", "{{ organisation.secret }}"])
def test_a_reference_to_nothing_stays_as_it_is_written(prose: Prose, text: str) -> None:
    assert text in prose.inline(text)


def test_a_local_fact_is_text_and_never_markup(prose: Prose) -> None:
    assert (
        prose.inline("Ask {{ organisation.name }}.") == 'Ask <span class="local">River &lt;b&gt;side&lt;/b&gt;</span>.'
    )


def test_words_of_another_language_are_marked(prose: Prose) -> None:
    assert prose.inline("[hiraeth]{lang=cy}") == '<span lang="cy">hiraeth</span>'


def test_a_link_to_a_module_leads_into_the_site(prose: Prose) -> None:
    assert 'href="site:empathy/saying-it/"' in prose.inline("[see](module:empathy/saying-it)")


def test_a_link_to_elsewhere_tells_nobody_where_the_reader_came_from(prose: Prose) -> None:
    assert 'rel="noopener noreferrer external"' in prose.inline("[see](https://example.org/)")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<iframe src=//evil.example></iframe>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](https://evil.example/pixel.gif)",
        "![x](//evil.example/pixel.gif)",
        "![x](media/../../../secret.png)",
        "[x](site://evil.example/)",
        "[x]: javascript:alert(1)\n\n[x]",
        "<style>*{display:none}</style>",
        "<form action=//evil.example><input name=a></form>",
        "<svg onload=alert(1)>",
        "<a href=x id=__config class=md-overlay>x</a>",
        "```<script>\nalert(1)\n```",
    ],
)
def test_nothing_active_comes_out(prose: Prose, text: str) -> None:
    for html in (prose.block(text), prose.inline(text)):
        lowered = html.lower()
        assert "<script" not in lowered
        assert 'href="javascript' not in lowered
        assert 'href="data' not in lowered
        assert '="site:' not in lowered
        for tag in ("<img", "<iframe", "<style", "<form", "<svg", "<input", "<a id", 'md-overlay"'):
            assert tag not in lowered, html


def test_a_picture_is_looked_for_in_the_folder_of_its_module(prose: Prose) -> None:
    assert 'src="site:empathy/media/ladder.svg"' in prose.block("![A ladder](media/ladder.svg)", "empathy/")


def test_the_same_words_in_two_modules_keep_their_own_pictures(prose: Prose) -> None:
    assert prose.block("![x](media/a.svg)", "one/") != prose.block("![x](media/a.svg)", "two/")


def test_a_table_is_a_named_region_with_classes_for_alignment(prose: Prose) -> None:
    html = prose.block("Table: Kinds\n\n| kind | share |\n|:--|--:|\n| open | 1 |")
    assert '<div class="table" role="region" tabindex="0" aria-label="Kinds">' in html
    assert "<caption>Kinds</caption>" in html
    assert '<td class="end">1</td>' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("authors", "short"),
    [
        ("Weger, H., Castle Bell, G., & Robinson, M. C.", "Weger et al."),
        ("Rogers, C. R., & Farson, R. E.", "Rogers & Farson"),
        ("Rogers, C. R.", "Rogers"),
        ("Weger, H. et al.", "Weger et al."),
        ("World Health Organization", "World Health Organization"),
    ],
)
def test_authors_are_shortened_as_in_a_sentence(authors: str, short: str) -> None:
    assert short_authors(authors) == short


def rows(prose: Prose, *cells: str, head: str = "| Kind | What it does |") -> str:
    body = "".join(f"| {cell} | Something. |\n" for cell in cells)
    return str(prose.block(f"Table: Kinds\n\n{head}\n| --- | --- |\n{body}"))


def test_first_cells_that_name_their_rows_are_headings_of_them(prose: Prose) -> None:
    html = rows(prose, "Now", "Offering **repair**", "Their “yes, but” is a row")
    assert html.count('<th scope="row">') == 3
    assert html.count('<th scope="col">') == 2
    assert '<th scope="row">Offering <strong>repair</strong></th>' in html


@pytest.mark.parametrize(
    "cells",
    [
        ["Now", ""],
        ["Now", "Now"],
        ["Now", "They are still explaining, or have started a new train of thought"],
    ],
    ids=["a row has no name", "two rows have one name", "a sentence is no name"],
)
def test_first_cells_that_name_no_rows_are_cells(prose: Prose, cells: list[str]) -> None:
    assert 'scope="row"' not in rows(prose, *cells)
