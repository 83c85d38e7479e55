import { define } from "../../elements/define.js";
import { OptionsElement } from "../../elements/question-options.js";
import { scoreSeveral } from "../../elements/scoring.js";
import { bare } from "../../elements/speech.js";
import { _ } from "../../elements/words.js";

/** @param {number} right @param {number} chosen @param {number} wanted */
function found(right, chosen, wanted) {
  const wrong = chosen - right;
  if (wrong)
    return _("You found {right} of {wanted}, and {wrong} too many. Read the notes, then try again.", {
      right,
      wanted,
      wrong,
    });
  return right === wanted
    ? _("Correct. You found all of them.")
    : _("You found {right} of {wanted}. Read the notes, then try again.", { right, wanted });
}

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
