/** Who uses the device, and deleting everything: a part of the page on progress. */
import { forget } from "./offline-caches.js";
import { asking, button, sayAndGo } from "./learner-pages.js";
import { messages } from "./messages.js";
import { ownMessages as own } from "./learner-messages.js";
import { device, make } from "./site.js";
import { reachesOtherPages, setDevice, wipe } from "./device.js";
import { namesOf } from "./store.js";

/** @typedef {"private" | "shared"} Kind */

export class DeviceSection {
  section = make("section", { class: "device" });

  /** Shows what is so now, unless someone is busy with it. */
  show() {
    if (this.section.childElementCount && this.section.contains(document.activeElement)) return;
    const state = make("p");
    const wiping = asking(own.wipe, own.wipeSure, own.wipeYes, own.wipeNo, async () => {
      const gone = await wipe();
      await forget();
      dispatchEvent(new CustomEvent("record:changed"));
      sayAndGo(
        state,
        gone.ok ? `${own.wiped} ${reachesOtherPages ? own.wipedElsewhere : own.closeOthers}` : own.notWiped
      );
    });
    const { parts, choices } = this.#choices(state);
    this.section.replaceChildren(
      make("h2", { id: "device" }, own.deviceTitle),
      make("fieldset", {}, make("legend", {}, own.deviceAsk), ...choices),
      make("p", {}, own.deviceWhy),
      ...parts,
      wiping,
      state
    );
  }

  /**
   * Moving within the choices changes nothing: what they would do waits for the button, and is asked where it deletes.
   * @param {HTMLElement} state
   */
  #choices(state) {
    const inputs = /** @type {const} */ (["private", "shared"]).map((kind) => {
      const input = make("input", { type: "radio", name: "device", id: `device-${kind}`, value: kind });
      input.checked = device() === kind;
      return input;
    });
    const change = async (/** @type {Kind} */ kind) => {
      const kept = await setDevice(kind);
      if (kept.ok && kind === "shared") await forget();
      for (const input of inputs) input.checked = device() === input.value;
      dispatchEvent(new CustomEvent("record:changed"));
      sayAndGo(state, kept.ok ? own.deviceIs[kind] : `${own.deviceStays} ${messages.notKept[kept.why]}`);
    };
    const question = asking("", own.sharedSure, own.sharedYes, own.sharedNo, () => change("shared"));
    question.hidden = true;
    const use = button(own.useDevice, () => {
      const chosen = /** @type {Kind} */ (inputs.find((input) => input.checked)?.value ?? "private");
      question.hidden = !(chosen === "shared" && device() !== "shared" && namesOf("").length > 0);
      if (question.hidden) void change(chosen);
      else question.ask();
    });
    const choices = inputs.map((input) =>
      make(
        "div",
        { class: "option" },
        input,
        " ",
        make("label", { for: input.id }, own.device[/** @type {Kind} */ (input.value)])
      )
    );
    return { choices, parts: [make("p", {}, use), question] };
  }
}
