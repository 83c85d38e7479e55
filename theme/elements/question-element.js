import { messages } from "./messages.js";
import { answerOf, saveAnswer } from "./record.js";
import { inWords, make } from "./site.js";
import { quietly } from "./store.js";

/**
 * What a check found. `score` runs from 0 to 1 and is `null` where nothing is right or wrong.
 * `chosen` are ids of options that may have a misconception behind them.
 * @typedef {{response: string[], score: number | null, verdict: string, spoken: string, chosen?: string[]}} Graded
 */

/** After so many checks the answer opens by itself. */
const PATIENCE = 2;

/**
 * Base of every question element. The page is complete without it: it only adds a button that
 * checks, a status that speaks, and feedback beside the answer. A start that fails leaves the page as it was.
 *
 * Events: `question:submit` (can be cancelled) before, `question:graded` after, with id, response, score and sure.
 * Attributes: `data-question`, `data-module`; with `data-fingerprint` the answer is kept in the record, with
 * `data-review` the question comes back in review, with `data-sure` learners may say how sure they are.
 */
export class QuestionElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** @type {HTMLParagraphElement | undefined} */
  #status;
  /** @type {HTMLButtonElement | undefined} */
  #button;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speaking;
  #attempts = 0;
  /** What takes back what was added, the last first. @type {(() => void)[]} */
  #undo = [];
  /** Controls that were tied to a note, to be freed again. @type {Element[]} */
  #described = [];
  checkLabel = messages.check;

  connectedCallback() {
    if (this.#listening) return;
    this.#listening = new AbortController();
    try {
      const form = this.querySelector("form");
      if (form) this.#start(form);
    } catch (error) {
      this.disconnectedCallback();
      console.error(error);
    }
  }

  disconnectedCallback() {
    clearTimeout(this.#speaking);
    this.#listening?.abort();
    this.#listening = undefined;
    for (const undo of this.#undo.reverse()) undo();
    this.#undo = [];
  }

  /** @param {HTMLFormElement} form */
  #start(form) {
    const signal = /** @type {AbortController} */ (this.#listening).signal;
    // A page can be used before its scripts have come. What was given by then stays.
    const given = [...new FormData(form).values()].some(Boolean);
    this.start(form, signal);
    if (this.dataset.sure !== undefined) this.add(form, this.#sureness());
    this.#button = this.add(form, make("button", { type: "submit" }, this.checkLabel));
    this.#status = this.add(form, make("p", { role: "status" }));
    form.addEventListener("submit", (event) => this.#check(event), { signal });
    this.#oneHintAtATime(signal);
    this.#restore(given);
  }

  /**
   * Adds something that goes again when the element does.
   * @template {Element} Added
   * @param {Element} parent
   * @param {Added} added
   */
  add(parent, added) {
    parent.append(added);
    this.undo(() => added.remove());
    return added;
  }

  /** @param {() => void} undo what takes back a change */
  undo(undo) {
    this.#undo.push(undo);
  }

  /**
   * What a kind adds before the button.
   * @param {HTMLFormElement} form
   * @param {AbortSignal} signal ends what listens
   */
  start(form, signal) {
    void form;
    void signal;
  }

  /** @param {SubmitEvent} event */
  #check(event) {
    event.preventDefault();
    this.clear();
    const missing = this.missing();
    if (missing) {
      this.#complain(missing);
      return;
    }
    const id = this.dataset.question;
    const before = new CustomEvent("question:submit", { bubbles: true, cancelable: true, detail: { id } });
    if (!this.dispatchEvent(before)) return;
    const graded = this.grade();
    this.#attempts += 1;
    this.say(graded.verdict, graded.spoken);
    if (this.#button) this.#button.textContent = messages.tryAgain;
    if (graded.score === null || graded.score === 1 || this.#attempts >= PATIENCE) this.#openKey();
    this.#keep(graded);
    const detail = { id, response: graded.response, score: graded.score, sure: this.#sure };
    this.dispatchEvent(new CustomEvent("question:graded", { bubbles: true, detail }));
  }

  #openKey() {
    const key = /** @type {HTMLDetailsElement | null} */ (this.querySelector(".key"));
    if (key) key.open = true;
  }

  // ----------------------------------------------------------- what a kind says

  /**
   * What is still missing before the response can be checked: a message and the control to go to.
   * @returns {{message: string, control: HTMLElement} | null}
   */
  missing() {
    return null;
  }

  /**
   * Grades the response and shows the feedback that belongs to it.
   * @returns {Graded}
   */
  grade() {
    throw new Error("each kind grades its own responses");
  }

  /**
   * Sets the controls to an earlier response.
   * @param {string[]} response
   */
  restore(response) {
    void response;
  }

  // ----------------------------------------------------------------- the record

  get #formerly() {
    return this.dataset.formerly?.split(" ") ?? [];
  }

  /** @param {Graded} graded */
  #keep(graded) {
    const { module, question, fingerprint, review } = this.dataset;
    if (!module || !question || !fingerprint) return;
    const asked = { id: question, formerly: this.#formerly, review: review !== undefined };
    void quietly(saveAnswer(module, asked, { ...graded, fingerprint, sure: this.#sure }));
  }

  /** @param {boolean} given whether the learner has begun to answer already */
  #restore(given) {
    const { module, question, fingerprint } = this.dataset;
    if (!module || !question || !fingerprint) return;
    const answer = answerOf(module, question, this.#formerly);
    if (!answer) return;
    this.#attempts = answer.attempts;
    const changed = answer.fingerprint !== fingerprint;
    if (!changed && !given) this.restore(answer.response);
    const said = changed ? messages.changed(inWords(answer.at)) : messages.answered(inWords(answer.at), answer.score);
    const note = make("p", { class: "question__earlier" }, said);
    this.querySelector("form")?.before(note);
    this.undo(() => note.remove());
  }

  // -------------------------------------------------------------- how sure, hints

  #sureness() {
    const set = make("fieldset", { class: "sure" }, make("legend", {}, messages.howSure));
    for (const [value, label] of [
      ["sure", messages.sure],
      ["not-sure", messages.notSure],
    ]) {
      const id = `${this.id}__${value}`;
      const input = make("input", { type: "radio", id, name: `${this.id}__sure`, value });
      set.append(make("div", { class: "option" }, input, " ", make("label", { for: id }, label)));
    }
    return set;
  }

  /** @returns {boolean | null} */
  get #sure() {
    const chosen = /** @type {HTMLInputElement | null} */ (this.querySelector(".sure input:checked"));
    return chosen ? chosen.value === "sure" : null;
  }

  /** The next hint can be opened when the one before it was. @param {AbortSignal} signal */
  #oneHintAtATime(signal) {
    const hints = /** @type {HTMLDetailsElement[]} */ ([...this.querySelectorAll(".hint")]);
    for (const [index, hint] of hints.slice(1).entries()) {
      hint.hidden = true;
      hints[index].addEventListener("toggle", () => (hint.hidden = false), { once: true, signal });
      this.undo(() => (hint.hidden = false));
    }
  }

  // --------------------------------------------------------------- what is shown

  /** Asks anew: the earlier response and all that was shown go. What someone has written for themselves stays. */
  reset() {
    const written = [...this.querySelectorAll("textarea")].map((field) => ({ field, text: field.value }));
    this.querySelector("form")?.reset();
    for (const { field, text } of written) field.value = text;
    this.clear();
    const key = /** @type {HTMLDetailsElement | null} */ (this.querySelector(".key"));
    if (key) key.open = false;
    if (this.#button) this.#button.textContent = this.checkLabel;
    this.querySelector(".question__earlier")?.remove();
    this.#attempts = 0;
  }

  /** Takes away what an earlier check has shown. */
  clear() {
    for (const shown of this.querySelectorAll(".feedback, .message")) shown.remove();
    for (const named of this.#described) {
      named.removeAttribute("aria-describedby");
      named.removeAttribute("aria-invalid");
    }
    this.#described = [];
    clearTimeout(this.#speaking);
    this.#status?.replaceChildren();
  }

  /**
   * Ties a note to a control, until the next check.
   * @param {Element} control
   * @param {Element} note
   */
  describe(control, note) {
    control.setAttribute("aria-describedby", note.id);
    this.#described.push(control);
  }

  /** @param {{message: string, control: HTMLElement}} missing */
  #complain({ message, control }) {
    const note = make(
      "p",
      { class: "message", id: `${this.id}__message` },
      make("span", { class: "vh" }, `${messages.error} `),
      message
    );
    const fieldset = control.closest("fieldset");
    if (fieldset) (fieldset.querySelector("legend") ?? fieldset).after(note);
    else {
      (control.closest(".field") ?? control).before(note);
      control.setAttribute("aria-invalid", "true");
    }
    this.describe(fieldset ?? control, note);
    control.focus();
  }

  /**
   * The verdict for everyone, and the feedback for those who do not see it appear beside the answer.
   * A screen reader speaks a change, so the words come a moment after the region was emptied.
   * @param {string} verdict
   * @param {string} [spoken]
   */
  say(verdict, spoken = "") {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      this.#status?.replaceChildren(verdict, ...(spoken ? [make("span", { class: "vh" }, ` ${spoken}`)] : []));
    }, 60);
  }

  /**
   * The name of a part of the question, as its author gave it.
   * @param {string} name the name that a control has on the page
   */
  partOf(name) {
    return name.slice(this.id.length + 1);
  }

  /**
   * The words of the key for an id, as nodes to show elsewhere.
   * @param {string} id
   * @returns {Node[]}
   */
  feedbackOf(id) {
    const source = this.querySelector(`[id="${CSS.escape(id)}__feedback"]`);
    return source ? [...source.childNodes].map((node) => node.cloneNode(true)) : [];
  }
}
