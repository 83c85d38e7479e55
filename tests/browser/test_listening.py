"""A lesson and its conversations are read aloud, by voices of the device alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import BuiltSite

#: A device that reads: what it was given stands in `spoken`, and a test says when a piece ends.
DEVICE = """(voices) => {
  globalThis.spoken = [];
  const events = new EventTarget();
  let now;
  globalThis.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
  globalThis.tellEnd = (name = "end") => { const was = now; now = undefined; was?.dispatchEvent(new Event(name)); };
  globalThis.voices = voices;
  Object.defineProperty(globalThis, "speechSynthesis", { value: {
    getVoices: () => globalThis.voices,
    speak(utterance) {
      now = utterance;
      spoken.push({ text: utterance.text, voice: utterance.voice.name, pitch: utterance.pitch, rate: utterance.rate });
    },
    cancel() { const was = now; now = undefined; was?.dispatchEvent(new Event("error")); },
    addEventListener: events.addEventListener.bind(events),
    dispatchEvent: events.dispatchEvent.bind(events),
  } });
}"""


def voice(name: str, lang: str = "en-GB", *, local: bool = True, default: bool = False) -> dict[str, Any]:
    return {"name": name, "lang": lang, "localService": local, "default": default}


LOCAL = [voice("Ann"), voice("Ben", "en_US"), voice("Cleo", default=True)]
DIALOGUE = "Listen to the conversation"


@pytest.fixture
def device(browser: Browser, gallery: BuiltSite) -> Any:
    contexts: list[BrowserContext] = []

    def opened(voices: list[dict[str, Any]], where: str = "gallery/steps/") -> Page:
        context = browser.new_context(
            service_workers="block", reduced_motion="reduce", viewport={"width": 390, "height": 844}
        )
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(f"({DEVICE})({voices})".replace("True", "true").replace("False", "false"))
        page.goto(gallery.address + where)
        return page

    yield opened
    for context in contexts:
        context.close()


def start(page: Page, name: str = DIALOGUE, place: int = 0) -> None:
    """Asks for it, and waits until what reads has come."""
    page.get_by_role("button", name=name).nth(place).click()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()


def spoken(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate("spoken"))


def all_of_it(page: Page) -> list[dict[str, Any]]:
    """What is read to the end."""
    for _ in range(400):
        if not page.locator(".listening").count():
            break
        page.evaluate("tellEnd()")
    return spoken(page)


@pytest.mark.parametrize(
    "voices",
    [[], [voice("Far away", local=False)], [voice("Zoe", "cy-GB")]],
    ids=["none", "of somebody else's computer", "of another language"],
)
def test_nothing_is_offered_without_a_voice_of_the_device(device: Callable[..., Page], voices: list[Any]) -> None:
    page = device(voices)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".listen")).to_have_count(0)


def test_it_is_offered_once_where_voices_come_late(device: Callable[..., Page]) -> None:
    page = device([])
    page.wait_for_load_state("networkidle")
    for _ in range(2):
        page.evaluate(
            "(found) => { globalThis.voices = found; speechSynthesis.dispatchEvent(new Event('voiceschanged')); }",
            LOCAL,
        )
    expect(page.get_by_role("button", name="Listen to this lesson")).to_have_count(1)


def test_the_two_of_a_conversation_have_voices_of_their_own_and_are_named_once(device: Callable[..., Page]) -> None:
    page = device([*LOCAL, voice("Far away", local=False)])
    start(page)
    heard = all_of_it(page)
    dialogue = page.locator(".dialogue").first
    names = dialogue.locator(".turn__speaker").all_inner_texts()
    turns = heard[-len(names) :]
    by_speaker = {
        name: {turn["voice"] for turn, who in zip(turns, names, strict=True) if who == name} for name in names
    }
    assert all(len(voices) == 1 for voices in by_speaker.values())
    assert len(set.union(*by_speaker.values())) == len(by_speaker)
    assert heard[0]["voice"] == "Cleo", "the voice that the device prefers tells"
    for name in by_speaker:
        assert sum(f"{name.split(':')[0].strip()} says: " in turn["text"] for turn in turns) == 1
    notes = dialogue.locator(".turn__note").all_inner_texts()
    assert notes
    assert not [turn for turn in turns for note in notes if note and note in turn["text"]]


def test_what_somebody_does_is_told_and_not_spoken(device: Callable[..., Page]) -> None:
    page = device(LOCAL)
    start(page, place=1)
    assert [(piece["text"], piece["voice"]) for piece in all_of_it(page)] == [
        ("A better way: With a pause", "Cleo"),
        ("Rosa says: I might quit.", "Ann"),
        ("Ade waits.", "Cleo"),
        ("You’re worn out.", "Ben"),
    ]


def test_one_voice_speaks_higher_and_lower(device: Callable[..., Page]) -> None:
    page = device([voice("Ann")])
    start(page)
    assert {turn["pitch"] for turn in all_of_it(page)} == {1, 0.85, 1.2}


@pytest.mark.engines("firefox")
def test_a_pause_goes_on_with_the_piece_that_was_read(device: Callable[..., Page]) -> None:
    page = device(LOCAL)
    start(page)
    page.evaluate("tellEnd()")
    page.get_by_role("button", name="Pause").click()
    before = spoken(page)
    page.evaluate("tellEnd()")
    assert spoken(page) == before, "nothing is read meanwhile"
    page.get_by_role("button", name="Go on reading").click()
    assert [turn["text"] for turn in spoken(page)] == [*(turn["text"] for turn in before), before[-1]["text"]]


def test_the_speed_holds_and_is_kept_for_other_pages(device: Callable[..., Page]) -> None:
    page = device(LOCAL)
    start(page)
    page.get_by_label("Speed").select_option("Slower")
    assert [turn["rate"] for turn in spoken(page)] == [1, 0.8]
    page.reload()
    start(page, "Listen to this lesson")
    expect(page.get_by_label("Speed")).to_have_value("slow")
    assert spoken(page)[0]["rate"] == 0.8


@pytest.mark.engines("firefox")
def test_what_is_read_is_seen_and_leaves_nothing_behind(device: Callable[..., Page]) -> None:
    page = device(LOCAL)
    button = page.get_by_role("button", name=DIALOGUE).first
    start(page)
    for _ in range(3):
        page.evaluate("tellEnd()")
        expect(page.locator(".is-read")).to_have_count(1)
        expect(page.locator(".is-read")).to_be_in_viewport(ratio=1)
        bar = page.locator(".listening").bounding_box()
        read = page.locator(".is-read").bounding_box()
        assert bar
        assert read
        assert read["y"] + read["height"] <= bar["y"]
    page.keyboard.press("Escape")
    expect(page.locator(".is-read")).to_have_count(0)
    expect(page.locator(".listening")).to_have_count(0)
    expect(button).to_be_focused()


def test_a_lesson_is_read_without_its_questions(device: Callable[..., Page]) -> None:
    page = device(LOCAL)
    start(page, "Listen to this lesson")
    heard = [piece["text"] for piece in all_of_it(page)]
    assert heard[0] == page.locator("main > h1").inner_text()
    assert heard.count(" ".join(page.locator(".hook p").first.inner_text().split())) == 1
    for prompt in page.locator(".question__prompt").all_inner_texts():
        assert not [piece for piece in heard if prompt in piece]
    words = " ".join(page.locator("main").inner_text().split())
    twice = [
        piece
        for piece in set(heard)
        if heard.count(piece) > max(words.count(piece.partition(" says: ")[2] or piece), 1)
    ]
    assert twice == [], "nothing is read twice"
    assert "Listen to this lesson" not in heard


def test_a_lesson_is_read_as_it_was_before_buttons_were_put_into_it(device: Callable[..., Page]) -> None:
    page = device(LOCAL)
    start(page, "Listen to this lesson")
    before = [piece["text"] for piece in all_of_it(page)]
    for name in ("Keep lines of this lesson", "Keep lines of this conversation"):
        page.get_by_role("button", name=name).first.click()
    expect(page.locator(".keep-line").first).to_be_attached()
    start(page, "Listen to this lesson")
    heard = [piece["text"] for piece in all_of_it(page)][len(before) :]
    assert heard == before
    assert not [piece for piece in heard if "Keep lines" in piece or "Keep this line" in piece]


def test_a_voice_that_fails_says_so_and_can_be_asked_again(device: Callable[..., Page]) -> None:
    page = device(LOCAL)
    start(page)
    page.evaluate("tellEnd('error')")
    expect(page.locator(".listening").get_by_text("This device could not read that aloud.")).to_be_visible()
    page.get_by_role("button", name="Go on reading").click()
    assert len(spoken(page)) == 2
    expect(page.locator(".listening").get_by_text("This device could not read that aloud.")).to_have_count(0)


def test_one_thing_is_read_at_a_time(device: Callable[..., Page]) -> None:
    page = device(LOCAL)
    start(page, "Listen to this lesson")
    page.get_by_role("button", name=DIALOGUE).first.click()
    expect(page.get_by_role("group", name="Reading aloud")).to_have_count(1)
    page.wait_for_function("() => spoken.length === 2")
    assert spoken(page)[-1]["text"] == " ".join(page.locator(".dialogue > h2").first.text_content().split())


def test_the_bar_has_no_barrier_and_fits_a_narrow_window(
    device: Callable[..., Page], barriers: Callable[[Page], list[str]]
) -> None:
    page = device(LOCAL)
    page.set_viewport_size({"width": 320, "height": 560})
    start(page)
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
