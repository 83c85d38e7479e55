/**
 * Keeps the pages that were opened for when there is no connection, and says when a new version is there.
 * Loaded on every page, and at work once the page is used; a browser without service workers loses nothing else.
 */
import { inUse } from "./in-use.js";
import { device, make, root } from "./site.js";
import { say } from "./speech.js";
import { _ } from "./words.js";

const said = {
  newVersion: _("A new version of this course is here."),
  loadNew: _("Load it now"),
};

/** A preview has no worker, and a site whose organisation does not want one. */
const wanted = document.querySelector("[rel=manifest]");
const { serviceWorker } = navigator;

/**
 * The address of a worker counts as a script, which the policy of the site wants to come through a policy of its own.
 */
function trusted() {
  const address = new URL("sw.js", root).href;
  /** @type {any} */
  const types = /** @type {any} */ (globalThis).trustedTypes;
  return types ? types.createPolicy("alongside", { createScriptURL: () => address }).createScriptURL("") : address;
}

/**
 * The worker of this version of the course once it works; fails where it could not be set up. What the browser says is
 * ready may be that of another one, above its folder.
 * @returns {Promise<ServiceWorker>}
 */
async function atWork() {
  const registration = await registered;
  const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker?.state === "activating" || worker?.state === "activated") resolve(worker);
      else if (!worker || worker.state === "redundant") reject();
    };
    worker?.addEventListener("statechange", look);
    look();
  });
}

/**
 * Asks the worker to keep addresses, once there is one; fails where there is none.
 * @param {string[]} urls
 * @param {(said: {done?: number, of?: number, finished?: boolean, failed?: boolean}) => void} heard
 */
export async function keep(urls, heard) {
  const worker = await atWork();
  const channel = new MessageChannel();
  channel.port1.onmessage = (event) => heard(event.data);
  worker.postMessage({ keep: urls }, [channel.port2]);
}

/**
 * Keeps this page with what it loads, now and later, and pictures further down that it has yet to load; of a module
 * also what progress and review ask of it later.
 */
function keepUsed() {
  const ours = (/** @type {string[]} */ names) =>
    keep(
      names.filter((name) => name.startsWith(root.href)),
      () => {}
    ).catch(() => {}); // a page without a worker loses nothing else
  const module = document.getElementById("contents")?.dataset.module;
  const asked = module ? [new URL(`${module}/index.json`, root).href] : [];
  ours([location.href, ...Array.from(document.images, ({ src }) => src), ...asked]);
  const seen = new PerformanceObserver((list) => ours(list.getEntries().map(({ name }) => name)));
  seen.observe({ type: "resource", buffered: true });
}

function offerNew() {
  const button = make("button", { type: "button", class: "button button--second" }, said.loadNew);
  button.addEventListener("click", () => location.reload());
  const words = make("p");
  document.getElementById("main")?.prepend(make("div", { class: "callout" }, words, button));
  say(words, said.newVersion);
}

async function start() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
  await inUse;
  // The first worker of a folder takes over from that of the version above, which is nothing new.
  const isOurs = serviceWorker.controller?.scriptURL === new URL("sw.js", root).href;
  if (isOurs) serviceWorker.addEventListener("controllerchange", offerNew);
  const registration = await serviceWorker.register(trusted());
  keepUsed();
  return registration;
}

/** The worker's registration. A shared computer keeps nothing. */
export const registered = wanted && serviceWorker && device() === "private" ? start() : undefined;
registered?.catch(console.warn);
