/**
 * The service worker where a browser is too quick or too slow to be asked: run
 * as it is, with a made-up browser around it.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCE = readFileSync(new URL("../../theme/sw.js", import.meta.url), "utf-8").replace('"development"', '"two"');

/** A worker of the version `two`, in a browser that keeps files of these versions. */
function workerAmong(versions, registration) {
  const kept = new Set(versions.map((version) => `alongside:/:${version}`));
  const listeners = {};
  const self = {
    location: { href: "https://example.org/sw.js" },
    registration: { installing: null, waiting: null, ...registration },
    clients: { claim: async () => {} },
    addEventListener: (name, listener) => (listeners[name] = listener),
  };
  const caches = { keys: async () => [...kept], delete: async (name) => kept.delete(name) };
  vm.runInNewContext(SOURCE, { self, caches, URL, Promise });
  const happen = (name) =>
    new Promise((resolve, reject) => listeners[name]({ waitUntil: (promise) => promise.then(resolve, reject) }));
  return { happen, kept };
}

test("a version that takes over takes away the files of those before", async () => {
  const { happen, kept } = workerAmong(["one", "two"]);
  await happen("activate");
  assert.deepEqual([...kept], ["alongside:/:two"]);
});

for (const state of ["installing", "waiting"]) {
  test(`and leaves those of a still newer one that is ${state}`, async () => {
    const { happen, kept } = workerAmong(["two", "three"], { [state]: {} });
    await happen("activate");
    assert.deepEqual([...kept], ["alongside:/:two", "alongside:/:three"]);
  });
}
