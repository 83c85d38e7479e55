import { define } from "../../elements/define.js";
import { messages } from "../../elements/messages.js";
import { listWith, readings } from "../../elements/numerals.js";
import { QuestionElement } from "../../elements/question-element.js";
import { make } from "../../elements/site.js";
import { _ } from "../../elements/words.js";

/** A number, compared with those that are right and with those that known mistakes lead to. */
class NumberElement extends QuestionElement {
  get field() {
    return /** @type {HTMLInputElement} */ (this.querySelector("input[data-bounds]"));
  }

  get unit() {
    return this.querySelector(".number__unit")?.textContent ?? "";
  }

  missing() {
    const control = this.field;
    if (!control.value.trim()) return { message: _("Write a number first."), control };
    const [first, second] = readings(control.value, this.unit);
    if (second)
      return { message: _("This can mean {first} or {second}. Write one of the two.", { first, second }), control };
    return first ? null : { message: this.#unread(), control };
  }

  /** What is expected, where something is written that is no number. */
  #unread() {
    return this.unit
      ? _("Write one number in digits, such as 12 or 2.5. You can leave out the unit ({unit}).", { unit: this.unit })
      : _("Write one number in digits and nothing else, such as 12 or 2.5.");
  }

  grade() {
    const field = this.field;
    const entries = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("li[data-bounds]")]);
    const lists = [field, ...entries].map((one) => JSON.parse(one.dataset.bounds ?? "[]"));
    const found = listWith(readings(field.value, this.unit)[0], lists);
    const right = found === 0;
    const mistake = entries[found - 1];
    const name = right ? field.id : (mistake?.id ?? `${field.id}__otherwise`);
    const note = make("p", { class: "feedback field__feedback", id: `${field.id}__note` }, ...this.feedbackOf(name));
    field.closest(".field")?.after(note);
    this.describe(field, note);
    const verdict = right ? messages.verdicts.right : _("Not yet. Read the note, then try another number.");
    const chosen = mistake?.dataset.id ? [mistake.dataset.id] : [];
    return { response: [field.value.trim()], score: right ? 1 : 0, verdict, spoken: note.textContent ?? "", chosen };
  }

  /** @param {string[]} response */
  restore(response) {
    this.field.value = response[0] ?? "";
  }
}

define("q-number", NumberElement);
