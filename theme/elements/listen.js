/**
 * Offers to read a lesson and its conversations aloud, where this device has a voice of its own. What reads is loaded
 * when someone asks for it.
 */
import { make } from "./site.js";
import { sayNotLoaded } from "./speech.js";
import { localVoices } from "./voices.js";
import { _ } from "./words.js";

const said = {
  lesson: _("Listen to this lesson"),
  dialogue: _("Listen to the conversation"),
};

/** @param {Element} before what is followed by the offer @param {string} words */
function offer(before, words) {
  const button = make("button", { type: "button", class: "button button--second listen" }, words);
  const state = make("p");
  button.addEventListener("click", async () => {
    try {
      const { listen } = await import("./listening.js");
      listen(button);
    } catch (error) {
      sayNotLoaded(state, error);
    }
  });
  before.after(make("p", {}, button), state);
}

/** A recording is heard in place of voices, with the same bar and marks. @param {Element} dialogue */
function offerIn(dialogue) {
  const before = dialogue.querySelector(".dialogue__setting") ?? dialogue.querySelector(":scope > h2");
  if (!before || dialogue.querySelector(".listen")) return;
  const recording = dialogue.querySelector("audio");
  if (!recording && !localVoices().length) return;
  if (recording) recording.controls = false;
  offer(before, said.dialogue);
}

function offerAll() {
  for (const dialogue of document.querySelectorAll(".dialogue")) offerIn(dialogue);
  const title = document.querySelector("main > h1");
  if (title && localVoices().length && !document.querySelector("main > p > .listen")) offer(title, said.lesson);
}

offerAll();
// Many browsers look for voices only once they are asked.
globalThis.speechSynthesis?.addEventListener?.("voiceschanged", offerAll);
