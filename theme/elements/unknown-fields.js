/**
 * Fields that a later version of the site has put into what is kept, while a page of this version is open or stands
 * beside it: they are carried along as they are, shown nowhere, and never handed in. Pure, tested without a browser.
 */

/** What cannot be a later version's: more than a part would ever have. */
const MOST = { fields: 20, letters: 20_000, levels: 20 };
const NAME = /^[a-z][a-z0-9_]{0,39}$/i;

/** @param {unknown} value @param {number} levels how many are left @returns {boolean} */
const isShallow = (value, levels) =>
  typeof value !== "object" ||
  value === null ||
  (levels > 0 && Object.values(value).every((one) => isShallow(one, levels - 1)));

/** @param {unknown} value */
const fits = (value) => isShallow(value, MOST.levels) && JSON.stringify(value).length <= MOST.letters;

/**
 * The fields of a part that this version has no name for.
 * @param {object} value
 * @param {readonly string[]} known
 * @param {(name: string) => void} [unread] is told of one that cannot be carried
 * @returns {Record<string, any>}
 */
export function unknownOf(value, known, unread) {
  const unknown = Object.entries(value).filter(([name]) => !known.includes(name));
  // A name such as `constructor` would mean something to whoever looks for it.
  const carried = unknown.filter(([name, held]) => NAME.test(name) && !(name in {}) && fits(held));
  const kept = Object.fromEntries(carried.slice(0, MOST.fields));
  if (unread) for (const [name] of unknown) if (!Object.hasOwn(kept, name)) unread(name.slice(0, 40));
  return kept;
}

/**
 * A part without them.
 * @template {object} Part
 * @param {Part} part
 * @param {readonly string[]} known
 * @returns {Part}
 */
export const knownOf = (part, known) =>
  /** @type {Part} */ (Object.fromEntries(Object.entries(part).filter(([name]) => known.includes(name))));
