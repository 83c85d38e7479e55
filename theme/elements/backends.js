/**
 * The places in which something can be kept, behind one interface: this browser, this tab, the memory of a page, and
 * the frame of a learning platform. Names are those of the site, without what tells sites apart. What a place has no
 * room for, or does not allow, it throws.
 *
 * @typedef {{get: (name: string) => string | null, put: (name: string, text: string) => void,
 *   take: (name: string) => void, names: () => string[]}} Backend
 */
import { DEVICE, inPlatform, stored } from "./site.js";

/**
 * What browsers keep. It is asked for each time: some throw where it is not allowed.
 * @param {() => Storage} storage
 * @returns {Backend}
 */
export const webBackend = (storage) => ({
  get: (name) => storage().getItem(stored(name)),
  put: (name, text) => storage().setItem(stored(name), text),
  take: (name) => storage().removeItem(stored(name)),
  names: () =>
    Object.keys(storage())
      .filter((name) => name.startsWith(stored("")) && name !== DEVICE)
      .map((name) => name.slice(stored("").length)),
});

/** What lasts as long as whatever holds it. @returns {Backend} */
export function memoryBackend() {
  /** @type {Map<string, string>} */
  const texts = new Map();
  return {
    get: (name) => texts.get(name) ?? null,
    put: (name, text) => void texts.set(name, String(text)),
    take: (name) => void texts.delete(name),
    names: () => [...texts.keys()],
  };
}

/** What the frame around the course hands to its pages. @returns {Backend | undefined} */
function handedDown() {
  try {
    return /** @type {any} */ (parent).alongside;
  } catch {
    return undefined; // the window above belongs to another site
  }
}

const frame = inPlatform ? handedDown() : undefined;
/** Whether a page of a package was opened by itself, such as in a tab: it has a memory of its own, and no more. */
export const alone = inPlatform && !frame;
const platform = alone ? memoryBackend() : frame;
/** Other people use the same browser for the same platform, so nothing of a learner stays in it there. */
export const browserBackend = platform ?? webBackend(() => localStorage);
export const tabBackend = platform ?? webBackend(() => sessionStorage);
