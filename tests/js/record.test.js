import assert from "node:assert/strict";
import { test } from "node:test";

import { noteStep } from "../../theme/elements/confidence-step.js";
import { added, counted, merged, same } from "../../theme/elements/record-merge.js";
import { bringUpToDate } from "../../theme/elements/record-course.js";
import { followAnswer, followModule } from "../../theme/elements/record-follow.js";
import { LARGEST_FILE, readFile } from "../../theme/elements/record-file.js";
import {
  empty,
  moduleOf,
  noteAnswer,
  readRecord,
  recordOf,
  RecordError,
  VERSION,
  isDay,
  wordings,
} from "../../theme/elements/record-model.js";
import { reviewed } from "../../theme/elements/review-model.js";

const given = (over = {}) => ({ fingerprint: "f1", response: ["b"], score: 0, sure: null, ...over });

const full = () => {
  const record = empty();
  noteAnswer(record, "empathy", "quiz-a", given(), "2026-11-01");
  noteAnswer(record, "empathy", "quiz-a", given({ response: ["a"], score: 1 }), "2026-11-02");
  moduleOf(record, "empathy").lessons["saying-it"] = "2026-11-02";
  moduleOf(record, "empathy").confidence.before = { step: "some", place: 2, of: 5, at: "2026-11-01" };
  record.review["empathy/quiz-a"] = { box: 2, due: "2026-11-05", fingerprint: "f1", rights: 1, seen: "2026-11-02" };
  record.log.push({ id: "empathy/quiz-a", at: "2026-11-02", elapsed: 1, correct: true, sure: true, from: 1, to: 2 });
  record.place = { url: "empathy/saying-it/", title: "Saying it", at: "2026-11-02" };
  return record;
};
const parsed = (text, ...versions) => readRecord(text, ...versions).record;
const again = (record) => parsed(JSON.stringify(record));
const plain = (value) => JSON.parse(JSON.stringify(value));

test("a record survives being written and read", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(again(full()))), JSON.parse(JSON.stringify(full())));
});

