/** What the learner's own pages know where not all of it could be loaded. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Browser } from "./simulated.js";

const KNOWN = { title: "T", version: "1.0", formerly: [], parts: {}, objectives: {}, scenarios: {}, confidence: [] };
const FILES = {
  "assets/index.json": { modules: { one: [], two: [], three: [] } },
  "one/index.json": { ...KNOWN, questions: { q: { part: "quiz", fingerprint: "f", review: true } } },
  "two/index.json": { ...KNOWN, questions: { q: { part: "quiz", fingerprint: "f", review: true } } },
};

/** Someone who has answered questions in two of three modules. */
async function learner() {
  const browser = new Browser();
  const tab = await browser.open("https://example.org/course/review/");
  const missing = new Set();
  tab.context.document.body = { append() {} };
  tab.context.fetch = async (url) => {
    const name = String(url).slice("https://example.org/course/".length);
    if (missing.has(name)) throw new TypeError("Failed to fetch");
    return { ok: name in FILES, json: async () => structuredClone(FILES[name]) };
  };
  const { record, saveAnswer } = await tab.script("record.js");
  const given = { fingerprint: "f", response: ["a"], score: 1, sure: null };
  for (const module of ["one", "two"]) {
    await saveAnswer(module, { id: "q", formerly: [], review: true }, given);
    await tab.settle();
  }
  return { missing, record, tab, ...(await tab.script("learner-pages.js")) };
}

const names = ({ modules, others }) => [Object.keys(modules), Object.keys(others)];

test("a module that could not be loaded takes nothing away from the others", async () => {
  const { index, isPart, missing, renewed } = await learner();
  missing.add("two/index.json");
  const part = await index();
  assert.deepEqual(names(part), [["one"], ["two", "three"]]);
  assert.equal(isPart(part), true);
  missing.clear();
  const whole = await renewed(part);
  assert.deepEqual(names(whole), [["one", "two"], ["three"]]);
  assert.equal(isPart(whole), false);
});

test("its cards are not taken for those of questions that are gone", async () => {
  const { bringUpToDate, index, missing, record, tab } = await learner();
  missing.add("two/index.json");
  await bringUpToDate(await index());
  await tab.settle();
  assert.deepEqual(Object.keys(record().review), ["one/q", "two/q"]);
  assert.equal(record().review["two/q"].away, undefined);
});

test("where no module could be loaded there is no index", async () => {
  const { index, missing } = await learner();
  missing.add("one/index.json").add("two/index.json");
  await assert.rejects(index());
});
