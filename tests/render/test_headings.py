"""Headings get ids that no author can choose."""

from alongside.render.headings import anchored


def test_a_heading_is_named_after_its_words() -> None:
    html, headings = anchored("<h2>What listening does</h2>")
    assert html == '<h2 id="h-what-listening-does">What listening does</h2>'
    assert [(h.level, h.id, h.text) for h in headings] == [(2, "h-what-listening-does", "What listening does")]


def test_headings_with_the_same_words_get_different_ids() -> None:
    assert [h.id for h in anchored("<h2>Why</h2><h2>Why</h2>")[1]] == ["h-why", "h-why-2"]


def test_a_heading_of_a_template_keeps_its_id() -> None:
    assert anchored('<h2 id="rules">Rules</h2>')[0] == '<h2 id="rules">Rules</h2>'


def test_a_heading_cannot_become_the_name_of_a_script_variable() -> None:
    assert anchored("<h2>__config</h2>")[1][0].id == "h-config"


def test_a_heading_without_latin_letters_still_has_an_id() -> None:
    assert anchored("<h2>مرحبا</h2>")[1][0].id == "h-section"
