/** What a record store is told by a package of cmi5, over a network that is slow, breaks and refuses. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { afterEach, test } from "node:test";

import { Launch } from "../../theme/scorm/cmi5.js";
import { RETRIES, Session, WAIT } from "../../theme/scorm/session.js";

const ACTOR = { objectType: "Agent", account: { homePage: "https://lms.example", name: "learner-7" } };
const REGISTRATION = "6f1f9a5c-7a0e-4c0e-9b0a-0d6a3c1e2f10";
const CMI5 = "https://w3id.org/xapi/cmi5/context/";
const CATEGORIES = { cmi5: `${CMI5}categories/cmi5`, moveon: `${CMI5}categories/moveon` };
const COURSE = {
  hash: "0a1b2c3d",
  passMark: null,
  parts: [{ module: "m", id: "l", title: "Lesson", version: "1.0" }],
  questions: [
    { module: "m", id: "q", fingerprint: "f", graded: true },
    { module: "m", id: "w", fingerprint: "f", graded: false },
  ],
};
const WRITTEN = "what somebody has written";
const record = (score, { finished = true } = {}) => {
  const answer = { fingerprint: "f", response: [WRITTEN], first: score, attempts: 1, at: "2026-11-30" };
  return {
    schema: 1,
    modules: {
      m: {
        lessons: finished ? { l: "2026-11-30" } : {},
        questions: score === null ? {} : { q: { ...answer, score }, w: { ...answer, score: null } },
        scenarios: {},
      },
    },
    review: {},
    log: [],
    place: { url: "m/l/", title: "Lesson", at: "2026-11-30" },
  };
};

/**
 * Learning Locker's validator of statements, where `tests/interop` says where it is.
 * @type {(statement: any) => unknown[]}
 */
const foundIn = process.env.XAPI_VALIDATION
  ? createRequire(import.meta.url)(process.env.XAPI_VALIDATION).default
  : () => [];
/** What the store found wrong: whoever asks it takes an error for a network that broke. */
const complaints = [];
afterEach(() => assert.deepEqual(complaints.splice(0), []));

/** A learning platform with a store that takes only what cmi5 allows, in the order that it wants. */
class Store {
  documents = new Map();
  statements = [];
  requests = [];
  launchData = {};
  keys = 0;
  /** @type {(method: string, url: URL, body: any) => number | undefined} */
  fails = () => undefined;
  wait = () => Promise.resolve();

  launched(more = {}) {
    this.keys += 1;
    this.key = `key-${this.keys}`;
    this.given = false;
    this.session = `session-${this.keys}`;
    this.launchData = {
      launchMode: "Normal",
      moveOn: "Completed",
      contextTemplate: {
        contextActivities: { grouping: [{ id: "urn:publisher" }] },
        extensions: { [`${CMI5}extensions/sessionid`]: this.session },
      },
      ...more,
    };
    this.documents.set("LMS.LaunchData", this.launchData);
    const query = {
      endpoint: "https://lrs.example/xapi",
      fetch: "https://lms.example/key",
      registration: REGISTRATION,
    };
    return `?${new URLSearchParams({ ...query, actor: JSON.stringify(ACTOR), activityId: "https://lms.example/au" })}`;
  }

