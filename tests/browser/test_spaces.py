"""Things that can be chosen do not touch, and links that are called alike lead to one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import BuiltSite, served
from tests.browser.keeping import use
from tests.browser.learner import RECORD, put, seed, stored
from tests.browser.pages import address_of, all_pages, elements, links, one_of_each_type, text_of
from tests.browser.test_accessibility import OPEN_ALL

#: Pairs of buttons, fields and what a page says of them that are nearer to each other than `least` pixels.
TOUCHING = """(least) => {
  const boxes = [...document.querySelectorAll("main :is(.button, button, input:not([type=radio], [type=checkbox]), select, textarea, [role=status])")]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height > 0 && (!element.matches("[role=status]") || element.textContent.trim()))
    .map((element) => [element, element.getBoundingClientRect()]);
  const found = [];
  for (const [at, [one, a]] of boxes.entries())
    for (const [other, b] of boxes.slice(at + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const across = Math.max(a.left - b.right, b.left - a.right), down = Math.max(a.top - b.bottom, b.top - a.bottom);
      if (Math.max(across, down) < least)
        found.push([one, other].map((e) => `${e.localName}.${e.className} ${e.textContent.trim().slice(0, 20)}`).join(" | "));
    }
  return found;
}"""
LEAST = 5

#: Every empty status says something, as it does at some time.
SAYING = """() => {
  for (const status of document.querySelectorAll("[role=status]")) status.textContent ||= "Kept.";
}"""


def test_nothing_that_can_be_chosen_touches_another(
    gallery: BuiltSite, small: Path, open_page: Callable[..., Page]
) -> None:
    found: dict[str, Any] = {}
    with served(small) as address:
        for site in (BuiltSite(small, address), gallery):
            page = open_page(site.address)
            seed(page.context, site.address)
            for name in site.pages:
                page.goto(site.address + name)
                use(page)
                page.evaluate(OPEN_ALL)
                page.evaluate(SAYING)
                for width in (1280, 390, 320):
                    page.set_viewport_size({"width": width, "height": 900})
                    found[f"{name} at {width}"] = page.evaluate(TOUCHING, LEAST)
    assert {name: pairs for name, pairs in found.items() if pairs} == {}


#: What stands wrongly in its box, whatever stands beside it: words of a button to one side of it, a bar whose links
#: reach its edge, words above a table of which a part is out of sight, headings of columns above nothing.
ASKEW = """() => {
  const shown = (css) => [...document.querySelectorAll(css)].filter((element) => element.checkVisibility());
  const found = shown(".button").filter((e) => getComputedStyle(e).textAlign !== "center").map((e) => `to one side: ${e.textContent}`);
  const bar = document.querySelector(".bar").getBoundingClientRect();
  for (const link of shown(".bar :is(a, summary)")) {
    const box = link.getBoundingClientRect();
    if (!link.closest(".menu > ul") && (box.top - bar.top < 4 || bar.bottom - box.bottom < 4)) found.push(`at the edge of the bar: ${link.textContent}`);
  }
  for (const caption of shown(".table caption")) {
    const words = document.createRange();
    words.selectNodeContents(caption);
    if (words.getBoundingClientRect().width > caption.closest(".table").clientWidth + 1) found.push(`out of sight: ${caption.textContent}`);
  }
  for (const table of shown("table"))
    if (![...table.querySelectorAll("tbody tr")].some((row) => row.checkVisibility())) found.push(`nothing in: ${table.textContent.trim().slice(0, 40)}`);
  return found;
}"""


def test_words_stand_well_in_their_boxes(built: BuiltSite, open_page: Callable[..., Page]) -> None:
    """On pages of every type, for whoever comes for the first time."""
    found: dict[str, Any] = {}
    page = open_page(built.address)
    for name in one_of_each_type(built.folder):
        page.goto(built.address + name)
        use(page)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            found[f"{name} at {width}"] = page.evaluate(ASKEW)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_number_stands_beside_its_title(site: BuiltSite, open_page: Callable[..., Page]) -> None:
    address = next(name for name in site.pages if name.startswith("paths/"))
    page = open_page(site.address + address, width="narrow")
    tops = page.locator(".cards--numbered .card__title").evaluate_all(
        """(titles) => titles.map((title) => {
          const number = parseFloat(getComputedStyle(title, "::before").width), link = title.querySelector("a");
          return link.getBoundingClientRect().left - title.getBoundingClientRect().left >= number;
        })"""
    )
    assert tops and all(tops)


def test_links_of_one_part_of_a_page_that_are_called_alike_lead_to_one_place(built: BuiltSite) -> None:
    """WCAG 2.4.9: a list of links is read without what stands around them."""
    alike = []
    for path in all_pages(built.folder):
        parts = {child: element for element in elements(path) for child in element}
        called: dict[tuple[Any, str], set[tuple[str, str]]] = defaultdict(set)
        for element, target, anchor in links(built.folder, path):
            part = element
            while element.tag == "a" and part.tag not in {"nav", "main", "footer", "header", "body"}:
                part = parts[part]
            if element.tag == "a":
                called[part, text_of(element)].add((target, anchor))
        alike += [(address_of(built.folder, path), name) for (_, name), targets in called.items() if len(targets) > 1]
    assert alike == []


def test_confidence_before_and_after_is_whole_on_a_narrow_screen(small: Path, open_page: Callable[..., Page]) -> None:
    """The drawing and its table, from either end of the scale, with the largest letters."""
    cut = """() => {
      const box = document.querySelector(".plot").getBoundingClientRect();
      return [...document.querySelectorAll(".plot text")].map((text) => text.getBoundingClientRect())
        .filter((one) => one.left < box.left || one.right > box.right || one.top < box.top || one.bottom > box.bottom).length;
    }"""
    with served(small) as address:
        page = open_page(f"{address}progress/", width="narrow")
        for first, last in ((0, 4), (4, 0), (2, 2), (1, 3)):
            step = {"step": "a", "of": 5, "at": "2026-11-02"}
            confidence = {"before": {**step, "place": first}, "after": {**step, "place": last}}
            put(
                page,
                "record",
                {**RECORD, "modules": {"listening": {**RECORD["modules"]["listening"], "confidence": confidence}}},
            )
            page.reload()
            expect(page.locator(".plot text")).to_have_text(["Before", "After"])
            assert stored(page, "record")["modules"]["listening"]["confidence"] == confidence
            for size in ("", "largest"):
                page.evaluate("(size) => { document.documentElement.dataset.size = size; }", size)
                assert (first, last, size, page.evaluate(cut)) == (first, last, size, 0)
                assert page.evaluate("document.documentElement.scrollWidth") == 320
