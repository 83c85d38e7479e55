import { define } from "../../elements/define.js";
import { LinesElement } from "../../elements/question-lines.js";
import { messages } from "../../elements/messages.js";
import { make } from "../../elements/site.js";

/** Words to type or pick inside a text. What is said of each gap stands in a list below the text. */
class GapElement extends LinesElement {
  emptyMessage = messages.fillGaps;

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
