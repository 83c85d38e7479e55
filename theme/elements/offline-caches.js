/** What the service worker has kept of this site. Apart from offline.js, so that a lesson does not load it. */
import { root } from "./site.js";

/** What the names of its caches start with, as in sw.js. */
const FAMILY = `alongside:${root.pathname}:`;

/** @returns {Promise<string[]>} */
const names = async () => ("caches" in globalThis ? caches.keys() : []);

/** Addresses, from the top of the site, of what opens without a connection. @returns {Promise<Set<string>>} */
export async function kept() {
  const name = FAMILY + (document.documentElement.dataset.version ?? "");
  if (!(await names()).includes(name)) return new Set();
  const requests = await (await caches.open(name)).keys();
  return new Set(requests.map((request) => request.url.slice(root.href.length).replace(/\?.*/, "")));
}

/** Takes the worker of this site away with all that it has kept. Other sites at the same address keep theirs. */
export async function forget() {
  const registration = await navigator.serviceWorker?.getRegistration?.(root.href);
  if (registration?.scope === root.href) await registration.unregister();
  for (const name of await names())
    if (name.startsWith(FAMILY) && !name.slice(FAMILY.length).includes("/")) await caches.delete(name);
}
