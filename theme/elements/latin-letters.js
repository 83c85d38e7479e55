/**
 * Letters that have no accent to take away, as people write them without.
 * The same as `LATIN` of builder/alongside/model/questions/written.py.
 * @type {Record<string, string>}
 */
const LATIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ſ: "s" };

/** @param {string} text in small letters */
export const withoutRareLetters = (text) => text.replace(/[ßæœøłđðþıħſ]/g, (letter) => LATIN[letter]);
