"""A journal with a passphrase: nothing of it is kept in words that can be read, and nothing is lost but by forgetting."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.keeping import use
from tests.browser.learner import ENTRY, JOURNAL, RECORD, put
from tests.browser.small import build_small, write_small

PASSPHRASE = "otter lamp seven gravel"  # noqa: S105  # nobody’s
FIRST, SECOND = "I will count to three.", "I will also wait."
STORED = "() => Object.entries({...localStorage, ...sessionStorage}).map(([name, value]) => name + value).join()"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a small site is served that no test here changes."""
    sources = tmp_path_factory.mktemp("sources")
    write_small(sources)
    with served(build_small(sources)) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One learner's browser. A script error fails the test."""
    context = browser.new_context()
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert complaints == []


def written(context: BrowserContext, address: str) -> Page:
    """A page on which something has been kept."""
    page = context.new_page()
    page.goto(f"{address}listening/hearing/")
    use(page)
    page.get_by_label("Keep what I write in this browser").first.check()
    expect(page.get_by_role("main").get_by_text("What you write here is kept from now on.")).to_be_visible()
    page.locator("[data-keep]").first.fill(FIRST)
    expect(page.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    return page


def lock(page: Page, address: str) -> None:
    page.goto(f"{address}journal/")
    page.get_by_text("Lock it with a passphrase").click()
    page.get_by_label("New passphrase").fill(PASSPHRASE)
    page.get_by_label("The same passphrase again").fill(PASSPHRASE)
    page.get_by_role("button", name="Lock my journal").click()
    expect(page.get_by_text("Your journal has a passphrase now.")).to_be_focused()


@pytest.fixture
def locked(context: BrowserContext, address: str) -> Page:
    """The page of a journal that was locked and has been left since."""
    page = written(context, address)
    lock(page, address)
    page.reload()
    return page


@pytest.fixture
def plan_locked(context: BrowserContext, address: str) -> Page:
    """The home page of somebody whose journal is locked and has a plan that is due."""
    page = context.new_page()
    page.goto(f"{address}assets/index.json")
    put(page, "record", RECORD)
    put(page, "journal", {**JOURNAL, "entries": {"listening/elsewhere/words": {**ENTRY, "revisit": "2026-11-05"}}})
    lock(page, address)
    page.goto(address)
    return page


LOCKED = "Your journal is locked. Open it to see whether a plan is due."


@pytest.mark.engines("firefox")
def test_a_plan_behind_the_lock_is_not_told_but_where_it_may_be_is(
    plan_locked: Page, address: str, barriers: Callable[[Page], list[str]]
) -> None:
    page = plan_locked
    for where in ("", "review/", "progress/#plans"):
        page.goto(address + where)
        if where.startswith("progress"):
            page.get_by_text("Plans are behind the lock of your journal").click()
            expect(page.get_by_text("No plan to look at again")).to_have_count(0)
        expect(page.get_by_role("main").get_by_role("link", name=LOCKED)).to_be_visible()
        said = page.locator("body").inner_text()
        assert not [words for words in (ENTRY["text"], "A plan is due") if words in said], where
        assert barriers(page) == [], where
        expect(page.locator("a[data-go-on]").or_(page.get_by_role("link", name=LOCKED)).first).to_be_visible()
    page.goto(address)
    page.get_by_role("link", name=LOCKED).click()
    open_it(page)
    # Once it is open, one thing is heard: the name of what has the focus.
    expect(page.locator("#due")).to_be_focused()
    expect(page.locator("#due")).to_have_accessible_name("A plan that is due")
    assert "".join(page.get_by_role("status").all_inner_texts()).strip() in {"", "Opening it …"}
    page.get_by_label("What happened when you tried?").fill("I waited.")
    page.locator("#due").get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("I waited.", exact=True)).to_be_visible()
    page.reload()
    open_it(page)
    expect(page.get_by_text("Your journal is open. No plan is due today.")).to_be_focused()


def test_whoever_opens_the_journal_for_something_else_hears_of_the_plan(plan_locked: Page, address: str) -> None:
    plan_locked.goto(f"{address}journal/")
    open_it(plan_locked)
    expect(plan_locked.get_by_text("Your journal is open, and a plan is due.")).to_be_focused()


