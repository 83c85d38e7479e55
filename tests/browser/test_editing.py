"""A coordinator changes settings in a browser: by keyboard alone, without script, at every width."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from alongside.build import _judged, _refresh
from alongside.engines.preview import Preview, _Handler, _server
from tests.browser.conftest import html_problems
from tests.conftest import BASE

CONFIGURATION = """\
site_name: Riverside
theme: {name: material}
plugins:
  - alongside:
      layers: [.]
      organisation:  # who we are
        colours: {primary: "#0b5d5e"}
"""


def write_edited(folder: Path) -> Path:
    """The sources of a site with two modules, in `folder`."""
    later = BASE["modules/listening/module.yml"].replace("Listening first", "Listening later")
    order = BASE["modules/curriculum.yml"].replace("order: [listening]", "order: [listening, later]")
    files = {
        name.replace("listening/", "later/"): text
        for name, text in BASE.items()
        if name.startswith("modules/listening/")
    }
    files |= {**BASE, "modules/later/module.yml": later, "modules/curriculum.yml": order}
    for name, text in {**files, "mkdocs.yml": CONFIGURATION, "content/index.md": "# Home\n\nWelcome.\n"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_edited(tmp_path_factory.mktemp("edited"))


@contextlib.contextmanager
def edited_at(folder: Path) -> Iterator[str]:
    """The address of the pages on which the settings of a site are changed."""
    configuration = folder / "mkdocs.yml"
    preview = Preview(
        partial(_refresh, configuration, {}), lambda _: None, configuration, partial(_judged, configuration)
    )
    preview.update()
    server = _server("127.0.0.1")(("127.0.0.1", 0), partial(_Handler, preview))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/_edit/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def edited(folder: Path) -> Iterator[str]:
    with edited_at(folder) as address:
        yield address


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def pressed(page: Page, name: str, key: str = "Enter") -> None:
    """Goes on with Tab until what has the focus is a control of this name, and presses a key."""
    wanted = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press(key)
            page.wait_for_load_state()
            return
    pytest.fail(f"Tab does not lead to {name}")


def typed(page: Page, label: str, text: str) -> None:
    """Goes on with Tab to a field and types into it."""
    wanted = page.get_by_label(label, exact=True)
    for _ in range(150):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(text)
            return
    pytest.fail(f"Tab does not lead to {label}")


@pytest.mark.engines("firefox")
def test_a_brand_is_changed_by_keyboard_without_script(page: Page, edited: str, folder: Path) -> None:
    before = (folder / "mkdocs.yml").read_text("utf-8")
    page.goto(edited)
    pressed(page, "Name and look")
    typed(page, "Name", "Riverside Mentors")
    typed(page, "Primary", "teal")
    pressed(page, "Look at the change")
    told = page.get_by_role("group", name="Something has to be mended first")
    expect(told).to_be_focused()
    expect(page).to_have_title("Error: Name and look – Change settings")
    pressed(page, "Colours, Primary:")
    expect(page.get_by_label("Primary", exact=True)).to_have_value("teal")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Riverside Mentors")
    page.get_by_label("Primary", exact=True).focus()
    page.keyboard.press("Shift+Tab")
    typed(page, "Primary", "#7a1f1f")
    pressed(page, "Look at the change")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at the change")
    expect(page.locator("ins").first).to_contain_text("#7a1f1f")
    assert (folder / "mkdocs.yml").read_text("utf-8") == before
    pressed(page, "Save")
    expect(page.get_by_role("group", name="Saved: Name and look")).to_be_focused()
    after = (folder / "mkdocs.yml").read_text("utf-8")
    assert (
        'organisation:  # who we are\n        colours: {primary: "#7a1f1f"}\n        name: Riverside Mentors\n' in after
    )
    pressed(page, "Take this save back")
    expect(page.get_by_role("group", name="Taken back: Name and look")).to_be_focused()
    assert (folder / "mkdocs.yml").read_text("utf-8") == before


def test_a_module_that_moves_keeps_the_focus(page: Page, edited: str) -> None:
    page.goto(f"{edited}order")
    pressed(page, "Down Listening first")
    expect(page.get_by_role("listitem").filter(has_text="Listening").first).to_contain_text("Listening later")
    expect(page.get_by_role("button", name="Up Listening first, number 2 of 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Down Listening first, number 1 of 2")).to_be_focused()
    pressed(page, "Leave out Listening later")
    expect(page.get_by_role("button", name="Show Listening later")).to_be_focused()


def test_both_versions_are_shown_where_the_file_changed_meanwhile(page: Page, edited: str, folder: Path) -> None:
    configuration = folder / "mkdocs.yml"
    before = configuration.read_text("utf-8")
    page.goto(f"{edited}brand")
    page.get_by_label("Primary", exact=True).fill("#7a1f1f")
    configuration.write_text(before.replace("#0b5d5e", "#123456"), "utf-8")
    page.get_by_role("button", name="Look at the change").click()
    told = page.get_by_role("group", name="The file has changed meanwhile")
    expect(told).to_be_focused()
    expect(told).to_contain_text("#123456")
    expect(told).to_contain_text("#7a1f1f")
    configuration.write_text(before, "utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_the_pages_fit_each_width(
    browser: Browser, edited: str, violations: Callable[[Page], list[str]], scheme: str, tmp_path: Path
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    said: list[str] = []
    files: list[Path] = []

    def keep(response: Response) -> None:
        """Keeps a page as it came, for html-validate."""
        if response.request.is_navigation_request():
            files.append(tmp_path / f"page-{len(files)}.html")
            files[-1].write_bytes(response.body())

    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)

    def judged() -> list[str]:
        found = violations(page)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"wider than {width}: {page.url}")
        return found

    try:
        for name in ("", "facts", "brand", "order", "drafts", "nowhere"):
            answer = page.goto(f"{edited}{name}")
            assert answer is not None
            keep(answer)
            assert judged() == []
        page.goto(f"{edited}brand")
        page.get_by_label("Primary", exact=True).fill("teal")
        with page.expect_response(f"{edited}brand") as sent:
            page.get_by_role("button", name="Look at the change").click()
        keep(sent.value)
        assert judged() == []
        page.get_by_label("Primary", exact=True).fill("#ffe08a")
        with page.expect_response(f"{edited}brand") as sent:
            page.get_by_role("button", name="Look at the change").click()
        keep(sent.value)
        expect(page.get_by_text("How your colours are shown")).to_be_visible()
        assert judged() == []
        assert html_problems(files) == []
        assert len(files) == 8
        assert [text for text in said if "404" not in text and "422" not in text] == []
    finally:
        context.close()
