"""Two versions of a course beside each other, for somebody who goes from one to the other and back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import served
from tests.browser.keeping import complaints, until, use
from tests.browser.learner import answer
from tests.browser.small import build_small, write_small
from tests.cohorts import SPRING, changed, exported, with_cohort, with_sum

#: Workers that are at work, each with the folder that it looks after.
SCOPES = """async () => (await navigator.serviceWorker.getRegistrations())
  .filter(({ active }) => active).map(({ scope }) => new URL(scope).pathname).sort()"""


def both_versions(folder: Path) -> Path:
    """A folder to serve with both versions in `course`, made in `folder`. The module and a question have other names in each."""
    folder = folder / "course"
    folder.mkdir()
    write_small(folder)
    with_cohort(folder)
    exported(folder)
    with_sum(folder)
    changed(folder)
    build_small(folder).rename(folder.parent / "site")
    (folder.parent / "served").mkdir()
    return (folder.parent / "site").rename(folder.parent / "served/course").parent


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where both versions are served, in a folder of a server."""
    with served(both_versions(tmp_path_factory.mktemp("cohorts"))) as host:
        yield f"{host}course/"


def quiz(page: Page, top: str, module: str) -> Page:
    """The quiz of a version, in use and brought in step with that version."""
    page.goto(f"{top}{module}/quiz/")
    use(page)
    return page


def question(page: Page, name: str) -> Locator:
    return page.locator(f"[data-question='{name}']")


def answered(page: Page, name: str) -> None:
    """The question shows the answer that was given, in whichever version."""
    expect(question(page, name).get_by_label("“You kept at it until it worked.”")).to_be_checked()
    expect(question(page, name).locator(".question__verdict")).to_contain_text("Correct.")


@pytest.mark.engines("firefox")
def test_what_was_answered_in_one_version_is_there_in_the_other_and_back(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    said = complaints(page)
    spring = f"{address}{SPRING}/"
    page.goto(f"{spring}listening/hearing/")
    use(page)
    expect(
        page.get_by_role("main").get_by_text("This is the version of the course called “Spring 2027”.")
    ).to_be_visible()
    page.locator("#finished").check()
    answer(quiz(page, spring, "listening"))
    for _ in range(2):
        answered(quiz(page, address, "listening-well"), "quiz-strength")
        page.goto(f"{address}listening-well/")
        expect(page.locator("#contents .done, main .done").first).to_be_visible()
        page.goto(address)
        expect(page.get_by_role("main").locator("[data-go-on]")).to_have_attribute(
            "href", f"{address}listening-well/quiz/"
        )
        answered(quiz(page, spring, "listening"), "quiz-affirm")
        page.goto(spring)
        expect(page.get_by_role("main").locator("[data-go-on]")).to_have_attribute("href", f"{spring}listening/quiz/")
    # The card of the question waits in both, and its box is the one that it was in.
    for top, card in ((address, "listening-well/quiz-strength"), (spring, "listening/quiz-affirm")):
        page.goto(f"{top}review/")
        use(page)
        name = f"alongside:{address[address.index('/course/') :]}:record"
        until(page, f"JSON.parse(localStorage.getItem('{name}')).review['{card}']?.box === 1")
    assert said == []


def test_each_version_has_a_worker_for_its_own_folder(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    spring = f"{address}{SPRING}/"
    for url in (f"{address}listening-well/hearing/", f"{spring}listening/hearing/"):
        page.goto(url)
        use(page)
        until(page, f"navigator.serviceWorker.controller?.scriptURL === '{url[: url.index('listening')]}sw.js'")
        until(page, "caches.match(location.href).then(Boolean)")
        # The first worker of a folder is no news.
        assert not page.get_by_text("A new version of this course is here.").count()
    top = address[address.index("/course/") :]
    assert page.evaluate(SCOPES) == [top, f"{top}{SPRING}/"]
    context.set_offline(True)
    for url, line in ((f"{spring}listening/hearing/", 1), (f"{address}listening-well/hearing/", 0)):
        page.goto(url)
        expect(page.get_by_role("heading", level=1)).to_have_text("Give back what you heard")
        expect(page.get_by_text("This is the version of the course")).to_have_count(line)
    # What this version has not kept is said by its own page, whose links lead into it.
    page.goto(f"{spring}glossary/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No connection, and this page was not kept")
    expect(page.locator(".bar__name a")).to_have_attribute("href", f"{top}{SPRING}/")
    context.set_offline(False)


def test_deleting_everything_takes_both_versions_away(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    spring = f"{address}{SPRING}/"
    for url in (f"{address}listening-well/hearing/", f"{spring}listening/hearing/"):
        page.goto(url)
        use(page)
        until(page, "caches.match(location.href).then(Boolean)")
    page.evaluate(f"import('{spring}elements/offline-caches.js').then(({{ forget }}) => forget())")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_the_page_of_versions_leads_to_each(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    page.goto(address)
    page.get_by_role("contentinfo").get_by_role("link", name="Versions of this course").click()
    page.get_by_role("main").get_by_role("link", name="Spring 2027").click()
    expect(page).to_have_url(f"{address}{SPRING}/")
    page.get_by_role("main").get_by_role("link", name="Go to the current version").click()
    expect(page).to_have_url(address)


def test_a_file_of_one_version_is_restored_in_the_other(context: BrowserContext, address: str) -> None:
    page = context.new_page()
    said = complaints(page)
    answer(quiz(page, f"{address}{SPRING}/", "listening"))
    page.goto(f"{address}{SPRING}/progress/")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my progress as a file").click()
    page.goto(f"{address}progress/")
    page.get_by_role("button", name="Delete everything that this site has kept").click()
    page.get_by_role("button", name="Yes, delete everything").click()
    page.get_by_label("Open a file that you saved").set_input_files(download.value.path())
    page.get_by_role("button", name="Add it to what is here").click()
    name = f"alongside:{address[address.index('/course/') :]}:record"
    there = f"JSON.parse(localStorage.getItem('{name}'))?.modules['listening-well']?.questions['quiz-strength']"
    until(page, f"{there} !== undefined")
    assert said == []
