/**
 * The learner's record: what was answered, finished and reviewed. Pure functions, tested without a browser.
 * Keys are ids that authors gave; dates are local days such as 2026-11-25. No words that a learner wrote stand here.
 *
 * @typedef {{fingerprint: string, response: string[], score: number | null, attempts: number, first: number | null,
 *   sure: boolean | null, at: string, met: string[], otherwise?: Answer[]}} Answer `first` is the score of the first
 *   attempt, `met` are ids of options chosen that were not right; `otherwise` has what was answered where the question
 *   had other words, the latest first: another version of the course may have them
 * @typedef {{step: string, place: number, of: number, at: string}} Step a step on the scale, counted from 0
 * @typedef {Record<string, string[]>} Moves earlier ids by the id that something
 *   has now, so that a rename can be taken back
 * @typedef {{lessons: Record<string, string>, questions: Record<string, Answer>, scenarios: Record<string, string[]>,
 *   confidence: {before?: Step, after?: Step}, version: string, moves: Moves}} ModuleRecord lessons with the day they
 *   were finished, scenarios with the endings reached
 * @typedef {{box: number, due: string, fingerprint: string, rights: number, seen: string, away?: boolean,
 *   otherwise?: Card[]}} Card `away` while its question is not on the site, `otherwise` as for answers
 * @typedef {{id: string, at: string, elapsed: number, correct: boolean,
 *   sure: boolean | null, from: number, to: number}} LogEntry
 * @typedef {{url: string, title: string, at: string}} Place
 * @typedef {{schema: number, modules: Record<string, ModuleRecord>, review: Record<string, Card>, log: LogEntry[],
 *   place: Place | null, moves: Moves}} LearnerRecord
 * @typedef {{path: string[], why: string}} Unread a part that could not be read, and so is not in the record
 */
import { unknownOf } from "./unknown-fields.js";

/**
 * Versions of the course that stand beside each other share one record, each with the scripts of its time, and a page
 * that is open while the site is published anew has those of before. A new field needs no other number: scripts that
 * have no name for it carry it along (unknown-fields.js). What they would misread, such as another meaning of a field
 * or a value that it could not have, does need one: a build then asks for kept versions to be made anew.
 */
export const VERSION = 1;
/** The log for a later scheduler keeps as many entries. */
export const LONGEST_LOG = 1000;
export const MOST = { parts: 1000, words: 2000, wordings: 20 };

const ID = /^[a-z0-9][a-z0-9-]{0,99}$/;
const CARD = /^[a-z0-9][a-z0-9-]{0,99}\/[a-z0-9][a-z0-9-]{0,99}$/;
/** An address inside the site, from its top; nothing that could lead elsewhere. */
export const INSIDE = /^(?:[a-z0-9][a-z0-9/._-]*)?(?:#[a-z0-9_-]*)?$/i;
const DAY = /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
/** What is kept under a module or in the review, by what it is, and its id. */
const MOVED = /^(?:modules|review|lessons|questions|scenarios)\/[a-z0-9-]{1,100}(?:\/[a-z0-9-]{1,100})?$/;

/**
 * Whether a text names a day that the calendar has. A record has thousands, and a `Date` for each would be most of what
 * reading it costs: only the last days of a month need one.
 * @param {unknown} value
 * @returns {value is string}
 */
export const isDay = (value) =>
  typeof value === "string" &&
  DAY.test(value) &&
  (value.slice(8) < "29" || !!new Date(`${value}T00:00Z`).toJSON()?.startsWith(value));

/**
 * Why a record cannot be used, in a word that learner-messages.js has a sentence for: `newer` where a later version of
 * the site has written it. For a part it says which.
 */
export class RecordError extends Error {}

/** A table without anything inherited, so that no id can mean something else. @returns {Record<string, any>} */
const table = () => Object.create(null);

/** @returns {LearnerRecord} */
export const empty = () => ({
  schema: VERSION,
  modules: table(),
  review: table(),
  log: [],
  place: null,
  moves: table(),
});

/** @returns {ModuleRecord} */
export const emptyModule = () => ({
  lessons: table(),
  questions: table(),
  scenarios: table(),
  confidence: {},
  version: "",
  moves: table(),
});

/**
 * What turns a record of a version into one of the next, by the earlier version.
 * @type {Record<number, (record: any) => any>}
 */
export const MIGRATIONS = {};

/**
 * A stored or restored text as a record. Each part is judged by itself: what cannot be read costs that part alone.
 * @param {string} text
 * @param {Record<number, (record: any) => any>} [migrations]
 * @param {number} [newest]
 * @returns {{record: LearnerRecord, unread: Unread[]}}
 */
export function readRecord(text, migrations = MIGRATIONS, newest = VERSION) {
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecordError("other");
  }
  if (!isObject(value) || !Number.isInteger(value.schema) || value.schema < 1) throw new RecordError("other");
  if (value.schema > newest) throw new RecordError("newer");
  while (value.schema < newest) {
    const migrate = migrations[value.schema];
    if (!migrate) throw new RecordError("version");
    value = migrate(value);
  }
  const reading = new Reading();
  return { record: validated(value, reading), unread: reading.unread };
}