def open_it(page: Page, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("Passphrase of your journal").fill(passphrase)
    page.keyboard.press("Enter")


def test_the_page_says_first_that_forgetting_loses_the_text(context: BrowserContext, address: str) -> None:
    page = written(context, address)
    page.goto(f"{address}journal/")
    page.get_by_text("Lock it with a passphrase").click()
    told = page.locator("details", has_text="Lock it with a passphrase")
    assert (
        told.locator("p").first.inner_text().startswith("If you forget the passphrase, what you have written is lost.")
    )
    page.get_by_label("New passphrase").fill("short")
    page.get_by_role("button", name="Lock my journal").click()
    field = page.get_by_label("New passphrase")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Error: Take a longer one: 15 letters or more.")
    field.fill(PASSPHRASE)
    page.get_by_label("The same passphrase again").fill(f"{PASSPHRASE}?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Error: This is not the same passphrase. Type it again.")
    field.focus()
    expect(page.get_by_label("The same passphrase again")).to_have_accessible_description(
        "Error: This is not the same passphrase. Type it again."
    )
    assert FIRST in page.evaluate(STORED), "nothing is locked yet"


def test_a_locked_journal_shows_nothing_until_it_is_opened(locked: Page) -> None:
    assert FIRST not in locked.evaluate(STORED)
    assert PASSPHRASE not in locked.evaluate(STORED)
    expect(locked.get_by_text(FIRST)).to_have_count(0)
    open_it(locked, "otter lamp seven gravels")
    expect(locked.get_by_role("alert")).to_have_text(
        "Error: This does not open it. Look at capital letters and spaces, and try again."
    )
    open_it(locked)
    expect(locked.get_by_text(FIRST, exact=True)).to_be_visible()
    locked.get_by_role("button", name="Close it now").click()
    expect(locked.get_by_text(FIRST)).to_have_count(0)
    open_it(locked)
    expect(locked.get_by_text(FIRST, exact=True)).to_be_visible()
    locked.reload()
    expect(locked.get_by_text(FIRST)).to_have_count(0)


def test_what_is_written_in_a_lesson_goes_behind_the_lock_and_joins_what_was_there(locked: Page, address: str) -> None:
    locked.goto(f"{address}listening/hearing/")
    field = locked.locator("[data-keep]").first
    expect(field).to_have_value("")
    expect(locked.get_by_text("Your journal is locked. What you write here is kept only once")).to_be_visible()
    field.fill(SECOND)
    open_it(locked)
    expect(field).to_have_value(f"{FIRST}\n{SECOND}")
    field.press_sequentially("!")
    expect(locked.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    assert SECOND not in locked.evaluate(STORED)
    locked.goto(f"{address}journal/")
    open_it(locked)
    expect(locked.get_by_text(f"{FIRST} {SECOND}!", exact=True)).to_be_visible()


def test_no_state_of_the_lock_has_a_barrier(
    context: BrowserContext, address: str, barriers: Callable[[Page], list[str]]
) -> None:
    assert context.browser
    if context.browser.browser_type.name == "firefox":
        pytest.skip("its process ends while axe-core looks at a lesson with a locked journal, which nobody does there")
    page = written(context, address)
    page.goto(f"{address}journal/")
    page.get_by_text("Lock it with a passphrase").click()
    page.get_by_role("button", name="Lock my journal").click()
    assert barriers(page) == []
    lock(page, address)
    assert barriers(page) == []
    page.reload()
    open_it(page, "something else")
    expect(page.get_by_text("This does not open it.")).to_be_visible()
    assert barriers(page) == []
    page.goto(f"{address}listening/hearing/")
    expect(page.get_by_label("Passphrase of your journal")).to_be_visible()
    assert barriers(page) == []


def test_two_open_pages_do_not_lose_each_others_words(locked: Page, address: str) -> None:
    other = locked.context.new_page()
    for page in (locked, other):
        page.goto(f"{address}listening/hearing/")
        open_it(page)
        expect(page.locator("[data-keep]").first).to_have_value(FIRST)
    fields = [page.locator("[data-keep]:not([type=checkbox])") for page in (locked, other)]
    assert fields[0].count() > 1
    for number in range(5):
        fields[0].first.fill(f"my words {number}")
        fields[1].last.fill(f"others {number}")
    for page in (locked, other):
        expect(page.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
        expect(page.get_by_role("main").get_by_text("Not saved yet")).to_have_count(0)
    locked.goto(f"{address}journal/")
    open_it(locked)
    expect(locked.get_by_text("my words 4", exact=True)).to_be_visible()
    expect(locked.get_by_text("others 4", exact=True)).to_be_visible()


def test_a_page_that_is_left_before_its_last_words_are_locked_asks_first(locked: Page, address: str) -> None:
    """Locking takes a moment that a page which is being left does not have."""
    locked.goto(f"{address}listening/hearing/")
    open_it(locked)
    field = locked.locator("[data-keep]").first
    expect(field).to_have_value(FIRST)
    # Locking takes as long as on a slow telephone.
    locked.evaluate(
        "() => { const real = crypto.subtle.encrypt.bind(crypto.subtle);"
        " crypto.subtle.encrypt = async (...given) => { await new Promise((next) => setTimeout(next, 1500)); return real(...given); }; }"
    )
    field.press_sequentially("!")
    expect(locked.get_by_role("main").get_by_text("Not saved yet")).to_be_visible()
    expect(locked.get_by_role("main").get_by_text("Saved in this browser at")).to_have_count(0)
    asked: list[str] = []
    locked.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    locked.evaluate("(to) => { location.href = to; }", f"{address}journal/")
    expect(locked.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    assert asked == ["beforeunload"]
    locked.goto(f"{address}journal/")
    open_it(locked)
    expect(locked.get_by_text(f"{FIRST}!", exact=True)).to_be_visible()


def test_a_copy_that_was_set_aside_goes_behind_the_lock_and_out_again(context: BrowserContext, address: str) -> None:
    page = written(context, address)
    aside = {"schema": 2, "on": True, "entries": {"listening/x/y": {"text": 5}, "listening/x/z": {"text": FIRST + "?"}}}
    page.evaluate("(text) => localStorage.setItem('alongside:/:journal-set-aside-1', text)", json.dumps(aside))
    lock(page, address)
    assert FIRST not in page.evaluate(STORED)
    page.goto(f"{address}progress/")
    page.get_by_role("button", name="See what can be brought back (1)").click()
    expect(page.get_by_text("Your journal is locked. Open it first.")).to_be_visible()
    page.goto(f"{address}journal/")
    open_it(page)
    page.get_by_role("button", name="Take the passphrase away").click()
    page.get_by_role("button", name="Yes, take it away").click()
    expect(page.get_by_text("Your journal has no passphrase any more.")).to_be_focused()
    page.goto(f"{address}progress/")
    page.get_by_role("button", name="See what can be brought back (1)").click()
    page.get_by_role("button", name="Add it to what is here").click()
    expect(page.get_by_text("Done.")).to_be_focused()
    page.goto(f"{address}journal/")
    expect(page.get_by_text(f"{FIRST}?", exact=True)).to_be_visible()


def test_a_bad_part_behind_the_lock_costs_that_part_and_no_word_is_shown(context: BrowserContext, address: str) -> None:
    page = written(context, address)
    lock(page, address)
    page.evaluate(
        """async (passphrase) => {
          const { opener, locked } = await import("/elements/journal-lock.js");
          const journal = JSON.parse(localStorage.getItem("alongside:/:journal"));
          const entry = { text: "still here", at: "", label: "", title: "", module: "", url: "", plan: false, revisit: "" };
          const entries = { "a/b/c": entry, "a/b/bad": { text: 5 } };
          journal.lock = await locked(JSON.stringify({ schema: 2, entries }), await opener(passphrase, journal.lock));
          localStorage.setItem("alongside:/:journal", JSON.stringify(journal));
        }""",
        PASSPHRASE,
    )
    page.reload()
    open_it(page)
    expect(page.get_by_text("still here", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("A copy of it has been set aside")
    assert "still here" not in page.evaluate(STORED), "the copy is locked too"


def test_a_page_that_comes_back_is_closed(locked: Page, address: str) -> None:
    open_it(locked)
    expect(locked.get_by_text(FIRST, exact=True)).to_be_visible()
    locked.goto(f"{address}privacy/")
    locked.go_back()
    expect(locked.get_by_role("heading", name="Your journal is locked")).to_be_visible()
    expect(locked.get_by_text(FIRST)).to_have_count(0)


def test_the_passphrase_can_be_taken_away(locked: Page) -> None:
    open_it(locked)
    locked.get_by_role("button", name="Take the passphrase away").click()
    locked.get_by_role("button", name="Yes, take it away").click()
    expect(locked.get_by_text("Your journal has no passphrase any more.")).to_be_focused()
    expect(locked.get_by_text(FIRST, exact=True)).to_be_visible()
    assert FIRST in locked.evaluate(STORED)


def test_who_has_forgotten_it_can_start_anew(locked: Page) -> None:
    locked.get_by_role("button", name="I have forgotten the passphrase").click()
    locked.get_by_role("button", name="Yes, delete it").click()
    expect(locked.get_by_text("Deleted.")).to_be_focused()
    assert "lock" not in locked.evaluate(STORED)


def test_a_locked_journal_goes_into_the_file_locked_and_comes_back(
    locked: Page, address: str, browser: Browser, tmp_path: Path
) -> None:
    locked.goto(f"{address}progress/")
    expect(locked.get_by_text("It goes into the file as it is")).to_be_visible()
    locked.get_by_label("Put my journal into the file as well").check()
    with locked.expect_download() as download:
        locked.get_by_role("button", name="Save my progress as a file").click()
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    assert FIRST not in file.read_text("utf-8")
    assert json.loads(file.read_text("utf-8"))["journal"]["lock"]["rounds"] >= 600_000
    with browser.new_context() as elsewhere:
        page = elsewhere.new_page()
        page.goto(f"{address}progress/")
        page.locator("#record-file").set_input_files(file)
        expect(page.get_by_text("The journal in the file is locked.")).to_be_visible()
        page.get_by_role("button", name="Add it to what is here").click()
        page.goto(f"{address}journal/")
        open_it(page)
        expect(page.get_by_text(FIRST, exact=True)).to_be_visible()


def test_without_https_a_passphrase_is_not_offered(browser: Browser, address: str) -> None:
    with browser.new_context() as context:
        context.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
        page = written(context, address)
        page.goto(f"{address}journal/")
        expect(page.get_by_text("offered only where the address of this site starts with https")).to_be_visible()
        expect(page.get_by_text(FIRST, exact=True)).to_be_visible()


#: Goes into a field the moment it is there, as whoever is quicker than a slow phone does.
QUICK = """([button, field]) => new Promise((done) => {
  new MutationObserver((_, observer) => {
    const there = document.getElementById(field);
    if (!there) return;
    observer.disconnect();
    there.focus();
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)));
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
  [...document.querySelectorAll("main button")].find((one) => one.textContent === button).click();
})"""

#: Makes opening wait until `goOn` is called.
SLOW = """() => {
  const derive = crypto.subtle.deriveBits.bind(crypto.subtle);
  const key = crypto.subtle.deriveKey.bind(crypto.subtle);
  const wait = new Promise((go) => { globalThis.goOn = go; });
  crypto.subtle.deriveBits = async (...given) => { await wait; return derive(...given); };
  crypto.subtle.deriveKey = async (...given) => { await wait; return key(...given); };
}"""


def test_whoever_types_at_once_is_not_taken_out_of_the_field_by_what_is_said(locked: Page) -> None:
    open_it(locked)
    expect(locked.get_by_role("group", name="Your journal is open.")).to_be_focused()
    locked.evaluate(QUICK, ["Close it now", "journal-passphrase"])
    expect(locked.get_by_label("Passphrase of your journal")).to_be_focused()
    expect(locked.get_by_role("status")).to_have_text("Your journal is locked")


def test_whoever_goes_on_writing_while_a_slow_phone_opens_the_journal_is_left_there(locked: Page, address: str) -> None:
    locked.goto(f"{address}listening/hearing/")
    field = locked.locator("[data-keep]").first
    expect(locked.get_by_text("Your journal is locked. What you write here is kept only once")).to_be_visible()
    locked.evaluate(SLOW)
    open_it(locked)
    field.press_sequentially("I go on")
    locked.evaluate("goOn()")
    # Below the field stands when it was kept, which takes the place of the other message.
    expect(locked.get_by_role("status")).to_have_text(re.compile("Your journal is open|Saved in this browser at"))
    locked.keyboard.type(" and on")
    expect(field).to_be_focused()
    expect(field).to_have_value(f"{FIRST}\nI go on and on")
