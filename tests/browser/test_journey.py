"""A learner's way through a small course: by keyboard, over days, with everything kept, taken away, deleted and brought back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from alongside.reports import records
from tests.browser.conftest import served
from tests.browser.keeping import until, use
from tests.browser.small import build_small

START = datetime(2026, 11, 2, 18, 0)  # noqa: DTZ001  # the learner's own clock


@pytest.fixture
def address(sources: Path) -> Iterator[str]:
    """Where it is served."""
    with served(build_small(sources)) as address:
        yield address


@pytest.fixture
def learner(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """One learner's browser. A script error or a foreign request fails the test."""
    workers: Literal["allow", "block"] = "block" if request.node.get_closest_marker("without_worker") else "allow"
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", base_url=address, service_workers=workers
    )
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    context.on(
        "request",
        lambda request: (
            complaints.append(request.url) if not request.url.startswith((address, "blob:", "data:")) else None
        ),
    )
    context.clock.install(time=START)
    yield context
    context.close()
    assert complaints == []


def opened(context: BrowserContext, path: str) -> Page:
    page = context.new_page()
    page.goto(path)
    return page


def tab_to(page: Page, name: str, most: int = 120) -> None:
    """Presses Tab until something with this name has the focus."""
    page.wait_for_load_state()
    for _ in range(most):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0]?.textContent || e.textContent || e.value || '').replace(/\\s+/g, ' ').trim() }"
        )
        if found.startswith(name):
            return
    pytest.fail(f"{name!r} cannot be reached with Tab on {page.url}")


def to_the_top(page: Page) -> None:
    """Lets the keyboard start again. What has no focus at all starts elsewhere in each browser."""
    page.get_by_role("link", name="Skip to content").focus()


def record_of(page: Page) -> dict[str, Any]:
    found = page.evaluate("() => Object.entries(localStorage).find(([name]) => name.endsWith(':record'))?.[1]")
    return json.loads(found) if found else {}


FOCUSED = """() => {
  const e = document.activeElement;
  const text = (e.textContent || "").replace(/\\s+/g, " ").trim();
  return {kind: e.matches("input") ? e.type : e.localName, text, inQuestion: e.closest(".question") !== null, end: e.closest("footer") !== null};
}"""


def answer_by_keyboard(page: Page) -> None:
    """Goes through a page with Tab, answers whatever asks for an answer, and checks it."""
    page.wait_for_load_state()
    for _ in range(400):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["end"]:
            return
        if not focused["inQuestion"]:
            continue
        if focused["kind"] in {"radio", "checkbox"}:
            page.keyboard.press("Space")
        elif focused["kind"] in {"text", "textarea"}:
            page.keyboard.type("a word")
        elif focused["kind"] == "select":
            page.keyboard.press("ArrowDown")
        elif focused["kind"] == "button" and focused["text"].startswith(("Check", "Compare")):
            page.keyboard.press("Enter")
    pytest.fail(f"the end of {page.url} cannot be reached")


