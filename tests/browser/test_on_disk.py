"""A course from a disk or memory stick: it opens without a server, works, keeps what the browser lets it, and says where it does not."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from alongside.exporters import exported
from alongside.load.content import load_texts
from alongside.load.curriculum import load_curriculum
from alongside.load.project import open_project
from alongside.reports import records
from tests.browser.conftest import html_problems, served
from tests.browser.keeping import use
from tests.browser.learner import FILL, SAID, answer
from tests.browser.small import write_small
from tests.examples import gallery_curriculum

START = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
NOTHING_KEPT = "This browser keeps nothing for pages that are opened from a disk."
#: Firefox tells the debugger nothing of the policy.
VIOLATED = "addEventListener('securitypolicyviolation', (event) => console.error(`${event.violatedDirective} ${event.blockedURI}`));"
in_both = pytest.mark.engines("firefox")


def put(folder: Path, sources: Path, *, gallery: bool = False) -> Path:
    """Exports the course of `sources` and unpacks it where somebody would."""
    project, _ = open_project(sources / "mkdocs.yml")
    curriculum = gallery_curriculum(sources) if gallery else load_curriculum(project.layers)[0]
    assert curriculum is not None
    curriculum.pages.update(load_texts(project.content_folders)[0])
    written = exported("offline", project, curriculum, list(curriculum.modules))
    assert not isinstance(written.content, bytes)
    for name, content in written.content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small course on a stick, in a folder with a name that people give."""
    sources = tmp_path_factory.mktemp("sources")
    write_small(sources)
    return put(tmp_path_factory.mktemp("stick") / "Größe & more (1)", sources)


