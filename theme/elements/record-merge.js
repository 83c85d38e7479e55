/** Two records as one, and what a record holds, for the page on progress. */
import { union } from "./record-follow.js";
import { FIELDS } from "./record-fields.js";
import { LONGEST_LOG, empty, emptyModule, readRecord, together, wordings } from "./record-model.js";
import { unknownOf } from "./unknown-fields.js";

/**
 * @typedef {import("./record-model.js").LearnerRecord} LearnerRecord
 * @typedef {import("./record-model.js").ModuleRecord} ModuleRecord
 * @typedef {import("./record-model.js").Answer} Answer
 * @typedef {import("./record-model.js").Step} Step
 * @typedef {{text: string, before: string, out: Map<string, string>, missed: string[]}} Done what a tab has written
 *   last, what was there before it began, what it has taken out since, and what it had written before and others wrote
 *   over
 */

/**
 * Two records as one: of two answers to a question the later, the first finish of a lesson, all reviews.
 * @param {LearnerRecord} one
 * @param {LearnerRecord} other
 * @returns {LearnerRecord}
 */
export function merged(one, other) {
  /** @type {LearnerRecord} */
  const record = { ...empty(), ...unknownIn(one, other, "record") };
  for (const id of names(one.modules, other.modules))
    record.modules[id] = mergedModule(one.modules[id], other.modules[id]);
  record.review = joined(one.review, other.review, mergedCard);
  const entries = [...one.log, ...other.log].map((entry) => JSON.stringify(entry));
  record.log = [...new Set(entries)]
    .map((entry) => JSON.parse(entry))
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
    .slice(-LONGEST_LOG);
  record.place = lastPlace(one.place, other.place);
  record.moves = joined(one.moves, other.moves, union);
  return record;
}

/** @param {LearnerRecord["place"]} one @param {LearnerRecord["place"]} other */
function lastPlace(one, other) {
  if (!one || !other) return one ?? other;
  const [last, first] = laterFirst(one, other, one.at >= other.at);
  // What belongs to one place does not belong to another.
  return last.url === first.url ? { ...last, ...unknownIn(last, first, "place") } : last;
}

/** @param {Record<string, unknown>} one @param {Record<string, unknown>} other */
const names = (one, other) => new Set([...Object.keys(one), ...Object.keys(other)]);

/**
 * What later versions of the site have added to two parts that become one; of a field that both have that of the first.
 * @param {object} first
 * @param {object} second
 * @param {keyof typeof FIELDS} kind
 */
const unknownIn = (first, second, kind) =>
  unknownOf({ ...first, ...unknownOf(second, FIELDS[kind]), ...first }, FIELDS[kind]);

/**
 * @template Entry
 * @param {Record<string, Entry>} one
 * @param {Record<string, Entry>} other
 * @param {(one: Entry, other: Entry) => Entry} choose
 * @returns {Record<string, Entry>}
 */
function joined(one, other, choose) {
  const made = Object.create(null);
  for (const name of names(one, other)) {
    if (!(name in one)) made[name] = other[name];
    else made[name] = name in other ? choose(one[name], other[name]) : one[name];
  }
  return made;
}

/**
 * What one record has and an earlier one had not, or had otherwise.
 * @param {LearnerRecord} after
 * @param {LearnerRecord} before
 */
export function added(after, before) {
  const record = empty();
  for (const [id, module] of Object.entries(after.modules)) {
    const was = before.modules[id] ?? emptyModule();
    const made = emptyModule();
    for (const shelf of /** @type {const} */ (["lessons", "questions", "scenarios", "confidence", "moves"]))
      Object.assign(made[shelf], other(module[shelf], was[shelf]));
    const unknown = other(unknownOf(module, FIELDS.module), unknownOf(was, FIELDS.module));
    record.modules[id] = { ...made, version: module.version, ...unknown };
  }
  Object.assign(record.review, other(after.review, before.review));
  Object.assign(record.moves, other(after.moves, before.moves));
  const known = new Set(before.log.map((entry) => JSON.stringify(entry)));
  record.log = after.log.filter((entry) => !known.has(JSON.stringify(entry)));
  record.place = after.place;
  Object.assign(record, other(unknownOf(after, FIELDS.record), unknownOf(before, FIELDS.record)));
  return record;
}

/**
 * What a tab has done, to be done again where another that had not heard of it has written over it: it adds what was
 * added, and takes out what was taken out. What was there before, and is gone, may have been taken away on purpose. Of
 * two answers that are as late as each other it takes the one that is there: if each tab took its own, they would write
 * over each other without end.
 * @param {Done} done has nothing `missed` any more
 * @param {(now: LearnerRecord) => void} follow lets ids be those of today
 * @param {(now: LearnerRecord) => void} show makes what waits in the tab
 */
export function doneAgain({ text, before, out, missed }, follow, show) {
  const was = readRecord(before).record;
  follow(was);
  const ours = [text, ...missed.splice(0).reverse()]
    .map((text) => {
      const after = readRecord(text).record;
      show(after);
      return added(after, was);
    })
    .reduce(merged);
  return (/** @type {LearnerRecord} */ now) => {
    Object.assign(now, merged(now, ours));
    for (const [id, { lessons }] of Object.entries(now.modules))
      for (const [part, day] of Object.entries(lessons)) if (out.get(`${id}/${part}`) === day) delete lessons[part];
  };
}

