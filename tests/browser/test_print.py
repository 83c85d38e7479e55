"""What comes out of a printer."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from alongside.model.curriculum import Curriculum
from tests.browser.conftest import BuiltSite
from tests.browser.keeping import use
from tests.browser.learner import FILL, RECORD, put
from tests.examples import gallery_curriculum
from tests.spelled_out import feedback_of, key_of, originals, plain, questions


@pytest.fixture
def printed(open_page: Callable[..., Page]) -> Callable[[str], Page]:
    """A page as it is printed."""

    def make(address: str) -> Page:
        page = open_page(address)
        page.emulate_media(media="print", color_scheme="light")
        return page

    return make


@pytest.fixture(scope="module")
def curriculum(tmp_path_factory: pytest.TempPathFactory) -> Curriculum:
    return gallery_curriculum(tmp_path_factory.mktemp("curriculum"))


def words(page: Page) -> str:
    """All text of the main part, closed or open, without marks."""
    return plain(page.get_by_role("main").evaluate("(e) => e.textContent"))


def test_a_lesson_prints_without_controls_and_navigation(gallery: BuiltSite, printed: Callable[[str], Page]) -> None:
    page = printed(gallery.address + "gallery/steps/")
    for thing in (
        page.get_by_role("button"),
        page.get_by_role("navigation"),
        page.get_by_role("link", name="Skip to content"),
        page.get_by_role("banner"),
    ):
        expect(thing.and_(page.locator(":visible"))).to_have_count(0)


@pytest.mark.parametrize("where", ["", "progress/", "gallery/", "journal/", "search/", "review/"])
def test_nothing_to_press_is_printed_and_signs_are(learner: BrowserContext, gallery: BuiltSite, where: str) -> None:
    """A main button is a link with the light letters of a dark ground, and printers leave grounds out."""
    page = learner.new_page()
    page.goto(f"{gallery.address}assets/index.json")
    known = json.loads((gallery.folder / "gallery/index.json").read_text("utf-8"))
    module = {**RECORD["modules"]["listening"], "lessons": dict.fromkeys(known["parts"], "2026-11-02"), "questions": {}}
    put(page, "record", {**RECORD, "modules": {"gallery": module}, "review": {}})
    page.goto(gallery.address + where)
    use(page)
    if where in {"", "progress/"}:
        expect(page.locator(".share[data-share=all]").first).to_be_visible()
    page.emulate_media(media="print", color_scheme="light")
    expect(page.locator(".button:visible")).to_have_count(0)
    for sign in page.locator(".share:visible").all():
        expect(sign).to_have_css("print-color-adjust", "exact")


def test_what_is_closed_on_the_screen_is_open_on_paper(gallery: BuiltSite, printed: Callable[[str], Page]) -> None:
    """But for the menu, hints and answers: what someone prints to answer it does not say the answer below."""
    page = printed(gallery.address + "gallery/choice/")
    assert page.locator("details").count() > 3
    for details in page.locator("details:not(.hint, .key, .menu)").all():
        assert details.evaluate(
            "(e) => !e.open && [...e.children].every((child) => child.checkVisibility() && child.getBoundingClientRect().height > 0)"
        )


@pytest.mark.parametrize("where", ["gallery/choice/", "gallery/sorting/", "gallery/exercises/", "gallery/quiz/"])
def test_no_answer_is_on_paper_below_its_question_whatever_was_opened_and_checked(
    gallery: BuiltSite, printed: Callable[[str], Page], where: str
) -> None:
    page = printed(gallery.address + where)
    page.emulate_media(media="screen")
    for form in page.locator(".question form").all():
        form.evaluate(FILL)
        form.evaluate("(form) => form.querySelector('button[type=submit]')?.click()")
    for key in page.locator("details.key").all():
        key.evaluate("(key) => { key.open = true; }")
    page.emulate_media(media="print")
    for told in (".key", ".feedback", ".question__verdict", ".line__feedback"):
        expect(page.locator(f"main {told}").and_(page.locator(":visible"))).to_have_count(0)


def test_sheets_of_a_copy_begin_on_their_page_but_for_the_first(
    gallery: BuiltSite, printed: Callable[[str], Page]
) -> None:
    page = printed(gallery.address + "gallery/print/")
    breaks = page.locator(".sheet").evaluate_all("(all) => all.map((one) => getComputedStyle(one).breakBefore)")
    assert breaks[0] == "auto"
    assert set(breaks[1:]) == {"page"}


def test_pages_have_numbers(gallery: BuiltSite, printed: Callable[[str], Page]) -> None:
    page = printed(gallery.address + "gallery/steps/")
    rules = page.evaluate(
        "[...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSPageRule).map((rule) => rule.cssText)"
    )
    assert len(rules) == 1
    assert "counter(page)" in rules[0]


#: What the end of a page may cut although it is small: what has a frame, and headings with what belongs to them. Not the
#: card of a question, whose options stay together, and its prompt with them, nor rules, each of which stays whole.
CUT = """(most) => [...document.querySelectorAll("main *")].filter((element) => {
  const look = getComputedStyle(element), height = element.getBoundingClientRect().height;
  const framed = ["Top", "Bottom"].every((side) => parseFloat(look[`border${side}Width`]) > 0 && look[`border${side}Color`] !== "rgba(0, 0, 0, 0)");
  return element.checkVisibility() && (element.matches("h2, h3, h4") || (framed && look.display !== "inline" && height > 24 && height < most));
}).filter((element) => {
  for (let one = element; one; one = one.parentElement) if (getComputedStyle(one).breakInside === "avoid") return false;
  return !element.matches("input, select, textarea, .face, .check, .make, .exercise, .question, .rules");
}).map((element) => `${element.localName}.${element.className}`)"""


@pytest.mark.parametrize(
    "where", ["", "gallery/", "gallery/steps/", "gallery/exercises/", "gallery/choice/", "gallery/quiz/", "support/"]
)
def test_the_end_of_a_page_cuts_nothing_that_is_small(
    gallery: BuiltSite, printed: Callable[[str], Page], where: str
) -> None:
    """What would leave more than a fifth of an A4 page empty may be cut."""
    page = printed(gallery.address + where)
    page.set_viewport_size({"width": 680, "height": 1000})
    assert sorted(set(page.evaluate(CUT, 200))) == []


def test_every_moment_of_a_scenario_is_on_paper(gallery: BuiltSite, printed: Callable[[str], Page]) -> None:
    page = printed(gallery.address + "gallery/steps/")
    for section in page.locator("s-scenario section").all():
        expect(section).to_be_visible()


def test_links_to_other_sites_carry_their_address(gallery: BuiltSite, printed: Callable[[str], Page]) -> None:
    page = printed(gallery.address + "gallery/steps/")
    after = "(e) => getComputedStyle(e, '::after').content"
    assert page.get_by_role("link", name="another site").evaluate(after) == '" (https://example.org/page?a=1&b=2)"'
    assert page.get_by_role("link", name="the gallery").evaluate(after) in {"none", "normal"}


def test_paper_is_white_and_ink_is_black(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    """On a dark screen too."""
    page = open_page(gallery.address + "gallery/steps/", dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    style = page.evaluate(
        "(() => { const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]; })()"
    )
    assert style == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_a_page_fits_on_paper(gallery: BuiltSite, printed: Callable[[str], Page]) -> None:
    """A4 less its margins is some 680 px wide."""
    page = printed(gallery.address + "gallery/print/")
    page.set_viewport_size({"width": 680, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 680


def test_the_learners_copy_has_every_question_and_no_answer(
    gallery: BuiltSite, printed: Callable[[str], Page], curriculum: Curriculum
) -> None:
    page = printed(gallery.address + "gallery/print/")
    text = words(page)
    for question in questions(curriculum):
        assert plain(question.prompt.split("{{")[0]) in text, question.id
        assert [note for note in feedback_of(question) if plain(note) in text] == [], question.id
    expect(page.locator("details.key, .verdict, .option__feedback, [data-credit]")).to_have_count(0)


def test_the_learners_copy_has_no_better_words_for_what_is_rewritten(
    gallery: BuiltSite, printed: Callable[[str], Page], curriculum: Curriculum
) -> None:
    text = words(printed(gallery.address + "gallery/print/"))
    for original in originals(curriculum):
        assert plain(original.text) in text
        assert [model for model in original.models if plain(model) in text] == []


def test_the_answer_key_has_every_answer(
    gallery: BuiltSite, printed: Callable[[str], Page], curriculum: Curriculum
) -> None:
    text = words(printed(gallery.address + "gallery/print/key/"))
    for question in questions(curriculum):
        assert plain(question.prompt.split("{{")[0]) in text, question.id
        assert [answer for answer in key_of(question) if plain(answer) not in text] == [], question.id
        assert [part for part in (question.rationale or "").split("\n\n") if plain(part) not in text] == [], question.id


def test_the_answer_key_has_better_words_for_what_is_rewritten(
    gallery: BuiltSite, printed: Callable[[str], Page], curriculum: Curriculum
) -> None:
    text = words(printed(gallery.address + "gallery/print/key/"))
    for original in originals(curriculum):
        assert [line for line in (original.text, *original.models, original.why) if plain(line) not in text] == []


def test_the_copies_for_paper_need_no_script(gallery: BuiltSite, printed: Callable[[str], Page]) -> None:
    for address in ("gallery/print/", "gallery/print/key/", "gallery/print/facilitator/"):
        expect(printed(gallery.address + address).locator("script")).to_have_count(0)
