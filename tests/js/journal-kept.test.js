/**
 * Whatever happens to a journal, no text that was said to be kept is lost, and none is readable behind a lock.
 * Long runs, one seed after the other, since Node keeps the memory of tabs:
 * SEED=1 RUNS=500 node --experimental-vm-modules --test tests/js/journal-kept.test.js
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { Browser } from "./simulated.js";

const RUNS = Number(process.env.RUNS ?? 60);
// The same each time: what a new seed finds is looked for in long runs, not in somebody else’s change.
const SEED = Number(process.env.SEED ?? 1);
const FIELDS = ["trust/one/a", "trust/one/b", "trust/two/a"];
const BESIDE = ["journal/notes/2026-11-02", "trust/one/line-0a1b2c3d", `${FIELDS[0]}__happened`];
const STORED = "alongside:/course/:journal";
const PASSPHRASE = "four words that fit nowhere";
const entry = (text) => ({ text, at: "2026-11-02", label: "l", title: "t", module: "m", url: "", plan: false });

class Writer {
  browser = new Browser();
  tabs = [];
  /**
   * Texts that were said to be kept and that nobody has changed or deleted since, who had seen them.
   * @type {Set<string>}
   */
  kept = new Set();
  locked = false;
  /** @type {Set<string>} */
  atRisk = new Set();
  #number = 0;

  constructor(withLocks) {
    this.browser.withLocks = withLocks;
  }

  async open() {
    const tab = await this.browser.open("https://example.org/course/trust/lesson/");
    tab.journal = await tab.script("journal.js");
    tab.model = await tab.script("journal-model.js");
    tab.seen = new Map();
    this.tabs.push(tab);
    await this.later();
    if (this.locked) await tab.journal.unlock(PASSPHRASE);
    for (const [key, { text }] of Object.entries(tab.journal.journal().entries)) tab.seen.set(key, text);
    return tab;
  }

  later() {
    return this.browser.later();
  }

  /** Somebody types into a field; the page knows what it had seen there. */
  async write(tab, key, text) {
    const before = tab.seen.get(key) ?? "";
    tab.seen.set(key, text);
    const answer = await tab.journal.updateJournal((now) => tab.model.writeEntry(now, key, before, entry(text)));
    if (!answer.ok) {
      tab.seen.set(key, before);
      return;
    }
    if (text) this.kept.add(text);
    this.kept.delete(before);
  }

  next() {
    this.#number += 1;
    return `words ${this.#number} `;
  }
}

