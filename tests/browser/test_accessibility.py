"""What accessibility.md §5 and §6 promise, measured in a browser. What only a person can judge is listed there."""

from __future__ import annotations

import itertools
import string
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import WIDTHS, BuiltSite
from tests.browser.keeping import use
from tests.browser.pages import one_of_each_type, spread

HEIGHT = 900
#: Each width and each scheme once: what depends on one does not depend on the other.
VIEWS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((WIDTHS["wide"], "light"), (WIDTHS["narrow"], "dark"))
LESSON = "gallery/steps/"

#: Opens everything that a reader can open, and shows every moment of every scenario.
#: But for the menu, which lies over what is below it as long as it is open.
OPEN_ALL = """() => {
  for (const details of document.querySelectorAll("details:not(.menu)")) details.open = true;
  for (const hidden of document.querySelectorAll("[hidden]")) hidden.hidden = false;
}"""

#: WCAG 1.4.12. A style sheet made in script is not the page's, so the policy lets it be.
TEXT_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                     p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [sheet];
}"""

#: What is wider than the page, and text that is cut off. Tables may scroll in a box that can be focused.
OVERFLOWING = """() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide`);
  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    // Firefox shortens the name of a file by itself, with dots in the middle.
    if (element.matches("[type=file]") || element.closest(".vh, .skip, [tabindex='0'], [hidden]") || style.overflowX === "visible" || style.display === "inline") continue;
    if (element.scrollWidth > element.clientWidth + 1) found.push(`${element.tagName}.${element.className} is cut off`);
  }
  return found;
}"""

#: The stop at which the keyboard is: what it is, where, and whether it can be seen.
STOP = """async () => {
  // The browser has scrolled to it once a frame was drawn.
  for (const _ of "12") await new Promise(requestAnimationFrame);
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const region = element.closest("header, main, nav.contents, footer");
  const points = [[box.left + box.width / 2, box.top + box.height / 2], [box.left + 3, box.top + Math.min(12, box.height / 2)]];
  return {
    name: `${element.tagName} ${(element.id || element.textContent.trim()).slice(0, 40)}`,
    region: region ? region.className : "skip",
    box: {left: box.left, top: box.top + scrollY, width: box.width, height: box.height, bottom: box.bottom + scrollY},
    // A browser scrolls a field for many lines only as far as its first line.
    inside: box.width > 0 && box.left >= 0 && box.right <= innerWidth
      && Math.min(box.bottom, innerHeight) - Math.max(box.top, 0) >= Math.min(box.height, 24) - 1,
    onTop: points.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (element.contains(top) || top.contains(element)); }),
    shown: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && !/, 0\\)|transparent/.test(style.outlineColor),
    media: ["AUDIO", "VIDEO"].includes(element.tagName),
  };
}"""

#: Brings every picture. One that arrives while the keyboard moves would move what is below it.
PICTURES = """async () => {
  for (const picture of document.images) picture.loading = "eager";
  await Promise.all([...document.images].map((picture) => picture.decode()));
}"""

#: Everything that a page says and offers, to see whether anything changes.
#: What is chosen in a list stands below it again where the list cuts it off: that belongs to the field, and is not heard.
SNAPSHOT = """() => {
  const body = document.body.cloneNode(true);
  for (const echo of body.querySelectorAll(".chosen[aria-hidden=true]")) echo.remove();
  return [location.href, document.title, body.innerHTML, scrollX].join("\\n");
}"""


@pytest.fixture
def visit(open_page: Callable[..., Page]) -> Callable[..., Iterator[tuple[str, Page]]]:
    """Opens addresses of a site one after another in one context."""

    def walk(site: BuiltSite, addresses: list[str], **options: Any) -> Iterator[tuple[str, Page]]:
        page = open_page(site.address + addresses[0], **options)
        for address in addresses:
            if page.url != site.address + address:
                page.goto(site.address + address)
            yield address, page

    return walk


def fields(page: Page) -> Locator:
    """Everything that can be filled in, except what stands in a closed disclosure."""
    return page.locator("input:visible, select:visible, textarea:visible")


# ------------------------------------------------------------------- rule engine


def test_axe_finds_nothing_on_any_type_of_page(
    built: BuiltSite, visit: Callable[..., Any], violations: Callable[[Page], list[str]]
) -> None:
    found = []
    for address, page in visit(built, one_of_each_type(built.folder)):
        for width, scheme in VIEWS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=scheme)
            found += [f"{address} {width} {scheme} {violation}" for violation in violations(page)]
    assert found == []


def test_axe_finds_nothing_in_any_kind_of_question_exercise_or_step(
    gallery: BuiltSite, visit: Callable[..., Any], violations: Callable[[Page], list[str]]
) -> None:
    """With everything open, every answer checked, and an answer missing."""
    found = []
    pages = [
        page for page in gallery.pages if page.startswith("gallery/") and page.count("/") == 2 and "print" not in page
    ]
    for place, (address, page) in enumerate(visit(gallery, pages)):
        for form in page.locator(".question__form").all():
            submit = form.locator("button[type=submit]")
            submit.click()
            if place % 2 and form.locator("[data-credit]").count():
                form.locator("[data-credit]").last.check()
                submit.click()
        page.evaluate(OPEN_ALL)
        for width, scheme in VIEWS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=scheme)
            found += [f"{address} {width} {scheme} {violation}" for violation in violations(page)]
    assert found == []


def test_axe_finds_nothing_in_forced_colours(
    gallery: BuiltSite, visit: Callable[..., Any], violations: Callable[[Page], list[str]]
) -> None:
    for address, page in visit(gallery, ["", LESSON, "gallery/choice/", "gallery/exercises/"], forced_colors="active"):
        page.evaluate(OPEN_ALL)
        assert (address, violations(page)) == (address, [])


# ------------------------------------------------------------------ ways to see it


def test_controls_and_focus_keep_an_edge_in_forced_colours(gallery: BuiltSite, visit: Callable[..., Any]) -> None:
    edges = """() => [...document.querySelectorAll("button, .button, input, select, textarea, .option, .choices a, .steps a")]
      .filter((e) => e.checkVisibility()).filter((e) => {
        const style = getComputedStyle(e), native = ["radio", "checkbox"].includes(e.type);
        return !native && (style.borderTopStyle === "none" || parseFloat(style.borderTopWidth) < 1 || style.borderTopColor === style.backgroundColor);
      }).map((e) => e.outerHTML.slice(0, 80))"""
    for address, page in visit(gallery, ["", LESSON, "gallery/choice/", "gallery/exercises/"], forced_colors="active"):
        page.evaluate(OPEN_ALL)
        assert (address, page.evaluate(edges)) == (address, [])
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate(STOP)["shown"]


def test_the_chosen_option_is_marked_in_forced_colours(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + "gallery/choice/", forced_colors="active")
    page.get_by_label("One second").check()
    outline = "(e) => getComputedStyle(e).outlineStyle"
    option = page.locator(".option")
    assert option.filter(has_text="One second").first.evaluate(outline) == "solid"
    assert option.filter(has_text="Three seconds").first.evaluate(outline) == "none"


def test_nothing_is_cut_off_and_no_page_scrolls_sideways(built: BuiltSite, visit: Callable[..., Any]) -> None:
    """At 320 px (WCAG 1.4.10), and with more room between lines, words and letters (1.4.12)."""
    found = {}
    for address, page in visit(built, spread(built.folder), width="narrow"):
        page.evaluate(OPEN_ALL)
        found[address] = page.evaluate(OVERFLOWING)
        page.evaluate(TEXT_SPACING)
        found[address] += [f"with text spacing {fault}" for fault in page.evaluate(OVERFLOWING)]
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_lines_are_short_and_set_with_room(built: BuiltSite, visit: Callable[..., Any]) -> None:
    """WCAG 1.4.8: no more than 80 characters, 1.5 lines apart, not justified."""
    measure = """() => [...document.querySelectorAll("main p")].filter((p) => p.checkVisibility()).map((p) => {
        const style = getComputedStyle(p), context = document.createElement("canvas").getContext("2d");
        context.font = style.font;
        const letter = context.measureText("abcdefghijklmnopqrstuvwxyz ".repeat(4)).width / 108;
        return [p.clientWidth / letter, parseFloat(style.lineHeight) / parseFloat(style.fontSize), style.textAlign, p.textContent.slice(0, 40)];
      })"""
    for address, page in visit(built, one_of_each_type(built.folder)):
        for characters, lines, align, text in page.evaluate(measure):
            if len(text) == 40:
                assert characters <= 80, (address, text)
                assert lines >= 1.29, (address, text)
                assert align == "start", (address, text)


def test_nothing_moves_by_itself(gallery: BuiltSite, visit: Callable[..., Any]) -> None:
    """How far down a lesson someone is moves only as they do."""
    by_itself = "document.getAnimations().filter(({timeline}) => timeline instanceof DocumentTimeline).length"
    for address, page in visit(gallery, gallery.pages):
        assert (address, page.evaluate(by_itself)) == (address, 0)


# ---------------------------------------------------------------------- keyboard


def walk(page: Page) -> list[dict[str, Any]]:
    """Every stop of the Tab key, from the top of a page to its end."""
    page.evaluate(PICTURES)
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        stops.append(stop)
    pytest.fail(f"the keyboard does not get past {stops[-1]['name']}")


@pytest.mark.parametrize("width", WIDTHS)
def test_every_stop_of_the_tab_key_can_be_seen(
    gallery: BuiltSite, site: BuiltSite, visit: Callable[..., Any], width: str
) -> None:
    lesson = next(
        page
        for page in one_of_each_type(site.folder)
        if page.count("/") == 2 and "print" not in page and "path" not in page
    )
    for where, addresses in ((gallery, [LESSON, "gallery/matching/", ""]), (site, [lesson])):
        for address, page in visit(where, addresses, width=width):
            stops = walk(page)
            assert len(stops) > 10
            assert [stop["name"] for stop in stops if not stop["inside"]] == [], address
            assert [stop["name"] for stop in stops if not stop["onTop"]] == [], address
            assert [stop["name"] for stop in stops if not stop["shown"]] == [], address


@pytest.mark.parametrize("width", WIDTHS)
def test_the_tab_key_goes_down_the_page(gallery: BuiltSite, open_page: Callable[..., Page], width: str) -> None:
    """Region by region, and inside each from top to bottom, from left to right."""
    stops = walk(open_page(gallery.address + LESSON, width=width))
    regions = list(dict.fromkeys(stop["region"] for stop in stops))
    assert regions == ["skip", "bar", *(["contents"] if width == "wide" else []), "main", "foot"]
    for before, after in itertools.pairwise(stops):
        if before["region"] != after["region"]:
            continue
        below = after["box"]["bottom"] >= before["box"]["bottom"] - 2
        beside = after["box"]["left"] > before["box"]["left"]
        assert below or beside, (before, after)


def test_the_skip_link_moves_to_the_main_part(built: BuiltSite, visit: Callable[..., Any]) -> None:
    for address, page in visit(built, one_of_each_type(built.folder)):
        page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to content")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport(ratio=1)
        page.keyboard.press("Enter")
        expect(page.get_by_role("main"), address).to_be_focused()


def test_the_contents_open_by_a_button_on_a_narrow_screen(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON, width="narrow")
    button = page.get_by_role("button", name="Contents", exact=True)
    contents = page.get_by_role("navigation", name="Gallery")
    for opening, closing in (("Enter", "Enter"), ("Space", "Space"), ("Enter", "Escape")):
        button.focus()
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(contents).to_be_hidden()
        page.keyboard.press(opening)
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(contents).to_be_visible()
        page.keyboard.press("Tab")
        expect(contents.get_by_role("link").first).to_be_focused()
        page.keyboard.press("Escape") if closing == "Escape" else button.press(closing)
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(button).to_be_focused()
        expect(contents).to_be_hidden()
    assert (
        page.evaluate(
            "document.getElementById(document.querySelector('[aria-controls]').getAttribute('aria-controls')).tagName"
        )
        == "NAV"
    )


def test_the_contents_stand_beside_the_lesson_on_a_wide_screen(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    page = open_page(gallery.address + LESSON)
    expect(page.get_by_role("button", name="Contents", exact=True)).to_be_hidden()
    contents = page.get_by_role("navigation", name="Gallery")
    expect(contents.get_by_role("link", name="Every kind of step")).to_have_attribute("aria-current", "page")
    page.keyboard.press("Escape")
    expect(contents).to_be_visible()


def test_no_letter_does_anything(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + LESSON)
    before = page.evaluate(SNAPSHOT)
    for key in string.ascii_letters + string.digits + ".,/?!<>[]-+=;":
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement === document.body && scrollY === 0"), key
    assert page.evaluate(SNAPSHOT) == before


@pytest.mark.parametrize("kind", ["choice", "judgement", "confidence"])
def test_arrow_keys_choose_and_do_nothing_else(gallery: BuiltSite, open_page: Callable[..., Page], kind: str) -> None:
    page = open_page(f"{gallery.address}gallery/{kind}/")
    radios = page.get_by_role("group").filter(has=page.locator("legend")).first.get_by_role("radio")
    before = page.evaluate(SNAPSHOT)
    radios.first.focus()
    assert radios.count() > 1
    for place in range(1, radios.count()):
        page.keyboard.press("ArrowDown")
        expect(radios.nth(place)).to_be_checked()
        expect(radios.nth(place)).to_be_focused()
    assert page.evaluate(SNAPSHOT) == before


def test_no_field_changes_anything_but_itself(gallery: BuiltSite, visit: Callable[..., Any]) -> None:
    """WCAG 3.2.1 and 3.2.2, for every field of every kind."""
    pages = [page for page in gallery.pages if page.startswith("gallery/") and page.count("/") == 2]
    seen = set()
    for address, page in visit(gallery, pages):
        use(page)
        before = page.evaluate(SNAPSHOT)
        for field in fields(page).all():
            if field.evaluate("(e) => e.closest('.keep, .finish') !== null"):
                continue  # ticking these is how someone asks for what they do
            field.focus()
            kind = field.evaluate("(e) => e.tagName === 'INPUT' ? e.type : e.tagName")
            seen.add(kind)
            if kind == "SELECT":
                field.select_option(index=1)
            elif kind in {"radio", "checkbox"}:
                field.check()
            else:
                field.press_sequentially("a b")
            assert field.evaluate("(e) => document.activeElement === e"), address
        page.keyboard.press("Tab")
        assert page.evaluate(SNAPSHOT) == before, address
    assert seen == {"radio", "checkbox", "text", "SELECT", "TEXTAREA"}


# ----------------------------------------------------------------------- targets

#: Targets that are too small. A label belongs to the target of its box; a link inside a sentence is
#: exempt from both criteria if lines are 24 px apart, so that no other target comes nearer.
SMALL = """() => {
  const found = [];
  const own = (element, link) => {
    const copy = element.cloneNode(true);
    for (const other of copy.querySelectorAll("a, .vh")) other.remove();
    return copy.textContent.replace(/[\\s·,;.:|]/g, "") === "";
  };
  for (const element of document.querySelectorAll("a[href], button, summary, input, select, textarea")) {
    if (!element.checkVisibility({visibilityProperty: true}) || element.matches(".skip")) continue;
    const boxes = [element, ...(element.matches("[type=radio], [type=checkbox]") ? element.labels : [])].map((e) => e.getBoundingClientRect());
    const width = Math.max(...boxes.map((b) => b.right)) - Math.min(...boxes.map((b) => b.left));
    const height = Math.max(...boxes.map((b) => b.bottom)) - Math.min(...boxes.map((b) => b.top));
    const around = element.closest("li, p, h2, h3, td, th, dd");
    const alone = !element.matches("a") || !around || own(around, element);
    const lines = parseFloat(getComputedStyle(element).lineHeight);
    if (alone ? height < 44 || width < 44 : height < 24 && lines < 24)
      found.push(`${element.tagName}.${element.parentElement.className} ${Math.round(width)} × ${Math.round(height)} ${element.textContent.trim().slice(0, 30)}`);
  }
  return [...new Set(found)];
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large_enough(built: BuiltSite, visit: Callable[..., Any], width: str) -> None:
    found = {}
    addresses = built.pages if "gallery/" in built.pages else one_of_each_type(built.folder)
    for address, page in visit(built, addresses, width=width):
        page.evaluate(OPEN_ALL)
        found[address] = page.evaluate(SMALL)
    assert {address: targets for address, targets in found.items() if targets} == {}


@pytest.mark.parametrize("width", ["narrow", "wide"])
def test_the_menu_has_everything_of_ones_own_and_closes_when_one_goes_on(
    gallery: BuiltSite, open_page: Callable[..., Page], violations: Callable[[Page], list[str]], width: str
) -> None:
    page = open_page(gallery.address + LESSON, width=width)
    menu, summary = page.locator(".menu"), page.locator(".menu > summary")
    own = {"Review", "Your journal", "Reading comfort", "Glossary"}
    for closing in ("Escape", "outside", "past the end"):
        summary.focus()
        page.keyboard.press("Enter")
        expect(menu).to_have_attribute("open", "")
        assert violations(page) == []
        shown = set(menu.get_by_role("link").all_inner_texts())
        assert shown == (own | {"Search", "Your progress", "All pages"} if width == "narrow" else own)
        if closing == "Escape":
            page.keyboard.press("Tab")
            page.keyboard.press("Escape")
            expect(summary).to_be_focused()
        elif closing == "outside":
            page.mouse.click(8, 700)
        else:
            for _ in range(len(shown) + 1):
                page.keyboard.press("Tab")
        expect(menu).not_to_have_attribute("open", "")
    help_link = page.get_by_role("navigation", name="Site").get_by_role("link", name="Get help now")
    expect(help_link).to_be_in_viewport(ratio=1)