/**
 * A record of which this is the text, once more: it was read before, and nothing is judged again.
 * @param {string} text what `JSON.stringify` has made of a record
 * @returns {LearnerRecord}
 */
export function recordOf(text) {
  const record = JSON.parse(text);
  for (const part of [record, ...Object.values(record.modules)])
    for (const held of Object.values(part)) if (isObject(held)) Object.setPrototypeOf(held, null);
  return record;
}

/** @param {any} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {boolean} holds @param {string} what */
function must(holds, what) {
  if (!holds) throw new RecordError(what);
}

/** Reads parts, and notes which could not be read. */
class Reading {
  /** @type {Unread[]} */
  unread = [];

  /**
   * A part with the fields that a later version has added: those that were not read, and have none of the names
   * in `also`.
   * @template {object} Made
   * @param {Made} made
   * @param {object} value
   * @param {string[]} path
   * @param {string[]} [also]
   * @returns {Made}
   */
  whole(made, value, path, also = []) {
    const unread = (/** @type {string} */ name) => this.unread.push({ path: [...path, name], why: "a field" });
    return { ...made, ...unknownOf(value, [...Object.keys(made), ...also], unread) };
  }

  /**
   * @template Made
   * @param {string[]} path
   * @param {() => Made} make
   * @returns {Made | undefined}
   */
  part(path, make) {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof RecordError)) throw error;
      this.unread.push({ path, why: error.message });
      return undefined;
    }
  }

  /**
   * @template Made
   * @param {string[]} path
   * @param {any} value
   * @param {RegExp} names
   * @param {(entry: any, path: string[]) => Made} make
   * @returns {Record<string, Made>}
   */
  each(path, value, names, make) {
    const made = table();
    const entries = this.part(path, () => {
      must(value === undefined || isObject(value), path.join(" "));
      return Object.entries(value ?? {});
    });
    for (const [name, entry] of entries ?? []) {
      const inside = [...path, name.slice(0, 200)];
      const part = this.part(inside, () => {
        must(names.test(name), `the name ${JSON.stringify(name.slice(0, 40))}`);
        return make(entry, inside);
      });
      if (part !== undefined) made[name] = part;
    }
    return made;
  }
}

/** @param {any} value @returns {string} */
function day(value) {
  must(isDay(value), "a day");
  return value;
}

/** @param {any} value @param {number} least @param {number} most @param {string} what @returns {number} */
function number(value, least, most, what) {
  must(typeof value === "number" && value >= least && value <= most, what);
  return value;
}

