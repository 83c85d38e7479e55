/**
 * Where things are kept: in this browser on a private device, in this tab alone on a shared one.
 * A browser that keeps nothing is told of once, and the page goes on.
 */
import { messages } from "./messages.js";
import { make, stored } from "./site.js";

const DEVICE = stored("device");
/** What could not be kept, for as long as the page is open. @type {Map<string, string>} */
const memory = new Map();
let told = false;

/** @returns {"private" | "shared"} */
export function device() {
  try {
    return localStorage.getItem(DEVICE) === "shared" ? "shared" : "private";
  } catch {
    return "shared";
  }
}

/**
 * Says what the device is. On a shared one all that was kept goes.
 * @param {"private" | "shared"} kind
 */
export function setDevice(kind) {
  const kept = kind === "private" ? names(sessionStorage).map((name) => [name, sessionStorage.getItem(name) ?? ""]) : [];
  wipe();
  for (const [name, value] of kept) localStorage.setItem(name, value);
  if (kind === "shared") localStorage.setItem(DEVICE, "shared");
}

/** @returns {Storage} */
const place = () => (device() === "shared" ? sessionStorage : localStorage);

/** @param {Storage} storage */
const names = (storage) => Object.keys(storage).filter((name) => name.startsWith(stored("")) && name !== DEVICE);

/** @param {string} name @returns {string | null} */
export function get(name) {
  if (memory.has(name)) return memory.get(name) ?? null;
  try {
    return place().getItem(stored(name));
  } catch {
    return null;
  }
}

/**
 * Keeps a text. Where that fails it is kept until the page is left, and the learner is told.
 * @param {string} name
 * @param {string} value
 * @returns {boolean} whether it was kept
 */
export function set(name, value) {
  try {
    place().setItem(stored(name), value);
    memory.delete(name);
    return true;
  } catch {
    memory.set(name, value);
    tell(messages.notKept);
    return false;
  }
}

/** @param {string} name */
export function remove(name) {
  memory.delete(name);
  try {
    place().removeItem(stored(name));
  } catch {
    // What cannot be reached is not there.
  }
}

/** Takes away everything that this site has kept, in the browser and in this tab. */
export function wipe() {
  memory.clear();
  for (const storage of [() => localStorage, () => sessionStorage]) {
    try {
      for (const name of names(storage())) storage().removeItem(name);
    } catch {
      // What cannot be reached is not there.
    }
  }
  try {
    localStorage.removeItem(DEVICE);
  } catch {
    // as above
  }
}

/**
 * Tells the learner, once on a page, that something was not kept.
 * @param {string} message
 */
export function tell(message) {
  if (told) return;
  told = true;
  const note = make("p", { class: "callout callout--caution", role: "alert" });
  document.getElementById("main")?.prepend(note);
  note.append(message);
}

/**
 * Calls back when another tab has changed what is kept under a name.
 * @param {string} name
 * @param {() => void} changed
 */
export function watch(name, changed) {
  addEventListener("storage", (event) => {
    if (event.key === stored(name) || event.key === null) changed();
  });
}
