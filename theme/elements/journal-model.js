/**
 * What a learner has written, apart from the record. Pure functions, tested without a browser.
 * @typedef {{text: string, at: string, label: string, title: string, module: string,
 *   url: string, plan: boolean, revisit: string, tick?: boolean, formerly?: string[]}} Entry `tick` where it is a box
 *   that was ticked, `formerly` has earlier keys, so that a rename can be taken back
 * @typedef {import("./journal-lock.js").Lock} Lock
 * @typedef {{schema: number, on: boolean, entries: Record<string, Entry>, lock?: Lock}} Journal
 * With a lock the entries stand inside it, and are shown once it is open.
 */
import { INSIDE, RecordError, isDay } from "./record-model.js";
import { unknownOf } from "./unknown-fields.js";

/** Version 2 can be locked. A new field needs no other number, what would be misread does (record-model.js). */
export const VERSION = 2;
/** What someone writes into one field may be as long: more than a person writes, less than fills a browser's store. */
export const LONGEST = 200_000;
/** The fields that this version has a name for. */
export const JOURNAL_FIELDS = /** @type {const} */ ({
  journal: ["schema", "on", "entries", "lock"],
  entry: ["text", "at", "label", "title", "module", "url", "plan", "revisit", "tick", "formerly"],
  lock: ["rounds", "salt", "iv", "text"],
});
const KEY = /^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9_-]+$/;
const LONGEST_ADDRESS = 2000;
/** An entry remembers so many earlier keys. */
const MOST_KEYS = 20;
const LETTERS = /^[A-Za-z0-9+/]+={0,2}$/;
/** Fewer would be too easy to guess, more would keep a phone busy for minutes. */
const [FEWEST, MOST_ROUNDS] = [600_000, 6_000_000];

/** @returns {Journal} */
export const emptyJournal = () => ({ schema: VERSION, on: false, entries: Object.create(null) });

/**
 * A stored or restored text as a journal. Each entry is judged by itself: one that cannot be read costs no other.
 * @param {string} text
 * @returns {{journal: Journal, unread: string[]}} `unread` has the keys of entries that could not be read whole
 */
export function readJournal(text) {
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecordError("journal");
  }
  if (typeof value !== "object" || value === null || !Number.isInteger(value.schema)) throw new RecordError("journal");
  if (value.schema > VERSION) throw new RecordError("newer");
  /** @type {string[]} */
  const unread = [];
  /** @type {Journal} */
  const journal = {
    ...unknownOf(value, JOURNAL_FIELDS.journal, (name) => unread.push(name)),
    ...emptyJournal(),
  };
  journal.on = value.on === true;
  if (value.lock !== undefined) journal.lock = checkedLock(value.lock);
  if (
    value.entries !== undefined &&
    (typeof value.entries !== "object" || value.entries === null || Array.isArray(value.entries))
  )
    throw new RecordError("entries");
  for (const [key, entry] of Object.entries(value.entries ?? {})) {
    const made = KEY.test(key) ? checked(/** @type {any} */ (entry), () => unread.push(key)) : undefined;
    if (made) journal.entries[key] = made;
    else unread.push(key);
  }
  return { journal, unread };
}

/** @param {any} entry @param {() => void} unread @returns {Entry | undefined} */
function checked(entry, unread) {
  const { text, label = "", title = "", module = "" } = entry ?? {};
  if (typeof text !== "string" || text.length > LONGEST) return undefined;
  if (![label, title, module].every((words) => typeof words === "string")) return undefined;
  const day = (/** @type {any} */ value) => (isDay(value) ? value : "");
  return {
    text,
    at: day(entry.at),
    label,
    title,
    module,
    url:
      typeof entry.url === "string" && entry.url.length <= LONGEST_ADDRESS && INSIDE.test(entry.url) ? entry.url : "",
    plan: entry.plan === true,
    revisit: day(entry.revisit),
    ...(entry.tick === true && { tick: true }),
    ...formerlyOf(entry.formerly),
    ...unknownOf(entry, JOURNAL_FIELDS.entry, unread),
  };
}

/** @param {unknown} keys @returns {{formerly?: string[]}} */
function formerlyOf(keys) {
  const known = Array.isArray(keys) ? keys.filter((key) => typeof key === "string" && KEY.test(key)) : [];
  return known.length ? { formerly: known.slice(0, MOST_KEYS) } : {};
}

