/**
 * What a page loads only once somebody uses it: a phone pays for what is read. Somebody who has been here before uses
 * it at once, and so does whoever moves, types, or has something to answer in view.
 */
import { COHORT, cohort, device, inPlatform, root, stored } from "./site.js";

/** What else a page does waits no longer than this for the record to be brought in step, in milliseconds. */
const PATIENCE = 5000;
const SIGNS = ["scroll", "pointerdown", "keydown", "focusin", "storage"];

/** Whether this browser has kept anything of this site. */
function beenHere() {
  if (inPlatform) return true;
  try {
    const names = [localStorage, sessionStorage].flatMap((storage) => Object.keys(storage));
    return Boolean(navigator.serviceWorker?.controller) || names.some((name) => name.startsWith(stored("")));
  } catch {
    return false;
  }
}

/** Settles when the page is used. @type {Promise<void>} */
export const inUse = new Promise((resolve) => {
  if (beenHere() || location.hash || !globalThis.IntersectionObserver) return resolve();
  const waiting = new AbortController();
  const start = () => {
    waiting.abort();
    resolve();
  };
  for (const name of SIGNS) addEventListener(name, start, { signal: waiting.signal, capture: true, passive: true });
  const seen = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && start());
  // What asks for something, or offers to keep it.
  const asking = document.querySelectorAll(".question, .exercise, .scenario, .finish, p-keep");
  for (const element of asking) seen.observe(element);
  waiting.signal.addEventListener("abort", () => seen.disconnect());
});

/** Whether another version of the course was used last, so that what is kept has the ids of that one. */
function comesFromAnother() {
  try {
    const storage = device() === "shared" ? sessionStorage : localStorage;
    const kept = (/** @type {string} */ name) => storage.getItem(stored(name));
    return !inPlatform && kept("record") !== null && (kept(COHORT) ?? "") !== cohort;
  } catch {
    return false;
  }
}

async function arrive() {
  await inUse;
  const arriving = import("./arriving.js").then((script) => script.arrive()).catch(console.warn);
  await Promise.race([arriving, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

/**
 * Settles once the record has the ids of this version; nothing where it has them.
 * @type {Promise<void> | undefined}
 */
export const arrived = comesFromAnother() ? arrive() : undefined;

// A page may have been left for one of another version, and come back from another tab or by the way back.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && comesFromAnother()) void arrive();
});

/** The body names the scripts until they are there. Where they cannot be had, the page is one without script. */
async function load() {
  const scripts = document.body.dataset.inUse?.split(" ") ?? [];
  await inUse;
  await arrived;
  try {
    await Promise.all(scripts.map((name) => import(new URL(name, root).href)));
    delete document.body.dataset.inUse;
  } catch (error) {
    console.error(error);
    document.documentElement.classList.remove("scripted");
  }
}

void load();
