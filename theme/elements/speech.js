/**
 * What is said aloud. All of a page goes through one region, so that each message is heard once, and whoever reads on
 * line by line meets no empty regions.
 */
import { make } from "./site.js";
import { _ } from "./words.js";

const ERROR = _("Error:");

/** A screen reader speaks a change: words come a moment after the region was emptied, and after the focus has moved. */
const MOMENT = 100;
/** What was said stays so long before other words take its place: before that, they would be all that is heard. */
const STAYS = 300;
/** By then it has been spoken, and whoever comes to the end of the page should not meet it again. */
const HEARD = 10_000;
const region = make("div", { class: "vh", role: "status" });
document.body.append(region);
/** What waits to be said, by where it is shown. @type {Map<Element, string>} */
const waiting = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let pause;
let since = -STAYS;

/**
 * Shows words at a place and says them. What comes in the same moment is said with them, as one text.
 * @param {Element} place
 * @param {string} words
 * @param {string} [aloud] where more or less is said than shown
 */
export function say(place, words, aloud = words) {
  place.textContent = words;
  waiting.set(place, aloud);
  clearTimeout(pause);
  pause = setTimeout(speak, since + STAYS - performance.now());
}

function speak() {
  region.textContent = "";
  pause = setTimeout(() => {
    region.textContent = [...waiting.values()].filter(Boolean).join(" ");
    waiting.clear();
    since = performance.now();
    pause = setTimeout(() => (region.textContent = ""), HEARD);
  }, MOMENT);
}

/**
 * Says that what somebody asked for could not be had, and on the console why.
 * @param {Element} place
 * @param {unknown} error
 */
export function sayNotLoaded(place, error) {
  console.error(error);
  say(place, _("This part of the page could not be loaded. Load the page again when you are connected."));
}

/**
 * Ties words to a control, before what describes it already; to one that has the focus once it is left, since a
 * description that changes under the focus is heard by itself too.
 * @param {Element} control
 * @param {Element} note
 * @param {boolean} [whenLeft]
 * @returns {() => void} what unties them
 */
export function describe(control, note, whenLeft = control === document.activeElement) {
  const before = control.getAttribute("aria-describedby");
  const tie = () => control.setAttribute("aria-describedby", before ? `${note.id} ${before}` : note.id);
  if (whenLeft) control.addEventListener("blur", tie, { once: true });
  else tie();
  return () => {
    control.removeEventListener("blur", tie);
    if (before) control.setAttribute("aria-describedby", before);
    else control.removeAttribute("aria-describedby");
  };
}

/**
 * Whether somebody has gone into another field than the one that had the focus.
 * @param {Element | null} from
 */
export const hasGoneOn = (from) =>
  document.activeElement !== from && document.activeElement?.matches("input, select, textarea");

/**
 * Takes the focus to what has just come or changed. By the second frame browsers have told screen readers of it: before
 * that nothing would be heard, or the description with the focus and once more because it has changed. Whoever has gone
 * into a field meanwhile, which may be seconds on an old phone, is not taken out of it.
 * @param {HTMLElement} element
 * @param {() => void} [stays] what is done where the focus stays in such a field
 * @param {Element | null} [from] what had the focus when this was asked for
 */
export function focusSoon(element, stays = () => {}, from = document.activeElement) {
  const go = () => (document.activeElement !== element && hasGoneOn(from) ? stays() : element.focus());
  requestAnimationFrame(() => requestAnimationFrame(go));
}

/** How long a button that was pressed stays for a screen reader, in milliseconds. */
const LINGER = 1000;

/**
 * Puts something in place of all that an element holds. The button in it that was just pressed goes out of sight at
 * once and away a moment later: a screen reader that hears of the new focus after what had it has gone may say nothing,
 * as Orca does in Firefox.
 * @param {Element} place
 * @param {Node[]} fresh
 */
export function replaceAll(place, ...fresh) {
  for (const child of [...place.childNodes]) {
    if (child !== document.activeElement) child.remove();
    else {
      document.activeElement.classList.add("vh");
      document.activeElement.setAttribute("tabindex", "-1");
      setTimeout(() => child.remove(), LINGER);
    }
  }
  place.prepend(...fresh);
}

/**
 * Says what is wrong with a control, above it, and goes there. The message is heard once: with the focus, as what
 * describes the control; by itself where the focus does not move, or where something describes the control already, as
 * Firefox tells of a description that took the place of another even after the focus has moved.
 * @param {HTMLElement} control
 * @param {string} message
 * @returns {() => void} what takes it back
 */
export function complain(control, message) {
  const stays = control === document.activeElement;
  const described = control.hasAttribute("aria-describedby");
  const note = make("p", { class: "message", id: `${control.id}__message`, ...(stays && { role: "alert" }) });
  (control.closest(".option, .line, .gaps, .field") ?? control).before(note);
  const words = `${ERROR} ${message}`;
  if (described && !stays) say(note, words);
  else note.textContent = words;
  const untie = describe(control, note, stays || described);
  control.setAttribute("aria-invalid", "true");
  focusSoon(control, () => say(note, words));
  note.scrollIntoView({ block: "nearest" });
  return () => {
    note.remove();
    untie();
    control.removeAttribute("aria-invalid");
  };
}

/** A name as the start of a sentence about what it names. @param {string} name */
export const bare = (name) => name.trim().replace(/[.:;,…]+$/, "");
