/** What begins anew leaves a copy of what was there, or does not begin. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Browser } from "./simulated.js";

const STORED = "alongside:/course/:record";

/** Someone who has answered a question, on a page of the course. */
async function learner() {
  const browser = new Browser();
  const tab = await browser.open("https://example.org/course/trust/quiz/");
  const record = await tab.script("record.js");
  const given = { fingerprint: "f", response: ["a"], score: 1, sure: null };
  await record.saveAnswer("trust", { id: "q", formerly: [], review: true }, given);
  await tab.settle();
  const { afresh } = await tab.script("start-again.js");
  const again = () =>
    afresh((now) => {
      delete now.modules.trust.questions.q;
    });
  return { browser, tab, record, again };
}

test("the answers are gone from the record, and in the copy", async () => {
  const { tab, record, again } = await learner();
  const kept = await again();
  assert.deepEqual([kept.ok, kept.begun], [true, true]);
  assert.deepEqual(Object.keys(record.record().modules.trust.questions), []);
  assert.ok(record.record().review["trust/q"], "reviews stay");
  const copy = Object.entries(tab.local).find(([name]) => name.startsWith(`${STORED}-set-aside`));
  assert.ok(JSON.parse(copy[1]).modules.trust.questions.q);
});

test("where there is no room for a copy, everything stays as it is", async () => {
  const { browser, record, again } = await learner();
  browser.room = 0;
  const kept = await again();
  assert.deepEqual([kept.ok, kept.begun], [false, false]);
  assert.ok(record.record().modules.trust.questions.q);
});
