import { define } from "./define.js";
import { messages } from "./messages.js";
import { keep, registered } from "./offline.js";
import { make, root } from "./site.js";
import { askToStay } from "./device.js";
import { device } from "./store.js";

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
    const button = make(
      "button",
      { type: "button", class: "button button--second" },
      module ? messages.keepModule : messages.keepAll
    );
    const state = make("p", { role: "status" });
    button.addEventListener("click", async () => {
      state.textContent = messages.keeping;
      void askToStay();
      try {
        await working(await registered);
        const lists = await (await fetch(new URL("assets/offline.json", root))).json();
        const urls = [
          ...lists.common,
          ...(module ? (lists.modules[module] ?? []) : Object.values(lists.modules).flat()),
        ];
        await keep(urls, ({ done, of, finished, failed }) => {
          if (finished) state.textContent = messages.keptOffline;
          else if (failed) state.textContent = messages.keepFailed;
          else if (done && of && done % 20 === 0) state.textContent = messages.keepingSome(done, of);
        });
      } catch {
        state.textContent = messages.keepFailed;
      }
    });
    this.append(button, state);
  }
}

define("p-keep", KeepElement);
