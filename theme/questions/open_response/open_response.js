import { define } from "../../elements/define.js";
import { QuestionElement } from "../../elements/question-element.js";
import { _ } from "../../elements/words.js";

const said = {
  writeFirst: _("Write your own answer first. A few words are enough."),
  compare: _("Compare with model answers"),
  /** @param {string} day */
  compared: (day) => _("You answered this on {day}. Only words that are in your journal are kept.", { day }),
  compareNow: _("Model answers are open below. Look at your own answer with the list of questions after them."),
};

/**
 * Write, then compare. The model answers open after something was written; the learner's own look at the
 * answer is kept in the record, the words are not.
 */
class OpenResponseElement extends QuestionElement {
  checkLabel = said.compare;
  answered = said.compared;

  get field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  /** @returns {HTMLInputElement[]} */
  get criteria() {
    return [...this.querySelectorAll("input")].filter((input) => input.type === "checkbox");
  }

  missing() {
    return this.field.value.trim() ? null : { message: said.writeFirst, control: this.field };
  }

  grade() {
    this.openKey();
    return {
      response: this.criteria.filter((box) => box.checked).map((box) => box.value),
      score: null,
      verdict: said.compareNow,
      spoken: "",
    };
  }

  /** @param {string[]} response */
  restore(response) {
    for (const box of this.criteria) box.checked = response.includes(box.value);
  }
}

define("q-open-response", OpenResponseElement);
