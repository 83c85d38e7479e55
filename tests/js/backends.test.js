/** Every place in which a learner's record can be kept does the same, and a package leaves nothing in the browser. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Browser } from "./simulated.js";

const COURSE = "https://platform.example/course/";
const backend = (name) => async (browser) => {
  const tab = await browser.open(`${COURSE}${name}/`);
  return (await tab.script("backends.js"))[`${name}Backend`];
};
/** The four, each in a browser of its own. */
const BACKENDS = {
  browser: backend("browser"),
  tab: backend("tab"),
  memory: async (browser) => (await (await browser.open(COURSE)).script("backends.js")).memoryBackend(),
  platform: async (browser) => {
    await withFrame(browser);
    return (await (await browser.open(COURSE)).script("backends.js")).browserBackend;
  },
};

/** The frame of a learning platform around the course, with memory as `theme/scorm/shell.js` gives it. */
async function withFrame(browser) {
  const { memoryBackend } = await (await browser.open(COURSE)).script("backends.js");
  browser.frame = { alongside: memoryBackend() };
}

for (const [name, open] of Object.entries(BACKENDS)) {
  test(`what is put into the ${name} backend is there until it is taken`, async () => {
    const { get, put, take, names } = await open(new Browser());
    assert.equal(get("record"), null);
    take("record");
    put("record", "one");
    put("journal", "");
    put("record", "two");
    assert.deepEqual([get("record"), get("journal"), [...names()].sort()], ["two", "", ["journal", "record"]]);
    take("record");
    assert.deepEqual([get("record"), [...names()]], [null, ["journal"]]);
  });

  test(`a name that objects have anyway means nothing to the ${name} backend`, async () => {
    const { get, put, names } = await open(new Browser());
    for (const odd of ["constructor", "__proto__", "toString", "getItem", "length"]) {
      assert.equal(get(odd), null);
      put(odd, odd);
      assert.equal(get(odd), odd);
    }
    assert.equal([...names()].length, 5);
  });

  test(`a record and its pages work with the ${name} backend`, async () => {
    const browser = new Browser();
    if (name === "platform") await withFrame(browser);
    if (name === "tab") browser.local["alongside:/course/:device"] = "shared";
    if (name === "memory") browser.frame = {};
    const tab = await browser.open(`${COURSE}m/l/`);
    const { saveAnswer, finish, record } = await tab.script("record.js");
    const asked = { id: "q", formerly: [], review: false };
    const kept = await saveAnswer("m", asked, { fingerprint: "f", response: ["a"], score: 1, sure: null });
    assert.deepEqual([kept.ok, (await finish("m", "l")).ok], [true, true]);
    assert.equal(record().modules.m.questions.q.score, 1);
    const { namesOf } = await tab.script("store.js");
    assert.ok([...namesOf("record")].includes("record"));
  });
}

test("pages in a platform share what its frame holds, and nothing of it stays in the browser", async () => {
  const browser = new Browser();
  await withFrame(browser);
  const first = await browser.open(`${COURSE}m/l/`);
  await (await first.script("record.js")).finish("m", "l");
  await (await first.script("store.js")).set("journal", "words");
  (await first.script("store.js")).setInTab("way:s", "a b");
  first.close();
  await first.script("on-disk/notice.js");
  assert.deepEqual(first.said, []);
  const next = await browser.open(`${COURSE}m/k/`);
  assert.equal((await next.script("record.js")).record().modules.m.lessons.l, browser.today);
  const { get, getInTab } = await next.script("store.js");
  assert.deepEqual([get("journal"), getInTab("way:s")], ["words", "a b"]);
  assert.deepEqual([browser.local, { ...first.session }, { ...next.session }, browser.rows.size], [{}, {}, {}, 0]);
});

test("a page of a package that was opened by itself keeps nothing beyond itself", async () => {
  const browser = new Browser();
  browser.frame = {};
  const tab = await browser.open(`${COURSE}m/l/`);
  await (await tab.script("record.js")).finish("m", "l");
  assert.equal((await tab.script("record.js")).record().modules.m.lessons.l, browser.today);
  await tab.script("on-disk/notice.js");
  assert.match(tab.said.join(" "), /opened by itself, so your learning platform does not hear/);
  tab.close();
  const next = await browser.open(`${COURSE}m/l/`);
  assert.deepEqual({ ...(await next.script("record.js")).record().modules }, {});
  assert.deepEqual(browser.local, {});
});

test("deleting everything reaches what the frame of a platform holds", async () => {
  const browser = new Browser();
  await withFrame(browser);
  const tab = await browser.open(`${COURSE}progress/`);
  await (await tab.script("record.js")).finish("m", "l");
  assert.equal((await (await tab.script("device.js")).wipe()).ok, true);
  assert.deepEqual([...browser.frame.alongside.names()], []);
});
