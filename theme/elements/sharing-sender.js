/**
 * Tells the store of records what waits, one after the other and by one tab at a time. A statement keeps its id, so
 * that one that is sent again is the same. Before each, and after it, the switch is looked at: what was switched off
 * is not sent and not written.
 */
import { SHARING, TROUBLES, WAITING, readSharing, readWaiting, told, without } from "./sharing-model.js";
import { language, stored } from "./site.js";
import { get, set } from "./store.js";
import { JSON_BODY, headersOf } from "./xapi.js";

/** @typedef {{endpoint: string, authorization: string, site: string, course: string}} Store */
/** @typedef {(typeof TROUBLES)[number]} Trouble */

/** How long a request may take, and how long it waits until it tries again, in milliseconds. */
const LONGEST = 10_000;
const AGAIN = 60_000;
/** What may go well another time. Of the others, none does. */
const LATER = [408, 425, 429];

/** @type {Promise<void> | undefined} */
let running;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waits;
let stopping = new AbortController();

addEventListener("sharing:stopped", () => {
  stopping.abort();
  stopping = new AbortController();
  clearTimeout(waits);
});

/** @param {Store} store */
export function send(store) {
  clearTimeout(waits);
  running ??= inTurn(() => sendAll(store)).finally(() => {
    running = undefined;
  });
  return running;
}

/**
 * Another tab that sends already sends what is here as well.
 * @param {() => Promise<void>} does
 * @returns {Promise<void>}
 */
function inTurn(does) {
  if (!navigator.locks) return does();
  return /** @type {any} */ (
    navigator.locks.request(stored(WAITING), { ifAvailable: true }, (/** @type {unknown} */ lock) => lock && does())
  );
}

/** @param {Store} store */
async function sendAll(store) {
  for (;;) {
    const on = readSharing(get(SHARING));
    const [first] = on ? readWaiting(get(WAITING), on.id).waiting : [];
    if (!on || !first || navigator.onLine === false) return;
    const trouble = await tell(store, told(on, first, { ...store, language: language() }));
    const now = readSharing(get(SHARING));
    if (now?.id !== on.id) return;
    const waiting = readWaiting(get(WAITING), on.id);
    const left = trouble === "unreached" || trouble === "key" ? waiting : without(waiting, first.id);
    const sent = trouble ? left.sent : new Date().toISOString();
    const kept = set(WAITING, JSON.stringify({ ...left, sent, trouble }));
    if (!kept.ok) console.warn(kept.why);
    dispatchEvent(new CustomEvent("sharing:sent"));
    if (left === waiting) {
      waits = setTimeout(() => void send(store), AGAIN);
      return;
    }
  }
}

/**
 * Tells one thing. What is there already has arrived.
 * @param {Store} store
 * @param {Record<string, unknown>} statement
 * @returns {Promise<Trouble | "">}
 */
async function tell({ endpoint, authorization }, statement) {
  const late = stopping;
  const timer = setTimeout(() => late.abort(), LONGEST);
  try {
    const { ok, status } = await fetch(`${endpoint.replace(/\/?$/, "/")}statements`, {
      method: "POST",
      headers: { ...headersOf(authorization), ...JSON_BODY },
      body: JSON.stringify([statement]),
      credentials: "omit",
      redirect: "error",
      cache: "no-store",
      keepalive: true,
      signal: late.signal,
    });
    if (ok || status === 409) return "";
    if (status === 401 || status === 403) return "key";
    return status >= 500 || LATER.includes(status) ? "unreached" : "refused";
  } catch {
    return "unreached";
  } finally {
    clearTimeout(timer);
    if (late.signal.aborted && late === stopping) stopping = new AbortController();
  }
}
