"""Two style sheets: lessons, quizzes, modules and texts need nothing of the second, and on other pages its place does not matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from alongside.render.styles import OTHER_SHEET, SHEET, WITHOUT_OTHER
from tests.browser.conftest import BuiltSite
from tests.browser.keeping import use
from tests.browser.learner import seed
from tests.browser.pages import address_of, all_pages, elements, kind_of
from tests.browser.test_html import loaded_by

CLASS = re.compile(r"\.(-?[a-z_][\w-]*)")
#: What a script loads once it needs it: `import("./a.js")`.
LATER = re.compile(r"""\bimport\(["'](\.[^"']+)["']\)""")
#: How a script gives a class: `class: "asking"`, `className = "asking"`, `classList.add("asking")`.
GIVEN = re.compile(r"""(?:\bclass\s*:|\bclassName\s*=|\bclassList\.\w+\(|\bbutton\()\s*(["'`])(.*?)\1""")

#: Pages of the gallery that do without the second sheet, and those that load it, one of each template.
WITHOUT = ("gallery/", "gallery/quiz/", "gallery/steps/", "gallery/exercises/", "gallery/sorting/")
WITH = ("", "paths/all/", "modules/", "glossary/", "sources/", "alignment/", "support/", "progress/", "journal/", "record/", "review/",
        "search/", "comfort/", "offline/", "gallery/print/key/", "gallery/print/facilitator/")  # fmt: skip

#: How everything on a page looks, with what stands before and after it: the properties that the sheets set.
LOOKS = """(properties) => [...document.querySelectorAll("html, body, body *")].flatMap((element) =>
  [null, "::before", "::after"].map((part) => {
    const look = getComputedStyle(element, part);
    const name = `${element.localName}.${element.getAttribute("class") || ""}${part || ""}`;
    return [name, ...properties.map((property) => `${property}: ${look.getPropertyValue(property)}`)];
  }))"""
#: Puts the second sheet before the first, or behind it, and waits until it is there.
PUT = """([address, where]) => new Promise((done) => {
  const [first] = document.querySelectorAll('link[rel="stylesheet"][href$="alongside.css"]');
  for (const link of document.querySelectorAll('link[rel="stylesheet"][href$="other-pages.css"]')) link.remove();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: () => done() });
  first[where](link);
})"""


def classes(folder: Path, name: str) -> set[str]:
    """The classes that a sheet names."""
    selectors = re.findall(r"([^{}]*)\{", (folder / name).read_text("utf-8"))
    return {found for selector in selectors for found in CLASS.findall(selector)}


def without_second(folder: Path) -> list[Path]:
    """Pages of the kinds that do without the second sheet."""
    return [path for path in all_pages(folder) if kind_of(path) in WITHOUT_OTHER]


def scripts_of(folder: Path, page: Path) -> set[Path]:
    """Every script that a page may ever load."""
    found: set[Path] = set()
    wanted = [*loaded_by(folder, page, ".js", in_use=True)]
    while wanted:
        path = wanted.pop().resolve()
        if path not in found:
            found.add(path)
            text = path.read_text("utf-8")
            wanted += [path.parent / name for name in LATER.findall(text)]
            wanted += [path.parent / name for name in re.findall(r"""\b(?:from|import)\s*["'](\.[^"']+)["']""", text)]
    return found


def test_pages_load_the_sheets_of_their_kind(built: BuiltSite) -> None:
    for path in all_pages(built.folder):
        loaded = [
            urljoin(f"/{address_of(built.folder, path)}", element.get("href"))
            for element in elements(path)
            if element.get("rel") == "stylesheet"
        ]
        other = [] if kind_of(path) in WITHOUT_OTHER else [f"/{OTHER_SHEET}"]
        assert loaded == [*other, f"/{SHEET}"], path


def test_no_class_on_pages_without_the_second_sheet_is_styled_in_it_alone(built: BuiltSite) -> None:
    alone = classes(built.folder, OTHER_SHEET) - classes(built.folder, SHEET)
    assert {"hero", "plot", "record", "journal__entry"} <= alone
    for path in without_second(built.folder):
        there = {name for element in elements(path) for name in (element.get("class") or "").split()}
        assert there & alone == set(), path


def test_no_script_of_those_pages_gives_such_a_class(gallery: BuiltSite) -> None:
    alone = classes(gallery.folder, OTHER_SHEET) - classes(gallery.folder, SHEET)
    scripts = {script for path in without_second(gallery.folder) for script in scripts_of(gallery.folder, path)}
    given = {
        name: script
        for script in scripts
        for _, names in GIVEN.findall(script.read_text("utf-8"))
        for name in names.split()
    }
    assert {"line-bar", "asking"} <= given.keys()
    assert {name: script for name, script in given.items() if name in alone} == {}


def looked_at(page: Page, address: str, url: str) -> None:
    """Opens a page as somebody who has been here before, who uses it."""
    page.goto(address + url)
    use(page)
    page.wait_for_load_state("networkidle")


def looks(page: Page, folder: Path) -> list[list[str]]:
    """How everything on a page looks now."""
    sheets = "".join((folder / name).read_text("utf-8") for name in (SHEET, OTHER_SHEET))
    properties = sorted(set(re.findall(r"[{;]([a-z][a-z-]*):", sheets)))
    assert {"margin-block-end", "display", "color"} <= set(properties)
    found: list[list[str]] = page.evaluate(LOOKS, properties)
    return found


def differing(one: list[list[str]], other: list[list[str]]) -> list[str]:
    """What looks otherwise: each element with some of what it has now and had not."""
    assert [look[0] for look in one] == [look[0] for look in other]
    pairs = zip(one, other, strict=True)
    return [f"{after[0]}: {sorted(set(after) - set(before))[:4]}" for before, after in pairs if before != after]


@pytest.fixture
def returning(browser: Browser, gallery: BuiltSite) -> Iterator[BrowserContext]:
    """Somebody with a record and a journal."""
    with browser.new_context(service_workers="block", reduced_motion="reduce") as context:
        seed(context, gallery.address)
        yield context


def test_pages_without_the_second_sheet_look_the_same_with_it(returning: BrowserContext, gallery: BuiltSite) -> None:
    page = returning.new_page()
    for url in WITHOUT:
        looked_at(page, gallery.address, url)
        before = looks(page, gallery.folder)
        page.evaluate(PUT, [gallery.address + OTHER_SHEET, "before"])
        assert differing(before, looks(page, gallery.folder)) == [], url


def test_no_rule_of_one_sheet_ties_with_one_of_the_other(returning: BrowserContext, gallery: BuiltSite) -> None:
    """Which of two rules of equal weight wins would hang on the order in which pages load the sheets."""
    page, found = returning.new_page(), {}
    for url in WITH:
        looked_at(page, gallery.address, url)
        before = looks(page, gallery.folder)
        page.evaluate(PUT, [gallery.address + OTHER_SHEET, "after"])
        if other := differing(before, looks(page, gallery.folder)):
            found[url] = other
    assert found == {}
