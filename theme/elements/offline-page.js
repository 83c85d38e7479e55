import { define } from "./define.js";
import { kept } from "./offline-caches.js";
import { listOf, placeOf, whole } from "./offline-lists.js";
import { make, root } from "./site.js";
import { say } from "./speech.js";
import { _ } from "./words.js";

const said = {
  online: _("The connection is back. You can try again."),
  back: _("Go back"),
  otherPages: _("Other pages"),
};

/**
 * What the page for addresses that were not kept gains from script: a way
 * back, what is kept, and word of the connection.
 */
class OfflineElement extends HTMLElement {
  async connectedCallback() {
    if (this.childElementCount) return;
    const state = make("p");
    this.append(state);
    addEventListener("online", () => say(state, said.online));
    addEventListener("offline", () => say(state, ""));
    if (history.length > 1) document.querySelector("[data-again]")?.append(" ", back());
    try {
      document.querySelector("[data-kept]")?.append(...(await groups(await kept())));
    } catch {
      // What is always kept stands on the page.
    }
  }
}

function back() {
  const button = make("button", { type: "button", class: "button button--second" }, said.back);
  button.addEventListener("click", () => history.back());
  return button;
}

/**
 * Pages that are kept, module by module, then the others. What stands in the list above them is not said twice.
 * @param {Set<string>} here
 */
async function groups(here) {
  const above = new Set(
    [...document.querySelectorAll("[data-kept] a")].map((link) => /** @type {HTMLAnchorElement} */ (link).href)
  );
  const { titles: others, modules } = await whole();
  const folders = Object.keys(modules).filter((folder) => here.has(placeOf(folder)));
  const lists = await Promise.all(folders.map(async (folder) => ({ folder, ...(await listOf(folder)) })));
  const all = [
    ...lists.map(({ folder, titles }) => ({ title: titles[folder], titles })),
    { title: said.otherPages, titles: others },
  ];
  return all.flatMap(({ title, titles }) => {
    const urls = Object.keys(titles).filter((url) => here.has(url) && !above.has(new URL(url, root).href));
    const link = (/** @type {string} */ url) => make("a", { href: new URL(url, root).href }, titles[url]);
    const items = urls.map((url) => make("li", {}, link(url)));
    return items.length ? [make("h3", {}, title), make("ul", { class: "links" }, ...items)] : [];
  });
}

define("p-offline", OfflineElement);
