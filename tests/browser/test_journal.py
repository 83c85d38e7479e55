"""The journal is written in and corrected where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.learner import ENTRY, FULL, put, stored

WRITTEN = {**ENTRY, "plan": False, "revisit": "", "label": "Your words", "title": "Say it back"}
PASSPHRASE = "otter lamp seven gravel"  # noqa: S105  # opens nothing but these tests
TICKED = {**WRITTEN, "text": "yes", "title": "Before you meet"}


def journal(context: BrowserContext, address: str, **entries: Any) -> Page:
    """The page of a journal with these entries."""
    page = context.new_page()
    page.goto(f"{address}assets/index.json")
    put(
        page, "journal", {"schema": 2, "on": True, "entries": {f"listening/a/{name}": e for name, e in entries.items()}}
    )
    page.goto(f"{address}journal/")
    return page


def elsewhere(context: BrowserContext, address: str, **entries: Any) -> None:
    """Another tab writes the journal with these entries."""
    journal(context, address, **entries).close()


def out_of_sight(page: Page) -> None:
    """Somebody goes to another tab, and comes back once everything is kept."""
    for state in ("hidden", "visible"):
        page.evaluate(
            """async (state) => {
              Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
              document.dispatchEvent(new Event("visibilitychange"));
              const { updateJournal } = await import("/elements/journal.js");
              await updateJournal(() => {});
            }""",
            state,
        )


def lock(page: Page) -> None:
    page.get_by_text("Lock it with a passphrase").click()
    page.get_by_label("New passphrase").fill(PASSPHRASE)
    page.get_by_label("The same passphrase again").fill(PASSPHRASE)
    page.get_by_role("button", name="Lock my journal").click()
    expect(page.get_by_text("Your journal has a passphrase now.")).to_be_focused()


def texts(page: Page) -> list[str]:
    return [entry["text"] for entry in stored(page, "journal")["entries"].values()]


def test_an_entry_is_corrected_where_it_stands(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    field = page.get_by_label("Your words")
    expect(field).to_be_focused()
    field.fill("I will count to five.")
    page.locator(".journal__entry").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("group", name="Kept.")).to_be_focused()
    expect(page.locator(".journal__text")).to_have_text("I will count to five.")
    assert texts(page) == ["I will count to five."]


def test_a_correction_can_be_left_and_an_empty_one_is_not_kept(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill(" ")
    page.locator(".journal__entry").get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Error: Write something first.")).to_be_visible()
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.get_by_role("button").filter(has_text="Change: Your words")).to_be_focused()
    assert texts(page) == ["I will count to three."]


@pytest.mark.engines("firefox")
def test_a_note_of_ones_own_is_kept_and_a_second_one_beside_it(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    for text in ("First thing.", "Second thing."):
        page.get_by_label("Write something of your own").fill(text)
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("group", name="Kept.")).to_be_focused()
        expect(page.get_by_label("Write something of your own")).to_have_value("")
    expect(page.get_by_role("heading", name="Notes of your own")).to_have_count(1)
    assert texts(page) == ["I will count to three.", "First thing.", "Second thing."]


def test_what_is_being_written_stays_whatever_else_happens(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN, more={**WRITTEN, "text": "More.", "label": "More words"})
    page.get_by_label("Write something of your own").fill("Half a note")
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill("Half a correction")
    page.get_by_role("button").filter(has_text="Delete: More words").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("Deleted.")).to_be_focused()
    expect(page.get_by_label("Write something of your own")).to_have_value("Half a note")
    expect(page.get_by_label("Your words")).to_have_value("Half a correction")
    page.goto(f"{address}support/")
    assert set(texts(page)) == {"Half a correction", "Half a note"}, "leaving keeps it"


def test_what_is_being_written_is_not_kept_by_a_journal_that_was_deleted(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_label("Write something of your own").fill("Half a note")
    page.get_by_role("button", name="Delete the whole journal").click()
    page.get_by_role("button", name="Yes, delete it").click()
    page.goto(f"{address}support/")
    assert stored(page, "journal") is None


def test_a_browser_without_room_says_so_and_the_words_stay(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.evaluate("() => {" + FULL + "}")
    page.get_by_label("Write something of your own").fill("No room for this")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Not saved: there is no room left")).to_be_focused()
    expect(page.get_by_label("Write something of your own")).to_have_value("No room for this")


def test_ticks_are_one_thing_and_can_be_brought_back(learner: BrowserContext, address: str) -> None:
    page = journal(
        learner, address, words=WRITTEN, one={**TICKED, "label": "I know who"}, two={**TICKED, "label": "I know where", "tick": True}
    )  # fmt: skip
    expect(page.locator(".journal__text")).to_have_count(1)
    expect(page.locator(".journal__ticks li")).to_have_text(["I know who", "I know where"])
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text (Markdown)").click()
    assert "### Before you meet\n\n- [x] I know who\n- [x] I know where\n" in download.value.path().read_text("utf-8")
    page.get_by_role("button").filter(has_text="Delete these ticks: Before you meet").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.locator(".journal__ticks")).to_have_count(0)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(".journal__ticks li")).to_have_count(2)


def test_what_another_tab_has_written_stays_beside_a_correction(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    field = page.get_by_label("Your words")
    field.fill("Half a correction")
    elsewhere(learner, address, words={**WRITTEN, "text": "Of the other tab."})
    expect(field).to_have_value("Half a correction")
    expect(field).to_be_focused()
    page.locator(".journal__entry").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("group", name="Kept.")).to_be_focused()
    assert set(texts(page)) == {"Half a correction", "Of the other tab."}


def test_the_correction_of_what_is_gone_becomes_a_note(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN, more={**WRITTEN, "text": "More.", "label": "More words"})
    page.get_by_label("Write something of your own").fill("Half a note")
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill("Half a correction")
    page.get_by_role("button").filter(has_text="Change: More words").click()
    elsewhere(learner, address)
    expect(page.get_by_label("Write something of your own")).to_have_value("Half a note\n\nHalf a correction")
    expect(
        page.get_by_role("main").get_by_text("The entry that you were correcting is no longer here.")
    ).to_be_visible()
    page.goto(f"{address}support/")
    assert texts(page) == ["Half a note\n\nHalf a correction"]


def test_a_correction_waits_while_another_tab_has_locked_the_journal(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    other = learner.new_page()
    other.goto(f"{address}journal/")
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill("Half a correction")
    lock(other)
    expect(page.get_by_role("heading", name="Your journal is locked")).to_be_visible()
    expect(page.get_by_text("Half a correction")).to_have_count(0)
    page.get_by_label("Passphrase of your journal").fill(PASSPHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Your journal is open.")).to_be_focused()
    expect(page.get_by_label("Your words")).to_have_value("Half a correction")
    page.locator(".journal__entry").get_by_role("button", name="Keep it").click()
    expect(page.locator(".journal__text")).to_have_text("Half a correction")


def test_whoever_is_writing_goes_on_where_they_were(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_text("Lock it with a passphrase").click()
    page.get_by_label("New passphrase").fill("four words")
    note = page.get_by_label("Write something of your own")
    note.fill("Half a note")
    note.evaluate("(field) => field.setSelectionRange(4, 4)")
    elsewhere(learner, address, words={**WRITTEN, "text": "Of the other tab."})
    expect(page.locator(".journal__text")).to_have_text("Of the other tab.")
    expect(note).to_be_focused()
    page.keyboard.type("-finished")
    expect(note).to_have_value("Half-finished a note")
    expect(page.get_by_label("New passphrase")).to_have_value("four words")
    expect(page.get_by_label("New passphrase")).to_be_visible()
    page.get_by_role("button").filter(has_text="Delete: Your words").focus()
    elsewhere(learner, address, words={**WRITTEN, "text": "Of the other tab."}, more=WRITTEN)
    expect(page.locator(".journal__text")).to_have_count(2)
    expect(page.get_by_role("button").filter(has_text="Delete: Your words: Of the other tab.")).to_be_focused()


def test_what_is_being_written_goes_with_a_journal_that_another_tab_deletes(
    learner: BrowserContext, address: str
) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_label("Write something of your own").fill("Half a note")
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill("Half a correction")
    other = learner.new_page()
    other.goto(f"{address}journal/")
    other.get_by_role("button", name="Delete the whole journal").click()
    other.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("There is nothing here yet.")).to_be_visible()
    page.goto(f"{address}support/")
    assert stored(page, "journal") is None


def test_a_corrected_plan_keeps_the_day_that_it_was_given(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, plan={**ENTRY, "revisit": "2199-12-24"})
    page.get_by_label("Look at this again on").fill("2199-12-10")
    expect(page.get_by_role("main").get_by_text("The day is noted.")).to_be_visible()
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill("I will count to five.")
    page.locator(".journal__entry").get_by_role("button", name="Keep it").click()
    expect(page.get_by_label("Look at this again on")).to_have_value("2199-12-10")
    assert stored(page, "journal")["entries"]["listening/a/plan"]["revisit"] == "2199-12-10"


@pytest.mark.engines("firefox")
def test_going_to_another_tab_keeps_a_draft_and_answers_no_plan(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, plan={**ENTRY, "revisit": "2026-11-02"})
    answer = page.get_by_label("What happened when you tried?")
    note = page.get_by_label("Write something of your own")
    answer.fill("I waited,")
    note.fill("Half")
    out_of_sight(page)
    assert set(texts(page)) == {"I will count to three.", "I waited,", "Half"}
    expect(answer).to_have_value("I waited,")
    expect(note).to_have_value("Half")
    assert stored(page, "journal")["entries"]["listening/a/plan"]["revisit"] == "2026-11-02"
    elsewhere(
        learner,
        address,
        **{name.split("/")[2]: e for name, e in stored(page, "journal")["entries"].items() if "/a/" in name},
    )
    expect(page.locator(".journal__text")).to_have_text("I will count to three.")
    answer.fill("I waited, and they went on.")
    out_of_sight(page)
    page.locator("#due").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("group", name="Kept.")).to_be_focused()
    entries = stored(page, "journal")["entries"]
    assert entries["listening/a/plan"]["revisit"] == ""
    assert entries["listening/a/plan__happened"]["text"] == "I waited, and they went on."
    note.fill("")
    page.goto(f"{address}support/")
    assert set(stored(page, "journal")["entries"]) == {"listening/a/plan", "listening/a/plan__happened"}


def test_a_draft_that_is_sent_is_one_note_and_the_next_is_another(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    note = page.get_by_label("Write something of your own")
    for text in ("First", "Second"):
        note.fill(text)
        out_of_sight(page)
        note.fill(f"{text} thing.")
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("group", name="Kept.")).to_be_focused()
        expect(note).to_have_value("")
    assert texts(page) == ["I will count to three.", "First thing.", "Second thing."]


def test_a_plan_that_was_not_tried_keeps_its_new_day_and_what_was_typed(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, plan={**ENTRY, "revisit": "2026-11-02"})
    page.get_by_label("What happened when you tried?").fill("Half of it")
    page.get_by_role("button", name="Not tried yet: ask me in a week").click()
    expect(page.get_by_text("The day is noted.")).to_be_focused()
    day = page.get_by_label("Look at this again on").input_value()
    out_of_sight(page)
    page.goto(f"{address}support/")
    entries = stored(page, "journal")["entries"]
    assert entries["listening/a/plan"]["revisit"] == day > "2026-11-02"
    assert [entry["text"] for entry in entries.values()] == ["I will count to three.", "Half of it"]


def test_leaving_it_as_it_was_does_so_after_the_page_was_out_of_sight(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN)
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    page.get_by_label("Your words").fill("Half a correction")
    out_of_sight(page)
    assert texts(page) == ["Half a correction"]
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.locator(".journal__text")).to_have_text("I will count to three.")
    expect(page.get_by_role("button").filter(has_text="Change: Your words")).to_be_focused()
    assert stored(page, "journal")["entries"] == {"listening/a/words": WRITTEN}


def test_everything_that_was_deleted_can_be_brought_back(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN, more={**WRITTEN, "text": "More.", "label": "More words"})
    for name in ("Your words", "More words"):
        page.get_by_role("button").filter(has_text=f"Delete: {name}").click()
        page.get_by_role("button", name="Yes, delete it").click()
        expect(page.get_by_role("button", name=f"Bring it back: {name}")).to_be_visible()
    page.get_by_label("Write something of your own").fill("A note.")
    page.get_by_role("button", name="Keep it").click()
    for name in ("Your words", "More words"):
        page.get_by_role("button", name=f"Bring it back: {name}").click()
        expect(page.get_by_role("group", name="It is back.")).to_be_focused()
        expect(page.get_by_role("button", name=f"Bring it back: {name}")).to_have_count(0)
    assert set(texts(page)) == {"I will count to three.", "More.", "A note."}


def test_what_was_deleted_does_not_come_back_once_all_of_it_is(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, words=WRITTEN, more={**WRITTEN, "text": "More.", "label": "More words"})
    page.get_by_role("button").filter(has_text="Delete: Your words").click()
    page.get_by_role("button", name="Yes, delete it").click()
    page.get_by_role("button", name="Delete the whole journal").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("Deleted.")).to_be_focused()
    expect(page.get_by_role("button", name="Bring it back")).to_have_count(0)


def test_no_two_buttons_have_one_name_and_a_fault_is_said_once(learner: BrowserContext, address: str) -> None:
    note = {**WRITTEN, "label": "", "title": "Notes of your own", "module": "Notes of your own"}
    page = journal(learner, address, one={**note, "text": "Ask Ann. " * 9}, two={**note, "text": "Ask Bea."})
    names = page.locator(".journal__ways button").all_inner_texts()
    assert len(names) == len(set(names)) == 4
    page.get_by_role("button").filter(has_text="Change: Notes of your own: Ask Bea.").click()
    page.get_by_label("Notes of your own").fill(" ")
    for _ in range(2):
        page.locator(".journal__entry").get_by_role("button", name="Keep it").click()
        expect(page.get_by_text("Error: Write something first.")).to_have_count(1)
        expect(page.locator(".journal__entry textarea")).to_be_focused()


def test_what_came_of_a_plan_follows_an_exercise_that_has_another_name(learner: BrowserContext, address: str) -> None:
    page = journal(learner, address, old=ENTRY, old__happened={**ENTRY, "plan": False, "text": "It went well."})
    keeps: list[str] = []

    def renamed(route: Route) -> None:
        html = route.fetch().text()
        keeps.extend(re.findall(r'data-keep="([^"]+)"', html)[:1])
        route.fulfill(
            body=html.replace(" data-keep=", ' data-formerly="listening/a/old" data-keep=', 1), content_type="text/html"
        )

    page.route("**/listening/hearing/", renamed)
    page.goto(f"{address}listening/hearing/")
    expect(page.locator("[data-keep]").first).to_have_value("I will count to three.")
    assert set(stored(page, "journal")["entries"]) == {keeps[0], f"{keeps[0]}__happened"}


def test_it_has_no_barrier_while_something_is_written(
    learner: BrowserContext, address: str, violations: Callable[[Page], list[str]]
) -> None:
    page = journal(
        learner, address, words=WRITTEN, plan={**ENTRY, "label": "Then", "revisit": "2026-11-02"}, one=TICKED
    )
    page.get_by_role("button").filter(has_text="Change: Your words").click()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 560})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
