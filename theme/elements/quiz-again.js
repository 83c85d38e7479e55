/** Lets one quiz begin anew, once the learner has said so. */
import { ownMessages as own } from "./learner-messages.js";
import { asking } from "./learner-pages.js";
import { afresh } from "./start-again.js";

/**
 * Asks whether a quiz is to begin anew. Reviews have their own time and stay.
 * @param {string} module
 * @param {string} quiz
 * @param {string[]} questions ids
 * @param {(kept: import("./start-again.js").Begun) => void} done
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
