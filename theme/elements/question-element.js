import { inWords } from "./day-in-words.js";
import { arrived } from "./in-use.js";
import { messages } from "./messages.js";
import { answerOf, saveAnswer } from "./record.js";
import { inPlatform, make } from "./site.js";
import { complain, describe, say } from "./speech.js";
import { quietly } from "./store.js";

/**
 * What a check found. `score` runs from 0 to 1 and is `null` where nothing is right or wrong.
 * `chosen` are ids of options that may have a misconception behind them.
 * `state` is how that looks, where the score does not say it.
 * @typedef {{response: string[], score: number | null, verdict: string, spoken: string, chosen?: string[],
 *   state?: State}} Graded
 * @typedef {"right" | "partly" | "wrong" | "best" | "acceptable" | "poor" | "harmful"} State
 */

/** After so many checks that found something amiss the answer opens by itself. */
const PATIENCE = 2;

/**
 * Base of every question element. The page is complete without it: it only adds a button that
 * checks, a verdict, and feedback beside the answer. A start that fails leaves the page as it was.
 *
 * Events: `question:submit` (can be cancelled) before, `question:graded` after, with id, response, score and sure.
 * Attributes: `data-question`, `data-module`; with `data-fingerprint` the answer is kept in the record, with
 * `data-review` the question comes back in review, with `data-sure` learners may say how sure they are.
 */
