/**
 * What a file of a learner holds: progress, a journal, or both. Nothing is changed
 * by reading. Pure, tested without a browser.
 */
import { readJournal } from "./journal-model.js";
import { RecordError, VERSION, readRecord } from "./record-model.js";
import { STATEMENT } from "./record-statement.js";

/** It may be as large, in letters: more than a browser keeps for a site. */
export const LARGEST_FILE = 12_000_000;

/**
 * @typedef {{record?: import("./record-model.js").LearnerRecord, journal?: import("./journal-model.js").Journal,
 *   unread: number}} FileContent `unread` counts what could not be read
 */

/**
 * @param {string} text
 * @returns {FileContent}
 */
export function readFile(text) {
  if (text.length > LARGEST_FILE) throw new RecordError("large");
  /** @type {any} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecordError("other");
  }
  if (value?.entries !== undefined || value?.lock !== undefined) {
    const { journal, unread } = readJournal(text);
    return { journal, unread: unread.length };
  }
  // A record that was handed in holds a part of the same, and its own version.
  const plain = value?.statement === STATEMENT ? JSON.stringify({ schema: VERSION, modules: value.modules }) : text;
  const { record, unread } = readRecord(plain);
  if (value.journal === undefined) return { record, unread: unread.length };
  const written = readJournal(JSON.stringify(value.journal));
  return { record, journal: written.journal, unread: unread.length + written.unread.length };
}
