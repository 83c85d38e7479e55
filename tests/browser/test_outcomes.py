"""What came of an answer is seen, in every light, and leads on: after a check, at the end of a lesson and of a quiz."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import BuiltSite, served
from tests.browser.keeping import use

#: What tells one state from another: a line around it, and the form of its sign.
LOOK = """(element) => {
  const style = getComputedStyle(element);
  const sign = getComputedStyle(element.querySelector(".sign"), "::before");
  return {
    line: [style.borderTopStyle, style.borderTopWidth, style.borderTopColor],
    ground: style.backgroundColor,
    form: [sign.borderTopStyle, sign.borderTopWidth, sign.borderBottomWidth, sign.borderRadius, sign.backgroundImage !== "none"],
    size: [sign.width, sign.height],
  };
}"""
#: Options of the example of a judgement, by what is said of them.
JUDGED = {"best": 0, "acceptable": 1, "poor": 2, "harmful": 3}
Scheme = Literal["light", "dark"]


@pytest.fixture(params=["light", "dark", "forced"])
def judged(browser: Browser, gallery: BuiltSite, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page with judgements, as it is seen in each light."""
    seen: dict[str, Any] = {"forced_colors": "active"} if request.param == "forced" else {"color_scheme": request.param}
    with browser.new_context(viewport={"width": 390, "height": 844}, **seen) as context:
        page = context.new_page()
        page.goto(f"{gallery.address}gallery/judgement/")
        yield page


def with_all_grades(page: Page) -> Locator:
    """A question that has every grade among its options."""
    for question in page.locator(".question").all():
        grades = question.locator(".key [data-state]").evaluate_all("(all) => all.map((e) => e.dataset.state)")
        if {"best", "acceptable", "poor", "harmful"} <= set(grades):
            return question
    pytest.fail("no example of a judgement has every grade")


def test_each_state_has_a_line_and_a_sign_of_its_own(judged: Page) -> None:
    question = with_all_grades(judged)
    looks = {}
    for option in question.locator(".option:has([data-credit])").all():
        plain = option.evaluate("(e) => [getComputedStyle(e).borderTopStyle, getComputedStyle(e).borderTopColor]")
        option.locator("input").check()
        question.get_by_role("button", name="Check").click()
        state = option.get_attribute("data-state")
        assert state
        looks[state] = option.evaluate(LOOK)
        # Where the reader's own colours are all that there is, the sign alone has to tell.
        if judged.evaluate("!matchMedia('(forced-colors: active)').matches"):
            assert looks[state]["line"][0::2] != plain
        expect(question).to_have_attribute("data-state", state)
    assert set(looks) == {"best", "acceptable", "poor", "harmful"}
    forms = {str(look["form"]) + str(look["size"]) for look in looks.values()}
    assert len(forms) == 4, "a sign tells them apart without any colour"
    assert looks["poor"]["line"][0] == "dashed"
    assert looks["harmful"]["line"][0] == "double"


def test_a_state_goes_with_its_answer_and_comes_back_with_it(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{gallery.address}gallery/judgement/")
    question = with_all_grades(page)
    inputs = question.locator("[data-credit]")
    inputs.nth(0).check()
    question.get_by_role("button", name="Check").click()
    state = question.get_attribute("data-state")
    marked = question.locator(".question__form [data-state]")
    expect(marked).to_have_count(1)
    page.reload()
    expect(question).to_have_attribute("data-state", state or "")
    expect(marked).to_have_count(1)
    inputs.nth(1).check()
    expect(question).not_to_have_attribute("data-state", state or "")
    expect(marked).to_have_count(0)


def test_lines_that_are_right_look_unlike_those_that_are_not(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{gallery.address}gallery/sorting/")
    question = page.locator(".question").first
    for line in question.locator("[data-right]").all():
        line.locator("input").first.check()
    question.get_by_role("button", name="Check").click()
    states = question.locator("[data-right]").evaluate_all("(all) => all.map((line) => line.dataset.state)")
    assert set(states) == {"right", "wrong"}
    expect(question).to_have_attribute("data-state", "partly")


def in_view(locator: Locator) -> bool:
    """Whether all of it is on the screen."""
    found: bool = locator.evaluate(
        "(e) => { const box = e.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }"
    )
    return found


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 560)])
def test_what_is_right_leads_on_in_reach(browser: Browser, small: Path, width: int, height: int) -> None:
    with (
        served(small) as address,
        browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce") as context,
    ):
        page = context.new_page()
        page.goto(f"{address}listening/quiz/")
        first = page.locator(".quiz > li").first
        first.get_by_label("“That was really great, well done.”").check()
        first.get_by_role("button", name="Check").click()
        expect(first.locator(".question__verdict")).to_contain_text("Not yet.")
        expect(first.get_by_role("link", name="Next question")).to_have_count(0)
        assert in_view(first.locator(".question__verdict"))
        first.get_by_label("“You kept at it until it worked.”").check()
        first.get_by_role("button", name="Check").click()
        onwards = first.get_by_role("link", name="Next question")
        assert in_view(onwards)
        assert in_view(first.locator(".question__verdict"))
        onwards.click()
        expect(page).to_have_url(f"{address}listening/quiz/#question-2")
        assert in_view(page.get_by_role("heading", name="Question 2"))


