/**
 * The words of scripts in the language of the page. English stands in the scripts themselves and is what a message is
 * found by; a page in another language first loads a script that hands over a catalogue.
 *
 * @typedef {Record<string, string | number>} Values
 * @typedef {{language: string, forms: Record<string, number>, words: Record<string, string | string[]>}} Catalogue
 *   `forms` says which form goes with each name that the browser has for numbers, such as `one` and `few`
 */

/** @type {Catalogue["words"]} */
let words = {};
/** Which form goes with a number. English has two. */
let formOf = (/** @type {number} */ count) => Number(count !== 1);

/** Takes over a catalogue. Only scripts that are evaluated later speak by it. @param {Catalogue} catalogue */
export function use(catalogue) {
  const rules = new Intl.PluralRules(catalogue.language);
  words = catalogue.words;
  formOf = (count) => catalogue.forms[rules.select(count)];
}

/** @param {string} text @param {Values} values */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => String(values[name]));

/** A message, with values in its places: `{title}`. @param {string} english @param {Values} [values] */
export const _ = (english, values) => {
  const text = /** @type {string} */ (words[english] ?? english);
  return values ? filled(text, values) : text;
};

/**
 * The form of a message that goes with a number.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Values} values
 */
export const ngettext = (one, many, count, values) =>
  filled(words[one]?.[formOf(count)] ?? (count === 1 ? one : many), values);
