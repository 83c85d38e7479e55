"""No link leads to what is not shown: every anchor of the site is opened, and what it names can be seen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import BuiltSite
from tests.browser.pages import all_pages, file_of, kind_of, links

#: How many pages of a kind are looked at.
ENOUGH = 4

#: Follows each anchor of a page in turn. What is hidden, or is outside the window afterwards, has not been shown.
#: Of those that stand on the page for all to see, in nothing that opens, the first shows that the browser goes there.
UNSHOWN = """async (anchors) => {
  const unshown = [];
  const isPlain = (anchor) => {
    const target = document.getElementById(anchor);
    return target?.checkVisibility() && !target.closest("details, dialog, [popover], [hidden], s-scenario");
  };
  const first = anchors.find(isPlain);
  for (const anchor of anchors) {
    if (anchor !== first && isPlain(anchor)) continue;
    // A disclosure that an earlier link has opened says nothing about this one.
    for (const details of document.querySelectorAll("details[open]")) details.open = false;
    const there = new Promise((follow) => addEventListener("hashchange", follow, {once: true}));
    location.hash = anchor;
    await there;
    await new Promise(requestAnimationFrame);
    const target = document.getElementById(anchor);
    const box = target?.getBoundingClientRect();
    const shown = target?.checkVisibility() && box.top < innerHeight && box.bottom > 0
      && (target.localName !== "details" || target.open);
    if (!shown) unshown.push(anchor);
  }
  return unshown;
}"""


def searched(folder: Path) -> Iterator[tuple[str, str]]:
    """The page and the anchor of everything that the search can lead to."""
    for path in (folder / "assets/search").glob("page-*.json"):
        _, _, _, page, sections = json.loads(path.read_text("utf-8"))
        for _, anchor, _ in sections:
            yield page, anchor.removeprefix("#")


def anchors(folder: Path) -> dict[str, list[str]]:
    """Which anchors of each page something leads to: a link of any page, or the search."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in all_pages(folder):
        for element, target, anchor in links(folder, path):
            if element.tag == "a" and file_of(folder, target).suffix == ".html":
                found[target].add(anchor)
    places = list(searched(folder))
    assert len(places) > len({page for page, _ in places}) > 1
    for target, anchor in places:
        found[target].add(anchor)
    return {target: sorted(names - {""}) for target, names in sorted(found.items()) if names - {""}}


def test_every_anchor_shows_what_it_leads_to(built: BuiltSite, open_page: Callable[..., Page]) -> None:
    found = anchors(built.folder)
    assert "main" in found["glossary/"] and any(name.startswith("term-") for name in found["glossary/"])
    page = open_page(built.address)
    hidden = {}
    # The gallery has each kind of thing that is led to: of pages of a kind those are enough that have most of them.
    kinds: dict[str, list[str]] = defaultdict(list)
    for target in sorted(found, key=lambda target: (-len(found[target]), target)):
        kinds[kind_of(file_of(built.folder, target))].append(target)
    for target in (target for targets in kinds.values() for target in targets[:ENOUGH]):
        page.goto(built.address + target)
        hidden[target] = page.evaluate(UNSHOWN, found[target])
    assert {target: names for target, names in hidden.items() if names} == {}


def test_a_disclosure_opens_for_whoever_comes_to_what_is_in_it(
    gallery: BuiltSite, open_page: Callable[..., Page]
) -> None:
    """In a browser too that does not open it by itself."""
    page = open_page(f"{gallery.address}gallery/steps/#in-short")
    short = page.locator("details.short")
    expect(short).to_have_attribute("open", "")
    page.evaluate("document.querySelector('details.short').open = false; location.hash = ''")
    page.evaluate(
        "() => { history.replaceState(null, '', '#in-short'); dispatchEvent(new HashChangeEvent('hashchange')); }"
    )
    expect(short).to_have_attribute("open", "")


def test_a_moment_shows_for_whoever_comes_to_its_heading(gallery: BuiltSite, open_page: Callable[..., Page]) -> None:
    page = open_page(gallery.address + "gallery/steps/")
    headings = page.locator("s-scenario section :is(h3, h4)[id]").evaluate_all("(all) => all.map((one) => one.id)")
    assert len(headings) > 3
    for heading in headings:
        page.goto("about:blank")
        page.goto(f"{gallery.address}gallery/steps/#{heading}")
        if "debrief" not in heading:
            expect(page.locator(f"[id='{heading}']")).to_be_visible()
