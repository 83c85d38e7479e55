"""Questions whose answer has several parts or is written: ordering, matching, sorting, gap, short_text, open_response, confidence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from alongside.model.questions.gap import GapText
from alongside.model.questions.interaction import Match, Order
from alongside.model.questions.short_text import ShortText
from tests.browser.conftest import BuiltSite
from tests.examples import Example, valid_examples

PARTED = ("ordering", "matching", "sorting", "gap")
LISTEN = "() => { globalThis.heard = []; addEventListener('question:graded', (event) => globalThis.heard.push(event.detail)); }"


def of_kind(*kinds: str) -> pytest.MarkDecorator:
    found = [example for example in valid_examples() if example.kind in kinds]
    return pytest.mark.parametrize("example", found, ids=str)


class Asked:
    """A question on its page."""

    def __init__(self, page: Page, example: Example) -> None:
        self.page = page
        self.example = example
        self.root: Locator = page.locator(f"[data-question='{example.question.id}']")
        self.status = self.root.get_by_role("status")
        page.evaluate(LISTEN)

    def check(self) -> None:
        self.root.get_by_role("button", name="Check", exact=False).last.click()

    def graded(self) -> dict[str, Any]:
        return self.page.evaluate("heard.at(-1)")

    def control(self, name: str) -> Locator:
        return self.root.locator(f"[id='q-{self.example.question.id}_{name}']")

    def give_right(self) -> None:
        """Gives the right response, from the neutral form."""
        shape = self.example.question.to_interaction()
        if isinstance(shape, Order):
            self._put_in_order([pick.text for pick in shape.picks])
        elif isinstance(shape, Match):
            for prompt, target in shape.key:
                self.control(prompt).select_option(target)
        elif isinstance(self.example.question, GapText):
            for name, gap in self.example.question.gaps.items():
                if gap.options:
                    self.control(name).select_option(gap.right[0])
                else:
                    self.control(name).fill(f" {gap.accept[0].upper()} ")

    def _put_in_order(self, wanted: list[str]) -> None:
        for place, text in enumerate(wanted):
            line = self.root.locator("li[data-item]").filter(has=self.page.locator(".order__text", has_text=text))
            up = line.get_by_role("button", name="Move up")
            while line.evaluate("(line) => [...line.parentElement.children].indexOf(line)") > place:
                up.press("Enter")
                expect(up).to_be_focused()


@pytest.fixture
def asked(gallery: BuiltSite, open_page: Callable[..., Page]) -> Callable[[Example], Asked]:
    """Opens the page of an example."""
    return lambda example: Asked(open_page(f"{gallery.address}gallery/{example.kind.replace('_', '-')}/"), example)


@of_kind("matching", "sorting", "gap")
def test_a_line_left_open_is_named_and_gets_the_focus(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    question.check()
    first = question.root.locator("select, input[type=text]").first
    expect(first).to_be_focused()
    group = question.root.get_by_role("group").first
    expect(group).to_have_accessible_description(
        "Error: " + ("Fill every gap first." if example.kind == "gap" else "Choose something for every line first.")
    )
    assert question.page.evaluate("heard") == []


@of_kind(*PARTED)
def test_the_right_response_scores_1_and_opens_the_answer(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    question.give_right()
    question.check()
    expect(question.status).to_contain_text("Correct.")
    assert question.graded()["score"] == 1
    assert question.root.locator("details.key").evaluate("(key) => key.open")


@of_kind("matching", "sorting")
def test_lines_that_are_not_right_say_so_beside_the_line(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    shape = example.question.to_interaction()
    assert isinstance(shape, Match)
    question.give_right()
    prompt, target = shape.key[0]
    other = next(pick.id for pick in shape.targets if pick.id != target)
    question.control(prompt).select_option(other)
    question.check()
    description = question.control(prompt).evaluate(
        "(control) => document.getElementById(control.getAttribute('aria-describedby')).textContent"
    )
    assert description.startswith("Not yet.")
    graded = question.graded()
    assert graded["score"] == pytest.approx((len(shape.key) - 1) / len(shape.key))
    question.control(prompt).select_option(target)
    question.check()
    expect(question.status).to_contain_text("Correct.")


@of_kind("ordering")
def test_a_line_at_the_end_keeps_the_focus_and_says_so(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    first = question.root.locator("li[data-item]").first
    up = first.get_by_role("button", name="Move up")
    up.press("Enter")
    expect(up).to_be_focused()
    expect(up).to_have_attribute("aria-disabled", "true")
    expect(question.status).to_contain_text("is already first.")
    first.get_by_role("button", name="Move down").click()
    expect(question.status).to_contain_text(": now 2 of")


@of_kind("ordering")
def test_a_line_can_be_dragged_to_its_place(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    lines = question.root.locator("li[data-item]")
    name = lines.first.get_attribute("data-item")
    lines.first.locator(".handle").hover()
    question.page.mouse.down()
    lines.nth(2).hover()
    question.page.mouse.up()
    assert lines.nth(2).get_attribute("data-item") == name


@of_kind("sorting")
def test_a_thing_can_be_dragged_into_a_group(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    line = question.root.locator(".line").first
    zone = question.root.locator("[data-zone]").last
    line.locator(".handle").hover()
    question.page.mouse.down()
    zone.hover()
    question.page.mouse.up()
    assert line.locator("select").input_value() == zone.get_attribute("data-zone")


@of_kind("short_text")
def test_a_written_word_is_compared_without_capitals_accents_and_marks(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    assert isinstance(example.question, ShortText)
    field = question.root.get_by_role("textbox")
    question.check()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("something quite different")
    question.check()
    expect(question.status).to_contain_text("Not yet.")
    expect(field).to_have_accessible_description(example.question.otherwise)
    assert question.graded()["score"] == 0
    field.fill(f"  {example.question.accept[0].upper()}. ")
    field.press("Enter")
    expect(question.status).to_contain_text("Correct.")
    assert question.graded()["score"] == 1
    expect(field).not_to_have_attribute("aria-invalid", "true")


@of_kind("short_text")
def test_a_near_miss_gets_the_answer_made_for_it(asked: Callable[[Example], Asked], example: Example) -> None:
    assert isinstance(example.question, ShortText)
    question = asked(example)
    for near in example.question.near:
        question.root.get_by_role("textbox").fill(near.accept[0])
        question.check()
        expect(question.status).to_contain_text("Close.")
        expect(question.root.get_by_role("textbox")).to_have_accessible_description(near.feedback)


@of_kind("open_response")
def test_model_answers_open_once_something_was_written(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    key = question.root.locator("details.key")
    button = question.root.get_by_role("button", name="Compare with model answers")
    button.click()
    expect(question.root.get_by_role("textbox")).to_be_focused()
    assert not key.evaluate("(key) => key.open")
    question.root.get_by_role("textbox").fill("You sound worn out.")
    button.click()
    assert key.evaluate("(key) => key.open")
    assert question.graded() == {"id": example.question.id, "response": [], "score": None, "sure": None}


@of_kind("confidence")
def test_a_step_gets_its_feedback_and_no_verdict(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    question.root.get_by_role("radio").last.check()
    question.root.get_by_role("button", name="Keep this step").click()
    expect(question.status).to_contain_text("Noted as where you start.")
    assert question.graded()["score"] is None


@of_kind(*PARTED, "short_text", "open_response")
def test_an_answer_is_there_when_the_page_is_opened_again(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    if example.kind in PARTED:
        question.give_right()
    else:
        question.root.get_by_role("textbox").fill("worn out")
    question.root.locator("button[type=submit]").click()
    before = question.root.locator("select, input").evaluate_all("(all) => all.map((one) => one.value)")
    order = question.root.locator("li[data-item]").evaluate_all("(all) => all.map((one) => one.dataset.item)")
    question.page.reload()
    expect(question.root.get_by_text("You answered this on")).to_be_visible()
    assert question.root.locator("li[data-item]").evaluate_all("(all) => all.map((one) => one.dataset.item)") == order
    assert question.root.locator("select, input").evaluate_all("(all) => all.map((one) => one.value)") == before
