import assert from "node:assert/strict";
import { test } from "node:test";

import { empty } from "../../theme/elements/record-model.js";
import { enter, GAPS, later } from "../../theme/elements/review-card.js";
import { ahead, due, reviewed, session, sync } from "../../theme/elements/review-model.js";

const DAY = "2026-11-01";
const withCards = (...ids) => {
  const record = empty();
  for (const id of ids) enter(record, id, "f", DAY);
  return record;
};

test("an answered question comes back the next day, and is put in once", () => {
  const record = withCards("a/one");
  assert.deepEqual([due(record, DAY), due(record, "2026-11-02")], [[], ["a/one"]]);
  record.review["a/one"].box = 4;
  enter(record, "a/one", "f", "2026-11-20");
  assert.equal(record.review["a/one"].box, 4);
});

test("right and sure climbs through every box, with its gap", () => {
  const record = withCards("a/one");
  let day = DAY;
  for (const [index, gap] of GAPS.slice(1).entries()) {
    day = record.review["a/one"].due;
    reviewed(record, "a/one", true, true, day);
    assert.equal(record.review["a/one"].box, index + 2);
    assert.equal(record.review["a/one"].due, later(day, gap));
  }
  reviewed(record, "a/one", true, true, record.review["a/one"].due);
  assert.equal(record.review["a/one"].box, 6);
});

test("right and not sure stays in its box", () => {
  const record = withCards("a/one");
  reviewed(record, "a/one", true, false, "2026-11-02");
  assert.deepEqual([record.review["a/one"].box, record.review["a/one"].due], [1, "2026-11-03"]);
});

test("not right goes back to the first box", () => {
  const record = withCards("a/one");
  record.review["a/one"].box = 5;
  reviewed(record, "a/one", false, true, "2026-11-02");
  assert.deepEqual([record.review["a/one"].box, record.review["a/one"].rights], [1, 0]);
});

test("where nobody says how sure, two right answers in a row leave the first box, and one each later box", () => {
  const record = withCards("a/one");
  const boxes = [true, false, true, true, true].map((correct) => {
    reviewed(record, "a/one", correct, null, record.review["a/one"].due);
    return record.review["a/one"].box;
  });
  assert.deepEqual(boxes, [1, 1, 1, 2, 3]);
});

test("an overdue card that is right goes up like any other", () => {
  const record = withCards("a/one");
  reviewed(record, "a/one", true, true, "2027-03-01");
  assert.deepEqual([record.review["a/one"].box, record.review["a/one"].due], [2, "2027-03-04"]);
});

test("a clock that was turned back never puts a card into the past", () => {
  const record = withCards("a/one");
  reviewed(record, "a/one", true, true, "2025-01-01");
  assert.equal(record.review["a/one"].due, later(DAY, 3));
});

test("the most overdue comes first, then the lowest box", () => {
  const record = withCards("a/one", "b/two", "c/three");
  record.review["b/two"].due = "2026-10-01";
  record.review["c/three"].box = 3;
  assert.deepEqual(due(record, "2026-12-01"), ["b/two", "a/one", "c/three"]);
});

test("a session has ten cards, and no more than two of a module in a row where others wait", () => {
  const record = withCards(...Array.from({ length: 9 }, (_, n) => `a/q${n}`), "b/one", "b/two", "c/one");
  const chosen = session(record, "2026-12-01");
  assert.equal(chosen.length, 10);
  const modules = chosen.map((id) => id[0]).join("");
  assert.equal(modules.slice(0, 8).includes("aaa"), false, modules);
  assert.equal(session(withCards("a/1", "a/2", "a/3"), "2026-12-01").length, 3);
});

test("cards of questions that are gone wait until they are back, and changed ones start lower", () => {
  const record = withCards("a/gone", "a/changed", "a/same");
  for (const card of Object.values(record.review)) card.box = 5;
  const known = { "a/changed": { fingerprint: "new", module: "a" }, "a/same": { fingerprint: "f", module: "a" } };
  sync(record, known, DAY);
  assert.deepEqual(due(record, "2027-01-01"), ["a/changed", "a/same"]);
  assert.equal(
    ahead(record, DAY).reduce((sum, [, count]) => sum + count, 0),
    2
  );
  assert.deepEqual([record.review["a/changed"].box, record.review["a/same"].box], [2, 5]);
  sync(record, { ...known, "a/gone": { fingerprint: "f", module: "a" } }, DAY);
  assert.deepEqual(due(record, "2027-01-01").sort(), ["a/changed", "a/gone", "a/same"]);
  assert.equal(record.review["a/gone"].box, 5);
});

test("a card that a wrong clock sent years ahead comes back within its gap", () => {
  const record = withCards("a/one");
  reviewed(record, "a/one", true, true, "2036-05-01");
  sync(record, { "a/one": { fingerprint: "f", module: "a" } }, DAY);
  assert.deepEqual([record.review["a/one"].due, record.review["a/one"].seen], [later(DAY, GAPS[1]), DAY]);
});

test("the log keeps what another scheduler would need, and no more than a thousand entries", () => {
  const record = withCards("a/one");
  for (let n = 0; n < 1005; n += 1) reviewed(record, "a/one", false, null, "2026-11-04");
  assert.equal(record.log.length, 1000);
  assert.deepEqual(record.log[0], {
    id: "a/one",
    at: "2026-11-04",
    elapsed: 0,
    correct: false,
    sure: null,
    from: 1,
    to: 1,
  });
});

test("what is overdue counts for today", () => {
  const record = withCards("a/one", "a/two");
  record.review["a/one"].due = "2026-10-01";
  record.review["a/two"].due = "2026-11-09";
  assert.deepEqual(ahead(record, DAY), [
    [DAY, 1],
    ["2026-11-09", 1],
  ]);
});

test("a card goes down once for words that are new to it, and to and fro changes nothing", () => {
  const record = withCards("a/one");
  Object.assign(record.review["a/one"], { box: 5, due: "2026-11-20", seen: "2026-10-16" });
  const turns = ["f", "g", "f", "g", "f"].map((fingerprint) => {
    sync(record, { "a/one": { fingerprint, module: "a" } }, DAY);
    const { box, due: day } = record.review["a/one"];
    return [box, day];
  });
  const [was, changed] = [
    [5, "2026-11-20"],
    [2, later(DAY, GAPS[1])],
  ];
  assert.deepEqual(turns, [was, changed, was, changed, was]);
});

test("a review counts for the words that were asked, whichever the card is for by then", () => {
  const record = withCards("a/one");
  sync(record, { "a/one": { fingerprint: "g", module: "a" } }, DAY);
  reviewed(record, "a/one", true, true, "2026-11-02", "f");
  assert.deepEqual([record.review["a/one"].fingerprint, record.review["a/one"].box], ["f", 2]);
  sync(record, { "a/one": { fingerprint: "g", module: "a" } }, DAY);
  assert.equal(record.review["a/one"].box, 1);
});
