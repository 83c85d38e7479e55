/**
 * How a search finds and ranks. Pure functions, tested without a browser; the index is made by render/search.py.
 *
 * @typedef {Record<string, number[]>} Words for each word page, section in it and weight, one section after the other
 * @typedef {{files: string[], sections: number, common: string[], endings: string[], families: string[][]}} Known
 * @typedef {{word: string, worth: number, whole?: boolean}} Sought the start of a word, or a whole one, and its worth
 * @typedef {{page: number, section: number, weight: number, words: number}} Found
 */

/** @type {Record<string, string>} */
const LATIN = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ſ: "s" };
const HEBREW = /[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7]/g;
const ARABIC = /[\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED]/g;
const UNSPACED =
  /([\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]+)/;
const PART = /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*/gu;
/** Shortest word of which one letter may be wrong. */
const LONG = 5;
/** Up to so many letters a word is no start of another, if there is one like it. */
const SHORT = 3;
const IN_FAMILY = 0.1;
const BY_STEM = 0.4;

/** The words of a text as they are looked up, in their order. @param {string} text */
export function wordsOf(text) {
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036F]/g, "")
    .replace(HEBREW, "")
    .replace(ARABIC, "")
    .replace(/[ßæœøłđðþıħſ]/g, (letter) => LATIN[letter])
    .replaceAll("ς", "σ")
    .replaceAll("’", "'")
    .normalize("NFC");
  return (plain.match(PART) ?? []).flatMap((word) => word.split(UNSPACED).flatMap(pairs));
}

/** Where no spaces stand between words, each two letters are one. @param {string} part */
const pairs = (part) =>
  part.length > 2 && UNSPACED.test(part)
    ? Array.from({ length: part.length - 1 }, (_, start) => part.slice(start, start + 2))
    : part
      ? [part]
      : [];

/** Whether somebody may be in danger. Words stand one after the other, with `|` between forms and `*` for any ending.
 * @param {string} text
 * @param {string[][]} patterns
 */
export function isUrgent(text, patterns) {
  const words = wordsOf(text);
  const fits = (/** @type {string} */ form, /** @type {string} */ word = "") =>
    form.split("|").some((one) => (one.endsWith("*") ? word.startsWith(one.slice(0, -1)) : word === one));
  return patterns.some((pattern) =>
    words.some((_, start) => pattern.every((form, index) => fits(form, words[start + index])))
  );
}

/** The words that count, once each. @param {string} text @param {Known} known */
export function askedIn(text, known) {
  const words = [...new Set(wordsOf(text))];
  return words.filter((word) => !known.common.includes(word));
}

/** Name of a file of words. @param {string} start */
export const fileOf = (start) => [...start].map((letter) => (letter.codePointAt(0) ?? 0).toString(16)).join("-");

/** The files that have words which start so. @param {string} word @param {Known} known */
export function filesFor(word, known) {
  const around = known.files.filter((file) => word.startsWith(file) && file !== word);
  const longest = around.reduce((best, file) => (file.length > best.length ? file : best), "");
  const inside = known.files.filter((file) => file.startsWith(word));
  return longest && !inside.length ? [longest] : inside;
}

/** How a word starts in all its forms, where an ending can be taken away. @param {string} word @param {Known} known */
export function stemOf(word, known) {
  const ending = known.endings.find((end) => word.endsWith(end) && word.length - end.length >= 4);
  return ending ? word.slice(0, -ending.length) : "";
}

/** Words that belong to the same family. @param {string} word @param {Known} known */
export const relatives = (word, known) =>
  known.families.flatMap((family) => (family.includes(word) ? family.filter((other) => other !== word) : []));

/**
 * Words of the site that differ from this one by one letter: another, one more, one less, or two that changed places.
 * @param {string} word
 * @param {string[]} all
 */
export function nearTo(word, all) {
  return word.length < LONG ? [] : all.filter((other) => other !== word && differsByOne(word, other));
}

/** @param {string} one @param {string} other */
function differsByOne(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [rest, others] = [one.slice(start), other.slice(start)];
  if (rest.length !== others.length)
    return rest.length > others.length ? rest.slice(1) === others : rest === others.slice(1);
  return (
    rest.slice(1) === others.slice(1) ||
    (rest[0] === others[1] && rest[1] === others[0] && rest.slice(2) === others.slice(2))
  );
}

/**
 * The entries of a file that a word stands for.
 * @param {Sought} sought
 * @param {Words} file
 * @returns {[string, number][]}
 */
export const entriesOf = ({ word, worth, whole }, file) =>
  Object.keys(file)
    .filter((entry) => (whole ? entry === word : entry.startsWith(word)))
    // The whole word counts for more than a word that only starts like it.
    .map((entry) => [entry, entry === word ? 2 * worth : worth]);

/**
 * Sections, best first: those with all words before those with some, then by weight. A rare word weighs more.
 * @param {Map<string, number>[]} asked for each word the entries that it stands for, and what each is worth
 * @param {Words} words
 * @param {number} total how many sections there are
 * @returns {Found[]}
 */
