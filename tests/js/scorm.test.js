/** What a learning platform is told by a package, and what it gives back, without a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { readRecord } from "../../theme/elements/record-model.js";
import { findApi } from "../../theme/scorm/api.js";
import { Session } from "../../theme/scorm/session.js";
import { after, emptyState, packed, recordOf, result, unpacked, valueOfAnswer } from "../../theme/scorm/state.js";

const TODAY = "2026-11-30";
/** SCORM 1.2 promises so much; the rest is for what a later form may want. */
const ROOM = { promised: 4096, used: 3500 };

const courseOf = (modules, lessons, questions, passMark = null) => {
  const parts = [];
  const asked = [];
  for (let m = 0; m < modules; m += 1) {
    for (let l = 0; l < lessons; l += 1)
      parts.push({ module: `m${m}`, id: `l${l}`, title: `Lesson ${l}`, version: "1.0" });
    for (let q = 0; q < questions; q += 1)
      asked.push({ module: `m${m}`, id: `q${q}`, fingerprint: `f${q}`, graded: q % 5 !== 4 });
  }
  return { hash: "0a1b2c3d", passMark, parts, questions: asked };
};
const SMALL = courseOf(2, 2, 5);

const recordWith = (lessons, answers, place = null) => {
  const modules = {};
  const moduleOf = (id) => (modules[id] ??= { lessons: {}, questions: {}, scenarios: {} });
  for (const [module, id] of lessons) moduleOf(module).lessons[id] = TODAY;
  for (const [module, id, score, at = TODAY] of answers)
    moduleOf(module).questions[id] = { fingerprint: id.replace("q", "f"), score, first: score, at };
  return { schema: 1, modules, review: {}, log: [], place, moves: {} };
};
const all = ({ parts, questions }, score) =>
  recordWith(
    parts.map(({ module, id }) => [module, id]),
    questions.map(({ module, id, graded }) => [module, id, graded ? score : null])
  );

/** A platform that is as strict as it may be: what was not committed is lost when the tab is killed. */
class Platform {
  kept = {};
  pending = {};
  calls = [];
  open = false;
  refuses = () => false;

  constructor(version = "1.2") {
    this.version = version;
    this.time = (seconds) => `${Math.floor(seconds)} s`;
  }

  #note(call, ...texts) {
    for (const text of texts) assert.equal(typeof text, "string");
    this.calls.push([call, ...texts].join(" "));
  }

  start() {
    assert.equal(this.open, false, "started once a launch");
    this.open = true;
    this.#note("start");
    return !this.refuses("start");
  }

  get(name) {
    return this.refuses(`get ${name}`) ? undefined : (this.kept[name] ?? "");
  }

  set(name, text) {
    assert.ok(this.open, "nothing is set before the start or after the end");
    this.#note("set", name, text);
    if (this.refuses(name)) return false;
    if (name === "state") assert.ok(text.length <= ROOM.promised && /^[ -~]*$/.test(text), text);
    this.pending[name] = text;
    return true;
  }

  commit() {
    assert.ok(this.open);
    this.#note("commit");
    if (this.refuses("commit")) return false;
    Object.assign(this.kept, this.pending);
    this.pending = {};
    return true;
  }

  finish() {
    assert.ok(this.open, "finished once");
    this.#note("finish");
    Object.assign(this.kept, this.pending);
    this.kill();
    return true;
  }

  kill() {
    this.pending = {};
    this.open = false;
  }
}

/** A clock that goes on when it is told to. */
class Clock {
  at = 0;
  waiting = [];
  now = () => this.at;
  today = () => TODAY;
  later = (does, wait) => void this.waiting.push({ does, at: this.at + wait });

  pass(time) {
    const end = this.at + time;
    for (;;) {
      const [next] = this.waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (!next) break;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.at = next.at;
      next.does();
    }
    this.at = end;
  }
}

function launch(course, platform, clock = new Clock()) {
  const told = [];
  const session = new Session(course, platform, clock, (outcome) => told.push(outcome));
  const begun = session.start();
  clock.pass(0);
  const note = (record) => {
    session.note(record);
    clock.pass(1000);
  };
  return { session, clock, told, begun, note };
}

// ------------------------------------------------------------------------ the state

