/** How confidence is noted: apart from the rest of the record, since few lessons ask for it. */
import { moduleOf } from "./record-model.js";

/**
 * Notes a step on the scale, before a module or after it.
 * @param {import("./record-model.js").LearnerRecord} record
 * @param {string} moduleId
 * @param {"before" | "after"} moment
 * @param {import("./record-model.js").Step} step
 */
export function noteStep(record, moduleId, moment, step) {
  const { confidence } = moduleOf(record, moduleId);
  confidence[moment] = { ...confidence[moment], ...step };
}
