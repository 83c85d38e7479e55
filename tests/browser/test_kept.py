"""What learners keep: under every form of an address, under every key, in two tabs, without room, and after a crash."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.keeping import use
from tests.browser.learner import FULL, JOURNAL, RECORD, STORE, answer, mortal_browser, put, seed, stored
from tests.browser.small import build_small, write_small


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that no test here changes."""
    sources = tmp_path_factory.mktemp("sources")
    write_small(sources)
    return build_small(sources)


@pytest.fixture(scope="module")
def address(site_folder: Path) -> Iterator[str]:
    """Where it is served."""
    with served(site_folder) as address:
        yield address


@pytest.fixture
def learner(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """Someone who comes back. A script error fails the test."""
    context = browser.new_context(service_workers="block")
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    seed(context, address)
    yield context
    context.close()
    assert complaints == []


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def nothing_is_gone(page: Page) -> None:
    """Whether all that `seed` has put there is still there."""
    record, journal = stored(page, "record"), stored(page, "journal")
    assert record["modules"]["listening"]["lessons"]["hearing"] == "2026-11-02"
    assert "quiz-affirm" in record["modules"]["listening"]["questions"]
    assert (
        record["modules"]["listening"]["confidence"]["before"] == RECORD["modules"]["listening"]["confidence"]["before"]
    )
    assert "listening/quiz-affirm" in record["review"]
    assert journal["on"] is True
    entry = journal["entries"]["listening/elsewhere/words"]
    assert entry["text"] == "I will count to three."
    kept = page.evaluate("Object.keys(localStorage)")
    assert [name for name in kept if "set-aside" in name or name.endswith(":device")] == []


# ------------------------------------------------------------------ forms of an address

FORMS = ["?utm_source=letter", "?fbclid=Iw%20AR", "?a", "?a=1#part", "#part", "?", "index.html", "index.html?x=<b>"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("page", ["listening/quiz/", "listening/hearing/", "progress/", "listening/", ""])
def test_no_form_of_an_address_costs_what_was_kept(learner: BrowserContext, address: str, page: str, form: str) -> None:
    tab = opened(learner, f"{address}{page}{form}")
    if "quiz" in page:
        answer(tab)
    tab.wait_for_function("() => performance.now() > 0")
    again = opened(learner, f"{address}progress/{form}")
    expect(again.get_by_text("1 of 4 parts finished").first).to_be_visible()
    nothing_is_gone(again)
    home = opened(learner, address)
    expect(home.get_by_role("link", name="Go on with")).to_be_visible()


def test_a_site_below_the_top_is_the_same_in_every_spelling(
    browser: Browser, site_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "~ann").mkdir()
    (tmp_path / "~ann" / "course").symlink_to(site_folder)
    with served(tmp_path) as top, browser.new_context(service_workers="block") as context:
        answer(opened(context, f"{top}~ann/course/listening/quiz/"))
        for spelling in ("%7Eann/course/", "~ann//course/", "~ann/course/"):
            page = opened(context, f"{top}{spelling}listening/quiz/?utm_source=x")
            expect(page.get_by_text("You answered this on")).to_be_visible()
        names = page.evaluate("Object.keys(localStorage).filter((name) => name.endsWith(':record'))")
        assert names == ["alongside:/~ann/course/:record"]
        opened(context, f"{top}%7Eann/course/comfort/").get_by_label("Dark", exact=True).check()
        page = opened(context, f"{top}~ann//course/listening/quiz/")
        expect(page.locator("html")).to_have_attribute("data-scheme", "dark")


def test_below_the_top_nothing_is_asked_for_in_vain_by_a_site_without_an_address(
    browser: Browser, site_folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "course").symlink_to(site_folder)
    pages = [path.relative_to(site_folder).as_posix() for path in sorted(site_folder.rglob("index.html"))]
    assert len(pages) > 10
    with served(tmp_path) as top, browser.new_context(service_workers="block") as context:
        vain: list[str] = []
        context.on("response", lambda answer: vain.append(answer.url) if answer.status >= 400 else None)
        page = context.new_page()
        for name in pages:
            page.goto(f"{top}course/{name.removesuffix('index.html')}")
            use(page)
    assert vain == []


# ------------------------------------------------------------------ keys and clicks

CONTROLS = "input:not([type=hidden]), select, textarea, summary, button, a[href]"
ARROWS = ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"]


def test_no_arrow_key_takes_anything_away(learner: BrowserContext, address: str, site_folder: Path) -> None:
    """A group of choices is read by going through it, so going through it may not do anything."""
    pages = sorted(path.relative_to(site_folder).parent.as_posix() for path in site_folder.rglob("index.html"))
    tab = learner.new_page()
    for name in pages:
        tab.goto(f"{address}{name}/")
        tab.wait_for_load_state()
        for control in tab.locator(CONTROLS).all():
            if not control.is_visible() or control.is_disabled():
                continue
            control.focus()
            for key in ARROWS:
                tab.keyboard.press(key)
        nothing_is_gone(tab)


def test_a_device_is_called_shared_only_after_a_question(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}progress/")
    page.get_by_label("Others too. Keep nothing when I close the tab.").check()
    nothing_is_gone(page)
    page.get_by_role("button", name="Use this choice").click()
    stay = page.get_by_role("button", name="No, leave it as it is")
    expect(stay).to_be_focused()
    nothing_is_gone(page)
    page.keyboard.press("Enter")
    nothing_is_gone(page)
    page.get_by_role("button", name="Use this choice").click()
    page.get_by_role("button", name="Yes, delete it and keep nothing").click()
    expect(page.get_by_text("From now on nothing is kept beyond this tab.")).to_be_focused()
    assert page.evaluate("Object.keys(localStorage)") == [f"{STORE}device"]


def test_a_deleted_entry_can_be_brought_back_while_the_page_is_open(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}journal/")
    page.get_by_role("button").filter(has_text="Delete: Your words").click()
    expect(page.get_by_role("button", name="No, keep it").first).to_have_accessible_description(
        "Delete this entry? You can bring it back for as long as this page is open."
    )
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("Deleted.")).to_be_focused()
    assert stored(page, "journal")["entries"] == {}
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_text("It is back.")).to_be_focused()
    assert stored(page, "journal")["entries"] == JOURNAL["entries"]


