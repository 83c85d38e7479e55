import { define } from "../../elements/define.js";
import { LinesElement } from "../../elements/question-lines.js";

/** A group to pick for each thing: radio buttons on each line. */
class SortingElement extends LinesElement {
  /** What is picked on each line, or the first button where nothing is. @returns {HTMLInputElement[]} */
  get controls() {
    return [...this.querySelectorAll("[data-right]")].map(
      (line) => /** @type {HTMLInputElement} */ (line.querySelector(":checked") ?? line.querySelector("input"))
    );
  }

  /** @param {import("../../elements/question-lines.js").Control} control */
  #lineOf(control) {
    return /** @type {HTMLElement} */ (control.closest("[data-right]"));
  }

  missing() {
    const control = this.controls.find((candidate) => !candidate.checked);
    return control ? { message: this.emptyMessage, control } : null;
  }

  /** @param {import("../../elements/question-lines.js").Control} control */
  isRight(control) {
    return this.#lineOf(control).dataset.right === control.value;
  }

  /** @param {import("../../elements/question-lines.js").Control} control */
  nameOf(control) {
    return this.#lineOf(control).querySelector("legend")?.textContent?.trim() ?? "";
  }

  /** @param {string[]} response */
  restore(response) {
    for (const input of this.querySelectorAll("input"))
      input.checked ||= response.includes(`${this.partOf(input.name)}:${input.value}`);
  }
}

define("q-sorting", SortingElement);
