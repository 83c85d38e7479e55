/**
 * The notice on pages where something can be finished, on a site whose organisation has a store of records. Once the
 * learner has switched it on, what they finish here waits to be told, and is told when that is possible. It never keeps
 * anybody waiting and never says anything by itself: how it goes stands on the page with the switch.
 */
import { define } from "./define.js";
import { view } from "./record.js";
import { SHARING, WAITING, readSharing, readWaiting, withFinished } from "./sharing-model.js";
import { root } from "./site.js";
import { get, set, watch } from "./store.js";
import { _ } from "./words.js";
import { uuid } from "./xapi.js";

const said = { on: _("You share what you finish here, as you have switched on.") };

/** The switch as it is now. */
export const sharing = () => readSharing(get(SHARING));

class SharingElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** What was finished when the page was opened, or since. @type {Set<string>} */
  #finished = new Set();
  /** What the notice says while nothing is shared. */
  #off = "";
  /**
   * What sends: loaded as soon as it is switched on, since there may be no connection later.
   * @type {Promise<typeof import("./sharing-sender.js")> | undefined}
   */
  #loaded;

  connectedCallback() {
    // A copy at another address would say things of that one, in the name of a site that has not agreed.
    if (this.#listening || root.href !== this.dataset.site) return;
    this.#listening = new AbortController();
    const signal = this.#listening.signal;
    this.#off = this.#notice?.textContent ?? "";
    this.#finished = new Set(this.#now());
    this.#changed();
    watch(SHARING, () => this.#changed());
    addEventListener("sharing:changed", () => this.#changed(), { signal });
    addEventListener("record:changed", () => this.#note(), { signal });
    addEventListener("online", () => this.#send(), { signal });
    addEventListener("store:wiped", () => this.#stop(), { signal });
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#listening = undefined;
  }

  get #notice() {
    return this.querySelector(".sharing__said");
  }

  /** What is finished of this module, by the names of its parts, and the module by an empty one where all are. */
  #now() {
    const { module = "" } = this.dataset;
    const kept = view().modules[module]?.lessons ?? {};
    const parts = [...document.querySelectorAll("#contents [data-part]")].map(
      (link) => /** @type {HTMLElement} */ (link).dataset.part ?? ""
    );
    const whole = parts.length > 0 && parts.every((part) => part in kept);
    return [...Object.keys(kept), ...(whole ? [""] : [])];
  }

  /** Whoever has switched it on or off, here or in another tab. */
  #changed() {
    const on = sharing();
    if (this.#notice) this.#notice.textContent = on ? said.on : this.#off;
    if (on) this.#send();
    else this.#stop();
  }

  /** What became finished on this page. What was before is not told, whenever it is switched on. */
  #note() {
    const { module = "", part = "", moduleTitle = "", title = "", kind = "", version = "" } = this.dataset;
    const now = this.#now();
    const fresh = now.filter((name) => !this.#finished.has(name) && (name === part || name === ""));
    this.#finished = new Set(now);
    const on = sharing();
    if (!on || !module || !fresh.length) return;
    let waiting = readWaiting(get(WAITING), on.id);
    const at = new Date().toISOString();
    for (const name of fresh) {
      const one = name ? { part, kind, title } : { part: "", kind: "module", title: moduleTitle };
      waiting = withFinished(waiting, { id: uuid(), at, module, version, ...one });
    }
    // Where it cannot be kept it waits for as long as the page is open, and the record has said so.
    const kept = set(WAITING, JSON.stringify(waiting));
    if (!kept.ok) console.warn(kept.why);
    this.#send();
  }

  #send() {
    const { endpoint = "", authorization = "", site = "", course = "" } = this.dataset;
    this.#loaded ??= import("./sharing-sender.js");
    this.#loaded
      .then(({ send }) => send({ endpoint, authorization, site, course }))
      .catch((error) => {
        this.#loaded = undefined;
        console.warn(error);
      });
  }

  #stop() {
    dispatchEvent(new CustomEvent("sharing:stopped"));
  }
}

define("p-sharing", SharingElement);
