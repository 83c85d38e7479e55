/**
 * How saved work follows ids that change. Pure functions, tested without a browser. Nothing is
 * deleted: what was renamed moves along. Where both names hold something, both stay until the two are
 * made one on a page that can (record-course.js).
 */
import { moduleOf } from "./record-model.js";

/** @typedef {import("./record-model.js").LearnerRecord} LearnerRecord */

/**
 * One kind of thing in a record: what it is called there, its entries, and what was renamed.
 * @template Entry
 * @typedef {{kind: string, entries: Record<string, Entry>, moves: import("./record-model.js").Moves}} Shelf
 */

/** @param {string[]} one @param {string[]} other */
export const union = (one, other) => [...new Set([...one, ...other])];

/** @param {LearnerRecord} record @returns {Shelf<import("./record-model.js").ModuleRecord>} */
export const modulesOf = (record) => ({ kind: "modules", entries: record.modules, moves: record.moves });
/** @param {LearnerRecord} record @returns {Shelf<import("./record-model.js").Card>} */
export const cardsOf = (record) => ({ kind: "review", entries: record.review, moves: record.moves });
/** @param {import("./record-model.js").ModuleRecord} module @returns {Shelf<string>} */
export const lessonsOf = ({ lessons, moves }) => ({ kind: "lessons", entries: lessons, moves });
/** @param {import("./record-model.js").ModuleRecord} module @returns {Shelf<import("./record-model.js").Answer>} */
export const answersOf = ({ questions, moves }) => ({ kind: "questions", entries: questions, moves });
/** @param {import("./record-model.js").ModuleRecord} module @returns {Shelf<string[]>} */
export const endingsOf = ({ scenarios, moves }) => ({ kind: "scenarios", entries: scenarios, moves });

/**
 * Lets an entry follow its id. What it was called is noted, so that it can go back should the course do so.
 * @template Entry
 * @param {Shelf<Entry>} shelf
 * @param {string} id
 * @param {string[]} formerly earlier ids
 * @param {(one: Entry, other: Entry) => Entry} [join] how two become one
 */
export function follow({ kind, entries, moves }, id, formerly, join) {
  const earlier = formerly.filter((old) => old && old !== id);
  for (const old of earlier) {
    if (!(old in entries) || (id in entries && !join)) continue;
    entries[id] = join && id in entries ? join(entries[id], entries[old]) : entries[old];
    delete entries[old];
  }
  if (earlier.length)
    moves[`${kind}/${id}`] = union(
      moves[`${kind}/${id}`] ?? [],
      earlier.flatMap((old) => [old, ...(moves[`${kind}/${old}`] ?? [])])
    );
}

/** A module that was renamed. @param {LearnerRecord} record @param {string} id @param {string[]} formerly */
export const followModule = (record, id, formerly) => follow(modulesOf(record), id, formerly);
/**
 * A lesson or quiz.
 * @param {LearnerRecord} record
 * @param {string} module
 * @param {string} id
 * @param {string[]} formerly
 */
export const followLesson = (record, module, id, formerly) => follow(lessonsOf(moduleOf(record, module)), id, formerly);
/** A question. @param {LearnerRecord} record @param {string} module @param {string} id @param {string[]} formerly */
export const followAnswer = (record, module, id, formerly) => follow(answersOf(moduleOf(record, module)), id, formerly);
/** A scenario. @param {LearnerRecord} record @param {string} module @param {string} id @param {string[]} formerly */
export const followScenario = (record, module, id, formerly) =>
  follow(endingsOf(moduleOf(record, module)), id, formerly);
/**
 * A card of review: its question, its module or both may have had other ids.
 * @param {LearnerRecord} record
 * @param {string[]} modules the id of today, then the earlier ones
 * @param {string[]} questions the same
 */
export function followCard(record, modules, questions) {
  const [id, ...formerly] = modules.flatMap((module) => questions.map((question) => `${module}/${question}`));
  follow(cardsOf(record), id, formerly);
}
