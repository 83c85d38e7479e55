/** Plans that a learner has given a day on which to look at them again. */
import { today } from "./day.js";
import { journal } from "./journal.js";

/**
 * @typedef {{key: string, entry: import("./journal-model.js").Entry}} Planned
 */

/** The plans with a day, the earliest first. A locked journal tells of none. @returns {Planned[]} */
export const planned = () =>
  Object.entries(journal().entries)
    .filter(([, { plan, revisit, text }]) => plan && revisit && text.trim())
    .map(([key, entry]) => ({ key, entry }))
    .sort((one, other) => one.entry.revisit.localeCompare(other.entry.revisit));

/** @param {import("./journal-model.js").Entry} entry */
export const isDue = ({ revisit }) => revisit !== "" && revisit <= today();
