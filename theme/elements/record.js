/**
 * The learner's record as it is kept. It is read back before it is written, so
 * that nothing is written that could not be read.
 */
import { Changes } from "./changes.js";
import { today } from "./day.js";
import { messages } from "./messages.js";
import { followAnswer, followCard, followLesson, followModule, isKept } from "./record-follow.js";
import { RecordError, empty, moduleOf, noteAnswer, readRecord, recordOf, turnedTo } from "./record-model.js";
import { KEPT, MOMENT, get, onRecovery, putAside, quietly, set, setOrNot, tell } from "./store.js";
import { enter } from "./review-card.js";
import { COHORT, cohort, here } from "./site.js";

/**
 * @typedef {import("./record-model.js").LearnerRecord} LearnerRecord
 * @typedef {import("./store.js").Kept} Kept
 */

export const RECORD = "record";
/** The module of the page, and what it was called. */
const { module: own = "", formerly = "" } = document.getElementById("contents")?.dataset ?? {};
const ownFormerly = formerly.split(" ").filter(Boolean);
/** Lets what belongs to that module stand under its name of today. @param {LearnerRecord} now */
const followOwn = (now) => followModule(now, own, ownFormerly);

/**
 * Why the stored record must be left as it is, where it must: a newer version has written it, or there is no room for a
 * copy. And what is learned meanwhile.
 * @type {{why: "newer" | "unread", instead: LearnerRecord} | undefined}
 */
let frozen;
/**
 * What this tab wrote last, and when.
 * @type {(import("./record-merge.js").Done & {at: number}) | undefined}
 */
let written;

/** @param {"newer" | "unread"} why @param {LearnerRecord} instead */
function freeze(why, instead) {
  frozen = { why, instead };
  tell(messages.notKept[why]);
}

/**
 * What was read last, and of which text: to read a long record takes an old phone longer than all else that an answer
 * asks for. `plain` is the record as it is written; `record` is what pages look at, with the changes in `made`.
 * @type {{text: string | null, plain: string, record: LearnerRecord, made: Set<unknown>} | undefined}
 */
let read;

/** @param {string | null} text @param {LearnerRecord} record @param {string} [plain] */
const note = (text, record, plain = JSON.stringify(record)) => (read = { text, plain, record, made: new Set() });

/** What is stored, read anew where it is another text than before; nothing where it must be left as it is. */
function stored() {
  if (frozen) return undefined;
  const text = get(RECORD);
  if (read?.text === text) return read;
  if (text === null) return note(text, empty());
  /** @type {LearnerRecord} */
  let readable = empty();
  try {
    const { record, unread } = readRecord(text);
    if (!unread.length) return note(text, record);
    readable = record;
  } catch (error) {
    if (error instanceof RecordError && error.message === "newer") return freeze("newer", readable);
    if (!(error instanceof RecordError)) throw error;
  }
  // The copy has to stand before anything takes its place.
  if (!putAside(RECORD, text).ok) return freeze("unread", readable);
  const plain = JSON.stringify(readable);
  void quietly(set(RECORD, plain));
  tell(messages.setAside);
  return note(plain, readable, plain);
}

/** The record without what waits, to be changed at will. */
function current() {
  const known = stored();
  const now = known ? recordOf(known.plain) : (frozen?.instead ?? empty());
  followOwn(now);
  return now;
}

/** A record of one's own, to be changed at will. @returns {LearnerRecord} */
export function record() {
  const now = current();
  if (!frozen) changes.show(now);
  return now;
}

/** The record to look at, and no more: all look at the same one, and it changes with the next change. */
export function view() {
  const known = stored();
  if (!known) return record();
  followOwn(known.record);
  changes.show(known.record, known.made);
  return known.record;
}

/** Lessons and quizzes noted as finished, as "module/part", each with its day. @param {LearnerRecord} now */
const finished = (now) =>
  new Map(
    Object.entries(now.modules).flatMap(([id, { lessons }]) =>
      Object.entries(lessons).map(([part, day]) => [`${id}/${part}`, day])
    )
  );

/** In place of a version, which has no such name: the record may have ids of several. */
export const SEVERAL = "?";

/** Notes of which version the ids are that the record has from now on. @param {string} version */
export function noteIds(version) {
  if ((get(COHORT) ?? "") !== version) void quietly(set(COHORT, version));
}