const ACTIONS = {
  open: (writer) => writer.open(),
  type: (writer, pick) => writer.write(pick(writer.tabs), pick(FIELDS), writer.next()),
  goOn: (writer, pick) => {
    const [tab, key] = [pick(writer.tabs), pick(FIELDS)];
    return writer.write(tab, key, `${tab.seen.get(key) ?? ""}${writer.next()}`);
  },
  empty: (writer, pick) => writer.write(pick(writer.tabs), pick(FIELDS), ""),
  twoAtOnce: (writer, pick) =>
    Promise.all([
      writer.write(pick(writer.tabs), FIELDS[0], writer.next()),
      writer.write(writer.tabs.at(-1), FIELDS[1], writer.next()),
    ]),
  leave: async (writer, pick) => {
    if (writer.tabs.length < 2 || writer.locked) return;
    const tab = pick(writer.tabs);
    const text = writer.next();
    const said = writer.write(tab, pick(FIELDS), text);
    tab.close();
    writer.tabs = writer.tabs.filter((other) => other !== tab);
    await said;
    // A page that is left has no time for the disk: until the browser has
    // written there itself, a crash costs these words.
    if (writer.kept.has(text)) writer.atRisk.add(text);
  },
  lock: async (writer, pick) => {
    await writer.later();
    const { ok } = await pick(writer.tabs).journal.setPassphrase(PASSPHRASE);
    if (!ok) return;
    writer.locked = true;
    await writer.later();
    for (const tab of writer.tabs) await tab.journal.unlock(PASSPHRASE);
  },
  close: (writer, pick) => pick(writer.tabs).journal.closeJournal(),
  unlock: (writer, pick) => pick(writer.tabs).journal.unlock(PASSPHRASE),
  dropLock: async (writer, pick) => {
    await writer.later();
    if ((await pick(writer.tabs).journal.dropPassphrase()).ok) writer.locked = false;
  },
  turn: async (writer, pick, number) => {
    await pick(writer.tabs).journal.turnJournal(number % 2 === 0);
  },
  /** A note of one’s own, a line of a lesson, or what came of a plan: each beside what is there. */
  beside: async (writer, pick) => {
    const tab = pick(writer.tabs);
    const text = writer.next();
    const key = pick(BESIDE);
    const { ok } = await tab.journal.updateJournal((now) =>
      tab.model.keepBeside(now, key, { ...entry(text), revisit: "" })
    );
    if (ok) writer.kept.add(text);
  },
  /** The plan itself stays, with another day. */
  planAgain: async (writer, pick, number) => {
    const tab = pick(writer.tabs);
    await tab.journal.updateJournal((now) => tab.model.lookAgainOn(now, FIELDS[0], number % 2 ? "2026-12-01" : ""));
  },
  /** A file from another device, with the same fields. */
  file: async (writer, pick) => {
    const tab = pick(writer.tabs);
    const text = writer.next();
    const { ok } = await tab.journal.addEntries({ entries: { [pick(FIELDS)]: { ...entry(text), revisit: "" } } });
    if (ok) writer.kept.add(text);
  },
  /** Something else has damaged one entry. */
  damage: async (writer) => {
    await writer.later();
    const text = writer.browser.local[STORED];
    if (!text || writer.locked) return;
    const journal = JSON.parse(text);
    journal.entries["trust/bad/words"] = { text: 5, note: writer.next() };
    const damaged = JSON.stringify(journal);
    writer.browser.local[STORED] = damaged;
    for (const tab of writer.tabs) tab.local[STORED] = damaged;
  },
  full: (writer) => {
    writer.browser.room = 1500;
  },
  room: (writer) => {
    writer.browser.room = 5_000_000;
  },
  commit: (writer) => {
    writer.browser.commit();
    writer.atRisk.clear();
  },
  crash: async (writer) => {
    await writer.later();
    writer.browser.crash();
    writer.tabs = [];
    const left = await everything(writer, await writer.open());
    for (const text of writer.atRisk) if (!left.includes(text)) writer.kept.delete(text);
    writer.atRisk.clear();
  },
};

/** All that the journal and its copies hold, as one text. */
async function everything(writer, tab) {
  if (writer.locked) assert.ok(await tab.journal.unlock(PASSPHRASE), "it opens with its passphrase");
  const { asides } = await tab.script("store.js");
  const copies = await Promise.all([...asides("journal")].map((name) => tab.journal.asideText(name)));
  return JSON.stringify([tab.journal.journal().entries, copies]);
}

const steps = fc.array(fc.tuple(fc.constantFrom(...Object.keys(ACTIONS)), fc.nat({ max: 1000 })), {
  minLength: 3,
  maxLength: 25,
});

for (const withLocks of [true, false]) {
  test(`no text that was kept is lost, ${withLocks ? "with locks" : "without"}`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const writer = new Writer(withLocks);
        await writer.open();
        for (const [name, number] of taken) {
          await ACTIONS[name](writer, (list) => list[number % list.length], number);
          await writer.later();
        }
        writer.browser.room = 5_000_000;
        // What found no room waits in its tab, which has said so, for the next change.
        for (const tab of writer.tabs) await tab.journal.updateJournal(() => {});
        assert.ok(await writer.browser.comesToRest(), "tabs write over each other without end");
        const tab = await writer.open();
        await writer.later();
        const found = await everything(writer, tab);
        assert.deepEqual(
          [...writer.kept].filter((text) => !found.includes(JSON.stringify(text).slice(1, -1))),
          [],
          "a text is lost"
        );
        if (writer.locked)
          assert.ok(!JSON.stringify(writer.browser.local).includes("words "), "words are readable behind the lock");
        assert.deepEqual(tab.errors, []);
      }),
      { numRuns: RUNS, seed: SEED }
    );
  });
}

for (const moment of ["at once", "once it had begun"]) {
  test(`an entry that is deleted ${moment} does not come back from the disk, and what was lost does`, async () => {
    const writer = new Writer(true);
    const before = await writer.open();
    await writer.write(before, FIELDS[0], "to be deleted");
    await writer.later();
    writer.browser.commit();
    await writer.write(before, FIELDS[1], "lost with the browser");
    await writer.later();
    // The next page reads what was there before the last write, and the disk has that too.
    writer.browser.crash();
    const tab = await writer.browser.open("https://example.org/course/trust/lesson/");
    const journal = await tab.script("journal.js");
    if (moment !== "at once") await new Promise(setImmediate);
    await journal.updateJournal((now) => void delete now.entries[FIELDS[0]]);
    await writer.later();
    const texts = Object.values(journal.journal().entries).map(({ text }) => text);
    assert.deepEqual(texts, ["lost with the browser"]);
  });
}