def test_a_tick_that_is_set_again_keeps_its_day(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}listening/hearing/")
    page.get_by_label("I have finished this lesson").uncheck()
    expect(page.get_by_role("main").get_by_text("No longer noted as finished.")).to_be_visible()
    page.get_by_label("I have finished this lesson").check()
    expect(page.get_by_role("main").get_by_text("Noted as finished.", exact=True)).to_be_visible()
    nothing_is_gone(page)


@pytest.mark.parametrize(
    "page", ["", "listening/", "listening/hearing/", "listening/quiz/", "progress/", "journal/", "review/"]
)
def test_no_page_asks_the_browser_for_leave_by_itself(learner: BrowserContext, address: str, page: str) -> None:
    learner.add_init_script(
        "globalThis.asked = 0; if (navigator.storage) navigator.storage.persist = async () => { asked += 1; return true; };"
    )
    tab = opened(learner, address + page)
    if "quiz" in page:
        answer(tab)
    tab.wait_for_load_state("networkidle")
    assert tab.evaluate("asked") == 0


def test_who_asks_to_keep_something_has_the_browser_asked(learner: BrowserContext, address: str) -> None:
    learner.add_init_script(
        "globalThis.asked = 0; if (navigator.storage) navigator.storage.persist = async () => { asked += 1; return true; };"
    )
    tab = opened(learner, f"{address}progress/")
    with tab.expect_download():
        tab.get_by_role("button", name="Save my progress as a file").click()
    assert tab.evaluate("asked") == 1


# ------------------------------------------------------------------ two tabs


