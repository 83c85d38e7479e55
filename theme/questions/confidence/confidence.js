import { define } from "../../elements/define.js";
import { messages } from "../../elements/messages.js";
import { QuestionElement } from "../../elements/question-element.js";
import { confidenceOf, saveConfidence } from "../../elements/record.js";
import { make } from "../../elements/site.js";

/** A step on a scale, before and after the module. Never right or wrong. */
class ConfidenceElement extends QuestionElement {
  checkLabel = messages.keepStep;

  /** @returns {HTMLInputElement[]} */
  get steps() {
    return [...this.querySelectorAll("fieldset[id$='__options'] input")].map((input) => /** @type {HTMLInputElement} */ (input));
  }

  start() {
    if (this.steps.some((step) => step.checked)) return;
    const { before, after } = confidenceOf(this.dataset.module ?? "");
    const last = after ?? before;
    for (const step of this.steps) step.checked = step.value === last?.step;
  }

  missing() {
    return this.steps.some((step) => step.checked) ? null : { message: messages.chooseStep, control: this.steps[0] };
  }

  grade() {
    const steps = this.steps;
    const at = steps.findIndex((candidate) => candidate.checked);
    const step = steps[at];
    const { moment, kept } = saveConfidence(this.dataset.module ?? "", step.value, at, steps.length);
    void kept.then((answer) => answer.ok || this.say(messages.notKept[answer.why]));
    const note = make("p", { class: "feedback option__feedback" }, ...this.feedbackOf(step.id));
    step.closest(".option")?.append(note);
    return { response: [step.value], score: null, verdict: messages.stepKept(moment), spoken: note.textContent ?? "" };
  }
}

define("q-confidence", ConfidenceElement);
