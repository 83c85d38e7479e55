import { define } from "./define.js";

/**
 * Shows one moment of a scenario at a time. The address is the state, so back, forward, reload and
 * bookmarks work by themselves. Without script all moments show, linked like a game book.
 */
class ScenarioElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  #title = document.title;

  /** @returns {HTMLElement[]} */
  get moments() {
    return [...this.querySelectorAll("section")].filter((section) => !section.classList.contains("scenario__debrief"));
  }

  connectedCallback() {
    this.#listening = new AbortController();
    addEventListener("hashchange", () => this.#show(true), { signal: this.#listening.signal });
    this.#show(false);
  }

  disconnectedCallback() {
    this.#listening?.abort();
    for (const section of this.querySelectorAll("section")) section.hidden = false;
  }

  /** @param {boolean} moved whether the reader followed a link, so that focus goes along */
  #show(moved) {
    const target = this.moments.find((moment) => `#${moment.id}` === location.hash);
    if (moved && !target) return;
    const shown = target ?? this.moments[0];
    for (const moment of this.moments) moment.hidden = moment !== shown;
    const debrief = /** @type {HTMLElement | null} */ (this.querySelector(".scenario__debrief"));
    if (debrief) debrief.hidden = !shown.classList.contains("scene--ending");
    const heading = /** @type {HTMLElement | null} */ (shown.querySelector("h3, h4"));
    document.title = target && heading ? `${heading.textContent?.trim()} – ${this.#title}` : this.#title;
    if (moved) heading?.focus();
  }
}

define("s-scenario", ScenarioElement);
