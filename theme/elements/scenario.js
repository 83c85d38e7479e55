import { define } from "./define.js";

/** The page's own title, before any moment is named in it. */
const pageTitle = document.title;

/**
 * Shows one moment of a scenario at a time. The address is the state, so back, forward, reload and
 * bookmarks work by themselves. Without script all moments show, linked like a game book.
 */
class ScenarioElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** @type {HTMLElement | undefined} */
  #shown;

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

  /** @param {boolean} moved whether the reader followed a link or went back, so that focus goes along */
  #show(moved) {
    const target = this.moments.find((moment) => `#${moment.id}` === location.hash);
    // Another part of the page was meant. Without a hash this is the page as it was opened: at the start.
    if (moved && !target && (location.hash || this.#shown === this.moments[0])) return;
    const shown = target ?? this.moments[0];
    this.#shown = shown;
    for (const moment of this.moments) moment.hidden = moment !== shown;
    const debrief = /** @type {HTMLElement | null} */ (this.querySelector(".scenario__debrief"));
    if (debrief) debrief.hidden = !shown.classList.contains("scene--ending");
    const heading = /** @type {HTMLElement | null} */ (shown.querySelector("h3, h4"));
    if (target && heading) document.title = `${heading.textContent?.replace(/\s+/g, " ").trim()} – ${pageTitle}`;
    else if (moved) document.title = pageTitle;
    if (moved) heading?.focus();
    // The browser finds the place while all moments still show, so it is found again when all is loaded.
    else if (target) addEventListener("load", () => target.scrollIntoView(), { once: true, signal: this.#listening?.signal });
  }
}

define("s-scenario", ScenarioElement);
