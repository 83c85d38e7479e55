/**
 * A page that was opened from a disk may load nothing but scripts. So each file and page that others ask for is a
 * script there, with one call that hands over its text.
 */
import { make, root } from "../site.js";

/** What waits for a text, by the address of that. @type {Map<string, (text: string) => void>} */
const waiting = new Map();

/** Called by the scripts with texts. @param {string} address @param {string} text */
const handOver = (address, text) => waiting.get(address)?.(text);
Object.assign(globalThis, { alongsideText: handOver });

/** The policy of the site wants addresses of scripts, and HTML as text, to come through a policy of its own. */
export const trusted = (() => {
  /** @type {any} */
  const types = /** @type {any} */ (globalThis).trustedTypes;
  const same = (/** @type {string} */ text) => text;
  const policy = { createScriptURL: same, createHTML: same };
  return types ? types.createPolicy("alongside-texts", policy) : policy;
})();

/** Texts that were asked for, by address. @type {Map<string, Promise<string>>} */
const texts = new Map();

/**
 * A text, which is loaded once. Whoever tries again after a failure asks anew.
 * @param {string} address from the top of the course
 */
export function textOf(address) {
  const name = decodeURI(address); // elements give addresses with letters of other scripts as numbers
  const text = texts.get(name) ?? asked(name);
  texts.set(name, text);
  text.catch(() => texts.delete(name));
  return text;
}

/** @param {string} address @returns {Promise<string>} */
const asked = (address) =>
  new Promise((resolve, reject) => {
    const script = make("script");
    const fail = () => reject(new Error(`${address} could not be loaded`));
    waiting.set(address, resolve);
    script.addEventListener("error", fail);
    script.addEventListener("load", fail); // which counts only where nothing was handed over
    script.src = trusted.createScriptURL(new URL(`${address}.js`, root).href);
    document.head.append(script);
  });
