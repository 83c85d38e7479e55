"""A page loads what it needs besides its words once somebody uses it, and nothing of it before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BuiltSite
from tests.browser.keeping import ALL_KEPT, until, use
from tests.browser.learner import RECORD, STORE

LESSON = "listening/hearing/"
#: No question of the lesson is in view at its start.
LOW = {"width": 390, "height": 200}
#: What a lesson starts with; voices.js says whether there is one to read it aloud.
AT_FIRST = {"comfort.js", "every-page.js", "lesson-page.js", "voices.js"}

#: What tells a page that somebody is there.
SIGNS: dict[str, Callable[[Page], object]] = {
    "a key": lambda page: page.keyboard.press("Tab"),
    "a touch": lambda page: page.mouse.click(5, 150),
    "a turn of the wheel": lambda page: page.mouse.wheel(0, 40),
    "a focus": lambda page: page.locator("main").focus(),
    "another tab that keeps something": lambda page: page.evaluate(
        "dispatchEvent(new StorageEvent('storage', {key: 'x'}))"
    ),
}


@pytest.fixture
def low(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page with a low window, and the scripts that reach it."""
    with browser.new_context(viewport=LOW, reduced_motion="reduce") as context:
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        yield context.new_page(), asked


def scripts(asked: list[str]) -> set[str]:
    return {name for name in asked if name.endswith(".js")}


def checks(page: Page) -> int:
    return page.get_by_role("button", name="Check my answer").count()


@pytest.mark.parametrize("sign", SIGNS)
def test_a_lesson_that_nobody_uses_loads_its_words_alone(low: tuple[Page, list[str]], address: str, sign: str) -> None:
    page, asked = low
    page.goto(address + LESSON)
    page.wait_for_load_state("networkidle")
    assert scripts(asked) == AT_FIRST
    assert checks(page) == 0
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    SIGNS[sign](page)
    expect(page.get_by_role("button", name="Check my answer").first).to_be_attached()
    until(page, ALL_KEPT)
    assert {"learner.js", "asking.js", "lesson-in-use.js", "sw.js"} <= scripts(asked)


def test_a_question_in_view_is_ready_without_a_sign(browser: Browser, address: str) -> None:
    with browser.new_page(viewport={"width": 1280, "height": 5000}) as page:
        page.goto(address + LESSON)
        expect(page.get_by_role("button", name="Check my answer").first).to_be_visible()


def test_whoever_has_been_here_sees_what_was_kept_at_once(low: tuple[Page, list[str]], address: str) -> None:
    page, _ = low
    page.goto(f"{address}assets/index.json")
    page.evaluate("([name, text]) => localStorage.setItem(name, text)", [f"{STORE}record", json.dumps(RECORD)])
    page.goto(address + LESSON)
    expect(page.locator("#contents .done")).to_have_count(1)


def test_a_link_to_a_part_of_the_page_leads_to_what_works(low: tuple[Page, list[str]], address: str) -> None:
    page, _ = low
    page.goto(f"{address}{LESSON}#rules-hearing-1")
    expect(page.get_by_role("button", name="Check my answer").first).to_be_attached()


def test_where_they_cannot_be_had_the_page_is_one_without_script(low: tuple[Page, list[str]], address: str) -> None:
    page, _ = low
    page.context.route("**/learner.js", lambda route: route.abort())
    page.goto(address + LESSON)
    note = page.get_by_text("Without JavaScript you check your answers by opening them")
    expect(note).to_be_hidden()
    page.keyboard.press("Control")
    expect(note).to_be_visible()
    assert checks(page) == 0


def test_what_a_page_loads_in_use_is_there_without_a_connection(low: tuple[Page, list[str]], address: str) -> None:
    page, _ = low
    page.goto(address + LESSON)
    use(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, ALL_KEPT)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("button", name="Check my answer").first).to_be_attached()


def test_scripts_of_other_kinds_of_page_start_with_them(gallery: BuiltSite, low: tuple[Page, list[str]]) -> None:
    page, asked = low
    page.goto(f"{gallery.address}gallery/quiz/")
    page.wait_for_load_state("networkidle")
    assert {"learner.js", "quiz-page.js"} <= scripts(asked)
