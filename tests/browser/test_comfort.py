"""Pages as learners set them: text size, spacing, letters and scheme together, on narrow screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BuiltSite, served
from tests.browser.learner import seed
from tests.browser.pages import address_of, all_pages, one_of_each_type
from tests.browser.test_accessibility import OPEN_ALL, TEXT_SPACING

NARROW, NARROWEST = 320, 256

#: The choices of the page “Reading comfort” that change the layout, set as that page sets them, all with all. What is
#: wider than the window is measured for each. A table may scroll in a box that can be focused.
COMBINATIONS = """() => {
  const html = document.documentElement;
  const choices = {scheme: ["", "dark"], size: ["", "large", "larger", "largest"], spacing: ["", "wide", "wider"], font: ["", "plain", "even"]};
  const all = Object.entries(choices).reduce(
    (before, [name, values]) => before.flatMap((one) => values.map((value) => ({...one, [name]: value}))), [{}]);
  const wide = [];
  for (const chosen of all) {
    for (const [name, value] of Object.entries(chosen)) value ? html.dataset[name] = value : delete html.dataset[name];
    if (html.scrollWidth > html.clientWidth) {
      const out = [...document.querySelectorAll("main *, header *, footer *")].filter((e) =>
        e.getBoundingClientRect().right > html.clientWidth + 1 && !e.closest("[tabindex='0'], .vh"));
      wide.push(`${JSON.stringify(chosen)}: ${html.scrollWidth} px, ${out.slice(-1).map((e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 30)}`)}`);
    }
  }
  for (const name of Object.keys(choices)) delete html.dataset[name];
  return [all.length, wide.slice(0, 3)];
}"""

#: Elements with words of their own whose letters, words or lines stand closer than was chosen for the page. Headings
#: and names in them keep their lines, gaps in a text more room; what lies on a picture is no text of the page.
UNREACHED = """() => {
  const html = document.documentElement;
  html.dataset.spacing = "wider";
  const root = getComputedStyle(html);
  const own = (element) => element.matches("button, input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const found = [...document.body.querySelectorAll("*")].filter((element) => {
    if (!element.checkVisibility() || !own(element) || element.closest("svg, option")) return false;
    const style = getComputedStyle(element);
    const lines = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
    return style.letterSpacing !== root.letterSpacing || style.wordSpacing !== root.wordSpacing
      || (lines < 2.09 && !element.closest("h1, h2, h3, h4"));
  }).map((element) => `${element.tagName}.${element.className}`);
  delete html.dataset.spacing;
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def small_site(small: Path) -> Iterator[BuiltSite]:
    with served(small) as address:
        yield BuiltSite(small, address)


def every_page(site: BuiltSite) -> list[str]:
    return [address_of(site.folder, path) for path in all_pages(site.folder)]


@pytest.fixture(params=["gallery", "site"])
def pages(request: pytest.FixtureRequest) -> tuple[BuiltSite, list[str]]:
    """All of the gallery, which has every kind of page, and of the shipped curriculum a page of each type and every fortieth."""
    site: BuiltSite = request.getfixturevalue(request.param)
    everything = every_page(site)
    if request.param == "site":
        everything = sorted({*one_of_each_type(site.folder), *everything[::40]})
    return site, everything


def opened(open_page: Callable[..., Page], site: BuiltSite, addresses: list[str], width: int) -> Iterator[Any]:
    page = open_page(site.address + addresses[0], width="narrow")
    page.set_viewport_size({"width": width, "height": 900})
    seed(page.context, site.address)
    for address in addresses:
        page.goto(site.address + address)
        if address.endswith("progress/"):  # what it shows it has to load first
            expect(page.locator(".whole .share").first).to_be_visible()
        page.evaluate(OPEN_ALL)
        yield address, page


def test_no_choice_of_comfort_makes_a_page_scroll_sideways(
    pages: tuple[BuiltSite, list[str]], open_page: Callable[..., Page]
) -> None:
    found = {}
    for address, page in opened(open_page, *pages, NARROW):
        count, wide = page.evaluate(COMBINATIONS)
        assert count == 2 * 4 * 3 * 3
        found[address] = wide
    assert {address: wide for address, wide in found.items() if wide} == {}


def test_no_page_scrolls_sideways_on_the_narrowest_screen_with_text_spacing(
    pages: tuple[BuiltSite, list[str]], open_page: Callable[..., Page]
) -> None:
    """256 px is a window of 1280 px at 500 %."""
    found = {}
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for address, page in opened(open_page, *pages, NARROWEST):
        found[address] = [page.evaluate(wider)]
        page.evaluate(TEXT_SPACING)
        found[address].append(page.evaluate(wider))
    assert {address: by for address, by in found.items() if any(by)} == {}


def test_the_space_that_was_chosen_reaches_everything_with_words(
    gallery: BuiltSite, small_site: BuiltSite, open_page: Callable[..., Page]
) -> None:
    found = set()
    for site in (gallery, small_site):
        for _, page in opened(open_page, site, every_page(site), NARROW):
            found.update(page.evaluate(UNREACHED))
    assert found == set()


#: Lets every list of like things grow, one after the other, and says which makes the page wider. Cells of a table and
#: words in a line are no such lists.
GROWN = """() => {
  const root = document.documentElement, wide = [];
  for (const parent of document.querySelectorAll("main *, nav, nav *, footer *")) {
    const [first, ...others] = parent.children;
    const alike = first && others.every((one) => one.tagName === first.tagName && one.className === first.className);
    const inline = !/flex|grid/.test(getComputedStyle(parent).display) && getComputedStyle(first ?? parent).display === "inline";
    if (!alike || inline || parent.closest("table, svg, select") || parent.matches("li")) continue;
    const added = Array.from({ length: 60 }, () => first.cloneNode(true));
    parent.append(...added);
    if (root.scrollWidth > root.clientWidth) wide.push(parent.localName + "." + parent.className);
    for (const one of added) one.remove();
  }
  return wide;
}"""


def test_no_list_that_grows_makes_a_page_scroll_sideways(open_page: Callable[..., Page], gallery: BuiltSite) -> None:
    """Others have more modules, lessons and options than any site that is tried here."""
    addresses = one_of_each_type(gallery.folder)
    found = {}
    for address, page in opened(open_page, gallery, addresses, NARROW):
        found[address] = page.evaluate(GROWN)
    assert {address: wide for address, wide in found.items() if wide} == {}


def test_what_a_later_version_offers_stays_chosen(open_page: Callable[..., Page], small_site: BuiltSite) -> None:
    page = open_page(small_site.address + "comfort/")
    name = page.evaluate(
        """() => {
          const name = `alongside:${new URL("../", location.href).pathname}:comfort`;
          localStorage.setItem(name, JSON.stringify({ruler: "wide", font: "newer", size: "large", odd: 5}));
          return name;
        }"""
    )
    page.goto(small_site.address + "comfort/")
    page.locator("p-comfort input[name=scheme][value=dark]").check()
    expect(page.locator("p-comfort [data-said]")).not_to_be_empty()
    kept = page.evaluate("name => JSON.parse(localStorage.getItem(name))", name)
    assert kept == {"ruler": "wide", "font": "newer", "size": "large", "odd": 5, "scheme": "dark"}
    page.locator("p-comfort input[name=size][value='']").check()
    page.locator("p-comfort input[name=font][value=plain]").check()
    kept = page.evaluate("name => JSON.parse(localStorage.getItem(name))", name)
    assert kept == {"ruler": "wide", "font": "plain", "odd": 5, "scheme": "dark"}
