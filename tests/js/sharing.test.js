/** What waits for a store of records, as it is kept, and what is told of it. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST, readSharing, readWaiting, told, withFinished, without } from "../../theme/elements/sharing-model.js";
import { uuid } from "../../theme/elements/xapi.js";

const OF = "6f1f9a5c-7a0e-4c0e-9b0a-0d6a3c1e2f10";
const SITE = { site: "https://learn.example/", course: "A course", language: "en-GB" };
const finished = (part, more = {}) => ({
  id: uuid(),
  at: "2026-12-01T10:00:00.000Z",
  module: "m",
  part,
  kind: "lesson",
  title: part,
  version: "1.0",
  ...more,
});
const nothing = readWaiting(null, OF);

test("a switch is on only where it is whole", () => {
  const on = { id: OF, name: "Zoë", since: "2026-12-01" };
  assert.deepEqual(readSharing(JSON.stringify({ ...on, more: 1 })), on);
  const broken = [null, "", "{", "null", "[]", "7", JSON.stringify({ ...on, id: "x" })];
  for (const text of [...broken, JSON.stringify({ ...on, name: 1 }), JSON.stringify({ ...on, since: "x".repeat(501) })])
    assert.equal(readSharing(text), undefined);
});

test("what waits is read as far as it is sound, and is nobody else's", () => {
  const waiting = withFinished(nothing, finished("a"));
  assert.deepEqual(readWaiting(JSON.stringify(waiting), OF), waiting);
  assert.deepEqual(readWaiting(JSON.stringify(waiting), uuid()).waiting, []);
  const strange = [7, null, {}, { ...finished("b"), id: "no" }, { ...finished("c"), title: ["x"] }, finished("d")];
  const read = readWaiting(
    JSON.stringify({ ...waiting, waiting: strange, told: [1, "m/d"], sent: {}, trouble: 3 }),
    OF
  );
  assert.deepEqual(
    read.waiting.map(({ part }) => part),
    ["d"]
  );
  assert.deepEqual([read.told, read.sent, read.trouble], [["m/d"], "", ""]);
  assert.ok(!("__proto__x" in readWaiting('{"of":"x","__proto__":{"__proto__x":1}}', "x")));
});

test("a thing is told once, and what waits has a bound", () => {
  let waiting = withFinished(nothing, finished("a"));
  assert.equal(withFinished(waiting, finished("a")), waiting);
  waiting = without(waiting, waiting.waiting[0].id);
  assert.equal(withFinished(waiting, finished("a")).waiting.length, 0);
  for (let number = 0; number < MOST + 5; number += 1) waiting = withFinished(waiting, finished(`p${number}`));
  assert.equal(waiting.waiting.length, MOST);
  assert.equal(waiting.waiting[0].part, "p5");
});

test("a statement has what was promised and nothing else", () => {
  const sharing = { id: OF, name: "", since: "2026-12-01" };
  const lesson = told(sharing, finished("l", { secret: "what somebody has written" }), SITE);
  assert.deepEqual(lesson.actor, { objectType: "Agent", account: { homePage: SITE.site, name: OF } });
  assert.equal(lesson.object.id, "https://learn.example/m/l/");
  assert.deepEqual(lesson.result, { completion: true });
  assert.deepEqual(lesson.context.contextActivities.parent, [
    { objectType: "Activity", id: "https://learn.example/m/" },
  ]);
  assert.ok(!JSON.stringify(lesson).includes("written"));
  const module = told({ ...sharing, name: "Zoë" }, finished("", { kind: "module", title: "M" }), SITE);
  assert.equal(module.object.id, "https://learn.example/m/");
  assert.equal(module.actor.name, "Zoë");
  assert.ok(!("parent" in module.context.contextActivities));
});

test("the same thing is the same statement, however often it is sent", () => {
  const one = finished("a");
  assert.deepEqual(told({ id: OF, name: "", since: "" }, one, SITE), told({ id: OF, name: "", since: "" }, one, SITE));
});
