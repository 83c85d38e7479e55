"""A page can be used before its scripts have come over a slow line. What was given by then stays, and counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from alongside.model.questions import QUESTION_KINDS
from tests.browser.answering import give
from tests.browser.conftest import BuiltSite
from tests.browser.keeping import until

#: What stands in the controls of a form that were there before any script. Lines that were put into order stand there.
GIVEN = """(form) => {
  const lines = [...form.querySelectorAll("li[data-item]")].map((line, place) => [line.dataset.id, String(place + 1)]);
  const controls = [...form.querySelectorAll("input, select, textarea")].filter((one) => !one.closest(".sure, .keep"));
  const pick = (one) => one.matches("[type=radio], [type=checkbox]");
  return Object.fromEntries([...lines, ...controls.map((one) => [one.id, pick(one) ? one.checked : one.value])]);
}"""


class Held:
    """Scripts of a page that do not arrive until they are let go. What stands in front of them does."""

    def __init__(self, context: BrowserContext) -> None:
        self._waiting: list[Route] | None = []
        context.route("**/*.js", self._take)

    def _take(self, route: Route) -> None:
        # The script for comfort comes before the page is shown, so nothing can be given before it.
        if self._waiting is None or route.request.url.endswith("/comfort.js"):
            route.continue_()
        else:
            self._waiting.append(route)

    def let_go(self, page: Page) -> None:
        """The scripts arrive, and the page is loaded when this comes back."""
        waiting, self._waiting = self._waiting, None
        for route in waiting or []:
            route.continue_()
        page.wait_for_load_state()


@pytest.fixture
def early(open_page: Callable[..., Page], gallery: BuiltSite) -> Callable[[str], tuple[Page, Held]]:
    """Opens an address of the gallery as far as it comes without its scripts. What was kept before is there."""
    # A worker would bring scripts without asking the line that is held here.
    page = open_page(gallery.address, service_workers="block")

    def make(address: str) -> tuple[Page, Held]:
        held = Held(page.context)
        page.goto(gallery.address + address, wait_until="commit")
        expect(page.locator("footer")).to_be_visible()
        return page, held

    return make


@pytest.fixture(params=[False, True], ids=["nothing kept", "another answer kept"])
def kept(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.mark.parametrize("kind", sorted(QUESTION_KINDS))
def test_an_answer_given_before_the_scripts_came_stays(
    early: Callable[[str], tuple[Page, Held]], kind: str, kept: bool
) -> None:
    address = f"gallery/{kind.replace('_', '-')}/"
    if kept:
        page, held = early(address)
        held.let_go(page)
        form = page.locator(".question form").first
        # A kind may put other controls in the place of its own when its script comes.
        expect(form.locator("button[type=submit]")).to_be_visible()
        give(form, last=False)
        form.locator("button[type=submit]").click()
        expect(form.locator(".question__verdict")).not_to_be_empty()
    page, held = early(address)
    form = page.locator(".question form").first
    give(form, last=True)
    given = form.evaluate(GIVEN)
    assert form.locator("button[type=submit]").count() == 0, "no script has started"
    held.let_go(page)
    expect(form.locator("button[type=submit]")).to_be_visible()
    assert form.evaluate(GIVEN) == given


@pytest.mark.parametrize("kind", sorted(QUESTION_KINDS))
def test_a_control_in_hand_when_the_scripts_come_is_not_taken_away(
    early: Callable[[str], tuple[Page, Held]], kind: str
) -> None:
    """A list that is open on a phone would close, and who listens would be thrown to the top of the page."""
    page, held = early(f"gallery/{kind.replace('_', '-')}/")
    form = page.locator(".question form").first
    control = form.locator("input:visible, select:visible, textarea:visible").first
    control.focus()
    in_hand = control.evaluate_handle("(one) => one")
    held.let_go(page)
    until(page, "!document.body.dataset.inUse")
    assert in_hand.evaluate("(one) => document.activeElement === one")
    in_hand.evaluate("(one) => one.dispatchEvent(new Event('change', { bubbles: true }))")
    expect(form.locator("button[type=submit]")).to_be_visible()
    assert form.evaluate("(form) => form.contains(document.activeElement)"), "the focus stays where somebody is"


def test_words_to_look_for_that_were_typed_before_the_scripts_came_are_looked_for(
    early: Callable[[str], tuple[Page, Held]],
) -> None:
    page, held = early("search/")
    page.get_by_role("searchbox").fill("hiraeth")
    held.let_go(page)
    expect(page.get_by_role("status")).to_have_text("1 place found.")
    expect(page.get_by_role("searchbox")).to_have_value("hiraeth")


def test_a_choice_of_comfort_made_before_the_scripts_came_is_kept(early: Callable[[str], tuple[Page, Held]]) -> None:
    page, held = early("comfort/")
    page.get_by_label("Largest").check()
    held.let_go(page)
    expect(page.locator("html")).to_have_attribute("data-size", "largest")
    expect(page.get_by_label("Largest")).to_be_checked()
    page.reload()
    expect(page.get_by_label("Largest")).to_be_checked()
