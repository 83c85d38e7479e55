import { define } from "./define.js";
import { ownMessages as own } from "./learner-messages.js";
import { pageAt } from "./page-at.js";
import { find, isUrgent, marked } from "./search-model.js";
import { make } from "./site.js";
import { siteFile } from "./site-file.js";
import { say } from "./speech.js";

/** Places that are shown, as many as files of words have texts for. */
const MOST = 10;
const PAUSE = 250;

/** A file of the index. @param {string} name */
const file = (name) => siteFile(`assets/search/${name}.json`);

/** Search as one types. The words stand in the address, so that back and reload work. */
class SearchElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  #asked = 0;

  connectedCallback() {
    if (this.#listening) return;
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const field = /** @type {HTMLInputElement} */ (this.querySelector("input"));
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let pause;
    field.addEventListener(
      "input",
      () => {
        clearTimeout(pause);
        pause = setTimeout(() => this.#search(field.value), PAUSE);
      },
      { signal }
    );
    this.querySelector("form")?.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        clearTimeout(pause);
        this.#search(field.value);
      },
      { signal }
    );
    field.value ||= new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
    if (field.value) this.#search(field.value);
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#listening = undefined;
  }

  /** @param {string} text */
  async #search(text) {
    this.#asked += 1;
    const turn = this.#asked;
    const asked = text.trim();
    history.replaceState(null, "", asked ? `#${new URLSearchParams({ q: text })}` : location.pathname);
    const status = /** @type {HTMLElement} */ (this.querySelector(".search__said"));
    const results = /** @type {HTMLElement} */ (this.querySelector(".results"));
    const help = /** @type {HTMLElement} */ (this.querySelector(".results__help"));
    help.hidden = !isUrgent(text, JSON.parse(this.dataset.urgent ?? "[]"));
    const tell = (/** @type {string} */ words) => say(status, help.hidden ? words : `${own.helpFirst} ${words}`.trim());
    if (asked.length < 2 && asked <= "z") {
      results.replaceChildren();
      tell("");
      return;
    }
    try {
      const { found, words, shown } = await find(text, file);
      const places = await Promise.all(found.slice(0, MOST).map(({ place }) => shown(place)));
      if (turn !== this.#asked) return;
      /** @type {Map<string, HTMLElement[]>} */
      const groups = new Map();
      for (const place of places)
        groups.set(place.group, [...(groups.get(place.group) ?? []), this.#result(place, words)]);
      results.replaceChildren(
        ...[...groups].map(([title, items]) =>
          make(
            "section",
            {},
            make("h2", {}, title || results.dataset.site || ""),
            make("ul", { class: "links" }, ...items)
          )
        )
      );
      tell(own.results(found.length, places.length));
    } catch (error) {
      console.error(error);
      if (turn === this.#asked) tell(own.searchLost);
    }
  }

  /**
   * @param {{title: string, url: string, heading: string, text: string}} place
   * @param {Set<string>} found
   */
  #result({ title, url, heading, text }, found) {
    const name = heading ? `${title}: ${heading}` : title;
    const pieces = marked(text, found).map(([piece, hit]) => (hit ? make("mark", {}, piece) : piece));
    return make(
      "li",
      { class: "result" },
      make("p", { class: "result__title" }, make("a", { href: pageAt(url) }, name)),
      make("p", { class: "fine" }, ...pieces)
    );
  }
}

define("p-search", SearchElement);
