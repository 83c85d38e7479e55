/** How a search finds and ranks. Pure functions, tested without a browser; the index is made by render/search.py. */

/** @typedef {[string, number, number]} Posting group, number of the section in it, weight */
/** @typedef {Record<string, Posting[]>} Words */

/** The words of a question as they are looked up. @param {string} text */
export function wordsOf(text) {
  const plain = text.toLowerCase().replaceAll("’", "'").normalize("NFKD").replace(/\p{M}/gu, "");
  return [...new Set(plain.match(/[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu) ?? [])];
}

/** Name of the file that has the words that start as this one. @param {string} word */
export const fileOf = (word) =>
  [...word.slice(0, 2)].map((letter) => (letter.codePointAt(0) ?? 0).toString(16)).join("-");

/**
 * Sections by weight, best first. A section must have every word, or the start of it; where none has, any will do.
 * @param {string[]} asked
 * @param {Words[]} files for each word its file
 * @returns {{group: string, number: number, weight: number}[]}
 */
export function ranked(asked, files) {
  const found = asked.map((word, index) => matches(word, files[index]));
  const keys = found.map((entries) => new Set(entries.keys()));
  const all = [...(keys[0] ?? [])].filter((key) => keys.every((set) => set.has(key)));
  const any = all.length ? all : [...new Set(keys.flatMap((set) => [...set]))];
  return any
    .map((key) => {
      const [group, number] = key.split(" ");
      return {
        group,
        number: Number(number),
        weight: found.reduce((sum, entries) => sum + (entries.get(key) ?? 0), 0),
      };
    })
    .sort((a, b) => b.weight - a.weight || (a.group < b.group ? -1 : Number(a.group > b.group)) || a.number - b.number);
}

/** @param {string} word @param {Words} file @returns {Map<string, number>} */
function matches(word, file) {
  const found = new Map();
  for (const [entry, postings] of Object.entries(file)) {
    if (!entry.startsWith(word)) continue;
    for (const [group, number, weight] of postings) {
      const key = `${group} ${number}`;
      // The whole word counts for more than a word that only starts like it.
      found.set(key, (found.get(key) ?? 0) + weight * (entry === word ? 2 : 1));
    }
  }
  return found;
}
