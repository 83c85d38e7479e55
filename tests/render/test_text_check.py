"""What readers would see that was meant for the builder, and what they would read twice, is found before anything is written."""

from __future__ import annotations

import pytest

from alongside.files.located import Place
from alongside.render.page import Page
from alongside.render.text_check import check_texts


def page(body: str, url: str = "one/", source: str = "one.yml") -> Page:
    return Page(url, "text", url, "", body, (), "en", "ltr", Place(source))


def codes(*bodies: str) -> list[str]:
    return [problem.code for problem in check_texts([page(body) for body in bodies])]


@pytest.mark.parametrize(
    "words",
    [
        "| When | What |",
        "Table: Three speeds",
        "a [[term]] of ours",
        "a **strong** word",
        "tell {{ organisation.name }}",
        "as in [@weger-2014]",
        "the word `code`",
        "<a href='site:x/'>Table:</a> Three speeds",
    ],
)
def test_markup_that_was_left_over_is_found(words: str) -> None:
    [problem] = check_texts([page(f"<p>{words}</p>")])
    assert (problem.code, problem.severity, problem.place.file) == ("T116", "error", "one.yml")


@pytest.mark.parametrize("tag", ["code", "pre", "textarea", "script", "svg"])
def test_what_is_shown_as_it_is_typed_may_hold_any_sign(tag: str) -> None:
    assert codes(f"<p>Write <{tag} class='x'>[[term]] | **x** {{{{ slot }}}}</{tag}>.</p>") == []


@pytest.mark.parametrize(
    "body",
    [
        '<p title="a | b > **c**">Words.</p>',
        "<!-- {{ nothing }} -->",
        "<p>See the Table: it helps.</p>",
        "<p>2 * 3 * 4</p>",
        "<p>Words.</p><q-choice data-a='[[x]]'></q-choice>",
    ],
)
def test_what_readers_do_not_see_and_ordinary_signs_are_fine(body: str) -> None:
    assert codes(body) == []


def test_a_sign_that_is_written_as_an_entity_is_found() -> None:
    assert codes("<p>a &#124; b</p>") == ["T116"]


def test_a_table_heading_without_words_is_found() -> None:
    table = "<table><thead><tr><th scope='col'>{}</th><th>What</th></tr></thead></table>"
    assert codes(table.format("")) == codes(table.format(" <span></span>\n")) == ["T114"]
    assert codes(table.format("<strong>When</strong>")) == codes(table.format("<code>x</code>")) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>It talks of loss. You can read the summary. <a href='#x'>You can read the summary.</a></p>",
        "<p>You can read the summary. It talks of loss. You can read the summary.</p>",
        "<p>It talks of loss. You can read the summary.</p>\n<p><em>You can read</em> the summary. Go on.</p>",
    ],
)
def test_a_sentence_that_stands_twice_in_one_place_is_found_once(body: str) -> None:
    assert codes(body) == ["T115"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>It is late. It is late.</p>",
        "<p>You can read the summary.</p><p>Or not.</p><p>You can read the summary.</p>",
        "<td>The person who is supported</td><td>The person who is supported</td>",
        '<p class="turn__says">I don’t know what to do. I don’t know what to do.</p>',
        '<p class="says">I don’t know what to do.</p><p class="says">I don’t know what to do.</p>',
        "<p>He says it again: “I don’t know what to do. I don’t know what to do.”</p>",
    ],
)
def test_people_and_tables_may_say_a_thing_again(body: str) -> None:
    assert codes(body) == []


def test_a_fault_that_several_pages_show_is_named_once() -> None:
    pages = [page("<p>a | b</p>"), page("<h2>a | b</h2>", "one/print/"), page("<p>c | d</p>", "two/")]
    assert [problem.message.split(" would")[0] for problem in check_texts(pages)] == [
        'readers of "one/"', 'readers of "two/"',
    ]  # fmt: skip
