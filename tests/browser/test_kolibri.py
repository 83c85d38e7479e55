"""A resource of a channel in the sandbox that Kolibri puts around it: no forms, no files, no windows, no dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from alongside.files.archive import unpacked_bytes
from tests.browser.test_scorm import exported, on_platform, with_axe

SANDBOX = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Kolibri</title><script src="lms.js"></script></head>
<body><iframe src="index.html" title="Resource" width="300" height="700" sandbox="allow-scripts allow-same-origin"></iframe></body></html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the package of the small course is served, with a page of a platform beside it."""
    channel = exported("kolibri", tmp_path_factory.mktemp("sources"))
    (package,) = (unpacked_bytes(content) for name, content in channel.items() if name.endswith(".zip"))
    with on_platform(package, SANDBOX, tmp_path_factory.mktemp("package")) as address:
        yield address


def opened(page: Page, url: str) -> FrameLocator:
    """The course at one of its pages."""
    course = page.frame_locator("iframe").frame_locator("#course")
    expect(course.get_by_role("heading", level=1)).to_be_visible()
    course.locator("html").evaluate("(html, url) => (html.ownerDocument.location.href = url)", url)
    return course


def test_an_answer_is_checked_and_tells_how_far_a_learner_is(
    open_page: Callable[..., Page], address: str, violations: Callable[[Page], list[str]], axe_source: str
) -> None:
    page = open_page(f"{address}lms.html", width="narrow")
    page.wait_for_function("kept['cmi.core.score.raw'] === '0'")
    course = opened(page, "listening/quiz/index.html")
    question = course.locator("q-choice").first
    question.get_by_role("radio").first.check()
    question.get_by_role("button", name="Check").click()
    expect(question.locator("[data-state]").first).to_be_visible()
    page.wait_for_function("Number(kept['cmi.core.score.raw']) > 0 && told.at(-1) === 'commit'")
    assert page.evaluate("kept['cmi.core.lesson_status']") == "incomplete"
    assert violations(with_axe(page, axe_source)) == []


def test_the_keyboard_sends_a_form_too(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(f"{address}lms.html")
    course = opened(page, "search/index.html")
    field = course.get_by_role("searchbox").last
    field.fill("listening")
    field.press("Enter")
    expect(course.locator("main a[href]").first).to_be_visible()


def test_a_record_is_shown_to_be_copied(
    open_page: Callable[..., Page], address: str, violations: Callable[[Page], list[str]], axe_source: str
) -> None:
    page = open_page(f"{address}lms.html")
    course = opened(page, "record/index.html")
    expect(course.get_by_role("button", name="Print")).to_have_count(0)
    course.get_by_role("button", name="Save").first.click()
    dialog = course.get_by_role("dialog", name="Copy what you want to keep")
    assert dialog.get_by_role("textbox").input_value().startswith("{")
    # All else is shut off while it is open, the only heading of the first level and the main part among it.
    shut = ("landmark-one-main", "page-has-heading-one")
    assert [one for one in violations(with_axe(page, axe_source)) if not one.startswith(shut)] == []
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
