/**
 * How a search finds and ranks. Pure functions, tested without a browser; the index is made by render/search.py.
 *
 * @typedef {Record<string, number[]>} Words for each word its places with weights: the distance from the place before,
 *   the weight, the next distance
 * @typedef {{words: Words, texts: Record<string, Record<string, string>>, places: Record<string, [string, string]>,
 *   pages: Record<string, [string, string, string]>}} Part a file of words: for some places of each word a text around
 *   it, heading and end of the address, and title, module and address of the page
 * @typedef {{files: string[], letters: string, step: number, sections: number, common: string[], endings: string[],
 *   families: string[][]}} Known the first word of each file, the letters of which there are lists, and how far one
 *   page is from the next among places
 * @typedef {{word: string, worth: number, whole?: boolean}} Sought the start of a word, or a whole one, and its worth
 * @typedef {{place: number, weight: number, words: number}} Found
 */

import { plainLatin } from "./written.js";

const HEBREW = /[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7]/g;
const ARABIC = /[\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED]/g;
const UNSPACED =
  /([\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3005\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]+)/;
const PART = /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*/gu;
/** Shortest word of which one letter may be wrong. */
const LONG = 5;
/** Up to so many letters a word is no start of another, if there is one like it. */
const SHORT = 3;
const IN_FAMILY = 0.2;
const BY_STEM = 0.4;

/** The words of a text as they are looked up, in their order. @param {string} text */
export function wordsOf(text) {
  const plain = plainLatin(
    text
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[\u0300-\u036F]/g, "")
      .replace(HEBREW, "")
      .replace(ARABIC, "")
  )
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

/**
 * The files that can have words which start so, the one with the word itself first.
 * @param {string} word
 * @param {Known} known
 */
export function filesFor(word, { files }) {
  const after = files.findIndex((start) => start > word);
  const own = (after < 0 ? files.length : after) - 1;
  const others = files.flatMap((start, number) => (number > own && start.startsWith(word) ? [number] : []));
  return own < 0 ? others : [own, ...others];
}

/** How a word starts in all its forms, where an ending can be taken away. @param {string} word @param {Known} known */
export function stemOf(word, known) {
  const ending = known.endings.find((end) => word.endsWith(end) && word.length - end.length >= 4);
  return ending ? word.slice(0, -ending.length) : "";
}

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
 * Places, best first: those with all words before those with some, then by weight. A rare word weighs more.
 * @param {Map<string, number>[]} asked for each word the entries that it stands for, and what each is worth
 * @param {Words} words
 * @param {number} total how many places there are
 * @returns {Found[]}
 */
export function ranked(asked, words, total) {
  /** @type {Map<number, Found>} */
  const found = new Map();
  for (const entries of asked) {
    const weights = weightsOf(entries, words);
    const rare = Math.log(1 + total / (weights.size || 1));
    for (const [place, weight] of weights) {
      const entry = found.get(place) ?? { place, weight: 0, words: 0 };
      entry.weight += Math.sqrt(weight) * rare;
      entry.words += 1;
      found.set(place, entry);
    }
  }
  return [...found.values()].sort((a, b) => b.words - a.words || b.weight - a.weight || a.place - b.place);
}

/** @param {Map<string, number>} entries @param {Words} words @returns {Map<number, number>} */
function weightsOf(entries, words) {
  const weights = new Map();
  for (const [entry, worth] of entries) {
    const postings = words[entry] ?? [];
    let place = 0;
    for (let at = 0; at < postings.length; at += 2) {
      place += postings[at];
      weights.set(place, Math.max(weights.get(place) ?? 0, postings[at + 1] * worth));
    }
  }
  return weights;
}

/**
 * Files of the index, as a search asks for them, and what came of it.
 */
class Index {
  /** @type {Set<Part>} */
  parts = new Set();
  /** @type {Words} */
  words = {};

  /** @param {Known} known @param {(name: string) => Promise<any>} file */
  constructor(known, file) {
    this.known = known;
    this.file = file;
  }

  /** @param {string} name @returns {Promise<Part>} */
  async part(name) {
    const part = await this.file(name);
    this.parts.add(part);
    Object.assign(this.words, part.words);
    return part;
  }

  /** The entries that a word stands for. @param {Sought} sought @returns {Promise<[string, number][]>} */
  async look(sought) {
    const [own, ...others] = filesFor(sought.word, this.known).map((number) => `words-${number}`);
    if (own === undefined) return [];
    const first = await this.part(own);
    const whole = sought.whole || (sought.word.length <= SHORT && sought.word in first.words);
    const parts = whole ? [] : await Promise.all(others.map((name) => this.part(name)));
    return [first, ...parts].flatMap(({ words }) => entriesOf({ ...sought, whole }, words));
  }

