import { showChosen } from "../../elements/chosen.js";
import { define } from "../../elements/define.js";
import { LinesElement } from "../../elements/question-lines.js";

/** A partner to pick for each line. */
class MatchingElement extends LinesElement {
  start = showChosen;

  /** A partner that belongs to no line says why. @param {import("../../elements/question-lines.js").Control} control */
  wrongFeedback(control) {
    return `${this.id}__${control.value}`;
  }
}

define("q-matching", MatchingElement);
