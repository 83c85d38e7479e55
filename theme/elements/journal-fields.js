/**
 * Offers to keep what is written in exercises. Nothing is kept until the learner asks for it, and only then
 * the script that keeps it is loaded.
 */
import { messages } from "./messages.js";
import { device, make } from "./site.js";
import { say, sayNotLoaded } from "./speech.js";
import { get } from "./store.js";

const isOn = () => get("journal")?.includes('"on":true') === true;
/** @type {HTMLInputElement[]} */
const boxes = [];
const notices = [...document.querySelectorAll(".not-kept")].map((notice) => /** @type {HTMLElement} */ (notice));

/** @param {HTMLInputElement} box @param {HTMLElement} state */
async function changed(box, state) {
  try {
    const { turn } = await import("./journal-keeping.js");
    say(state, await turn(box.checked));
  } catch (error) {
    sayNotLoaded(state, error);
  }
  show(isOn());
}

/** @param {boolean} on */
function show(on) {
  for (const box of boxes) box.checked = on;
  for (const notice of notices) notice.hidden = on;
}

for (const [index, notice] of notices.entries()) {
  const box = make("input", { type: "checkbox", id: `keep-${index + 1}` });
  const label = make("label", { for: box.id }, device() === "shared" ? messages.keepInTab : messages.keepWriting);
  const state = make("p", { class: "kept" });
  notice.before(make("div", { class: "option keep" }, box, " ", label), state);
  box.addEventListener("change", () => changed(box, state));
  boxes.push(box);
}
show(isOn());
// Where that cannot be had, nothing is kept, and the page goes on saying so.
if (isOn()) import("./journal-keeping.js").catch(() => show(false));
