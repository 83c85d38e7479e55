"""What a page offers where one stands: links to its parts, lines to keep, a word to whoever made it, a quiz to start again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import BuiltSite, served
from tests.browser.learner import FULL, JOURNAL, RECORD, answer, put, stored
from tests.browser.pages import all_pages, elements, kind_of, text_of
from tests.browser.small import build_small, write_small

TO = "courses@example.org"
LESSON = "listening/hearing/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that wants to hear of what is unclear."""
    sources = tmp_path_factory.mktemp("corrected")
    write_small(sources)
    with (sources / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write(f"      organisation: {{corrections: {TO}}}\n")
    return build_small(sources)


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Where it is served."""
    with served(folder) as address:
        yield address


@pytest.fixture
def learner(browser: Browser) -> Iterator[BrowserContext]:
    """Someone with a browser of their own."""
    with browser.new_context(service_workers="block", viewport={"width": 1280, "height": 844}) as context:
        yield context


def opened(context: BrowserContext, address: str, journal: object = None) -> Page:
    page = context.new_page()
    page.goto(f"{address}assets/index.json")
    if journal:
        put(page, "journal", journal)
    page.goto(address + LESSON)
    page.keyboard.press("Shift")  # what is offered comes once a page is used
    expect(page.locator(".line-offer").first).to_be_attached()
    return page


# ------------------------------------------------------------- links to parts


def test_each_heading_of_a_lesson_and_a_quiz_has_a_link_to_itself(gallery: BuiltSite) -> None:
    found = 0
    for path in all_pages(gallery.folder):
        linked = [e for e in elements(path) if e.tag == "a" and e.get("class") == "anchor"]
        if kind_of(path) not in {"lesson", "quiz", "module", "text"}:
            assert linked == [], path
            continue
        headings = [
            e for e in elements(path) if e.tag in {"h2", "h3"} and e.get("id") and {"tabindex", "data-later"}.isdisjoint(e.keys())
        ]  # fmt: skip
        assert [e.get("href") for e in linked] == [f"#{h.get('id')}" for h in headings], path
        assert [text_of(e) for e in linked] == [f"Link to: {text_of(h)}" for h in headings], path
        found += len(linked)
    assert found > 30


def test_a_link_to_a_heading_shows_itself_to_the_pointer_and_to_the_keyboard(
    learner: BrowserContext, address: str
) -> None:
    page = opened(learner, address)
    link = page.locator("h2 + .anchor").first
    expect(link).to_have_css("opacity", "0")
    page.locator("main h2:has(+ .anchor)").first.hover()
    expect(link).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 600})
        page.keyboard.press("Tab")
        link.focus()
        expect(link).to_have_css("opacity", "1")
        box = link.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["height"] >= 24
    page.keyboard.press("Enter")
    assert page.url.endswith(str(link.get_attribute("href")))


# ------------------------------------------------------------- lines


def select(piece: Locator) -> None:
    piece.evaluate("""(e) => {
      document.activeElement.blur();
      const range = document.createRange();
      range.selectNodeContents(e);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
    }""")


def lines(page: Page) -> dict[str, str]:
    entries = stored(page, "journal")["entries"]
    return {name: entry["text"] for name, entry in entries.items() if "/line-" in name}


@pytest.mark.engines("firefox")
def test_what_is_selected_goes_into_the_journal_with_where_it_comes_from(learner: BrowserContext, address: str) -> None:
    page = opened(learner, address, {**JOURNAL, "entries": {}})
    piece = page.locator("main > .hook p").first
    select(piece)
    page.get_by_role("button", name="Keep what is selected").click()
    expect(page.locator(".line-bar").get_by_text("The line is in your journal.")).to_be_visible()
    assert list(lines(page).values()) == [" ".join(piece.inner_text().split())]
    (entry,) = stored(page, "journal")["entries"].values()
    assert (entry["title"], entry["module"]) == (page.locator("main h1").inner_text(), "Listening first")
    assert entry["url"].startswith(LESSON)
    page.get_by_role("link", name="Read your journal").click()
    expect(page.locator(".journal__text")).to_have_text(entry["text"])


def test_a_line_that_is_kept_twice_is_kept_once(learner: BrowserContext, address: str) -> None:
    page = opened(learner, address, {**JOURNAL, "entries": {}})
    page.get_by_role("button", name="Keep lines of this lesson").click()
    button = page.locator(".keep-line").first
    expect(button.get_by_role("button")).to_be_focused()
    for _ in range(2):
        button.get_by_role("button").click()
        expect(button).to_contain_text("The line is in your journal.")
    assert len(lines(page)) == 1


def test_lines_of_a_conversation_are_chosen_by_keyboard_with_who_says_them(
    learner: BrowserContext, gallery: BuiltSite
) -> None:
    page = learner.new_page()
    page.goto(f"{gallery.address}assets/index.json")
    put(page, "journal", {**JOURNAL, "entries": {}})
    page.goto(f"{gallery.address}gallery/steps/")
    toggle = page.get_by_role("button", name="Keep lines of this conversation").first
    toggle.focus()
    page.keyboard.press("Enter")
    turn = page.locator(".dialogue").first.locator(".turn__says").first
    expect(turn.get_by_role("button")).to_be_focused()
    name = page.locator(".dialogue .turn__speaker").first.inner_text().strip().rstrip(": \n")
    page.keyboard.press("Enter")
    expect(turn).to_contain_text("The line is in your journal.")
    (text,) = lines(page).values()
    assert text.startswith(f"{name}: “")
    assert text.endswith("”")
    assert "Keep this line" not in text
    done = page.get_by_role("button", name="Stop keeping lines")
    done.click()
    expect(page.locator(".keep-line")).to_have_count(0)


def test_without_a_journal_it_asks_for_one_and_no_keeps_nothing(learner: BrowserContext, address: str) -> None:
    page = opened(learner, address)
    for reply in ("No, keep nothing", "Start a journal and keep it"):
        select(page.locator("main > .hook p").first)
        page.get_by_role("button", name="Keep what is selected").click()
        no = page.get_by_role("button", name="No, keep nothing")
        expect(no).to_be_focused()
        expect(no).to_have_accessible_description(
            "You have no journal yet. Start one in this browser, and keep the line there? "
            "What you write in exercises is kept there too, from the next page on."
        )
        page.get_by_role("button", name=reply).click()
        if reply.startswith("No"):
            expect(page.get_by_role("group", name="Nothing was kept.")).to_be_focused()
            assert stored(page, "journal") is None
    expect(page.get_by_role("group", name="The line is in your journal.")).to_be_focused()
    assert stored(page, "journal")["on"] is True
    assert len(lines(page)) == 1


def test_the_button_that_takes_the_buttons_away_says_so_and_has_no_second_state(
    learner: BrowserContext, address: str
) -> None:
    page = opened(learner, address)
    before = page.get_by_role("button", name="Keep lines of this lesson")
    before.click()
    after = page.get_by_role("button", name="Stop keeping lines")
    expect(after).to_be_visible()
    assert after.get_attribute("aria-pressed") is None
    after.click()
    expect(before).to_be_visible()
    assert before.get_attribute("aria-pressed") is None


def test_words_of_the_buttons_are_in_no_line(learner: BrowserContext, address: str) -> None:
    page = opened(learner, address, {**JOURNAL, "entries": {}})
    hook = page.locator("main > .hook")
    words = " ".join(hook.inner_text().split())
    page.get_by_role("button", name="Keep lines of this lesson").click()
    expect(hook.locator(".keep-line").first).to_be_attached()
    select(hook)
    page.get_by_role("button", name="Keep what is selected").click()
    expect(page.locator(".line-bar").get_by_text("The line is in your journal.")).to_be_visible()
    assert list(lines(page).values()) == [words]


PASSPHRASE = "four words of chance"  # noqa: S105  # nobody’s
FIELD = "textarea[data-keep]"
TYPED, EARLIER = "Typed before it was opened.", "Kept before it was locked."


def locked(context: BrowserContext, address: str, *, on: bool = True) -> Page:
    """A lesson with a field of which something is kept, in a journal that is locked."""
    page = opened(context, address)
    key = page.locator(FIELD).first.get_attribute("data-keep")
    entry = {**next(iter(JOURNAL["entries"].values())), "text": EARLIER}
    put(page, "journal", {**JOURNAL, "entries": {key: entry}})
    page.goto(f"{address}journal/")
    page.get_by_text("Lock it with a passphrase").click()
    page.get_by_label("New passphrase").fill(PASSPHRASE)
    page.get_by_label("The same passphrase again").fill(PASSPHRASE)
    page.get_by_role("button", name="Lock my journal").click()
    expect(page.get_by_text("Your journal has a passphrase now.")).to_be_visible()
    if not on:
        page.get_by_label("Keep what I write in exercises in this browser").uncheck()
        expect(page.get_by_role("main").get_by_text("Nothing more is kept.")).to_be_visible()
    page.goto(address + LESSON)
    page.keyboard.press("Shift")
    expect(page.locator(".line-offer").first).to_be_attached()
    return page


def ask_to_keep(page: Page) -> Locator:
    select(page.locator("main > .hook p").first)
    page.get_by_role("button", name="Keep what is selected").click()
    return page.locator(".line-bar")


def open_in(place: Locator) -> None:
    place.get_by_label("Passphrase of your journal").fill(PASSPHRASE)
    place.get_by_role("button", name="Open the journal").click()


def entries(page: Page, address: str) -> list[str]:
    """What is behind the lock."""
    page.goto(f"{address}journal/")
    open_in(page.get_by_role("main"))
    expect(page.locator(".journal__text").first).to_be_visible()
    return page.locator(".journal__text").all_inner_texts()


def test_a_locked_journal_is_opened_first_and_keeps_the_line_behind_its_lock(
    learner: BrowserContext, address: str
) -> None:
    page = locked(learner, address)
    bar = ask_to_keep(page)
    expect(bar.get_by_label("Passphrase of your journal")).to_be_focused()
    open_in(bar)
    expect(page.get_by_role("group", name="The line is in your journal.")).to_be_focused()
    journal = stored(page, "journal")
    assert journal["entries"] == {}
    assert "lock" in journal


def test_a_journal_that_a_line_has_opened_is_open_for_the_exercises_too(learner: BrowserContext, address: str) -> None:
    page = locked(learner, address)
    notice = page.get_by_role("main").get_by_text("Your journal is locked. What you write here is kept only once")
    expect(page.locator("#journal-passphrase")).to_be_visible()
    field = page.locator(FIELD).first
    field.fill(TYPED)
    bar = ask_to_keep(page)
    open_in(bar)
    expect(bar.get_by_text("The line is in your journal.")).to_be_visible()
    expect(field).to_have_value(f"{EARLIER}\n{TYPED}")
    expect(notice).to_have_count(0)
    expect(page.get_by_label("Passphrase of your journal")).to_have_count(0)
    field.press_sequentially(" And after.")
    expect(page.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    texts = [" ".join(text.split()) for text in entries(page, address)]
    assert f"{EARLIER} {TYPED} And after." in texts
    assert len(texts) == 2, "the line and the notes, and nothing beside them"


def test_a_journal_that_the_exercises_have_opened_keeps_the_line_that_waits(
    learner: BrowserContext, address: str
) -> None:
    page = locked(learner, address)
    page.get_by_role("button", name="Keep lines of this lesson").click()
    line = page.locator(".keep-line").first
    line.get_by_role("button", name="Keep this line").click()
    expect(line.get_by_label("Passphrase of your journal")).to_be_focused()
    open_in(page.locator("section").filter(has=page.locator("#journal-passphrase")))
    expect(page.locator(".kept[role=group]")).to_be_focused()
    expect(line).to_contain_text("The line is in your journal.")
    expect(page.get_by_label("Passphrase of your journal")).to_have_count(0)
    expect(page.get_by_text("Your journal is locked")).to_have_count(0)
    assert len(entries(page, address)) == 2


def test_a_journal_that_is_turned_on_for_a_line_asks_for_its_passphrase_and_leaves_the_focus_there(
    learner: BrowserContext, address: str
) -> None:
    page = locked(learner, address, on=False)
    bar = ask_to_keep(page)
    expect(bar).to_contain_text("Your journal keeps nothing at the moment.")
    page.get_by_role("button", name="Turn it on and keep the line").click()
    field = bar.get_by_label("Passphrase of your journal")
    expect(field).to_be_focused()
    page.wait_for_timeout(200)
    expect(field).to_be_focused()
    open_in(bar)
    expect(page.get_by_role("group", name="The line is in your journal.")).to_be_focused()


def test_what_opens_the_journal_and_cannot_be_had_is_said_at_every_place(learner: BrowserContext, address: str) -> None:
    faults: list[str] = []
    learner.on("weberror", lambda error: faults.append(str(error.error)))
    page = locked(learner, address)
    page.route("**/journal-opening.js", lambda route: route.abort())
    page.reload()
    page.keyboard.press("Shift")
    lost = "This part of the page could not be loaded."
    expect(page.locator(".kept").first).to_contain_text(lost)
    expect(page.get_by_text("Your journal is locked. What you write here is kept only once")).to_be_visible()
    expect(ask_to_keep(page)).to_contain_text(lost)
    page.get_by_role("button", name="Keep lines of this lesson").click()
    line = page.locator(".keep-line").first
    line.get_by_role("button", name="Keep this line").click()
    expect(line).to_contain_text(lost)
    assert faults == []


def test_a_line_for_which_there_is_no_room_is_not_said_to_be_kept(learner: BrowserContext, address: str) -> None:
    page = opened(learner, address, {**JOURNAL, "entries": {}})
    page.evaluate("() => {" + FULL + "}")
    select(page.locator("main > .hook p").first)
    page.get_by_role("button", name="Keep what is selected").click()
    expect(page.locator(".line-bar").get_by_text("Not saved: there is no room left")).to_be_visible()


def test_nothing_is_offered_for_what_is_typed_or_selected_elsewhere(learner: BrowserContext, address: str) -> None:
    page = opened(learner, address)
    page.evaluate("document.querySelector('.line-offer')")
    select(page.locator("footer p").first)
    page.wait_for_timeout(200)
    expect(page.locator(".line-bar")).to_have_count(0)


def test_the_bar_and_the_buttons_have_no_barrier_and_fit_a_narrow_window(
    learner: BrowserContext, address: str, barriers: Callable[[Page], list[str]]
) -> None:
    page = opened(learner, address)
    page.set_viewport_size({"width": 320, "height": 560})
    page.get_by_role("button", name="Keep lines of this lesson").click()
    expect(page.locator(".keep-line").first).to_be_visible()
    select(page.locator("main > .hook p").first)
    page.get_by_role("button", name="Keep what is selected").click()
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# ------------------------------------------------------------- unclear


def test_pages_of_the_course_name_themselves_to_whoever_wants_to_hear(folder: Path) -> None:
    for path in all_pages(folder):
        links = [e.get("href") for e in elements(path) if e.tag == "a" and (e.get("href") or "").startswith("mailto:")]
        assert len(links) == (kind_of(path) in {"lesson", "quiz", "module", "path", "list", "text"}), path
    (link,) = [
        unquote(e.get("href")) for e in elements(folder / LESSON / "index.html") if (e.get("href") or "").startswith("mailto:")
    ]  # fmt: skip
    assert link == f"mailto:{TO}?subject=Unclear: Give back what you heard, version 1.0 ({LESSON})"


def test_nobody_is_asked_to_write_where_no_address_is_set(gallery: BuiltSite) -> None:
    for path in all_pages(gallery.folder):
        assert not [e for e in elements(path) if (e.get("href") or "").startswith("mailto:")], path


# ------------------------------------------------------------- a quiz again


def test_one_quiz_begins_anew_and_nothing_else(learner: BrowserContext, address: str) -> None:
    page = opened(learner, address)
    put(page, "record", RECORD)
    page.goto(f"{address}listening/quiz/")
    question = answer(page)
    page.get_by_role("button", name="Start this quiz again").click()
    expect(page.get_by_role("button", name="No, go on with it")).to_be_focused()
    page.get_by_role("button", name="Yes, start it again").click()
    expect(page.get_by_role("heading", name="Question 1")).to_be_focused()
    expect(page.get_by_role("main").get_by_text("The quiz starts again.")).to_be_visible()
    expect(question.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_text("You have not answered any question yet.")).to_be_visible()
    record = stored(page, "record")
    assert record["modules"]["listening"]["questions"] == {}
    assert record["modules"]["listening"]["lessons"] == {"hearing": "2026-11-02"}
    assert "listening/quiz-affirm" in record["review"]
    assert "quiz-affirm" in stored(page, "record-set-aside-1")["modules"]["listening"]["questions"]
