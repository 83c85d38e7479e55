/**
 * A learner who goes to and fro between two versions of a course finds in each what was done in the other. Nothing that
 * was kept is lost, given to something else or reset by that.
 * Long runs, one seed after the other, since Node keeps the memory of tabs:
 * SEED=1 RUNS=500 node --experimental-vm-modules --test tests/js/cohorts.test.js
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { EDITS, listingOf, named, newModule, printOf, shown, wholeIndex } from "./courses.js";
import { Browser } from "./simulated.js";

const RUNS = Number(process.env.RUNS ?? 40);
const SEED = Number(process.env.SEED ?? 1);
const SPRING = "2027-spring";
const TOP = "https://example.org/course/";
const topOf = (cohort) => TOP + (cohort && `${cohort}/`);

/** Chooses one of a list by a number. */
const picker = (number) => (list) => list?.[number % list.length];

class Learner {
  browser = new Browser();
  /** Answers by the fingerprint of what was asked. @type {Set<string>} */
  answered = new Set();
  finished = new Set();
  seen = new Set();
  /** Boxes of cards that were reviewed, by the fingerprint of what was asked. @type {Map<string, number>} */
  boxes = new Map();
  /** What was written for each lesson. @type {Map<string, string>} */
  written = new Map();
  /** The lesson that was looked at last. */
  last = "";
  connected = true;

  /** @param {Record<string, object>} versions courses by the folder in which they stand */
  constructor(versions) {
    this.versions = versions;
    this.browser.serve = (url) => (this.connected ? this.file(url) : undefined);
  }

  file(url) {
    const cohort = url.startsWith(topOf(SPRING)) ? SPRING : "";
    const [folder, name] = url.slice(topOf(cohort).length).split("/");
    const course = this.versions[cohort];
    return folder === "assets" && name === "index.json" ? listingOf(course) : wholeIndex(course).modules[folder];
  }

  /** Opens a page as a browser does: what is in use first brings the record in step. */
  async open(cohort, module, lesson) {
    const tab = await this.browser.open(
      `${topOf(cohort)}${module ? `${module.id}/${lesson?.id ?? "quiz"}/` : ""}`,
      cohort
    );
    Object.assign(tab, { course: this.versions[cohort], module, lesson });
    tab.contents = { dataset: module ? { module: module.id, formerly: module.formerly.join(" ") } : {} };
    tab.record = await tab.script("record.js");
    tab.contents = null;
    const { arrived } = await tab.script("in-use.js");
    await arrived;
    await this.later();
    return tab;
  }

  async later() {
    for (let round = 0; round < 2; round += 1) {
      for (const tab of this.browser.tabs) tab.hear();
      await Promise.all([...this.browser.tabs].map((tab) => tab.settle()));
    }
  }

  async close(tab) {
    await this.later();
    tab.close();
    await this.later();
  }
}

/** Keys of the field of a lesson, under all names of it and of its module, the one of now first. */
const keysOf = (course, module, lesson) =>
  [module.id, ...module.formerly].flatMap((name) =>
    [lesson.id, ...shown(course, lesson.formerly)].map((id) => (id.includes("/") ? `${id}/text` : `${name}/${id}/text`))
  );

const ACTIONS = {
  answer: async (learner, tab, pick) => {
    const question = pick(tab.module.questions);
    if (!question) return;
    const formerly = shown(tab.course, question.formerly);
    const fingerprint = printOf(question);
    tab.record.answerOf(tab.module.id, question.id, formerly, fingerprint);
    const given = { fingerprint, response: [question.uid, fingerprint], score: 0, sure: null };
    await tab.record.saveAnswer(tab.module.id, { id: question.id, formerly, review: true }, given);
    learner.answered.add(fingerprint);
  },
  finish: async (learner, tab, pick) => {
    const lesson = pick(tab.module.lessons);
    if (!lesson) return;
    await tab.record.finish(tab.module.id, lesson.id, shown(tab.course, lesson.formerly));
    learner.finished.add(lesson.uid);
  },
  scenario: async (learner, tab, pick) => {
    const scenario = pick(tab.module.scenarios);
    if (!scenario) return;
    const { followScenario } = await tab.script("record-follow.js");
    const { moduleOf } = await tab.script("record-model.js");
    await tab.record.update((now) => {
      followScenario(now, tab.module.id, scenario.id, shown(tab.course, scenario.formerly));
      const { scenarios } = moduleOf(now, tab.module.id);
      scenarios[scenario.id] = [...(scenarios[scenario.id] ?? []), scenario.uid];
    });
    learner.seen.add(scenario.uid);
  },
  write: async (learner, tab, pick, number) => {
    const lesson = pick(tab.module.lessons);
    if (!lesson) return;
    const { followKey, writeEntry } = await tab.script("journal-model.js");
    const { journal, updateJournal } = await tab.script("journal.js");
    const [key, ...formerly] = keysOf(tab.course, tab.module, lesson);
    await updateJournal((now) => void followKey(now, key, formerly));
    const before = journal().entries[key]?.text ?? "";
    const text = `${lesson.uid} ${number}`;
    const entry = { text, at: "2026-11-02", label: "", title: "", module: "", url: "", plan: false, formerly };
    await updateJournal((now) => writeEntry(now, key, before, entry));
    learner.written.set(lesson.uid, text);
  },
  review: async (learner, tab, pick) => {
    const question = pick(tab.module.questions);
    const id = question && `${tab.module.id}/${question.id}`;
    const card = tab.record.record().review[id];
    if (!question || card?.fingerprint !== printOf(question)) return;
    const { reviewed } = await tab.script("review-model.js");
    const day = learner.browser.today;
    await tab.record.update((now) => reviewed(now, id, true, true, day, printOf(question)));
    learner.boxes.set(printOf(question), tab.record.record().review[id].box);
  },
  /** As the script of a lesson does once its page is in use. */
  look: async (learner, tab) => {
    if (!tab.lesson) return;
    const { followLesson } = await tab.script("record-follow.js");
    const formerly = shown(tab.course, tab.lesson.formerly);
    await tab.record.update((now) => followLesson(now, tab.module.id, tab.lesson.id, formerly));
    await tab.record.notePlace(tab.lesson.uid);
    learner.last = tab.lesson.uid;
  },
  nextDay: async (learner) => {
    const next = Date.parse(`${learner.browser.today}T00:00Z`) + 5 * 86_400_000;
    learner.browser.today = new Date(next).toISOString().slice(0, 10);
  },
};

