/**
 * Whatever happens between a learner and the course, nothing that was answered is lost,
 * and nothing is given to something else.
 * Long runs, one seed after the other, since Node keeps the memory of tabs:
 * SEED=1 RUNS=500 node --experimental-vm-modules --test tests/js/kept.test.js
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import vm from "node:vm";

import fc from "fast-check";

import { EDITS, indexOf, named, newModule, printOf, shown } from "./courses.js";
import { Browser } from "./simulated.js";

const RUNS = Number(process.env.RUNS ?? 60);
// The same each time: what a new seed finds is looked for in long runs, not in somebody else’s change.
const SEED = Number(process.env.SEED ?? 1);
const ADDRESSES = ["", "?utm_source=x", "?fbclid=a%20b&c=<d>", "#part", "?a#b", "index.html", "index.html?x=1"];
/** Letters that a browser has room for. */
const ROOM = 5_000_000;
const TOPS = ["/course/", "//course/", "/%63ourse/".replace("%63ourse", "course")];

// ------------------------------------------------------------------------ a learner, their tabs, and what goes wrong

class Journey {
  browser = new Browser();
  course = { modules: [newModule(), newModule()] };
  /** Courses of before, to go back to. */
  past = [this.course];
  /** What must be found again, by what it is. @type {Set<string>} */
  answered = new Set();
  finished = new Set();
  seen = new Set();
  /** What a page of a later version has put into fields of its own. @type {Set<string>} */
  later = new Set();
  /** Lessons that were ticked, kept or not: what found no room is tried again. */
  tried = new Set();
  atRisk = new Set();
  /** What two tabs answered at once: without locks one of them may have to put its answer back. */
  together = new Set();
  /** Whether everything that was asked to be kept was kept. */
  tabs = [];

  constructor(withLocks) {
    this.browser.withLocks = withLocks;
  }

  async open(address, module) {
    const tab = await this.browser.open(`https://example.org${address}`);
    tab.module = module;
    tab.course = this.course;
    tab.contents = { dataset: module ? { module: module.id, formerly: module.formerly.join(" ") } : {} };
    tab.record = await tab.script("record.js");
    tab.contents = null;
    this.tabs.push(tab);
    await this.toldLater();
    return tab;
  }

  /** So much later that each tab has been told of the others. */
  toldLater() {
    return this.browser.later();
  }

  /** Expects nothing any more that is not stored now. */
  giveUp() {
    const { modules } = JSON.parse(this.browser.local["alongside:/course/:record"] ?? '{"modules":{}}');
    const all = Object.values(modules).flatMap((module) => Object.values(module.questions ?? {}));
    const left = new Set(all.map((answer) => answer.response[0]));
    for (const uid of this.answered) if (!left.has(uid)) this.answered.delete(uid);
    this.finished.clear();
    this.seen.clear();
    this.later.clear();
  }

  async answer(tab, module, question) {
    const formerly = shown(tab.course, question.formerly);
    tab.record.answerOf(module.id, question.id, formerly, printOf(question));
    const kept = await tab.record.saveAnswer(
      module.id,
      { id: question.id, formerly, review: true },
      { fingerprint: printOf(question), response: [question.uid], score: 0, sure: null }
    );
    if (kept.ok) this.answered.add(question.uid);
    return kept;
  }
}

/** Chooses one of a list by a number. */
const picker = (number) => (list) => list?.[number % list.length];

