"""WebKit, which is in Safari and in every browser of an iPhone: a learner's way, every kind of question, no sideways scrolling."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import webkit
from tests.browser.conftest import BuiltSite, missing, served
from tests.browser.learner import ENTRY, FILL, JOURNAL, RECORD, SAID, STORE
from tests.browser.pages import one_of_each_type, spread
from tests.browser.small import write_small
from tests.browser.test_accessibility import OPEN_ALL, OVERFLOWING, TEXT_SPACING
from tests.browser.test_cartridge import write_cartridge
from tests.browser.test_cohorts import both_versions
from tests.browser.test_editing import edited_at, write_edited
from tests.browser.test_on_disk import put
from tests.browser.webkit import Visitor
from tests.cohorts import SPRING

pytestmark = pytest.mark.webkit

#: The policy, where it was broken.
VIOLATED = """() => {
  const observer = new ReportingObserver(() => {}, {types: ["csp-violation"], buffered: true});
  observer.observe();
  return observer.takeRecords().map((report) => JSON.stringify(report.body));
}"""

#: Whether each element has got its script.
ALIVE = "() => document.querySelector(':not(:defined)') === null"

#: Puts a page into a window as wide as a small phone: the window of this browser is never that narrow.
NARROW = """(address) => {
  document.body.replaceChildren(Object.assign(document.createElement("iframe"), {src: address, width: 320, height: 900}));
}"""


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    """Somebody who has never been here."""
    if not webkit.find():
        missing("WebKitGTK")
    with webkit.visitor() as someone:
        yield someone


def sound(visitor: Visitor) -> None:
    """Fails where a page that is used is dead, or breaks its policy."""
    visitor.use()
    visitor.until(ALIVE)
    assert visitor.run(VIOLATED) == []


def test_a_learner_finishes_a_lesson_answers_the_quiz_and_finds_it_all_again(visitor: Visitor, address: str) -> None:
    visitor.go(address)
    visitor.press("Start with")
    visitor.press("Start the first lesson")
    visitor.choose("I have finished this lesson")
    visitor.sees("Noted as finished.")
    sound(visitor)

    first = "//*[@data-question='quiz-affirm']"
    visitor.go(f"{address}listening/quiz/")
    visitor.choose("That was really great, well done.", first)
    visitor.press("Check", first)
    visitor.sees("Not yet.", first)
    visitor.press("Try again what was missed")
    visitor.choose("You kept at it until it worked.", first)
    visitor.press("Check", first)
    visitor.sees("Correct.", first)
    visitor.go(f"{address}listening/quiz/")
    visitor.sees("You answered this on", first)

    visitor.go(f"{address}progress/")
    visitor.sees("1 of 4 parts finished")
    visitor.press("Delete everything that this site has kept")
    assert "can’t be undone" in visitor.run(
        "() => document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    visitor.press("Yes, delete everything")
    visitor.sees("Everything that this site had kept is deleted.")
    assert visitor.run("() => Object.keys(localStorage)") == []
    sound(visitor)


def test_a_course_from_a_disk_knows_on_every_page_what_was_done(visitor: Visitor, tmp_path: Path) -> None:
    write_small(tmp_path / "sources")
    stick = put(tmp_path / "a stick", tmp_path / "sources").as_uri()
    first = "//*[@data-question='quiz-affirm']"
    visitor.go(f"{stick}/listening/quiz/index.html")
    visitor.choose("You kept at it until it worked.", first)
    visitor.press("Check", first)
    visitor.sees("Correct.", first)
    visitor.go(f"{stick}/progress/index.html")
    visitor.sees("1 started")
    visitor.go(f"{stick}/search/index.html#q=pause")
    visitor.find("//p[@class='result__title']/a")
    sound(visitor)


def test_what_is_written_is_kept_locked_and_opened_again(visitor: Visitor, address: str) -> None:
    phrase = "four words of chance"
    visitor.go(f"{address}listening/hearing/")
    visitor.choose("Keep what I write in this browser")
    visitor.sees("What you write here is kept from now on.")
    visitor.find("//textarea").send_keys("I will wait.")
    visitor.sees("Saved in this browser at")
    visitor.go(f"{address}journal/")
    visitor.sees("I will wait.")
    visitor.click("//summary[contains(., 'Lock it with a passphrase')]")
    for field in ("New passphrase", "The same passphrase again"):
        visitor.find(f"//input[@id=//label[contains(., '{field}')]/@for]").send_keys(phrase)
    visitor.find("//input[@id=//label[contains(., 'The same passphrase again')]/@for]").submit()
    visitor.sees("Your journal has a passphrase now.")
    assert "I will wait" not in "".join(visitor.run("() => Object.values(localStorage)"))
    visitor.go(f"{address}journal/")
    visitor.find("//input[@type='password']").send_keys("something else")
    visitor.press("Open")
    visitor.sees("This does not open it.")
    visitor.find("//input[@type='password']").clear()
    visitor.find("//input[@type='password']").send_keys(phrase)
    visitor.press("Open")
    visitor.sees("I will wait.")
    sound(visitor)


def keep(visitor: Visitor, address: str, name: str, value: object) -> None:
    """Keeps something as an earlier visit would have."""
    visitor.go(f"{address}assets/index.json")
    visitor.run("(name, text) => localStorage.setItem(name, text)", STORE + name, json.dumps(value))


def test_a_plan_that_is_due_is_answered_and_a_draft_is_there_again(visitor: Visitor, address: str) -> None:
    plan = {"listening/elsewhere/words": {**ENTRY, "revisit": "2026-11-05"}}
    keep(visitor, address, "record", RECORD)
    keep(visitor, address, "journal", {**JOURNAL, "entries": plan})
    visitor.go(address)
    visitor.sees("Where you are")
    visitor.press("A plan is due: what happened when you tried?")
    field = "//textarea[@id=//label[contains(., 'What happened when you tried?')]/@for]"
    visitor.find(field).send_keys("I waited.")
    visitor.press("Keep it", "//*[@id='due']")
    visitor.until("() => document.activeElement.textContent.includes('Kept.')")
    visitor.sees("I waited.")
    note = "//textarea[@id=//label[contains(., 'Write something of your own')]/@for]"
    visitor.find(note).send_keys("Half a thought")
    assert visitor.find(note).get_attribute("value") == "Half a thought"
    visitor.go(f"{address}support/")
    visitor.go(f"{address}journal/")
    visitor.sees("Half a thought")
    sound(visitor)


def test_what_was_answered_in_one_version_is_there_in_the_other(visitor: Visitor, tmp_path: Path) -> None:
    with served(both_versions(tmp_path)) as host:
        first = "//*[@data-question='quiz-affirm']"
        visitor.go(f"{host}course/{SPRING}/listening/quiz/")
        visitor.choose("You kept at it until it worked.", first)
        visitor.press("Check", first)
        visitor.sees("Correct.", first)
        visitor.go(f"{host}course/listening-well/quiz/")
        visitor.use()
        visitor.sees("Correct.", "//*[@data-question='quiz-strength']")
        sound(visitor)


def test_lines_are_kept_strips_are_drawn_and_one_practises_aloud(visitor: Visitor, gallery: BuiltSite) -> None:
    keep(visitor, gallery.address, "journal", {**JOURNAL, "entries": {}})
    visitor.go(f"{gallery.address}gallery/steps/")
    visitor.use()
    visitor.press("Keep lines of this conversation")
    visitor.click("//*[contains(@class, 'turn__says')]//button")
    visitor.sees("The line is in your journal.")
    visitor.press("Stop keeping lines")
    drawn = "() => { const all = [...document.querySelectorAll('.strip img')]; all.forEach((one) => one.loading = 'eager'); return all.length > 0 && all.every((one) => one.naturalWidth > 0); }"
    assert visitor.until(drawn)
    visitor.go(f"{gallery.address}gallery/exercises/")
    visitor.use()
    visitor.press("Practise aloud")
    # This device has no voice of its own.
    visitor.sees("Close", "//*[@role='group'][@aria-label='Practise aloud' or @aria-labelledby]")
    sound(visitor)


def test_a_recorded_conversation_is_heard_or_says_why_not(visitor: Visitor, gallery: BuiltSite) -> None:
    visitor.go(f"{gallery.address}gallery/exercises/")
    visitor.use()
    visitor.press("Listen to the conversation")
    heard = "() => document.querySelector('.listening') !== null || document.body.textContent.includes('could not be played')"
    assert visitor.until(heard)
    sound(visitor)


def test_settings_are_changed_and_taken_back(visitor: Visitor, tmp_path: Path) -> None:
    with edited_at(write_edited(tmp_path)) as address:
        visitor.go(address)
        visitor.press("Name and look")
        visitor.find("//input[@id=//label[normalize-space()='Name']/@for]").send_keys("Riverside Mentors")
        visitor.press("Look at the change")
        visitor.find("//ins[contains(., 'Riverside Mentors')]")
        visitor.press("Save")
        visitor.sees("Saved: Name and look")
        visitor.press("Take this save back")
        visitor.sees("Taken back: Name and look")


def test_a_question_of_a_cartridge_leads_to_its_answer(visitor: Visitor, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    with served(write_cartridge(tmp_path / "sources", tmp_path / "cartridge")) as address:
        visitor.go(f"{address}pages/gallery.choice.html")
        visitor.press("answer", "//*[@id='q-choice-plain']")
        assert visitor.run("() => location.hash") == "#q-choice-plain__answer"


def test_search_and_reading_comfort_work(visitor: Visitor, address: str) -> None:
    visitor.go(f"{address}search/")
    visitor.find("//main//input[@type='search']").send_keys("heard")
    visitor.sees("found")
    visitor.go(f"{address}comfort/")
    visitor.choose("Largest")
    visitor.sees("Your choice is kept.")
    visitor.go(f"{address}privacy/")
    size = visitor.run("() => parseFloat(getComputedStyle(document.documentElement).fontSize)")
    assert size == pytest.approx(27.2, abs=0.01)


def test_a_scenario_goes_to_an_end_and_back(visitor: Visitor, gallery: BuiltSite) -> None:
    visitor.go(f"{gallery.address}gallery/steps/")
    visitor.press("“How are you?”")
    visitor.sees("You chose: “How are you?”")
    visitor.press("Go on: You talk")
    visitor.press("Plan a new time")
    visitor.press("Go on")
    visitor.sees("An end, a strong one: A new time")
    visitor.driver.back()
    visitor.driver.back()
    visitor.sees("You talk")
    assert visitor.run("() => document.activeElement.closest('section') !== null")
    sound(visitor)


def test_every_kind_says_what_is_missing_and_then_what_an_answer_is_worth(visitor: Visitor, gallery: BuiltSite) -> None:
    pages = [
        page for page in gallery.pages if page.startswith("gallery/") and page.count("/") == 2 and "print" not in page
    ]
    wrong = []
    for page in pages:
        visitor.go(gallery.address + page)
        sound(visitor)
        for number, form in enumerate(visitor.driver.find_elements("css selector", ".question__form")):
            button = form.find_element("css selector", "button[type=submit]")
            visitor.run("(button) => button.click()", button)
            visitor.until(SAID, form)
            visitor.run(FILL, form)
            visitor.run("(button) => button.click()", button)
            verdict = visitor.until(SAID, form)
            wrong += [f"{page} {number}: {verdict}"] if verdict.startswith("Error") else []
    assert wrong == []


def sideways(visitor: Visitor, folder: Path, pages: list[str]) -> dict[str, list[str]]:
    """What pages scroll sideways or cut off at 320 px, as they are and with more room in the text."""
    found = {}
    with served(folder, framed=True) as address:
        visitor.go(f"{address}assets/index.json")
        for page in pages:
            visitor.driver.switch_to.default_content()
            visitor.run(NARROW, address + page)
            visitor.driver.switch_to.frame(0)
            visitor.until("() => document.readyState === 'complete' && location.href !== 'about:blank'")
            assert visitor.run("() => innerWidth") == 320
            visitor.run(OPEN_ALL)
            faults = visitor.run(OVERFLOWING)
            visitor.run(TEXT_SPACING)
            faults += [f"with text spacing {fault}" for fault in visitor.run(OVERFLOWING)]
            if faults:
                found[page] = faults
        visitor.driver.switch_to.default_content()
    return found


def test_no_page_scrolls_sideways(visitor: Visitor, gallery: BuiltSite) -> None:
    assert sideways(visitor, gallery.folder, spread(gallery.folder)) == {}


def test_no_page_of_the_course_scrolls_sideways(visitor: Visitor, site: BuiltSite) -> None:
    assert sideways(visitor, site.folder, one_of_each_type(site.folder)) == {}
