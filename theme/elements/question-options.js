import { messages } from "./messages.js";
import { QuestionElement } from "./question-element.js";
import { scoreOne } from "./scoring.js";
import { make } from "./site.js";
import { _ } from "./words.js";

const CHOOSE_SOME = _("Choose at least one answer first.");

/** @typedef {keyof typeof messages.verdicts} Verdict */

/** Shared by the kinds whose options are radio buttons or boxes. */
export class OptionsElement extends QuestionElement {
  /** @returns {HTMLInputElement[]} */
  get inputs() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("[data-credit]")]);
  }

  /** @returns {import("./scoring.js").Pick[]} */
  get picks() {
    return this.inputs.map((input) => ({
      id: input.value,
      credit: Number(input.dataset.credit),
      chosen: input.checked,
    }));
  }

  missing() {
    const inputs = this.inputs;
    if (inputs.some((input) => input.checked)) return null;
    return { message: inputs[0].type === "radio" ? messages.chooseOne : CHOOSE_SOME, control: inputs[0] };
  }

  /** @param {string[]} response */
  restore(response) {
    for (const input of this.inputs) input.checked = response.includes(input.value);
  }

  /**
   * Copies the feedback of each chosen option from the key to beside the option.
   * @returns {{input: HTMLInputElement, copy: HTMLElement}[]} the copies
   */
  showFeedback() {
    const shown = [];
    for (const input of this.inputs.filter((candidate) => candidate.checked)) {
      const words = this.feedbackOf(input.id);
      if (!words.length) continue;
      const copy = make("p", { class: "feedback option__feedback" }, ...words);
      const option = /** @type {HTMLElement} */ (input.closest(".option"));
      option.append(copy);
      this.mark(option, this.#verdictOf(input));
      shown.push({ input, copy });
    }
    return shown;
  }

  /** What the key says of an option. @param {HTMLInputElement | undefined} input @returns {Verdict} */
  #verdictOf(input) {
    const entry = this.querySelector(`[id="${input?.id}__feedback"]`)?.closest("[data-state]");
    return /** @type {Verdict} */ (entry instanceof HTMLElement ? entry.dataset.state : "wrong");
  }

  /** What the key says of the chosen option. @returns {Verdict} */
  get verdict() {
    return this.#verdictOf(this.inputs.find((input) => input.checked));
  }

  /** @returns {string[]} ids of the chosen options */
  get response() {
    return this.picks.filter((pick) => pick.chosen).map((pick) => pick.id);
  }
}

/** One is chosen, and the key says whether it is right, or how good it is. */
export class OneOfElement extends OptionsElement {
  grade() {
    // The verdict has said the word that stands before the reason.
    const reasons = this.showFeedback().map(({ copy }) => copy.querySelector(".verdict__text")?.textContent);
    return {
      response: this.response,
      score: scoreOne(this.picks),
      state: this.verdict,
      verdict: messages.verdicts[this.verdict],
      spoken: reasons.join(" "),
    };
  }
}
