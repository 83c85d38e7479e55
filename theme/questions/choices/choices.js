import { define } from "../../elements/define.js";
import { OptionsElement } from "../../elements/question-options.js";
import { scoreSeveral } from "../../elements/scoring.js";
import { bare } from "../../elements/speech.js";
import { ngettext, _ } from "../../elements/words.js";

/** @param {number} right @param {number} chosen @param {number} wanted */
const found = (right, chosen, wanted) =>
  right === wanted && chosen === wanted
    ? _("Correct. You found all of them.")
    : ngettext(
        "{right} of your {chosen} choices belongs. There are {wanted} in all. Read the notes, then try again.",
        "{right} of your {chosen} choices belong. There are {wanted} in all. Read the notes, then try again.",
        right,
        { right, chosen, wanted }
      );

/** Every option that fits. */
class ChoicesElement extends OptionsElement {
  grade() {
    const { score, right, chosen, wanted } = scoreSeveral(this.picks);
    const wrong = this.showFeedback().filter(({ input }) => Number(input.dataset.credit) < 1);
    return {
      response: this.response,
      score,
      verdict: found(right, chosen, wanted),
      spoken: wrong
        .map(({ input, copy }) => `${bare(input.labels?.[0]?.textContent ?? "")}: ${copy.textContent}`)
        .join(" "),
    };
  }
}

define("q-choices", ChoicesElement);
