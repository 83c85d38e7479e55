/**
 * Offers to keep lines of a page in the journal: what someone has selected, or lines chosen with buttons. What keeps
 * them is loaded when someone asks for it.
 */
import { make } from "./site.js";
import { sayNotLoaded } from "./speech.js";
import { _ } from "./words.js";

const said = {
  selected: _("Keep what is selected"),
  lesson: _("Keep lines of this lesson"),
  dialogue: _("Keep lines of this conversation"),
};
/** Longer ones are no lines, but somebody who selects the page. */
const LONGEST = 1000;

/** @param {HTMLElement} state @param {(keeping: typeof import("./line-keeping.js")) => unknown} does */
async function ask(state, does) {
  try {
    await does(await import("./line-keeping.js"));
  } catch (error) {
    sayNotLoaded(state, error);
  }
}

const main = document.getElementById("main");
const state = make("p");
const keep = make("button", { type: "button", class: "button" }, said.selected);
const bar = make("div", { class: "line-bar" }, keep, state);
/** @type {Range | undefined} */
let chosen;

/** What is selected in the texts of the page. */
function selected() {
  const selection = getSelection();
  if (!main || !selection || selection.isCollapsed || !selection.rangeCount) return undefined;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const length = selection.toString().trim().length;
  const at = around instanceof Element ? around : around.parentElement;
  const inText = main.contains(around) && !at?.closest("form, .key, .exercise, .keep-line");
  return inText && length > 1 && length <= LONGEST ? range.cloneRange() : undefined;
}

document.addEventListener("selectionchange", () => {
  const range = selected();
  if (range) {
    chosen = range;
    state.textContent = "";
    if (!bar.isConnected) main?.append(bar);
  } else if (!bar.contains(document.activeElement)) bar.remove();
});
// What is selected stays so while the button is pressed.
bar.addEventListener("pointerdown", (event) => event.preventDefault());
keep.addEventListener("click", () => {
  const range = chosen;
  if (range) void ask(state, ({ keepSelected }) => keepSelected(range, bar, state));
});

/** @param {Element} before what is followed by the offer @param {string} words @param {Element} inside */
function offer(before, words, inside) {
  const button = make("button", { type: "button", class: "button button--second line-offer" }, words);
  const told = make("p");
  button.addEventListener("click", () => void ask(told, ({ choose }) => choose(inside, button)));
  before.after(make("p", {}, button), told);
}

for (const dialogue of document.querySelectorAll("main > .dialogue")) {
  const last = dialogue.lastElementChild;
  if (last) offer(last, said.dialogue, dialogue);
}
const finish = document.querySelector("p-lesson");
if (main && finish?.previousElementSibling) offer(finish.previousElementSibling, said.lesson, main);
