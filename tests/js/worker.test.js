/**
 * The service worker where a browser is too quick or too slow to be asked, and what it asks the network for: run as it
 * is, with a made-up browser and a made-up server around it.
 */
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../theme/sw.js", import.meta.url), "utf-8");
const TOP = "https://example.org/";
const SHELL = ["support/", "offline/", "elements/offline.js"];

const fingerprint = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);
const prints = (files) => Object.fromEntries(Object.entries(files).map(([url, text]) => [url, fingerprint(text)]));

/** A site as the build writes it: texts by address, with lists of their fingerprints. */
function siteOf(modules, others) {
  const lists = {};
  const below = {};
  for (const [folder, files] of Object.entries(modules)) {
    const text = JSON.stringify({ files: prints(files), titles: {} });
    lists[`assets/offline/${folder.slice(0, -1)}.json`] = text;
    below[folder] = fingerprint(text);
  }
  const last = JSON.stringify({ modules: below, apart: {}, files: prints(others), titles: {} });
  const all = Object.assign({}, others, lists, { "assets/offline.json": last }, ...Object.values(modules));
  return { version: fingerprint(last), files: all };
}

/** A browser whose caches stay while workers come and go, and the server that it reaches. */
class Browser {
  /** @type {Map<string, Map<string, Response>>} */
  kept = new Map();
  /** What the browser holds as fresh by itself. */
  fresh = {};
  asked = [];
  updates = 0;
  /** What a server on the way makes of a text. */
  altered = (text) => text;

  constructor(site) {
    this.site = site;
  }

  caches = {
    keys: async () => [...this.kept.keys()],
    delete: async (name) => this.kept.delete(name),
    open: async (name) => {
      if (!this.kept.has(name)) this.kept.set(name, new Map());
      const files = this.kept.get(name);
      return {
        put: async (url, response) => void files.set(url, response),
        keys: async () => [...files.keys()].map((url) => ({ url })),
      };
    },
    match: async (url, { cacheName }) => this.kept.get(cacheName)?.get(url)?.clone(),
  };

  fetch = async (url, { cache }) => {
    const name = url.slice(TOP.length);
    if (cache === "default" && name in this.fresh) return this.#answer(url, this.fresh[name]);
    this.asked.push(name);
    return this.#answer(url, this.site.files[name]);
  };

  #answer(url, text) {
    const response = text === undefined ? new Response("", { status: 404 }) : new Response(this.altered(text));
    return Object.defineProperty(response, "url", { value: url });
  }

  /** A worker of the version of the site, or of another one. */
  worker(version = this.site.version, registration = {}, { cohort = "", others = [] } = {}) {
    const listeners = {};
    const update = async () => {
      this.updates += 1;
    };
    const self = {
      location: { href: `${TOP}${cohort}sw.js` },
      registration: { installing: null, waiting: null, update, ...registration },
      clients: { claim: async () => {} },
      skipWaiting: async () => {},
      addEventListener: (name, listener) => (listeners[name] = listener),
    };
    const { caches, fetch } = this;
    const source = SOURCE.replace('"development"', `"${version}"`)
      .replace("SHELL = []", `SHELL = ${JSON.stringify(SHELL)}`)
      .replace('COHORT = ""', `COHORT = "${cohort}"`)
      .replace("OTHERS = []", `OTHERS = ${JSON.stringify(others)}`);
    vm.runInNewContext(source, { self, caches, fetch, URL, Promise, Response, Headers, Uint8Array, crypto: webcrypto });
    const send = (data) =>
      new Promise((resolve) => {
        const postMessage = (said) => "done" in said || resolve({ ...said });
        listeners.message({ data, ports: [{ postMessage }], waitUntil() {} });
      });
    return {
      happen: (name) =>
        new Promise((resolve, reject) => listeners[name]({ waitUntil: (promise) => promise.then(resolve, reject) })),
      keep: (urls) => send({ keep: urls }),
      end: () => send({ end: true }),
      answers: (path) => {
        let answered = false;
        const request = { method: "GET", url: TOP + path, mode: "cors" };
        listeners.fetch({ request, respondWith: (answer) => (answered = Boolean(answer?.catch(() => {}))) });
        return answered;
      },
    };
  }

  /** A worker that is installed and at work. */
  async started() {
    const worker = this.worker();
    await worker.happen("install");
    await worker.happen("activate");
    return worker;
  }

  /** What is kept, and what it says. */
  async shelf() {
    const [files, ...others] = this.kept.values();
    assert.deepEqual(others, []);
    return Object.fromEntries(
      await Promise.all(
        [...files].map(async ([url, response]) => [url.slice(TOP.length), await response.clone().text()])
      )
    );
  }
}

