import { define } from "./define.js";
import { keep, registered } from "./offline.js";
import { listOf, whole } from "./offline-lists.js";
import { make } from "./site.js";
import { say } from "./speech.js";
import { askToStay } from "./device.js";
import { _, ngettext } from "./words.js";

const said = {
  module: _("Keep this module for when I have no connection"),
  all: _("Keep the whole course for when I have no connection"),
  keeping: _("Keeping it …"),
  /** @param {number} done @param {number} of */
  some: (done, of) =>
    ngettext("Keeping it: {done} of {of} files.", "Keeping it: {done} of {of} files.", of, { done, of }),
  kept: _("Kept. It opens without a connection now."),
  failed: _("It could not be kept. Check the connection, load the page again, and try once more."),
};

/** Addresses of a module, or of all, and of what they share. @param {string | undefined} module */
async function addresses(module) {
  const all = await whole();
  const folders = module ? [`${module}/`] : Object.keys(all.modules);
  const lists = await Promise.all(folders.map(listOf));
  return [all, ...lists].flatMap(({ files }) => Object.keys(files));
}

/** A button that keeps a whole module, or everything, for when there is no connection. */
class KeepElement extends HTMLElement {
  connectedCallback() {
    if (this.childElementCount || !registered) return;
    const module = this.dataset.module;
    const button = make("button", { type: "button", class: "button button--second" }, module ? said.module : said.all);
    const state = make("p");
    button.addEventListener("click", async () => {
      say(state, said.keeping);
      void askToStay();
      try {
        const urls = await addresses(module);
        await keep(urls, ({ done, of, finished, failed }) => {
          if (finished) say(state, said.kept);
          else if (failed) say(state, said.failed);
          else if (done && of && done % 20 === 0) say(state, said.some(done, of));
        });
      } catch {
        say(state, said.failed);
      }
    });
    this.append(button, state);
  }
}

define("p-keep", KeepElement);
