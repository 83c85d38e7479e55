/**
 * How answers that learners write are compared with those that authors list. Pure functions, tested without a browser.
 * The same as builder/alongside/model/questions/written.py, which says what counts and what does not.
 */

/** Letters that have no accent to take away, as people write them without. @type {Record<string, string>} */
const LATIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ſ: "s" };
const LETTER = "[a-zß-öø-ɏͰ-ԯ]";
const HYPHENS = [`(${LETTER})-(?=${LETTER}{2})`, `(${LETTER}{2})-(?=${LETTER})`].map((form) => new RegExp(form, "g"));

/** @param {string} text in small letters */
export const plainLatin = (text) => text.replace(/./g, (letter) => LATIN[letter] ?? letter);

/** The same answer, letter for letter and sign for sign. @param {string} text */
export const closely = (text) =>
  text
    .replace(/[\uFB00-\uFDFF\uFE70-\uFEFC\uFF01-\uFFEE]/g, (letter) => letter.normalize("NFKC"))
    .replace(/[\uFE00-\uFE0F\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "")
    .replace(/[‘’‚‛ʼ]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/[‐-―−]/g, "-")
    .replace(/µ/g, "μ")
    .toLowerCase()
    .replace(/ς/g, "σ")
    .replace(/[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/g, " ")
    .trim()
    .normalize("NFC");

/** The same answer but for accents, hyphens between words and a last full stop. @param {string} text */
export const loosely = (text) =>
  HYPHENS.reduce(
    (plain, hyphen) => plain.replace(hyphen, "$1 "),
    plainLatin(
      closely(text)
        .normalize("NFD")
        .replace(/([a-zß-öø-ɏα-ω])[\u0300-\u036F]+/g, "$1")
    )
  )
    .replace(/([^ .])[.。।۔]$/, "$1")
    .normalize("NFC");

/**
 * Which of the lists has what was written: the one that has it closely, or the only one that has it loosely; else -1.
 * @param {string} text
 * @param {string[][]} lists
 */
export function listWith(text, lists) {
  for (const fold of [closely, loosely]) {
    const own = fold(text);
    const found = lists.flatMap((entries, number) => (entries.some((entry) => fold(entry) === own) ? [number] : []));
    if (found.length) return found.length === 1 ? found[0] : -1;
  }
  return -1;
}