/**
 * What gives back to a record what a later text of it had and an earlier one had not.
 * @param {string} text
 * @param {string | null} before
 */
export function givenBack(text, before) {
  const lost = added(readRecord(text).record, before === null ? empty() : readRecord(before).record);
  return (/** @type {LearnerRecord} */ now) => void Object.assign(now, merged(lost, now));
}

/**
 * Entries that are not the same in another shelf.
 * @param {Record<string, unknown>} shelf
 * @param {Record<string, unknown>} was
 */
const other = (shelf, was) =>
  Object.fromEntries(
    Object.entries(shelf).filter(
      ([name, entry]) => !(name in was) || JSON.stringify(entry) !== JSON.stringify(was[name])
    )
  );

/** The first of two days. @param {string} one @param {string} other */
export const earlier = (one, other) => (one <= other ? one : other);

/**
 * Two entries of a question as one, words by words: those of the later entry first.
 * @template {{fingerprint: string, otherwise?: Entry[]}} Entry
 * @param {Entry} later
 * @param {Entry} before
 * @param {(one: Entry, other: Entry) => Entry} choose how two with the same words become one
 */
function mergedWordings(later, before, choose) {
  const others = wordings(before);
  const of = (/** @type {string} */ fingerprint) => others.find((other) => other.fingerprint === fingerprint);
  const first = wordings(later).map((one) => {
    const other = of(one.fingerprint);
    return other ? choose(one, other) : one;
  });
  const left = others.filter(({ fingerprint }) => !first.some((one) => one.fingerprint === fingerprint));
  return together([...first, ...left]);
}

/** @typedef {import("./record-model.js").Card} Card */
/** @param {Card} one @param {Card} other @returns {Card} */
export const mergedCard = (one, other) =>
  mergedWordings(...laterFirst(one, other, one.seen >= other.seen), (a, b) => {
    const [later, before] = laterFirst(a, b, a.seen >= b.seen);
    return { ...later, ...unknownIn(later, before, "card") };
  });

/**
 * @template Entry
 * @param {Entry} one
 * @param {Entry} other
 * @param {boolean} isLater whether the one is the later
 * @returns {[Entry, Entry]}
 */
const laterFirst = (one, other, isLater) => (isLater ? [one, other] : [other, one]);

/** @param {ModuleRecord} [one] @param {ModuleRecord} [other] @returns {ModuleRecord} */
export function mergedModule(one = emptyModule(), other = emptyModule()) {
  /** @param {Step} [a] @param {Step} [b] */
  const later = (a, b) => {
    if (!a || !b) return a ?? b;
    const [last, first] = laterFirst(a, b, a.at >= b.at);
    return { ...last, ...unknownIn(last, first, "step") };
  };
  const before = later(one.confidence.before, other.confidence.before);
  const after = later(one.confidence.after, other.confidence.after);
  return {
    lessons: joined(one.lessons, other.lessons, earlier),
    questions: joined(one.questions, other.questions, mergedAnswer),
    scenarios: joined(one.scenarios, other.scenarios, union),
    confidence: {
      ...(before && { before }),
      ...(after && { after }),
      ...unknownIn(one.confidence, other.confidence, "moments"),
    },
    version: one.version || other.version,
    moves: joined(one.moves, other.moves, union),
    ...unknownIn(one, other, "module"),
  };
}

/** @param {Answer} one @param {Answer} other */
const isLater = (one, other) => one.at > other.at || (one.at === other.at && one.attempts >= other.attempts);

/** @param {Answer} one @param {Answer} other @returns {Answer} */
export const mergedAnswer = (one, other) =>
  mergedWordings(...laterFirst(one, other, isLater(one, other)), mergedAttempts);

/** Two answers to the same words. @param {Answer} one @param {Answer} other @returns {Answer} */
function mergedAttempts(one, other) {
  const [later, before] = laterFirst(one, other, isLater(one, other));
  // The longer history is told whole; of two that are as long, the one that began earlier was the first try.
  const first = before.attempts < later.attempts || before.at === later.at ? later.first : before.first;
  const attempts = Math.max(one.attempts, other.attempts);
  return { ...later, attempts, first, met: union(one.met, other.met), ...unknownIn(later, before, "answer") };
}

/**
 * What a record holds, in numbers, for a preview.
 * @param {LearnerRecord} record
 */
export function counted(record) {
  const modules = Object.values(record.modules);
  const sum = (/** @type {(module: ModuleRecord) => number} */ of) =>
    modules.reduce((total, entry) => total + of(entry), 0);
  return {
    modules: modules.length,
    lessons: sum((entry) => Object.keys(entry.lessons).length),
    questions: sum((entry) => Object.keys(entry.questions).length),
    cards: Object.keys(record.review).length,
  };
}

/**
 * Whether two records hold the same, in whatever order.
 * @param {LearnerRecord} one
 * @param {LearnerRecord} other
 */
export const same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

/** @param {any} value @returns {any} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])])
  );
}
