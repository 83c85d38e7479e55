import { define } from "./define.js";
import { asHtml, asMarkdown, byModule } from "./journal-export.js";
import { JOURNAL, journal, updateJournal } from "./journal.js";
import { asking, button, saveFile } from "./own.js";
import { ownMessages as own } from "./own-messages.js";
import { inWords, make, root, today } from "./site.js";
import { remove, watch } from "./store.js";

/** @typedef {import("./journal-model.js").Entry} Entry */

/** The journal: what was written, by module, with the plans first. */
class JournalElement extends HTMLElement {
  #started = false;

  connectedCallback() {
    if (this.#started) return;
    this.#started = true;
    this.#show();
    watch(JOURNAL, () => this.#show());
  }

  /** @param {string} [said] */
  #show(said = "") {
    const now = journal();
    const state = make("p", { role: "status" }, said);
    const entries = Object.entries(now.entries).filter(([, entry]) => entry.text.trim());
    const plans = entries.filter(([, entry]) => entry.plan);
    this.replaceChildren(this.#choice(now.on), state);
    if (!entries.length) {
      this.append(make("p", {}, own.journalEmpty));
      return;
    }
    this.append(...this.#ways());
    if (plans.length) this.append(this.#group(own.plans, plans, true));
    for (const [module, written] of byModule({ ...now, entries: Object.fromEntries(entries.filter(([, entry]) => !entry.plan)) })) this.append(this.#group(module, written, false));
    this.append(asking(own.deleteAll, own.deleteAllSure, own.deleteYes, own.deleteNo, () => {
      remove(JOURNAL);
      this.#gone();
    }));
  }

  #gone() {
    this.#show(own.deleted);
    const state = /** @type {HTMLElement} */ (this.querySelector("[role=status]"));
    state.tabIndex = -1;
    state.focus();
  }

  /** @param {boolean} on */
  #choice(on) {
    const box = make("input", { type: "checkbox", id: "journal-on" });
    box.checked = on;
    box.addEventListener("change", () => void updateJournal((now) => (now.on = box.checked)));
    return make("div", { class: "option" }, box, " ", make("label", { for: box.id }, own.journalOn));
  }

  #ways() {
    const language = document.documentElement.lang || "en";
    return [
      make("p", { class: "on-screen" },
        button(own.saveMarkdown, () => saveFile(`journal-${today()}.md`, asMarkdown(journal(), own.journalTitle), "text/markdown")), " ",
        button(own.saveHtml, () => saveFile(`journal-${today()}.html`, asHtml(journal(), own.journalTitle, language), "text/html")), " ",
        button(own.print, () => print())),
    ];
  }

  /** @param {string} title @param {[string, Entry][]} entries @param {boolean} plans */
  #group(title, entries, plans) {
    return make("section", { class: "journal" }, make("h2", {}, title), ...entries.map(([key, entry]) => this.#entry(key, entry, plans)));
  }

  /** @param {string} key @param {Entry} entry @param {boolean} plan */
  #entry(key, entry, plan) {
    const text = make("p", { class: "journal__text" }, entry.text);
    const where = entry.url ? [" ", make("a", { href: new URL(entry.url, root).href }, own.where, make("span", { class: "vh" }, `: ${entry.title}`))] : [];
    const article = make("article", { class: "journal__entry" }, make("h3", {}, entry.title), make("p", { class: "fine" }, entry.label), text, make("p", { class: "fine" }, own.written(inWords(entry.at || today())), ...where));
    if (plan) article.append(this.#revisit(key, entry));
    article.append(asking(own.deleteOne(entry.label), own.deleteOneSure, own.deleteYes, own.deleteNo, () => {
      updateJournal((now) => void delete now.entries[key]);
      this.#gone();
    }));
    return article;
  }

  /** @param {string} key @param {Entry} entry */
  #revisit(key, entry) {
    const id = `revisit-${key.replaceAll("/", "-")}`;
    const field = make("input", { type: "date", id, value: entry.revisit, min: today() });
    field.addEventListener("change", () => void updateJournal((now) => {
      if (now.entries[key]) now.entries[key].revisit = field.value;
    }));
    return make("p", { class: "field on-screen" }, make("label", { for: id }, own.revisit), field);
  }
}

define("p-journal", JournalElement);
