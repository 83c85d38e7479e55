/** Taking everything away, and saying what the device is: for the pages on which a learner can ask for that. */
import { browserBackend, tabBackend } from "./backends.js";
import { DEVICE, device, inPlatform } from "./site.js";
import { KEPT, attempt, clearTab, durable, get, moving, namesOf, onDisk, pages, refused } from "./store.js";

/** @typedef {import("./store.js").Kept} Kept */

/** Whether other open pages of the site hear that everything is to go. */
export const reachesOtherPages = pages !== undefined;

/**
 * Takes away everything that this site has kept: in the browser, in this tab, and in other open pages of the site.
 * @returns {Promise<Kept>}
 */
export async function wipe() {
  const first = clearTab();
  if (inPlatform) return first;
  const second = attempt(() => {
    for (const name of browserBackend.names()) browserBackend.take(name);
    localStorage.removeItem(DEVICE);
  });
  pages?.postMessage("wiped");
  const third = globalThis.indexedDB
    ? await durable()
        .then(({ clear }) => clear())
        .then(() => KEPT, refused)
    : KEPT;
  return [first, second, third].find((kept) => !kept.ok) ?? KEPT;
}

/**
 * Says what the device is. On a shared one all that was kept goes; on a
 * private one it comes along, all of it or nothing.
 * @param {"private" | "shared"} kind
 * @returns {Promise<Kept>}
 */
export async function setDevice(kind) {
  if (kind === device()) return KEPT;
  if (kind === "shared") {
    const gone = await wipe();
    return gone.ok ? attempt(() => localStorage.setItem(DEVICE, "shared")) : gone;
  }
  return attempt(() => void moveHere());
}

/** From this tab to the browser. What does not fit is taken back out before the error goes on. */
function moveHere() {
  const came = moving();
  try {
    for (const name of came) browserBackend.put(name, tabBackend.get(name) ?? "");
    localStorage.setItem(DEVICE, "private");
  } catch (error) {
    for (const name of came) browserBackend.take(name);
    throw error;
  }
  for (const name of came) tabBackend.take(name);
  // What this browser holds now came from elsewhere, and no write has brought it to the disk.
  for (const name of namesOf("")) onDisk(name, get(name)).catch(console.warn);
}

/**
 * Asks the browser not to forget by itself. Some ask the learner, so this
 * follows only on what they did to keep something.
 */
export async function askToStay() {
  if (device() === "private") await navigator.storage?.persist?.().catch(() => false);
}
