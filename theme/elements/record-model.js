/**
 * The learner's record: what was answered, finished and reviewed. Pure functions, tested without a browser.
 * Keys are ids that authors gave; dates are local days such as 2026-11-25. No words that a learner wrote stand here.
 *
 * @typedef {{fingerprint: string, response: string[], score: number | null, attempts: number, first: number | null,
 *   sure: boolean | null, at: string, met: string[]}} Answer `first` is the score of the first attempt, `met` are ids of options chosen that were not right
 * @typedef {{step: string, place: number, of: number, at: string}} Step a step on the scale, counted from 0
 * @typedef {{lessons: Record<string, string>, questions: Record<string, Answer>, scenarios: Record<string, string[]>,
 *   confidence: {before?: Step, after?: Step}, version: string}} ModuleRecord lessons with the day they were finished, scenarios with the endings reached
 * @typedef {{box: number, due: string, fingerprint: string, rights: number, seen: string}} Card
 * @typedef {{id: string, at: string, elapsed: number, correct: boolean, sure: boolean | null, from: number, to: number}} LogEntry
 * @typedef {{url: string, title: string, at: string}} Place
 * @typedef {{schema: number, modules: Record<string, ModuleRecord>, review: Record<string, Card>, log: LogEntry[], place: Place | null}} LearnerRecord
 */

export const VERSION = 1;
/** The log for a later scheduler keeps as many entries. */
export const LONGEST_LOG = 1000;
/** A record file may be as large. */
export const LARGEST_FILE = 2_000_000;
export const MOST = { modules: 500, entries: 1000, parts: 60, words: 600 };

const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;
const CARD = /^[a-z0-9][a-z0-9-]{0,99}\/[a-z0-9][a-z0-9-]{0,99}$/;
/** An address inside the site, from its top; nothing that could lead elsewhere. */
export const INSIDE = /^(?:[a-z0-9][a-z0-9/._-]*)?(?:#[a-z0-9_-]*)?$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Why a record cannot be used. `newer` where a later version of the site has written it. */
export class RecordError extends Error {
  /** @param {string} message @param {boolean} [newer] */
  constructor(message, newer = false) {
    super(message);
    this.newer = newer;
  }
}

/** A table without anything inherited, so that no id can mean something else. @returns {Record<string, any>} */
const table = () => Object.create(null);

/** @returns {LearnerRecord} */
export const empty = () => ({ schema: VERSION, modules: table(), review: table(), log: [], place: null });

/** @returns {ModuleRecord} */
export const emptyModule = () => ({ lessons: table(), questions: table(), scenarios: table(), confidence: {}, version: "" });

/** What turns a record of a version into one of the next, by the earlier version. @type {Record<number, (record: any) => any>} */
export const MIGRATIONS = {};

/**
 * A stored or restored text as a record.
 * @param {string} text
 * @param {Record<number, (record: any) => any>} [migrations]
 * @param {number} [newest]
 * @returns {LearnerRecord}
 */
export function parsed(text, migrations = MIGRATIONS, newest = VERSION) {
  if (text.length > LARGEST_FILE) throw new RecordError("it is too large");
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecordError("it is not a record file");
  }
  if (!isObject(value) || !Number.isInteger(value.schema) || value.schema < 1) throw new RecordError("it is not a record file");
  if (value.schema > newest) throw new RecordError("a newer version of this site has written it", true);
  while (value.schema < newest) {
    const migrate = migrations[value.schema];
    if (!migrate) throw new RecordError("its version is not known");
    value = migrate(value);
  }
  return validated(value);
}

/** @param {any} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {boolean} holds @param {string} what */
function must(holds, what) {
  if (!holds) throw new RecordError(`${what} is not as it should be`);
}

/**
 * @template Made
 * @param {any} value
 * @param {RegExp} names
 * @param {number} most
 * @param {string} what
 * @param {(entry: any, name: string) => Made} make
 * @returns {Record<string, Made>}
 */
function each(value, names, most, what, make) {
  if (value === undefined) return table();
  must(isObject(value) && Object.keys(value).length <= most, what);
  const made = table();
  for (const [name, entry] of Object.entries(value)) {
    must(names.test(name), `the name ${JSON.stringify(name.slice(0, 40))}`);
    made[name] = make(entry, name);
  }
  return made;
}

/** @param {any} value @param {string} what @returns {string} */
function day(value, what) {
  must(typeof value === "string" && DAY.test(value), what);
  return value;
}

/** @param {any} value @param {number} least @param {number} most @param {string} what @returns {number} */
function number(value, least, most, what) {
  must(typeof value === "number" && value >= least && value <= most, what);
  return value;
}

/** @param {any} value @param {string} what @returns {string} */
function words(value, what) {
  must(typeof value === "string" && value.length <= MOST.words, what);
  return value;
}

/** @param {any} value @param {string} what @returns {string[]} */
function list(value, what) {
  must(Array.isArray(value) && value.length <= MOST.parts, what);
  return value.map((/** @type {any} */ entry) => words(entry, what));
}

