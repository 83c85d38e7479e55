/**
 * The site without a connection. Online everything comes from the network; offline everything comes from one cache,
 * which holds files of one version only: each is kept by its fingerprint, and the version is that of the list of them.
 * An address is answered with its own page, or with one that says that it was not kept; never with another page.
 * The build puts the version and the pages that are always kept in place of the two below.
 */
const VERSION = "development";
/** What can always be opened, and what it needs. @type {string[]} */
const SHELL = [];
/** @type {any} */
const worker = self;
const SCOPE = new URL("./", worker.location.href);
/**
 * The folder of this version of the course, where it stands beside the current one, which is above; and the folders of
 * other versions in this one. Each has a worker of its own. The build puts both in place as well.
 */
const COHORT = "";
/** @type {string[]} */
const OTHERS = [];
const FAMILY = `alongside:${new URL(COHORT ? "../" : "./", SCOPE).pathname}:${COHORT}`;
const CACHE = FAMILY + VERSION;
/** The list with the fingerprints, and the folder of those of modules and other parts, whose own stand in the first. */
const LIST = "assets/offline.json";
const PARTS = "assets/offline/";
/** Says with a kept file what its fingerprint was where it was made. A server may have changed it on its way. */
const LABEL = "alongside-fingerprint";
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

/** Caches of this version. Another one may stand in a folder of this one. */
const own = async () =>
  (await caches.keys()).filter((name) => name.startsWith(FAMILY) && !/[/:]/.test(name.slice(FAMILY.length)));

/** Those of other versions. */
const old = async () => (await own()).filter((name) => name !== CACHE);