const ACTIONS = {
  open: async (journey, pick) => {
    const module = pick(journey.course.modules);
    const page = module ? `${module.id}/${pick(module.lessons)?.id ?? "quiz"}/` : "progress/";
    await journey.open(`${pick(TOPS)}${page}${pick(ADDRESSES)}`, module);
  },
  answer: async (journey, pick) => {
    const tab = pick(journey.tabs);
    const module = tab?.module;
    if (module && pick(module.questions)) await journey.answer(tab, module, pick(module.questions));
  },
  answerInTwoTabs: async (journey, pick) => {
    const [one, two] = [pick(journey.tabs), journey.tabs.at(-1)];
    const [first, last] = [one?.module, two?.module];
    if (!first?.questions.length || !last?.questions.length) return;
    const chosen = [first.questions[0], last.questions.at(-1)];
    const known = chosen.filter(({ uid }) => journey.answered.has(uid));
    await Promise.all([journey.answer(one, first, chosen[0]), journey.answer(two, last, chosen[1])]);
    for (const question of chosen) if (!known.includes(question)) journey.together.add(question.uid);
  },
  finish: async (journey, pick) => {
    const tab = pick(journey.tabs);
    const module = tab?.module;
    const lesson = module && pick(module.lessons);
    if (lesson) journey.tried.add(lesson.uid);
    const formerly = shown(tab?.course, lesson?.formerly ?? []);
    if (lesson && (await tab.record.finish(module.id, lesson.id, formerly)).ok) journey.finished.add(lesson.uid);
    if (lesson) await tab.record.notePlace(lesson.id, "part");
  },
  scenario: async (journey, pick) => {
    const tab = pick(journey.tabs);
    const module = tab?.module;
    const scenario = module && pick(module.scenarios);
    if (!scenario) return;
    const { followScenario } = await tab.script("record-follow.js");
    const kept = await tab.record.update((now) => {
      followScenario(now, module.id, scenario.id, shown(tab.course, scenario.formerly));
      now.modules[module.id] ??= {
        lessons: {},
        questions: {},
        scenarios: {},
        confidence: {},
        version: "",
        moves: {},
      };
      const { scenarios } = now.modules[module.id];
      scenarios[scenario.id] ??= [];
      const all = scenarios[scenario.id];
      if (!all.includes(scenario.uid)) all.push(scenario.uid);
    });
    if (kept.ok) journey.seen.add(scenario.uid);
  },
  /** A page of a later version puts a field into the record, a module, an answer or a card. */
  laterVersion: async (journey, pick, number) => {
    const tab = pick(journey.tabs);
    if (!tab) return;
    const name = `later${journey.later.size}x${number}`;
    const kept = await tab.record.update((now) => {
      const answers = Object.values(now.modules).flatMap(({ questions }) => Object.values(questions));
      const all = [now, ...Object.values(now.modules), ...answers, ...Object.values(now.review)];
      pick(all)[name] = { mark: name };
    });
    if (kept.ok) journey.later.add(name);
  },
  progress: async (journey) => {
    const tab = await journey.open("/course/progress/");
    const { bringUpToDate, touched } = await tab.script("record-course.js");
    const index = indexOf(journey.course, touched, tab.record.record());
    await tab.record.update((now) => bringUpToDate(now, index, journey.browser.today));
  },
  edit: async (journey, pick, number) => {
    const edits = Object.values(EDITS);
    journey.course = edits[number % edits.length](journey.course, pick);
    journey.past.push(journey.course);
  },
  rollBack: async (journey, pick) => {
    journey.course = pick(journey.past);
  },
  hear: async (journey) => {
    for (const tab of journey.browser.tabs) tab.hear();
  },
  close: async (journey, pick) => {
    const tab = pick(journey.tabs);
    if (!tab) return;
    await tab.settle();
    // Without locks, a page that is left in the moment in which another writes over it puts nothing back (ADR 17).
    for (let round = 0; round < (journey.browser.withLocks ? 0 : 3); round += 1) await journey.toldLater();
    tab.close();
    await journey.toldLater();
    journey.tabs = journey.tabs.filter((other) => other !== tab);
    // What had to be put back and found no room waited in this page, which has said so.
    if (journey.browser.room < ROOM && tab.said.some((words) => /no room left/.test(words))) journey.giveUp();
  },
  /**
   * A page that is left has no time for the disk: until the browser has
   * written there itself, a crash costs this answer.
   */
  leaveAtOnce: async (journey, pick) => {
    const tab = pick(journey.tabs);
    const module = tab?.module;
    const question = module && pick(module.questions);
    if (!question) return;
    const known = journey.answered.has(question.uid);
    const kept = journey.answer(tab, module, question);
    tab.close();
    journey.tabs = journey.tabs.filter((other) => other !== tab);
    if ((await kept).ok && !known) journey.atRisk.add(question.uid);
    // Without locks, another may have written over what was known, and the page has put it back as it went.
    if (!journey.browser.withLocks) for (const uid of journey.answered) journey.atRisk.add(uid);
    await journey.toldLater();
  },
  commit: async (journey) => {
    journey.browser.commit();
    journey.atRisk.clear();
  },
  crash: async (journey) => {
    // What has its own disk by then: a write takes a moment. Without locks, tabs that wrote at once put
    // back what they took from each other, perhaps again at once: a browser that ends between costs what
    // the last of them had not heard of (ADR 17).
    for (let round = 0; round < (journey.browser.withLocks ? 1 : 3); round += 1) await journey.toldLater();
    // What had to be put back and found no room waits in its page, which has said so.
    const full = journey.browser.room < ROOM && !journey.browser.withLocks;
    const atRisk = new Set([...journey.atRisk, ...(full ? journey.together : [])]);
    journey.browser.crash();
    journey.tabs = [];
    const { record } = (await journey.open("/course/")).record;
    const left = new Set(
      Object.values(record().modules).flatMap((module) =>
        Object.values(module.questions).map((answer) => answer.response[0])
      )
    );
    for (const uid of atRisk) if (!left.has(uid)) journey.answered.delete(uid);
    // A field is as safe as what it was written beside.
    if (atRisk.size) journey.later.clear();
    journey.atRisk.clear();
    journey.together.clear();
  },
  full: async (journey) => {
    journey.browser.room = 1000;
  },
  roomAgain: async (journey) => {
    journey.browser.room = ROOM;
  },
  nextDay: async (journey) => {
    journey.browser.today = new Date(Date.parse(`${journey.browser.today}T00:00Z`) + 86_400_000)
      .toISOString()
      .slice(0, 10);
  },
  clockAhead: async (journey, pick) => {
    const now = journey.browser.today;
    journey.browser.today = `20${30 + (now.length % 9)}-01-01`;
    await ACTIONS.answer(journey, pick);
    journey.browser.today = now;
  },
};