test("a state comes back as it was, and fits in what SCORM 1.2 has room for", () => {
  const days = Array.from({ length: 64 }, (_none, at) =>
    new Date(Date.UTC(2026, 10, 1 + at)).toISOString().slice(0, 10)
  );
  const many = (item, { length }) => fc.array(item, { minLength: length, maxLength: length });
  const anyState = (course) =>
    fc
      .record({
        finished: many(fc.constantFrom("", ...days), course.parts),
        answers: many(fc.nat(63), course.questions),
        answered: many(fc.constantFrom(...days), course.questions),
        day: fc.constant(TODAY),
      })
      .map((state) => ({ ...state, answered: state.answered.map((day, at) => (state.answers[at] ? day : "")) }));
  for (const course of [SMALL, courseOf(1, 1, 0), courseOf(17, 5, 40), courseOf(30, 7, 40)])
    fc.assert(
      fc.property(anyState(course), (state) => {
        const text = packed(course, state);
        assert.deepEqual(unpacked(course, text), { ...state });
        assert.ok(text.length <= ROOM.used && /^[\w|-]*$/.test(text));
      })
    );
});

test("days of learning are as many after a restart as they were, up to as many as there is room for", () => {
  const dayOf = (at) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
  const course = courseOf(1, 10, 90);
  const worked = (record) => Object.values(record.modules.m0.questions).map(({ at }) => at);
  for (const [number, kept] of [
    [2, 2],
    [64, 64],
    [90, 64],
  ]) {
    const answers = Array.from({ length: number }, (_none, at) => ["m0", `q${at}`, at % 5 === 4 ? null : 1, dayOf(at)]);
    const state = after(course, emptyState(course), recordWith([], answers), dayOf(number - 1));
    const back = worked(JSON.parse(recordOf(course, unpacked(course, packed(course, state)), "")));
    assert.equal(new Set(back).size, kept);
    assert.deepEqual([back[0], back.at(-1)], [dayOf(0), dayOf(number - 1)]);
    assert.deepEqual(back, [...back].sort());
  }
});

test("an answer of an earlier launch keeps its day while others are given", () => {
  const first = after(SMALL, emptyState(SMALL), recordWith([], [["m0", "q0", 1, "2026-11-02"]]), "2026-11-02");
  const record = JSON.parse(recordOf(SMALL, unpacked(SMALL, packed(SMALL, first)), ""));
  record.modules.m0.questions.q1 = { fingerprint: "f1", score: 1, first: 1, at: TODAY };
  const second = after(SMALL, unpacked(SMALL, packed(SMALL, first)), record, TODAY);
  assert.deepEqual(second.answered.slice(0, 3), ["2026-11-02", TODAY, ""]);
});

test("each part keeps the day on which it was finished, however often the course is started", () => {
  const finished = ["2026-11-02", "", "2026-11-20", ""];
  let state = { ...emptyState(SMALL), finished, day: "2026-11-20" };
  for (const day of ["2026-11-25", "2026-11-30", "2026-12-24"]) {
    const record = JSON.parse(recordOf(SMALL, unpacked(SMALL, packed(SMALL, state)), ""));
    assert.deepEqual([record.modules.m0.version, record.modules.m1.version], ["1.0", "1.0"]);
    state = after(SMALL, state, record, day);
    assert.deepEqual(state.finished, finished);
  }
});

test("a platform that takes a score for how far somebody is hears so from the start, and once it is complete", () => {
  const course = { ...SMALL, progress: true };
  const platform = new Platform();
  launch(course, platform).session.finish();
  assert.deepEqual([platform.kept.raw, platform.kept.status], ["0", "incomplete"]);
  const second = launch(course, platform);
  second.note(recordWith([["m0", "l0"]], [["m0", "q0", 0]]));
  assert.deepEqual([platform.kept.raw, platform.kept.status], ["16", "incomplete"]);
  second.note(all(course, 0));
  second.session.finish();
  assert.deepEqual([platform.kept.raw, platform.kept.status], ["100", "completed"]);
  platform.kept.mode = "review";
  const third = launch(course, platform);
  assert.ok(third.session.writes);
  third.note(all(course, 1));
  assert.deepEqual([platform.kept.raw, platform.kept.status], ["100", "completed"]);
  assert.equal(result(course, unpacked(course, platform.kept.state)).score, 100);
  platform.kill();
  platform.kept.mode = "browse";
  assert.equal(launch(course, platform).session.writes, false);
});

