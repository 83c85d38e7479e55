/** The learner's record as it is kept: read anew before every change, so that two tabs do not lose each other's answers. */
import { messages } from "./messages.js";
import { RecordError, empty, follow, moduleOf, noteAnswer, parsed } from "./record-model.js";
import { device, get, remove, set, tell } from "./store.js";
import { enter } from "./cards.js";
import { here, stored, today } from "./site.js";

const NAME = "record";
/** A record that could not be read is kept here, to be saved as a file from the page on progress. */
export const SET_ASIDE = "record-set-aside";
let asked = false;
/** What this tab wrote last, and when. @type {{text: string, at: number} | undefined} */
let written;
/** Browsers tell other tabs of a change a moment later. Two that write within this time may not have seen each other. */
const MOMENT = 3000;

/** Whether a newer version of the site wrote the record, so that this one must leave it alone. */
let frozen = false;
/** What is learned while the stored record is left alone. @type {import("./record-model.js").LearnerRecord | undefined} */
let meanwhile;

/** @returns {import("./record-model.js").LearnerRecord} */
export function record() {
  if (frozen) return (meanwhile ??= empty());
  const text = get(NAME);
  if (text === null) return empty();
  try {
    return parsed(text);
  } catch (error) {
    if (error instanceof RecordError && error.newer) {
      frozen = true;
      tell(messages.newer);
    } else {
      set(SET_ASIDE, text);
      remove(NAME);
      tell(messages.setAside);
    }
    return (meanwhile ??= empty());
  }
}

/** @param {import("./record-model.js").LearnerRecord} now */
function keep(now) {
  const text = JSON.stringify(now);
  set(NAME, text);
  written = { text, at: Date.now() };
}

/** Puts together what two tabs have written at the same moment. @param {StorageEvent} event */
async function meet(event) {
  if (event.key !== stored(NAME) || !written || frozen) return;
  const mine = event.newValue && Date.now() - written.at < MOMENT ? written.text : "";
  if (!mine) {
    written = undefined;
    return;
  }
  const { merged, same } = await import("./record-merge.js");
  const theirs = record();
  const both = merged(parsed(mine), theirs);
  if (same(both, theirs)) return;
  keep(both);
  dispatchEvent(new CustomEvent("record:changed"));
}

addEventListener("storage", (event) => void meet(event));

/**
 * Changes the record and keeps it.
 * @param {(record: import("./record-model.js").LearnerRecord) => void} change
 */
export function update(change) {
  const now = record();
  change(now);
  if (frozen) return;
  keep(now);
  if (!asked && device() === "private") {
    asked = true;
    navigator.storage?.persist?.().catch(() => {});
  }
  dispatchEvent(new CustomEvent("record:changed"));
}

/**
 * The answer that was saved for a question, under its id or an earlier one.
 * @param {string} module
 * @param {string} id
 * @param {string[]} formerly
 */
export function answerOf(module, id, formerly) {
  const questions = record().modules[module]?.questions;
  if (!questions) return undefined;
  if (formerly.some((old) => old in questions)) update((now) => follow(moduleOf(now, module).questions, id, formerly));
  return record().modules[module]?.questions[id];
}

/**
 * @param {string} module
 * @param {string} id
 * @param {{fingerprint: string, response: string[], score: number | null, sure: boolean | null, chosen?: string[]}} given
 * @param {boolean} review whether the question comes back in review
 */
export function saveAnswer(module, id, given, review) {
  update((now) => {
    noteAnswer(now, module, id, given, today());
    if (review) enter(now, `${module}/${id}`, given.fingerprint, today());
  });
}

/**
 * Notes a lesson or quiz as finished today.
 * @param {string} module
 * @param {string} part
 */
export function finish(module, part) {
  update((now) => {
    moduleOf(now, module).lessons[part] = today();
  });
}

/**
 * Notes where the learner is, for the link on the home page.
 * @param {string} title
 * @param {string} [anchor] id of a part of the page
 */
export function notePlace(title, anchor) {
  update((now) => {
    now.place = { url: here() + (anchor ? `#${anchor}` : ""), title, at: today() };
  });
}

/** @param {string} module */
export function confidenceOf(module) {
  return record().modules[module]?.confidence ?? {};
}

/**
 * Keeps a step on the scale: the one before the module until a lesson is finished, then the one after it.
 * @param {string} module
 * @param {string} step
 * @param {number} place
 * @param {number} of
 * @returns {"before" | "after"}
 */
export function saveConfidence(module, step, place, of) {
  const moment = Object.keys(record().modules[module]?.lessons ?? {}).length ? "after" : "before";
  update((now) => {
    moduleOf(now, module).confidence[moment] = { step, place, of, at: today() };
  });
  return moment;
}
