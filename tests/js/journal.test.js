import assert from "node:assert/strict";
import { test } from "node:test";

import { locked, opener, ROUNDS, unlocked } from "../../theme/elements/journal-lock.js";
import { parsedJournal, VERSION } from "../../theme/elements/journal-model.js";
import { RecordError } from "../../theme/elements/record-model.js";

const PASSPHRASE = "four words that fit nowhere";
const TEXT = "What I wrote: “ἀγάπη”, 🙂 and a line\nmore.".repeat(3000);
const by = await opener(PASSPHRASE);
const lock = await locked(TEXT, by);
const stored = (over = {}) => JSON.stringify({ schema: VERSION, on: true, entries: {}, lock: { ...lock, ...over } });

test("a text opens with its passphrase and with no other", async () => {
  assert.equal(await unlocked(lock, await opener(PASSPHRASE, lock)), TEXT);
  assert.equal(await unlocked(lock, await opener(`${PASSPHRASE} `, lock)), undefined);
  assert.equal(await unlocked(lock, await opener(PASSPHRASE)), undefined, "the same words with another salt");
});

test("a letter that two keyboards write in two ways is one letter", async () => {
  const made = await locked("x", await opener("caf\u00e9"));
  assert.equal(await unlocked(made, await opener("cafe\u0301", made)), "x");
});

test("what was changed does not open", async () => {
  for (const part of ["text", "iv"]) {
    const other = lock[part].startsWith("A") ? "B" : "A";
    assert.equal(await unlocked({ ...lock, [part]: other + lock[part].slice(1) }, by), undefined);
  }
});

test("the same text never looks the same twice, and shows none of its words", async () => {
  const again = await locked(TEXT, by);
  assert.notEqual(again.iv, lock.iv);
  assert.notEqual(again.text.slice(0, 40), lock.text.slice(0, 40));
  assert.ok(!atob(lock.text).includes("wrote"));
});

test("the key cannot be taken out", async () => {
  await assert.rejects(crypto.subtle.exportKey("raw", by.key));
});

test("a lock survives being written and read", () => {
  assert.deepEqual({ ...parsedJournal(stored()).lock }, lock);
});

test("a lock that is too weak, too slow or no lock is refused", () => {
  const wrong = [{ rounds: ROUNDS - 1 }, { rounds: 1 }, { rounds: 1e9 }, { rounds: "600000" }, { salt: "<b>" }, { iv: 5 }, { text: "" }];
  for (const over of wrong) assert.throws(() => parsedJournal(stored(over)), RecordError, JSON.stringify(over));
  assert.throws(() => parsedJournal(JSON.stringify({ schema: VERSION, lock: null })), RecordError);
});

test("a journal of the version before is read as it was", () => {
  const entry = { text: "x", at: "2026-11-02", label: "l", title: "t", module: "m", url: "", plan: false, revisit: "" };
  const old = parsedJournal(JSON.stringify({ schema: 1, on: true, entries: { "a/b/c": entry } }));
  assert.deepEqual({ ...old.entries["a/b/c"] }, entry);
  assert.equal(old.lock, undefined);
});
