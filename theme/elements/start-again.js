/** Lets a module or a quiz begin anew, with a copy of what was there: the page on progress brings it back. */
import { RECORD, update } from "./record.js";
import { get, putAside } from "./store.js";

/**
 * @param {(record: import("./record-model.js").LearnerRecord) => void} forget takes out what begins anew
 * @returns {Promise<import("./store.js").Kept>}
 */
export async function afresh(forget) {
  const copied = putAside(RECORD, get(RECORD) ?? "");
  return copied.ok ? update(forget) : copied;
}

/**
 * Takes the answers of a quiz out of a record. Reviews have their own time and stay.
 * @param {string} module
 * @param {string} quiz
 * @param {string[]} questions
 */
export const withoutQuiz =
  (module, quiz, questions) => (/** @type {import("./record-model.js").LearnerRecord} */ now) => {
    const kept = now.modules[module];
    if (!kept) return;
    delete kept.lessons[quiz];
    for (const question of questions) delete kept.questions[question];
  };
