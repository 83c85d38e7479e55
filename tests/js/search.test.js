import assert from "node:assert/strict";
import { test } from "node:test";

import { fileOf, ranked, wordsOf } from "../../theme/elements/search-model.js";

test("words are looked up without capitals and accents, once each", () => {
  assert.deepEqual(wordsOf("Réflection, reflection  DON’T!"), ["reflection", "don't"]);
  assert.deepEqual(wordsOf("—"), []);
});

test("a file is named by the two letters a word starts with", () => {
  assert.equal(fileOf("listen"), "6c-69");
  assert.equal(fileOf("é"), "e9");
});

const LI = {
  listen: [
    ["a", 0, 3],
    ["b", 1, 1],
  ],
  listening: [["a", 2, 8]],
  list: [["b", 1, 1]],
};
const WA = { wait: [["a", 0, 1]] };

test("the start of a word is enough, and the whole word counts for more", () => {
  assert.deepEqual(
    ranked(["listen"], [LI]).map(({ group, number, weight }) => [group, number, weight]),
    [
      ["a", 2, 8],
      ["a", 0, 6],
      ["b", 1, 2],
    ]
  );
});

test("a section must have every word", () => {
  assert.deepEqual(
    ranked(["listen", "wait"], [LI, WA]).map(({ group, number }) => [group, number]),
    [["a", 0]]
  );
});

test("where none has every word, any word will do", () => {
  assert.equal(ranked(["listen", "zzz"], [LI, {}]).length, 3);
  assert.deepEqual(ranked(["zzz"], [{}]), []);
});
