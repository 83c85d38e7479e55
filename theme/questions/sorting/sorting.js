import { define } from "../../elements/define.js";
import { drag } from "../../elements/drag.js";
import { LinesElement } from "../../elements/question-lines.js";
import { messages } from "../../elements/messages.js";
import { make } from "../../elements/site.js";

/** A group to pick for each thing. Things can also be dragged to the groups that stand below. */
class SortingElement extends LinesElement {
  /**
   * @param {HTMLFormElement} form
   * @param {AbortSignal} signal
   */
  start(form, signal) {
    const selects = this.controls;
    const groups = [...selects[0].querySelectorAll("option")].filter((option) => option.value);
    const zones = make("div", { class: "zones", "aria-hidden": "true" });
    for (const group of groups) zones.append(make("p", { class: "zone", "data-zone": group.value }, group.text));
    this.add(/** @type {Element} */ (form.querySelector("fieldset")), zones);
    for (const select of selects) {
      const line = /** @type {HTMLElement} */ (select.closest(".line"));
      const handle = make("span", { class: "handle", "aria-hidden": "true", title: messages.drag }, "⠿");
      line.prepend(handle);
      this.undo(() => handle.remove());
      drag(
        handle,
        line,
        (under, done) => {
          const zone = /** @type {HTMLElement | null} */ (under?.closest("[data-zone]") ?? null);
          for (const other of zones.children) other.classList.toggle("zone--over", other === zone && !done);
          if (done && zone && zones.contains(zone)) {
            select.value = zone.dataset.zone ?? "";
            this.say(messages.sorted(this.nameOf(select), zone.textContent ?? ""));
          }
        },
        signal
      );
    }
  }
}

define("q-sorting", SortingElement);