/** What pages look at is read once and changed with each change: it is what reading all of it anew would give. */
function looksAtWhatIsKept({ record: { view, record } }) {
  assert.deepEqual(JSON.parse(JSON.stringify(view())), JSON.parse(JSON.stringify(record())));
}

/** What must hold after everything. */
async function check(journey) {
  journey.browser.room = 5_000_000;
  assert.ok(await journey.browser.comesToRest(), "tabs write over each other without end");
  // What waits for room is kept at the latest when its page is left. Without locks it may then be written over by tabs
  // that did the same at once, and only a page that is still open puts it back (ADR 17).
  for (const tab of [...journey.browser.tabs]) {
    tab.close();
    for (let round = 0; round < (journey.browser.withLocks ? 1 : 3); round += 1) await journey.toldLater();
  }
  const tab = await journey.open("/course/progress/");
  const { bringUpToDate, touched } = await tab.script("record-course.js");
  const { readRecord } = await tab.script("record-model.js");
  const index = indexOf(journey.course, touched, tab.record.record());
  await tab.record.update((now) => bringUpToDate(now, index, journey.browser.today));
  const text = journey.browser.local["alongside:/course/:record"];
  const { record, unread } = readRecord(text ?? '{"schema":1}');
  assert.deepEqual([...unread], [], "what was written is read");
  assert.deepEqual(
    Object.keys(journey.browser.local).filter((name) => name.includes("set-aside")),
    [],
    "nothing had to be set aside"
  );
  assert.deepEqual(
    [...journey.later].filter((name) => !text?.includes(`{"mark":"${name}"}`)),
    [],
    "what a later version added is lost"
  );
  const modules = Object.values(record.modules);
  const answers = modules.flatMap((module) => Object.values(module.questions));
  const found = new Set(answers.map((answer) => answer.response[0]));
  assert.deepEqual(
    [...journey.answered].filter((uid) => !found.has(uid)),
    [],
    "an answer is lost"
  );
  const ends = new Set(modules.flatMap((module) => Object.values(module.scenarios).flat()));
  assert.deepEqual(
    [...journey.seen].filter((uid) => !ends.has(uid)),
    [],
    "an ending is lost"
  );
  const lessons = modules.reduce((sum, module) => sum + Object.keys(module.lessons).length, 0);
  assert.ok(
    lessons >= journey.finished.size && lessons <= journey.tried.size,
    "a finished lesson is lost, or there twice"
  );
  for (const module of journey.course.modules) {
    for (const { id, uid } of module.questions) {
      const answer = record.modules[module.id]?.questions[id];
      if (answer) assert.equal(answer.response[0], uid, "an answer was given to another question");
      else assert.ok(!journey.answered.has(uid), "an answer is not shown where its question is now");
      const card = record.review[`${module.id}/${id}`];
      assert.ok(card || !journey.answered.has(uid), "a card is lost");
      if (card) assert.ok(!card.away && card.due <= "2027-12-31", "a card waits for years");
    }
    for (const { id, uid } of module.lessons) {
      const shown = id in (record.modules[module.id]?.lessons ?? {});
      assert.ok(
        shown ? journey.tried.has(uid) : !journey.finished.has(uid),
        "a finished lesson is not shown as one, or another is"
      );
    }
  }
  for (const open of [...journey.tabs]) assert.deepEqual(open.errors, []);
}

const anySteps = fc.array(fc.tuple(fc.constantFrom(...Object.keys(ACTIONS)), fc.nat({ max: 1000 })), {
  minLength: 3,
  maxLength: 25,
});
// To look into what failed: STEPS='[["answer",0],["crash",0]]' RUNS=1
const steps = process.env.STEPS ? fc.constant(JSON.parse(process.env.STEPS)) : anySteps;

