import { define } from "../../elements/define.js";
import { messages } from "../../elements/messages.js";
import { QuestionElement } from "../../elements/question-element.js";

/**
 * Write, then compare. The model answers open after something was written; the learner's own look at the
 * answer is kept in the record, the words are not.
 */
class OpenResponseElement extends QuestionElement {
  checkLabel = messages.compare;

  get field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  /** @returns {HTMLInputElement[]} */
  get criteria() {
    return [...this.querySelectorAll("input")].filter((input) => input.type === "checkbox");
  }

  missing() {
    return this.field.value.trim() ? null : { message: messages.writeFirst, control: this.field };
  }

  grade() {
    return {
      response: this.criteria.filter((box) => box.checked).map((box) => box.value),
      score: null,
      verdict: messages.compareNow,
      spoken: "",
    };
  }

  /** @param {string[]} response */
  restore(response) {
    for (const box of this.criteria) box.checked = response.includes(box.value);
  }
}

define("q-open-response", OpenResponseElement);
