/**
 * Keeps the pages that were opened for when there is no connection, and says when a new version is there.
 * Loaded on every page; a browser without service workers loses nothing else.
 */
import { messages } from "./messages.js";
import { device } from "./store.js";
import { make, root, stored } from "./site.js";

const version = document.documentElement.dataset.version ?? "";

/** The address of a worker counts as a script, which the policy of the site wants to come through a policy of its own. */
function trusted() {
  const address = new URL("sw.js", root).href;
  /** @type {any} */
  const types = /** @type {any} */ (globalThis).trustedTypes;
  if (!types) return address;
  return types.createPolicy("alongside", { createScriptURL: () => address }).createScriptURL("");
}

/** What this page has loaded, itself included, and pictures further down that it has yet to load. */
const used = () => [
  location.href.replace(/[?#].*/, "").replace(/\/index\.html$/, "/"),
  ...[...performance.getEntriesByType("resource").map((entry) => entry.name), ...[...document.images].map((picture) => picture.src)]
    .filter((name) => name.startsWith(root.href) && !name.endsWith("sw.js")),
];

/** The worker once it works; fails where it could not be set up. @param {ServiceWorkerRegistration} registration @returns {Promise<ServiceWorker>} */
const working = (registration) =>
  new Promise((resolve, reject) => {
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    const look = () => {
      if (worker?.state === "activating" || worker?.state === "activated") resolve(worker);
      else if (!worker || worker.state === "redundant") reject(new Error("the site could not be kept"));
    };
    worker?.addEventListener("statechange", look);
    look();
  });

/** @type {Promise<ServiceWorkerRegistration>} */
const registered = new Promise((resolve, reject) => {
  // A preview has no version, and a shared computer keeps nothing.
  if (!version || !("serviceWorker" in navigator) || device() !== "private") return;
  const register = () => navigator.serviceWorker.register(trusted()).then(resolve, reject);
  if (document.readyState === "complete") register();
  else addEventListener("load", register, { once: true });
});

/**
 * Asks the worker to keep addresses. Fails where there is no worker.
 * @param {string[]} urls
 * @param {(said: {done?: number, of?: number, finished?: boolean, failed?: boolean}) => void} heard
 */
export async function keep(urls, heard) {
  const worker = await working(await registered);
  const channel = new MessageChannel();
  channel.port1.onmessage = (event) => heard(event.data);
  worker.postMessage({ version, keep: urls }, [channel.port2]);
}

/** Addresses, from the top of the site, of what opens without a connection. @returns {Promise<Set<string>>} */
export async function kept() {
  const name = stored(version);
  if (!("caches" in globalThis) || !(await caches.has(name))) return new Set();
  const requests = await (await caches.open(name)).keys();
  return new Set(requests.map((request) => request.url.slice(root.href.length).replace(/\?.*/, "")));
}

/** Takes the worker of this site away with all that it has kept. Other sites at the same address keep theirs. */
export async function forget() {
  const registration = await navigator.serviceWorker?.getRegistration?.(root.href);
  if (registration?.scope === root.href) await registration.unregister();
  const family = stored("");
  const names = "caches" in globalThis ? await caches.keys() : [];
  for (const name of names) if (name.startsWith(family) && !name.slice(family.length).includes("/")) await caches.delete(name);
}

function offerNew() {
  const button = make("button", { type: "button", class: "button button--second" }, messages.loadNew);
  button.addEventListener("click", () => location.reload());
  document.getElementById("main")?.prepend(make("div", { class: "callout", role: "status" }, make("p", {}, messages.newVersion), button));
}

async function start() {
  const had = navigator.serviceWorker?.controller != null;
  await registered;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (had) offerNew();
  });
  await keep(used(), () => {});
}

start().catch(console.warn);
