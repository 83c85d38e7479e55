/**
 * The journal as it is kept: apart from the record, and only once the learner has asked for it. Where it has a
 * passphrase, what opens it is held by this page alone, and gone when the page is left.
 */
import { Changes } from "./changes.js";
import { messages } from "./messages.js";
import { RecordError } from "./record-model.js";
import { JOURNAL_FIELDS, VERSION, emptyJournal, keepBeside, readJournal } from "./journal-model.js";
import { KEPT, MOMENT, asides, get, onRecovery, putAside, quietly, remove, set, setOrNot, tell } from "./store.js";
import { unknownOf } from "./unknown-fields.js";
import { _ } from "./words.js";

/**
 * @typedef {import("./journal-model.js").Journal} Journal
 * @typedef {import("./journal-model.js").Entry} Entry
 * @typedef {import("./store.js").Kept} Kept
 */

export const JOURNAL = "journal";
const ASIDE = _(
  "Part of what you had written could not be read. " +
    "A copy of it has been set aside, and you can save it as a file on the page “Your progress”. " +
    "Everything else is as it was."
);
/** Why the stored journal must be left as it is. @type {"newer" | "unread" | undefined} */
let frozen;
/**
 * What opens the journal, which text it has opened last, and what stood there: entries, and what a later version added.
 * @type {{by: import("./journal-lock.js").Opener, text: string, entries: Journal["entries"],
 *   unknown: Record<string, any>} | undefined}
 */
let open;
/**
 * What this page wrote or took out a moment ago, and what stood there before.
 * @type {{at: number, key: string, entry?: Entry, before?: Entry}[]}
 */
let lately = [];

const tools = () => import("./journal-lock.js");

/** The journal as it is stored, without what waits. @returns {Journal} */
function storedJournalNow() {
  const text = frozen === "newer" ? null : get(JOURNAL);
  if (text === null) return emptyJournal();
  /** @type {Journal} */
  let readable = emptyJournal();
  try {
    const { journal: now, unread } = readJournal(text);
    if (now.lock && open) now.entries = { ...open.entries };
    if (!unread.length || frozen) return now;
    readable = now;
  } catch (error) {
    if (error instanceof RecordError && error.message === "newer") frozen = "newer";
    else if (!(error instanceof RecordError)) throw error;
  }
  // The copy has to stand before anything takes its place.
  if (!frozen && !putAside(JOURNAL, text).ok) frozen = "unread";
  if (!frozen) void quietly(write(readable));
  tell(frozen ? messages.notKept[frozen] : ASIDE);
  return readable;
}

/** @returns {Journal} */
export function journal() {
  const now = storedJournalNow();
  if (!now.lock || open) changes.show(now);
  return now;
}

/** Whether the journal has a passphrase that this page has not been told. */
export const isLocked = () => storedJournalNow().lock !== undefined && open === undefined;

/** The journal as it stands in the browser, locked where it is, to be put into a file. */
export function storedJournal() {
  const now = journal();
  return now.lock ? { ...now, entries: {} } : now;
}

// ------------------------------------------------------------------------ the lock

/**
 * Opens the journal for this page.
 * @param {string} passphrase
 * @returns {Promise<boolean>} whether it opens
 */
export async function unlock(passphrase) {
  const { lock } = storedJournalNow();
  if (!lock) return true;
  const { opener, unlocked } = await tools();
  const by = await opener(passphrase, lock);
  const shown = await unlocked(lock, by);
  if (shown === undefined) return false;
  open = { by, text: lock.text, ...inside(shown) };
  // A crash may have brought back a copy from before the lock.
  for (const { name, text } of await sealed(by)) await quietly(set(name, text));
  // All that waits on this page hears of it, after whoever has asked.
  setTimeout(() => dispatchEvent(new CustomEvent("journal:opened")));
  return true;
}

/**
 * What stood behind the lock. A part that cannot be read stays there, in a copy that is locked too.
 * @param {string} shown
 */
function inside(shown) {
  const { journal: now, unread } = readJournal(shown);
  if (unread.length) {
    if (!putAside(JOURNAL, get(JOURNAL) ?? "").ok) frozen = "unread";
    tell(frozen ? messages.notKept[frozen] : ASIDE);
  }
  return { entries: now.entries, unknown: unknownOf(now, JOURNAL_FIELDS.journal) };
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
  open = shown === undefined ? undefined : { ...open, text: now.lock.text, ...inside(shown) };
}

