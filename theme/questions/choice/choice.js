import { define } from "../../elements/define.js";
import { messages } from "../../elements/messages.js";
import { OptionsElement } from "../../elements/options.js";
import { scoreOne } from "../../elements/scoring.js";

/** One of several options; exactly one is right. */
class ChoiceElement extends OptionsElement {
  grade() {
    const score = scoreOne(this.picks);
    return { response: this.response, score, verdict: score === 1 ? messages.right : messages.notYet, spoken: this.showFeedback() };
  }
}

define("q-choice", ChoiceElement);