test("a day is one that the calendar has", () => {
  for (const year of [1999, 2000, 2023, 2024, 2100])
    for (let month = 0; month <= 13; month += 1)
      for (let day = 0; day <= 32; day += 1) {
        const name = [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
        const is = new Date(Date.UTC(year, month - 1, day)).toJSON().startsWith(name);
        assert.equal(isDay(name), is, name);
      }
  for (const other of [
    "",
    "2026-1-02",
    "2026-11-02T00:00",
    " 2026-11-02",
    "0999-11-02",
    20261102,
    null,
    ["2026-11-02"],
  ])
    assert.equal(isDay(other), false, String(other));
});

test("a record of a thousand days makes no thousand dates", () => {
  const record = full();
  for (let number = 0; number < 1000; number += 1)
    record.review[`empathy/quiz-${number}`] = record.review["empathy/quiz-a"];
  const text = JSON.stringify(record);
  const real = Date;
  let made = 0;
  globalThis.Date = class extends real {
    constructor(...parts) {
      super(...parts);
      made += 1;
    }
  };
  try {
    readRecord(text);
  } finally {
    globalThis.Date = real;
  }
  assert.equal(made, 0);
});

test("a record that was read before is the same once more, with nothing inherited", () => {
  const record = again(full());
  const copy = recordOf(JSON.stringify(record));
  assert.deepEqual(plain(copy), plain(record));
  const { modules, review, moves } = copy;
  const tables = [modules, review, moves, ...Object.values(modules).flatMap((module) => Object.values(module))];
  for (const table of tables) assert.ok(typeof table === "string" || !("constructor" in table));
});

test("an answer keeps its first score, counts attempts and remembers what was chosen wrongly", () => {
  const answer = full().modules.empathy.questions["quiz-a"];
  assert.deepEqual([answer.first, answer.score, answer.attempts, answer.met], [0, 1, 2, ["b"]]);
});

test("a changed question starts anew", () => {
  const record = full();
  noteAnswer(record, "empathy", "quiz-a", given({ fingerprint: "f2", score: 1, response: ["a"] }), "2026-11-09");
  const answer = record.modules.empathy.questions["quiz-a"];
  assert.deepEqual([answer.attempts, answer.first, answer.met], [1, 1, []]);
});

test("an answer to other words is kept beside, counts by itself, and survives a damaged neighbour", () => {
  const record = full();
  const other = given({ fingerprint: "f2", score: 1, response: ["c"] });
  noteAnswer(record, "empathy", "quiz-a", other, "2026-11-09");
  noteAnswer(record, "empathy", "quiz-a", given(), "2026-11-10");
  noteAnswer(record, "empathy", "quiz-a", other, "2026-11-11");
  const [first, second] = wordings(again(record).modules.empathy.questions["quiz-a"]);
  assert.deepEqual([first.fingerprint, first.attempts, second.fingerprint, second.attempts], ["f2", 2, "f1", 3]);
  const damaged = plain(record);
  damaged.modules.empathy.questions["quiz-a"].otherwise.push({ fingerprint: 5 });
  const { record: read, unread } = readRecord(JSON.stringify(damaged));
  assert.deepEqual(plain(read), plain(record));
  assert.deepEqual(unread.length, 1);
});

test("saved work follows an id that changed, and is never given to another", () => {
  const record = full();
  noteAnswer(record, "empathy", "quiz-b", given({ fingerprint: "f9" }), "2026-11-03");
  followAnswer(record, "empathy", "quiz-new", ["quiz-older", "quiz-a"]);
  assert.deepEqual(Object.keys(record.modules.empathy.questions).sort(), ["quiz-b", "quiz-new"]);
  assert.equal(record.modules.empathy.questions["quiz-new"].score, 1);
});

test("where both ids hold something, the two become one", () => {
  const record = full();
  noteAnswer(record, "kindness", "quiz-c", given(), "2026-11-05");
  moduleOf(record, "kindness").lessons["saying-it"] = "2026-11-09";
  followModule(record, "kindness", ["empathy"]);
  assert.deepEqual(
    Object.keys(record.modules).sort(),
    ["empathy", "kindness"],
    "a page that cannot make them one leaves both"
  );
  bringUpToDate(
    record,
    { modules: { kindness: { formerly: ["empathy"], parts: {}, questions: {}, scenarios: {} } } },
    "2026-11-09"
  );
  assert.deepEqual(Object.keys(record.modules), ["kindness"]);
  assert.deepEqual(Object.keys(record.modules.kindness.questions).sort(), ["quiz-a", "quiz-c"]);
  assert.equal(record.modules.kindness.lessons["saying-it"], "2026-11-02", "the first day counts");
  assert.deepEqual(plain(record.moves), { "modules/kindness": ["empathy"] }, "so that it can be followed back");
});

for (const [name, text] of Object.entries({
  "no JSON": "{",
  "another thing": '"hello"',
  "a list": "[]",
  "no version": "{}",
  "a version that never was": '{"schema": 0}',
}))
  test(`a record is refused that is ${name}`, () => assert.throws(() => parsed(text), RecordError));

/** One bad part, by where it stands in a record that is otherwise sound. */
const BAD = {
  "modules that are a list": [["modules"], []],
  "a module that is a word": [["modules", "trust"], "x"],
  "a name that is no id": [["modules", "__proto__ "], {}],
  "a finished lesson without a day": [["modules", "empathy", "lessons", "other"], "soon"],
  "a day that no calendar has": [["modules", "empathy", "lessons", "other"], "2026-02-31"],
  "an answer without a day": [
    ["modules", "empathy", "questions", "b"],
    { fingerprint: "x", response: [], attempts: 1 },
  ],
  "a score beyond 1": [
    ["modules", "empathy", "questions", "b"],
    { fingerprint: "x", response: [], attempts: 1, score: 7, at: "2026-01-01" },
  ],
  "a response of numbers": [
    ["modules", "empathy", "questions", "b"],
    { fingerprint: "x", response: [1], attempts: 1, at: "2026-01-01" },
  ],
  "endings that are no list": [["modules", "empathy", "scenarios", "s"], "end"],
  "a step beyond the scale": [
    ["modules", "empathy", "confidence", "after"],
    { step: "x", place: 99, of: 5, at: "2026-01-01" },
  ],
  "a version that is a number": [["modules", "empathy", "version"], 5],
  "moves that are words": [["modules", "empathy", "moves"], "x"],
  "a card in a box that is not there": [
    ["review", "a/b"],
    { box: 9, due: "2026-01-01", fingerprint: "", rights: 0, seen: "2026-01-01" },
  ],
  "a card in half a box": [
    ["review", "a/b"],
    { box: 1.5, due: "2026-01-01", fingerprint: "", rights: 0, seen: "2026-01-01" },
  ],
  "a log of words": [["log"], "x"],
  "an entry of the log that is a number": [["log", "0"], 5],
  "a place outside the site": [["place"], { url: "//elsewhere.example/", title: "x", at: "2026-01-01" }],
  "a place with a query": [["place", "url"], "trust/openness/?utm_source=x"],
  "a place that is a word": [["place"], "x"],
};

for (const [name, [path, value]] of Object.entries(BAD))
  test(`${name} costs that part, and nothing else`, () => {
    const bad = plain(full());
    const inside = path.slice(0, -1).reduce((part, key) => part[key], bad);
    inside[path.at(-1)] = value;
    const { record, unread } = readRecord(JSON.stringify(bad));
    assert.equal(unread.length, 1, JSON.stringify(unread));
    const sound = plain(full());
    const left = path.slice(0, -1).reduce((part, key) => part[key], sound);
    // What stood in the place of the bad part is what it costs.
    const emptied =
      path[0] === "place"
        ? null
        : path.length === 1
          ? plain(empty())[path[0]]
          : { version: "", moves: {} }[path.at(-1)];
    if (path[0] === "place") sound.place = null;
    else if (path[0] === "log") sound.log = [];
    else if (emptied !== undefined) left[path.at(-1)] = emptied;
    assert.deepEqual(plain(record), sound);
    assert.deepEqual(readRecord(JSON.stringify(record)).unread, [], "what is left is sound");
  });

test("a score that misses 1 by a hair is 1", () => {
  const bad = plain(full());
  bad.modules.empathy.questions["quiz-a"].score = 1.0000001;
  assert.equal(parsed(JSON.stringify(bad)).modules.empathy.questions["quiz-a"].score, 1);
});

test("a file that is too large is refused before it is read", () => {
  assert.throws(() => readFile(" ".repeat(LARGEST_FILE + 1)), /large/);
});

test("names that mean something to JavaScript change nothing", () => {
  const text =
    '{"schema": 1, "modules": {"constructor": {"questions": {"prototype": ' +
    '{"fingerprint": "x", "response": [], "attempts": 1, "at": "2026-01-01"}}}}}';
  const record = parsed(text);
  assert.equal(Object.getPrototypeOf(record.modules), null);
  assert.equal(record.modules.constructor.questions.prototype.attempts, 1);
  assert.equal(readRecord('{"schema": 1, "modules": {"__proto__": {"lessons": {}}}}').unread.length, 1);
  assert.equal({}.questions, undefined);
});

/** Every object of a record that has fields. */
const parts = (record) => [
  record,
  ...[record.place].filter(Boolean),
  ...record.log,
  ...Object.values(record.review).flatMap((card) => [card, ...(card.otherwise ?? [])]),
  ...Object.values(record.modules).flatMap((module) => [
    module,
    module.confidence,
    ...Object.values(module.confidence).filter((step) => step.step),
    ...Object.values(module.questions).flatMap((answer) => [answer, ...(answer.otherwise ?? [])]),
  ]),
];
/** A record in which a later version of the site has put a field into everything, each with a value of its own. */
function ofLaterVersion(record, name = "later") {
  const made = plain(record);
  for (const [at, part] of parts(made).entries()) part[name] = { words: [`${name}-${at}-`], sure: at % 2 === 0 };
  return made;
}
const marks = (record) => [...new Set(JSON.stringify(record).match(/later[a-z]*-\d+-/g))].sort();

/** All that a page does to a record. */
const DEEDS = {
  reading: (record) => record,
  "another answer": (record) => {
    noteAnswer(record, "empathy", "quiz-a", given({ score: 1 }), "2026-11-20");
    return record;
  },
  "an answer to other words": (record) => {
    noteAnswer(record, "empathy", "quiz-a", given({ fingerprint: "f3" }), "2026-11-20");
    return record;
  },
  "another step": (record) => {
    noteStep(record, "empathy", "before", { step: "much", place: 4, of: 5, at: "2026-11-20" });
    return record;
  },
  "a review": (record) => {
    reviewed(record, "empathy/quiz-a", true, true, "2026-11-20", "f9");
    return record;
  },
  "a rename": (record) => {
    followModule(record, "feeling", ["empathy"]);
    followAnswer(record, "feeling", "quiz-z", ["quiz-a"]);
    return record;
  },
  "two ids that become one": (record) => {
    noteAnswer(record, "empathy", "quiz-b", given({ score: 1 }), "2026-11-20");
    const question = { part: "quiz", kind: "c", fingerprint: "f1", objectives: [], formerly: ["quiz-a"], review: true };
    const known = { title: "E", version: "", formerly: [], parts: {}, objectives: {}, scenarios: {}, confidence: [] };
    bringUpToDate(record, { modules: { empathy: { ...known, questions: { "quiz-b": question } } } }, "2026-11-20");
    return record;
  },
  "a record that joins it": (record) => merged(record, full()),
  "a record that it joins": (record) => merged(full(), record),
  "a later record that joins it": (record) => {
    const other = full();
    noteAnswer(other, "empathy", "quiz-a", given({ score: 1 }), "2026-12-20");
    other.review["empathy/quiz-a"].seen = "2026-12-20";
    noteStep(other, "empathy", "before", { step: "much", place: 4, of: 5, at: "2026-12-20" });
    return merged(record, other);
  },
  "coming back from the disk": (record) => merged(added(record, empty()), empty()),
  "coming back to what was there": (record) => merged(added(record, full()), full()),
};

for (const [name, make] of Object.entries(DEEDS))
  test(`what a later version of the site adds comes through ${name}`, () => {
    const kept = full();
    noteAnswer(kept, "empathy", "quiz-a", given({ fingerprint: "f2" }), "2026-11-03");
    kept.review["empathy/quiz-a"].otherwise = [{ ...kept.review["empathy/quiz-a"], fingerprint: "f2" }];
    const written = ofLaterVersion(kept);
    const { record, unread } = readRecord(JSON.stringify(written));
    assert.deepEqual(unread, []);
    assert.deepEqual(marks(again(make(record))), marks(written));
  });

test("a field that two later versions added is that of the entry that counts", () => {
  const [one, other] = [ofLaterVersion(full()), plain(full())];
  other.modules.empathy.questions["quiz-a"] = {
    ...other.modules.empathy.questions["quiz-a"],
    ...{ at: "2026-12-24", later: "new" },
  };
  const both = merged(again(one), again(other));
  assert.equal(both.modules.empathy.questions["quiz-a"].later, "new");
});

const deep = (levels) => (levels ? [deep(levels - 1)] : []);
const TOO_MUCH = {
  "longer than a field may be": { later: "x".repeat(20_001) },
  "deeper than a field may be": { later: deep(21) },
  "called what every object has": { constructor: 1 },
  "more than may be": Object.fromEntries(Array.from({ length: 21 }, (_none, at) => [`later${at}`, at])),
};
for (const [name, fields] of Object.entries(TOO_MUCH))
  test(`a field that is ${name} is put aside, and costs nothing else`, () => {
    const bad = plain(full());
    Object.assign(bad.modules.empathy.questions["quiz-a"], fields);
    const { record, unread } = readRecord(JSON.stringify(bad));
    assert.equal(unread.length, 1);
    const left = record.modules.empathy.questions["quiz-a"];
    assert.deepEqual(
      { ...plain(left), ...fields },
      plain({ ...full().modules.empathy.questions["quiz-a"], ...fields })
    );
    assert.deepEqual(readRecord(JSON.stringify(record)).unread, [], "what is left is sound");
  });

test("a field that would change what an object is changes nothing", () => {
  const text = JSON.stringify(full()).replace('"schema":', '"__proto__":{"polluted":1},"schema":');
  const { record, unread } = readRecord(text);
  assert.equal(unread.length, 1);
  assert.equal(record.polluted, undefined);
});

test("a record from the future is told apart", () => {
  assert.throws(
    () => parsed(JSON.stringify({ schema: VERSION + 1 })),
    (error) => error instanceof RecordError && error.message === "newer"
  );
});

test("an earlier version is brought up to date step by step", () => {
  const migrations = {
    1: (record) => ({ ...record, schema: 2 }),
    2: (record) => ({ ...record, schema: 3, place: { url: "a/", title: "A", at: "2026-01-01" } }),
  };
  assert.equal(parsed('{"schema": 1}', migrations, 3).place.title, "A");
  assert.throws(() => parsed('{"schema": 1}', {}, 2), RecordError);
});

test("two records become one: the later answer, the first finish, both logs", () => {
  const one = full();
  const other = full();
  noteAnswer(other, "empathy", "quiz-a", given({ score: 0.5, response: ["c"] }), "2026-11-20");
  noteAnswer(other, "empathy", "quiz-b", given(), "2026-11-20");
  other.modules.empathy.lessons["saying-it"] = "2026-10-01";
  other.review["empathy/quiz-a"] = { box: 1, due: "2026-11-21", fingerprint: "f1", rights: 0, seen: "2026-11-20" };
  other.log.push({ id: "empathy/quiz-b", at: "2026-11-20", elapsed: 0, correct: false, sure: null, from: 0, to: 1 });
  for (const both of [merged(one, other), merged(other, one)]) {
    assert.equal(both.modules.empathy.questions["quiz-a"].score, 0.5);
    assert.deepEqual(new Set(both.modules.empathy.questions["quiz-a"].met), new Set(["b", "c"]));
    assert.equal(both.modules.empathy.lessons["saying-it"], "2026-10-01");
    assert.equal(both.review["empathy/quiz-a"].box, 1);
    assert.equal(both.log.length, 2);
    assert.deepEqual(counted(both), { modules: 1, lessons: 1, questions: 2, cards: 1 });
  }
});

test("two records are the same in whatever order their parts stand", () => {
  const turned = JSON.parse(JSON.stringify(full()));
  turned.modules = Object.fromEntries([
    ["zz", { lessons: {}, questions: {}, scenarios: {}, confidence: {} }],
    ...Object.entries(turned.modules),
  ]);
  const other = JSON.parse(JSON.stringify(turned));
  other.modules = Object.fromEntries(Object.entries(other.modules).reverse());
  assert.ok(same(turned, other));
  assert.ok(!same(turned, full()));
});

test("merging a record with itself or with nothing changes nothing", () => {
  assert.deepEqual(plain(merged(full(), full())), plain(full()));
  assert.deepEqual(plain(merged(empty(), full())), plain(full()));
});
