/** What the service worker has kept of this site. Apart from offline.js, so that a lesson does not load it. */
import { cohort, home, root } from "./site.js";

/** What the names of its caches start with, as in sw.js; a folder behind it is that of another version. */
const FAMILY = `alongside:${home.pathname}:`;

/** What is behind that: a build, and before it the folder. Another site may stand in a folder called `:`. */
const OURS = /^((?:[a-z0-9][a-z0-9-]*\/)?)[^/:]+$/;

/** Folders of versions with the names of their caches. @returns {Promise<{folder: string, name: string}[]>} */
const all = async () =>
  ("caches" in globalThis ? await caches.keys() : []).flatMap((name) => {
    const found = name.startsWith(FAMILY) ? OURS.exec(name.slice(FAMILY.length)) : null;
    return found ? [{ folder: found[1], name }] : [];
  });

/** This version's own, that of the worker at work first: a later one makes its own before it takes over. */
const names = async () =>
  (await all()).filter(({ folder }) => folder === (cohort && `${cohort}/`)).map(({ name }) => name);

/** Addresses, from the top of the site, of what opens without a connection. @returns {Promise<Set<string>>} */
export async function kept() {
  const [name] = await names();
  if (!name) return new Set();
  const requests = await (await caches.open(name)).keys();
  return new Set(requests.map((request) => request.url.slice(root.href.length).replace(/\?.*/, "")));
}

/** A worker that has not answered by then is not waited for any longer. */
const PATIENCE = 3000;

/**
 * Takes the workers of this site away with all that they have kept: what somebody has opened in another version of the
 * course must not stay. Other sites at the same address keep theirs.
 */
export async function forget() {
  const folders = new Set([cohort && `${cohort}/`, ...(await all()).map(({ folder }) => folder)]);
  for (const folder of folders) {
    const { href } = new URL(folder || "./", home);
    const registration = await navigator.serviceWorker?.getRegistration?.(href);
    if (registration?.scope !== href) continue;
    if (registration.active) await ended(registration.active);
    await registration.unregister();
  }
  for (const { name } of await all()) await caches.delete(name);
}

/**
 * Lets the worker keep nothing any more: it lives on as long as pages do, and would keep what it is at just now.
 * @param {ServiceWorker} worker
 */
const ended = (worker) =>
  new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    setTimeout(done, PATIENCE);
    worker.postMessage({ end: true }, [channel.port2]);
  });
