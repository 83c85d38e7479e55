import { define } from "./define.js";
import { ownMessages as own } from "./learner-messages.js";
import { fileOf, ranked, wordsOf } from "./search-model.js";
import { make, root } from "./site.js";

const MOST = 40;
const PAUSE = 250;
/** @type {Map<string, Promise<any>>} */
const files = new Map();

/** A file of the index. @param {string} name */
function file(name) {
  if (!files.has(name)) {
    files.set(
      name,
      fetch(new URL(`assets/search/${name}.json`, root)).then((answer) => {
        if (!answer.ok) throw new Error(`${name}.json could not be loaded`);
        return answer.json();
      })
    );
  }
  return /** @type {Promise<any>} */ (files.get(name));
}

/** The words that start as this one; none where the list of files names no such file. @param {string} word */
const startingAs = async (word) => ((await file("files")).includes(fileOf(word)) ? file(fileOf(word)) : {});

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
    const words = wordsOf(text);
    history.replaceState(null, "", words.length ? `#${new URLSearchParams({ q: text })}` : location.pathname);
    const status = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    const results = /** @type {HTMLElement} */ (this.querySelector(".results"));
    if (!words.some((word) => word.length > 1)) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const looked = words.filter((word) => word.length > 1);
      const found = ranked(looked, await Promise.all(looked.map(startingAs)));
      const shown = found.slice(0, MOST);
      const groups = [...new Set(shown.map((entry) => entry.group))];
      const sections = Object.fromEntries(
        await Promise.all(groups.map(async (group) => [group, await file(`in-${group}`)]))
      );
      if (turn !== this.#asked) return;
      results.replaceChildren(
        ...groups.map((group) =>
          this.#group(
            results,
            group,
            shown.filter((entry) => entry.group === group).map((entry) => sections[group][entry.number])
          )
        )
      );
      status.textContent = own.results(found.length, shown.length);
    } catch (error) {
      console.error(error);
      if (turn === this.#asked) status.textContent = own.searchLost;
    }
  }

  /** @param {HTMLElement} results @param {string} group @param {[string, string, string, string][]} entries */
  #group(results, group, entries) {
    const title = results.getAttribute(`data-title-${group}`) ?? results.dataset.site ?? "";
    const items = entries.map(([page, heading, url, snippet]) => {
      const link = make("a", { href: new URL(url, root).href }, heading ? `${page}: ${heading}` : page);
      return make(
        "li",
        { class: "result" },
        make("p", { class: "result__title" }, link),
        make("p", { class: "fine" }, `${snippet} …`)
      );
    });
    return make("section", {}, make("h2", {}, title), make("ul", { class: "links" }, ...items));
  }
}

define("p-search", SearchElement);
