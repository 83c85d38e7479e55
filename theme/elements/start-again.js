/** Lets a module or a quiz begin anew, with a copy of what was there: the page on progress brings it back. */
import { RECORD, update } from "./record.js";
import { get, putAside } from "./store.js";

/**
 * @param {(record: import("./record-model.js").LearnerRecord) => void} forget takes out what begins anew
 * @returns {Promise<import("./store.js").Kept>}
 */
export async function afresh(forget) {
  const copied = putAside(RECORD, get(RECORD) ?? "");
  return copied.ok ? update(forget) : copied;
}
