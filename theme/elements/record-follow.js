/**
 * How saved work follows ids that change. Pure functions, tested without a browser. Nothing is
 * deleted: what was renamed moves along. Where both names hold something, both stay until the two are
 * made one on a page that can (record-course.js).
 */
import { moduleOf } from "./record-model.js";

/** @typedef {import("./record-model.js").LearnerRecord} LearnerRecord */

/**
 * One kind of thing in a record: what it is called there, its entries, and what was renamed. What stands in modules has
 * a module, and may have stood in another before: its earlier ids then name that one too, as `module/id`.
 * @template Entry
 * @typedef {{kind: string, entries: Record<string, Entry>, moves: import("./record-model.js").Moves, module?: string,
 *   other?: (module: string) => Shelf<Entry> | undefined}} Shelf
 */

/** @param {string[]} one @param {string[]} other */
export const union = (one, other) => [...new Set([...one, ...other])];

/** @param {LearnerRecord} record @returns {Shelf<import("./record-model.js").ModuleRecord>} */
export const modulesOf = (record) => ({ kind: "modules", entries: record.modules, moves: record.moves });
/** @param {LearnerRecord} record @returns {Shelf<import("./record-model.js").Card>} */
export const cardsOf = (record) => ({ kind: "review", entries: record.review, moves: record.moves });

/**
 * One kind of thing in a module.
 * @param {LearnerRecord} record
 * @param {string} module
 * @param {"lessons" | "questions" | "scenarios"} kind
 * @returns {Shelf<any>}
 */
export const shelfOf = (record, module, kind) => ({
  kind,
  entries: moduleOf(record, module)[kind],
  moves: moduleOf(record, module).moves,
  module,
  other: (name) => (name in record.modules ? shelfOf(record, name, kind) : undefined),
});

/**
 * Where an earlier id is, and what it is called there; nothing where its module has nothing kept.
 * @template Entry
 * @param {Shelf<Entry>} shelf
 * @param {string} id
 * @returns {{shelf: Shelf<Entry>, name: string} | undefined}
 */
function found(shelf, id) {
  if (!shelf.other || !id.includes("/")) return { shelf, name: id };
  const [module, name] = id.split("/");
  const other = module === shelf.module ? shelf : shelf.other(module);
  return other && { shelf: other, name };
}

/**
 * What an entry was called, as seen from a shelf that may be another.
 * @template Entry
 * @param {Shelf<Entry>} shelf
 * @param {Shelf<Entry>} from
 * @param {string} name
 */
function earlierNames(shelf, from, name) {
  const names = from.moves[`${from.kind}/${name}`] ?? [];
  return from.module === shelf.module ? names : names.map((old) => (old.includes("/") ? old : `${from.module}/${old}`));
}

/**
 * Lets an entry follow its id. What it was called is noted, so that it can go back should the course do so.
 * @template Entry
 * @param {Shelf<Entry>} shelf
 * @param {string} id
 * @param {string[]} formerly earlier ids
 * @param {(one: Entry, other: Entry) => Entry} [join] how two become one
 */
export function follow(shelf, id, formerly, join) {
  const { kind, entries, moves } = shelf;
  const earlier = formerly.filter((old) => old && old !== id);
  // What has gone to another module and come back names itself.
  const all = earlier
    .flatMap((old) => found(shelf, old) ?? [])
    .filter((one) => one.shelf.entries !== entries || one.name !== id);
  for (const { shelf: from, name } of all) {
    if (!(name in from.entries) || (id in entries && !join)) continue;
    const entry = from.entries[name];
    entries[id] = join && id in entries ? join(entries[id], entry) : entry;
    delete from.entries[name];
  }
  if (earlier.length)
    moves[`${kind}/${id}`] = [
      moves[`${kind}/${id}`] ?? [],
      earlier,
      all.flatMap(({ shelf: from, name }) => earlierNames(shelf, from, name)),
    ].reduce(union);
}

/**
 * Whether anything is kept under one of the earlier ids of something in a module.
 * @param {LearnerRecord} record
 * @param {"lessons" | "questions" | "scenarios"} kind
 * @param {string} module
 * @param {string[]} formerly
 */
export const isKept = ({ modules }, kind, module, formerly) =>
  formerly.some((old) => {
    const [name, from = module] = old.split("/").reverse();
    return name in (modules[from]?.[kind] ?? {});
  });

/** A module that was renamed. @param {LearnerRecord} record @param {string} id @param {string[]} formerly */
export const followModule = (record, id, formerly) => follow(modulesOf(record), id, formerly);
/**
 * A lesson or quiz.
 * @param {LearnerRecord} record
 * @param {string} module
 * @param {string} id
 * @param {string[]} formerly
 */
export const followLesson = (record, module, id, formerly) => follow(shelfOf(record, module, "lessons"), id, formerly);
/** A question. @param {LearnerRecord} record @param {string} module @param {string} id @param {string[]} formerly */
export const followAnswer = (record, module, id, formerly) =>
  follow(shelfOf(record, module, "questions"), id, formerly);
/** A scenario. @param {LearnerRecord} record @param {string} module @param {string} id @param {string[]} formerly */
export const followScenario = (record, module, id, formerly) =>
  follow(shelfOf(record, module, "scenarios"), id, formerly);
/**
 * A card of review.
 * @param {LearnerRecord} record
 * @param {string[]} modules the id of today, then the earlier ones
 * @param {string[]} questions the same
 */
export function followCard(record, modules, questions) {
  const [id, ...formerly] = cardNames(modules, questions);
  follow(cardsOf(record), id, formerly);
}

/**
 * What a card is called and was called: its question, its module or both may have had other ids, or it stood elsewhere.
 * @param {string[]} modules the id of today, then the earlier ones
 * @param {string[]} questions the same
 */
export const cardNames = (modules, questions) =>
  modules.flatMap((module) => questions.map((name) => (name.includes("/") ? name : `${module}/${name}`)));
