"""What someone hears, and where the keyboard is, when something is said: verdicts, errors, results, and what has gone."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from alongside.model.questions import QUESTION_KINDS
from tests.browser.answering import give
from tests.browser.conftest import BuiltSite, served
from tests.browser.keeping import use
from tests.browser.learner import JOURNAL, RECORD, put

#: Notes each text that comes into a live region: one entry for a region and a moment, with its text nodes.
LISTEN = """(() => {
  globalThis.heard = [];
  const live = "[role=status], [role=alert], [aria-live]:not([aria-live=off])";
  const texts = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return [root];
    const found = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) found.push(walker.currentNode);
    return found;
  };
  new MutationObserver((changes) => {
    const found = new Map();
    for (const {addedNodes, target, type} of changes)
      for (const text of (type === "characterData" ? [target] : [...addedNodes]).flatMap(texts)) {
        const region = text.parentElement?.closest(live);
        if (region && text.data.trim()) found.set(region, (found.get(region) ?? new Set()).add(text));
      }
    for (const nodes of found.values()) globalThis.heard.push([...nodes].map((node) => node.data));
  }).observe(document, {childList: true, subtree: true, characterData: true});
})()"""

#: How long nothing more has to come before what was heard counts as all.
SILENCE = 350

#: Brings the button that checks to the lower edge of the window.
AT_THE_EDGE = (
    "(button) => scrollTo({top: scrollY + button.getBoundingClientRect().bottom - innerHeight, behavior: 'instant'})"
)

#: What the notes beside an answer say, without the words that say whether it is right.
REASONS = """(question) => [...question.querySelectorAll("p.feedback, .feedback p")].map((note) => {
  const copy = note.cloneNode(true);
  for (const word of copy.querySelectorAll("strong")) word.remove();
  return copy.textContent.trim();
})"""

IN_VIEW = """(element) => {
  const box = element.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && Math.floor(box.bottom) <= innerHeight;
}"""


def heard(page: Page) -> list[list[str]]:
    """What was said since this was asked last."""
    page.wait_for_timeout(SILENCE)
    found: list[list[str]] = page.evaluate("heard.splice(0)")
    return found


def heard_once(page: Page) -> str:
    """The one text that was said, in one piece, with no sentence twice."""
    (texts,) = heard(page)
    (text,) = texts
    sentences = [sentence for sentence in re.split(r"(?<=[.!?…])\s+", text) if sentence]
    assert not re.search(r"[.…][:.]|\.[A-Z]", text), text
    assert [a for a, b in itertools.pairwise(sentences) if a == b] == [], text
    long = Counter(sentence for sentence in sentences if sentence.count(" ") > 4)
    assert [sentence for sentence, count in long.items() if count > 1] == [], text
    return text


def focused(page: Page) -> dict[str, str]:
    """Role, name and description of what has the focus, from the tree that screen readers get."""
    session = page.context.new_cdp_session(page)
    element = session.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
    (node,) = session.send("Accessibility.getPartialAXTree", {"objectId": element, "fetchRelatives": False})["nodes"]
    session.detach()
    return {key: str(node.get(key, {}).get("value", "")) for key in ("role", "name", "description")}


def on_something(page: Page) -> dict[str, str]:
    """What has the focus, which has a name and a role and is no page. It may come to it two frames later."""
    page.evaluate("new Promise((then) => setTimeout(() => requestAnimationFrame(then), 100))")
    found = focused(page)
    assert page.evaluate("document.activeElement !== document.body"), page.url
    assert found["name"], (page.url, found)
    assert found["role"] not in {"generic", "none", "paragraph", "RootWebArea", ""}, (page.url, found)
    return found


@pytest.fixture
def small_site(small: Path) -> Iterator[str]:
    """Where the small site is served."""
    with served(small) as address:
        yield address


@pytest.fixture
def learner(browser: Browser, small_site: str) -> Iterator[BrowserContext]:
    """Someone on a telephone who hears what is said. A script error fails the test."""
    context = browser.new_context(
        viewport={"width": 320, "height": 560}, reduced_motion="reduce", service_workers="block", base_url=small_site
    )
    complaints: list[str] = []
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.add_init_script(LISTEN)
    yield context
    context.close()
    assert complaints == []


def come_back(page: Page, address: str, path: str) -> None:
    """Opens a page as someone who has been here for a while."""
    page.goto(f"{address}assets/index.json")
    put(page, "record", RECORD)
    put(page, "journal", JOURNAL)
    page.goto(address + path)
    use(page)


# ------------------------------------------------------------------- questions

#: What cannot be left out: lines always have an order.
ALWAYS_ANSWERED = {"ordering"}


@pytest.fixture
def asked(gallery: BuiltSite, open_page: Callable[..., Page]) -> Callable[[str], Page]:
    """Opens the page of a kind on a small telephone."""

    def make(kind: str) -> Page:
        page = open_page(gallery.address, width="narrow", service_workers="block")
        page.set_viewport_size({"width": 320, "height": 560})
        page.context.add_init_script(LISTEN)
        page.goto(f"{gallery.address}gallery/{kind.replace('_', '-')}/")
        page.wait_for_load_state()
        use(page)
        return page

    return make


def check(question: Locator) -> None:
    button = question.locator("button[type=submit]")
    button.focus()
    button.evaluate(AT_THE_EDGE)
    question.page.keyboard.press("Enter")


@pytest.mark.parametrize("kind", sorted(QUESTION_KINDS))
def test_each_act_on_a_question_is_heard_once(asked: Callable[[str], Page], kind: str) -> None:
    page = asked(kind)
    question = page.locator(".question").first
    verdict = question.locator(".question__verdict")
    assert heard(page) == [], "a page that opens says nothing"
    if kind not in ALWAYS_ANSWERED:
        check(question)
        described, said = on_something(page)["description"], heard(page)
        if described.startswith("Error: "):
            assert said == [], "the focus has moved, and the message is heard with what describes it"
        else:
            assert described, "something describes the control already"
            [[message]] = said
            assert message.startswith("Error: ")
        expect(page.locator(":focus")).to_have_attribute("aria-invalid", "true")
        assert question.locator(".message").evaluate(IN_VIEW)
    give(question.locator("form"), last=True)
    if kind == "ordering":
        question.get_by_role("button", name="Move down").first.press("Enter")
        assert re.search(r": now 2 of \d\.$", heard_once(page))
    assert heard(page) == []
    expect(question.locator(".message")).to_have_count(0)
    expect(question.locator("[aria-invalid]")).to_have_count(0)
    for _ in "twice":
        check(question)
        spoken = heard_once(page)
        assert spoken.startswith(verdict.inner_text()), spoken
        assert verdict.evaluate(IN_VIEW), "the verdict can be seen"
        on_something(page)


@pytest.mark.parametrize("kind", sorted(QUESTION_KINDS))
def test_what_was_said_of_an_answer_goes_with_it_and_comes_back_with_it(
    asked: Callable[[str], Page], kind: str
) -> None:
    page = asked(kind)
    question = page.locator(".question").first
    verdict, notes = question.locator(".question__verdict"), question.locator(".feedback")
    give(question.locator("form"), last=True)
    check(question)
    expect(verdict).not_to_be_empty()
    scored = kind not in {"confidence", "open_response"}
    label = question.locator("button[type=submit]")
    if scored:
        expect(label).to_have_text("Check again")
    else:
        expect(label).not_to_contain_text("Check")
    said, told = verdict.inner_text(), notes.all_inner_texts()
    page.reload()
    page.wait_for_load_state()
    assert heard(page) == [], "an earlier answer is shown in silence"
    if scored:
        expect(verdict).to_have_text(said)
        assert notes.all_inner_texts() == told
    elif kind == "open_response":
        expect(question.get_by_text("Only words that are in your journal are kept.")).to_be_visible()
    if kind == "ordering":
        question.get_by_role("button", name="Move down").first.press("Enter")
        expect(verdict).to_contain_text(": now 2 of")
    else:
        give(question.locator("form"), last=False)
        expect(verdict).to_be_empty()
    expect(notes).to_have_count(0)
    expect(question.locator("[aria-invalid]")).to_have_count(0)


@pytest.mark.parametrize("kind", sorted(QUESTION_KINDS))
def test_an_answer_and_its_key_never_say_the_same(asked: Callable[[str], Page], kind: str) -> None:
    page = asked(kind)
    question = page.locator(".question").first
    give(question.locator("form"), last=True)
    for _ in "twice":
        check(question)
    question.locator("details.key").evaluate("(key) => { key.open = true; }")
    reasons = question.evaluate(REASONS)
    key = question.locator("details.key").inner_text()
    assert [reason for reason in reasons if reason and reason in key] == []


#: Says one thing and, when it has been put where it speaks, another. Gives how long the first stood there.
ONE_AFTER_THE_OTHER = """async (address) => {
  const {say} = await import(`${address}elements/speech.js`);
  const place = document.createElement("p"), region = document.querySelector("body > [role=status]");
  const turned = (words) => new Promise((done) => new MutationObserver((_, all) => {
    if (region.textContent === words) { all.disconnect(); done(performance.now()); }
  }).observe(region, {childList: true}));
  const first = turned("One."), gone = first.then(() => turned(""));
  say(place, "One.");
  const start = await first;
  say(place, "Another.");
  return (await gone) - start;
}"""


def test_what_was_said_is_not_taken_away_before_it_is_heard(asked: Callable[[str], Page], gallery: BuiltSite) -> None:
    """The verdict that finishes a lesson is followed at once by “Noted as finished.”"""
    assert asked("choice").evaluate(ONE_AFTER_THE_OTHER, gallery.address) >= 250


# ---------------------------------------------------------------- other errors


def wrong_file(page: Page) -> None:
    page.get_by_label("Open a file that you saved").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": b"no"}
    )


def no_checksum(page: Page) -> None:
    page.get_by_text("Compare with a file").click()
    page.get_by_label("Open a file that you saved").set_input_files(
        {"name": "x.json", "mimeType": "application/json", "buffer": json.dumps(RECORD).encode()}
    )


def short_passphrase(page: Page, *, stays: bool = False) -> None:
    page.get_by_text("Lock it with a passphrase").click()
    page.get_by_label("New passphrase").fill("short")
    (page.get_by_label("New passphrase") if stays else page.get_by_role("button", name="Lock my journal")).press(
        "Enter"
    )


MISTAKES = {
    "a file that is none": ("progress/", wrong_file, "Error: This file can’t be used: it is not a record file. Nothing was changed."),
    "no checksum to compare": ("record/", no_checksum, "Error: Type the checksum from the printed record first."),
    "a passphrase that is too short": ("journal/", short_passphrase, "Error: Take a longer one: 15 letters or more."),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_heard_and_describes_its_control(learner: BrowserContext, small_site: str, mistake: str) -> None:
    path, make, message = MISTAKES[mistake]
    page = learner.new_page()
    come_back(page, small_site, path)
    heard(page)
    make(page)
    expect(page.locator(".message")).to_be_visible()
    assert heard(page) == [], "the focus has moved, and the message is heard with what describes it"
    assert on_something(page)["description"] == message
    expect(page.locator(":focus")).to_have_attribute("aria-invalid", "true")


def test_a_mistake_is_an_alert_where_the_focus_stays(learner: BrowserContext, small_site: str) -> None:
    page = learner.new_page()
    come_back(page, small_site, "journal/")
    heard(page)
    short_passphrase(page, stays=True)
    expect(page.get_by_role("alert")).to_be_visible()
    assert heard(page) == [["Error: Take a longer one: 15 letters or more."]]
    assert not on_something(page)["description"], "a description that changes here would be heard as well"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert on_something(page)["description"] == "Error: Take a longer one: 15 letters or more."


# ----------------------------------------------------------------------- focus

#: Buttons that can be pressed, by their names.
BUTTONS = """() => [...document.querySelectorAll("button, summary")]
  .filter((button) => button.checkVisibility() && !button.disabled)
  .map((button) => button.textContent.replace(/\\s+/g, " ").trim())"""


def press_everything(page: Page) -> list[str]:
    """Presses each button once, those of a question that is asked first with No and then with Yes."""
    pressed: Counter[str] = Counter()
    asking: set[str] = set()
    opener = ""

    def presses(name: str) -> int:
        # Two questions can have the same answers.
        return pressed[f"{name} {opener}" if name.startswith(("Yes,", "No,")) else name]

    page.evaluate("globalThis.print = history.back = () => {}")
    while True:
        names = page.evaluate(BUTTONS)
        left = [name for name in names if presses(name) < (2 if name in asking else 1)]
        if not left:
            return list(pressed)
        name = min(left, key=lambda one: (presses(one), one.startswith("Yes"), names.index(one)))
        index = names.index(name)
        if name.startswith(("Yes,", "No,")):
            pressed[f"{name} {opener}"] += 1
        else:
            opener = name
        pressed[name] += 1
        page.evaluate(
            """(index) => [...document.querySelectorAll("button, summary")]
                 .filter((button) => button.checkVisibility() && !button.disabled)[index].focus()""",
            index,
        )
        page.keyboard.press("Enter")
        page.wait_for_timeout(150)
        on_something(page)
        if not name.startswith("No,") and any(other.startswith("No,") for other in page.evaluate(BUTTONS)):
            asking.add(name)


def test_no_button_leaves_the_keyboard_on_nothing(learner: BrowserContext, small_site: str, small: Path) -> None:
    """Whatever a button takes away, the focus is on something that has a name and a role."""
    pages = sorted({path.relative_to(small).parent.as_posix() for path in small.rglob("index.html")})
    page = learner.new_page()
    pressed: dict[str, list[str]] = {}
    for path in [path for path in pages if "author" not in path and "print" not in path]:
        come_back(page, small_site, f"{path}/")
        pressed[path] = press_everything(page)
    assert {"Yes, delete it", "No, keep it"} <= set(pressed["journal"])
    assert any(name.startswith("Bring it back") for name in pressed["journal"])
    assert {"Yes, delete everything", "Use this choice"} <= set(pressed["progress"])
    assert "Check my answer" in pressed["listening/quiz"]


def test_a_file_that_was_opened_takes_the_keyboard_along(learner: BrowserContext, small_site: str) -> None:
    page = learner.new_page()
    come_back(page, small_site, "progress/")
    for way in ("Add it to what is here", "Put it in place of what is here"):
        page.get_by_label("Open a file that you saved").set_input_files(
            {"name": "x.json", "mimeType": "application/json", "buffer": json.dumps(RECORD).encode()}
        )
        expect(page.get_by_role("heading", name="What this file would bring.")).to_be_focused()
        page.get_by_role("button", name=way).press("Enter")
        if "place" in way:
            assert on_something(page)["description"].startswith("The file then takes the place")
            page.get_by_role("button", name="Yes, put it in place").press("Enter")
        expect(page.get_by_role("group", name=re.compile("^Done. What the file held is here now"))).to_be_focused()


# --------------------------------------------------------------- empty regions


def test_a_page_has_one_region_that_speaks(learner: BrowserContext, small_site: str, small: Path) -> None:
    """Orca reads each empty one out as a status bar."""
    page = learner.new_page()
    for path in sorted({path.relative_to(small).parent.as_posix() for path in small.rglob("index.html")}):
        come_back(page, small_site, f"{path}/")
        regions = page.locator("[role=status], [role=alert], [aria-live]")
        assert regions.count() == page.locator("body > [role=status]").count() <= 1, path


# ------------------------------------------------------------ scripts that fail

#: Pages that gain something from script.
PAGES = ("gallery/steps/", "gallery/quiz/", "search/", "comfort/", "journal/", "review/", "progress/", "record/")

#: What is there and does nothing: controls of an element that never started, and of forms that wait for script.
DEAD = """() => [...document.querySelectorAll("main button, main .with-script")]
  .filter((control) => control.checkVisibility() && control.closest(":not(:defined)"))
  .map((control) => control.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("path", PAGES)
def test_where_a_script_is_missing_the_page_is_the_one_without_script(
    gallery: BuiltSite, browser: Browser, path: str
) -> None:
    """Each module file in turn: what was to start says that it did only when it did."""
    missing = ""

    def answer(route: Route) -> None:
        if missing and route.request.url.endswith(missing):
            route.fulfill(status=503) if len(missing) % 2 else route.abort()
        else:
            route.continue_()

    with browser.new_context(service_workers="block") as context:
        page = context.new_page()
        loaded: list[str] = []
        page.on("request", lambda request: loaded.append(request.url) if request.url.endswith(".js") else None)
        page.goto(gallery.address + path, wait_until="load")
        words = page.locator(".without-script")
        expect(words).to_be_hidden()
        # A second copy of what is kept is made later, and nothing waits for it.
        files = [url.removeprefix(gallery.address) for url in dict.fromkeys(loaded) if "durable" not in url]
        assert len(files) > 3
        context.route("**/*.js", answer)
        found: dict[str, Any] = {}
        for missing in files:
            page.goto(gallery.address + path, wait_until="load")
            dead = page.evaluate(DEAD)
            if dead or not words.is_visible():
                found[missing] = dead or "the words for readers without script are hidden"
        assert found == {}


def test_where_a_script_is_broken_the_page_is_the_one_without_script(gallery: BuiltSite, browser: Browser) -> None:
    with browser.new_context(service_workers="block") as context:
        context.route(
            "**/every-page.js", lambda route: route.fulfill(body="export const (", content_type="text/javascript")
        )
        page = context.new_page()
        page.goto(f"{gallery.address}search/", wait_until="load")
        expect(page.locator(".without-script")).to_be_visible()
        expect(page.get_by_role("searchbox")).to_be_hidden()


def test_a_picture_that_is_missing_is_no_script_that_is(gallery: BuiltSite, browser: Browser) -> None:
    with browser.new_context(service_workers="block") as context:
        context.route("**/*.svg", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{gallery.address}gallery/steps/", wait_until="load")
        expect(page.locator(".without-script")).to_be_hidden()


@pytest.mark.parametrize("kept", [False, True], ids=["to be begun", "begun before"])
def test_a_journal_whose_script_is_missing_says_that_nothing_is_kept(
    browser: Browser, small_site: str, kept: bool
) -> None:
    with browser.new_context(service_workers="block") as context:
        context.route("**/journal-keeping.js", lambda route: route.abort())
        page = context.new_page()
        page.goto(f"{small_site}assets/index.json")
        if kept:
            put(page, "journal", JOURNAL)
        page.goto(f"{small_site}listening/hearing/", wait_until="load")
        use(page)
        box = page.get_by_label("Keep what I write in this browser").first
        if not kept:
            box.click()
            expect(page.get_by_role("status")).to_contain_text("This part of the page could not be loaded.")
        expect(box).not_to_be_checked()
        expect(page.get_by_text("This page does not keep what you write.").first).to_be_visible()


# ----------------------------------------------------------------------- names

#: Words of neighbours with an element's edge and no space between, in whatever has its name from its content.
NEIGHBOURS = """() => [...document.querySelectorAll("a, button, summary, label, legend, caption, th, h1, h2, h3, h4")].flatMap((element) => {
  const words = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim()) words.push(walker.currentNode.data.trim());
  return words.slice(1).map((word, at) => [words[at].split(/\\s+/).at(-1), word.split(/\\s+/)[0]]);
})"""


def names(page: Page) -> list[str]:
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [str(node.get("name", {}).get("value", "")) for node in nodes]


def test_no_name_is_glued_together(learner: BrowserContext, small_site: str, small: Path) -> None:
    page = learner.new_page()
    found: dict[str, list[str]] = {}
    marked = 0
    for path in sorted({path.relative_to(small).parent.as_posix() for path in small.rglob("index.html")}):
        come_back(page, small_site, f"{path}/")
        page.evaluate("() => { for (const details of document.querySelectorAll('details')) details.open = true; }")
        pairs = {one + other for one, other in page.evaluate(NEIGHBOURS) if one[-1].isalnum() and other[0].isalnum()}
        said = names(page)
        marked += sum(name.endswith(" finished") for name in said)
        glued = [pair for pair in pairs if any(re.search(rf"(?<!\w){re.escape(pair)}(?!\w)", name) for name in said)]
        if glued:
            found[path] = glued
    assert marked, "a finished lesson is called so"
    assert found == {}


# ------------------------------------------------------------- quiz and review


def answer_all(page: Page) -> None:
    for question in page.locator(".question").all():
        give(question.locator("form"), last=False)
        question.locator("button[type=submit]").press("Enter")


def test_the_result_of_a_quiz_counts_what_can_be_right_and_is_heard(learner: BrowserContext, small_site: str) -> None:
    page = learner.new_page()
    page.goto(f"{small_site}listening/quiz/")
    page.wait_for_load_state()
    kinds = page.locator(".question").evaluate_all("(all) => all.map((one) => one.localName)")
    own = kinds.count("q-open-response")
    answer_all(page)
    (last,) = heard(page)[-1]
    result = page.locator(".quiz-end__state").inner_text()
    assert last.count(result) == 1
    assert f"You have answered {len(kinds)} of {len(kinds)}." in result
    assert re.search(rf"\d of {len(kinds) - own} (was|were) right the first time\.", result)
    assert own == 1
    assert "1 is for you to judge yourself." in result
    link = page.locator(".question").last.get_by_role("link", name="See your result")
    assert link.evaluate(IN_VIEW)
    link.press("Enter")
    expect(page.get_by_role("heading", name="Your result")).to_be_focused()


def change_record(page: Page, change: str) -> None:
    """Changes what is kept of a learner, behind the back of the page. The script finds it as `record`."""
    page.evaluate(
        f"""() => {{ const name = "alongside:/:record", record = JSON.parse(localStorage.getItem(name));
                     {change}
                     localStorage.setItem(name, JSON.stringify(record)); }}"""
    )


def test_the_result_is_heard_too_where_one_question_was_left(learner: BrowserContext, small_site: str) -> None:
    page = learner.new_page()
    page.goto(f"{small_site}listening/quiz/")
    page.wait_for_load_state()
    answer_all(page)
    change_record(
        page,
        """const { questions, lessons } = record.modules.listening;
           delete lessons.quiz;
           delete questions[[...document.querySelectorAll(".question")].pop().dataset.question];""",
    )
    page.reload()
    page.wait_for_load_state()
    question = page.locator(".question").last
    give(question.locator("form"), last=False)
    question.locator("button[type=submit]").press("Enter")
    assert page.locator(".quiz-end__state").inner_text() in heard(page)[-1][0]
    expect(question.get_by_role("link", name="See your result")).to_have_count(1)


def test_a_review_keeps_its_goal_and_one_way_on(learner: BrowserContext, small_site: str) -> None:
    page = learner.new_page()
    page.goto(f"{small_site}listening/quiz/")
    page.wait_for_load_state()
    answer_all(page)
    change_record(page, 'for (const card of Object.values(record.review)) card.due = "2020-01-01";')
    page.goto(f"{small_site}review/")
    page.get_by_role("button", name=re.compile("^Start with")).press("Enter")
    titles, wrong = [], 0
    while True:
        title = page.get_by_role("heading", level=2).first
        expect(title).to_be_focused()
        if title.inner_text() == "That was the last one for now.":
            break
        titles.append(title.inner_text())
        question = page.locator(".question")
        question.locator("button[type=submit]").wait_for()
        give(question.locator("form"), last=len(titles) % 2 > 0)
        question.locator("button[type=submit]").press("Enter")
        right = re.match("Correct|A strong", question.locator(".question__verdict").inner_text())
        wrong += not (right or titles[-1].startswith("Again"))
        onwards = page.get_by_role("button", name="Next question")
        assert onwards.evaluate(IN_VIEW)
        assert question.locator(".question__verdict").evaluate(IN_VIEW)
        colours = question.locator("button[type=submit], .button").evaluate_all(
            "(all) => all.map((one) => getComputedStyle(one).backgroundColor)"
        )
        assert len(set(colours)) == 2, "one of the two comes first"
        onwards.press("Enter")
    first = [title for title in titles if not title.startswith("Again")]
    again = [title for title in titles if title.startswith("Again")]
    assert [title.split(":")[0].split(",")[0] for title in first] == [
        f"{n} of {len(first)}" for n in range(1, len(first) + 1)
    ]
    assert len(again) == wrong > 0
    assert [title.split(":")[0] for title in again] == [f"Again, {n} of {len(again)}" for n in range(1, len(again) + 1)]
    assert re.search(rf"and ({len(again)}|{len(again) - 1}) again", first[-1])
