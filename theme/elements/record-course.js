/**
 * What becomes of a record when the course has changed. Pure functions, tested without a browser.
 * What has left the course stays as it is, and a rename that is taken back is followed back.
 */
import { answersOf, cardsOf, endingsOf, follow, lessonsOf, modulesOf, union } from "./record-follow.js";
import { earlier, mergedAnswer, mergedCard, mergedModule } from "./record-merge.js";
import { sync } from "./review-model.js";

/**
 * @typedef {import("./record-model.js").LearnerRecord} LearnerRecord
 * @typedef {{part: string, kind: string, fingerprint: string, objectives: string[], formerly?: string[],
 *   review?: boolean, misconceptions?: Record<string, string>}} KnownQuestion
 * @typedef {{title: string, version: string, formerly: string[],
 *   parts: Record<string, {title: string, formerly: string[]}>, objectives: Record<string, string>,
 *   questions: Record<string, KnownQuestion>, scenarios: Record<string, string[]>, confidence: string[]}} KnownModule
 * @typedef {Record<string, string[]>} Formerly earlier ids of modules by their ids
 * @typedef {{modules: Record<string, KnownModule>, others?: Formerly}} Index modules that are known, and others of
 *   which only the ids are
 */

/**
 * Follows all ids that the course has, and goes back to an id that the course has again.
 * @template Entry
 * @param {import("./record-follow.js").Shelf<Entry>} shelf
 * @param {(one: Entry, other: Entry) => Entry} join how two become one
 * @param {Record<string, string[]>} known earlier ids by the id of today
 */
function followAll(shelf, join, known) {
  for (const [id, formerly] of Object.entries(known)) follow(shelf, id, formerly, join);
  for (const left of Object.keys(shelf.entries).filter((id) => !(id in known))) {
    const back = (shelf.moves[`${shelf.kind}/${left}`] ?? []).filter((id) => id in known);
    if (back.length) follow(shelf, back[0], [left], join);
  }
}

/**
 * Ids of the modules that a record has something of, under any name.
 * @param {LearnerRecord} record
 * @param {Formerly} formerly of all modules
 */
export function touched({ modules, review, moves }, formerly) {
  const names = new Set(Object.keys(modules));
  for (const card of Object.keys(review)) names.add(card.split("/")[0]);
  // A rename may have been taken back.
  for (const id of [...names]) for (const old of moves[`modules/${id}`] ?? []) names.add(old);
  for (const card of Object.keys(review)) for (const old of moves[`review/${card}`] ?? []) names.add(old.split("/")[0]);
  return Object.keys(formerly).filter((id) => [id, ...formerly[id]].some((name) => names.has(name)));
}

/**
 * Brings a record in step with the course of today.
 * @param {LearnerRecord} record
 * @param {Index} index
 * @param {string} day
 */
export function bringUpToDate(record, { modules, others = {} }, day) {
  followAll(modulesOf(record), mergedModule, { ...others, ...mapped(modules, (known) => known.formerly) });
  followAll(cardsOf(record), mergedCard, formerCards(modules));
  for (const [id, known] of Object.entries(modules)) {
    if (!(id in record.modules)) continue;
    const kept = record.modules[id];
    followAll(
      lessonsOf(kept),
      earlier,
      mapped(known.parts, (part) => part.formerly)
    );
    followAll(
      answersOf(kept),
      mergedAnswer,
      mapped(known.questions, (question) => question.formerly ?? [])
    );
    followAll(endingsOf(kept), union, known.scenarios);
  }
  sync(record, cardsIn(modules), day, new Set(Object.entries(others).flatMap(([id, old]) => [id, ...old])));
}

/**
 * @template Value, Made
 * @param {Record<string, Value>} table
 * @param {(value: Value) => Made} make
 * @returns {Record<string, Made>}
 */
function mapped(table, make) {
  const made = Object.create(null);
  for (const [name, value] of Object.entries(table)) made[name] = make(value);
  return made;
}

/**
 * What cards were called: a question, its module or both may have had other names.
 * @param {Index["modules"]} modules
 */
function formerCards(modules) {
  /** @type {Record<string, string[]>} */
  const cards = Object.create(null);
  for (const [id, known] of Object.entries(modules)) {
    for (const [name, question] of Object.entries(known.questions)) {
      const all = [id, ...known.formerly].flatMap((module) =>
        [name, ...(question.formerly ?? [])].map((old) => `${module}/${old}`)
      );
      cards[`${id}/${name}`] = all.slice(1);
    }
  }
  return cards;
}

/** @param {Index["modules"]} modules */
function cardsIn(modules) {
  /** @type {Record<string, import("./review-model.js").Known>} */
  const cards = Object.create(null);
  for (const [id, known] of Object.entries(modules)) {
    for (const [name, question] of Object.entries(known.questions))
      if (question.review) cards[`${id}/${name}`] = { fingerprint: question.fingerprint, module: id };
  }
  return cards;
}
