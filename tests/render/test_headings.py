"""Headings get ids that no author can choose."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.render.headings import anchored, slug

ROOT = Path(__file__).parents[2]


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


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("مرحبا", "h-مرحبا"),
        ("كَتَبَ الدرس", "h-كَتَبَ-الدرس"),
        ("שלום, עולם!", "h-שלום-עולם"),
        ("第一章：听", "h-第一章-听"),
        ("दो कुर्सियाँ", "h-दो-कुर्सियाँ"),
        ("เก้าอี้ สอง", "h-เก้าอี้-สอง"),
        ("Что сказать?", "h-что-сказать"),
        ("듣기 연습", "h-듣기-연습"),
        ("もっと聞く", "h-もっと聞く"),
        ("Ξένος και ΟΔΟΣ", "h-ξένος-και-οδος"),
        ("🙂", "h-section"),
        ("!?", "h-section"),
        ("Lesson ٣", "h-lesson-٣"),
    ],
)
def test_letters_of_every_script_are_kept(heading: str, name: str) -> None:
    for form in ("NFC", "NFD"):
        [found] = anchored(f"<h2>{unicodedata.normalize(form, heading)}</h2>")[1]
        assert found.id == unicodedata.normalize("NFC", name)


def test_headings_that_were_all_called_section_are_told_apart() -> None:
    assert [h.id for h in anchored("<h2>听</h2><h2>说</h2><h2>听</h2>")[1]] == ["h-听", "h-说", "h-听-2"]


def as_it_was(text: str) -> str:
    """The name of a heading before letters of other scripts counted. What learners and authors have linked to stays."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "h-" + (re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "section")


@pytest.mark.slow
@given(st.text(st.characters(codec="latin-1"), max_size=80) | st.text("abcdé ’—ß Å-_.Žøµª½", max_size=80))
def test_a_heading_in_latin_letters_is_called_what_it_was(heading: str) -> None:
    assert slug(heading) == as_it_was(heading)


def test_the_headings_of_our_own_texts_are_called_what_they_were() -> None:
    files = [*(ROOT / "modules").rglob("*.yml"), *(ROOT / "content").rglob("*.md")]
    headings = [
        line.lstrip("# ")
        for file in files
        for line in file.read_text("utf-8").split("\n")
        if line.strip().startswith("##")
    ]
    assert len(headings) > 200
    assert [heading for heading in headings if slug(heading) != as_it_was(heading)] == []