test("a tab that kept to itself takes nothing away from the journal of a device that is private again", async () => {
  const writer = new Writer(true);
  await writer.write(await writer.open(), FIELDS[0], "of before");
  await writer.later();
  writer.browser.local["alongside:/course/:device"] = "shared";
  const alone = await writer.open();
  await writer.write(alone, FIELDS[1], "on a shared device");
  await writer.later();
  // The page that is left writes no more: the next one finds what its tab holds.
  const next = await writer.browser.open("https://example.org/course/trust/lesson/");
  for (const name of Object.keys(alone.session)) next.session[name] = alone.session[name];
  next.local["alongside:/course/:device"] = "private";
  const journal = await next.script("journal.js");
  await writer.later();
  const texts = Object.values(journal.journal().entries).map(({ text }) => text);
  assert.deepEqual(texts.sort(), ["of before", "on a shared device"]);
});

test("what a later version adds goes behind the lock with the words, and comes out with them", async () => {
  const writer = new Writer(true);
  const one = await writer.open();
  await writer.write(one, FIELDS[0], "words");
  await one.journal.updateJournal((now) => {
    now.later = { of: "the journal" };
    now.entries[FIELDS[0]].later = "of the entry";
  });
  await one.journal.setPassphrase(PASSPHRASE);
  writer.locked = true;
  await writer.later();
  assert.doesNotMatch(writer.browser.local[STORED], /of the/);
  const two = await writer.open();
  await writer.write(two, FIELDS[1], "more");
  await two.journal.addEntries(two.model.readJournal('{"schema":2,"entries":{},"second":"of a file"}').journal);
  await writer.later();
  assert.doesNotMatch(writer.browser.local[STORED], /of a/);
  const three = await writer.open();
  assert.equal((await three.journal.dropPassphrase()).ok, true);
  await writer.later();
  const plain = JSON.parse(writer.browser.local[STORED]);
  assert.deepEqual([plain.later, plain.second], [{ of: "the journal" }, "of a file"]);
  assert.equal(plain.entries[FIELDS[0]].later, "of the entry");
});

test("a deleted entry stays away where a tab that had not heard of it writes at the same moment", async () => {
  const writer = new Writer(false);
  const [one, two] = [await writer.open(), await writer.open()];
  await writer.write(one, FIELDS[0], "to be deleted");
  for (let round = 0; round < 3; round += 1) await writer.later();
  await Promise.all([
    one.journal.updateJournal((now) => void delete now.entries[FIELDS[0]]),
    writer.write(two, FIELDS[1], "of the other tab"),
  ]);
  for (let round = 0; round < 3; round += 1) await writer.later();
  for (const tab of [one, two])
    assert.deepEqual(
      Object.values(tab.journal.journal().entries).map(({ text }) => text),
      ["of the other tab"]
    );
  // What is brought back on purpose stays.
  await one.journal.updateJournal((now) => void delete now.entries[FIELDS[1]]);
  await writer.write(one, FIELDS[1], "of the other tab");
  for (let round = 0; round < 3; round += 1) await writer.later();
  assert.equal(two.journal.journal().entries[FIELDS[1]].text, "of the other tab");
});

for (const withLocks of [true, false]) {
  const how = withLocks ? "with locks" : "without";
  test(`two tabs that write and delete an entry at once come to an end, ${how}`, async () => {
    const writer = new Writer(withLocks);
    const [one, two] = [await writer.open(), await writer.open()];
    await Promise.all([
      writer.write(one, FIELDS[0], "written a moment ago"),
      writer.write(two, FIELDS[0], "written elsewhere"),
    ]);
    await writer.later();
    await Promise.all([one, two].map((tab) => tab.journal.updateJournal((now) => void delete now.entries[FIELDS[0]])));
    assert.ok(await writer.browser.comesToRest(), "they write over each other without end");
    const [here, there] = [one, two].map((tab) => JSON.stringify(tab.journal.journal().entries));
    assert.equal(here, there);
  });
}