for (const withLocks of [true, false]) {
  const how = withLocks ? "with locks" : "without";
  test(`nothing is lost between a learner and a course that changes, ${how}`, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        named(0);
        const journey = new Journey(withLocks);
        await journey.open("/course/", journey.course.modules[0]);
        for (const [name, number] of taken) {
          await ACTIONS[name](journey, picker(number), number);
          // At a learner's pace each action has reached the disk when the next one begins.
          await Promise.all([...journey.browser.tabs].map((tab) => tab.settle()));
          // Not each time, so that a page is also looked at after several changes.
          if (number % 2) for (const tab of journey.browser.tabs) looksAtWhatIsKept(tab);
        }
        await check(journey);
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: false }
    );
  });
}

test("what another tab takes away on purpose is not put back by one that has just written", async () => {
  named(0);
  const journey = new Journey(true);
  const [module, first] = journey.course.modules;
  // The first answer in a module whose id is a name that every object of JavaScript knows.
  first.id = "constructor";
  const [lesson] = module.lessons;
  const [one, two] = [await journey.open("/course/", first), await journey.open("/course/", module)];
  await two.record.finish(module.id, lesson.id);
  await journey.toldLater();
  await journey.answer(one, first, first.questions[0]);
  await two.record.update((now) => void delete now.modules[module.id].lessons[lesson.id]);
  for (let round = 0; round < 3; round += 1) await journey.toldLater();
  for (const tab of [one, two]) {
    const { modules } = tab.record.record();
    assert.deepEqual(Object.keys(modules[module.id].lessons), []);
    assert.deepEqual(Object.keys(modules[first.id].questions), [first.questions[0].id]);
  }
});

for (const moment of ["at once", "once it had begun"]) {
  test(`what is taken away ${moment} does not come back from the disk, and what was lost does`, async () => {
    named(0);
    const journey = new Journey(true);
    const [module] = journey.course.modules;
    const [kept, unticked] = module.lessons;
    const before = await journey.open("/course/", module);
    await before.record.finish(module.id, unticked.id);
    await journey.toldLater();
    journey.browser.commit();
    await before.record.finish(module.id, kept.id);
    await journey.toldLater();
    // The next page reads what was there before the last write, and the disk has that too.
    journey.browser.crash();
    const tab = await journey.browser.open("https://example.org/course/");
    tab.contents = { dataset: { module: module.id, formerly: "" } };
    const record = await tab.script("record.js");
    if (moment !== "at once") await new Promise(setImmediate);
    await record.update((now) => void delete now.modules[module.id].lessons[unticked.id]);
    for (let round = 0; round < 3; round += 1) await journey.toldLater();
    assert.deepEqual(Object.keys(record.record().modules[module.id].lessons), [kept.id]);
  });
}

test("what is taken away stays away where a tab that had not heard of it writes at the same moment", async () => {
  named(0);
  const journey = new Journey(false);
  const [module] = journey.course.modules;
  const [kept, unticked] = module.lessons;
  const [one, two] = [await journey.open("/course/", module), await journey.open("/course/", module)];
  for (const lesson of [kept, unticked]) await one.record.finish(module.id, lesson.id);
  for (let round = 0; round < 3; round += 1) await journey.toldLater();
  await Promise.all([
    one.record.update((now) => void delete now.modules[module.id].lessons[unticked.id]),
    journey.answer(two, module, module.questions[0]),
  ]);
  for (let round = 0; round < 3; round += 1) await journey.toldLater();
  for (const tab of [one, two]) {
    const { lessons, questions } = tab.record.record().modules[module.id];
    assert.deepEqual(Object.keys(lessons), [kept.id]);
    assert.deepEqual(Object.keys(questions), [module.questions[0].id]);
  }
});