/** @param {any} value @param {number} least @param {number} most @param {string} what @returns {number} */
function whole(value, least, most, what) {
  must(Number.isInteger(value), what);
  return number(value, least, most, what);
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

/** Sums of shares may miss 1 by a hair. @param {number} score */
const inBounds = (score) => (score > 1 && score < 1 + 1e-6 ? 1 : score < 0 && score > -1e-6 ? 0 : score);

/** @param {any} value @returns {number | null} */
const maybeScore = (value) =>
  value === null || value === undefined
    ? null
    : number(typeof value === "number" ? inBounds(value) : value, 0, 1, "a score");

/** @param {any} value @param {Reading} reading @returns {LearnerRecord} */
function validated(value, reading) {
  const log = reading.part(["log"], () => {
    must(value.log === undefined || Array.isArray(value.log), "the log");
    return /** @type {any[]} */ (value.log ?? []);
  });
  const made = {
    schema: VERSION,
    modules: reading.each(["modules"], value.modules, ID, (entry, path) => module(entry, path, reading)),
    review: reading.each(["review"], value.review, CARD, (entry, path) => worded(entry, path, reading, card)),
    log: (log ?? []).slice(-LONGEST_LOG).flatMap((entry, index) => {
      const path = ["log", String(index)];
      return reading.part(path, () => reading.whole(logged(entry), entry, path)) ?? [];
    }),
    place:
      value.place === undefined || value.place === null
        ? null
        : (reading.part(["place"], () => reading.whole(place(value.place), value.place, ["place"])) ?? null),
    moves: moves(value.moves, ["moves"], reading),
  };
  return reading.whole(made, value, [], ["journal"]);
}

/** @param {any} value @param {string[]} path @param {Reading} reading */
const moves = (value, path, reading) => reading.each(path, value, MOVED, (entry) => list(entry, "a move"));

/** @param {any} value @returns {Place} */
function place(value) {
  must(isObject(value) && typeof value.url === "string" && INSIDE.test(value.url), "the place");
  return { url: words(value.url, "the place"), title: words(value.title, "the place"), at: day(value.at) };
}

/** @param {any} value @param {string[]} path @param {Reading} reading @returns {ModuleRecord} */
function module(value, path, reading) {
  must(isObject(value), "a module");
  must(value.confidence === undefined || isObject(value.confidence), "the confidence");
  const moment = (/** @type {"before" | "after"} */ name) =>
    value.confidence?.[name] &&
    reading.part([...path, "confidence", name], () =>
      reading.whole(step(value.confidence[name]), value.confidence[name], [...path, "confidence", name])
    );
  const [before, after] = [moment("before"), moment("after")];
  const made = {
    lessons: reading.each([...path, "lessons"], value.lessons, ID, day),
    questions: reading.each([...path, "questions"], value.questions, ID, (entry, inside) =>
      worded(entry, inside, reading, answer)
    ),
    scenarios: reading.each([...path, "scenarios"], value.scenarios, ID, (entry) => list(entry, "the endings")),
    confidence: reading.whole(
      { ...(before && { before }), ...(after && { after }) },
      value.confidence ?? {},
      [...path, "confidence"],
      ["before", "after"]
    ),
    version:
      value.version === undefined
        ? ""
        : (reading.part([...path, "version"], () => words(value.version, "the version")) ?? ""),
    moves: moves(value.moves, [...path, "moves"], reading),
  };
  return reading.whole(made, value, path);
}

/**
 * Something of a question, with what there is of it in other words.
 * @template {{fingerprint: string}} Entry
 * @param {any} value
 * @param {string[]} path
 * @param {Reading} reading
 * @param {(value: any) => Entry} make
 * @returns {Entry & {otherwise?: Entry[]}}
 */
function worded(value, path, reading, make) {
  const whole = (/** @type {any} */ entry, /** @type {string[]} */ at) =>
    reading.whole(make(entry), entry, at, ["otherwise", "away"]);
  const made = whole(value, path);
  const others = reading.part([...path, "otherwise"], () => {
    must(value.otherwise === undefined || Array.isArray(value.otherwise), "other words");
    return /** @type {any[]} */ (value.otherwise ?? []).slice(0, MOST.wordings);
  });
  const otherwise = (others ?? []).flatMap((entry, index) => {
    const at = [...path, "otherwise", String(index)];
    return reading.part(at, () => whole(entry, at)) ?? [];
  });
  return otherwise.length ? { ...made, otherwise } : made;
}

/** @param {any} value @returns {Answer} */
function answer(value) {
  must(isObject(value), "an answer");
  return {
    fingerprint: words(value.fingerprint, "the fingerprint"),
    response: list(value.response, "the response"),
    score: maybeScore(value.score),
    attempts: whole(value.attempts, 1, 1e6, "the number of attempts"),
    first: maybeScore(value.first),
    sure: maybe(value.sure),
    at: day(value.at),
    met: value.met === undefined ? [] : list(value.met, "what was met"),
  };
}

/** @param {any} value @returns {Step} */
function step(value) {
  must(isObject(value), "a step");
  return {
    step: words(value.step, "a step"),
    place: whole(value.place, 0, 20, "a step"),
    of: whole(value.of, 1, 20, "a step"),
    at: day(value.at),
  };
}

/** @param {any} value @returns {Card} */
function card(value) {
  must(isObject(value), "a card");
  return {
    box: whole(value.box, 1, 6, "the box"),
    due: day(value.due),
    fingerprint: words(value.fingerprint, "the fingerprint"),
    rights: whole(value.rights, 0, 1e6, "a number"),
    seen: day(value.seen),
    ...(value.away === true && { away: true }),
  };
}

/** @param {any} value @returns {LogEntry} */
function logged(value) {
  must(isObject(value) && CARD.test(value.id), "an entry of the log");
  return {
    id: value.id,
    at: day(value.at),
    elapsed: number(value.elapsed, 0, 1e6, "the days"),
    correct: value.correct === true,
    sure: maybe(value.sure),
    from: whole(value.from, 0, 6, "a box"),
    to: whole(value.to, 1, 6, "a box"),
  };
}

// ------------------------------------------------------------------- changes

/** @param {LearnerRecord} record @param {string} id @returns {ModuleRecord} */
export const moduleOf = (record, id) => (record.modules[id] ??= emptyModule());

/**
 * All that there is of a question, each by itself: first as its words were last.
 * @template {{fingerprint: string, otherwise?: Entry[]}} Entry
 * @param {Entry} [entry]
 * @returns {Entry[]}
 */
export function wordings(entry) {
  if (!entry) return [];
  const { otherwise = [], ...alone } = entry;
  return [/** @type {Entry} */ (alone), ...otherwise];
}

/**
 * The same as one entry again, or none. What is over was answered longest ago.
 * @template {{fingerprint: string, otherwise?: Entry[]}} Entry
 * @param {Entry[]} all
 * @returns {Entry}
 */
export function together([first, ...others]) {
  return others.length ? { ...first, otherwise: others.slice(0, MOST.wordings) } : first;
}

/**
 * An entry with what belongs to the words of a fingerprint first; as it is where it has nothing of that.
 * @template {{fingerprint: string, otherwise?: Entry[]}} Entry
 * @param {Entry} entry
 * @param {string} fingerprint
 * @returns {Entry}
 */
export function turnedTo(entry, fingerprint) {
  if (!entry.otherwise?.some((other) => other.fingerprint === fingerprint)) return entry;
  const all = wordings(entry);
  const isMeant = (/** @type {Entry} */ one) => one.fingerprint === fingerprint;
  return together([...all.filter(isMeant), ...all.filter((one) => !isMeant(one))]);
}

/**
 * Notes an answer.
 * @param {LearnerRecord} record
 * @param {string} moduleId
 * @param {string} id
 * @param {{fingerprint: string, response: string[], score: number | null,
 *   sure: boolean | null, chosen?: string[]}} given
 * @param {string} at
 */
export function noteAnswer(record, moduleId, id, given, at) {
  const questions = moduleOf(record, moduleId).questions;
  const all = wordings(questions[id]);
  const earlier = all.find(({ fingerprint }) => fingerprint === given.fingerprint);
  const chosen = given.score === 1 ? [] : (given.chosen ?? given.response);
  /** @type {Answer} */
  const now = {
    ...earlier,
    fingerprint: given.fingerprint,
    response: given.response.map((entry) => entry.slice(0, MOST.words)),
    score: given.score,
    attempts: (earlier?.attempts ?? 0) + 1,
    first: earlier ? earlier.first : given.score,
    sure: given.sure,
    at,
    met: [...new Set([...(earlier?.met ?? []), ...chosen].map((entry) => entry.slice(0, MOST.words)))],
  };
  questions[id] = together([now, ...all.filter((one) => one !== earlier)]);
}