/**
 * Keeps a text that another page or a file has under the same key: under a key of its own, beside the other.
 * @param {Journal} journal
 * @param {string} key
 * @param {Entry} entry
 * @returns {string | undefined} the key that it has now; none where the same text was there already
 */
export function keepBeside({ entries }, key, entry) {
  let beside = key;
  for (let number = 2; beside in entries; number += 1) {
    const there = entries[beside];
    if (there.text === entry.text) {
      entries[beside] = { ...there, ...unknownOf({ ...entry, ...there }, JOURNAL_FIELDS.entry) };
      return undefined;
    }
    beside = `${key}__${number}`;
  }
  entries[beside] = entry;
  return beside;
}

/**
 * Keeps what someone writes into a field. What another page has written there since stays, beside it.
 * @param {Journal} journal
 * @param {string} key
 * @param {string} before what the writer had seen there
 * @param {Omit<Entry, "revisit"> & {revisit?: string}} entry its day counts only where nothing stands there: another
 *   one may have been set since
 */
export function writeEntry(journal, key, before, entry) {
  const there = journal.entries[key];
  delete journal.entries[key];
  if (entry.text.trim())
    journal.entries[key] = {
      ...unknownOf(there ?? {}, JOURNAL_FIELDS.entry),
      ...entry,
      revisit: there?.revisit ?? entry.revisit ?? "",
      ...formerlyOf([...new Set([...(entry.formerly ?? []), ...(there?.formerly ?? [])])]),
    };
  if (there && there.text !== before && !entry.text.includes(there.text)) keepBeside(journal, key, there);
}

/**
 * Gives an entry another day. It becomes another entry, since what is here may be all that knows the one before.
 * @param {Journal} journal
 * @param {string} key
 * @param {string} day
 */
export function lookAgainOn({ entries }, key, day) {
  if (entries[key]) entries[key] = { ...entries[key], revisit: day };
}

/**
 * What was kept under an earlier key comes along, with all that stands beside it: other texts of the same field, and
 * what came of a plan. What went to a later key comes back: a version of the course may not know of that one. Where
 * both keys hold something, they stay two.
 * @param {Journal} journal
 * @param {string} key
 * @param {string[]} formerly
 * @returns {boolean} whether anything came along
 */
export function followKey(journal, key, formerly) {
  const { entries } = journal;
  const along = formerly
    .filter((old) => !(old in entries && key in entries))
    .flatMap((old) =>
      Object.keys(entries)
        .filter((name) => name === old || name.startsWith(`${old}__`))
        .map((name) => ({ name, to: key + name.slice(old.length) }))
    );
  const isOf = (/** @type {string} */ name) => name === key || name.startsWith(`${key}__`);
  const back = Object.entries(entries).flatMap(([name, entry]) => {
    if (isOf(name) || key in entries) return [];
    const [field] = name.split("__");
    const beside = entries[field]?.formerly?.includes(key) ? key + name.slice(field.length) : undefined;
    const to = entry.formerly?.find(isOf) ?? beside;
    return to ? [{ name, to }] : [];
  });
  const moves = along.length ? along : back;
  for (const { name, to } of moves) {
    const { formerly: before = [], ...entry } = entries[name];
    delete entries[name];
    const names = new Set([name, ...formerly.map((old) => old + to.slice(key.length)), ...before]);
    names.delete(to);
    keepBeside(journal, to, { ...entry, ...formerlyOf([...names]) });
  }
  return moves.length > 0;
}

/** @param {any} lock @returns {Lock} */
function checkedLock(lock) {
  const words = [lock?.salt, lock?.iv, lock?.text];
  if (!words.every((word) => typeof word === "string" && LETTERS.test(word))) throw new RecordError("lock");
  if (!Number.isInteger(lock.rounds) || lock.rounds < FEWEST || lock.rounds > MOST_ROUNDS)
    throw new RecordError("lock");
  return {
    ...{ rounds: lock.rounds, salt: lock.salt, iv: lock.iv, text: lock.text },
    ...unknownOf(lock, JOURNAL_FIELDS.lock),
  };
}