// ------------------------------------------------------------------------ writing

/** @param {Journal} now @returns {Kept} */
function write(now) {
  if (frozen) return { ok: false, why: frozen };
  const text = JSON.stringify({ ...now, schema: VERSION });
  const { unread } = readJournal(text);
  if (unread.length) return { ok: false, why: "unfit" };
  return setOrNot(JOURNAL, text);
}

/** @param {Journal} now @param {(now: Journal) => void} make */
function makeTo(now, make) {
  const before = { ...now.entries };
  make(now);
  const at = performance.now();
  const keys = new Set(
    Object.keys({ ...before, ...now.entries }).filter((key) => now.entries[key]?.text !== before[key]?.text)
  );
  lately = [
    ...lately.filter((one) => at - one.at < MOMENT && !keys.has(one.key)),
    ...[...keys].map((key) => ({ at, key, entry: now.entries[key], before: before[key] })),
  ];
}

/**
 * Where the journal has no lock, at once, so that it can be the last thing that a page does.
 * @param {(now: Journal) => void} make
 */
function keep(make) {
  const now = storedJournalNow();
  if (now.lock) return keepLocked(make);
  makeTo(now, make);
  return write(now);
}

/** @param {(now: Journal) => void} make @returns {Promise<Kept>} */
async function keepLocked(make) {
  await follow(storedJournalNow());
  const now = storedJournalNow();
  if (now.lock && !open) return { ok: false, why: "locked" };
  makeTo(now, make);
  return now.lock && open ? shut(now, open.by) : write(now);
}

/**
 * A tab that had not heard of what was written here at the same moment may have written over it.
 * @param {number} since
 */
async function meet(since) {
  const mine = lately.filter(({ at }) => at > since);
  await follow(storedJournalNow());
  const { lock, entries } = storedJournalNow();
  const isThere = (/** @type {Entry} */ { text }) => Object.values(entries).some((one) => one.text.includes(text));
  const undone = mine.filter(({ key, entry, before }) =>
    entry ? !isThere(entry) : before && entries[key]?.text === before.text
  );
  if (undone.length && (!lock || open))
    await quietly(
      changes.again((now) => {
        for (const { key, entry, before } of undone)
          if (entry) keepBeside(now, key, entry);
          else if (now.entries[key]?.text === before?.text) delete now.entries[key];
      })
    );
}

/**
 * Writes the journal behind its lock, with what a later version added to it before: that may be words of the learner.
 * @param {Journal} now
 * @param {import("./journal-lock.js").Opener} by
 * @returns {Promise<Kept>}
 */
async function shut(now, by) {
  const { locked } = await tools();
  const outside = unknownOf(now, JOURNAL_FIELDS.journal);
  const unknown = now.lock ? (open?.unknown ?? {}) : outside;
  const text = JSON.stringify({ ...unknown, schema: VERSION, entries: now.entries });
  if (readJournal(text).unread.length) return { ok: false, why: "unfit" };
  const lock = { ...unknownOf(now.lock ?? {}, JOURNAL_FIELDS.lock), ...(await locked(text, by)) };
  const kept = write({ ...(now.lock && outside), ...emptyJournal(), on: now.on, lock });
  if (kept.ok) open = { by, text: lock.text, entries: now.entries, unknown };
  return kept;
}

const hasLock = () => storedJournalNow().lock !== undefined;

/** @type {Changes<Journal>} */
const changes = new Changes(JOURNAL, keep, {
  slow: hasLock,
  wiped: () => ([lately, frozen, open] = [[], undefined, undefined]),
  met: (since) => meet(since).catch(console.error),
});

/** Whether something waits to be locked, and would be lost if the page were left now. */
export const isLocking = () => changes.wait && hasLock();

/** Makes what waits, where that can be done at once. */
export const flush = () => void (hasLock() || changes.flush());

/**
 * Changes the journal and keeps it. The page sees the change at once.
 * @param {(journal: Journal) => void} change may be called more than once, on what is there each time
 * @returns {Promise<Kept>}
 */
export const updateJournal = (change) => changes.add(change);

/**
 * Keeps what is written from now on, or no more: this can be said of a locked journal too.
 * @param {boolean} on
 * @returns {Promise<Kept>}
 */
export const turnJournal = (on) =>
  changes.inTurn(() => {
    const now = storedJournalNow();
    return write({ ...now, on, ...(now.lock && { entries: {} }) });
  });

