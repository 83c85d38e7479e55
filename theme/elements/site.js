/** Where the site starts, and what the things that it stores are called: several sites can share an origin. */
export const root = new URL("../", import.meta.url);

/** @param {string} name */
export const stored = (name) => `alongside:${root.pathname}:${name}`;

/** The address of the page from the top of the site. */
export const here = () => location.href.slice(root.href.length).replace(/#.*/, "");

/** A date as the learner's calendar has it. A day starts at four, so that a late evening still counts to its day.
 * @param {Date} [now]
 */
export function today(now = new Date()) {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (now.getHours() < 4 ? 1 : 0));
  const part = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${day.getFullYear()}-${part(day.getMonth() + 1)}-${part(day.getDate())}`;
}

/** The language in which dates are written. Plain `en` would be American. */
const language = () => document.documentElement.lang.replace(/^(?:en)?$/, "en-GB");

/** A stored date in words.
 * @param {string} day
 */
export const inWords = (day) => new Date(`${day}T12:00`).toLocaleDateString(language(), { day: "numeric", month: "long", year: "numeric" });

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
