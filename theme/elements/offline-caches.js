/** What the service worker has kept of this site. Apart from offline.js, so that a lesson does not load it. */
import { root } from "./site.js";

/** What the names of its caches start with, as in sw.js. */
const FAMILY = `alongside:${root.pathname}:`;

/** This site's own, that of the worker at work first: a later one makes its own before it takes over. */
const names = async () =>
  ("caches" in globalThis ? await caches.keys() : []).filter(
    (name) => name.startsWith(FAMILY) && !name.slice(FAMILY.length).includes("/")
  );

/** Addresses, from the top of the site, of what opens without a connection. @returns {Promise<Set<string>>} */
export async function kept() {
  const [name] = await names();
  if (!name) return new Set();
  const requests = await (await caches.open(name)).keys();
  return new Set(requests.map((request) => request.url.slice(root.href.length).replace(/\?.*/, "")));
}

/** A worker that has not answered by then is not waited for any longer. */
const PATIENCE = 3000;

/** Takes the worker of this site away with all that it has kept. Other sites at the same address keep theirs. */
export async function forget() {
  const registration = await navigator.serviceWorker?.getRegistration?.(root.href);
  if (registration?.scope === root.href) {
    if (registration.active) await ended(registration.active);
    await registration.unregister();
  }
  for (const name of await names()) await caches.delete(name);
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
