/** Written answers mean what they say. The table is shared with Python: tests/model/questions/test_written.py. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { listWith } from "../../theme/elements/written.js";

const TABLE = JSON.parse(readFileSync(new URL("../model/questions/written.json", import.meta.url), "utf-8"));
const WANTED = { right: 0, near_misses: 1, other: -1 };

for (const entry of TABLE) {
  test(entry.what, () => {
    const lists = [entry.accept, ...(entry.near ? [entry.near] : [])];
    for (const [key, number] of Object.entries(WANTED)) {
      for (const typed of entry[key] ?? []) assert.equal(listWith(typed, lists), number, typed);
    }
    for (const key of entry.accept) assert.equal(listWith(key, lists), 0, key);
  });
}

test("what was not written is in no list", () => {
  assert.equal(listWith("  ", [["+"], ["-"]]), -1);
});
