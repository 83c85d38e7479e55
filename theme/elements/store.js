/**
 * Where things are kept: in this browser on a private device, in this tab alone on a shared one, and in the frame of a
 * learning platform (backends.js).
 * Every write of the site goes through here and is answered: kept, or not kept and why. What a
 * page says of a write comes from that answer.
 */
import { browserBackend, tabBackend } from "./backends.js";
import { messages } from "./messages.js";
import { DEVICE, device, inPlatform, make, stored } from "./site.js";

/**
 * Whether something was kept. `why` where it was not: there is no room, the browser does not allow it, a newer version
 * of the site has written what is there, what is there could not be read, it is locked, or it would not read back.
 * @typedef {{ok: true} | {ok: false, why: "full" | "blocked" | "newer" | "unread" | "locked" | "unfit"}} Kept
 */

/** @type {Kept} */
export const KEPT = { ok: true };
/** Counts the writes, so that after a crash the browser's two stores can be compared (durable.js). */
const COUNTER = "sequence";
const SEQUENCE = stored(COUNTER);
/** What a learner would miss most goes to the disk at once as well, and so do copies of it. */
const isDurable = (/** @type {string} */ name) => name.startsWith("record") || name.startsWith("journal");
/**
 * Browsers tell other tabs of a change a moment later. Where there are no locks, or a page was left before its turn
 * came, two that write within so many milliseconds may not have seen each other.
 */
export const MOMENT = globalThis.navigator?.locks ? 1000 : 3000;
/** What could not be kept, for as long as the page is open. @type {Map<string, string | null>} */
const memory = new Map();
let told = false;

const place = () => (device() === "shared" ? tabBackend : browserBackend);

/** @param {unknown} error @returns {Kept} */
export const refused = (error) => ({
  ok: false,
  why: error instanceof DOMException && /quota/i.test(error.name) ? "full" : "blocked",
});

/** @param {() => void} does @returns {Kept} */
export function attempt(does) {
  try {
    does();
    return KEPT;
  } catch (error) {
    return refused(error);
  }
}

/** @param {string} name @returns {string | null} */
export function get(name) {
  if (memory.has(name)) return memory.get(name) ?? null;
  try {
    return place().get(name);
  } catch {
    return null;
  }
}

/** Names of all that is kept for a learner and starts so. @param {string} start */
export function namesOf(start) {
  const found = [...memory.keys()];
  try {
    found.push(...place().names());
  } catch {
    // What cannot be reached is not there.
  }
  return [...new Set(found)].filter((name) => name !== COUNTER && name.startsWith(start) && get(name) !== null).sort();
}

/**
 * Keeps a text, or takes away what was kept. Where that fails it is so until the page is left.
 * @param {string} name
 * @param {string | null} value
 * @returns {Kept}
 */
function write(name, value) {
  const kept = attempt(() => {
    if (value === null) place().take(name);
    else place().put(name, value);
  });
  if (!kept.ok) memory.set(name, value);
  else {
    memory.delete(name);
    onDisk(name, value).catch(console.warn);
  }
  return kept;
}

/** @param {string} name @param {string} value @returns {Kept} */
export const set = (name, value) => write(name, value);

/**
 * The same for what is made anew from what is stored: where it fails, whoever made it tries again.
 * @param {string} name @param {string} value @returns {Kept}
 */
export function setOrNot(name, value) {
  const kept = write(name, value);
  memory.delete(name);
  return kept;
}

/** Whether a change that failed so may succeed later. @param {Kept} kept */
export const mayYetBeKept = (kept) => !kept.ok && (kept.why === "full" || kept.why === "blocked");

/** @param {string} name @returns {Kept} */
export const remove = (name) => write(name, null);

