import { define } from "../../elements/define.js";
import { messages } from "../../elements/messages.js";
import { OptionsElement } from "../../elements/options.js";
import { scoreOne } from "../../elements/scoring.js";

/** Options from best to harmful. The grade of the chosen one is read from the key. */
class JudgementElement extends OptionsElement {
  grade() {
    const chosen = this.inputs.find((input) => input.checked);
    const entry = this.querySelector(`[id="${chosen?.id}__feedback"]`)?.closest("li");
    const grade = /** @type {const} */ (["best", "acceptable", "poor", "harmful"]).find((name) => entry?.classList.contains(`verdict--${name}`));
    return { response: this.response, score: scoreOne(this.picks), verdict: messages[grade ?? "poor"], spoken: this.showFeedback() };
  }
}

define("q-judgement", JudgementElement);
