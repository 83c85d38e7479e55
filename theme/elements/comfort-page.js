import { define } from "./define.js";
import { messages } from "./messages.js";
import { say } from "./speech.js";
import { set } from "./store.js";

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
    /** @type {Record<string, string>} */
    const chosen = {};
    const html = document.documentElement;
    for (const input of this.querySelectorAll("input")) {
      if (!input.checked) continue;
      if (input.value) html.dataset[input.name] = chosen[input.name] = input.value;
      else delete html.dataset[input.name];
    }
    const kept = set("comfort", JSON.stringify(chosen));
    const state = /** @type {HTMLElement} */ (this.querySelector("[data-said]"));
    say(state, kept.ok ? (state.dataset.said ?? "") : messages.notKept[kept.why]);
  }
}

define("p-comfort", ComfortElement);
