import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  around,
  filesFor,
  find,
  isUrgent,
  marked,
  nearTo,
  ranked,
  stemOf,
  wordsOf,
} from "../../theme/elements/search-model.js";

const CASES = JSON.parse(readFileSync(new URL("../render/search.json", import.meta.url), "utf-8"));

test("words are looked up as they are in the index", () => {
  for (const [text, words] of CASES) assert.deepEqual(wordsOf(text), words, text);
});

const KNOWN = {
  files: ["li", "lis", "listening", "loan", "no", "wa"],
  letters: "iloqw",
  step: 10,
  sections: 10,
  common: ["the", "do"],
  endings: ["iness", "ings", "ing", "s"],
  families: [["cash", "loan"]],
};
const NOTHING = { texts: {}, places: {}, pages: {} };
const FILES = {
  files: KNOWN,
  "words-0": { ...NOTHING, words: { li: [90, 1] } },
  "words-1": { ...NOTHING, words: { list: [11, 10], listen: [0, 30, 11, 10] } },
  "words-2": { ...NOTHING, words: { listening: [2, 80] } },
  "words-3": { ...NOTHING, words: { loan: [20, 10], lonely: [30, 10] } },
  "words-4": { ...NOTHING, words: { no: [50, 5], noon: [60, 90] } },
  "words-5": {
    words: { waits: [11, 10] },
    texts: { waits: { 11: "… She waits. …" } },
    places: { 11: ["Silence", "#silence"] },
    pages: { 1: ["Two", "Module", "module/two/"] },
  },
  "family-0": { ...NOTHING, words: { loan: [20, 10] } },
  "near-6c": ["list", "listen", "listening", "loan", "lonely"],
  "near-69": ["list", "listen", "listening"],
  "near-71": ["quarrel"],
  "near-77": ["waits"],
  "page-0": [
    "One",
    "Module",
    "module/",
    "module/one/",
    [
      ["", "", "Before."],
      ["H", "#h", "x"],
      ["Hear", "#hear", "Do listen."],
    ],
  ],
};

async function places(text) {
  const loaded = [];
  const { found, words, shown } = await find(text, async (name) => {
    loaded.push(name);
    return FILES[name];
  });
  return { places: found.map(({ place }) => place), words: [...words].sort(), loaded: [...new Set(loaded)], shown };
}

test("only the files are loaded that can have the word, first the one with the word itself", () => {
  assert.deepEqual(filesFor("lix", KNOWN), [2]);
  assert.deepEqual(filesFor("listen", KNOWN), [1, 2]);
  assert.deepEqual(filesFor("li", KNOWN), [0, 1, 2]);
  assert.deepEqual(filesFor("a", KNOWN), []);
  assert.deepEqual(filesFor("zebra", KNOWN), [5]);
});

test("for a word nothing but its files are loaded", async () => {
  assert.deepEqual((await places("waits")).loaded, ["files", "words-5"]);
  assert.deepEqual((await places("no")).loaded, ["files", "words-4"]);
  assert.deepEqual((await places("loan")).loaded, ["files", "words-3", "family-0"]);
});

test("what is shown of a place comes with a word, or else from its page", async () => {
  const { shown } = await places("waits");
  assert.deepEqual(await shown(11), {
    title: "Two",
    group: "Module",
    url: "module/two/#silence",
    heading: "Silence",
    text: "… She waits. …",
  });
  const { shown: other, loaded } = await places("listening");
  assert.ok(!loaded.includes("page-0"));
  assert.deepEqual(await other(2), {
    title: "One",
    group: "Module",
    url: "module/one/#hear",
    heading: "Hear",
    text: "Do listen.",
  });
});

test("the start of a word is enough, and the whole word counts for more", async () => {
  assert.deepEqual((await places("listen")).places, [2, 0, 11]);
});

test("a short word is no start of others where it stands itself", async () => {
  assert.deepEqual((await places("li")).places, [90]);
});

test("sections with all words come before those with some", async () => {
  assert.deepEqual((await places("listen wait")).places, [11, 2, 0]);
});

test("words that say nothing are not looked for", async () => {
  const { places: none, words, loaded } = await places("do the");
  assert.deepEqual([none, words, loaded], [[], [], ["files"]]);
  assert.deepEqual((await places("do the waits")).places, [11]);
});

test("a word finds its family and its stem", async () => {
  assert.deepEqual((await places("cash")).places, [20]);
  assert.equal(stemOf("loneliness", KNOWN), "lonel");
  assert.deepEqual((await places("loneliness")).places, [30]);
  assert.equal(stemOf("sing", KNOWN), "");
});

test("one letter may be wrong in a long word that is found nowhere", async () => {
  for (const typed of ["listning", "lisetning", "listenning", "listenimg"])
    assert.deepEqual((await places(typed)).places, [2], typed);
  assert.deepEqual(nearTo("lsit", ["list"]), []);
  assert.deepEqual((await places("zebra")).places, []);
  const { loaded } = await places("listen");
  assert.ok(!loaded.some((name) => name.startsWith("near")), "lists of words are for words not found");
});

test("the letter that is wrong may be the first or the second", async () => {
  for (const typed of ["ilstening", "istening", "qistening", "xlistening", "lstening"])
    assert.deepEqual((await places(typed)).places, [2], typed);
});

test("a rare word weighs more than one that stands everywhere", () => {
  const words = { rare: [0, 10], usual: [10, 10, 10, 10, 10, 10] };
  const asked = [new Map([["rare", 1]]), new Map([["usual", 1]])];
  assert.equal(ranked(asked, words, 10)[0].place, 0);
  assert.deepEqual(ranked([], words, 10), []);
});

test("an excerpt stands around what was found, with the words marked", () => {
  const text = `${"before ".repeat(40)}“She listens, and waits.” ${"after ".repeat(40)}`.trim();
  const found = new Set(["listens", "waits"]);
  const excerpt = marked(around(text, found), found);
  assert.deepEqual(
    excerpt.filter(([, hit]) => hit).map(([piece]) => piece),
    ["listens", "waits"]
  );
  const whole = excerpt.map(([piece]) => piece).join("");
  assert.match(whole, /^… before .*“She listens, and waits\.” after .* …$/);
  assert.ok(whole.split(" ").length < 35);
  assert.deepEqual(marked(around("One two.", new Set(["zebra"])), new Set()), [["One two.", false]]);
});

test("where no spaces stand between words, the letters that were found are marked", () => {
  const pieces = marked("傾聴は大切です", new Set(wordsOf("大切"))).filter(([, hit]) => hit);
  assert.deepEqual(pieces, [["大切", true]]);
});

test("danger is told by words one after the other", () => {
  const patterns = [["kill*", "myself|him"], ["suicid*"]];
  for (const text of ["I will KILL myself", "killing him", "Suicide?"]) assert.ok(isUrgent(text, patterns), text);
  for (const text of ["kill time", "myself kill", "kill", ""]) assert.ok(!isUrgent(text, patterns), text);
});
