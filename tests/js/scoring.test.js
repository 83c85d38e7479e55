import assert from "node:assert/strict";
import { test } from "node:test";

import { scoreLines, scoreOne, scoreSeveral } from "../../theme/elements/scoring.js";

const pick = (id, credit, chosen) => ({ id, credit, chosen });

test("nothing chosen scores nothing", () => {
  assert.equal(scoreOne([pick("a", 1, false), pick("b", 0, false)]), 0);
});

test("one chosen option scores its credit", () => {
  assert.equal(scoreOne([pick("a", 1, false), pick("b", 0.5, true)]), 0.5);
});

test("all right options and no other score everything", () => {
  assert.deepEqual(scoreSeveral([pick("a", 1, true), pick("b", 1, true), pick("c", 0, false)]), {
    score: 1,
    right: 2,
    chosen: 2,
    wanted: 2,
  });
});

test("a wrong choice takes away what a right one gave", () => {
  assert.deepEqual(scoreSeveral([pick("a", 1, true), pick("b", 1, false), pick("c", 0, true)]), {
    score: 0,
    right: 1,
    chosen: 2,
    wanted: 2,
  });
});

test("choosing everything scores no better than choosing nothing of worth", () => {
  assert.equal(scoreSeveral([pick("a", 1, true), pick("b", 0, true), pick("c", 0, true)]).score, 0);
});

test("lines are worth the share that is right", () => {
  assert.equal(scoreLines([true, false, true, true]), 0.75);
  assert.equal(scoreLines([]), 0);
});
