import { messages } from "./messages.js";

/**
 * Base of every question element. The page is complete without it: it only adds a button that
 * checks, a status that speaks, and feedback beside the answer. A start that fails leaves the page as it was.
 *
 * Events: `question:submit` (can be cancelled) before, `question:graded` after, with id, response and score.
 */
export class QuestionElement extends HTMLElement {
  /** @type {AbortController | undefined} */
  #listening;
  /** @type {HTMLFormElement | null} */
  form = null;
  /** @type {HTMLParagraphElement | undefined} */
  #status;
  /** @type {HTMLButtonElement | undefined} */
  #button;

  connectedCallback() {
    if (this.#listening) return;
    this.#listening = new AbortController();
    try {
      this.form = this.querySelector("form");
      if (this.form) this.#start(this.form);
    } catch (error) {
      this.disconnectedCallback();
      console.error(error);
    }
  }

  disconnectedCallback() {
    this.#listening?.abort();
    this.#listening = undefined;
    this.#button?.remove();
    this.#status?.remove();
  }

  /** @param {HTMLFormElement} form */
  #start(form) {
    const button = document.createElement("button");
    button.type = "submit";
    button.textContent = messages.check;
    const status = document.createElement("p");
    status.setAttribute("role", "status");
    form.append(button, status);
    [this.#button, this.#status] = [button, status];
    form.addEventListener("submit", (event) => this.#check(event), { signal: this.#listening?.signal });
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
    const before = new CustomEvent("question:submit", { bubbles: true, cancelable: true, detail: { id: this.dataset.question } });
    if (!this.dispatchEvent(before)) return;
    const { response, score, verdict, spoken } = this.grade();
    this.say(verdict, spoken);
    if (this.#button) this.#button.textContent = messages.tryAgain;
    this.dispatchEvent(new CustomEvent("question:graded", { bubbles: true, detail: { id: this.dataset.question, response, score } }));
  }

  /**
   * What is still missing before the response can be checked: a message and the control to go to.
   * @returns {{message: string, control: HTMLElement} | null}
   */
  missing() {
    return null;
  }

  /**
   * Grades the response and shows the feedback that belongs to it.
   * @returns {{response: string[], score: number, verdict: string, spoken: string}}
   */
  grade() {
    throw new Error("each kind grades its own responses");
  }

  /** Takes away what an earlier check has shown. */
  clear() {
    for (const shown of this.querySelectorAll(".option__feedback, .message")) shown.remove();
    for (const named of this.querySelectorAll("fieldset[aria-describedby]")) named.removeAttribute("aria-describedby");
    if (this.#status) this.#status.replaceChildren();
  }

  /** @param {{message: string, control: HTMLElement}} missing */
  #complain({ message, control }) {
    const fieldset = this.querySelector("fieldset");
    const note = document.createElement("p");
    note.className = "message";
    note.id = `${this.id}__message`;
    const prefix = document.createElement("span");
    prefix.className = "vh";
    prefix.textContent = messages.error;
    note.append(prefix, message);
    (fieldset?.querySelector("legend") ?? fieldset)?.after(note);
    fieldset?.setAttribute("aria-describedby", note.id);
    control.focus();
  }

  /**
   * The verdict for everyone, and the feedback for those who do not see it appear beside the answer.
   * A screen reader speaks a change, so the words come a moment after the region was emptied.
   * @param {string} verdict
   * @param {string} spoken
   */
  say(verdict, spoken) {
    setTimeout(() => {
      const hidden = document.createElement("span");
      hidden.className = "vh";
      hidden.textContent = ` ${spoken}`;
      this.#status?.replaceChildren(verdict, hidden);
    }, 60);
  }
}