/** Keeps, in this version, whatever the one before had. If that fails the old version stays. */
async function prepare() {
  const shell = SHELL.map((path) => new URL(path, SCOPE).href);
  const wanted = new Set([new URL(LIST, SCOPE).href, ...shell]);
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
 * Keeps files that are not kept yet. One that is gone is left out; a network or a server that fails stops it.
 * @param {string[]} urls
 * @param {(done: number, all: number) => void} tell
 */
async function keep(urls, tell) {
  let done = 0;
  for (const url of urls) {
    if (!(await found(url))) await hold(url, await fingerprintOf(url));
    done += 1;
    tell(done, urls.length);
  }
}

/**
 * The fingerprint of a file in this version; nothing where the version has no such file.
 * @param {string} url
 * @returns {Promise<string | undefined>}
 */
async function fingerprintOf(url) {
  const path = named(url);
  if (path === LIST) return VERSION;
  const all = await list(LIST, VERSION);
  const parts = { ...all.modules, ...all.apart };
  if (path.startsWith(PARTS)) return parts[path.slice(PARTS.length).replace(/\.json$/, "/")];
  const part = Object.keys(parts).find((folder) => path.startsWith(folder));
  const { files } = part ? await list(`${PARTS}${part.slice(0, -1)}.json`, parts[part]) : all;
  return files[path];
}

/** An address as lists have it. @param {string} url */
function named(url) {
  const path = plain(url).slice(SCOPE.href.length);
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** @type {Map<string, Promise<any>>} */
const lists = new Map();

/** A list of this version. It is read once. @param {string} path @param {string} fingerprint */
function list(path, fingerprint) {
  const read = lists.get(path) ?? hold(new URL(path, SCOPE).href, fingerprint).then((response) => response?.json());
  lists.set(path, read);
  read.catch(() => lists.delete(path));
  return read;
}

/** Whether somebody has taken everything away: from then on nothing is kept. */
let ended = false;
/** What is being kept just now. @type {Set<Promise<void>>} */
const busy = new Set();

/**
 * A file of this version, which is kept from now on: as any version has kept it, or else from the network.
 * @param {string} url
 * @param {string | undefined} fingerprint
 */
async function hold(url, fingerprint) {
  if (!fingerprint) return undefined;
  const response = (await earlier(url, fingerprint)) ?? (await loaded(url, fingerprint));
  if (response && !ended) await shelved(url, response.clone());
  return response;
}

/** @param {string} url @param {Response} response */
async function shelved(url, response) {
  const put = caches.open(CACHE).then((cache) => cache.put(url, response));
  busy.add(put);
  await put.finally(() => busy.delete(put));
}

/** What any version has kept with this fingerprint. @param {string} url @param {string} fingerprint */
async function earlier(url, fingerprint) {
  for (const cacheName of await own()) {
    const response = await caches.match(url, { cacheName, ignoreVary: true }).catch(() => undefined);
    if (response?.headers.get(LABEL) === fingerprint) return response;
  }
  return undefined;
}

/**
 * A file of this version from the network. What the browser still has is good enough if it is the right one; where a
 * server sends another one, it counts only if that is still the server of this version, which changes what it sends.
 * @param {string} url
 * @param {string} fingerprint
 */
async function loaded(url, fingerprint) {
  let answer = await asked(url, "default");
  if (answer?.print !== fingerprint) answer = await asked(url, "no-cache");
  if (!answer) return undefined;
  const right = async () => (await asked(new URL(LIST, SCOPE).href, "no-cache"))?.print === VERSION;
  if (answer.print === fingerprint || (await right())) return labelled(answer, fingerprint);
  throw new Error(`${url} is of another version`);
}

/**
 * What stands at an address, with its fingerprint; nothing where it is gone.
 * @param {string} url
 * @param {RequestCache} cache
 */
async function asked(url, cache) {
  const response = await fetch(url, { cache });
  if (response.status >= 500 || BUSY.includes(response.status)) throw new Error(`${url}: ${response.status}`);
  if (!response.ok || plain(response.url) !== plain(url)) return undefined;
  const body = await response.arrayBuffer();
  return { body, headers: response.headers, print: await fingerprintIn(body) };
}

/** As the build works it out. @param {ArrayBuffer} body */
async function fingerprintIn(body) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", body)).slice(0, 6);
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An answer to keep. @param {{body: ArrayBuffer, headers: Headers}} answer @param {string} fingerprint */
function labelled({ body, headers }, fingerprint) {
  const kept = unpacked(headers);
  kept.set(LABEL, fingerprint);
  return new Response(body, { headers: kept });
}

/** What a server says with an answer, but for what holds only on its way. @param {Headers} headers */
function unpacked(headers) {
  const kept = new Headers(headers);
  for (const name of ["content-encoding", "content-length"]) kept.delete(name);
  return kept;
}

/**
 * An address without what does not change the page: a query, a part of the page, the name of a folder's own file.
 * @param {string} url
 */
const plain = (url) => url.replace(/[?#].*$/, "").replace(/\/index\.html$/, "/");

/**
 * What is kept for an address. A cache that cannot be read is an empty one.
 * @param {string} url
 * @returns {Promise<Response | undefined>}
 */
const found = (url) =>
  caches.match(plain(url), { cacheName: CACHE, ignoreSearch: true, ignoreVary: true }).catch(() => undefined);

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  if (request.method === "GET" && isHere(request.url)) event.respondWith(answer(request));
});

/** Whether an address is of this version of the course. @param {string} url */
const isHere = (url) =>
  url.startsWith(SCOPE.href) && !OTHERS.some((folder) => `${plain(url)}/`.startsWith(SCOPE.href + folder));

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
  return new Response(
    (await page.text()).replaceAll('="../', () => top),
    { headers: unpacked(page.headers) }
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
    return all.every(isHere) ? [...new Set(all)] : undefined;
  } catch {
    return undefined;
  }
}

/** Every message is answered, one that makes no sense too: the page waits for it. */
worker.addEventListener("message", (/** @type {any} */ event) => {
  const { keep: wanted, ask, end } = event.data ?? {};
  const tell = (/** @type {object} */ said) => event.ports[0]?.postMessage(said);
  if (ask) return tell({ version: VERSION });
  if (end) {
    ended = true;
    return event.waitUntil(Promise.allSettled(busy).then(() => tell({ ended })));
  }
  const urls = ours(wanted);
  if (!urls) return tell({ failed: true });
  const all = keep(urls, (done, of) => tell({ done, of }));
  event.waitUntil(
    all.then(
      () => tell({ finished: true }),
      () => {
        tell({ failed: true });
        return worker.registration.update().catch(() => {});
      }
    )
  );
});
