"""Packages in a learning platform: scorm-again in a browser. What was answered, reaches it; whatever happens to the tab."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Frame, Locator, Page, expect

from alongside.build import gather_sound
from alongside.exporters import FORMATS, Selection
from alongside.load.drafts import without_drafts
from tests.browser.small import write_small
from tests.interop.learning_platform import LearningPlatform, Version, running

FORM: dict[Version, str] = {"1.2": "scorm12", "2004": "scorm2004"}
each_version = pytest.mark.parametrize("version", FORM)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., bytes]:
    """The small course as a package, made once for each version and pass mark."""
    sources = tmp_path_factory.mktemp("sources")
    write_small(sources)
    project, curriculum = gather_sound(sources / "mkdocs.yml")
    ready = without_drafts(curriculum)
    made: dict[tuple[Version, int | None], bytes] = {}

    def give(version: Version, pass_mark: int | None = None) -> bytes:
        asked = version, pass_mark
        if asked not in made:
            selection = Selection(project, ready, tuple(ready.modules), pass_mark=pass_mark)
            made[asked] = FORMATS[FORM[version]].write(selection).file
        return made[asked]

    return give


@pytest.fixture
def platform(package: Callable[..., bytes]) -> Iterator[Callable[..., LearningPlatform]]:
    """Starts a platform that has the package."""
    with ExitStack() as stack:

        def start(version: Version = "1.2", pass_mark: int | None = None, **more: object) -> LearningPlatform:
            has = LearningPlatform(package(version, pass_mark), version, **more)  # type: ignore[arg-type]
            return stack.enter_context(running(has))

        yield start


# ------------------------------------------------------------------------ a learner


def inside(shell: Frame) -> Frame:
    """The window with the pages of the course."""
    frame = shell.locator("#course").element_handle().content_frame()
    assert frame
    return frame


def go(shell: Frame, address: str) -> Frame:
    """Follows a link of the course to another page, as from any page."""
    frame = inside(shell)
    frame.wait_for_load_state()
    frame.goto(shell.url.replace("index.html", f"course/{address}"))
    frame.wait_for_function("!document.body.dataset.inUse")
    return frame


def answer_all(shell: Frame, *, right: bool = True) -> None:
    """Goes through the course: ticks each lesson as finished, and answers each question, rightly or not."""
    for address in pages_of(shell):
        frame = go(shell, address)
        for question in frame.locator("[data-question][data-fingerprint]").all():
            answer(question, right=right)
        box = frame.locator("#finished")
        if box.count() and not box.is_checked():
            box.check()


def pages_of(shell: Frame) -> list[str]:
    """Files of all lessons and quizzes."""
    return shell.evaluate("alongsideCourse.parts.map(({ module, id }) => `${module}/${id}/index.html`)")


#: Chooses or writes by what the key says: the right answer, or one that is not.
GIVE = """(question, right) => {
  const fields = (chosen) => question.querySelectorAll(chosen);
  for (const field of fields("input[data-accept]")) field.value = right ? JSON.parse(field.dataset.accept)[0] : "zzz";
  for (const field of fields("select[data-right]")) {
    const of = field.dataset.right.split(" ");
    field.value = [...field.options].find(({ value }) => value && of.includes(value) === right).value;
  }
  for (const field of fields("textarea")) field.value = "my zebra words";
  for (const line of fields(".line--picks"))
    [...line.querySelectorAll("input")].find(({ value }) => (value === line.dataset.right) === right).checked = true;
  const boxes = [...fields("input[data-credit]")].filter(({ dataset }) => (Number(dataset.credit) === 1) === right);
  for (const box of boxes[0]?.type === "checkbox" ? boxes : boxes.slice(0, 1)) box.checked = true;
  const list = question.querySelector(".order");
  if (list && right) list.append(...[...list.children].sort((one, other) => one.dataset.right - other.dataset.right));
}"""


def answer(question: Locator, *, right: bool) -> None:
    """Answers a question."""
    question.evaluate(GIVE, right)
    question.locator("button[type=submit]").click()


def status(platform: LearningPlatform) -> tuple[str, str]:
    """Status and score as the platform has them."""
    if platform.version == "1.2":
        return platform.core["lesson_status"], platform.core["score"]["raw"]
    return f"{platform.kept['completion_status']}/{platform.kept['success_status']}", platform.kept["score"]["raw"]


def until(page: Page, holds: Callable[[], object]) -> None:
    """Waits for what happens outside of the page."""
    for _ in range(500):
        if holds():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it did not happen")


def kill(page: Page) -> None:
    """Ends the process of a tab: no event reaches the page."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash", timeout=5000)
    page.close()


