import { messages } from "./messages.js";
import { QuestionElement } from "./question-element.js";
import { scoreLines } from "./scoring.js";
import { make } from "./site.js";
import { bare } from "./speech.js";
import { _, ngettext } from "./words.js";

const said = {
  fillAll: _("Choose something for every line first."),
  /** @param {number} right @param {number} all */
  lines: (right, all) =>
    right === all
      ? _("Correct. Every line is right.")
      : ngettext(
          "{right} of {all} is right. Change the lines that say “Not yet”, then check again.",
          "{right} of {all} are right. Change the lines that say “Not yet”, then check again.",
          right,
          { right, all }
        ),
  lineNotYet: _("Not yet."),
};

/** @typedef {HTMLSelectElement | HTMLInputElement} Control */

/**
 * Shared by the kinds with a line for each part: a list to pick from, or a field to type in.
 * `data-right` holds the ids that are right for a list. A kind with fields says itself what is right in them.
 */
export class LinesElement extends QuestionElement {
  emptyMessage = said.fillAll;

  /** @returns {Control[]} */
  get controls() {
    return /** @type {Control[]} */ ([...this.querySelectorAll("[data-right], [data-accept]")]);
  }

  /** @param {Control} control */
  isRight(control) {
    return (control.dataset.right ?? "").split(" ").includes(control.value);
  }

  missing() {
    const control = this.controls.find((candidate) => candidate.value.trim() === "");
    return control ? { message: this.emptyMessage, control } : null;
  }

  /** @returns {import("./question-element.js").Graded} */
  grade() {
    const controls = this.controls;
    const right = controls.map((control) => this.isRight(control));
    const notes = controls.map((control, index) => this.showLine(control, right[index]));
    const spoken = notes.filter((_, index) => !right[index]);
    const score = scoreLines(right);
    const verdict = said.lines(right.filter(Boolean).length, right.length);
    const chosen = controls.filter((_, index) => !right[index]).map((control) => control.value);
    return { response: this.response, score, verdict, spoken: spoken.join(" "), chosen };
  }

  /**
   * Shows what is to be said of a line. The reason of a line that is right stands in the key; what a wrong pick
   * does stands there too, where the author has written it.
   * @param {Control} control
   * @param {boolean} right
   * @returns {string} the same words, to be spoken
   */
  showLine(control, right) {
    const words = this.feedbackOf(right ? control.id : this.wrongFeedback(control));
    const note = make("p", {
      class: "feedback line__feedback",
      id: `${control.id}__note`,
    });
    note.append(
      make("strong", { class: "sign" }, right ? messages.verdicts.right : said.lineNotYet),
      ...(words.length ? [" ", ...words] : [])
    );
    this.placeNote(control, note);
    if (note.parentElement) this.mark(note.parentElement, right ? "right" : "wrong");
    this.describe(control, note);
    return `${bare(this.nameOf(control))}: ${note.textContent}`;
  }

  /**
   * Where the key has words on a pick that is not right. Not every kind has any.
   * @param {Control} control
   */
  wrongFeedback(control) {
    return `${control.id}__${control.value}`;
  }

  /**
   * @param {Control} control
   * @param {HTMLElement} note
   */
  placeNote(control, note) {
    (control.closest(".line") ?? control).append(note);
  }

  /** @param {Control} control */
  nameOf(control) {
    return control.labels?.[0]?.textContent?.trim() ?? "";
  }

  /** @returns {string[]} each line as its name and value, with a colon between */
  get response() {
    return this.controls.map((control) => `${this.partOf(control.name)}:${control.value}`);
  }

  /** @param {string[]} response */
  restore(response) {
    for (const control of this.controls) {
      const start = `${this.partOf(control.name)}:`;
      const entry = response.find((candidate) => candidate.startsWith(start));
      if (entry) control.value = entry.slice(start.length);
    }
  }
}
