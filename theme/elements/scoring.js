/**
 * How responses are scored. Pure functions, tested without a browser.
 * A credit runs from 0 to 1; 1 belongs to the key (see CREDIT in questions/base.py).
 * @typedef {{id: string, credit: number, chosen: boolean}} Pick
 */

/**
 * Score of one chosen option: its credit.
 * @param {Pick[]} picks
 */
export function scoreOne(picks) {
  const chosen = picks.find((pick) => pick.chosen);
  return chosen ? chosen.credit : 0;
}

/**
 * Score of several options: right ones chosen, less wrong ones chosen, as a share of the key; never below 0.
 * @param {Pick[]} picks
 * @returns {{score: number, right: number, chosen: number, wanted: number}}
 */
export function scoreSeveral(picks) {
  const wanted = picks.filter((pick) => pick.credit === 1).length;
  const chosen = picks.filter((pick) => pick.chosen).length;
  const right = picks.filter((pick) => pick.chosen && pick.credit === 1).length;
  const score = wanted ? Math.max(0, (right - (chosen - right)) / wanted) : 0;
  return { score, right, chosen, wanted };
}

/**
 * Score of lines that are each right or not: the share of right ones.
 * @param {boolean[]} right
 */
export function scoreLines(right) {
  return right.length ? right.filter(Boolean).length / right.length : 0;
}
