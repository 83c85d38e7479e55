/**
 * The words of scripts in the language of the page. English stands in the scripts themselves and is what a message is
 * found by; a page in another language first loads a script that hands over a catalogue.
 *
 * @typedef {Record<string, string | number>} Values
 * @typedef {{forms: string, words: Record<string, string | string[]>}} Catalogue `forms` has a digit for each number
 *   below 200, which says what form goes with it; from 200 on the last hundred repeats itself
 */

/** @type {Catalogue} */
let catalogue = { forms: "", words: {} };

/** Takes over a catalogue. Only scripts that are evaluated later speak by it. @param {Catalogue} given */
export function use(given) {
  catalogue = given;
}

/** @param {string} text @param {Values} values */
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_whole, name) => String(values[name]));

/** A message, with values in its places: `{title}`. @param {string} english @param {Values} [values] */
export const _ = (english, values) => {
  const text = /** @type {string} */ (catalogue.words[english] ?? english);
  return values ? filled(text, values) : text;
};

/**
 * The form of a message that goes with a number.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Values} values
 */
export function ngettext(one, many, count, values) {
  const form = Number(catalogue.forms[count < 200 ? count : 100 + (count % 100)]);
  return filled(catalogue.words[one]?.[form] ?? (count === 1 ? one : many), values);
}