# ------------------------------------------------------------------------- tests


@each_version
def test_nothing_is_lost_when_the_tab_is_killed(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version
) -> None:
    lms = platform(version)
    page, shell = lms.launch(context)
    first = go(shell, pages_of(shell)[-1])
    question = first.locator("[data-question][data-fingerprint]").first
    before = len(lms.commits)
    answer(question, right=True)
    until(page, lambda: len(lms.commits) > before and status(lms)[1])
    score = status(lms)[1]
    kill(page)
    page, shell = lms.launch(context)
    again = inside(shell)
    again.wait_for_load_state()
    assert first.url.split("#")[0].endswith(pages_of(shell)[-1]) and again.url.split("#")[0].endswith(
        pages_of(shell)[-1]
    )
    expect(again.locator(".question__earlier").first).to_have_text(
        "You answered this before, and it was right. You can answer it again."
    )
    until(page, lambda: lms.commits[-1]["cmi"]["suspend_data"])
    assert status(lms)[1] == score and int(score) > 0
    assert lms.missing == []


@each_version
def test_opening_and_leaving_is_no_score_and_not_complete(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version
) -> None:
    lms = platform(version)
    page, _ = lms.launch(context)
    until(page, lambda: lms.commits)
    page.close(run_before_unload=True)
    assert status(lms) == ({"1.2": "incomplete", "2004": "incomplete/unknown"}[version], "")
    assert (lms.kept if version == "2004" else lms.core)["exit"] == "suspend"


@each_version
@pytest.mark.parametrize(("pass_mark", "right"), [(None, True), (None, False), (80, True), (80, False)])
def test_whoever_does_everything_is_done(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version, pass_mark: int | None, *, right: bool
) -> None:  # fmt: skip
    lms = platform(version, pass_mark)
    page, shell = lms.launch(context)
    answer_all(shell, right=right)
    done = {
        ("1.2", None): "completed", ("2004", None): "completed/unknown",
        ("1.2", 80): "passed" if right else "incomplete", ("2004", 80): "completed/passed" if right else "incomplete/unknown",
    }[version, pass_mark]  # fmt: skip
    page.wait_for_timeout(1500)
    assert (status(lms)[0], status(lms)[1] == "100") == (done, right)
    assert "zebra" not in str(lms.commits)
    # Doing worse afterwards takes nothing away, and neither does coming back.
    answer_all(shell, right=False)
    page.wait_for_timeout(1500)
    best = status(lms)
    assert best[0] == done and (best[1] == "100") == right
    shell.locator("#leave").click()
    page, shell = lms.launch(context)
    page.wait_for_timeout(300)
    assert status(lms) == best


@each_version
def test_saving_and_leaving_ends_the_launch_once(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version
) -> None:
    lms = platform(version)
    page, shell = lms.launch(context)
    leave = shell.get_by_role("button", name="Save and leave")
    leave.focus()
    page.keyboard.press("Enter")
    expect(shell.get_by_role("heading", level=1)).to_be_focused()
    expect(shell.locator("#course")).to_have_count(0)
    assert page.evaluate("window.finished") == 1
    page.wait_for_timeout(500)  # scorm-again sends the last commit beside what it is doing
    commits = len(lms.commits)
    page.goto(f"{lms.address}elsewhere")
    page.wait_for_timeout(300)
    assert len(lms.commits) == commits
    assert lms.kept["suspend_data"]


@each_version
def test_going_elsewhere_finishes_the_launch(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version
) -> None:
    lms = platform(version)
    page, shell = lms.launch(context)
    expect(shell.locator("#course")).to_be_visible()
    page.evaluate("document.querySelector('iframe').remove()")
    assert page.evaluate("window.finished") == 1