test("what a platform cannot say at the start is not written over, and goes along once it can", () => {
  for (const name of ["state", "raw", "status"]) {
    const platform = new Platform();
    const first = launch(SMALL, platform);
    first.note(all(SMALL, 1));
    first.session.leave();
    const before = { ...platform.kept };
    assert.equal(before.status, "completed");
    platform.refuses = (asked) => asked === `get ${name}`;
    const { clock, note } = launch(SMALL, platform);
    note(recordWith([["m0", "l0"]], [["m0", "q0", 0]]));
    assert.deepEqual(platform.kept, before, "nothing is written before everything is read");
    platform.refuses = () => false;
    clock.pass(120_000);
    note(recordWith([["m0", "l0"]], [["m0", "q1", 0]]));
    const again = unpacked(SMALL, platform.kept.state);
    assert.ok(again.finished.every(Boolean), "what was finished is");
    assert.deepEqual([platform.kept.status, platform.kept.raw], ["completed", before.raw]);
  }
});

test("an empty value is one that was asked for, and no failure of the platform", () => {
  const apiOf = (code, text = "") =>
    findApi({ API: { LMSInitialize() {}, LMSGetValue: () => text, LMSGetLastError: () => code } }, ["API"]);
  assert.equal(apiOf("0").get("state"), "");
  assert.equal(apiOf("403").get("state"), "");
  assert.equal(apiOf("101").get("state"), undefined);
  assert.equal(apiOf("101", "1|a").get("state"), "1|a");
  assert.equal(findApi({ API: { LMSInitialize() {}, LMSGetValue: () => "" } }, ["API"]).get("state"), "");
});

test("what another order, another form or nobody has written is a clean state", () => {
  const text = packed(SMALL, { ...emptyState(SMALL), day: TODAY, finished: [TODAY, TODAY, TODAY, TODAY] });
  const broken = [
    "",
    text.replace("0a1b2c3d", "0a1b2c3e"),
    text.replace(/^2/, "1"),
    text.slice(0, -3),
    text.replace("|P|", "|é|"),
    `${text}|more`,
    text.replace("|AA", "|A"),
    "{}",
  ];
  for (const bad of broken) assert.deepEqual(unpacked(SMALL, bad), emptyState(SMALL), bad);
});

test("only what is quite right is right, and a better answer is a greater value", () => {
  const value = (score, first = 0) => valueOfAnswer({ score, first });
  const rising = [
    valueOfAnswer(undefined),
    value(null),
    value(0),
    value(1 / 3),
    value(0.5),
    value(0.9999),
    value(1),
    value(1, 1),
  ];
  assert.deepEqual(
    rising,
    [...rising].sort((one, other) => one - other)
  );
  assert.equal(new Set(rising).size, rising.length);
});

test("whatever the pages note survives a relaunch as a record that they can read", () => {
  const record = all(SMALL, 0.5);
  record.modules.m0.questions.q1.score = 1;
  const state = after(SMALL, emptyState(SMALL), record, TODAY);
  const { record: back, unread } = readRecord(recordOf(SMALL, unpacked(SMALL, packed(SMALL, state)), "m1/l1/#x"));
  assert.deepEqual(unread, []);
  assert.deepEqual(back.place, { url: "m1/l1/#x", title: "Lesson 1", at: TODAY });
  assert.deepEqual(Object.keys(back.modules.m0.lessons), ["l0", "l1"]);
  const scores = Object.values(back.modules.m0.questions).map(({ score }) => score);
  assert.deepEqual(scores, [0.5, 1, 0.5, 0.5, null]);
  assert.deepEqual(after(SMALL, emptyState(SMALL), back, TODAY), state);
});

test("what was written by a learner is in nothing that a platform gets", () => {
  const record = all(SMALL, 1);
  record.modules.m0.questions.q4.response = ["my secret words"];
  record.place = { url: "m0/l0/#my-part", title: "my secret words", at: TODAY };
  const platform = new Platform();
  launch(SMALL, platform).note(record);
  assert.ok(platform.calls.length > 5);
  assert.ok(!platform.calls.join("\n").includes("secret"));
});

test("an answer to what the question was before counts for nothing", () => {
  const record = recordWith([], [["m0", "q0", 1]]);
  record.modules.m0.questions.q0.fingerprint = "other";
  assert.deepEqual(after(SMALL, emptyState(SMALL), record, TODAY).answers[0], 0);
});

