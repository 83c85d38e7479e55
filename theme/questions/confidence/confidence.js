import { noteStep } from "../../elements/confidence-step.js";
import { today } from "../../elements/day.js";
import { define } from "../../elements/define.js";
import { messages } from "../../elements/messages.js";
import { QuestionElement } from "../../elements/question-element.js";
import { update, view } from "../../elements/record.js";
import { make } from "../../elements/site.js";
import { _ } from "../../elements/words.js";

const said = {
  choose: _("Choose a step first."),
  keep: _("Keep this step"),
  kept: {
    before: _("Noted as where you start. Come back when you have finished the module."),
    after: _("Noted as where you are now. The page “Your progress” shows both."),
  },
};

/** A step on a scale, before and after the module. Never right or wrong. */
class ConfidenceElement extends QuestionElement {
  checkLabel = said.keep;

  /** What the record has of the module. */
  get #kept() {
    return view().modules[this.dataset.module ?? ""];
  }

  /** @returns {HTMLInputElement[]} */
  get steps() {
    return [...this.querySelectorAll("fieldset[id$='__options'] input")].map(
      (input) => /** @type {HTMLInputElement} */ (input)
    );
  }

  start() {
    if (this.steps.some((step) => step.checked)) return;
    const { before, after } = this.#kept?.confidence ?? {};
    const last = after ?? before;
    for (const step of this.steps) step.checked = step.value === last?.step;
  }

  missing() {
    return this.steps.some((step) => step.checked) ? null : { message: said.choose, control: this.steps[0] };
  }

  grade() {
    const steps = this.steps;
    const at = steps.findIndex((candidate) => candidate.checked);
    const step = steps[at];
    // The step before the module until a lesson is finished, then the one after it.
    const moment = Object.keys(this.#kept?.lessons ?? {}).length ? "after" : "before";
    const chosen = { step: step.value, place: at, of: steps.length, at: today() };
    const { module = "" } = this.dataset;
    const kept = update((now) => noteStep(now, module, moment, chosen));
    void kept.then((answer) => answer.ok || this.say(messages.notKept[answer.why]));
    const note = make("p", { class: "feedback option__feedback" }, ...this.feedbackOf(step.id));
    step.closest(".option")?.append(note);
    return { response: [step.value], score: null, verdict: said.kept[moment], spoken: note.textContent ?? "" };
  }
}

define("q-confidence", ConfidenceElement);
