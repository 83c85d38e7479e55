import assert from "node:assert/strict";
import { test } from "node:test";

import { next, nextStep } from "../../theme/elements/next-step.js";
import { empty } from "../../theme/elements/record-model.js";

const LISTED = [
  { module: "listening", parts: ["hearing", "waiting", "quiz"] },
  { module: "empathy", parts: ["knowing", "feeling"] },
  { module: "goals", parts: ["aims"] },
];
const DAY = "2026-11-01";

/** A record in which these parts are finished, of someone who was last on that page. */
function after(finished, url = "") {
  const record = empty();
  for (const [module, parts] of Object.entries(finished)) {
    const lessons = Object.fromEntries(parts.map((part) => [part, { at: DAY }]));
    record.modules[module] = { lessons, questions: {} };
  }
  if (url) record.place = { url, title: "There", at: DAY };
  return record;
}

/** The same, of somebody who has answered a question of a module and finished none of its parts. */
function answered(module, record) {
  record.modules[module] = { lessons: {}, questions: { one: {} } };
  return record;
}

const STATES = {
  "nothing done": [after({}), "listening/hearing", false],
  "a page looked at": [after({}, "empathy/feeling/"), "empathy/feeling", true],
  "a page looked at, at one of its questions": [after({}, "listening/waiting/#q-one"), "listening/waiting", true],
  "the page looked at is finished": [
    after({ listening: ["hearing"] }, "listening/hearing/"),
    "listening/waiting",
    true,
  ],
  "a part left out before": [after({ listening: ["waiting"] }, "listening/waiting/"), "listening/hearing", true],
  "the module looked at is finished": [
    after({ listening: ["hearing", "waiting", "quiz"] }, "listening/quiz/"),
    "empathy/knowing",
    false,
  ],
  "another module was begun": [
    after({ listening: ["hearing", "waiting", "quiz"], goals: [], empathy: ["knowing"] }, "listening/quiz/"),
    "empathy/feeling",
    true,
  ],
  "the module looked at is finished, and in another only a question was answered": [
    answered("goals", after({ listening: ["hearing", "waiting", "quiz"] }, "listening/quiz/")),
    "goals/aims",
    true,
  ],
  "begun in the middle, last seen elsewhere": [after({ empathy: ["feeling"] }, "glossary/"), "empathy/knowing", true],
  "a page that is no longer there": [after({}, "gone/for-good/"), "listening/hearing", false],
  "a part that is no longer there": [after({ listening: ["old"] }, "listening/old/"), "listening/hearing", true],
};

for (const [state, [record, wanted, begun]] of Object.entries(STATES))
  test(state, () => {
    const step = nextStep(record, LISTED);
    assert.deepEqual([`${step.module}/${step.part}`, step.begun], [wanted, begun]);
  });

test("all finished", () => {
  const done = Object.fromEntries(LISTED.map(({ module, parts }) => [module, parts]));
  assert.equal(nextStep(after(done, "goals/aims/"), LISTED), undefined);
});

test("whatever is finished, what is offered is not", () => {
  const all = LISTED.flatMap(({ module, parts }) => parts.map((part) => [module, part]));
  for (let chosen = 0; chosen < 2 ** all.length; chosen += 1) {
    const done = {};
    for (const [at, [module, part]] of all.entries())
      if (chosen & (1 << at)) done[module] = [...(done[module] ?? []), part];
    for (const [module, part] of all) {
      const step = nextStep(after(done, `${module}/${part}/`), LISTED);
      assert.equal(step === undefined, chosen === 2 ** all.length - 1);
      assert.ok(!step || !(done[step.module] ?? []).includes(step.part));
    }
  }
});

const ALL = Object.fromEntries(LISTED.map(({ module, parts }) => [module, parts]));
const TODAY = "2026-11-30";
const card = (due, over = {}) => ({ box: 1, due, fingerprint: "x", rights: 0, seen: DAY, ...over });

/** @type {Record<string, [any, string[], any, string[]]>} what is kept, days of plans, cards, and the ways to go on */
const WAYS = {
  "nothing begun": [after({}), [], {}, ["start"]],
  "a part left": [after({ listening: ["hearing"] }), [], {}, ["part"]],
  "a part left, and reviews": [after({ listening: ["hearing"] }), [], { "a/b": card(TODAY) }, ["part", "review"]],
  "all finished": [after(ALL), [], {}, ["done"]],
  "all finished, reviews due": [after(ALL), [], { "a/b": card(TODAY) }, ["review"]],
  "all finished, reviews ahead": [after(ALL), [], { "a/b": card("2026-12-01") }, ["done"]],
  "all finished, a card that is away": [after(ALL), [], { "a/b": card(DAY, { away: true }) }, ["done"]],
  "a plan due today": [after({ listening: ["hearing"] }), [TODAY], {}, ["plan", "part"]],
  "a plan long due, all finished": [after(ALL), [DAY], { "a/b": card(DAY) }, ["plan", "review"]],
  "a plan ahead": [after(ALL), ["2026-12-01"], {}, ["done"]],
  "a plan due, nothing else begun": [after({}), [TODAY], {}, ["plan", "start"]],
};

for (const [state, [record, plans, review, kinds]] of Object.entries(WAYS))
  test(`ways to go on: ${state}`, () => {
    const ways = next({ ...record, review }, plans, TODAY, LISTED);
    assert.deepEqual(
      ways.map(({ kind }) => kind),
      kinds
    );
  });
