/**
 * What becomes of a record when the course has changed. Pure functions, tested without a browser.
 * What has left the course stays as it is, and a rename that is taken back is followed back.
 */
import { cardNames, cardsOf, follow, isKept, modulesOf, shelfOf, union } from "./record-follow.js";
import { earlier, mergedAnswer, mergedCard, mergedModule } from "./record-merge.js";
import { turnedTo } from "./record-model.js";
import { sync } from "./review-model.js";

/**
 * @typedef {import("./record-model.js").LearnerRecord} LearnerRecord
 * @typedef {{part: string, kind: string, fingerprint: string, objectives: string[], formerly?: string[],
 *   review?: boolean, misconceptions?: Record<string, string>}} KnownQuestion
 * @typedef {{title: string, version: string, formerly: string[],
 *   parts: Record<string, {title: string, formerly: string[]}>, objectives: Record<string, string>,
 *   questions: Record<string, KnownQuestion>, scenarios: Record<string, string[]>, confidence: string[]}} KnownModule
 * @typedef {Record<string, string[]>} Formerly earlier ids of modules by their ids
 * @typedef {{modules: Formerly, from?: Formerly}} Listing all modules, and those from which something came to a module
 * @typedef {{modules: Record<string, KnownModule>, others?: Formerly, from?: Formerly}} Index modules that are known,
 *   and others of which only the ids are
 */

const SHELVES = /** @type {const} */ (["lessons", "questions", "scenarios"]);
const JOIN = { lessons: earlier, questions: mergedAnswer, scenarios: union };

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
 * Ids of the modules that a record has something of, under any name, or from which something may have gone elsewhere.
 * @param {LearnerRecord} record
 * @param {Listing} listing
 */
export function touched({ modules, review, moves, place }, { modules: formerly, from = {} }) {
  const names = new Set(Object.keys(modules));
  if (place) names.add(place.url.split("/")[0]);
  for (const card of Object.keys(review)) names.add(card.split("/")[0]);
  // A rename or a move may have been taken back.
  for (const id of [...names]) for (const old of moves[`modules/${id}`] ?? []) names.add(old);
  for (const card of Object.keys(review)) for (const old of moves[`review/${card}`] ?? []) names.add(old.split("/")[0]);
  for (const kept of Object.values(modules))
    for (const old of Object.values(kept.moves).flat()) if (old.includes("/")) names.add(old.split("/")[0]);
  return Object.keys(formerly).filter((id) =>
    [id, ...formerly[id], ...(from[id] ?? [])].some((name) => names.has(name))
  );
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
  const known = mapped(modules, earlierIds);
  for (const kind of SHELVES) followEach(record, kind, known, others);
  turnAnswers(record, modules);
  followPlace(record, modules, others);
  sync(record, cardsIn(modules), day, new Set(Object.entries(others).flatMap(([id, old]) => [id, ...old])));
}

/**
 * What a module holds, and what that was called.
 * @param {KnownModule} known
 * @returns {Record<typeof SHELVES[number], Formerly>}
 */
const earlierIds = ({ parts, questions, scenarios }) => ({
  lessons: mapped(parts, (part) => part.formerly),
  questions: mapped(questions, (question) => question.formerly ?? []),
  scenarios,
});

/**
 * The same for what stands in modules, which may have gone from one to another.
 * @template {typeof SHELVES[number]} Kind
 * @param {LearnerRecord} record
 * @param {Kind} kind
 * @param {Record<string, Record<Kind, Formerly>>} known of the modules that are known
 * @param {Formerly} others modules of which nothing is known, which stay as they are
 */
function followEach(record, kind, known, others) {
  /** @type {(one: any, other: any) => any} */
  const join = JOIN[kind];
  for (const [module, { [kind]: ids }] of Object.entries(known))
    for (const [id, formerly] of Object.entries(ids))
      if (module in record.modules || isKept(record, kind, module, formerly))
        follow(shelfOf(record, module, kind), id, formerly, join);
  for (const module of Object.keys(record.modules).filter((name) => !(name in others))) {
    const shelf = shelfOf(record, module, kind);
    for (const left of Object.keys(shelf.entries).filter((id) => !(id in (known[module]?.[kind] ?? {})))) {
      const back = namesOf(record, module, kind, left).find(([name, id]) => id in (known[name]?.[kind] ?? {}));
      if (back) follow(shelfOf(record, back[0], kind), back[1], [`${module}/${left}`], join);
    }
  }
}

/**
 * Modules and ids under which something in a module was kept, or may have been: its module had other names, and what
 * was in two modules may have become one.
 * @param {LearnerRecord} record
 * @param {string} module
 * @param {"lessons" | "questions" | "scenarios"} kind
 * @param {string} id
 * @returns {string[][]}
 */
function namesOf({ modules, moves }, module, kind, id) {
  const own = modules[module]?.moves[`${kind}/${id}`] ?? [];
  const before = moves[`modules/${module}`] ?? [];
  const named = own.map((old) => (old.includes("/") ? old.split("/") : [module, old]));
  const inside = [...named.filter(([name]) => name === module).map(([, old]) => old), id];
  return [...named, ...before.flatMap((name) => inside.map((old) => [name, old]))];
}

/**
 * Of questions that were answered in several wordings, the answer to the one that the course has comes first.
 * @param {LearnerRecord} record
 * @param {Index["modules"]} modules
 */
function turnAnswers(record, modules) {
  for (const [module, known] of Object.entries(modules)) {
    const answers = record.modules[module]?.questions ?? {};
    for (const [id, answer] of Object.entries(answers))
      if (id in known.questions) answers[id] = turnedTo(answer, known.questions[id].fingerprint);
  }
}

/**
 * The place where the learner was last, as the course has it now. One that it does not have stays as it is: another
 * version may have it, and whoever leads there looks first.
 * @param {LearnerRecord} record
 * @param {Index["modules"]} modules
 * @param {Formerly} others
 */
function followPlace(record, modules, others) {
  const [module, part] = record.place?.url.split("#")[0].split("/") ?? [];
  if (!record.place || !part || part in (modules[module]?.parts ?? {}) || module in others) return;
  const names = [module, ...(record.moves[`modules/${module}`] ?? [])];
  const was = names.flatMap((name) => [[name, part], ...namesOf(record, name, "lessons", part)]);
  const isIt = (/** @type {string} */ name, /** @type {string} */ id) =>
    was.some(([from, old]) => from === name && old === id);
  for (const [name, { formerly, parts }] of Object.entries(modules)) {
    for (const [id, { title, formerly: ids }] of Object.entries(parts)) {
      const called = cardNames([name, ...formerly], [id, ...ids]).map((whole) => whole.split("/"));
      if (!called.some(([from, old]) => isIt(from, old))) continue;
      record.place = { ...record.place, url: `${name}/${id}/`, title };
      return;
    }
  }
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
 * What cards were called.
 * @param {Index["modules"]} modules
 */
function formerCards(modules) {
  /** @type {Record<string, string[]>} */
  const cards = Object.create(null);
  for (const [id, known] of Object.entries(modules)) {
    for (const [name, question] of Object.entries(known.questions)) {
      const [card, ...formerly] = cardNames([id, ...known.formerly], [name, ...(question.formerly ?? [])]);
      cards[card] = formerly;
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
