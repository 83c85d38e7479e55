"""A conversation that was recorded is heard in place of voices, turn by turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import BuiltSite
from tests.browser.test_listening import DEVICE, LOCAL

WHERE = "gallery/exercises/"
#: A player without sound: a test says how far it is.
PLAYER = """() => {
  globalThis.played = [];
  const at = new WeakMap(), going = new WeakSet();
  Object.defineProperties(HTMLMediaElement.prototype, {
    currentTime: { get() { return at.get(this) ?? 0; }, set(time) { at.set(this, time); played.push(`to ${time}`); } },
    paused: { get() { return !going.has(this); } },
    play: { value: async function () {
      if (globalThis.broken) throw new DOMException("", "NotSupportedError");
      if (!going.has(this)) played.push("play");
      going.add(this);
    } },
    pause: { value: function () { if (going.has(this)) played.push("pause"); going.delete(this); } },
  });
  globalThis.reach = (time) => {
    const audio = document.querySelector(".dialogue audio");
    at.set(audio, time);
    audio.dispatchEvent(new Event(time > 8 ? "ended" : "timeupdate"));
  };
}"""


@pytest.fixture
def learner(browser: Browser) -> Iterator[BrowserContext]:
    """Someone with a browser of their own."""
    with browser.new_context(service_workers="block", reduced_motion="reduce") as context:
        yield context


def opened(context: BrowserContext, gallery: BuiltSite, voices: list[dict[str, Any]]) -> Page:
    page = context.new_page()
    page.add_init_script(f"({DEVICE})({json.dumps(voices)}); ({PLAYER})()")
    page.goto(gallery.address + WHERE)
    return page


def start(page: Page) -> None:
    page.get_by_role("button", name="Listen to the conversation").click()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()


def marked(page: Page) -> str:
    return " ".join(page.locator(".is-read").inner_text().split())


@pytest.mark.engines("firefox")
def test_it_is_heard_turn_by_turn_without_any_voice_and_ends(learner: BrowserContext, gallery: BuiltSite) -> None:
    page = opened(learner, gallery, [])
    start(page)
    assert "I might quit." in marked(page)
    page.evaluate("reach(2.6)")
    assert "You’re worn out." in marked(page)
    page.evaluate("reach(6.1)")
    assert "I am." in marked(page)
    assert page.evaluate("played") == ["to 0", "play"], "turns follow each other without a gap"
    page.evaluate("reach(9)")
    expect(page.locator(".listening")).to_have_count(0)
    expect(page.locator(".is-read")).to_have_count(0)
    assert page.evaluate("played.at(-1)") == "pause"


def test_a_pause_goes_on_with_the_turn_that_was_heard(learner: BrowserContext, gallery: BuiltSite) -> None:
    page = opened(learner, gallery, [])
    start(page)
    page.evaluate("reach(2.6)")
    page.evaluate("reach(5)")
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("played.at(-1)") == "pause"
    page.get_by_role("button", name="Go on reading").click()
    assert page.evaluate("played.slice(-2)") == ["to 2.5", "play"]
    page.get_by_role("button", name="Stop").click()
    assert page.evaluate("played.at(-1)") == "pause"


def test_its_speed_is_that_of_the_reader(learner: BrowserContext, gallery: BuiltSite) -> None:
    page = opened(learner, gallery, [])
    start(page)
    page.get_by_label("Speed").select_option("Slower")
    assert page.evaluate("document.querySelector('.dialogue audio').playbackRate") == 0.8


def test_a_voice_tells_what_the_recording_does_not_say(learner: BrowserContext, gallery: BuiltSite) -> None:
    page = opened(learner, gallery, LOCAL)
    start(page)
    assert [piece["text"] for piece in page.evaluate("spoken")] == ["A better way: On the recording"]
    page.evaluate("tellEnd()")
    page.evaluate("tellEnd()")
    assert page.evaluate("played") == ["to 0", "play"]
    assert len(page.evaluate("spoken")) == 2


def test_a_recording_that_cannot_be_played_says_so(learner: BrowserContext, gallery: BuiltSite) -> None:
    page = opened(learner, gallery, [])
    page.evaluate("globalThis.broken = true")
    page.get_by_role("button", name="Listen to the conversation").click()
    expect(page.locator(".listening").get_by_text("This device could not read that aloud.")).to_be_visible()
    expect(page.get_by_role("button", name="Go on reading")).to_be_visible()


def test_without_script_it_is_a_player_with_its_transcript_below(browser: Browser, gallery: BuiltSite) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(gallery.address + WHERE)
        player = page.locator(".dialogue audio")
        expect(player).to_be_visible()
        expect(player).to_have_attribute("controls", "")
        expect(page.locator(".dialogue audio + .turns")).to_be_visible()