  /** The other words of the families that a word is of. @param {string} word @returns {Promise<[string, number][]>} */
  async relatives(word) {
    const numbers = this.known.families.flatMap((family, number) => (family.includes(word) ? [number] : []));
    const parts = await Promise.all(numbers.map((number) => this.part(`family-${number}`)));
    const others = parts.flatMap(({ words }) => Object.keys(words)).filter((other) => other !== word);
    return others.map((other) => [other, IN_FAMILY]);
  }

  /** Words that differ by one letter: those in files that are there already, or else of all. @param {string} word */
  async near(word) {
    const here = nearTo(word, Object.keys(this.words));
    if (here.length || word.length < LONG) return here;
    const letters = [...new Set([...word].slice(0, 2))].filter((letter) => this.known.letters.includes(letter));
    const lists = await Promise.all(letters.map((letter) => this.file(nearOf(letter))));
    return nearTo(word, [...new Set(lists.flat())]);
  }
}

/** Name of a list of words. @param {string} letter */
export const nearOf = (letter) => `near-${(letter.codePointAt(0) ?? 0).toString(16)}`;

/**
 * What a word stands for: itself and all that start like it, its family, and where nothing does, its stem, and where
 * that is nothing either, words that differ by one letter.
 * @param {string} word
 * @param {Index} index
 */
async function standsFor(word, index) {
  const own = await index.look({ word, worth: 1 });
  const stem = stemOf(word, index.known);
  const stems = stem ? await index.look({ word: stem, worth: BY_STEM }) : [];
  const found = [...(await index.relatives(word)), ...stems, ...own];
  if (!found.length)
    for (const near of await index.near(word))
      found.push(...(await index.look({ word: near, worth: BY_STEM, whole: true })));
  return new Map(found);
}

/**
 * What was asked stands where, best first, and the words of the site that it stands for. `shown` has what is shown of a
 * place: title, module and address of its page, heading, end of the address and a text.
 * @param {string} text
 * @param {(name: string) => Promise<any>} file loads a file of the index
 */
export async function find(text, file) {
  /** @type {Known} */
  const known = await file("files");
  const index = new Index(known, file);
  const asked = askedIn(text, known).filter((word) => word.length > 1 || word > "z");
  const stands = await Promise.all(asked.map((word) => standsFor(word, index)));
  const words = new Set(stands.flatMap((one) => [...one.keys()]));
  return {
    found: ranked(stands, index.words, known.sections),
    words,
    shown: (/** @type {number} */ place) => shownAt(place, index, words),
  };
}

/**
 * What is shown of a place: from the files of words, of several texts the one in which most was found; or else from
 * the file of its page.
 * @param {number} place
 * @param {Index} index
 * @param {Set<string>} words
 * @returns {Promise<{title: string, group: string, url: string, heading: string, text: string}>}
 */
async function shownAt(place, { parts, known, file }, words) {
  const number = Math.floor(place / known.step);
  const hits = (/** @type {string} */ text) => new Set(wordsOf(text).filter((word) => words.has(word))).size;
  const texts = [...parts].flatMap((part) => [...words].map((word) => part.texts[word]?.[place] ?? "")).filter(Boolean);
  if (!texts.length) {
    const [title, group, , url, sections] = await file(`page-${number}`);
    const [heading, anchor, whole] = sections[place % known.step];
    return { title, group, url: url + anchor, heading, text: around(whole, words) };
  }
  const [part] = [...parts].filter((one) => place in one.places);
  const [title, group, url] = part.pages[number];
  const [heading, anchor] = part.places[place];
  const text = texts.reduce((best, other) => (hits(other) > hits(best) ? other : best));
  return { title, group, url: url + anchor, heading, text };
}

/** Words of an excerpt before the first that was found, and of the whole. */
const BEFORE = 6;
const WORDS = 20;

/**
 * The part of a text with most of the words that were found.
 * @param {string} text
 * @param {Set<string>} found
 */
export function around(text, found) {
  const tokens = text.split(" ");
  const hits = tokens.map((token) => new Set(wordsOf(token).filter((word) => found.has(word))));
  let best = 0;
  let most = 0;
  for (const [start, hit] of hits.entries()) {
    const distinct = hit.size && new Set(hits.slice(start, start + WORDS - BEFORE).flatMap((set) => [...set])).size;
    if (distinct > most) [best, most] = [start, distinct];
  }
  const start = Math.max(0, best - BEFORE);
  const end = start + WORDS;
  return [...(start ? ["…"] : []), ...tokens.slice(start, end), ...(end < tokens.length ? ["…"] : [])].join(" ");
}

/**
 * A text cut into pieces that were found or not.
 * @param {string} text
 * @param {Set<string>} found
 * @returns {[string, boolean][]}
 */
export function marked(text, found) {
  const tokens = text.split(" ");
  return joined(
    tokens.flatMap((token, at) => [
      ...piecesOf(token, found),
      /** @type {[string, boolean]} */ ([at + 1 < tokens.length ? " " : "", false]),
    ])
  );
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
