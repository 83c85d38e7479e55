import assert from "node:assert/strict";
import { test } from "node:test";

import { locked, opener, ROUNDS, unlocked } from "../../theme/elements/journal-lock.js";
import {
  emptyJournal,
  followKey,
  keepBeside,
  LONGEST,
  lookAgainOn,
  readJournal,
  VERSION,
  writeEntry,
} from "../../theme/elements/journal-model.js";
import { RecordError } from "../../theme/elements/record-model.js";

const parsedJournal = (text) => readJournal(text).journal;
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

test("a tick is read back as one, and only where it is one", () => {
  const entries = {
    "a/b/c": entry("yes", { tick: true }),
    "a/b/d": entry("yes"),
    "a/b/e": entry("x", { tick: "true" }),
  };
  const read = parsedJournal(JSON.stringify({ schema: VERSION, entries })).entries;
  assert.deepEqual(
    Object.values(read).map(({ tick }) => tick),
    [true, undefined, undefined]
  );
});

test("the key cannot be taken out", async () => {
  await assert.rejects(crypto.subtle.exportKey("raw", by.key));
});

test("a lock survives being written and read", () => {
  assert.deepEqual({ ...parsedJournal(stored()).lock }, lock);
});

test("a lock that is too weak, too slow or no lock is refused", () => {
  const wrong = [
    { rounds: ROUNDS - 1 },
    { rounds: 1 },
    { rounds: 1e9 },
    { rounds: "600000" },
    { salt: "<b>" },
    { iv: 5 },
    { text: "" },
  ];
  for (const over of wrong) assert.throws(() => parsedJournal(stored(over)), RecordError, JSON.stringify(over));
  assert.throws(() => parsedJournal(JSON.stringify({ schema: VERSION, lock: null })), RecordError);
});

test("a journal of the version before is read as it was", () => {
  const old = parsedJournal(JSON.stringify({ schema: 1, on: true, entries: { "a/b/c": entry("x") } }));
  assert.deepEqual({ ...old.entries["a/b/c"] }, entry("x"));
  assert.equal(old.lock, undefined);
});

const entry = (text, over = {}) => ({
  text,
  at: "2026-11-02",
  label: "l",
  title: "t",
  module: "m",
  url: "",
  plan: false,
  revisit: "",
  ...over,
});
const textsOf = (journal) => Object.values(journal.entries).map((one) => one.text);

test("an entry that cannot be read costs no other", () => {
  const bad = {
    "no key": entry("a"),
    "a/b/words": "x",
    "a/b/none": null,
    "a/b/number": entry(5),
    "a/b/long": entry("x".repeat(LONGEST + 1)),
    "a/b/label": entry("b", { label: 7 }),
  };
  const { journal, unread } = readJournal(
    JSON.stringify({ schema: VERSION, on: true, entries: { ...bad, "a/b/good": entry("kept") } })
  );
  assert.deepEqual(textsOf(journal), ["kept"]);
  assert.deepEqual(unread, Object.keys(bad));
});

test("a bad day or address costs the day or address, not the words", () => {
  const { journal, unread } = readJournal(
    JSON.stringify({
      schema: VERSION,
      on: true,
      entries: { "a/b/c": entry("kept", { at: "2026-99-99", revisit: 5, url: "a/?utm=1" }) },
    })
  );
  assert.deepEqual(unread, []);
  assert.deepEqual(
    [journal.entries["a/b/c"].text, journal.entries["a/b/c"].at, journal.entries["a/b/c"].url],
    ["kept", "", ""]
  );
});

test("what another page has written in the same field stays beside it", () => {
  const journal = emptyJournal();
  writeEntry(journal, "a/b/c", "", entry("Words of the first tab."));
  writeEntry(journal, "a/b/c", "", entry("Second."));
  assert.deepEqual(textsOf(journal).sort(), ["Second.", "Words of the first tab."]);
  writeEntry(journal, "a/b/c", "Second.", entry("Second, and more."));
  assert.deepEqual(textsOf(journal).sort(), ["Second, and more.", "Words of the first tab."]);
  writeEntry(journal, "a/b/c", "what was there", entry(""));
  assert.deepEqual(
    textsOf(journal).sort(),
    ["Second, and more.", "Words of the first tab."],
    "an emptied field takes nothing away that it had not seen"
  );
  assert.deepEqual(readJournal(JSON.stringify(journal)).unread, []);
});

test("a text that goes on from what another page wrote takes its place", () => {
  const journal = emptyJournal();
  writeEntry(journal, "a/b/c", "", entry("One."));
  writeEntry(journal, "a/b/c", "", entry("One. Two."));
  assert.deepEqual(textsOf(journal), ["One. Two."]);
});

test("of two texts in one place, here and in a file, both stay, and each once", () => {
  const journal = emptyJournal();
  for (const text of ["here", "there", "there", "here"]) keepBeside(journal, "a/b/c", entry(text));
  assert.deepEqual(textsOf(journal), ["here", "there"]);
});