/** What must hold in a version, whatever was done in which. */
async function check(learner, cohort) {
  const course = learner.versions[cohort];
  const tab = await learner.open(cohort);
  const { record } = tab.record;
  const now = record();
  const { journal } = await tab.script("journal.js");
  const { followKey } = await tab.script("journal-model.js");
  for (const module of course.modules) {
    const kept = now.modules[module.id];
    for (const question of module.questions) {
      const answer = kept?.questions[question.id];
      const print = printOf(question);
      if (answer) assert.equal(answer.response[0], question.uid, "an answer was given to another question");
      if (!learner.answered.has(print)) assert.notEqual(answer?.fingerprint, print);
      else assert.equal(answer?.response[1], print, `the answer to ${print} is not shown`);
      const card = now.review[`${module.id}/${question.id}`];
      assert.equal(card !== undefined, answer !== undefined, `the card of ${print}`);
      if (card) assert.deepEqual([card.away, card.fingerprint], [undefined, print]);
      if (learner.boxes.has(print)) assert.equal(card?.box, learner.boxes.get(print), `the box of ${print}`);
    }
    for (const lesson of module.lessons) {
      assert.equal(lesson.id in (kept?.lessons ?? {}), learner.finished.has(lesson.uid), `lesson ${lesson.uid}`);
      const [key, ...formerly] = keysOf(course, module, lesson);
      const all = structuredClone(journal());
      followKey(all, key, formerly);
      assert.equal(all.entries[key]?.text, learner.written.get(lesson.uid), `what was written for ${lesson.uid}`);
      if (learner.last === lesson.uid) assert.equal(now.place?.url, `${module.id}/${lesson.id}/`);
    }
    for (const { id, uid } of module.scenarios)
      assert.equal(id in (kept?.scenarios ?? {}), learner.seen.has(uid), `scenario ${uid}`);
  }
  // Nothing is there twice, or gone, whether this version has it or not.
  const all = Object.values(now.modules);
  const prints = all.flatMap(({ questions }) =>
    Object.values(questions).flatMap((one) => [one, ...(one.otherwise ?? [])].map(({ fingerprint }) => fingerprint))
  );
  assert.deepEqual([...prints].sort(), [...learner.answered].sort(), "every answer is there once");
  assert.deepEqual(
    all.flatMap(({ lessons }) => Object.keys(lessons)).length,
    learner.finished.size,
    "every finished lesson is there once"
  );
  assert.deepEqual(
    Object.values(journal().entries)
      .map(({ text }) => text)
      .sort(),
    [...learner.written.values()].sort()
  );
  for (const open of learner.browser.tabs) assert.deepEqual(open.errors, []);
  await learner.close(tab);
}

const edits = fc.array(fc.tuple(fc.constantFrom(...Object.keys(EDITS)), fc.nat({ max: 1000 })), { maxLength: 6 });
const edited = (course, taken) => taken.reduce((before, [name, number]) => EDITS[name](before, picker(number)), course);
const visits = fc.array(
  fc.record({
    cohort: fc.constantFrom("", SPRING),
    module: fc.nat({ max: 20 }),
    connected: fc.integer({ min: 0, max: 4 }).map((one) => one > 0),
    does: fc.array(fc.tuple(fc.constantFrom(...Object.keys(ACTIONS)), fc.nat({ max: 1000 })), { maxLength: 4 }),
  }),
  { minLength: 2, maxLength: 8 }
);

