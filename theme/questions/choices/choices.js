import { define } from "../../elements/define.js";
import { messages } from "../../elements/messages.js";
import { OptionsElement } from "../../elements/question-options.js";
import { scoreSeveral } from "../../elements/scoring.js";

/** Every option that fits. */
class ChoicesElement extends OptionsElement {
  grade() {
    const { score, right, chosen, wanted } = scoreSeveral(this.picks);
    return {
      response: this.response,
      score,
      verdict: messages.several(right, chosen, wanted),
      spoken: this.showFeedback(),
    };
  }
}

define("q-choices", ChoicesElement);