@pytest.mark.engines("firefox")
def test_a_learner_finishes_comes_back_reviews_and_takes_it_away(  # noqa: PLR0915  # one long way on purpose
    learner: BrowserContext, address: str
) -> None:
    page = opened(learner, "")
    # By keyboard alone: start, answer the check of the first lesson, and tick it off.
    tab_to(page, "Start with")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}listening/")
    tab_to(page, "Start the first lesson")
    page.keyboard.press("Enter")
    page.wait_for_url("**/listening/*/")
    tab_to(page, "I have finished this lesson")
    page.keyboard.press("Space")
    expect(page.get_by_role("main").get_by_text("Noted as finished.")).to_be_visible()
    page.close()

    # The next evening the home page leads on, to the lesson after the one that is finished.
    learner.clock.set_system_time(START + timedelta(days=1))
    page = opened(learner, "")
    page.get_by_role("link", name="Go on with").click()
    expect(page).to_have_url(f"{address}listening/asking/")
    contents = page.get_by_role("navigation", name="Listening")
    expect(contents.get_by_role("link", name="finished")).to_have_count(1)

    # The quiz: one answer right, one not; both are there when the page is opened again.
    page.goto(f"{address}listening/quiz/")
    first = page.locator("[data-question='quiz-affirm']")
    first.get_by_label("“That was really great, well done.”").check()
    first.get_by_label("Sure", exact=True).check()
    first.get_by_role("button", name="Check").click()
    expect(first.locator(".question__verdict")).to_contain_text("Not yet.")
    expect(page.get_by_text("Worth another look:")).to_be_visible()
    page.reload()
    expect(first.get_by_label("“That was really great, well done.”")).to_be_checked()
    expect(first.get_by_text("You answered this on 3 November 2026. You can answer it again.")).to_be_visible()
    page.get_by_role("button", name="Try again what was missed").click()
    expect(first.get_by_label("“That was really great, well done.”")).not_to_be_checked()
    first.get_by_label("“You kept at it until it worked.”").check()
    first.get_by_role("button", name="Check").click()
    expect(first.locator(".question__verdict")).to_contain_text("Correct.")
    page.get_by_role("button", name="Show all questions again").click()

    # Seven days later a question is due; it is answered on the page of reviews.
    learner.clock.set_system_time(START + timedelta(days=8))
    page.goto(address)
    page.get_by_role("link", name="1 question is due for review").click()
    page.get_by_role("button", name="Start with 1 question").click()
    card = page.locator("[data-question='quiz-affirm']")
    card.get_by_label("“You kept at it until it worked.”").check()
    card.get_by_label("Sure", exact=True).check()
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".question__verdict")).to_contain_text("Correct.")
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_role("heading", name="That was the last one for now.")).to_be_focused()
    kept = record_of(page)
    assert kept["review"]["listening/quiz-affirm"]["box"] == 2
    assert kept["review"]["listening/quiz-affirm"]["due"] == "2026-11-13"
    assert kept["modules"]["listening"]["questions"]["quiz-affirm"]["attempts"] == 2, (
        "a review is no answer in the quiz"
    )

    # Everything goes into a file, is deleted, and comes back after a preview.
    page.goto(f"{address}progress/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress as a file").click()
    saved = download.value.path()
    assert json.loads(saved.read_text("utf-8"))["schema"] == 1
    page.get_by_role("button", name="Delete everything that this site has kept").click()
    stay = page.get_by_role("button", name="No, keep it")
    expect(stay).to_be_focused()
    expect(stay).to_have_accessible_description(
        "This deletes your progress, your reviews and your journal from this browser. It can’t be undone. Save a file first if you may want it back."
    )
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_text("Everything that this site had kept is deleted.")).to_be_focused()
    assert page.evaluate("Object.keys(localStorage)") == []
    page.get_by_label("Open a file that you saved").set_input_files(saved)
    expect(page.get_by_role("heading", name="What this file would bring. Nothing has changed yet.")).to_be_focused()
    row = page.get_by_role("row", name="Answered questions")
    expect(row).to_contain_text("Answered questions011")
    assert record_of(page).get("modules", {}) == {}, "a preview changes nothing"
    page.get_by_role("button", name="Add it to what is here").click()
    expect(page.get_by_text("Done. What the file held is here now.")).to_be_focused()
    assert record_of(page)["modules"] == kept["modules"]
    assert record_of(page)["review"] == kept["review"]

    # The record to print says what was finished, and knows the file it came from.
    page.goto(f"{address}record/")
    expect(page.get_by_role("main").get_by_text("it is not a certificate")).to_be_visible()
    checksum = page.locator(".record__sum").inner_text()
    page.get_by_text("Compare with a file").click()
    page.get_by_label("Checksum on the printed record").fill(checksum)
    page.get_by_label("Open a file that you saved").set_input_files(saved)
    expect(page.get_by_role("main").get_by_text("The checksum belongs to this file")).to_be_visible()
    # The name counts, and the file to hand in has it.
    page.get_by_label("Name on the record (it is printed, not kept)").fill("Ana  Reed")
    expect(page.locator(".record__sum")).not_to_have_text(checksum)
    named = page.locator(".record__sum").inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file to hand in").click()
    handed = download.value.path()
    statement = json.loads(handed.read_text("utf-8"))
    assert (statement["name"], statement["site"], statement["address"]) == ("Ana Reed", "Small", address)
    assert statement["checksum"] == named == records.checksum(statement)
    assert "journal" not in statement
    page.get_by_label("Checksum on the printed record").fill(named)
    page.get_by_label("Open a file that you saved").set_input_files(handed)
    expect(page.get_by_role("main").get_by_text("The checksum belongs to this file")).to_be_visible()
    if page.context.browser and page.context.browser.browser_type.name == "chromium":  # Firefox does not show paper
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Print")).not_to_be_visible()
        expect(page.locator(".record__sum")).to_be_visible()


