/**
 * The journal as it is kept: apart from the record, and only once the learner has asked for it. Where it has a passphrase,
 * what opens it is held by this page alone, and gone when the page is left.
 */
import { messages } from "./messages.js";
import { RecordError } from "./record-model.js";
import { VERSION, emptyJournal, parsedJournal } from "./journal-model.js";
import { get, remove, set, tell } from "./store.js";
import { stored } from "./site.js";

/** @typedef {import("./journal-model.js").Journal} Journal */

export const JOURNAL = "journal";
export const JOURNAL_ASIDE = "journal-set-aside";
let frozen = false;
/** What opens the journal, which text it has opened last, and what stood there. @type {{by: import("./journal-lock.js").Opener, text: string, entries: Journal["entries"]} | undefined} */
let open;

const tools = () => import("./journal-lock.js");

/** @returns {Journal} */
export function journal() {
  const text = frozen ? null : get(JOURNAL);
  if (text === null) return emptyJournal();
  try {
    const now = parsedJournal(text);
    if (now.lock && open) now.entries = open.entries;
    return now;
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

/** Whether the journal has a passphrase that this page has not been told. */
export const isLocked = () => journal().lock !== undefined && open === undefined;

/** The journal as it stands in the browser, locked where it is, to be put into a file. */
export function storedJournal() {
  const now = journal();
  return now.lock ? { ...now, entries: {} } : now;
}

/**
 * Opens the journal for this page.
 * @param {string} passphrase
 * @returns {Promise<boolean>} whether it opens
 */
export async function unlock(passphrase) {
  const { lock } = journal();
  if (!lock) return true;
  const { opener, unlocked } = await tools();
  const by = await opener(passphrase, lock);
  const shown = await unlocked(lock, by);
  if (shown === undefined) return false;
  open = { by, text: lock.text, entries: parsedJournal(shown).entries };
  return true;
}

/** Forgets what opens the journal. */
export function closeJournal() {
  open = undefined;
}

// A page that comes back with the Back button would still be open.
addEventListener("pageshow", (event) => {
  if (event.persisted && open) location.reload();
});

/** What another tab has written since. @param {Journal} now */
async function follow(now) {
  if (!now.lock || !open || now.lock.text === open.text) return;
  const { unlocked } = await tools();
  const shown = await unlocked(now.lock, open.by);
  open = shown === undefined ? undefined : { ...open, text: now.lock.text, entries: parsedJournal(shown).entries };
}

/** @param {Journal} now @returns {boolean} whether it was kept */
const write = (now) => !frozen && set(JOURNAL, JSON.stringify({ ...now, schema: VERSION }));

/** @param {(journal: Journal) => void} change */
async function rewrite(change) {
  await follow(journal());
  const now = journal();
  if (now.lock && !open) return false;
  change(now);
  return open && now.lock ? shut(now, open.by) : write(now);
}

/** Writes the journal behind its lock. @param {Journal} now @param {import("./journal-lock.js").Opener} by */
async function shut(now, by) {
  const { locked } = await tools();
  const lock = await locked(JSON.stringify({ schema: VERSION, entries: now.entries }), by);
  const kept = write({ ...now, entries: {}, lock });
  if (kept) open = { by, text: lock.text, entries: now.entries };
  return kept;
}

/** Keeps what is written from now on, or no more: this can be said of a locked journal too. @param {boolean} on */
export const turnJournal = (on) => write({ ...storedJournal(), on });

/** One tab after the other. @template T @param {() => Promise<T>} does @returns {Promise<T>} */
const inTurn = async (does) => (navigator.locks ? /** @type {any} */ (navigator.locks.request(stored(JOURNAL), does)) : does());

/**
 * Changes the journal and keeps it. One without a passphrase is kept before this returns, so that it can be the last thing
 * that a page does.
 * @param {(journal: Journal) => void} change
 * @returns {Promise<boolean>} whether it was kept
 */
export async function updateJournal(change) {
  const now = journal();
  if (now.lock) return inTurn(() => rewrite(change));
  change(now);
  return write(now);
}

/** Locks the journal. @param {string} passphrase @returns {Promise<boolean>} whether it was kept */
export async function setPassphrase(passphrase) {
  const by = await (await tools()).opener(passphrase);
  return inTurn(async () => {
    const now = journal();
    return !now.lock && shut(now, by);
  });
}

/** Keeps an open journal without a passphrase from now on. @returns {Promise<boolean>} whether it was kept */
export const dropPassphrase = () =>
  inTurn(async () => {
    await follow(journal());
    const { lock, ...now } = journal();
    if (!lock || !open || !write(now)) return false;
    open = undefined;
    return true;
  });

/**
 * Puts a locked journal from a file in the place of one that holds nothing.
 * @param {Journal} theirs
 * @returns {boolean} whether it was kept
 */
export function takeLocked(theirs) {
  const mine = journal();
  return !mine.lock && !Object.keys(mine.entries).length && write(theirs);
}
