"""Practising aloud: with a voice of the device for the model, and a recording that stays in the page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect

from alongside.model.settings import Settings
from tests.browser import chromium, firefox
from tests.browser.conftest import BuiltSite, missing, served
from tests.browser.gallery import build_gallery
from tests.browser.test_listening import DEVICE, LOCAL

REWRITE, STEPS = "gallery/exercises/", "gallery/steps/"
#: A device without what a recording needs, or that says no, by what goes wrong.
FAULTS = {
    "denied": "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); }",
    "no microphone": "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotFoundError'); }",
    "in use": "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotReadableError'); }",
    "no recorder": "delete globalThis.MediaRecorder",
    "no devices": "Object.defineProperty(navigator, 'mediaDevices', {value: undefined})",
    "no format": "MediaRecorder = class { constructor() { throw new DOMException('', 'NotSupportedError'); } }",
    "no start": "MediaRecorder.prototype.start = () => { throw new DOMException('', 'InvalidStateError'); }",
}
SAID = {
    "denied": "The microphone was not allowed, so nothing was recorded.",
    "no microphone": "No microphone was found.",
    "in use": "The microphone cannot be used now",
    "no recorder": "This browser cannot record here.",
    "no devices": "This browser cannot record here.",
    "no format": "This browser cannot record here.",
    "no start": "This browser cannot record here.",
}
#: Notes what asks for the microphone, and each track that it gives.
WATCH = """() => {
  globalThis.tracks = [];
  const media = navigator.mediaDevices;
  const ask = media?.getUserMedia?.bind(media);
  if (ask) media.getUserMedia = async (wanted) => { const s = await ask(wanted); tracks.push(...s.getTracks()); return s; };
}"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site is served that lets learners record themselves."""
    folder = build_gallery(tmp_path_factory.mktemp("recorded"), settings="recording: true")
    with served(folder, settings=Settings(recording=True)) as address:
        yield address


@pytest.fixture(scope="module")
def speaking(playwright: Playwright) -> Iterator[Browser]:
    """A Chromium with a microphone that beeps, and that is allowed without a question."""
    found = chromium.find()
    assert found
    path, environment = found
    flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = playwright.chromium.launch(
        executable_path=path, args=[*chromium.ARGUMENTS, *flags], env={**os.environ, **environment}
    )
    yield browser
    browser.close()


@pytest.fixture
def learner(speaking: Browser) -> Iterator[BrowserContext]:
    """Someone with such a browser. A script error or a breach of the policy fails the test."""
    complaints: list[str] = []
    with speaking.new_context(service_workers="block", viewport={"width": 390, "height": 844}) as context:
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        yield context
    assert complaints == []


def opened(context: BrowserContext, address: str, script: str = "", voices: object = None) -> Page:
    page = context.new_page()
    page.add_init_script(f"({WATCH})()")
    if script:
        page.add_init_script(script)
    if voices is not None:
        page.add_init_script(f"({DEVICE})({voices})".replace("True", "true").replace("False", "false"))
    page.goto(address)
    page.keyboard.press("Shift")  # what is offered comes once a page is used
    return page


def practice(page: Page) -> Locator:
    page.get_by_role("button", name="Practise aloud").first.click()
    panel = page.get_by_role("group", name="Practise aloud")
    expect(panel).to_be_visible()
    return panel


def record(panel: Locator) -> None:
    panel.get_by_role("button", name="Record yourself").click()
    stop = panel.get_by_role("button", name="Stop recording")
    expect(stop).to_be_visible()
    panel.page.wait_for_timeout(1200)
    stop.click()
    expect(panel.get_by_text("Recorded: ")).to_be_visible()


@pytest.mark.firefox
def test_in_firefox_too_one_hears_oneself_and_nothing_is_left(
    playwright: Playwright, recorded: str, tmp_path: Path
) -> None:
    fake: dict[str, firefox.Preference] = {
        "media.navigator.streams.fake": True, "media.navigator.permission.disabled": True
    }  # fmt: skip
    browser = firefox.launch(playwright, tmp_path, preferences={**firefox.PREFERENCES, **fake})
    if browser is None:
        missing("firefox")
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = opened(context, recorded + REWRITE)
        panel = practice(page)
        record(panel)
        assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
        panel.get_by_role("button", name="Hear yourself").click()
        expect(panel.get_by_role("button", name="Stop", exact=True)).to_be_visible()
        panel.get_by_role("button", name="Delete it").click()
        expect(panel.get_by_role("button", name="Hear yourself")).to_be_hidden()
    browser.close()