@pytest.fixture
def learner(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody on a phone. A script error, a breach of the policy or whatever is not a file fails the test.

    Only captions are tried by the browser itself, in vain, before they come in another way.
    """
    complaints: list[str] = []

    def complain(words: str) -> None:
        if ".vtt" not in words:
            complaints.append(words)

    with browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce") as context:
        context.add_init_script(VIOLATED)
        context.on("weberror", lambda error: complain(str(error.error)))
        context.on("console", lambda message: complain(message.text) if message.type == "error" else None)
        # What is still asked for when a page is left is broken off, and nothing is wrong with it.
        context.on(
            "requestfailed",
            lambda request: complain(request.url) if request.failure != "net::ERR_ABORTED" else None,
        )
        context.on(
            "request", lambda one: None if one.url.startswith(("file:", "blob:")) else complaints.append(one.url)
        )
        yield context
    assert complaints == []


def opened(context: BrowserContext, folder: Path, path: str = "index.html") -> Page:
    page = context.new_page()
    page.goto(f"{folder.as_uri()}/{path}")
    use(page)
    return page


@in_both
def test_somebody_reads_answers_and_finds_things_from_a_disk(learner: BrowserContext, stick: Path) -> None:
    page = opened(learner, stick)
    expect(page.get_by_text("only this one file was opened")).to_be_hidden()
    page.get_by_role("link", name=re.compile("^Start with")).click()
    page.get_by_role("link", name="Start the first lesson").click()
    expect(page).to_have_url(re.compile("^file:.*/listening/.*/index.html$"))
    use(page)
    page.locator("main a.term").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("link", name="All words").click()
    expect(page).to_have_url(re.compile(r"/glossary/index\.html#term-"))

    page = opened(learner, stick, "search/index.html#q=lisening")
    expect(page.locator(".result a").first).to_be_visible()
    page.locator("p-search input").fill("quiz")
    page.locator(".result a").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    answer(opened(learner, stick, "listening/quiz/index.html"))


def test_what_was_done_is_known_on_every_page_and_comes_back_for_review(
    browser: Browser, learner: BrowserContext, stick: Path, tmp_path: Path
) -> None:
    if browser.browser_type.name == "firefox":
        pytest.skip("its pages from a disk share no store, which a test of its own looks at")
    learner.clock.install(time=START)
    quiz = opened(learner, stick, "listening/quiz/index.html")
    answer(quiz)
    learner.clock.run_for(3000)
    lesson = opened(learner, stick, "listening/hearing/index.html")
    lesson.get_by_label("I have finished this lesson").check()
    expect(lesson.get_by_role("main").get_by_text("Noted as finished.")).to_be_visible()

    learner.clock.set_system_time(START + timedelta(days=8))
    home = opened(learner, stick)
    expect(home.get_by_role("link", name="Go on with")).to_have_attribute("href", re.compile(r"/index\.html$"))
    home.get_by_role("link", name="1 question is due for review").click()
    home.get_by_role("button", name="Start with 1 question").click()
    card = home.locator("[data-question='quiz-affirm']")
    card.get_by_label("“You kept at it until it worked.”").check()
    card.get_by_role("button", name="Check").click()
    expect(card.locator(".question__verdict")).to_contain_text("Correct.")

    progress = opened(learner, stick, "progress/index.html")
    expect(progress.get_by_text(NOTHING_KEPT)).to_have_count(0)
    with progress.expect_download() as download:
        progress.get_by_role("button", name="Save my progress as a file").click()
    saved = tmp_path / "progress.json"
    download.value.save_as(saved)
    assert "quiz-affirm" in json.loads(saved.read_text("utf-8"))["modules"]["listening"]["questions"]
    progress.get_by_role("button", name="Delete everything that this site has kept").click()
    progress.get_by_role("button", name="Yes, delete everything").click()
    expect(progress.get_by_text("Everything that this site had kept is deleted.")).to_be_focused()
    progress.get_by_label("Open a file that you saved").set_input_files(saved)
    progress.get_by_role("button", name="Add it to what is here").click()
    expect(progress.get_by_text("Done. What the file held is here now.")).to_be_focused()

    record = opened(learner, stick, "record/index.html")
    with record.expect_download() as download:
        record.get_by_role("button", name="Save as a file to hand in").click()
    handed = tmp_path / "record.json"
    download.value.save_as(handed)
    statement = json.loads(handed.read_text("utf-8"))
    assert (statement["site"], statement["address"]) == ("Small", ""), "where files stand is nobody's business"
    assert statement["checksum"] == records.checksum(statement)


@in_both
def test_from_a_server_in_the_village_every_browser_remembers(browser: Browser, stick: Path) -> None:
    with served(stick) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}listening/quiz/index.html")
        use(page)
        answer(page)
        page.goto(f"{address}progress/index.html")
        expect(page.get_by_text("1 started")).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.engines("firefox", alone=True)
def test_where_pages_share_no_store_learners_are_told_that_nothing_is_kept(
    learner: BrowserContext, stick: Path
) -> None:
    for path in ("index.html", "progress/index.html", "review/index.html", "comfort/index.html"):
        expect(opened(learner, stick, path).get_by_role("alert")).to_contain_text(NOTHING_KEPT)
    page = opened(learner, stick, "listening/quiz/index.html")
    expect(page.get_by_role("alert")).to_have_count(0)
    answer(page)
    expect(page.get_by_role("alert")).to_contain_text(NOTHING_KEPT)
    page = opened(learner, stick, "listening/quiz/index.html")
    expect(page.locator("[data-question='quiz-affirm'] input:checked")).to_have_count(0)


@pytest.fixture(scope="module")
def gallery_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every example of every kind of question, exercise and step."""
    sources = tmp_path_factory.mktemp("sources")
    (sources / "content").mkdir()
    (sources / "mkdocs.yml").write_text("site_name: Gallery\nplugins:\n  - alongside:\n      layers: [.]\n", "utf-8")
    return put(tmp_path_factory.mktemp("gallery"), sources, gallery=True)


@in_both
def test_every_kind_of_question_answers_from_a_disk(learner: BrowserContext, gallery_on_disk: Path) -> None:
    page, asked = learner.new_page(), 0
    for path in sorted(gallery_on_disk.glob("gallery/*/index.html")):
        if path.parent.name == "print":
            continue
        page.goto(path.as_uri())
        use(page)
        for form in page.locator(".question__form").element_handles():
            form.evaluate(FILL)
            button = form.wait_for_selector("button[type=submit]")
            assert button is not None
            button.click()
            page.wait_for_function(SAID, arg=form)
            asked += 1
    assert asked > 12


@in_both
def test_captions_are_beside_a_recording(learner: BrowserContext, gallery_on_disk: Path) -> None:
    page = opened(learner, gallery_on_disk, "gallery/steps/index.html")
    expect(page.locator("track")).to_have_count(0)
    cues = """() => [...document.querySelector("video").textTracks].filter((track) => track.mode === "showing").map((track) =>
      [track.kind, track.language, track.label, track.cues.length, track.cues[0].startTime, track.cues[0].text])"""
    ((kind, language, label, count, start, text),) = page.evaluate(cues)
    assert (kind, language, label) == ("captions", "cy", "Captions")
    written = (gallery_on_disk / "gallery/media/talk.vtt.js").read_text("utf-8")
    assert count == written.count("-->")
    assert start < 2 and text and text in written


def test_pages_are_sound_html(stick: Path) -> None:
    names = ("index.html", "listening/hearing/index.html", "listening/quiz/index.html", "progress/index.html")
    assert html_problems([stick / name for name in names]) == []
