/**
 * Spaced review by Leitner boxes. Pure functions on the record, tested without a browser. Another scheduler
 * can take their place: the log keeps what it would need.
 *
 * @typedef {import("./record-model.js").LearnerRecord} LearnerRecord
 * @typedef {import("./record-model.js").Card} Card
 * @typedef {{fingerprint: string, module: string}} Known what the site has now: a question that can be reviewed
 */
import { GAPS, isDue, later } from "./review-card.js";
import { LONGEST_LOG, together, turnedTo, wordings } from "./record-model.js";

/** A card whose question was changed starts no higher. */
const CHANGED_BOX = 2;
/** Where nobody says how sure they are, it takes so many right answers in a row to leave the first box. */
const RIGHTS_TO_LEAVE = 2;
export const SESSION = 10;
/** At most so many cards of one module in a row. */
const IN_A_ROW = 2;

/** @param {string} from @param {string} to */
export const daysBetween = (from, to) =>
  Math.max(0, Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000));

/**
 * A card for the words that its question has now. What it was with other words it is again when they are back; words
 * that are new to it start no higher than a changed question does.
 * @param {Card} card
 * @param {string} fingerprint
 * @returns {Card}
 */
function inWordsOf(card, fingerprint) {
  const turned = turnedTo(card, fingerprint);
  if (turned.fingerprint === fingerprint) return turned;
  const all = wordings(card);
  return together([{ ...all[0], fingerprint, box: Math.min(card.box, CHANGED_BOX) }, ...all]);
}

/**
 * Keeps the cards in step with the site: cards of questions that have left
 * wait until they are back, changed ones go down.
 * @param {LearnerRecord} record
 * @param {Record<string, Known>} known
 * @param {string} day
 * @param {Set<string>} [others] modules of whose questions nothing is known: their cards stay as they are
 */
export function sync(record, known, day, others = new Set()) {
  for (const [id, before] of Object.entries(record.review)) {
    const card = id in known ? inWordsOf(before, known[id].fingerprint) : before;
    record.review[id] = card;
    if (id in known) {
      for (const one of [card, ...(card.otherwise ?? [])]) delete one.away;
    } else if (!others.has(id.split("/")[0])) card.away = true;
    // A clock that was years ahead for an hour must not hide a card for years.
    const latest = later(day, GAPS[card.box - 1]);
    if (card.due > latest) [card.due, card.seen] = [latest, card.seen < day ? card.seen : day];
  }
}

/** Cards whose question can be asked today. @param {LearnerRecord} record */
const present = (record) => Object.entries(record.review).filter(([, card]) => !card.away);

/**
 * Ids of the cards that are due, the most overdue first, then the lowest box.
 * @param {LearnerRecord} record
 * @param {string} day
 */
export function due(record, day) {
  return Object.entries(record.review)
    .filter(([, card]) => isDue(card, day))
    .sort(([one, a], [other, b]) => compare(a.due, b.due) || a.box - b.box || compare(one, other))
    .map(([id]) => id);
}

/** @param {string} one @param {string} other */
const compare = (one, other) => (one < other ? -1 : Number(one > other));

/**
 * The cards of one session: due ones, with no more than two of a module in a row where others are there.
 * @param {LearnerRecord} record
 * @param {string} day
 * @param {number} [most]
 */
export function session(record, day, most = SESSION) {
  const waiting = due(record, day);
  /** @type {string[]} */
  const chosen = [];
  while (waiting.length && chosen.length < most) {
    const last = chosen.slice(-IN_A_ROW).map(moduleOf);
    const stuck = last.length === IN_A_ROW && last.every((name) => name === last[0]);
    const next = stuck ? waiting.findIndex((id) => moduleOf(id) !== last[0]) : 0;
    chosen.push(...waiting.splice(Math.max(0, next), 1));
  }
  return chosen;
}

/** @param {string} id */
const moduleOf = (id) => id.slice(0, id.indexOf("/"));

/**
 * Moves a card after it was answered, and writes the log.
 * Right and sure goes up a box; right and not sure stays; where nobody says how sure, right goes up, but it takes
 * two in a row to leave the first box. Not right goes back to the first box.
 * @param {LearnerRecord} record
 * @param {string} id
 * @param {boolean} correct
 * @param {boolean | null} sure
 * @param {string} day
 * @param {string} [fingerprint] of the words that were asked, where the card may be for other ones by now
 */
export function reviewed(record, id, correct, sure, day, fingerprint = record.review[id]?.fingerprint) {
  if (!record.review[id]) return;
  const card = inWordsOf(record.review[id], fingerprint);
  record.review[id] = card;
  const from = card.box;
  // A clock that was turned back is taken for the same day.
  const now = day < card.seen ? card.seen : day;
  card.rights = correct ? card.rights + 1 : 0;
  if (!correct) card.box = 1;
  else if (sure || (sure === null && (from > 1 || card.rights >= RIGHTS_TO_LEAVE)))
    card.box = Math.min(from + 1, GAPS.length);
  record.log.push({ id, at: now, elapsed: daysBetween(card.seen, now), correct, sure, from, to: card.box });
  if (record.log.length > LONGEST_LOG) record.log.splice(0, record.log.length - LONGEST_LOG);
  card.seen = now;
  card.due = later(now, GAPS[card.box - 1]);
}

/**
 * How many cards come on which day from today on, overdue ones today.
 * @param {LearnerRecord} record
 * @param {string} day
 * @returns {[string, number][]}
 */
export function ahead(record, day) {
  /** @type {Map<string, number>} */
  const days = new Map();
  for (const [, card] of present(record)) {
    const at = card.due < day ? day : card.due;
    days.set(at, (days.get(at) ?? 0) + 1);
  }
  return [...days].sort(([one], [other]) => compare(one, other));
}
