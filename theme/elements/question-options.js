import { messages } from "./messages.js";
import { QuestionElement } from "./question-element.js";
import { scoreOne } from "./scoring.js";
import { make } from "./site.js";

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
    return { message: inputs[0].type === "radio" ? messages.chooseOne : messages.chooseSome, control: inputs[0] };
  }

  /** @param {string[]} response */
  restore(response) {
    for (const input of this.inputs) input.checked = response.includes(input.value);
  }

  /**
   * Copies the feedback of each chosen option from the key to beside the option.
   * @returns {string} the same words, to be spoken
   */
  showFeedback() {
    const spoken = [];
    for (const input of this.inputs.filter((candidate) => candidate.checked)) {
      const words = this.feedbackOf(input.id);
      if (!words.length) continue;
      const copy = make("p", { class: "feedback option__feedback" }, ...words);
      input.closest(".option")?.append(copy);
      spoken.push(copy.textContent ?? "");
    }
    return spoken.join(" ");
  }

  /** What the key says of the chosen option. @returns {Verdict} */
  get verdict() {
    const chosen = this.inputs.find((input) => input.checked);
    const entry = this.querySelector(`[id="${chosen?.id}__feedback"]`)?.closest("[data-verdict]");
    return /** @type {Verdict} */ (entry instanceof HTMLElement ? entry.dataset.verdict : "wrong");
  }

  /** @returns {string[]} ids of the chosen options */
  get response() {
    return this.picks.filter((pick) => pick.chosen).map((pick) => pick.id);
  }
}

/** One is chosen, and the key says whether it is right, or how good it is. */
export class OneOfElement extends OptionsElement {
  grade() {
    return {
      response: this.response,
      score: scoreOne(this.picks),
      verdict: messages.verdicts[this.verdict],
      spoken: this.showFeedback(),
    };
  }
}
