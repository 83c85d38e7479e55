"""Questions that can be checked on the page: every kind in which one chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from alongside.model.questions.interaction import Choose
from tests.browser.conftest import BuiltSite
from tests.examples import Example, valid_examples

EXAMPLES = [example for example in valid_examples() if isinstance(example.question.shape, Choose)]
KINDS = tuple(dict.fromkeys(example.kind for example in EXAMPLES))

CHECK, AGAIN = "Check my answer", "Check again"

#: The first word of each verdict, by what the chosen option is worth.
VERDICTS = {1.0: ("Correct.", "A strong answer."), 0.5: ("An acceptable answer.",), 0.0: ("Not yet.", "Not this one")}

LISTEN = """() => {
  globalThis.heard = [];
  for (const name of ["question:submit", "question:graded"])
    addEventListener(name, (event) => globalThis.heard.push([name, event.cancelable, event.detail]));
}"""

each_example = pytest.mark.parametrize("example", EXAMPLES, ids=str)


def shape_of(example: Example) -> Choose:
    shape = example.question.to_interaction()
    assert isinstance(shape, Choose)
    return shape


class Asked:
    """A question on its page, as a reader finds it."""

    def __init__(self, page: Page, example: Example) -> None:
        self.page = page
        self.example = example
        self.picks = shape_of(example).picks
        prompt = example.question.prompt.replace("*", "")
        self.group: Locator = page.get_by_role("group", name=prompt, exact=True).filter(has=page.locator("legend"))
        self.form = page.get_by_role("main").locator("form").filter(has=self.group)
        self.button = self.form.get_by_role("button")
        self.status = self.form.locator(".question__verdict")
        self.spoken = page.get_by_role("status")

    def option(self, text: str) -> Locator:
        return self.group.get_by_label(text, exact=True)

    def choose(self, *texts: str) -> None:
        for pick in self.picks:
            if pick.text in texts:
                self.option(pick.text).check()
            elif shape_of(self.example).several:
                self.option(pick.text).uncheck()


@pytest.fixture
def asked(gallery: BuiltSite, open_page: Callable[..., Page]) -> Callable[[Example], Asked]:
    """Opens the page of an example."""
    return lambda example: Asked(open_page(f"{gallery.address}gallery/{example.kind}/"), example)


@each_example
def test_options_stay_where_they_are_after_a_try_and_a_reload(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    options = question.group.locator("label")
    before = options.all_inner_texts()
    assert len(before) > 1
    question.group.locator("input").last.check()
    question.button.click()
    expect(question.status).not_to_be_empty()
    assert options.all_inner_texts() == before
    question.page.reload()
    assert options.all_inner_texts() == before


@each_example
def test_checking_nothing_says_so_and_moves_to_the_first_option(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    question.page.evaluate(LISTEN)
    expect(question.button).to_have_text(CHECK)
    question.button.click()
    expect(question.group.locator("input").first).to_be_focused()
    expect(question.group.locator("input").first).to_have_accessible_description(
        "Error: Choose an answer first."
        if not shape_of(example).several
        else "Error: Choose at least one answer first."
    )
    expect(question.group.get_by_text("first.")).to_be_visible()
    expect(question.status).to_have_text("")
    assert question.page.evaluate("heard") == []


@each_example
def test_the_error_goes_when_an_answer_is_checked(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    question.button.click()
    question.choose(question.picks[0].text)
    question.button.click()
    expect(question.status).not_to_have_text("")
    expect(question.group.locator("input").first).to_have_accessible_description("")
    expect(question.group.get_by_text("Error:")).to_have_count(0)


@each_example
def test_every_answer_gets_its_feedback_and_verdict(asked: Callable[[Example], Asked], example: Example) -> None:
    """One after another on the same page: the answer can always be changed and checked again."""
    question = asked(example)
    several = shape_of(example).several
    for pick in question.picks:
        question.choose(pick.text)
        question.button.click()
        expect(question.button).to_be_focused()
        expect(question.button).to_have_text(AGAIN)
        option = question.group.locator(".option").filter(has=question.page.get_by_label(pick.text, exact=True))
        expect(option).to_contain_text(pick.feedback)
        expect(option.get_by_text(pick.feedback)).to_be_visible()
        if several and pick.credit == 1:
            expect(question.spoken).not_to_contain_text(pick.feedback)
        else:
            expect(question.spoken).to_contain_text(pick.feedback)
        others = [other.feedback for other in question.picks if other.feedback != pick.feedback]
        for feedback in others:
            expect(question.group).not_to_contain_text(feedback)
        words = question.status.inner_text()
        if several:
            wanted = sum(other.credit == 1 for other in question.picks)
            wrong = "" if pick.credit == 1 else ", and 1 too many"
            assert words.startswith(f"You found {int(pick.credit)} of {wanted}{wrong}.")
        else:
            assert words.startswith(VERDICTS[pick.credit])


@each_example
def test_the_key_is_correct_and_scores_1(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    question.page.evaluate(LISTEN)
    key = [pick for pick in question.picks if pick.credit == 1]
    question.choose(*(pick.text for pick in key))
    question.button.click()
    expect(question.status).to_contain_text("A strong answer." if shape_of(example).graded else "Correct.")
    (submit, graded) = question.page.evaluate("heard")
    assert submit == ["question:submit", True, {"id": example.question.id}]
    assert (graded[0], graded[1], graded[2]["id"], graded[2]["score"]) == (
        "question:graded",
        False,
        example.question.id,
        1,
    )
    assert sorted(graded[2]["response"]) == sorted(pick.id for pick in key)


@each_example
def test_an_answer_that_is_not_the_key_scores_what_it_is_worth(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    question.page.evaluate(LISTEN)
    for pick in question.picks:
        question.choose(pick.text)
        question.button.click()
    wanted = sum(pick.credit == 1 for pick in question.picks) if shape_of(example).several else 1
    graded = [detail for name, _, detail in question.page.evaluate("heard") if name == "question:graded"]
    assert [(d["response"], d["score"]) for d in graded] == [
        ([pick.id], pick.credit / wanted) for pick in question.picks
    ]


@each_example
def test_a_check_can_be_cancelled(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    question.page.evaluate(LISTEN)
    question.page.evaluate("addEventListener('question:submit', (event) => event.preventDefault())")
    question.choose(question.picks[0].text)
    question.button.click()
    assert [entry[0] for entry in question.page.evaluate("heard")] == ["question:submit"]
    expect(question.button).to_have_text(CHECK)
    expect(question.group).not_to_contain_text(question.picks[0].feedback)


def test_checking_one_question_leaves_the_others_alone(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{gallery.address}gallery/choice/")
    first, second = (Asked(page, example) for example in EXAMPLES[:2])
    second.choose(second.picks[0].text)
    first.choose(first.picks[0].text)
    first.button.click()
    expect(first.button).to_have_text(AGAIN)
    expect(second.button).to_have_text(CHECK)
    expect(second.option(second.picks[0].text)).to_be_checked()
    second.button.click()
    expect(second.group).to_contain_text(second.picks[0].feedback)
    expect(first.group).to_contain_text(first.picks[0].feedback)


def test_enter_in_an_option_checks(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    question = Asked(open_page(f"{gallery.address}gallery/choice/"), EXAMPLES[0])
    question.option(question.picks[0].text).check()
    question.page.keyboard.press("Enter")
    expect(question.button).to_have_text(AGAIN)


def test_one_empty_region_is_there_before_anything_is_said(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    """A region that comes with its words is not spoken everywhere, and each empty one is read out as such."""
    page = open_page(f"{gallery.address}gallery/choice/")
    expect(page.get_by_role("status")).to_have_text([""])


#: Ways in which the start of an element can fail.
BREAKS = {
    "appending_fails": "HTMLFormElement.prototype.append = () => { throw new Error('broken on purpose'); };",
    "finding_fails": "HTMLElement.prototype.querySelector = () => { throw new Error('broken on purpose'); };",
    "there_are_no_custom_elements": "delete globalThis.customElements; Object.defineProperty(globalThis, 'customElements', {value: undefined});",
}


def refuse(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("way", [*BREAKS, "scripts_do_not_arrive"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_element_that_cannot_start_leaves_the_plain_page(
    gallery: BuiltSite, browser: Browser, kind: str, way: str
) -> None:
    example = next(example for example in EXAMPLES if example.kind == kind)
    with browser.new_page() as page:
        said: list[Any] = []
        page.on("console", lambda message: said.append(message.text))
        if way in BREAKS:
            page.add_init_script(BREAKS[way])
        else:
            page.route("**/*.js", refuse)
        page.goto(f"{gallery.address}gallery/{kind}/")
        page.keyboard.press("Control")
        page.wait_for_load_state("networkidle")
        question = Asked(page, example)
        expect(question.option(question.picks[0].text)).to_be_enabled()
        expect(page.locator(".question").get_by_role("button")).to_have_count(0)
        expect(page.locator(".question__verdict")).to_have_count(0)
        page.locator("summary").filter(has_text="Show the answer").first.click()
        for pick in question.picks:
            expect(page.get_by_text(pick.feedback).first).to_be_visible()
        # Firefox says of a script that did not come only to whoever has its tools open.
        unsaid = way == "there_are_no_custom_elements" or (
            way == "scripts_do_not_arrive" and browser.browser_type.name == "firefox"
        )
        assert said or unsaid, "a failure is said on the console"
