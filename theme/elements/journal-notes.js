/** What is written in the journal itself: a note of one’s own, and what came of a plan. */
import { updateJournal } from "./journal.js";
import { LONGEST, keepBeside } from "./journal-model.js";
import { journalMessages as said } from "./journal-messages.js";
import { button } from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { later } from "./review-card.js";
import { make, today } from "./site.js";
import { complain } from "./speech.js";
import { KEPT } from "./store.js";

/** What the key of an answer to a plan adds to that of the plan. */
export const HAPPENED = "__happened";
/** Days after which a plan that was not tried comes back. */
const ANOTHER_WEEK = 7;

/**
 * @param {string} id
 * @param {string} label
 * @param {string} [day]
 */
export function dayField(id, label, day = "") {
  const field = make("input", { type: "date", id, value: day, min: today() });
  return { field, parts: make("p", { class: "field on-screen" }, make("label", { for: id }, label), field) };
}

const PLAIN = { label: "", url: "", plan: false, revisit: "" };

/** A form of the journal: `keep` keeps what stands in it, when the page is left too. */
class NoteForm {
  #field;
  #keeps;
  #tell;
  element;

  /**
   * @param {string} id
   * @param {string} label
   * @param {(text: string) => Promise<import("./store.js").Kept>} keeps
   * @param {(words: string) => void} tell
   * @param {{before?: Node[], beside?: Node[]}} [parts] more fields, and more buttons
   */
  constructor(id, label, keeps, tell, { before = [], beside = [] } = {}) {
    this.#keeps = keeps;
    this.#tell = tell;
    this.#field = make("textarea", { id, rows: "3", autocomplete: "off", maxlength: String(LONGEST) });
    this.element = make(
      "form",
      { class: "journal__form on-screen", novalidate: "" },
      make("p", { class: "field" }, make("label", { for: id }, label), this.#field),
      ...before,
      make("p", {}, make("button", { type: "submit", class: "button button--second" }, own.keepIt), " ", ...beside)
    );
    let appease = () => {};
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      appease();
      appease = this.typed.trim() ? () => {} : complain(this.#field, own.writeFirst);
      if (this.typed.trim()) void this.#submit();
    });
  }

  get typed() {
    return this.#field.value;
  }

  /** Puts back what was typed. */
  set typed(text) {
    this.#field.value = text;
  }

  async #submit() {
    const kept = await this.keep();
    this.#tell(kept.ok ? own.kept : said.notWritten[kept.why]);
  }

  /** @returns {Promise<import("./store.js").Kept>} */
  async keep() {
    const text = this.typed;
    if (!text.trim()) return KEPT;
    const kept = await this.#keeps(text);
    // What was typed meanwhile has its own turn.
    if (kept.ok && this.typed === text) this.typed = "";
    return kept;
  }
}

/**
 * Room for a note of one’s own.
 * @param {(words: string) => void} tell
 */
export function noteForm(tell) {
  const keeps = (/** @type {string} */ text) => {
    const entry = { ...PLAIN, text, at: today(), title: own.ownNotes, module: own.ownNotes };
    return updateJournal((now) => keepBeside(now, `journal/notes/${entry.at}`, entry));
  };
  return new NoteForm("journal-note", own.newNote, keeps, tell);
}

/**
 * Asks what came of a plan that is due, and when to look at it again. The plan itself stays as it is.
 * @param {string} key
 * @param {import("./journal-model.js").Entry} entry
 * @param {(words: string) => void} tell
 */
export function planForm(key, entry, tell) {
  const id = `happened-${key.replaceAll("/", "-")}`;
  const again = dayField(`${id}-again`, own.lookAgain);
  const keeps = (/** @type {string} */ text) => {
    const { title, module, url } = entry;
    const answer = { ...PLAIN, text, at: today(), label: own.happened, title, module, url };
    const day = again.field.value;
    return updateJournal((now) => {
      keepBeside(now, `${key}${HAPPENED}`, answer);
      if (now.entries[key]) now.entries[key].revisit = day;
    });
  };
  const notYet = button(own.notTriedYet, async () => {
    const day = later(today(), ANOTHER_WEEK);
    const kept = await updateJournal((now) => {
      if (now.entries[key]) now.entries[key].revisit = day;
    });
    tell(kept.ok ? own.revisitKept : said.notWritten[kept.why]);
  });
  return new NoteForm(id, own.happened, keeps, tell, { before: [again.parts], beside: [notYet] });
}
