import { define } from "./define.js";
import { kept } from "./offline-caches.js";
import { button } from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { make, root } from "./site.js";

/** @typedef {{titles: Record<string, string>, modules: Record<string, string[]>, common: string[]}} Lists */

/**
 * What the page for addresses that were not kept gains from script: a way
 * back, what is kept, and word of the connection.
 */
class OfflineElement extends HTMLElement {
  async connectedCallback() {
    if (this.childElementCount) return;
    const state = make("p", { role: "status" });
    this.append(state);
    addEventListener("online", () => (state.textContent = own.online));
    addEventListener("offline", () => (state.textContent = ""));
    if (history.length > 1)
      document.querySelector("[data-again]")?.append(
        " ",
        button(own.back, () => history.back())
      );
    try {
      const lists = await (await fetch(new URL("assets/offline.json", root))).json();
      document.querySelector("[data-kept]")?.append(...groups(lists, await kept()));
    } catch {
      // The list of what is always kept stands on the page.
    }
  }
}

/**
 * Pages that are kept, module by module, then the others. What stands in the list above them is not said twice.
 * @param {Lists} lists
 * @param {Set<string>} here
 */
function groups({ titles, modules, common }, here) {
  const above = new Set(
    [...document.querySelectorAll("[data-kept] a")].map((link) => /** @type {HTMLAnchorElement} */ (link).href)
  );
  const link = (/** @type {string} */ url) => make("a", { href: new URL(url, root).href }, titles[url]);
  const pages = (/** @type {string[]} */ urls) =>
    urls.filter((url) => url in titles && here.has(url) && !above.has(new URL(url, root).href));
  const all = [
    ...Object.entries(modules).map(([id, urls]) => ({ title: titles[`${id}/`], urls: pages(urls) })),
    { title: own.otherPages, urls: pages(common) },
  ];
  return all
    .filter(({ urls }) => urls.length)
    .flatMap(({ title, urls }) => [
      make("h3", {}, title),
      make("ul", { class: "links" }, ...urls.map((url) => make("li", {}, link(url)))),
    ]);
}

define("p-offline", OfflineElement);