/** Locks the journal, and what was put aside of it. @param {string} passphrase @returns {Promise<Kept>} */
export async function setPassphrase(passphrase) {
  const by = await (await tools()).opener(passphrase);
  return changes.inTurn(async () => {
    await changes.flush();
    const now = storedJournalNow();
    if (now.lock) return { ok: false, why: "locked" };
    const copies = await sealed(by);
    // All of it is locked, or nothing.
    const failed = copies.map(({ name, text }) => set(name, text)).find((kept) => !kept.ok);
    const kept = failed ?? (await shut(now, by));
    if (!kept.ok) for (const { name, plain } of copies) set(name, plain);
    return kept;
  });
}

/** @typedef {{name: string, plain: string, text: string}} Copy what was put aside, in words and as it would be kept */

/** @param {import("./journal-lock.js").Opener} by @returns {Promise<Copy[]>} */
async function sealed(by) {
  const { locked } = await tools();
  const plain = asides(JOURNAL).filter((name) => !lockOf(get(name) ?? ""));
  return Promise.all(
    plain.map(async (name) => {
      const text = get(name) ?? "";
      return {
        name,
        plain: text,
        text: JSON.stringify({ schema: VERSION, on: false, entries: {}, lock: await locked(text, by) }),
      };
    })
  );
}

/** @param {string} text */
function lockOf(text) {
  try {
    return readJournal(text).journal.lock;
  } catch {
    return undefined;
  }
}

/** Keeps an open journal without a passphrase from now on, and what was put aside of it. @returns {Promise<Kept>} */
export const dropPassphrase = () =>
  changes.inTurn(async () => {
    await changes.flush();
    const { lock, ...now } = storedJournalNow();
    if (!lock || !open) return { ok: false, why: "locked" };
    const kept = write({ ...open.unknown, ...now });
    if (!kept.ok) return kept;
    for (const name of asides(JOURNAL)) {
      const shown = await asideText(name);
      if (shown !== undefined) set(name, shown);
    }
    open = undefined;
    return kept;
  });

// ------------------------------------------------------------------------ what was put aside, files, and deleting

/**
 * What was put aside, in words.
 * @param {string} name
 * @returns {Promise<string | undefined>} nothing where it is behind a lock that is not open
 */
export async function asideText(name) {
  const text = get(name) ?? "";
  const lock = lockOf(text);
  if (!lock) return text;
  return open && (await tools()).unlocked(lock, open.by);
}

/**
 * Puts the entries of a file to those that are here. Of two texts for the same field both stay.
 * @param {Journal} theirs
 */
export const addEntries = (theirs) =>
  updateJournal((now) => {
    for (const [key, entry] of Object.entries(theirs.entries)) keepBeside(now, key, entry);
    const unknown = unknownOf(theirs, JOURNAL_FIELDS.journal);
    if (now.lock && open) open.unknown = { ...unknown, ...open.unknown };
    else Object.assign(now, { ...unknown, ...now });
  });

/**
 * Puts a locked journal from a file in the place of one that holds nothing.
 * @param {Journal} theirs
 * @returns {Kept}
 */
export function takeLocked(theirs) {
  const mine = journal();
  return !mine.lock && !Object.keys(mine.entries).length ? write(theirs) : { ok: false, why: "locked" };
}

/** Deletes the journal, and what was put aside of it. @returns {Kept} */
export function forgetJournal() {
  closeJournal();
  changes.forget();
  frozen = undefined;
  return [JOURNAL, ...asides(JOURNAL)].map(remove).find((gone) => !gone.ok) ?? KEPT;
}

/** What reached the disk before the browser was ended. @type {import("./store.js").Recover} */
function takeBack(text, before) {
  if (get(JOURNAL) === before) return text === null ? remove(JOURNAL) : set(JOURNAL, text);
  if (text === null) return KEPT;
  if (lockOf(text) || lockOf(before ?? "") || storedJournalNow().lock) return putAside(JOURNAL, text);
  const known = before === null ? {} : readJournal(before).journal.entries;
  const { entries, ...lost } = readJournal(text).journal;
  return addEntries({
    ...lost,
    entries: Object.fromEntries(Object.entries(entries).filter(([key, { text }]) => text !== known[key]?.text)),
  });
}

onRecovery(JOURNAL, takeBack);
