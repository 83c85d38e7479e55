import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  excerptOf,
  fileOf,
  filesFor,
  find,
  isUrgent,
  nearTo,
  ranked,
  stemOf,
  wordsOf,
} from "../../theme/elements/search-model.js";

const CASES = JSON.parse(readFileSync(new URL("../render/search.json", import.meta.url), "utf-8"));

test("words are looked up as they are in the index", () => {
  for (const [text, words] of CASES) assert.deepEqual(wordsOf(text), words, text);
});

test("a file is named by the letters a word starts with", () => {
  assert.equal(fileOf("li"), "6c-69");
  assert.equal(fileOf("é"), "e9");
});

const KNOWN = {
  files: ["li", "lis", "wa", "lo"],
  sections: 10,
  common: ["the", "do"],
  endings: ["iness", "ings", "ing", "s"],
  families: [["cash", "loan"]],
};
const FILES = {
  files: KNOWN,
  words: ["list", "listen", "listening", "loan", "lonely", "waits"],
  [fileOf("li")]: { li: [9, 0, 1] },
  [fileOf("lis")]: { list: [1, 1, 10], listen: [0, 0, 30, 1, 1, 10], listening: [0, 2, 80] },
  [fileOf("lo")]: { loan: [2, 0, 10], lonely: [3, 0, 10] },
  [fileOf("wa")]: { waits: [1, 1, 10] },
};

async function places(text) {
  const loaded = [];
  const { found, words } = await find(text, async (name) => {
    loaded.push(name);
    return FILES[name];
  });
  return { places: found.map(({ page, section }) => `${page}.${section}`), words: [...words].sort(), loaded };
}

test("only the files are loaded that can have the word", () => {
  assert.deepEqual(filesFor("listen", KNOWN), ["lis"]);
  assert.deepEqual(filesFor("lix", KNOWN), ["li"]);
  assert.deepEqual(filesFor("li", KNOWN), ["li", "lis"]);
  assert.deepEqual(filesFor("zebra", KNOWN), []);
});

test("the start of a word is enough, and the whole word counts for more", async () => {
  assert.deepEqual((await places("listen")).places, ["0.2", "0.0", "1.1"]);
});

test("a short word is no start of others where it stands itself", async () => {
  assert.deepEqual((await places("li")).places, ["9.0"]);
});

test("sections with all words come before those with some", async () => {
  assert.deepEqual((await places("listen wait")).places, ["1.1", "0.2", "0.0"]);
});

test("words that say nothing are not looked for", async () => {
  assert.deepEqual(await places("do the"), { places: [], words: [], loaded: ["files"] });
  assert.deepEqual((await places("do the waits")).places, ["1.1"]);
});

test("a word finds its family and its stem", async () => {
  assert.deepEqual((await places("cash")).places, ["2.0"]);
  assert.equal(stemOf("loneliness", KNOWN), "lonel");
  assert.deepEqual((await places("loneliness")).places, ["3.0"]);
  assert.equal(stemOf("sing", KNOWN), "");
});

test("one letter may be wrong in a long word that is found nowhere", async () => {
  for (const typed of ["listning", "lisetning", "listenning", "listenimg"]) {
    assert.deepEqual((await places(typed)).places, ["0.2"], typed);
  }
  assert.deepEqual(nearTo("lsit", FILES.words), []);
  assert.deepEqual((await places("zebra")).places, []);
  assert.ok(!(await places("listen")).loaded.includes("words"), "the list of all words is for words not found");
});

test("a rare word weighs more than one that stands everywhere", () => {
  const words = { rare: [0, 0, 10], usual: [1, 0, 10, 2, 0, 10, 3, 0, 10] };
  const asked = [new Map([["rare", 1]]), new Map([["usual", 1]])];
  assert.equal(ranked(asked, words, 10)[0].page, 0);
  assert.deepEqual(ranked([], words, 10), []);
});

test("an excerpt stands around what was found, with the words marked", () => {
  const text = `${"before ".repeat(40)}“She listens, and waits.” ${"after ".repeat(40)}`.trim();
  const excerpt = excerptOf(text, new Set(["listens", "waits"]));
  assert.deepEqual(
    excerpt.filter(([, hit]) => hit).map(([piece]) => piece),
    ["listens", "waits"]
  );
  const whole = excerpt.map(([piece]) => piece).join("");
  assert.match(whole, /^… before .*“She listens, and waits\.” after .* …$/);
  assert.ok(whole.split(" ").length < 35);
  assert.deepEqual(excerptOf("One two.", new Set(["zebra"])), [["One two.", false]]);
});

test("where no spaces stand between words, the letters that were found are marked", () => {
  const marked = excerptOf("傾聴は大切です", new Set(wordsOf("大切"))).filter(([, hit]) => hit);
  assert.deepEqual(marked, [["大切", true]]);
});

test("danger is told by words one after the other", () => {
  const patterns = [["kill*", "myself|him"], ["suicid*"]];
  for (const text of ["I will KILL myself", "killing him", "Suicide?"]) assert.ok(isUrgent(text, patterns), text);
  for (const text of ["kill time", "myself kill", "kill", ""]) assert.ok(!isUrgent(text, patterns), text);
});
