/** Lets a module or a quiz begin anew, with a copy of what was there: the page on progress brings it back. */
import { ownMessages as own } from "./learner-messages.js";
import { asking } from "./learner-pages.js";
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
 * Asks whether a quiz is to begin anew. Reviews have their own time and stay.
 * @param {string} module
 * @param {string} quiz
 * @param {string[]} questions ids
 * @param {(kept: import("./store.js").Kept) => void} done
 */
export const quizAgain = (module, quiz, questions, done) =>
  asking(own.quizAgain, own.quizAgainSure, own.startAgainYes, own.startAgainNo, async () => {
    const kept = await afresh((now) => {
      const { [module]: there } = now.modules;
      if (!there) return;
      delete there.lessons[quiz];
      for (const question of questions) delete there.questions[question];
    });
    done(kept);
  });
