/**
 * Offers to practise aloud what an exercise, a step or a scenario asks to say: at each place with `data-aloud`. What
 * does that is loaded when someone asks for it.
 */
import { make } from "./site.js";
import { sayNotLoaded } from "./speech.js";
import { _ } from "./words.js";

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-aloud]"))) {
  const button = make("button", { type: "button", class: "button button--second aloud-offer" }, _("Practise aloud"));
  const state = make("p");
  const box = make("div", { class: "aloud" }, button, state);
  button.addEventListener("click", async () => {
    try {
      const { practise } = await import("./aloud-practice.js");
      practise(place, box, button);
    } catch (error) {
      sayNotLoaded(state, error);
    }
  });
  const after = place.querySelector(":scope > .field, :scope > .outcome__why");
  if (after) after.after(box);
  else place.append(box);
}