  fetch = (address, how) =>
    this.#answered(address, how).catch((error) => {
      if (error instanceof assert.AssertionError) complaints.push(error.message);
      throw error;
    });

  #answered = async (address, { method, headers, body, keepalive }) => {
    const url = new URL(address);
    this.requests.push({ method, url, body, keepalive });
    await this.wait();
    const failure = this.fails(method, url, body && JSON.parse(body));
    if (failure === 0) throw new TypeError("network");
    if (failure) return this.#answer(failure);
    if (url.pathname === "/key") {
      assert.equal(method, "POST");
      if (this.given) return this.#answer(200, { "error-code": "1", "error-text": "given" });
      this.given = true;
      return this.#answer(200, { "auth-token": this.key });
    }
    assert.equal(headers["X-Experience-API-Version"], "1.0.3");
    if (headers.Authorization !== `Basic ${this.key}`) return this.#answer(401);
    if (url.pathname === "/xapi/agents/profile") return this.#answer(404);
    if (url.pathname === "/xapi/statements") return this.#statements(method, url, body);
    assert.equal(url.pathname, "/xapi/activities/state");
    assert.deepEqual(JSON.parse(url.searchParams.get("agent")), ACTOR);
    assert.equal(url.searchParams.get("registration"), REGISTRATION);
    const name = url.searchParams.get("stateId");
    if (method === "PUT") {
      this.documents.set(name, JSON.parse(body));
      return this.#answer(204);
    }
    return this.documents.has(name) ? this.#answer(200, this.documents.get(name)) : this.#answer(404);
  };

  #answer = (status, body = {}) => ({ status, ok: status < 300, json: async () => structuredClone(body) });

  #statements(method, url, body) {
    if (method === "GET") {
      const found = this.statements.find(({ id }) => id === url.searchParams.get("statementId"));
      return found ? this.#answer(200, found) : this.#answer(404);
    }
    const given = JSON.parse(body);
    for (const one of given) this.#judge(one);
    this.statements.push(...given.filter(({ id }) => !this.statements.some((other) => other.id === id)));
    return this.#answer(200, []);
  }

  #judge(one) {
    assert.deepEqual(foundIn(one).map(String), []);
    assert.match(one.id, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    assert.deepEqual(one.actor, ACTOR);
    assert.deepEqual(one.object, { objectType: "Activity", id: "https://lms.example/au" });
    const { registration, extensions, contextActivities } = one.context;
    assert.equal(registration, REGISTRATION);
    assert.equal(extensions[`${CMI5}extensions/sessionid`], this.session);
    assert.deepEqual(contextActivities.grouping, [{ id: "urn:publisher" }]);
    const verb = verbOf(one);
    const there = this.statements.find(({ id }) => id === one.id);
    if (there) assert.deepEqual(one, there, `${verb} again, and not the same`);
    const mine = this.statements.filter(
      (other) => other.context.extensions[`${CMI5}extensions/sessionid`] === this.session
    );
    const said = mine.filter(({ id }) => id !== one.id).map(verbOf);
    assert.equal(said.length === 0, verb === "initialized", "initialized comes first, once");
    assert.ok(!said.includes("terminated"), "terminated comes last");
    const judging = ["completed", "passed"].includes(verb);
    assert.deepEqual(
      contextActivities.category.map(({ id }) => id),
      judging ? [CATEGORIES.cmi5, CATEGORIES.moveon] : [CATEGORIES.cmi5]
    );
    assert.equal("score" in (one.result ?? {}), verb === "passed");
    if (judging) {
      assert.equal(this.launchData.launchMode, "Normal");
      const before = this.statements.filter((other) => verbOf(other) === verb && other.id !== one.id);
      assert.equal(before.length, 0, `${verb} once a registration`);
    }
    if (verb !== "initialized") assert.match(one.result.duration, /^PT\d+S$/);
  }

  get verbs() {
    return this.statements.map(verbOf);
  }
}
if (process.env.XAPI_VALIDATION)
  test("a statement that is none is found", () => {
    const verb = { id: "http://adlnet.gov/expapi/verbs/initialized" };
    const object = { objectType: "Activity", id: "https://lms.example/au" };
    const sound = { actor: ACTOR, verb, object };
    assert.deepEqual(foundIn(sound), []);
    for (const wrong of [
      { ...sound, verb: { id: "initialized" } },
      { ...sound, actor: {} },
      { ...sound, result: { duration: "5 minutes" } },
      { ...sound, context: { registration: "7" } },
    ])
      assert.notEqual(foundIn(wrong).length, 0, JSON.stringify(wrong));
  });

const verbOf = ({ verb }) => verb.id.split("/").at(-1);

/** A clock whose later is told to come, and lets the network answer in between. */
class Clock {
  at = 0;
  waiting = [];
  now = () => this.at;
  today = () => "2026-11-30";
  date = () => new Date(Date.UTC(2026, 10, 30) + this.at).toISOString();
  later = (does, wait) => void this.waiting.push({ does, at: this.at + wait });

  async pass(time) {
    const end = this.at + time;
    await settle();
    for (;;) {
      const [next] = this.waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (!next) break;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.at = next.at;
      next.does();
      await settle();
    }
    this.at = end;
  }
}
const settle = async () => {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((go) => setImmediate(go));
};

