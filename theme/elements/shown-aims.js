/** Which objectives a learner has shown. Pure, tested without a browser. */

/** What was answered right at the last attempt: so many different questions show an objective. */
const ENOUGH = 2;

/**
 * An objective, and how its questions went.
 * @typedef {{text: string, shown: boolean, right: number, all: number}} Aim
 */

/**
 * Objectives, and whether the learner has shown them: two of their questions right, or all where there are fewer.
 * @param {import("./learner-pages.js").KnownModule} known
 * @param {import("./record-model.js").ModuleRecord} kept
 * @returns {Aim[]}
 */
export const objectives = (known, kept) =>
  Object.entries(known.objectives).map(([name, text]) => {
    const asked = Object.entries(known.questions).filter(
      ([, question]) => question.objectives.includes(name) && question.kind !== "open_response"
    );
    const right = asked.filter(
      ([id, question]) => kept.questions[id]?.fingerprint === question.fingerprint && kept.questions[id].score === 1
    ).length;
    return { text, right, all: asked.length, shown: asked.length > 0 && right >= Math.min(ENOUGH, asked.length) };
  });
