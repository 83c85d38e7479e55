/** One entry of the journal, which is corrected where it stands. */
import { inWords } from "./day-in-words.js";
import { today } from "./day.js";
import { journal, updateJournal } from "./journal.js";
import { LONGEST, writeEntry } from "./journal-model.js";
import { journalMessages as said } from "./journal-messages.js";
import { asking, button, wordsOf } from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { pageAt } from "./page-at.js";
import { make } from "./site.js";
import { complain } from "./speech.js";
import { KEPT, mayYetBeKept } from "./store.js";

/** @typedef {import("./journal-model.js").Entry} Entry */

/** So much of a text tells entries of one kind apart. */
const START = 40;

/** What an entry is called: what asked for it, and how it starts. @param {Entry} entry */
export function nameOf({ label, title, text }) {
  const signs = [...text.replace(/\s+/g, " ").trim()];
  const start = `${signs.slice(0, START).join("")}${signs.length > START ? "…" : ""}`;
  return [label || title, start].filter(Boolean).join(": ");
}

export class JournalEntry {
  #key;
  #entry;
  #does;
  /** @type {HTMLTextAreaElement | undefined} */
  #field;
  /** What stood there when the field was opened. */
  #first;
  /** What whoever corrects it has seen there: what it was, or what was kept of the correction since. */
  #before = "";
  /** Whether that is kept. */
  #isKept = true;
  #appease = () => {};
  #body = make("div");
  article = make("article", { class: "journal__entry" }, this.#body);

  /**
   * @param {string} key
   * @param {Entry} entry
   * @param {{say: (words: string) => void, deletes: (entry: Entry) => void | Promise<void>}} does
   */
  constructor(key, entry, does) {
    this.#key = key;
    this.#entry = entry;
    this.#first = entry;
    this.#does = does;
    this.#show();
  }

  /** Whether it is being corrected. */
  get isOpen() {
    return this.#field !== undefined;
  }

  /** What was typed into the field that did not stand there. */
  get typed() {
    const text = this.#field?.value ?? "";
    return text.trim() && text !== this.#first.text ? text : "";
  }

  /** Whether something was typed that is not kept. */
  get isWaiting() {
    return this.typed !== "" && (this.typed !== this.#before || !this.#isKept);
  }

  /**
   * Takes in what stands there by now. What is being typed stays, and what it is a correction of too.
   * @param {Entry} entry
   */
  renew(entry) {
    this.#entry = entry;
    this.article = make("article", { class: "journal__entry" }, this.#body);
  }

  #show() {
    const { at, label, text, title, url } = this.#entry;
    const name = nameOf(this.#entry);
    this.#field = undefined;
    const where = url
      ? [" ", make("a", { href: pageAt(url) }, own.where, make("span", { class: "vh" }, `: ${title}`))]
      : [];
    this.#body.replaceChildren(
      ...(label ? [make("p", { class: "fine" }, label)] : []),
      make("p", { class: "journal__text" }, text),
      make("p", { class: "fine" }, own.written(inWords(at || today())), ...where),
      make(
        "div",
        { class: "journal__ways on-screen" },
        button(wordsOf(own.correct, name), () => this.#correct()),
        asking(wordsOf(own.deleteEntry, name), own.deleteOneSure, own.deleteYes, own.deleteNo, () =>
          this.#does.deletes(this.#entry)
        )
      )
    );
  }

  /** Opens the field. */
  #correct() {
    const id = `correct-${this.#key.replaceAll("/", "-")}`;
    const field = make("textarea", { id, rows: "5", autocomplete: "off", maxlength: String(LONGEST) });
    field.value = this.#entry.text;
    this.#field = field;
    [this.#first, this.#before, this.#isKept] = [this.#entry, this.#entry.text, true];
    this.#appease = () => {};
    const label = this.#entry.label || this.#entry.title;
    this.#body.replaceChildren(
      make("p", { class: "field" }, make("label", { for: id }, label), field),
      make(
        "p",
        {},
        button(own.keepIt, () => this.#keep(), "button"),
        " ",
        button(own.leaveIt, () => this.#leave())
      )
    );
    field.focus();
  }

  async #keep() {
    if (!this.#field) return;
    this.#appease();
    if (!this.#field.value.trim()) {
      this.#appease = complain(this.#field, own.writeFirst);
      return;
    }
    const kept = await this.keep();
    if (kept.ok) this.#show();
    this.#does.say(kept.ok ? own.kept : said.notWritten[kept.why]);
  }

  /** Leaves it as it was when it was opened, also where the page was out of sight and has kept something since. */
  async #leave() {
    const [first, before] = [this.#first, this.#before];
    if (before !== first.text || !this.#isKept) {
      const kept = await updateJournal((now) => {
        // What another page has made of it is left as that page has it.
        if (now.entries[this.#key]?.text === before) writeEntry(now, this.#key, before, first);
      });
      // What waits for room is made in turn, and comes to the same.
      if (!kept.ok && !mayYetBeKept(kept)) {
        this.#does.say(said.notWritten[kept.why]);
        return;
      }
      this.#entry = journal().entries[this.#key] ?? first;
    }
    this.#show();
    this.#body.querySelector("button")?.focus();
  }

  /**
   * Keeps what stands in the field. What another page has written meanwhile stays, beside it.
   * @returns {Promise<import("./store.js").Kept>}
   */
  async keep() {
    const text = this.#field?.value ?? "";
    const before = this.#before;
    if (!text.trim() || (text === before && this.#isKept)) return KEPT;
    const entry = { ...this.#entry, text, at: today() };
    [this.#before, this.#isKept] = [text, false];
    const kept = await updateJournal((now) => writeEntry(now, this.#key, before, entry));
    this.#isKept = kept.ok;
    if (kept.ok) this.#entry = entry;
    // A change that may yet be kept has been seen.
    else if (!mayYetBeKept(kept)) this.#before = before;
    return kept;
  }
}
