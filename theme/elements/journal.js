/** The journal as it is kept: apart from the record, and only once the learner has asked for it. */
import { messages } from "./messages.js";
import { RecordError } from "./record-model.js";
import { emptyJournal, parsedJournal } from "./journal-model.js";
import { get, remove, set, tell } from "./store.js";

export const JOURNAL = "journal";
export const JOURNAL_ASIDE = "journal-set-aside";
let frozen = false;

/** @returns {import("./journal-model.js").Journal} */
export function journal() {
  const text = frozen ? null : get(JOURNAL);
  if (text === null) return emptyJournal();
  try {
    return parsedJournal(text);
  } catch (error) {
    if (error instanceof RecordError && error.newer) frozen = true;
    else {
      set(JOURNAL_ASIDE, text);
      remove(JOURNAL);
    }
    tell(frozen ? messages.newer : messages.journalAside);
    return emptyJournal();
  }
}

/**
 * Changes the journal and keeps it.
 * @param {(journal: import("./journal-model.js").Journal) => void} change
 * @returns {boolean} whether it was kept
 */
export function updateJournal(change) {
  const now = journal();
  change(now);
  return !frozen && set(JOURNAL, JSON.stringify(now));
}