/** `stayOpen`: a page stays open in its tab while another is opened, perhaps of the other version. */
async function journey(before, since, taken, { withLocks = true, stayOpen = false }) {
  named(0);
  const spring = edited({ modules: [newModule(), newModule()] }, before);
  const learner = new Learner({ [SPRING]: spring, "": edited(spring, since) });
  learner.browser.withLocks = withLocks;
  for (const { cohort, module: number, connected, does } of taken) {
    const module = picker(number)(learner.versions[cohort].modules);
    if (!module) continue;
    learner.connected = connected;
    const tab = await learner.open(cohort, module, module.lessons[0]);
    learner.connected = true;
    for (const [name, pick] of does) {
      // Of two texts for one field, both are kept where they come from two tabs.
      if (stayOpen && name === "write") continue;
      await ACTIONS[name](learner, tab, picker(pick), pick);
      await learner.later();
    }
    if (!stayOpen) await learner.close(tab);
  }
  for (const tab of [...learner.browser.tabs]) await learner.close(tab);
  for (const cohort of ["", SPRING, "", SPRING]) await check(learner, cohort);
}

/** What chance seldom makes: the same question in other words, answered and reviewed in both versions. */
const visit = (cohort, ...does) => ({ cohort, module: 0, connected: true, does: does.map((name) => [name, 0]) });
const REWORDED = [
  [],
  [["rewordQuestion", 0]],
  [visit(SPRING, "answer", "nextDay", "review"), visit("", "answer", "nextDay", "review"), visit(SPRING, "review")],
];

const WAYS = {
  "with locks": {},
  without: { withLocks: false },
  "while pages stay open": { stayOpen: true },
};
for (const [way, how] of Object.entries(WAYS)) {
  test(`each version has what was done in the other, ${way}`, async () => {
    await fc.assert(
      fc.asyncProperty(edits, edits, visits, (before, since, taken) => journey(before, since, taken, how)),
      { numRuns: RUNS, seed: SEED, endOnFailure: true, examples: [REWORDED] }
    );
  });
}

/** Somebody who has answered and finished something in the current version, where everything has other names. */
async function renamed() {
  named(0);
  const spring = { modules: [newModule()] };
  const renames = ["renameModule", "renameQuestion", "renameLesson"].map((name) => [name, 0]);
  const learner = new Learner({ [SPRING]: spring, "": edited(spring, renames) });
  await does(learner, "", "answer", "finish");
  return learner;
}

/** Does something in a version, and leaves. */
async function does(learner, cohort, ...names) {
  const [module] = learner.versions[cohort].modules;
  const tab = await learner.open(cohort, module, module.lessons[0]);
  for (const name of names) await ACTIONS[name](learner, tab, picker(0), 0);
  await learner.close(tab);
}

test("where a record that is brought in step finds no room, a later page tries again", async () => {
  const learner = await renamed();
  const kept = Object.entries(learner.browser.local).flat().join("").length;
  learner.browser.room = kept + `alongside:/course/:cohort${SPRING}`.length;
  await does(learner, SPRING);
  learner.browser.room = 5_000_000;
  for (const cohort of [SPRING, ""]) await check(learner, cohort);
});

test("what comes back after a crash is brought in step with the version that is opened next but one", async () => {
  const learner = await renamed();
  learner.browser.commit();
  await does(learner, SPRING, "nextDay", "scenario");
  learner.browser.crash();
  await does(learner, "");
  for (const cohort of ["", SPRING]) await check(learner, cohort);
});

for (const cohort of ["", SPRING]) {
  test(`what a tab with “${cohort}” has kept comes into step on a device that is private again`, async () => {
    const learner = await renamed();
    if (!cohort) await does(learner, SPRING);
    const device = "alongside:/course/:device";
    learner.browser.local[device] = "shared";
    const [module] = learner.versions[cohort].modules;
    const tab = await learner.open(cohort, module, module.lessons[0]);
    await ACTIONS.answer(learner, tab, picker(1), 1);
    const other = await learner.open(cohort);
    other.local.setItem(device, "private");
    await learner.close(other);
    await learner.close(tab);
    for (const next of [SPRING, "", SPRING]) await check(learner, next);
  });
}

test("a page that comes back to the front has its own ids again, whatever another version has done", async () => {
  const learner = await renamed();
  await does(learner, SPRING);
  const [module] = learner.versions[SPRING].modules;
  const tab = await learner.open(SPRING, module, module.lessons[0]);
  const ids = () => Object.keys(tab.record.record().modules[module.id]?.questions ?? {});
  await does(learner, "", "look");
  assert.deepEqual(ids(), [], "the other version has taken them");
  tab.documentEvents.dispatchEvent(new Event("visibilitychange"));
  await learner.later();
  assert.deepEqual(ids(), [module.questions[0].id]);
  await learner.close(tab);
  for (const cohort of [SPRING, ""]) await check(learner, cohort);
});
