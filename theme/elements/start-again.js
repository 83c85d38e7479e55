/** Lets a module or a quiz begin anew, with a copy of what was there: the page on progress brings it back. */
import { RECORD, update } from "./record.js";
import { get, putAside } from "./store.js";

/**
 * Whether something began anew, and whether that was kept: without a copy everything stays as it is.
 * @typedef {(import("./store.js").Kept & {begun: true}) | (Extract<import("./store.js").Kept, {ok: false}> &
 *   {begun: false})} Begun
 */

/**
 * @param {(record: import("./record-model.js").LearnerRecord) => void} forget takes out what begins anew
 * @returns {Promise<Begun>}
 */
export async function afresh(forget) {
  const copied = putAside(RECORD, get(RECORD) ?? "");
  return copied.ok ? { ...(await update(forget)), begun: true } : { ...copied, begun: false };
}
