"""Questions whose answer has several parts or is written: ordering, matching, sorting, gap, short_text, number, open_response, confidence."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from alongside.model.questions.gap import GapText
from alongside.model.questions.interaction import Match, Order
from alongside.model.questions.number import Number
from alongside.model.questions.short_text import ShortText
from tests.browser.conftest import BuiltSite
from tests.examples import Example, valid_examples

PARTED = ("ordering", "matching", "sorting", "gap")
LISTEN = "() => { globalThis.heard = []; addEventListener('question:graded', (event) => globalThis.heard.push(event.detail)); }"


def of_kind(*kinds: str) -> pytest.MarkDecorator:
    found = [example for example in valid_examples() if example.kind in kinds]
    return pytest.mark.parametrize("example", found, ids=str)


def plain(text: str) -> str:
    return " ".join(text.replace("*", "").split())


class Asked:
    """A question on its page."""

    def __init__(self, page: Page, example: Example) -> None:
        self.page = page
        self.example = example
        self.root: Locator = page.locator(f"[data-question='{example.question.id}']")
        self.status = self.root.locator(".question__verdict")
        page.evaluate(LISTEN)

    def check(self) -> None:
        self.root.get_by_role("button", name="Check", exact=False).last.click()

    def graded(self) -> dict[str, Any]:
        return self.page.evaluate("heard.at(-1)")

    def control(self, name: str) -> Locator:
        return self.root.locator(f"[id='q-{self.example.question.id}_{name}']")

    def pick(self, prompt: str, target: str) -> None:
        """Picks for a line what belongs to it, from a list or by a button."""
        if self.example.kind == "sorting":
            self.control(f"{prompt}__{target}").check()
        else:
            self.control(prompt).select_option(target)

    def picked(self, prompt: str, target: str) -> Locator:
        """What a line is answered with: the button, or the list."""
        return self.control(f"{prompt}__{target}" if self.example.kind == "sorting" else prompt)

    def given(self) -> list[str]:
        """What every field holds, and of buttons which are chosen."""
        held: list[str] = self.root.locator("select, input").evaluate_all(
            "(all) => all.map((one) => one.type === 'radio' ? String(one.checked) : one.value)"
        )
        return held

    def give_right(self) -> None:
        """Gives the right response, from the neutral form."""
        shape = self.example.question.to_interaction()
        if isinstance(shape, Order):
            self._put_in_order([pick.text for pick in shape.picks])
        elif isinstance(shape, Match):
            for prompt, target in shape.key:
                self.pick(prompt, target)
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
    first = question.root.locator("select, input").first
    expect(first).to_be_focused()
    said = "Error: " + ("Fill every gap first." if example.kind == "gap" else "Choose something for every line first.")
    expect(question.root.get_by_text(said)).to_be_visible()
    expect(first).to_have_attribute("aria-invalid", "true")
    first.evaluate("(one) => { one.blur(); one.focus(); }")
    expect(first).to_have_accessible_description(re.compile("^" + re.escape(said)))
    assert question.page.evaluate("heard") == []


@of_kind(*PARTED)
def test_the_right_response_scores_1_and_leaves_the_answer_closed(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    question.give_right()
    question.check()
    expect(question.status).to_contain_text("Correct.")
    assert question.graded()["score"] == 1
    assert not question.root.locator("details.key").evaluate("(key) => key.open")


@of_kind("matching", "sorting")
def test_lines_that_are_not_right_say_so_beside_the_line(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    shape = example.question.to_interaction()
    assert isinstance(shape, Match)
    question.give_right()
    prompt, target = shape.key[0]
    other = next(pick.id for pick in shape.targets if pick.id != target)
    question.pick(prompt, other)
    question.check()
    description = question.picked(prompt, other).evaluate(
        "(control) => document.getElementById(control.getAttribute('aria-describedby')).textContent"
    )
    assert description.startswith("Not yet.")
    graded = question.graded()
    assert graded["score"] == pytest.approx((len(shape.key) - 1) / len(shape.key))
    question.pick(prompt, target)
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


@of_kind("ordering")
def test_a_handle_needs_no_sign_of_a_font_and_stands_beside_its_line(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    question.page.set_viewport_size({"width": 320, "height": 900})
    places = question.root.locator("li[data-item]").evaluate_all(
        """(lines) => lines.map((line) => {
          const [handle, text] = [".handle", ".order__text"].map((name) => line.querySelector(name));
          const [one, other] = [handle, text].map((element) => element.getBoundingClientRect());
          return [handle.textContent, one.width > 10 && one.height > 10, one.top < other.bottom && other.top < one.bottom];
        })"""
    )
    assert {tuple(place) for place in places} == {("", True, True)}


@of_kind("sorting")
def test_every_group_stands_whole_on_every_line(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    question.page.set_viewport_size({"width": 320, "height": 900})
    shape = example.question.to_interaction()
    assert isinstance(shape, Match)
    for prompt in shape.prompts:
        line = question.root.get_by_role("group", name=plain(prompt.text), exact=True)
        for target in shape.targets:
            button = line.get_by_role("radio", name=target.text, exact=True)
            expect(button).to_be_visible()
            expect(button).not_to_be_checked()


#: What a list with a choice in it shows where it is too narrow for it.
LONG = "a very long answer with so many words that no telephone shows it in one line"


@of_kind("matching", "gap")
def test_a_choice_that_its_list_cuts_off_stands_whole_below_it(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    question.page.set_viewport_size({"width": 320, "height": 900})
    for select in question.root.locator("select").all():
        below = select.locator("+ .chosen")
        select.evaluate("(select, text) => (select.options[1].text = text)", LONG)
        select.select_option(index=1)
        expect(below).to_have_text(LONG)
        assert below.evaluate("(words) => words.clientHeight > 30 && words.scrollWidth <= words.clientWidth + 1")
        assert below.get_attribute("aria-hidden") == "true", "the list itself says it to whoever listens"
        select.evaluate("(select) => (select.options[2].text = 'Short')")
        select.select_option(index=2)
        expect(below).to_have_text("Short")
        assert below.evaluate("(words) => words.clientHeight") == 0
        assert question.page.evaluate("document.documentElement.scrollWidth") <= 320


@of_kind("matching")
def test_a_cut_off_choice_stands_below_its_list_after_a_reload_too(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    question.page.set_viewport_size({"width": 320, "height": 900})
    question.give_right()
    question.check()
    question.page.reload()
    expect(question.root.get_by_text("You answered this on")).to_be_visible()
    chosen = question.root.locator("select").evaluate_all("(all) => all.map((one) => one.selectedOptions[0].text)")
    expect(question.root.locator(".chosen")).to_have_text(chosen)


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
    field.fill("   ")
    question.check()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(question.status).not_to_contain_text("Not yet.")
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


@of_kind("number")
def test_a_number_is_read_as_it_is_typed_and_compared_with_what_is_right(
    asked: Callable[[Example], Asked], example: Example
) -> None:
    question = asked(example)
    assert isinstance(example.question, Number)
    field = question.root.get_by_role("textbox")
    low, high = example.question.bounds[0]
    for typed in (low, f" {high},0 {example.question.unit or ''}".rstrip(), low.replace("-", "−")):
        field.fill(typed)
        field.press("Enter")
        expect(question.status).to_contain_text("Correct.")
        field.blur()  # what is said meanwhile describes the field from when it is left
        expect(field).to_have_accessible_description(re.compile(f"^{re.escape(example.question.feedback)}"))
        assert question.graded() == {"id": example.question.id, "response": [typed.strip()], "score": 1, "sure": None}
    field.fill("98765.4")
    question.check()
    expect(question.status).to_contain_text("Not yet.")
    expect(field).to_have_accessible_description(re.compile(f"^{re.escape(example.question.otherwise)}"))
    for mistake in example.question.mistakes:
        for _, end in mistake.bounds:
            field.fill(end)
            question.check()
            expect(field).to_have_accessible_description(re.compile(f"^{re.escape(mistake.feedback)}"))
            assert question.graded()["score"] == 0


@of_kind("number")
def test_what_is_no_number_is_asked_about_and_never_wrong(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    field = question.root.get_by_role("textbox")
    for typed, message in {
        "": "Write a number first.",
        "a few": "Write one number in digits",
        "5 miles": "Write one number in digits",
        "1.000": "This can mean 1000 or 1. Write one of the two.",
    }.items():
        field.fill(typed)
        question.check()
        expect(field).to_be_focused()
        expect(question.root.locator(".message")).to_contain_text(f"Error: {message}")
        expect(question.status).to_be_empty()
    assert question.graded() is None


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


@of_kind(*PARTED, "short_text", "number", "open_response")
def test_an_answer_is_there_when_the_page_is_opened_again(asked: Callable[[Example], Asked], example: Example) -> None:
    question = asked(example)
    if example.kind in PARTED:
        question.give_right()
    else:
        question.root.get_by_role("textbox").fill("12" if example.kind == "number" else "worn out")
    question.root.locator("button[type=submit]").click()
    before = question.given()
    order = question.root.locator("li[data-item]").evaluate_all("(all) => all.map((one) => one.dataset.item)")
    question.page.reload()
    expect(question.root.get_by_text("You answered this on")).to_be_visible()
    assert question.root.locator("li[data-item]").evaluate_all("(all) => all.map((one) => one.dataset.item)") == order
    assert question.given() == before