def test_a_guess_leads_on_whatever_it_is(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{gallery.address}gallery/steps/")
    guess = page.locator(".check--predict")
    guess.locator("input").last.check()
    guess.get_by_role("button", name="Check").click()
    target = guess.get_by_role("link", name="Read on", exact=True).get_attribute("href") or ""
    follows = page.evaluate("document.querySelector('.check--predict').nextElementSibling.id")
    assert target == f"#{follows}"


def test_the_end_of_a_lesson_says_what_is_still_to_try(
    browser: Browser, small: Path, barriers: Callable[[Page], list[str]]
) -> None:
    with served(small) as address, browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{address}listening/hearing/")
        use(page)
        end = page.locator("p-lesson")
        onwards = page.get_by_role("navigation", name="Previous and next").locator("[rel=next]")
        plain = onwards.evaluate("(e) => getComputedStyle(e).backgroundColor")
        to_try = end.get_by_role("list", name="Still to try").get_by_role("link")
        expect(to_try).to_have_count(len((end.get_attribute("data-checks") or "").split()))
        for link in to_try.all():
            target = (link.get_attribute("href") or "").removeprefix("#")
            assert page.locator(f"h2[id='{target}']").count() == 1
        end.get_by_label("I have finished this lesson").check()
        expect(end.get_by_role("list", name="Not tried yet:").get_by_role("link")).to_have_count(to_try.count() or 1)
        assert barriers(page) == []
        assert onwards.evaluate("(e) => getComputedStyle(e).backgroundColor") != plain
        end.get_by_label("I have finished this lesson").uncheck()
        assert onwards.evaluate("(e) => getComputedStyle(e).backgroundColor") == plain


def test_the_end_of_a_quiz_says_what_is_strong_and_which_lessons_to_look_at(
    browser: Browser, small: Path, barriers: Callable[[Page], list[str]]
) -> None:
    with served(small) as address, browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{address}listening/quiz/")
        aims = page.get_by_role("region", name="What these questions ask about").get_by_role("listitem")
        expect(aims.first).to_contain_text("To look at again: ")
        expect(aims.filter(has_text="Strong already")).to_have_count(0)
        answers = {
            "quiz-affirm": lambda q: q.get_by_label("“You kept at it until it worked.”").check(),
            "quiz-sort": lambda q: [
                q.get_by_role("group", name=name, exact=True).get_by_label(group).check()
                for name, group in (("It wears you out.", "Gives back"), ("How was that for you?", "Asks"), ("You were alone with it.", "Gives back"))
            ],
            "quiz-gap": lambda q: q.get_by_label("something quiet").fill("noise"),
            "quiz-secret": lambda q: q.get_by_label("“I can’t promise that, and I want to hear you.”").check(),
            "quiz-signs": lambda q: q.locator("[data-credit]").first.check(),
        }  # fmt: skip
        for name, answer in answers.items():
            question = page.locator(f"[data-question='{name}']")
            answer(question)
            question.locator("button[type=submit]").click()
        strong = aims.filter(has_text="Strong already:")
        expect(strong).to_have_count(1)
        expect(strong).to_have_attribute("data-state", "right")
        weak = aims.filter(has_text="Worth another look")
        expect(weak).to_have_count(1)
        assert barriers(page) == []
        link = weak.get_by_role("link").first
        link.click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Check yourself")
