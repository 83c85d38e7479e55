/**
 * Keeps the pages that were opened for when there is no connection, and says when a new version is there.
 * Loaded on every page; a browser without service workers loses nothing else.
 */
import { messages } from "./messages.js";
import { device } from "./store.js";
import { make, root } from "./site.js";

const version = document.documentElement.dataset.version;
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

/** What this page has loaded, itself included, and pictures further down that it has yet to load. */
const used = () =>
  [
    location.href,
    ...performance.getEntriesByType("resource").map(({ name }) => name),
    ...Array.from(document.images, ({ src }) => src),
  ].filter((name) => name.startsWith(root.href) && !name.endsWith("sw.js"));

/**
 * Asks the worker to keep addresses, once there is one.
 * @param {string[]} urls
 * @param {(said: {done?: number, of?: number, finished?: boolean, failed?: boolean}) => void} heard
 */
export async function keep(urls, heard) {
  const { active } = await serviceWorker.ready;
  const channel = new MessageChannel();
  channel.port1.onmessage = (event) => heard(event.data);
  active?.postMessage({ version, keep: urls }, [channel.port2]);
}

function offerNew() {
  const button = make("button", { type: "button", class: "button button--second" }, messages.loadNew);
  button.addEventListener("click", () => location.reload());
  document
    .getElementById("main")
    ?.prepend(make("div", { class: "callout", role: "status" }, make("p", {}, messages.newVersion), button));
}

async function start() {
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done));
  if (serviceWorker.controller) serviceWorker.addEventListener("controllerchange", offerNew);
  const registration = await serviceWorker.register(trusted());
  keep(used(), () => {});
  return registration;
}

/** The worker's registration. A preview has no version, and a shared computer keeps nothing. */
export const registered = version && serviceWorker && device() === "private" ? start() : undefined;
registered?.catch(console.warn);
