"""A package in a learning platform, as far as only a browser shows it. A real platform is played in tests/interop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from alongside.build import gather_sound
from alongside.exporters import FORMATS, Selection
from alongside.files.archive import unpacked_bytes
from alongside.load.drafts import without_drafts
from tests.browser.conftest import WIDTHS, served
from tests.browser.small import write_small

#: As little of a platform as will do: it remembers what it is told, in the order in which it is.
PLATFORM = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Platform</title><script src="lms.js"></script></head>
<body><iframe src="index.html" title="Course" width="300" height="700"></iframe></body></html>"""
API = """globalThis.told = [];
const kept = {};
const say = (...words) => { told.push(words.join(" ")); return "true"; };
globalThis.API = {
  LMSInitialize: () => say("start"), LMSCommit: () => say("commit"), LMSFinish: () => say("finish"),
  LMSGetValue: (name) => kept[name] ?? "",
  LMSSetValue: (name, text) => { kept[name] = text; return say("set", name, text); },
};
globalThis.kept = kept;"""


def exported(form: str, sources: Path) -> dict[str, bytes]:
    """The files of the small course in a format."""
    write_small(sources)
    project, curriculum = gather_sound(sources / "mkdocs.yml")
    ready = without_drafts(curriculum)
    return unpacked_bytes(FORMATS[form].write(Selection(project, ready, tuple(ready.modules))).file)


@contextmanager
def on_platform(package: Mapping[str, bytes], platform: str, folder: Path) -> Iterator[str]:
    """Where a package is served, with a page of a platform beside it."""
    for name, content in {**package, "lms.html": platform.encode(), "lms.js": API.encode()}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    with served(folder, framed=True) as address:
        yield address


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the small course is served as a package, with a page of a platform beside it."""
    package = exported("scorm12", tmp_path_factory.mktemp("sources"))
    with on_platform(package, PLATFORM, tmp_path_factory.mktemp("package")) as address:
        yield address


def with_axe(page: Page, axe_source: str) -> Page:
    """The page with axe-core in each of its frames, so that it judges them together."""
    for frame in page.frames:
        frame.evaluate(axe_source)
    return page


def test_a_learner_answers_saves_and_leaves(
    open_page: Callable[..., Page], address: str, violations: Callable[[Page], list[str]], axe_source: str
) -> None:
    page = open_page(f"{address}lms.html", width="narrow")
    shell = page.frame_locator("iframe")
    course = shell.frame_locator("#course")
    expect(course.get_by_role("heading", level=1)).to_be_visible()
    course.get_by_role("link", name="Start with").click()
    lesson = course.locator("main a[data-part]").first
    part = lesson.get_attribute("data-part")
    lesson.click()
    course.get_by_label("I have finished this lesson").check()
    expect(course.locator("main").get_by_text("Noted as finished.")).to_be_visible()
    page.wait_for_function(f"kept['cmi.core.lesson_location'] === 'listening/{part}/'")
    page.wait_for_function("told.at(-1) === 'commit'")
    assert page.evaluate("[kept['cmi.core.lesson_status'], kept['cmi.core.score.raw'], kept['cmi.core.exit']]") == [
        "incomplete",
        None,
        "suspend",
    ]
    assert page.evaluate("kept['cmi.suspend_data']").startswith("2|")
    assert shell.locator("html").evaluate("(html) => html.scrollWidth") <= WIDTHS["narrow"]
    assert violations(with_axe(page, axe_source)) == []
    # The keyboard comes from the button into the course.
    shell.get_by_role("button", name="Save and leave").focus()
    page.keyboard.press("Tab")
    expect(course.get_by_role("link", name="Skip to content")).to_be_focused()
    shell.get_by_role("button", name="Save and leave").press("Enter")
    expect(shell.get_by_role("heading", level=1, name="You have left the course")).to_be_focused()
    assert page.evaluate("told.at(-1)") == "finish"
    assert violations(with_axe(page, axe_source)) == []


def test_what_a_package_shows_says_what_holds_there(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(f"{address}course/progress/index.html")
    expect(page.get_by_text("Your learning platform keeps your score")).to_be_visible()
    expect(page.get_by_text("in this browser")).to_have_count(0)
    expect(page.get_by_role("heading", name="Module by module")).to_be_visible()
    page.goto(f"{address}course/journal/index.html")
    expect(page.get_by_text("until I close this tab").first).to_be_visible()
    expect(page.locator("main").get_by_text("in this browser")).to_have_count(0)
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_a_second_window_is_told_that_another_one_saves(open_page: Callable[..., Page], address: str) -> None:
    first = open_page(f"{address}lms.html")
    expect(first.frame_locator("iframe").get_by_role("button", name="Save and leave")).to_be_visible()
    second = first.context.new_page()
    second.goto(f"{address}lms.html")
    shell = second.frame_locator("iframe")
    expect(shell.get_by_role("status")).to_contain_text("already open in another window")
    expect(shell.get_by_role("button", name="Save and leave")).to_be_hidden()
    expect(shell.frame_locator("#course").get_by_role("heading", level=1)).to_be_visible()
    second.wait_for_timeout(1500)
    second.evaluate("document.querySelector('iframe').remove()")
    assert second.evaluate("told") == [], "a platform is not even told that it began"
    # Who has left need not close the window: the course can be opened again, here and there.
    first.frame_locator("iframe").get_by_role("button", name="Save and leave").click()
    second.reload()
    expect(shell.get_by_role("button", name="Save and leave")).to_be_visible()
    expect(shell.get_by_role("status")).to_have_text("")


def test_a_course_that_is_loaded_again_has_no_other_window(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(f"{address}lms.html")
    for _ in range(3):
        expect(page.frame_locator("iframe").get_by_role("button", name="Save and leave")).to_be_visible()
        page.reload()


@pytest.mark.parametrize(
    "locks", ["undefined", "{request: async () => { throw new DOMException('', 'SecurityError'); }}"]
)
def test_without_locks_a_course_saves_all_the_same(open_page: Callable[..., Page], address: str, locks: str) -> None:
    page = open_page(f"{address}lms.html")
    page.context.add_init_script(f"Object.defineProperty(navigator, 'locks', {{value: {locks}}})")
    page.reload()
    expect(page.frame_locator("iframe").get_by_role("button", name="Save and leave")).to_be_visible()
    page.wait_for_function("told.at(-1) === 'commit'")
