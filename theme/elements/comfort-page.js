import { define } from "./define.js";
import { messages } from "./messages.js";
import { say } from "./speech.js";
import { get, set } from "./store.js";
import { unknownOf } from "./unknown-fields.js";

/**
 * What is kept. A later version of the site may offer more to choose, or other values of what this one offers: what
 * nobody has chosen anew here stays.
 * @returns {Record<string, string>}
 */
function kept() {
  try {
    return unknownOf(JSON.parse(get("comfort") ?? "{}"), []);
  } catch {
    return {};
  }
}

/** The page on reading comfort: choices that hold for the whole site, on this device. */
class ComfortElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;

  connectedCallback() {
    if (this.#listening) return;
    this.#listening = new AbortController();
    const html = document.documentElement;
    const inputs = [...this.querySelectorAll("input")];
    // What was chosen before this script came holds.
    const given = new Set(inputs.filter((input) => input.checked).map((input) => input.name));
    for (const input of inputs) {
      if (!given.has(input.name)) input.checked = (html.dataset[input.name] ?? "") === input.value;
    }
    this.addEventListener("change", () => this.#keep(), { signal: this.#listening.signal });
    if (given.size) this.#keep();
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#listening = undefined;
  }

  #keep() {
    const chosen = kept();
    const html = document.documentElement;
    for (const input of this.querySelectorAll("input")) {
      if (!input.checked) continue;
      if (input.value) html.dataset[input.name] = chosen[input.name] = input.value;
      else delete html.dataset[input.name];
      if (!input.value) delete chosen[input.name];
    }
    const answer = set("comfort", JSON.stringify(chosen));
    const state = /** @type {HTMLElement} */ (this.querySelector("[data-said]"));
    say(state, answer.ok ? (state.dataset.said ?? "") : messages.notKept[answer.why]);
  }
}

define("p-comfort", ComfortElement);