// ------------------------------------------------------------------------ score and status

test("a window beside another one is a plain page, and tells the platform nothing", () => {
  const platform = new Platform();
  const told = [];
  const session = new Session(SMALL, platform, new Clock(), (outcome) => told.push(outcome));
  session.finish();
  assert.deepEqual(platform.calls, [], "a page that goes before it has begun ends nothing");
  const other = new Session(SMALL, platform, new Clock(), (outcome) => told.push(outcome));
  const { record } = other.start({ alone: false });
  other.note(all(SMALL, 1));
  assert.deepEqual([other.writes, other.leave()], [false, true]);
  assert.deepEqual([platform.calls, told], [[], ["elsewhere"]]);
  assert.deepEqual(JSON.parse(record).modules, {});
});

test("opening and leaving says incomplete, and no score", () => {
  const platform = new Platform();
  launch(SMALL, platform).session.finish();
  assert.equal(platform.kept.status, "incomplete");
  assert.equal(platform.kept.exit, "suspend");
  assert.ok(!("raw" in platform.kept));
});

test("a score is a share of all questions with a key, rounded down", () => {
  const two = after(
    SMALL,
    emptyState(SMALL),
    recordWith(
      [],
      [
        ["m0", "q0", 1],
        ["m0", "q1", 0],
        ["m0", "q4", null],
      ]
    ),
    TODAY
  );
  assert.deepEqual(result(SMALL, two), { score: 12, done: false });
  assert.deepEqual(result(SMALL, after(SMALL, emptyState(SMALL), all(SMALL, 1), TODAY)), { score: 100, done: true });
  const open = after(SMALL, emptyState(SMALL), recordWith([], [["m0", "q4", null]]), TODAY);
  assert.deepEqual(result(SMALL, open), { score: null, done: false });
});

test("a course without questions is complete when its lessons are, without a score", () => {
  const course = courseOf(1, 2, 0);
  const platform = new Platform();
  const { note } = launch(course, platform);
  note(recordWith([["m0", "l0"]], []));
  assert.equal(platform.kept.status, "incomplete");
  note(all(course, null));
  assert.equal(platform.kept.status, "completed");
  assert.ok(!("raw" in platform.kept));
});

test("without a pass mark the course is completed, whatever the score", () => {
  for (const version of ["1.2", "2004"]) {
    const platform = new Platform(version);
    launch(SMALL, platform).note(all(SMALL, 0));
    const { status, success, raw, min, max } = platform.kept;
    assert.deepEqual([status, success, raw, min, max], ["completed", "unknown", "0", "0", "100"]);
  }
});

test("with a pass mark below it is incomplete, and passed at it", () => {
  const course = { ...SMALL, passMark: 80 };
  for (const [version, passed] of [
    ["1.2", ["passed", "passed"]],
    ["2004", ["completed", "passed"]],
  ]) {
    const platform = new Platform(version);
    const { note } = launch(course, platform);
    note(all(course, 0.7999));
    assert.deepEqual([platform.kept.raw, platform.kept.status, platform.kept.success], ["78", "incomplete", "unknown"]);
    note(all(course, 0.8));
    assert.deepEqual([platform.kept.status, platform.kept.success], passed);
  }
});

test("score comes before status, and status before the rest and the commit", () => {
  const platform = new Platform("2004");
  const { note } = launch(SMALL, platform);
  platform.calls = [];
  note(recordWith([], [["m0", "q0", 1]]));
  const names = platform.calls.map((call) => call.split(" ")[1] ?? call);
  const order = ["raw", "min", "max", "scaled", "status", "success", "location", "state", "exit", "commit"];
  assert.deepEqual(
    names.filter((name) => name !== "time"),
    order
  );
  assert.ok(names.includes("time"));
});

test("suspend is said before anything else", () => {
  const platform = new Platform();
  const session = new Session(SMALL, platform, new Clock(), () => {});
  session.start();
  assert.deepEqual(platform.calls.slice(0, 2), ["start", "set exit suspend"]);
});