const lessons = (module, said) =>
  Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`${module}/${n}/`, `${module} ${n} ${said?.[n] ?? ""}`]));
const OTHERS = { "": "Home", "support/": "Help", "offline/": "No", "elements/offline.js": "js", "glossary/": "Words" };
const TEN = Object.keys(lessons("one")).slice(0, 10);
const site = (one, two, others) =>
  siteOf({ "one/": lessons("one", one), "two/": lessons("two", two) }, { ...OTHERS, ...others });

/** A browser with ten lessons of one module kept. */
async function reader(browser = new Browser(site())) {
  const worker = await browser.started();
  assert.deepEqual(await worker.keep(TEN), { finished: true });
  browser.asked = [];
  return { browser, worker };
}

test("a first visit asks for help, for what says that a page was not kept, and for what was opened", async () => {
  const browser = new Browser(site());
  const worker = await browser.started();
  assert.deepEqual(browser.asked.toSorted(), ["assets/offline.json", ...SHELL].toSorted());
  browser.asked = [];
  browser.fresh = { "one/3/": browser.site.files["one/3/"] };
  await worker.keep(["one/3/"]);
  assert.deepEqual(browser.asked, ["assets/offline/one.json"], "the page itself the browser has");
});

test("what is kept is not asked for again", async () => {
  const { browser, worker } = await reader();
  await worker.keep([...TEN, "support/", "elements/offline.js"]);
  await browser.worker().keep(TEN);
  assert.deepEqual(browser.asked, []);
});

test("whoever takes everything away finds nothing kept afterwards, whatever was on its way", async () => {
  for (let turns = 0; turns < 30; turns += 1) {
    const { browser, worker } = await reader();
    const last = worker.keep(["two/1/", "two/2/"]);
    for (let turn = 0; turn < turns; turn += 1) await null;
    assert.deepEqual(await worker.end(), { ended: true });
    browser.kept.clear();
    await last;
    assert.equal(browser.kept.size, 0, `after ${turns} turns`);
  }
});

for (const [what, after, requests] of [
  ["in another module", site({}, { 5: "new" }), ["assets/offline.json"]],
  ["in the same module", site({ 10: "new" }), ["assets/offline.json", "assets/offline/one.json"]],
  ["that is kept", site({ 5: "new" }), ["assets/offline.json", "assets/offline/one.json", "one/5/"]],
  [
    "and a script",
    site({}, { 5: "new" }, { "elements/offline.js": "new" }),
    ["assets/offline.json", "elements/offline.js"],
  ],
])
  test(`after a release only what changed is asked for: a lesson ${what}`, async () => {
    const { browser } = await reader();
    browser.site = after;
    await browser.started();
    assert.deepEqual(browser.asked.toSorted(), requests);
    const shelf = await browser.shelf();
    for (const url of [...TEN, ...SHELL]) assert.equal(shelf[url], after.files[url], url);
  });

test("what the browser still has of the version before does not count", async () => {
  const { browser } = await reader();
  browser.fresh = browser.site.files;
  browser.site = site({ 5: "new" }, { 1: "new" });
  const worker = await browser.started();
  await worker.keep(["two/1/", "two/2/"]);
  const shelf = await browser.shelf();
  for (const url of ["one/5/", "two/1/", "two/2/"]) assert.equal(shelf[url], browser.site.files[url], url);
  assert.equal(browser.asked.includes("two/2/"), false);
});

