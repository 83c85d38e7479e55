/** One entry of the journal, which is corrected where it stands. */
import { updateJournal } from "./journal.js";
import { LONGEST, writeEntry } from "./journal-model.js";
import { journalMessages as said } from "./journal-messages.js";
import { asking, button, wordsOf } from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { inWords, make, root, today } from "./site.js";
import { complain } from "./speech.js";
import { KEPT } from "./store.js";

/** @typedef {import("./journal-model.js").Entry} Entry */

export class JournalEntry {
  #key;
  #entry;
  #does;
  /** @type {HTMLTextAreaElement | undefined} */
  #field;
  #body = make("div");
  article = make("article", { class: "journal__entry" }, this.#body);

  /**
   * @param {string} key
   * @param {Entry} entry
   * @param {{say: (words: string) => void, deletes: () => void | Promise<void>}} does
   */
  constructor(key, entry, does) {
    this.#key = key;
    this.#entry = entry;
    this.#does = does;
    this.#show();
  }

  /** What the field has in which it is corrected, where that is open. */
  get typed() {
    return this.#field?.value;
  }

  get key() {
    return this.#key;
  }

  #show() {
    const { at, label, text, title, url } = this.#entry;
    this.#field = undefined;
    const where = url
      ? [" ", make("a", { href: new URL(url, root).href }, own.where, make("span", { class: "vh" }, `: ${title}`))]
      : [];
    this.#body.replaceChildren(
      ...(label ? [make("p", { class: "fine" }, label)] : []),
      make("p", { class: "journal__text" }, text),
      make("p", { class: "fine" }, own.written(inWords(at || today())), ...where),
      make(
        "div",
        { class: "journal__ways on-screen" },
        button(wordsOf(own.correct, label || title), () => this.correct().focus()),
        asking(
          wordsOf(own.deleteEntry, label || title),
          own.deleteOneSure,
          own.deleteYes,
          own.deleteNo,
          this.#does.deletes
        )
      )
    );
  }

  /** Opens the field. @param {string} [text] what was typed into it before */
  correct(text = this.#entry.text) {
    const id = `correct-${this.#key.replaceAll("/", "-")}`;
    const field = make("textarea", { id, rows: "5", autocomplete: "off", maxlength: String(LONGEST) });
    field.value = text;
    this.#field = field;
    const label = this.#entry.label || this.#entry.title;
    this.#body.replaceChildren(
      make("p", { class: "field" }, make("label", { for: id }, label), field),
      make(
        "p",
        {},
        button(own.keepIt, () => this.#keep(), "button"),
        " ",
        button(own.leaveIt, () => {
          this.#show();
          this.#body.querySelector("button")?.focus();
        })
      )
    );
    return field;
  }

  async #keep() {
    if (!this.#field) return;
    if (!this.#field.value.trim()) {
      complain(this.#field, own.writeFirst);
      return;
    }
    const kept = await this.keep();
    if (kept.ok) this.#show();
    this.#does.say(kept.ok ? own.kept : said.notWritten[kept.why]);
  }

  /**
   * Keeps what stands in the field. What another page has written meanwhile stays, beside it.
   * @returns {Promise<import("./store.js").Kept>}
   */
  async keep() {
    const text = this.#field?.value ?? "";
    const before = this.#entry;
    if (!text.trim() || text === before.text) return KEPT;
    const entry = { ...before, text, at: today() };
    const kept = await updateJournal((now) => writeEntry(now, this.#key, before.text, entry));
    if (kept.ok) this.#entry = entry;
    return kept;
  }
}