@each_version
@pytest.mark.parametrize("frames", [0, 5])
def test_the_api_is_found_above(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version, frames: int
) -> None:
    lms = platform(version, frames=frames)
    page, shell = lms.launch(context)
    expect(shell.get_by_role("button", name="Save and leave")).to_be_visible()
    until(page, lambda: lms.commits)


@each_version
def test_the_api_is_found_behind_a_window_of_its_own(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version
) -> None:
    lms = platform(version, in_window=True)
    page = context.new_page()
    page.goto(f"{lms.address}launch")
    with context.expect_page() as opened:
        page.evaluate("window.open('/content/index.html')")
    shell = lms.shell(opened.value)
    expect(shell.get_by_role("button", name="Save and leave")).to_be_visible()
    until(page, lambda: lms.commits)
    with opened.value.expect_event("close"):
        shell.locator("#leave").click()


def test_without_a_platform_it_is_a_plain_page(
    platform: Callable[..., LearningPlatform], context: BrowserContext
) -> None:
    lms = platform(has_api=False)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(f"{lms.address}content/index.html")
    shell = lms.shell(page)
    expect(shell.locator("#leave")).to_be_hidden()
    expect(shell.locator("#said")).to_be_empty()
    frame = go(shell, pages_of(shell)[0])
    frame.locator("#finished").check()
    expect(frame.get_by_text("Noted as finished.")).to_be_visible()
    go(shell, "index.html")
    again = go(shell, pages_of(shell)[0])
    expect(again.locator("#finished")).to_be_checked()
    assert said == []


@each_version
def test_a_learner_is_told_when_saving_fails_and_when_it_works_again(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version
) -> None:
    lms = platform(version)
    page, shell = lms.launch(context)
    until(page, lambda: lms.commits)
    lms.takes = False
    said = shell.locator("#said")
    shell.locator("#leave").click()
    expect(said).to_contain_text("is not saving at the moment")
    assert said.get_attribute("role") == "status"
    expect(shell.get_by_role("button", name="Leave without saving")).to_be_visible()
    expect(shell.locator("#course")).to_be_visible()
    lms.takes = True
    frame = go(shell, pages_of(shell)[0])
    frame.locator("#finished").check()
    until(page, lambda: "B" in lms.kept["suspend_data"].split("|")[2])
    expect(said).to_have_text("Saving works again.")
    expect(shell.get_by_role("button", name="Save and leave")).to_be_visible()


@each_version
def test_whoever_looks_at_it_writes_nothing(
    platform: Callable[..., LearningPlatform], context: BrowserContext, version: Version
) -> None:
    lms = platform(version)
    page, shell = lms.launch(context)
    until(page, lambda: lms.commits)
    page.goto(f"{lms.address}elsewhere")
    commits = len(lms.commits)
    (lms.core if version == "1.2" else lms.kept)["lesson_mode" if version == "1.2" else "mode"] = "review"
    page, shell = lms.launch(context)
    frame = go(shell, pages_of(shell)[0])
    frame.locator("#finished").check()
    page.wait_for_timeout(1500)
    assert len(lms.commits) == commits
    expect(shell.locator("#leave")).to_be_hidden()


def test_a_narrow_window_has_room_for_the_course(
    platform: Callable[..., LearningPlatform], context: BrowserContext
) -> None:
    lms = platform()
    page, _ = lms.launch(context)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{lms.address}content/index.html")
    shell = lms.shell(page)
    assert shell.evaluate("document.documentElement.scrollWidth") <= 320
    box = shell.locator("#course").bounding_box()
    assert box and box["width"] == 320 and box["height"] > 500


def test_nothing_of_a_learner_stays_in_the_browser(
    platform: Callable[..., LearningPlatform], context: BrowserContext
) -> None:
    lms = platform()
    _, shell = lms.launch(context)
    answer_all(shell)
    kept = shell.evaluate(
        "async () => [Object.keys(localStorage), Object.keys(sessionStorage), (await indexedDB.databases()).length, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert kept == [[], [], 0, 0, 0]