def test_words_in_the_same_field_of_two_tabs_are_both_kept(learner: BrowserContext, address: str) -> None:
    one, two = (opened(learner, f"{address}listening/hearing/") for _ in range(2))
    for tab in (one, two):
        expect(tab.get_by_label("Keep what I write in this browser").first).to_be_checked()
    fields = [tab.locator("textarea[data-keep]").first for tab in (one, two)]
    fields[0].fill("Words of the first tab.")
    fields[1].fill("Second.")
    for tab in (one, two):
        expect(tab.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    texts = {entry["text"] for entry in stored(one, "journal")["entries"].values()}
    assert {"Words of the first tab.", "Second."} <= texts
    page = opened(learner, f"{address}journal/")
    for text in ("Words of the first tab.", "Second."):
        expect(page.get_by_text(text, exact=True)).to_be_visible()


def test_what_is_typed_before_the_journal_is_there_joins_what_was_kept(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}listening/hearing/")
    field = page.locator("textarea[data-keep]").first
    field.fill("Kept.")
    expect(page.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    late = learner.new_page()
    late.route(
        "**/journal-keeping.js",
        lambda route: (late.locator("textarea[data-keep]").first.fill("Typed early."), route.continue_()),
    )
    late.goto(f"{address}listening/hearing/", wait_until="commit")
    expect(late.locator("textarea[data-keep]").first).to_have_value("Kept.\nTyped early.")
    late.wait_for_function("() => localStorage.getItem('alongside:/:journal').includes('Typed early.')")


def test_a_field_that_was_not_touched_shows_what_another_tab_wrote(learner: BrowserContext, address: str) -> None:
    one, two = (opened(learner, f"{address}listening/hearing/") for _ in range(2))
    expect(two.get_by_label("Keep what I write in this browser").first).to_be_checked()
    one.locator("textarea[data-keep]").first.fill("From the other tab.")
    expect(two.locator("textarea[data-keep]").first).to_have_value("From the other tab.")


def test_answers_of_two_tabs_within_milliseconds_are_all_kept(learner: BrowserContext, address: str) -> None:
    """Both tabs write two hundred times, without waiting for each other."""
    many = """async (tab) => {
      const { update } = await import("/elements/record.js");
      const { moduleOf } = await import("/elements/record-model.js");
      const all = [];
      for (let n = 0; n < 200; n += 1) {
        all.push(update((now) => { moduleOf(now, "listening").lessons[`${tab}-${n}`] = "2026-11-02"; }));
        if (n % 7 === 0) await new Promise((next) => setTimeout(next));
      }
      return (await Promise.all(all)).every((kept) => kept.ok);
    }"""
    tabs = [opened(learner, f"{address}privacy/") for _ in range(2)]
    for number, tab in enumerate(tabs):
        tab.evaluate(f"globalThis.done = ({many})('t{number}')")
    assert [tab.evaluate("done") for tab in tabs] == [True, True]
    lessons = stored(tabs[0], "record")["modules"]["listening"]["lessons"]
    assert len([name for name in lessons if name[:3] in {"t0-", "t1-"}]) == 400


def test_two_pages_that_note_a_place_at_once_come_to_rest(learner: BrowserContext, address: str) -> None:
    """If each put back its own place, they would write over each other without end."""
    listener = opened(learner, f"{address}privacy/")
    listener.evaluate("""() => {
      window.told = 0;
      addEventListener("storage", ({ key }) => (window.told += key.endsWith(":record") ? 1 : 0));
    }""")
    quiz, lesson = (opened(learner, address) for _ in range(2))
    quiz.goto(f"{address}listening/quiz/")
    use(quiz)
    lesson.goto(f"{address}listening/hearing/")
    answer(quiz)
    listener.wait_for_function("window.told >= 2")
    listener.wait_for_timeout(1500)
    told = listener.evaluate("window.told")
    listener.wait_for_timeout(500)
    assert listener.evaluate("window.told") == told
    assert told < 15


def test_on_the_disk_what_was_written_last_stands_last_however_little_a_tab_has_heard(
    learner: BrowserContext, address: str
) -> None:
    """The counts of two tabs may differ. What has the lower one must not look older than what was there before it."""
    # No page of the site is open there, but what that script brings along counts once as well.
    one, two = (opened(learner, f"{address}assets/index.json") for _ in range(2))
    put_row = "async ([name, text, at]) => (await import('/elements/durable.js')).put(name, text, at)"
    first = one.evaluate(put_row, ["record", "first", 700])
    second = two.evaluate(put_row, ["journal", "second", 3])
    third = two.evaluate(put_row, ["record", "third", 4])
    assert 700 <= first < second < third < 710
    rows = one.evaluate("import('/elements/durable.js').then(({ rows }) => rows())")
    at = {row["text"]: row["at"] for row in rows}
    assert {row["name"]: row["text"] for row in rows} == {"record": "third", "journal": "second"}
    assert first < at["second"] < at["third"]


def test_deleting_everything_reaches_a_tab_that_keeps_to_itself(browser: Browser, address: str) -> None:
    with browser.new_context(service_workers="block") as context:
        one = opened(context, f"{address}progress/")
        put(one, "device", "shared")
        two = opened(context, f"{address}listening/hearing/")
        two.get_by_label("Keep what I write until I close this tab.").first.check()
        expect(two.get_by_role("main").get_by_text("What you write here is kept from now on.")).to_be_visible()
        two.locator("textarea[data-keep]").first.fill("Nobody else should read this.")
        expect(two.get_by_role("main").get_by_text("Saved at").first).to_be_visible()
        assert "Nobody else" in two.evaluate("JSON.stringify(sessionStorage)")
        one.reload()
        with two.expect_navigation():
            one.get_by_role("button", name="Delete everything that this site has kept").click()
            one.get_by_role("button", name="Yes, delete everything").click()
        expect(one.get_by_text("Other open pages of this site start again without it.")).to_be_focused()
        expect(two.locator("textarea[data-keep]").first).to_have_value("")
        assert "Nobody else" not in two.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


def test_a_tab_that_kept_to_itself_comes_along_when_the_device_is_private_again(browser: Browser, address: str) -> None:
    with browser.new_context(service_workers="block") as context:
        one, two = opened(context, f"{address}progress/"), opened(context, f"{address}privacy/")
        put(one, "device", "shared")
        two.goto(f"{address}listening/quiz/")
        answer(two)
        one.reload()
        one.get_by_label("Only people I trust.").check()
        one.get_by_role("button", name="Use this choice").click()
        expect(one.get_by_text("From now on your progress is kept in this browser.")).to_be_focused()
        two.wait_for_function("() => localStorage.getItem('alongside:/:record')?.includes('quiz-affirm')")
        assert "quiz-affirm" not in two.evaluate("JSON.stringify(sessionStorage)")


def test_what_found_no_room_is_kept_with_the_next_change_and_goes_with_everything_else(
    learner: BrowserContext, address: str
) -> None:
    page = opened(learner, f"{address}listening/quiz/")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => { globalThis.real = Storage.prototype.setItem; }")
    page.evaluate(f"() => {{ {FULL} }}")
    answer(page)
    page.evaluate("() => { Storage.prototype.setItem = real; }")
    other = opened(learner, f"{address}listening/hearing/")
    other.get_by_label("I have finished this lesson").uncheck()
    expect(other.get_by_role("main").get_by_text("No longer noted as finished.")).to_be_visible()
    # A busy browser hands on to this page what another has taken away only some time later.
    page.wait_for_function(
        """() => {
          const [, text] = Object.entries(localStorage).find(([name]) => name.endsWith(":record"));
          return !("hearing" in JSON.parse(text).modules.listening.lessons);
        }"""
    )
    page.evaluate("async () => { const { update } = await import('/elements/record.js'); await update(() => {}); }")
    listening = stored(page, "record")["modules"]["listening"]
    assert listening["questions"]["quiz-affirm"]["response"] != ["a"], "the answer that had found no room"
    assert listening["lessons"] == {}, "and what another page did meanwhile"
    gone = page.evaluate(
        """async () => {
          const { record, update } = await import("/elements/record.js");
          const { wipe } = await import("/elements/device.js");
          Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };
          await update((now) => { now.modules.late = { lessons: {}, questions: {}, scenarios: {}, confidence: {}, version: "", moves: {} }; });
          Storage.prototype.setItem = real;
          await wipe();
          await update(() => {});
          return Object.keys(record().modules);
        }"""
    )
    assert gone == []


# ------------------------------------------------------------------ no room


def test_more_than_can_be_kept_is_said(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}listening/hearing/")
    field = page.locator("textarea[data-keep]").first
    field.fill("x" * 25_000)
    expect(page.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    lengths = [len(entry["text"]) for entry in stored(page, "journal")["entries"].values()]
    assert 25_000 in lengths
    field.fill("y" * 250_000)
    expect(page.get_by_role("main").get_by_text("Only the first 200,000 letters are saved.")).to_be_visible()
    assert 200_000 in [len(entry["text"]) for entry in stored(page, "journal")["entries"].values()]


def test_what_an_earlier_save_said_does_not_stand_beside_new_words(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}listening/hearing/")
    field = page.locator("textarea[data-keep]").first
    field.fill("One.")
    expect(page.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    page.evaluate(f"() => {{ {FULL} }}")
    field.press_sequentially("!")
    expect(page.get_by_role("main").get_by_text("Saved in this browser at")).to_have_count(0)
    expect(page.get_by_role("main").get_by_text("Not saved: there is no room left in this browser.")).to_be_visible()


#: What is done without room, and what may not be said then. Clicked, since the page sets a box back that it could not keep.
WITHOUT_ROOM = {
    "finishing a lesson": ("listening/hearing/", lambda page: page.get_by_label("I have finished this lesson").click(), "No longer noted"),
    "a day to look again": ("journal/", lambda page: page.get_by_label("Look at this again on").fill("2027-01-01"), "The day is noted."),
    "turning the journal off": ("journal/", lambda page: page.get_by_label("Keep what I write in exercises").click(), "Nothing more is kept"),
    "reading comfort": ("comfort/", lambda page: page.get_by_label("Dark", exact=True).click(), "Your choice is kept."),
}  # fmt: skip


@pytest.mark.parametrize("what", WITHOUT_ROOM)
def test_what_was_not_kept_is_not_said_to_be(learner: BrowserContext, address: str, what: str) -> None:
    path, does, never = WITHOUT_ROOM[what]
    page = opened(learner, address + path)
    page.wait_for_load_state("networkidle")
    page.evaluate(f"() => {{ {FULL} }}")
    does(page)
    expect(page.get_by_text("no room left in this browser").first).to_be_visible()
    expect(page.get_by_text(never)).to_have_count(0)
    nothing_is_gone(page)


def test_a_file_that_does_not_fit_is_not_said_to_be_restored(
    learner: BrowserContext, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "progress.json"
    theirs = {
        f"listening/part-{n}/words": {**JOURNAL["entries"]["listening/elsewhere/words"], "text": f"{n} " + "x" * 14_000}
        for n in range(480)
    }
    file.write_text(json.dumps({**RECORD, "journal": {"schema": 2, "on": True, "entries": theirs}}), encoding="utf-8")
    page = opened(learner, f"{address}progress/")
    page.locator("#record-file").set_input_files(file)
    page.get_by_role("button", name="Add it to what is here").click()
    expect(page.get_by_text("The journal could not be taken over. There is no room left")).to_be_focused()
    nothing_is_gone(page)


def test_from_shared_to_private_without_room_keeps_what_the_tab_has(browser: Browser, address: str) -> None:
    with browser.new_context(service_workers="block") as context:
        page = opened(context, f"{address}progress/")
        put(page, "device", "shared")
        page.goto(f"{address}listening/quiz/")
        answer(page)
        page.goto(f"{address}progress/")
        page.evaluate(
            "() => { const real = Storage.prototype.setItem; Storage.prototype.setItem = function (...given) { if (this === localStorage) throw new DOMException('full', 'QuotaExceededError'); return real.apply(this, given); }; }"
        )
        page.get_by_label("Only people I trust.").check()
        page.get_by_role("button", name="Use this choice").click()
        expect(page.get_by_text("Nothing has changed. There is no room left")).to_be_focused()
        expect(page.get_by_label("Others too.")).to_be_checked()
        assert "quiz-affirm" in page.evaluate("JSON.stringify(sessionStorage)")


def test_a_window_that_keeps_nothing_says_so_and_no_choice_breaks_it(browser: Browser, address: str) -> None:
    blocked = "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });"
    with browser.new_context(service_workers="block") as context:
        context.add_init_script(blocked)
        complaints: list[str] = []
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = opened(context, f"{address}progress/")
        page.get_by_label("Only people I trust.").check()
        page.get_by_role("button", name="Use this choice").click()
        expect(page.get_by_text("Nothing has changed. This browser does not keep anything")).to_be_focused()
        page.get_by_role("button", name="Delete everything that this site has kept").click()
        page.get_by_role("button", name="Yes, delete everything").click()
        expect(page.get_by_text("Not everything could be deleted")).to_be_focused()
        for name in ("journal/", "review/", "comfort/", "record/", "search/", "listening/hearing/"):
            page.goto(address + name)
            page.wait_for_load_state("networkidle")
        assert complaints == []


# ------------------------------------------------------------------ what cannot be read


def test_one_bad_part_costs_that_part_and_its_copy_can_be_brought_back(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}assets/index.json")
    put(page, "record", {**RECORD, "place": {"url": "//elsewhere/", "title": "", "at": "never"}})
    page.goto(f"{address}listening/quiz/")
    expect(page.get_by_role("alert")).to_contain_text("A copy of it has been set aside")
    expect(page.get_by_text("This question has changed since you answered it on 2 November 2026.")).to_be_visible()
    put(page, "record", {**RECORD, "modules": "all gone"})
    page.goto(f"{address}progress/")
    copies = page.evaluate("Object.keys(localStorage).filter((name) => name.includes('set-aside')).sort()")
    assert len(copies) == 2, "the second does not take the place of the first"
    page.get_by_role("button", name="See what can be brought back (1)").click()
    expect(page.get_by_role("row", name="Finished lessons")).to_contain_text("011")
    page.get_by_role("button", name="Add it to what is here").click()
    expect(page.get_by_text("Done. What the file held is here now.")).to_be_focused()
    assert stored(page, "record")["modules"]["listening"]["lessons"] == {"hearing": "2026-11-02"}
    page.get_by_role("button", name="Delete what was set aside (1)").click()
    expect(page.get_by_role("button", name="No, keep it")).to_be_focused()


def test_what_cannot_be_copied_is_left_where_it_is(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}assets/index.json")
    put(page, "record", "{{{")
    learner.add_init_script(FULL)
    page.goto(f"{address}listening/quiz/")
    answer(page)
    expect(page.get_by_role("alert")).to_contain_text("no room for a copy of it")
    assert page.evaluate("localStorage.getItem('alongside:/:record')") == "{{{"


def test_a_bad_entry_of_the_journal_costs_no_other(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}assets/index.json")
    put(page, "journal", {**JOURNAL, "entries": {**JOURNAL["entries"], "listening/bad/words": {"text": 5}}})
    page.goto(f"{address}journal/")
    expect(page.get_by_text("I will count to three.", exact=True)).to_be_visible()
    expect(page.get_by_role("alert")).to_contain_text("A copy of it has been set aside")
    page.goto(f"{address}progress/")
    page.get_by_role("button", name="See what can be brought back (1)").click()
    expect(page.get_by_text("1 part of the file could not be read, and would be left out.")).to_be_visible()


def test_a_replaced_record_is_set_aside_first(learner: BrowserContext, address: str, tmp_path: Path) -> None:
    file = tmp_path / "other.json"
    file.write_text('{"schema": 1, "modules": {}}', encoding="utf-8")
    page = opened(learner, f"{address}progress/")
    page.locator("#record-file").set_input_files(file)
    page.get_by_role("button", name="Put it in place of what is here").click()
    nothing_is_gone(page)
    page.get_by_role("button", name="Yes, put it in place").click()
    expect(page.get_by_text("what was here before is set aside below")).to_be_focused()
    assert stored(page, "record")["modules"] == {}
    page.get_by_role("button", name="See what can be brought back (1)").click()
    page.get_by_role("button", name="Add it to what is here").click()
    expect(page.get_by_text("Done. What the file held is here now.")).to_be_focused()
    assert stored(page, "record")["modules"]["listening"]["lessons"] == {"hearing": "2026-11-02"}


def test_a_module_starts_again_after_a_question_and_can_be_brought_back(
    learner: BrowserContext, address: str, violations: Callable[[Page], list[str]]
) -> None:
    page = opened(learner, f"{address}progress/")
    before = stored(page, "record")
    before["modules"]["other"] = before["modules"]["listening"]
    before["review"]["other/quiz-affirm"] = before["review"]["listening/quiz-affirm"]
    put(page, "record", before)
    page.reload()
    page.locator("summary", has_text="Listening first").click()
    expect(page.locator(".progress__found")).to_be_visible()
    page.get_by_role("button", name="Start this module again: Listening first").click()
    expect(page.get_by_role("button", name="No, go on with it")).to_be_focused()
    expect(page.get_by_role("button", name="No, go on with it")).to_have_accessible_description(
        re.compile("Your journal stays as it is")
    )
    assert violations(page) == []
    nothing = page.get_by_role("button", name="No, go on with it")
    nothing.click()
    expect(page.get_by_role("button", name="Start this module again: Listening first")).to_be_focused()
    assert "listening" in stored(page, "record")["modules"]
    page.get_by_role("button", name="Start this module again: Listening first").click()
    page.get_by_role("button", name="Yes, start it again").click()
    expect(page.get_by_text("The module starts again.")).to_be_focused()
    expect(page.locator(".progress__found")).to_have_count(0)
    after = stored(page, "record")
    assert list(after["modules"]) == ["other"]
    assert list(after["review"]) == ["other/quiz-affirm"]
    assert stored(page, "journal")["entries"]
    page.get_by_role("button", name="See what can be brought back (1)").click()
    page.get_by_role("button", name="Add it to what is here").click()
    expect(page.get_by_text("Done. What the file held is here now.")).to_be_focused()
    assert stored(page, "record")["modules"]["listening"]["lessons"] == {"hearing": "2026-11-02"}
    assert "listening/quiz-affirm" in stored(page, "record")["review"]


def answered(known: dict[str, Any]) -> dict[str, Any]:
    """Right answers to all questions of a module."""
    one = RECORD["modules"]["listening"]["questions"]["quiz-affirm"]
    return {name: {**one, "fingerprint": question["fingerprint"]} for name, question in known["questions"].items()}


def test_after_everything_was_deleted_the_page_on_progress_shows_nothing_of_it(
    learner: BrowserContext, address: str
) -> None:
    page = opened(learner, f"{address}progress/")
    expect(page.locator(".progress__found")).to_have_count(1)
    page.get_by_role("button", name="Delete everything that this site has kept").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_text("Everything that this site had kept is deleted.")).to_be_visible()
    expect(page.locator(".progress__found")).to_have_count(0)
    expect(page.locator(".progress > summary")).to_have_text("Listening first not started")


def test_without_room_for_a_copy_a_module_does_not_start_again_and_the_page_says_so(
    learner: BrowserContext, address: str
) -> None:
    page = opened(learner, f"{address}progress/")
    page.locator("summary", has_text="Listening first").click()
    page.get_by_role("button", name="Start this module again: Listening first").click()
    page.evaluate(f"{FULL} null")
    page.get_by_role("button", name="Yes, start it again").click()
    expect(page.get_by_text("The module did not start again. There is no room left")).to_be_focused()
    expect(page.locator(".progress__found")).to_be_visible()
    nothing_is_gone(page)


def test_without_room_for_a_copy_a_quiz_does_not_start_again_and_the_page_says_so(
    learner: BrowserContext, address: str, site_folder: Path
) -> None:
    known = json.loads((site_folder / "listening/index.json").read_text("utf-8"))
    answers = answered(known)
    del answers["quiz-affirm"]
    page = opened(learner, f"{address}assets/index.json")
    put(page, "record", {**RECORD, "modules": {"listening": {**RECORD["modules"]["listening"], "questions": answers}}})
    page.goto(f"{address}listening/quiz/")
    page.get_by_label("“That was really great, well done.”").check()
    page.locator("[data-question='quiz-affirm']").get_by_role("button", name="Check").click()
    question = answer(page)
    expect(page.get_by_role("link", name="See your result")).to_have_count(1)
    page.get_by_role("button", name="Start this quiz again").click()
    page.evaluate(f"{FULL} null")
    page.get_by_role("button", name="Yes, start it again").click()
    said = "The quiz did not start again. There is no room left"
    expect(page.get_by_role("main").get_by_text(said)).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.get_by_role("status")).not_to_contain_text("You have answered")
    expect(page.get_by_role("link", name="See your result")).to_have_count(1)
    expect(question.locator(".question__verdict")).to_contain_text("Correct.")
    expect(page.get_by_role("button", name="Start this quiz again")).to_be_focused()
    assert "quiz-affirm" in stored(page, "record")["modules"]["listening"]["questions"]


#: A second module of which the file that says what is in it cannot be had.
OTHER = {"modules": {"listening": [], "other": []}}


@pytest.mark.parametrize("lost", ["other", "listening"])
def test_a_module_that_cannot_be_loaded_takes_no_review_and_no_progress_from_the_others(
    learner: BrowserContext, address: str, site_folder: Path, lost: str
) -> None:
    known = json.loads((site_folder / "listening/index.json").read_text("utf-8"))
    page = opened(learner, f"{address}assets/index.json")
    module = {**RECORD["modules"]["listening"], "questions": answered(known)}
    card = {**RECORD["review"]["listening/quiz-affirm"], "due": "2020-01-01"}
    cards = {"listening/quiz-affirm": card, "other/quiz-affirm": card}
    put(page, "record", {**RECORD, "modules": {"listening": module, "other": module}, "review": cards})
    learner.route("**/assets/index.json", lambda route: route.fulfill(json=OTHER))
    learner.route("**/other/index.json", lambda route: route.fulfill(json={**known, "title": "Other"}))
    learner.route(f"**/{lost}/index.json", lambda route: route.abort())
    page.goto(f"{address}review/")
    part = page.get_by_text("Some modules could not be loaded, so not everything is shown.")
    expect(part).to_be_visible()
    expect(page.get_by_text("1 question is due now.")).to_be_visible()
    expect(page.get_by_role("button", name="Start with 1 question")).to_be_visible()
    page.goto(f"{address}progress/")
    expect(part).to_be_visible()
    expect(page.locator(".progress__found")).to_have_count(1 if lost == "other" else 0)
    assert stored(page, "record")["review"] == cards, "what is not there waits as it is"
    page.goto(f"{address}record/")
    expect(part).to_be_visible()
    row = page.get_by_role("row", name="Listening first")
    expect(row).to_contain_text("in part (" if lost == "other" else "1 part finished, on 2 November 2026")


def test_a_module_without_anything_kept_offers_no_new_start(browser: Browser, address: str) -> None:
    with browser.new_context(service_workers="block") as context:
        page = opened(context, f"{address}progress/")
        page.locator("summary", has_text="Listening first").click()
        expect(page.locator(".facts")).to_be_visible()
        expect(page.get_by_role("button", name="Start this module again")).to_have_count(0)


# ------------------------------------------------------------------ a crash


@pytest.mark.parametrize("after", [300, 1000])
def test_a_browser_that_is_killed_after_an_answer_has_it_the_next_time(
    browser: Browser, address: str, tmp_path: Path, after: int
) -> None:
    with mortal_browser(browser.browser_type, tmp_path) as mortal:
        page = mortal.start().new_page()
        page.goto(f"{address}listening/hearing/")
        page.wait_for_timeout(8000)
        page.goto(f"{address}listening/quiz/")
        answer(page)
        page.wait_for_timeout(after)
        mortal.kill()
        page = mortal.start().new_page()
        page.goto(f"{address}privacy/")
        page.goto(f"{address}listening/quiz/")
        page.wait_for_function("() => localStorage.getItem('alongside:/:record')?.includes('quiz-affirm')")
        page.reload()
        expect(page.get_by_text("You answered this on")).to_be_visible()
