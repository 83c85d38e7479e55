"""Scenarios with script: one moment at a time, and the address says which."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.conftest import BuiltSite
from tests.browser.keeping import use
from tests.browser.pages import address_of, all_pages, elements

LESSON = "gallery/steps/"
FIRST, SECOND = "A rehearsal", "A second rehearsal"


#: Clicks through every scenario, from the first moment on, until there is nothing new to see. Says what could
#: not be reached, and where a click did not lead to the one moment that it names.
EXPLORE = """async () => {
  const faults = [], click = (link) => new Promise((done) => {
    // Only a link that leads elsewhere changes the address; whether it leads to the right moment is looked at below.
    if (link.hash === location.hash) done();
    else addEventListener("hashchange", done, {once: true});
    setTimeout(done, 20000);
    link.click();
  });
  for (const scenario of document.querySelectorAll("s-scenario")) {
    const moments = [...scenario.querySelectorAll("section:not(.scenario__debrief, .scenario__way)")];
    const shown = () => moments.filter((moment) => moment.checkVisibility());
    const reached = new Set([shown()[0].id]);
    for (const id of reached) {
      const links = () => [...document.getElementById(id).querySelectorAll("a[href^='#']")];
      if (!links().length) faults.push(`${id} leads nowhere`);
      for (const link of links()) {
        if (reached.has(link.hash.slice(1))) continue;
        if (location.hash !== `#${id}` && shown()[0].id !== id) {
          location.hash = id;
          await new Promise((done) => addEventListener("hashchange", done, {once: true}));
        }
        await click(link);
        const target = link.hash.slice(1);
        if (shown().map((moment) => moment.id).join() !== target) faults.push(`${id}: ${link.textContent} does not lead to ${target}`);
        else if (document.activeElement.closest("section")?.id !== target) faults.push(`${target} does not have focus`);
        reached.add(target);
      }
    }
    faults.push(...moments.filter((moment) => !reached.has(moment.id)).map((moment) => `${moment.id} cannot be reached`));
  }
  return faults;
}"""


def scenario(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", level=2, name=re.compile(f": {title}$"))
    return page.locator("s-scenario").filter(has=heading)


def moment(place: Locator) -> Locator:
    """The headings of moments that can be seen."""
    return place.get_by_role("heading").and_(place.locator("[tabindex='-1']"))


def expect_moment(place: Locator, name: str | re.Pattern[str], *, focused: bool = True) -> None:
    expect(moment(place)).to_have_count(1)
    expect(moment(place)).to_have_accessible_name(name)
    if focused:
        expect(moment(place)).to_be_focused()
    expect(moment(place)).to_be_in_viewport()


def test_only_the_first_moment_is_shown_at_first_and_focus_stays(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(gallery.address + LESSON)
    for title, first in ((FIRST, "Rosa comes in late"), (SECOND, "One moment")):
        expect(moment(scenario(page, title))).to_have_count(1)
        expect(moment(scenario(page, title))).to_have_accessible_name(first)
    assert page.evaluate("document.activeElement === document.body && scrollY === 0")
    expect(page).to_have_title("Every kind of step – Gallery")


def test_a_choice_leads_to_its_outcome_and_takes_focus_and_title_along(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    place.get_by_role("link", name="“How are you?”").click()
    expect_moment(place, "You chose: “How are you?”")
    expect(place).to_contain_text("She sits down.")
    expect(page).to_have_title("You chose: “How are you?” – Every kind of step – Gallery")
    place.get_by_role("link", name="Go on: You talk").click()
    expect_moment(place, "You talk")
    expect(page).to_have_title("You talk – Every kind of step – Gallery")


def test_the_keyboard_is_enough(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    place.get_by_role("link", name="“How are you?”").press("Enter")
    for name in (
        "You chose: “How are you?”",
        "You talk",
        "You chose: Plan a new time",
        "An end, a strong one: A new time",
    ):
        expect_moment(place, name)
        if "end" not in name:
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.localName") == "button":  # what offers to practise aloud
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")


def test_a_reader_can_take_a_choice_back(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    place.get_by_role("link", name="“Nice of you to come.”").click()
    place.get_by_role("link", name="Go back: Rosa comes in late").click()
    expect_moment(place, "Rosa comes in late")


def test_back_and_forward_move_through_the_moments(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    place.get_by_role("link", name="“How are you?”").click()
    place.get_by_role("link", name="Go on").click()
    expect_moment(place, "You talk")
    page.evaluate("history.back()")
    expect_moment(place, "You chose: “How are you?”")
    page.evaluate("history.back()")
    expect_moment(place, "Rosa comes in late")
    expect(page).to_have_title("Every kind of step – Gallery")
    page.evaluate("history.forward()")
    expect_moment(place, "You chose: “How are you?”")
    expect(page).to_have_title("You chose: “How are you?” – Every kind of step – Gallery")


def test_a_reload_stays_at_the_moment(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    place.get_by_role("link", name="“How are you?”").click()
    place.get_by_role("link", name="Go on").click()
    expect_moment(place, "You talk")
    page.reload()
    expect_moment(place, "You talk", focused=False)
    expect(page).to_have_title("You talk – Every kind of step – Gallery")


def test_a_deep_link_opens_its_moment_and_the_titles_stay_right(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(f"{gallery.address}{LESSON}#s-rehearsal_learn")
    expect_moment(scenario(page, FIRST), "An end, one to learn from: She is gone", focused=False)
    expect(page).to_have_title("An end, one to learn from: She is gone – Every kind of step – Gallery")
    scenario(page, SECOND).get_by_role("link", name="Stay").click()
    expect_moment(scenario(page, SECOND), "You chose: Stay")
    expect(page).to_have_title("You chose: Stay – Every kind of step – Gallery")


@pytest.fixture
def slow(browser: Browser) -> Iterator[tuple[Page, list[Route]]]:
    """A page whose script for scenarios does not come until it is let go: none of those that it loads in use."""
    with browser.new_context(
        service_workers="block", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        waiting: list[Route] = []
        page.route(re.compile(r"/(scenario|lesson-in-use)\.js$"), lambda route: waiting.append(route))  # noqa: PLW0108  # Playwright marks it
        yield page, waiting


def test_a_deep_link_stands_at_its_moment_where_the_script_comes_after_everything_else(
    gallery: BuiltSite, slow: tuple[Page, list[Route]]
) -> None:
    page, waiting = slow
    # Firefox has not loaded a page as long as a script that it asked for is on its way; Chromium has.
    page.goto(f"{gallery.address}{LESSON}#s-rehearsal_learn", wait_until="domcontentloaded")
    for _ in range(100):
        if waiting:
            break
        page.wait_for_timeout(50)
    page.wait_for_timeout(200)
    assert waiting
    for route in waiting:
        route.continue_()
    expect_moment(scenario(page, FIRST), "An end, one to learn from: She is gone", focused=False)
    assert page.evaluate("document.activeElement === document.body")


def test_a_choice_that_was_pressed_before_the_script_came_has_the_focus(
    gallery: BuiltSite, slow: tuple[Page, list[Route]]
) -> None:
    page, waiting = slow
    page.goto(gallery.address + LESSON)
    place = scenario(page, FIRST)
    place.get_by_role("link", name="“How are you?”").click()
    page.wait_for_function("() => location.hash")
    page.wait_for_timeout(200)
    assert waiting
    for route in waiting:
        route.continue_()
    expect_moment(place, "You chose: “How are you?”")
    page.unroute_all()
    page.reload()
    expect_moment(place, "You chose: “How are you?”", focused=False)
    assert page.evaluate("document.activeElement === document.body"), "a page that is opened there has it nowhere"


def test_two_scenarios_on_a_page_do_not_disturb_each_other(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    first, second = scenario(page, FIRST), scenario(page, SECOND)
    first.get_by_role("link", name="“How are you?”").click()
    second.get_by_role("link", name="Stay").click()
    expect_moment(second, "You chose: Stay")
    expect(moment(first)).to_have_accessible_name("You chose: “How are you?”")
    page.evaluate("history.back()")
    expect_moment(first, "You chose: “How are you?”")


def test_other_links_on_the_page_leave_the_scenario_alone(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    place.get_by_role("link", name="“How are you?”").click()
    page.get_by_role("link", name="Keeps the rule: Say back what you heard.").click()
    expect(page).to_have_url(re.compile("#rule-"))
    expect(moment(place)).to_have_accessible_name("You chose: “How are you?”")


def test_the_debrief_comes_at_endings_only(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    debrief = place.get_by_role("heading", name="Look back")
    for link in ("“Nice of you to come.”", "Go on", "Scold her", "Go on"):
        expect(debrief).to_be_hidden()
        place.get_by_role("link", name=link).click()
    expect_moment(place, "An end, one to learn from: She is gone")
    expect(debrief).to_be_visible()
    expect(place.get_by_role("listitem").filter(has_text="What would you say now?")).to_be_visible()
    place.get_by_role("link", name="Start again").click()
    expect_moment(place, "Rosa comes in late")
    expect(debrief).to_be_hidden()


def test_every_choice_leads_somewhere_and_every_ending_can_be_reached(
    site: BuiltSite, open_page: Callable[..., Page]
) -> None:
    """By clicking, in every scenario of the shipped curriculum."""
    lessons = [
        address_of(site.folder, path)
        for path in all_pages(site.folder)
        if "/print/" not in path.as_posix() and any(element.tag == "s-scenario" for element in elements(path))
    ]
    assert lessons
    page = open_page(site.address)
    for lesson in lessons:
        page.goto(site.address + lesson)
        use(page)
        assert page.evaluate(EXPLORE) == [], lesson


def test_an_end_shows_the_way_that_was_taken_with_the_rule_behind_each_choice(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, SECOND)
    place.get_by_role("link", name="Go", exact=True).click()
    place.get_by_role("link", name="Go back: One moment").click()
    place.get_by_role("link", name="Stay", exact=True).click()
    place.get_by_role("link", name="Go on: Over").click()
    way = place.get_by_role("region", name="The way you took")
    expect(way.get_by_role("listitem")).to_have_count(1)
    expect(way.get_by_role("listitem")).to_contain_text("One moment: Stay")
    expect(way.get_by_role("listitem")).to_contain_text("The rule: Stay.")
    page.reload()
    expect(place.get_by_role("region", name="The way you took").get_by_role("listitem")).to_have_count(1)
    place.get_by_role("link", name="Start again").click()
    expect(place.get_by_role("region", name="The way you took")).to_have_count(0)


def test_a_moment_says_who_is_there_and_where(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    shown = place.locator(".scene").filter(visible=True)
    expect(shown.locator(".scene__there")).to_have_text("Rosa · A bench outside the library")
    shown.locator("img.face").scroll_into_view_if_needed()  # it is loaded late
    expect(shown.locator("img.face")).to_have_js_property("complete", value=True)
    assert shown.locator("img.face").evaluate("(face) => face.naturalWidth > 0 && face.alt === ''")


def test_the_way_so_far_stands_above_each_moment_and_leads_back(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(gallery.address + LESSON)
    place = scenario(page, FIRST)
    way = place.get_by_role("list", name="Your way so far")
    start = place.locator(".scenario__start")
    expect(way).to_have_count(0)
    expect(start).to_have_attribute("open", "")
    place.get_by_role("link", name="“Nice of you to come.”").click()
    expect(way.locator("[aria-current=step]")).to_have_text("1. “Nice of you to come.”")
    expect(start).not_to_have_attribute("open", "")
    place.get_by_role("link", name="Go on").click()
    expect(way.get_by_role("listitem")).to_have_text(["1. “Nice of you to come.”", "2. You talk"])
    expect(way.get_by_role("listitem").first).to_have_attribute("data-state", "poor")
    assert way.locator("a").evaluate("(link) => link.getBoundingClientRect().width") >= 24
    way.get_by_role("link").click()
    expect_moment(place, "You chose: “Nice of you to come.”")
    place.get_by_role("link", name="Go back").click()
    expect(way.locator("[aria-current=step]")).to_have_text("1. “Nice of you to come.”")
    place.get_by_role("link", name="“How are you?”").click()
    expect(way.get_by_role("listitem")).to_have_text(["1. “How are you?”"])
    expect(way.get_by_role("listitem")).to_have_attribute("data-state", "best")


def test_no_word_is_broken_beside_a_face_on_a_small_phone_with_large_letters(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    """At 320 pixels and twice the size, what is said and what a moment is called has room for a word a line."""
    page = open_page(gallery.address + LESSON)
    page.set_viewport_size({"width": 320, "height": 560})
    page.evaluate("document.documentElement.style.fontSize = '212%'")
    for part in (".turn__says", ".scene__head h3", ".outcome__what > div", ".says"):
        for width in page.locator(part).evaluate_all(
            "(parts) => parts.filter((part) => part.checkVisibility()).map((part) => part.getBoundingClientRect().width)"
        ):
            assert width >= 100, part
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