/** @param {any} value @returns {boolean | null} */
const maybe = (value) => (typeof value === "boolean" ? value : null);

/** @param {any} value @param {string} what @returns {number | null} */
const maybeScore = (value, what) => (value === null || value === undefined ? null : number(value, 0, 1, what));

/** @param {any} value @returns {LearnerRecord} */
function validated(value) {
  must(value.log === undefined || Array.isArray(value.log), "the log");
  return {
    schema: VERSION,
    modules: each(value.modules, ID, MOST.modules, "the list of modules", module),
    review: each(value.review, CARD, MOST.entries * 10, "the list of cards", card),
    log: (value.log ?? []).slice(-LONGEST_LOG).map(logged),
    place: isObject(value.place) ? place(value.place) : null,
  };
}

/** @param {any} value @returns {Place} */
function place(value) {
  must(typeof value.url === "string" && INSIDE.test(value.url), "the place");
  return { url: words(value.url, "the place"), title: words(value.title, "the place"), at: day(value.at, "the place") };
}

/** @param {any} value @param {string} name @returns {ModuleRecord} */
function module(value, name) {
  must(isObject(value), name);
  const { before, after } = isObject(value.confidence) ? value.confidence : {};
  return {
    lessons: each(value.lessons, ID, MOST.entries, name, (entry) => day(entry, name)),
    questions: each(value.questions, ID, MOST.entries, name, answer),
    scenarios: each(value.scenarios, ID, MOST.entries, name, (entry) => list(entry, name)),
    confidence: { ...(before && { before: step(before, name) }), ...(after && { after: step(after, name) }) },
    version: value.version === undefined ? "" : words(value.version, name),
  };
}

/** @param {any} value @param {string} name @returns {Answer} */
function answer(value, name) {
  must(isObject(value), name);
  return {
    fingerprint: words(value.fingerprint, name),
    response: list(value.response, name),
    score: maybeScore(value.score, name),
    attempts: number(value.attempts, 1, 1e6, name),
    first: maybeScore(value.first, name),
    sure: maybe(value.sure),
    at: day(value.at, name),
    met: value.met === undefined ? [] : list(value.met, name),
  };
}

/** @param {any} value @param {string} name @returns {Step} */
function step(value, name) {
  must(isObject(value), name);
  return { step: words(value.step, name), place: number(value.place, 0, 20, name), of: number(value.of, 1, 20, name), at: day(value.at, name) };
}

/** @param {any} value @param {string} name @returns {Card} */
function card(value, name) {
  must(isObject(value), name);
  return {
    box: number(value.box, 1, 6, name),
    due: day(value.due, name),
    fingerprint: words(value.fingerprint, name),
    rights: number(value.rights, 0, 1e6, name),
    seen: day(value.seen, name),
  };
}

/** @param {any} value @returns {LogEntry} */
function logged(value) {
  must(isObject(value) && CARD.test(value.id), "the log");
  return {
    id: value.id,
    at: day(value.at, "the log"),
    elapsed: number(value.elapsed, 0, 1e5, "the log"),
    correct: value.correct === true,
    sure: maybe(value.sure),
    from: number(value.from, 0, 6, "the log"),
    to: number(value.to, 1, 6, "the log"),
  };
}

// ------------------------------------------------------------------- changes

/** @param {LearnerRecord} record @param {string} id @returns {ModuleRecord} */
export const moduleOf = (record, id) => (record.modules[id] ??= emptyModule());

/**
 * Notes an answer.
 * @param {LearnerRecord} record
 * @param {string} moduleId
 * @param {string} id
 * @param {{fingerprint: string, response: string[], score: number | null, sure: boolean | null, chosen?: string[]}} given
 * @param {string} at
 */
export function noteAnswer(record, moduleId, id, given, at) {
  const questions = moduleOf(record, moduleId).questions;
  const earlier = questions[id]?.fingerprint === given.fingerprint ? questions[id] : undefined;
  const chosen = given.score === 1 ? [] : (given.chosen ?? given.response);
  questions[id] = {
    fingerprint: given.fingerprint,
    response: given.response.slice(0, MOST.parts).map((entry) => entry.slice(0, MOST.words)),
    score: given.score,
    attempts: (earlier?.attempts ?? 0) + 1,
    first: earlier ? earlier.first : given.score,
    sure: given.sure,
    at,
    met: [...new Set([...(earlier?.met ?? []), ...chosen])].slice(0, MOST.parts).map((entry) => entry.slice(0, MOST.words)),
  };
}

/**
 * Lets saved work follow ids that changed: `formerly` holds earlier ids, the newest first.
 * @template Entry
 * @param {Record<string, Entry>} entries
 * @param {string} id
 * @param {string[]} formerly
 */
export function follow(entries, id, formerly) {
  for (const old of formerly) {
    if (!(old in entries)) continue;
    if (!(id in entries)) entries[id] = entries[old];
    delete entries[old];
  }
}
