/** What the learner's own pages share: the index of the site, files to save and to open. */
import { today } from "./day.js";
import { bringUpToDate as inStep, touched } from "./record-course.js";
import { same } from "./record-merge.js";
import { noteIds, record, update, view } from "./record.js";
import { siteFile } from "./site-file.js";
import { cohort, make } from "./site.js";
import { describe, focusSoon, say } from "./speech.js";
import { KEPT, quietly } from "./store.js";

/**
 * @typedef {import("./record-course.js").KnownModule} KnownModule
 * @typedef {import("./record-course.js").Index} Index
 */

/**
 * What the record is about: of the modules that it has something of everything, of the others their ids. A module that
 * cannot be loaded is one of the others; fails where none can.
 * @returns {Promise<Index>}
 */
export async function index() {
  const listing = await siteFile("assets/index.json");
  const wanted = touched(view(), listing);
  const loaded = await Promise.all(
    wanted.map((id) => siteFile(`${id}/index.json`).catch((error) => void console.warn(error)))
  );
  const known = wanted.flatMap((id, place) => (loaded[place] ? [[id, loaded[place]]] : []));
  if (wanted.length && !known.length) throw new Error("no module could be loaded");
  const names = new Set(known.map(([id]) => id));
  const others = Object.entries(listing.modules).filter(([id]) => !names.has(id));
  return { modules: Object.fromEntries(known), others: Object.fromEntries(others), from: listing.from };
}

/** Whether something of what the record is about is not in an index. @param {Index} [known] */
export const isPart = (known) =>
  !known || touched(view(), { modules: known.others ?? {}, from: known.from }).length > 0;

/**
 * An index with all that the record is about by now; the one that there is where that cannot be had.
 * @param {Index | undefined} known
 * @returns {Promise<Index | undefined>}
 */
export async function renewed(known) {
  return known && isPart(known) ? index().catch(() => known) : known;
}

/** What the site is called. */
export const siteName = () => document.querySelector(".bar__name")?.textContent?.trim() ?? "";

/** Whether the frame around the page lets neither forms nor files nor dialogs of the browser out. */
export const confined = document.documentElement?.dataset.confined !== undefined;

/**
 * Hands a text to the learner as a file, or to copy where the frame around the page lets no file out.
 * @param {string} name
 * @param {string} text
 * @param {string} type
 */
export function saveFile(name, text, type) {
  if (confined) {
    void import("./copying.js").then(({ showToCopy }) => showToCopy(text));
    return;
  }
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * A button with what it does.
 * @param {string | Node} label
 * @param {() => void} does
 * @param {string} [kind]
 */
export function button(label, does, kind = "button button--second") {
  const made = make("button", { type: "button", class: kind }, label);
  made.addEventListener("click", does);
  return made;
}

/**
 * Words of a button that stands beside others of its kind: what it belongs to is said, and not shown.
 * @param {string} words
 * @param {string} of
 */
export function wordsOf(words, of) {
  const both = document.createDocumentFragment();
  both.append(words, make("span", { class: "vh" }, `: ${of}`));
  return both;
}

/** Ids that were given to words. */
let given = 0;

/**
 * Asks once before something is lost: the button gives way to a sentence with two buttons. The focus goes to the one
 * that changes nothing, and the sentence is its description, so that it is heard.
 * @param {string | Node} label
 * @param {string} question
 * @param {string} yes
 * @param {string} no
 * @param {() => void | Promise<void>} does
 */
export function asking(label, question, yes, no, does) {
  const box = make("div", { class: "asking" });
  const ask = () => {
    given += 1;
    const text = make("p", { id: `words-${given}` }, question);
    const stay = button(no, () => show(true));
    describe(stay, text);
    box.replaceChildren(
      text,
      button(
        yes,
        async () => {
          await does();
          show(true);
        },
        "button"
      ),
      " ",
      stay
    );
    stay.focus();
  };
  const first = button(label, ask);
  const show = (/** @type {boolean} */ back) => {
    const here = box.contains(document.activeElement) || document.activeElement === document.body;
    box.replaceChildren(first);
    if (back && here && first.isConnected) first.focus();
  };
  show(false);
  return Object.assign(box, { ask });
}

/**
 * Says what has become of something where the focus has to go along, since what had it is gone. What it goes to is a
 * group with the words as its name: a paragraph with the focus is not read out. Where the name is made of what the
 * group holds, Orca in Firefox reads the first of its lines and no more. Whoever has gone into another field since is
 * told without the focus.
 * @param {HTMLElement} state
 * @param {string} words
 * @param {Element | null} [from] what had the focus when it was asked for, if that was a while ago
 */
export function sayAndGo(state, words, from = document.activeElement) {
  say(state, words, "");
  state.setAttribute("role", "group");
  state.setAttribute("aria-label", words);
  state.tabIndex = -1;
  focusSoon(state, () => say(state, words), from);
}

/**
 * Brings the record in step with the course of today, and notes of which version that is. Where a part of the course
 * could not be loaded this waits: it would look as if what it has were not there.
 * @param {Index} index
 */
export async function bringUpToDate(index) {
  if (isPart(index)) return;
  const after = record();
  inStep(after, index, today());
  const kept = same(view(), after) ? KEPT : await update((now) => inStep(now, index, today()));
  if (kept.ok) noteIds(cohort);
  else await quietly(kept);
}