async function begun(store, query, course = COURSE) {
  const clock = new Clock();
  const told = [];
  const tell = (outcome) => told.push(outcome);
  const launch = Launch.of(query, { ...clock, fetch: store.fetch, wait: WAIT, retries: RETRIES }, tell);
  const loading = launch.load();
  await clock.pass(60_000);
  await loading;
  const session = new Session({ ...course, passMark: launch.passMark ?? course.passMark }, launch, clock, tell);
  const start = session.start();
  await clock.pass(1000);
  const note = async (work) => {
    session.note(work);
    await clock.pass(1000);
  };
  return { clock, told, launch, session, start, note };
}

test("a course that no platform launched is a plain page", () => {
  const query = new Store().launched();
  for (const name of ["endpoint", "fetch", "actor", "registration", "activityId"]) {
    const without = new URLSearchParams(query);
    without.delete(name);
    assert.equal(
      Launch.of(`?${without}`, {}, () => {}),
      undefined,
      name
    );
  }
  assert.equal(
    Launch.of("", {}, () => {}),
    undefined
  );
});

test("a learner finishes and leaves: each statement once and in its order, and the key asked for once", async () => {
  const store = new Store();
  const { session, note, launch, told } = await begun(store, store.launched({ returnURL: "https://lms.example/back" }));
  assert.deepEqual(store.verbs, ["initialized"]);
  await note(record(null));
  await note(record(1));
  await note(record(0.5));
  assert.deepEqual(store.verbs, ["initialized", "completed"]);
  assert.equal(await launch.settled(), true);
  assert.equal(session.leave(), true);
  await launch.left();
  session.finish();
  await settle();
  assert.deepEqual(store.verbs, ["initialized", "completed", "terminated"]);
  assert.equal(store.statements.at(-1).result.duration, "PT4S");
  assert.equal(launch.returnUrl, "https://lms.example/back");
  assert.equal(store.requests.filter(({ url }) => url.pathname === "/key").length, 1);
  assert.deepEqual(told, []);
});

test("nothing that somebody wrote or chose is sent", async () => {
  const store = new Store();
  const { session, note } = await begun(store, store.launched());
  await note(record(1));
  session.finish();
  await settle();
  assert.ok(store.requests.length > 5);
  assert.deepEqual(
    store.requests.filter(({ url, body }) => `${url}${body}`.includes(WRITTEN)),
    []
  );
  assert.deepEqual(Object.keys(store.documents.get("alongside").kept).sort(), [
    "location",
    "raw",
    "state",
    "status",
    "success",
  ]);
});

test("a pass is said once with its score, by the mark of the platform, and nobody fails", async () => {
  const store = new Store();
  const first = await begun(store, store.launched({ masteryScore: 0.6 }), { ...COURSE, passMark: 40 });
  await first.note(record(0.5));
  assert.deepEqual(store.verbs, ["initialized"]);
  await first.note(record(1));
  await first.note(record(0.2));
  first.session.finish();
  await settle();
  assert.deepEqual(store.verbs, ["initialized", "completed", "passed", "terminated"]);
  const passed = store.statements[2];
  assert.deepEqual(passed.result.score, { scaled: 1, raw: 100, min: 0, max: 100 });
  assert.equal(passed.result.success, true);
  assert.equal(passed.context.extensions[`${CMI5}extensions/masteryscore`], 0.6);
  const again = await begun(store, store.launched({ masteryScore: 0.6 }));
  await again.note(record(1));
  again.session.finish();
  await settle();
  assert.deepEqual(store.verbs.slice(4), ["initialized", "terminated"]);
});

test("a tab that is killed loses nothing that was sent, and the next launch goes on there", async () => {
  const store = new Store();
  const killed = await begun(store, store.launched());
  await killed.note(record(1, { finished: false }));
  const next = await begun(store, store.launched());
  const { modules } = JSON.parse(next.start.record);
  assert.equal(modules.m.questions.q.score, 1);
  assert.equal(next.start.url, "m/l/");
  await next.note(record(0, { finished: true }));
  assert.equal(store.documents.get("alongside").kept.raw, "100");
  assert.deepEqual(store.verbs, ["initialized", "initialized", "completed"]);
});

test("what was said just before a kill is not said again", async () => {
  const store = new Store();
  const killed = await begun(store, store.launched());
  // The statement arrives, and the document that would say so does not.
  store.fails = (method, _url, body) => (method === "PUT" && body.said.length ? 0 : undefined);
  await killed.note(record(1));
  assert.deepEqual(store.documents.get("alongside").said, []);
  store.fails = () => undefined;
  const next = await begun(store, store.launched());
  next.session.finish();
  await settle();
  assert.deepEqual(store.verbs, ["initialized", "completed", "initialized", "terminated"]);
});

