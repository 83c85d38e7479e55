/**
 * What a learner has written, apart from the record. Pure functions, tested without a browser.
 * @typedef {{text: string, at: string, label: string, title: string, module: string, url: string, plan: boolean, revisit: string}} Entry
 * @typedef {{schema: number, on: boolean, entries: Record<string, Entry>}} Journal
 */
import { INSIDE, RecordError } from "./record-model.js";

export const VERSION = 1;
const MOST = 5000;
const LONGEST = 20_000;
const KEY = /^[a-z0-9-]+\/[a-z0-9-]+\/[a-z0-9_-]+$/;
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
