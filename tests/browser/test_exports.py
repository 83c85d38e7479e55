"""What learners take to other programs can be read there: cards for Anki, reminders for a calendar."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.cards import saved_cards
from tests.browser.conftest import BuiltSite, served
from tests.browser.learner import seed

FIELDS = ["guid", "front", "back", "deck", "tags"]


def notes_in(text: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """The head and the notes of a text file for Anki, read as its importer does: CSV with tabs."""
    lines = text.split("\n")
    head = dict(line[1:].split(":", 1) for line in lines if line.startswith("#"))
    rows = csv.reader((line for line in lines if line and not line.startswith("#")), delimiter="\t", strict=True)
    return head, [dict(zip(FIELDS, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def saved(browser, gallery: BuiltSite) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The cards of everything in the gallery that comes back in review, by the id of their question."""
    text, count = saved_cards(browser, gallery.address)
    head, notes = notes_in(text)
    assert len(notes) == count
    return head, {note["guid"].rsplit("/", 1)[1]: note for note in notes}


def test_anki_is_told_how_to_read_the_file(saved) -> None:
    head, notes = saved
    assert head == {
        "separator": "tab",
        "html": "true",
        "guid column": "1",
        "notetype": "Basic",
        "deck column": "4",
        "tags column": "5",
    }
    assert all(note["deck"].count("::") == 1 and not re.search(r"\s", note["tags"]) for note in notes.values())


def test_each_kind_of_question_has_a_card_that_asks_and_answers(saved) -> None:
    for name, note in saved[1].items():
        for side in ("front", "back"):
            words = re.sub(r"<[^>]*>", " ", note[side])
            assert len(words.split()) > 3, (name, side, note[side])
        assert re.search(r'<a href="http[^"]+/#[^"]+">', note["back"]), name


def test_no_two_parts_of_a_card_run_together(saved) -> None:
    """Where one piece of text ends without a stop and the next begins, an element stands between that breaks the line."""
    for name, note in saved[1].items():
        for side in ("front", "back"):
            inline = re.sub(r"</?(?:strong|em|code|sub|sup|a)\b[^>]*>", "", note[side])
            words = re.sub(r"<[^>]*>", "\n", inline)
            glued = re.findall(r"[a-z][.?!”][A-Z“]|[a-z][A-Z]", words)
            assert not glued, (name, side, glued, note[side])


def test_the_right_answer_comes_first(saved) -> None:
    graded = 0
    for name, note in saved[1].items():
        first = re.search(r"<strong>(Correct|Best|Acceptable|Poor|Not this one|Harmful)\b", note["back"])
        if first:
            graded += 1
            assert first[1] in {"Correct", "Best"}, (name, note["back"])
    assert graded >= 3


def test_words_are_no_signs_to_anki(browser, small: Path) -> None:
    """A sound, a voice and formulas begin with a bracket; Anki itself reads them in tests/interop."""
    said = "[sound:a.mp3] [anki:tts lang=en]x[/anki:tts] [latex]x[/latex] [$]x[/$] [$$]x[/$$] [a list] [$"
    with served(small) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        text = page.evaluate(
            """async (said) => {
              const { ankiFile } = await import("/elements/anki.js");
              const question = document.createElement("div");
              const part = document.createElement("div");
              part.className = "question__context";
              part.append(said);
              question.append(part);
              return ankiFile([{ id: "a", deck: "b", tag: "c", url: "d", where: said, question }]);
            }""",
            said,
        )
    _, (note,) = notes_in(text)
    for side in (note["front"], note["back"]):
        assert html.unescape(re.sub(r"<[^>]*>", "", side)) == said
        assert not re.search(r"\[(?:sound|anki|latex|\$)", side)


def test_reminders_name_the_site_and_have_plans_as_well_as_reviews(browser, small: Path) -> None:
    with served(small) as address:
        context = browser.new_context(accept_downloads=True)
        context.clock.set_fixed_time("2026-11-03T12:00")
        seed(context, address)
        page = context.new_page()
        page.goto(f"{address}progress/")
        page.locator("summary", has_text="plan").click()
        expect(page.get_by_text("24 December 2026").first).to_be_visible()
        with page.expect_download() as download:
            page.get_by_role("button", name="Save reminders for your calendar").click()
        text = Path(download.value.path()).read_text("utf-8")
        context.close()
    assert re.findall(r"DTSTART;VALUE=DATE:(\d+)", text) == ["20261105", "20261224"]
    assert re.findall(r"SUMMARY:(.*)\r?", text) == ["Review due: Small", "A plan to look at again: Small"]
    assert "count to three" not in text, "a calendar is not the place for what a learner wrote"