def test_one_hears_oneself_saves_and_deletes_and_the_microphone_is_let_go(
    learner: BrowserContext, recorded: str
) -> None:
    page = opened(learner, recorded + REWRITE)
    panel = practice(page)
    assert page.evaluate("tracks.length") == 0, "nothing is asked before the button"
    record(panel)
    assert page.evaluate("tracks.map((track) => track.readyState)") == ["ended"]
    panel.get_by_role("button", name="Hear yourself").click()
    expect(panel.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    expect(panel.get_by_role("button", name="Hear yourself")).to_be_visible()
    with page.expect_download() as download:
        panel.get_by_role("button", name="Save it as a file").click()
    assert download.value.suggested_filename.startswith("practice-")
    assert download.value.path().stat().st_size > 500
    panel.get_by_role("button", name="Delete it").click()
    expect(panel.get_by_role("button", name="Record yourself")).to_be_focused()
    expect(panel.get_by_role("button", name="Hear yourself")).to_be_hidden()


def test_nothing_of_a_recording_is_kept_and_leaving_lets_it_go(learner: BrowserContext, recorded: str) -> None:
    page = opened(learner, recorded + REWRITE)
    record(practice(page))
    assert page.evaluate("Object.values(localStorage).join().length") < 2000
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    expect(page.get_by_role("button", name="Hear yourself")).to_be_hidden()
    page.get_by_role("button", name="Record yourself").click()
    expect(page.get_by_role("button", name="Stop recording")).to_be_visible()
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    page.wait_for_function("tracks.every((track) => track.readyState === 'ended')")
    page.goto(recorded + STEPS)
    page.go_back()
    expect(page.get_by_role("button", name="Hear yourself")).to_have_count(0)


def test_closing_while_it_records_ends_it(learner: BrowserContext, recorded: str) -> None:
    page = opened(learner, recorded + REWRITE)
    panel = practice(page)
    panel.get_by_role("button", name="Record yourself").click()
    expect(panel.get_by_role("button", name="Stop recording")).to_be_visible()
    panel.get_by_role("button", name="Close").click()
    page.wait_for_function("tracks.every((track) => track.readyState === 'ended')")
    expect(page.get_by_role("button", name="Practise aloud").first).to_be_focused()


@pytest.mark.parametrize("fault", FAULTS)
def test_what_stands_in_the_way_of_a_recording_is_said(learner: BrowserContext, recorded: str, fault: str) -> None:
    panel = practice(opened(learner, recorded + REWRITE, FAULTS[fault]))
    panel.get_by_role("button", name="Record yourself").click()
    expect(panel.get_by_text(SAID[fault])).to_be_visible()
    expect(panel.get_by_role("button", name="Record yourself")).to_be_enabled()
    expect(panel.get_by_role("button", name="Hear yourself")).to_be_hidden()
    assert panel.page.evaluate("tracks.every((track) => track.readyState === 'ended')"), "the microphone is let go"


#: Notes each place where sound is made and each sound that starts; a recording is ready to be heard after `letThrough()`.
PLAYED = """(() => {
  globalThis.contexts = [];
  globalThis.starts = 0;
  const gate = new Promise((resolve) => (globalThis.letThrough = resolve));
  globalThis.AudioContext = class extends AudioContext {
    constructor() { super(); contexts.push(this); }
    async decodeAudioData(bytes) {
      await gate;
      if (globalThis.broken) throw new DOMException("", "EncodingError");
      return super.decodeAudioData(bytes);
    }
  };
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function () { starts += 1; start.call(this); };
})()"""
ALL_CLOSED = "() => contexts.length > 0 && contexts.every(({ state }) => state === 'closed')"


@pytest.mark.parametrize("away", ["Delete it", "Close", "Record again"])
def test_what_is_no_longer_wanted_is_not_heard_later(learner: BrowserContext, recorded: str, away: str) -> None:
    page = opened(learner, recorded + REWRITE, PLAYED)
    panel = practice(page)
    record(panel)
    panel.get_by_role("button", name="Hear yourself").click()
    panel.get_by_role("button", name=away).click()
    page.evaluate("letThrough()")
    page.wait_for_function(ALL_CLOSED)
    assert page.evaluate("starts") == 0


def test_a_recording_is_heard_once_however_often_one_asks(learner: BrowserContext, recorded: str) -> None:
    page = opened(learner, recorded + REWRITE, PLAYED)
    panel = practice(page)
    record(panel)
    for _ in range(3):
        panel.get_by_role("button", name="Hear yourself").click()
    page.evaluate("letThrough()")
    page.wait_for_function(ALL_CLOSED)
    assert page.evaluate("[contexts.length, starts]") == [3, 1]


def test_a_recording_that_cannot_be_played_leaves_nothing_open(learner: BrowserContext, recorded: str) -> None:
    page = opened(learner, recorded + REWRITE, PLAYED)
    panel = practice(page)
    record(panel)
    page.evaluate("broken = true; letThrough()")
    panel.get_by_role("button", name="Hear yourself").click()
    expect(panel.get_by_text("This browser could not play the recording.")).to_be_visible()
    page.wait_for_function(ALL_CLOSED)


def test_the_end_after_three_minutes_is_said_with_what_was_recorded(learner: BrowserContext, recorded: str) -> None:
    soon = "const wait = setTimeout; globalThis.setTimeout = (does, time) => wait(does, time === 180000 ? 700 : time)"
    page = opened(learner, recorded + REWRITE, soon)
    panel = practice(page)
    panel.get_by_role("button", name="Record yourself").click()
    said = "That was three minutes, so the recording has ended. Recorded: 1 second. It is gone when you leave the page."
    expect(panel.get_by_text(said)).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(said)


def test_the_header_closes_the_microphone_unless_the_setting_opens_it(
    speaking: Browser, recorded: str, gallery: BuiltSite
) -> None:
    """The header of a site without the setting closes the microphone to every script; that of one with it does not."""
    asked = "navigator.mediaDevices.getUserMedia({audio: true}).then(() => 'given', (error) => error.name)"
    with speaking.new_context(service_workers="block") as context:
        assert opened(context, gallery.address + REWRITE).evaluate(asked) == "NotAllowedError"
        assert opened(context, recorded + REWRITE).evaluate(asked) == "given"


def test_the_model_is_said_by_a_voice_of_the_device(learner: BrowserContext, recorded: str) -> None:
    page = opened(learner, recorded + REWRITE, voices=LOCAL)
    panel = practice(page)
    panel.get_by_role("button", name="Hear a better way").first.click()
    assert [(said["text"], said["voice"]) for said in page.evaluate("spoken")] == [("“It’s a lot.”", "Cleo")]


def test_without_a_voice_it_says_so_and_the_rest_is_there(learner: BrowserContext, recorded: str) -> None:
    panel = practice(opened(learner, recorded + REWRITE, voices=[]))
    expect(panel.get_by_text("This device has no voice of its own in this language")).to_be_visible()
    expect(panel.get_by_role("button", name="Hear a better way")).to_have_count(0)
    panel.get_by_role("button", name="Rate yourself").click()
    expect(panel.page.locator("details.key").first).to_have_attribute("open", "")
    expect(panel.page.get_by_label("Is it a statement?").first).to_be_focused()


@pytest.mark.parametrize("what", ["make", "scenario"])
def test_a_case_of_ones_own_and_a_scenario_are_practised_by_their_rules(
    learner: BrowserContext, recorded: str, what: str
) -> None:
    page = opened(learner, recorded + STEPS, voices=LOCAL)
    if what == "scenario":
        page.locator(".choices a").first.click()
        page.locator(".outcome:visible").get_by_role("button", name="Practise aloud").click()
    else:
        page.locator(".make").get_by_role("button", name="Practise aloud").first.click()
    panel = page.get_by_role("group", name="Practise aloud")
    expect(panel.get_by_role("button", name="Record yourself")).to_be_visible()
    expect(panel.get_by_role("checkbox").first).to_be_visible()
    expect(panel.get_by_role("button", name="Hear these words")).to_have_count(1 if what == "scenario" else 0)


def test_without_the_setting_one_practises_without_a_recording(learner: BrowserContext, gallery: BuiltSite) -> None:
    page = opened(learner, gallery.address + STEPS)
    panel = practice(page)
    expect(panel.get_by_role("button", name="Record")).to_have_count(0)
    expect(panel.get_by_text("Say it aloud as you would to that person")).to_be_visible()


def test_what_practises_is_loaded_only_on_request(learner: BrowserContext, recorded: str) -> None:
    page = learner.new_page()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(recorded + STEPS)
    page.keyboard.press("Shift")
    page.wait_for_load_state("networkidle")
    assert not [url for url in requests if "recording.js" in url or "aloud-practice.js" in url]
    practice(page)
    assert [url for url in requests if "aloud-practice.js" in url]


def test_it_has_no_barrier_and_fits_a_narrow_window(
    learner: BrowserContext, recorded: str, barriers: Callable[[Page], list[str]]
) -> None:
    page = opened(learner, recorded + STEPS, voices=LOCAL)
    page.set_viewport_size({"width": 320, "height": 560})
    record(practice(page))
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