export function ranked(asked, words, total) {
  /** @type {Map<string, Found>} */
  const found = new Map();
  for (const entries of asked) {
    const weights = weightsOf(entries, words);
    const rare = Math.log(1 + total / (weights.size || 1));
    for (const [key, weight] of weights) {
      const [page, section] = key.split(" ").map(Number);
      const entry = found.get(key) ?? { page, section, weight: 0, words: 0 };
      entry.weight += Math.sqrt(weight) * rare;
      entry.words += 1;
      found.set(key, entry);
    }
  }
  return [...found.values()].sort(
    (a, b) => b.words - a.words || b.weight - a.weight || a.page - b.page || a.section - b.section
  );
}

/** @param {Map<string, number>} entries @param {Words} words @returns {Map<string, number>} */
function weightsOf(entries, words) {
  const weights = new Map();
  for (const [entry, worth] of entries) {
    const postings = words[entry] ?? [];
    for (let at = 0; at < postings.length; at += 3) {
      const key = `${postings[at]} ${postings[at + 1]}`;
      weights.set(key, Math.max(weights.get(key) ?? 0, postings[at + 2] * worth));
    }
  }
  return weights;
}

/**
 * What each word stands for: itself and all that start like it, its family, and where nothing does, its stem, and where
 * that is nothing either, words that differ by one letter.
 * @param {string[]} asked
 * @param {Known} known
 * @param {(sought: Sought) => Promise<[string, number][]>} look
 * @param {() => Promise<string[]>} all
 */
export async function standFor(asked, known, look, all) {
  return Promise.all(
    asked.map(async (word) => {
      const family = relatives(word, known).map((other) => look({ word: other, worth: IN_FAMILY, whole: true }));
      const own = await look({ word, worth: 1 });
      const stem = stemOf(word, known);
      const stems = stem ? await look({ word: stem, worth: BY_STEM }) : [];
      const found = [...(await Promise.all(family)).flat(), ...stems, ...own];
      if (!found.length) {
        for (const near of nearTo(word, await all()))
          found.push(...(await look({ word: near, worth: BY_STEM, whole: true })));
      }
      return new Map(found);
    })
  );
}

/**
 * What was asked stands where, best first, and the words of the site that it stands for.
 * @param {string} text
 * @param {(name: string) => Promise<any>} file loads a file of the index
 */
export async function find(text, file) {
  /** @type {Known} */
  const known = await file("files");
  const asked = askedIn(text, known).filter((word) => word.length > 1 || word > "z");
  /** @type {Words} */
  const words = {};
  const stands = await standFor(
    asked,
    known,
    async (sought) => {
      const parts = await Promise.all(filesFor(sought.word, known).map((name) => file(fileOf(name))));
      Object.assign(words, ...parts);
      const whole = sought.whole || (sought.word.length <= SHORT && parts.some((part) => sought.word in part));
      return parts.flatMap((part) => entriesOf({ ...sought, whole }, part));
    },
    () => file("words")
  );
  return { found: ranked(stands, words, known.sections), words: new Set(stands.flatMap((one) => [...one.keys()])) };
}

/** Words of an excerpt before the first that was found, and of the whole. */
const BEFORE = 8;
const WORDS = 28;

/**
 * The part of a text with most of the words that were found, cut into pieces that were found or not.
 * @param {string} text
 * @param {Set<string>} found
 * @returns {[string, boolean][]}
 */
export function excerptOf(text, found) {
  const tokens = text.split(" ");
  const hits = tokens.map((token) => new Set(wordsOf(token).filter((word) => found.has(word))));
  let best = 0;
  let most = 0;
  for (const [start, hit] of hits.entries()) {
    const distinct = hit.size && new Set(hits.slice(start, start + WORDS - BEFORE).flatMap((set) => [...set])).size;
    if (distinct > most) [best, most] = [start, distinct];
  }
  const start = Math.max(0, best - BEFORE);
  const end = Math.min(tokens.length, start + WORDS);
  /** @type {[string, boolean][]} */
  const pieces = tokens.slice(start, end).flatMap((token, index) => {
    const space = index + start + 1 < end ? " " : "";
    const parts = hits[start + index].size
      ? piecesOf(token, found)
      : [/** @type {[string, boolean]} */ ([token, false])];
    return [...parts, /** @type {[string, boolean]} */ ([space, false])];
  });
  return joined([[start ? "… " : "", false], ...pieces, [end < tokens.length ? " …" : "", false]]);
}

/**
 * The letters of a token that were found, without the signs around them.
 * @param {string} token
 * @param {Set<string>} found
 */
function piecesOf(token, found) {
  return token.split(/([\p{L}\p{N}\p{M}'’]+)/u).flatMap((part) => {
    if (!UNSPACED.test(part))
      return [/** @type {[string, boolean]} */ ([part, wordsOf(part).some((word) => found.has(word))])];
    const marked = [...part].map((_, at) =>
      [at - 1, at].some((from) => found.has(wordsOf(part.slice(Math.max(0, from), from + 2))[0]))
    );
    return [...part].map((letter, at) => /** @type {[string, boolean]} */ ([letter, marked[at]]));
  });
}

/** @param {[string, boolean][]} pieces */
function joined(pieces) {
  /** @type {[string, boolean][]} */
  const whole = [];
  for (const [text, hit] of pieces) {
    const last = whole.at(-1);
    if (last && last[1] === hit) last[0] += text;
    else if (text) whole.push([text, hit]);
  }
  return whole;
}
