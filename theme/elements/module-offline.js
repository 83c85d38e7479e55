import { define } from "./define.js";
import { keep, registered } from "./offline.js";
import { make, root } from "./site.js";
import { askToStay } from "./device.js";
import { device } from "./store.js";
import { _, ngettext } from "./words.js";

const said = {
  module: _("Keep this module for when I have no connection"),
  all: _("Keep the whole course for when I have no connection"),
  keeping: _("Keeping it …"),
  /** @param {number} done @param {number} of */
  some: (done, of) =>
    ngettext("Keeping it: {done} of {of} files.", "Keeping it: {done} of {of} files.", of, { done, of }),
  kept: _("Kept. It opens without a connection now."),
  failed: _("It could not be kept. Check the connection, load the page again, and try once more."),
};

/**
 * Settles when the worker works; fails where it could not be set up.
 * @param {ServiceWorkerRegistration | undefined} registration
 * @returns {Promise<void>}
 */
const working = (registration) =>
  new Promise((resolve, reject) => {
    const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
    const look = () => {
      if (worker?.state === "activating" || worker?.state === "activated") resolve();
      else if (!worker || worker.state === "redundant") reject(new Error("there is no worker"));
    };
    worker?.addEventListener("statechange", look);
    look();
  });

/** A button that keeps a whole module, or everything, for when there is no connection. */
class KeepElement extends HTMLElement {
  connectedCallback() {
    if (
      this.childElementCount ||
      !("serviceWorker" in navigator) ||
      !document.documentElement.dataset.version ||
      device() === "shared"
    )
      return;
    const module = this.dataset.module;
    const button = make("button", { type: "button", class: "button button--second" }, module ? said.module : said.all);
    const state = make("p", { role: "status" });
    button.addEventListener("click", async () => {
      state.textContent = said.keeping;
      void askToStay();
      try {
        await working(await registered);
        const lists = await (await fetch(new URL("assets/offline.json", root))).json();
        const urls = [
          ...lists.common,
          ...(module ? (lists.modules[module] ?? []) : Object.values(lists.modules).flat()),
        ];
        await keep(urls, ({ done, of, finished, failed }) => {
          if (finished) state.textContent = said.kept;
          else if (failed) state.textContent = said.failed;
          else if (done && of && done % 20 === 0) state.textContent = said.some(done, of);
        });
      } catch {
        state.textContent = said.failed;
      }
    });
    this.append(button, state);
  }
}

define("p-keep", KeepElement);