test("whatever happens, neither score nor status is ever lowered, and nothing that was noted is lost", () => {
  const rank = { "": 0, incomplete: 1, completed: 2, passed: 3 };
  const step = fc.oneof(
    fc.record({ kind: fc.constant("answer"), at: fc.nat(9), score: fc.constantFrom(0, 0.25, 1 / 3, 0.5, 1) }),
    fc.record({ kind: fc.constant("finish"), at: fc.nat(3) }),
    fc.record({ kind: fc.constant("unfinish"), at: fc.nat(3) }),
    fc.record({ kind: fc.constantFrom("forget", "kill", "leave", "hide", "close", "fail", "mend") }),
    fc.record({ kind: fc.constant("wait"), time: fc.nat(3000) }),
    fc.record({ kind: fc.constant("update") })
  );
  const run = (version, passMark, steps) => {
    let course = courseOf(2, 2, 5, passMark);
    const platform = new Platform(version);
    let best = { raw: -1, status: 0, success: 0 };
    const look = () => {
      const { raw = "-1", status = "", success = "" } = platform.kept;
      const now = { raw: Number(raw), status: rank[status], success: Number(success === "passed") };
      for (const name of Object.keys(best)) assert.ok(now[name] >= best[name], `${name}: ${now[name]} < ${best[name]}`);
      best = now;
    };
    let at = launch(course, platform);
    let record = JSON.parse(at.begun.record);
    const again = () => {
      at.clock.waiting = [];
      at = launch(course, platform);
      record = JSON.parse(at.begun.record);
    };
    const moduleOf = (id) => (record.modules[id] ??= { lessons: {}, questions: {}, scenarios: {} });
    for (const { kind, at: which, score, time } of steps) {
      if (kind === "answer") {
        const { module, id, fingerprint, graded } = course.questions[which];
        const kept = graded ? score : null;
        moduleOf(module).questions[id] = { fingerprint, score: kept, first: kept };
      } else if (kind === "finish") moduleOf(course.parts[which].module).lessons[course.parts[which].id] = TODAY;
      else if (kind === "unfinish") delete moduleOf(course.parts[which].module).lessons[course.parts[which].id];
      else if (kind === "forget") record = { schema: 1, modules: {} };
      else if (kind === "fail") platform.refuses = (name) => ["commit", "state"].includes(name);
      else if (kind === "mend") platform.refuses = () => false;
      else if (kind === "wait") at.clock.pass(time);
      else if (kind === "hide") at.session.commit();

      at.session.note(record);
      if (kind === "kill" || kind === "update") {
        platform.kill();
        if (kind === "update") course = { ...course, hash: course.hash === "0a1b2c3d" ? "99999999" : "0a1b2c3d" };
        again();
      } else if (kind === "close") {
        at.session.finish();
        at.session.finish();
        at.session.commit();
        again();
      } else if (kind === "leave" && at.session.leave()) again();
      look();
    }
    platform.refuses = () => false;
    at.clock.pass(70_000);
    at.session.note(record);
    at.clock.pass(2000);
    platform.kill();
    look();
    const back = JSON.parse(launch(course, platform).begun.record);
    for (const { module, id } of course.parts)
      assert.equal(id in (back.modules[module]?.lessons ?? {}), id in (record.modules[module]?.lessons ?? {}));
    for (const { module, id } of course.questions) {
      const asked = record.modules[module]?.questions[id];
      if (asked?.score != null)
        assert.ok(back.modules[module].questions[id].score >= asked.score - 1 / 60, `${module}/${id}`);
    }
  };
  fc.assert(
    fc.property(fc.constantFrom("1.2", "2004"), fc.constantFrom(null, 50, 100), fc.array(step, { maxLength: 30 }), run),
    { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.RUNS ?? 400) }
  );
});

test("what the platform knows better stays: a status and a score that it had before", () => {
  const platform = new Platform();
  Object.assign(platform.kept, { status: "passed", raw: "95", state: "1|other" });
  const { note } = launch(SMALL, platform);
  note(recordWith([], [["m0", "q0", 0]]));
  assert.deepEqual([platform.kept.status, platform.kept.raw], ["passed", "95"]);
});

test("a score that a platform holds is handed back within the bounds that it has to have", () => {
  for (const [held, raw, scaled] of [
    ["150", "100", "1"],
    ["-3", "0", "0"],
    ["85.33333333333", "85.33333333333", "0.8533333"],
  ]) {
    const platform = new Platform("2004");
    platform.kept = { raw: held };
    launch(SMALL, platform);
    assert.deepEqual([platform.kept.raw, platform.kept.scaled], [raw, scaled]);
  }
});

