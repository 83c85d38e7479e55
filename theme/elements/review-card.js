/**
 * How a question becomes a card of spaced review. The rest of the schedule stands in
 * review-model.js, which lessons do not need.
 */

/** Days until a card of each box comes back; the first box is 1. */
export const GAPS = [1, 3, 7, 16, 35, 90];

/** @param {string} day @param {number} days */
export function later(day, days) {
  return new Date(Date.parse(`${day}T00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * A question that was answered in a lesson or quiz becomes a card, right or wrong. It is never put in twice.
 * @param {import("./record-model.js").LearnerRecord} record
 * @param {string} id module and question, with a slash between
 * @param {string} fingerprint
 * @param {string} day
 */
export function enter(record, id, fingerprint, day) {
  record.review[id] ??= { box: 1, due: later(day, GAPS[0]), fingerprint, rights: 0, seen: day };
}

/** Whether a card is to be asked again by a day. @param {import("./record-model.js").Card} card @param {string} day */
export const isDue = (card, day) => !card.away && card.due <= day;