@pytest.mark.engines("firefox")
def test_a_module_can_be_finished_by_keyboard_alone(learner: BrowserContext, address: str) -> None:
    page = opened(learner, "listening/")
    tab_to(page, "Start the first lesson")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.wait_for_url("**/listening/*/")
        answer_by_keyboard(page)
        finished = page.get_by_label("I have finished this lesson")
        if not finished.is_checked():
            to_the_top(page)
            tab_to(page, "I have finished this lesson")
            page.keyboard.press("Space")
        expect(finished).to_be_checked()
        here = page.url
        to_the_top(page)
        tab_to(page, "Next")
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(here)
    expect(page).to_have_url(f"{address}listening/quiz/")
    answer_by_keyboard(page)
    expect(page.get_by_role("main").get_by_text("You have answered 7 of 7.")).to_be_visible()
    page.goto("progress/")
    expect(page.locator("[data-whole]")).to_have_text("All parts finished")


@pytest.mark.engines("firefox")
def test_what_is_written_is_kept_only_when_asked_and_can_be_taken_away(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}listening/hearing/")
    field = page.locator("[data-keep]").first
    field.fill("I will count to three.")
    learner.clock.run_for(3000)
    assert page.evaluate("Object.keys(localStorage).some((name) => name.endsWith(':journal'))") is False
    page.get_by_label("Keep what I write in this browser").first.check()
    expect(page.get_by_role("main").get_by_text("What you write here is kept from now on.")).to_be_visible()
    field.fill("I will count to three, and wait.")
    learner.clock.run_for(3000)
    expect(page.get_by_role("main").get_by_text("Saved in this browser at").first).to_be_visible()
    page.reload()
    expect(field).to_have_value("I will count to three, and wait.")

    page.goto(f"{address}journal/")
    expect(page.get_by_text("I will count to three, and wait.", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as text (Markdown)").click()
    assert "I will count to three, and wait." in download.value.path().read_text("utf-8")
    page.goto(f"{address}progress/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress as a file").click()
    assert "count to three" not in download.value.path().read_text("utf-8")
    page.get_by_label("Put my journal into the file as well").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress as a file").click()
    assert "count to three" in download.value.path().read_text("utf-8")
    page.goto(f"{address}journal/")
    page.get_by_role("button", name="Delete the whole journal").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_text("Deleted.")).to_be_focused()
    assert page.evaluate("Object.keys(localStorage).some((name) => name.endsWith(':journal'))") is False


# Four versions within seconds: under a debugger Chromium may end a worker in the middle of its answer, and the page that
# asked for it waits for ever. Without a debugger it does not; what workers do with versions is in test_offline and test_worker.
@pytest.mark.without_worker
def test_saved_work_survives_a_change_of_the_course(learner: BrowserContext, address: str, sources: Path) -> None:
    quiz = sources / "modules/listening/quiz.yml"
    page = opened(learner, f"{address}listening/quiz/")
    affirm = page.locator("[data-question='quiz-affirm']")
    affirm.get_by_label("“You kept at it until it worked.”").check()
    affirm.get_by_role("button", name="Check").click()
    expect(affirm.locator(".question__verdict")).to_contain_text("Correct.")
    text = quiz.read_text("utf-8")

    # It gets another id, and says what it was called.
    quiz.write_text(
        text.replace("id: quiz-affirm\n", "id: quiz-strength\n    formerly: [quiz-affirm]\n"), encoding="utf-8"
    )
    build_small(sources)
    page.reload()
    renamed = page.locator("[data-question='quiz-strength']")
    expect(renamed.get_by_label("“You kept at it until it worked.”")).to_be_checked()
    expect(renamed.get_by_text("You answered this on 2 November 2026, and it was right.")).to_be_visible()
    assert "quiz-affirm" not in record_of(page)["modules"]["listening"]["questions"]

    # It is reworded: the old answer is not shown as one to the new question.
    quiz.write_text(
        quiz.read_text("utf-8").replace("Which reply names a strength?", "Which one names a strength?"),
        encoding="utf-8",
    )
    build_small(sources)
    page.reload()
    expect(renamed.get_by_label("“You kept at it until it worked.”")).not_to_be_checked()
    expect(renamed.get_by_text("This question has changed since you answered it on 2 November 2026.")).to_be_visible()

    # It is gone: its answer is set aside and given to no other question.
    parts = quiz.read_text("utf-8").split("\n  - ")
    quiz.write_text("\n  - ".join([parts[0], *parts[2:]]), encoding="utf-8")
    build_small(sources)
    page.reload()
    expect(page.get_by_text("You answered this on")).to_have_count(0)
    page.goto(f"{address}progress/")
    expect(page.get_by_text("1 of your answers belongs to questions that are no longer here.")).to_be_visible()
    assert "quiz-strength" in record_of(page)["modules"]["listening"]["questions"]


def test_a_card_of_review_follows_an_id_that_changed(learner: BrowserContext, address: str, sources: Path) -> None:
    page = opened(learner, f"{address}privacy/")
    card = {"box": 3, "due": "2026-12-01", "fingerprint": "earlier", "rights": 2, "seen": "2026-11-01"}
    kept = json.dumps({"schema": 1, "modules": {}, "review": {"listening/quiz-affirm": card}})
    page.evaluate("(text) => localStorage.setItem('alongside:/:record', text)", kept)
    page.close()
    quiz = sources / "modules/listening/quiz.yml"
    renamed = quiz.read_text("utf-8").replace("id: quiz-affirm\n", "id: quiz-strength\n    formerly: [quiz-affirm]\n")
    quiz.write_text(renamed, encoding="utf-8")
    build_small(sources)
    page = opened(learner, f"{address}review/")
    expect(page.get_by_text("Nothing is due today.")).to_be_visible()
    assert set(record_of(page)["review"]) == {"listening/quiz-strength"}


def test_two_tabs_do_not_lose_each_others_answers(learner: BrowserContext, address: str) -> None:
    one, two = opened(learner, f"{address}listening/quiz/"), opened(learner, f"{address}listening/quiz/")
    one.locator("[data-question='quiz-affirm']").get_by_label("“You kept at it").check()
    sort = two.locator("[data-question='quiz-sort']")
    for line in sort.locator(".line").all():
        line.get_by_role("radio").first.check()
    one.locator("[data-question='quiz-affirm']").get_by_role("button", name="Check").click()
    sort.locator("button[type=submit]").click()
    # Browsers tell other tabs a moment later; both answers are there in the end, in both tabs.
    for tab in (one, two):
        for _ in range(100):
            kept = set(record_of(tab)["modules"]["listening"]["questions"])
            if kept == {"quiz-affirm", "quiz-sort"}:
                break
            tab.wait_for_timeout(50)
        assert kept == {"quiz-affirm", "quiz-sort"}


def test_a_tab_that_had_not_seen_an_answer_does_not_take_it_away(learner: BrowserContext, address: str) -> None:
    """What a slow browser may do: another tab writes a record in which the answer of this moment is missing."""
    one, two = opened(learner, f"{address}listening/quiz/"), opened(learner, f"{address}privacy/")
    question = one.locator("[data-question='quiz-affirm']")
    question.get_by_label("“You kept at it").check()
    question.get_by_role("button", name="Check").click()
    stale = {"schema": 1, "modules": {"listening": {"lessons": {"hearing": "2026-11-02"}, "questions": {}}}}
    two.evaluate("(text) => localStorage.setItem('alongside:/:record', text)", json.dumps(stale))
    for _ in range(100):
        kept = record_of(one)["modules"]["listening"]
        if "quiz-affirm" in kept["questions"]:
            break
        one.wait_for_timeout(50)
    assert set(kept["questions"]) == {"quiz-affirm"}
    assert kept["lessons"]["hearing"] == "2026-11-02"


FAULTS = {
    "full": "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
    "blocked": "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });",
}


TOLD = {"full": "There is no room left in this browser", "blocked": "does not keep anything"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_browser_that_keeps_nothing_is_told_of_once_and_the_page_goes_on(
    browser: Browser, address: str, fault: str
) -> None:
    context = browser.new_context()
    context.add_init_script(FAULTS[fault])
    page = opened(context, f"{address}listening/quiz/")
    question = page.locator("[data-question='quiz-affirm']")
    question.get_by_label("“You kept at it until it worked.”").check()
    question.get_by_role("button", name="Check").click()
    expect(question.locator(".question__verdict")).to_contain_text("Correct.")
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text(TOLD[fault])
    expect(page.get_by_role("main").get_by_text("You have answered 1 of")).to_be_visible()
    context.close()


BROKEN = {
    "no JSON": ("{{{", "A copy of it has been set aside"),
    "another shape": ('{"schema": 1, "modules": []}', "A copy of it has been set aside"),
    "from the future": ('{"schema": 99, "secret": true}', "newer version"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_record_that_cannot_be_read_is_never_lost_in_silence(
    learner: BrowserContext, address: str, kind: str
) -> None:
    text, said = BROKEN[kind]
    page = opened(learner, f"{address}privacy/")
    page.evaluate("(text) => localStorage.setItem('alongside:/:record', text)", text)
    page.goto(f"{address}listening/quiz/")
    expect(page.get_by_role("alert")).to_contain_text(said)
    question = page.locator("[data-question='quiz-affirm']")
    question.get_by_label("“You kept at it until it worked.”").check()
    question.get_by_role("button", name="Check").click()
    expect(question.locator(".question__verdict")).to_contain_text("Correct.")
    kept = page.evaluate("Object.values(localStorage)")
    assert text in kept, "the broken record is still there"
    if "newer" not in said:
        page.goto(f"{address}progress/")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save it as a file").click()
        assert download.value.path().read_text("utf-8") == text


def test_on_a_shared_device_nothing_outlives_the_tab(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}progress/")
    page.get_by_label("Others too. Keep nothing when I close the tab.").check()
    page.get_by_role("button", name="Use this choice").click()
    expect(page.get_by_text("From now on nothing is kept beyond this tab.")).to_be_focused()
    page.goto(f"{address}listening/quiz/")
    question = page.locator("[data-question='quiz-affirm']")
    question.get_by_label("“You kept at it until it worked.”").check()
    question.get_by_role("button", name="Check").click()
    page.reload()
    expect(question.get_by_text("You answered this on")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage)") == ["alongside:/:device"]
    page.close()
    again = opened(learner, f"{address}listening/quiz/")
    expect(again.locator("[data-question='quiz-affirm']").get_by_text("You answered this on")).to_have_count(0)
    again.close()


def test_reading_comfort_holds_for_every_page_from_the_start(learner: BrowserContext, address: str) -> None:
    page = opened(learner, f"{address}comfort/")
    page.get_by_label("Dark", exact=True).check()
    page.get_by_label("Largest").check()
    expect(page.get_by_role("main").get_by_text("Your choice is kept.")).to_be_visible()
    page.goto(f"{address}listening/quiz/")
    html = page.locator("html")
    expect(html).to_have_attribute("data-scheme", "dark")
    expect(html).to_have_css("font-size", "27.2px")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 26)"


def test_help_is_one_key_away_and_the_key_is_no_letter(browser: Browser, sources: Path) -> None:
    with served(build_small(sources)) as address, browser.new_context() as context:
        page = opened(context, f"{address}listening/hearing/")
        page.keyboard.press("Shift+F1")
        page.keyboard.press("h")
        expect(page).to_have_url(f"{address}listening/hearing/")
        page.keyboard.press("F1")
        expect(page).to_have_url(f"{address}support/")
        expect(page.get_by_text("The key F1 does too.")).to_be_visible()


def test_the_link_that_leaves_takes_the_page_out_of_the_history(browser: Browser, sources: Path) -> None:
    configuration = sources / "mkdocs.yml"
    setting = "      organisation:\n        support:\n          quick_exit: https://example.org/weather\n"
    configuration.write_text(configuration.read_text("utf-8") + setting, encoding="utf-8")
    with served(build_small(sources)) as address, browser.new_context() as context:
        context.route(
            "https://example.org/**", lambda route: route.fulfill(body="Rain later.", content_type="text/html")
        )
        page = opened(context, address)
        page.goto(f"{address}support/")
        page.get_by_role("link", name="Leave this site").click()
        expect(page).to_have_url("https://example.org/weather")
        page.go_back()
        expect(page).to_have_url(address)


def test_the_way_out_stays_in_reach_and_has_a_key(browser: Browser, sources: Path) -> None:
    configuration = sources / "mkdocs.yml"
    setting = "      organisation:\n        support:\n          quick_exit: https://example.org/weather\n"
    configuration.write_text(configuration.read_text("utf-8") + setting, encoding="utf-8")
    with (
        served(build_small(sources)) as address,
        browser.new_context(viewport={"width": 320, "height": 640}) as context,
    ):
        context.route(
            "https://example.org/**", lambda route: route.fulfill(body="Rain later.", content_type="text/html")
        )
        page = opened(context, f"{address}listening/hearing/")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(page.get_by_role("link", name="Leave this site")).to_be_in_viewport(ratio=1)
        expect(page.get_by_text("or press the Shift key three times")).to_be_visible()
        for keys in (["Shift", "Shift"], ["Shift", "a", "Shift", "b", "Shift"], ["Shift+A", "Shift+B", "Shift+C"]):
            for key in keys:
                page.keyboard.press(key)
            page.keyboard.press("Control")
            expect(page).to_have_url(f"{address}listening/hearing/")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        page.keyboard.press("Shift")
        expect(page).to_have_url("https://example.org/weather")


def test_the_way_out_hides_nothing_that_the_keyboard_is_at(browser: Browser, sources: Path) -> None:
    configuration = sources / "mkdocs.yml"
    setting = "      organisation:\n        support:\n          quick_exit: https://example.org/weather\n"
    configuration.write_text(configuration.read_text("utf-8") + setting, encoding="utf-8")
    with (
        served(build_small(sources)) as address,
        browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce") as context,
    ):
        page = opened(context, f"{address}listening/hearing/")
        uncovered = """() => {
          const focused = document.activeElement.getBoundingClientRect(), bar = document.querySelector(".leave");
          return bar.contains(document.activeElement) || focused.top >= bar.getBoundingClientRect().bottom - 1;
        }"""
        use(page)
        page.keyboard.press("End")
        # Otherwise the key would go on scrolling when the focus is somewhere else.
        until(page, "() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1")
        page.get_by_role("contentinfo").get_by_role("link").last.focus()
        for _ in range(60):
            page.keyboard.press("Shift+Tab")
            if page.evaluate(
                "document.activeElement.closest('main') === null && document.activeElement.closest('footer') === null"
            ):
                break
            assert page.evaluate(uncovered), page.evaluate(
                "[document.activeElement.outerHTML.slice(0, 90), scrollY, document.activeElement.getBoundingClientRect().top]"
            )
