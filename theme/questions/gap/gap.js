import { showChosen } from "../../elements/chosen.js";
import { define } from "../../elements/define.js";
import { LinesElement } from "../../elements/question-lines.js";
import { make } from "../../elements/site.js";
import { listWith } from "../../elements/written.js";
import { _ } from "../../elements/words.js";

const FILL_GAPS = _("Fill every gap first.");

/** Words to type or pick inside a text. What is said of each gap stands in a list below the text. */
class GapElement extends LinesElement {
  emptyMessage = FILL_GAPS;
  start = showChosen;

  /**
   * `data-accept` holds the words that are right, as JSON.
   * @param {import("../../elements/question-lines.js").Control} control
   */
  isRight(control) {
    const accept = control.dataset.accept;
    return accept ? listWith(control.value, [JSON.parse(accept)]) === 0 : super.isRight(control);
  }

  /**
   * @param {import("../../elements/question-lines.js").Control} control
   * @param {HTMLElement} note
   */
  placeNote(control, note) {
    let list = this.querySelector(".gaps__notes");
    if (!list) {
      list = make("ul", { class: "feedback gaps__notes" });
      this.querySelector(".gaps")?.after(list);
    }
    const name = make("span", { class: "gaps__name" }, `${this.nameOf(control)}: `);
    list.append(make("li", {}, name, note));
  }
}

define("q-gap", GapElement);