// ------------------------------------------------------------------------ when

test("an answer is handed over at once, and several within a second together", () => {
  const platform = new Platform();
  const { session, clock } = launch(SMALL, platform);
  clock.pass(5000);
  platform.calls = [];
  const commits = () => platform.calls.filter((call) => call === "commit").length;
  session.note(recordWith([], [["m0", "q0", 1]]));
  clock.pass(0);
  assert.equal(commits(), 1);
  session.note(
    recordWith(
      [],
      [
        ["m0", "q0", 1],
        ["m0", "q1", 1],
      ]
    )
  );
  session.note(
    recordWith(
      [],
      [
        ["m0", "q0", 1],
        ["m0", "q1", 1],
        ["m0", "q2", 1],
      ]
    )
  );
  clock.pass(900);
  assert.equal(commits(), 1);
  clock.pass(200);
  assert.equal(commits(), 2);
  session.note(
    recordWith(
      [],
      [
        ["m0", "q0", 1],
        ["m0", "q1", 1],
        ["m0", "q2", 1],
      ]
    )
  );
  clock.pass(200_000);
  assert.equal(commits(), 2, "what has not changed is not handed over again");
});

test("a platform that refuses is asked a few times, the learner is told once, and hears when it works again", () => {
  const platform = new Platform();
  const { session, clock, told } = launch(SMALL, platform);
  platform.calls = [];
  platform.refuses = (name) => name === "commit";
  session.note(recordWith([], [["m0", "q0", 1]]));
  clock.pass(9000);
  assert.deepEqual(told, []);
  clock.pass(300_000);
  assert.deepEqual(told, ["failed"]);
  assert.ok(platform.calls.filter((call) => call === "commit").length < 15);
  platform.refuses = () => false;
  clock.pass(60_000);
  assert.deepEqual(told, ["failed", "saved"]);
  assert.equal(platform.kept.raw, "12");
});

test("a score that is refused is a failure where there is a pass mark", () => {
  for (const [mark, outcomes] of [
    [null, []],
    [80, ["failed"]],
  ]) {
    const platform = new Platform();
    platform.refuses = (name) => name === "raw";
    const { clock, told, note } = launch(courseOf(2, 2, 5, mark), platform);
    note(all(SMALL, 1));
    clock.pass(60_000);
    assert.deepEqual(told, outcomes);
  }
});

test("a platform that knows only a part of SCORM is no failure", () => {
  const platform = new Platform();
  platform.refuses = (name) => ["min", "max", "location", "exit", "time"].includes(name);
  const { clock, told, note } = launch(SMALL, platform);
  note(recordWith([], [["m0", "q0", 1]]));
  clock.pass(100_000);
  assert.deepEqual([told, platform.kept.raw], [[], "12"]);
});

test("who leaves while saving fails is asked to stay, and may leave anyway", () => {
  const platform = new Platform("2004");
  const { session } = launch(SMALL, platform);
  platform.refuses = (name) => name === "commit";
  assert.equal(session.leave(), false);
  assert.ok(platform.open);
  assert.equal(session.leave({ anyway: true }), true);
  assert.deepEqual(
    platform.calls.slice(-3).map((call) => call.replace(/\d+/, "n")),
    ["set leave suspendAll", "set time n s", "finish"]
  );
});

test("whoever stays after all hears when it works again, and what went wrong only once", () => {
  const platform = new Platform();
  const { session, clock, told } = launch(SMALL, platform);
  platform.refuses = (name) => name === "commit";
  session.leave();
  clock.pass(30_000);
  assert.deepEqual(told, ["failed"]);
  platform.refuses = () => false;
  clock.pass(70_000);
  assert.deepEqual(told, ["failed", "saved"]);
  clock.pass(70_000);
  platform.refuses = (name) => name === "commit";
  session.leave();
  platform.refuses = () => false;
  clock.pass(2000);
  assert.deepEqual(told, ["failed", "saved", "failed", "saved"], "at the first try as well");
});

test("a session ends once, and what comes after it reaches nobody", () => {
  const platform = new Platform();
  const { session, clock } = launch(SMALL, platform);
  session.finish();
  const calls = platform.calls.length;
  session.note(all(SMALL, 1));
  session.commit();
  session.finish();
  session.leave();
  clock.pass(100_000);
  assert.equal(platform.calls.length, calls);
});