test("a correction leaves the day that the plan has been given since", () => {
  const journal = emptyJournal();
  const seen = entry("Ask Ann.", { plan: true, revisit: "2026-12-01" });
  journal.entries["a/b/c"] = seen;
  lookAgainOn(journal, "a/b/c", "2026-12-10");
  writeEntry(journal, "a/b/c", "Ask Ann.", { ...seen, text: "Ask Ann and Bea." });
  assert.deepEqual(journal.entries["a/b/c"], { ...seen, text: "Ask Ann and Bea.", revisit: "2026-12-10" });
  delete journal.entries["a/b/c"];
  writeEntry(journal, "a/b/c", "", seen);
  assert.equal(journal.entries["a/b/c"].revisit, "2026-12-01", "one that is brought back has its own");
});

test("another day leaves the entry as it was for whoever else holds it", () => {
  const held = { "a/b/c": entry("Ask Ann.", { revisit: "2026-12-01" }) };
  const journal = { ...emptyJournal(), entries: { ...held } };
  lookAgainOn(journal, "a/b/c", "2026-12-10");
  lookAgainOn(journal, "a/b/gone", "2026-12-10");
  assert.equal(held["a/b/c"].revisit, "2026-12-01");
  assert.deepEqual(Object.keys(journal.entries), ["a/b/c"]);
});

const keysOf = (journal) => Object.keys(journal.entries).sort();

test("where an exercise has another name, all that stands beside a text comes along", () => {
  const journal = emptyJournal();
  const beside = ["", "__2", "__happened", "__happened__2"];
  for (const end of beside) journal.entries[`a/old/c${end}`] = entry(`text ${end}`);
  journal.entries["a/old/c-more"] = entry("another field");
  assert.ok(followKey(journal, "a/new/c", ["a/older/c", "a/old/c"]));
  assert.deepEqual(keysOf(journal), [
    "a/new/c",
    "a/new/c__2",
    "a/new/c__happened",
    "a/new/c__happened__2",
    "a/old/c-more",
  ]);
  assert.ok(!followKey(journal, "a/new/c", ["a/older/c", "a/old/c"]), "and then there is nothing to do");
});

test("what was parted from its plan by a rename finds it, and two plans stay two", () => {
  const journal = emptyJournal();
  for (const key of ["a/new/c", "a/new/c__happened", "a/old/c__happened"]) journal.entries[key] = entry(key);
  assert.ok(followKey(journal, "a/new/c", ["a/old/c"]));
  assert.deepEqual(keysOf(journal), ["a/new/c", "a/new/c__happened", "a/new/c__happened__2"]);
  for (const key of ["a/old/c", "a/old/c__happened"]) journal.entries[key] = entry(key);
  assert.ok(!followKey(journal, "a/new/c", ["a/old/c"]));
  assert.equal(textsOf(journal).length, 5);
});

test("what came of a plan goes back with the plan to an earlier key, and along again", () => {
  const journal = emptyJournal();
  const plan = { ...entry("plan"), formerly: ["a/old/c", "a/older/c"] };
  Object.assign(journal.entries, { "a/new/c": plan, "a/new/c__happened": entry("happened") });
  journal.entries["a/new/c-more"] = entry("another field");
  assert.ok(followKey(journal, "a/older/c", []));
  assert.deepEqual(keysOf(journal), ["a/new/c-more", "a/older/c", "a/older/c__happened"]);
  assert.ok(followKey(journal, "a/new/c", ["a/old/c", "a/older/c"]));
  assert.deepEqual(keysOf(journal), ["a/new/c", "a/new/c-more", "a/new/c__happened"]);
});

// ------------------------------------------------------------------------ what a later version adds

const KEY = "trust/openness/what";
const written = (over = {}) => ({
  ...{ text: "Mine.", at: "2026-11-02", label: "L", title: "T", module: "M", url: "trust/openness/" },
  ...{ plan: false, revisit: "", later: "entry" },
  ...over,
});
const read = (entries, over = {}) =>
  readJournal(JSON.stringify({ schema: VERSION, on: true, later: { top: ["x"] }, ...over, entries }));

/** All that a page does to an entry. */
const DEEDS = {
  reading: () => KEY,
  writing: (journal) => {
    const { later, ...page } = written({ text: "Mine, and more." });
    writeEntry(journal, KEY, "Mine.", page);
    return KEY;
  },
  "another day": (journal) => {
    lookAgainOn(journal, KEY, "2026-12-01");
    return KEY;
  },
  "a rename": (journal) => {
    followKey(journal, "trust/openness/other", [KEY]);
    return "trust/openness/other";
  },
  "the same text from a file": (journal) => {
    const { later, ...plain } = journal.entries[KEY];
    journal.entries[KEY] = plain;
    keepBeside(journal, KEY, { ...plain, later });
    return KEY;
  },
};
for (const [name, make] of Object.entries(DEEDS))
  test(`what a later version of the site adds to an entry comes through ${name}`, () => {
    const { journal, unread } = read({ [KEY]: written() });
    assert.deepEqual(unread, []);
    const key = make(journal);
    const again = readJournal(JSON.stringify(journal)).journal;
    assert.equal(again.entries[key].later, "entry");
    assert.deepEqual(again.later, { top: ["x"] });
  });

test("what a later version adds to a lock comes through", () => {
  assert.equal(parsedJournal(stored({ hint: "x" })).lock.hint, "x");
});

test("a field that is too long costs no word of its entry, and is put aside", () => {
  const { journal, unread } = read({ [KEY]: written({ later: "x".repeat(20_001) }) });
  assert.deepEqual(unread, [KEY]);
  assert.equal(journal.entries[KEY].text, "Mine.");
  assert.equal(journal.entries[KEY].later, undefined);
});
