/**
 * The site without a connection. Online everything comes from the network; offline everything comes from one cache,
 * which holds files of one version only: pages say which version they are, and what is of another is not kept.
 * The build puts the version in place of the word below.
 */
const VERSION = "development";
/** @type {any} */
const worker = self;
const SCOPE = new URL("./", worker.location.href);
const FAMILY = `alongside:${SCOPE.pathname}:`;
const CACHE = FAMILY + VERSION;
/** What can always be opened. */
const SHELL = ["", "assets/icon.svg", "support/", "progress/", "review/", "journal/", "assets/index.json", "assets/offline.json"];
/** A page that is kept is shown when the network takes longer. */
const PATIENCE = 5000;

worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(prepare().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(tidy().then(() => worker.clients.claim())));

/** Fetches anew, in this version, whatever the one before had. If that fails the old version stays. */
async function prepare() {
  const old = await caches.keys().then((names) => names.filter((name) => name.startsWith(FAMILY) && name !== CACHE));
  const wanted = new Set(SHELL.map((path) => new URL(path, SCOPE).href));
  for (const name of old) for (const request of await (await caches.open(name)).keys()) wanted.add(request.url);
  await keep([...wanted], () => {});
}

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith(FAMILY) && name !== CACHE) await caches.delete(name);
}

/**
 * Keeps files, and what pages among them need. A file that is gone is left out; a network that fails stops it.
 * @param {string[]} urls
 * @param {(done: number, all: number) => void} tell
 */
async function keep(urls, tell) {
  const cache = await caches.open(CACHE);
  let done = 0;
  for (const url of urls) {
    const response = await fetch(url, { cache: "no-cache" });
    if (response.ok) await cache.put(url, response);
    done += 1;
    tell(done, urls.length);
  }
}

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(SCOPE.href)) event.respondWith(answer(request));
});

/** @param {Request} request @returns {Promise<Response>} */
async function answer(request) {
  const kept = await (await caches.open(CACHE)).match(request, { ignoreSearch: true });
  const network = fetch(request);
  if (!kept) return network.catch(() => (request.mode === "navigate" ? missing() : Response.error()));
  if (request.mode !== "navigate") return network.catch(() => kept);
  const slow = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([network.catch(() => kept), /** @type {Promise<Response>} */ (slow)]);
}

/** What is shown for a page that was not kept: the page on progress says what was. */
async function missing() {
  return (await caches.match(new URL("progress/", SCOPE).href)) ?? Response.error();
}

worker.addEventListener("message", (/** @type {any} */ event) => {
  const { version, keep: urls, ask } = event.data ?? {};
  const port = event.ports[0];
  if (ask) port?.postMessage({ version: VERSION });
  if (!Array.isArray(urls)) return;
  if (version !== VERSION) {
    event.waitUntil(worker.registration.update().catch(() => {}));
    port?.postMessage({ failed: true });
    return;
  }
  const inside = urls.map((url) => new URL(url, SCOPE).href).filter((url) => url.startsWith(SCOPE.href));
  const all = keep(inside, (done, of) => port?.postMessage({ done, of }));
  event.waitUntil(all.then(() => port?.postMessage({ finished: true }), () => port?.postMessage({ failed: true })));
});
