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
      console.error(error);
      sayNotLoaded(state);
    }
  });
  before.after(make("p", {}, button), state);
}

function offerAll() {
  if (!localVoices().length || document.querySelector(".listen")) return;
  const title = document.querySelector("main > h1");
  if (title) offer(title, said.lesson);
  for (const heading of document.querySelectorAll(".dialogue > h2"))
    offer(heading.parentElement?.querySelector(".dialogue__setting") ?? heading, said.dialogue);
}

offerAll();
// Many browsers look for voices only once they are asked.
globalThis.speechSynthesis?.addEventListener?.("voiceschanged", offerAll);
