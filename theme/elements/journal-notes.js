/** What is written in the journal itself: a note of one’s own, and what came of a plan. */
import { today } from "./day.js";
import { updateJournal } from "./journal.js";
import { LONGEST, keepBeside, lookAgainOn, writeEntry } from "./journal-model.js";
import { journalMessages as said } from "./journal-messages.js";
import { button } from "./learner-pages.js";
import { ownMessages as own } from "./learner-messages.js";
import { later } from "./review-card.js";
import { make } from "./site.js";
import { complain } from "./speech.js";
import { KEPT, mayYetBeKept } from "./store.js";

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

/**
 * @typedef {{key: string, entry: import("./journal-model.js").Entry,
 *   finish: (now: import("./journal-model.js").Journal) => void}} Note what a text becomes, the key that it has or has
 *   others beside, and what else happens once it is done
 */

/**
 * A form of the journal. Whoever goes to another tab in the middle of a sentence loses nothing and comes back to it: a
 * draft is kept in one entry, the same each time, and the form stays as it is until it is sent.
 */
export class NoteForm {
  #field;
  #about;
  /** What of the field is kept, and where. @type {{key: string, text: string, isKept: boolean}} */
  #draft = { key: "", text: "", isKept: true };
  #tell;
  element;

  /**
   * @param {string} id
   * @param {string} label
   * @param {(text: string) => Note} about
   * @param {(words: string) => void} tell
   * @param {{before?: Node[], beside?: Node[]}} [parts] more fields, and more buttons
   */
  constructor(id, label, about, tell, { before = [], beside = [] } = {}) {
    this.#about = about;
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

  /** Whether something stands in the field that is to be read or kept nowhere else. */
  get isBegun() {
    return this.typed.trim() !== "" || this.#draft.key !== "";
  }

  /** Whether something was typed that is not kept. */
  get isWaiting() {
    return this.typed.trim() !== "" && (this.typed !== this.#draft.text || !this.#draft.isKept);
  }

  /** Whether an entry is what stands in the field. @param {string} key @param {string} text */
  holds(key, text) {
    return this.#draft.key === key && this.#draft.text === text;
  }

  /** Puts words below what was typed. @param {string} words */
  add(words) {
    this.#field.value = [this.typed, words].filter((text) => text.trim()).join("\n\n");
  }

  /** The next words are another note. */
  empty() {
    this.#field.value = "";
    this.#draft = { key: "", text: "", isKept: true };
  }

  async #submit() {
    const kept = await this.keep(true);
    this.#tell(kept.ok ? own.kept : said.notWritten[kept.why]);
  }

  /**
   * Keeps what stands in the field. What another page has made of the draft meanwhile stays, beside it.
   * @param {boolean} [done] whether it is more than a draft
   * @returns {Promise<import("./store.js").Kept>}
   */
  async keep(done = false) {
    const draft = this.#draft;
    const { typed } = this;
    const text = typed.trim() ? typed : "";
    if (!done && text === draft.text && draft.isKept) return KEPT;
    const { key, entry, finish } = this.#about(text);
    const before = draft.text;
    Object.assign(draft, { text, isKept: false });
    const kept = await updateJournal((now) => {
      if (draft.key) writeEntry(now, draft.key, before, entry);
      else if (text) draft.key = keepBeside(now, key, entry) ?? "";
      if (done) finish(now);
    });
    draft.isKept = kept.ok;
    // A change that may yet be kept has been made for whoever writes on.
    if (!kept.ok && !mayYetBeKept(kept)) draft.text = before;
    // What was typed meanwhile goes on from what is kept.
    if (kept.ok && done && this.typed === typed) this.empty();
    return kept;
  }
}

/**
 * Room for a note of one’s own.
 * @param {(words: string) => void} tell
 */
export function noteForm(tell) {
  const about = (/** @type {string} */ text) => {
    const entry = { ...PLAIN, text, at: today(), title: own.ownNotes, module: own.ownNotes };
    return { key: `journal/notes/${entry.at}`, entry, finish: () => {} };
  };
  return new NoteForm("journal-note", own.newNote, about, tell);
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
  const about = (/** @type {string} */ text) => {
    const { title, module, url } = entry;
    const day = again.field.value;
    return {
      key: `${key}${HAPPENED}`,
      entry: { ...PLAIN, text, at: today(), label: own.happened, title, module, url },
      finish: (/** @type {import("./journal-model.js").Journal} */ now) => lookAgainOn(now, key, day),
    };
  };
  const notYet = button(own.notTriedYet, async () => {
    again.field.value = later(today(), ANOTHER_WEEK);
    const kept = await form.keep(true);
    tell(kept.ok ? own.revisitKept : said.notWritten[kept.why]);
  });
  const form = new NoteForm(id, own.happened, about, tell, { before: [again.parts], beside: [notYet] });
  return form;
}
