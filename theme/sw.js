/**
 * The site without a connection. Online everything comes from the network; offline everything comes from one cache,
 * which holds files of one version only: pages say which version they are, and what is of another is not kept.
 * An address is answered with its own page, or with one that says that it was not kept; never with another page.
 * The build puts the version and the list in place of the two below.
 */
const VERSION = "development";
/** What can always be opened, and what it needs. @type {string[]} */
const SHELL = [];
/** @type {any} */
const worker = self;
const SCOPE = new URL("./", worker.location.href);
const FAMILY = `alongside:${SCOPE.pathname}:`;
const CACHE = FAMILY + VERSION;
const NOT_KEPT = "offline/";
/** A page that is kept is shown when the network takes longer. */
const PATIENCE = 5000;
/** What a server says that is busy: the file may well be there. */
const BUSY = [408, 425, 429];

worker.addEventListener("install", (/** @type {any} */ event) =>
  event.waitUntil(prepare().then(() => worker.skipWaiting()))
);
worker.addEventListener("activate", (/** @type {any} */ event) =>
  event.waitUntil(tidy().then(() => worker.clients.claim()))
);

/** Caches of this site that are of another version. Another site may stand in a folder of this one. */
const old = async () =>
  (await caches.keys()).filter(
    (name) => name.startsWith(FAMILY) && name !== CACHE && !name.slice(FAMILY.length).includes("/")
  );

/** Fetches anew, in this version, whatever the one before had. If that fails the old version stays. */
async function prepare() {
  const shell = SHELL.map((path) => new URL(path, SCOPE).href);
  const wanted = new Set(shell);
  for (const name of await old()) for (const request of await (await caches.open(name)).keys()) wanted.add(request.url);
  await keep([...wanted], () => {});
  for (const url of shell) if (!(await found(url))) throw new Error(`${url} could not be kept`);
}

/** What a still newer version keeps is not of a version before; that one tidies up when its time comes. */
async function tidy() {
  const { installing, waiting } = worker.registration;
  if (!installing && !waiting) for (const name of await old()) await caches.delete(name);
}

/**
 * Keeps files. One that is gone is left out; a network or a server that fails stops it.
 * @param {string[]} urls
 * @param {(done: number, all: number) => void} tell
 */
async function keep(urls, tell) {
  const cache = await caches.open(CACHE);
  let done = 0;
  for (const url of urls) {
    const response = await fetch(url, { cache: "no-cache" });
    if (response.status >= 500 || BUSY.includes(response.status)) throw new Error(`${url}: ${response.status}`);
    if (response.ok && plain(response.url) === plain(url)) await cache.put(url, direct(response));
    done += 1;
    tell(done, urls.length);
  }
}

/**
 * An address without what does not change the page: a query, a part of the page, the name of a folder's own file.
 * @param {string} url
 */
const plain = (url) => url.replace(/[?#].*$/, "").replace(/\/index\.html$/, "/");

/** The same answer as if nothing had sent it on, which browsers want for pages. @param {Response} response */
const direct = (response) => (response.redirected ? new Response(response.body, response) : response);

/**
 * What is kept for an address. A cache that cannot be read is an empty one.
 * @param {string} url
 * @returns {Promise<Response | undefined>}
 */
const found = (url) =>
  caches.match(plain(url), { cacheName: CACHE, ignoreSearch: true, ignoreVary: true }).catch(() => undefined);

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(SCOPE.href)) event.respondWith(answer(request));
});

/** @param {Request} request @returns {Promise<Response>} */
async function answer(request) {
  const kept = await found(request.url);
  const network = fetch(request);
  if (request.mode !== "navigate") return network.catch(() => kept ?? Response.error());
  if (!kept) return network.catch(() => instead(request.url));
  const slow = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE));
  return Promise.race([network.catch(() => kept), /** @type {Promise<Response>} */ (slow)]);
}

/** What is shown for an address at which nothing is kept. @param {string} url */
async function instead(url) {
  const folder = `${plain(url)}/`;
  if (await found(folder)) return Response.redirect(folder);
  const page = await found(new URL(NOT_KEPT, SCOPE).href);
  return page ? atAnyDepth(page) : Response.error();
}

/**
 * The page with addresses that hold wherever it is shown: its file stands one folder deep, so they begin with `../`.
 * The address that was asked for stays, so that Back and Reload do what they always do.
 * @param {Response} page
 */
async function atAnyDepth(page) {
  const top = `="${SCOPE.pathname.replaceAll("&", "&amp;")}`;
  const headers = new Headers(page.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response(
    (await page.text()).replaceAll('="../', () => top),
    { headers }
  );
}

/**
 * Addresses that a page asks to keep, without what someone looked for; nothing where one of them is not of this site.
 * @param {unknown} urls
 */
function ours(urls) {
  if (!Array.isArray(urls)) return undefined;
  try {
    const all = urls.map((url) => plain(new URL(url, SCOPE).href));
    return all.every((url) => url.startsWith(SCOPE.href)) ? [...new Set(all)] : undefined;
  } catch {
    return undefined;
  }
}

/** Every message is answered, one that makes no sense too: the page waits for it. */
worker.addEventListener("message", (/** @type {any} */ event) => {
  const { version, keep: wanted, ask } = event.data ?? {};
  const tell = (/** @type {object} */ said) => event.ports[0]?.postMessage(said);
  if (ask) return tell({ version: VERSION });
  const urls = ours(wanted);
  if (version !== VERSION) event.waitUntil(worker.registration.update().catch(() => {}));
  if (version !== VERSION || !urls) return tell({ failed: true });
  const all = keep(urls, (done, of) => tell({ done, of }));
  event.waitUntil(
    all.then(
      () => tell({ finished: true }),
      () => tell({ failed: true })
    )
  );
});