test("a key that is not given leaves a course that says so and sends nothing more", async () => {
  for (const failure of [0, 403, undefined]) {
    const store = new Store();
    const query = store.launched();
    if (failure === undefined) store.given = true;
    else store.fails = () => failure;
    const { told, session, note } = await begun(store, query);
    await note(record(1));
    session.finish();
    await settle();
    assert.deepEqual(told, ["closed"]);
    assert.equal(session.writes, false);
    assert.deepEqual(
      store.requests.map(({ url }) => url.pathname),
      ["/key"]
    );
  }
});

test("a document that cannot be read is not written over", async () => {
  const store = new Store();
  store.documents.set("alongside", { kept: { raw: "90" }, ids: {}, said: [] });
  store.fails = (_method, url) => (url.searchParams.get("stateId") === "alongside" ? 503 : undefined);
  const { told, note } = await begun(store, store.launched());
  store.fails = () => undefined;
  await note(record(0.1));
  assert.deepEqual(told, ["closed"]);
  assert.equal(store.documents.get("alongside").kept.raw, "90");
});

test("a launch asks again for what does not come at once, but for the key", async () => {
  const store = new Store();
  let broken = 2;
  store.fails = (_method, url) => {
    if (!url.searchParams.has("stateId") || broken === 0) return undefined;
    broken -= 1;
    return 0;
  };
  const { told } = await begun(store, store.launched());
  assert.deepEqual([told, store.verbs], [[], ["initialized"]]);
});

test("in a launch to look or to look again only the beginning and the end are said", async () => {
  for (const launchMode of ["Browse", "Review"]) {
    const store = new Store();
    const { session, note } = await begun(store, store.launched({ launchMode }));
    await note(record(1));
    session.finish();
    await settle();
    assert.deepEqual(store.verbs, ["initialized", "terminated"]);
    assert.equal(store.documents.has("alongside"), false);
  }
});

test("a network that breaks is tried again, and the learner hears of it once and of its end", async () => {
  const store = new Store();
  const { told, clock, note, launch } = await begun(store, store.launched());
  store.fails = () => 0;
  await note(record(1));
  await clock.pass(5000);
  assert.deepEqual(told, []);
  await clock.pass(10_000);
  assert.deepEqual(told, ["failed"]);
  assert.equal(await launch.settled(), false);
  store.fails = () => undefined;
  await clock.pass(60_000);
  assert.deepEqual(told, ["failed", "saved"]);
  assert.deepEqual(store.verbs, ["initialized", "completed"]);
});

test("a statement that is refused keeps neither the document nor the end from arriving", async () => {
  const store = new Store();
  store.fails = (method, url, body) =>
    method === "POST" && url.pathname.endsWith("statements") && body.some((one) => verbOf(one) === "completed")
      ? 400
      : undefined;
  const { told, clock, note, launch, session } = await begun(store, store.launched());
  await note(record(1));
  await clock.pass(30_000);
  assert.deepEqual(told, ["failed"]);
  assert.equal(store.documents.get("alongside").kept.status, "completed");
  assert.equal(await launch.settled(), false);
  session.leave({ anyway: true });
  await launch.left();
  assert.deepEqual(store.verbs, ["initialized", "terminated"]);
});

test("a page that goes while the network is slow hands over everything at once, in order", async () => {
  const store = new Store();
  const { note, session } = await begun(store, store.launched());
  const held = [];
  store.wait = () => new Promise((go) => held.push(go));
  await note(record(1));
  const before = store.requests.length;
  session.finish();
  const last = store.requests.slice(before);
  assert.ok(last.length > 0, "nothing waits for an answer");
  assert.ok(store.requests.filter(({ body }) => body).every(({ keepalive }) => keepalive));
  const statements = last.filter(({ url }) => url.pathname.endsWith("statements"));
  assert.deepEqual(
    statements.map(({ body }) => JSON.parse(body).map(verbOf)),
    [["completed", "terminated"]]
  );
  store.wait = () => Promise.resolve();
  for (const go of held) go();
  await settle();
  assert.deepEqual(store.verbs, ["initialized", "completed", "terminated"]);
});
