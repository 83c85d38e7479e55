"""Pages written from right to left, as a later language will be: turned round, whatever their words are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, BuiltSite
from tests.browser.keeping import use
from tests.browser.learner import FILL
from tests.browser.pages import one_of_each_type
from tests.browser.test_accessibility import OPEN_ALL, OVERFLOWING

TURN = "document.documentElement.dir = 'rtl'"
#: Pages with every kind of step, of answers in lines, and with YAML to copy.
PAGES = (
    "gallery/steps/",
    "gallery/exercises/",
    "gallery/choice/",
    "gallery/sorting/",
    "gallery/ordering/",
    "gallery/quiz/",
)

#: Signs whose gap is not between them and their word: each with its state.
TOUCHING_SIGNS = """() => [...document.querySelectorAll("[data-state] > * > .sign")].filter((e) => e.checkVisibility()).flatMap((sign) => {
  const look = getComputedStyle(sign, "::before"), size = parseFloat(look.fontSize);
  const gap = parseFloat(look.marginInlineEnd) / size, same = look.direction === getComputedStyle(sign).direction;
  return gap >= 0.4 && same ? [] : [`${sign.closest("[data-state]").dataset.state}: ${gap} em, ${look.direction}`];
})"""

#: What is written for a machine, which no language turns round, or that is much smaller than the words around it.
TURNED_CODE = """() => [...document.querySelectorAll("code, pre")].flatMap((code) => {
  const look = getComputedStyle(code), size = parseFloat(look.fontSize) / parseFloat(getComputedStyle(code.parentElement).fontSize);
  return look.direction === "ltr" && size > 0.8 ? [] : [`${code.localName} ${code.textContent.slice(0, 20)}: ${look.direction}, ${size}`];
})"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off_where_lines_go_to_the_left(
    gallery: BuiltSite, open_page: Callable[..., Page], width: str
) -> None:
    found: dict[str, Any] = {}
    page = open_page(gallery.address, width=width)
    for address in sorted({*one_of_each_type(gallery.folder), *PAGES}):
        page.goto(gallery.address + address)
        use(page)
        page.evaluate(TURN)
        page.evaluate(OPEN_ALL)
        found[address] = page.evaluate(OVERFLOWING)
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize("turned", [False, True], ids=["to the right", "to the left"])
def test_signs_stand_apart_from_their_words_and_code_is_not_turned(
    gallery: BuiltSite, open_page: Callable[..., Page], turned: bool
) -> None:
    found = {}
    page = open_page(gallery.address)
    for address in PAGES:
        page.goto(gallery.address + address)
        use(page)
        if turned:
            page.evaluate(TURN)
        for form in page.locator(".question__form").all():
            form.evaluate(FILL)
            form.locator("button[type=submit]").first.click()
        found[address] = page.evaluate(TOUCHING_SIGNS) + page.evaluate(TURNED_CODE)
        if address in {"gallery/choice/", "gallery/sorting/"}:
            assert page.locator("[data-state] > * > .sign").count()
    assert {address: faults for address, faults in found.items() if faults} == {}
