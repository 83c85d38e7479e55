/**
 * What a learner has written, apart from the record. Pure functions, tested without a browser.
 * @typedef {{text: string, at: string, label: string, title: string, module: string, url: string, plan: boolean, revisit: string}} Entry
 * @typedef {import("./journal-lock.js").Lock} Lock
 * @typedef {{schema: number, on: boolean, entries: Record<string, Entry>, lock?: Lock}} Journal
 * With a lock the entries stand inside it, and are shown once it is open.
 */
import { INSIDE, RecordError } from "./record-model.js";

/** Version 2 can be locked. */
export const VERSION = 2;
const MOST = 5000;
const LONGEST = 20_000;
const KEY = /^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9_-]+$/;
const LETTERS = /^[A-Za-z0-9+/]+={0,2}$/;
/** Fewer would be too easy to guess, more would keep a phone busy for minutes. */
const [FEWEST, MOST_ROUNDS] = [600_000, 6_000_000];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** @returns {Journal} */
export const emptyJournal = () => ({ schema: VERSION, on: false, entries: Object.create(null) });

/**
 * A stored or restored text as a journal.
 * @param {string} text
 * @returns {Journal}
 */
export function parsedJournal(text) {
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecordError("it is not a journal");
  }
  if (typeof value !== "object" || value === null || !Number.isInteger(value.schema)) throw new RecordError("it is not a journal");
  if (value.schema > VERSION) throw new RecordError("a newer version of this site has written it", true);
  const journal = emptyJournal();
  journal.on = value.on === true;
  if (value.lock !== undefined) journal.lock = checkedLock(value.lock);
  const entries = Object.entries(typeof value.entries === "object" && value.entries ? value.entries : {});
  if (entries.length > MOST) throw new RecordError("it holds too much");
  for (const [key, entry] of entries) {
    if (!KEY.test(key) || typeof entry !== "object" || entry === null) throw new RecordError("an entry is not as it should be");
    journal.entries[key] = checked(/** @type {any} */ (entry));
  }
  return journal;
}

/** @param {any} entry @returns {Entry} */
function checked(entry) {
  const words = (/** @type {any} */ value, /** @type {number} */ most) => {
    if (typeof value !== "string" || value.length > most) throw new RecordError("an entry is not as it should be");
    return value;
  };
  const day = (/** @type {any} */ value) => (typeof value === "string" && DAY.test(value) ? value : "");
  return {
    text: words(entry.text, LONGEST),
    at: day(entry.at),
    label: words(entry.label, 2000),
    title: words(entry.title, 2000),
    module: words(entry.module, 2000),
    url: INSIDE.test(entry.url) ? words(entry.url, 2000) : "",
    plan: entry.plan === true,
    revisit: day(entry.revisit),
  };
}

/** @param {any} lock @returns {Lock} */
function checkedLock(lock) {
  const words = [lock?.salt, lock?.iv, lock?.text];
  if (!words.every((word) => typeof word === "string" && LETTERS.test(word))) throw new RecordError("its lock is not as it should be");
  if (!Number.isInteger(lock.rounds) || lock.rounds < FEWEST || lock.rounds > MOST_ROUNDS) throw new RecordError("its lock is not as it should be");
  return { rounds: lock.rounds, salt: lock.salt, iv: lock.iv, text: lock.text };
}