test("whoever only looks at the course changes nothing", () => {
  for (const mode of ["browse", "review", "Review"]) {
    const platform = new Platform("2004");
    platform.kept = { mode, status: "completed", raw: "70" };
    const { session, clock } = launch(SMALL, platform);
    session.note(all(SMALL, 1));
    clock.pass(100_000);
    session.leave();
    assert.deepEqual(platform.calls, ["start", "finish"]);
  }
});

test("a platform that does not let the course begin gets nothing, and the learner is told", () => {
  const platform = new Platform();
  platform.refuses = (name) => name === "start";
  const { session, told, note } = launch(SMALL, platform);
  note(all(SMALL, 1));
  assert.deepEqual([told, session.writes, platform.calls], [["closed"], false, ["start"]]);
});

test("without a platform the course is a plain page", () => {
  const { session, told, note } = launch(SMALL, undefined);
  note(all(SMALL, 1));
  session.commit();
  session.finish();
  assert.deepEqual([session.writes, told], [false, []]);
});

// ------------------------------------------------------------------------ finding the platform

const API = () => ({
  LMSInitialize: () => "true",
  LMSGetValue: () => "",
  LMSSetValue: () => "true",
  LMSCommit: () => "true",
  LMSFinish: () => "true",
});
/** A window so many frames deep; `closed` are those of another site. */
function framed(top, depth, closed = []) {
  let frame = top;
  frame.parent ??= frame;
  for (let at = 1; at <= depth; at += 1) {
    const above = closed.includes(at) ? locked() : frame;
    frame = { parent: above };
  }
  return frame;
}
const locked = () =>
  new Proxy(
    {},
    {
      get: () => {
        throw new DOMException("another site", "SecurityError");
      },
    }
  ); // prettier-ignore

test("an API is found in the window, above it, and behind it", () => {
  const top = { API: API() };
  for (const depth of [0, 1, 5, 20]) assert.ok(findApi(framed(top, depth), ["API"]), String(depth));
  const opener = framed({ API: API() }, 3);
  assert.ok(findApi(framed({ opener }, 2), ["API"]));
});

test("where there is none, or nobody may look, none is found", () => {
  assert.equal(findApi(framed({}, 3), ["API", "API_1484_11"]), undefined);
  assert.equal(findApi(framed({ API: API() }, 4, [2]), ["API"]), undefined);
  const circle = { parent: {} };
  circle.parent.parent = circle;
  assert.equal(findApi(circle, ["API"]), undefined);
  const element = { API: { id: "API" } };
  assert.equal(findApi(framed(element, 0), ["API"]), undefined);
});

test("the version of the package is preferred, and the other one serves", () => {
  const top = { API: API(), API_1484_11: { Initialize: () => "true" } };
  assert.equal(findApi(framed(top, 1), ["API_1484_11", "API"])?.version, "2004");
  assert.equal(findApi(framed(top, 1), ["API", "API_1484_11"])?.version, "1.2");
  assert.equal(findApi(framed({ API: API() }, 1), ["API_1484_11", "API"])?.version, "1.2");
});

test("times are written as each version wants them", () => {
  const times = [0, 309, 36_000, 3599.99].map((seconds) => [
    findApi(framed({ API: API() }, 0), ["API"])?.time(seconds),
    findApi(framed({ API_1484_11: { Initialize: () => "true" } }, 0), ["API_1484_11"])?.time(seconds),
  ]);
  assert.deepEqual(times, [
    ["0000:00:00", "PT0H0M0S"],
    ["0000:05:09", "PT0H5M9S"],
    ["0010:00:00", "PT10H0M0S"],
    ["0000:59:59", "PT0H59M59S"],
  ]);
});

test("a platform that throws or says no is told from one that says nothing", () => {
  const said = (does) => findApi(framed({ API: { ...API(), LMSCommit: does } }, 0), ["API"])?.commit();
  assert.deepEqual([said(() => "true"), said(() => true), said(() => undefined)], [true, true, true]);
  const fails = () => {
    throw new Error("no");
  }; // prettier-ignore
  assert.deepEqual(
    [said(() => "false"), said(() => false), said(() => "0"), said(fails)],
    [false, false, false, false]
  );
});