/** What this tab alone keeps, whatever the device is. @param {string} name @returns {string | null} */
export function getInTab(name) {
  try {
    return tabBackend.get(name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value @returns {Kept} */
export const setInTab = (name, value) => attempt(() => tabBackend.put(name, value));

/**
 * Keeps a text and says so to nobody but when it fails: for what happens beside what the learner is doing.
 * @param {Kept | Promise<Kept>} kept
 */
export async function quietly(kept) {
  const answer = await kept;
  if (!answer.ok) tell(messages.notKept[answer.why]);
}

// ------------------------------------------------------------------------ what could not be read

/**
 * Puts a text aside under a name of its own. What was put aside before stays.
 * @param {string} name what it was kept as
 * @param {string} text
 * @returns {Kept}
 */
export function putAside(name, text) {
  const there = asides(name);
  if (there.some((aside) => get(aside) === text)) return KEPT;
  let number = there.length + 1;
  while (get(`${name}-set-aside-${number}`) !== null) number += 1;
  const aside = `${name}-set-aside-${number}`;
  const kept = set(aside, text);
  if (!kept.ok) memory.delete(aside);
  return kept;
}

/** Names of what was put aside. @param {string} name what it was kept as */
export const asides = (name) => namesOf(`${name}-set-aside`);

// ------------------------------------------------------------------------ to the disk, and back after a crash

/** @type {Promise<typeof import("./durable.js")> | undefined} */
let disk;
/**
 * Takes in what is later than what was read.
 * @typedef {(text: string | null, before: string | null) => Kept | Promise<Kept>} Recover `before` is what was read:
 *   what stands in both and is gone by now was taken away on this page, and does not come back
 */
/**
 * With each, what was there when it was said: before anything was changed.
 * @type {Map<string, {recover: Recover, before: string | null}>}
 */
const recoverers = new Map();
/** The script that writes to the disk. */
export const durable = () => (disk ??= import("./durable.js"));

/** @returns {number} */
function counted() {
  try {
    return Number(localStorage.getItem(SEQUENCE)) || 0;
  } catch {
    return 0;
  }
}

/**
 * Whether the count could be noted. Where it is too low, what is on the disk
 * is put together once more with what is read.
 * @param {number} at
 */
const count = (at) => attempt(() => localStorage.setItem(SEQUENCE, String(at))).ok;

/**
 * Names under which something later waits on the disk, since there was no room to
 * bring it back. It must not be written over.
 * @type {Set<string>}
 */
const waiting = new Set();

/**
 * Browsers write what is kept to the disk seconds later. This writes it now as well.
 * @param {string} name
 * @param {string | null} value
 */
export async function onDisk(name, value) {
  if (!isDurable(name) || device() !== "private") return;
  await recovered;
  if (waiting.has(name) || !globalThis.indexedDB) return;
  const { put } = await durable();
  const expected = counted() + 1;
  // It may have been written over since, or taken away with everything else.
  if (get(name) !== value || !count(expected)) return;
  const at = await put(name, value, expected);
  if (at !== expected && get(name) === value) count(at);
}

/**
 * Says what is to be done with a text that reached the disk before the
 * browser was ended and is missing where it is read.
 * @param {string} name
 * @param {Recover} recover
 */
export function onRecovery(name, recover) {
  recoverers.set(name, { recover, before: get(name) });
}

/**
 * Takes in what is later than what is kept under a name: puts it together with that, where the page knows how.
 * @param {string} name
 * @param {string | null} text
 * @param {string | null} before what was read there
 * @returns {Promise<Kept>}
 */
async function takeIn(name, text, before) {
  const known = recoverers.get(name);
  if (!known || get(name) === null) return write(name, text);
  try {
    return await known.recover(text, before);
  } catch (error) {
    console.warn(error);
    return text === null ? KEPT : putAside(name, text);
  }
}

/**
 * What was written last and lost with the browser comes back before anything is written in its place.
 * What a tab kept to itself comes along to a device that has become a private one; where the device
 * says nothing, everything was deleted meanwhile.
 */
async function recover() {
  // After all scripts of the page have said what they want back.
  await new Promise((resolve) => setTimeout(resolve));
  if (device() !== "private") return;
  if (localStorage.getItem(DEVICE) === "private") await bringAlong();
  else for (const name of moving()) tabBackend.take(name);
  if (!globalThis.indexedDB) return;
  const at = counted();
  for (const row of (await (await durable()).rows()).filter((row) => row.at > at)) {
    const kept = await takeIn(row.name, row.text, recoverers.get(row.name)?.before ?? null);
    if (!kept.ok) waiting.add(row.name);
    await quietly(kept);
  }
}

/** @type {Promise<void>} */
const recovered = recover().catch(console.warn);

/** What goes along from a tab to the browser: the way through a scenario belongs to the tab. */
export const moving = () => tabBackend.names().filter((name) => !name.startsWith("way:"));

/** Where another tab has made the device a private one, what this tab alone holds comes along. */
async function bringAlong() {
  for (const name of moving()) {
    const kept = await takeIn(name, tabBackend.get(name), null);
    if (kept.ok) tabBackend.take(name);
    else await quietly(kept);
  }
}

addEventListener("storage", (event) => {
  // One that is gone is not one that says "private": then everything was deleted.
  if (event.key === DEVICE && event.newValue === "private") void bringAlong().catch(console.warn);
});

// ------------------------------------------------------------------------ the device, and taking everything away

/** Tells other open pages of the site. @type {BroadcastChannel | undefined} */
export const pages = globalThis.BroadcastChannel && !inPlatform ? new BroadcastChannel(stored("pages")) : undefined;

/** Takes away what this tab holds, what waits to be kept included. @returns {Kept} */
export function clearTab() {
  memory.clear();
  dispatchEvent(new CustomEvent("store:wiped"));
  return attempt(() => {
    for (const name of tabBackend.names()) tabBackend.take(name);
  });
}

/** A page that still shows what is gone. */
function startAgain() {
  for (const field of document.querySelectorAll("textarea, input"))
    if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text"))
      field.value = "";
  location.reload();
}

pages?.addEventListener("message", (event) => {
  if (event.data !== "wiped") return;
  const gone = clearTab();
  if (gone.ok) startAgain();
  else void quietly(gone);
});

/** Whether this page has shown something that was kept, when it was left. */
let showed = false;
addEventListener("pagehide", () => (showed = namesOf("").length > 0));
addEventListener("pageshow", (event) => {
  if (event.persisted && showed && namesOf("").length === 0) startAgain();
});

// ------------------------------------------------------------------------ words

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