test("a page of the next version is not kept among those of this one, and the next is looked for", async () => {
  const { browser, worker } = await reader();
  const before = await browser.shelf();
  browser.site = site({}, { 5: "new" });
  assert.deepEqual(await worker.keep(["two/5/"]), { failed: true });
  assert.equal(browser.updates, 1);
  assert.deepEqual(await browser.shelf(), before);
});

test("a version whose files are not all there yet does not start", async () => {
  const { browser } = await reader();
  const after = site({ 5: "new" });
  browser.site = { version: after.version, files: { ...after.files, "assets/offline/one.json": "{}" } };
  browser.site.files["assets/offline.json"] = site().files["assets/offline.json"];
  await assert.rejects(browser.worker(after.version).happen("install"));
  browser.site = after;
  await browser.started();
  assert.equal((await browser.shelf())["one/5/"], after.files["one/5/"]);
});

test("a server that changes pages on their way neither keeps them from being kept nor loads them again", async () => {
  const browser = new Browser(site());
  browser.altered = (text) => (text.startsWith("{") ? text : `${text} <!-- from the server -->`);
  await reader(browser);
  assert.equal((await browser.shelf())["one/3/"], `${browser.site.files["one/3/"]} <!-- from the server -->`);
  browser.site = site({}, { 5: "new" });
  await browser.started();
  assert.deepEqual(browser.asked, ["assets/offline.json"]);
});

test("what a worker of before fingerprints has kept is loaded once more", async () => {
  const browser = new Browser(site());
  const cache = await browser.caches.open("alongside:/:0123456789abcdef");
  for (const url of ["", "one/3/", "gone/"]) await cache.put(TOP + url, new Response("old"));
  await browser.started();
  const shelf = await browser.shelf();
  assert.equal(shelf["one/3/"], browser.site.files["one/3/"]);
  assert.equal("gone/" in shelf, false);
});

/** A worker of the version `two`, in a browser that keeps files of these versions. */
function workerAmong(versions, registration) {
  const browser = new Browser(site());
  for (const version of versions) browser.kept.set(`alongside:/:${version}`, new Map());
  return { ...browser.worker("two", registration), kept: browser.kept };
}

test("a version that takes over takes away the files of those before", async () => {
  const { happen, kept } = workerAmong(["one", "two"]);
  await happen("activate");
  assert.deepEqual([...kept.keys()], ["alongside:/:two"]);
});

for (const state of ["installing", "waiting"]) {
  test(`and leaves those of a still newer one that is ${state}`, async () => {
    const { happen, kept } = workerAmong(["two", "three"], { [state]: {} });
    await happen("activate");
    assert.deepEqual([...kept.keys()], ["alongside:/:two", "alongside:/:three"]);
  });
}

test("each version’s worker answers for its own folder", () => {
  const browser = new Browser(site());
  const current = browser.worker("one", {}, { others: ["2027-spring/"] });
  const spring = browser.worker("one", {}, { cohort: "2027-spring/" });
  const paths = ["", "one/", "2027-spring-news/", "2027-spring", "2027-spring/", "2027-spring/one/?x=2027-spring/"];
  assert.deepEqual(paths.map(current.answers), [true, true, true, false, false, false]);
  assert.deepEqual(paths.map(spring.answers), [false, false, false, false, true, true]);
});

test("a version that takes over leaves what other versions of the course have kept", async () => {
  const browser = new Browser(site());
  const spring = ["alongside:/:2027-spring/one", "alongside:/:2027-spring/two"];
  const names = ["alongside:/:one", ...spring, "alongside:/:x/one", "alongside:/:2027-spring/:one"];
  for (const name of names) browser.kept.set(name, new Map());
  await browser.worker("two", {}, { cohort: "2027-spring/" }).happen("activate");
  assert.deepEqual([...browser.kept.keys()], [names[0], ...names.slice(2)]);
  await browser.worker("two", {}, { others: ["2027-spring/", "x/"] }).happen("activate");
  assert.deepEqual([...browser.kept.keys()], names.slice(2));
});
