import { define } from "./define.js";
import { messages } from "./messages.js";
import { moduleOf } from "./record-model.js";
import { followScenario } from "./record-follow.js";
import { update, view } from "./record.js";
import { make } from "./site.js";
import { getInTab, quietly, setInTab } from "./store.js";
import { _ } from "./words.js";

/** The page's own title, before any moment is named in it. */
const pageTitle = document.title;

/**
 * Shows one moment of a scenario at a time. The address is the state, so back, forward, reload and
 * bookmarks work by themselves. Without script all moments show, linked like a game book.
 * The way that was taken is kept in this tab and shown at the end, with the rule behind each choice.
 */
class ScenarioElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** @type {HTMLElement | undefined} */
  #shown;

  /** @returns {HTMLElement[]} */
  get moments() {
    return [...this.querySelectorAll("section")].filter(
      (section) => !section.matches(".scenario__debrief, .scenario__way")
    );
  }

  connectedCallback() {
    this.#listening = new AbortController();
    addEventListener("hashchange", () => this.#show(true), { signal: this.#listening.signal });
    this.#show(false);
  }

  disconnectedCallback() {
    this.#listening?.abort();
    for (const made of this.querySelectorAll(".scenario__way, .trail")) made.remove();
    for (const section of this.querySelectorAll("section")) section.hidden = false;
  }

  /** @param {boolean} moved whether the reader followed a link or went back, so that focus goes along */
  #show(moved) {
    const meant = document.getElementById(location.hash.slice(1));
    const target = this.moments.find((moment) => moment.contains(meant));
    // Another part of the page was meant. Without a hash this is the page as it was opened: at the start.
    if (moved && !target && (location.hash || this.#shown === this.moments[0])) return;
    const shown = target ?? this.moments[0];
    this.#shown = shown;
    for (const moment of this.moments) moment.hidden = moment !== shown;
    const ended = shown.classList.contains("scene--ending");
    const debrief = /** @type {HTMLElement | null} */ (this.querySelector(".scenario__debrief"));
    if (debrief) debrief.hidden = !ended;
    // What it began with makes room for the moment, and can be opened again.
    const start = /** @type {HTMLDetailsElement | null} */ (this.querySelector(".scenario__start"));
    if (start) start.open = shown === this.moments[0];
    for (const made of this.querySelectorAll(".scenario__way, .trail")) made.remove();
    if (shown.classList.contains("outcome")) this.#note(shown);
    if (ended) this.#lookBack(shown);
    else this.#trail(shown);
    const heading = /** @type {HTMLElement | null} */ (shown.querySelector("h3"));
    if (target && heading) document.title = `${heading.textContent?.replace(/\s+/g, " ").trim()} – ${pageTitle}`;
    else if (moved) document.title = pageTitle;
    if (moved || (target && isLedHere())) {
      // The whole moment comes into view, with the way so far above it.
      (this.querySelector(".trail") ?? shown).scrollIntoView({ behavior: "instant" });
      heading?.focus({ preventScroll: true });
    }
    // The browser finds the place while all moments still show, so it is found again when all is loaded.
    else if (target && document.readyState === "complete") void goTo(target);
    else if (target) addEventListener("load", () => goTo(target), { once: true, signal: this.#listening?.signal });
  }

  // -------------------------------------------------------------- the way taken

  get #name() {
    return `way:${location.pathname}:${this.id}`;
  }

  /** Ids of the outcomes on the way, in order. @returns {string[]} */
  get #way() {
    try {
      const kept = JSON.parse(getInTab(this.#name) ?? "[]");
      return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
    } catch {
      return [];
    }
  }

  /** Whoever goes back to a moment and chooses anew goes on from there. @param {HTMLElement} outcome */
  #note(outcome) {
    const way = this.#way;
    const again = way.findIndex((id) => id === outcome.id || this.#momentOf(id) === this.#momentOf(outcome.id));
    const now = [...(again < 0 ? way : way.slice(0, again)), outcome.id];
    void quietly(setInTab(this.#name, JSON.stringify(now)));
  }

  /** The moment that an outcome belongs to: the last one before it. @param {string} id */
  #momentOf(id) {
    const moments = this.moments;
    const at = moments.findIndex((moment) => moment.id === id);
    return moments
      .slice(0, at)
      .reverse()
      .find((moment) => moment.classList.contains("scene"));
  }

  /**
   * Shows the way so far above a moment, as a number for each choice, by which one can go back.
   * @param {HTMLElement} shown
   */
  #trail(shown) {
    const way = this.#way.map((id) => this.moments.find((moment) => moment.id === id)).filter((outcome) => !!outcome);
    // Whoever has gone back is where the way turns off.
    const at = way.findIndex((outcome) => outcome === shown || this.#momentOf(outcome.id) === shown);
    if (!way.length || (at < 0 && !shown.classList.contains("scene"))) return;
    const numbers = way.map((outcome, index) => {
      const words = [`${index + 1}`, make("span", { class: "vh" }, `. ${titleOf(outcome)}`)];
      return make(
        "li",
        { "data-state": outcome.dataset.state ?? "" },
        index === at
          ? make("span", { "aria-current": "step" }, ...words)
          : make("a", { href: `#${outcome.id}`, title: titleOf(outcome) }, ...words)
      );
    });
    if (at < 0) {
      const here = [`${way.length + 1}`, make("span", { class: "vh" }, `. ${titleOf(shown)}`)];
      numbers.push(make("li", {}, make("span", { "aria-current": "step" }, ...here)));
    }
    const name = `${this.id}__trail`;
    const words = make("span", { id: name }, _("Your way so far"));
    shown.before(make("div", { class: "trail" }, words, make("ol", { "aria-labelledby": name }, ...numbers)));
  }

  /** @param {HTMLElement} ending */
  #lookBack(ending) {
    const seen = this.#endingsSeen(ending);
    const items = this.#way.flatMap((id) => {
      const outcome = this.moments.find((moment) => moment.id === id);
      if (!outcome) return [];
      const title = this.#momentOf(id)?.querySelector("h3")?.textContent ?? "";
      const chose = titleOf(outcome);
      const why = [...(outcome.querySelector(".outcome__why")?.childNodes ?? [])].map((node) => node.cloneNode(true));
      return [
        make(
          "li",
          { "data-state": outcome.dataset.state ?? "" },
          make("p", {}, make("strong", {}, `${title}: `), chose),
          make("p", { class: "outcome__why" }, ...why)
        ),
      ];
    });
    const name = `${this.id}__way`;
    const all = this.moments.filter((moment) => moment.classList.contains("scene--ending")).length;
    const section = make(
      "section",
      { class: "scenario__way", "aria-labelledby": name },
      make("h3", { id: name }, messages.yourWay)
    );
    if (items.length) section.append(make("ol", {}, ...items));
    section.append(make("p", {}, messages.endings(seen, all)));
    ending.after(section);
  }

  /** Notes the ending, and says how many were reached so far. @param {HTMLElement} ending */
  #endingsSeen(ending) {
    const { module, scenario } = this.dataset;
    if (!module || !scenario) return 1;
    const id = ending.id.slice(this.id.length + 1);
    const formerly = (this.dataset.formerly ?? "").split(" ");
    if (!view().modules[module]?.scenarios[scenario]?.includes(id)) {
      void quietly(
        update((now) => {
          followScenario(now, module, scenario, formerly);
          const { scenarios } = moduleOf(now, module);
          scenarios[scenario] ??= [];
          if (!scenarios[scenario].includes(id)) scenarios[scenario].push(id);
        })
      );
    }
    const here = new Set(this.moments.map((moment) => moment.id.slice(this.id.length + 1)));
    return (view().modules[module]?.scenarios[scenario] ?? []).filter((name) => here.has(name)).length;
  }
}

/**
 * Whether a choice on this page has led to the address before this script came, and nothing else has the focus since.
 * Browsers that cannot say with what address a page was opened leave the focus where it is.
 */
function isLedHere() {
  const opened = /** @type {any} */ (globalThis).navigation?.activation?.entry?.url;
  if (!opened || opened === location.href) return false;
  const focused = document.activeElement;
  return !focused || focused === document.body || !focused.checkVisibility();
}

/** What a moment is called, or what was chosen. @param {HTMLElement} moment */
const titleOf = (moment) => moment.querySelector("h3")?.lastChild?.textContent?.trim() ?? "";

/** Shows a moment at once, when pictures that push it down are there. @param {HTMLElement} moment */
async function goTo(moment) {
  const pictures = [...document.images];
  for (const picture of pictures) picture.loading = "eager";
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
  moment.scrollIntoView({ behavior: "instant" });
}

define("s-scenario", ScenarioElement);
