import { make } from "./site.js";

/** What a list keeps for its frame and its arrow, in widths of a letter. */
const FRAME = 2.6;

/**
 * On a narrow screen a list cuts off what was chosen, so that it stands whole below. Whoever listens hears it from
 * the list itself.
 * @param {HTMLFormElement} form
 * @param {AbortSignal} signal
 */
export function showChosen(form, signal) {
  for (const select of form.querySelectorAll("select")) {
    const words = make("span", { class: "chosen", "aria-hidden": "true" });
    const show = () => {
      words.textContent = select.value && select.selectedOptions[0].text;
      words.className = "chosen";
      const room = select.clientWidth - FRAME * parseFloat(getComputedStyle(select).fontSize);
      if (words.scrollWidth > room) words.className += " chosen--long";
    };
    // An earlier answer is put back right after this, and a form is emptied after it says so.
    const soon = () => setTimeout(show);
    select.after(words);
    select.addEventListener("change", show, { signal });
    form.addEventListener("reset", soon, { signal });
    addEventListener("resize", show, { signal });
    signal.addEventListener("abort", () => words.remove());
    soon();
  }
}
