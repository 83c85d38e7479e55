import assert from "node:assert/strict";
import { test } from "node:test";

import { counted, merged, same } from "../../theme/elements/record-merge.js";
import { empty, follow, moduleOf, noteAnswer, parsed, RecordError, VERSION } from "../../theme/elements/record-model.js";

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
const again = (record) => parsed(JSON.stringify(record));

test("a record survives being written and read", () => {
  assert.deepEqual(JSON.parse(JSON.stringify(again(full()))), JSON.parse(JSON.stringify(full())));
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

test("saved work follows an id that changed, and is never given to another", () => {
  const questions = { old: 1, other: 2 };
  follow(questions, "new", ["older", "old"]);
  assert.deepEqual(questions, { new: 1, other: 2 });
  const taken = { old: 1, new: 3 };
  follow(taken, "new", ["old"]);
  assert.deepEqual(taken, { new: 3 });
});

for (const [name, text] of Object.entries({
  "no JSON": "{",
  "another thing": '"hello"',
  "a list": "[]",
  "no version": "{}",
  "a version that never was": '{"schema": 0}',
  "modules that are a list": '{"schema": 1, "modules": []}',
  "a name that is no id": '{"schema": 1, "modules": {"__proto__ ": {}}}',
  "an answer without a day": '{"schema": 1, "modules": {"a": {"questions": {"b": {"fingerprint": "x", "response": [], "attempts": 1}}}}}',
  "a score beyond 1": '{"schema": 1, "modules": {"a": {"questions": {"b": {"fingerprint": "x", "response": [], "attempts": 1, "score": 7, "at": "2026-01-01"}}}}}',
  "a response of numbers": '{"schema": 1, "modules": {"a": {"questions": {"b": {"fingerprint": "x", "response": [1], "attempts": 1, "at": "2026-01-01"}}}}}',
  "a card in a box that is not there": '{"schema": 1, "review": {"a/b": {"box": 9, "due": "2026-01-01", "fingerprint": "", "rights": 0, "seen": "2026-01-01"}}}',
  "a log of words": '{"schema": 1, "log": "x"}',
})) test(`a record is refused that is ${name}`, () => assert.throws(() => parsed(text), RecordError));

test("a file that is too large is refused before it is read", () => {
  assert.throws(() => parsed(" ".repeat(2_000_001)), /too large/);
});

test("names that mean something to JavaScript change nothing", () => {
  const text = '{"schema": 1, "modules": {"constructor": {"questions": {"prototype": {"fingerprint": "x", "response": [], "attempts": 1, "at": "2026-01-01"}}}}}';
  const record = parsed(text);
  assert.equal(Object.getPrototypeOf(record.modules), null);
  assert.equal(record.modules.constructor.questions.prototype.attempts, 1);
  assert.throws(() => parsed('{"schema": 1, "modules": {"__proto__": {}}}'), RecordError);
  assert.equal({}.questions, undefined);
});

test("what is not known is left out", () => {
  assert.equal(again({ ...full(), extra: 1 }).extra, undefined);
});

test("a record from the future is told apart", () => {
  assert.throws(() => parsed(JSON.stringify({ schema: VERSION + 1 })), (error) => error instanceof RecordError && error.newer);
});

test("an earlier version is brought up to date step by step", () => {
  const migrations = { 1: (record) => ({ ...record, schema: 2 }), 2: (record) => ({ ...record, schema: 3, place: { url: "a/", title: "A", at: "2026-01-01" } }) };
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
  turned.modules = Object.fromEntries([["zz", { lessons: {}, questions: {}, scenarios: {}, confidence: {} }], ...Object.entries(turned.modules)]);
  const other = JSON.parse(JSON.stringify(turned));
  other.modules = Object.fromEntries(Object.entries(other.modules).reverse());
  assert.ok(same(turned, other));
  assert.ok(!same(turned, full()));
});

test("merging a record with itself or with nothing changes nothing", () => {
  const plain = (record) => JSON.parse(JSON.stringify(record));
  assert.deepEqual(plain(merged(full(), full())), plain(full()));
  assert.deepEqual(plain(merged(empty(), full())), plain(full()));
});