export class QuestionElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** Where the verdict stands. */
  #status = make("p", { class: "question__verdict sign" });
  /** @type {HTMLButtonElement | undefined} */
  #button;
  #attempts = 0;
  /** What takes back what was added, the last first. @type {(() => void)[]} */
  #undo = [];
  /** What takes back what a check has shown. @type {(() => void)[]} */
  #shown = [];
  checkLabel = messages.check;
  /** What is said of an earlier answer. */
  answered = messages.answered;

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
    this.add(form, this.#status);
    form.addEventListener("submit", (event) => this.#check(event), { signal });
    // What was said of an answer holds no longer than the answer.
    form.addEventListener(
      "input",
      (event) => /** @type {Element} */ (event.target).closest(".sure, .keep") ?? this.clear(),
      { signal }
    );
    this.#oneHintAtATime(signal);
    if (arrived) void this.#restoreLater(form, given, signal);
    else this.#restore(given);
  }

  /**
   * The same once the record has the ids of this version. What was given until then stays.
   * @param {HTMLFormElement} form
   * @param {boolean} given
   * @param {AbortSignal} signal
   */
  async #restoreLater(form, given, signal) {
    let touched = given;
    form.addEventListener("input", () => (touched = true), { once: true, signal });
    await arrived;
    if (!signal.aborted && !this.#attempts) this.#restore(touched);
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
      this.#shown.push(complain(missing.control, missing.message));
      return;
    }
    const id = this.dataset.question;
    const before = new CustomEvent("question:submit", { bubbles: true, cancelable: true, detail: { id } });
    if (!this.dispatchEvent(before)) return;
    const graded = this.grade();
    this.#attempts += 1;
    this.#relabel(graded.score);
    if (graded.score !== null && graded.score < 1 && this.#attempts >= PATIENCE) this.openKey();
    this.#look(graded);
    this.say(graded.verdict, graded.spoken);
    const shown = this.#leadOn(graded.score) ?? this.#status;
    // What the page shows of the record changes first, so that all of it is laid out once.
    this.#keep(graded);
    shown.scrollIntoView({ block: "nearest" });
    const detail = { id, response: graded.response, score: graded.score, sure: this.#sure };
    this.dispatchEvent(new CustomEvent("question:graded", { bubbles: true, detail }));
  }

  openKey(open = true) {
    const key = /** @type {HTMLDetailsElement | null} */ (this.querySelector(".key"));
    if (key) key.open = open;
  }

  /** @param {Graded} graded */
  #look({ score, state }) {
    if (score !== null) this.mark(this, state ?? (score === 1 ? "right" : score > 0 ? "partly" : "wrong"));
  }

  /**
   * Lets something look like what came of it, until the next check.
   * @param {HTMLElement} element
   * @param {State} state
   */
  mark(element, state) {
    element.dataset.state = state;
    this.#shown.push(() => delete element.dataset.state);
  }

  /**
   * What to do next, where an answer needs nothing more: a link to what follows on the page. A guess needs nothing more
   * in any case, and what is nobody's to judge has something to compare below.
   * @param {number | null} score
   */
  #leadOn(score) {
    const item = this.closest(".quiz > li");
    const follows = (item ?? this.closest(".check"))?.nextElementSibling;
    if (!follows || score === null || (score < 1 && this.dataset.fingerprint)) return undefined;
    const target = item ? follows.querySelector("h2") : follows;
    if (!target) return undefined;
    target.id ||= `${this.id}__follows`;
    const link = make("a", { class: "button feedback", href: `#${target.id}` });
    link.textContent = item ? messages.nextQuestion : messages.readOn;
    this.querySelector("form")?.append(link);
    return link;
  }

  /** Only what was checked can be checked again. @param {number | null} score */
  #relabel(score) {
    if (this.#button && score !== null) this.#button.textContent = messages.tryAgain;
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
    const answer = answerOf(module, question, this.#formerly, fingerprint);
    if (!answer) return;
    this.#attempts = answer.attempts;
    const changed = answer.fingerprint !== fingerprint;
    // A learning platform keeps scores, and not what was chosen.
    const known = !inPlatform || answer.response.length > 0;
    if (!changed && !given && known) {
      this.restore(answer.response);
      this.#recall(answer.score);
    }
    const day = inWords(answer.at);
    const again = known ? this.answered(day, answer.score) : messages.answeredBefore(answer.score);
    const note = make("p", { class: "question__earlier" }, changed ? messages.changed(day) : again);
    this.querySelector("form")?.before(note);
    this.undo(() => note.remove());
  }

  /** Shows what an earlier answer was told, and says nothing aloud. @param {number | null} score */
  #recall(score) {
    if (score === null || this.missing()) return;
    const graded = this.grade();
    this.#look(graded);
    say(this.#status, graded.verdict, "");
    this.#leadOn(score);
    this.#relabel(score);
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
    this.openKey(false);
    if (this.#button) this.#button.textContent = this.checkLabel;
    this.querySelector(".question__earlier")?.remove();
    this.#attempts = 0;
  }

  /** Takes away what an earlier check has shown. */
  clear() {
    for (const shown of this.querySelectorAll(".feedback")) shown.remove();
    for (const undo of this.#shown) undo();
    this.#shown = [];
    say(this.#status, "");
  }

  /**
   * Ties a note to a control, until the next check.
   * @param {Element} control
   * @param {Element} note
   */
  describe(control, note) {
    this.#shown.push(describe(control, note));
  }

  /**
   * The verdict for everyone, and the feedback for those who do not see it appear beside the answer.
   * @param {string} verdict
   * @param {string} [spoken]
   */
  say(verdict, spoken = "") {
    say(this.#status, verdict, `${verdict} ${spoken}`.trim());
  }

  /**
   * The name of a part of the question, as its author gave it.
   * @param {string} name the name that a control has on the page
   */
  partOf(name) {
    return name.slice(this.id.length + 1);
  }

  /**
   * The words of the key for an id, as nodes to show elsewhere. As long as they are shown there, the key leaves them
   * out.
   * @param {string} id
   * @returns {Node[]}
   */
  feedbackOf(id) {
    const source = this.querySelector(`[id="${CSS.escape(id)}__feedback"]`);
    if (!source) return [];
    const words = [...source.childNodes].map((node) => node.cloneNode(true));
    const text = /** @type {HTMLElement} */ (source.querySelector(".verdict__text") ?? source);
    text.hidden = true;
    this.#shown.push(() => (text.hidden = false));
    return words;
  }
}
