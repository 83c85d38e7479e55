/** Where the site starts, and what the things that it stores are called: several sites can share an origin. */
export const root = new URL("../", import.meta.url);

/**
 * The name of this version of the course, where it stands in a folder beside others for those who began with it. The
 * current version, at the top, has none.
 */
export const cohort = document.documentElement?.dataset.cohort ?? "";
/** Where the current version starts: all versions share what a learner has kept. */
export const home = new URL(cohort ? "../" : "./", root);
/** What says which version a learner has used last. */
export const COHORT = "cohort";

/**
 * A path in one spelling, whatever way an address bar has it: servers show `/%7Eann//course/` and `/~ann/course/`
 * alike. The script that comes before the page (comfort.js) does the same.
 * @param {string} path
 */
export function plainPath(path) {
  const once = path.replace(/\/{2,}/g, "/");
  try {
    return encodeURI(decodeURI(once));
  } catch {
    return once;
  }
}

/** @param {string} name */
export const stored = (name) => `alongside:${plainPath(home.pathname)}:${name}`;

/** What says whether the device is shared with others. */
export const DEVICE = stored("device");

/** Whether the page belongs to a package for a learning platform, where nothing may stay in the browser. */
export const inPlatform = document.documentElement?.dataset.keeps === "platform";

/** @returns {"private" | "shared"} */
export function device() {
  if (inPlatform) return "shared";
  try {
    return localStorage.getItem(DEVICE) === "shared" ? "shared" : "private";
  } catch {
    return "shared";
  }
}

/**
 * The address of the page from the top of the site, without what came behind it: a
 * newsletter's `?utm_source=…`, a part of the page.
 */
export const here = () =>
  plainPath(location.pathname)
    .slice(plainPath(root.pathname).length)
    .replace(/(^|\/)index\.html$/, "$1");

/**
 * Does something while the page can still do anything. Telephones end a page without a word once it is out of sight.
 * @param {() => void} does
 */
export function onLeaving(does) {
  addEventListener("pagehide", does);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && does());
}

/** The language in which dates and numbers are written. Plain `en` would be American. */
export const language = () => document.documentElement.lang.replace(/^(?:en)?$/, "en-GB");

/**
 * An element with text or other elements in it.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(string | Node)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