/** @param {(now: LearnerRecord) => void} change @returns {Kept} */
function keep(change) {
  const now = current();
  const at = performance.now();
  const lately = written && at - written.at < MOMENT ? written : undefined;
  const found = get(RECORD);
  const before = lately?.before ?? read?.plain ?? "";
  const was = finished(now);
  change(now);
  const is = finished(now);
  const out = new Map([...(lately?.out ?? []), ...was].filter(([part]) => !is.has(part)));
  if (frozen) return { ok: false, why: frozen.why };
  const { record: readable, unread } = readRecord(JSON.stringify(now));
  const text = JSON.stringify(readable);
  const kept = setOrNot(RECORD, text);
  note(text, readable, text);
  if (kept.ok && (get(COHORT) ?? "") !== cohort) noteIds(found === null ? cohort : SEVERAL);
  // Another tab may have written over it before this one was told: then what is written now does not have it.
  const missed = lately && lately.text !== found ? [...lately.missed, lately.text] : (lately?.missed ?? []);
  if (kept.ok) written = { text, at, before, out, missed };
  return kept.ok && unread.length ? { ok: false, why: "unfit" } : kept;
}

/**
 * Does again what this tab has done a moment ago, where another that had not heard of it has written over it.
 * @param {number} since
 */
async function meet(since) {
  const unheard = () =>
    written && !frozen && written.at >= since && (get(RECORD) !== written.text || written.missed.length > 0);
  if (!unheard()) return;
  const { doneAgain, same } = await import("./record-merge.js");
  if (!written || !unheard()) return;
  // What has been taken away here since, and waits for its turn, must not come back.
  const again = doneAgain(written, followOwn, (now) => changes.show(now));
  const theirs = current();
  again(theirs);
  if (same(theirs, current())) return;
  const kept = changes.again(again);
  tellPage();
  await quietly(kept);
}

/** @type {Changes<LearnerRecord>} */
const changes = new Changes(RECORD, keep, {
  wiped: () => ([written, frozen, read] = [undefined, undefined, undefined]),
  met: meet,
});

/**
 * Changes the record and keeps it. The page sees the change at once.
 * @param {(record: LearnerRecord) => void} change may be called more than once, on what is there each time
 * @returns {Promise<Kept>}
 */
export async function update(change) {
  const answered = make(change);
  tellPage();
  return answered;
}

/** @param {(record: LearnerRecord) => void} change */
const make = (change) => (frozen ? keep(change) : changes.add(change));

const tellPage = () => dispatchEvent(new CustomEvent("record:changed"));

/** What reached the disk before the browser was ended. @type {import("./store.js").Recover} */
async function takeBack(text, before) {
  if (text === null) return KEPT;
  const { givenBack } = await import("./record-merge.js");
  const change = givenBack(text, before);
  noteIds(SEVERAL);
  return update(change);
}

onRecovery(RECORD, takeBack);
// What a tab and the browser have kept apart from each other may be of two versions.
onRecovery(COHORT, () => set(COHORT, SEVERAL));

// ------------------------------------------------------------------------ what pages note

// A module that was renamed is moved as soon as one of its pages is opened: a
// later rename may know only the name of today.
if (ownFormerly.some((old) => old in (stored()?.record.modules ?? {}))) void quietly(update(() => {}));

/**
 * The answer that was saved for a question, under its id or an earlier one: to the words that it has here, or else to
 * other ones.
 * @param {string} module
 * @param {string} id
 * @param {string[]} formerly
 * @param {string} fingerprint
 */
export function answerOf(module, id, formerly, fingerprint) {
  if (isKept(view(), "questions", module, formerly))
    void quietly(update((now) => followAnswer(now, module, id, formerly)));
  const answer = view().modules[module]?.questions[id];
  return answer && turnedTo(answer, fingerprint);
}

/**
 * @param {string} module
 * @param {{id: string, formerly: string[], review: boolean}} question `review` where it comes back in review
 * @param {{fingerprint: string, response: string[], score: number | null,
 *   sure: boolean | null, chosen?: string[]}} given
 */
export function saveAnswer(module, { id, formerly, review }, given) {
  const day = today();
  return update((now) => {
    followAnswer(now, module, id, formerly);
    noteAnswer(now, module, id, given, day);
    if (!review) return;
    followCard(now, [module, ...(module === own ? ownFormerly : [])], [id, ...formerly]);
    enter(now, `${module}/${id}`, given.fingerprint, day);
  });
}

/**
 * Notes a lesson or quiz as finished today.
 * @param {string} module
 * @param {string} part
 * @param {string[]} [formerly]
 * @param {string} [day]
 */
export function finish(module, part, formerly = [], day = today()) {
  return update((now) => {
    followLesson(now, module, part, formerly);
    moduleOf(now, module).lessons[part] = day;
  });
}

/**
 * Notes where the learner is, for the link on the home page. No page that does so shows it, so none is told.
 * @param {string} title
 * @param {string} [anchor] id of a part of the page
 */
export function notePlace(title, anchor) {
  const place = { url: here() + (anchor ? `#${anchor}` : ""), title, at: today() };
  return quietly(
    make((now) => {
      now.place = place;
    })
  );
}