for (const withLocks of [true, false]) {
  const how = withLocks ? "with locks" : "without";
  /** What two tabs do at the same moment, and cannot both be right about. */
  const ties = {
    "where they are": (tab) => tab.record.notePlace(tab.uid),
    "an answer to one question": (tab, module) =>
      tab.record.saveAnswer(
        module.id,
        { ...module.questions[0], review: true },
        { fingerprint: "f", response: [tab.uid], score: Number(tab.uid), sure: null }
      ),
    "how sure they are": (tab, module) =>
      tab.record.update((now) => {
        now.modules[module.id] = {
          ...{ lessons: {}, questions: {}, scenarios: {}, version: tab.uid, moves: {} },
          confidence: { before: { step: tab.uid, place: Number(tab.uid), of: 4, at: "2026-11-02" } },
        };
      }),
    "that a lesson is finished, and that it is not": (tab, module) =>
      tab.uid === "1"
        ? tab.record.finish(module.id, module.lessons[0].id)
        : tab.record.update((now) => void delete now.modules[module.id]?.lessons[module.lessons[0].id]),
  };
  for (const [what, does] of Object.entries(ties))
    test(`two tabs that note ${what} at once come to an end and agree, ${how}`, async () => {
      named(0);
      const journey = new Journey(withLocks);
      const [module] = journey.course.modules;
      const tabs = [await journey.open("/course/", module), await journey.open("/course/", module)];
      await tabs[0].record.finish(module.id, module.lessons[0].id);
      await journey.toldLater();
      for (const [at, tab] of tabs.entries()) tab.uid = String(at);
      await Promise.all(tabs.map((tab) => does(tab, module)));
      assert.ok(await journey.browser.comesToRest(), "they write over each other without end");
      assert.equal(JSON.stringify(tabs[0].record.record()), JSON.stringify(tabs[1].record.record()));
    });
}

test("what was written over is put back by a tab that writes again before it is told", async () => {
  named(0);
  const journey = new Journey(true);
  const [module] = journey.course.modules;
  const [one, two] = [await journey.open("/course/", module), await journey.open("/course/", module)];
  const [first, second, third] = module.questions;
  await journey.answer(two, module, first);
  // It has not heard of that, and has no time to wait for its turn.
  const leaving = journey.answer(one, module, second);
  one.close();
  await Promise.all([leaving, journey.answer(two, module, third)]);
  assert.ok(await journey.browser.comesToRest());
  const kept = Object.keys(two.record.record().modules[module.id].questions);
  assert.deepEqual(kept.sort(), [first.id, second.id, third.id].sort());
});

/** A record of so many answers, each with a card. */
function longRecord(count) {
  const names = Array.from({ length: count }, (_, number) => `quiz-${number}`);
  const answer = { fingerprint: "f", response: ["a"], score: 1, attempts: 2, first: 0, sure: true, at: "2026-11-02" };
  const card = { box: 2, due: "2026-11-05", fingerprint: "f", rights: 1, seen: "2026-11-02" };
  const questions = Object.fromEntries(names.map((name) => [name, answer]));
  const review = Object.fromEntries(names.map((name) => [`other/${name}`, card]));
  return JSON.stringify({ schema: 1, modules: { other: { questions } }, review });
}

/** Counts how often a tab reads or writes the text of a record as long as that. */
function counting(tab, length) {
  const counts = { parse: 0, stringify: 0 };
  const { JSON: theirs } = vm.runInContext("({ JSON })", tab.context);
  for (const way of Object.keys(counts)) {
    const does = theirs[way];
    theirs[way] = (...given) => {
      const made = does(...given);
      const text = way === "parse" ? given[0] : made;
      if (text?.length >= length) counts[way] += 1;
      return made;
    };
  }
  return counts;
}

test("a long record is not read anew to show an answer, and is read back once to keep it", async () => {
  named(0);
  const journey = new Journey(true);
  const [module] = journey.course.modules;
  const text = longRecord(100);
  journey.browser.local["alongside:/course/:record"] = text;
  const tab = await journey.open(`/course/${module.id}/quiz/`, module);
  const counts = counting(tab, text.length);
  const { answerOf, view, saveAnswer, notePlace } = tab.record;
  for (let number = 0; number < 5; number += 1) answerOf(module.id, module.questions[0].id, [], "f");
  assert.ok(counts.parse <= 1, "a page that opens reads it once");
  for (let round = 0; round < 3; round += 1) {
    Object.assign(counts, { parse: 0, stringify: 0 });
    const { id } = module.questions[0];
    const given = { fingerprint: "f", response: ["a"], score: 0, sure: null };
    const kept = saveAnswer(module.id, { id, formerly: [], review: true }, given);
    assert.equal(view().modules[module.id].questions[id].attempts, round + 1, "a page shows an answer at once");
    void notePlace("A quiz", "part");
    assert.equal(view().modules[module.id].questions[id].attempts, round + 1, "and the same when it looks again");
    assert.deepEqual(counts, { parse: 0, stringify: 0 }, "before an answer is shown");
    assert.ok((await kept).ok);
    assert.equal(view().modules[module.id].questions[id].attempts, round + 1);
    // One copy to be changed, and what is written read back; both changes in one turn.
    assert.deepEqual(counts, { parse: 2, stringify: 2 }, "to keep it");
  }
});
