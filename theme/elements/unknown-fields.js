/**
 * Fields that a later version of the site has put into what is kept, while a page of this version is open or stands
 * beside it: they are carried along as they are, shown nowhere, and never handed in. Pure, tested without a browser.
 */

/** A field of a later version is called so, and holds at most so much; a part has no more of them. */
const NAME = /^[a-z]\w{0,39}$/i;
const [MOST, LETTERS, LEVELS] = [20, 20_000, 20];

/** @param {any} value @param {number} levels how many are left @returns {boolean} */
const isShallow = (value, levels) =>
  Object(value) !== value || (levels > 0 && Object.values(value).every((one) => isShallow(one, levels - 1)));

/**
 * The fields of a part that this version has no name for.
 * @param {any} value
 * @param {readonly string[]} known
 * @param {(name: string) => void} [unread] is told of one that cannot be carried
 */
export function unknownOf(value, known, unread) {
  /** @type {Record<string, any>} */
  const kept = {};
  for (const name in value) {
    if (known.includes(name)) continue;
    const held = value[name];
    const fits = NAME.test(name) && isShallow(held, LEVELS) && JSON.stringify(held).length <= LETTERS;
    // A name such as `constructor` means something to whoever looks for it, and so does one that is there.
    if (fits && !(name in kept) && Object.keys(kept).length < MOST) kept[name] = held;
    else unread?.(name);
  }
  return kept;
}
