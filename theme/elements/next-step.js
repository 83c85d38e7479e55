/**
 * What to go on with: taken from what is finished, not from what was looked at last, and never a part that is finished.
 */
import { isDue } from "./review-card.js";

/**
 * @typedef {{module: string, parts: string[]}} Listed a module and its parts, in the order in which they are read
 * @typedef {{module: string, part: string, begun: boolean}} NextStep `begun`: something of the module was done before
 * @typedef {"all" | "some" | "none"} Share how much of something is finished
 */

/**
 * How much of a module somebody has finished: some of it where they have only answered a question yet.
 * @param {Pick<import("./record-model.js").LearnerRecord, "modules">} record
 * @param {Listed} listed
 * @returns {Share}
 */
export function shareOf({ modules }, { module, parts }) {
  const { lessons = {}, questions = {} } = modules[module] ?? {};
  const done = parts.filter((part) => part in lessons).length;
  return done === parts.length ? "all" : done || Object.keys(questions).length ? "some" : "none";
}

/**
 * The next part: in the module where the learner was last, else in the first that is begun, else in the first that is
 * not finished.
 * @param {Pick<import("./record-model.js").LearnerRecord, "modules" | "place">} record
 * @param {Listed[]} listed modules in the order in which they are offered
 * @returns {NextStep | undefined} nothing where all of them are finished
 */
export function nextStep(record, listed) {
  const { modules, place } = record;
  const [lastModule, lastPart] = place?.url.split("/") ?? [];
  const steps = listed.flatMap(({ module, parts }) => {
    const finished = modules[module]?.lessons ?? {};
    const left = parts.filter((part) => !(part in finished));
    if (!left.length) return [];
    const here = module === lastModule;
    const part = here && left.includes(lastPart) ? lastPart : left[0];
    return [{ module, part, here, begun: here || shareOf(record, { module, parts }) === "some" }];
  });
  const step = steps.find(({ here }) => here) ?? steps.find(({ begun }) => begun) ?? steps[0];
  return step && { module: step.module, part: step.part, begun: step.begun };
}

/**
 * @typedef {{kind: "start" | "plan" | "review" | "done"} | ({kind: "part"} & NextStep)} Next `start` where nothing was
 *   begun, `done` where nothing is left and nothing is due
 */

/**
 * What a learner can go on with on a day, the best first: a plan that is due, since its day was the learner’s own
 * choice, then what is not finished, then reviews.
 * @param {Pick<import("./record-model.js").LearnerRecord, "modules" | "place" | "review">} record
 * @param {string[]} plans days on which plans are to be looked at again
 * @param {string} day
 * @param {Listed[]} listed
 * @returns {Next[]} at least one
 */
export function next(record, plans, day, listed) {
  const step = nextStep(record, listed);
  const begun = record.place || Object.keys(record.modules).length;
  /** @type {Next[]} */
  const ways = [];
  if (plans.some((planned) => planned <= day)) ways.push({ kind: "plan" });
  if (step) ways.push(begun ? { kind: "part", ...step } : { kind: "start" });
  if (Object.values(record.review).some((card) => isDue(card, day))) ways.push({ kind: "review" });
  return ways.length ? ways : [{ kind: "done" }];
}
