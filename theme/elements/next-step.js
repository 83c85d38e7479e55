/**
 * What to go on with: taken from what is finished, not from what was looked at last, and never a part that is finished.
 */

/**
 * @typedef {{module: string, parts: string[]}} Listed a module and its parts, in the order in which they are read
 * @typedef {{module: string, part: string, begun: boolean}} NextStep `begun`: something of the module was done before
 */

/**
 * The next part: in the module where the learner was last, else in the first that is begun, else in the first that is
 * not finished.
 * @param {Pick<import("./record-model.js").LearnerRecord, "modules" | "place">} record
 * @param {Listed[]} listed modules in the order in which they are offered
 * @returns {NextStep | undefined} nothing where all of them are finished
 */
export function nextStep({ modules, place }, listed) {
  const [lastModule, lastPart] = place?.url.split("/") ?? [];
  const steps = listed.flatMap(({ module, parts }) => {
    const finished = modules[module]?.lessons ?? {};
    const left = parts.filter((part) => !(part in finished));
    if (!left.length) return [];
    const here = module === lastModule;
    const part = here && left.includes(lastPart) ? lastPart : left[0];
    return [{ module, part, here, begun: here || left.length < parts.length }];
  });
  const step = steps.find(({ here }) => here) ?? steps.find(({ begun }) => begun) ?? steps[0];
  return step && { module: step.module, part: step.part, begun: step.begun };
}
