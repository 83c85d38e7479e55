"""Everything can be read and done without script."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import BuiltSite

HEIGHT = 900

#: What would need script to be seen or to work. Runs through the debugger, past the switch.
NEEDS_SCRIPT = """() => {
  const found = [...document.querySelectorAll("button, [type=submit], [type=button], [hidden], noscript, template, dialog, canvas")];
  const main = document.querySelector("main");
  for (const element of main.querySelectorAll("*:not(track, .with-script, .with-script *)"))
    if (getComputedStyle(element).display === "none" || getComputedStyle(element).visibility !== "visible") found.push(element);
  return found.map((element) => element.outerHTML.slice(0, 100));
}"""


#: What is still closed, and feedback on an option that is missing or cannot be seen.
UNREAD = """() => {
  const found = [...document.querySelectorAll("main details:not([open])")].map((details) => details.textContent.slice(0, 60));
  for (const question of document.querySelectorAll(".question:has(.verdict)"))
    for (const option of question.querySelectorAll("input[value]")) {
      const feedback = document.getElementById(`${option.id}__feedback`);
      if (!feedback?.checkVisibility() || feedback.textContent.trim().length < 10) found.push(option.id);
    }
  return found;
}"""


def read(page: Page) -> None:
    """Does everything that a page offers: answers, opens, rehearses."""
    assert page.evaluate(NEEDS_SCRIPT) == [], page.url
    fill_in(page)
    closed = page.get_by_role("main").locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    assert page.evaluate(UNREAD) == [], page.url
    follow_scenarios(page)


def fill_in(page: Page) -> None:
    for field in page.get_by_role("main").locator("input:visible, select:visible, textarea:visible").all():
        kind = field.evaluate("(e) => e.tagName === 'INPUT' ? e.type : e.tagName")
        if kind in {"radio", "checkbox"}:
            field.check()
        elif kind == "SELECT":
            field.select_option(index=1)
        else:
            field.fill("some words")
            assert field.input_value() == "some words"


def follow(link: Locator) -> None:
    """Goes where a link leads, and is there when this comes back."""
    with link.page.expect_event("load"):
        link.click()


def follow_scenarios(page: Page) -> None:
    """Each choice leads to its outcome on the page, and each outcome on to the next moment, like a game book."""
    for link in page.locator("s-scenario a[href^='#']").all():
        link.click()
        target = page.evaluate(
            "(() => { const box = document.querySelector(':target').getBoundingClientRect(); return [box.top, box.height]; })()"
        )
        assert target[0] < HEIGHT, (page.url, link.inner_text())
        assert target[1] > 0, (page.url, link.inner_text())


def test_a_whole_module_can_be_taken(site: BuiltSite, open_page: Callable[..., Page]) -> None:
    """From the home page to the module's last page and on to the next module, by following links only."""
    page = open_page(site.address, script=False)
    follow(page.get_by_role("main").get_by_role("link", name=re.compile("^Start with ")))
    expect(page.get_by_role("main")).to_contain_text("What you will be able to do")
    lessons = (
        page.get_by_role("navigation", name=page.get_by_role("heading", level=1).inner_text())
        .get_by_role("listitem")
        .count()
    )
    read(page)
    module = page.url
    follow(page.get_by_role("link", name="Start the first lesson"))
    visited = [page.url]
    read(page)
    onwards = page.get_by_role("navigation", name="Previous and next").get_by_role("link", name=re.compile("^Next"))
    questions = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=re.compile("^Question")))
    while not questions.count():
        follow(onwards)
        assert page.url.startswith(module)
        assert page.url not in visited
        visited.append(page.url)
        read(page)
    assert len(visited) == lessons
    follow(onwards)
    assert not page.url.startswith(module)
    expect(page.get_by_role("link", name="Start the first lesson")).to_be_visible()


def test_every_kind_of_question_exercise_and_step_is_complete(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(gallery.address, script=False)
    for address in gallery.pages:
        if address.startswith("gallery/"):
            page.goto(gallery.address + address)
            read(page)


def test_every_answer_has_a_disclosure_of_its_own(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address, script=False)
    for address in gallery.pages:
        if address.startswith("gallery/") and "print" not in address:
            page.goto(gallery.address + address)
            assert page.locator(".question").count() == page.locator(".question > details.key").count(), address
            names = page.locator("summary").all_inner_texts()
            assert len(names) == len(set(names)), address


def test_the_contents_are_reached_by_a_link_on_a_narrow_screen(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(gallery.address + "gallery/steps/", script=False, width="narrow")
    page.get_by_role("link", name="Contents", exact=True).click()
    contents = page.get_by_role("navigation", name="Gallery")
    expect(contents).to_be_in_viewport()
    contents.get_by_role("link", name=re.compile("Every kind of exercise")).click()
    expect(page).to_have_url(f"{gallery.address}gallery/exercises/")


def test_enter_in_a_field_does_nothing(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    """Without script there is nothing to send, and the policy would refuse it with a complaint."""
    page = open_page(gallery.address, script=False)
    for address in (a for a in gallery.pages if a.startswith("gallery/") and a.count("/") == 2):
        page.goto(gallery.address + address)
        for field in page.get_by_role("main").locator("input:visible").all():
            field.press("Enter")
        expect(page).to_have_url(gallery.address + address)


def test_the_search_page_leads_to_help(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(f"{gallery.address}search/", script=False)
    expect(page.get_by_role("main").get_by_role("link", name="Get help now")).to_be_visible()
    expect(page.locator(".results__help")).to_be_hidden()
